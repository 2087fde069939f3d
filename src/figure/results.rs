//! Results of runs made elsewhere: what `train`, `sweep` and `figure` write, as a figure reads it.

use serde_json::{Map, Value};

use super::{FigureName, Subject};
use crate::activation::Activation;
use crate::setting::{SettingError, Settings, VERSION};
use crate::train::Regime;

/// The largest dimension whose theory is worked out while one waits.
const MAX_DIM: u64 = 1000;

/// The settings that say what is learnt; d is beside them.
const TARGET: [&str; 8] = [
    "spectrum",
    "delta",
    "sigma",
    "rotation",
    "sampling",
    "spectrum-seed",
    "multipliers",
    "mix",
];

/// Why a file cannot be laid over a figure: one sentence each.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ResultsError {
    /// JSON of something else.
    #[error("this is JSON, but not a result that lazy-limits has written: it has no “schema”")]
    Foreign,
    /// Of another version of the layout.
    #[error("this result has schema {0}, but this page reads schema {VERSION}")]
    Version(String),
    /// A result without runs.
    #[error(
        "this file has no runs: what “lazy-limits figure”, “train” and “sweep” write can be laid over a figure"
    )]
    NoRuns,
    /// Of another figure.
    #[error("this is the figure “{of}”, and cannot be laid over the figure “{over}”")]
    Figure {
        /// The file's, shortened.
        of: String,
        /// The one at hand.
        over: &'static str,
    },
    /// Of another problem.
    #[error("these runs are of the problem “{of}”, and cannot be laid over the figure “{over}”")]
    Problem {
        /// The file's, shortened.
        of: String,
        /// The one at hand.
        over: &'static str,
    },
    /// Networks of an activation that the figure has no place for.
    #[error(
        "these networks have the activation {0}: lay them over the figure “activation”, which is about that"
    )]
    Activation(Activation),
    /// A dimension that is too large, or none.
    #[error("its dimension is {0}, but must be a whole number from 2 to {MAX_DIM}")]
    Dimension(String),
    /// Its target is refused.
    #[error("its target cannot be shown: {0}")]
    Target(#[from] SettingError),
    /// A member is missing or of another shape.
    #[error("its {0} cannot be read")]
    Shape(&'static str),
    /// All diverged.
    #[error("none of its runs came to a risk")]
    Diverged,
}

/// A risk that was found elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) subject: Subject,
    pub(super) activation: Activation,
    pub(super) neurons: usize,
    pub(super) risk: f64,
    /// Of an exact mean over draws, the deviation of one; none of a trained network.
    pub(super) sd: Option<f64>,
    /// Whether it was trained to the end with a step size that decays; exact ones are.
    pub(super) is_settled: bool,
}

/// Risk against samples.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    pub(super) subject: Subject,
    pub(super) activation: Activation,
    pub(super) neurons: usize,
    pub(super) optimum: Option<f64>,
    pub(super) points: Vec<(f64, f64)>,
}

/// The results in one file, all of one target.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// Of which preset they are, if they make a figure.
    preset: String,
    /// What was learnt, as the figure's settings.
    pub(super) settings: Settings,
    pub(super) found: Vec<Found>,
    pub(super) paths: Vec<Path>,
    /// Steps and samples in each, where all have the same.
    length: Option<(u64, u64)>,
    /// Finished runs, and all, of a figure that is not complete.
    unfinished: Option<(u64, u64)>,
    /// How many runs diverged at every step size.
    diverged: usize,
    /// How many are of another target than the first, or have weights of their own.
    other: usize,
}

impl Results {
    /// Reads a figure's JSON, or records, for a figure of that name.
    ///
    /// # Errors
    /// If they are something else, or nothing that the figure can show.
    pub fn read(figure: FigureName, documents: &[Value]) -> Result<Self, ResultsError> {
        for document in documents {
            match &document["schema"] {
                Value::Number(version) if version.as_u64() == Some(VERSION) => {}
                Value::Null => return Err(ResultsError::Foreign),
                other => return Err(ResultsError::Version(shortened(other))),
            }
        }
        let first = documents.first().ok_or(ResultsError::NoRuns)?;
        let results = if let (Value::String(name), [_]) = (&first["figure"], documents) {
            if name != figure.name() {
                return Err(ResultsError::Figure {
                    of: shortened(&first["figure"]),
                    over: figure.name(),
                });
            }
            Self::of_figure(figure, first)?
        } else {
            Self::of_records(figure, documents)?
        };
        if results.found.is_empty() {
            return Err(ResultsError::Diverged);
        }
        Ok(results)
    }

