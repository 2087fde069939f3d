//! Risk against ρ = N/d, or against the number of trained parameters.

use crate::figure::{
    Axis, Change, Chart, Dot, Frame, Grip, Line, Origin, Panel, Picture, Status, Subject, Table,
};
use crate::lazy::figure::exact::known;
use crate::lazy::figure::limits::drawn_widths;
use crate::lazy::figure::results::{Found, LaidResults, Own};
use crate::lazy::figure::scene::{Explorable, Theory, in_words};
use crate::lazy::finite;
use crate::lazy::limit;
use crate::lazy::problem::{Problem, Target};
use crate::lazy::setting::{Abscissa, MAX_PAGE_RHO, MIN_PAGE_RHO};
use crate::lazy::train::Regime;
use crate::linalg::falling;
use crate::setting::About;

/// On a linear axis the interesting part ends here, unless the handle stands beyond it.
const LINEAR_END: f64 = 2.5;

/// Risk against ρ, whose grip is ρ.
pub(in crate::lazy::figure) struct RiskPanel;

/// The key of its grip, and of the setting that it is.
const RHO: &str = "rho";

impl Panel<Theory> for RiskPanel {
    fn key(&self) -> &'static str {
        "risk"
    }

    fn title(&self) -> &'static str {
        "Risk against ρ"
    }

    fn picture(&self, seen: &Explorable) -> Picture {
        Picture::Chart(chart(seen.front()))
    }

    fn has_over(&self) -> bool {
        true
    }

    fn has_dots(&self) -> bool {
        true
    }

    fn over(&self, seen: &Explorable) -> Option<Chart> {
        Some(handle(seen.front()))
    }

    /// A linear axis ends where the handle needs it to; otherwise lines and dots stay while ρ is dragged.
    fn stays(&self, seen: &Explorable, about: &[About]) -> bool {
        about.iter().all(|about| *about == About::Place) && seen.settings().log_scale
    }

    fn table(&self, seen: &Explorable) -> Table {
        table(seen.front())
    }

    fn describe(&self, seen: &Explorable) -> String {
        describe(seen.front())
    }

    fn grips(&self, seen: &Explorable) -> Vec<Grip> {
        vec![Grip {
            name: RHO.to_owned(),
            label: "ρ, neurons per dimension".to_owned(),
            value: seen.rho(),
            min: MIN_PAGE_RHO,
            max: MAX_PAGE_RHO,
            least: MIN_PAGE_RHO,
            fine: 1.04,
            whole: false,
            upright: false,
            text: seen.value_text(),
        }]
    }

    /// The whole plot area is the grip: ρ follows the pointer from wherever it is.
    fn grip_at(
        &self,
        _seen: &Explorable,
        size: (f64, f64),
        at: (f64, f64),
        slop: f64,
    ) -> Option<String> {
        let frame = Frame::chart(size.0, size.1);
        frame.contains(at.0, at.1, slop).then(|| RHO.to_owned())
    }

    /// Rounded to three digits.
    fn value_at(
        &self,
        seen: &Explorable,
        grip: &str,
        size: (f64, f64),
        at: (f64, f64),
    ) -> Option<f64> {
        let rho = rho_at(seen.front(), Frame::chart(size.0, size.1), at.0);
        let digits = 10_f64.powi(2 - rho.log10().floor() as i32);
        let rounded = (rho * digits).round() / digits;
        (grip == RHO).then(|| rounded.clamp(MIN_PAGE_RHO, MAX_PAGE_RHO))
    }

    fn turned(&self, _seen: &Explorable, grip: &str, value: f64) -> Option<Change> {
        (grip == RHO).then(|| Change {
            key: RHO,
            text: value.to_string(),
        })
    }
}

/// How ρ is laid out along the axis.
struct Layout {
    dim: f64,
    parameters: bool,
}

impl Layout {
    fn of(state: &Explorable) -> Self {
        Self {
            dim: state.dim() as f64,
            parameters: state.settings().axis == Abscissa::Parameters,
        }
    }

    /// What the number of parameters is per ρ: N = ρd of them for RF, Nd = ρd² for the others.
    fn scale(&self, subject: Subject) -> f64 {
        match subject {
            _ if !self.parameters => 1.0,
            subject if subject.is_features() => self.dim,
            _ => self.dim * self.dim,
        }
    }

