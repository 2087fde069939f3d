//! Linear algebra in about 32 digits.

use twofloat::TwoFloat;

pub(crate) fn double(value: f64) -> TwoFloat {
    TwoFloat::from(value)
}

pub(crate) fn dot(a: &[TwoFloat], b: &[TwoFloat]) -> TwoFloat {
    a.iter()
        .zip(b)
        .fold(double(0.0), |sum, (&x, &y)| sum + x * y)
}

/// `vᵀU⁺v` of the leading 1, 2, … unknowns of `Ua = v` for a positive semidefinite U. A pivot below 10⁻²⁴ of its diagonal
/// entry depends on the earlier ones.
pub(crate) fn explained(mut u: Vec<Vec<TwoFloat>>, v: &[TwoFloat]) -> Vec<TwoFloat> {
    let n = v.len();
    let mut y: Vec<TwoFloat> = v.to_vec();
    let diagonal: Vec<f64> = (0..n).map(|i| f64::from(u[i][i])).collect();
    let (mut sum, mut sums) = (double(0.0), Vec::with_capacity(n));
    for j in 0..n {
        let pivot = u[j][j];
        if f64::from(pivot) > 1e-24 * diagonal[j] {
            sum += y[j] * y[j] / pivot;
            for i in j + 1..n {
                let factor = u[i][j] / pivot;
                for k in j + 1..=i {
                    let change = factor * u[k][j];
                    u[i][k] -= change;
                }
                let change = factor * y[j];
                y[i] -= change;
            }
        }
        sums.push(sum);
    }
    sums
}
