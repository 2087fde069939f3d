//! From arguments to settings.

use std::ffi::OsStr;
use std::path::Path;

use crate::cli::arguments::given;
use crate::cli::failure::{Failure, refusal};
use crate::cli::file::{InputFile, SYMMETRIZE, symmetrize_hint, with_notes};
use crate::cli::input::{set, text};
use crate::cli::{hint, note};
use crate::experiment::ExperimentError;
use crate::lazy::problem::{Problem, Rounding, Target, WeightCovariance};
use crate::lazy::setting::{ProblemName, Settings};
use crate::lazy::training::memory;
use crate::linalg::Symmetric;
use crate::numbers::{Rows, Shape, Understood, digits};
use crate::runner::require;
use crate::setting::{Kind, Parameters, Row, Scope, SettingError, Value, Weights};
use crate::spectrum;
use clap::ArgMatches;
use nalgebra::DMatrix;

use super::{Task, problems_of};

/// Parameters that mean nothing where the network is given.
pub(super) const NOT_OF_A_NETWORK: [&str; 4] = ["rho", "weights", "mix", "draws"];

/// Parameters of random features, which mean nothing where a laziness is asked for.
pub(super) const NOT_OF_LAZINESS: [&str; 3] = ["weights", "mix", "activation"];

/// What a command is asked.
pub(super) struct Input<'a> {
    pub(super) settings: Settings,
    /// The values of ρ, by option or by default.
    pub(super) is_rho_given: bool,
    pub(super) problem: Problem,
    pub(super) covariance: WeightCovariance,
    /// The network to judge.
    pub(super) network: Option<GivenNetwork<'a>>,
    /// What is to be said about the numbers given.
    pub(super) notes: Notes,
}

/// What is to be said on standard error about the numbers that were given, once they are accepted.
#[derive(Default)]
pub(super) struct Notes(Vec<String>);

impl Notes {
    pub(super) fn say(&self) {
        for text in &self.0 {
            note(text);
        }
    }
}

/// A network from a file.
pub(super) struct GivenNetwork<'a> {
    pub(super) source: InputFile<'a>,
    /// Its weights, `d×N` in working coordinates.
    pub(super) w: DMatrix<f64>,
}

impl<'a> Input<'a> {
    pub(super) fn read(scope: Scope, matches: &'a ArgMatches) -> Result<Self, Failure> {
        let Given {
            mut settings,
            files,
            mut notes,
        } = given_settings(scope, matches)?;
        let network = match given(matches, "network") {
            Some(path) => {
                let source = InputFile::new("network", path);
                let (w, note) = source.network()?;
                notes.0.push(note);
                check_dim(&mut settings, &files, &source, w.nrows())?;
                Some((w, source))
            }
            None => None,
        };
        require(
            || memory::target_in_words(&settings),
            memory::of_target(&settings),
        )?;
        let problem = settings.problem().map_err(|error| files.refusal(&error))?;
        let covariance = settings.covariance(&problem);
        let covariance = covariance.map_err(|error| files.refusal(&error))?;
        note_rounding(&settings, &problem, &mut notes);
        if !settings.laziness.is_empty() {
            for key in NOT_OF_LAZINESS {
                if given(matches, key).is_some() {
                    let note = format!(
                        "--{key} is not used by --laziness, which is about networks of x² and no random features"
                    );
                    notes.0.push(note);
                }
            }
        }
        let network = network.map(|(w, source)| GivenNetwork {
            w: problem.working_weights(w),
            source,
        });
        Ok(Self {
            settings,
            is_rho_given: given(matches, "rho").is_some(),
            problem,
            covariance,
            network,
            notes,
        })
    }
}

/// Refuses options that the command has for the other problem only.
pub(super) fn only_of(
    task: Task,
    problem: ProblemName,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    for parameter in Settings::TABLE {
        let owners = problems_of(parameter, task);
        if let [owner] = owners[..]
            && owner != problem
            && given(matches, parameter.key).is_some()
        {
            let instead = match parameter.key {
                "spectrum" => "give --delta and --sigma",
                "delta" | "sigma" | "rotation" => "give --spectrum",
                _ => "leave it out",
            };
            return Err(Failure::Usage(format!(
                "--{} belongs to {}, not to {}; {instead}",
                parameter.key,
                owner.name(),
                problem.name()
            )));
        }
    }
    Ok(())
}

