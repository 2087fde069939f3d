//! The table of parameters.

use super::choices::{
    ACTIVATIONS, AXES, PROTOCOLS, REGIMES, ROTATIONS, SAMPLINGS, SCALES, SCHEDULES, SECOND_LAYERS,
    SHOWN,
};
use super::{Abscissa, ProblemName, Protocol, Regime, Schedule, SecondLayer, Settings};
use crate::activation::Activation;
use crate::setting::{About, Control, Kind, Parameter, Row, Scope, Value};
use crate::spectrum::{FamilyName, MAX_GROUPS, Sampling};
use crate::stream::MAX_SEED;

const ACTIVATION: Parameter<Settings> = Parameter {
    row: Row {
        key: "activation",
        label: "RF activation",
        kind: Kind::Choice(ACTIVATIONS),
        scope: Scope::COMMANDS.and(Scope::PAGE).of_all(),
        about: About::Features,
        control: Control::First,
        help: "Activation of RF; NT and NN of a quadratic target are trained with it too, but their formulas are for x²",
    },
    read: |s| Value::Choice(s.activation.name()),
    write: |s, v| s.activation = Activation::from_name(v.name()).unwrap_or_default(),
};

const PROTOCOL: Parameter<Settings> = Parameter {
    row: Row {
        key: "protocol",
        label: "Protocol",
        kind: Kind::Choice(PROTOCOLS),
        scope: Scope::TRAIN.of_all(),
        about: About::Training,
        control: Control::More,
        help: "Which parametrisation of the network is trained",
    },
    read: |s| Value::Choice(s.protocol.name()),
    write: |s, v| s.protocol = Protocol::from_name(v.name()).unwrap_or(Protocol::Theorem),
};

const PAGE_RHO: Parameter<Settings> = Parameter {
    row: Row {
        key: "rho",
        label: "ρ = N/d",
        kind: Kind::Real {
            min: MIN_PAGE_RHO,
            max: MAX_PAGE_RHO,
        },
        scope: Scope::WIDTH_PAGES.of_all(),
        about: About::Place,
        control: Control::Elsewhere,
        help: "Neurons per dimension at the handle, ρ = N/d",
    },
    read: |s| Value::Real(s.rho[0]),
    write: |s, v| s.rho = vec![v.real()],
};

