//! The figure's data as charts.

use super::data::{DrawnCurve, NeuronFigureData};
use super::theory::KnownTarget;
use crate::figure::{Axis, Chart, Dot, Key, Line, Mark, Origin, Plate};
use crate::full_size::incomplete;
use crate::neuron::figure::subject::{ANY_FEATURES, FEATURES, TRAINED};

/// Risks of the frame on the right, and what their lines are called.
pub(super) const RISKS: [(f64, &str); 3] = [
    (0.1, "risk 0.1"),
    (0.01, "risk 0.01"),
    (0.001, "risk 0.001"),
];

/// The largest number of features there: lines that go on do so beyond the picture.
const MOST_NEEDED: f64 = 1e12;

/// The figure as it is drawn.
pub fn plate(data: &NeuronFigureData) -> Plate {
    Plate {
        title: "One neuron against random features".to_owned(),
        frames: vec![
            (
                "risk against features, by dimension".to_owned(),
                against_features(data),
            ),
            (
                "features for a risk, against dimension".to_owned(),
                against_dimension(data),
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
        key(FEATURES, Mark::Strong, "random features, expected"),
        key(
            FEATURES,
            Mark::Spread,
            "exact, mean ± sd of draws and directions",
        ),
        key(
            ANY_FEATURES,
            Mark::Faint,
            "no fixed features can be below, on average",
        ),
        key(
            TRAINED,
            Mark::Dot { hollow: false },
            "one neuron, trained by SGD",
        ),
    ]
}

/// Random features without a bias.
fn plain(data: &NeuronFigureData) -> impl Iterator<Item = &DrawnCurve> {
    let curves = data.drawn.iter();
    curves.filter(|curve| curve.regime == "rf" && curve.bias == 0.0)
}

fn against_features(data: &NeuronFigureData) -> Chart {
    let drawn = plain(data).flat_map(|curve| &curve.points);
    let most = drawn.map(|point| point.neurons).max().unwrap_or(1000);
    let x = Axis::logarithmic("features r", 1.0, 10.0 * most as f64);
    let mut lines: Vec<Line> = data
        .lines
        .iter()
        .map(|line| {
            Line::new(
                ANY_FEATURES,
                Origin::Exact,
                points(&line.features, &line.any),
            )
        })
        .collect();
    lines.extend(data.lines.iter().map(|line| {
        let points = points(&line.features, &line.rf);
        Line::new(FEATURES, Origin::Limit, points).called(format!("d = {}", line.dim))
    }));
    let drawn = plain(data).flat_map(|curve| &curve.points).map(|point| {
        let sd = point.sd.unwrap_or_default();
        Dot {
            subject: FEATURES,
            x: point.neurons as f64,
            y: point.mean,
            range: (point.mean - sd, point.mean + sd),
            finished: true,
            settled: true,
        }
    });
    let trained = data.trained.iter().filter_map(|neuron| {
        let risk = neuron.risk?;
        Some(Dot {
            subject: TRAINED,
            x: 1.0,
            y: risk,
            range: (risk, risk),
            finished: true,
            settled: true,
        })
    });
    Chart {
        lines,
        dots: drawn.chain(trained).collect(),
        ..Chart::new(x, Axis::logarithmic("risk over E y²", 1e-4, 1.0))
    }
}

/// Points of a bound that is nothing have no place on a logarithmic axis.
fn points(x: &[f64], y: &[f64]) -> Vec<(f64, f64)> {
    let points = x.iter().copied().zip(y.iter().copied());
    points.filter(|(_, y)| *y > 0.0).collect()
}

fn against_dimension(data: &NeuronFigureData) -> Chart {
    let dims = data.lines.iter().map(|line| line.dim);
    let (least, most) = (dims.clone().min().unwrap_or(5), dims.max().unwrap_or(80));
    let theory: Vec<(f64, KnownTarget)> = (least..=most)
        .filter_map(|dim| Some((dim as f64, KnownTarget::new(dim, 0.0)?)))
        .collect();
    let mut chart = Chart::new(
        Axis::logarithmic("dimension d", least as f64, most as f64),
        Axis::logarithmic("features r", 0.5, MOST_NEEDED),
    );
    let line = |needed: &dyn Fn(&KnownTarget) -> Option<f64>| {
        let points = theory
            .iter()
            .filter_map(|(dim, theory)| Some((*dim, needed(theory)?)));
        points.filter(|(_, r)| *r >= 1.0).collect::<Vec<_>>()
    };
    for (risk, _) in RISKS {
        let needed = line(&|theory| theory.any_needed(risk));
        chart
            .lines
            .push(Line::new(ANY_FEATURES, Origin::Exact, needed));
    }
    for (risk, name) in RISKS {
        let needed = line(&|theory| theory.rf.features_for(risk));
        chart
            .lines
            .push(Line::new(FEATURES, Origin::Limit, needed).called(name));
        let found =
            plain(data).filter_map(|curve| Some((FEATURES, curve.dim, found(curve, risk)?)));
        chart.dots.extend(found.map(dot));
    }
    let mut dims: Vec<usize> = data.trained.iter().map(|neuron| neuron.dim).collect();
    dims.dedup();
    chart
        .dots
        .extend(dims.into_iter().map(|dim| dot((TRAINED, dim, 1.0))));
    chart
}

fn dot((subject, dim, features): (crate::figure::Subject, usize, f64)) -> Dot {
    Dot {
        subject,
        x: dim as f64,
        y: features,
        range: (features, features),
        finished: true,
        settled: true,
    }
}

/// The number of features at which a curve's mean comes down to a risk, between two widths in logarithms; none if it does not.
pub(super) fn found(curve: &DrawnCurve, risk: f64) -> Option<f64> {
    let pairs = curve.points.windows(2);
    let mut crossing = pairs.filter(|pair| pair[0].mean > risk && pair[1].mean <= risk);
    let [above, below] = crossing.next()? else {
        return None;
    };
    let share = (above.mean / risk).ln() / (above.mean / below.mean).ln();
    let [from, to] = [above, below].map(|point| (point.neurons as f64).ln());
    Some((from + share * (to - from)).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::neuron::paper::DrawnMean;

    #[test]
    fn a_crossing_is_between_two_widths_in_logarithms() {
        let point = |neurons, mean| DrawnMean {
            neurons,
            mean,
            sd: None,
            error: None,
            size: None,
            draws: 1,
        };
        let curve = DrawnCurve {
            regime: "rf".into(),
            dim: 5,
            bias: 0.0,
            directions: 1,
            points: vec![point(4, 0.4), point(16, 0.1), point(64, 0.05)],
            run: String::new(),
        };
        // Half of the way down in logarithms is half of the way to the right.
        for (risk, neurons) in [(0.2, 8.0), (0.1, 16.0)] {
            assert!((found(&curve, risk).unwrap() - neurons).abs() < 1e-12);
        }
        assert_eq!([found(&curve, 0.5), found(&curve, 0.01)], [None, None]);
    }
}
