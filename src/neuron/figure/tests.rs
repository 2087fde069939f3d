use serde_json::Value;

use super::{NeuronScene, SHEET, Seen};
use crate::figure::{Chart, Figure, Live, Panel, Picture, Role, Scene, Status};
use crate::neuron::figure::answer::PROFILE;
use crate::neuron::setting::{MAX_PAGE_FEATURES, MAX_PAGE_NORM};

const SIZE: (f64, f64) = (700.0, 420.0);

fn figure(state: &[(&str, &str)]) -> Seen {
    let mut figure = Live::open(&SHEET);
    for (key, text) in state {
        figure.set_text(key, text).unwrap();
    }
    figure
}

fn answered(mut figure: Seen) -> Seen {
    let order = figure.order().unwrap();
    let solved = NeuronScene::solve(order.order).unwrap();
    figure.take_answer(order.id, solved);
    figure
}

fn panel(key: &str) -> &'static dyn Panel<NeuronScene> {
    Live::open(&SHEET).panel(key).unwrap()
}

fn chart(figure: &Seen, key: &str) -> Chart {
    match panel(key).picture(figure) {
        Picture::Chart(chart) => chart,
        other => panic!("{key} is no chart: {other:?}"),
    }
}

/// Where a value stands on the large picture, in pixels.
fn place(figure: &Seen, r: f64, risk: f64) -> (f64, f64) {
    let chart = chart(figure, "risk");
    let frame = crate::figure::Frame::chart(SIZE.0, SIZE.1);
    (frame.x(&chart.x, r), frame.y(&chart.y, risk))
}

fn risk(figure: &Seen, r: f64) -> f64 {
    figure.scene.random(r).unwrap()
}

#[test]
fn dots_lie_on_the_line_and_above_the_bound() {
    let figure = answered(figure(&[]));
    let answer = figure.answer().unwrap();
    assert_eq!((answer.features.len(), answer.tangent.len()), (10, 6));
    assert_eq!(answer.unknown, None);
    for drawn in &answer.features {
        // One draw of weights at 64 directions: within a tenth of the mean over draws.
        let expected = risk(&figure, drawn.features);
        assert!(
            (drawn.mean / expected - 1.0).abs() < 0.1,
            "{drawn:?} {expected}"
        );
        let least = figure.scene.least(drawn.features);
        assert!(drawn.mean > least, "{drawn:?} {least}");
    }
    // By an independent implementation, another draw: 0.44, 0.203, 0.062, 0.032.
    let at = |r: f64| {
        answer
            .features
            .iter()
            .find(|drawn| drawn.features == r)
            .unwrap()
            .mean
    };
    for (r, expected) in [(16.0, 0.44), (64.0, 0.203), (256.0, 0.062), (512.0, 0.032)] {
        assert!((at(r) / expected - 1.0).abs() < 0.06, "{r}: {}", at(r));
    }
}

/// The best combination is, averaged over all other directions, what it is: its mean is that of the target.
#[test]
fn profiles_have_the_mean_of_the_target() {
    for bias in ["0", "-0.7", "1"] {
        let figure = answered(figure(&[("dim", "6"), ("bias", bias)]));
        let answer = figure.answer().unwrap();
        let width = PROFILE[1] - PROFILE[0];
        let weight = |t: f64| crate::neuron::problem::density(t) * width;
        for profile in &answer.profiles {
            let pairs = PROFILE.iter().zip(profile);
            let mean: f64 = pairs.map(|(t, value)| weight(*t) * value).sum();
            // Beyond 3 the normal law has 0.27 %, of values of a few.
            assert!((mean - figure.scene.neuron.mean()).abs() < 0.02, "{mean}");
        }
        let nearest = answer.profiles.last().unwrap();
        let middle = nearest[PROFILE.len() / 2];
        let target = figure.scene.neuron.shift().max(0.0);
        assert!((middle - target).abs() < 0.2, "{middle} {target}");
    }
}

#[test]
fn each_grip_is_where_it_is_seen_and_follows_the_hand() {
    let mut figure = figure(&[("features", "30")]);
    let large = panel("risk");
    let at = |figure: &Seen, place| large.grip_at(figure, SIZE, place, 8.0);
    let on_curve = place(&figure, 3000.0, risk(&figure, 3000.0));
    let on_threshold = place(&figure, 1e5, figure.scene.threshold);
    assert_eq!(at(&figure, on_curve).as_deref(), Some("dim"));
    assert_eq!(at(&figure, on_threshold).as_deref(), Some("norm"));
    assert_eq!(
        at(&figure, place(&figure, 30.0, 1e-3)).as_deref(),
        Some("features")
    );
    assert_eq!(at(&figure, (-50.0, 10.0)), None);

    // The curve goes where it is drawn to.
    let up = place(&figure, 3000.0, 0.04);
    assert_eq!(figure.drag(large, "dim", SIZE, up).unwrap(), Some("dim"));
    assert!((risk(&figure, 3000.0) / 0.04 - 1.0).abs() < 0.03);
    let down = place(&figure, 3000.0, 1e-4);
    figure.drag(large, "dim", SIZE, down).unwrap();
    assert_eq!(figure.settings().dim, 5.0);

    // So does the threshold, and it stays under the pointer while the axis grows.
    for share in [0.4, 0.7, 0.8, 0.85] {
        let y = 10.0 + share * (SIZE.1 - 50.0);
        figure.drag(large, "norm", SIZE, (400.0, y)).unwrap();
        let (_, now) = place(&figure, 1.0, figure.scene.threshold);
        assert!((now - y).abs() < 2.0, "{share}: {now} {y}");
    }
    figure
        .drag(large, "features", SIZE, place(&figure, 500.0, 0.5))
        .unwrap();
    assert!((figure.features() / 500.0 - 1.0).abs() < 0.01);
}

