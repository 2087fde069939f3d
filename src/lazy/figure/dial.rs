//! The figure on laziness: what theory says of networks of every laziness at one width.

use super::Explorable;
use crate::figure::{KeyedNumbers, LiveRun, Reading, Readings, Status, Subject, reading_of};
use crate::lazy::finite::{LazyOptimum, LazyStart};
use crate::lazy::limit::{self, Laziness};
use crate::lazy::problem::{Problem, Quadratic, Target};
use crate::lazy::setting::{MAX_PAGE_LAZINESS, MIN_PAGE_LAZINESS, Settings};
use crate::lazy::train::Regime;

use super::planning::NetworkFacts;

/// Intervals of the limit's line.
const INTERVALS: usize = 60;

/// The largest dimension in which the exact value at the handle is solved for while it is dragged, some `10d³`.
const MOST_AT_ONCE: usize = 64;

/// A network of a laziness.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LazyPoint {
    /// Its laziness α.
    pub laziness: f64,
    /// Its normalised risk.
    pub risk: f64,
    /// `‖W − W₀‖_F/‖W₀‖_F`; of an exact value, that of the nearest best network.
    pub movement: f64,
    /// `‖P_N V_N‖_F²/N`.
    pub alignment: f64,
}

impl LazyPoint {
    /// The best network of that laziness.
    fn exact(laziness: f64, optimum: &LazyOptimum) -> Self {
        Self {
            laziness,
            risk: optimum.risk,
            movement: optimum.movement,
            alignment: optimum.alignment,
        }
    }

    /// What a live run has come to.
    fn of(run: &LiveRun<NetworkFacts>) -> Option<Self> {
        Some(Self {
            laziness: run.facts().laziness()?,
            risk: run.last(0)?,
            movement: run.last(1)?,
            alignment: run.last(2)?,
        })
    }
}

/// Theory at one width.
#[derive(Clone)]
pub(super) struct Dial {
    limit: Laziness,
    /// The limit of the risk by laziness.
    pub(super) line: Vec<(f64, f64)>,
    /// The limit at the handle; none where it cannot be found.
    pub(super) at_limit: Option<f64>,
    start: Option<LazyStart>,
    /// The exact risk of NT at the start's weights, where it is quick.
    tangent: Option<f64>,
    /// The exact value at the handle, where it is quick.
    pub(super) exact: Option<LazyPoint>,
    /// The best weights there, `d×N`: none from N = d on, where neurons are not told apart.
    pub(super) weights: Option<nalgebra::DMatrix<f64>>,
}

impl Dial {
    pub(super) fn new(problem: &Quadratic, settings: &Settings) -> Self {
        let limit = Laziness::new(problem);
        let mut dial = Self {
            line: Vec::new(),
            at_limit: None,
            start: None,
            tangent: None,
            exact: None,
            weights: None,
            limit,
        };
        dial.widen(problem, settings);
        dial
    }

    /// Goes to other weights.
    pub(super) fn widen(&mut self, problem: &Quadratic, settings: &Settings) {
        let (rho, dim) = (settings.rho[0], problem.dim());
        let neurons = limit::neurons(rho, dim);
        let line = spaced(INTERVALS).map(|alpha| Some((alpha, self.limit.risk(rho, alpha)?)));
        self.line = line.flatten().collect();
        self.start =
            (dim <= MOST_AT_ONCE).then(|| LazyStart::drawn(problem, neurons, settings.seed, 0));
        self.tangent = self.start.as_ref().map(LazyStart::tangent_risk);
        self.turn(settings);
    }

    /// Goes to another laziness.
    pub(super) fn turn(&mut self, settings: &Settings) {
        let alpha = settings.laziness[0];
        self.at_limit = self.limit.risk(settings.rho[0], alpha);
        let optimum = self.start.as_ref().map(|start| start.optimum(alpha));
        self.exact = optimum
            .as_ref()
            .map(|optimum| LazyPoint::exact(alpha, optimum));
        let dim = self
            .start
            .as_ref()
            .map_or(0, |start| start.weights().nrows());
        self.weights = optimum
            .map(|optimum| optimum.weights)
            .filter(|weights| weights.ncols() < dim);
    }
}

