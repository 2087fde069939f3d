//! The parameters of this part.

use crate::setting::{About, Choice, Control, Kind, Parameter, Parameters, Row, Scope, Value};
use crate::stream::MAX_SEED;

/// Every parameter with its value; start from [`Parameters::new`] and [`Parameters::set`] some.
#[derive(Clone, Debug, PartialEq)]
pub struct NeuronSettings {
    scope: Scope,
    /// Input dimension d: any real number where a formula has one, else a whole one.
    pub dim: f64,
    /// The length of the target's weights, `‖w*‖ = s` of `y = relu(s⟨w*,x⟩ + b)`.
    pub norm: f64,
    /// The target's bias b.
    pub bias: f64,
    /// Numbers of features r; one on the page.
    pub features: Vec<f64>,
    /// Whether the constant is a feature too.
    pub has_constant: bool,
    /// The risk for which features are counted, if it was asked for.
    pub risk: Option<f64>,
    /// The linear target's number of features over d, on the page.
    pub ratio: f64,
    /// Draws of random features to average over.
    pub draws: usize,
    /// Directions of the target to average over.
    pub directions: usize,
    /// Seed of weights, directions and samples.
    pub seed: u64,
    /// Steps of SGD.
    pub steps: u64,
    /// Step size.
    pub step_size: f64,
    /// Samples a step.
    pub batch: usize,
}

/// The least and the largest dimension of formulas.
pub const DIMS: (f64, f64) = (2.0, 1000.0);

/// The same on the page.
pub const PAGE_DIMS: (f64, f64) = (2.0, 60.0);

/// The largest norm of the target on the page, d² of the largest dimension there.
pub const MAX_PAGE_NORM: f64 = 3600.0;

/// The largest number of features at the page's cursor.
pub const MAX_PAGE_FEATURES: f64 = 1e12;

const YES: Choice = Choice::new("yes", "the constant is a feature too");
const NO: Choice = Choice::new("no", "only the neurons are features");

/// Scopes of commands, by the problem that they are about.
impl NeuronSettings {
    /// Bits of [`Scope::with_problems`].
    const NEURON: u8 = 1;
    const WAVE: u8 = 2;
    const LINEAR: u8 = 4;

    /// `lazy-limits risk neuron`.
    pub const RISK: Scope = Scope::RISK.with_problems(Self::NEURON);
    /// `lazy-limits exact neuron`.
    pub const EXACT: Scope = Scope::EXACT.with_problems(Self::NEURON);
    /// `lazy-limits train neuron`, and plans.
    pub const TRAIN: Scope = Scope::TRAIN.with_problems(Self::NEURON);
    /// `lazy-limits risk wave`.
    pub const RISK_OF_WAVE: Scope = Scope::RISK.with_problems(Self::WAVE);
    /// `lazy-limits risk linear`.
    pub const RISK_OF_LINEAR: Scope = Scope::RISK.with_problems(Self::LINEAR);
    /// The figure.
    pub const FIGURE: Scope = Scope::PAGE.with_problems(Self::NEURON);
}

const fn all(place: Scope) -> Scope {
    place.with_problems(NeuronSettings::NEURON | NeuronSettings::WAVE | NeuronSettings::LINEAR)
}

const DIM: Row = Row::new(
    "dim",
    "Dimension d",
    Kind::Real {
        min: DIMS.0,
        max: DIMS.1,
    },
    all(Scope::RISK),
    About::Target,
    "Input dimension d; formulas know dimensions between the whole ones too",
);

const NORM: Row = Row::new(
    "norm",
    "Norm s",
    Kind::Real {
        min: 1e-6,
        max: 1e6,
    },
    Scope::RISK
        .and(Scope::EXACT)
        .and(Scope::TRAIN)
        .with_problems(NeuronSettings::NEURON | NeuronSettings::WAVE),
    About::Target,
    "Length of the target's weights, s in relu(s⟨w*,x⟩ + b) and in ψ(s⟨w*,x⟩)",
);

