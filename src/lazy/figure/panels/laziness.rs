//! What networks come to against their laziness α: risk, movement, and alignment. The grip of the first is α.

use crate::figure::{Axis, Chart, Dot, Line, Origin, Panel, Picture, Subject, Table};
use crate::lazy::figure::dial::LazyPoint;
use crate::lazy::figure::scene::{Explorable, Theory, in_words};
use crate::lazy::limit;
use crate::lazy::setting::{MAX_PAGE_LAZINESS, MIN_PAGE_LAZINESS};
use crate::linalg::falling;
use crate::numbers::significant;
use crate::setting::About;

/// One of the three against α.
pub(in crate::lazy::figure) struct LazinessPanel(Measured);

/// Risk against α, the large picture.
pub(in crate::lazy::figure) static RISK: LazinessPanel = LazinessPanel(Measured::Risk);
/// Movement against α.
pub(in crate::lazy::figure) static MOVEMENT: LazinessPanel = LazinessPanel(Measured::Movement);
/// Alignment against α.
pub(in crate::lazy::figure) static ALIGNMENT: LazinessPanel = LazinessPanel(Measured::Alignment);

/// What is drawn upwards.
#[derive(Clone, Copy, PartialEq)]
enum Measured {
    Risk,
    Movement,
    Alignment,
}

impl Measured {
    fn of(self, point: &LazyPoint) -> f64 {
        match self {
            Self::Risk => point.risk,
            Self::Movement => point.movement,
            Self::Alignment => point.alignment,
        }
    }
}

impl Panel<Theory> for LazinessPanel {
    fn key(&self) -> &'static str {
        match self.0 {
            Measured::Risk => "risk",
            Measured::Movement => "movement",
            Measured::Alignment => "alignment",
        }
    }

    fn title(&self) -> &'static str {
        match self.0 {
            Measured::Risk => "Risk against laziness",
            Measured::Movement => "How far the weights move",
            Measured::Alignment => "What they look at",
        }
    }

    fn note(&self, _seen: &Explorable) -> String {
        match self.0 {
            Measured::Risk => String::new(),
            Measured::Movement => "‖W − W₀‖/‖W₀‖ of the trained networks as dots; the line is the least with which their \
                 least risk can be had."
                .to_owned(),
            Measured::Alignment => "How much of the span of the N neurons lies among the N leading directions of B: \
                 N/d for random ones, 1 for the best."
                .to_owned(),
        }
    }

    fn picture(&self, seen: &Explorable) -> Picture {
        Picture::Chart(self.chart(seen.front()))
    }

    fn has_over(&self) -> bool {
        true
    }

    fn has_dots(&self) -> bool {
        true
    }

    fn over(&self, seen: &Explorable) -> Option<Chart> {
        Some(self.handle(seen.front()))
    }

    /// The axis of movement goes as far as the lines do, which stay while α is dragged.
    fn stays(&self, _seen: &Explorable, about: &[About]) -> bool {
        about.iter().all(|about| *about == About::Dial)
    }

    fn lever(&self) -> Option<&'static str> {
        (self.0 == Measured::Risk).then_some("laziness")
    }

    fn table(&self, seen: &Explorable) -> Table {
        self.rows(seen.front())
    }

    fn describe(&self, seen: &Explorable) -> String {
        self.sentence(seen.front())
    }
}

/// The axis of laziness.
pub(super) fn axis() -> Axis {
    Axis::logarithmic(
        "laziness α: rich on the left, lazy on the right",
        MIN_PAGE_LAZINESS,
        MAX_PAGE_LAZINESS,
    )
}

/// An axis of movement, in whole decades as far as the points go.
pub(super) fn movements(seen: &Explorable) -> Axis {
    let (mut least, mut most) = (0.01_f64, 9.9_f64);
    for point in seen.lazy_line() {
        // Those that do not move at all have no place on it.
        if point.movement > 1e-6 {
            (least, most) = (least.min(point.movement), most.max(point.movement));
        }
    }
    let decade = |value: f64| 10_f64.powi(value.log10().floor() as i32);
    Axis::logarithmic("movement", decade(least), 10.0 * decade(most))
}

