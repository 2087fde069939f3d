//! The automatic step sizes of networks with other activations than x², from the same condition as
//! [`step_size`](super::step_size).

use crate::activation::{Activation, Hermite};

use super::step_size::Size;

/// The part of the limit that NN takes. The limit is that of the end of a run, and estimated from
/// above: over dimensions 2 to 30, widths d/2 to 5d, batches 1 to 100 and one dominant, a signed
/// and an exponential spectrum, ReLU runs with 2.5 times this step converged too.
const NETWORK: f64 = 0.8;

/// The part of the limit that NT takes, whose target can never be represented: a quadratic function
/// is no finite sum of the features. In that scan half of the runs with 6.4 times this step diverged,
/// and with 3.2 times the risk of some rose at first.
const TANGENT: f64 = 0.25;

/// What one direction that carries everything adds to the noise of a batch, relatively: the
/// squares of its features have heavy tails.
const TAIL: f64 = 14.0;

/// `E σ'(G)` and `E σ'(G)²`.
fn slopes(activation: Activation, hermite: Hermite) -> (f64, f64) {
    (hermite.lambda1, activation.slope_profile(1.0).square)
}

/// About `‖a‖²` at the end of a run that starts at `‖w_i‖ = 1` and `a ≈ 0`.
///
/// The form `½Σa_i‖w_i‖λ₂ŵ_iŵ_iᵀ` (that of ReLU; others are near it) is to become B, so that
/// `a_i‖w_i‖ ≈ 2Σ|λ_i|/(λ₂N)`, but no more than twice what makes the even parts of N orthogonal
/// neurons a function of norm 1, `1/√(λ̃N)`; gradient flow keeps `‖w_i‖² − a_i²`.
fn second_layer(size: Size<'_>, hermite: Hermite) -> f64 {
    // An odd activation has λ₂ = 0, and nothing to learn: any finite value will do.
    let neurons = size.neurons as f64;
    let spread = 2.0 * size.absolute_trace() / (hermite.lambda2.max(0.1) * neurons);
    let single = 2.0 / (hermite.lambda_tilde.sqrt() * neurons.sqrt());
    let product = spread.min(single);
    neurons * 0.5 * ((1.0 + 4.0 * product * product).sqrt() - 1.0)
}

/// NN: `K = Σ_iφ_i(x)φ_i(x') + ⟨x,x'⟩Σ_ia_i²σ'(⟨w_i,x⟩)σ'(⟨w_i,x'⟩) + 1`, φ the centred features,
/// where `‖a‖²` is `second`.
pub(super) fn network(size: Size<'_>, activation: Activation) -> f64 {
    let hermite = activation.hermite();
    let second = second_layer(size, hermite);
    let (slope, square) = slopes(activation, hermite);
    let neurons = size.neurons as f64;
    // As long as the neurons are to become.
    let length = 1.0 + second / neurons;
    let variance = hermite.lambda_tilde + hermite.lambda1 * hermite.lambda1;
    let features = neurons * length * variance;
    let together = (size.edge(neurons) / neurons).max(size.concentration());
    let largest = features * together + second * slope * slope + 1.0;
    let total = features + (size.dim() + 2.0) * second * square + 1.0;
    let tail = 1.0 + TAIL * size.concentration();
    NETWORK / (largest + total * tail / size.batch())
}

/// NT: `K = ⟨x,x'⟩Σ_iσ'(⟨w_i,x⟩)σ'(⟨w_i,x'⟩) + 1`, up to the centring. Its largest eigenvalue is that of
/// the linear functions, which all neurons share, and of the quadratic ones.
pub(super) fn tangent(size: Size<'_>, activation: Activation) -> f64 {
    let hermite = activation.hermite();
    let (slope, square) = slopes(activation, hermite);
    let neurons = size.neurons as f64;
    let curvature = hermite.lambda2 * hermite.lambda2;
    let largest = neurons * slope * slope + 2.0 * curvature * size.edge(neurons) + 1.0;
    let total = (size.dim() + 2.0) * neurons * square + 1.0;
    let tail = 1.0 + TAIL / size.dim() / size.neurons.min(size.goal.len()) as f64;
    TANGENT / (largest + total * tail / size.batch())
}
