//! Settings in addresses.

use crate::lazy::setting::Settings;
use crate::setting::{Parameters, Scope, SettingError, from_hash};
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
