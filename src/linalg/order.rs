//! Values by size. One sort serves the whole crate: sorts are large when compiled.

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
    let mut places: Vec<usize> = (0..values.len()).collect();
    places.sort_unstable_by(|&i, &j| values[j].total_cmp(&values[i]).then(i.cmp(&j)));
    places
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
}
