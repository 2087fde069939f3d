//! `lazy-limits exact neuron`: exact risks of random features at finite r and d.

use clap::builder::ValueParser;
use clap::{Arg, ArgMatches, ValueHint};
use serde_json::Value;

use crate::cli::arguments::{self, Anything, given};
use crate::cli::failure::Failure;
use crate::cli::file::InputFile;
use crate::cli::report::{Column, Report, number};
use crate::cli::{Outcome, Page, PartCommand, Terminal, input};
use crate::neuron::exact::{
    AverageOfDraws, FeaturePlan, FeaturePlanError, MAX_TANGENT_FEATURES, MeanAndSd, UnknownRisk,
    bytes, has_tangent, in_words,
};
use crate::neuron::problem::SingleNeuron;
use crate::neuron::setting::NeuronSettings;
use crate::numbers::digits;
use crate::runner::{Progress, require};
use crate::setting::Parameters;

use super::exact_files as files;

pub(super) const EXACT: PartCommand = PartCommand {
    name: "exact",
    problem: Some("neuron"),
    build: || {
        let command =
            arguments::of_table::<NeuronSettings>(PAGE.command("neuron"), NeuronSettings::EXACT);
        command
            .arg(file(
                NETWORK,
                "Weights of features to judge: r lines of d numbers",
                NETWORK_HELP,
            ))
            .arg(file(
                TARGET,
                "Weights of the target: one line of d numbers",
                TARGET_HELP,
            ))
    },
    run,
};

const NETWORK: &str = "network";
const TARGET: &str = "target";

/// What the columns are: r, RF, NT, size.
pub(super) const MEANINGS: [&str; 4] = [
    "neurons: features of RF; NT has d for each",
    "random features relu(⟨w,x⟩)",
    "tangent features 1(⟨w,x⟩ > 0)x",
    "r·max|u_i| of RF (Remark 4.5)",
];

const NETWORK_HELP: &str = "First-layer weights to judge instead of drawing them: a FILE with r lines of d numbers, one neuron \
a line, or an r×d array in .npy; “-” is standard input. It fixes d, and wants --target too. Their lengths do not matter to \
risks. --features are how many of the first lines are used; all by default.";

const TARGET_HELP: &str = "The target's weights w*, with --network: a FILE with one line of d numbers; “-” is standard input. \
Their length is the norm s, unless --norm says another.";

const PAGE: Page = Page {
    about: "One neuron: exact risks of random features, mean and spread, or for weights in a file",
    long_about: "\
One neuron, y = relu(s⟨w*,x⟩ + b) on Gaussian x in d dimensions, against r fixed neurons without biases: the least risk of all \
combinations of their features, exactly, without samples and without training.

RF  random features relu(⟨w,x⟩), r of them: only the second layer is trained
NT  tangent features 1(⟨w,x⟩ > 0)x of r neurons, rd of them: the linearisation around the same weights

Risks are over E y², so that answering 0 has risk 1. The constant is a feature too (--constant no leaves it out). Directions \
of features are uniform on the sphere, as are those of the target; Gaussian weights have the same risks, as ReLU is \
homogeneous. Widths are nested: few features are the first of many with the same seed.

Each of --draws draws of features is solved for --directions directions of the target; means and standard deviations are over \
all of these together (divisor n − 1; empty, in JSON null, for a single one).

size is r·max|u_i| of the best combination Σ u_i relu(⟨w_i,x⟩), its mean where it is averaged: where features are not \
enough, it is what cannot be small (Theorem 4.2, Remark 4.5). Of nearly dependent features it is ill-conditioned.

All widths are solved for at once from one r×r matrix, which takes about 9 r² bytes a draw; NT takes 9 (rd)², and is left \
out beyond rd = 4096. A risk that rounding decides is left out too, with a sentence. Ctrl-C, or a signal of a scheduler, \
prints the draws that are done.",
    examples: "\
Examples:
  lazy-limits exact neuron
  lazy-limits exact neuron --dim 10 --features 16,64,256 --draws 5
  lazy-limits exact neuron --bias -1 --dim 10 --features log:1:512:10 --constant no
  lazy-limits exact neuron --network W.csv --target w.csv --format json
  lazy-limits exact neuron --network W.npy --target w.csv --features 1,2,4 --bias 0.5",
};

fn file(key: &'static str, help: &'static str, long_help: &'static str) -> Arg {
    Arg::new(key)
        .long(key)
        .value_parser(ValueParser::new(Anything(Vec::new())))
        .value_name("FILE")
        .value_hint(ValueHint::FilePath)
        .allow_hyphen_values(true)
        .help(help)
        .long_help(long_help)
}

fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut settings: NeuronSettings = input::settings(NeuronSettings::EXACT, matches)?;
    match [NETWORK, TARGET].map(|key| given(matches, key).map(|path| InputFile::new(key, path))) {
        [None, None] => of_draws(&settings, terminal),
        [Some(network), Some(target)] => files::of_network(&mut settings, matches, &network, &target),
        [Some(_), None] => Err(Failure::Usage(
            "--network needs --target too, the weights of the neuron that its features are to learn".to_owned(),
        )),
        [None, Some(_)] => Err(Failure::Usage(
            "--target needs --network too, the weights of the features that are to learn it".to_owned(),
        )),
    }
}

pub(super) fn target(settings: &NeuronSettings) -> SingleNeuron {
    SingleNeuron {
        norm: settings.norm,
        bias: settings.bias,
    }
}

