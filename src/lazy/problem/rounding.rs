//! Eigenvalues that are 0 but for rounding.

use nalgebra::DVector;

/// Which of the eigenvalues that a full matrix was found to have count as 0: those within `d·ε` of
/// the largest, ε = 2⁻⁵², which is what finding them leaves of an exact 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounding {
    /// How many are not exactly 0, but count as it.
    pub count: usize,
    /// The largest of them in size.
    pub largest: f64,
    /// The largest of all in size.
    pub of: f64,
}

impl Rounding {
    /// That of computed eigenvalues; none where every one counts as it is.
    pub fn of(eigenvalues: &DVector<f64>) -> Option<Self> {
        let of = eigenvalues.amax();
        let tolerance = eigenvalues.len() as f64 * f64::EPSILON * of;
        let mut rounding = Self {
            count: 0,
            largest: 0.0,
            of,
        };
        for size in eigenvalues.iter().map(|value| value.abs()) {
            if size > 0.0 && size <= tolerance {
                rounding.count += 1;
                rounding.largest = rounding.largest.max(size);
            }
        }
        (rounding.count > 0).then_some(rounding)
    }

    /// Sets those eigenvalues to 0.
    pub(super) fn remove(eigenvalues: &mut DVector<f64>) -> Option<Self> {
        let rounding = Self::of(eigenvalues)?;
        for value in eigenvalues.iter_mut() {
            if value.abs() <= rounding.largest {
                *value = 0.0;
            }
        }
        Some(rounding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounding_leaves_of_zero_is_zero() {
        let mut values = DVector::from_vec(vec![10.0, -2e-15, 1e-15, 0.0, 1e-12]);
        let rounding = Rounding::remove(&mut values).unwrap();
        assert_eq!(values.as_slice(), [10.0, 0.0, 0.0, 0.0, 1e-12]);
        assert_eq!((rounding.count, rounding.largest), (2, 2e-15));
        assert_eq!(Rounding::of(&values), None);
    }
}