    /// Where a dot of that width stands.
    fn place(&self, subject: Subject, neurons: usize) -> f64 {
        neurons as f64 / self.dim * self.scale(subject)
    }
}

fn axis(state: &Explorable) -> Axis {
    let abscissa = Layout::of(state);
    let (smallest, largest) = (abscissa.scale(Subject::RF), abscissa.scale(Subject::NN));
    let log = state.settings().log_scale;
    let end = if log || state.rho() > LINEAR_END {
        MAX_PAGE_RHO
    } else {
        LINEAR_END
    };
    Axis {
        label: if abscissa.parameters {
            "trained parameters (N for RF, Nd for NT and NN)".to_owned()
        } else {
            "ρ = N/d, neurons per dimension".to_owned()
        },
        min: if !log {
            0.0
        } else if abscissa.parameters {
            (MIN_PAGE_RHO * smallest).max(1.0)
        } else {
            MIN_PAGE_RHO
        },
        max: end * largest,
        log,
    }
}

/// The ρ at a horizontal pixel.
fn rho_at(state: &Explorable, frame: Frame, x: f64) -> f64 {
    let value = frame.value_at_x(&axis(state), x);
    (value / Layout::of(state).scale(Subject::NN)).clamp(MIN_PAGE_RHO, MAX_PAGE_RHO)
}

/// The axes and all that moves while ρ is dragged, without lines and dots.
fn handle(state: &Explorable) -> Chart {
    let abscissa = Layout::of(state);
    let width = state.neurons() as f64 / abscissa.dim;
    let rho = state.rho();
    let mut handle = vec![rho * abscissa.scale(Subject::NN)];
    if abscissa.parameters {
        handle.push(rho * abscissa.scale(Subject::RF));
    }
    Chart {
        x: axis(state),
        y: Axis {
            label: risk_name(state).to_owned(),
            min: 0.0,
            max: 1.04,
            log: false,
        },
        lines: Vec::new(),
        dots: Vec::new(),
        handle,
        // The network's risk belongs to a whole number of neurons; so does its mark.
        crossings: state
            .crossings()
            .into_iter()
            .map(|(subject, risk)| {
                let place = if subject == Subject::NN { width } else { rho };
                (subject, place * abscissa.scale(subject), risk)
            })
            .collect(),
    }
}

fn chart(state: &Explorable) -> Chart {
    let abscissa = Layout::of(state);
    let limits = state.limits();
    let on_grid = |subject, values: &[f64]| -> Vec<(f64, f64)> {
        let scale = abscissa.scale(subject);
        let points = limits.rhos.iter().zip(values);
        points.map(|(rho, &risk)| (rho * scale, risk)).collect()
    };
    let by_width = |subject, risks: Vec<(usize, f64)>| -> Vec<(f64, f64)> {
        let scale = abscissa.scale(subject) / abscissa.dim;
        let points = risks.into_iter();
        points.map(|(n, risk)| (n as f64 * scale, risk)).collect()
    };
    let picked = |curve: &[f64]| -> Vec<(usize, f64)> {
        let widths = drawn_widths(curve.len()).into_iter();
        widths.filter_map(|n| Some((n, known(curve, n)?))).collect()
    };

    let mut lines = vec![line(
        Subject::NT,
        Origin::Exact,
        None,
        by_width(Subject::NT, exact_nt(state)),
    )];
    let network = by_width(Subject::NN, exact_network(state));
    lines.push(line(Subject::NN, Origin::Exact, None, network));
    if let Some(exact) = state.exact_curves() {
        for (subject, curve) in [
            (Subject::RF, &exact.rf),
            (Subject::RF_ALIGNED, &exact.rf_aligned),
        ] {
            lines.push(line(
                subject,
                Origin::Exact,
                None,
                by_width(subject, picked(curve)),
            ));
        }
    }
    for (subject, label, values) in [
        (Subject::RF_BEST, "RF best".to_owned(), &limits.rf_best),
        (
            Subject::RF_ALIGNED,
            "RF aligned".to_owned(),
            &limits.rf_aligned,
        ),
        (Subject::RF, state.rf_label(), &limits.rf),
        (Subject::NT, "NT".to_owned(), &limits.nt),
    ] {
        if subject == Subject::NT && !state.has_network_theory() {
            continue;
        }
        lines.push(line(
            subject,
            Origin::Limit,
            Some(label),
            on_grid(subject, values),
        ));
    }
    lines.push(line(
        Subject::NN,
        Origin::Limit,
        Some("NN".to_owned()),
        by_width(Subject::NN, network_curve(state)),
    ));

    let Axis { min, max, .. } = axis(state);
    for (kind, risk, label) in [
        (Origin::Exact, state.exact_risks().bayes, None),
        (Origin::Limit, limits.bayes, Some("Bayes".to_owned())),
    ] {
        if let Some(risk) = risk {
            let across = vec![(min, risk), (max, risk)];
            lines.push(line(Subject::BAYES, kind, label, across));
        }
    }

    Chart {
        lines,
        dots: dots(state, &abscissa),
        ..handle(state)
    }
}

