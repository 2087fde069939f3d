//! The functions: the target and what is made of it, along the target's direction. The grip is the target's kink.

use super::answer::PROFILE;
use super::subject::{ERROR, FEATURES};
use super::{NeuronScene, Seen};
use crate::figure::{Axis, Change, Chart, Frame, Grip, Line, Origin, Panel, Picture, Place, Table};
use crate::numbers::{decimal, significant};
use crate::setting::About;

pub(super) struct Functions;

const BIAS: &str = "bias";

/// The largest bias, either way.
const MOST: f64 = 2.0;

impl Panel<NeuronScene> for Functions {
    fn key(&self) -> &'static str {
        "functions"
    }

    fn title(&self) -> &'static str {
        "The neuron, and what random features make of it"
    }

    fn place(&self) -> Place {
        Place::Side
    }

    fn picture(&self, seen: &Seen) -> Picture {
        let shift = seen.scene.neuron.shift();
        let target = PROFILE.map(|t| (t, (t + shift).max(0.0)));
        let x = Axis::linear("⟨w*, x⟩", PROFILE[0], -PROFILE[0]);
        let top = (shift - PROFILE[0]).max(2.0);
        let mut chart = Chart::new(
            x,
            Axis::linear("y / s, mean over the rest", -0.2 * top, top),
        );
        chart.handle = vec![-shift];
        chart.lines = vec![Line::new(ERROR, Origin::Limit, target.to_vec()).called("target")];
        if let Some((features, profile)) = seen.profile() {
            let points = PROFILE.into_iter().zip(profile.iter().copied());
            let name = format!("{} random features", significant(features, 4));
            chart
                .lines
                .push(Line::new(FEATURES, Origin::Limit, points.collect()).called(name));
        }
        Picture::Chart(chart)
    }

    fn stays(&self, _seen: &Seen, about: &[About]) -> bool {
        about.iter().all(|about| *about == About::Dial)
    }

    fn grips(&self, seen: &Seen) -> Vec<Grip> {
        let bias = seen.settings().bias;
        vec![Grip {
            name: BIAS.to_owned(),
            label: "Bias b of the target".to_owned(),
            value: bias,
            min: -MOST,
            max: MOST,
            least: -MOST,
            fine: 1.05,
            whole: false,
            upright: false,
            text: format!("bias {}", significant(bias, 3)),
        }]
    }

    fn grip_at(&self, _: &Seen, size: (f64, f64), at: (f64, f64), slop: f64) -> Option<String> {
        let frame = Frame::chart(size.0, size.1);
        frame.contains(at.0, at.1, slop).then(|| BIAS.to_owned())
    }

    fn value_at(&self, seen: &Seen, grip: &str, size: (f64, f64), at: (f64, f64)) -> Option<f64> {
        let x = Axis::linear("", PROFILE[0], -PROFILE[0]);
        let kink = Frame::chart(size.0, size.1).value_at_x(&x, at.0);
        let bias = (-kink * seen.settings().norm).clamp(-MOST, MOST);
        // 0, where there is a line for NT too, is easily found again.
        let bias = if bias.abs() < 0.06 { 0.0 } else { bias };
        (grip == BIAS).then(|| decimal(&significant(bias, 2)).unwrap_or(bias))
    }

    fn turned(&self, _: &Seen, grip: &str, value: f64) -> Option<Change> {
        let text = value.to_string();
        (grip == BIAS).then_some(Change { key: BIAS, text })
    }

    fn table(&self, seen: &Seen) -> Table {
        let shift = seen.scene.neuron.shift();
        let profile = seen.profile();
        let rows = PROFILE.iter().enumerate().step_by(4).map(|(index, t)| {
            let fit = profile.map(|(_, profile)| profile[index]);
            vec![
                significant(*t, 3),
                significant((t + shift).max(0.0), 4),
                fit.map_or_else(|| "–".to_owned(), |fit| significant(fit, 4)),
            ]
        });
        Table {
            columns: ["⟨w*, x⟩", "target", "random features"]
                .map(str::to_owned)
                .to_vec(),
            rows: rows.collect(),
        }
    }

    fn describe(&self, seen: &Seen) -> String {
        let made = seen.profile().map_or_else(String::new, |(features, _)| {
            format!(
                ", and the best of {} random features, averaged over all other directions",
                significant(features, 4)
            )
        });
        format!(
            "The target, a neuron with its kink at {}, along its own direction{made}.",
            significant(-seen.scene.neuron.shift(), 3)
        )
    }
}

impl Seen {
    /// The widest features that were drawn, no more than are at the handle, with their best answer along the target's
    /// direction.
    fn profile(&self) -> Option<(f64, &[f64])> {
        let answer = self.answer()?;
        let drawn = answer.features.iter().zip(&answer.profiles);
        let mut narrow = drawn
            .rev()
            .filter(|(drawn, _)| drawn.features <= self.features());
        let (drawn, profile) = narrow.next()?;
        Some((drawn.features, profile.as_slice()))
    }
}
