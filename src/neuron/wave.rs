//! The wave: a sum of ReLUs that no fixed features follow (power-and-limits, Prop. 4.6).

use std::f64::consts::{LN_10, PI};

use super::bessel::ln_scaled_bessel;

/// The triangle wave: odd, of period 4, `x` from −1 to 1. It is `(2/π)asin(sin(πx/2))`.
///
/// ```
/// use lazy_limits::neuron::wave::triangle_wave;
///
/// assert_eq!([0.5, 1.0, 1.5, 3.0, -0.5].map(triangle_wave), [0.5, 1.0, 0.5, -1.0, -0.5]);
/// ```
pub fn triangle_wave(x: f64) -> f64 {
    let phase = (x + 1.0).rem_euclid(4.0);
    if phase <= 2.0 {
        phase - 1.0
    } else {
        3.0 - phase
    }
}

/// The number a = 6d² + 1 of Proposition 4.6: its wave is one from −a to a, and has a + 1 ReLUs.
pub fn relu_wave_reach(dim: u32) -> f64 {
    6.0 * f64::from(dim).powi(2) + 1.0
}

/// The wave as the paper writes it, `ψ(x) = [x + a]₊ + 2 Σ_{n=1}^{a} (−1)ⁿ [x + a − 2n]₊ − 1` with `a = 6d² + 1`.
///
/// From −a to a it is [`triangle_wave`] times (−1)^d, to rounding, of about 10⁻¹⁶a². Left of that it is −1, and right of it a line
/// that falls: with ‖w‖ = d, ⟨w,x⟩ of the Gaussian x is there with a probability below exp(−18d²).
///
/// Takes time of order a.
pub fn relu_wave(dim: u32, x: f64) -> f64 {
    let a = relu_wave_reach(dim);
    let mut sum = (x + a).max(0.0) - 1.0;
    let (mut shift, mut sign) = (2.0, -1.0);
    while shift <= 2.0 * a && x + a > shift {
        sum += 2.0 * sign * (x + a - shift);
        (shift, sign) = (shift + 2.0, -sign);
    }
    sum
}

/// Below this norm the Gaussian input never sees the wave turn: it turns 8 standard deviations out, and the wave is a line to
/// 10⁻¹⁴.
const LINE: f64 = 0.125;

/// Exponentials of less than this are nothing beside 1.
const NEGLIGIBLE: f64 = -40.0;

/// The waves `ψ_w(x) = ψ(⟨w,x⟩)` of all w on the sphere of radius s in dimension d, ψ the [`triangle_wave`], `x ~ N(0, I_d)`.
///
/// Their directions are so many that nothing has much in common with most of them: for every f of mean square 1 the average of
/// ⟨f,ψ_w⟩² over w is at most λ₁, the largest eigenvalue of the average of ψ_wψ_wᵀ, attained by d functions f
/// (power-and-limits, Prop. 4.6(3), there as `20 exp(−cd)` for s = d). Both d and s may be any real numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waves {
    ln_eigenvalue: f64,
    mean_square: f64,
}

impl Waves {
    /// Waves in dimension d = `dim`, from 2 to 10⁶, of norm s = `norm`, from 10⁻¹⁰⁰ to 10¹⁰⁰; none beyond that.
    ///
    /// Takes some microseconds for s ≥ 1, and up to some hundred as s falls to 1/8.
    pub fn new(dim: f64, norm: f64) -> Option<Self> {
        is_known(dim, norm).then(|| Self {
            ln_eigenvalue: ln_largest_eigenvalue(dim, norm),
            mean_square: mean_square(norm),
        })
    }

    /// λ₁, the largest over f of `E_w⟨f,ψ_w⟩²/E f²`, to a relative 10⁻⁹. Where it is too small for a number it is 0:
    /// [`log10_largest_eigenvalue`](Self::log10_largest_eigenvalue) is not.
    pub fn largest_eigenvalue(&self) -> f64 {
        self.ln_eigenvalue.exp()
    }

    /// Its logarithm to base 10, down to any size.
    pub fn log10_largest_eigenvalue(&self) -> f64 {
        self.ln_eigenvalue / LN_10
    }

    /// `E ψ_w(x)²`, the same for all w: 1/3 for all but small norms. (power-and-limits prints `≥ d` in Prop. 4.6(2), but ψ is
    /// never above 1.)
    pub fn mean_square(&self) -> f64 {
        self.mean_square
    }

    /// What no r = `features` fixed functions can do better than, whatever they are, wherever they come from and whatever their
    /// weights: the risk, over E ψ², of their best combination for ψ_w, averaged over w, is at least `1 − rλ₁/E ψ²`; 0 where
    /// that is negative. A negative r counts as 0.
    ///
    /// Orthonormal functions f_i with the same span leave `E ψ² − Σ_i E_w⟨f_i,ψ_w⟩²`, and none of the r terms is above λ₁.
    pub fn risk_at_least(&self, features: f64) -> f64 {
        let ln_captured = features.max(0.0).ln() + self.ln_eigenvalue - self.mean_square.ln();
        (1.0 - ln_captured.exp()).max(0.0)
    }
}

