//! Targets solved for.

use nalgebra::DMatrix;

use super::features::NestedFeatures;
use super::{FeatureKind, UnknownRisk, gram};
use crate::neuron::kernel::{CrossMoments, FEATURE_MEAN};
use crate::neuron::problem::SingleNeuron;

/// What a risk that is given may be wrong by, as a part of that of answering 0.
const TOLERANCE: f64 = 1e-6;

/// The least `E y²` of which squares are numbers too.
const LEAST: f64 = 1e-290;

/// `E feature²` before the constant takes anything off it: entries of the Gram matrix are rounded by that.
const SIZE: f64 = 0.5;

/// The best combinations of the first neurons of [`NestedFeatures`], for each number of them and each direction of a target.
///
/// All risks are normalised: over `E y²`, so that 1 is that of answering 0.
#[derive(Clone, Debug)]
pub struct NestedFit<'a> {
    features: &'a NestedFeatures,
    target: SingleNeuron,
    /// Features × directions: the solution of the triangular system, for the target divided by the root of its mean square.
    steps: DMatrix<f64>,
    /// Of no neuron.
    none: f64,
    /// The root of the target's mean square, at norm 1.
    root: f64,
}

/// A combination of features of ReLU neurons at the weights given.
#[derive(Clone, Debug, PartialEq)]
pub struct Combination {
    /// Of RF one for each neuron, u in `Σ u_i relu(⟨w_i,x⟩)`; of NT d, a in `Σ 1(⟨w_i,x⟩ > 0)⟨a_i,x⟩`.
    pub coefficients: Vec<f64>,
    /// Of the constant; 0 where it is no feature.
    pub constant: f64,
}

/// A mean, and the sample standard deviation around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanAndSd {
    /// The mean.
    pub mean: f64,
    /// The standard deviation (divisor n − 1); none of a single value.
    pub sd: Option<f64>,
}

impl MeanAndSd {
    /// Those of values; none of no values.
    pub fn of(values: &[f64]) -> Option<Self> {
        let count = values.len() as f64;
        if values.is_empty() {
            return None;
        }
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let sd = (values.len() > 1).then(|| (squares / (count - 1.0)).sqrt());
        Some(Self { mean, sd })
    }
}

impl<'a> NestedFit<'a> {
    /// For directions of length 1.
    pub(super) fn new(
        features: &'a NestedFeatures,
        target: &SingleNeuron,
        directions: &DMatrix<f64>,
    ) -> Result<Self, UnknownRisk> {
        let unit = SingleNeuron {
            norm: 1.0,
            bias: target.shift(),
        };
        let square = unit.second_moment();
        // Nor is a number that is none.
        if !(LEAST..f64::INFINITY).contains(&square) {
            return Err(UnknownRisk::Silent { shift: unit.bias });
        }
        let root = square.sqrt();
        let responses = gram::responses(
            features.kind(),
            features.directions(),
            directions,
            &CrossMoments::new(&unit),
            features.has_constant(),
            1.0 / root,
        );
        let none = if features.has_constant() {
            (unit.variance() / square).clamp(0.0, 1.0)
        } else {
            1.0
        };
        Ok(Self {
            features,
            target: *target,
            steps: features.factor().solve_lower_each(responses),
            none,
            root,
        })
    }

    /// The number of directions.
    pub fn directions(&self) -> usize {
        self.steps.ncols()
    }

    /// The risks of the first 1, 2, … r neurons, r × directions, as rounding has left them: nobody vouches for them, as
    /// [`risk`](Self::risk) does for each. They do not increase.
    pub fn risks(&self) -> DMatrix<f64> {
        let neurons = self.features.neurons();
        let each = 0..self.directions();
        let columns = each.flat_map(|at| self.left(neurons, at));
        DMatrix::from_iterator(neurons, self.directions(), columns)
    }

    /// What is left after each of the first neurons.
    fn left(&self, neurons: usize, direction: usize) -> impl Iterator<Item = f64> {
        let steps = self.leading(neurons, direction);
        let each = steps.chunks(self.features.width().max(1));
        each.scan(self.none, |left, steps| {
            *left -= steps.iter().map(|y| y * y).sum::<f64>();
            Some(left.max(0.0))
        })
    }

    /// The triangular solution of the first neurons.
    fn leading(&self, neurons: usize, direction: usize) -> &[f64] {
        assert!(
            neurons <= self.features.neurons() && direction < self.directions(),
            "there are {} neurons and {} directions",
            self.features.neurons(),
            self.directions()
        );
        let rows = self.steps.nrows();
        &self.steps.as_slice()[direction * rows..][..neurons * self.features.width()]
    }

