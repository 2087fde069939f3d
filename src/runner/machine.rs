//! The computer that a run is made on.

use std::borrow::Cow;
use std::env;
use std::fs;
use std::sync::LazyLock;
use std::thread;

use serde::{Deserialize, Serialize};

/// The name of this computer among those that share its disks.
pub(super) fn host() -> &'static str {
    static HOST: LazyLock<String> = LazyLock::new(name);
    &HOST
}

#[cfg(unix)]
fn name() -> String {
    rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned()
}

#[cfg(not(unix))]
fn name() -> String {
    env::var("COMPUTERNAME").unwrap_or_else(|_| "unnamed".to_owned())
}

/// What no other start of a computer has, as far as the system tells: containers give one name to several computers.
pub(super) fn boot() -> &'static str {
    static BOOT: LazyLock<String> = LazyLock::new(|| {
        let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        id.trim().to_owned()
    });
    &BOOT
}

/// A computer.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Machine {
    /// The processor's own name, if the system tells.
    pub cpu: Option<String>,
    /// Threads that it runs at once.
    pub cores: usize,
    /// The operating system.
    pub os: Cow<'static, str>,
    /// The architecture.
    pub arch: Cow<'static, str>,
}

impl Machine {
    /// This one.
    pub fn here() -> Self {
        let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let cpu = cpus
            .lines()
            .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
            .map(|(_, name)| name.trim().to_owned());
        Self {
            cpu,
            cores: thread::available_parallelism().map_or(1, usize::from),
            os: env::consts::OS.into(),
            arch: env::consts::ARCH.into(),
        }
    }
}
