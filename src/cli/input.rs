//! From arguments to settings.

use std::ffi::OsStr;
use std::path::Path;

use clap::ArgMatches;
use lazy_limits::problem::{Problem, Target, WeightCovariance};
use lazy_limits::runner::need::target_fits;
use lazy_limits::setting::{
    Kind, Parameter, ProblemName, Scope, SettingError, Settings, TABLE, Value, Weights,
};
use lazy_limits::spectrum;
use nalgebra::DMatrix;

use super::arguments::{Extra, Task, given, problems_of};
use super::failure::{Failure, refusal, short};
use super::file::Source;

/// What a command is asked.
pub(crate) struct Input<'a> {
    pub(crate) scope: Scope,
    pub(crate) settings: Settings,
    pub(crate) problem: Problem,
    pub(crate) covariance: WeightCovariance,
    /// The network to judge.
    pub(crate) network: Option<Network<'a>>,
}

/// A network from a file.
pub(crate) struct Network<'a> {
    pub(crate) source: Source<'a>,
    /// Its weights, `d×N` in working coordinates.
    pub(crate) w: DMatrix<f64>,
}

impl<'a> Input<'a> {
    pub(crate) fn read(scope: Scope, matches: &'a ArgMatches) -> Result<Self, Failure> {
        let mut settings = settings(scope, matches)?;
        let network = match given(matches, "network") {
            Some(path) => {
                let source = Source::new("network", path);
                let w = source.network()?;
                check_dim(&mut settings, &source, w.nrows())?;
                Some((w, source))
            }
            None => None,
        };
        target_fits(&settings)?;
        let problem = settings.problem().map_err(refusal)?;
        let covariance = settings.covariance(&problem).map_err(refusal)?;
        let network = network.map(|(w, source)| Network {
            w: problem.working_weights(w),
            source,
        });
        Ok(Self {
            scope,
            settings,
            problem,
            covariance,
            network,
        })
    }
}

/// Refuses options that the command has for the other problem only.
pub(crate) fn only_of(
    task: Task,
    problem: ProblemName,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    for parameter in TABLE {
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

/// The settings that the arguments ask for.
pub(crate) fn settings(scope: Scope, matches: &ArgMatches) -> Result<Settings, Failure> {
    one_reader_of_standard_input(matches)?;
    let mut settings = Settings::new(scope);
    let here = |parameter: &&Parameter| parameter.scope.contains(scope);
    for parameter in TABLE.iter().filter(here) {
        if let Some(value) = given(matches, parameter.key) {
            set(&mut settings, scope, parameter, value)?;
        }
    }
    Ok(settings)
}

/// The value as text, or a refusal that shows as much of it as can be shown.
fn text<'a>(key: &str, value: &'a OsStr) -> Result<&'a str, Failure> {
    value.to_str().ok_or_else(|| {
        let shown = short(&value.to_string_lossy());
        Failure::Usage(format!(
            "--{key} is “{shown}”, but must be text in valid UTF-8"
        ))
    })
}

/// The value of an option that only the command line has.
pub(crate) fn extra(extra: &Extra, matches: &ArgMatches) -> Result<Option<Value>, Failure> {
    let Some(value) = given(matches, extra.key) else {
        return Ok(None);
    };
    let value = extra.kind.parse(extra.key, text(extra.key, value)?.trim());
    value.map(Some).map_err(refusal)
}

/// Like [`extra`] for a positional argument, which has no dashes in front.
pub(crate) fn positional(extra: &Extra, matches: &ArgMatches) -> Result<Value, Failure> {
    let value = given(matches, extra.key).unwrap_or_default();
    let shown = value.to_string_lossy();
    let value = extra.kind.parse(extra.key, &shown);
    value.map_err(|error| Failure::Usage(error.to_string()))
}

fn set(
    settings: &mut Settings,
    scope: Scope,
    parameter: &Parameter,
    value: &OsStr,
) -> Result<(), Failure> {
    let key = parameter.key;
    if !matches!(parameter.kind, Kind::Spectrum(_) | Kind::Weights) {
        return settings.set(scope, key, text(key, value)?).map_err(refusal);
    }
    let known = value
        .to_str()
        .and_then(|text| parameter.kind.parse(key, text.trim()).ok());
    let exists = Path::new(value).exists();
    let file = match known {
        None => exists || looks_like_a_path(value),
        // A file named 1 rather than the number; but a family rather than a file of its name.
        Some(Value::Spectrum(spectrum::Source::Given(_)) | Value::Weights(Weights::Given(_))) => {
            exists
        }
        Some(_) => false,
    };
    if !file {
        return settings
            .set(scope, key, text(key, value)?)
            .map_err(|error| match (refusal(error.clone()), &error) {
                (Failure::Usage(sentence), SettingError::Invalid { .. }) => {
                    Failure::Usage(format!("{sentence}, or a file that exists"))
                }
                (other, _) => other,
            });
    }
    let matrix = Source::new(key, value).matrix()?;
    match key {
        "weights" => settings.weights = Weights::Given(matrix),
        "sigma" => settings.sigma = spectrum::Source::Given(matrix),
        _ => settings.spectrum.source = spectrum::Source::Given(matrix),
    }
    Ok(())
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
fn check_dim(settings: &mut Settings, source: &Source<'_>, dim: usize) -> Result<(), Failure> {
    let fixed = settings.given_dim();
    let explicit = settings.explicit_dim().map(|other| ("dim", other));
    if let Some((key, other)) = fixed.or(explicit).filter(|&(_, other)| other != dim) {
        let verb = if key == "dim" { "is" } else { "has dimension" };
        let reason =
            format!("it has {dim} numbers a line, but --{key} {verb} {other}; make them equal");
        return Err(source.refusal("cannot be used", reason));
    }
    if fixed.is_none() {
        settings.set_dim(dim);
    }
    Ok(())
}