    fn empty(
        figure: FigureName,
        document: &Value,
        target: &Map<String, Value>,
    ) -> Result<Self, ResultsError> {
        let scope = figure.scope();
        if document["problem"].as_str() != Some(scope.problem().name()) {
            return Err(ResultsError::Problem {
                of: shortened(&document["problem"]),
                over: figure.name(),
            });
        }
        let dim = document["dim"].as_u64();
        let dim = dim
            .filter(|dim| (2..=MAX_DIM).contains(dim))
            .ok_or_else(|| ResultsError::Dimension(shortened(&document["dim"])))?;
        let mut settings = Settings::new(scope);
        let mut wanted = Map::new();
        for key in TARGET {
            if let Some(value) = target.get(key) {
                wanted.insert(key.to_owned(), value.clone());
            }
        }
        settings.set_json(scope, &wanted)?;
        if !settings.has_given_dim() {
            settings.set_dim(dim as usize);
        }
        Ok(Self {
            preset: String::new(),
            settings,
            found: Vec::new(),
            paths: Vec::new(),
            length: None,
            unfinished: None,
            diverged: 0,
            other: 0,
        })
    }

    fn of_figure(figure: FigureName, document: &Value) -> Result<Self, ResultsError> {
        let target = document["target"]
            .as_object()
            .ok_or(ResultsError::Shape("target"))?;
        let mut results = Self::empty(figure, document, target)?;
        results.preset = text(&document["preset"]).to_owned();
        results.length = document["steps"].as_u64().zip(document["batch"].as_u64());
        if document["complete"] == Value::Bool(false) {
            let [done, all] = [0, 1].map(|index| document["runs"][index].as_u64());
            results.unfinished = done.zip(all);
        }
        for curve in list(document, "exact")? {
            for point in list(curve, "points")? {
                let found = || {
                    Some(Found {
                        neurons: count(&point["neurons"])?,
                        risk: point["mean"].as_f64()?,
                        sd: Some(point["sd"].as_f64().unwrap_or_default()),
                        is_settled: true,
                        ..Found::of(curve)?
                    })
                };
                results
                    .found
                    .push(found().ok_or(ResultsError::Shape("exact"))?);
            }
        }
        for dot in list(document, "dots")? {
            let found = || {
                Some(Found {
                    neurons: count(&dot["neurons"])?,
                    is_settled: dot["schedule"] == "linear",
                    ..Found::of(dot)?
                })
            };
            let found = found().ok_or(ResultsError::Shape("dots"))?;
            match dot["risk"].as_f64() {
                Some(risk) => results.found.push(Found { risk, ..found }),
                None => results.diverged += 1,
            }
        }
        for line in list(document, "trajectories")? {
            let path = || {
                let samples = line["samples"].as_array()?.iter();
                let points = samples.zip(line["risk"].as_array()?);
                let Found {
                    subject,
                    activation,
                    ..
                } = Found::of(line)?;
                Some(Path {
                    subject,
                    activation,
                    neurons: count(&line["neurons"])?,
                    optimum: line["optimum"].as_f64(),
                    points: points
                        .filter_map(|(samples, risk)| Some((samples.as_f64()?, risk.as_f64()?)))
                        .collect(),
                })
            };
            results
                .paths
                .push(path().ok_or(ResultsError::Shape("trajectories"))?);
        }
        Ok(results)
    }

    fn of_records(figure: FigureName, records: &[Value]) -> Result<Self, ResultsError> {
        let first = &records[0];
        let target = first["settings"].as_object().ok_or(ResultsError::NoRuns)?;
        let mut results = Self::empty(figure, first, target)?;
        let length = |record: &Value| {
            let settings = &record["settings"];
            settings["steps"]
                .as_u64()
                .zip(settings["batch"].as_u64())
                .filter(|_| settings["regime"] != "rf")
        };
        results.length = length(first).filter(|same| {
            records
                .iter()
                .all(|record| length(record).is_none_or(|other| other == *same))
        });
        for record in records {
            let settings = &record["settings"];
            let is_alike = record["problem"] == first["problem"]
                && record["dim"] == first["dim"]
                && TARGET
                    .iter()
                    .all(|key| settings[key] == first["settings"][key])
                && ["isotropic", "aligned", "best"].contains(&text(&settings["weights"]));
            if !is_alike {
                results.other += 1;
                continue;
            }
            let reports = record["risk"].as_array().ok_or(ResultsError::NoRuns)?;
            let found = || {
                Some(Found {
                    neurons: count(&record["neurons"])?,
                    is_settled: settings["regime"] != "rf"
                        && settings["schedule"] != "constant"
                        && record["interrupted"] != Value::Bool(true),
                    ..Found::of(settings)?
                })
            };
            let found = found().ok_or(ResultsError::Shape("settings"))?;
            let last = record["final"].as_f64();
            let Some(risk) = last.filter(|_| !record["diverged_at"].is_u64()) else {
                results.diverged += 1;
                continue;
            };
            results.found.push(Found { risk, ..found });
            let points: Vec<(f64, f64)> = reports
                .iter()
                .filter_map(|at| Some((at["samples"].as_f64()?, at["risk"].as_f64()?)))
                .collect();
            if points.len() > 1 {
                results.paths.push(Path {
                    subject: found.subject,
                    activation: found.activation,
                    neurons: found.neurons,
                    optimum: record["optimum"].as_f64(),
                    points,
                });
            }
        }
        Ok(results)
    }

