//! Risk against samples, for the networks trained at the dragged ρ.

use super::risk::risk_name;
use crate::figure::{Axis, Chart, Line, Origin, Panel, Picture, Place, Subject, Table};
use crate::lazy::figure::capture::title;
use crate::lazy::figure::results::{LaidResults, Own, Path};
use crate::lazy::figure::scene::{Explorable, Theory, in_words};
use crate::lazy::limit;
use crate::lazy::train::Regime;

const TRAINED: [Regime; 2] = [Regime::Nt, Regime::Nn];

/// Most paths of results that are drawn: those nearest to the handle.
const MOST_PATHS: usize = 24;

/// Risk against samples at the dragged ρ.
pub(in crate::lazy::figure) struct SamplesPanel;

impl Panel<Theory> for SamplesPanel {
    fn key(&self) -> &'static str {
        "samples"
    }

    fn title(&self) -> &'static str {
        "Risk against samples"
    }

    fn place(&self) -> Place {
        Place::Side
    }

    fn picture(&self, seen: &Explorable) -> Picture {
        Picture::Chart(chart(seen.front()))
    }

    fn table(&self, seen: &Explorable) -> Table {
        table(seen.front())
    }

    fn describe(&self, seen: &Explorable) -> String {
        describe(seen.front())
    }
}

/// Paths of results for NT and NN, each with whether it is the one at the handle: that of the nearest width, the lowest
/// of these.
fn paths<'a>(state: &'a Explorable, results: &'a LaidResults) -> Vec<(&'a Path, bool)> {
    let mut paths: Vec<(&Path, bool)> = Vec::new();
    for regime in TRAINED {
        let own = |path: &&Path| {
            path.subject == regime.into() && path.activation == state.network_activation()
        };
        let mut rest: Vec<&Path> = results.paths.iter().filter(own).collect();
        let distance = |path: &Path| {
            let apart = (path.neurons as f64 / state.neurons() as f64).ln().abs();
            let end = path.points.last().map_or(f64::INFINITY, |point| point.1);
            (apart, end)
        };
        for place in 0..rest.len().min(MOST_PATHS / TRAINED.len()) {
            let nearest = (0..rest.len()).min_by(|&a, &b| {
                let ((a, low), (b, high)) = (distance(rest[a]), distance(rest[b]));
                a.total_cmp(&b).then(low.total_cmp(&high))
            });
            if let Some(nearest) = nearest {
                paths.push((rest.swap_remove(nearest), place == 0));
            }
        }
    }
    paths
}

/// Risk against samples as results have it: the nearest width in front of the others.
fn chart_found(state: &Explorable, results: &LaidResults) -> Chart {
    let paths = paths(state, results);
    let shown = |path: &Path| -> Vec<(f64, f64)> {
        let points = path.points.iter().copied();
        points.filter(|&(samples, _)| samples > 0.0).collect()
    };
    let all = || results.paths.iter().flat_map(|path| path.points.iter());
    let first = all().map(|point| point.0).filter(|&samples| samples > 0.0);
    let min = first.fold(f64::INFINITY, f64::min);
    let max = all().fold(0.0, |max: f64, point| max.max(point.0));
    let x = if min < max {
        axis(min, max)
    } else {
        axis(100.0, 1e6)
    };
    let mut lines = Vec::new();
    for (path, _) in paths.iter().filter(|(_, is_nearest)| *is_nearest) {
        let limit = state.has_network_theory().then(|| {
            if path.subject == Subject::NT {
                let rho = path.neurons as f64 / state.dim() as f64;
                state.limits().nt_at(rho)
            } else {
                limit::network(state.problem(), path.neurons)
            }
        });
        for (kind, risk) in [(Origin::Limit, limit), (Origin::Exact, path.optimum)] {
            lines.extend(risk.map(|risk| Line {
                subject: path.subject,
                kind,
                label: None,
                points: vec![(x.min, risk), (x.max, risk)],
            }));
        }
    }
    for nearest in [false, true] {
        for (path, _) in paths
            .iter()
            .filter(|(_, is_nearest)| *is_nearest == nearest)
        {
            lines.push(Line {
                subject: path.subject,
                kind: if nearest {
                    Origin::Run
                } else {
                    Origin::OtherRun
                },
                label: nearest.then(|| name_of(path)),
                points: shown(path),
            });
        }
    }
    for own in state.owns(results) {
        let is_near = own.path.neurons == state.neurons();
        lines.push(Line {
            subject: own.path.subject,
            kind: if is_near {
                Origin::Run
            } else {
                Origin::OtherRun
            },
            label: is_near.then(|| name_of_own(own)),
            points: shown(&own.path),
        });
    }
    Chart {
        x,
        lines,
        ..empty(state)
    }
}

