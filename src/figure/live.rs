//! A figure at work: settings, what theory says of them, and the runs that they want.

use serde_json::{Map, Value};

use super::{
    Change, Grip, LiveRun, LiveRuns, Panel, Scene, Sheet, Solution, Status, Subject, lever,
};
use crate::setting::{Parameters, SettingError};

/// An interactive figure: the state of which a [`Scene`] is a function, and what comes to it from outside.
#[derive(Clone)]
pub struct Live<S: Scene> {
    sheet: &'static Sheet<S>,
    settings: S::Settings,
    /// What theory says of the settings in force.
    pub scene: S,
    /// The last order: its number, what it asks, and the answer once it is there.
    order: (u32, Option<Map<String, Value>>, Option<S::Answer>),
    runs: LiveRuns<S::Facts>,
    /// The name of the grip that has the keyboard.
    pub focus: Option<String>,
    /// Keys of the subjects that are drawn; all are while it is empty. What theory says is the same whatever is seen of it.
    pub only: Vec<String>,
}

/// A slow solve that is wanted from a worker.
#[derive(Clone, Debug, PartialEq)]
pub struct SlowOrder {
    /// Its number; hand it back with the answer.
    pub id: u32,
    /// What [`OpenSheet::solve`](super::OpenSheet::solve) reads.
    pub order: Map<String, Value>,
}

impl<S: Scene> Live<S> {
    /// The default view.
    ///
    /// # Panics
    /// Never: a scene can be made of the defaults.
    pub fn open(sheet: &'static Sheet<S>) -> Self {
        let settings = S::Settings::new(sheet.scope);
        Self {
            sheet,
            scene: S::new(sheet, &settings).expect("the defaults are never refused"),
            settings,
            order: (0, None, None),
            runs: LiveRuns::default(),
            focus: None,
            only: Vec::new(),
        }
    }

    /// Whether what stands for a subject is drawn.
    pub fn draws(&self, subject: Subject) -> bool {
        self.only.is_empty() || self.only.iter().any(|key| key == subject.key())
    }

