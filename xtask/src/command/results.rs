//! `cargo xtask results`

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::{Number, Value};

use crate::{shown, workspace};

/// The figures, by the names of their files.
const FIGURES: [&str; 5] = ["quadratic", "laziness", "mixture", "activation", "neuron"];

/// About so many reports of a trajectory are kept.
const REPORTS: usize = 50;

/// Makes what the page ships of the results of `lazy-limits figure`.
///
/// From DIR/NAME.json it writes www/data/NAME.json: the same members, but for the lines, which the page works out itself, and
/// for the ids of runs whose step size was not chosen; numbers with six digits, and trajectories with some fifty reports.
#[derive(Debug, Args)]
pub(crate) struct Results {
    /// Directories that `lazy-limits figure` has written.
    #[arg(required = true, value_name = "DIR")]
    directories: Vec<PathBuf>,
}

impl Results {
    pub(crate) fn run(&self) -> Result<()> {
        for directory in &self.directories {
            let files: Vec<PathBuf> = FIGURES
                .map(|name| directory.join(format!("{name}.json")))
                .into_iter()
                .filter(|file| file.exists())
                .collect();
            if files.is_empty() {
                bail!(
                    "{} has no figure in it: {}.json",
                    directory.display(),
                    FIGURES.join(".json, ")
                );
            }
            for file in files {
                ship(&file)?;
            }
        }
        Ok(())
    }
}

fn ship(file: &Path) -> Result<()> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let figure: Value =
        serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))?;
    let text = format!("{}\n", compact(figure));
    let shipped = workspace::path("www/data").join(file.file_name().unwrap_or_default());
    fs::create_dir_all(shipped.parent().unwrap_or(file))?;
    fs::write(&shipped, &text).with_context(|| format!("cannot write {}", shown(&shipped)))?;
    println!("{:>10} bytes  {}", text.len(), shown(&shipped));
    Ok(())
}

/// A figure without what the page does not need.
fn compact(mut figure: Value) -> Value {
    if let Some(members) = figure.as_object_mut() {
        members.remove("lines");
    }
    for dot in items(&mut figure, "dots") {
        for run in items(dot, "grid") {
            if let Some(members) = run.as_object_mut() {
                members.remove("run");
            }
        }
    }
    for line in items(&mut figure, "trajectories") {
        for member in ["samples", "risk"] {
            if let Some(values) = line[member].as_array_mut() {
                thin(values);
            }
        }
    }
    // Where the directories were is nobody's business.
    for argument in items(&mut figure, "command") {
        let path = argument.as_str().map(Path::new);
        if let Some(name) = path.and_then(Path::file_name) {
            *argument = name.to_string_lossy().into();
        }
    }
    round(&mut figure);
    figure
}

fn items<'a>(object: &'a mut Value, member: &str) -> impl Iterator<Item = &'a mut Value> {
    let list = object.get_mut(member).and_then(Value::as_array_mut);
    list.into_iter().flatten()
}

/// Keeps every few values, and the last.
fn thin(values: &mut Vec<Value>) {
    let last = values.len().saturating_sub(1);
    let stride = last.div_ceil(REPORTS).max(1);
    let mut index = 0;
    values.retain(|_| {
        let is_kept = index % stride == 0 || index == last;
        index += 1;
        is_kept
    });
}

/// Rounds every number that is no whole one to six digits.
fn round(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            let rounded = number
                .as_f64()
                .and_then(|number| format!("{number:.5e}").parse().ok())
                .and_then(Number::from_f64);
            if let Some(rounded) = rounded {
                *number = rounded;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(round),
        Value::Object(members) => members.values_mut().for_each(round),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_shipped_is_short_and_keeps_the_ends() {
        let count = 131;
        let compacted = compact(json!({
            "schema": 1,
            "seconds": 123.456_789_012,
            "command": ["/somewhere/lazy-limits", "figure", "--out", "/elsewhere/paper"],
            "lines": [{"rho": [0.1], "risk": [0.5]}],
            "dots": [{"risk": 0.123_456_789, "neurons": 12_345_678, "grid": [{"risk": 0.5, "run": "0c9b"}]}],
            "trajectories": [{
                "samples": (0..count).collect::<Vec<u64>>(),
                "risk": (0..count).map(|k| 1.0 / (1.0 + f64::from(k as u32))).collect::<Vec<f64>>(),
            }],
        }));
        assert_eq!(compacted["seconds"], 123.457);
        assert_eq!(
            compacted["command"],
            json!(["lazy-limits", "figure", "--out", "paper"])
        );
        assert!(compacted.get("lines").is_none());
        assert_eq!(
            compacted["dots"],
            json!([{"risk": 0.123_457, "neurons": 12_345_678, "grid": [{"risk": 0.5}]}])
        );
        let samples = compacted["trajectories"][0]["samples"].as_array().unwrap();
        let risk = compacted["trajectories"][0]["risk"].as_array().unwrap();
        assert_eq!(
            (samples.first(), samples.last()),
            (Some(&json!(0)), Some(&json!(130)))
        );
        assert_eq!(samples.len(), risk.len());
        assert!(samples.len() <= REPORTS + 2);
    }
}
