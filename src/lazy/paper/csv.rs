//! A figure's numbers as one table.

use std::fmt::Display;

use super::data::{FigureData, name};

const COLUMNS: &str = "kind,regime,weights,activation,schedule,rho,neurons,samples,risk,sd,optimum,step_scale,step_size,run\n";

/// A number and what it belongs to. What does not apply is empty.
#[derive(Default)]
struct CsvRow<'a> {
    kind: &'a str,
    regime: &'a str,
    weights: Option<&'a str>,
    activation: &'a str,
    schedule: Option<&'a str>,
    rho: f64,
    neurons: Option<usize>,
    samples: Option<u64>,
    risk: Option<f64>,
    sd: Option<f64>,
    optimum: Option<f64>,
    step_scale: Option<f64>,
    step_size: Option<f64>,
    run: Option<&'a str>,
}

impl CsvRow<'_> {
    fn write(&self, out: &mut String) {
        let cells = [
            self.kind.to_owned(),
            self.regime.to_owned(),
            cell(self.weights),
            self.activation.to_owned(),
            cell(self.schedule),
            self.rho.to_string(),
            cell(self.neurons),
            cell(self.samples),
            cell(self.risk),
            cell(self.sd),
            cell(self.optimum),
            cell(self.step_scale),
            cell(self.step_size),
            cell(self.run),
        ];
        out.push_str(&cells.join(","));
        out.push('\n');
    }
}

fn cell(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// One row a number: limits and exact values along lines, exact means over draws, dots, the same
/// from other seeds, and risks against samples.
pub fn csv(data: &FigureData) -> String {
    let mut out = COLUMNS.to_owned();
    for line in &data.lines {
        for (&rho, &risk) in line.curve.rho.iter().zip(&line.curve.risk) {
            let row = CsvRow {
                kind: if line.limit { "limit" } else { "finite" },
                regime: name(line.subject),
                weights: line.weights.as_deref(),
                activation: &line.activation,
                rho,
                risk: Some(risk),
                ..CsvRow::default()
            };
            row.write(&mut out);
        }
    }
    for exact in &data.exact {
        for point in &exact.points {
            let row = CsvRow {
                kind: "exact",
                regime: name(exact.subject),
                weights: Some(&exact.weights),
                activation: &exact.activation,
                rho: point.rho,
                neurons: Some(point.neurons),
                risk: Some(point.mean),
                sd: point.sd,
                ..CsvRow::default()
            };
            row.write(&mut out);
        }
    }
    networks(data, &mut out);
    out
}

fn networks(data: &FigureData, out: &mut String) {
    for dot in &data.dots {
        let row = CsvRow {
            kind: if dot.schedule.is_some() { "sgd" } else { "fit" },
            regime: name(dot.subject),
            weights: dot.weights.as_deref(),
            activation: &dot.activation,
            schedule: dot.schedule.as_deref(),
            rho: dot.rho,
            neurons: Some(dot.neurons),
            risk: dot.risk,
            optimum: dot.optimum,
            step_scale: dot.step_scale,
            step_size: dot.step_size,
            run: dot.run.as_deref(),
            ..CsvRow::default()
        };
        row.write(out);
    }
    for repeat in &data.repeats {
        let row = CsvRow {
            kind: "repeat",
            regime: name(repeat.subject),
            activation: &repeat.activation,
            schedule: Some("linear"),
            rho: repeat.rho,
            neurons: Some(repeat.neurons),
            risk: repeat.risk,
            optimum: repeat.optimum,
            run: Some(&repeat.run),
            ..CsvRow::default()
        };
        row.write(out);
    }
    for path in &data.trajectories {
        for (&samples, &risk) in path.samples.iter().zip(&path.risk) {
            let row = CsvRow {
                kind: "path",
                regime: name(path.subject),
                activation: &path.activation,
                schedule: Some("linear"),
                rho: path.rho,
                neurons: Some(path.neurons),
                samples: Some(samples),
                risk: Some(risk),
                optimum: path.optimum,
                run: Some(&path.run),
                ..CsvRow::default()
            };
            row.write(out);
        }
    }
}
