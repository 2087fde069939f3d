//! Numbers in sentences.

/// A number as a sentence shows it, with at most six significant digits: `0.333333`, `1.5e-9`.
pub fn digits(value: f64) -> String {
    let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    let size = rounded.abs();
    if rounded == 0.0 {
        "0".to_owned()
    } else if (1e-4..1e6).contains(&size) || !size.is_finite() {
        rounded.to_string()
    } else {
        format!("{rounded:e}")
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
            let count = mantissa.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count();
            prop_assert!(count <= 6, "{}", text);
            let read: f64 = text.parse().unwrap();
            prop_assert!((read - value).abs() <= 5.1e-6 * value.abs());
        }
    }
}