/// Values of laziness from one end of the axis to the other, evenly on it.
pub(super) fn spaced(intervals: usize) -> impl Iterator<Item = f64> {
    let ratio: f64 = MAX_PAGE_LAZINESS / MIN_PAGE_LAZINESS;
    (0..=intervals).map(move |k| {
        let value = MIN_PAGE_LAZINESS * ratio.powf(k as f64 / intervals as f64);
        // Powers of ten are met to the last bit.
        crate::numbers::decimal(&crate::numbers::significant(value, 6)).unwrap_or(value)
    })
}

/// Values of laziness at which exact lines are solved for, a tenth of a decade apart, coarser where each takes long.
pub(super) fn solved(dim: usize) -> Vec<f64> {
    spaced(if dim <= 2 * MOST_AT_ONCE { 40 } else { 12 }).collect()
}

impl Explorable {
    pub(super) fn dial(&self) -> Option<&Dial> {
        self.scene.dial.as_ref()
    }

    /// The laziness at the handle; none in other figures.
    pub fn laziness(&self) -> Option<f64> {
        self.dial().and(self.settings().laziness.first().copied())
    }

    /// What live runs of the width at the handle have come to, each with whether it is at its end.
    pub(super) fn lazy_runs(&self) -> impl Iterator<Item = (LazyPoint, bool)> {
        let at = (Regime::Nn, self.neurons(), self.settings().seed);
        let runs = self.runs().iter();
        runs.filter(move |run| {
            run.facts().at() == at && !matches!(run.status, Status::Diverged | Status::Failed)
        })
        .filter_map(|run| Some((LazyPoint::of(run)?, run.status == Status::Finished)))
    }

    /// The exact values by laziness, as far as they are there: of results in front, or of a worker.
    pub(super) fn lazy_line(&self) -> Vec<LazyPoint> {
        if let Some(results) = self.results() {
            return results.lazy(self.neurons(), true).collect();
        }
        self.exact_curves()
            .map_or_else(Vec::new, |curves| curves.lazy.clone())
    }

    /// Trained networks by laziness, each with whether it is at its end: results in front, or live runs.
    pub(super) fn lazy_dots(&self) -> Vec<(LazyPoint, bool)> {
        match self.results() {
            Some(results) => results
                .lazy(self.neurons(), false)
                .map(|point| (point, true))
                .collect(),
            None => self.lazy_runs().collect(),
        }
    }

    /// The exact value at the handle, where it is known.
    pub(super) fn lazy_exact(&self) -> Option<LazyPoint> {
        let alpha = self.laziness()?;
        let at = |point: &LazyPoint| point.laziness.total_cmp(&alpha).is_eq();
        let quick = self.dial().and_then(|dial| dial.exact);
        quick
            .filter(|_| self.results().is_none())
            .or_else(|| self.lazy_line().into_iter().find(at))
    }

    /// The trained network at the handle.
    fn lazy_trained(&self) -> Option<LazyPoint> {
        let alpha = self.laziness()?;
        let mut dots = self.lazy_dots().into_iter();
        let at = dots.find(|(point, _)| point.laziness.total_cmp(&alpha).is_eq());
        at.map(|(point, _)| point)
    }

    /// The exact risk of NT at the start's weights.
    pub(super) fn lazy_tangent(&self) -> Option<f64> {
        if let Some(results) = self.results() {
            return results.lazy_tangent(self.neurons());
        }
        self.dial()?.tangent.or_else(|| {
            let curves = self.exact_curves()?;
            curves.nt.first().map(|&(_, risk)| risk)
        })
    }
}

/// The exact values that a worker finds.
pub(super) fn solve(
    problem: &Problem,
    settings: &Settings,
) -> (Vec<LazyPoint>, Option<(usize, f64)>) {
    let Problem::Quadratic(quadratic) = problem else {
        return (Vec::new(), None);
    };
    let neurons = limit::neurons(settings.rho[0], quadratic.dim());
    let start = LazyStart::drawn(quadratic, neurons, settings.seed, 0);
    let points = settings.laziness.iter();
    let points = points
        .map(|&alpha| LazyPoint::exact(alpha, &start.optimum(alpha)))
        .collect();
    let tangent = start.tangent_risk();
    (points, Some((neurons, tangent)))
}

