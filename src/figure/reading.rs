//! The numbers at the handle, as they are read.

use serde::Serialize;

use super::Subject;

/// A line of the numbers at the handle.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// The key of its subject, by which it is coloured.
    pub key: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What that is.
    pub note: &'static str,
    /// By a formula, such as that for N, d → ∞.
    pub limit: String,
    /// At this N and d, without training; empty where it is not computed here.
    pub exact: String,
    /// As trained so far; empty where nothing is trained.
    pub trained: String,
}

impl Reading {
    /// The line of a subject; what is not known is a dash.
    pub fn of(
        subject: Subject,
        note: &'static str,
        limit: Option<f64>,
        exact: Option<f64>,
        trained: Option<f64>,
    ) -> Self {
        let [limit, exact, trained] = [limit, exact, trained].map(reading_of);
        Self {
            key: subject.key(),
            name: subject.name(),
            note,
            limit,
            exact,
            trained,
        }
    }
}

/// All that is read at the handle.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Readings {
    /// Where the handle stands, as the grip of the large picture has it.
    pub at: f64,
    /// What that comes to, in few words: “N = 32”.
    pub place: String,
    /// What the first column is called,
    pub limit: &'static str,
    /// and what it means.
    pub meaning: &'static str,
    /// What the exact values are exact for: “d = 64”.
    pub exact: String,
    /// The numbers.
    pub lines: Vec<Reading>,
}

impl Readings {
    /// Numbers at a place.
    pub fn new(
        at: f64,
        place: impl Into<String>,
        (limit, meaning): (&'static str, &'static str),
        exact: impl Into<String>,
        lines: Vec<Reading>,
    ) -> Self {
        let (place, exact) = (place.into(), exact.into());
        Self {
            at,
            place,
            limit,
            meaning,
            exact,
            lines,
        }
    }
}

/// A risk with four decimals, or a dash. A risk of 1e-9 is 0 to the eye; one that grew without bound should not push a table
/// apart.
pub fn reading_of(risk: Option<f64>) -> String {
    match risk {
        None => "–".to_owned(),
        Some(risk) if risk < 1000.0 => format!("{risk:.4}"),
        Some(risk) => format!("{risk:.1e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_risk_is_a_few_characters_whatever_it_is() {
        for (risk, expected) in [
            (None, "–"),
            (Some(0.123_449), "0.1234"),
            (Some(1e-9), "0.0000"),
            (Some(123_456.0), "1.2e5"),
        ] {
            assert_eq!(reading_of(risk), expected);
        }
    }
}
