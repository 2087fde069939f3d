//! `lazy-limits risk linear`: random directions for a linear target.

use clap::ArgMatches;

use super::wave::count;
use crate::cli::arguments::given;
use crate::cli::failure::refusal;
use crate::cli::report::{Column, Report, number};
use crate::cli::{Failure, Page, PartCommand, arguments, input};
use crate::neuron::setting::NeuronSettings;
use crate::neuron::warm_up::LinearWarmUp;
use crate::setting::{Parameters, Scope, SettingError};

const PROBLEM: &str = "linear";
const SCOPE: Scope = NeuronSettings::RISK_OF_LINEAR;
const FEATURES: &str = "features";

pub(super) const COMMAND: PartCommand = PartCommand {
    name: "risk",
    problem: Some(PROBLEM),
    build: || arguments::of_table::<NeuronSettings>(PAGE.command(PROBLEM), SCOPE),
    run: |matches, _| Ok(report(&settings(matches)?)?.into()),
};

const PAGE: Page = Page {
    about: "A linear target: the risk of r random directions, exactly",
    long_about: "\
The linear target ⟨w*,x⟩ on x ~ N(0, I_d) by r features ⟨w_i,x⟩ of random directions (Yehudai and Shamir 2019, Prop. 4.1).

The best combination has the part of w* in the span of the w_i, and its risk is the share outside: Beta((d − r)/2, r/2), with \
mean 1 − r/d. From d features on nothing is left. One trained direction would do.

The paper shows that for r ≤ d/2 the risk is at least 1/4 but for a probability of exp(−cd); that \
probability is here exactly, as quarter. Numbers of features above d are refused; of those that stand in for none given, only \
those up to d are shown.",
    examples: "\
Examples:
  lazy-limits risk linear --dim 20
  lazy-limits risk linear --dim 100 --features lin:10:100:10
  lazy-limits risk linear --dim 12 --features 5 --format json",
};

fn settings(matches: &ArgMatches) -> Result<NeuronSettings, Failure> {
    let mut settings: NeuronSettings = input::settings(SCOPE, matches)?;
    let d = settings.dim;
    if given(matches, FEATURES).is_none() {
        settings.features.retain(|&r| r <= d);
    }
    Ok(settings)
}

fn report(settings: &NeuronSettings) -> Result<Report, Failure> {
    let d = settings.dim;
    let mut rows = Vec::new();
    for &r in &settings.features {
        let law = LinearWarmUp::new(d, r).ok_or_else(|| {
            refusal(SettingError::Invalid {
                key: FEATURES,
                value: r.to_string(),
                allowed: format!("at most d = {d}, as with d directions nothing is left"),
            })
        })?;
        rows.push(vec![count(r), number(law.mean()), number(law.below(0.25))]);
    }
    let title = "A linear target: the risk of random directions";
    let mut report = Report::answer("risk", PROBLEM, title, format!("d = {d}"));
    report.say("risk ~ Beta((d − r)/2, r/2), over that of answering 0");
    report.fact("settings", settings.to_json(true));
    let columns = vec![
        Column::new(FEATURES, "r", "features ⟨w,x⟩ of random directions w"),
        Column::new("mean", "mean", "of the risk, 1 − r/d (Prop. 4.1)"),
        Column::new("quarter", "P(<¼)", "probability of a risk below 1/4"),
    ];
    report.table(columns, rows);
    report.conclude(format!(
        "Prop. 4.1: with up to d/2 = {} of them a risk below 1/4 is unlikely, the more so the larger d is",
        d / 2.0
    ));
    Ok(report)
}