#[test]
fn a_steeper_target_needs_more_features_and_a_longer_axis() {
    let mut figure = figure(&[("dim", "8")]);
    assert_eq!(figure.scene.end, 1e6);
    figure.set_text("norm", "64").unwrap();
    let [any, random] = figure.scene.needed.map(Option::unwrap);
    assert!((any / 3.5e8 - 1.0).abs() < 0.02, "{any}");
    assert!((random / 1.4e9 - 1.0).abs() < 0.03, "{random}");
    assert!(figure.scene.end > random && figure.scene.is_rescaled);
    figure.set_text("features", "7").unwrap();
    assert!(!figure.scene.is_rescaled);
    figure.set_text("norm", "3600").unwrap();
    assert_eq!(figure.scene.end, MAX_PAGE_FEATURES);
}

#[test]
fn every_state_is_drawn_and_said() {
    for (dim, norm, bias) in [
        ("2", "1", "0"),
        ("2.4", "7", "-2"),
        ("4.999", "1", "0"),
        ("5", "3600", "2"),
        ("23.7", "10", "-1"),
        ("60", "3600", "0"),
    ] {
        let state = [("dim", dim), ("norm", norm), ("bias", bias)];
        for figure in [figure(&state), answered(figure(&state))] {
            for panel in SHEET.panels {
                let text = panel.describe(&figure) + &panel.note(&figure);
                assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
                let cells = panel.table(&figure).rows.concat().concat();
                assert!(!cells.contains("NaN") && !cells.contains("inf"), "{cells}");
                let drawn = [Some(chart(&figure, panel.key())), panel.over(&figure)];
                for chart in drawn.into_iter().flatten() {
                    assert!(chart.x.min < chart.x.max && chart.y.min < chart.y.max);
                    let lines = chart.lines.iter().flat_map(|line| &line.points);
                    assert!(lines.clone().all(|(x, y)| x.is_finite() && y.is_finite()));
                }
            }
            let readings = serde_json::to_string(&figure.readings()).unwrap();
            assert!(
                !readings.contains("NaN") && !readings.contains("inf"),
                "{readings}"
            );
        }
    }
}

#[test]
fn the_neuron_falls_off_the_picture() {
    let mut figure = figure(&[("norm", "4"), ("bias", "2")]);
    let id = {
        let plans = Figure::plans(&mut figure);
        let [plan] = &plans[..] else {
            panic!("one neuron is trained: {plans:?}");
        };
        // Seen as it happens, and of norm 1: all others of that b/s have the same risks.
        assert!(plan.role == Role::Handle && plan.pace > 0);
        assert_eq!(
            (&plan.plan["bias"], &plan.plan["norm"]),
            (&Value::from(0.5), &Value::Null)
        );
        plan.id
    };
    figure.report(id, 100.0, &[0.5]);
    figure.report(id, 1e4, &[1e-8]);
    figure.set_status(id, Status::Finished);
    let chart = chart(&figure, "risk");
    let dot = chart
        .dots
        .iter()
        .find(|dot| dot.subject.key() == "nn")
        .unwrap();
    assert!(dot.y < chart.y.min && dot.finished);
    let named = chart.lines.iter().filter_map(|line| line.label.as_deref());
    assert!(
        named
            .into_iter()
            .any(|label| label == "1 neuron, 10\u{202f}000 samples: 1e-8")
    );
    assert!(
        panel("risk")
            .describe(&figure)
            .contains("trained on 10000 samples, has 1e-8")
    );
    assert_eq!(figure.readings().lines[3].trained, "1.00e-8");
}

#[test]
fn norms_are_found_from_thresholds() {
    for bias in [-2.0, 0.0, 1.5] {
        for norm in [1.0, 2.0, 33.0, MAX_PAGE_NORM] {
            let target = crate::neuron::problem::SingleNeuron { norm, bias };
            let threshold = 1.0 / (50.0 * target.second_moment());
            let found = super::scene::norm_of(threshold, bias);
            assert!((found / norm - 1.0).abs() < 1e-9, "{bias} {norm} {found}");
        }
    }
}
