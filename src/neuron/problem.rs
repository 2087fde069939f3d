//! The target: a single neuron.

use crate::elementary;
use std::f64::consts::{PI, SQRT_2};

/// A neuron `y = relu(s⟨w*,x⟩ + b)` of input `x ~ N(0, I_d)`, whatever the direction w*, ‖w*‖ = 1: its norm s and bias b
/// (power-and-limits, §4).
///
/// It is s times the neuron of norm 1 and bias b/s, so that risks over E y² depend on b/s alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SingleNeuron {
    /// The norm s > 0.
    pub norm: f64,
    /// The bias b.
    pub bias: f64,
}

impl SingleNeuron {
    /// The neuron of norm 1 without a bias.
    pub const PLAIN: Self = Self {
        norm: 1.0,
        bias: 0.0,
    };

    /// The bias of the neuron of norm 1 that it is s times, b/s.
    pub fn shift(&self) -> f64 {
        self.bias / self.norm
    }

    /// `E y`.
    pub fn mean(&self) -> f64 {
        let b = self.shift();
        self.norm * (b.max(0.0) + overshoot(b))
    }

    /// `E y²`.
    pub fn second_moment(&self) -> f64 {
        let b = self.shift();
        self.norm * self.norm * ((1.0 + b * b) * cumulative(b) + b * density(b))
    }

    /// The error E(y − f)² = 1/50 of Theorem 4.2 as a risk: over E y².
    pub fn threshold(&self) -> f64 {
        1.0 / 50.0 / self.second_moment()
    }

    /// `E y² − (E y)²`; nothing cancels for a large bias.
    pub fn variance(&self) -> f64 {
        let b = self.shift();
        let over = overshoot(b);
        let variance = if b > 0.0 {
            // Of G + b, of which relu takes off the little that is below 0.
            let below = (1.0 + b * b) * cumulative(-b) - b * density(b);
            1.0 - below - (2.0 * b + over) * over
        } else {
            (1.0 + b * b) * cumulative(b) + b * density(b) - over * over
        };
        self.norm * self.norm * variance
    }
}

/// `E relu(G + b) − relu(b) = φ(b) − |b|Φ(−|b|)` of a standard normal G, right to 10⁻¹² relatively.
pub(super) fn overshoot(b: f64) -> f64 {
    let b = b.abs();
    (density(b) - b * cumulative(-b)).max(0.0)
}

/// Φ, the distribution function of N(0, 1).
pub(super) fn cumulative(x: f64) -> f64 {
    libm::erfc(-x / SQRT_2) / 2.0
}

/// φ, its density.
pub(super) fn density(x: f64) -> f64 {
    elementary::exp(-x * x / 2.0) / (2.0 * PI).sqrt()
}
