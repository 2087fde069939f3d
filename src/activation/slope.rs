//! Derivatives of activations, and the Gaussian averages that linearised networks are made of.

use crate::elementary;
use std::f64::consts::PI;

use super::{Activation, SERIES, quadrature};

impl Activation {
    /// `(σ(x), σ'(x))`, where ReLU has slope 0 at 0. `σ` as [`value`](Self::value) has it, to
    /// rounding.
    pub fn value_and_slope(self, x: f64) -> (f64, f64) {
        match self {
            Self::Quadratic => (x * x - 1.0, 2.0 * x),
            Self::Relu => {
                if x > 0.0 {
                    (x, 1.0)
                } else {
                    (0.0, 0.0)
                }
            }
            Self::Tanh => {
                let tanh = elementary::tanh(x);
                (tanh, 1.0 - tanh * tanh)
            }
            Self::Erf => (libm::erf(x), 2.0 / PI.sqrt() * elementary::exp(-x * x)),
            Self::Softplus => {
                let tail = elementary::exp(-x.abs());
                let far = tail / (1.0 + tail);
                let slope = if x > 0.0 { 1.0 - far } else { far };
                (x.max(0.0) + elementary::log1p(tail), slope)
            }
        }
    }

    /// What [`slope_kernel`](Self::slope_kernel) needs to know of one neuron with `‖w‖ = s > 0`.
    pub fn slope_profile(self, s: f64) -> SlopeProfile {
        if self == Self::Relu {
            let curvature = self.curvature_at(s);
            return SlopeProfile {
                norm: s,
                series: Vec::new(),
                curvature,
                bend: -curvature / (s * s),
                square: 0.5,
                square_along: 0.5,
            };
        }
        let series = quadrature::hermite_coefficients::<SERIES>(self, s);
        let square = |x: f64| self.value_and_slope(x).1.powi(2);
        SlopeProfile {
            norm: s,
            curvature: self.curvature_at(s),
            // E σ⁗(sG) = E[σ(sG)He₄(G)]/s⁴, by four partial integrations.
            bend: match self {
                Self::Softplus => 24.0_f64.sqrt() * series[4] / s.powi(4),
                _ => 0.0,
            },
            square: quadrature::average(s, square),
            square_along: quadrature::average(s, |x| square(x) * x * x) / (s * s),
            series: series.into(),
        }
    }

    /// The Gaussian averages from which `E[σ'(⟨v,x⟩)⟨a,x⟩ σ'(⟨w,x⟩)⟨b,x⟩]` follows, for two
    /// different neurons with `⟨v,w⟩ = inner`: see [`SlopeKernel`].
    ///
    /// Closed for ReLU (Cho and Saul 2009, degree 0, and its derivatives); for the others a
    /// Hermite series of as many terms as [`kernel`](Self::kernel) has.
    pub fn slope_kernel(self, v: &SlopeProfile, w: &SlopeProfile, inner: f64) -> SlopeKernel {
        let norms = v.norm * w.norm;
        let cos = (inner / norms).clamp(-1.0, 1.0);
        if self == Self::Relu {
            let sin = ((1.0 - cos) * (1.0 + cos)).sqrt();
            // Parallel neurons: what this multiplies vanishes with the square of the sine.
            let density = if sin > 0.0 { 0.5 / (PI * sin) } else { 0.0 };
            return SlopeKernel {
                slopes: (PI - elementary::acos(cos)) / (2.0 * PI),
                curvatures: density / norms,
                bend_v: -density * cos / (v.norm * v.norm),
                bend_w: -density * cos / (w.norm * w.norm),
            };
        }
        // E[σ^(j)(sG)He_n(G)] = E[σ(sG)He_{n+j}(G)]/s^j.
        let mut sums = [0.0; 4];
        let (a, b) = (&v.series, &w.series);
        let mut power = 1.0;
        for n in 0..SERIES - 3 {
            let [n1, n2, n3] = [1, 2, 3].map(|more| (n + more) as f64);
            let odd = n1 * (n2 * n3).sqrt();
            sums[0] += power * n1 * a[n + 1] * b[n + 1];
            sums[1] += power * n1 * n2 * a[n + 2] * b[n + 2];
            sums[2] += power * odd * a[n + 3] * b[n + 1];
            sums[3] += power * odd * a[n + 1] * b[n + 3];
            power *= cos;
        }
        SlopeKernel {
            slopes: sums[0] / norms,
            curvatures: sums[1] / (norms * norms),
            bend_v: sums[2] / (norms * v.norm * v.norm),
            bend_w: sums[3] / (norms * w.norm * w.norm),
        }
    }
}

/// One neuron as the slopes' kernel sees it; see [`Activation::slope_profile`].
#[derive(Clone, Debug)]
pub struct SlopeProfile {
    /// `s = ‖w‖`.
    norm: f64,
    /// `E[σ(sG)He_k(G)]/√k!`, for the activations without a closed kernel.
    series: Vec<f64>,
    /// `E σ''(sG)`.
    pub curvature: f64,
    /// `E σ⁗(sG)`.
    pub bend: f64,
    /// `E σ'(sG)²`.
    pub square: f64,
    /// `E[σ'(sG)²G²]`.
    pub square_along: f64,
}

/// With `g = ⟨v,x⟩`, `h = ⟨w,x⟩` jointly Gaussian,
/// `E[σ'(g)⟨a,x⟩σ'(h)⟨b,x⟩] = ⟨a,b⟩E[σ'σ'] + ⟨a,v⟩⟨b,v⟩E[σ'''(g)σ'(h)] + ⟨a,w⟩⟨b,w⟩E[σ'(g)σ'''(h)]
/// + (⟨a,v⟩⟨b,w⟩ + ⟨a,w⟩⟨b,v⟩)E[σ''σ'']`, by partial integration.
#[derive(Clone, Copy, Debug)]
pub struct SlopeKernel {
    /// `E[σ'(g)σ'(h)]`.
    pub slopes: f64,
    /// `E[σ''(g)σ''(h)]`.
    pub curvatures: f64,
    /// `E[σ'''(g)σ'(h)]`.
    pub bend_v: f64,
    /// `E[σ'(g)σ'''(h)]`.
    pub bend_w: f64,
}
