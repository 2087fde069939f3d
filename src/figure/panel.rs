//! Panels: the parts of a figure that are drawn apart, each with its picture, its table, its sentence and its grips.

use serde::Serialize;

use super::{Bars, Chart, Classes, Explorable, Sigma, Table};
use crate::setting::{About, SettingError};

/// A part of a figure. Everything about it stands in one file: what is seen, what it says to those who do not see it, and
/// what of it can be taken hold of.
///
/// ```
/// use lazy_limits::figure::{Axis, Chart, Explorable, FigureName, Panel, Picture, Table};
///
/// /// How many neurons stand at the handle, as a picture of one dot.
/// struct Width;
///
/// impl Panel for Width {
///     fn key(&self) -> &'static str {
///         "width"
///     }
///     fn title(&self) -> &'static str {
///         "The width at the handle"
///     }
///     fn picture(&self, seen: &Explorable) -> Picture {
///         let axis = |label: &str, max| Axis { label: label.to_owned(), min: 0.0, max, log: false };
///         let widest = seen.neurons() as f64;
///         Picture::Chart(Chart::new(axis("ρ", 2.0 * seen.rho()), axis("N", 2.0 * widest)))
///     }
///     fn table(&self, seen: &Explorable) -> Table {
///         Table { columns: vec!["N".to_owned()], rows: vec![vec![seen.neurons().to_string()]] }
///     }
///     fn describe(&self, seen: &Explorable) -> String {
///         format!("{} neurons stand at the handle.", seen.neurons())
///     }
/// }
///
/// let figure = Explorable::new(FigureName::Quadratic);
/// assert_eq!(Width.describe(&figure), "32 neurons stand at the handle.");
/// assert!(Width.grips(&figure).is_empty());
/// ```
pub trait Panel: Sync {
    /// Its name everywhere: in the page's parts, in scripts, in files.
    fn key(&self) -> &'static str;

    /// What it is called, where its own words are not there yet and over its table.
    fn title(&self) -> &'static str;

    /// Where it stands.
    fn place(&self) -> Place {
        Place::Below
    }

    /// What one may want to know before looking at it; nothing where its place says enough.
    fn note(&self) -> &'static str {
        ""
    }

    /// What is drawn.
    fn picture(&self, seen: &Explorable) -> Picture;

    /// Whether what moves while the grip does is drawn over a picture that is kept.
    fn has_over(&self) -> bool {
        false
    }

    /// That, for a panel that has it.
    fn over(&self, _seen: &Explorable) -> Option<Chart> {
        None
    }

    /// Whether drawing it takes so long that it waits until the hand rests.
    fn is_slow(&self) -> bool {
        false
    }

    /// Whether the picture stays as it is where only values about `about` change.
    fn stays(&self, _seen: &Explorable, _about: &[About]) -> bool {
        false
    }

    /// The picture as rows of text.
    fn table(&self, seen: &Explorable) -> Table;

    /// The picture in one sentence.
    fn describe(&self, seen: &Explorable) -> String;

    /// What can be taken hold of, in the order of the arrow keys.
    fn grips(&self, _seen: &Explorable) -> Vec<Grip> {
        Vec::new()
    }

    /// The name of the grip that a pointer takes hold of at a place of a picture of that size, with `slop` pixels to spare.
    fn grip_at(
        &self,
        _seen: &Explorable,
        _size: (f64, f64),
        _at: (f64, f64),
        _slop: f64,
    ) -> Option<String> {
        None
    }

    /// The value that a grip has at a place of the picture; places outside stand for the nearest edge. None for a grip that
    /// there is not.
    fn value_at(
        &self,
        _seen: &Explorable,
        _grip: &str,
        _size: (f64, f64),
        _at: (f64, f64),
    ) -> Option<f64> {
        None
    }

    /// The setting that brings a grip to a value. None for a grip that there is not.
    fn turned(&self, _seen: &Explorable, _grip: &str, _value: f64) -> Option<Change> {
        None
    }

    /// The setting that undoes all that its grips have changed. None where there is nothing to undo.
    fn released(&self, _seen: &Explorable) -> Option<Change> {
        None
    }
}