/// Every parameter, in the order of help pages and of the page’s controls.
pub(super) const TABLE: &[Parameter<Settings>] = &[
    Parameter {
        row: Row {
            key: "spectrum",
            label: "Spectrum of B",
            kind: Kind::Spectrum(FamilyName::TARGETS),
            scope: Scope::ALL,
            about: About::Target,
            control: Control::First,
            help: "Eigenvalues of B: a family, family:parameter, or numbers (a diagonal, or a symmetric matrix by rows)",
        },
        read: read_form,
        write: write_form,
    },
    Parameter {
        row: Row {
            key: "delta",
            label: "Difference of the classes, Δ",
            kind: Kind::Spectrum(FamilyName::DIFFERENCES),
            scope: Scope::ALL.of(ProblemName::Mixture),
            about: About::Target,
            control: Control::First,
            help: "Δ, half the difference between the classes' covariances: a family, family:parameter, or numbers (a diagonal, or a symmetric matrix by rows)",
        },
        read: read_form,
        write: write_form,
    },
    Parameter {
        row: Row {
            key: "sigma",
            label: "Mean covariance, Σ",
            kind: Kind::Spectrum(FamilyName::COVARIANCES),
            scope: Scope::ALL.of(ProblemName::Mixture),
            about: About::Target,
            control: Control::First,
            help: "Σ, the mean of the classes' covariances: a family, family:parameter, or numbers (a diagonal, or a symmetric matrix by rows)",
        },
        read: |s| Value::Spectrum(s.sigma.clone()),
        write: |s, v| {
            if let Value::Spectrum(source) = v {
                s.sigma = source;
            }
        },
    },
    Parameter {
        row: Row {
            key: "dim",
            label: "Dimension d",
            kind: Kind::IntegerOrAuto {
                min: 1,
                max: 10_000,
            },
            scope: Scope::COMMANDS.of_all(),
            about: About::Target,
            control: Control::First,
            help: "Input dimension d; auto is that of a given matrix or given weights, else 450",
        },
        read: read_dim,
        write: write_dim,
    },
    Parameter {
        row: Row {
            key: "dim",
            label: "Dimension d",
            kind: Kind::IntegerOrAuto { min: 2, max: 500 },
            scope: Scope::PAGES.of_all(),
            about: About::Target,
            control: Control::First,
            help: "Input dimension d; auto is that of a given matrix, else 64",
        },
        read: read_dim,
        write: write_dim,
    },
    Parameter {
        row: Row {
            key: "rotation",
            label: "Rotation of Δ",
            kind: Kind::Choice(ROTATIONS),
            scope: Scope::ALL.of(ProblemName::Mixture),
            about: About::Target,
            control: Control::More,
            help: "How Δ lies to Σ",
        },
        read: |s| Value::Choice(if s.is_rotated { "random" } else { "none" }),
        write: |s, v| s.is_rotated = v.name() == "random",
    },
    Parameter {
        row: Row {
            key: "second-layer",
            label: "Second layer of NN",
            kind: Kind::Choice(SECOND_LAYERS),
            scope: Scope::TRAIN.and(Scope::PAGES).of(ProblemName::Mixture),
            about: About::Training,
            control: Control::More,
            help: "What becomes of the second layer of a trained network (NN)",
        },
        read: |s| Value::Choice(s.second_layer.name()),
        write: |s, v| {
            s.second_layer = SecondLayer::from_name(v.name()).unwrap_or(SecondLayer::Trained);
        },
    },
    Parameter {
        row: Row {
            key: "sampling",
            label: "Eigenvalues",
            kind: Kind::Choice(SAMPLINGS),
            scope: Scope::ALL.of_all(),
            about: About::Target,
            control: Control::More,
            help: "How a family that is a distribution becomes d eigenvalues",
        },
        read: |s| {
            Value::Choice(match s.spectrum.sampling {
                Sampling::Sampled => "sampled",
                Sampling::Quantile => "quantile",
            })
        },
        write: |s, v| {
            s.spectrum.sampling = if v.name() == "quantile" {
                Sampling::Quantile
            } else {
                Sampling::Sampled
            };
        },
    },
    Parameter {
        row: Row {
            key: "spectrum-seed",
            label: "Spectrum seed",
            kind: Kind::Integer {
                min: 0,
                max: MAX_SEED,
            },
            scope: Scope::ALL.of_all(),
            about: About::Target,
            control: Control::More,
            help: "Seed of a sampled spectrum and of rotations, apart from the runs' seed",
        },
        read: |s| Value::Integer(s.spectrum.seed),
        write: |s, v| s.spectrum.seed = v.integer().unwrap_or_default(),
    },
    Parameter {
        row: Row {
            key: "multipliers",
            label: "Factors of eigenvalues",
            kind: Kind::Reals {
                min: 0.0,
                max: 100.0,
                least: 0,
                most: MAX_GROUPS,
                has_ranges: false,
            },
            scope: Scope::ALL.of_all(),
            about: About::Edits,
            control: Control::Elsewhere,
            help: "Factors of equally large groups of eigenvalues (of B, or of Σ^-½ΔΣ^-½), largest first",
        },
        read: |s| Value::Reals(s.spectrum.multipliers.clone()),
        write: |s, v| s.spectrum.multipliers = v.reals(),
    },
    Parameter {
        row: Row {
            key: "axis",
            label: "Axis",
            kind: Kind::Choice(AXES),
            scope: Scope::WIDTH_PAGES.of_all(),
            about: About::View,
            control: Control::More,
            help: "The horizontal axis",
        },
        read: |s| {
            Value::Choice(match s.axis {
                Abscissa::Rho => "rho",
                Abscissa::Parameters => "parameters",
            })
        },
        write: |s, v| {
            s.axis = if v.name() == "rho" {
                Abscissa::Rho
            } else {
                Abscissa::Parameters
            }
        },
    },
    Parameter {
        row: Row {
            key: "scale",
            label: "Scale",
            kind: Kind::Choice(SCALES),
            scope: Scope::WIDTH_PAGES.of_all(),
            about: About::View,
            control: Control::More,
            help: "Scale of the horizontal axis",
        },
        read: |s| Value::Choice(if s.log_scale { "log" } else { "linear" }),
        write: |s, v| s.log_scale = v.name() == "log",
    },
    Parameter {
        row: Row {
            key: "show",
            label: "What is shown",
            kind: Kind::Choice(SHOWN),
            scope: Scope::PAGES.of_all(),
            about: About::View,
            control: Control::Elsewhere,
            help: "What is shown where results are laid over the figure",
        },
        read: |s| Value::Choice(if s.is_live { "live" } else { "results" }),
        write: |s, v| s.is_live = v.name() == "live",
    },
    Parameter {
        row: Row {
            key: "plane",
            label: "Plane of the arrows",
            kind: Kind::Ranks {
                most: MOST_PLANE_RANK,
            },
            scope: Scope::PAGE.and(Scope::LAZINESS_PAGE),
            about: About::View,
            control: Control::Elsewhere,
            help: "The two eigenvectors of B, largest eigenvalue first, in whose plane neurons are seen",
        },
        read: |s| Value::Reals(s.plane.map(|rank| rank as f64).to_vec()),
        write: |s, v| {
            if let [across, up] = v.reals()[..] {
                s.plane = [across as usize, up as usize];
            }
        },
    },
    Parameter {
        row: Row {
            key: "weights",
            label: "Covariance of RF weights, Γ",
            kind: Kind::Weights,
            scope: Scope::COMMANDS.of_all(),
            about: About::Features,
            control: Control::More,
            help: "Covariance Γ of random-feature weights: isotropic (∝ I), aligned (∝ B or Δ), best (at each ρ), or numbers",
        },
        read: |s| Value::Weights(s.weights.clone()),
        write: |s, v| {
            if let Value::Weights(weights) = v {
                s.weights = weights;
            }
        },
    },
    Parameter {
        row: Row {
            key: "mix",
            label: "RF weights",
            kind: Kind::Share {
                none: "isotropic",
                all: "aligned",
            },
            scope: Scope::COMMANDS.and(Scope::WIDTH_PAGES).of_all(),
            about: About::Features,
            control: Control::First,
            help: "Random-feature weights between isotropic (0) and aligned with B or Δ (1)",
        },
        read: |s| Value::Real(s.mix),
        write: |s, v| s.mix = v.real(),
    },
    ACTIVATION,
    Parameter {
        row: Row {
            label: "Activation σ",
            scope: Scope::ACTIVATION_PAGE,
            ..ACTIVATION.row
        },
        ..ACTIVATION
    },
    Parameter {
        row: Row {
            key: "rho",
            label: "ρ = N/d",
            kind: Kind::Reals {
                min: 1e-4,
                max: 1e6,
                least: 1,
                most: 10_000,
                has_ranges: true,
            },
            scope: Scope::RISK.and(Scope::EXACT).of_all(),
            about: About::Place,
            control: Control::Elsewhere,
            help: "Neurons per dimension, ρ = N/d: one value or several",
        },
        read: |s| Value::Reals(s.rho.clone()),
        write: |s, v| s.rho = v.reals(),
    },
    PAGE_RHO,
    // Where the width is no axis, a control of its own sets it.
    Parameter {
        row: Row {
            scope: Scope::LAZINESS_PAGE,
            control: Control::First,
            help: "Neurons per dimension, ρ = N/d",
            ..PAGE_RHO.row
        },
        ..PAGE_RHO
    },
    Parameter {
        row: Row {
            key: "laziness",
            label: "Laziness α",
            kind: Kind::Real {
                min: MIN_PAGE_LAZINESS,
                max: MAX_PAGE_LAZINESS,
            },
            scope: Scope::LAZINESS_PAGE,
            about: About::Dial,
            control: Control::Elsewhere,
            help: "Laziness α at the handle",
        },
        read: |s| Value::Real(s.laziness[0]),
        write: |s, v| s.laziness = vec![v.real()],
    },
    Parameter {
        row: Row {
            key: "laziness",
            label: "Laziness α",
            kind: Kind::Reals {
                min: 1e-12,
                max: 1e12,
                least: 0,
                most: 10_000,
                has_ranges: true,
            },
            scope: Scope::RISK.and(Scope::EXACT),
            about: About::Place,
            control: Control::Elsewhere,
            help: "Laziness α of networks that start at output 0, α(Σ⟨w,x⟩² − start): one value or several",
        },
        read: |s| Value::Reals(s.laziness.clone()),
        write: |s, v| s.laziness = v.reals(),
    },
    Parameter {
        row: Row {
            key: "laziness",
            label: "Laziness α",
            kind: Kind::RealOrAuto {
                min: 1e-3,
                max: 1e3,
            },
            scope: Scope::TRAIN,
            about: About::Training,
            control: Control::More,
            help: "Laziness α of NN: its output, which starts at 0, is α(Σ⟨w,x⟩² − start) + c; auto is NN as the protocol has it",
        },
        read: |s| {
            s.laziness
                .first()
                .map_or(Value::Auto, |&alpha| Value::Real(alpha))
        },
        write: |s, v| {
            s.laziness = match v {
                Value::Real(value) => vec![value],
                _ => Vec::new(),
            }
        },
    },
    Parameter {
        row: Row {
            key: "regime",
            label: "Regime",
            kind: Kind::Choice(REGIMES),
            scope: Scope::TRAIN.of_all(),
            about: About::Training,
            control: Control::More,
            help: "What is trained",
        },
        read: |s| Value::Choice(s.regime.name()),
        write: |s, v| s.regime = Regime::from_name(v.name()).unwrap_or(Regime::Nn),
    },
    Parameter {
        row: Row {
            key: "neurons",
            label: "Width N",
            kind: Kind::IntegerOrAuto {
                min: 1,
                max: 1_000_000,
            },
            scope: Scope::TRAIN.of_all(),
            about: About::Place,
            control: Control::More,
            help: "Width N; auto is d/2",
        },
        read: |s| s.neurons.map_or(Value::Auto, |n| Value::Integer(n as u64)),
        write: |s, v| s.neurons = v.integer().map(|n| n as usize),
    },
    Parameter {
        row: Row {
            key: "samples",
            label: "Samples of RF",
            kind: Kind::Integer {
                min: 1,
                max: 1_000_000_000_000,
            },
            scope: Scope::TRAIN.of_all(),
            about: About::Pace,
            control: Control::More,
            help: "Samples of the least-squares fit of random features; the last batch takes what is left",
        },
        read: |s| Value::Integer(s.samples),
        write: |s, v| s.samples = v.integer().unwrap_or_default(),
    },
    Parameter {
        row: Row {
            key: "seed",
            label: "Seed",
            kind: Kind::Integer {
                min: 0,
                max: MAX_SEED,
            },
            scope: Scope::ALL.of_all(),
            about: About::Training,
            control: Control::More,
            help: "Seed of weights and batches (limits have neither)",
        },
        read: |s| Value::Integer(s.seed),
        write: |s, v| s.seed = v.integer().unwrap_or_default(),
    },
    Parameter {
        row: Row {
            key: "draws",
            label: "Draws",
            kind: Kind::Integer {
                min: 1,
                max: 100_000,
            },
            scope: Scope::EXACT.of_all(),
            about: About::Features,
            control: Control::More,
            help: "Draws of weights to average over",
        },
        read: |s| Value::Integer(s.draws as u64),
        write: |s, v| s.draws = v.integer().unwrap_or(1) as usize,
    },
    Parameter {
        row: Row {
            key: "batch",
            label: "Batch",
            kind: Kind::Integer {
                min: 1,
                max: 100_000,
            },
            scope: Scope::TRAIN.and(Scope::PAGES).of_all(),
            about: About::Training,
            control: Control::More,
            help: "Fresh samples in each step",
        },
        read: |s| Value::Integer(s.batch as u64),
        write: |s, v| s.batch = v.integer().unwrap_or(1) as usize,
    },
    Parameter {
        row: Row {
            key: "steps",
            label: "Steps",
            kind: Kind::Integer {
                min: 1,
                max: 1_000_000_000,
            },
            scope: Scope::TRAIN.and(Scope::PAGES).of_all(),
            about: About::Pace,
            control: Control::More,
            help: "Steps of SGD",
        },
        read: |s| Value::Integer(s.steps),
        write: |s, v| s.steps = v.integer().unwrap_or_default(),
    },
    Parameter {
        row: Row {
            key: "step-size",
            label: "Step size ε",
            kind: Kind::RealOrAuto {
                min: 1e-12,
                max: 1e6,
            },
            scope: Scope::TRAIN.and(Scope::PAGES).of_all(),
            about: About::Step,
            control: Control::More,
            help: "Step size ε of SGD; auto is a rule that converges at every size",
        },
        read: |s| s.step_size.map_or(Value::Auto, Value::Real),
        write: |s, v| {
            s.step_size = match v {
                Value::Real(value) => Some(value),
                _ => None,
            }
        },
    },
    Parameter {
        row: Row {
            key: "step-scale",
            label: "Factor of ε",
            kind: Kind::Real {
                min: 1e-3,
                max: 1e3,
            },
            scope: Scope::TRAIN.of_all(),
            about: About::Pace,
            control: Control::More,
            help: "Factor of the step size: 0.5 is half of it, automatic or not",
        },
        read: |s| Value::Real(s.step_scale),
        write: |s, v| s.step_scale = v.real(),
    },
    Parameter {
        row: Row {
            key: "schedule",
            label: "Schedule",
            kind: Kind::Choice(SCHEDULES),
            scope: Scope::TRAIN.and(Scope::PAGES).of_all(),
            about: About::Pace,
            control: Control::More,
            help: "How the step size changes over a run",
        },
        read: |s| Value::Choice(s.schedule.name()),
        write: |s, v| s.schedule = Schedule::from_name(v.name()).unwrap_or(Schedule::Linear),
    },
    PROTOCOL,
    // The program says why it refuses the authors' for a mixture; the page need not offer it.
    Parameter {
        row: Row {
            scope: Scope::WIDTH_PAGES,
            ..PROTOCOL.row
        },
        ..PROTOCOL
    },
];

