//! What `risk` and `exact` say of a quadratic target where a laziness is asked for: networks between NN and NT.

use serde_json::Value;

use crate::cli::failure::Failure;
use crate::cli::report::{Column, Report, number};
use crate::cli::{Outcome, Terminal};
use crate::lazy::exact::{Moments, RunError};
use crate::lazy::exact_laziness::{LazyCurvePoint, LazyPlan, LazyValue, lazy_of};
use crate::lazy::limit;
use crate::lazy::problem::{Problem, Quadratic, Target};
use crate::runner::Progress;

use super::input::{GivenNetwork, Input};
use super::weights;

/// The target, if a laziness is asked for. Mixtures have none.
pub(super) fn asked<'a>(input: &'a Input<'_>) -> Option<&'a Quadratic> {
    match &input.problem {
        Problem::Quadratic(quadratic) if !input.settings.laziness.is_empty() => Some(quadratic),
        _ => None,
    }
}

/// The limits of networks of each ρ and laziness.
pub(super) fn limits(input: &Input<'_>, quadratic: &Quadratic) -> Report {
    let (settings, problem) = (&input.settings, &input.problem);
    let what = "limits of networks of any laziness α as N, d → ∞";
    let mut report = weights::curve("risk", what, input);
    say_network(&mut report);
    let lazy = limit::Laziness::new(quadratic);
    let tangent = limit::NeuralTangent::new(problem);
    let mut unknown = None;
    let mut rows = Vec::new();
    for &rho in &settings.rho {
        let neurons = limit::neurons(rho, problem.dim());
        let (nn, nt) = (limit::network(problem, neurons), tangent.risk(rho));
        for &alpha in &settings.laziness {
            let risk = lazy.risk(rho, alpha);
            unknown = unknown.or(risk.is_none().then_some((rho, alpha)));
            rows.push(vec![
                number(rho),
                number(alpha),
                neurons.into(),
                risk.map_or(Value::Null, number),
                number(nn),
                number(nt),
            ]);
        }
    }
    let mut columns = places("max(1, round(ρd))");
    columns.extend([
        Column::new("risk", "risk", "least risk of that laziness"),
        Column::new("nn", "NN", "network of N neurons (Theorem 3), α → 0"),
        Column::new("nt", "NT", "neural tangent (Theorem 2), α → ∞"),
    ]);
    report.table(columns, rows);
    weights::note_network(problem, &mut report);
    if let Some((rho, alpha)) = unknown {
        report.note(format!(
            "the limit at ρ = {rho}, α = {alpha} is not known: where its spectrum has to be cut was not found"
        ));
    }
    report
}

/// The exact values of networks of each ρ and laziness, or of a network given as their start.
pub(super) fn exact(
    input: &Input<'_>,
    quadratic: &Quadratic,
    network: Option<GivenNetwork<'_>>,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    match network {
        Some(network) => of_network(input, quadratic, network),
        None => of_draws(input, quadratic, terminal),
    }
}

fn report(input: &Input<'_>) -> Report {
    let what = "exact least risks of networks of any laziness α";
    let mut report = weights::curve("exact", what, input);
    say_network(&mut report);
    report
}

fn say_network(report: &mut Report) {
    report.say("f = α(Σ⟨w,x⟩² − start) + c, from output 0");
}

/// The columns of what is asked for.
fn places(neurons: &str) -> Vec<Column> {
    vec![
        Column::new("rho", "ρ", "neurons per dimension, N/d"),
        Column::new("laziness", "α", "laziness"),
        Column::new("neurons", "N", neurons),
    ]
}

const MOVEMENT: &str = "‖W − W₀‖/‖W₀‖ of the nearest network of that risk";
const ALIGNMENT: &str =
    "share of its features within the span of the N leading eigenvectors of B; N/d at random";

