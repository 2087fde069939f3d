//! Features of one hidden layer at weights given.

use nalgebra::DMatrix;

use super::fit::NestedFit;
use super::{FeaturesError, UnknownRisk, gram};
use crate::linalg::{NestedCholesky, orthonormal_basis};
use crate::neuron::problem::SingleNeuron;

/// Pivots below this part of their diagonal entry are lost in rounding, which is a fiftieth of it at thousands of features.
const LOST: f64 = 3e-13;

/// Directions that differ by less than this times d are one.
const EQUAL: f64 = 16.0 * f64::EPSILON;

/// What each neuron brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeatureKind {
    /// RF: `relu(⟨w,x⟩)`.
    Relu,
    /// NT: `1(⟨w,x⟩ > 0)x`, d features, by which `relu(⟨w,x⟩)` changes with w; ReLU is homogeneous, so that
    /// `relu(⟨w,x⟩)` itself is among what they span.
    Tangent,
}

/// Features of ReLU neurons without biases at weights given, on `x ~ N(0, I_d)`, and perhaps the constant: their Gram matrix,
/// factorised so that the first n neurons are solved by its first rows, whatever the target.
///
/// ReLU is homogeneous: risks do not depend on the lengths of weights, but coefficients do.
#[derive(Clone, Debug)]
pub struct NestedFeatures {
    kind: FeatureKind,
    has_constant: bool,
    /// d×r, of length 1.
    directions: DMatrix<f64>,
    lengths: Vec<f64>,
    factor: NestedCholesky,
    /// Neurons before the first of which something is lost in rounding without being known to add nothing.
    sure: usize,
}

impl NestedFeatures {
    /// Those of the columns of `weights`, d×r. RF costs r³/3 + dr², NT (rd)³/3; memory is that of r² numbers, or (rd)².
    ///
    /// # Errors
    /// If a column is 0 or has entries that are not finite.
    pub fn new(
        weights: DMatrix<f64>,
        kind: FeatureKind,
        has_constant: bool,
    ) -> Result<Self, FeaturesError> {
        let (directions, lengths) = normalised(weights)?;
        let gram = match kind {
            FeatureKind::Relu => gram::of_relu(&directions, has_constant),
            FeatureKind::Tangent => gram::of_tangent(&directions, has_constant),
        };
        let mut features = Self {
            kind,
            has_constant,
            lengths,
            factor: NestedCholesky::with_tolerance(gram, LOST),
            sure: directions.ncols(),
            directions,
        };
        features.sure = features.first_lost();
        Ok(features)
    }

    /// What each neuron brings.
    pub fn kind(&self) -> FeatureKind {
        self.kind
    }

    /// Whether the constant is a feature too.
    pub fn has_constant(&self) -> bool {
        self.has_constant
    }

    /// The number r of neurons.
    pub fn neurons(&self) -> usize {
        self.directions.ncols()
    }

    /// The dimension d.
    pub fn dim(&self) -> usize {
        self.directions.nrows()
    }

    /// The lengths of the weights.
    pub fn lengths(&self) -> &[f64] {
        &self.lengths
    }

    /// Features of a neuron.
    pub(super) fn width(&self) -> usize {
        match self.kind {
            FeatureKind::Relu => 1,
            FeatureKind::Tangent => self.dim(),
        }
    }

    pub(super) fn factor(&self) -> &NestedCholesky {
        &self.factor
    }

    /// The weights, d×r, of length 1.
    pub fn directions(&self) -> &DMatrix<f64> {
        &self.directions
    }

    /// Whether so many neurons are told apart from each other.
    pub(super) fn is_sure(&self, neurons: usize) -> bool {
        neurons <= self.sure
    }

    /// The best combinations of the first 0, 1, … r neurons for the target with each of the columns of `directions`, d×m, as its
    /// direction; their lengths do not matter. Costs features² for each direction.
    ///
    /// # Errors
    /// If the target is 0 to double precision, beyond a bias of −36 norms.
    ///
    /// # Panics
    /// If the columns have not d entries, or one of them is 0 or not finite.
    pub fn fit(
        &self,
        target: &SingleNeuron,
        directions: &DMatrix<f64>,
    ) -> Result<NestedFit<'_>, UnknownRisk> {
        assert_eq!(directions.nrows(), self.dim(), "directions have d entries");
        let unit = normalised(directions.clone());
        let (unit, _) = unit.expect("a direction is neither 0 nor without end");
        NestedFit::new(self, target, &unit)
    }

    /// The first neuron of which a feature is lost in rounding, unless it is known to add nothing.
    ///
    /// ReLU features of neurons with different kinks depend on each other by nothing but their linear parts: a neuron adds
    /// nothing if it is an earlier one again, or the reverse of one whose linear function the earlier pairs have; for NT,
    /// whose pairs have all linear functions, if there is such a pair at all.
    fn first_lost(&self) -> usize {
        let width = self.width();
        let is_lost = |neuron: usize| {
            let mut features = neuron * width..(neuron + 1) * width;
            features.any(|row| self.factor.is_dependent(row))
        };
        let mut lost = (0..self.neurons()).filter(|&neuron| is_lost(neuron));
        lost.find(|&neuron| !self.adds_nothing(neuron))
            .unwrap_or(self.neurons())
    }

    /// Whether an earlier neuron is this one, with sign 1, or its reverse, with sign −1.
    fn is_earlier(&self, neuron: usize, sign: f64) -> bool {
        let tolerance = EQUAL * self.dim() as f64;
        let own = self.directions.column(neuron);
        (0..neuron)
            .any(|earlier| (own - self.directions.column(earlier) * sign).norm() <= tolerance)
    }

    fn adds_nothing(&self, neuron: usize) -> bool {
        if self.is_earlier(neuron, 1.0) {
            return true;
        }
        if !self.is_earlier(neuron, -1.0) {
            return false;
        }
        let paired: Vec<usize> = (0..neuron)
            .filter(|&other| self.is_earlier(other, -1.0))
            .collect();
        if self.kind == FeatureKind::Tangent {
            return !paired.is_empty();
        }
        let linear = orthonormal_basis(&self.directions.select_columns(&paired));
        let own = self.directions.column(neuron);
        let left = own - &linear * (linear.transpose() * own);
        left.norm() <= EQUAL * self.dim() as f64
    }
}

/// Columns of length 1, and what their lengths were.
fn normalised(mut columns: DMatrix<f64>) -> Result<(DMatrix<f64>, Vec<f64>), FeaturesError> {
    let mut lengths = Vec::with_capacity(columns.ncols());
    for (index, mut column) in columns.column_iter_mut().enumerate() {
        let neuron = index + 1;
        // Squares of what is far from 1 may be no numbers.
        let largest = column.amax();
        if !column.iter().all(|entry| entry.is_finite()) {
            return Err(FeaturesError::NotFinite { neuron });
        }
        if largest == 0.0 {
            return Err(FeaturesError::Zero { neuron });
        }
        column /= largest;
        let length = column.norm();
        column /= length;
        lengths.push(length * largest);
    }
    Ok((columns, lengths))
}