/// Settings, and which of them come from files.
pub(super) struct Given<'a> {
    pub(super) settings: Settings,
    pub(super) files: Files<'a>,
    pub(super) notes: Notes,
}

/// The settings that the arguments ask for.
pub(super) fn given_settings(scope: Scope, matches: &ArgMatches) -> Result<Given<'_>, Failure> {
    one_reader_of_standard_input(matches)?;
    let mut given_here = Given {
        settings: Settings::new(scope),
        files: Files(Vec::new()),
        notes: Notes::default(),
    };
    let symmetrize = matches.get_flag(SYMMETRIZE);
    let mut has_numbers = false;
    for parameter in Settings::rows(scope) {
        if let Some(value) = given(matches, parameter.key) {
            has_numbers |= given_here.set(parameter, value, symmetrize)?;
        }
    }
    if symmetrize && !has_numbers {
        let note = format!("--{SYMMETRIZE} is not used: no matrix is given");
        given_here.notes.0.push(note);
    }
    Ok(given_here)
}

/// The files that settings come from, with what they have.
pub(super) struct Files<'a>(Vec<(InputFile<'a>, Shape)>);

impl Files<'_> {
    fn find(&self, key: &str) -> Option<&(InputFile<'_>, Shape)> {
        self.0.iter().find(|(source, _)| source.key() == key)
    }

    /// A refusal that speaks of a file as a file.
    pub(super) fn refusal(&self, error: &SettingError) -> Failure {
        if let SettingError::Dimension {
            key,
            dim,
            source_key,
            source_dim,
        } = error
        {
            let file = self
                .find(key)
                .map(|(source, shape)| source.describe(*shape));
            let other = self
                .find(source_key)
                .map(|(source, shape)| source.describe(*shape));
            if file.is_none() && other.is_none() {
                return refusal(error);
            }
            let one = match (file, *key) {
                (Some(file), key) => format!("--{key}: {file}"),
                (None, "dim") => format!("--dim is {dim}"),
                (None, key) => format!("--{key} has dimension {dim}"),
            };
            let other = other.unwrap_or_else(|| match *source_key {
                "dim" => format!("--dim is {source_dim}"),
                key => format!("{} has dimension {source_dim}", symbol(key)),
            });
            return Failure::Usage(format!(
                "{one}, but {other}; leave --{key} out or make them equal"
            ));
        }
        let file = error.key().and_then(|key| self.find(key));
        match (file, error.reason()) {
            (Some((source, _)), Some(reason)) => source.refusal("cannot be used", reason),
            _ => refusal(error),
        }
    }

    /// [`Files::refusal`] where a run is refused.
    pub(super) fn refusal_of_run(&self, error: &ExperimentError) -> Failure {
        match error {
            ExperimentError::Setting(error) => self.refusal(error),
            other => refusal(other),
        }
    }
}

/// The matrix that a setting is.
fn symbol(key: &str) -> &str {
    match key {
        "spectrum" => "B",
        "delta" => "Δ",
        "sigma" => "Σ",
        "weights" => "Γ",
        other => other,
    }
}

/// Notes which eigenvalues count as 0.
pub(super) fn note_rounding(settings: &Settings, problem: &Problem, notes: &mut Notes) {
    let name = match problem {
        Problem::Quadratic(_) => "B",
        Problem::Mixture(_) => "Σ^-½ΔΣ^-½",
    };
    let rounding = problem.form().rounding();
    let of_weights = match &settings.weights {
        Weights::Given(full @ Symmetric::Full(_)) => Rounding::of(&full.eigenvalues()),
        _ => None,
    };
    for (name, rounding) in [(name, rounding), ("--weights", of_weights)] {
        if let Some(Rounding { count, largest, of }) = rounding {
            let (which, verb) = match count {
                1 => ("1 eigenvalue".to_owned(), "counts"),
                many => (format!("{many} eigenvalues"), "count"),
            };
            notes.0.push(format!(
                "{which} of {name} up to {} in size, beside {}, {verb} as 0: rounding",
                digits(largest),
                digits(of)
            ));
        }
    }
}

