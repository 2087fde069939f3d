//! The paper's statements, one a line.

use super::fits;
use super::networks::{is_close, known};
use super::{CLOSE, CLOSE_RELATIVELY, WidthReported};
use crate::activation::Activation;
use crate::figure::Subject;
use crate::full_size::markdown::{self, MarkdownTable, with_error};
use crate::lazy::exact::Moments;
use crate::lazy::finite;
use crate::lazy::limit;
use crate::lazy::paper::WidthFigure;
use crate::lazy::paper::data::BestRun;

/// A statement, what was found here, how far that is from it, and why.
#[derive(Clone)]
struct Statement {
    says: String,
    here: String,
    difference: String,
    because: &'static str,
}

pub(super) fn statements(figure: &WidthReported) -> String {
    let all = match figure.preset.figure {
        WidthFigure::Quadratic => [
            agreement(figure),
            features(figure),
            vanishing(figure),
            gap(figure),
        ]
        .concat(),
        WidthFigure::Mixture => [
            agreement(figure),
            features(figure),
            bayes(figure),
            gap(figure),
        ]
        .concat(),
        WidthFigure::Activation => [features(figure), activated(figure)].concat(),
    };
    let mut table = MarkdownTable::new(&["the paper", "here", "difference", "what explains it"]);
    for Statement {
        says,
        here,
        difference,
        because,
    } in all
    {
        table.row(&[says, here, difference, because.to_owned()]);
    }
    table.finish()
}

/// Dots on lines.
fn agreement(figure: &WidthReported) -> Vec<Statement> {
    let mut out = Vec::new();
    for subject in [Subject::NN, Subject::NT] {
        let name = super::label(subject, "quadratic");
        let decaying = TrainedDots::of(figure, subject, "linear");
        let constant = TrainedDots::of(figure, subject, "constant");
        out.extend(
            decaying
                .statement(
                    format!("SGD attains the optimum of {name}"),
                    decaying.close(),
                    |dot| dot.2,
                    match (figure.preset.figure, subject == Subject::NT) {
                        (WidthFigure::Mixture, true) => {
                            "labels are noise in part, of which the last steps keep some, and less the smaller they are; with smaller \
                             ones the small eigenvalues of WᵀW learn too slowly, above all near N = d: see the sizes below"
                        }
                        (WidthFigure::Mixture, false) => {
                            "labels are noise in part, of which the last steps keep some, and less the smaller they are; but too small \
                             ones do not arrive: see the sizes below"
                        }
                        (_, true) => {
                            "finitely many steps: near N = d small eigenvalues of WᵀW learn slowly"
                        }
                        (_, false) => "finitely many steps; a decaying step size leaves little noise",
                    },
                )
                .map(|statement| Statement {
                    difference: statement.difference
                        + &decaying.inevitable(figure)
                        + &seeds(figure, subject),
                    ..statement
                }),
        );
        out.extend(constant.statement(
            format!("so it does with constant steps, {name}"),
            constant.close(),
            |dot| dot.2,
            "the noise of a large step, or the slowness of a small one: the best of those tried balances them",
        ));
        out.extend(decaying.statement(
            format!("the dots of {name} lie on the limit"),
            format!("{} widths", decaying.dots.len()),
            |dot| figure.limit(subject, dot.0.neurons),
            match figure.preset.figure {
                WidthFigure::Mixture => {
                    "as with decaying steps above, and finite d: the limits of the mixture neglect Δ̃², of order 1/d"
                }
                _ => "as with decaying steps above, and finite d",
            },
        ));
    }
    out
}

/// Networks of a regime, with their final risk and exact optimum.
struct TrainedDots<'a> {
    dots: Vec<(&'a BestRun, f64, f64)>,
}

impl<'a> TrainedDots<'a> {
    fn of(figure: &'a WidthReported, subject: Subject, schedule: &str) -> Self {
        let dots = known(figure.trained(schedule));
        Self {
            dots: dots.filter(|(dot, ..)| dot.subject == subject).collect(),
        }
    }

