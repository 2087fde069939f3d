//! The tables of docs/performance.md and docs/clusters.md.

use std::fmt::Write;
use std::fs;

use anyhow::{Context, Result};

use super::cluster::{Cluster, Files};
use super::native::{Native, Parts, Time};
use super::trace::DiskUse;
use super::{browser, exact, forms, machine};
use crate::workspace;

/// What steps cost.
pub(crate) const PERFORMANCE: &str = "docs/performance.md";

/// What many tasks cost.
pub(crate) const CLUSTERS: &str = "docs/clusters.md";

const NATIVE_HEAD: &str = "\
| | N | ours | JAX | TensorFlow | ratio | runs alone: ours | JAX | TensorFlow | ratio |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
";

const COST_HEAD: &str = "\
| | N | trained | ms a step | operations, 10⁶ | GFLOP/s attained | products alone, GFLOP/s | products | samples | rest |
|---|--:|---|--:|--:|--:|--:|--:|--:|--:|
";

const BROWSER_HEAD: &str = "\
| d | N | ours | TensorFlow.js, by hand | ratio | samples by hand too | ratio | as usual | ratio |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|
";

const FORMS_HEAD: &str = "\
| vectors | d | N | ms a step | operations, 10⁶ | GFLOP/s attained | products alone, GFLOP/s | products | rest |
|---|--:|--:|--:|--:|--:|--:|--:|--:|
";

const EXACT_HEAD: &str = "\
| r | directions | ours, ms | NumPy, ms | ratio |
|--:|--:|--:|--:|--:|
";

const SCALE_HEAD: &str = "\
| | seconds | on the processor | memory, MB |
|---|--:|--:|--:|
";

const DISK_HEAD: &str = "\
| | calls | opened | read | written | synced | renamed | removed | looked at or made | kB written |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
";

const THEORY_HEAD: &str = "\
| figure | ms |
|---|--:|
";

/// The comparison with JAX and TensorFlow.
pub(crate) fn native_table(found: &Native) -> String {
    let mut out = format!("{}\n\n{NATIVE_HEAD}", circumstances(&found.versions));
    for outcome in &found.outcomes {
        let [ours, jax, tensorflow] = outcome.best.map(cell);
        let [own, its, theirs] = outcome.alone.map(|time| figure(time.ms));
        line(
            &mut out,
            &[
                outcome.row.name(),
                outcome.row.neurons.to_string(),
                ours,
                jax,
                tensorflow,
                ratio(&outcome.best),
                own,
                its,
                theirs,
                ratio(&outcome.alone),
            ],
        );
    }
    out
}

/// What our own steps are made of.
pub(crate) fn cost_table(found: &Native) -> String {
    let mut out = format!("{}\n\n{COST_HEAD}", circumstances(&[]));
    for outcome in &found.outcomes {
        let row = outcome.row;
        let &Parts {
            step,
            products,
            operations,
            sampling,
        } = &outcome.parts;
        let share = |part: f64| format!("{:.0} %", 100.0 * part / step);
        let speed = |time: f64| format!("{:.0}", operations / time / 1e6);
        line(
            &mut out,
            &[
                row.name(),
                row.neurons.to_string(),
                if row.is_lifted() { "d×d" } else { "N×d" }.to_owned(),
                figure(step),
                format!("{:.1}", operations / 1e6),
                speed(step),
                speed(products),
                share(products),
                share(sampling),
                share(step - products - sampling),
            ],
        );
    }
    out
}

/// The comparison in a browser.
pub(crate) fn browser_table(found: &[browser::Outcome]) -> String {
    let version = found.first().map(|outcome| outcome.version.clone());
    let version: Vec<String> = version.into_iter().collect();
    let mut out = format!("{}\n\n{BROWSER_HEAD}", circumstances(&version));
    for &browser::Outcome {
        dim, neurons, ms, ..
    } in found
    {
        let [ours, theirs, by_hand, usual] = ms;
        line(
            &mut out,
            &[
                dim.to_string(),
                neurons.to_string(),
                figure(ours),
                figure(theirs),
                format!("**{:.1}**", theirs / ours),
                figure(by_hand),
                format!("**{:.1}**", by_hand / ours),
                figure(usual),
                format!("**{:.1}**", usual / ours),
            ],
        );
    }
    out
}

/// What steps are made of in each form of our wasm.
pub(crate) fn forms_table(found: &forms::Forms) -> String {
    let version = std::slice::from_ref(&found.version);
    let mut out = format!("{}\n\n{FORMS_HEAD}", circumstances(version));
    for (form, name) in ["relaxed", "128 bits"].into_iter().enumerate() {
        for step in &found.steps {
            let of_dim = || found.steps.iter().filter(|other| other.dim == step.dim);
            let (Some(less), Some(more)) = (
                of_dim().min_by_key(|other| other.neurons),
                of_dim().max_by_key(|other| other.neurons),
            ) else {
                continue;
            };
            let rate = (more.operations() - less.operations()) / (more.ms[form] - less.ms[form]);
            let (ms, operations) = (step.ms[form], step.operations());
            let products = operations / rate / ms;
            line(
                &mut out,
                &[
                    name.to_owned(),
                    step.dim.to_string(),
                    step.neurons.to_string(),
                    figure(ms),
                    format!("{:.1}", operations / 1e6),
                    format!("{:.1}", operations / ms / 1e6),
                    format!("{:.1}", rate / 1e6),
                    format!("{:.0} %", 100.0 * products),
                    format!("{:.0} %", 100.0 * (1.0 - products)),
                ],
            );
        }
    }
    out
}

