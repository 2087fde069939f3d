//! The linear warm-up: random directions for a linear target (power-and-limits, Prop. 4.1).

use nalgebra::{DMatrix, DVector};

use super::incomplete_beta::{incomplete_beta, ln_beta};
use crate::linalg::orthonormal_basis;

/// The law of the risk of r features `⟨w_i,x⟩` of random directions for the target `⟨w*,x⟩` in dimension d, over that of
/// answering 0: the share of w* that lies outside a random subspace of r dimensions, `Beta((d − r)/2, r/2)`.
///
/// It is that of any weights w_i whose law no rotation changes. Real d and r are allowed, between which the law goes over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinearWarmUp {
    /// d.
    dim: f64,
    /// r.
    features: f64,
}

impl LinearWarmUp {
    /// The law for d = `dim` and r = `features`, `0 ≤ r ≤ d` and `0 < d < ∞`; none beyond that, as d features see everything.
    pub fn new(dim: f64, features: f64) -> Option<Self> {
        let is_known = dim > 0.0 && dim.is_finite() && (0.0..=dim).contains(&features);
        is_known.then_some(Self { dim, features })
    }

    /// The parameters of the beta law, (d − r)/2 and r/2. One is 0 where the law is all at one place.
    fn parameters(&self) -> (f64, f64) {
        ((self.dim - self.features) / 2.0, self.features / 2.0)
    }

    /// The mean of the risk, `1 − r/d`.
    pub fn mean(&self) -> f64 {
        (self.dim - self.features) / self.dim
    }

    /// The density of the risk at x; 0 outside `[0, 1]`.
    ///
    /// It is infinite at x = 0 if d − r < 2 and at x = 1 if r < 2. Without features the risk is always 1, with d of them 0: what
    /// stands for a density is infinite there and 0 elsewhere.
    pub fn density(&self, x: f64) -> f64 {
        let (a, b) = self.parameters();
        if !(0.0..=1.0).contains(&x) {
            0.0
        } else if a == 0.0 || b == 0.0 {
            let is_there = if b == 0.0 { x >= 1.0 } else { x <= 0.0 };
            if is_there { f64::INFINITY } else { 0.0 }
        } else {
            (times(a - 1.0, x.ln()) + times(b - 1.0, (-x).ln_1p()) - ln_beta(a, b)).exp()
        }
    }

    /// The probability of a risk below x: `I_x((d − r)/2, r/2)`, to 10⁻¹² for d up to some thousands.
    ///
    /// Without features, where the risk is always 1, it is 0 up to x = 1 and 1 beyond; with d of them, 0 up to x = 0.
    pub fn below(&self, x: f64) -> f64 {
        let (a, b) = self.parameters();
        if a == 0.0 {
            f64::from(x > 0.0)
        } else if b == 0.0 {
            f64::from(x > 1.0)
        } else {
            incomplete_beta(a, b, x)
        }
    }
}

/// A product of which 0 times −∞ is 0, as in x⁰ at x = 0.
fn times(power: f64, logarithm: f64) -> f64 {
    if power == 0.0 { 0.0 } else { power * logarithm }
}

/// The least risk for the target `⟨w*,x⟩` of features `⟨w_i,x⟩` that are given, over that of answering 0:
/// `‖P⊥w*‖²/‖w*‖²`, P⊥ the projection off the span of all w_i.
///
/// `weights` is d×r, a feature a column; `target` is w*, of any length. What of a column lies outside the others by less than
/// rounding ([`orthonormal_basis`]) adds nothing. None if their dimensions differ, a number is not finite, or w* is 0.
pub fn linear_risk(weights: &DMatrix<f64>, target: &DVector<f64>) -> Option<f64> {
    let largest = target.amax();
    let numbers = weights.iter().chain(target);
    if weights.nrows() != target.len() || largest == 0.0 || numbers.copied().any(is_no_number) {
        return None;
    }
    // Scaled, so that no square overflows or vanishes.
    let target = target / largest;
    let basis = orthonormal_basis(weights);
    let rest = &target - &basis * basis.tr_mul(&target);
    Some((rest.norm_squared() / target.norm_squared()).min(1.0))
}

fn is_no_number(value: f64) -> bool {
    !value.is_finite()
}