fn line(subject: Subject, kind: Origin, label: Option<String>, points: Vec<(f64, f64)>) -> Line {
    Line {
        subject,
        kind,
        label,
        points,
    }
}

/// The exact NT risks at some widths, as far as they are known.
fn exact_nt(state: &Explorable) -> Vec<(usize, f64)> {
    if !state.has_network_theory() {
        return Vec::new();
    }
    let dim = state.dim();
    let problem = state.problem();
    if problem.mixture().is_none() {
        let widths = drawn_widths(dim).into_iter();
        return widths
            .filter_map(|n| Some((n, finite::nt_mean_risk(problem, n)?)))
            .collect();
    }
    let Some(exact) = state.exact_curves() else {
        return Vec::new();
    };
    let end = (MAX_PAGE_RHO * dim as f64) as usize;
    let mut risks = exact.nt.clone();
    risks.extend([dim, end].map(|n| (n, problem.network_exact(n))));
    risks
}

/// The exact risks of the network, where they are not the limits.
fn exact_network(state: &Explorable) -> Vec<(usize, f64)> {
    if state.problem().mixture().is_none() {
        return Vec::new();
    }
    let end = (MAX_PAGE_RHO * state.dim() as f64) as usize;
    let widths = drawn_widths(state.dim()).into_iter().chain([end]);
    widths
        .map(|n| (n, state.problem().network_exact(n)))
        .collect()
}

/// What is drawn upwards: the risk of a quadratic target is divided by that of the zero predictor,
/// which for a mixture is 1.
pub(super) fn risk_name(state: &Explorable) -> &'static str {
    match state.problem() {
        Problem::Quadratic(_) => "normalised risk",
        Problem::Mixture(_) => "risk",
    }
}

/// Risks of the network at all widths up to d, and at the end of the axis.
fn network_curve(state: &Explorable) -> Vec<(usize, f64)> {
    if !state.has_network_theory() {
        return Vec::new();
    }
    let problem = state.problem();
    let dim = state.dim();
    let end = (MAX_PAGE_RHO * dim as f64) as usize;
    (1..=dim)
        .chain([end])
        .map(|n| (n, limit::network(problem, n)))
        .collect()
}

/// One dot for each regime and width: the mean over draws, and their range.
fn dots(state: &Explorable, abscissa: &Layout) -> Vec<Dot> {
    if let Some(results) = state.results() {
        return dots_found(state, results, abscissa);
    }
    // Widths and regimes, each with the risks of those that are done and of those under way.
    let mut groups: Vec<(Regime, usize, [Vec<f64>; 2])> = Vec::new();
    for run in state.runs().iter() {
        if let Some(risk) = run.last(0)
            && !matches!(run.status, Status::Diverged | Status::Failed)
        {
            let (regime, neurons, _) = run.facts().at();
            let known = groups
                .iter()
                .position(|group| group.0 == regime && group.1 == neurons);
            let place = known.unwrap_or_else(|| {
                groups.push((regime, neurons, Default::default()));
                groups.len() - 1
            });
            groups[place].2[usize::from(run.status != Status::Finished)].push(risk);
        }
    }
    groups
        .into_iter()
        .map(|(regime, neurons, [done, open])| {
            let subject = Subject::from(regime);
            // Draws still in training would drag the mean of finished ones up.
            let finished = !done.is_empty();
            let risks = if finished { done } else { open };
            let (low, high) = risks
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &r| {
                    (low.min(r), high.max(r))
                });
            Dot {
                subject,
                x: abscissa.place(subject, neurons),
                y: risks.iter().sum::<f64>() / risks.len() as f64,
                range: (low, high),
                finished,
                settled: false,
            }
        })
        .collect()
}

