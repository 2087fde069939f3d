//! Settings as a URL's hash: `v=1&rho=0.3&spectrum=identity`, defaults left out.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use serde_json::{Map, Value};

use super::kind::shortened;
use super::{SettingError, VERSION};

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

/// See [`Parameters::to_hash`](super::Parameters::to_hash).
pub(super) fn of(settings: Map<String, Value>) -> String {
    let mut hash = format!("v={VERSION}");
    for (key, value) in settings {
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) => super::plain(&number),
            // Settings are nothing else.
            _ => continue,
        };
        hash.push('&');
        hash.push_str(&key);
        hash.push('=');
        hash.extend(utf8_percent_encode(&text, ESCAPED));
    }
    hash
}

/// The values that a hash names, pairs of a key and a text, for [`Parameters::assign`](super::Parameters::assign). Keys not named are at their defaults.
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
