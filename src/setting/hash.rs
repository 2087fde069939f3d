//! Settings as a URL's hash: `v=1&rho=0.3&spectrum=identity`, defaults left out.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::kind::shortened;
use super::{Scope, SettingError, Settings, VERSION};

/// What would end a value or be changed on its way; commas, colons and dots stay readable.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'`');

/// The page's settings as a hash without `#`.
pub fn to_hash(scope: Scope, settings: &Settings) -> String {
    let mut hash = format!("v={VERSION}");
    for (key, value) in settings.to_json(scope, false) {
        let text = match value {
            serde_json::Value::String(text) => text,
            serde_json::Value::Number(number) => super::plain(&number),
            other => other.to_string(),
        };
        hash.push('&');
        hash.push_str(&key);
        hash.push('=');
        hash.extend(utf8_percent_encode(&text, ESCAPED));
    }
    hash
}

/// The page's settings from a hash, with a sentence for each part that is not known. Keys not
/// named are at their defaults.
///
/// # Errors
/// A value that is not allowed, or a version that is not known.
pub fn from_hash(scope: Scope, hash: &str) -> Result<(Settings, Vec<String>), SettingError> {
    let mut settings = Settings::new(scope);
    let mut notices = Vec::new();
    let parts = hash.trim_start_matches('#').split('&');
    for part in parts.filter(|part| !part.is_empty()) {
        let (key, raw) = part.split_once('=').unwrap_or((part, ""));
        let text = percent_decode_str(raw).decode_utf8_lossy();
        if key == "v" {
            if text != VERSION.to_string() {
                return Err(SettingError::Invalid {
                    key: "v",
                    value: shortened(&text),
                    allowed: format!("{VERSION}, the version of these addresses"),
                });
            }
            continue;
        }
        match settings.set(scope, key, &text) {
            Err(unknown @ SettingError::Unknown { .. }) => notices.push(unknown.to_string()),
            other => other?,
        }
    }
    Ok((settings, notices))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn defaults_are_left_out_and_changes_survive() {
        let mut settings = Settings::new(Scope::PAGE);
        assert_eq!(to_hash(Scope::PAGE, &settings), "v=1");
        settings.set(Scope::PAGE, "rho", "0.3").unwrap();
        settings.set(Scope::PAGE, "spectrum", "2 1\n1 2").unwrap();
        settings.set(Scope::PAGE, "multipliers", "1,0.5").unwrap();
        let hash = to_hash(Scope::PAGE, &settings);
        assert_eq!(hash, "v=1&multipliers=1,0.5&rho=0.3&spectrum=2,1%0A1,2");
        let (again, notices) = from_hash(Scope::PAGE, &hash).unwrap();
        assert_eq!((again, notices.len()), (settings, 0));
    }

    #[test]
    fn unknown_keys_are_reported_and_bad_values_refused() {
        let (settings, notices) = from_hash(Scope::PAGE, "v=1&rho=2&colour=red&&=").unwrap();
        assert_eq!(settings.get(Scope::PAGE, "rho").as_deref(), Some("2"));
        assert_eq!(
            notices,
            ["there is no setting “colour”", "there is no setting “”"]
        );
        for (bad, key) in [
            ("v=2", "v"),
            ("v=1&rho=x", "rho"),
            ("rho=%FF", "rho"),
            ("dim", "dim"),
        ] {
            assert_eq!(
                from_hash(Scope::PAGE, bad).unwrap_err().key(),
                Some(key),
                "{bad}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_hash_is_settings_or_one_sentence(hash in "\\PC*|[a-z=&%0-9.,-]{0,80}|(v=1|rho=[0-9.]{1,4}|dim=[0-9]{1,3})(&(axis|scale|mix|seed)=[a-z0-9.]{0,6}){0,4}") {
            match from_hash(Scope::PAGE, &hash) {
                Ok((settings, _)) => {
                    let (again, notices) = from_hash(Scope::PAGE, &to_hash(Scope::PAGE, &settings)).unwrap();
                    prop_assert_eq!(again, settings);
                    prop_assert!(notices.is_empty());
                }
                Err(refused) => prop_assert!(!refused.to_string().contains('\n')),
            }
        }
    }
}
