//! Risk against movement, each point a laziness: what moving buys.

use crate::figure::{Axis, Chart, Line, Origin, Panel, Picture, Subject, Table};
use crate::lazy::figure::scene::{Explorable, Theory, in_words};
use crate::numbers::significant;
use crate::setting::About;

use super::laziness::{dot, levels, movements};

/// Risk against movement.
pub(in crate::lazy::figure) struct GainPanel;

impl Panel<Theory> for GainPanel {
    fn key(&self) -> &'static str {
        "gain"
    }

    fn title(&self) -> &'static str {
        "What moving buys"
    }

    fn note(&self, _seen: &Explorable) -> String {
        "Each point is a laziness: how far the weights have moved, and what risk that has bought."
            .to_owned()
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

    fn stays(&self, _seen: &Explorable, about: &[About]) -> bool {
        about.iter().all(|about| *about == About::Dial)
    }

    fn table(&self, seen: &Explorable) -> Table {
        let seen = seen.front();
        let exact = seen.lazy_line().into_iter().map(|point| ("exact", point));
        let trained = seen.lazy_dots().into_iter();
        let trained = trained.map(|(point, _)| ("trained", point));
        let rows = exact.chain(trained).map(|(kind, point)| {
            let mut row = vec![kind.to_owned()];
            for value in [point.laziness, point.movement, point.risk] {
                row.push(significant(value, 4));
            }
            row
        });
        Table {
            columns: ["network", "α", "movement", "risk"]
                .map(str::to_owned)
                .to_vec(),
            rows: rows.collect(),
        }
    }

    fn describe(&self, seen: &Explorable) -> String {
        let seen = seen.front();
        let point = seen.lazy_exact();
        let [_, (_, _, nt), (_, _, nn)] = levels(seen);
        format!(
            "Risk against how far weights move, each point a laziness: from the risk of NT, {nt:.3}, for weights that stay, down \
             to that of NN, {nn:.3}. At the handle weights that move by {} of their length reach {}.",
            in_words(point.map(|point| point.movement)),
            in_words(point.map(|point| point.risk)),
        )
    }
}

fn handle(seen: &Explorable) -> Chart {
    let point = seen.lazy_at_handle();
    let points = point.into_iter();
    Chart {
        crossings: points
            .map(|point| (Subject::LAZY, point.movement, point.risk))
            .collect(),
        ..Chart::new(movements(seen), Axis::linear("risk", 0.0, 1.04))
    }
}

fn chart(seen: &Explorable) -> Chart {
    let chart = handle(seen);
    let (min, max) = (chart.x.min, chart.x.max);
    let levels = levels(seen).into_iter().skip(1);
    let mut lines: Vec<Line> = levels
        .map(|(subject, name, risk)| {
            Line::new(subject, Origin::Limit, vec![(min, risk), (max, risk)]).called(name)
        })
        .collect();
    let mut points: Vec<(f64, f64)> = seen
        .lazy_line()
        .iter()
        .map(|point| (point.movement, point.risk))
        .collect();
    // Lines go from left to right: from the laziest on.
    points.reverse();
    lines.push(Line::new(Subject::LAZY, Origin::Exact, points));
    let is_settled = seen.results().is_some();
    let dots = seen.lazy_dots().into_iter();
    Chart {
        lines,
        dots: dots
            .map(|(point, done)| dot(point.movement, point.risk, done, is_settled))
            .collect(),
        ..chart
    }
}
