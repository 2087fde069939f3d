//! Texts of the help pages of this paper.

use crate::cli::help::Page;

pub(super) const NETWORK: &str = "First-layer weights to judge instead of drawing them: a FILE \
with N lines of d numbers, one neuron a line, or an N×d array in .npy, in the coordinates of B, or of Σ and Δ; “-” is \
standard input. \
It fixes d. RF and NT are the least risks over what they train on these weights; NN is that of \
N neurons of its own.";

pub(super) const RISK: Page = Page {
    about: "Limits of the risk as N, d → ∞, at each ρ = N/d",
    long_about: "\
Limits of the risk as N, d → ∞ with N/d = ρ, in closed form, for one of two problems.

qf  quadratic target: f*(x) = ⟨x, Bx⟩ − Tr B on Gaussian x
mg  mixture of two Gaussians: labels y = ±1, evenly, on x ~ N(0, Σ − yΔ)

RF  random features: only the second layer is trained. It learns what the trace of B, or of Δ, \
tells (Theorem 1; mg: Theorem 4). ψ is the root of Eq. (9): the width that counts.
NT  neural tangent, σ = x²: the linearisation around isotropic weights. It sees a random \
subspace of dimension N (Theorem 2; mg: Theorem 5, whose κ is the share captured).
NN  network, σ = x²: all weights trained. It learns the N largest eigenvalues (Theorem 3; mg: \
the N largest of Σ^-½ΔΣ^-½ in size, Theorem 6); N = max(1, round(ρd)).

In a mixture nobody reaches Bayes, the least risk of all predictors: JSON \"bayes\" (d → ∞). With \
Δ of one sign NN is never above NT; with both signs it can be (--delta two-signed). RF is \
Theorem 4 and not the paper's Eq. (17), which has 1 + 2ρ for 1 + ρ: at d = 450 and ρ = 0.5 the \
exact risk is 0.718, Theorem 4 gives 0.718 and Eq. (17) 0.772; at ρ = 4, 0.515, 0.514 and 0.656.

With --laziness qf has other networks instead, between NN and NT: they start at output 0, as f = α(Σ⟨w,x⟩² − start) + c, from weights as NN starts, and the least of their risks grows with α, from NN as α → 0 to NT as α → ∞ (for a B without negative eigenvalues). What they cannot learn are the smallest eigenvalues of B + αW₀W₀ᵀ, whose limiting law is known.

The eigenvalues at the given d stand for their limiting distribution. A quantity without a \
formula is empty in tables and CSV, and null in JSON.",
    examples: "\
Examples:
  lazy-limits risk qf
  lazy-limits risk qf --spectrum power-law:0.5 --rho 0.1,0.5,1,2
  lazy-limits risk qf --rho log:0.01:10:50
  lazy-limits risk qf --rho 0.5 --laziness log:0.01:100:9
  lazy-limits risk qf --weights best --activation relu
  lazy-limits risk qf --spectrum 4,3,2,1 --rho 0.5 --format json
  lazy-limits risk qf --spectrum B.csv --format csv > curve.csv
  seq 50 | lazy-limits risk qf --spectrum -
  lazy-limits risk mg
  lazy-limits risk mg --delta two-signed --rho 0.25,0.5,0.75
  lazy-limits risk mg --delta low-rank:4 --sigma two-level:0.5 --rotation random
  lazy-limits risk mg --delta Delta.csv --sigma Sigma.csv --format json",
};

