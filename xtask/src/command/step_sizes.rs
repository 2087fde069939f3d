//! `cargo xtask step-sizes`

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;

use crate::workspace;

const FILE: &str = "docs/step-sizes.md";

const HEAD: &str = "\
# Automatic step sizes

What `step-size auto` ends at, and what multiples of it would: each kind of network at widths from d/10 to 10d, trained for
the published number of steps (2·10⁵ of 100 samples for `qf`, 1.4·10⁵ for `mg`), seed 1. *Optimum* is the exact one at
this N and d, over all networks for NN and at the weights drawn for NT; the other columns are what the last risk exceeds it
by, or the last risk itself where there is no formula (activations other than x²). The least of a row is bold; × 1 is the
automatic size. *diverged* says that the risk ran away. At d = 450 the sizes of the theorem's protocol are those of
[reproduction.md](reproduction.md), which tells what each leaves of Figures 1 and 2 at up to 28 widths.

The runs are plans of `benches/step-sizes`; this page is made from their results, or from as many as there are:

```sh
lazy-limits sweep benches/step-sizes/64.json --out scan64      # likewise 200 and 450; each can be stopped and resumed
cargo xtask step-sizes scan64 scan200 scan450
```
";

/// Writes docs/step-sizes.md: what multiples of the automatic step size end at.
///
/// From directories that `lazy-limits sweep` has made of the plans in benches/step-sizes, finished or not.
#[derive(Debug, Args)]
pub(crate) struct StepSizes {
    /// Directories with a records.jsonl.
    #[arg(required = true, value_name = "DIR")]
    directories: Vec<PathBuf>,
}

impl StepSizes {
    pub(crate) fn run(&self) -> Result<()> {
        let mut tables = Tables::default();
        for directory in &self.directories {
            for record in records(&directory.join("records.jsonl"))? {
                tables.add(&record)?;
            }
        }
        fs::write(workspace::path(FILE), tables.document())?;
        println!("{FILE} has {} tables.", tables.0.len());
        Ok(())
    }
}

fn records(file: &Path) -> Result<Vec<Value>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    text.lines()
        .map(|line| {
            serde_json::from_str(line)
                .with_context(|| format!("a line of {} is no record", file.display()))
        })
        .collect()
}

/// How a run ended at a multiple of the automatic step size: its risk above the optimum, unless it diverged.
type Ends = BTreeMap<u64, Option<f64>>;

/// A width: what the automatic step size is, the optimum, and the ends by [`key`] of the multiple.
#[derive(Debug, Default)]
struct Row {
    automatic: f64,
    /// None where there is no formula: then the risk itself is compared.
    optimum: Option<f64>,
    ends: Ends,
}

/// By title, then by width.
#[derive(Debug, Default)]
struct Tables(BTreeMap<String, BTreeMap<u64, Row>>);

impl Tables {
    fn add(&mut self, record: &Value) -> Result<()> {
        let settings = &record["settings"];
        let number = |value: &Value, name: &str| {
            value
                .as_f64()
                .with_context(|| format!("a record has no number \"{name}\""))
        };
        let neurons = record["neurons"]
            .as_u64()
            .context("a record has no width")?;
        let scale = number(&settings["step-scale"], "step-scale")?;
        if settings["step-size"] != "auto" {
            bail!(
                "a record has a step size of its own: only multiples of the automatic one are compared"
            );
        }
        let row = self.0.entry(title(record)).or_default();
        let row = row.entry(neurons).or_default();
        row.automatic = number(&record["step_sizes"][0][1], "step_sizes")? / scale;
        row.optimum = record["optimum"].as_f64();
        let end = record["diverged_at"].is_null();
        let end = end.then(|| number(&record["final"], "final")).transpose()?;
        row.ends.insert(
            key(scale),
            end.map(|risk| risk - row.optimum.unwrap_or(0.0)),
        );
        Ok(())
    }

    /// What the tables come to: by how much the automatic size ends above the best of those tried, and where that is most.
    fn summary(&self) -> String {
        let mut out = "\n## In short\n\n| networks | widths | auto is best | at most above the best | there |\n|---|--:|--:|--:|---|\n".to_owned();
        for (title, rows) in &self.0 {
            let (mut best, mut widths) = (0, 0);
            let mut worst: Option<(f64, String)> = None;
            for (neurons, row) in rows {
                let Some(automatic) = row.ends.get(&key(1.0)) else {
                    continue;
                };
                widths += 1;
                let mut known = row
                    .ends
                    .iter()
                    .filter_map(|(scale, end)| Some((*scale, (*end)?)));
                let Some(first) = known.next() else { continue };
                let (scale, least) = known.fold(first, |a, b| if b.1 < a.1 { b } else { a });
                if scale == key(1.0) {
                    best += 1;
                    continue;
                }
                let scale = f64::from_bits(scale);
                let (loss, words) = match automatic {
                    None => (
                        f64::INFINITY,
                        format!(
                            "N = {neurons}: auto diverged, × {scale} leaves {}",
                            shown(least)
                        ),
                    ),
                    Some(end) => (
                        end - least,
                        format!(
                            "N = {neurons}: {} and, × {scale}, {}",
                            shown(*end),
                            shown(least)
                        ),
                    ),
                };
                if worst.as_ref().is_none_or(|(most, _)| loss > *most) {
                    worst = Some((loss, words));
                }
            }
            let (most, place) = worst.map_or((0.0, String::new()), |found| found);
            let _ = writeln!(
                out,
                "| {title} | {widths} | {best} | {} | {place} |",
                shown(most)
            );
        }
        out
    }