    /// How many are close to their optimum.
    fn close(&self) -> String {
        let close = self
            .dots
            .iter()
            .filter(|(_, risk, optimum)| is_close(*risk, *optimum));
        format!(
            "{} of {} dots within {CLOSE} and {:.0} %",
            close.count(),
            self.dots.len(),
            100.0 * CLOSE_RELATIVELY
        )
    }

    /// A statement with their largest difference from a reference; none where there are no networks.
    fn statement(
        &self,
        says: String,
        here: String,
        reference: impl Fn(&(&'a BestRun, f64, f64)) -> f64,
        because: &'static str,
    ) -> Option<Statement> {
        let (worst, dot) = self.farthest(reference)?;
        Some(Statement {
            says,
            here,
            difference: format!("at most {worst:+.5} (N = {})", dot.0.neurons),
            because,
        })
    }

    /// The one that is farthest from a reference, and how far it is.
    fn farthest(
        &self,
        reference: impl Fn(&(&'a BestRun, f64, f64)) -> f64,
    ) -> Option<(f64, &(&'a BestRun, f64, f64))> {
        let differences = self.dots.iter().map(|dot| (dot.1 - reference(dot), dot));
        differences.max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()))
    }

    /// What the noise of a mixture's labels takes at least of the largest excess over the optimum: p/n of
    /// the risk, for p parameters and n samples. A quadratic form of rank at most N < d, and as well
    /// one of NT, has Nd − N(N−1)/2 of them, and an offset.
    fn inevitable(&self, figure: &WidthReported) -> String {
        let worst = self.farthest(|dot| dot.2);
        match (figure.preset.figure, worst) {
            (WidthFigure::Mixture, Some((_, (dot, _, optimum)))) => {
                let (d, n) = (figure.data.dim as f64, dot.neurons as f64);
                let rank = n.min(d);
                let parameters = rank * d - rank * (rank - 1.0) / 2.0 + 1.0;
                let samples = (figure.data.steps * figure.data.batch as u64) as f64;
                let least = parameters / samples * optimum;
                format!(", of which even the best estimate would leave about {least:.5}")
            }
            _ => String::new(),
        }
    }
}

/// The deviation of one run from seed to seed, the largest of the widths shown.
fn seeds(figure: &WidthReported, subject: Subject) -> String {
    let errors = figure.preset.shown.iter().filter_map(|&neurons| {
        let values = figure.over_seeds(subject, "quadratic", neurons);
        Moments::of(values.into_iter())?.sd
    });
    match errors.max_by(f64::total_cmp) {
        Some(error) => format!("; ± {error:.5} from seed to seed"),
        None => String::new(),
    }
}

/// Random features: their limit, and that they stay away from 0.
fn features(figure: &WidthReported) -> Vec<Statement> {
    let mut out = Vec::new();
    for exact in fits::learning(figure) {
        let name = super::label(exact.subject, &exact.activation);
        let differences = exact.points.iter().filter_map(|point| {
            let limit = fits::limit(figure, exact.subject, &exact.activation, point.rho)?;
            Some((point.mean - limit, point, fits::error(exact, point)))
        });
        let worst = differences.max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
        let (Some((worst, at, error)), Some(last)) = (worst, exact.points.last()) else {
            continue;
        };
        out.push(Statement {
            says: format!("{name}: exact risks follow the limit, above 0 at every ρ"),
            here: format!(
                "{} at ρ = {:.2}",
                with_error(last.mean, fits::error(exact, last)),
                last.rho
            ),
            difference: format!(
                "at most {worst:+.5}{} (N = {})",
                error
                    .map(|error| format!(" ± {error:.5}"))
                    .unwrap_or_default(),
                at.neurons
            ),
            because: "finite d; the draws",
        });
    }
    out
}

/// NT and NN vanish from N = d on.
fn vanishing(figure: &WidthReported) -> Vec<Statement> {
    let d = figure.data.dim;
    let mut out = Vec::new();
    for subject in [Subject::NT, Subject::NN] {
        let wide = known(figure.trained("linear"))
            .filter(|(dot, ..)| dot.subject == subject && dot.neurons >= d)
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((dot, risk, _)) = wide {
            out.push(Statement {
                says: format!("{} vanishes for N ≥ d", super::label(subject, "quadratic")),
                here: format!(
                    "at most {} (N = {})",
                    markdown::risk(Some(risk)),
                    dot.neurons
                ),
                difference: markdown::difference(Some(risk)),
                because: if subject == Subject::NT {
                    "small eigenvalues of WᵀW at N = d learn slowly"
                } else {
                    "finitely many steps, in single precision"
                },
            });
        }
    }
    out
}

/// The gap between NT and NN.
fn gap(figure: &WidthReported) -> Vec<Statement> {
    let risk = |subject: Subject, neurons: usize| {
        let dot = known(figure.trained("linear"))
            .find(|(dot, ..)| dot.subject == subject && dot.neurons == neurons);
        dot.map(|(_, risk, _)| risk)
    };
    let gaps = figure.preset.shown.iter().filter_map(|&neurons| {
        let here = risk(Subject::NT, neurons)? - risk(Subject::NN, neurons)?;
        let theirs = figure.limit(Subject::NT, neurons) - figure.limit(Subject::NN, neurons);
        Some(Statement {
            says: format!(
                "NN beats NT by {theirs:.5} at ρ = {:.1}",
                neurons as f64 / figure.data.dim as f64
            ),
            here: format!("{here:.5}"),
            difference: format!("{:+.5}", here - theirs),
            because: "finite d, and finitely many steps",
        })
    });
    gaps.collect()
}

/// Bayes is not reached.
fn bayes(figure: &WidthReported) -> Vec<Statement> {
    let Some(mixture) = figure.problem.mixture() else {
        return Vec::new();
    };
    let (exact, limiting) = (finite::bayes(mixture), limit::bayes(mixture));
    let mut out = vec![Statement {
        says: format!("the Bayes error, {limiting:.5} for d → ∞"),
        here: format!("{exact:.5} at d = {}", figure.data.dim),
        difference: format!("{:+.5}", exact - limiting),
        because: "finite d; the value here is an exact integral",
    }];
    for subject in [Subject::NN, Subject::NT] {
        let least = known(figure.trained("linear"))
            .filter(|(dot, ..)| dot.subject == subject)
            .min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((dot, risk, _)) = least {
            out.push(Statement {
                says: format!(
                    "{} does not reach it, however wide",
                    super::label(subject, "quadratic")
                ),
                here: format!("{risk:.5} (N = {})", dot.neurons),
                difference: format!("{:+.5} above Bayes", risk - exact),
                because: "the square of x is not the log-likelihood ratio's tanh",
            });
        }
    }
    out
}

/// Other activations.
fn activated(figure: &WidthReported) -> Vec<Statement> {
    let mut out = Vec::new();
    for activation in &figure.preset.activations {
        for &neurons in &figure.preset.shown {
            let risk = |subject: Subject| {
                let mut dots = figure.trained("linear").filter(|dot| {
                    dot.subject == subject
                        && dot.activation == activation.name()
                        && dot.neurons == neurons
                });
                dots.next()?.risk
            };
            let Some((nn, nt)) = risk(Subject::NN).zip(risk(Subject::NT)) else {
                continue;
            };
            let is_blind = activation.is_odd();
            let rho = neurons as f64 / figure.data.dim as f64;
            out.push(if is_blind {
                blind(*activation, rho, nn, nt)
            } else {
                Statement {
                    says: format!("{activation}: NN beats NT at ρ = {rho:.2}"),
                    here: format!("NT {nt:.5}, NN {nn:.5}"),
                    difference: format!("a gap of {:.5}", nt - nn),
                    because: "no formula; simulation only, here as in the poster",
                }
            });
        }
    }
    out
}

fn blind(activation: Activation, rho: f64, nn: f64, nt: f64) -> Statement {
    Statement {
        says: format!("{activation} is odd, and learns nothing of an even target (ρ = {rho:.2})"),
        here: format!("NT {nt:.5}, NN {nn:.5}"),
        difference: format!("{:+.5}, {:+.5} from 1", nt - 1.0, nn - 1.0),
        because: "without offsets; what is above 1 is the noise of the steps",
    }
}
