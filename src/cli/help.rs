//! Texts of the help pages.

use super::arguments::Task;

pub(crate) const ABOUT: &str = "What a two-layer network can learn with its features frozen (RF), linearised (NT) or fully trained (NN)";

pub(crate) const LONG_ABOUT: &str = "\
What a two-layer network of N neurons in d dimensions can learn with its features frozen (RF), \
linearised around their start (NT) or fully trained (NN).

Every risk is the mean squared error on fresh samples, divided by that of predicting nothing: \
1 is nothing learnt, 0 is everything. After Ghorbani, Mei, Misiakiewicz and Montanari, \
“Limitations of Lazy Training of Two-layer Neural Networks” (NeurIPS 2019).

Results go to standard output, progress and errors to standard error. Exit status: 0 fine, \
2 wrong usage or input, 1 another failure, 130 after Ctrl-C (what is done is printed or saved), 75 after a signal of a \
scheduler (SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU), which does the same: run it again, with --resume where there is one.";

pub(crate) const EXAMPLES: &str = "\
Examples:
  lazy-limits risk qf                       the three regimes against ρ = N/d, at d = 450
  lazy-limits risk mg                       the same for two Gaussian classes
  lazy-limits exact qf --dim 100            at finite size, averaged over weights
  lazy-limits train qf --dim 64 --neurons 32 --steps 20000
                                            one network, trained: risk against samples
  lazy-limits sweep plan.json --out results many of them, on all cores
  lazy-limits figure quadratic --preset quick --out fig
                                            data and pictures of a whole figure
  lazy-limits risk qf --format json         for scripts
  lazy-limits risk --help                   everything about one command";

pub(crate) const COMPLETIONS: &str = "\
Examples:
  lazy-limits completions bash > ~/.local/share/bash-completion/completions/lazy-limits
  lazy-limits completions zsh > ~/.zfunc/_lazy-limits
  lazy-limits completions fish > ~/.config/fish/completions/lazy-limits.fish";

pub(crate) const FILE: &str = "A FILE has numbers: one vector (a \
diagonal), a symmetric matrix, one row a line, or a triangle of one, as text that blanks, commas, \
tabs or semicolons separate, as JSON, or as .npy of NumPy; comment lines, a line of headings and a \
column of names are left out. What was read is said. It fixes d. “-” is standard input; a file named \
like one of the names is written ./name. docs/numbers.md has every form.";

pub(crate) const SYMMETRIZE: &str = "Average each given matrix with its mirror image, however much \
they differ. Without it, asymmetry up to 10⁻⁶ of the largest entry is averaged away and said, and \
more is refused.";

pub(crate) const NETWORK: &str = "First-layer weights to judge instead of drawing them: a FILE \
with N lines of d numbers, one neuron a line, or an N×d array in .npy, in the coordinates of B, or of Σ and Δ; “-” is \
standard input. \
It fixes d. RF and NT are the least risks over what they train on these weights; NN is that of \
N neurons of its own.";

pub(crate) const SAVE: &str = "The file in which the run is saved: at its start, every --save-every seconds, when Ctrl-C or \
a signal of a scheduler stops it, and at its end. It is replaced as a whole, so that a crash leaves the checkpoint \
before. A FILE that exists is not written over unless --resume names it too.";

pub(crate) const RESUME: &str = "The file in which --save left a run. The run goes on as if it had never been stopped, to \
the same bytes, and is saved there again, or where --save says. Its settings come from the file; those that are given must \
be the same. With --save and --resume of one FILE that is not there the run starts, so that a job can be run again as it \
is.";

pub(crate) const PART: &str = "Only the I-th of K parts of the runs, for K machines. The parts are the \
same everywhere and have about as much work each; merge puts their results together.";

