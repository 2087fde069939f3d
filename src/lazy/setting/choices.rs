//! The names that parameters can have for values, and what each means.

use crate::setting::Choice;

pub(super) const ACTIVATIONS: &[Choice] = &[
    Choice::new("quadratic", "x² − 1"),
    Choice::new("relu", "max(x, 0)").called("ReLU"),
    Choice::new("tanh", "odd: blind to either problem"),
    Choice::new("erf", "odd: blind to either problem"),
    Choice::new("softplus", "ln(1 + eˣ)"),
];
pub(super) const REGIMES: &[Choice] = &[
    Choice::new("nn", "all weights trained"),
    Choice::new("nt", "the linearisation around the start trained"),
    Choice::new("rf", "the second layer alone, by least squares"),
];
pub(super) const SCHEDULES: &[Choice] = &[
    Choice::new("linear", "constant for half the run, then linearly to 0"),
    Choice::new("constant", "constant"),
    Choice::new("published", "the authors' two drops near the end").called("as published"),
];
pub(super) const PROTOCOLS: &[Choice] = &[
    Choice::new("theorem", "§2.3 as written, target scaled to norm 1").called("as in the theorem"),
    Choice::new("published", "the authors' released set-up").called("as published"),
];
pub(super) const SECOND_LAYERS: &[Choice] = &[
    Choice::new(
        "trained",
        "from 0, with the first: the data choose its signs",
    ),
    Choice::new("fixed", "±1, with the signs of the leading eigenvalues"),
];
pub(super) const SAMPLINGS: &[Choice] = &[
    Choice::new("sampled", "independent draws from the spectrum seed"),
    Choice::new("quantile", "the quantiles at (i − ½)/d"),
];
pub(super) const ROTATIONS: &[Choice] = &[
    Choice::new("none", "Δ as it is given"),
    Choice::new(
        "random",
        "Δ turned at random, by the spectrum seed: it does not commute with a Σ that is not ∝ I",
    ),
];
pub(super) const AXES: &[Choice] = &[
    Choice::new("rho", "ρ = N/d").called("ρ = N/d"),
    Choice::new("parameters", "number of trained parameters").called("trained parameters"),
];
pub(super) const SCALES: &[Choice] = &[
    Choice::new("log", "logarithmic").called("logarithmic"),
    Choice::new("linear", "linear"),
];
pub(super) const SHOWN: &[Choice] = &[
    Choice::new(
        "results",
        "the results, as long as they are of the target that is set",
    ),
    Choice::new("live", "the networks trained here"),
];
