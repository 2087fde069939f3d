//! A result in three formats: the same numbers as a table, as CSV and as JSON.

use std::io::{self, Write};

use crate::setting::VERSION;
use crate::stream;
use clap::builder::styling::Style;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

/// Rows of the table of a run; CSV and JSON have all.
const SCREEN: usize = 24;

/// One column of a result.
pub struct Column {
    /// In CSV and JSON.
    pub key: &'static str,
    /// In tables.
    pub heading: &'static str,
    /// What it is, for the lines above a table; empty if the heading says it.
    pub meaning: String,
}

impl Column {
    /// A column with what it is.
    pub fn new(key: &'static str, heading: &'static str, meaning: &str) -> Self {
        Self {
            key,
            heading,
            meaning: meaning.to_owned(),
        }
    }
}

/// A result: facts, then rows.
pub struct Report {
    /// The first line of a table.
    title: String,
    /// The second: what it is about.
    about: String,
    /// The third: what was asked about it.
    asked: Vec<String>,
    /// JSON as a whole, instead of facts, rows and notes.
    record: Option<String>,
    /// JSON's members before the rows, in order.
    facts: Vec<(&'static str, Value)>,
    /// JSON's key of the rows.
    list: &'static str,
    columns: Vec<Column>,
    rows: Vec<Vec<Value>>,
    /// A table shows about as many of them.
    most_rows: usize,
    /// Lines below a table.
    conclusions: Vec<String>,
    /// That of the conclusions that says that a run diverged.
    divergence: Option<String>,
    notes: Vec<String>,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Table { color: bool },
    Csv,
    Json,
}

impl Report {
    /// A result, still without numbers: its title, what it is about, and JSON's key of the rows.
    pub fn new(title: &str, about: String, list: &'static str) -> Self {
        Self {
            title: title.to_owned(),
            about,
            asked: Vec::new(),
            record: None,
            facts: Vec::new(),
            list,
            columns: Vec::new(),
            rows: Vec::new(),
            most_rows: usize::MAX,
            conclusions: Vec::new(),
            divergence: None,
            notes: Vec::new(),
        }
    }

    /// What a command answers about a problem, with what every JSON begins with. Still to come are the settings
    /// ([`fact`](Self::fact)) and the rows ([`table`](Self::table)), which JSON has under `curve`.
    pub fn answer(command: &str, problem: &str, title: &str, about: String) -> Self {
        let mut report = Self::new(title, about, "curve");
        report.facts = vec![
            ("schema", VERSION.into()),
            ("version", env!("CARGO_PKG_VERSION").into()),
            ("streams", stream::VERSION.into()),
            ("command", command.into()),
            ("problem", problem.into()),
        ];
        report
    }

    /// Makes JSON the record of a run, a line in a schema of its own, and tables as long as a
    /// screen: little changes from row to row.
    pub(crate) fn record(&mut self, record: String) {
        self.record = Some(record);
        self.most_rows = SCREEN;
    }

    /// Adds a line below tables.
    pub fn conclude(&mut self, text: impl Into<String>) {
        self.conclusions.push(text.into());
    }

    /// Adds to the third line of tables.
    pub fn say(&mut self, text: impl Into<String>) {
        self.asked.push(text.into());
    }

    /// Adds a member to JSON.
    pub fn fact(&mut self, key: &'static str, value: impl Into<Value>) {
        self.facts.push((key, value.into()));
    }

    /// Adds a remark, which tables and JSON carry.
    pub fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// Adds the rows.
    ///
    /// # Panics
    /// If a row has not one value for each column.
    pub fn table(&mut self, columns: Vec<Column>, rows: Vec<Vec<Value>>) {
        assert!(rows.iter().all(|row| row.len() == columns.len()));
        self.columns = columns;
        self.rows = rows;
    }

    /// What CSV has no place for: remarks, and what a run came to that its rows do not say.
    pub(crate) fn remarks(&self) -> impl Iterator<Item = &str> {
        let diverged = self.divergence.iter();
        diverged.chain(&self.notes).map(String::as_str)
    }