/// The risks that laziness lies between, and that of random features: limits, each with what it is called.
pub(super) fn levels(seen: &Explorable) -> [(Subject, &'static str, f64); 3] {
    let rho = seen.rho();
    [
        (Subject::RF, "RF", seen.limits().rf_at(rho)),
        (Subject::NT, "NT, α → ∞", seen.limits().nt_at(rho)),
        (
            Subject::NN,
            "NN, α → 0",
            limit::network(seen.problem(), seen.neurons()),
        ),
    ]
}

/// A dot of a trained network.
pub(super) fn dot(x: f64, y: f64, is_finished: bool, is_settled: bool) -> Dot {
    Dot {
        subject: Subject::LAZY,
        x,
        y,
        range: (y, y),
        finished: is_finished,
        settled: is_settled,
    }
}

impl LazinessPanel {
    /// The axes and all that moves while α is dragged.
    fn handle(&self, seen: &Explorable) -> Chart {
        let alpha = seen.laziness().unwrap_or(MIN_PAGE_LAZINESS);
        let y = match self.0 {
            Measured::Risk => Axis::linear("normalised risk", 0.0, 1.04),
            Measured::Movement => movements(seen),
            Measured::Alignment => Axis::linear("alignment", 0.0, 1.04),
        };
        let exact = seen.lazy_at_handle().map(|point| self.0.of(&point));
        let limit = seen.dial().and_then(|dial| dial.at_limit);
        let crossing = match self.0 {
            Measured::Risk => limit.or(exact),
            _ => exact,
        };
        Chart {
            handle: vec![alpha],
            crossings: crossing
                .into_iter()
                .map(|value| (Subject::LAZY, alpha, value))
                .collect(),
            ..Chart::new(axis(), y)
        }
    }

    fn chart(&self, seen: &Explorable) -> Chart {
        let points = seen.lazy_line();
        let points = points
            .iter()
            .map(|point| (point.laziness, self.0.of(point)));
        let exact = Line::new(Subject::LAZY, Origin::Exact, points.collect());
        let across = |subject, origin, label: Option<&str>, value| Line {
            label: label.map(str::to_owned),
            ..Line::new(
                subject,
                origin,
                vec![(MIN_PAGE_LAZINESS, value), (MAX_PAGE_LAZINESS, value)],
            )
        };
        let name = "NN of laziness α";
        let lines = match self.0 {
            Measured::Risk => {
                let tangent = seen.lazy_tangent();
                let mut lines: Vec<Line> = tangent
                    .map(|risk| across(Subject::NT, Origin::Exact, None, risk))
                    .into_iter()
                    .collect();
                let levels = levels(seen).into_iter();
                lines.extend(levels.map(|(subject, label, risk)| {
                    across(subject, Origin::Limit, Some(label), risk)
                }));
                let limit = seen.dial().map(|dial| dial.line.clone());
                let limit = limit.unwrap_or_default();
                lines.push(exact);
                lines.push(Line::new(Subject::LAZY, Origin::Limit, limit).called(name));
                lines
            }
            Measured::Movement => vec![exact],
            Measured::Alignment => {
                let random = (seen.neurons() as f64 / seen.dim() as f64).min(1.0);
                vec![
                    across(
                        Subject::NT,
                        Origin::Limit,
                        Some("a random subspace"),
                        random,
                    ),
                    across(Subject::NN, Origin::Limit, Some("the top directions"), 1.0),
                    exact,
                ]
            }
        };
        let is_settled = seen.results().is_some();
        let dots = seen.lazy_dots().into_iter();
        Chart {
            lines,
            dots: dots
                .map(|(point, done)| dot(point.laziness, self.0.of(&point), done, is_settled))
                .collect(),
            ..self.handle(seen)
        }
    }

    fn sentence(&self, seen: &Explorable) -> String {
        let alpha = significant(seen.laziness().unwrap_or_default(), 3);
        let exact = in_words(seen.lazy_exact().map(|point| self.0.of(&point)));
        let (count, d) = (seen.lazy_dots().len(), seen.dim());
        let place = format!(
            "{} neurons in {d} dimensions, and {count} trained dots",
            seen.neurons()
        );
        match self.0 {
            Measured::Risk => {
                let [(_, _, rf), (_, _, nt), (_, _, nn)] = levels(seen);
                let limit = in_words(seen.dial().and_then(|dial| dial.at_limit));
                format!(
                    "Risk against laziness α of a network of {place}. It rises from that of NN, {nn:.3}, to that of NT, {nt:.3}; \
                     RF has {rf:.3}. At α = {alpha} the limit is {limit}, exactly it is {exact}."
                )
            }
            Measured::Movement => format!(
                "How far weights move against laziness α, over how long they were, for {place}. The line is the least \
                 movement that the least risk can be had with; at α = {alpha} it is {exact}."
            ),
            Measured::Alignment => format!(
                "How much of the neurons’ span lies among the leading directions against laziness α, for {place}; at \
                 α = {alpha} it is {exact} for the best network."
            ),
        }
    }

    /// Exact and trained values, by laziness.
    fn rows(&self, seen: &Explorable) -> Table {
        let (exact, trained) = (seen.lazy_line(), seen.lazy_dots());
        let all = exact.iter().chain(trained.iter().map(|(point, _)| point));
        let mut alphas = falling(all.map(|point| point.laziness));
        alphas.dedup();
        let same = |alpha: f64| move |point: &LazyPoint| point.laziness.total_cmp(&alpha).is_eq();
        let said = |point: Option<LazyPoint>| {
            point.map_or_else(String::new, |point| significant(self.0.of(&point), 4))
        };
        let rows = alphas.into_iter().rev().map(|alpha| {
            let mut points = trained.iter().map(|(point, _)| *point);
            vec![
                significant(alpha, 4),
                said(exact.iter().copied().find(same(alpha))),
                said(points.find(same(alpha))),
            ]
        });
        Table {
            columns: vec!["α".to_owned(), "exact".to_owned(), "trained".to_owned()],
            rows: rows.collect(),
        }
    }
}
