//! The automatic step size.
//!
//! SGD on the squared loss moves the network as a function by `−2ε/b·Σ_k K(·,x_k)e(x_k)`, where
//! `e` is its error and `K(x,x') = Σ_p ∂_p f(x)∂_p f(x')`. Its mean square shrinks for
//! `ε < 1/(λ_max + Tr H/b)`, where H is the operator of K: `Tr H = E K(x,x)`. Both are known for
//! each regime from the trace of a few matrices. The rule takes a part of that limit, and a
//! smaller one where few directions carry everything: K(x,x) then has heavy tails.

use crate::elementary;
use nalgebra::DVector;

use super::TrainSettings;

/// The part of the limit that NN takes: 0.003 at d = 450, b = 100 and an exponential spectrum.
const NETWORK: f64 = 0.7;

/// The part of the limit that the authors' NN takes. The limit is that of the end of a run, estimated from above, and most
/// of a run is spent on the way there: at d = 450 and their B, after 2·10⁵ steps, what ends nearest to the optimum is 0.8
/// to 1.6 times this at N = 200, and 1.6 times it at N = 450 and 900, where 3.2 times it ends far off. With 1.6 times it
/// some small runs climb at first (d = 20, N ≥ 20, equal eigenvalues), with 1.2 times it none did, of 452 from d = 1 to 64.
/// `cargo xtask step-sizes` makes tables of such runs.
const PUBLISHED_NETWORK: f64 = 1.75;

/// Multiple of the dimension that a single direction `w` adds to it: its noise exceeds that of
/// many by `E[g²(g² − 1)²]/E[(g² − 1)²] = 5`, `g = ⟨w,x⟩/‖w‖`.
const SINGLE: f64 = 4.0;

/// Samples that a single direction adds to the dimension. NN's step multiplies the weights: one
/// sample in a batch of b multiplies its own direction by about `1 − 4ε‖w‖²g²(g²−1)/b`, and must
/// not make it larger, not even the rarest of billions.
pub(super) const TAIL: f64 = 300.0;

/// The part of the limit that NT takes where the target cannot be represented (N < d): more would
/// be faster at first, but end with more noise.
const TANGENT: f64 = 0.125;

/// The part of the limit that NT takes where it can, and noise dies with the error; near N = d
/// there are directions that take all of a run. The authors' NT, whose second layer spreads the
/// speeds of the directions much wider, always takes it.
const TANGENT_QUICK: f64 = 0.4;

/// What the tails add to `Tr H` where one direction carries everything.
pub(super) const TANGENT_TAIL: f64 = 14.0;

/// What a run is to end at, its width and its batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size<'a> {
    /// The eigenvalues of the form that the best wide network has: of a quadratic target, as
    /// scaled for training, its own.
    pub(super) goal: &'a DVector<f64>,
    pub(super) neurons: usize,
    pub(super) batch: usize,
}

impl<'a> Size<'a> {
    pub(super) fn of(goal: &'a DVector<f64>, settings: &TrainSettings) -> Self {
        Self {
            goal,
            neurons: settings.neurons,
            batch: settings.batch,
        }
    }

    pub(super) fn dim(&self) -> f64 {
        self.goal.len() as f64
    }

    pub(super) fn batch(&self) -> f64 {
        self.batch as f64
    }

    /// `Σ|λ_i|`: the trace of the final S, or more.
    pub(super) fn absolute_trace(&self) -> f64 {
        self.goal.iter().map(|b| b.abs()).sum()
    }

    /// The largest part of `Tr S` that a single direction may have.
    pub(super) fn concentration(&self) -> f64 {
        let largest = self.goal.amax() / self.absolute_trace();
        largest.max(1.0 / self.neurons as f64)
    }

    /// The samples that the noise of a batch is to be compared with.
    pub(super) fn dimensions(&self) -> f64 {
        let single = self.concentration();
        (self.dim() + 2.0) * (1.0 + SINGLE * single) + TAIL * single
    }

