//! `train --save` and `train --resume`: a run that outlives its process.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::experiment::RunKind;
use crate::runner::{Checkpoint, Saving, require};
use crate::setting::{Parameters, Scope};
use clap::builder::ValueParser;
use clap::{Arg, ArgMatches, ValueHint};

use super::arguments::{Anything, given};
use super::failure::{Failure, short};
use super::file::named;
use super::{help, long};

/// The options, after those of the table.
pub(crate) fn options() -> [Arg; 3] {
    let file = |key: &'static str, help: &'static str, long_help: &'static str| {
        Arg::new(key)
            .long(key)
            .value_parser(ValueParser::new(Anything(Vec::new())))
            .value_name("FILE")
            .value_hint(ValueHint::FilePath)
            .allow_hyphen_values(true)
            .help_heading("Long runs")
            .help(help)
            .long_help(long_help)
    };
    let every = long::SAVE_EVERY.argument().long(long::SAVE_EVERY.key);
    [
        file(
            "save",
            "Save the run in FILE as it goes, and when it is stopped",
            help::SAVE,
        ),
        file(
            "resume",
            "Go on with the run that --save left in FILE",
            help::RESUME,
        ),
        every.help_heading("Long runs"),
    ]
}

/// What a run is asked about files.
pub(crate) struct SaveFiles<'a> {
    save: Option<&'a Path>,
    resume: Option<&'a Path>,
    matches: &'a ArgMatches,
}

/// A run that was saved.
pub(crate) struct Resumed<S> {
    pub(crate) checkpoint: Checkpoint,
    pub(crate) settings: S,
}

impl<'a> SaveFiles<'a> {
    /// # Errors
    /// If one has no name, or the run would be saved over something else.
    pub(crate) fn read(matches: &'a ArgMatches) -> Result<Self, Failure> {
        let path = |key: &str| -> Result<Option<&Path>, Failure> {
            match given(matches, key) {
                Some(name) if name == OsStr::new("") || name == OsStr::new("-") => {
                    Err(Failure::Usage(format!(
                        "--{key} is “{}”, but must be the name of a file",
                        name.to_string_lossy()
                    )))
                }
                name => Ok(name.map(Path::new)),
            }
        };
        let files = Self {
            save: path("save")?,
            resume: path("resume")?,
            matches,
        };
        if let Some(path) = files.save
            && path.exists()
            && !files.resume.is_some_and(|other| is_same(other, path))
        {
            return Err(Failure::Usage(format!(
                "--save: {} exists already; --resume goes on with a run, or give another file",
                named(path)
            )));
        }
        Ok(files)
    }

    /// The run to go on with. None if it starts: if none is asked for, or `--save` names the same file, which is not
    /// there yet; so a job can be given both, and be run again as it is. `asked` reads the settings that the options ask
    /// for, which are those of `scope`.
    ///
    /// # Errors
    /// If it cannot be used, is a run of another kind, or an option contradicts it.
    pub(crate) fn resumed<S: Parameters>(
        &self,
        kind: &RunKind,
        scope: Scope,
        asked: impl FnOnce() -> Result<S, Failure>,
    ) -> Result<Option<Resumed<S>>, Failure> {
        let Some(path) = self.resume else {
            return Ok(None);
        };
        let refused = |what: &str, reason: &dyn std::fmt::Display| {
            Failure::Usage(format!("--resume: {} {what}: {reason}", named(path)))
        };
        let length = fs::metadata(path).map_or(0, |file| file.len());
        // As it is, and as numbers.
        require(
            || format!("reading {} needs", named(path)),
            2.5 * length as f64,
        )?;
        let checkpoint = match Checkpoint::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.save == Some(path) => {
                return Ok(None);
            }
            read => read.map_err(|error| refused("cannot be read", &error))?,
        };
        let plan = checkpoint.plan();
        let plan = plan.map_err(|error| refused("cannot be used", &error))?;
        let found = plan.kind().name;
        if found != kind.name {
            return Err(Failure::Usage(format!(
                "--resume: {} holds a run of {found}, not of {}",
                named(path),
                kind.name
            )));
        }
        let settings = S::from_json(scope, plan.settings());
        let settings = settings.map_err(|error| refused("cannot be used", &error))?;
        self.agrees(path, &asked()?, &settings)?;
        Ok(Some(Resumed {
            checkpoint,
            settings,
        }))
    }

    /// Refuses options that say something else than what is run.
    fn agrees<S: Parameters>(&self, path: &Path, asked: &S, saved: &S) -> Result<(), Failure> {
        for key in S::rows(saved.scope()).map(|row| row.key) {
            let (asked, saved) = (asked.get(key), saved.get(key));
            if given(self.matches, key).is_some() && asked != saved {
                let text = |value: Option<String>| short(&value.unwrap_or_default());
                return Err(Failure::Usage(format!(
                    "--{key} is {}, but the run in {} has {}; leave it out, or start another run",
                    text(asked),
                    named(path),
                    text(saved)
                )));
            }
        }
        Ok(())
    }

    /// Where the run is saved: where `--save` says, else where it comes from.
    ///
    /// # Errors
    /// If the time between checkpoints is not allowed, or there is nothing to save.
    pub(crate) fn saving(&self) -> Result<Option<Saving>, Failure> {
        let every = long::save_every(self.matches)?;
        let Some(path) = self.save.or(self.resume) else {
            if given(self.matches, long::SAVE_EVERY.key).is_some() {
                return Err(Failure::Usage(
                    "--save-every needs --save, the file to save the run in".to_owned(),
                ));
            }
            return Ok(None);
        };
        Ok(Some(Saving {
            path: PathBuf::from(path),
            every,
        }))
    }
}

/// Whether two names are of one file.
fn is_same(one: &Path, two: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    whole(one).is_some() && whole(one) == whole(two)
}