pub(crate) const SWEEP: Page = Page {
    about: "Many runs from a plan, on all cores, resumable",
    long_about: "\
Many runs from a plan, on all cores. The plan is a JSON file:

{\"schema\": 1, \"name\": \"seeds\", \"groups\": [
  {\"problem\": \"qf\", \"dim\": 64, \"steps\": 20000,
   \"vary\": {\"neurons\": [16, 32, 64], \"seed\": [1, 2, 3]}}]}

A group has the settings of train, and under \"vary\" lists of them: every combination is a run. \
A \"comment\" may stand anywhere and is ignored. \
\"step-scale\" is worth varying: it multiplies the automatic step size.

Each finished run is a line of DIR/records.jsonl: the JSON of train, and \"run\", the run's id. \
When all are finished the lines stand in the order of the plan, whatever the threads and \
interruptions. DIR/seconds.jsonl says what each took, and where. A run that diverges is a result like \
any other (\"diverged_at\").

Ctrl-C saves the runs under way (exit 130), a signal of a scheduler too (exit 75), and --resume continues them: the result is that of an \
unbroken sweep, bit for bit. The same holds after a crash or a full disk; at most the work since \
the last checkpoint is done again.",
    examples: "\
Examples:
  lazy-limits sweep plan.json --out results
  lazy-limits sweep plan.json --out results --resume
  lazy-limits sweep plan.json --dry-run                        what it runs, and how long
  lazy-limits sweep plan.json --out part3 --part 3/16          on the third of 16 machines
  lazy-limits merge part* --out results",
};

pub(crate) const MERGE: Page = Page {
    about: "Put the parts of a plan together",
    long_about: "\
Puts the results of parts of one plan, as sweep --part and figure --part make them, into one new \
directory, in the order of the plan.

What is missing is listed with its settings, and the exit status is then 1; what is there is merged \
all the same, and --resume there makes the rest.",
    examples: "\
Examples:
  lazy-limits merge part1 part2 part3 --out results",
};

pub(crate) const FIGURE: Page = Page {
    about: "A whole figure of the paper: its runs, its data, its pictures",
    long_about: "\
A whole figure of the paper: makes its runs, as sweep does, and writes NAME.json (every number with \
its inputs), NAME.csv, NAME.svg and NAME.png into the directory.

Lines are limits, RF with isotropic, aligned and best weights, NT, NN, for mixture also Bayes. Dots \
are random features, exact (mean and sd of 10 draws) and fitted to samples, and NT and NN trained by \
SGD, each at the best of six step sizes: 1/16 to 2 times the automatic one with a constant step, and \
1/8 to 4 times it with one that decays (NN of quadratic: the automatic one). activation has ReLU on \
the left and tanh on the right.

The runs at the automatic step size come first, so that --draw shows a figure long before all is \
done; it says that it is incomplete, and so does its JSON (\"complete\": false). --part shares the \
work out; after merge, --draw draws.",
    examples: "\
Examples:
  lazy-limits figure quadratic --preset quick --out fig
  lazy-limits figure quadratic --out paper --dry-run           what it runs, and how long
  lazy-limits figure quadratic --out paper                     at full size: hours
  lazy-limits figure quadratic --out paper --resume
  lazy-limits figure quadratic --out paper --draw              what is done so far
  lazy-limits figure mixture --out part3 --part 3/16
  lazy-limits merge part* --out paper",
};

pub(crate) const REPORT: Page = Page {
    about: "A document of figures' results against theory, in Markdown",
    long_about: "\
Reads the JSON of figures, as figure writes it, and prints a document in Markdown: the paper's \
statements beside the numbers found, with the difference, its standard error and what explains it; \
tables of all networks and random features against limits and exact optima; errors in the paper's \
text with what shows them. Limits and optima are computed again.",
    examples: "\
Examples:
  lazy-limits report fig/quadratic.json > report.md
  lazy-limits report www/data/*.json > docs/reproduction.md",
};

/// The texts of one command.
pub(crate) struct Page {
    pub(crate) about: &'static str,
    pub(crate) long_about: &'static str,
    pub(crate) examples: &'static str,
}

pub(crate) fn page(task: Task) -> Page {
    match task {
        Task::Risk => Page {
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

The eigenvalues at the given d stand for their limiting distribution. A quantity without a \
formula is empty in tables and CSV, and null in JSON.",
            examples: "\
Examples:
  lazy-limits risk qf
  lazy-limits risk qf --spectrum power-law:0.5 --rho 0.1,0.5,1,2
  lazy-limits risk qf --rho log:0.01:10:50
  lazy-limits risk qf --weights best --activation relu
  lazy-limits risk qf --spectrum 4,3,2,1 --rho 0.5 --format json
  lazy-limits risk qf --spectrum B.csv --format csv > curve.csv
  seq 50 | lazy-limits risk qf --spectrum -
  lazy-limits risk mg
  lazy-limits risk mg --delta two-signed --rho 0.25,0.5,0.75
  lazy-limits risk mg --delta low-rank:4 --sigma two-level:0.5 --rotation random
  lazy-limits risk mg --delta Delta.csv --sigma Sigma.csv --format json",
        },
        Task::Exact => Page {
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

RF solves for all widths at once from one N×N matrix, which takes about 16 N² bytes a draw (mg: \
24 N²). \
Ctrl-C, or a signal of a scheduler, prints the draws that are done.",
            examples: "\
Examples:
  lazy-limits exact qf --dim 100 --draws 20
  lazy-limits exact qf --spectrum paper --rho 0.5,1,2 --weights aligned
  lazy-limits exact qf --rho 10 --draws 1 --seed 7 --format json
  lazy-limits exact qf --spectrum B.csv --network W.csv      weights from a file
  lazy-limits exact mg --dim 64 --draws 20
  lazy-limits exact mg --delta two-signed --rho 0.25,0.5 --draws 2
  lazy-limits exact mg --delta Delta.csv --network W.csv",
        },
        Task::Train => Page {
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

Beside the risk stands the exact optimum of that regime at this N and d: for nt and rf at the \
weights drawn. A run whose risk climbs has diverged: it stops, says at which step, and that is \
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
  lazy-limits train qf --regime rf --samples 500000 --weights aligned --activation relu
  lazy-limits train qf --dim 64 --neurons 32 --steps 4000 --activation relu
  lazy-limits train qf --protocol published --schedule published --neurons 152
  lazy-limits train mg --dim 64 --neurons 32 --steps 8000
  lazy-limits train mg --delta two-signed --regime nt --neurons 225
  lazy-limits train mg --second-layer fixed --neurons 900              lifted to d×d
  lazy-limits train qf --neurons 225 --save run --resume run           starts, or goes on",
        },
    }
}