/// One dot for each result, hollow ones behind, and the reader's own in front.
fn dots_found(state: &Explorable, results: &LaidResults, abscissa: &Layout) -> Vec<Dot> {
    let shown = results.found.iter().filter(|found| state.shows(found));
    let dot = |found: &Found| {
        let sd = found.sd.unwrap_or_default();
        Dot {
            subject: found.subject,
            x: abscissa.place(found.subject, found.neurons),
            y: found.risk,
            range: (found.risk - sd, found.risk + sd),
            finished: found.is_filled,
            settled: true,
        }
    };
    let (front, mut dots): (Vec<Dot>, Vec<Dot>) = shown.map(dot).partition(|dot| dot.finished);
    dots.extend(front);
    dots.extend(state.owns(results).filter_map(|Own { path, is_finished }| {
        let &(_, risk) = path.points.last()?;
        Some(Dot {
            subject: path.subject,
            x: abscissa.place(path.subject, path.neurons),
            y: risk,
            range: (risk, risk),
            finished: *is_finished,
            settled: *is_finished,
        })
    }));
    dots
}

fn describe(state: &Explorable) -> String {
    let risks = state.risks();
    let dots = dots(state, &Layout::of(state)).len();
    let whose = if state.results().is_some() {
        "dots of results"
    } else {
        "trained dots"
    };
    let curves = state.exact_curves();
    let unknown = curves.and_then(|curves| curves.unknown.as_ref());
    format!(
        "Risk against {} at d = {}: lines for random features, neural tangent and the \
         trained network, and {dots} {whose}. At ρ = {} the limits are {} {:.3}, RF aligned \
         {:.3}, RF best {:.3}, NT {}, NN {}.{}",
        axis(state).label,
        state.dim(),
        risks.rho,
        state.rf_label(),
        risks.limit.rf,
        risks.limit.rf_aligned,
        risks.limit.rf_best,
        in_words(risks.limit.nt),
        in_words(risks.limit.nn),
        unknown.map_or_else(String::new, |unknown| format!(
            " Not all is drawn: {unknown}."
        )),
    )
}

/// What results are shown in the table: a head, what it is, and whether it is exact or trained.
const FOUND: [(&str, Subject, bool); 4] = [
    ("RF exact", Subject::RF, true),
    ("RF fitted", Subject::RF, false),
    ("NT trained", Subject::NT, false),
    ("NN trained", Subject::NN, false),
];

fn table(state: &Explorable) -> Table {
    let limits = state.limits();
    let problem = state.problem();
    let mut columns: Vec<String> = [
        "ρ",
        "N",
        &state.rf_label(),
        "RF aligned",
        "RF best",
        "NT",
        "NN",
    ]
    .map(str::to_owned)
    .to_vec();
    let number = |value: f64| format!("{value:.4}");
    let network = |value: f64| {
        if state.has_network_theory() {
            number(value)
        } else {
            "–".to_owned()
        }
    };
    let mut rhos = match state.results() {
        // At the widths of the dots, which are shown beside.
        Some(results) => {
            columns.extend(FOUND.map(|(name, ..)| name.to_owned()));
            let widths = results.found.iter().map(|found| found.neurons as f64);
            widths.map(|width| width / state.dim() as f64).collect()
        }
        None => vec![
            0.03, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0, 5.0, 10.0,
        ],
    };
    rhos.push(state.rho());
    let mut rhos = falling(rhos);
    rhos.dedup();
    let rows = rhos.into_iter().rev().map(|rho| {
        let neurons = limit::neurons(rho, state.dim());
        let mut row = vec![
            rho.to_string(),
            neurons.to_string(),
            number(limits.rf_at(rho)),
            number(limits.rf_aligned_at(rho)),
            number(limits.rf_best_at(problem, rho)),
            network(limits.nt_at(rho)),
            network(limit::network(problem, neurons)),
        ];
        if state.results().is_some() {
            row.extend(FOUND.map(|(_, subject, is_exact)| {
                let risk = state.risk_found(subject, neurons, is_exact);
                risk.map_or_else(|| "–".to_owned(), number)
            }));
        }
        row
    });
    Table {
        columns,
        rows: rows.collect(),
    }
}
