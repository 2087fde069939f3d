//! A figure at work, whatever its part: what page, program and tests ask of it.

use std::any::Any;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    Chart, Grip, Image, KeyedNumbers, Live, LiveRun, Panel, Picture, Place, Readings, Role,
    RunFacts, Scene, SlowOrder, Slowness, Solution, Status, Table, told,
};
use crate::setting::{About, Parameters, Refusal, SettingError, from_hash, text};

/// A panel, as places are made for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PanelPlace {
    /// Its name everywhere.
    pub key: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Where it stands.
    pub place: Place,
    /// Whether what moves while its grip does is drawn over a picture that is kept.
    pub over: bool,
    /// Whether each live run is a dot of it, wherever the handle stands.
    pub dots: bool,
    /// The key of the setting that its grips change, if it has any.
    pub turns: Option<&'static str>,
    /// Whether it is of live runs, whatever is in front.
    pub live: bool,
}

/// One run to be trained, as scripts know it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedRun<'a> {
    /// The same for equal plans, as long as they are planned.
    pub id: u32,
    /// What it is for.
    pub role: Role,
    /// What it is called in a sentence.
    pub name: String,
    /// What it is told apart by.
    pub facts: Vec<(&'static str, Value)>,
    /// What settings it depends on.
    pub about: &'static [About],
    /// Milliseconds from one report to the next, at least.
    pub pace: u32,
    /// Everything that its result depends on.
    pub plan: &'a Value,
}

/// An open figure of any part: [`Live`] of any scene. Panels are known by their place on the sheet, from 0.
pub trait Figure: Any {
    /// Its panels, in reading order.
    fn panels(&self) -> Vec<PanelPlace>;

    /// The place on the sheet of the panel of that key.
    fn place_of(&self, key: &str) -> Option<usize>;

    /// See [`Panel::has_over`].
    fn has_over(&self, panel: usize) -> bool;

    /// The names of its heat maps.
    fn maps(&self) -> &'static [&'static str];

    /// Whether results of runs made elsewhere can be laid over it.
    fn takes_results(&self) -> bool;

    /// Every setting with its value, or only those that are not at their defaults.
    fn state(&self, all: bool) -> Map<String, Value>;

    /// The state as a URL's hash without `#`.
    fn hash(&self) -> String;

    /// What the setting of that key is about.
    fn about(&self, key: &str) -> Option<About>;

    /// Sets one parameter by its text.
    ///
    /// # Errors
    /// If it is refused, or nothing can be made of the result; then nothing changes.
    fn set_text(&mut self, key: &str, text: &str) -> Result<(), SettingError>;

    /// Sets many, `null` being the default; what can be taken is. Returns what is not.
    ///
    /// # Errors
    /// If one is neither text, number nor null; then nothing changes.
    fn assign(&mut self, values: Map<String, Value>) -> Result<Vec<Refusal>, SettingError>;

    /// Takes over the state in a URL's hash, as far as it can be taken. Returns what is not.
    ///
    /// # Errors
    /// If it is of a version that is not known.
    fn set_hash(&mut self, hash: &str) -> Result<Vec<Refusal>, SettingError>;

    /// See [`Panel::picture`].
    fn picture(&self, panel: usize) -> Picture;
    /// See [`Panel::over`].
    fn over(&self, panel: usize) -> Option<Chart>;
    /// See [`Panel::note`].
    fn note(&self, panel: usize) -> String;
    /// See [`Panel::slowness`].
    fn slowness(&self, panel: usize) -> Slowness;
    /// See [`Panel::stays`].
    fn stays(&self, panel: usize, about: &[About]) -> bool;
    /// See [`Panel::table`].
    fn table(&self, panel: usize) -> Table;
    /// See [`Panel::describe`].
    fn describe(&self, panel: usize) -> String;
    /// See [`Panel::grips`].
    fn grips(&self, panel: usize) -> Vec<Grip>;
    /// See [`Panel::grip_at`].
    fn grip_at(&self, panel: usize, size: (f64, f64), at: (f64, f64), slop: f64) -> Option<String>;

    /// See [`Live::turn`].
    ///
    /// # Errors
    /// As there.
    fn turn(
        &mut self,
        panel: usize,
        grip: &str,
        value: f64,
    ) -> Result<Option<&'static str>, SettingError>;

    /// See [`Live::drag`].
    ///
    /// # Errors
    /// As there.
    fn drag(
        &mut self,
        panel: usize,
        grip: &str,
        size: (f64, f64),
        at: (f64, f64),
    ) -> Result<Option<&'static str>, SettingError>;

    /// See [`Live::release`].
    ///
    /// # Errors
    /// As there.
    fn release(&mut self, panel: usize) -> Result<Option<&'static str>, SettingError>;

    /// Whether the grips of a panel have changed nothing.
    fn is_released(&self, panel: usize) -> bool;

    /// Gives the keyboard to a grip.
    fn focus(&mut self, grip: Option<String>);

    /// Draws only the subjects of these keys; all of them if there are none.
    fn show_only(&mut self, subjects: Vec<String>);

    /// See [`Scene::readings`].
    fn readings(&self) -> Readings;
    /// See [`Scene::numbers`].
    fn numbers(&self) -> KeyedNumbers;
    /// See [`Scene::automatic`].
    fn automatic(&self) -> Vec<(&'static str, String)>;
    /// See [`Scene::shows_results`].
    fn shows_results(&self) -> bool;
    /// See [`Scene::live_mark`].
    fn live_mark(&self) -> String;
    /// See [`Scene::heat`].
    fn heat(&self, map: &str, dark: bool) -> Option<Image>;
    /// See [`Scene::heat_legend`].
    fn heat_legend(&self, dark: bool) -> Option<(f64, Image)>;
    /// See [`Scene::heat_texts`].
    fn heat_texts(&self, map: &str) -> [String; 3];

    /// See [`Live::plans`].
    fn plans(&mut self) -> Vec<PlannedRun<'_>>;
    /// See [`Live::report`].
    fn report(&mut self, id: u32, at: f64, values: &[f64]);
    /// See [`Live::set_status`].
    fn set_status(&mut self, id: u32, status: Status);
    /// See [`Live::set_learned`].
    fn set_learned(&mut self, id: u32, learned: Vec<f32>);
    /// See [`Live::forget`].
    fn forget(&mut self, ids: &[u32]);
    /// See [`Live::order`].
    fn order(&mut self) -> Option<SlowOrder>;
    /// See [`Live::take_answer`].
    fn take_answer(&mut self, id: u32, solved: Solution);
}

