//! An activation as a curve, and its Hermite coefficients.

use super::{Axis, Frame};

/// An activation as a curve and as its Hermite coefficients.
#[derive(Clone, Debug, PartialEq)]
pub struct Sigma {
    /// Where the curve is drawn.
    pub x: Axis,
    /// Its values.
    pub y: Axis,
    /// `(u, σ(u))`.
    pub points: Vec<(f64, f64)>,
    /// The axis of the shares, from 0.
    pub share: Axis,
    /// `λ_k²/k!` in parts of `E σ(G)² − λ₀²`, for k = 1, 2, …
    pub shares: Vec<f64>,
    /// What the coefficients mean, in one line.
    pub verdict: String,
}

impl Sigma {
    /// The plot areas of the curve and of the coefficients.
    pub fn frames(&self, width: f64, height: f64) -> [Frame; 2] {
        let margins = [24.0, 12.0, 38.0, 40.0];
        [0, 1].map(|index| Frame::in_row(index, 2, width, height, margins))
    }
}