    /// What the figure consists of.
    pub fn sheet(&self) -> &'static Sheet<S> {
        self.sheet
    }

    /// Its panel of that key.
    pub fn panel(&self, key: &str) -> Option<&'static dyn Panel<S>> {
        let mut panels = self.sheet.panels.iter();
        panels.find(|panel| panel.key() == key).copied()
    }

    /// The settings in force.
    pub fn settings(&self) -> &S::Settings {
        &self.settings
    }

    /// Takes over settings, if something can be made of them; what depended on changed ones is forgotten.
    ///
    /// # Errors
    /// If nothing can be made of them; then nothing changes.
    pub fn set(&mut self, settings: S::Settings) -> Result<(), SettingError> {
        self.scene.follow(self.sheet, &self.settings, &settings)?;
        self.settings = settings;
        if self.order.1.is_some() && !self.is_ordered() {
            (self.order.1, self.order.2) = (None, None);
        }
        S::settled(self);
        Ok(())
    }

    /// Sets one parameter by its text.
    ///
    /// # Errors
    /// If it is refused, or nothing can be made of the result; then nothing changes.
    pub fn set_text(&mut self, key: &str, text: &str) -> Result<(), SettingError> {
        let mut settings = self.settings.clone();
        settings.set(key, text)?;
        self.set(settings)
    }

    /// Brings a grip of a panel to a value; the key of the setting that has changed, or none if there is no such grip.
    ///
    /// # Errors
    /// If the setting is refused, or nothing can be made of the result; then nothing changes.
    pub fn turn(
        &mut self,
        panel: &dyn Panel<S>,
        grip: &str,
        value: f64,
    ) -> Result<Option<&'static str>, SettingError> {
        let change = self.turned(panel, grip, value);
        match change {
            // A field that holds nothing, or nothing that could be read.
            Some(Change { key, .. }) if value.is_nan() => Err(SettingError::Invalid {
                key,
                value: String::new(),
                allowed: match self.grips(panel).iter().find(|known| known.name == grip) {
                    Some(Grip { min, max, .. }) => format!("a number from {min} to {max}"),
                    None => "a number".to_owned(),
                },
            }),
            change => self.make(change),
        }
    }

    fn turned(&self, panel: &dyn Panel<S>, grip: &str, value: f64) -> Option<Change> {
        match panel.lever() {
            Some(key) if key == grip => lever::turned(self, key, value),
            Some(_) => None,
            None => panel.turned(self, grip, value),
        }
    }

    /// The key of the setting that the grips of a panel change: that of the first stands for all.
    pub fn turns(&self, panel: &dyn Panel<S>) -> Option<&'static str> {
        let grips = self.grips(panel);
        let first = grips.first()?;
        Some(self.turned(panel, &first.name, first.value)?.key)
    }

    /// What of a panel can be taken hold of.
    pub fn grips(&self, panel: &dyn Panel<S>) -> Vec<Grip> {
        match panel.lever() {
            Some(key) => lever::grip(self, key).into_iter().collect(),
            None => panel.grips(self),
        }
    }

    /// The name of the grip that a pointer takes hold of.
    pub fn grip_at(
        &self,
        panel: &dyn Panel<S>,
        size: (f64, f64),
        at: (f64, f64),
        slop: f64,
    ) -> Option<String> {
        match panel.lever() {
            Some(key) => lever::is_at(size, at, slop).then(|| key.to_owned()),
            None => panel.grip_at(self, size, at, slop),
        }
    }

    /// Undoes all that the grips of a panel have changed, as [`Live::turn`] does.
    ///
    /// # Errors
    /// As there.
    pub fn release(&mut self, panel: &dyn Panel<S>) -> Result<Option<&'static str>, SettingError> {
        self.make(panel.released(self))
    }

    fn make(&mut self, change: Option<Change>) -> Result<Option<&'static str>, SettingError> {
        let Some(Change { key, text }) = change else {
            return Ok(None);
        };
        self.set_text(key, &text)?;
        Ok(Some(key))
    }

    /// Moves a grip of a panel to a place of its picture, as [`Live::turn`] does.
    ///
    /// # Errors
    /// As there.
    pub fn drag(
        &mut self,
        panel: &dyn Panel<S>,
        grip: &str,
        size: (f64, f64),
        at: (f64, f64),
    ) -> Result<Option<&'static str>, SettingError> {
        let value = match panel.lever() {
            Some(key) if key == grip => lever::grip(self, key)
                .and_then(|known| lever::value_at(self, panel, &known, size, at)),
            Some(_) => None,
            None => panel.value_at(self, grip, size, at),
        };
        match value {
            Some(value) => self.turn(panel, grip, value),
            None => Ok(None),
        }
    }

    /// The runs of the current state in the order they should start.
    pub fn plans(&mut self) -> impl Iterator<Item = &LiveRun<S::Facts>> {
        let wanted = S::wanted(self);
        self.runs.plan(wanted);
        self.runs.iter()
    }

    /// All that is known of them.
    pub fn runs(&self) -> &LiveRuns<S::Facts> {
        &self.runs
    }

    fn run(&mut self, id: u32) -> Option<&mut LiveRun<S::Facts>> {
        self.runs.get_mut(id)
    }

    /// Takes over a report of run `id`: the values of its measures after so many samples or steps. Unknown runs are ignored:
    /// their plan is gone.
    pub fn report(&mut self, id: u32, at: f64, values: &[f64]) {
        if let Some(run) = self.run(id) {
            run.report(at, values);
        }
    }

    /// Takes over how run `id` stands.
    pub fn set_status(&mut self, id: u32, status: Status) {
        if let Some(run) = self.run(id) {
            run.status = status;
        }
    }

    /// Takes over what run `id` has learned.
    pub fn set_learned(&mut self, id: u32, learned: Vec<f32>) {
        if let Some(run) = self.run(id) {
            run.learned = Some(learned);
        }
    }

    /// Forgets some runs: their plans and what was reported.
    pub fn forget(&mut self, ids: &[u32]) {
        self.runs.forget(ids);
    }

    /// Whether the last order is what the state asks.
    fn is_ordered(&self) -> bool {
        self.order.1 == S::order(self)
    }

    /// The slow solve that is still missing, if any.
    pub fn order(&mut self) -> Option<SlowOrder> {
        if self.order.2.is_some() {
            return None;
        }
        if self.order.1.is_none() {
            self.order.0 += 1;
            self.order.1 = S::order(self);
        }
        let order = self.order.1.clone()?;
        let id = self.order.0;
        Some(SlowOrder { id, order })
    }

    /// Takes over the answer to one, unless the state has moved on.
    pub fn take_answer(&mut self, id: u32, solved: Solution) {
        if self.order.0 == id && self.order.1.is_some() {
            self.order.2 = Some(solved.into());
        }
    }

    /// What a slow solve has come to for the current state.
    pub fn answer(&self) -> Option<&S::Answer> {
        self.order.2.as_ref()
    }
}
