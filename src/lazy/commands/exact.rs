//! `lazy-limits exact`: exact risks at finite N and d.

use crate::cli::failure::Failure;
use crate::cli::report::{Column, Report, number};
use crate::cli::{Outcome, Terminal};
use crate::lazy::exact::{ExactPlan, ExactPoint, Moments, RunError, exact_of};
use crate::lazy::finite;
use crate::lazy::problem::{Problem, Target};
use crate::runner::Progress;
use serde_json::Value;

use super::input::{GivenNetwork, Input};
use super::{laziness, weights};

/// Samples for the Bayes risk: a second at the largest d, and an error in the third digit.
const BAYES_SAMPLES: usize = 100_000;

/// A report with what every exact curve says.
fn report(input: &Input<'_>) -> Report {
    let mut report = weights::curve("exact", "exact risks at finite N and d", input);
    if let Problem::Mixture(mixture) = &input.problem {
        let sampled = finite::bayes_sampled(mixture, BAYES_SAMPLES, input.settings.seed);
        report.fact("bayes", number(finite::bayes(mixture)));
        report.fact("bayes_sampled", number(sampled.mean));
        report.fact("bayes_se", number(sampled.standard_error));
        report.fact("bayes_samples", BAYES_SAMPLES);
        weights::conclude_bayes(mixture, &mut report);
        report.conclude(format!(
            "By Monte Carlo with {BAYES_SAMPLES} samples, seed {}, Bayes is {:.4} ± {:.4} (standard error) at this d",
            input.settings.seed, sampled.mean, sampled.standard_error,
        ));
    }
    report
}

pub(super) fn outcome(mut input: Input<'_>, terminal: &Terminal) -> Result<Outcome, Failure> {
    let network = input.network.take();
    if let Some(quadratic) = laziness::asked(&input) {
        return laziness::exact(&input, quadratic, network, terminal);
    }
    match network {
        Some(network) => of_network(&input, network),
        None => of_draws(&input, terminal),
    }
}

fn of_network(input: &Input<'_>, network: GivenNetwork<'_>) -> Result<Outcome, Failure> {
    let (problem, sigma) = (&input.problem, input.settings.activation);
    let GivenNetwork { source, w } = network;
    let neurons = w.ncols();
    let [rf, nt] =
        exact_of(problem, w, sigma).map_err(|error| source.refusal("cannot be used", error))?;
    input.notes.say();
    let mut report = report(input);
    report.say(format!("RF weights of {}, σ = {sigma}", source.name()));
    report.fact("network", source.path());
    let row = vec![
        number(neurons as f64 / problem.dim() as f64),
        neurons.into(),
        rf.map_or(Value::Null, number),
        nt.map_or(Value::Null, number),
        number(problem.network_exact(neurons)),
    ];
    let columns = vec![
        Column::new("rho", "ρ", "neurons per dimension, N/d"),
        Column::new("neurons", "N", "neurons in the file"),
        Column::new("rf", "RF", "random features, these weights"),
        Column::new("nt", "NT", "neural tangent at these weights, σ = x²"),
        Column::new("nn", "NN", "network of N neurons of its own, σ = x²"),
    ];
    report.table(columns, vec![row]);
    weights::note_features(&input.settings, &mut report);
    weights::note_network(&input.problem, &mut report);
    for unknown in [rf, nt].into_iter().filter_map(Result::err) {
        report.note(unknown.to_string());
    }
    Ok(report.into())
}

fn of_draws(input: &Input<'_>, terminal: &Terminal) -> Result<Outcome, Failure> {
    let settings = &input.settings;
    let is_rho_given = input.is_rho_given;
    let plan = ExactPlan {
        problem: input.problem.clone(),
        covariance: input.covariance.clone(),
        activation: settings.activation,
        rho: settings.rho.clone(),
        seed: settings.seed,
        draws: settings.draws,
    };
    input.notes.say();
    let interrupt = &terminal.interrupt;
    interrupt.hold();
    let mut progress = Progress::new(terminal.quiet, settings.draws as u64, "draws");
    let curve = plan.run(terminal.threads, |done| {
        progress.at(done as u64);
        interrupt.flow()
    });
    progress.finish();
    let curve = curve.map_err(|error| match error {
        RunError::Threads(_) => Failure::Failed(error.to_string()),
        _ if is_rho_given => Failure::Usage(format!("--rho cannot be used: {error}")),
        _ => Failure::Usage(format!("{error}, or a smaller --rho")),
    })?;
    let interrupted = curve.draws < settings.draws;

    let mut report = report(input);
    report.say(weights::features(settings));
    report.say(format!("seed {}", settings.seed));
    report.fact("draws", curve.draws);
    report.fact("interrupted", interrupted);
    let average = match curve.draws {
        1 => "one draw".to_owned(),
        draws => format!("mean over {draws} draws"),
    };
    let mut columns = vec![
        Column::new("rho", "ρ", "neurons per dimension, N/d"),
        Column::new("neurons", "N", "max(1, round(ρd))"),
        Column::new("rf", "RF", &format!("random features, {average}")),
        Column::new("rf_sd", "± RF", "its standard deviation over draws"),
        Column::new("nt", "NT", &format!("neural tangent, σ = x², {average}")),
        Column::new("nt_sd", "± NT", "its standard deviation over draws"),
    ];
    // For a mixture no formula is known.
    if input.problem.mixture().is_none() {
        let meaning = "its mean over all weights, closed form";
        columns.push(Column::new("nt_mean", "NT mean", meaning));
    }
    columns.push(Column::new("nn", "NN", "network of N neurons, σ = x²"));
    report.table(columns, curve.points.iter().map(row).collect());
    weights::note_features(&input.settings, &mut report);
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

fn row(point: &ExactPoint) -> Vec<Value> {
    let mean = |moments: Option<Moments>| moments.map_or(Value::Null, |m| number(m.mean));
    let sd = |moments: Option<Moments>| moments.and_then(|m| m.sd).map_or(Value::Null, number);
    let mut row = vec![
        number(point.rho),
        point.neurons.into(),
        mean(point.rf),
        sd(point.rf),
        mean(point.nt),
        sd(point.nt),
    ];
    row.extend(point.nt_mean.map(number));
    row.push(number(point.nn));
    row
}
