//! The table of parameters.

use super::kind::MULTIPLIERS;
use super::{Axis, Choice, Kind, Settings, Value};
use crate::activation::Activation;
use crate::spectrum::Sampling;
use crate::stream::MAX_SEED;
use crate::train::{Protocol, Regime, Schedule};

/// Where a parameter is used; a set of flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope(u8);

impl Scope {
    /// `lazy-limits risk`.
    pub const RISK: Self = Self(1);
    /// `lazy-limits exact`.
    pub const EXACT: Self = Self(2);
    /// `lazy-limits train`, and plans of runs.
    pub const TRAIN: Self = Self(4);
    /// The page's figure: attributes, URL keys, state.
    pub const PAGE: Self = Self(8);
    const ALL: Self = Self(15);
    const COMMANDS: Self = Self(7);

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two have a place in common.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// One parameter.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name everywhere: `--key`, `#key=`, the attribute, the JSON key.
    pub key: &'static str,
    /// What values are allowed.
    pub kind: Kind,
    /// Where it is used.
    pub scope: Scope,
    /// What it means, one sentence without a full stop.
    pub help: &'static str,
    pub(super) read: fn(&Settings) -> Value,
    pub(super) write: fn(&mut Settings, Value),
}

/// The parameter of that key in that scope.
pub(super) fn find(scope: Scope, key: &str) -> Option<&'static Parameter> {
    TABLE
        .iter()
        .find(|parameter| parameter.key == key && parameter.scope.contains(scope))
}

