//! `lazy-limits exact neuron --network FILE --target FILE`: the same for weights given.

use clap::ArgMatches;
use nalgebra::DMatrix;
use serde_json::Value;

use super::exact_neuron::{MEANINGS, counted, note_tangent, note_unknown, report, target, widths};
use crate::cli::arguments::given;
use crate::cli::failure::Failure;
use crate::cli::file::InputFile;
use crate::cli::report::{Column, number};
use crate::cli::{Outcome, note};
use crate::neuron::exact::{
    FeatureKind, FeaturesError, NestedFeatures, UnknownRisk, bytes, has_tangent, in_words,
};
use crate::neuron::setting::NeuronSettings;
use crate::numbers::digits;
use crate::runner::{MemoryError, require};
use crate::setting::Parameters;

/// Parameters that mean nothing where features and target are given.
const NOT_OF_A_NETWORK: [&str; 3] = ["draws", "directions", "seed"];

/// Features and target of files.
struct OfFiles {
    weights: DMatrix<f64>,
    direction: DMatrix<f64>,
    /// What was read.
    notes: [String; 2],
}

/// Reads both, and sets what they fix: d, and the norm unless it is given.
fn read(
    settings: &mut NeuronSettings,
    matches: &ArgMatches,
    network: &InputFile<'_>,
    target: &InputFile<'_>,
) -> Result<OfFiles, Failure> {
    let is_given = |key: &str| given(matches, key).is_some();
    if let Some(key) = NOT_OF_A_NETWORK.into_iter().find(|key| is_given(key)) {
        return Err(Failure::Usage(format!(
            "--{key} is of random features, but --network gives them; leave one of the two out"
        )));
    }
    if [network, target].iter().all(|file| file.path() == "-") {
        return Err(Failure::Usage(
            "--network and --target cannot both be read from standard input".to_owned(),
        ));
    }
    let (weights, read_network) = network.network()?;
    let (direction, read_target) = target.network()?;
    let dim = weights.nrows();
    if direction.shape() != (dim, 1) {
        let reason = format!(
            "it has {} of {}, but must have one of {dim}, as many numbers as the lines of {}",
            counted(direction.ncols(), "line"),
            counted(direction.nrows(), "number"),
            network.name()
        );
        return Err(target.refusal("cannot be used", reason));
    }
    if is_given("dim") && settings.dim as usize != dim {
        let reason = format!(
            "it has {dim} numbers a line, but --dim is {}; make them equal",
            settings.dim
        );
        return Err(network.refusal("cannot be used", reason));
    }
    settings
        .set("dim", &dim.to_string())
        .map_err(|error| network.refusal("cannot be used", error))?;
    let length = length(&direction);
    if !(length > 0.0 && length.is_finite()) {
        let reason = "it has no direction: the target's weights must be numbers and not all 0";
        return Err(target.refusal("cannot be used", reason));
    }
    if !is_given("norm") {
        settings
            .set("norm", &length.to_string())
            .map_err(|error| target.refusal("cannot be used", error))?;
    }
    if !is_given("features") {
        settings.features = vec![weights.ncols() as f64];
    }
    Ok(OfFiles {
        weights,
        direction,
        notes: [read_network, read_target],
    })
}