    fn document(&self) -> String {
        let mut out = HEAD.to_owned();
        out.push_str(&self.summary());
        for (title, rows) in &self.0 {
            let scales: Vec<u64> = {
                let mut all: Vec<u64> = rows
                    .values()
                    .flat_map(|row| row.ends.keys())
                    .copied()
                    .collect();
                all.sort_unstable();
                all.dedup();
                all
            };
            let _ = writeln!(out, "\n## {title}\n");
            let heads: Vec<String> = scales
                .iter()
                .map(|&scale| format!("× {}", f64::from_bits(scale)))
                .collect();
            let _ = writeln!(out, "| N | auto ε | optimum | {} |", heads.join(" | "));
            let _ = writeln!(out, "|--:|--:|--:|{}", "--:|".repeat(scales.len()));
            for (neurons, row) in rows {
                let _ = writeln!(
                    out,
                    "| {neurons} | {:.2e} | {} | {} |",
                    row.automatic,
                    row.optimum
                        .map_or_else(|| "–".to_owned(), |optimum| format!("{optimum:.5}")),
                    cells(row, &scales).join(" | ")
                );
            }
        }
        out
    }
}

/// A positive number as a key: the order of the bits is its own.
fn key(scale: f64) -> u64 {
    scale.to_bits()
}

/// Excess risks in the order of the multiples; empty where there is no run.
fn cells(row: &Row, scales: &[u64]) -> Vec<String> {
    let least = row
        .ends
        .values()
        .flatten()
        .copied()
        .fold(f64::INFINITY, f64::min);
    scales
        .iter()
        .map(|scale| match row.ends.get(scale) {
            None => String::new(),
            Some(None) => "diverged".to_owned(),
            Some(Some(excess)) if *excess <= least => format!("**{}**", shown(*excess)),
            Some(Some(excess)) => shown(*excess),
        })
        .collect()
}

/// With five decimals, or as a power of ten where these would show nothing.
fn shown(excess: f64) -> String {
    if excess == 0.0 {
        "0".to_owned()
    } else if excess.abs() < 1e-4 {
        format!("{excess:.1e}")
    } else {
        format!("{excess:.5}")
    }
}

/// What the runs of a table have in common.
fn title(record: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let settings = &record["settings"];
    let problem = text(&record["problem"]);
    let mut parts = vec![
        // Padded, so that tables come in the order of d.
        format!(
            "d = {:>3}: {problem}",
            record["dim"].as_u64().unwrap_or_default()
        ),
        text(&settings["regime"]).to_uppercase(),
    ];
    for (name, usual) in [
        ("protocol", "theorem"),
        ("second-layer", "trained"),
        ("activation", "quadratic"),
    ] {
        let value = text(&settings[name]);
        if !value.is_empty() && value != usual {
            parts.push(format!("{name} {value}"));
        }
    }
    if let Some(alpha) = settings["laziness"].as_f64() {
        parts.push(format!("laziness {alpha}"));
    }
    parts.push(format!("schedule {}", text(&settings["schedule"])));
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(neurons: u64, scale: f64, end: Option<f64>) -> Value {
        json!({
            "problem": "qf", "dim": 64, "neurons": neurons, "optimum": 0.25, "final": end,
            "diverged_at": if end.is_none() { json!(7) } else { Value::Null },
            "step_sizes": [[0, 0.002 * scale]],
            "settings": {"regime": "nn", "protocol": "published", "schedule": "published", "activation": "quadratic",
                "step-scale": scale, "step-size": "auto"},
        })
    }

    #[test]
    fn a_row_a_width_a_column_a_multiple_and_the_best_is_bold() {
        let mut tables = Tables::default();
        for (neurons, scale, end) in [
            (32, 2.0, None),
            (32, 1.0, Some(0.26)),
            (6, 0.5, Some(0.27)),
            (6, 1.0, Some(0.251)),
        ] {
            tables.add(&record(neurons, scale, end)).unwrap();
        }
        let text = tables.document();
        assert!(
            text.contains("## d =  64: qf, NN, protocol published, schedule published"),
            "{text}"
        );
        let short = "| d =  64: qf, NN, protocol published, schedule published | 2 | 2 | 0 |  |";
        assert!(text.contains(short), "{text}");
        tables.add(&record(6, 4.0, Some(0.2505))).unwrap();
        let short = "| 2 | 1 | 0.00050 | N = 6: 0.00100 and, × 4, 0.00050 |";
        assert!(tables.document().contains(short), "{}", tables.document());
        assert!(
            text.contains("| N | auto ε | optimum | × 0.5 | × 1 | × 2 |"),
            "{text}"
        );
        assert!(
            text.contains("| 6 | 2.00e-3 | 0.25000 | 0.02000 | **0.00100** |  |"),
            "{text}"
        );
        assert!(
            text.contains("| 32 | 2.00e-3 | 0.25000 |  | **0.01000** | diverged |"),
            "{text}"
        );
    }

    #[test]
    fn each_laziness_has_a_table_of_its_own() {
        let mut lazy = record(6, 1.0, Some(0.3));
        lazy["settings"]["laziness"] = json!(0.1);
        let mut tables = Tables::default();
        tables.add(&lazy).unwrap();
        tables.add(&record(6, 1.0, Some(0.26))).unwrap();
        let text = tables.document();
        assert!(
            text.contains("qf, NN, protocol published, laziness 0.1, schedule published\n"),
            "{text}"
        );
        assert_eq!(text.matches("\n## d = ").count(), 2);
    }

    #[test]
    fn steps_that_are_no_multiples_are_refused() {
        let mut own = record(6, 1.0, Some(0.3));
        own["settings"]["step-size"] = json!(0.001);
        assert!(Tables::default().add(&own).is_err());
    }
}
