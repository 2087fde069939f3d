//! The price of a random direction (Prop. 4.1): how much of a linear target r random directions miss.

use super::subject::{ANY_FEATURES, FEATURES};
use super::{NeuronScene, Seen};
use crate::figure::{Axis, Change, Chart, Frame, Grip, Line, Origin, Panel, Picture, Table};
use crate::neuron::warm_up::LinearWarmUp;
use crate::numbers::significant;
use crate::setting::About;

pub(super) struct Price;

const RATIO: &str = "ratio";
const POINTS: u32 = 200;

impl Panel<NeuronScene> for Price {
    fn key(&self) -> &'static str {
        "price"
    }

    fn title(&self) -> &'static str {
        "The price of a random direction"
    }

    fn note(&self, _seen: &Seen) -> String {
        "A linear target, seen through r random directions: how likely which risk is. Drag its mean, 1 − r/d.".to_owned()
    }

    fn picture(&self, seen: &Seen) -> Picture {
        let x = Axis::linear("risk of the linear target", 0.0, 1.0);
        let Some(law) = law(seen) else {
            return Picture::Chart(Chart::new(x, Axis::linear("density", 0.0, 1.0)));
        };
        let points: Vec<(f64, f64)> = (1..POINTS)
            .map(|k| f64::from(k) / f64::from(POINTS))
            .map(|risk| (risk, law.density(risk)))
            .filter(|point| point.1.is_finite())
            .collect();
        let most = points
            .iter()
            .fold(1.0, |most: f64, point| most.max(point.1));
        let mut chart = Chart::new(x, Axis::linear("density", 0.0, 1.08 * most.min(50.0)));
        let quarter = points.iter().copied().filter(|point| point.0 <= 0.25);
        let share = significant(100.0 * law.below(0.25), 2);
        chart.lines = vec![
            Line::new(ANY_FEATURES, Origin::Bound, quarter.collect())
                .called(format!("below ¼: {share} %")),
            Line::new(FEATURES, Origin::Limit, points).called(format!(
                "r = {} of {}",
                significant(features(seen), 3),
                significant(seen.settings().dim, 3)
            )),
        ];
        chart.handle = vec![law.mean()];
        Picture::Chart(chart)
    }

    fn stays(&self, _seen: &Seen, about: &[About]) -> bool {
        about.iter().all(|about| *about == About::Place)
    }

    fn grips(&self, seen: &Seen) -> Vec<Grip> {
        let ratio = seen.settings().ratio;
        vec![Grip {
            name: RATIO.to_owned(),
            label: "Features per dimension, r/d".to_owned(),
            value: ratio,
            min: 0.0,
            max: 1.0,
            least: 0.01,
            fine: 1.05,
            whole: false,
            upright: false,
            text: format!(
                "r/d {}, mean risk {}",
                significant(ratio, 3),
                significant(1.0 - ratio, 3)
            ),
        }]
    }

    fn grip_at(&self, _: &Seen, size: (f64, f64), at: (f64, f64), slop: f64) -> Option<String> {
        let frame = Frame::chart(size.0, size.1);
        frame.contains(at.0, at.1, slop).then(|| RATIO.to_owned())
    }

    fn value_at(&self, _: &Seen, grip: &str, size: (f64, f64), at: (f64, f64)) -> Option<f64> {
        let mean = (at.0 - Frame::chart(size.0, size.1).left) / Frame::chart(size.0, size.1).width;
        let ratio = (100.0 * (1.0 - mean.clamp(0.0, 1.0))).round() / 100.0;
        (grip == RATIO).then_some(ratio)
    }

    fn turned(&self, _: &Seen, grip: &str, value: f64) -> Option<Change> {
        let text = value.to_string();
        (grip == RATIO).then_some(Change { key: RATIO, text })
    }

    fn table(&self, seen: &Seen) -> Table {
        let law = law(seen);
        let below = |risk| {
            law.as_ref()
                .map_or_else(|| "–".to_owned(), |law| significant(law.below(risk), 4))
        };
        let rows = (1..=10).map(|k| f64::from(k) / 10.0);
        Table {
            columns: ["risk", "probability of less"].map(str::to_owned).to_vec(),
            rows: rows
                .map(|risk| vec![significant(risk, 2), below(risk)])
                .collect(),
        }
    }

    fn describe(&self, seen: &Seen) -> String {
        let Some(law) = law(seen) else {
            return String::new();
        };
        format!(
            "How likely which risk is for a linear target in {} dimensions and {} random directions: {} on average; less than \
             a quarter with probability {}.",
            significant(seen.settings().dim, 3),
            significant(features(seen), 3),
            significant(law.mean(), 3),
            significant(law.below(0.25), 2)
        )
    }
}

/// Random directions r, between the whole ones too.
fn features(seen: &Seen) -> f64 {
    seen.settings().ratio * seen.settings().dim
}

fn law(seen: &Seen) -> Option<LinearWarmUp> {
    LinearWarmUp::new(seen.settings().dim, features(seen))
}
