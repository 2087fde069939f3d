//! Random features.

use crate::activation::{Activation, Hermite};
use crate::lazy::problem::{RiskScale, Target};
use crate::linalg::{Symmetric, falling};

/// Limiting RF risk for any activation and any weight covariance Γ (Ghorbani et al. 2019,
/// Theorem 1, whose case σ = x² − 1 is Corollary 1; for a mixture Theorem 4).
#[derive(Clone, Debug)]
pub struct RandomFeatures {
    hermite: Hermite,
    /// `λ₁²t_j` with the share of the eigenvalues `t_j` of dΓ that are equal to it.
    slopes: Vec<(f64, f64)>,
    /// `d⟨Γ,B⟩²/‖B‖_F²`.
    overlap: f64,
    /// `d‖Γ‖_F²`.
    norm: f64,
    squared_norm: f64,
    scale: RiskScale,
}

impl RandomFeatures {
    /// Prepares the risk for weights `w_i ~ N(0, Γ)`, Γ in working coordinates with trace 1.
    ///
    /// # Panics
    /// If Γ is not `d×d`.
    pub fn new(
        problem: &(impl Target + ?Sized),
        gamma: &Symmetric,
        activation: Activation,
    ) -> Self {
        let form = problem.form();
        let dim = form.dim() as f64;
        let hermite = activation.hermite();
        let inner = gamma.inner(&Symmetric::Diagonal(form.eigenvalues().clone()));
        let slopes = if hermite.lambda1 == 0.0 {
            Vec::new()
        } else {
            falling(gamma.eigenvalues().iter().copied())
                .chunk_by(|a, b| a.total_cmp(b).is_eq())
                .map(|equal| {
                    let slope = hermite.lambda1.powi(2) * dim * equal[0].max(0.0);
                    (slope, equal.len() as f64 / dim)
                })
                .collect()
        };
        Self {
            hermite,
            slopes,
            overlap: dim * inner * inner / form.squared_norm(),
            norm: dim * gamma.squared_norm(),
            squared_norm: form.squared_norm(),
            scale: problem.risk_scale(),
        }
    }

    /// ψ, the positive root of Eq. (9): `λ̃ = ρ/ψ − (1/d)Σ_j λ₁²t_j/(1 + λ₁²t_jψ)`, for
    /// `rho > 0`. Relative error about 1e-15.
    pub fn psi(&self, rho: f64) -> f64 {
        self.psi_from(rho, 0.0)
    }

    /// ψ by Newton's method from `start`, which must not exceed the root.
    fn psi_from(&self, rho: f64, start: f64) -> f64 {
        // g(ψ) = ρ − λ̃ψ − Σ aψ/(1+aψ) falls and is convex, so Newton's steps from a point left
        // of the root approach it from the left, without a bracket.
        let slope_at_0: f64 = self.slopes.iter().map(|(a, share)| a * share).sum();
        let lambda = self.hermite.lambda_tilde;
        let mut psi = start.max(rho / (lambda + slope_at_0));
        for _ in 0..100 {
            let (mut g, mut fall) = (rho - lambda * psi, lambda);
            for &(a, share) in &self.slopes {
                let shrink = 1.0 / (1.0 + a * psi);
                g -= share * a * psi * shrink;
                fall += share * a * shrink * shrink;
            }
            let step = g / fall;
            psi += step;
            if step <= 1e-15 * psi {
                break;
            }
        }
        psi
    }

    /// `ζ₁ = d‖Γ‖_F²/2` of Theorem 4.
    pub fn zeta1(&self) -> f64 {
        0.5 * self.norm
    }

    /// `ζ₂ = d⟨Γ,Δ̃⟩²/4` of Theorem 4.
    pub fn zeta2(&self) -> f64 {
        0.25 * self.overlap * self.squared_norm
    }

    /// The risk at `rho > 0`, Eq. (10) or, for a mixture, Theorem 4.
    pub fn risk(&self, rho: f64) -> f64 {
        self.risk_with(self.psi(rho))
    }

    /// The risks at increasing `rhos`. ψ increases with ρ, so each root starts from the last.
    pub fn risks(&self, rhos: &[f64]) -> Vec<f64> {
        rhos.iter()
            .scan(0.0, |psi, &rho| {
                *psi = self.psi_from(rho, *psi);
                Some(self.risk_with(*psi))
            })
            .collect()
    }

    fn risk_with(&self, psi: f64) -> f64 {
        self.risk_at(2.0 / (psi * self.hermite.lambda2.powi(2)))
    }

    /// The risk as ρ → ∞, for a quadratic target Eq. (11): `1 − ⟨Γ,B⟩²/(‖Γ‖_F²‖B‖_F²)`; 1 if `λ₂ = 0`.
    pub fn risk_at_infinity(&self) -> f64 {
        if self.hermite.lambda2 == 0.0 {
            1.0
        } else {
            self.risk_at(0.0)
        }
    }

    fn risk_at(&self, noise: f64) -> f64 {
        self.scale.risk(1.0 - self.overlap / (noise + self.norm))
    }
}