fn name_of_own(own: &Own) -> String {
    format!("{}, here", name_of(&own.path))
}

fn name_of(path: &Path) -> String {
    let name = if path.subject == Subject::NT {
        "NT"
    } else {
        "NN"
    };
    format!("{name}, N = {}", path.neurons)
}

fn axis(min: f64, max: f64) -> Axis {
    Axis {
        label: "samples seen (each once)".to_owned(),
        min,
        max,
        log: true,
    }
}

fn empty(state: &Explorable) -> Chart {
    let y = Axis {
        label: risk_name(state).to_owned(),
        min: 0.0,
        max: 1.04,
        log: false,
    };
    Chart::new(axis(1.0, 10.0), y)
}

fn chart(state: &Explorable) -> Chart {
    if let Some(results) = state.results() {
        return chart_found(state, results);
    }
    let settings = state.settings();
    let batch = settings.batch as f64;
    let x = axis(batch, (settings.steps as f64 * batch).max(10.0 * batch));
    let risks = state.risks();
    let across = |subject, kind, risk| Line {
        subject,
        kind,
        label: None,
        points: vec![(x.min, risk), (x.max, risk)],
    };
    let known = [
        (Subject::NT, Origin::Limit, risks.limit.nt),
        (Subject::NT, Origin::Exact, risks.exact.nt),
        (Subject::NN, Origin::Limit, risks.limit.nn),
        (Subject::NN, Origin::Exact, risks.exact.nn),
        (Subject::BAYES, Origin::Limit, risks.limit.bayes),
    ];
    let mut lines: Vec<Line> = known
        .into_iter()
        .filter_map(|(subject, kind, risk)| Some(across(subject, kind, risk?)))
        .collect();
    for regime in TRAINED {
        let curve = state.run_at_handle(regime).map(|run| run.curve(0));
        let points: Vec<(f64, f64)> = curve
            .into_iter()
            .flatten()
            .copied()
            .filter(|&(samples, _)| samples > 0.0)
            .collect();
        lines.push(Line {
            subject: regime.into(),
            kind: Origin::Run,
            label: Some(title(regime)),
            points,
        });
    }
    Chart {
        x,
        lines,
        ..empty(state)
    }
}

/// Risk after samples, by the name of what was trained.
fn curves(state: &Explorable) -> Vec<(String, &[(f64, f64)])> {
    if let Some(results) = state.results() {
        let nearest = paths(state, results).into_iter().filter(|path| path.1);
        let nearest = nearest.map(|(path, _)| (name_of(path), path.points.as_slice()));
        let own = state.owns(results);
        let own = own.map(|own| (name_of_own(own), own.path.points.as_slice()));
        return nearest.chain(own).collect();
    }
    TRAINED
        .into_iter()
        .map(|regime| {
            let run = state.run_at_handle(regime);
            let curve = run.map(|run| run.curve(0)).unwrap_or_default();
            (title(regime), curve)
        })
        .collect()
}

fn describe(state: &Explorable) -> String {
    let risks = state.risks();
    let standing: Vec<String> = curves(state)
        .into_iter()
        .map(|(name, curve)| match curve.last() {
            Some((samples, risk)) => format!("{name} is at {risk:.3} after {samples} samples"),
            None => format!("{name} has not started"),
        })
        .collect();
    format!(
        "Risk against samples at ρ = {}, {} neurons: {}; the limits are NT {} and NN {}.",
        risks.rho,
        risks.neurons,
        standing.join(", "),
        in_words(risks.limit.nt),
        in_words(risks.limit.nn),
    )
}

fn table(state: &Explorable) -> Table {
    let rows = curves(state).into_iter().flat_map(|(name, curve)| {
        let rows = curve.iter();
        rows.map(move |(samples, risk)| {
            vec![name.clone(), samples.to_string(), format!("{risk:.4}")]
        })
    });
    Table {
        columns: ["regime", "samples", "risk"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}