    /// What they are, in a few words.
    pub fn label(&self) -> String {
        let whose = if self.preset == "paper" {
            "The paper’s runs"
        } else {
            "Results"
        };
        format!("{whose}, d = {}", self.settings.dim())
    }

    /// How they were made, and what the dots mean: some sentences.
    pub fn note(&self) -> String {
        let mut note = String::new();
        let mut say = |sentence: &str| {
            if !note.is_empty() {
                note.push(' ');
            }
            note.push_str(sentence);
        };
        let any = |wanted: fn(&Found) -> bool| self.found.iter().any(wanted);
        if let Some((steps, batch)) = self.length {
            say(&format!("{} steps of {batch} samples.", grouped(steps)));
        }
        if any(|found| found.sd.is_none() && !found.is_features() && !found.is_settled) {
            say("Filled: step size decaying; hollow: constant.");
        }
        match (
            any(|found| found.sd.is_some()),
            any(|found| found.sd.is_none() && found.is_features()),
        ) {
            (true, true) => say("RF: exact, mean ± sd; hollow: least squares."),
            (true, false) => say("RF: exact, mean ± sd."),
            (false, true) => say("RF: least squares."),
            (false, false) => {}
        }
        if let Some((done, all)) = self.unfinished {
            say(&format!("{done} of {all} runs are finished."));
        }
        if self.diverged > 0 {
            say(&format!("{} diverged.", networks(self.diverged)));
        }
        if self.other > 0 {
            say(&format!(
                "{} of another target left out.",
                networks(self.other)
            ));
        }
        note
    }

    /// The width of all of them, if it is one.
    pub(super) fn only_width(&self) -> Option<usize> {
        let first = self.found.first()?.neurons;
        let same = self.found.iter().all(|found| found.neurons == first);
        same.then_some(first)
    }
}

impl Found {
    /// One whose object names regime, weights and activation.
    fn of(object: &Value) -> Option<Self> {
        let regime = Regime::from_name(text(&object["regime"]))?;
        let subject = match (regime, text(&object["weights"])) {
            (Regime::Rf, "aligned") => Subject::RfAligned,
            (Regime::Rf, "best") => Subject::RfBest,
            (regime, _) => regime.into(),
        };
        Some(Self {
            subject,
            activation: Activation::from_name(text(&object["activation"]))?,
            neurons: 0,
            risk: 0.0,
            sd: None,
            is_settled: false,
        })
    }

    /// Whether it is of random features.
    pub(super) fn is_features(&self) -> bool {
        !matches!(self.subject, Subject::Nt | Subject::Nn)
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn count(value: &Value) -> Option<usize> {
    value
        .as_u64()
        .filter(|&count| count > 0)
        .map(|count| count as usize)
}

fn list<'a>(object: &'a Value, name: &'static str) -> Result<&'a [Value], ResultsError> {
    object[name]
        .as_array()
        .map(Vec::as_slice)
        .ok_or(ResultsError::Shape(name))
}

/// A value cut to a length that fits a sentence.
fn shortened(value: &Value) -> String {
    match value {
        Value::String(text) => text.chars().take(40).collect(),
        Value::Number(number) => number.to_string(),
        _ => "missing".to_owned(),
    }
}

fn networks(number: usize) -> String {
    match number {
        1 => "1 run".to_owned(),
        _ => format!("{number} runs"),
    }
}

/// A number with its thousands set apart.
fn grouped(number: u64) -> String {
    if number < 10_000 {
        number.to_string()
    } else {
        format!("{}\u{202f}{:03}", number / 1000, number % 1000)
    }
}