/// Risks of the first neurons of a file, for the target of another.
pub(super) fn of_network(
    settings: &mut NeuronSettings,
    matches: &ArgMatches,
    network: &InputFile<'_>,
    target: &InputFile<'_>,
) -> Result<Outcome, Failure> {
    let files = read(settings, matches, network, target)?;
    let (dim, neurons) = files.weights.shape();
    let features = widths(settings)?;
    if let Some(more) = features.iter().find(|&&r| r > neurons as f64) {
        return Err(Failure::Usage(format!(
            "--features has {}, but {} has {}",
            digits(*more),
            network.name(),
            counted(neurons, "neuron")
        )));
    }
    let features: Vec<usize> = features.iter().map(|&r| r as usize).collect();
    let risks = of_weights(settings, &features, &files.weights, &files.direction)
        .map_err(|error| network.refusal("cannot be used", error))?;
    for text in &files.notes {
        note(text);
    }

    let mut report = report(settings);
    report.say(format!(
        "features of {}, target of {}",
        network.name(),
        target.name()
    ));
    report.fact("network", network.path());
    report.fact("target", target.path());
    let [r, rf, nt, size] = MEANINGS;
    let columns = vec![
        Column::new("features", "r", r),
        Column::new("rf", "RF", rf),
        Column::new("nt", "NT", nt),
        Column::new(
            "size",
            "size",
            &format!("{size}, for the weights as they are given"),
        ),
    ];
    let mut unknown = [None, None];
    let mut rows = Vec::with_capacity(features.len());
    for (&neurons, (rf, nt)) in features.iter().zip(risks) {
        unknown[0] = unknown[0].or(rf.err());
        unknown[1] = unknown[1].or(nt.and_then(Result::err));
        let (risk, size) = rf.ok().unzip();
        let nt = nt.and_then(Result::ok);
        let mut row = vec![neurons.into()];
        row.extend([risk, nt, size].map(|value| value.map_or(Value::Null, number)));
        rows.push(row);
    }
    report.table(columns, rows);
    note_tangent(&mut report, features.iter().copied(), dim);
    note_unknown(&mut report, unknown);
    Ok(report.into())
}

/// Scaled, as squares of numbers may be none.
fn length(direction: &DMatrix<f64>) -> f64 {
    let largest = direction.amax();
    if largest == 0.0 {
        return 0.0;
    }
    largest
        * direction
            .iter()
            .map(|x| (x / largest).powi(2))
            .sum::<f64>()
            .sqrt()
}

/// Why weights of a file cannot be used.
#[derive(Debug, thiserror::Error)]
enum OfWeights {
    #[error(transparent)]
    Memory(#[from] MemoryError),
    #[error(transparent)]
    Features(#[from] FeaturesError),
}

/// Risk and size of RF, and the risk of NT where it is solved for.
type FoundRisks = (
    Result<(f64, f64), UnknownRisk>,
    Option<Result<f64, UnknownRisk>>,
);

fn of_weights(
    settings: &NeuronSettings,
    features: &[usize],
    weights: &DMatrix<f64>,
    direction: &DMatrix<f64>,
) -> Result<Vec<FoundRisks>, OfWeights> {
    let dim = weights.nrows();
    let target = target(settings);
    let widest = features.iter().copied().max().unwrap_or(0);
    let each = features.iter().copied();
    let tangent = each
        .clone()
        .filter(|&neurons| has_tangent(dim, neurons))
        .max();
    require(
        || in_words(dim, widest as f64),
        bytes(dim, widest as f64, tangent.unwrap_or(0), 1),
    )?;
    let made = |kind, neurons: usize| {
        let first = weights.columns(0, neurons).into_owned();
        NestedFeatures::new(first, kind, settings.has_constant)
    };
    let relu = made(FeatureKind::Relu, widest)?;
    let fit = relu.fit(&target, direction);
    let of_relu = |neurons| {
        fit.as_ref()
            .map_err(|&error| error)?
            .risk_and_size(neurons, 0)
    };
    let rf: Vec<_> = each.clone().map(of_relu).collect();
    drop(fit);
    drop(relu);
    let tangent = made(FeatureKind::Tangent, tangent.unwrap_or(0))?;
    let fit = tangent.fit(&target, direction);
    let of_tangent = |neurons| fit.as_ref().map_err(|&error| error)?.risk(neurons, 0);
    let nt = each.map(|neurons| has_tangent(dim, neurons).then(|| of_tangent(neurons)));
    Ok(rf.into_iter().zip(nt).collect())
}
