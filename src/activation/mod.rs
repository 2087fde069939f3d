//! Activation functions by name: values, Hermite coefficients, and the Gaussian averages that
//! exact random-feature risks are made of.

mod quadrature;
mod slope;

use crate::elementary;
use std::f64::consts::PI;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use quadrature::average as gaussian_average;
pub use slope::{SlopeKernel, SlopeProfile};

/// An activation function σ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Activation {
    /// `x² − 1`.
    #[default]
    Quadratic,
    /// `max(x, 0)`.
    Relu,
    /// `tanh x`.
    Tanh,
    /// `erf x = (2/√π)∫₀ˣ e^{−t²} dt`.
    Erf,
    /// `ln(1 + eˣ)`.
    Softplus,
}

/// Hermite coefficients of an activation under `G ~ N(0, 1)` (Ghorbani et al. 2019, Theorem 1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hermite {
    /// `λ₀ = E σ(G)`. Theorem 1 is about the centred activation `σ − λ₀`.
    pub mean: f64,
    /// `λ₁ = E[σ(G)G]`.
    pub lambda1: f64,
    /// `λ₂ = E[σ(G)(G² − 1)]`. Zero for odd activations: their random features learn nothing
    /// of a quadratic target.
    pub lambda2: f64,
    /// `λ̃ = E[(σ(G) − λ₀)²] − λ₁²`, positive.
    pub lambda_tilde: f64,
}