/// Where a panel stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The large picture that one sees first. There is one.
    Main,
    /// Beside it, below the numbers.
    Side,
    /// Over what is learnt, as wide as the figure.
    Middle,
    /// Below.
    Below,
}

/// What of a panel is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    /// Lines and dots on two axes.
    Chart(Chart),
    /// A spectrum, and what is captured of it.
    Bars(Bars),
    /// Histograms of answers.
    Classes(Classes),
    /// An activation and its coefficients.
    Sigma(Sigma),
}

/// A handle of a panel, for the keyboard and for those who do not see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Grip {
    /// Its name within the panel.
    pub name: String,
    /// What it is.
    pub label: String,
    /// Where it stands.
    pub value: f64,
    /// Its smallest value.
    pub min: f64,
    /// Its largest value.
    pub max: f64,
    /// Where it begins to grow by factors, if it stands lower: 0 would stay 0.
    pub least: f64,
    /// The factor of a small step; it looks alike everywhere on a logarithmic axis.
    pub fine: f64,
    /// What it says where it stands.
    pub text: String,
}

/// A setting that is to have another value: what a drag says.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Which.
    pub key: &'static str,
    /// The value, as settings are written.
    pub text: String,
}

impl Explorable {
    /// Its panel of that key.
    pub fn panel(&self, key: &str) -> Option<&'static dyn Panel> {
        let mut panels = self.sheet().panels.iter();
        panels.find(|panel| panel.key() == key).copied()
    }

    /// Brings a grip of a panel to a value; the key of the setting that has changed, or none if there is no such grip.
    ///
    /// # Errors
    /// If the setting is refused, or the result is no target; then nothing changes.
    pub fn turn(
        &mut self,
        panel: &dyn Panel,
        grip: &str,
        value: f64,
    ) -> Result<Option<&'static str>, SettingError> {
        self.make(panel.turned(self, grip, value))
    }

    /// Undoes all that the grips of a panel have changed, as [`Explorable::turn`] does.
    ///
    /// # Errors
    /// As there.
    pub fn release(&mut self, panel: &dyn Panel) -> Result<Option<&'static str>, SettingError> {
        self.make(panel.released(self))
    }

    fn make(&mut self, change: Option<Change>) -> Result<Option<&'static str>, SettingError> {
        let Some(Change { key, text }) = change else {
            return Ok(None);
        };
        self.set_text(key, &text)?;
        Ok(Some(key))
    }

    /// Moves a grip of a panel to a place of its picture, as [`Explorable::turn`] does.
    ///
    /// # Errors
    /// As there.
    pub fn drag(
        &mut self,
        panel: &dyn Panel,
        grip: &str,
        size: (f64, f64),
        at: (f64, f64),
    ) -> Result<Option<&'static str>, SettingError> {
        match panel.value_at(self, grip, size, at) {
            Some(value) => self.turn(panel, grip, value),
            None => Ok(None),
        }
    }
}

/// What tests look at.
#[cfg(test)]
pub(super) mod seen {
    use super::{Explorable, Panel, Picture};
    use crate::figure::{Bars, Chart};

    pub(in crate::figure) fn panel(figure: &Explorable, key: &str) -> &'static dyn Panel {
        figure.panel(key).expect("the figure has it")
    }

    pub(in crate::figure) fn chart(figure: &Explorable, key: &str) -> Chart {
        match panel(figure, key).picture(figure) {
            Picture::Chart(chart) => chart,
            other => panic!("{key} is no chart: {other:?}"),
        }
    }

    pub(in crate::figure) fn bars(figure: &Explorable) -> Bars {
        match panel(figure, "spectrum").picture(figure) {
            Picture::Bars(bars) => bars,
            other => panic!("the spectrum is no bars: {other:?}"),
        }
    }
}
