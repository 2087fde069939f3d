//! How the neuron gets there: its risk against samples.

use super::subject::{FEATURES, TRAINED};
use super::{NeuronScene, Seen};
use crate::figure::{Axis, Chart, Line, Origin, Panel, Picture};

pub(super) struct SamplesOfNeuron;

/// Where the axis of risks ends, as powers of ten.
const POWERS: (f64, f64) = (-10.0, 1.0);

impl Panel<NeuronScene> for SamplesOfNeuron {
    fn key(&self) -> &'static str {
        "samples"
    }

    fn title(&self) -> &'static str {
        "The neuron learns"
    }

    fn note(&self, _seen: &Seen) -> String {
        "Risk of the one neuron, trained by SGD; that of the random features at the handle, at best, is dashed.".to_owned()
    }

    fn picture(&self, seen: &Seen) -> Picture {
        let points = seen.neuron_run().map_or(&[][..], |run| run.curve(0));
        let points: Vec<(f64, f64)> = points
            .iter()
            .filter(|(_, risk)| *risk > 0.0)
            .map(|&(samples, risk)| (samples, risk.log10()))
            .collect();
        let last = points.last().map_or(1.0, |point| point.0).max(1e4);
        let x = Axis::linear("samples", 0.0, last);
        let mut chart = Chart::new(x, Axis::linear("log₁₀ risk", POWERS.0, POWERS.1));
        if let Some(risk) = seen.scene.random(seen.features()) {
            let across = vec![(0.0, risk.log10()), (last, risk.log10())];
            let frozen = Line::new(FEATURES, Origin::Limit, across);
            chart.lines.push(frozen.called("random features"));
        }
        let trained = Line::new(TRAINED, Origin::Run, points);
        chart.lines.push(trained.called("one neuron"));
        Picture::Chart(chart)
    }
}
