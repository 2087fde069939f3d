//! The automatic step size.
//!
//! SGD on the squared loss moves the network as a function by `−2ε/b·Σ_k K(·,x_k)e(x_k)`, where
//! `e` is its error and `K(x,x') = Σ_p ∂_p f(x)∂_p f(x')`. Its mean square shrinks for
//! `ε < 1/(λ_max + Tr H/b)`, where H is the operator of K: `Tr H = E K(x,x)`. Both are known for
//! each regime from the trace of a few matrices. The rule takes a part of that limit, and a
//! smaller one where few directions carry everything: K(x,x) then has heavy tails.

use crate::problem::Quadratic;

/// The part of the limit that NN takes: 0.003 at d = 450, b = 100 and an exponential spectrum.
const NETWORK: f64 = 0.7;

/// Samples that a single direction adds to the dimension. NN's step multiplies the weights: one
/// sample `⟨w,x⟩/‖w‖ = g` in a batch of b multiplies its own direction by about
/// `1 − 4ε‖w‖²g²(g²−1)/b`, and must not make it larger, nor must any of billions.
const TAIL: f64 = 300.0;

/// The part of the limit that NT takes.
const TANGENT: f64 = 0.125;

/// What the tails add to `Tr H` where one direction carries everything.
const TANGENT_TAIL: f64 = 14.0;

/// The target of the run, the width and the batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size<'a> {
    pub(super) target: &'a Quadratic,
    pub(super) neurons: usize,
    pub(super) batch: usize,
}

impl Size<'_> {
    fn dim(&self) -> f64 {
        self.target.dim() as f64
    }

    fn batch(&self) -> f64 {
        self.batch as f64
    }

    /// `Σ|λ_i|`: the trace of the final S, or more.
    fn absolute_trace(&self) -> f64 {
        self.target.eigenvalues().iter().map(|b| b.abs()).sum()
    }

    /// The largest part of `Tr S` that a single direction may have.
    fn concentration(&self) -> f64 {
        let largest = self.target.eigenvalues().amax() / self.absolute_trace();
        largest.max(1.0 / self.neurons as f64)
    }

    /// About the largest eigenvalue of `WWᵀ`, `w_i ~ N(0, I/d)`, given its trace: the upper edge
    /// of its spectrum, `(1 + √ρ)²`.
    fn edge(&self, trace: f64) -> f64 {
        let edge = 1.0 + (self.neurons as f64 / self.dim()).sqrt();
        trace.min(edge * edge)
    }
}

/// NN with its second layer fixed to 1, from weights of squared norm `trace`:
/// `K = 4⟨x,x'⟩⟨x,Sx'⟩ + 1`.
pub(super) fn network(size: Size<'_>, trace: f64) -> f64 {
    let trace = trace.max(size.absolute_trace());
    let spread = (size.dim() + 2.0 + TAIL * size.concentration()) / size.batch();
    NETWORK / (4.0 * trace * (1.0 + spread))
}

/// NT at weights of squared norm `trace`: `K = 4E[⟨x,x'⟩⟨x,Px'⟩]` of centred features, and 1.
pub(super) fn tangent(size: Size<'_>, trace: f64) -> f64 {
    let edge = size.edge(trace);
    let tail = 1.0 + TANGENT_TAIL * edge / trace / size.neurons.min(size.target.dim()) as f64;
    let total = 4.0 * (size.dim() + 1.0) * trace + 1.0;
    TANGENT / (8.0 * edge + 1.0 + total * tail / size.batch())
}

/// NN with a trained second layer, from weights with `‖W‖_F²/N = trace`.
///
/// Gradient flow keeps `Tr P − 2a²`, so that it ends with `a(trace + 2a²) = Σ|λ_i|` (the second
/// layer at most that). There `K = 4a²⟨x,x'⟩⟨x,Px'⟩ + ⟨x,Px⟩⟨x',Px'⟩ + 1`.
pub(super) fn published_network(size: Size<'_>, trace: f64) -> f64 {
    let goal = size.absolute_trace();
    let (mut low, mut high) = (0.0, goal.cbrt().max(1.0));
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
    let tail = TAIL * size.concentration();
    let first = 4.0 * a2 * trace * (1.0 + (size.dim() + 2.0 + tail) / size.batch());
    let second = (3.0 * trace * trace + 1.0) * (1.0 + tail / size.batch());
    NETWORK / (first + second)
}

/// The authors' NT: `u = ‖U‖_F²/N`, `quartic = (1/N)Σ‖w_i‖⁴`.
/// `K = ⟨x,x'⟩⟨x,UUᵀx'⟩/N + (1/N)Σ⟨w_i,x⟩²⟨w_i,x'⟩² + 1`.
pub(super) fn published_tangent(size: Size<'_>, u: f64, quartic: f64) -> f64 {
    let neurons = size.neurons as f64;
    let edge = u * size.edge(neurons) / neurons;
    let tail = 1.0 + TANGENT_TAIL / size.neurons.min(size.target.dim()) as f64;
    let total = u * (size.dim() + 2.0) + 3.0 * quartic + 1.0;
    TANGENT / (u + 3.0 * quartic + 1.0 + 2.0 * edge + total * tail / size.batch())
}
