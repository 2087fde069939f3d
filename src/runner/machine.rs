//! The computer that a run is made on.

use std::borrow::Cow;
use std::env;
use std::fs;
use std::thread;

use serde::{Deserialize, Serialize};

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
