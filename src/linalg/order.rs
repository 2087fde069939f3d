//! Values by size. One sort serves the whole crate, and not the usual one, which is kilobytes of what a browser loads: a heap
//! takes a tenth of them, and no time beside what comes after it.

use std::collections::BinaryHeap;

/// The values, largest first. NaN are put by their sign at either end.
pub fn falling(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let values: Vec<f64> = values.into_iter().collect();
    ranks(&values)
        .into_iter()
        .map(|place| values[place])
        .collect()
}

/// Places of the values, that of the largest first; equal values keep their order.
pub fn ranks(values: &[f64]) -> Vec<usize> {
    let keys = values.iter().enumerate();
    let heap: BinaryHeap<(i64, usize)> = keys.map(|(place, &value)| (!key(value), place)).collect();
    let sorted = heap.into_sorted_vec();
    sorted.into_iter().map(|(_, place)| place).collect()
}

/// A whole number that is in the order of [`f64::total_cmp`].
fn key(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn largest_first_and_ties_in_order() {
        let values = [1.0, 3.0, -2.0, 3.0];
        assert_eq!(falling(values), [3.0, 3.0, 1.0, -2.0]);
        assert_eq!(ranks(&values), [1, 3, 0, 2]);
    }

    #[test]
    fn the_order_is_that_of_all_numbers() {
        let values = [0.0, -0.0, f64::NAN, -1e-320, 1e300, f64::NEG_INFINITY, -7.0];
        let sorted = falling(values);
        assert!(
            sorted
                .windows(2)
                .all(|pair| pair[0].total_cmp(&pair[1]).is_ge())
        );
    }
}