impl Activation {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Quadratic,
        Self::Relu,
        Self::Tanh,
        Self::Erf,
        Self::Softplus,
    ];

    /// The name used everywhere: command line, page, files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quadratic => "quadratic",
            Self::Relu => "relu",
            Self::Tanh => "tanh",
            Self::Erf => "erf",
            Self::Softplus => "softplus",
        }
    }

    /// The activation of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sigma| sigma.name() == name)
    }

    /// Whether it is odd: it then has nothing of degree 2, `λ₂ = 0`.
    pub const fn is_odd(self) -> bool {
        matches!(self, Self::Tanh | Self::Erf)
    }

    /// `σ(x)`, not centred (but `x² − 1` is by itself). Finite for every finite `x` whose square
    /// is finite.
    pub fn value(self, x: f64) -> f64 {
        match self {
            Self::Quadratic => x * x - 1.0,
            Self::Relu => x.max(0.0),
            Self::Tanh => elementary::tanh(x),
            Self::Erf => libm::erf(x),
            // Written so that neither tail overflows or loses its digits.
            Self::Softplus => x.max(0.0) + elementary::log1p(elementary::exp(-x.abs())),
        }
    }

    /// `λ_k/√k!` for k = 0…6, `λ_k = E[σ(G)He_k(G)]`: their squares are the parts of `E σ(G)²` that lie in
    /// polynomials of each degree. Those of the wrong parity are exactly 0. Error below 1e-12.
    pub fn hermite_series(self) -> [f64; 7] {
        match self {
            Self::Quadratic => [0.0, 0.0, 2.0_f64.sqrt(), 0.0, 0.0, 0.0, 0.0],
            Self::Relu => {
                // E[max(G, 0)He_k(G)] = He_{k−2}(0)φ(0) from k = 2 on, by parts.
                let phi = 1.0 / (2.0 * PI).sqrt();
                let sixth = 3.0 * phi / 720.0_f64.sqrt();
                let fourth = -phi / 24.0_f64.sqrt();
                [phi, 0.5, phi / 2.0_f64.sqrt(), 0.0, fourth, 0.0, sixth]
            }
            Self::Tanh | Self::Erf | Self::Softplus => {
                let mut series = quadrature::hermite_coefficients::<7>(self, 1.0);
                for (k, value) in series.iter_mut().enumerate() {
                    let even = k % 2 == 0;
                    // Softplus is x/2 and an even function.
                    let absent = match self {
                        Self::Softplus => !even && k > 1,
                        _ => even,
                    };
                    if absent {
                        *value = 0.0;
                    }
                }
                series
            }
        }
    }

    /// The Hermite coefficients: closed forms for x² − 1, ReLU and erf, quadrature to 1e-14 for
    /// tanh and softplus.
    pub fn hermite(self) -> Hermite {
        match self {
            Self::Quadratic => Hermite {
                mean: 0.0,
                lambda1: 0.0,
                lambda2: 2.0,
                lambda_tilde: 2.0,
            },
            Self::Relu => {
                let mean = 1.0 / (2.0 * PI).sqrt();
                Hermite {
                    mean,
                    lambda1: 0.5,
                    lambda2: mean,
                    lambda_tilde: 0.25 - mean * mean,
                }
            }
            Self::Erf => Hermite {
                mean: 0.0,
                lambda1: 2.0 / (3.0 * PI).sqrt(),
                lambda2: 0.0,
                lambda_tilde: 2.0 / PI * elementary::asin(2.0 / 3.0) - 4.0 / (3.0 * PI),
            },
            Self::Tanh | Self::Softplus => {
                let odd = self.is_odd();
                let [mean, lambda1, he2] = quadrature::hermite_coefficients::<3>(self, 1.0);
                let second = quadrature::second_moment(self, 1.0);
                Hermite {
                    mean: if odd { 0.0 } else { mean },
                    lambda1,
                    lambda2: if odd { 0.0 } else { he2 * 2.0_f64.sqrt() },
                    lambda_tilde: second - mean * mean - lambda1 * lambda1,
                }
            }
        }
    }

    /// `E σ(sG)` for `s ≥ 0`.
    pub fn mean_at(self, s: f64) -> f64 {
        match self {
            Self::Quadratic => s * s - 1.0,
            Self::Relu => s / (2.0 * PI).sqrt(),
            Self::Tanh | Self::Erf => 0.0,
            Self::Softplus => quadrature::hermite_coefficients::<1>(self, s)[0],
        }
    }

    /// `E σ''(sG)` for `s ≥ 0`, the response of a feature to a quadratic target. Infinite for
    /// ReLU at `s = 0`.
    pub fn curvature_at(self, s: f64) -> f64 {
        match self {
            Self::Quadratic => 2.0,
            Self::Relu => 1.0 / ((2.0 * PI).sqrt() * s),
            Self::Tanh | Self::Erf => 0.0,
            Self::Softplus => quadrature::average(s, |x| {
                let half = elementary::cosh(0.5 * x);
                0.25 / (half * half)
            }),
        }
    }

    /// What [`Activation::kernel`] needs to know of one neuron with `‖w‖ = s`.
    pub fn profile(self, s: f64) -> Profile {
        let series: Vec<f64> = match self {
            Self::Tanh | Self::Softplus => {
                quadrature::hermite_coefficients::<SERIES>(self, s).into()
            }
            _ => Vec::new(),
        };
        let second_moment = match self {
            Self::Tanh | Self::Softplus => quadrature::second_moment(self, s),
            _ => 0.0,
        };
        let squares: f64 = series.iter().map(|value| value * value).sum();
        let rest = (second_moment - squares).max(0.0) + ROUNDING * second_moment;
        Profile {
            norm: s,
            series,
            second_moment,
            rest,
        }
    }

    /// `E[σ(⟨v,x⟩)σ(⟨w,x⟩)]` for `x ~ N(0, I)`, given the neurons' profiles and `⟨v,w⟩`.
    ///
    /// Closed for x² − 1, ReLU (the arc-cosine kernel, Cho and Saul 2009) and erf (Williams
    /// 1998); for tanh and softplus a 40-term Hermite series, whose error is below 1e-12 for
    /// correlations up to ½ and norms up to 2, see [`Activation::kernel_error`]. The diagonal is [`Profile::squared`].
    pub fn kernel(self, v: &Profile, w: &Profile, inner: f64) -> f64 {
        let norms = v.norm * w.norm;
        match self {
            Self::Quadratic => {
                2.0 * inner * inner + (v.norm * v.norm - 1.0) * (w.norm * w.norm - 1.0)
            }
            Self::Relu => {
                if norms == 0.0 {
                    return 0.0;
                }
                let cos = (inner / norms).clamp(-1.0, 1.0);
                let sin = ((1.0 - cos) * (1.0 + cos)).sqrt();
                norms * (sin + (PI - elementary::acos(cos)) * cos) / (2.0 * PI)
            }
            Self::Erf => {
                let scale = ((1.0 + 2.0 * v.norm * v.norm) * (1.0 + 2.0 * w.norm * w.norm)).sqrt();
                2.0 / PI * elementary::asin((2.0 * inner / scale).clamp(-1.0, 1.0))
            }
            Self::Tanh | Self::Softplus => {
                if norms == 0.0 {
                    return v.series[0] * w.series[0];
                }
                let correlation = (inner / norms).clamp(-1.0, 1.0);
                v.series
                    .iter()
                    .zip(&w.series)
                    .rev()
                    .fold(0.0, |sum, (a, b)| sum * correlation + a * b)
            }
        }
    }

    /// What [`Activation::kernel`] leaves out at most: where it is a series, `|c|⁴⁰` times the roots of what the second
    /// moments of the two features have beyond the terms taken, with the correlation c. 0 where it is closed.
    pub fn kernel_error(self, v: &Profile, w: &Profile, inner: f64) -> f64 {
        let norms = v.norm * w.norm;
        if v.series.is_empty() || norms == 0.0 {
            return 0.0;
        }
        let correlation = (inner / norms).abs().min(1.0);
        correlation.powi(SERIES as i32) * (v.rest * w.rest).sqrt()
    }
}

