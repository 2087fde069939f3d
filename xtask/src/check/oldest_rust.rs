//! That the oldest Rust which the packages promise to work with is old enough for none of their dependencies to refuse it.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::process::{cargo, output};

/// Every package in Cargo.lock, whatever the platform: only one toolchain may be at hand, so what another would say is
/// read and not tried. That the code itself uses nothing newer is clippy's `incompatible_msrv`.
pub(super) fn check() -> Result<()> {
    let metadata = output(cargo().args(["metadata", "--locked", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo's metadata is no JSON")?;
    let refusing = refusing(&metadata)?;
    if !refusing.is_empty() {
        bail!(
            "the workspace promises to work with an older Rust (rust-version in Cargo.toml) than is asked for by {}",
            refusing.join(", ")
        );
    }
    Ok(())
}

/// The dependencies that want a newer Rust than the oldest one promised, with what they want.
fn refusing(metadata: &Value) -> Result<Vec<String>> {
    let packages = metadata["packages"].as_array();
    let packages = packages.context("cargo's metadata has no packages")?;
    let wanted = |package: &Value| package["rust_version"].as_str().and_then(version);
    let promised = packages
        .iter()
        .filter(|package| package["source"].is_null())
        .filter_map(wanted)
        .min()
        .context("no package of the workspace has a rust-version")?;
    Ok(packages
        .iter()
        .filter(|package| wanted(package).is_some_and(|wanted| wanted > promised))
        .map(|package| {
            let text = |key: &str| package[key].as_str().unwrap_or_default();
            let (name, its, wants) = (text("name"), text("version"), text("rust_version"));
            format!("{name} {its} ({wants})")
        })
        .collect())
}

/// `1.90` or `1.90.0` as numbers that compare; none of words.
fn version(text: &str) -> Option<[u32; 3]> {
    let mut parts = text.split('.').map(|part| part.parse().ok());
    let numbers = [
        parts.next()??,
        parts.next().unwrap_or(Some(0))?,
        parts.next().unwrap_or(Some(0))?,
    ];
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dependencies_that_want_more_are_named() {
        let metadata = json!({ "packages": [
            { "name": "ours", "version": "0.1.0", "source": null, "rust_version": "1.90" },
            { "name": "old", "version": "1.0.0", "source": "registry", "rust_version": "1.56" },
            { "name": "silent", "version": "1.0.0", "source": "registry", "rust_version": null },
            { "name": "same", "version": "2.0.0", "source": "registry", "rust_version": "1.90.0" },
            { "name": "new", "version": "3.1.0", "source": "registry", "rust_version": "1.90.1" },
            { "name": "newer", "version": "0.2.0", "source": "registry", "rust_version": "1.100" },
        ] });
        assert_eq!(
            refusing(&metadata).unwrap(),
            ["new 3.1.0 (1.90.1)", "newer 0.2.0 (1.100)"]
        );
        assert!(refusing(&json!({ "packages": [] })).is_err());
    }
}