impl<'a> Given<'a> {
    /// Sets one parameter; whether it is a matrix or a vector that the user gives.
    fn set(
        &mut self,
        parameter: &Row,
        value: &'a OsStr,
        symmetrize: bool,
    ) -> Result<bool, Failure> {
        let key = parameter.key;
        let settings = &mut self.settings;
        if !matches!(parameter.kind, Kind::Spectrum(_) | Kind::Weights) {
            set(settings, key, value)?;
            return Ok(false);
        }
        // As a value it may be a family, numbers, or what only a file can be.
        let as_value = value.to_str().map(str::trim);
        let known = as_value.map(|text| parameter.kind.parse(key, text));
        let numbers = as_value.map(Rows::from_text);
        let exists = Path::new(value).exists();
        let is_file = match &known {
            // A file named 1 rather than the number; but a family rather than a file of its name.
            Some(Ok(
                Value::Spectrum(spectrum::Source::Given(_)) | Value::Weights(Weights::Given(_)),
            )) => exists,
            Some(Ok(_)) => false,
            // What is only asymmetric is no path.
            _ => exists || (!matches!(numbers, Some(Ok(_))) && looks_like_a_path(value)),
        };
        let understood = if is_file {
            let source = InputFile::new(key, value);
            let understood = source.matrix(symmetrize)?;
            let note = source.note(&understood.shape.to_string(), &understood.notes);
            self.notes.0.push(note);
            self.files.0.push((source, understood.shape));
            understood
        } else if let Some(Ok(rows)) = numbers {
            let understood = rows.symmetric(symmetrize).map_err(|error| {
                let hint = symmetrize_hint(&error);
                Failure::Usage(format!("--{key} cannot be used: {error}{hint}"))
            })?;
            let what = format!("--{key} is {}", understood.shape);
            self.notes.0.push(with_notes(what, &understood.notes));
            understood
        } else {
            settings.set(key, text(key, value)?).map_err(|error| {
                match (refusal(&error), &error) {
                    (Failure::Usage(sentence), SettingError::Invalid { .. }) => {
                        let hint = hint::of_setting(&error);
                        Failure::Usage(format!("{sentence}, or a file that exists{hint}"))
                    }
                    (other, _) => other,
                }
            })?;
            return Ok(false);
        };
        let Understood { matrix, .. } = understood;
        match key {
            "weights" => settings.weights = Weights::Given(matrix),
            "sigma" => settings.sigma = spectrum::Source::Given(matrix),
            _ => settings.spectrum.source = spectrum::Source::Given(matrix),
        }
        Ok(true)
    }
}

/// Whether a value that is nothing else is better answered by “no such file”.
fn looks_like_a_path(value: &OsStr) -> bool {
    let path = Path::new(value);
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    value == "-"
        || path.components().count() > 1
        || value.to_string_lossy().starts_with('.')
        || extension.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn one_reader_of_standard_input(matches: &ArgMatches) -> Result<(), Failure> {
    let readers: Vec<&str> = ["spectrum", "delta", "sigma", "weights", "network"]
        .into_iter()
        .filter(|key| given(matches, key).is_some_and(|value| value == "-"))
        .collect();
    match readers[..] {
        [one, other, ..] => Err(Failure::Usage(format!(
            "--{one} and --{other} cannot both be read from standard input"
        ))),
        _ => Ok(()),
    }
}

/// A network fixes d; one that contradicts what is known of d is refused.
fn check_dim(
    settings: &mut Settings,
    files: &Files<'_>,
    source: &InputFile<'_>,
    dim: usize,
) -> Result<(), Failure> {
    let fixed = settings.given_dim();
    let explicit = settings.explicit_dim().map(|other| ("dim", other));
    if let Some((key, other)) = fixed.or(explicit).filter(|&(_, other)| other != dim) {
        let other = match files.find(key) {
            Some((file, shape)) => file.describe(*shape),
            None if key == "dim" => format!("--dim is {other}"),
            None => format!("--{key} has dimension {other}"),
        };
        let numbers = if dim == 1 { "number" } else { "numbers" };
        let reason = format!("it has {dim} {numbers} a line, but {other}; make them equal");
        return Err(source.refusal("cannot be used", reason));
    }
    if fixed.is_none() {
        settings.set_dim(Some(dim));
    }
    Ok(())
}
