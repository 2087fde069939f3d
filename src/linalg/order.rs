//! Values by size. One sort serves the whole crate, and not the standard library's, which is kilobytes of what a browser loads:
//! a plain merge sort is as fast for what is sorted here, and a tenth of them.

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
    let keys: Vec<i64> = values.iter().map(|&value| key(value)).collect();
    let mut places: Vec<usize> = (0..keys.len()).collect();
    let mut merged = places.clone();
    let mut width = 1;
    // Runs of this width are sorted; each two neighbours are merged.
    while width < keys.len() {
        for (of, into) in places.chunks(2 * width).zip(merged.chunks_mut(2 * width)) {
            let (mut one, mut two) = of.split_at(width.min(of.len()));
            for slot in into {
                let is_second = match (one.first(), two.first()) {
                    (Some(&one), Some(&two)) => keys[two] > keys[one],
                    (first, _) => first.is_none(),
                };
                let from = if is_second { &mut two } else { &mut one };
                if let Some((&place, rest)) = from.split_first() {
                    (*slot, *from) = (place, rest);
                }
            }
        }
        std::mem::swap(&mut places, &mut merged);
        width *= 2;
    }
    places
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
    fn any_number_of_values_are_sorted_as_the_standard_library_does() {
        for count in 0..70 {
            let values: Vec<f64> = (0..count).map(|i| f64::from(i * 37 % 23) - 9.0).collect();
            let mut places: Vec<usize> = (0..values.len()).collect();
            places.sort_by(|&i, &j| values[j].total_cmp(&values[i]));
            assert_eq!(ranks(&values), places, "{count}");
        }
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
