//! Numbers at equal distances, or in equal ratios.

use crate::numbers::decimal;

/// `lin:first:last:count` or `log:first:last:count`: both ends included, what is between them rounded
/// to twelve digits, the same on every machine; at most `most` of them. `None` for anything else.
pub(super) fn spaced(text: &str, most: usize) -> Option<Vec<f64>> {
    let parts: Vec<&str> = text.split(':').map(str::trim).collect();
    let [name, first, last, count] = parts[..] else {
        return None;
    };
    let (first, last) = (decimal(first)?, decimal(last)?);
    let count: usize = count.parse().ok()?;
    let is_allowed = match name {
        "lin" => true,
        "log" => first > 0.0 && last > 0.0 && (last / first).is_normal(),
        _ => false,
    };
    if !is_allowed || !(2..=most).contains(&count) {
        return None;
    }
    let at = |index: usize| {
        let share = index as f64 / (count - 1) as f64;
        if index == 0 {
            first
        } else if index + 1 == count {
            last
        } else if name == "log" {
            rounded(first * libm::pow(last / first, share))
        } else {
            rounded(first + share * (last - first))
        }
    };
    Some((0..count).map(at).collect())
}

fn rounded(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_ends_are_there() {
        let spaced = |text| spaced(text, 100);
        assert_eq!(spaced("lin:0.1:0.5:5"), Some(vec![0.1, 0.2, 0.3, 0.4, 0.5]));
        assert_eq!(spaced("log:0.01:10:4"), Some(vec![0.01, 0.1, 1.0, 10.0]));
        assert_eq!(spaced("lin:4:1:4"), Some(vec![4.0, 3.0, 2.0, 1.0]));
        for text in [
            "lin:0:1",
            "lin:0:1:1",
            "lin:0:1:101",
            "lin:0:1:2:3",
            "log:0:1:3",
            "log:-1:1:3",
            "exp:1:2:3",
            "lin:a:1:3",
            "lin:NaN:1:3",
            "lin:0:inf:3",
            "log:1:inf:3",
            "",
            "1",
        ] {
            assert_eq!(spaced(text), None, "{text}");
        }
    }

    proptest! {
        /// Twelve digits are within 5·10⁻¹² of a number.
        #[test]
        fn steps_or_ratios_are_equal(first in 0.001..100.0_f64, last in 0.001..100.0_f64, count in 3..50_usize) {
            let lin = spaced(&format!("lin:{first}:{last}:{count}"), 100).unwrap();
            let log = spaced(&format!("log:{first}:{last}:{count}"), 100).unwrap();
            let gap = (last - first) / (count - 1) as f64;
            let ratio = (last / first).powf(1.0 / (count - 1) as f64);
            for (lin, log) in lin.windows(2).zip(log.windows(2)) {
                prop_assert!((lin[1] - lin[0] - gap).abs() < 2e-11 * first.max(last));
                prop_assert!((log[1] / log[0] / ratio - 1.0).abs() < 2e-11);
            }
        }
    }
}
