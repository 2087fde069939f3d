//! Risk against the number of features: the large picture. Its grips are the features at the handle, the norm of the target
//! and the dimension.

use super::scene::norm_of;
use super::subject::{ANY_FEATURES, ERROR, FEATURES, OTHER_DIMS, TANGENT, TRAINED};
use super::{NeuronScene, Seen};
use crate::figure::{
    Axis, Change, Chart, Dot, Frame, Grip, Line, Origin, Panel, Picture, Status, Subject, Table,
};
use crate::neuron::line::{ExpectedRisk, LEAST_DIM};
use crate::neuron::setting::{MAX_PAGE_FEATURES, MAX_PAGE_NORM, PAGE_DIMS};
use crate::numbers::{decimal, significant};
use crate::setting::About;

pub(super) struct RiskOfNeuron;

/// Its grips, and the settings that they are.
const R: &str = "features";
const NORM: &str = "norm";
const DIM: &str = "dim";

/// Powers of ten on the vertical axis, unless the threshold needs more.
const DECADES: f64 = 4.0;

impl Panel<NeuronScene> for RiskOfNeuron {
    fn key(&self) -> &'static str {
        "risk"
    }

    fn title(&self) -> &'static str {
        "Risk against features"
    }

    fn picture(&self, seen: &Seen) -> Picture {
        Picture::Chart(chart(seen))
    }

    fn has_over(&self) -> bool {
        true
    }

    fn over(&self, seen: &Seen) -> Option<Chart> {
        Some(handle(seen))
    }

    fn stays(&self, _seen: &Seen, about: &[About]) -> bool {
        about
            .iter()
            .all(|about| matches!(about, About::Place | About::Dial))
    }

    fn table(&self, seen: &Seen) -> Table {
        table(seen)
    }

    fn describe(&self, seen: &Seen) -> String {
        describe(seen)
    }

    fn grips(&self, seen: &Seen) -> Vec<Grip> {
        let settings = seen.settings();
        let grip = |name: &str, label: &str, value: f64, (min, max), upright| Grip {
            name: name.to_owned(),
            label: label.to_owned(),
            value,
            min,
            max,
            least: min,
            fine: 1.05,
            whole: false,
            upright,
            text: format!("{label} {}", significant(value, 4)),
        };
        vec![
            grip(
                R,
                "features r",
                seen.features(),
                (1.0, MAX_PAGE_FEATURES),
                false,
            ),
            grip(
                NORM,
                "norm s of the target",
                settings.norm,
                (1.0, MAX_PAGE_NORM),
                true,
            ),
            grip(DIM, "dimension d", settings.dim, PAGE_DIMS, true),
        ]
    }

    /// The handle's line, the threshold, the curve; anywhere else the handle comes.
    fn grip_at(
        &self,
        seen: &Seen,
        size: (f64, f64),
        (x, y): (f64, f64),
        slop: f64,
    ) -> Option<String> {
        let frame = Frame::chart(size.0, size.1);
        if !frame.contains(x, y, slop) {
            return None;
        }
        let [across, up] = [axis(seen), upwards(seen)];
        let near = |value: f64| (frame.y(&up, value) - y).abs() <= slop;
        let at = frame.value_at_x(&across, x);
        let name = if (frame.x(&across, seen.features()) - x).abs() <= 0.5 * slop {
            R
        } else if near(seen.scene.threshold) {
            NORM
        } else if risk_at(seen, at).is_some_and(near) {
            DIM
        } else {
            R
        };
        Some(name.to_owned())
    }

    fn value_at(
        &self,
        seen: &Seen,
        grip: &str,
        size: (f64, f64),
        (x, y): (f64, f64),
    ) -> Option<f64> {
        let frame = Frame::chart(size.0, size.1);
        let features = frame.value_at_x(&axis(seen), x);
        let value = match grip {
            R => features,
            NORM => norm_of(
                threshold_at((y - frame.top) / frame.height),
                seen.settings().bias,
            ),
            DIM => dim_of(seen, features, frame.value_at_y(&upwards(seen), y)),
            _ => return None,
        };
        // Three digits: nobody aims better.
        decimal(&significant(value, 3))
    }

    fn turned(&self, _seen: &Seen, grip: &str, value: f64) -> Option<Change> {
        let key = [R, NORM, DIM].into_iter().find(|key| *key == grip)?;
        let text = value.to_string();
        Some(Change { key, text })
    }
}

