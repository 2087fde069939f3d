//! Covariances Γ of the first-layer weights of random features, `Tr Γ = 1`.

use crate::linalg::{Symmetric, falling};

use super::{Quadratic, RiskScale, Target};

/// How the weights of random features are distributed: `w_i ~ N(0, Γ)`.
#[derive(Clone, Debug, PartialEq)]
pub enum WeightCovariance {
    /// `Γ ∝ I` in the original coordinates.
    Isotropic,
    /// Γ ∝ the form, B or `Δ̃` (for an indefinite one, the larger in norm of B₊ and (−B)₊). The
    /// paper calls it optimal, which it is as ρ → ∞ only.
    Aligned,
    /// The Γ of least limiting risk at each ρ for σ = x² − 1; see [`BestWeights`].
    Best,
    /// `(1 − t)·Γ_isotropic + t·Γ_aligned` for t in [0, 1].
    Mixed(f64),
    /// Given, in working coordinates, with trace 1.
    Given(Symmetric),
}

impl WeightCovariance {
    /// Γ in working coordinates with trace 1, for use at `rho = N/d` (which only `Best` depends on).
    pub fn at(&self, problem: &(impl Target + ?Sized), rho: f64) -> Symmetric {
        let form = problem.form();
        match self {
            Self::Isotropic => problem.isotropic(),
            Self::Aligned => aligned(form),
            Self::Best => BestWeights::new(problem).covariance(form, rho),
            Self::Mixed(share) => {
                let isotropic = problem.isotropic().scaled(1.0 - share);
                isotropic.plus(&aligned(form).scaled(*share))
            }
            Self::Given(gamma) => gamma.clone(),
        }
    }
}

/// The sign under which B is the larger: +1 unless the negative part has the larger norm.
fn dominant_sign(form: &Quadratic) -> f64 {
    let negative = form.remaining_squares(form.dim());
    if form.squared_norm() - negative >= negative {
        1.0
    } else {
        -1.0
    }
}

fn aligned(form: &Quadratic) -> Symmetric {
    let sign = dominant_sign(form);
    let part = form.eigenvalues().map(|value| (sign * value).max(0.0));
    Symmetric::Diagonal(&part / part.sum())
}

/// The covariance of least limiting risk at a given ρ for σ = x² − 1.
///
/// For a mixture the risk falls with the same ratio, with `Δ̃` for B and `Σ^{1/2}ΓΣ^{1/2}` for Γ.
/// Corollary 1 asks for the largest `⟨Γ,B⟩² / (1/(ρd) + ‖Γ‖_F²)` over `Γ ⪰ 0`, `Tr Γ = 1`. The
/// stationarity conditions give `Γ ∝ (B − s)₊` with `s = Tr(B − s)₊ / (ρd)`, and there the ratio
/// is `Σ b_i² − s Σ b_i` over the eigenvalues `b_i > s`. As ρ → ∞, s → 0 and Γ is aligned. For an
/// indefinite B the better of B and −B is taken.
#[derive(Clone, Debug)]
pub struct BestWeights {
    sides: [Side; 2],
    dim: usize,
    squared_norm: f64,
    scale: RiskScale,
}

/// The positive eigenvalues of ±B, sorted downwards, with their running sums.
#[derive(Clone, Debug)]
struct Side {
    sign: f64,
    sums: Vec<f64>,
    squares: Vec<f64>,
    /// `S_m/b_m − m`: the m-th eigenvalue takes part where `ρd` exceeds it. Increasing.
    thresholds: Vec<f64>,
}

impl Side {
    fn new(form: &Quadratic, sign: f64) -> Self {
        let signed = form.eigenvalues().iter().map(|value| sign * value);
        let values = falling(signed.filter(|&value| value > 0.0));
        let (mut sum, mut square) = (0.0, 0.0);
        let mut side = Self {
            sign,
            sums: Vec::with_capacity(values.len()),
            squares: Vec::with_capacity(values.len()),
            thresholds: Vec::with_capacity(values.len()),
        };
        for (index, value) in values.into_iter().enumerate() {
            sum += value;
            square += value * value;
            side.sums.push(sum);
            side.squares.push(square);
            side.thresholds.push(sum / value - (index + 1) as f64);
        }
        side
    }

    /// The shift `s` and the least attained ratio at `rho_d = ρd`; nothing without eigenvalues.
    fn optimum(&self, rho_d: f64) -> Option<(f64, f64)> {
        let count = self.thresholds.partition_point(|&q| q < rho_d).max(1);
        let sum = self.sums.get(count - 1)?;
        let shift = sum / (rho_d + count as f64);
        Some((shift, self.squares[count - 1] - shift * sum))
    }
}

impl BestWeights {
    /// Sorts the eigenvalues once; each ρ then costs a binary search.
    pub fn new(problem: &(impl Target + ?Sized)) -> Self {
        let form = problem.form();
        Self {
            sides: [Side::new(form, 1.0), Side::new(form, -1.0)],
            dim: form.dim(),
            squared_norm: form.squared_norm(),
            scale: problem.risk_scale(),
        }
    }

    /// Sign, shift and ratio at `ρd`: B is not zero, so one side at least has eigenvalues.
    fn optimum(&self, rho_d: f64) -> (f64, f64, f64) {
        self.sides
            .iter()
            .filter_map(|side| {
                let (shift, ratio) = side.optimum(rho_d)?;
                Some((side.sign, shift, ratio))
            })
            .max_by(|a, b| a.2.total_cmp(&b.2))
            .unwrap_or((1.0, 0.0, 0.0))
    }

    /// The limiting risk with the best weights for σ = x² − 1, at `rho > 0`.
    pub fn risk(&self, rho: f64) -> f64 {
        let (_, _, ratio) = self.optimum(rho * self.dim as f64);
        self.scale.risk(1.0 - ratio / self.squared_norm)
    }

    /// The best Γ at `rho > 0` for the `form` this was made from, in working coordinates.
    pub fn covariance(&self, form: &Quadratic, rho: f64) -> Symmetric {
        let (sign, shift, _) = self.optimum(rho * self.dim as f64);
        let part = form
            .eigenvalues()
            .map(|value| (sign * value - shift).max(0.0));
        Symmetric::Diagonal(&part / part.sum())
    }
}
