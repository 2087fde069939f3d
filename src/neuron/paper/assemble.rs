//! The figure's data from its runs.

use serde_json::Value;

use super::data::{
    DrawnCurve, DrawnMean, NeuronFigureData, NeuronSeconds, PolynomialDot, TrainedNeuron,
};
use super::preset::NeuronPreset;
use super::theory::lines;
use crate::experiment::sweep::{Job, Sweep};
use crate::full_size::{Provenance, finished, seconds_of_runs};
use crate::neuron::drawn::{RANDOM_NEURONS, RandomNeurons, RiskOfDraw};
use crate::neuron::exact::{FeatureKind, MeanAndSd};
use crate::neuron::polynomial::{POLYNOMIAL, PolynomialSettings};
use crate::neuron::setting::NeuronSettings;
use crate::neuron::training::NEURON;
use crate::runner::Results;
use crate::setting::{Parameters, Scope, VERSION};

/// The risk to which a trained neuron is timed: what the default figure says of it.
pub(super) const LEARNT: f64 = 1e-8;

/// Puts the figure together from the `results` of its plan, as many as there are. `command` is what asked for it.
pub fn assemble(
    preset: &NeuronPreset,
    sweep: &Sweep,
    results: &Results,
    command: Vec<String>,
) -> NeuronFigureData {
    let done = finished(sweep, results);
    let runs = [done.len(), sweep.jobs().len()];
    let mut notes = Vec::new();
    if runs[0] < runs[1] {
        notes.push("not all runs are finished: what is missing is left out".to_owned());
    }
    let mut data = NeuronFigureData {
        schema: VERSION,
        figure: NeuronPreset::NAME.into(),
        preset: preset.size.name().into(),
        complete: runs[0] == runs[1],
        runs,
        notes,
        provenance: Provenance::new(results, seconds(sweep, results), command),
        lines: lines(preset),
        drawn: Vec::new(),
        trained: Vec::new(),
        polynomials: Vec::new(),
    };
    let mut unknown = 0;
    for (job, record) in &done {
        let object = job.plan().settings();
        let (kind, run) = (job.plan().kind(), job.id().to_owned());
        if *kind == NEURON {
            let settings = NeuronSettings::from_json(NeuronSettings::TRAIN, object).ok();
            data.trained
                .extend(settings.and_then(|settings| trained(&settings, record, run)));
        } else if *kind == POLYNOMIAL {
            let settings = PolynomialSettings::from_json(Scope::TRAIN, object).ok();
            data.polynomials
                .extend(settings.map(|settings| polynomial(&settings, record, run)));
        } else if let Ok(settings) = RandomNeurons::from_json(Scope::TRAIN, object) {
            let curve = drawn(&settings, record, run);
            let all = settings.widths().count() * settings.draws as usize;
            unknown += all - curve.points.iter().map(|point| point.draws).sum::<usize>();
            data.drawn.push(curve);
        }
    }
    if unknown > 0 {
        data.notes.push(format!(
            "risks of draws that rounding hides, and that are left out: {unknown}"
        ));
    }
    data
}

fn drawn(settings: &RandomNeurons, record: &Value, run: String) -> DrawnCurve {
    let draws = settings.read(record);
    let points = settings.widths().filter_map(|neurons| {
        let known: Vec<RiskOfDraw> = draws
            .iter()
            .filter_map(|draw| draw.iter().find(|one| one.neurons == neurons).copied())
            .collect();
        point(neurons, settings.directions, &known)
    });
    DrawnCurve {
        regime: match settings.regime {
            FeatureKind::Relu => "rf",
            FeatureKind::Tangent => "nt",
        }
        .into(),
        dim: settings.dim,
        bias: settings.bias,
        directions: settings.directions,
        points: points.collect(),
        run,
    }
}

/// Draws of so many neurons together, each with a mean and sd over directions.
fn point(neurons: usize, directions: usize, draws: &[RiskOfDraw]) -> Option<DrawnMean> {
    let means: Vec<f64> = draws.iter().map(|draw| draw.mean).collect();
    let sizes: Vec<f64> = draws.iter().filter_map(|draw| draw.size).collect();
    let over_draws = MeanAndSd::of(&means)?;
    let (k, m) = (means.len() as f64, directions as f64);
    // Squares within draws, and between them.
    let squares: f64 = draws
        .iter()
        .map(|draw| {
            let within = (m - 1.0) * draw.sd.unwrap_or_default().powi(2);
            within + m * (draw.mean - over_draws.mean).powi(2)
        })
        .sum();
    Some(DrawnMean {
        neurons,
        mean: over_draws.mean,
        sd: (k * m > 1.0).then(|| (squares / (k * m - 1.0)).sqrt()),
        error: over_draws.sd.map(|sd| sd / k.sqrt()),
        size: MeanAndSd::of(&sizes).map(|sizes| sizes.mean),
        draws: means.len(),
    })
}

fn trained(settings: &NeuronSettings, record: &Value, run: String) -> Option<TrainedNeuron> {
    let curve = record["curve"].as_array()?.iter();
    let curve: Vec<(u64, f64)> = curve
        .filter_map(|at| Some((at["samples"].as_u64()?, at["risk"].as_f64()?)))
        .collect();
    let reached = curve.iter().find(|(_, risk)| *risk <= LEARNT);
    let diverged = record["diverged_at"].is_u64();
    Some(TrainedNeuron {
        dim: settings.dim as usize,
        seed: settings.seed,
        batch: settings.batch,
        first: curve.first()?.1,
        samples_to_1e8: reached.map(|(samples, _)| *samples),
        samples: curve.last()?.0,
        risk: curve.last().map(|(_, risk)| *risk).filter(|_| !diverged),
        run,
    })
}

fn polynomial(settings: &PolynomialSettings, record: &Value, run: String) -> PolynomialDot {
    let diverged = record["diverged_at"].is_u64();
    let last = |key: &str| {
        let values = record[key].as_array().and_then(|values| values.last());
        values.and_then(Value::as_f64).filter(|_| !diverged)
    };
    PolynomialDot {
        polynomial: settings.polynomial.name().to_owned(),
        features: settings.features,
        layers: settings.layers.name().to_owned(),
        seed: settings.seed,
        error: last("error"),
        hinge: last("hinge"),
        run,
    }
}

fn seconds(sweep: &Sweep, results: &Results) -> NeuronSeconds {
    let all = seconds_of_runs(results);
    let mut sums = NeuronSeconds::default();
    for job in sweep.jobs() {
        *sum_of(job, &mut sums) += all.get(job.id()).copied().unwrap_or_default();
    }
    sums
}

fn sum_of<'a>(job: &Job, sums: &'a mut NeuronSeconds) -> &'a mut f64 {
    let kind = job.plan().kind();
    let settings = RandomNeurons::from_json(Scope::TRAIN, job.plan().settings());
    match settings.map(|settings| settings.regime) {
        _ if *kind == NEURON => &mut sums.neurons,
        Ok(FeatureKind::Tangent) if *kind == RANDOM_NEURONS => &mut sums.tangent,
        Ok(FeatureKind::Relu) if *kind == RANDOM_NEURONS => &mut sums.features,
        _ => &mut sums.polynomials,
    }
}