/// A report with what every exact curve says.
pub(super) fn report(settings: &NeuronSettings) -> Report {
    let target = target(settings);
    let bias = match settings.bias {
        0.0 => String::new(),
        bias => format!(
            "{}{}",
            if bias > 0.0 { " + " } else { " − " },
            digits(bias.abs())
        ),
    };
    let norm = match settings.norm {
        1.0 => String::new(),
        norm => digits(norm),
    };
    let mut report = Report::answer(
        "exact",
        "neuron",
        "One neuron (neuron): exact risks of random features at finite r and d",
        format!("y = relu({norm}⟨w*,x⟩{bias}) · d = {}", settings.dim),
    );
    report.fact("settings", settings.to_json(true));
    report.say(if settings.has_constant {
        "features and the constant"
    } else {
        "features without the constant"
    });
    if settings.has_constant {
        let least = target.variance() / target.second_moment();
        report.fact("constant_risk", number(least));
        if least.is_finite() {
            report.conclude(format!(
                "Answering 0 has risk 1, the best constant {least:.4}"
            ));
        }
    }
    if settings.bias != 0.0 {
        report.note(
            "with a bias the risk has a floor whatever r: of odd functions, features without biases have the linear ones only",
        );
    }
    report
}

/// The numbers of neurons that are asked for, which must be whole: those of a range are to rounding.
pub(super) fn widths(settings: &NeuronSettings) -> Result<Vec<f64>, Failure> {
    let whole = settings.features.iter().map(|&r| {
        if (r - r.round()).abs() <= 1e-9 * r {
            Ok(r.round())
        } else {
            Err(Failure::Usage(format!(
                "--features has {}, but exact risks are of whole numbers of neurons",
                digits(r)
            )))
        }
    });
    whole.collect()
}

fn of_draws(settings: &NeuronSettings, terminal: &Terminal) -> Result<Outcome, Failure> {
    let features = widths(settings)?;
    let dim = settings.dim as usize;
    let widest = features.iter().copied().fold(0.0, f64::max);
    let refused = |error| {
        Failure::Usage(format!(
            "--features cannot be used: {error}; fewer neurons would fit"
        ))
    };
    // Before they become whole numbers, of which some of these are beyond all.
    require(
        || in_words(dim, widest),
        bytes(dim, widest, 0, settings.directions),
    )
    .map_err(refused)?;
    let plan = FeaturePlan {
        dim,
        target: target(settings),
        features: features.iter().map(|&r| r as usize).collect(),
        has_constant: settings.has_constant,
        seed: settings.seed,
        draws: settings.draws,
        directions: settings.directions,
    };
    let interrupt = &terminal.interrupt;
    interrupt.hold();
    let mut progress = Progress::new(terminal.quiet, settings.draws as u64, "draws");
    let averages = plan.run(terminal.threads, |done| {
        progress.at(done as u64);
        interrupt.flow()
    });
    progress.finish();
    let averages = averages.map_err(|error| match error {
        FeaturePlanError::Memory(error) => refused(error),
        other @ FeaturePlanError::Threads(_) => Failure::Failed(other.to_string()),
    })?;
    let interrupted = averages.draws < settings.draws;

    let mut report = report(settings);
    report.say(format!("seed {}", settings.seed));
    report.fact("draws", averages.draws);
    report.fact("interrupted", interrupted);
    let average = format!(
        "mean over {} of features and {} of the target for each",
        counted(averages.draws, "draw"),
        counted(settings.directions, "direction")
    );
    report.say(average);
    let [r, rf, nt, size] = MEANINGS;
    let columns = vec![
        Column::new("features", "r", r),
        Column::new("rf", "RF", rf),
        Column::new(
            "rf_sd",
            "± RF",
            "standard deviation over draws and directions",
        ),
        Column::new("nt", "NT", nt),
        Column::new(
            "nt_sd",
            "± NT",
            "standard deviation over draws and directions",
        ),
        Column::new("size", "size", &format!("{size}, its mean")),
    ];
    report.table(columns, averages.points.iter().map(row).collect());
    note_tangent(
        &mut report,
        averages.points.iter().map(|point| point.neurons),
        dim,
    );
    note_unknown(&mut report, averages.unknown);
    if interrupted {
        report.note(format!(
            "interrupted after {} of {} draws",
            averages.draws, settings.draws
        ));
    }
    Ok(Outcome {
        report,
        interrupted,
        failure: None,
    })
}

/// “1 draw”, “2 draws”.
pub(super) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

fn row(point: &AverageOfDraws) -> Vec<Value> {
    let mean = |one: Option<MeanAndSd>| one.map_or(Value::Null, |one| number(one.mean));
    let sd = |one: Option<MeanAndSd>| one.and_then(|one| one.sd).map_or(Value::Null, number);
    vec![
        point.neurons.into(),
        mean(point.rf),
        sd(point.rf),
        mean(point.nt),
        sd(point.nt),
        point.size.map_or(Value::Null, number),
    ]
}

/// Says where NT is left out for its size.
pub(super) fn note_tangent(
    report: &mut Report,
    mut widths: impl Iterator<Item = usize>,
    dim: usize,
) {
    if widths.any(|neurons| !has_tangent(dim, neurons)) {
        report.note(format!(
            "NT of r neurons has rd features, and takes (rd)² numbers: it is left out beyond rd = {MAX_TANGENT_FEATURES}"
        ));
    }
}

pub(super) fn note_unknown(report: &mut Report, unknown: [Option<UnknownRisk>; 2]) {
    let [rf, nt] = unknown;
    match (rf, nt) {
        (Some(UnknownRisk::Silent { .. }), _) => {
            report.note(rf.map_or_else(String::new, |error| error.to_string()));
        }
        _ => {
            for (name, error) in [("RF", rf), ("NT", nt)] {
                if let Some(error) = error {
                    report.note(format!("{name}: {error}"));
                }
            }
        }
    }
}
