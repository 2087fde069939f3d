//! Rows of tables of parameters.

use std::ops::Deref;

use serde::Serialize;

use super::{About, Kind, Scope, Value};

/// Where the page has the control of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Control {
    /// Among those in sight.
    First,
    /// A click away.
    More,
    /// It is a grip or a switch of the figure.
    Elsewhere,
}

/// What is known of a parameter, whoever keeps its value.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its name everywhere: `--key`, `#key=`, the attribute, the JSON key.
    pub key: &'static str,
    /// What it is called beside its control.
    pub label: &'static str,
    /// What values are allowed.
    pub kind: Kind,
    /// Where it is used.
    pub scope: Scope,
    /// What it is about.
    pub about: About,
    /// Where the page has its control.
    pub control: Control,
    /// What it means, one sentence without a full stop.
    pub help: &'static str,
}

impl Row {
    /// One whose control is in sight.
    pub const fn new(
        key: &'static str,
        label: &'static str,
        kind: Kind,
        scope: Scope,
        about: About,
        help: &'static str,
    ) -> Self {
        let control = Control::First;
        Self {
            key,
            label,
            kind,
            scope,
            about,
            control,
            help,
        }
    }
}

/// One parameter of settings of type `S`; it reads as its [`Row`].
#[derive(Debug)]
pub struct Parameter<S: 'static> {
    /// What is known of it.
    pub row: Row,
    /// Its value, of the row's kind.
    pub read: fn(&S) -> Value,
    /// Takes over a value, which is one that the row's kind has read.
    pub write: fn(&mut S, Value),
}

impl<S> Deref for Parameter<S> {
    type Target = Row;

    fn deref(&self) -> &Row {
        &self.row
    }
}
