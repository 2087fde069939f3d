//! The figure's data as charts.

use super::data::LazinessData;
use crate::figure::{Axis, Chart, Dot, Key, Line, Mark, Origin, Plate, Subject};
use crate::full_size::incomplete;
use crate::lazy::setting::{MAX_PAGE_LAZINESS, MIN_PAGE_LAZINESS};

/// Movements below this have no place on the axis: a hundredth of a percent.
const LEAST_MOVEMENT: f64 = 1e-4;

/// How much of the axis the levels of NN and NT take.
const END: f64 = 0.2;

/// The figure as it is drawn.
pub fn plate(data: &LazinessData) -> Plate {
    Plate {
        title: format!(
            "Networks of laziness α, d = {}, {} steps of {} samples",
            data.dim, data.steps, data.batch
        ),
        frames: vec![
            (
                "risk against laziness, at three widths".to_owned(),
                against_laziness(data),
            ),
            (
                "risk against movement: what moving buys".to_owned(),
                against_movement(data),
            ),
        ],
        keys: keys(),
        note: incomplete(data.runs),
    }
}

fn keys() -> Vec<Key> {
    let key = |subject, mark, text: &str| Key {
        subject,
        mark,
        text: text.to_owned(),
    };
    vec![
        key(
            Subject::LAZY,
            Mark::Dot { hollow: false },
            "NN of laziness α, SGD, decaying step",
        ),
        key(Subject::LAZY, Mark::Strong, "limit of large N and d"),
        key(
            Subject::LAZY,
            Mark::Faint,
            "exact at this d: the best networks",
        ),
        key(Subject::NT, Mark::Strong, "NT, the lazy end"),
        key(Subject::NN, Mark::Strong, "NN, the rich end"),
    ]
}

fn against_laziness(data: &LazinessData) -> Chart {
    let x = Axis::logarithmic(
        "laziness α: rich on the left, lazy on the right",
        MIN_PAGE_LAZINESS,
        MAX_PAGE_LAZINESS,
    );
    let mut lines = Vec::new();
    for limit in &data.lines {
        let [rich, lazy] = ends(&x);
        lines.push(level(Subject::NN, Origin::Limit, rich, limit.nn));
        lines.push(level(Subject::NT, Origin::Limit, lazy, limit.nt));
    }
    for exact in &data.exact {
        let [rich, lazy] = ends(&x);
        lines.push(level(Subject::NN, Origin::Exact, rich, exact.nn));
        lines.push(level(Subject::NT, Origin::Exact, lazy, exact.nt));
        lines.push(Line::new(
            Subject::LAZY,
            Origin::Exact,
            points(&exact.laziness, &exact.risk),
        ));
    }
    for limit in &data.lines {
        let points = points(&limit.laziness, &limit.risk);
        lines.push(Line::new(Subject::LAZY, Origin::Limit, points).called(label(limit.rho)));
    }
    let dots = data.dots.iter();
    Chart {
        lines,
        dots: dots
            .filter_map(|trained| Some(dot(trained.laziness, trained.risk?)))
            .collect(),
        ..Chart::new(x, risks())
    }
}

fn against_movement(data: &LazinessData) -> Chart {
    let least = data.exact.iter().flat_map(|line| &line.movement);
    let trained = data.dots.iter().filter_map(|dot| dot.movement);
    let (mut min, mut max) = (1.0_f64, 1.0_f64);
    for movement in least.copied().chain(trained) {
        if movement > LEAST_MOVEMENT {
            (min, max) = (min.min(movement), max.max(movement));
        }
    }
    let decade = |value: f64| 10_f64.powi(value.log10().floor() as i32);
    let x = Axis::logarithmic("movement ‖W − W₀‖/‖W₀‖", decade(min), 10.0 * decade(max));
    let mut lines = Vec::new();
    for limit in &data.lines {
        let [lazy, rich] = ends(&x);
        lines.push(level(Subject::NN, Origin::Limit, rich, limit.nn));
        // Exact lines have no labels: these stand at their beginning.
        lines.push(level(Subject::NT, Origin::Limit, lazy, limit.nt).called(label(limit.rho)));
    }
    for exact in &data.exact {
        // Lines go from left to right: from the laziest on.
        let mut points = points(&exact.movement, &exact.risk);
        points.reverse();
        lines.push(Line::new(Subject::LAZY, Origin::Exact, points));
    }
    let dots = data.dots.iter();
    Chart {
        lines,
        dots: dots
            .filter_map(|trained| Some(dot(trained.movement?, trained.risk?)))
            .collect(),
        ..Chart::new(x, risks())
    }
}

/// The first and the last part of an axis: theory reaches NN and NT beyond its ends.
fn ends(axis: &Axis) -> [(f64, f64); 2] {
    [
        (axis.min, axis.value(END)),
        (axis.value(1.0 - END), axis.max),
    ]
}

fn level(subject: Subject, origin: Origin, (min, max): (f64, f64), risk: f64) -> Line {
    Line::new(subject, origin, vec![(min, risk), (max, risk)])
}

fn dot(x: f64, y: f64) -> Dot {
    Dot {
        subject: Subject::LAZY,
        x,
        y,
        range: (y, y),
        finished: true,
        settled: true,
    }
}

fn label(rho: f64) -> String {
    let rho = format!("{rho:.2}");
    format!("ρ = {}", rho.trim_end_matches('0').trim_end_matches('.'))
}

fn points(x: &[f64], y: &[f64]) -> Vec<(f64, f64)> {
    x.iter().copied().zip(y.iter().copied()).collect()
}

fn risks() -> Axis {
    Axis::linear("normalised risk", 0.0, 1.04)
}