    /// About the largest eigenvalue of `WWᵀ`, `w_i ~ N(0, I/d)`, given its trace: the upper edge
    /// of its spectrum, `(1 + √ρ)²`.
    pub(super) fn edge(&self, trace: f64) -> f64 {
        let edge = 1.0 + (self.neurons as f64 / self.dim()).sqrt();
        trace.min(edge * edge)
    }
}

/// NN with its second layer fixed to 1, from weights of squared norm `trace`:
/// `K = 4⟨x,x'⟩⟨x,Sx'⟩ + 1`.
pub(super) fn network(size: Size<'_>, trace: f64) -> f64 {
    let trace = trace.max(size.absolute_trace());
    let spread = size.dimensions() / size.batch();
    NETWORK / (4.0 * trace * (1.0 + spread))
}

/// NT at weights of squared norm `trace`: `K = 4E[⟨x,x'⟩⟨x,Px'⟩]` of centred features, and 1.
pub(super) fn tangent(size: Size<'_>, trace: f64) -> f64 {
    let edge = size.edge(trace);
    let tail = 1.0 + TANGENT_TAIL * edge / trace / size.neurons.min(size.goal.len()) as f64;
    let part = if size.neurons < size.goal.len() {
        TANGENT
    } else {
        TANGENT_QUICK
    };
    part / tangent_curvature(size, trace, edge, tail)
}

/// `λ_max + Tr H/b` for weights of squared norm `trace` whose `WWᵀ` has the largest eigenvalue
/// `edge`, with `tail` times as much noise as Gaussian features have.
pub(super) fn tangent_curvature(size: Size<'_>, trace: f64, edge: f64, tail: f64) -> f64 {
    let total = 4.0 * (size.dim() + 1.0) * trace + 1.0;
    8.0 * edge + 1.0 + total * tail / size.batch()
}

/// NN with a trained second layer, from weights with `‖W‖_F²/N = trace`.
///
/// Gradient flow keeps `Tr P − 2a²`, so that it ends with `a(trace + 2a²) = Σ|λ_i|` (the second
/// layer at most that). There `K = 4a²⟨x,x'⟩⟨x,Px'⟩ + ⟨x,Px⟩⟨x',Px'⟩ + 1`.
pub(super) fn published_network(size: Size<'_>, trace: f64) -> f64 {
    let goal = size.absolute_trace();
    let (mut low, mut high) = (0.0, elementary::cbrt(goal).max(1.0));
    for _ in 0..60 {
        let a = 0.5 * (low + high);
        if a * (trace + 2.0 * a * a) < goal {
            low = a;
        } else {
            high = a;
        }
    }
    let a2 = high * high;
    let trace = trace + 2.0 * a2;
    let first = 4.0 * a2 * trace * (1.0 + size.dimensions() / size.batch());
    let tail = TAIL * size.concentration() / size.batch();
    let second = (3.0 * trace * trace + 1.0) * (1.0 + tail);
    PUBLISHED_NETWORK / (first + second)
}

/// The authors' NT: `u = ‖U‖_F²/N`, `quartic = (1/N)Σ‖w_i‖⁴`.
/// `K = ⟨x,x'⟩⟨x,UUᵀx'⟩/N + (1/N)Σ⟨w_i,x⟩²⟨w_i,x'⟩² + 1`.
pub(super) fn published_tangent(size: Size<'_>, u: f64, quartic: f64) -> f64 {
    let neurons = size.neurons as f64;
    let edge = u * size.edge(neurons) / neurons;
    let tail = 1.0 + TANGENT_TAIL / size.neurons.min(size.goal.len()) as f64;
    let total = u * (size.dim() + 2.0) + 3.0 * quartic + 1.0;
    TANGENT_QUICK / (u + 3.0 * quartic + 1.0 + 2.0 * edge + total * tail / size.batch())
}
