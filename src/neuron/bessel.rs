//! Modified Bessel functions of real order, by their logarithms: where the wave needs them they leave the range of a number.

use std::f64::consts::PI;

/// From this √(ν² + z²) on, four terms of the uniform expansion are enough: what they leave out is below 10⁻¹¹ of the value.
const UNIFORM: f64 = 200.0;

/// `ln(e^{−z} I_ν(z))` for orders ν ≥ 0 and arguments z > 0, of any size; its error is 10⁻¹¹, or 10⁻¹⁵ of the largest of ν ln z,
/// ν ln ν where that is more. At z = 0 it is −∞, for ν > 0.
///
/// Small arguments have the power series, whose terms are all positive, others Debye's expansion, which is uniform in ν/z (DLMF
/// 10.25.2 and 10.41.3).
pub(super) fn ln_scaled_bessel(order: f64, z: f64) -> f64 {
    let radius = order.hypot(z);
    if radius < UNIFORM {
        return series(order, z);
    }
    let q = 1.0 / radius;
    let p2 = (order * q).powi(2);
    let corrections = [
        polynomial(&[3.0, -5.0], p2) / 24.0,
        polynomial(&[81.0, -462.0, 385.0], p2) / 1152.0,
        polynomial(&[30_375.0, -369_603.0, 765_765.0, -425_425.0], p2) / 414_720.0,
        polynomial(
            &[
                4_465_125.0,
                -94_121_676.0,
                349_922_430.0,
                -446_185_740.0,
                185_910_725.0,
            ],
            p2,
        ) / 39_813_120.0,
    ];
    let correction = q * polynomial(&corrections, q);
    // √(ν² + z²) − z without its cancellation.
    let excess = order * (order / (radius + z));
    excess - order * (order / z).asinh() - (2.0 * PI * radius).ln() / 2.0 + correction.ln_1p()
}

fn series(order: f64, z: f64) -> f64 {
    let quarter = z * z / 4.0;
    let (mut sum, mut term, mut k) = (1.0, 1.0, 0.0);
    while term > sum * f64::EPSILON / 4.0 {
        k += 1.0;
        term *= quarter / (k * (order + k));
        sum += term;
    }
    order * (z / 2.0).ln() - libm::lgamma(order + 1.0) + sum.ln() - z
}

/// `c₀ + c₁x + c₂x² + …`.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `I_½(z) = √(2/πz) sinh z` and `I_{3/2}(z) = √(2/πz)(cosh z − sinh z/z)`.
    #[test]
    fn half_orders_are_elementary() {
        for z in [1e-3_f64, 0.7, 30.0, 199.0, 201.0, 1e4, 1e13] {
            let root = (2.0 / (PI * z)).sqrt().ln();
            let sinh = (-(-2.0 * z).exp_m1() / 2.0).ln();
            let found = ln_scaled_bessel(0.5, z);
            assert!((found - root - sinh).abs() < 1e-11, "{z}");
            if z > 0.5 {
                let cosh = f64::midpoint(1.0, (-2.0 * z).exp());
                let next = (cosh - sinh.exp() / z).ln();
                let found = ln_scaled_bessel(1.5, z);
                assert!((found - root - next).abs() < 1e-11, "{z}");
            }
        }
    }

    /// `I_{ν−1} − I_{ν+1} = (2ν/z) I_ν` on both sides of the change from series to expansion, and far from it. Rounding of
    /// ν ln ν, up to 10⁴ here, leaves 10⁻¹⁵ of that.
    #[test]
    fn neighbouring_orders_agree() {
        for order in [1.0, 2.3, 17.5, 120.0, 198.6, 199.9, 200.4, 501.0, 1500.0] {
            for z in [1e-3, 0.3, 5.0, 50.0, 150.0, 199.5, 200.5, 900.0, 3e4] {
                let at = ln_scaled_bessel(order, z);
                let [below, above] =
                    [-1.0, 1.0].map(|by| (ln_scaled_bessel(order + by, z) - at).exp());
                let expected = 2.0 * order / z;
                // For z ≫ ν both are near 1, and the difference is small.
                let tolerance = 2e-10 * expected + 4e-11 * below;
                assert!(
                    (below - above - expected).abs() <= tolerance,
                    "{order} {z}: {below} {above}"
                );
            }
        }
    }

    /// Series and expansion where both hold.
    #[test]
    fn series_and_expansion_agree_where_they_meet() {
        for angle in [0.01, 0.3, 0.8, 1.2, 1.55_f64] {
            let (order, z) = (UNIFORM * angle.sin() * 1.01, UNIFORM * angle.cos() * 1.01);
            let (found, expected) = (ln_scaled_bessel(order, z), series(order, z));
            assert!((found - expected).abs() < 1e-11, "{order} {z}");
        }
    }
}