/// log₁₀ of the leading term of λ₁, `(64/π⁴) Γ(d/2) (2/ω²)^{d/2−1} e^{−ω²} I_{d/2}(ω²)` with `ω = πs/2`: the one to draw where a
/// tenth of a millisecond is too long. None where [`Waves::new`] has none.
///
/// From s = 0.9 on it is within 0.0022 of [`Waves::log10_largest_eigenvalue`], which is half a per cent, whatever d, and much closer
/// for d ≥ 5. Below, it is too high, by 0.03 at s = 1/2 and at most by log₁₀(16/π²) = 0.21 as s goes to 0.
pub fn log10_leading_eigenvalue(dim: f64, norm: f64) -> Option<f64> {
    is_known(dim, norm).then(|| Terms::new(dim, norm).ln(1.0, 1.0) / LN_10)
}

fn is_known(dim: f64, norm: f64) -> bool {
    (2.0..=1e6).contains(&dim) && (1e-100..=1e100).contains(&norm)
}

/// `E ψ(sG)²`, from the Fourier series `ψ² = 1/3 + (4/π²) Σ_m (−1)^m cos(mπx)/m²`.
fn mean_square(norm: f64) -> f64 {
    if norm < LINE {
        return norm * norm;
    }
    let mut sum = 0.0;
    let (mut m, mut sign) = (1.0, -1.0);
    loop {
        let exponent = -(m * PI * norm).powi(2) / 2.0;
        if exponent < NEGLIGIBLE {
            return 1.0 / 3.0 + 4.0 / PI.powi(2) * sum;
        }
        sum += sign * exponent.exp() / (m * m);
        (m, sign) = (m + 1.0, -sign);
    }
}

/// Terms of the double sum of λ₁ over odd j and k, from `ψ(x) = Σ_j c_j sin(jπx/2)`, `|c_j| = 8/(πj)²`, and Funk and Hecke's
/// formula: with `ω_j = jπs/2` and `z = ω_jω_k`,
/// `(−1)^{(j−k)/2} |c_jc_k| e^{−(ω_j−ω_k)²/2} Γ(d/2) (2/z)^{d/2−1} e^{−z} I_{d/2}(z)`.
struct Terms {
    half: f64,
    norm: f64,
    ln_gamma: f64,
}

impl Terms {
    fn new(dim: f64, norm: f64) -> Self {
        let half = dim / 2.0;
        Self {
            half,
            norm,
            ln_gamma: libm::lgamma(half),
        }
    }

    fn frequency(&self, j: f64) -> f64 {
        j * PI * self.norm / 2.0
    }

    /// `−(ω_j − ω_k)²/2`.
    fn gap(&self, j: f64, k: f64) -> f64 {
        -self.frequency(j - k).powi(2) / 2.0
    }

    /// The logarithm of a term's size.
    fn ln(&self, j: f64, k: f64) -> f64 {
        let amplitudes = (64.0 / PI.powi(4) / (j * k).powi(2)).ln();
        let z = self.frequency(j) * self.frequency(k);
        amplitudes
            + self.gap(j, k)
            + self.ln_gamma
            + (self.half - 1.0) * (2.0 / z).ln()
            + ln_scaled_bessel(self.half, z)
    }
}

/// ln λ₁, where λ_l belongs to the spherical harmonics of degree l. Among these λ₁ is the largest: the kernel `E ψ_wψ_w'` of two
/// directions is `Σ_n h_n² tⁿ` over odd n with the Hermite coefficients h_n of ψ(s·), t their cosine, and of each power of t the
/// share of degree l + 2 is that of degree l times `(n − l)/(n + l + d)`.
fn ln_largest_eigenvalue(dim: f64, norm: f64) -> f64 {
    if norm < LINE {
        // Of ψ_w = ⟨w,x⟩.
        return 2.0 * norm.ln() - dim.ln();
    }
    let terms = Terms::new(dim, norm);
    // Beside the first term no other is above e^gap/(jk), as e^{−z}I_ν(z)/z^ν falls.
    let first = terms.ln(1.0, 1.0);
    let mut total = 0.0;
    let mut j = 1.0;
    loop {
        let mut row = (terms.ln(j, j) - first).exp();
        let (mut k, mut sign) = (j - 2.0, -1.0);
        while k > 0.0 && terms.gap(j, k) > NEGLIGIBLE {
            row += 2.0 * sign * (terms.ln(j, k) - first).exp();
            (k, sign) = (k - 2.0, -sign);
        }
        total += row;
        // Then rows fall like j^{−d−3}, or faster.
        if terms.frequency(j) > 9.0 && row.abs() < 1e-12 * total {
            return first + total.ln();
        }
        j += 2.0;
    }
}
