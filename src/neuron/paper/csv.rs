//! The figure's numbers as one table.

use std::fmt::Display;

use super::data::NeuronFigureData;

const COLUMNS: &str =
    "kind,regime,dim,bias,neurons,samples,risk,sd,error,size,bound,hinge,polynomial,seed,run\n";

/// A row. What does not apply is empty.
#[derive(Default)]
struct NeuronCsvRow<'a> {
    kind: &'a str,
    regime: &'a str,
    dim: Option<usize>,
    bias: Option<f64>,
    neurons: Option<f64>,
    samples: Option<u64>,
    risk: Option<f64>,
    sd: Option<f64>,
    error: Option<f64>,
    size: Option<f64>,
    bound: Option<f64>,
    hinge: Option<f64>,
    polynomial: &'a str,
    seed: Option<u64>,
    run: &'a str,
}

impl NeuronCsvRow<'_> {
    fn write(&self, out: &mut String) {
        let cells = [
            self.kind.to_owned(),
            self.regime.to_owned(),
            cell(self.dim),
            cell(self.bias),
            cell(self.neurons),
            cell(self.samples),
            cell(self.risk),
            cell(self.sd),
            cell(self.error),
            cell(self.size),
            cell(self.bound),
            cell(self.hinge),
            self.polynomial.to_owned(),
            cell(self.seed),
            self.run.to_owned(),
        ];
        out.push_str(&cells.join(","));
        out.push('\n');
    }
}

fn cell(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// One row a number: `line` is theory, `exact` features drawn, `sgd` trained neurons, `polynomial` networks whose `risk` is the
/// share of wrong signs.
pub fn csv(data: &NeuronFigureData) -> String {
    let mut out = COLUMNS.to_owned();
    let mut put = |row: &NeuronCsvRow<'_>| row.write(&mut out);
    for line in &data.lines {
        for ((&r, &rf), &any) in line.features.iter().zip(&line.rf).zip(&line.any) {
            put(&NeuronCsvRow {
                kind: "line",
                regime: "rf",
                dim: Some(line.dim),
                bias: Some(0.0),
                neurons: Some(r),
                risk: Some(rf),
                bound: Some(any),
                ..NeuronCsvRow::default()
            });
        }
    }
    for curve in &data.drawn {
        for point in &curve.points {
            put(&NeuronCsvRow {
                kind: "exact",
                regime: &curve.regime,
                dim: Some(curve.dim),
                bias: Some(curve.bias),
                neurons: Some(point.neurons as f64),
                risk: Some(point.mean),
                sd: point.sd,
                error: point.error,
                size: point.size,
                run: &curve.run,
                ..NeuronCsvRow::default()
            });
        }
    }
    for neuron in &data.trained {
        put(&NeuronCsvRow {
            kind: "sgd",
            regime: "nn",
            dim: Some(neuron.dim),
            bias: Some(0.0),
            neurons: Some(1.0),
            samples: Some(neuron.samples),
            risk: neuron.risk,
            seed: Some(neuron.seed),
            run: &neuron.run,
            ..NeuronCsvRow::default()
        });
    }
    for network in &data.polynomials {
        put(&NeuronCsvRow {
            kind: "polynomial",
            regime: &network.layers,
            neurons: Some(network.features as f64),
            risk: network.error,
            hinge: network.hinge,
            polynomial: &network.polynomial,
            seed: Some(network.seed),
            run: &network.run,
            ..NeuronCsvRow::default()
        });
    }
    out
}