/// The axis of features.
fn axis(seen: &Seen) -> Axis {
    Axis::logarithmic(
        "features r (of NT: parameters, d a neuron)",
        0.8,
        seen.scene.end,
    )
}

/// The axis of risks. It grows with the threshold, so that this always has room below.
fn upwards(seen: &Seen) -> Axis {
    let needed = 1.0 - seen.scene.threshold.log10();
    Axis::logarithmic("normalised risk", 10_f64.powf(-needed.max(DECADES)), 1.0)
}

/// The threshold that stands at that share of the height, from above, on the axis that it then has.
fn threshold_at(share: f64) -> f64 {
    let share = share.clamp(0.0, 0.95);
    let decades = if share <= (DECADES - 1.0) / DECADES {
        DECADES * share
    } else {
        share / (1.0 - share)
    };
    10_f64.powf(-decades)
}

/// The risk of that many random features: by the line, or, in few dimensions, of those that were drawn.
fn risk_at(seen: &Seen, features: f64) -> Option<f64> {
    if seen.scene.features.is_some() {
        return seen.scene.random(features);
    }
    let drawn = &seen.answer()?.features;
    let known = drawn.iter().filter(|point| point.mean.is_finite());
    let nearest = known.min_by(|a, b| {
        let distance = |point: f64| (point / features).ln().abs();
        distance(a.features).total_cmp(&distance(b.features))
    });
    Some(nearest?.mean)
}

/// The dimension in which so many random features have that risk.
fn dim_of(seen: &Seen, features: f64, risk: f64) -> f64 {
    let neuron = &seen.scene.neuron;
    let (mut low, mut high) = PAGE_DIMS;
    let risen = |dim| ExpectedRisk::new(dim, neuron, true).and_then(|line| line.risk(features));
    if risen(LEAST_DIM).is_none_or(|least| risk <= least) {
        return LEAST_DIM;
    }
    low = low.max(LEAST_DIM);
    for _ in 0..16 {
        let middle = 0.5 * (low + high);
        if risen(middle).is_some_and(|risen| risen > risk) {
            high = middle;
        } else {
            low = middle;
        }
    }
    0.5 * (low + high)
}

/// Axes, and all that moves with the handle.
fn handle(seen: &Seen) -> Chart {
    let scene = &seen.scene;
    let r = seen.features();
    let crossings = [
        (ANY_FEATURES, r, Some(scene.least(r))),
        (FEATURES, r, scene.random(r)),
    ];
    let crossings = crossings.into_iter();
    Chart {
        handle: vec![r],
        crossings: crossings
            .filter_map(|(subject, x, y)| Some((subject, x, y?)))
            .collect(),
        ..Chart::new(axis(seen), upwards(seen))
    }
}

fn chart(seen: &Seen) -> Chart {
    let scene = &seen.scene;
    let [features, any, tangent] = &scene.lines;
    // Labels find their places in this order.
    let mut lines = Vec::new();
    if !features.is_empty() {
        let name = format!("RF, d = {}", significant(seen.settings().dim, 3));
        lines.push(Line::new(FEATURES, Origin::Limit, features.clone()).called(name));
    }
    if !tangent.is_empty() {
        lines.push(Line::new(TANGENT, Origin::Limit, tangent.clone()).called("NT"));
    }
    let mut dots = dots(seen);
    if let Some((samples, risk)) = seen.trained() {
        let name = format!(
            "1 neuron, {} samples: {}",
            thousands(samples),
            significant(risk, 1)
        );
        let trail = vec![(1.0, 1.0), (1.0, risk)];
        lines.push(Line::new(TRAINED, Origin::OtherRun, trail).called(name));
        let is_over = seen
            .neuron_run()
            .is_some_and(|run| run.status != Status::Open);
        dots.push(dot(TRAINED, 1.0, risk, is_over));
    }
    lines.push(
        Line::new(ANY_FEATURES, Origin::Bound, any.clone()).called("no fixed features below"),
    );
    for (dim, points) in &scene.others {
        // Not one beside the other.
        if (dim / seen.settings().dim).ln().abs() > 0.2 {
            let line = Line::new(OTHER_DIMS, Origin::OtherRun, points.clone());
            lines.push(line.called(format!("d = {dim}")));
        }
    }
    let across = vec![(0.8, scene.threshold), (scene.end, scene.threshold)];
    lines.push(Line::new(ERROR, Origin::Limit, across).called(format!(
        "error 1/50 at norm s = {}",
        significant(scene.neuron.norm, 3)
    )));
    // Where it can be taken hold of, and where the lines meet it.
    dots.push(dot(ERROR, scene.end, scene.threshold, true));
    for (subject, needed) in [ANY_FEATURES, FEATURES].into_iter().zip(scene.needed) {
        dots.extend(needed.map(|r| dot(subject, r, scene.threshold, true)));
    }
    Chart {
        lines,
        dots,
        ..handle(seen)
    }
}

