//! The wave (Prop. 4.6): a sum of a few neurons with which no fixed features correlate. The grip of the first panel is its
//! norm, that of the second the dimension.

use super::subject::{ANY_FEATURES, ERROR, TRAINED};
use super::{NeuronScene, Seen};
use crate::figure::{Axis, Change, Chart, Frame, Grip, Line, Origin, Panel, Picture};
use crate::neuron::setting::{MAX_PAGE_NORM, PAGE_DIMS};
use crate::neuron::wave::{log10_leading_eigenvalue, triangle_wave};
use crate::numbers::{decimal, significant};
use crate::setting::About;

/// The wave along the neuron's direction.
pub(super) struct Wave;

/// How much of it any features get, against the dimension.
pub(super) struct WaveByDimension;

const NORM: &str = "norm";

/// So far from the middle it is drawn, unless it would be too dense to be seen.
const SPAN: f64 = 3.0;

/// Where the axis of λ₁ ends, as a power of ten.
const LEAST_POWER: f64 = -50.0;

/// Most arches to either side.
const ARCHES: f64 = 10.0;

/// The half width of what is drawn.
fn span(norm: f64) -> f64 {
    SPAN.min(2.0 * ARCHES / norm)
}

impl Panel<NeuronScene> for Wave {
    fn key(&self) -> &'static str {
        "wave"
    }

    fn title(&self) -> &'static str {
        "The wave"
    }

    fn note(&self, _seen: &Seen) -> String {
        "ψ, a sum of neurons of one direction, of norm s. Drag its first top: a short wave is hard to catch.".to_owned()
    }

    fn picture(&self, seen: &Seen) -> Picture {
        let norm = seen.settings().norm;
        let end = span(norm);
        let x = Axis::linear("⟨w*, x⟩", -end, end);
        let mut chart = Chart::new(x, Axis::linear("ψ", -1.2, 1.2));
        // Its corners, and no point between them.
        let corners = (norm * end).floor() as i32;
        let corners = (-corners..=corners).filter(|corner| corner % 2 != 0);
        let mut points = vec![(-end, triangle_wave(-norm * end))];
        points.extend(corners.map(|corner| {
            let at = f64::from(corner);
            (at / norm, triangle_wave(at))
        }));
        points.push((end, triangle_wave(norm * end)));
        chart.lines = vec![
            Line::new(TRAINED, Origin::Limit, points)
                .called(format!("norm s = {}", significant(norm, 3))),
        ];
        chart.handle = vec![1.0 / norm];
        Picture::Chart(chart)
    }

    fn stays(&self, _seen: &Seen, about: &[About]) -> bool {
        about
            .iter()
            .all(|about| matches!(about, About::Place | About::Dial))
    }

    fn grips(&self, seen: &Seen) -> Vec<Grip> {
        let norm = seen.settings().norm;
        vec![Grip {
            name: NORM.to_owned(),
            label: "Norm s".to_owned(),
            value: norm,
            min: 1.0,
            max: MAX_PAGE_NORM,
            least: 1.0,
            fine: 1.05,
            whole: false,
            upright: false,
            text: format!("norm {}", significant(norm, 3)),
        }]
    }

    fn grip_at(&self, _: &Seen, size: (f64, f64), at: (f64, f64), slop: f64) -> Option<String> {
        let frame = Frame::chart(size.0, size.1);
        frame.contains(at.0, at.1, slop).then(|| NORM.to_owned())
    }

    fn value_at(&self, seen: &Seen, grip: &str, size: (f64, f64), at: (f64, f64)) -> Option<f64> {
        let end = span(seen.settings().norm);
        let x = Axis::linear("", -end, end);
        let top = Frame::chart(size.0, size.1).value_at_x(&x, at.0).abs();
        let norm = (1.0 / top).clamp(1.0, MAX_PAGE_NORM);
        (grip == NORM).then(|| decimal(&significant(norm, 3)).unwrap_or(norm))
    }

    fn turned(&self, _: &Seen, grip: &str, value: f64) -> Option<Change> {
        let text = value.to_string();
        (grip == NORM).then_some(Change { key: NORM, text })
    }
}

impl Panel<NeuronScene> for WaveByDimension {
    fn key(&self) -> &'static str {
        "correlation"
    }

    fn title(&self) -> &'static str {
        "What a feature gets of the wave"
    }

    fn note(&self, _seen: &Seen) -> String {
        "Its largest correlation λ₁ with any fixed feature, over directions: r of them miss at least 1 − rλ₁/‖ψ‖².".to_owned()
    }

    fn lever(&self) -> Option<&'static str> {
        Some("dim")
    }

    fn picture(&self, seen: &Seen) -> Picture {
        let norm = seen.settings().norm;
        let (least, most) = PAGE_DIMS;
        let dims = || (0..=58).map(move |k| least + (most - least) * f64::from(k) / 58.0);
        let line = |norm: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
            let points =
                dims().filter_map(|dim| Some((dim, log10_leading_eigenvalue(dim, norm(dim))?)));
            points.collect()
        };
        let [own, full] = [line(&|_| norm), line(&|dim| dim)];
        let x = Axis::linear("dimension d", least, most);
        let mut chart = Chart::new(x, Axis::linear("log₁₀ λ₁", LEAST_POWER, 0.0));
        chart.lines = vec![
            Line::new(ERROR, Origin::Limit, full).called("norm d"),
            Line::new(TRAINED, Origin::Limit, own)
                .called(format!("norm s = {}", significant(norm, 3))),
        ];
        chart.handle = vec![seen.settings().dim];
        let at = log10_leading_eigenvalue(seen.settings().dim, norm);
        let at = at.into_iter();
        chart.crossings = at
            .map(|power| (ANY_FEATURES, seen.settings().dim, power))
            .collect();
        Picture::Chart(chart)
    }

    fn stays(&self, _seen: &Seen, about: &[About]) -> bool {
        about
            .iter()
            .all(|about| matches!(about, About::Place | About::Dial))
    }
}