/// Exact risks beside NumPy.
pub(crate) fn exact_table(found: &exact::Exact) -> String {
    let version = std::slice::from_ref(&found.version);
    let mut out = format!("{}\n\n{EXACT_HEAD}", circumstances(version));
    for row in &found.rows {
        line(
            &mut out,
            &[
                row.features.to_string(),
                row.directions.to_string(),
                figure(row.ours),
                figure(row.numpy),
                format!("**{:.1}**", row.numpy / row.ours),
            ],
        );
    }
    out
}

/// What the lines of the figures take.
pub(crate) fn theory_table(found: &forms::Forms) -> String {
    let version = std::slice::from_ref(&found.version);
    let mut out = format!("{}\n\n{THEORY_HEAD}", circumstances(version));
    for (name, ms) in &found.theory {
        line(&mut out, &[name.clone(), figure(*ms)]);
    }
    out
}

/// What a plan of many runs takes, as time and memory and as files.
pub(crate) fn scale_table(found: &Cluster) -> String {
    let mut out = format!("{}\n\n{SCALE_HEAD}", circumstances(&[]));
    for cost in &found.costs {
        line(
            &mut out,
            &[
                cost.name.clone(),
                format!("{:.2}", cost.seconds),
                format!("{:.2}", cost.computing),
                megabytes(cost.bytes),
            ],
        );
    }
    let files = |files: Files| {
        let kilobytes = files.bytes.div_ceil(1000);
        let length = if kilobytes < 1000 {
            format!("{kilobytes} kB")
        } else {
            format!("{} MB", megabytes(files.bytes))
        };
        format!("{} files, {length}", files.count)
    };
    let _ = writeln!(
        out,
        "\nThe plan has {} kB. A part, when it has ended: {}; all {} of them: {}; merged: {}.",
        found.plan.div_ceil(1000),
        files(found.part),
        found.size.tasks,
        files(found.parts),
        files(found.merged)
    );
    out
}

/// What a shared disk is asked for; none where that could not be seen.
pub(crate) fn disk_table(found: &Cluster) -> Option<String> {
    let mut out = format!("{}\n\n{DISK_HEAD}", circumstances(&[]));
    let mut row = |name: &str, by: &DiskUse| {
        let calls = [
            by.calls(),
            by.opened,
            by.read,
            by.written,
            by.synced,
            by.renamed,
            by.removed,
            by.asked + by.made,
        ];
        let mut cells = vec![name.to_owned()];
        cells.extend(calls.map(|calls| calls.to_string()));
        cells.push(format!("{:.1}", by.bytes as f64 / 1e3));
        line(&mut out, &cells);
    };
    for asked in found.disk.as_ref()? {
        row(&asked.name, &asked.by);
    }
    Some(out)
}

fn megabytes(bytes: u64) -> String {
    (bytes.div_ceil(1_000_000)).to_string()
}

/// Puts a table in its place in a document.
pub(crate) fn write(file: &str, name: &str, table: &str) -> Result<()> {
    let path = workspace::path(file);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {file}"))?;
    let text = replaced(&text, name, table)
        .with_context(|| format!("{file} has no place for the table \"{name}\""))?;
    fs::write(&path, text)?;
    println!("The table \"{name}\" is in {file}.");
    Ok(())
}

/// The document with another table between the two marks of that name.
fn replaced(text: &str, name: &str, table: &str) -> Option<String> {
    let (begin, end) = (
        format!("<!-- {name}: begin -->"),
        format!("<!-- {name}: end -->"),
    );
    let (before, rest) = text.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n\n{table}\n{end}{after}"))
}

/// When and on what, with which versions of others.
fn circumstances(versions: &[String]) -> String {
    let mut out = format!("{}; {}.", machine::date(), machine::name());
    let named = versions.iter().filter(|version| version.contains(' '));
    for version in named {
        let _ = write!(out, " {version}.");
    }
    out
}

fn line(out: &mut String, cells: &[String]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

/// Milliseconds with three significant digits.
fn figure(ms: f64) -> String {
    let decimals = (2.0 - ms.log10().floor()).clamp(0.0, 4.0);
    format!("{ms:.*}", decimals as usize)
}

fn cell(time: Time) -> String {
    format!("{} ({})", figure(time.ms), time.mode)
}

/// How much longer the faster of the others takes.
fn ratio([ours, jax, tensorflow]: &[Time; 3]) -> String {
    format!("**{:.1}**", jax.ms.min(tensorflow.ms) / ours.ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_replaced_where_they_stand() {
        let text = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n";
        let expected = "a\n<!-- x: begin -->\n\nnew\n\n<!-- x: end -->\nb\n";
        let once = replaced(text, "x", "new\n").unwrap();
        assert_eq!(once, expected);
        assert_eq!(replaced(&once, "x", "new\n").unwrap(), expected);
        assert_eq!(replaced(text, "y", "new\n"), None);
    }

    #[test]
    fn figures_have_three_digits() {
        for (ms, text) in [
            (0.012_34, "0.0123"),
            (0.1234, "0.123"),
            (12.34, "12.3"),
            (1234.0, "1234"),
        ] {
            assert_eq!(figure(ms), text);
        }
    }
}