impl<S: Scene> Live<S> {
    fn at(&self, panel: usize) -> &'static dyn Panel<S> {
        self.sheet().panels[panel]
    }

    fn assign_over(&mut self, base: &S::Settings, values: &[(String, String)]) -> Vec<Refusal> {
        base.assign(values, &mut |settings| self.set(settings))
    }
}

impl<S: Scene> Figure for Live<S> {
    fn panels(&self) -> Vec<PanelPlace> {
        let panels = self.sheet().panels.iter().enumerate();
        panels
            .map(|(index, panel)| PanelPlace {
                key: panel.key(),
                title: panel.title(),
                place: if index == 0 {
                    Place::Main
                } else {
                    panel.place()
                },
                over: panel.has_over(),
                dots: panel.has_dots(),
                turns: self.turns(*panel),
                live: panel.is_live(),
            })
            .collect()
    }

    fn place_of(&self, key: &str) -> Option<usize> {
        let mut panels = self.sheet().panels.iter();
        panels.position(|panel| panel.key() == key)
    }

    fn has_over(&self, panel: usize) -> bool {
        self.at(panel).has_over()
    }

    fn maps(&self) -> &'static [&'static str] {
        self.sheet().maps
    }

    fn takes_results(&self) -> bool {
        self.sheet().takes_results
    }

    fn state(&self, all: bool) -> Map<String, Value> {
        self.settings().to_json(all)
    }

    fn hash(&self) -> String {
        self.settings().to_hash()
    }

    fn about(&self, key: &str) -> Option<About> {
        self.settings().about(key)
    }

    fn set_text(&mut self, key: &str, text: &str) -> Result<(), SettingError> {
        Self::set_text(self, key, text)
    }

    fn assign(&mut self, values: Map<String, Value>) -> Result<Vec<Refusal>, SettingError> {
        let defaults = S::Settings::new(self.sheet().scope);
        let mut texts = Vec::new();
        for (key, value) in values {
            let text = match value {
                Value::Null => defaults.get(&key).unwrap_or_default(),
                value => text(&key, &value)?,
            };
            texts.push((key, text));
        }
        Ok(self.assign_over(&self.settings().clone(), &texts))
    }

    fn set_hash(&mut self, hash: &str) -> Result<Vec<Refusal>, SettingError> {
        let values = from_hash(hash)?;
        Ok(self.assign_over(&S::Settings::new(self.sheet().scope), &values))
    }

    fn picture(&self, panel: usize) -> Picture {
        let mut picture = self.at(panel).picture(self);
        picture.keep(&|subject| self.draws(subject));
        picture
    }

    fn over(&self, panel: usize) -> Option<Chart> {
        let mut chart = self.at(panel).over(self)?;
        chart.keep(&|subject| self.draws(subject));
        Some(chart)
    }

    fn note(&self, panel: usize) -> String {
        self.at(panel).note(self)
    }

    fn slowness(&self, panel: usize) -> Slowness {
        self.at(panel).slowness(self)
    }

    fn stays(&self, panel: usize, about: &[About]) -> bool {
        self.at(panel).stays(self, about)
    }

    fn table(&self, panel: usize) -> Table {
        self.at(panel).table(self)
    }

    fn describe(&self, panel: usize) -> String {
        let picture = (!self.only.is_empty()).then(|| Figure::picture(self, panel));
        match picture {
            // No words of the panel's own, which would tell what is not to be seen.
            Some(picture @ Picture::Chart(_)) => told::sentence(self.at(panel).title(), &picture),
            _ => self.at(panel).describe(self),
        }
    }

    fn grips(&self, panel: usize) -> Vec<Grip> {
        Self::grips(self, self.at(panel))
    }

    fn grip_at(&self, panel: usize, size: (f64, f64), at: (f64, f64), slop: f64) -> Option<String> {
        Self::grip_at(self, self.at(panel), size, at, slop)
    }

    fn turn(
        &mut self,
        panel: usize,
        grip: &str,
        value: f64,
    ) -> Result<Option<&'static str>, SettingError> {
        Self::turn(self, self.at(panel), grip, value)
    }

    fn drag(
        &mut self,
        panel: usize,
        grip: &str,
        size: (f64, f64),
        at: (f64, f64),
    ) -> Result<Option<&'static str>, SettingError> {
        Self::drag(self, self.at(panel), grip, size, at)
    }

    fn release(&mut self, panel: usize) -> Result<Option<&'static str>, SettingError> {
        Self::release(self, self.at(panel))
    }

    fn is_released(&self, panel: usize) -> bool {
        self.at(panel).released(self).is_none()
    }

    fn focus(&mut self, grip: Option<String>) {
        self.focus = grip;
    }

    fn show_only(&mut self, subjects: Vec<String>) {
        self.only = subjects;
    }

    fn readings(&self) -> Readings {
        S::readings(self)
    }

    fn numbers(&self) -> KeyedNumbers {
        S::numbers(self)
    }

    fn automatic(&self) -> Vec<(&'static str, String)> {
        S::automatic(self)
    }

    fn shows_results(&self) -> bool {
        S::shows_results(self)
    }

    fn live_mark(&self) -> String {
        S::live_mark(self)
    }

    fn heat(&self, map: &str, dark: bool) -> Option<Image> {
        S::heat(self, map, dark)
    }

    fn heat_legend(&self, dark: bool) -> Option<(f64, Image)> {
        S::heat_legend(self, dark)
    }

    fn heat_texts(&self, map: &str) -> [String; 3] {
        S::heat_texts(self, map)
    }

    fn plans(&mut self) -> Vec<PlannedRun<'_>> {
        let planned = Self::plans(self).map(|LiveRun { id, wanted, .. }| PlannedRun {
            id: *id,
            role: wanted.role,
            name: wanted.facts.name(),
            facts: wanted.facts.facts(),
            about: wanted.facts.about(),
            pace: wanted.pace,
            plan: &wanted.plan,
        });
        planned.collect()
    }

    fn report(&mut self, id: u32, at: f64, values: &[f64]) {
        Self::report(self, id, at, values);
    }

    fn set_status(&mut self, id: u32, status: Status) {
        Self::set_status(self, id, status);
    }

    fn set_learned(&mut self, id: u32, learned: Vec<f32>) {
        Self::set_learned(self, id, learned);
    }

    fn forget(&mut self, ids: &[u32]) {
        Self::forget(self, ids);
    }

    fn order(&mut self) -> Option<SlowOrder> {
        Self::order(self)
    }

    fn take_answer(&mut self, id: u32, solved: Solution) {
        Self::take_answer(self, id, solved);
    }
}
