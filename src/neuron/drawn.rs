//! Exact risks of random features as runs of plans: each step is one draw of features.

use super::exact::{FeatureKind, MeanAndSd, NestedFeatures, bytes};
use super::exact::{random_directions, target_directions};
use super::problem::SingleNeuron;
use crate::experiment::sweep::Work;
use crate::experiment::{ExperimentError, Measure, Outline, Plan, RunKind, StepFunction};
use crate::setting::{About, Choice, Kind, Parameter, Parameters, Row, Scope, Value};
use crate::stream::MAX_SEED;

/// Numbers of neurons of which a run tells, and its measures: for each of them the mean risk over directions of the target,
/// the standard deviation of the risk over these, and the mean of `r·max|u_i|`.
macro_rules! of_widths {
    ($($width:literal)*) => {
        const WIDTHS: [usize; COUNT] = [$($width),*];
        const MEASURES: [Measure; 3 * COUNT] = [
            $(Measure { key: concat!("risk_", $width), name: concat!("risk of ", $width, " neurons") },)*
            $(Measure { key: concat!("sd_", $width), name: concat!("sd over directions of ", $width, " neurons") },)*
            $(Measure { key: concat!("size_", $width), name: concat!("r·max|u| of ", $width, " neurons") },)*
        ];
    };
}

/// How many widths there are.
const COUNT: usize = 14;

of_widths! { 1 2 4 8 16 32 64 128 256 512 1024 2048 4096 8192 }

/// Draws of random features, exactly solved. Risks are over `E y²`.
pub static RANDOM_NEURONS: RunKind = RunKind {
    outline: |plan, _| Ok(outline(&settings(plan)?)),
    ..RunKind::of_function::<RandomNeurons>(
        "random-neurons",
        "Exact risks of random neurons, draw by draw",
        &MEASURES,
    )
};

/// What the neurons bring.
const RELU: Choice = Choice::new("rf", "ReLU of random neurons");
const TANGENT: Choice = Choice::new("nt", "what they change by with their weights");

/// Settings of such runs: the target is of norm 1, as risks do not depend on it.
#[derive(Clone, Debug, PartialEq)]
pub struct RandomNeurons {
    scope: Scope,
    /// Input dimension d.
    pub dim: usize,
    /// The target's bias over its norm.
    pub bias: f64,
    /// What neurons bring: RF or NT; in both the constant is a feature too.
    pub regime: FeatureKind,
    /// Largest number of neurons. Told are 1, 2, 4, … of them.
    pub features: usize,
    /// Draws of neurons: steps of the run.
    pub draws: u64,
    /// Directions of the target for each of them.
    pub directions: usize,
    /// Seed of all.
    pub seed: u64,
}

/// What a draw has found of so many neurons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskOfDraw {
    /// How many neurons.
    pub neurons: usize,
    /// The mean risk over directions of the target.
    pub mean: f64,
    /// Its standard deviation over them; none of one direction.
    pub sd: Option<f64>,
    /// The mean over directions of `r·max|u_i|` for the best combination Σ u_i relu(⟨w_i,x⟩), ‖w_i‖ = 1; none for NT.
    pub size: Option<f64>,
}

impl RandomNeurons {
    /// The numbers of neurons of which a run tells, upwards.
    pub fn widths(&self) -> impl Iterator<Item = usize> {
        let most = self.features;
        WIDTHS.into_iter().take_while(move |width| *width <= most)
    }

    /// What the record of a run has after each draw, as far as the risk is known.
    pub fn read(&self, record: &serde_json::Value) -> Vec<Vec<RiskOfDraw>> {
        let value = |key: &str, neurons: usize, draw: usize| {
            record[format!("{key}_{neurons}")][draw].as_f64()
        };
        let draws = record["steps"].as_array().map_or(0, Vec::len);
        let of_draw = |draw: usize| {
            let known = self.widths().filter_map(|neurons| {
                Some(RiskOfDraw {
                    neurons,
                    mean: value("risk", neurons, draw)?,
                    sd: value("sd", neurons, draw),
                    size: value("size", neurons, draw),
                })
            });
            known.collect()
        };
        (0..draws).map(of_draw).collect()
    }

    /// One draw: a value for each number of neurons whose risk is known.
    fn draw(&self, draw: u64) -> Vec<Option<RiskOfDraw>> {
        let target = SingleNeuron {
            norm: 1.0,
            bias: self.bias,
        };
        let widest = self.widths().last().unwrap_or(1);
        let weights = random_directions(self.seed, draw, self.dim, widest);
        let targets = target_directions(self.seed, draw, self.dim, self.directions);
        // What is drawn has directions.
        let Ok(features) = NestedFeatures::new(weights, self.regime, true) else {
            return Vec::new();
        };
        let Ok(fit) = features.fit(&target, &targets) else {
            return Vec::new();
        };
        let of = |neurons: usize| {
            let mut risks = Vec::with_capacity(self.directions);
            let mut sizes = Vec::new();
            for direction in 0..self.directions {
                match self.regime {
                    FeatureKind::Relu => {
                        let (risk, size) = fit.risk_and_size(neurons, direction).ok()?;
                        risks.push(risk);
                        sizes.push(size);
                    }
                    FeatureKind::Tangent => risks.push(fit.risk(neurons, direction).ok()?),
                }
            }
            let MeanAndSd { mean, sd } = MeanAndSd::of(&risks)?;
            let size = MeanAndSd::of(&sizes).map(|sizes| sizes.mean);
            Some(RiskOfDraw {
                neurons,
                mean,
                sd,
                size,
            })
        };
        self.widths().map(of).collect()
    }
}

