//! Numbers in sentences.

/// A number as a sentence shows it, with at most six significant digits: `0.333333`, `1.5e-9`.
pub fn digits(value: f64) -> String {
    significant(value, 6)
}

/// A number with at most `most` significant digits, at least one.
pub fn significant(value: f64, most: usize) -> String {
    let most = most.max(1) as i32;
    if value == 0.0 || !value.is_finite() {
        return format!("{}", value + 0.0);
    }
    let exponent = value.abs().log10().floor() as i32;
    if (-4..most).contains(&exponent) {
        let text = format!("{value:.*}", (most - 1 - exponent) as usize);
        return trimmed(&text).to_owned();
    }
    // In two steps, as a power of ten may be beyond all numbers where the value is not.
    let half = exponent / 2;
    let mantissa = value / 10_f64.powi(half) / 10_f64.powi(exponent - half);
    let text = format!("{mantissa:.*}", most as usize - 1);
    format!("{}e{exponent}", trimmed(&text))
}

/// Without zeros at the end of a fraction.
fn trimmed(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn six_digits_and_no_more() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-2.5, "-2.5"),
            (100.0, "100"),
            (1.0 / 3.0, "0.333333"),
            (123_456.7, "123457"),
            (1_234_567.0, "1.23457e6"),
            (-1.999_999_999e-15, "-2e-15"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(digits(value), text);
        }
    }

    proptest! {
        /// Half a unit of the sixth digit is at most 5·10⁻⁶ of the number.
        #[test]
        fn rounding_is_all_that_is_lost(value in -1e300..1e300_f64, exponent in -300..0_i32) {
            let value = value * 10_f64.powi(exponent);
            let text = digits(value);
            let mantissa = text.split('e').next().unwrap_or_default();
            let shown = mantissa.trim_start_matches(['-', '0', '.']).trim_end_matches('0');
            let count = shown.chars().filter(char::is_ascii_digit).count();
            prop_assert!(count <= 6, "{}", text);
            let read: f64 = text.parse().unwrap();
            prop_assert!((read - value).abs() <= 5.1e-6 * value.abs());
        }
    }
}
