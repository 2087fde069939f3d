//! Settings as a URL's hash: `v=1&rho=0.3&spectrum=identity`, defaults left out.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::kind::shortened;
use super::{SettingError, Settings, VERSION};

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

impl Settings {
    /// The settings as a hash without `#`.
    pub fn to_hash(&self) -> String {
        let mut hash = format!("v={VERSION}");
        for (key, value) in self.to_json(false) {
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
}

/// The values that a hash names, pairs of a key and a text, for [`Settings::assign`]. Keys not named are at their defaults.
///
/// # Errors
/// A version that is not known: then nobody knows what the values mean.
pub fn from_hash(hash: &str) -> Result<Vec<(String, String)>, SettingError> {
    let mut values = Vec::new();
    let parts = hash.trim_start_matches('#').split('&');
    for part in parts.filter(|part| !part.is_empty()) {
        let (key, raw) = part.split_once('=').unwrap_or((part, ""));
        let text = percent_decode_str(raw).decode_utf8_lossy();
        if key != "v" {
            values.push((key.to_owned(), text.into_owned()));
        } else if text != VERSION.to_string() {
            return Err(SettingError::Invalid {
                key: "v",
                value: shortened(&text),
                allowed: format!("{VERSION}, the version of these addresses"),
            });
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setting::Scope;
    use proptest::prelude::*;

    /// The settings in a hash, and the keys of what is refused.
    fn read(hash: &str) -> Result<(Settings, Vec<String>), SettingError> {
        let values = from_hash(hash)?;
        let base = Settings::new(Scope::PAGE);
        let mut taken = base.clone();
        let refusals = base.assign(&values, &mut |settings| {
            taken = settings;
            Ok(())
        });
        Ok((
            taken,
            refusals.into_iter().map(|refused| refused.key).collect(),
        ))
    }

    #[test]
    fn defaults_are_left_out_and_changes_survive() {
        let mut settings = Settings::new(Scope::PAGE);
        assert_eq!(settings.to_hash(), "v=1");
        settings.set("rho", "0.3").unwrap();
        settings.set("spectrum", "2 1\n1 2").unwrap();
        settings.set("multipliers", "1,0.5").unwrap();
        let hash = settings.to_hash();
        assert_eq!(hash, "v=1&multipliers=1,0.5&rho=0.3&spectrum=2,1%0A1,2");
        assert_eq!(read(&hash), Ok((settings, Vec::new())));
    }

    #[test]
    fn unknown_keys_and_bad_values_are_each_refused() {
        for (hash, refused) in [
            ("v=1&rho=2&colour=red&&=", &["colour", ""][..]),
            ("v=1&rho=2&seed=x", &["seed"]),
            ("rho=%FF&rho=2", &["rho"]),
            ("dim&rho=2", &["dim"]),
        ] {
            let (settings, refusals) = read(hash).unwrap();
            assert_eq!(settings.get("rho").as_deref(), Some("2"));
            assert_eq!(refusals, refused, "{hash}");
        }
        assert_eq!(read("v=2&rho=2").unwrap_err().key(), Some("v"));
    }

    proptest! {
        #[test]
        fn any_hash_is_settings(hash in "\\PC*|[a-z=&%0-9.,-]{0,80}|(v=1|rho=[0-9.]{1,4}|dim=[0-9]{1,3})(&(axis|scale|mix|seed)=[a-z0-9.]{0,6}){0,4}") {
            if let Ok((settings, _)) = read(&hash) {
                prop_assert_eq!(read(&settings.to_hash()), Ok((settings, Vec::new())));
            }
        }
    }
}