/// A count with its thousands apart: 10 000.
fn thousands(count: f64) -> String {
    let (thousands, rest) = (count as u64 / 1000, count as u64 % 1000);
    if thousands == 0 {
        rest.to_string()
    } else {
        format!("{thousands}\u{202f}{rest:03}")
    }
}

fn dot(subject: Subject, x: f64, y: f64, finished: bool) -> Dot {
    Dot {
        subject,
        x,
        y,
        range: (y, y),
        finished,
        settled: true,
    }
}

/// What was drawn at random: means over directions are hollow, the target's own is full.
fn dots(seen: &Seen) -> Vec<Dot> {
    let mut dots = Vec::new();
    let Some(answer) = seen.answer() else {
        return dots;
    };
    for (subject, drawn, scale) in [
        (TANGENT, &answer.tangent, seen.whole_dim()),
        (FEATURES, &answer.features, 1.0),
    ] {
        for point in drawn {
            let x = point.features * scale;
            let both = [
                dot(subject, x, point.own, true),
                dot(subject, x, point.mean, false),
            ];
            dots.extend(both.into_iter().filter(|dot| dot.y.is_finite()));
        }
    }
    dots
}

fn table(seen: &Seen) -> Table {
    let scene = &seen.scene;
    let columns = [
        "r",
        "RF, expected",
        "RF, one draw",
        "any features",
        "NT, r/d neurons",
    ];
    let known = |risk: Option<f64>| {
        let risk = risk.filter(|risk| risk.is_finite());
        risk.map_or_else(|| "–".to_owned(), |risk| significant(risk, 4))
    };
    let rows = (0..=20).map(|k| f64::from(1_u32 << k)).map(|r| {
        let drawn = seen.answer().and_then(|answer| {
            let mut drawn = answer.features.iter();
            drawn.find(|point| point.features.total_cmp(&r).is_eq())
        });
        let neurons = r / seen.settings().dim;
        vec![
            significant(r, 7),
            known(scene.random(r)),
            known(drawn.map(|point| point.mean)),
            known(Some(scene.least(r))),
            known(scene.tangent.as_ref().and_then(|line| line.risk(neurons))),
        ]
    });
    Table {
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn describe(seen: &Seen) -> String {
    let scene = &seen.scene;
    let said = |value: Option<f64>| {
        value.map_or_else(|| "not known".to_owned(), |value| significant(value, 3))
    };
    let r = seen.features();
    let [any, random] = scene.needed.map(said);
    let trained = seen.trained().map_or_else(String::new, |(samples, risk)| {
        format!(
            " One neuron, trained on {samples} samples, has {}.",
            significant(risk, 2)
        )
    });
    format!(
        "Risk against the number of features, for one neuron in {} dimensions. With {} random features it is {}; no fixed \
         features and a constant can have less than {}.{trained} An error of 1/50 for a neuron of norm {} takes {any} \
         features at least, and {random} random ones.",
        significant(seen.settings().dim, 3),
        significant(r, 4),
        said(risk_at(seen, r)),
        significant(scene.least(r), 3),
        significant(scene.neuron.norm, 3),
    )
}