    /// Adds the sentence about a run that diverged.
    pub(crate) fn diverged(&mut self, text: String) {
        self.conclude(text.clone());
        self.divergence = Some(text);
    }

    /// Writes the report.
    pub(crate) fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Table { color } => self.write_table(color, out)?,
            Format::Csv => self.write_csv(out)?,
            Format::Json => {
                match &self.record {
                    Some(record) => out.write_all(record.as_bytes())?,
                    None => serde_json::to_writer(&mut *out, self)?,
                }
                writeln!(out)?;
            }
        }
        out.flush()
    }

    fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let keys: Vec<&str> = self.columns.iter().map(|column| column.key).collect();
        writeln!(out, "{}", keys.join(","))?;
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(full).collect();
            writeln!(out, "{}", cells.join(","))?;
        }
        Ok(())
    }

    fn write_table(&self, color: bool, out: &mut dyn Write) -> io::Result<()> {
        let bold = if color {
            Style::new().bold()
        } else {
            Style::new()
        };
        writeln!(out, "{bold}{}{bold:#}", self.title)?;
        writeln!(out, "{}", self.about)?;
        writeln!(out, "{}", self.asked.join(" · "))?;
        for column in self.columns.iter().filter(|c| !c.meaning.is_empty()) {
            writeln!(out, "  {:<8} {}", column.heading, column.meaning)?;
        }
        writeln!(out)?;
        let cells: Vec<Vec<String>> = thinned(&self.rows, self.most_rows)
            .into_iter()
            .map(|row| row.iter().map(rounded).collect())
            .collect();
        let widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(index, column)| {
                let widest = cells.iter().map(|row| row[index].chars().count()).max();
                widest.unwrap_or(0).max(column.heading.chars().count())
            })
            .collect();
        let line = |cells: &mut dyn Iterator<Item = &str>| {
            let padded = cells
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:>width$}"));
            format!("  {}", padded.collect::<Vec<_>>().join("  "))
        };
        let headings = line(&mut self.columns.iter().map(|column| column.heading));
        writeln!(out, "{bold}{headings}{bold:#}")?;
        for row in &cells {
            writeln!(out, "{}", line(&mut row.iter().map(String::as_str)))?;
        }
        for (index, conclusion) in self.conclusions.iter().enumerate() {
            let gap = if index == 0 { "\n" } else { "" };
            writeln!(out, "{gap}{conclusion}")?;
        }
        for note in &self.notes {
            writeln!(out, "\nNote: {note}.")?;
        }
        Ok(())
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in &self.facts {
            map.serialize_entry(key, value)?;
        }
        let rows: Vec<Map<String, Value>> = self
            .rows
            .iter()
            .map(|row| {
                let keys = self.columns.iter().map(|column| column.key.to_owned());
                keys.zip(row.iter().cloned()).collect()
            })
            .collect();
        map.serialize_entry(self.list, &rows)?;
        if !self.notes.is_empty() {
            map.serialize_entry("notes", &self.notes)?;
        }
        map.end()
    }
}

/// A number, or null for what no number can say.
pub fn number(value: f64) -> Value {
    serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// Every so many rows, the first and the last among them.
fn thinned(rows: &[Vec<Value>], most: usize) -> Vec<&Vec<Value>> {
    let gap = rows.len().div_ceil(most).max(1);
    let mut kept: Vec<_> = rows.iter().step_by(gap).collect();
    if let Some(last) = rows.last()
        && !(rows.len() - 1).is_multiple_of(gap)
    {
        kept.push(last);
    }
    kept
}

/// A value as CSV has it: all digits, nothing for null.
fn full(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A value as tables have it: four decimals, or three digits of what is smaller or much larger.
fn rounded(value: &Value) -> String {
    let Some(real) = value.as_f64().filter(|_| !value.is_u64()) else {
        return full(value);
    };
    if real == 0.0 {
        "0".to_owned()
    } else if !(1e-3..1e7).contains(&real.abs()) {
        format!("{real:.2e}")
    } else {
        format!("{real:.4}")
    }
}
