//! `lazy-limits risk neuron`: expected risks of random features on a single neuron, and what no features can do.

use serde_json::{Value, json};

use crate::cli::report::{Column, Report, number};
use crate::cli::{Page, PartCommand, arguments, input};
use crate::neuron::bound::AnyFeatures;
use crate::neuron::line::{ExpectedRisk, LEAST_DIM, LEAST_SHIFT};
use crate::neuron::problem::SingleNeuron;
use crate::neuron::setting::NeuronSettings;
use crate::neuron::tangent_line::{ExpectedTangentRisk, LEAST_NEURONS};
use crate::setting::Parameters;

const PROBLEM: &str = "neuron";

pub(super) const COMMAND: PartCommand = PartCommand {
    name: "risk",
    problem: Some(PROBLEM),
    build: || arguments::of_table::<NeuronSettings>(PAGE.command(PROBLEM), NeuronSettings::RISK),
    run: |matches, _| Ok(report(&input::settings(NeuronSettings::RISK, matches)?).into()),
};

const PAGE: Page = Page {
    about: "One neuron: expected risks of r random features, and the least of any r fixed ones",
    long_about: "\
One neuron, y = relu(s⟨w*,x⟩ + b) of x ~ N(0, I_d), learnt with features that are fixed before its direction w* is known: \
the expected least risk, over that of answering 0, for each number of features r.

RF   random features: relu(⟨w,x⟩) at r random w, combined as is best, and a constant unless --constant no. Averaged over \
features and directions. A prediction of ours (Gaussian-process regression over directions), which simulations bear out \
from d = 5 on.
any  no r fixed functions whatever have a lower risk on average over directions: the sum of all but the r largest eigenvalues of \
the targets' kernel. No bound on weights is needed. It is what is behind Theorems 4.2 and 4.8, without their constants. A \
constant counts as one of the r; beside RF with a constant, read it at r + 1.
NT   tangent features of r neurons, 1(⟨w,x⟩ > 0)x: r·d parameters. A prediction of ours for b = 0, from 8 neurons and d = 5 on.

Theorem 4.2 (Yehudai and Shamir, “On the Power and Limitations of Random Features for Understanding Neural Networks”, NeurIPS \
2019) is about the error E(y − f)² = 1/50: how many features have it on either line is always said (JSON \"threshold\"). The \
larger the norm s, the lower this error is beside E y². A single trained neuron reaches any.

With a bias, features without one have a floor: what is odd in the target beyond its linear part they never see.

A quantity that is not known is empty in tables and CSV, null in JSON, with a note that says why.",
    examples: "\
Examples:
  lazy-limits risk neuron
  lazy-limits risk neuron --dim 40 --features log:1:1e6:25
  lazy-limits risk neuron --dim 20 --risk 0.01                 features that have risk 0.01
  lazy-limits risk neuron --dim 8 --norm 64                    a steeper neuron: error 1/50
  lazy-limits risk neuron --dim 10 --bias -1 --constant no
  lazy-limits risk neuron --dim 12.5 --features 100 --format json",
};

/// All that is known of one target.
struct Lines {
    neuron: SingleNeuron,
    any: Option<AnyFeatures>,
    random: Option<ExpectedRisk>,
    tangent: Option<ExpectedTangentRisk>,
}

impl Lines {
    fn new(settings: &NeuronSettings) -> Self {
        let &NeuronSettings {
            dim,
            norm,
            bias,
            has_constant,
            ..
        } = settings;
        let neuron = SingleNeuron { norm, bias };
        let is_trusted = dim >= LEAST_DIM;
        Self {
            neuron,
            any: AnyFeatures::new(dim, &neuron),
            random: is_trusted
                .then(|| ExpectedRisk::new(dim, &neuron, has_constant))
                .flatten(),
            tangent: (is_trusted && bias == 0.0)
                .then(|| ExpectedTangentRisk::new(dim, has_constant))
                .flatten(),
        }
    }

    /// Rows of the table, one a number of features.
    fn rows(&self, features: &[f64]) -> Vec<Vec<Value>> {
        let rows = features.iter().map(|&features| {
            let random = self.random.as_ref();
            let any = self.any.as_ref();
            let tangent = self.tangent.as_ref().filter(|_| features >= LEAST_NEURONS);
            vec![
                count(features),
                known(random.and_then(|line| line.risk(features))),
                known(any.map(|bound| bound.risk(features))),
                known(tangent.and_then(|line| line.risk(features))),
            ]
        });
        rows.collect()
    }

    /// How many features have that risk: of any kind, and random ones.
    fn needed(&self, risk: f64) -> [Option<f64>; 2] {
        if risk >= 1.0 {
            // As answering 0 has.
            return [Some(0.0); 2];
        }
        let (any, random) = (self.any.as_ref(), self.random.as_ref());
        [
            any.and_then(|bound| bound.features_for(risk)),
            random.and_then(|line| line.features_for(risk)),
        ]
    }

    /// Adds what is not known, and why.
    fn note(&self, settings: &NeuronSettings, report: &mut Report) {
        let &NeuronSettings {
            dim,
            bias,
            ref features,
            ..
        } = settings;
        if self.any.is_none() {
            report.note(format!(
                "with b/s below {LEAST_SHIFT} the target is 0 but for one input in 10⁵⁷: nothing is known of it to any digit"
            ));
        } else if dim < LEAST_DIM {
            report.note(format!(
                "RF and NT are predictions that hold from d = {LEAST_DIM} on: at d = 4 what is measured is up to 20 % above them, at d = 2 several times as much"
            ));
        }
        if bias != 0.0 {
            report.note("NT is known for b = 0 alone");
        } else if features.iter().any(|&neurons| neurons < LEAST_NEURONS) && self.tangent.is_some()
        {
            report.note(format!(
                "NT is a prediction that holds from {LEAST_NEURONS} neurons on"
            ));
        }
    }
}

/// A number of features: a whole one as such.
fn count(features: f64) -> Value {
    if features.fract() == 0.0 && features < 1e15 {
        (features as u64).into()
    } else {
        number(features)
    }
}

fn known(value: Option<f64>) -> Value {
    value.map_or(Value::Null, number)
}

fn report(settings: &NeuronSettings) -> Report {
    let lines = Lines::new(settings);
    let NeuronSettings {
        dim, norm, bias, ..
    } = settings;
    let mut report = Report::answer(
        "risk",
        PROBLEM,
        "One neuron: expected risks of r features that do not know its direction, over that of answering 0",
        format!("y = relu(s⟨w*,x⟩ + b), x ~ N(0, I), d = {dim}, s = {norm}, b = {bias}"),
    );
    report.say(if settings.has_constant {
        "RF and NT with a constant besides"
    } else {
        "without a constant"
    });
    report.fact("settings", settings.to_json(true));
    let threshold = lines.neuron.threshold();
    let [any, rf] = lines.needed(threshold);
    report.fact(
        "threshold",
        json!({"risk": number(threshold), "any": known(any), "rf": known(rf)}),
    );
    report.conclude(if threshold < 1.0 {
        let what = format!("Error 1/50, as in Theorem 4.2, is risk {} here", short(threshold));
        sentence(&what, [any, rf])
    } else {
        "Error 1/50, as in Theorem 4.2, is no less than that of answering 0 here: no feature is needed.".to_owned()
    });
    if let Some(risk) = settings.risk {
        let [any, rf] = lines.needed(risk);
        report.fact("needed", json!({"any": known(any), "rf": known(rf)}));
        report.conclude(sentence(&format!("Risk {risk}"), [any, rf]));
        if rf.is_none()
            && let Some(floor) = lines.random.as_ref().map(ExpectedRisk::floor)
        {
            report.note(if floor >= risk {
                format!(
                    "no number of random features has risk {risk}: without biases they stop at {}",
                    short(floor)
                )
            } else {
                format!("risk {risk} takes more than 10²⁸⁵ random features")
            });
        }
    }
    let columns = vec![
        Column::new(
            "features",
            "r",
            "features; of NT, neurons, with d parameters each",
        ),
        Column::new("rf", "RF", "random features relu(⟨w,x⟩), expected"),
        Column::new(
            "any",
            "any",
            "no r fixed features have less, on average over directions",
        ),
        Column::new("nt", "NT", "tangent features of r neurons, expected"),
    ];
    report.table(columns, lines.rows(&settings.features));
    lines.note(settings, &mut report);
    report
}

/// What a table says of how many features are needed.
fn sentence(what: &str, [any, random]: [Option<f64>; 2]) -> String {
    let [any, random] = [any, random].map(|one| one.map(short));
    let any = any.map_or_else(
        || "of any kind, nobody knows how many features".to_owned(),
        |any| format!("no fewer than {any} features of any kind"),
    );
    match random {
        Some(random) => format!("{what}: {any}, {random} random ones."),
        None => {
            format!("{what}: {any}; of random ones the number is not known, or none is enough.")
        }
    }
}

/// Three digits.
fn short(value: f64) -> String {
    if value == 0.0 {
        "0".to_owned()
    } else if (1e-3..1e4).contains(&value) {
        let decimals = (2 - value.log10().floor() as i32).max(0) as usize;
        format!("{value:.decimals$}")
    } else {
        format!("{value:.2e}")
    }
}
