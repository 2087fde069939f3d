//! Panels: the parts of a figure that are drawn apart, each with its picture, its table, its sentence and its grips.

use serde::Serialize;

use super::{Arrows, Bars, Chart, Classes, Live, Scene, Sigma, Subject, Table, told};
use crate::setting::About;

/// A part of a figure. Everything about it stands in one file: what is seen, what it says to those who do not see it, and
/// what of it can be taken hold of.
/// [`Scene`](super::Scene) has a small one whole.
pub trait Panel<S: Scene>: Sync {
    /// Its name everywhere: in the page's parts, in scripts, in files.
    fn key(&self) -> &'static str;

    /// What it is called, where its own words are not there yet and over its table.
    fn title(&self) -> &'static str;

    /// Where it stands, unless it is the first of its sheet, which is the large picture.
    fn place(&self) -> Place {
        Place::Below
    }

    /// What one may want to know before looking at it; nothing where its place says enough.
    fn note(&self, _seen: &Live<S>) -> String {
        String::new()
    }

    /// What is drawn.
    fn picture(&self, seen: &Live<S>) -> Picture;

    /// Whether what moves while the grip does is drawn over a picture that is kept.
    fn has_over(&self) -> bool {
        false
    }

    /// That, for a panel that has it.
    fn over(&self, _seen: &Live<S>) -> Option<Chart> {
        None
    }

    /// Whether it is of live runs, whatever is in front.
    fn is_live(&self) -> bool {
        false
    }

    /// Whether each live run is a dot of it, wherever the handle stands.
    fn has_dots(&self) -> bool {
        false
    }

    /// How long drawing it takes.
    fn slowness(&self, _seen: &Live<S>) -> Slowness {
        Slowness::Quick
    }

    /// Whether the picture stays as it is where only values about `about` change.
    fn stays(&self, _seen: &Live<S>, _about: &[About]) -> bool {
        false
    }

    /// The picture as rows of text. A chart gives its own: the lines that have labels.
    fn table(&self, seen: &Live<S>) -> Table {
        told::table(&self.picture(seen))
    }

    /// The picture in one sentence. A chart gives its own: what is on it.
    fn describe(&self, seen: &Live<S>) -> String {
        told::sentence(self.title(), &self.picture(seen))
    }

    /// The key of a number among the settings that the handle of its chart stands at: the horizontal axis is of its values.
    /// All about the one grip then follows, and what comes below is not asked.
    fn lever(&self) -> Option<&'static str> {
        None
    }

    /// What can be taken hold of, in the order of the arrow keys.
    fn grips(&self, _seen: &Live<S>) -> Vec<Grip> {
        Vec::new()
    }

    /// The name of the grip that a pointer takes hold of at a place of a picture of that size, with `slop` pixels to spare.
    fn grip_at(
        &self,
        _seen: &Live<S>,
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
        _seen: &Live<S>,
        _grip: &str,
        _size: (f64, f64),
        _at: (f64, f64),
    ) -> Option<f64> {
        None
    }

    /// The setting that brings a grip to a value. None for a grip that there is not.
    fn turned(&self, _seen: &Live<S>, _grip: &str, _value: f64) -> Option<Change> {
        None
    }

    /// The setting that undoes all that its grips have changed. None where there is nothing to undo.
    fn released(&self, _seen: &Live<S>) -> Option<Change> {
        None
    }
}

/// How long drawing a panel takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Slowness {
    /// It is drawn in each frame of a drag.
    Quick,
    /// Too long for each frame: it is drawn now and then.
    Slow,
    /// Too long for any: it waits until the hand rests.
    Waiting,
}

/// Where a panel stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The large picture that one sees first: the first panel of a sheet, and no other.
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
    /// Neurons in a plane.
    Arrows(Arrows),
}

impl Picture {
    /// Leaves what stands for these subjects; the places of bars and histograms are those of the ones that are left.
    pub(super) fn keep(&mut self, is_kept: &dyn Fn(Subject) -> bool) {
        match self {
            Self::Chart(chart) => chart.keep(is_kept),
            Self::Bars(bars) => bars.captures.retain(|capture| is_kept(capture.subject)),
            Self::Classes(classes) => classes.histograms.retain(|own| is_kept(own.subject)),
            Self::Arrows(arrows) => arrows.networks.retain(|own| is_kept(own.subject)),
            Self::Sigma(_) => {}
        }
    }
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
    /// Whether its values are whole numbers: a small step then is one.
    pub whole: bool,
    /// Whether it moves up and down, as a page does under a finger.
    pub upright: bool,
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