impl StepFunction for RandomNeurons {
    fn steps(&self) -> u64 {
        self.draws
    }

    fn report(&self, step: u64) -> Vec<Option<f64>> {
        let mut found = self.draw(step - 1);
        found.resize(COUNT, None);
        let each =
            |of: fn(RiskOfDraw) -> Option<f64>| found.iter().map(move |one| one.and_then(of));
        each(|one| Some(one.mean))
            .chain(each(|one| one.sd))
            .chain(each(|one| one.size))
            .collect()
    }
}

fn settings(plan: &Plan) -> Result<RandomNeurons, ExperimentError> {
    Ok(RandomNeurons::from_json(Scope::TRAIN, plan.settings())?)
}

/// What one entry of a Gram matrix takes, an arc cosine and a root, in multiplications; and one of the moments with a target
/// that has a bias, Owen's function.
const ENTRY: f64 = 100.0;
const OWEN: f64 = 500.0;

/// Each direction is solved for at each width, past all of the factor: memory is slower than products, by so much.
const PASS: f64 = 4.0;

fn outline(settings: &RandomNeurons) -> Outline {
    let (d, m) = (settings.dim as f64, settings.directions as f64);
    let neurons = settings.widths().last().unwrap_or(1);
    let (r, words, tangent) = match settings.regime {
        FeatureKind::Relu => (neurons as f64, "random neurons", 0),
        FeatureKind::Tangent => (neurons as f64 * d, "tangent neurons", neurons),
    };
    // In double precision a product counts twice.
    let solve = 2.0 * (r.powi(3) / 3.0 + r * r * (d + m) / 2.0);
    let entries = ENTRY * (neurons as f64).powi(2) / 2.0 + OWEN * neurons as f64 * m;
    // Widths half as large each: 1 + 1/4 + … passes.
    let passes = PASS * m * r * r * 4.0 / 3.0;
    let work = Work {
        step: solve + entries + passes,
        steps: settings.draws as f64,
        ..Work::default()
    };
    let relu = neurons as f64 * f64::from(u8::from(tangent == 0));
    let regime = settings.regime_choice();
    Outline {
        bytes: bytes(settings.dim, relu, tangent, settings.directions),
        words: format!("a run of {neurons} {words} at d = {} needs", settings.dim).into(),
        pace: format!("{regime} {neurons}").into(),
        ..Outline::of(work)
    }
}

impl RandomNeurons {
    fn regime_choice(&self) -> &'static str {
        match self.regime {
            FeatureKind::Relu => RELU.name,
            FeatureKind::Tangent => TANGENT.name,
        }
    }
}

const fn row(
    key: &'static str,
    label: &'static str,
    kind: Kind,
    about: About,
    help: &'static str,
) -> Row {
    Row::new(key, label, kind, Scope::TRAIN, about, help)
}

