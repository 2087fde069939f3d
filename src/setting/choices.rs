//! The names that parameters can have for values, and what each means.

use super::Choice;

pub(super) const ACTIVATIONS: &[Choice] = &[
    Choice {
        name: "quadratic",
        help: "x² − 1",
    },
    Choice {
        name: "relu",
        help: "max(x, 0)",
    },
    Choice {
        name: "tanh",
        help: "odd: blind to either problem",
    },
    Choice {
        name: "erf",
        help: "odd: blind to either problem",
    },
    Choice {
        name: "softplus",
        help: "ln(1 + eˣ)",
    },
];
pub(super) const REGIMES: &[Choice] = &[
    Choice {
        name: "nn",
        help: "all weights trained",
    },
    Choice {
        name: "nt",
        help: "the linearisation around the start trained",
    },
    Choice {
        name: "rf",
        help: "the second layer alone, by least squares",
    },
];
pub(super) const SCHEDULES: &[Choice] = &[
    Choice {
        name: "linear",
        help: "constant for half the run, then linearly to 0",
    },
    Choice {
        name: "constant",
        help: "constant",
    },
    Choice {
        name: "published",
        help: "the authors' two drops near the end",
    },
];
pub(super) const PROTOCOLS: &[Choice] = &[
    Choice {
        name: "theorem",
        help: "§2.3 as written, target scaled to norm 1",
    },
    Choice {
        name: "published",
        help: "the authors' released set-up",
    },
];
pub(super) const SECOND_LAYERS: &[Choice] = &[
    Choice {
        name: "trained",
        help: "from 0, with the first: the data choose its signs",
    },
    Choice {
        name: "fixed",
        help: "±1, with the signs of the leading eigenvalues",
    },
];
pub(super) const SAMPLINGS: &[Choice] = &[
    Choice {
        name: "sampled",
        help: "independent draws from the spectrum seed",
    },
    Choice {
        name: "quantile",
        help: "the quantiles at (i − ½)/d",
    },
];
pub(super) const ROTATIONS: &[Choice] = &[
    Choice {
        name: "none",
        help: "Δ as it is given",
    },
    Choice {
        name: "random",
        help: "Δ turned at random, by the spectrum seed: it does not commute with a Σ that is not ∝ I",
    },
];
pub(super) const AXES: &[Choice] = &[
    Choice {
        name: "rho",
        help: "ρ = N/d",
    },
    Choice {
        name: "parameters",
        help: "number of trained parameters",
    },
];
pub(super) const SCALES: &[Choice] = &[
    Choice {
        name: "log",
        help: "logarithmic",
    },
    Choice {
        name: "linear",
        help: "linear",
    },
];
pub(super) const SHOWN: &[Choice] = &[
    Choice {
        name: "results",
        help: "the results, as long as they are of the target that is set",
    },
    Choice {
        name: "live",
        help: "the networks trained here",
    },
];
