//! What can be run, as a value.

#[cfg(not(target_arch = "wasm32"))]
use std::any::Any;
use std::fmt;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::Arc;

use serde_json::{Map, Value};

#[cfg(not(target_arch = "wasm32"))]
use super::checkpoint;
#[cfg(not(target_arch = "wasm32"))]
use super::sweep::Work;
use super::{ExperimentError, Measure, Plan, Run};

/// Settings as plans have them: by key, numbers as numbers, all else as texts.
type JsonObject = Map<String, Value>;

/// What can be run under one name: that of plans and commands. A part of the house has a static one for each.
pub struct RunKind {
    /// The name; no two have the same.
    pub name: &'static str,
    /// What it is, in a line.
    pub help: &'static str,
    /// What its runs report.
    pub measures: &'static [Measure],
    /// Reads settings, and writes them in the one canonical form, defaults left out: what a run's id is made from. What
    /// it returns comes back as it is. It makes nothing that is costly.
    pub canonical: fn(&JsonObject) -> Result<JsonObject, ExperimentError>,
    /// What is to be known of a run before it is made; an error if it could not be. The page, which makes runs one by one,
    /// has no use for it, nor for what is advanced side by side.
    #[cfg(not(target_arch = "wasm32"))]
    pub outline: fn(&Plan, &mut ReadContext<'_>) -> Result<Outline, ExperimentError>,
    /// A run at its start, of a plan of this kind.
    pub begin: fn(&Plan) -> Result<Box<dyn Run>, ExperimentError>,
    /// [Advances](Run::advance) runs of this kind by so many steps, of which none goes beyond the next report: each bit for
    /// bit as if it were alone. Where they have nothing in common, [`advance_each`](super::advance_each).
    #[cfg(not(target_arch = "wasm32"))]
    pub together: fn(&mut [&mut dyn Run], u64),
}

#[cfg(not(target_arch = "wasm32"))]
impl RunKind {
    /// A run of this kind as [`Run::checkpoint`] saved it; it goes on as if it had never been stopped.
    ///
    /// # Errors
    /// If the bytes are no such checkpoint.
    pub fn restore(&'static self, bytes: &[u8]) -> Result<Box<dyn Run>, ExperimentError> {
        checkpoint::restore_among(bytes, &|name| (name == self.name).then_some(self))
    }
}

impl PartialEq for RunKind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for RunKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// What is known of a run before it is made. Its texts are shared by the runs of a plan that have the same.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug)]
pub struct Outline {
    /// How much work it is.
    pub work: Work,
    /// The memory that it takes at most, with all that it is made from, in bytes.
    pub bytes: f64,
    /// The run as a refusal for want of memory begins: “a run of … needs”.
    pub words: Arc<str>,
    /// Steps of runs that have the same take as long.
    pub pace: Arc<str>,
    /// Where not all paces can be measured, one is taken from runs of the same family.
    pub family: &'static str,
    /// Runs that have the same gain from advancing side by side; none gains nothing from others.
    pub shares: Option<Arc<str>>,
}

#[cfg(not(target_arch = "wasm32"))]
impl Outline {
    /// A run of so much work that takes no memory to speak of, is like all others of its kind, and gains nothing from them.
    pub fn of(work: Work) -> Self {
        Self {
            work,
            bytes: 0.0,
            words: "a run needs".into(),
            pace: "".into(),
            family: "",
            shares: None,
        }
    }
}

/// Says why what needs so many bytes, as “a target needs” names it, must not be made.
#[cfg(not(target_arch = "wasm32"))]
type Admit<'a> = dyn Fn(&str, f64) -> Result<(), String> + 'a;

/// What stays at hand while the runs of a plan are read, one after the other.
#[cfg(not(target_arch = "wasm32"))]
pub struct ReadContext<'a> {
    /// What was made last, as most runs of a plan share it and it may be costly to make.
    kept: Option<Arc<dyn Any + Send + Sync>>,
    admit: &'a Admit<'a>,
}

#[cfg(not(target_arch = "wasm32"))]
impl<'a> ReadContext<'a> {
    /// Before anything that takes much memory is made, `admit` is asked.
    pub fn new(admit: &'a Admit<'a>) -> Self {
        Self { kept: None, admit }
    }

    /// What was made for the last run, if it serves for this one too; else what `make` makes, which is asked for once
    /// `what` needs of memory, as “a target needs” names it, is there.
    ///
    /// # Errors
    /// If it is not there, or `make` fails.
    pub fn shared<T: Any + Send + Sync>(
        &mut self,
        serves: impl FnOnce(&T) -> bool,
        need: impl FnOnce() -> (String, f64),
        make: impl FnOnce() -> Result<T, ExperimentError>,
    ) -> Result<Arc<T>, ExperimentError> {
        let known = self.kept.take();
        let known = known.and_then(|kept| kept.downcast().ok());
        let made = if let Some(known) = known.filter(|known| serves(known)) {
            known
        } else {
            let (what, bytes) = need();
            (self.admit)(&what, bytes).map_err(ExperimentError::Refused)?;
            Arc::new(make()?)
        };
        self.kept = Some(made.clone());
        Ok(made)
    }
}
