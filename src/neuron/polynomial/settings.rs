//! What can be set.

use crate::setting::{About, Choice, Control, Kind, Parameter, Parameters, Row, Scope, Value};
use crate::stream::MAX_SEED;

/// The polynomial P of which a label is the sign, `y = sign P(x)`, 1 at 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `x₁x₂`.
    Product,
    /// `x₁² − x₂² + x₃`.
    Saddle,
}

impl Sign {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Product, Self::Saddle];

    /// The name in settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Product => "x1x2",
            Self::Saddle => "x1^2-x2^2+x3",
        }
    }

    /// The label of an input of at least three numbers.
    ///
    /// # Panics
    /// If there are fewer.
    pub fn label(self, x: &[f32]) -> f64 {
        let [x1, x2, x3] = [x[0], x[1], x[2]].map(f64::from);
        let value = match self {
            Self::Product => x1 * x2,
            Self::Saddle => x1 * x1 - x2 * x2 + x3,
        };
        if value < 0.0 { -1.0 } else { 1.0 }
    }
}

/// What is trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layers {
    /// All weights.
    All,
    /// The output layer: random features.
    Output,
}

impl Layers {
    /// Both.
    pub const ALL: [Self; 2] = [Self::All, Self::Output];

    /// The name in settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Output => "output",
        }
    }
}

/// Every parameter with its value; start from [`Parameters::new`] and [`Parameters::set`] some.
#[derive(Clone, Debug, PartialEq)]
pub struct PolynomialSettings {
    scope: Scope,
    /// Whose sign is learnt.
    pub polynomial: Sign,
    /// Neurons r.
    pub features: usize,
    /// What is trained.
    pub layers: Layers,
    /// Steps of SGD.
    pub steps: u64,
    /// Samples a step.
    pub batch: usize,
    /// Seed of weights and samples.
    pub seed: u64,
}

impl Parameters for PolynomialSettings {
    const TABLE: &'static [Parameter<Self>] = &[
        Parameter {
            row: Row::new(
                "polynomial",
                "Polynomial P",
                Kind::Choice(&[
                    Choice::new(Sign::Product.name(), "the product of two inputs"),
                    Choice::new(Sign::Saddle.name(), "a saddle with a slope"),
                ]),
                Scope::TRAIN,
                About::Target,
                "The polynomial whose sign is learnt",
            ),
            read: |s| Value::Choice(s.polynomial.name()),
            write: |s, v| {
                let mut all = Sign::ALL.into_iter();
                s.polynomial = all
                    .find(|one| one.name() == v.name())
                    .unwrap_or(Sign::Product);
            },
        },
        Parameter {
            row: Row::new(
                "features",
                "Features r",
                Kind::Integer {
                    min: 1,
                    max: 100_000,
                },
                Scope::TRAIN,
                About::Training,
                "Neurons r",
            ),
            read: |s| Value::Integer(s.features as u64),
            write: |s, v| s.features = v.integer().unwrap_or(1) as usize,
        },
        Parameter {
            row: Row::new(
                "layers",
                "Layers",
                Kind::Choice(&[
                    Choice::new(Layers::All.name(), "all weights are trained"),
                    Choice::new(
                        Layers::Output.name(),
                        "only the output layer is: random features",
                    ),
                ]),
                Scope::TRAIN,
                About::Training,
                "What is trained",
            ),
            read: |s| Value::Choice(s.layers.name()),
            write: |s, v| {
                let mut all = Layers::ALL.into_iter();
                s.layers = all
                    .find(|one| one.name() == v.name())
                    .unwrap_or(Layers::All);
            },
        },
        Parameter {
            row: Row::new(
                "steps",
                "Steps",
                Kind::Integer {
                    min: 1,
                    max: 1_000_000,
                },
                Scope::TRAIN,
                About::Pace,
                "Steps of SGD",
            ),
            read: |s| Value::Integer(s.steps),
            write: |s, v| s.steps = v.integer().unwrap_or(1),
        },
        Parameter {
            row: Row::new(
                "batch",
                "Batch",
                Kind::Integer {
                    min: 1,
                    max: 10_000,
                },
                Scope::TRAIN,
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
                    Scope::TRAIN,
                    About::Training,
                    "Seed of weights and samples",
                )
            },
            read: |s| Value::Integer(s.seed),
            write: |s, v| s.seed = v.integer().unwrap_or(1),
        },
    ];

    fn new(scope: Scope) -> Self {
        Self {
            scope,
            polynomial: Sign::Product,
            features: 80,
            layers: Layers::All,
            steps: 8000,
            batch: 32,
            seed: 1,
        }
    }

    fn scope(&self) -> Scope {
        self.scope
    }
}