/// The numbers at the handle, as they are read.
pub(super) fn readings(seen: &Explorable) -> Readings {
    let front = seen.front();
    let (exact, trained) = (front.lazy_exact(), front.lazy_trained());
    let (rho, neurons) = (front.rho(), front.neurons());
    let limits = front.limits();
    let at_limit = front.dial().and_then(|dial| dial.at_limit);
    // What there is no such number of is empty.
    let none = String::new;
    let line = |key, name, note, limit, exact, trained| Reading {
        key,
        name,
        note,
        limit,
        exact,
        trained,
    };
    let movement =
        "how far the weights have gone, over how long they were; exact: the least for this risk";
    let alignment = "how much of the neurons’ span lies among the N leading directions";
    let risk_of = |point: Option<LazyPoint>| reading_of(point.map(|point| point.risk));
    let movement_of = |point: Option<LazyPoint>| reading_of(point.map(|point| point.movement));
    let alignment_of = |point: Option<LazyPoint>| reading_of(point.map(|point| point.alignment));
    let lines = vec![
        line(
            Subject::RF.key(),
            "RF",
            "random features",
            reading_of(Some(limits.rf_at(rho))),
            none(),
            none(),
        ),
        line(
            Subject::NT.key(),
            "NT",
            "neural tangent: α → ∞",
            reading_of(Some(limits.nt_at(rho))),
            reading_of(front.lazy_tangent()),
            none(),
        ),
        line(
            Subject::LAZY.key(),
            "NN at α",
            "trained network of this laziness",
            reading_of(at_limit),
            risk_of(exact),
            risk_of(trained),
        ),
        line(
            Subject::NN.key(),
            "NN",
            "fully trained network: α → 0",
            reading_of(Some(limit::network(front.problem(), neurons))),
            reading_of(Some(front.problem().network_exact(neurons))),
            none(),
        ),
        line(
            "movement",
            "Movement",
            movement,
            none(),
            movement_of(exact),
            movement_of(trained),
        ),
        line(
            "alignment",
            "Alignment",
            alignment,
            none(),
            alignment_of(exact),
            alignment_of(trained),
        ),
    ];
    Readings {
        at: seen.laziness().unwrap_or_default(),
        place: format!("N = {neurons}"),
        limit: super::readings::LIMIT,
        meaning: super::readings::MEANING,
        exact: format!("d = {}", front.dim()),
        lines,
    }
}

