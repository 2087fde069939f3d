//! What the machine is, and what day.

use std::fs;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

/// The processor and the number of its cores in use.
pub(crate) fn name() -> String {
    let cores = thread::available_parallelism().map_or(1, Into::into);
    let known = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = known
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or(std::env::consts::ARCH, |(_, model)| model.trim());
    let vectors = ["avx512f", "avx2"].into_iter().find(|feature| {
        known
            .lines()
            .any(|line| line.starts_with("flags") && line.split(' ').any(|flag| flag == *feature))
    });
    let vectors = vectors.map_or(String::new(), |feature| format!(" with {feature}"));
    format!("{model}{vectors}, {cores} cores, {}", std::env::consts::OS)
}

/// Today in UTC, as 2026-01-31.
pub(crate) fn date() -> String {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    civil(since.as_secs() / 86_400)
}

/// The date of a day counted from the first of 1970, in the Gregorian calendar.
fn civil(day: u64) -> String {
    // In years from March on, a leap day is the last of its year; 400 years have 146 097 days.
    let day = day + 719_468;
    let (era, day) = (day / 146_097, day % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (day, date) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_454, "2026-01-01"),
        ] {
            assert_eq!(civil(day), date);
        }
    }
}
