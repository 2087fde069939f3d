//! Values by size. One sort serves the whole crate, and not the standard library's, which is kilobytes of what a browser loads.

pub use lazy_limits_kernels::ranks;

/// The values, largest first. NaN are put by their sign at either end.
pub fn falling(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let values: Vec<f64> = values.into_iter().collect();
    ranks(&values)
        .into_iter()
        .map(|place| values[place])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn largest_first() {
        assert_eq!(falling([1.0, 3.0, -2.0, 3.0]), [3.0, 3.0, 1.0, -2.0]);
    }
}
