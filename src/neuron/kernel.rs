//! Moments of ReLU features and of a single neuron under Gaussian inputs, in closed form.
//!
//! For unit vectors w and w* with cosine ρ, `t = √(1−ρ²)`, `x ~ N(0, I)` and the neuron `y = relu(⟨w*,x⟩ + b)`, its cross
//! moment with the tangent features `1(⟨w,x⟩ > 0)x` is `αw* + βw`, and that with `relu(⟨w,x⟩)` is `ρα + β`, where
//! `α = P(⟨w,x⟩ > 0, y > 0) = ½Φ(b) + T(b, ρ/t)`, T Owen's function, and `β = (bΦ(b/t) + tφ(b/t))/√(2π)`.

use crate::elementary;
use std::f64::consts::PI;

use super::problem::{SingleNeuron, cumulative, overshoot};

/// `E relu(⟨w,x⟩)` of a unit vector w, `1/√(2π)`.
pub const FEATURE_MEAN: f64 = 0.398_942_280_401_432_7;

/// t is no less: there `T(b, ±∞) = ±½Φ(−|b|)` is reached to rounding, and `b/t` and `ρ/t` are still numbers.
const LEAST_SINE: f64 = 1e-150;

/// Beyond this Φ is 0 or 1 to rounding, and Owen's function 0.
const FAR: f64 = 39.0;

/// The sine of the angle whose cosine is given, `√((1−ρ)(1+ρ))`; 0 for a cosine that rounding has moved beyond ±1.
pub fn sine(cosine: f64) -> f64 {
    ((1.0 - cosine) * (1.0 + cosine)).max(0.0).sqrt()
}

/// The arc-cosine kernel of degree 1: `E[relu(⟨w,x⟩)relu(⟨v,x⟩)] = (sin θ + (π−θ)cos θ)/(2π)` for unit vectors whose cosine
/// is given; one that rounding has moved beyond ±1 counts as ±1. Right to some 10⁻¹⁶.
pub fn arc_cosine(cosine: f64) -> f64 {
    let cosine = cosine.clamp(-1.0, 1.0);
    (sine(cosine) + (PI - elementary::acos(cosine)) * cosine) / (2.0 * PI)
}

/// Owen's function `T(h, a) = (1/2π)∫₀^a exp(−½h²(1+x²))/(1+x²) dx` (Patefield and Tandy 2000), relative to its largest value
/// `½Φ(−|h|)` right to some 10⁻¹⁵(10 + h²), as is the exponential function itself.
pub fn owen(h: f64, a: f64) -> f64 {
    if h.abs() > FAR {
        return 0.0;
    }
    owens_t::owens_t(h, a)
}

/// The cross moments of a neuron with features, as functions of the cosine ρ of their directions, for the neuron of norm 1
/// and bias b that it is a multiple of (power-and-limits, §4; the closed forms are ours).
///
/// Cosines that rounding has moved beyond ±1 count as ±1. All are right to some 10⁻¹⁵(10 + b²) of the largest that they can be.
#[derive(Clone, Copy, Debug)]
pub struct CrossMoments {
    bias: f64,
    /// ½Φ(b).
    half: f64,
    /// What `E relu(G + b)` has more than `relu(b)`.
    overshoot: f64,
}

impl CrossMoments {
    /// Those of the neuron that `target` is a multiple of.
    pub fn new(target: &SingleNeuron) -> Self {
        let bias = target.shift();
        Self {
            bias,
            half: cumulative(bias) / 2.0,
            overshoot: overshoot(bias),
        }
    }

    /// `α = P(⟨w,x⟩ > 0, ⟨w*,x⟩ + b > 0)`.
    pub fn both_active(&self, cosine: f64) -> f64 {
        let cosine = cosine.clamp(-1.0, 1.0);
        if self.bias == 0.0 {
            // Without Owen's function, which is an arc tangent here.
            return (PI - elementary::acos(cosine)) / (2.0 * PI);
        }
        // No probability, whatever rounding does far out.
        (self.half + owen(self.bias, cosine / sine(cosine).max(LEAST_SINE))).max(0.0)
    }

    /// `β√(2π) − relu(b)`: the mean of `relu(tG + b)`, less what it is without noise.
    fn excess(&self, cosine: f64) -> f64 {
        let t = sine(cosine.clamp(-1.0, 1.0)).max(LEAST_SINE);
        t * overshoot(self.bias / t)
    }