/// The last eigenvector that a plane of arrows can have.
pub const MOST_PLANE_RANK: u64 = 16;

/// Ends of the figure’s axis of ρ, with room for all widths of the paper.
pub const MIN_PAGE_RHO: f64 = 0.01;
/// See [`MIN_PAGE_RHO`].
pub const MAX_PAGE_RHO: f64 = 12.0;

/// Ends of the figure’s axis of laziness: beyond them NN and NT are reached to the eye.
pub const MIN_PAGE_LAZINESS: f64 = 0.01;
/// See [`MIN_PAGE_LAZINESS`].
pub const MAX_PAGE_LAZINESS: f64 = 100.0;

fn read_dim(settings: &Settings) -> Value {
    settings
        .dim
        .map_or(Value::Auto, |dim| Value::Integer(dim as u64))
}

#[allow(clippy::needless_pass_by_value)] // the type that rows ask for
fn write_dim(settings: &mut Settings, value: Value) {
    settings.dim = value.integer().map(|dim| dim as usize);
}

fn read_form(settings: &Settings) -> Value {
    Value::Spectrum(settings.spectrum.source.clone())
}

fn write_form(settings: &mut Settings, value: Value) {
    if let Value::Spectrum(source) = value {
        settings.spectrum.source = source;
    }
}
