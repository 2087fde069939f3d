//! Gram matrices of features, and their moments with targets.

use crate::elementary;
use lazy_limits_kernels::Number;
use nalgebra::DMatrix;
use std::f64::consts::PI;

use super::FeatureKind;
use crate::linalg::{add_product, normal, transposed};
use crate::neuron::kernel::{CrossMoments, FEATURE_MEAN, arc_cosine};

/// What the constant takes off: `1/(2π)`, the square of a feature's mean.
const MEAN_SQUARE: f64 = FEATURE_MEAN * FEATURE_MEAN;

/// The cosines of unit vectors, columns of `a` and of `b`.
fn cosines(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let mut products = DMatrix::zeros(a.ncols(), b.ncols());
    add_product(&mut products, 0.0, 1.0, transposed(a), normal(b));
    products
}

/// `E[relu(⟨w_i,x⟩)relu(⟨w_j,x⟩)]` in the lower triangle, or covariances.
pub(super) fn of_relu(directions: &DMatrix<f64>, is_centred: bool) -> DMatrix<f64> {
    let count = directions.ncols();
    let mut gram = cosines(directions, directions);
    let taken = if is_centred { MEAN_SQUARE } else { 0.0 };
    for (j, column) in gram.as_mut_slice().chunks_mut(count.max(1)).enumerate() {
        column[j] = 0.5 - taken;
        for entry in &mut column[j + 1..] {
            *entry = arc_cosine(*entry) - taken;
        }
    }
    gram
}

/// The same for the features `1(⟨w_i,x⟩ > 0)x`, d of them a neuron: blocks
/// `(π−θ)/(2π)·I + sin θ/(2π)·[cos θ(wwᵀ − nnᵀ) + sin θ(wnᵀ + nwᵀ)]` with the other direction as `cos θ·w + sin θ·n`, in
/// which nothing cancels as the two come together.
pub(super) fn of_tangent(directions: &DMatrix<f64>, is_centred: bool) -> DMatrix<f64> {
    let (dim, count) = directions.shape();
    let size = dim * count;
    let mut gram = DMatrix::zeros(size, size);
    let taken = if is_centred { MEAN_SQUARE } else { 0.0 };
    let mut across = vec![0.0; dim];
    for j in 0..count {
        let w = &directions.as_slice()[j * dim..][..dim];
        let panel = &mut gram.as_mut_slice()[j * dim * size..][..dim * size];
        for i in j..count {
            let v = &directions.as_slice()[i * dim..][..dim];
            let cosine = if i == j { 1.0 } else { f64::dot(w, v) };
            across.copy_from_slice(v);
            f64::add_scaled(&mut across, -cosine, w);
            let sine = if i == j {
                0.0
            } else {
                f64::dot(&across, &across).sqrt()
            };
            if sine > 0.0 {
                for n in &mut across {
                    *n /= sine;
                }
            }
            let identity = (PI - elementary::atan2(sine, cosine)) / (2.0 * PI);
            let factor = sine / (2.0 * PI);
            for l in 0..dim {
                let column = &mut panel[l * size + i * dim..][..dim];
                let (along, aside) = (w[l], across[l]);
                f64::add_scaled(column, factor * (cosine * along + sine * aside), w);
                f64::add_scaled(column, factor * (sine * along - cosine * aside), &across);
                f64::add_scaled(column, -taken * along, v);
                column[l] += identity;
            }
        }
    }
    gram
}

/// `E[feature·y]` of all features, or covariances, with the neuron of norm 1 whose direction is each of the columns of
/// `targets`, times a scale.
pub(super) fn responses(
    kind: FeatureKind,
    directions: &DMatrix<f64>,
    targets: &DMatrix<f64>,
    moments: &CrossMoments,
    is_centred: bool,
    scale: f64,
) -> DMatrix<f64> {
    let mut cosines = cosines(directions, targets);
    if kind == FeatureKind::Relu {
        for entry in cosines.as_mut_slice() {
            *entry = scale * moments.with_relu(*entry, is_centred);
        }
        return cosines;
    }
    let (dim, count) = directions.shape();
    let mut responses = DMatrix::zeros(dim * count, targets.ncols());
    let features = responses.as_mut_slice().chunks_mut(dim);
    for (index, (features, &cosine)) in features.zip(cosines.as_slice()).enumerate() {
        let (target, neuron) = (index / count, index % count);
        let along = if is_centred {
            moments.centred_along(cosine)
        } else {
            moments.along(cosine)
        };
        let active = moments.both_active(cosine);
        let w = &directions.as_slice()[neuron * dim..][..dim];
        let target = &targets.as_slice()[target * dim..][..dim];
        f64::add_scaled(features, scale * active, target);
        f64::add_scaled(features, scale * along, w);
    }
    responses
}