pub(super) const EXACT: Page = Page {
    about: "Exact risks at finite N and d: mean and spread over weights, or for a network in a file",
    long_about: "\
Exact risks at finite N and d: the least population risk for given first-layer weights, without \
samples and without training, for one of two problems.

qf  quadratic target: f*(x) = ⟨x, Bx⟩ − Tr B on Gaussian x
mg  mixture of two Gaussians: labels y = ±1, evenly, on x ~ N(0, Σ − yΔ)

Weights are drawn --draws times; RF and NT are means over the draws, with their sample \
standard deviation (divisor K − 1; empty, in JSON null, for one draw). For qf the mean of NT over \
all weights is known in closed form and given beside. For mg, Bayes at this d is given, the least \
risk of all predictors (JSON \"bayes\", by an integral, not by sampling). NN has no weights to draw. Widths are nested: \
a narrow network is the beginning of a wide one with the same seed.

With --laziness qf has other networks instead, α(Σ⟨w,x⟩² − start) + c, which start at output 0 from weights drawn as NN starts, or from those of --network: the least risk at each ρ and α, between NN (α → 0) and NT at the same weights (α → ∞); movement, how far the nearest network of that risk is from its start, ‖W − W₀‖/‖W₀‖, which no training to that risk can undercut; and alignment, how much of what it looks at are leading eigenvectors of B: 1 for NN, N/d for weights at random. One optimum takes about 200 d² bytes.

RF solves for all widths at once from one N×N matrix, which takes about 16 N² bytes a draw (mg: \
24 N²). \
Ctrl-C, or a signal of a scheduler, prints the draws that are done.",
    examples: "\
Examples:
  lazy-limits exact qf --dim 100 --draws 20
  lazy-limits exact qf --spectrum paper --rho 0.5,1,2 --weights aligned
  lazy-limits exact qf --rho 10 --draws 1 --seed 7 --format json
  lazy-limits exact qf --spectrum B.csv --network W.csv      weights from a file
  lazy-limits exact qf --dim 100 --rho 0.5 --laziness 0.1,1,10
  lazy-limits exact mg --dim 64 --draws 20
  lazy-limits exact mg --delta two-signed --rho 0.25,0.5 --draws 2
  lazy-limits exact mg --delta Delta.csv --network W.csv",
};

pub(super) const TRAIN: Page = Page {
    about: "One run: risk against samples, by one-pass SGD or least squares",
    long_about: "\
One run: risk against samples, each sample used once. The risk is exact at any time, computed \
from the weights without a test set.

qf  quadratic target: f*(x) = ⟨x, Bx⟩ − Tr B on Gaussian x
mg  mixture of two Gaussians: labels y = ±1, evenly, on x ~ N(0, Σ − yΔ)

--regime nn  trains all weights by SGD (σ = x²; qf: second layer fixed to 1; mg: --second-layer)
--regime nt  trains the linearisation around fixed isotropic weights by SGD (σ = x²)
--regime rf  fits the second layer by least squares on --samples samples

For qf, --activation trains nn (then both layers and the offset) and nt with another σ; no formula \
tells their optimum, and of the odd ones, tanh and erf, nothing can be learnt.

For qf, --laziness trains nn as α(Σ⟨w,x⟩² − start) + c: it starts at output 0, and the larger α is, the less its weights have to move.

Beside the risk stands the exact optimum of that regime at this N and d: for nt, rf and --laziness at the \
weights drawn. For nn and nt, movement says how far the first layer is from its start, ‖W − W₀‖/‖W₀‖ (of nt, as if it had started \
as nn does), and alignment how much of the span of its neurons lies in that of the N leading eigenvectors. A run whose risk climbs has diverged: it stops, says at which step, and that is \
a result like any other (exit 0; JSON \"diverged_at\").

A constant step ends above the optimum wherever N < d, by the noise of the samples; the \
schedule linear (constant for half the run, then linearly to 0) removes it. In mg nobody \
can represent the labels, so it does so at every N. --protocol published is the authors' released \
set-up for qf. For mg, inputs are whitened by Σ first; --steps is then 140000 by default. \
Ctrl-C, or a signal of a scheduler, prints the run as far as it has come; with --save it is saved, and --resume goes on.",
    examples: "\
Examples:
  lazy-limits train qf --dim 64 --neurons 32 --steps 20000
  lazy-limits train qf --spectrum paper --neurons 225 --regime nn      the paper's size: minutes
  lazy-limits train qf --regime nt --neurons 225 --format json
  lazy-limits train qf --dim 64 --neurons 32 --steps 20000 --laziness 1
  lazy-limits train qf --regime rf --samples 500000 --weights aligned --activation relu
  lazy-limits train qf --dim 64 --neurons 32 --steps 4000 --activation relu
  lazy-limits train qf --protocol published --schedule published --neurons 152
  lazy-limits train mg --dim 64 --neurons 32 --steps 8000
  lazy-limits train mg --delta two-signed --regime nt --neurons 225
  lazy-limits train mg --second-layer fixed --neurons 900              lifted to d×d
  lazy-limits train qf --neurons 225 --save run --resume run           starts, or goes on",
};
