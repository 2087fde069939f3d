//! The neural tangent regime.

use nalgebra::{DMatrix, DVector};

use crate::lazy::problem::{RiskScale, Target};
use crate::linalg::Symmetric;

/// Limiting NT risk for σ = x² and weights isotropic in the original coordinates, at one ρ; for
/// many of one problem see [`NeuralTangent`].
pub fn neural_tangent(problem: &(impl Target + ?Sized), rho: f64) -> f64 {
    NeuralTangent::new(problem).risk(rho)
}

/// Limiting NT risk for σ = x² and weights isotropic in the original coordinates.
///
/// Of the form A (B of a quadratic target, `Δ̃` of a mixture) NT leaves `‖P⊥AP⊥‖_F²`, `P⊥` the projection
/// off the span of the neurons in working coordinates (Ghorbani et al. 2019, Theorems 2 and 5). Where
/// weights are isotropic there too, for every quadratic target and for mixtures with Σ ∝ I, the
/// span is uniform, and the share left is `(1−ρ)₊²(1−τ) + (1−ρ)₊τ`.
///
/// For any other Σ the weights have covariance S ∝ Σ in working coordinates. The paper has no formula
/// for the mean over them; here the deterministic equivalents of resolvents of sample covariances
/// give it: with `R = κ(S + κ)⁻¹` and κ > 0 such that `Tr(I − R) = N`, the share left is
/// `[Tr(RARA) + Tr(AR(I−R))²/Tr(R(I−R))]/‖A‖_F²`.
#[derive(Clone, Debug)]
pub struct NeuralTangent {
    scale: RiskScale,
    span: TangentSpan,
}

#[derive(Clone, Debug)]
enum TangentSpan {
    /// Uniform; the trace ratio τ.
    Uniform(f64),
    /// That of weights whose covariance has eigenvalues t.
    Tilted {
        t: DVector<f64>,
        /// Squares of the entries of the form in the eigenbasis of S, in parts of `‖A‖_F²`; of a
        /// diagonal form only the diagonal.
        squares: DMatrix<f64>,
        /// The form's diagonal there, in parts of `‖A‖_F`.
        diagonal: DVector<f64>,
    },
}

impl NeuralTangent {
    /// Prepares the risk; costs an eigenvalue problem where Σ and Δ do not commute.
    pub fn new(problem: &(impl Target + ?Sized)) -> Self {
        let form = problem.form();
        let scaled = form.eigenvalues() / form.squared_norm().sqrt();
        let span = match problem.isotropic() {
            Symmetric::Diagonal(t) if t.max() - t.min() <= 1e-12 * t.max() => {
                TangentSpan::Uniform(form.trace_ratio())
            }
            Symmetric::Diagonal(t) => TangentSpan::Tilted {
                t,
                squares: DMatrix::from_column_slice(
                    scaled.len(),
                    1,
                    scaled.component_mul(&scaled).as_slice(),
                ),
                diagonal: scaled,
            },
            Symmetric::Full(s) => {
                let eigen = s.symmetric_eigen();
                let turned = Symmetric::Diagonal(scaled).in_basis(&eigen.eigenvectors);
                let turned = turned.to_matrix();
                TangentSpan::Tilted {
                    t: eigen.eigenvalues,
                    squares: turned.component_mul(&turned),
                    diagonal: turned.diagonal(),
                }
            }
        };
        Self {
            scale: problem.risk_scale(),
            span,
        }
    }

    /// Whether the neurons' span is uniform in working coordinates, as the theorems assume.
    pub fn is_uniform(&self) -> bool {
        matches!(self.span, TangentSpan::Uniform(_))
    }

    /// The share of the form's squared norm that is left, 0 to 1, at `rho = N/d > 0`; for a mixture
    /// Theorem 5's κ is 1 minus it.
    pub fn left(&self, rho: f64) -> f64 {
        let free = (1.0 - rho).max(0.0);
        match &self.span {
            TangentSpan::Uniform(tau) => free * free * (1.0 - tau) + free * tau,
            TangentSpan::Tilted { .. } if free == 0.0 => 0.0,
            TangentSpan::Tilted {
                t,
                squares,
                diagonal,
            } => {
                let ridge = ridge(t, rho);
                let off = t.map(|t| ridge / (t + ridge));
                let both = t.map(|t| ridge / (t + ridge) * (t / (t + ridge)));
                let mean = if squares.ncols() == 1 {
                    squares.column(0).dot(&off.component_mul(&off))
                } else {
                    off.dot(&(squares * &off))
                };
                // As far as rounding lets the sum be told from 0; it is 0 only where nothing is spanned.
                let along = both.dot(diagonal);
                let spanned = if along == 0.0 {
                    0.0
                } else {
                    along * (along / both.sum())
                };
                (mean + spanned).clamp(0.0, 1.0)
            }
        }
    }

    /// The risk at `rho = N/d > 0`; for a quadratic target zero from ρ = 1 on.
    pub fn risk(&self, rho: f64) -> f64 {
        self.scale.risk(self.left(rho))
    }
}

/// κ with `(1/d)Σ t_j/(t_j + κ) = ρ`, for positive `t` and `rho` in (0, 1).
fn ridge(t: &DVector<f64>, rho: f64) -> f64 {
    // The mean falls with κ, and κ lies between what all t at the least and at the largest give. Of the mean and its
    // complement the smaller is compared, which has all its digits.
    let free = 1.0 - rho;
    let odds = free / rho;
    let (mut low, mut high) = (t.min() * odds, t.max() * odds);
    let is_below = |ridge: f64| {
        let mean =
            |share: &dyn Fn(f64) -> f64| t.iter().map(|&t| share(t)).sum::<f64>() / t.len() as f64;
        if rho < 0.5 {
            mean(&|t| t / (t + ridge)) > rho
        } else {
            mean(&|t| ridge / (t + ridge)) < free
        }
    };
    for _ in 0..200 {
        let middle = low.sqrt() * high.sqrt();
        if is_below(middle) {
            low = middle;
        } else {
            high = middle;
        }
        if high - low <= 1e-15 * high {
            break;
        }
    }
    low.sqrt() * high.sqrt()
}
