//! How much memory a run may take.

use std::fs;

/// Taken where the system does not say what it has.
const ASSUMED: u64 = 4 << 30;

/// Bytes that are free for use now, as far as the system says so (Linux does).
pub(super) fn available() -> u64 {
    fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| parse(&text))
        .unwrap_or(ASSUMED)
}

fn parse(meminfo: &str) -> Option<u64> {
    let line = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// A number of bytes for people, in GB.
pub(super) fn gigabytes(bytes: f64) -> String {
    let gb = bytes / 1e9;
    if gb < 10.0 {
        format!("{gb:.1} GB")
    } else {
        format!("{gb:.0} GB")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_says_what_is_free() {
        let text = "MemTotal:       24602436 kB\nMemAvailable:   21 kB\n";
        assert_eq!(parse(text), Some(21 * 1024));
        assert_eq!(parse("MemAvailable: many kB"), None);
        assert!(available() > 0);
    }
}
