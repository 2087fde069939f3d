//! What a figure consists of.

use serde_json::{Map, Value};

use super::{Figure, Live, Panel, Scene, Solution};
use crate::setting::{Parameters, Row, Scope, SettingError};

/// A figure as a list of what it shows.
pub struct Sheet<S: Scene> {
    /// Its name everywhere.
    pub name: &'static str,
    /// The parameters that it has.
    pub scope: Scope,
    /// Its panels, in reading order.
    pub panels: &'static [&'static dyn Panel<S>],
    /// The names of its heat maps, see [`Scene::heat`].
    pub maps: &'static [&'static str],
    /// Whether results of runs made elsewhere can be laid over it.
    pub takes_results: bool,
}

impl<S: Scene> Sheet<S> {
    /// One without heat maps and results.
    pub const fn new(
        name: &'static str,
        scope: Scope,
        panels: &'static [&'static dyn Panel<S>],
    ) -> Self {
        Self {
            name,
            scope,
            panels,
            maps: &[],
            takes_results: false,
        }
    }
}

/// A figure that can be opened, whatever its part.
pub trait OpenSheet: Sync {
    /// Its name everywhere.
    fn name(&self) -> &'static str;

    /// The figure in its default state.
    fn open(&'static self) -> Box<dyn Figure>;

    /// Its parameters, each with its default.
    fn rows(&self) -> Vec<(&'static Row, String)>;

    /// Answers an [order](Scene::order) of its.
    ///
    /// # Errors
    /// If the order is refused.
    fn solve(&self, order: Map<String, Value>) -> Result<Solution, SettingError>;
}

impl<S: Scene> OpenSheet for Sheet<S> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn open(&'static self) -> Box<dyn Figure> {
        Box::new(Live::open(self))
    }

    fn rows(&self) -> Vec<(&'static Row, String)> {
        let defaults = S::Settings::new(self.scope);
        let rows = S::Settings::rows(self.scope);
        rows.map(|row| (row, defaults.get(row.key).unwrap_or_default()))
            .collect()
    }

    fn solve(&self, order: Map<String, Value>) -> Result<Solution, SettingError> {
        S::solve(order)
    }
}
