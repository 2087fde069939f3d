//! `lazy-limits risk wave`: no fixed features follow a wave of random direction.

use crate::cli::report::{Column, Report, number};
use crate::cli::{Failure, Page, PartCommand, arguments, input};
use crate::neuron::setting::NeuronSettings;
use crate::neuron::wave::Waves;
use crate::setting::{Parameters, Scope};
use serde_json::Value;

const PROBLEM: &str = "wave";
const SCOPE: Scope = NeuronSettings::RISK_OF_WAVE;

pub(super) const COMMAND: PartCommand = PartCommand {
    name: "risk",
    problem: Some(PROBLEM),
    build: || arguments::of_table::<NeuronSettings>(PAGE.command(PROBLEM), SCOPE),
    run: |matches, _| Ok(report(&input::settings(SCOPE, matches)?)?.into()),
};

const PAGE: Page = Page {
    about: "A wave of random direction: what no fixed features can do better than",
    long_about: "\
A wave ψ(⟨w,x⟩) of random direction, ‖w‖ = s, on x ~ N(0, I_d): what no fixed features can do better than, whatever they \
are, wherever they come from and however large their weights (Yehudai and Shamir 2019, Prop. 4.6).

ψ is the triangle wave between −1 and 1 of period 4, and a sum of 6d² + 2 ReLU neurons as far as x ever comes (at s = d).

λ₁ is the largest of E_w⟨f,ψ_w⟩² over all functions f of mean square 1: what one feature can have in common with waves \
in all directions, on average. So r features leave at least the risk 1 − rλ₁/E ψ², averaged over \
directions. The paper bounds λ₁ by 20 exp(−cd) at s = d; here is its value, in closed form. Its item 2, E ψ² ≥ d, cannot be \
meant: ψ is never above 1, and E ψ² is 1/3.

JSON has \"lambda1\" (null where it is too small for a number), \"log10_lambda1\", \"mean_square\" and \"risk\", that of the \
first number of features; \"curve\" has all. The bound is 0 where it says nothing.",
    examples: "\
Examples:
  lazy-limits risk wave --dim 20 --norm 20
  lazy-limits risk wave --dim 10 --norm 10 --features log:1:1e9:10
  lazy-limits risk wave --dim 5 --norm 2.5 --format json",
};

fn report(settings: &NeuronSettings) -> Result<Report, Failure> {
    let (d, s) = (settings.dim, settings.norm);
    // The table has no others.
    let waves = Waves::new(d, s)
        .ok_or_else(|| Failure::Usage(format!("nothing is known of waves of d = {d}, s = {s}")))?;
    let title = "A wave of random direction: what fixed features cannot do better than";
    let mut report = Report::answer("risk", PROBLEM, title, format!("d = {d} · s = ‖w‖ = {s}"));
    let (lambda, log10) = (waves.largest_eigenvalue(), waves.log10_largest_eigenvalue());
    let is_number = lambda >= f64::MIN_POSITIVE;
    let written = if is_number {
        format!("{lambda:.3e}")
    } else {
        format!("10^{log10:.3}")
    };
    report.say(format!("λ₁ = {written}"));
    report.say(format!("E ψ² = {:.4}", waves.mean_square()));
    report.fact("settings", settings.to_json(true));
    let lambda1 = if is_number { lambda } else { f64::NAN };
    report.fact("lambda1", number(lambda1));
    report.fact("log10_lambda1", number(log10));
    report.fact("mean_square", number(waves.mean_square()));
    let risk = |r: f64| number(waves.risk_at_least(r));
    report.fact("risk", settings.features.first().map(|&r| risk(r)));
    let columns = vec![
        Column::new("features", "r", "fixed features, any at all"),
        Column::new(
            "risk",
            "risk ≥",
            "1 − rλ₁/E ψ² (Prop. 4.6), over that of answering 0, averaged over directions; 0 where it says nothing",
        ),
    ];
    let rows = settings.features.iter();
    report.table(columns, rows.map(|&r| vec![count(r), risk(r)]).collect());
    let log10_needed = (waves.mean_square() / 2.0).log10() - log10;
    report.conclude(format!(
        "To have half of a wave of random direction takes {} features or more, whatever they are",
        needed(log10_needed)
    ));
    Ok(report)
}

/// That many features, of which the logarithm to base 10 is given.
fn needed(log10: f64) -> String {
    if log10 < 6.0 {
        format!("{}", 10_f64.powf(log10).ceil().max(1.0))
    } else {
        let exponent = log10.floor();
        let digits = 10_f64.powf(log10 - exponent);
        format!("{digits:.1}·10^{exponent}")
    }
}

/// A number of features: a whole one as such.
pub(super) fn count(features: f64) -> Value {
    if features.fract() == 0.0 && features < 1e15 {
        (features as u64).into()
    } else {
        number(features)
    }
}