const ACTIVATIONS: &[Choice] = &[
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
        help: "odd: blind to a quadratic target",
    },
    Choice {
        name: "erf",
        help: "odd: blind to a quadratic target",
    },
    Choice {
        name: "softplus",
        help: "ln(1 + eˣ)",
    },
];
const REGIMES: &[Choice] = &[
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
const SCHEDULES: &[Choice] = &[
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
const PROTOCOLS: &[Choice] = &[
    Choice {
        name: "theorem",
        help: "§2.3 as written, target scaled to norm 1",
    },
    Choice {
        name: "published",
        help: "the authors' released set-up",
    },
];
const SAMPLINGS: &[Choice] = &[
    Choice {
        name: "sampled",
        help: "independent draws from the spectrum seed",
    },
    Choice {
        name: "quantile",
        help: "the quantiles at (i − ½)/d",
    },
];
const AXES: &[Choice] = &[
    Choice {
        name: "rho",
        help: "ρ = N/d",
    },
    Choice {
        name: "parameters",
        help: "number of trained parameters",
    },
];
const SCALES: &[Choice] = &[
    Choice {
        name: "log",
        help: "logarithmic",
    },
    Choice {
        name: "linear",
        help: "linear",
    },
];

/// Every parameter, in the order of help pages.
pub const TABLE: &[Parameter] = &[
    Parameter {
        key: "dim",
        kind: Kind::IntegerOrAuto {
            min: 1,
            max: 10_000,
        },
        scope: Scope::COMMANDS,
        help: "Input dimension d; auto is that of a given spectrum or given weights, else 450",
        read: read_dim,
        write: write_dim,
    },
    Parameter {
        key: "dim",
        kind: Kind::IntegerOrAuto { min: 2, max: 500 },
        scope: Scope::PAGE,
        help: "Input dimension d; auto is that of a given spectrum, else 64",
        read: read_dim,
        write: write_dim,
    },
    Parameter {
        key: "spectrum",
        kind: Kind::Spectrum,
        scope: Scope::ALL,
        help: "Eigenvalues of B: a family, family:parameter, or numbers (a diagonal, or a symmetric matrix by rows)",
        read: |s| Value::Spectrum(s.spectrum.source.clone()),
        write: |s, v| {
            if let Value::Spectrum(source) = v {
                s.spectrum.source = source;
            }
        },
    },
    Parameter {
        key: "sampling",
        kind: Kind::Choice(SAMPLINGS),
        scope: Scope::ALL,
        help: "How a family that is a distribution becomes d eigenvalues",
        read: |s| {
            Value::Choice(match s.spectrum.sampling {
                Sampling::Sampled => "sampled",
                Sampling::Quantile => "quantile",
            })
        },
        write: |s, v| {
            s.spectrum.sampling = if name(&v) == "quantile" {
                Sampling::Quantile
            } else {
                Sampling::Sampled
            };
        },
    },
    Parameter {
        key: "spectrum-seed",
        kind: Kind::Integer {
            min: 0,
            max: MAX_SEED,
        },
        scope: Scope::ALL,
        help: "Seed of a sampled spectrum, apart from the runs' seed",
        read: |s| Value::Integer(s.spectrum.seed),
        write: |s, v| s.spectrum.seed = integer(&v).unwrap_or_default(),
    },
    Parameter {
        key: "multipliers",
        kind: MULTIPLIERS,
        scope: Scope::ALL,
        help: "Factors of equally large groups of eigenvalues, largest eigenvalues first",
        read: |s| Value::Reals(s.spectrum.multipliers.clone()),
        write: |s, v| s.spectrum.multipliers = reals(v),
    },
    Parameter {
        key: "weights",
        kind: Kind::Weights,
        scope: Scope::COMMANDS,
        help: "Covariance Γ of random-feature weights: isotropic (I/d), aligned (∝ B), best (at each ρ), or numbers",
        read: |s| Value::Weights(s.weights.clone()),
        write: |s, v| {
            if let Value::Weights(weights) = v {
                s.weights = weights;
            }
        },
    },
    Parameter {
        key: "mix",
        kind: Kind::Real { min: 0.0, max: 1.0 },
        scope: Scope::ALL,
        help: "Random-feature weights between isotropic (0) and aligned with B (1)",
        read: |s| Value::Real(s.mix),
        write: |s, v| s.mix = real(&v),
    },
    Parameter {
        key: "activation",
        kind: Kind::Choice(ACTIVATIONS),
        scope: Scope::ALL,
        help: "Activation of random features; NT and NN use x²",
        read: |s| Value::Choice(s.activation.name()),
        write: |s, v| s.activation = Activation::from_name(name(&v)).unwrap_or_default(),
    },
    Parameter {
        key: "rho",
        kind: Kind::Reals {
            min: 1e-4,
            max: 1e6,
            least: 1,
            most: 10_000,
        },
        scope: Scope::RISK.and(Scope::EXACT),
        help: "Neurons per dimension, ρ = N/d: one value or several",
        read: |s| Value::Reals(s.rho.clone()),
        write: |s, v| s.rho = reals(v),
    },
    Parameter {
        key: "rho",
        kind: Kind::Real {
            min: MIN_PAGE_RHO,
            max: MAX_PAGE_RHO,
        },
        scope: Scope::PAGE,
        help: "Neurons per dimension at the handle, ρ = N/d",
        read: |s| Value::Real(s.rho[0]),
        write: |s, v| s.rho = vec![real(&v)],
    },
    Parameter {
        key: "regime",
        kind: Kind::Choice(REGIMES),
        scope: Scope::TRAIN,
        help: "What is trained",
        read: |s| Value::Choice(s.regime.name()),
        write: |s, v| s.regime = Regime::from_name(name(&v)).unwrap_or(Regime::Nn),
    },
    Parameter {
        key: "neurons",
        kind: Kind::IntegerOrAuto {
            min: 1,
            max: 1_000_000,
        },
        scope: Scope::TRAIN,
        help: "Width N; auto is d/2",
        read: |s| s.neurons.map_or(Value::Auto, |n| Value::Integer(n as u64)),
        write: |s, v| s.neurons = integer(&v).map(|n| n as usize),
    },
    Parameter {
        key: "steps",
        kind: Kind::Integer {
            min: 1,
            max: 1_000_000_000,
        },
        scope: Scope::TRAIN.and(Scope::PAGE),
        help: "Steps of SGD",
        read: |s| Value::Integer(s.steps),
        write: |s, v| s.steps = integer(&v).unwrap_or_default(),
    },
    Parameter {
        key: "step-size",
        kind: Kind::RealOrAuto {
            min: 1e-12,
            max: 1e6,
        },
        scope: Scope::TRAIN.and(Scope::PAGE),
        help: "Step size ε of SGD; auto is a rule that converges at every size",
        read: |s| s.step_size.map_or(Value::Auto, Value::Real),
        write: |s, v| {
            s.step_size = match v {
                Value::Real(value) => Some(value),
                _ => None,
            }
        },
    },
    Parameter {
        key: "schedule",
        kind: Kind::Choice(SCHEDULES),
        scope: Scope::TRAIN.and(Scope::PAGE),
        help: "How the step size changes over a run",
        read: |s| Value::Choice(s.schedule.name()),
        write: |s, v| s.schedule = Schedule::from_name(name(&v)).unwrap_or(Schedule::Linear),
    },
    Parameter {
        key: "protocol",
        kind: Kind::Choice(PROTOCOLS),
        scope: Scope::TRAIN.and(Scope::PAGE),
        help: "Which parametrisation of the network is trained",
        read: |s| Value::Choice(s.protocol.name()),
        write: |s, v| s.protocol = Protocol::from_name(name(&v)).unwrap_or(Protocol::Theorem),
    },
    Parameter {
        key: "batch",
        kind: Kind::Integer {
            min: 1,
            max: 100_000,
        },
        scope: Scope::TRAIN.and(Scope::PAGE),
        help: "Fresh samples in each step",
        read: |s| Value::Integer(s.batch as u64),
        write: |s, v| s.batch = integer(&v).unwrap_or(1) as usize,
    },
    Parameter {
        key: "samples",
        kind: Kind::Integer {
            min: 1,
            max: 1_000_000_000_000,
        },
        scope: Scope::TRAIN,
        help: "Samples of the least-squares fit of random features",
        read: |s| Value::Integer(s.samples),
        write: |s, v| s.samples = integer(&v).unwrap_or_default(),
    },
    Parameter {
        key: "seed",
        kind: Kind::Integer {
            min: 0,
            max: MAX_SEED,
        },
        scope: Scope::ALL,
        help: "Seed of weights and batches (limits have neither)",
        read: |s| Value::Integer(s.seed),
        write: |s, v| s.seed = integer(&v).unwrap_or_default(),
    },
    Parameter {
        key: "draws",
        kind: Kind::Integer {
            min: 1,
            max: 100_000,
        },
        scope: Scope::EXACT,
        help: "Draws of weights to average over",
        read: |s| Value::Integer(s.draws as u64),
        write: |s, v| s.draws = integer(&v).unwrap_or(1) as usize,
    },
    Parameter {
        key: "axis",
        kind: Kind::Choice(AXES),
        scope: Scope::PAGE,
        help: "The horizontal axis",
        read: |s| {
            Value::Choice(match s.axis {
                Axis::Rho => "rho",
                Axis::Parameters => "parameters",
            })
        },
        write: |s, v| {
            s.axis = if name(&v) == "rho" {
                Axis::Rho
            } else {
                Axis::Parameters
            }
        },
    },
    Parameter {
        key: "scale",
        kind: Kind::Choice(SCALES),
        scope: Scope::PAGE,
        help: "Scale of the horizontal axis",
        read: |s| Value::Choice(if s.log_scale { "log" } else { "linear" }),
        write: |s, v| s.log_scale = name(&v) == "log",
    },
];

/// Ends of the figure's axis of ρ.
pub const MIN_PAGE_RHO: f64 = 0.01;
/// See [`MIN_PAGE_RHO`].
pub const MAX_PAGE_RHO: f64 = 10.0;

fn read_dim(settings: &Settings) -> Value {
    settings
        .dim
        .map_or(Value::Auto, |dim| Value::Integer(dim as u64))
}

#[allow(clippy::needless_pass_by_value)] // the type that rows ask for
fn write_dim(settings: &mut Settings, value: Value) {
    settings.dim = integer(&value).map(|dim| dim as usize);
}

// `write` gets only values that its own row's kind has read.

fn integer(value: &Value) -> Option<u64> {
    match value {
        Value::Integer(value) => Some(*value),
        _ => None,
    }
}

fn real(value: &Value) -> f64 {
    match value {
        Value::Real(value) => *value,
        _ => 0.0,
    }
}

fn reals(value: Value) -> Vec<f64> {
    match value {
        Value::Reals(values) => values,
        _ => Vec::new(),
    }
}

fn name(value: &Value) -> &'static str {
    match value {
        Value::Choice(name) => name,
        _ => "",
    }
}