    /// `β = (bΦ(b/t) + tφ(b/t))/√(2π)`.
    pub fn along(&self, cosine: f64) -> f64 {
        FEATURE_MEAN * (self.bias.max(0.0) + self.excess(cosine))
    }

    /// `β − E y/√(2π)`, what is left of it where the constant is a feature too; nothing cancels for a large bias.
    pub fn centred_along(&self, cosine: f64) -> f64 {
        FEATURE_MEAN * (self.excess(cosine) - self.overshoot)
    }

    /// `E[relu(⟨w,x⟩) y] = ρα + β`, or its covariance.
    pub fn with_relu(&self, cosine: f64, is_centred: bool) -> f64 {
        let along = if is_centred {
            self.centred_along(cosine)
        } else {
            self.along(cosine)
        };
        cosine.clamp(-1.0, 1.0) * self.both_active(cosine) + along
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// T by many steps of Simpson's rule, in the angle whose tangent is x.
    fn slow_owen(h: f64, a: f64) -> f64 {
        let steps = 20_000;
        let width = elementary::atan(a) / f64::from(steps);
        let value = |u: f64| elementary::exp(-0.5 * (h / elementary::cos(u)).powi(2));
        let sum: f64 = (0..steps)
            .map(|k| {
                let u = width * f64::from(k);
                value(u) + 4.0 * value(u + width / 2.0) + value(u + width)
            })
            .sum();
        sum * width / 6.0 / (2.0 * PI)
    }

    #[test]
    fn owens_function_is_its_integral() {
        for h in [0.0, 1e-9, 0.1, 0.66, 0.68, 1.0, 2.5, 5.0, 9.0, 20.0, 36.0] {
            for a in [0.0, 1e-8, 0.01, 0.3, 0.99, 1.0, 1.01, 3.0, 50.0] {
                let (found, expected) = (owen(h, a), slow_owen(h, a));
                let largest = cumulative(-h) / 2.0;
                assert!(
                    (found - expected).abs() < 1e-11 * largest.min(expected + 1e-3 * largest),
                    "{h} {a}: {found} {expected}"
                );
                assert_eq!(owen(-h, a), found);
                assert_eq!(owen(h, -a), -found);
            }
            // The exponential function of −h²/2 has so many times its rounding.
            let (limit, expected) = (owen(h, 1e150), cumulative(-h) / 2.0);
            assert!(
                (limit - expected).abs() < 1e-15 * (10.0 + h * h) * limit,
                "{h}"
            );
        }
        assert_eq!(owen(1e12, 1e150), 0.0);
    }

    #[test]
    fn moments_have_their_limits() {
        for bias in [-30.0, -3.0, -0.6, 0.0, 1e-9, 0.8, 4.0, 1e3, 1e12] {
            let moments = CrossMoments::new(&SingleNeuron { norm: 1.0, bias });
            let probability = cumulative(bias);
            let [same, across, opposite] = [1.0, 0.0, -1.0].map(|rho| moments.both_active(rho));
            // Of G > 0 and G + b > 0, of two independent ones, and of G > 0 and b > G.
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-13 * probability;
            assert!(
                close(same, if bias > 0.0 { 0.5 } else { probability }),
                "{bias}"
            );
            assert!(close(across, 0.5 * probability), "{bias}");
            let between = if bias > 0.0 {
                0.5 - cumulative(-bias)
            } else {
                0.0
            };
            assert!(close(opposite, between), "{bias}");
            // At ρ = ±1 nothing is left of the noise.
            let along = FEATURE_MEAN * bias.max(0.0);
            for rho in [1.0, -1.0] {
                assert!((moments.along(rho) - along).abs() <= 1e-15 * along + 1e-140);
            }
        }
    }

    #[test]
    fn without_a_bias_the_moment_is_the_kernel() {
        let moments = CrossMoments::new(&SingleNeuron::PLAIN);
        let near = CrossMoments::new(&SingleNeuron {
            norm: 2.0,
            bias: 1e-14,
        });
        for k in 0..=200 {
            let rho = f64::from(k - 100) / 100.0;
            let kernel = arc_cosine(rho);
            assert!(
                (moments.with_relu(rho, false) - kernel).abs() < 1e-15,
                "{rho}"
            );
            assert!((near.with_relu(rho, false) - kernel).abs() < 1e-13, "{rho}");
            let centred = kernel - FEATURE_MEAN.powi(2);
            assert!(
                (moments.with_relu(rho, true) - centred).abs() < 1e-15,
                "{rho}"
            );
        }
    }
}
