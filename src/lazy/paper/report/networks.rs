//! Trained networks.

use super::{CLOSE, CLOSE_RELATIVELY, WidthReported, label};
use crate::figure::Subject;
use crate::full_size::markdown::{MarkdownTable, difference, rho, risk};
use crate::lazy::exact::Moments;
use crate::lazy::paper::WidthFigure;
use crate::lazy::paper::data::BestRun;

/// Whether a risk is as close to the optimum as it is expected to be.
pub(super) fn is_close(risk: f64, optimum: f64) -> bool {
    let excess = risk - optimum;
    excess.abs() <= CLOSE && (optimum <= CLOSE || excess.abs() <= CLOSE_RELATIVELY * optimum)
}

/// The dots with their final risk and exact optimum.
pub(super) fn known<'a>(
    dots: impl Iterator<Item = &'a BestRun>,
) -> impl Iterator<Item = (&'a BestRun, f64, f64)> {
    dots.filter_map(|dot| Some((dot, dot.risk?, dot.optimum?)))
}

/// The dots of the decaying step size.
pub(super) fn decaying(figure: &WidthReported) -> String {
    let mut table = MarkdownTable::new(&[
        "regime",
        "N",
        "ρ",
        "limit",
        "exact",
        "trained",
        "difference",
        "ratio",
        "step size",
        "close",
    ]);
    for dot in figure.trained("linear") {
        let quadratic = dot.activation == "quadratic";
        let pair = dot.risk.zip(dot.optimum);
        table.row(&[
            label(dot.subject, &dot.activation),
            dot.neurons.to_string(),
            rho(dot.rho),
            risk(quadratic.then(|| figure.limit(dot.subject, dot.neurons))),
            risk(dot.optimum),
            risk(dot.risk),
            difference(pair.map(|(risk, optimum)| risk - optimum)),
            match pair {
                Some((risk, optimum)) if optimum > CLOSE => format!("{:.3}", risk / optimum),
                _ => "–".to_owned(),
            },
            match dot.step_scale {
                Some(scale) => format!("{scale} auto"),
                None => "diverged".to_owned(),
            },
            match pair {
                Some((risk, optimum)) if is_close(risk, optimum) => "yes",
                Some(_) => "no",
                None => "–",
            }
            .to_owned(),
        ]);
    }
    let widths = figure.preset.widths[0].iter();
    let kept = widths.copied().find(|&n| figure.preset.keeps_second(n));
    let kept = kept.map_or_else(String::new, |neurons| {
        format!(
            " From N = {neurons} on, NN keeps its second layer, which has the signs of the optimum: trained, such a network \
             would cost more with every neuron."
        )
    });
    let note = format!(
        "\n### Networks, decaying step size\n\n*Close*: within {CLOSE} of the exact optimum, and within {:.0} % of it \
         where it exceeds {CLOSE}. Step sizes are multiples of the automatic one, the best of those tried.{kept}\n",
        100.0 * CLOSE_RELATIVELY
    );
    note + &table.finish()
}

/// The spread over seeds.
pub(super) fn seeds(figure: &WidthReported) -> String {
    let mut table =
        MarkdownTable::new(&["regime", "N", "seeds", "trained − exact", "standard error"]);
    for activation in &figure.preset.activations {
        for subject in [Subject::NN, Subject::NT] {
            for &neurons in &figure.preset.shown {
                let values = figure.over_seeds(subject, activation.name(), neurons);
                let moments = Moments::of(values.iter().copied());
                let Some(Moments { mean, sd: Some(sd) }) = moments else {
                    continue;
                };
                let error = sd / (values.len() as f64).sqrt();
                table.row(&[
                    label(subject, activation.name()),
                    neurons.to_string(),
                    values.len().to_string(),
                    difference(Some(mean)),
                    risk(Some(error)),
                ]);
            }
        }
    }
    let table = table.finish();
    if table.is_empty() {
        return table;
    }
    "\nFrom several seeds, of weights and batches, at the automatic step size:\n".to_owned()
        + &table
}

/// What decaying steps leave, at each size that they started from; only of networks with several.
pub(super) fn sizes(figure: &WidthReported) -> String {
    let several = figure.trained("linear").filter(|dot| dot.grid.len() > 1);
    let table = by_step_size(several);
    if table.is_empty() {
        return table;
    }
    let left = left(figure);
    format!(
        "\nTheir {left}, by the step size before the decay, ε. In a direction of curvature λ, T steps of which the second half falls \
         linearly leave about 0.6·√(ελT) times the noise of the best estimate from their samples: where noise prevails, half \
         the step leaves 1/√2 of it. Where small eigenvalues prevail, it leaves more.\n"
    ) + &table
}

/// What constant steps leave, at each step size.
pub(super) fn constant(figure: &WidthReported) -> String {
    let table = by_step_size(figure.trained("constant"));
    if table.is_empty() {
        return table;
    }
    let left = left(figure);
    format!(
        "\n### Networks, constant steps\n\nThe paper trains with constant steps. By step size, in multiples of the automatic \
         one, the floor that they leave: the {left}. Where the target can be represented (a quadratic one, N ≥ d), the noise dies with the residual; \
         elsewhere it stays, and shrinks with the step, until so small a step does not arrive.\n"
    ) + &table
}

/// What [`by_step_size`] shows.
fn left(figure: &WidthReported) -> &'static str {
    match figure.preset.figure {
        WidthFigure::Activation => "final risk (for NT its excess over the exact optimum)",
        _ => "final risk above the exact optimum",
    }
}

/// Networks by row, step sizes by column: the final risk above the exact optimum, or the final risk
/// itself where no optimum is known. Empty without networks.
fn by_step_size<'a>(dots: impl Iterator<Item = &'a BestRun>) -> String {
    let dots: Vec<&BestRun> = dots.collect();
    let runs = dots.iter().flat_map(|dot| &dot.grid);
    let mut scales: Vec<f64> = runs.map(|run| run.step_scale).collect();
    scales.sort_by(f64::total_cmp);
    scales.dedup();
    let mut heads: Vec<String> = ["regime", "N", "ρ", "exact"].map(str::to_owned).into();
    heads.extend(scales.iter().map(|scale| format!("× {scale}")));
    let mut table = MarkdownTable::new(&heads);
    for dot in dots {
        let mut cells = vec![
            label(dot.subject, &dot.activation),
            dot.neurons.to_string(),
            rho(dot.rho),
            risk(dot.optimum),
        ];
        for &scale in &scales {
            let run = dot
                .grid
                .iter()
                .find(|run| run.step_scale.total_cmp(&scale).is_eq());
            cells.push(match run {
                None => "–".to_owned(),
                Some(run) if run.diverged_at.is_some() => "diverged".to_owned(),
                Some(run) => match dot.optimum {
                    Some(optimum) => difference(run.risk.map(|risk| risk - optimum)),
                    None => risk(run.risk),
                },
            });
        }
        table.row(&cells);
    }
    table.finish()
}