/// What a second moment by quadrature and the sum of squares of a series may differ by without anything missing, relative
/// to it.
const ROUNDING: f64 = 1e-14;

/// Terms of the Hermite series off the diagonal.
const SERIES: usize = 40;

/// One neuron as the kernel sees it; see [`Activation::profile`].
#[derive(Clone, Debug)]
pub struct Profile {
    norm: f64,
    /// `E[σ(sG)He_k(G)]/√k!`, for the activations without a closed kernel.
    series: Vec<f64>,
    second_moment: f64,
    /// What the squares of the series leave of it.
    rest: f64,
}

impl Profile {
    /// `E σ(⟨w,x⟩)²` of this neuron under `activation`, without a series.
    pub fn squared(&self, activation: Activation) -> f64 {
        match activation {
            Activation::Tanh | Activation::Softplus => self.second_moment,
            _ => activation.kernel(self, self, self.norm * self.norm),
        }
    }
}

impl fmt::Display for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the coefficients that theory uses; and degrees 3 to 6 cannot hold more than is left.
    #[test]
    fn the_hermite_series_begins_with_the_known_coefficients() {
        for sigma in Activation::ALL {
            let (series, known) = (sigma.hermite_series(), sigma.hermite());
            assert!((series[0] - known.mean).abs() < 1e-12, "{sigma}");
            assert!((series[1] - known.lambda1).abs() < 1e-12, "{sigma}");
            let second = known.lambda2 / 2.0_f64.sqrt();
            assert!((series[2] - second).abs() < 1e-12, "{sigma}");
            let squares: f64 = series[2..].iter().map(|value| value * value).sum();
            assert!(squares <= known.lambda_tilde + 1e-12, "{sigma}");
            assert!(squares > 0.7 * known.lambda_tilde, "{sigma}");
        }
        // E[max(G, 0)He₄(G)] = He₂(0)φ(0) = −φ(0), E[max(G, 0)He₆(G)] = He₄(0)φ(0) = 3φ(0).
        let relu = Activation::Relu.hermite_series();
        let phi = 1.0 / (2.0 * PI).sqrt();
        assert!((relu[4] * 24.0_f64.sqrt() + phi).abs() < 1e-12);
        assert!((relu[6] * 720.0_f64.sqrt() - 3.0 * phi).abs() < 1e-12);
    }
}