    /// The coefficients of features of weights of length 1, for the target divided by the root of its mean square.
    fn scaled(&self, neurons: usize, direction: usize) -> Vec<f64> {
        let mut coefficients = self.leading(neurons, direction).to_vec();
        self.features.factor().solve_leading(&mut coefficients);
        coefficients
    }

    /// The risk that `coefficients` of [`scaled`](Self::scaled) have, if it is known.
    fn vouched(
        &self,
        neurons: usize,
        direction: usize,
        coefficients: &[f64],
    ) -> Result<f64, UnknownRisk> {
        let risk = self.left(neurons, direction).last().unwrap_or(self.none);
        // A change of the Gram matrix U by δU and of the moments V by δV changes VᵀU⁻¹V by 2aᵀδV − aᵀδUa, with the
        // coefficients a. Sums of so many terms err by the root of their number.
        let dim = self.features.dim() as f64;
        let unit = f64::EPSILON * 8.0 * (coefficients.len() as f64 + dim).sqrt();
        let square = SIZE * coefficients.iter().map(|a| a * a).sum::<f64>();
        let response = f64::EPSILON * 16.0 * dim.sqrt();
        let mut error = unit * (square + 1.0) + response * square.sqrt();
        if !self.features.is_sure(neurons) {
            // What is lost may be all that is left.
            error = error.max(risk);
        }
        if error <= TOLERANCE {
            Ok(risk)
        } else {
            Err(UnknownRisk::Rounding { neurons, error })
        }
    }

    /// The risk of the first `neurons`, 0 or more, right to 10⁻⁶: in general far better, as it is bounded by what rounding of
    /// the Gram matrix does by the coefficients found. Costs half the square of the number of features.
    ///
    /// # Errors
    /// If rounding may move it further: features nearly depend on others, and are not known to add nothing.
    ///
    /// # Panics
    /// If there are not so many neurons or directions.
    pub fn risk(&self, neurons: usize, direction: usize) -> Result<f64, UnknownRisk> {
        self.vouched(neurons, direction, &self.scaled(neurons, direction))
    }

    /// The mean of [`risk`](Self::risk) over directions, and its standard deviation over them; none of no directions.
    ///
    /// # Errors
    /// If the risk of one is not known.
    ///
    /// # Panics
    /// If there are not so many neurons.
    pub fn mean_risk(&self, neurons: usize) -> Result<Option<MeanAndSd>, UnknownRisk> {
        let each = 0..self.directions();
        let risks: Result<Vec<f64>, _> = each.map(|at| self.risk(neurons, at)).collect();
        Ok(MeanAndSd::of(&risks?))
    }

    /// The combination of the first `neurons` that has this risk, for the weights and the target as they were given. Where
    /// neurons are given twice, the first one has all.
    ///
    /// # Panics
    /// If there are not so many neurons or directions.
    pub fn combination(&self, neurons: usize, direction: usize) -> Combination {
        self.combined(neurons, self.scaled(neurons, direction))
    }

    fn combined(&self, neurons: usize, mut coefficients: Vec<f64>) -> Combination {
        let scale = self.root * self.target.norm;
        let mut constant = 0.0;
        let width = self.features.width();
        for neuron in 0..neurons {
            let own = &mut coefficients[neuron * width..][..width];
            for a in own.iter_mut() {
                *a *= scale;
            }
            // E relu(⟨w,x⟩), or ⟨a, E 1(⟨w,x⟩ > 0)x⟩.
            constant -= FEATURE_MEAN
                * match self.features.kind() {
                    FeatureKind::Relu => own[0],
                    FeatureKind::Tangent => {
                        let w = self.features.directions().column(neuron);
                        own.iter().zip(w.iter()).map(|(a, w)| a * w).sum::<f64>()
                    }
                };
            if self.features.kind() == FeatureKind::Relu {
                own[0] /= self.features.lengths()[neuron];
            }
        }
        Combination {
            coefficients,
            constant: if self.features.has_constant() {
                constant + self.target.mean()
            } else {
                0.0
            },
        }
    }

    /// The [risk](Self::risk), and `r·max|u_i|` of its combination, which must be large if features are not enough
    /// (power-and-limits, Remark 4.5; Theorem 4.2).
    ///
    /// # Errors
    /// As [`risk`](Self::risk).
    ///
    /// # Panics
    /// If there are not so many neurons or directions.
    pub fn risk_and_size(
        &self,
        neurons: usize,
        direction: usize,
    ) -> Result<(f64, f64), UnknownRisk> {
        let scaled = self.scaled(neurons, direction);
        let risk = self.vouched(neurons, direction, &scaled)?;
        let combined = self.combined(neurons, scaled);
        let sizes = combined.coefficients.iter().map(|u| u.abs());
        Ok((risk, neurons as f64 * sizes.fold(0.0, f64::max)))
    }
}
