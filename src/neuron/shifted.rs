//! What a bias changes: a target `relu(s + b)`, s = ⟨w*,x⟩, in harmonics of the direction w*.
//!
//! For x of length R it is `Σ_l N_l τ_l(R) P_l`, and integrating by parts twice leaves, for l ≥ 2 and |b| < R,
//! `τ_l(R) = R/((d²−1)B) (1 − b²/R²)^{(d+1)/2} P_{l−2}(−b/R)`, B = B(½, (d−1)/2), with the Gegenbauer polynomial of dimension
//! d + 4 that is 1 at 1. With `R² = b² + p²` the averages that are needed are over p, the length of a Gaussian vector in d + 2
//! dimensions: nothing cancels, and only |b| matters. Degrees 0 and 1 follow from closed forms. Beyond degree 128 the
//! polynomials are waves (WKB): `P_n ≈ P_n(0) (sin θ)^{−(d+2)/2} cos(k₀ψ − c²(tan ψ − ψ)/(2k₀))`, ψ = π/2 − θ = atan(|b|/p).

use std::f64::consts::PI;

use super::problem::{SingleNeuron, density};
use super::radius::radii;
use super::sphere::{LAST, mean_radius, multiplicities};

/// A node of the average over p.
struct Length {
    weight: f64,
    /// `e^{−b²/2} (sin θ)^{−d/2}` times the weight.
    rising: f64,
    /// `sin θ = p/R` and `cos θ = |b|/R`.
    sine: f64,
    cosine: f64,
    /// ψ and tan ψ − ψ.
    angle: f64,
    excess: f64,
}

/// The target of norm 1 and a bias.
pub(super) struct Shifted {
    dim: f64,
    /// |b|.
    size: f64,
    lengths: Vec<Length>,
    /// The same for waves, whose phase is not followed beyond where they average out.
    coarse: Vec<Length>,
}

/// What of the target is of some degree, up to degree 128.
pub(super) struct DegreePart {
    /// The degree l, from 2.
    pub(super) degree: f64,
    /// `N_l`.
    pub(super) count: f64,
    /// The energy of the target's kernel in it, `N_l E τ_l²`.
    pub(super) energy: f64,
    /// That of what ReLU features can make of it, `N_l (E Rτ_l)²/d`; of odd degrees they can make nothing.
    pub(super) learnable: f64,
}

fn lengths(dim: f64, size: f64, step: f64) -> Vec<Length> {
    let node = |(p, weight): (f64, f64)| {
        let (length, ratio) = (p.hypot(size), size / p);
        let angle = ratio.atan();
        Length {
            weight,
            rising: (weight.ln() - size * size / 2.0 - dim / 2.0 * (p / length).ln()).exp(),
            sine: p / length,
            cosine: size / length,
            angle,
            excess: ratio - angle,
        }
    };
    radii(dim + 2.0, step).into_iter().map(node).collect()
}

impl Shifted {
    /// The target of norm 1 and bias b, b ≠ 0.
    pub(super) fn new(dim: f64, shift: f64) -> Self {
        let size = shift.abs();
        // Squares of waves of degree l change by at most 2l sin ψ cos ψ for each unit of ln p, where p is likely.
        let spread = 1.0 / (2.0 * dim + 4.0).sqrt();
        let low = (dim + 2.0).sqrt() * (-6.0 * spread).exp();
        let slope = if size < low {
            size * low / (size * size + low * low)
        } else {
            0.5
        };
        let step = 2.0 * PI / (7.5 / spread + 2.0 * LAST * slope);
        Self {
            dim,
            size,
            lengths: lengths(dim, size, step),
            coarse: lengths(dim, size, 0.06),
        }
    }

    /// Degrees 2, 3, 4, …, 128.
    pub(super) fn parts(&self) -> Vec<DegreePart> {
        let d = self.dim;
        let counts: Vec<f64> = multiplicities(d).skip(2).take(LAST as usize - 1).collect();
        // √(N_l/N_2) P_{l−2} for all p at once: it neither overflows nor underflows.
        let mut before = vec![0.0; self.lengths.len()];
        let mut these = vec![1.0; self.lengths.len()];
        let shares: Vec<f64> = self
            .lengths
            .iter()
            .map(|length| length.weight * length.sine.powf(d + 2.0))
            .collect();
        // d A² N_2 with A = a_2.
        let unit =
            (d + 2.0) * (d - 1.0) / 2.0 / (2.0 * PI * (mean_radius(d) * (d + 1.0)).powi(2) / d);
        let fading = (-self.size * self.size / 2.0).exp();
        let mut last_ratio = 0.0;
        let mut parts = Vec::new();
        for (index, count) in counts.iter().enumerate() {
            let degree = index as f64 + 2.0;
            let (mut squares, mut mean) = (0.0, 0.0);
            for ((length, share), this) in self.lengths.iter().zip(&shares).zip(&these) {
                squares += share * this * this;
                mean += length.weight * length.sine * this;
            }
            parts.push(DegreePart {
                degree,
                count: *count,
                energy: unit * fading * squares,
                learnable: if index % 2 == 0 {
                    unit * (fading * mean).powi(2)
                } else {
                    0.0
                },
            });
            // (n + D − 2) P_{n+1} = (2n + D − 2) t P_n − n P_{n−1} with n = l − 2, D = d + 4.
            let ratio = ((2.0 * degree + d) / (2.0 * degree + d - 2.0) * (degree + d - 2.0)
                / (degree + 1.0))
                .sqrt();
            let up = (2.0 * degree + d - 2.0) / (degree + d) * ratio;
            let down = (degree - 2.0) / (degree + d) * ratio * last_ratio;
            for ((length, before), this) in self.lengths.iter().zip(&mut before).zip(&mut these) {
                let next = up * length.cosine * *this - down * *before;
                *before = *this;
                *this = next;
            }
            last_ratio = ratio;
        }
        parts
    }

