//! How much memory work may take: found out before it is taken, since an allocation that fails ends the program.

use std::fmt;
use std::fs;
use std::path::Path;

use super::cgroup;

/// Taken where the system does not say what it has.
const ASSUMED: f64 = 4.3e9;

/// What the program itself takes, whatever it does.
const PROGRAM: f64 = 24e6;

/// Addresses that a thread reserves for its stack and for its share of the allocator. Most of them are never used, but a
/// limit on addresses counts them.
const THREAD: f64 = 70e6;

/// Work that does not fit. One sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{what} about {} of memory, but {} are available ({limit})", InBytes(*needed), InBytes(*available))]
pub struct MemoryError {
    /// What is to be done, and the verb: “a run needs”.
    pub what: String,
    /// What it needs, in bytes.
    pub needed: f64,
    /// What there is, in bytes.
    pub available: f64,
    /// Which limit is the least.
    pub limit: Limit,
}

/// What limits the memory of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// What is free on this machine.
    Machine,
    /// What is left to its control group: that of a container, or of a job.
    Group,
    /// Its address space, RLIMIT_AS.
    AddressSpace,
    /// Its data, RLIMIT_DATA.
    Data,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Machine => "free on this machine",
            Self::Group => "left to this container or job",
            Self::AddressSpace => "ulimit -v",
            Self::Data => "ulimit -d",
        })
    }
}

/// A number of bytes for people.
struct InBytes(f64);

impl fmt::Display for InBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, unit) = if self.0 < 1e9 {
            (self.0.max(0.0) / 1e6, "MB")
        } else {
            (self.0 / 1e9, "GB")
        };
        if value < 10.0 {
            write!(f, "{value:.1} {unit}")
        } else if value > 1e9 {
            write!(f, "{value:.0e} {unit}")
        } else {
            write!(f, "{value:.0} {unit}")
        }
    }
}

/// Whether so many bytes are there, beside what the program itself takes; `what` needs them, as “a run needs” says.
///
/// # Errors
/// If they are not.
pub fn require(what: impl FnOnce() -> String, bytes: f64) -> Result<(), MemoryError> {
    at_once(what, [bytes, 0.0], 0.0, 1).map(drop)
}

/// On how many of up to `threads` threads `what` can be done at once, at least 1, if it takes so many bytes on each,
/// and `common` ones for all.
///
/// # Errors
/// If there is no room for one.
pub(crate) fn on_threads(
    what: impl FnOnce() -> String,
    bytes: f64,
    common: f64,
    threads: usize,
) -> Result<usize, MemoryError> {
    at_once(what, [bytes, THREAD], common, threads.max(1))
}

/// How many times what takes so many bytes, and beside them addresses, fits, at least once and at most `threads` times.
fn at_once(
    what: impl FnOnce() -> String,
    [bytes, addresses]: [f64; 2],
    common: f64,
    threads: usize,
) -> Result<usize, MemoryError> {
    let mut fitting = threads;
    let mut limits = limits();
    // Of several that are too tight the least is named.
    limits.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (available, limit) in limits {
        let each = if limit == Limit::AddressSpace {
            bytes + addresses
        } else {
            bytes
        };
        let left = available - PROGRAM - common;
        if left < each {
            return Err(MemoryError {
                what: what(),
                needed: PROGRAM + common + each,
                available,
                limit,
            });
        }
        fitting = fitting.min((left / each.max(1.0)) as usize);
    }
    Ok(fitting.max(1))
}

/// Bytes that are still to be had, by what limits them.
fn limits() -> Vec<(f64, Limit)> {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let free = kilobytes(&read("/proc/meminfo"), "MemAvailable:");
    // What is free is a guess where others may need it too.
    let mut limits = vec![(0.9 * free.unwrap_or(ASSUMED), Limit::Machine)];
    let left = cgroup::left(Path::new("/sys/fs/cgroup"), &read("/proc/self/cgroup"));
    limits.extend(left.map(|left| (0.95 * left, Limit::Group)));
    limits.extend(own_limits(&read("/proc/self/status")));
    limits
}

/// What the process itself may still take, where that is limited; `status` says what it has.
#[cfg(unix)]
fn own_limits(status: &str) -> Vec<(f64, Limit)> {
    use rustix::process::{Resource, getrlimit};

    let each = [
        (Resource::As, "VmSize:", Limit::AddressSpace),
        (Resource::Data, "VmData:", Limit::Data),
    ];
    let limited = each.into_iter().filter_map(|(resource, key, limit)| {
        let most = getrlimit(resource).current? as f64;
        Some((most - kilobytes(status, key).unwrap_or_default(), limit))
    });
    limited.collect()
}

#[cfg(not(unix))]
fn own_limits(_: &str) -> Vec<(f64, Limit)> {
    Vec::new()
}

/// The bytes in the line of that key of `/proc/meminfo` or `/proc/…/status`.
fn kilobytes(text: &str, key: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(key))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes as f64 * 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_says_what_is_free() {
        let text = "MemTotal:       24602436 kB\nMemAvailable:   21 kB\n";
        let free = kilobytes(text, "MemAvailable:");
        assert_eq!(free, Some(21.0 * 1024.0));
        assert_eq!(kilobytes("VmSize: many kB", "VmSize:"), None);
        assert!(limits().iter().all(|limit| limit.0 > 0.0));
    }

    #[test]
    fn what_does_not_fit_is_one_sentence() {
        require(|| "nothing".to_owned(), 1.0).unwrap();
        let error = require(|| "a run needs".to_owned(), 1e15)
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("a run needs about 1000000 GB of memory, but "),
            "{error}"
        );
        let threads = on_threads(|| "a run needs".to_owned(), 1e3, 0.0, 2).unwrap();
        assert!((1..=2).contains(&threads));
    }
}
