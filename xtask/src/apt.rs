//! Installing on Debian and Ubuntu, as continuous integration and containers need it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// Whether this is a Debian-like system, in the hands of root.
pub(crate) fn is_usable() -> bool {
    is_root() && which::which("apt-get").is_ok()
}

#[cfg(unix)]
pub(crate) fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    // A process's own directory belongs to whom it runs as.
    fs::metadata("/proc/self").is_ok_and(|directory| directory.uid() == 0)
}

#[cfg(not(unix))]
pub(crate) fn is_root() -> bool {
    false
}

pub(crate) fn is_ubuntu() -> bool {
    fs::read_to_string(Path::new("/etc/os-release"))
        .is_ok_and(|text| text.lines().any(|line| line == "ID=ubuntu"))
}

/// Installs packages without those that they recommend, which are far more than is needed.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut command = Command::new("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .arg("--quiet=2");
        command
    };
    process::run(apt().arg("update"))?;
    process::run(
        apt()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
    )
}

/// Installs packages with services of which none is to be started.
pub(crate) fn install_idle(packages: &[&str]) -> Result<()> {
    let _policy = Policy::no_service_starts()?;
    install(packages)
}

/// What packages ask before they start a service: a program of that name, which answers with its exit status.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// An answer that is there until this is dropped; none of ours where the system has its own.
struct Policy {
    is_ours: bool,
}

impl Policy {
    fn no_service_starts() -> Result<Self> {
        let is_ours = !Path::new(POLICY).exists();
        if is_ours {
            fs::write(POLICY, "#!/bin/sh\nexit 101\n")
                .and_then(|()| make_executable(Path::new(POLICY)))
                .with_context(|| format!("{POLICY} cannot be written"))?;
        }
        Ok(Self { is_ours })
    }
}

impl Drop for Policy {
    fn drop(&mut self) {
        if self.is_ours {
            let _ = fs::remove_file(POLICY);
        }
    }
}

#[cfg(unix)]
fn make_executable(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
fn make_executable(_: &Path) -> std::io::Result<()> {
    Ok(())
}
