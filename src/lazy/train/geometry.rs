//! How far the features of a network have moved, and what they look at.

use nalgebra::DMatrix;

use crate::lazy::finite::alignment;
use crate::linalg::{normal, product};

use super::start::Draw;
use super::trainer::Trainer;
use super::{Protocol, Regime};

/// How the first layer of a network lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    /// `‖W − W₀‖_F/‖W₀‖_F`. Of NT, whose weights stay, what a network that starts as NN does would have to move by: the
    /// linearisation is the same at weights of any norm, but what is added to them is not.
    pub movement: f64,
    /// `‖P_N V_N‖_F²/N`, as [`LazyOptimum::alignment`](crate::lazy::finite::LazyOptimum::alignment), V_N the span of the
    /// neurons; for a mixture the leading eigenvectors are those of the largest `|s_i|`. 1 from N = d on.
    pub alignment: f64,
}

/// Neurons as vectors, `d×n` in working coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct Neurons {
    /// Where they started.
    pub start: DMatrix<f64>,
    /// Where they are.
    pub now: DMatrix<f64>,
}

impl Trainer {
    /// How the first layer lies now. None for random features, whose layer stays, for weights beyond all numbers, and for
    /// the published protocol's NT from N = d on, which is trained without its neurons.
    ///
    /// Costs about as much as [`risk`](Self::risk).
    pub fn geometry(&self) -> Option<Geometry> {
        let (start, now) = self.layers()?;
        let movement = (&now - &start).norm() / start.norm();
        let alignment = if now.ncols() < now.nrows() {
            alignment(self.leading(), &now)?
        } else {
            1.0
        };
        (movement.is_finite() && alignment.is_finite()).then_some(Geometry {
            movement,
            alignment,
        })
    }

    /// The first `most` neurons of a network on a quadratic target, on the scale of B: ``Σ w_iw_iᵀ`` over all neurons of an NN
    /// is what it has learnt, less its start if it is lazy. None for a mixture, and as [`geometry`](Self::geometry); random
    /// features stay at weights that are drawn as those of NN.
    pub fn neurons(&self, most: usize) -> Option<Neurons> {
        let ratio = self.start_ratio()?;
        let (start, now) = match self.layers() {
            Some(layers) => layers,
            None if self.settings().regime == Regime::Rf => {
                let w = self.fixed_weights()? * ratio;
                (w.clone(), w)
            }
            None => return None,
        };
        let scale = 1.0 / self.scale().unwrap_or(1.0).sqrt();
        let dim = start.nrows();
        if self.kernel() != "lifted" {
            let shown = |w: &DMatrix<f64>| w.columns(0, most.min(w.ncols())) * scale;
            return Some(Neurons {
                start: shown(&start),
                now: shown(&now),
            });
        }
        // Lifted: the neurons are W = LR, with R from where they started.
        let count = most.min(self.settings().neurons);
        let drawn = Draw::of(self.settings(), dim);
        let deviation = if self.settings().protocol == Protocol::Theorem {
            ratio / (dim as f64).sqrt()
        } else {
            1.0 / ((dim * self.settings().neurons) as f64).sqrt()
        };
        let w: DMatrix<f64> = drawn.first(count).weights(deviation);
        let rows = start.solve_lower_triangular(&w)?;
        Some(Neurons {
            start: w * scale,
            now: product(normal(&now), normal(&rows)) * scale,
        })
    }
}