    /// The wave number k₀ and c² of the phase, at a degree.
    fn wave(&self, degree: f64) -> (f64, f64) {
        let order = self.dim / 2.0 + 1.0;
        let (m, square) = (degree - 2.0 + order, order * (order - 1.0));
        ((m * m - square).sqrt(), square)
    }

    /// Whether waves of that degree, twice as fast for a `factor` of 2, average out.
    fn is_averaged(&self, wave_number: f64, factor: f64) -> bool {
        let p = (self.dim + 2.0).sqrt();
        let slope = self.size * p / (self.size * self.size + p * p);
        factor * wave_number * slope / (2.0 * self.dim + 4.0).sqrt() > 6.0
    }

    /// The phase Φ of a wave of wave number k₀ and `k₀/k`, by how much it is slower at that length; None beyond the turning point,
    /// where there is no wave.
    fn phase(length: &Length, k: f64, square: f64) -> Option<(f64, f64)> {
        let slowing = square * ((length.excess + length.angle) / k).powi(2);
        if slowing < 0.01 {
            let phase = k * length.angle - square * length.excess / (2.0 * k);
            return Some((phase, 1.0 + slowing / 2.0));
        }
        let local = (slowing < 1.0).then(|| k * (1.0 - slowing).sqrt())?;
        let [fast, slow] = [k * k + square, square].map(|square| {
            let root = square.sqrt();
            root * (root * length.cosine).atan2(length.sine * local)
        });
        Some((fast - slow, k / local))
    }

    /// Beyond degree 128: what ReLU features can make of the target in a degree, over what they can without a bias.
    pub(super) fn learnable_share(&self, degree: f64) -> f64 {
        let (k, square) = self.wave(degree);
        if self.is_averaged(k, 1.0) {
            return 0.0;
        }
        let terms = self.coarse.iter().map(|length| {
            let Some((phase, slower)) = Self::phase(length, k, square) else {
                return 0.0;
            };
            length.rising * slower.sqrt() * phase.cos()
        });
        terms.sum::<f64>().powi(2)
    }

    /// Beyond degree 128: the energy of the target's kernel in an even degree, and in an odd one, over that without a bias.
    pub(super) fn energy_shares(&self, degree: f64) -> [f64; 2] {
        let fading = (-self.size * self.size / 2.0).exp();
        let (k, square) = self.wave(degree);
        let is_averaged = self.is_averaged(k, 2.0);
        if is_averaged && square * self.size * self.size < 1e-7 * k * k {
            return [fading / 2.0; 2];
        }
        let (mut mean, mut wave) = (0.0, 0.0);
        for length in &self.coarse {
            if let Some((phase, slower)) = Self::phase(length, k, square) {
                mean += length.weight * slower;
                if !is_averaged {
                    wave += length.weight * slower * (2.0 * phase).cos();
                }
            }
        }
        [1.0, -1.0].map(|sign| fading * (mean + sign * wave).max(0.0) / 2.0)
    }

    /// `Cov(R, relu(s + b))`, which is that of −b.
    pub(super) fn covariance_with_radius(&self) -> f64 {
        let d = self.dim;
        let mean = mean_radius(d);
        let others = radii(d - 1.0, 0.12);
        // ∫ x φ(|b| + x) (E√((|b| + x)² + q²) − E R) dx over x > 0, in ln x.
        let scale = 1.0 / (1.0 + self.size);
        let step = 0.12;
        let terms = (-160..40).map(|index| {
            let x = scale * (f64::from(index) * step).exp();
            let s = self.size + x;
            let weight = x * x * density(s);
            if weight < 1e-320 {
                return 0.0;
            }
            let lengths = others
                .iter()
                .map(|(q, weight)| weight * (q * q + s * s).sqrt());
            weight * (lengths.sum::<f64>() - mean)
        });
        step * terms.sum::<f64>()
    }
}

/// The target of norm 1 and bias −|b|, which is small where b is large.
pub(super) fn lowered(shift: f64) -> SingleNeuron {
    SingleNeuron {
        norm: 1.0,
        bias: -shift.abs(),
    }
}