fn of_network(
    input: &Input<'_>,
    quadratic: &Quadratic,
    network: GivenNetwork<'_>,
) -> Result<Outcome, Failure> {
    let laziness = &input.settings.laziness;
    let GivenNetwork { source, w } = network;
    let neurons = w.ncols();
    let (values, nt) =
        lazy_of(quadratic, w, laziness).map_err(|error| source.refusal("cannot be used", error))?;
    input.notes.say();
    let mut report = report(input);
    report.say(format!("W₀ of {}", source.name()));
    report.fact("network", source.path());
    let rho = neurons as f64 / quadratic.dim() as f64;
    let row = |(&alpha, value): (&f64, &LazyValue)| {
        vec![
            number(rho),
            number(alpha),
            neurons.into(),
            number(value.risk),
            number(value.movement),
            number(value.alignment),
            number(quadratic.network_exact(neurons)),
            nt.map_or(Value::Null, number),
        ]
    };
    let mut columns = places("neurons in the file");
    columns.extend([
        Column::new("risk", "risk", "least risk from this start"),
        Column::new("movement", "movement", MOVEMENT),
        Column::new("alignment", "alignment", ALIGNMENT),
        Column::new("nn", "NN", "network of N neurons (Theorem 3), α → 0"),
        Column::new("nt", "NT", "neural tangent at these weights, α → ∞"),
    ]);
    report.table(columns, laziness.iter().zip(&values).map(row).collect());
    weights::note_network(&input.problem, &mut report);
    if let Err(unknown) = nt {
        report.note(unknown.to_string());
    }
    Ok(report.into())
}

fn of_draws(
    input: &Input<'_>,
    quadratic: &Quadratic,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let settings = &input.settings;
    let plan = LazyPlan {
        problem: quadratic.clone(),
        rho: settings.rho.clone(),
        laziness: settings.laziness.clone(),
        seed: settings.seed,
        draws: settings.draws,
    };
    input.notes.say();
    let interrupt = &terminal.interrupt;
    interrupt.hold();
    let mut progress = Progress::new(terminal.quiet, plan.optima() as u64, "optima");
    let curve = plan.run(terminal.threads, |done| {
        progress.at(done as u64);
        interrupt.flow()
    });
    progress.finish();
    let curve = curve.map_err(|error| match error {
        RunError::Threads(_) => Failure::Failed(error.to_string()),
        _ if input.is_rho_given => Failure::Usage(format!("--rho cannot be used: {error}")),
        _ => Failure::Usage(format!("{error}, or a smaller --rho")),
    })?;
    let interrupted = curve.draws < settings.draws;

    let mut report = report(input);
    report.say(format!("seed {}", settings.seed));
    report.fact("draws", curve.draws);
    report.fact("interrupted", interrupted);
    let average = match curve.draws {
        1 => "one draw".to_owned(),
        draws => format!("mean over {draws} draws"),
    };
    let spread = "its standard deviation over draws";
    let mut columns = places("max(1, round(ρd))");
    columns.extend([
        Column::new("risk", "risk", &format!("least risk, {average}")),
        Column::new("risk_sd", "± risk", spread),
        Column::new("movement", "movement", MOVEMENT),
        Column::new("movement_sd", "± mov.", spread),
        Column::new("alignment", "alignment", ALIGNMENT),
        Column::new("alignment_sd", "± ali.", spread),
        Column::new("nn", "NN", "network of N neurons (Theorem 3), α → 0"),
        Column::new(
            "nt",
            "NT",
            &format!("neural tangent at the same starts, α → ∞, {average}"),
        ),
        Column::new("nt_sd", "± NT", spread),
    ]);
    report.table(columns, curve.points.iter().map(row).collect());
    weights::note_network(&input.problem, &mut report);
    if let Some(unknown) = curve.unknown {
        report.note(unknown.to_string());
    }
    if interrupted {
        report.note(format!(
            "interrupted after {} of {} draws",
            curve.draws, settings.draws
        ));
    }
    Ok(Outcome {
        report,
        interrupted,
        failure: None,
    })
}

fn row(point: &LazyCurvePoint) -> Vec<Value> {
    let both = |moments: Option<Moments>| {
        let mean = moments.map_or(Value::Null, |m| number(m.mean));
        let sd = moments.and_then(|m| m.sd).map_or(Value::Null, number);
        [mean, sd]
    };
    let mut row = vec![
        number(point.rho),
        number(point.laziness),
        point.neurons.into(),
    ];
    row.extend(both(point.risk));
    row.extend(both(point.movement));
    row.extend(both(point.alignment));
    row.push(number(point.nn));
    row.extend(both(point.nt));
    row
}