/// The numbers at the handle, as scripts read them.
pub(super) fn numbers(seen: &Explorable) -> KeyedNumbers {
    let front = seen.front();
    let rho = front.rho();
    let one = |value: f64| Some(value);
    let mut all = KeyedNumbers::of(&[
        ("laziness", front.laziness()),
        ("rho", one(rho)),
        ("neurons", one(front.neurons() as f64)),
        ("dim", one(front.dim() as f64)),
    ]);
    all.add(
        "limit",
        KeyedNumbers::of(&[
            ("rf", one(front.limits().rf_at(rho))),
            ("nt", one(front.limits().nt_at(rho))),
            ("nn", one(limit::network(front.problem(), front.neurons()))),
            ("lazy", front.dial().and_then(|dial| dial.at_limit)),
        ]),
    );
    let point = |point: Option<LazyPoint>| {
        [
            ("lazy", point.map(|point| point.risk)),
            ("movement", point.map(|point| point.movement)),
            ("alignment", point.map(|point| point.alignment)),
        ]
    };
    let mut exact = KeyedNumbers::of(&[
        ("nt", front.lazy_tangent()),
        ("nn", one(front.problem().network_exact(front.neurons()))),
    ]);
    exact
        .0
        .extend(KeyedNumbers::of(&point(front.lazy_exact())).0);
    all.add("exact", exact);
    all.add("trained", KeyedNumbers::of(&point(front.lazy_trained())));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Scene;
    use crate::lazy::figure::results::LazyFound;
    use crate::lazy::figure::seen::{chart, panel};
    use crate::lazy::figure::{FigureName, Theory};
    use crate::setting::Parameters;

    fn figure() -> Explorable {
        Explorable::new(FigureName::Laziness)
    }

    /// With what a worker has solved.
    fn solved_figure() -> Explorable {
        let mut figure = figure();
        let asked = figure.order().unwrap();
        figure.take_answer(asked.id, Theory::solve(asked.order).unwrap());
        figure
    }

    #[test]
    fn the_handle_is_on_the_line_that_a_worker_finds() {
        let mut figure = solved_figure();
        for alpha in ["0.01", "0.1", "1", "10", "100"] {
            figure.set_text("laziness", alpha).unwrap();
            let at = figure.laziness().unwrap();
            let quick = figure.lazy_exact().unwrap();
            let line = figure.lazy_line();
            let slow = line.iter().find(|point| point.laziness == at).unwrap();
            // The same solve, once here and once as if in a worker.
            assert_eq!(*slow, quick);
        }
        assert!(
            figure.order().is_none(),
            "a drag of α asks for nothing anew"
        );
        figure.set_text("rho", "0.25").unwrap();
        assert!(figure.order().is_some());
        assert!(figure.lazy_line().is_empty());
    }

    #[test]
    fn lines_go_from_nn_to_nt() {
        let figure = solved_figure();
        let chart = chart(&figure, "risk");
        let (nt, nn) = (
            figure.lazy_tangent().unwrap(),
            figure.problem().network_exact(figure.neurons()),
        );
        let line = figure.lazy_line();
        assert!(line.windows(2).all(|pair| pair[0].risk <= pair[1].risk));
        assert!(
            line.iter()
                .all(|point| nn <= point.risk && point.risk <= nt)
        );
        assert_eq!(
            (chart.x.min, chart.x.max),
            (line[0].laziness, line[40].laziness)
        );
        let limits = &figure.dial().unwrap().line;
        let (low, high) = (
            limit::network(figure.problem(), figure.neurons()),
            figure.limits().nt_at(figure.rho()),
        );
        assert!(limits.windows(2).all(|pair| pair[0].1 <= pair[1].1));
        // The limit of NN is at the very eigenvalues, of which a gap is left out in the limit of laziness.
        assert!(
            limits
                .iter()
                .all(|at| low - 2e-3 <= at.1 && at.1 <= high + 1e-9)
        );
    }

    #[test]
    fn runs_are_one_network_at_many_scales() {
        let mut figure = figure();
        figure.set_text("laziness", "0.5").unwrap();
        let plans: Vec<_> = figure.plans().map(|run| *run.facts()).collect();
        assert_eq!(plans.len(), 1 + 9);
        assert_eq!(plans[0].laziness(), Some(0.5));
        assert!(plans.iter().all(|facts| facts.at() == (Regime::Nn, 32, 1)));
        figure.set_text("laziness", "0.1").unwrap();
        let plans: Vec<_> = figure.plans().map(|run| run.facts().laziness()).collect();
        assert_eq!((plans.len(), plans[0]), (9, Some(0.1)));
    }

    #[test]
    fn a_run_at_the_handle_is_read_and_drawn() {
        let mut figure = solved_figure();
        let id = figure.plans().next().unwrap().id;
        figure.report(id, 100.0, &[0.25, 0.5, 0.75]);
        let lines = readings(&figure).lines;
        assert_eq!(lines[2].trained, "0.2500");
        assert_eq!(
            (lines[4].trained.as_str(), lines[5].trained.as_str()),
            ("0.5000", "0.7500")
        );
        for (key, y) in [
            ("risk", 0.25),
            ("movement", 0.5),
            ("alignment", 0.75),
            ("gain", 0.25),
        ] {
            let dots = chart(&figure, key).dots;
            assert_eq!(
                (dots.len(), dots[0].y, dots[0].finished),
                (1, y, false),
                "{key}"
            );
            assert!(panel(&figure, key).has_dots());
        }
        assert_eq!(chart(&figure, "gain").dots[0].x, 0.5);
        figure.set_status(id, Status::Finished);
        assert!(chart(&figure, "risk").dots[0].finished);
        figure.set_status(id, Status::Diverged);
        assert!(chart(&figure, "risk").dots.is_empty());
    }

    #[test]
    fn results_in_front_are_read_at_their_width() {
        let mut figure = figure();
        let mut target = figure.settings().clone();
        target.set_dim(Some(450));
        figure.lay(target).unwrap();
        let point = |laziness, risk| LazyPoint {
            laziness,
            risk,
            movement: 0.5,
            alignment: 0.7,
        };
        for (laziness, risk, is_exact) in [
            (1.0, 0.15, true),
            (1.0, 0.16, false),
            (f64::INFINITY, 0.37, true),
        ] {
            figure.add_lazy(LazyFound {
                neurons: 225,
                point: point(laziness, risk),
                is_exact,
            });
        }
        let lines = readings(&figure).lines;
        assert_eq!(
            (lines[2].exact.as_str(), lines[2].trained.as_str()),
            ("0.1500", "0.1600")
        );
        assert_eq!(lines[1].exact, "0.3700");
        assert_eq!(chart(&figure, "risk").dots.len(), 1);
        // They stay at another place along the axis, and at another width, of which the nearest is shown.
        figure.set_text("laziness", "2").unwrap();
        assert_eq!(readings(&figure).lines[2].exact, "–");
        assert_eq!(chart(&figure, "risk").dots.len(), 1);
        figure.set_text("rho", "0.3").unwrap();
        assert!(figure.shows_results());
        assert_eq!(readings(&figure).place, "N = 225");
        assert_eq!(chart(&figure, "risk").dots.len(), 1);
    }

    #[test]
    fn what_scripts_read_is_what_is_shown() {
        let figure = solved_figure();
        let shown = readings(&figure);
        let numbers = serde_json::to_value(numbers(&figure)).unwrap();
        assert_eq!(numbers["laziness"], 1.0);
        let exact = numbers["exact"]["lazy"].as_f64().unwrap();
        assert_eq!(shown.lines[2].exact, format!("{exact:.4}"));
        assert_eq!(shown.at, 1.0);
    }

    /// From N = d on, networks have more neurons than the start has a factor.
    #[test]
    fn wide_networks_reach_everything() {
        let mut figure = figure();
        figure.set_text("rho", "1.5").unwrap();
        let point = figure.lazy_exact().unwrap();
        assert!(point.risk < 1e-9 && point.alignment == 1.0 && point.movement > 0.0);
        assert!(figure.dial().unwrap().weights.is_none());
    }

    /// Targets of all kinds, narrow and wide, rich and lazy: no state is beyond words or pictures.
    #[test]
    fn every_state_is_drawn_and_said() {
        for spectrum in [
            "exponential",
            "identity",
            "semicircle",
            "-3,-2,-1",
            "3,-2,1,0",
            "2,1",
        ] {
            for rho in ["0.01", "0.2", "0.5", "1", "1.5", "12"] {
                for alpha in ["0.01", "1", "100"] {
                    let mut figure = figure();
                    let mut settings = figure.settings().clone();
                    settings.set("spectrum", spectrum).unwrap();
                    if spectrum.len() > 8 {
                        settings.set("dim", "16").unwrap();
                        settings.set("sampling", "quantile").unwrap();
                    }
                    settings.set("rho", rho).unwrap();
                    settings.set("laziness", alpha).unwrap();
                    figure.set(settings).unwrap();
                    let asked = figure.order().unwrap();
                    figure.take_answer(asked.id, Theory::solve(asked.order).unwrap());
                    for panel in figure.sheet().panels {
                        let said = panel.describe(&figure);
                        assert!(!said.contains("NaN"), "{spectrum} {rho} {alpha}: {said}");
                        panel.picture(&figure);
                        panel.table(&figure);
                    }
                    readings(&figure);
                    let point = figure.lazy_exact().unwrap();
                    assert!(
                        (0.0..=1.0).contains(&point.risk),
                        "{spectrum} {rho} {alpha}"
                    );
                    assert!(point.movement.is_finite() && point.alignment.is_finite());
                }
            }
        }
    }
}
