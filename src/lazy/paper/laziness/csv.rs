//! The figure's numbers as one table.

use std::fmt::Display;

use super::data::LazinessData;

const COLUMNS: &str = "kind,regime,neurons,rho,laziness,risk,movement,alignment,optimum,least_movement,best_alignment,step_size,run\n";

/// A network's numbers. What does not apply is empty.
#[derive(Default)]
struct LazyCsvRow<'a> {
    kind: &'a str,
    regime: &'a str,
    neurons: usize,
    rho: f64,
    laziness: Option<f64>,
    /// Risk, movement, alignment.
    at: [Option<f64>; 3],
    /// The same of the best network.
    best: [Option<f64>; 3],
    step_size: Option<f64>,
    run: Option<&'a str>,
}

impl LazyCsvRow<'_> {
    fn write(&self, out: &mut String) {
        let mut cells = vec![
            self.kind.to_owned(),
            self.regime.to_owned(),
            self.neurons.to_string(),
            self.rho.to_string(),
            cell(self.laziness),
        ];
        cells.extend(self.at.map(cell));
        cells.extend(self.best.map(cell));
        cells.push(cell(self.step_size));
        cells.push(cell(self.run));
        out.push_str(&cells.join(","));
        out.push('\n');
    }
}

fn cell(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// One row a number: limits and exact values by laziness, with those of NN and NT, which are its ends, and trained networks.
pub fn csv(data: &LazinessData) -> String {
    let mut out = COLUMNS.to_owned();
    for line in &data.lines {
        for row in ends("limit", line.neurons, line.rho, line.nn, line.nt) {
            row.write(&mut out);
        }
        for (&laziness, &risk) in line.laziness.iter().zip(&line.risk) {
            let row = LazyCsvRow {
                kind: "limit",
                regime: "lazy",
                neurons: line.neurons,
                rho: line.rho,
                laziness: Some(laziness),
                at: [Some(risk), None, None],
                ..LazyCsvRow::default()
            };
            row.write(&mut out);
        }
    }
    for line in &data.exact {
        for row in ends("exact", line.neurons, line.rho, line.nn, line.nt) {
            row.write(&mut out);
        }
        for &laziness in &line.laziness {
            let row = LazyCsvRow {
                kind: "exact",
                regime: "lazy",
                neurons: line.neurons,
                rho: line.rho,
                laziness: Some(laziness),
                at: line.at(laziness).map_or([None; 3], |best| best.map(Some)),
                ..LazyCsvRow::default()
            };
            row.write(&mut out);
        }
    }
    for dot in &data.dots {
        let row = LazyCsvRow {
            kind: "sgd",
            regime: "lazy",
            neurons: dot.neurons,
            rho: dot.rho,
            laziness: Some(dot.laziness),
            at: [dot.risk, dot.movement, dot.alignment],
            best: [dot.optimum, dot.least_movement, dot.best_alignment],
            step_size: dot.step_size,
            run: Some(&dot.run),
        };
        row.write(&mut out);
    }
    out
}

fn ends(
    kind: &'static str,
    neurons: usize,
    rho: f64,
    nn: f64,
    nt: f64,
) -> [LazyCsvRow<'static>; 2] {
    [("nn", nn), ("nt", nt)].map(|(regime, risk)| LazyCsvRow {
        kind,
        regime,
        neurons,
        rho,
        at: [Some(risk), None, None],
        ..LazyCsvRow::default()
    })
}