impl Parameters for RandomNeurons {
    const TABLE: &'static [Parameter<Self>] = &[
        Parameter {
            row: row(
                "dim",
                "Dimension d",
                Kind::Integer { min: 2, max: 1000 },
                About::Target,
                "Input dimension d",
            ),
            read: |s| Value::Integer(s.dim as u64),
            write: |s, v| s.dim = v.integer().unwrap_or(2) as usize,
        },
        Parameter {
            row: row(
                "bias",
                "Bias b",
                Kind::Real {
                    min: -30.0,
                    max: 1e6,
                },
                About::Target,
                "Bias of the target, of norm 1",
            ),
            read: |s| Value::Real(s.bias),
            write: |s, v| s.bias = v.real(),
        },
        Parameter {
            row: row(
                "regime",
                "Regime",
                Kind::Choice(&[RELU, TANGENT]),
                About::Features,
                "What the neurons bring",
            ),
            read: |s| Value::Choice(s.regime_choice()),
            write: |s, v| {
                s.regime = if v.name() == TANGENT.name {
                    FeatureKind::Tangent
                } else {
                    FeatureKind::Relu
                };
            },
        },
        Parameter {
            row: row(
                "features",
                "Features r",
                Kind::Integer {
                    min: 1,
                    max: WIDTHS[COUNT - 1] as u64,
                },
                About::Features,
                "Largest number of neurons; 1, 2, 4, … of them are told",
            ),
            read: |s| Value::Integer(s.features as u64),
            write: |s, v| s.features = v.integer().unwrap_or(1) as usize,
        },
        Parameter {
            row: row(
                "draws",
                "Draws",
                Kind::Integer { min: 1, max: 1000 },
                About::Pace,
                "Draws of neurons",
            ),
            read: |s| Value::Integer(s.draws),
            write: |s, v| s.draws = v.integer().unwrap_or(1),
        },
        Parameter {
            row: row(
                "directions",
                "Directions",
                Kind::Integer { min: 1, max: 4096 },
                About::Target,
                "Directions of the target for each draw",
            ),
            read: |s| Value::Integer(s.directions as u64),
            write: |s, v| s.directions = v.integer().unwrap_or(1) as usize,
        },
        Parameter {
            row: row(
                "seed",
                "Seed",
                Kind::Integer {
                    min: 0,
                    max: MAX_SEED,
                },
                About::Training,
                "Seed of neurons and directions",
            ),
            read: |s| Value::Integer(s.seed),
            write: |s, v| s.seed = v.integer().unwrap_or(1),
        },
    ];

    fn new(scope: Scope) -> Self {
        Self {
            scope,
            dim: 20,
            bias: 0.0,
            regime: FeatureKind::Relu,
            features: 256,
            draws: 10,
            directions: 64,
            seed: 1,
        }
    }

    fn scope(&self) -> Scope {
        self.scope
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, Value as Json, json};

    fn plan(settings: Json) -> Result<Plan, ExperimentError> {
        let Json::Object(settings) = settings else {
            panic!("an object")
        };
        Plan::new(&RANDOM_NEURONS, &settings)
    }

    #[test]
    fn a_run_tells_what_the_solver_finds() {
        for regime in ["rf", "nt"] {
            let plan = plan(
                json!({"dim": 6, "bias": 0.5, "features": 20, "draws": 2, "directions": 3, "regime": regime}),
            );
            let plan = plan.unwrap();
            let mut run = plan.begin().unwrap();
            while !run.is_finished() {
                run.advance(1);
            }
            let record: Json = serde_json::from_str(&run.record(true)).unwrap();
            let settings = settings(&plan).unwrap();
            let read = settings.read(&record);
            assert_eq!(read.len(), 2);
            let neurons: Vec<usize> = read[1].iter().map(|one| one.neurons).collect();
            assert_eq!(neurons, [1, 2, 4, 8, 16]);
            assert!(
                record["risk_32"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(Json::is_null)
            );
            let weights = random_directions(1, 1, 6, 16);
            let features = NestedFeatures::new(weights, settings.regime, true).unwrap();
            let target = SingleNeuron {
                norm: 1.0,
                bias: 0.5,
            };
            let fit = features
                .fit(&target, &target_directions(1, 1, 6, 3))
                .unwrap();
            for one in &read[1] {
                let found = fit.mean_risk(one.neurons).unwrap().unwrap();
                assert_eq!((one.mean, one.sd), (found.mean, found.sd));
                assert_eq!(one.size.is_some(), regime == "rf");
            }
        }
    }

    #[test]
    fn memory_and_work_follow_the_matrix() {
        let outline = |settings: Json| outline(&settings_of(settings));
        let small = outline(json!({"features": 1024}));
        let large = outline(json!({"features": 4096}));
        let tangent = outline(json!({"features": 256, "regime": "nt"}));
        // A matrix of 4096² numbers in double precision, and not ten of them.
        let matrix = 8.0 * 4096.0_f64.powi(2);
        assert!(
            (matrix..2.0 * matrix).contains(&large.bytes),
            "{}",
            large.bytes
        );
        assert!(large.bytes > 10.0 * small.bytes);
        assert!(large.work.step > 20.0 * small.work.step);
        // 256 neurons of NT at d = 20 are 5120 features.
        assert!(tangent.bytes > large.bytes && tangent.work.step > large.work.step);
        assert_eq!(
            &*tangent.words,
            "a run of 256 tangent neurons at d = 20 needs"
        );
    }

    fn settings_of(object: Json) -> RandomNeurons {
        settings(&plan(object).unwrap()).unwrap()
    }

    #[test]
    fn what_cannot_be_drawn_is_refused_in_words() {
        for (key, value, words) in [
            (
                "features",
                json!(8193),
                "features is “8193”, but must be a whole number from 1 to 8192",
            ),
            ("dim", json!(1), "dim is “1”"),
            ("bias", json!(-40), "bias is “-40”"),
            ("regime", json!("nn"), "regime is “nn”"),
            ("draws", json!(0), "draws is “0”"),
        ] {
            let settings = Map::from_iter([(key.to_owned(), value)]);
            let refused = Plan::new(&RANDOM_NEURONS, &settings).unwrap_err();
            assert!(refused.to_string().contains(words), "{refused}");
        }
    }
}