const BIAS: Row = Row::new(
    "bias",
    "Bias b",
    Kind::Real {
        min: -1e6,
        max: 1e6,
    },
    Scope::RISK
        .and(Scope::EXACT)
        .and(Scope::TRAIN)
        .with_problems(NeuronSettings::NEURON),
    About::Target,
    "Bias of the target, b in relu(s⟨w*,x⟩ + b)",
);

const FEATURES: Row = Row::new(
    "features",
    "Features r",
    Kind::Reals {
        min: 1.0,
        max: 1e30,
        least: 1,
        most: 1000,
        has_ranges: true,
    },
    all(Scope::RISK).and(Scope::EXACT),
    About::Place,
    "Numbers of features r; of NT, of neurons",
);

impl Parameters for NeuronSettings {
    const TABLE: &'static [Parameter<Self>] = &[
        Parameter {
            row: DIM,
            read: |s| Value::Real(s.dim),
            write: |s, v| s.dim = v.real(),
        },
        Parameter {
            row: Row {
                kind: Kind::Real {
                    min: PAGE_DIMS.0,
                    max: PAGE_DIMS.1,
                },
                scope: NeuronSettings::FIGURE,
                help: "Input dimension d: lines know dimensions between the whole ones, dots are of the nearest whole one",
                ..DIM
            },
            read: |s| Value::Real(s.dim),
            write: |s, v| s.dim = v.real(),
        },
        Parameter {
            row: Row {
                kind: Kind::Integer { min: 2, max: 1000 },
                scope: NeuronSettings::EXACT.and(NeuronSettings::TRAIN),
                help: "Input dimension d",
                ..DIM
            },
            read: |s| Value::Integer(s.dim as u64),
            write: |s, v| s.dim = v.integer().unwrap_or(2) as f64,
        },
        Parameter {
            row: NORM,
            read: |s| Value::Real(s.norm),
            write: |s, v| s.norm = v.real(),
        },
        Parameter {
            row: Row {
                kind: Kind::Real {
                    min: 1.0,
                    max: MAX_PAGE_NORM,
                },
                scope: NeuronSettings::FIGURE,
                ..NORM
            },
            read: |s| Value::Real(s.norm),
            write: |s, v| s.norm = v.real(),
        },
        Parameter {
            row: BIAS,
            read: |s| Value::Real(s.bias),
            write: |s, v| s.bias = v.real(),
        },
        Parameter {
            row: Row {
                kind: Kind::Real {
                    min: -2.0,
                    max: 2.0,
                },
                scope: NeuronSettings::FIGURE,
                ..BIAS
            },
            read: |s| Value::Real(s.bias),
            write: |s, v| s.bias = v.real(),
        },
        Parameter {
            row: FEATURES,
            read: |s| Value::Reals(s.features.clone()),
            write: |s, v| s.features = v.reals(),
        },
        Parameter {
            row: Row {
                kind: Kind::Real {
                    min: 1.0,
                    max: MAX_PAGE_FEATURES,
                },
                scope: NeuronSettings::FIGURE,
                control: Control::Elsewhere,
                help: "Features r at the handle",
                ..FEATURES
            },
            read: |s| Value::Real(s.features[0]),
            write: |s, v| s.features = vec![v.real()],
        },
        Parameter {
            row: Row::new(
                "constant",
                "Constant",
                Kind::Choice(&[YES, NO]),
                NeuronSettings::RISK.and(NeuronSettings::EXACT),
                About::Features,
                "Whether the constant is a feature too",
            ),
            read: |s| Value::Choice(if s.has_constant { YES.name } else { NO.name }),
            write: |s, v| s.has_constant = v.name() == YES.name,
        },
        Parameter {
            row: Row::new(
                "risk",
                "Risk",
                Kind::RealOrAuto {
                    min: 1e-12,
                    max: 1.0,
                },
                NeuronSettings::RISK,
                About::Place,
                "Also how many features have this risk, over that of answering 0; auto asks for none",
            ),
            read: |s| s.risk.map_or(Value::Auto, Value::Real),
            write: |s, v| {
                s.risk = match v {
                    Value::Real(risk) => Some(risk),
                    _ => None,
                }
            },
        },
        Parameter {
            row: Row {
                control: Control::Elsewhere,
                ..Row::new(
                    "ratio",
                    "Features per dimension r/d",
                    Kind::Share {
                        none: "no feature",
                        all: "as many as dimensions",
                    },
                    NeuronSettings::FIGURE,
                    About::Dial,
                    "Random directions over dimensions, r/d, for the linear target",
                )
            },
            read: |s| Value::Real(s.ratio),
            write: |s, v| s.ratio = v.real(),
        },
        Parameter {
            row: Row::new(
                "draws",
                "Draws",
                Kind::Integer { min: 1, max: 1000 },
                NeuronSettings::EXACT,
                About::Features,
                "Draws of random features to average over",
            ),
            read: |s| Value::Integer(s.draws as u64),
            write: |s, v| s.draws = v.integer().unwrap_or(1) as usize,
        },
        Parameter {
            row: Row::new(
                "directions",
                "Directions",
                Kind::Integer { min: 1, max: 4096 },
                NeuronSettings::EXACT,
                About::Target,
                "Directions of the target to average over, for each draw",
            ),
            read: |s| Value::Integer(s.directions as u64),
            write: |s, v| s.directions = v.integer().unwrap_or(1) as usize,
        },
        Parameter {
            row: Row::new(
                "steps",
                "Steps",
                Kind::Integer {
                    min: 1,
                    max: 1_000_000,
                },
                NeuronSettings::TRAIN,
                About::Pace,
                "Steps of SGD",
            ),
            read: |s| Value::Integer(s.steps),
            write: |s, v| s.steps = v.integer().unwrap_or(1),
        },
        Parameter {
            row: Row::new(
                "step-size",
                "Step size",
                Kind::Real {
                    min: 1e-9,
                    max: 10.0,
                },
                NeuronSettings::TRAIN,
                About::Step,
                "Step size η: w loses η times the mean gradient of (f − y)²",
            ),
            read: |s| Value::Real(s.step_size),
            write: |s, v| s.step_size = v.real(),
        },
        Parameter {
            row: Row::new(
                "batch",
                "Batch",
                Kind::Integer {
                    min: 1,
                    max: 10_000,
                },
                NeuronSettings::TRAIN,
                About::Pace,
                "Samples of a step",
            ),
            read: |s| Value::Integer(s.batch as u64),
            write: |s, v| s.batch = v.integer().unwrap_or(1) as usize,
        },
        Parameter {
            row: Row {
                control: Control::More,
                ..Row::new(
                    "seed",
                    "Seed",
                    Kind::Integer {
                        min: 0,
                        max: MAX_SEED,
                    },
                    NeuronSettings::EXACT
                        .and(NeuronSettings::TRAIN)
                        .and(NeuronSettings::FIGURE),
                    About::Training,
                    "Seed of random features, directions and samples",
                )
            },
            read: |s| Value::Integer(s.seed),
            write: |s, v| s.seed = v.integer().unwrap_or(1),
        },
    ];

    fn new(scope: Scope) -> Self {
        let features = match () {
            () if scope.contains(Self::FIGURE) => vec![1000.0],
            () if scope.contains(Self::RISK_OF_WAVE) => vec![1.0],
            () if scope.contains(Self::RISK_OF_LINEAR) => vec![1.0, 2.0, 5.0, 10.0, 15.0],
            () if scope.contains(Self::EXACT) => (0..=8).map(|k| f64::from(1 << k)).collect(),
            () => (0..=6).map(|k| 10_f64.powi(k)).collect(),
        };
        Self {
            scope,
            dim: 20.0,
            norm: 1.0,
            bias: 0.0,
            features,
            has_constant: true,
            risk: None,
            ratio: 0.5,
            draws: 10,
            directions: 64,
            seed: 1,
            steps: 400,
            step_size: 0.1,
            batch: 100,
        }
    }

    fn scope(&self) -> Scope {
        self.scope
    }
}
