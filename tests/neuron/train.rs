//! One neuron, trained.

use lazy_limits::experiment::{End, Plan, Run};
use lazy_limits::neuron::distance::squared_distance;
use lazy_limits::neuron::kernel::CrossMoments;
use lazy_limits::neuron::problem::SingleNeuron;
use lazy_limits::neuron::train::{NeuronGradient, ReluNeuron};
use lazy_limits::neuron::training::{NEURON, NeuronRun};
use lazy_limits::stream::{Purpose, Stream};

use crate::reference::{Entry, numbers};

fn neuron(weights: &serde_json::Value, bias: f64) -> ReluNeuron {
    ReluNeuron {
        weights: numbers(weights),
        bias,
    }
}

#[test]
fn a_step_is_that_of_the_reference() {
    for entry in Entry::all("neuron_sgd_step") {
        let mut student = neuron(entry.input("w"), entry.number("bias"));
        let teacher = neuron(entry.input("target"), entry.number("target_bias"));
        let mut gradient = NeuronGradient::new(student.weights.len());
        for x in entry.input("batch").as_array().unwrap() {
            let x = numbers(x);
            gradient.add(&student, &x, teacher.answer(&x));
        }
        gradient.step(&mut student, entry.number("step_size"), true);
        for (found, expected) in student.weights.iter().zip(numbers(&entry.value()["w"])) {
            entry.agrees(*found, &expected.into());
        }
        entry.agrees(student.bias, &entry.value()["bias"]);
    }
}

#[test]
fn the_risk_of_a_neuron_is_that_of_the_reference() {
    for entry in Entry::all("neuron_neuron_risk") {
        let [w, v] = ["w", "target"].map(|key| neuron(entry.input(key), 0.0));
        entry.agrees(w.squared_distance(&v), entry.value());
    }
}

fn run(text: &str) -> NeuronRun {
    let plan = format!(r#"{{"schema":1,"problem":"neuron"{text}}}"#);
    NeuronRun::new(Plan::from_json(&plan).unwrap()).unwrap()
}

fn finished(text: &str) -> NeuronRun {
    let mut run = run(text);
    while !run.is_finished() {
        run.advance(u64::MAX);
    }
    run
}

fn risks(run: &NeuronRun) -> Vec<(u64, f64)> {
    let reports = run.reports().iter();
    reports
        .map(|report| (report.at, report.values[0].unwrap()))
        .collect()
}

/// What an independent program found after so many batches, with other samples. The logarithm of the risk is a sum of many
/// steps': over seeds it was found to differ by a third of a power of ten at 100 batches and by half of one at 200, of which
/// three are allowed; at 400 it is rounding.
#[test]
fn it_learns_as_fast_as_was_found() {
    let steps = [0, 20, 50, 100, 200, 400];
    for (dim, expected) in [
        (10, [1.0, 0.055, 1.8e-4, 1.1e-8, 1.3e-17, 5e-32]),
        (20, [1.3, 0.054, 1.4e-4, 5.7e-9, 1.6e-17, 1e-32]),
        (40, [1.3, 0.083, 3.4e-4, 2.2e-8, 3e-17, 5e-32]),
    ] {
        for seed in 1..=4 {
            let run = finished(&format!(r#","dim":{dim},"seed":{seed}"#));
            let told = risks(&run);
            for (step, expected) in steps.into_iter().zip(expected) {
                let (_, found) = told.iter().find(|(at, _)| *at == 100 * step).unwrap();
                let away = (found / expected).log10().abs();
                assert!(away < 1.5, "{dim} {seed} {step}: {found} {expected}");
            }
        }
    }
}

/// A target of another norm is the same multiple of the same run, whatever its length.
#[test]
fn the_norm_changes_no_risk() {
    let one = finished(r#","bias":0.5,"steps":100"#);
    for other in [
        r#","norm":64,"bias":32,"steps":100"#,
        r#","norm":0.25,"bias":0.125,"steps":100"#,
    ] {
        assert_eq!(risks(&one), risks(&finished(other)));
    }
    // And with a bias it falls as far, if the target is active often enough.
    for bias in [0.7, 3.0, 1e6] {
        let run = finished(&format!(r#","bias":{bias},"steps":700"#));
        let last = risks(&run).pop().unwrap().1;
        assert!(last < 1e-28, "{bias}: {last}");
    }
    let negative = risks(&finished(r#","bias":-0.5,"steps":1000"#));
    assert!(negative.last().unwrap().1 < 1e-5);
}

#[test]
fn reports_are_dense_at_first_and_many_enough() {
    let at = |steps: u64| -> Vec<u64> {
        let run = finished(&format!(r#","dim":2,"batch":1,"steps":{steps}"#));
        risks(&run).iter().map(|(at, _)| *at).collect()
    };
    let four_hundred = at(400);
    assert_eq!(four_hundred[..5], [0, 1, 2, 3, 4]);
    assert!((50..80).contains(&four_hundred.len()), "{four_hundred:?}");
    assert_eq!(at(1), [0, 1]);
    assert_eq!(*at(7777).last().unwrap(), 7777);
    assert!(at(20_000).len() < 120);
}

/// In pieces, and saved and restored, to the same bits.
#[test]
fn a_restored_run_is_the_unbroken_run() {
    for settings in [
        r#","dim":6,"steps":120"#,
        r#","dim":6,"steps":120,"bias":-0.3,"batch":7"#,
    ] {
        let unbroken = finished(settings);
        let mut broken = run(settings);
        for _ in 0..9 {
            broken.advance(5);
        }
        assert!(broken.reports().len() > 5 && !broken.is_finished());
        let mut restored = NEURON.restore(&broken.checkpoint()).unwrap();
        assert_eq!(restored.step(), broken.step());
        while !restored.is_finished() {
            restored.advance(3);
        }
        assert_eq!(restored.record(true), unbroken.record(true));
        assert_eq!(restored.numbers(), unbroken.numbers());
    }
}

#[test]
fn a_run_that_climbs_has_diverged() {
    let run = finished(r#","step-size":3,"dim":50"#);
    let Some(End::Diverged(step)) = run.end() else {
        panic!("it converges");
    };
    assert!(step < 100 && run.step() == step);
    let mut restored = NEURON.restore(&run.checkpoint()).unwrap();
    assert_eq!(restored.end(), Some(End::Diverged(step)));
    assert_eq!(restored.advance(1), 0);
    // Beyond all numbers there is none.
    let far = finished(r#","step-size":10,"dim":1000,"batch":1"#);
    assert!(matches!(far.end(), Some(End::Diverged(_))));
    assert!(
        far.reports()
            .iter()
            .all(|report| report.values[0].is_none_or(f64::is_finite))
    );
}

#[test]
fn what_cannot_be_trained_on_is_refused() {
    let refused = |settings: &str| {
        let plan = format!(r#"{{"schema":1,"problem":"neuron"{settings}}}"#);
        let begun = Plan::from_json(&plan).and_then(|plan| plan.begin());
        begun.map(drop).unwrap_err().to_string()
    };
    assert!(refused(r#","bias":-100"#).contains("the target is 0 to double precision"));
    assert!(refused(r#","dim":20.5"#).contains("a whole number from 2 to 1000"));
    assert!(refused(r#","draws":3"#).contains("draws"));
}

/// Neurons in the plane: the first one's weights and bias, and the second one's.
const PAIRS: [([f64; 2], f64, [f64; 2], f64); 9] = [
    ([0.9, 0.3], 0.4, [1.0, 0.0], 0.5),
    ([0.2, -0.7], 0.4, [0.6, 0.8], -0.3),
    ([-0.5, 0.1], -1.0, [2.0, 0.5], 1.0),
    ([1.0, 1e-3], -2.0, [1.0, 0.0], -2.001),
    ([1.3, 0.0], 3.0, [1.0, 0.0], 2.0),
    ([0.0, 0.0], 0.7, [0.0, 1.0], -0.2),
    ([0.0, 0.0], -0.7, [0.0, 1.0], 1.2),
    ([-1.0, 0.0], 0.5, [1.0, 0.0], 0.5),
    ([3.0, 4.0], 40.0, [4.0, -3.0], 30.0),
];

/// By squares of 0.004 in the plane: the second derivatives jump at the kinks, which the rule smears over a step, by 10⁻⁵.
#[test]
fn the_distance_is_its_integral() {
    for (w, b, v, c) in PAIRS {
        if (c - b).abs() < 1e-2 && b < 0.0 {
            // It differs by less than a square.
            continue;
        }
        let step = 0.004;
        let at = |k: i32| step * (f64::from(k) + 0.5);
        let density = |x: f64| (-x * x / 2.0).exp();
        let mut sum = 0.0;
        for i in -2000..2000 {
            let weight = density(at(i));
            for j in -2000..2000 {
                let relu = |w: [f64; 2], b: f64| (w[0] * at(i) + w[1] * at(j) + b).max(0.0);
                sum += weight * density(at(j)) * (relu(w, b) - relu(v, c)).powi(2);
            }
        }
        let expected = sum * step * step / (2.0 * std::f64::consts::PI);
        let found = squared_distance(&w, b, &v, c);
        assert!(
            (found / expected - 1.0).abs() < 1e-5,
            "{w:?} {b}: {found} {expected}"
        );
    }
}

/// On a million samples: the mean within five of its standard errors.
#[test]
fn the_distance_is_what_samples_have() {
    let (w, b) = ([0.5, -0.4, 0.7, 0.1, -0.2], 0.2);
    let (v, c) = ([0.3, -0.5, 0.9, 0.3, 0.1], -0.4);
    let mut stream = Stream::new(1, Purpose::Batch, 0);
    let (mut sum, mut squares) = (0.0, 0.0);
    let count = 1e6;
    for _ in 0..count as usize {
        let mut x = [0.0_f32; 5];
        stream.fill_normal(&mut x);
        let relu = |w: [f64; 5], b: f64| {
            let input: f64 = w.iter().zip(x).map(|(w, x)| w * f64::from(x)).sum();
            (input + b).max(0.0)
        };
        let square = (relu(w, b) - relu(v, c)).powi(2);
        sum += square;
        squares += square * square;
    }
    let mean = sum / count;
    let error = (squares / count - mean * mean).sqrt() / count.sqrt();
    let found = squared_distance(&w, b, &v, c);
    assert!(
        (found - mean).abs() < 5.0 * error,
        "{found} {mean} ± {error}"
    );
}

/// Integrated over the other neuron's input it is the same number; and where one has no bias there is a closed form, with Owen's
/// function, from which up to three digits cancel here.
#[test]
fn the_distance_is_symmetric_and_has_its_closed_form() {
    for (w, b, v, c) in PAIRS {
        if w == [0.0, 0.0] {
            continue;
        }
        let [one, other] = [
            squared_distance(&w, b, &v, c),
            squared_distance(&v, c, &w, b),
        ];
        assert!((one / other - 1.0).abs() < 1e-10, "{w:?}: {one} {other}");
    }
    for degrees in [1.0, 20.0, 90.0, 150.0, 179.0, 180.0_f64] {
        for bias in [-4.0, -1.0, 0.3, 2.0, 20.0] {
            let (sine, cosine) = degrees.to_radians().sin_cos();
            let target = SingleNeuron { norm: 1.0, bias };
            let cross = CrossMoments::new(&target).with_relu(cosine, false);
            let expected = 0.5 + target.second_moment() - 2.0 * cross;
            let found = squared_distance(&[cosine, sine], 0.0, &[1.0, 0.0], bias);
            assert!(
                (found / expected - 1.0).abs() < 1e-10,
                "{degrees} {bias}: {found} {expected}"
            );
        }
    }
}

/// Ten times as near is a hundred times as little, down to where double precision ends; the next order is ε of it.
#[test]
fn the_distance_of_neurons_that_agree_has_all_its_digits() {
    for bias in [0.0, 0.4, -1.5, 7.0] {
        let v = [0.6, 0.0, 0.8];
        // By halves, so that differences of weights are exact.
        let away = |epsilon: f64| {
            let w = [v[0] + epsilon, v[1] - 2.0 * epsilon, v[2] + epsilon];
            let b = if bias == 0.0 { 0.0 } else { bias + epsilon };
            let exact = [w[0] - v[0], w[1] - v[1], w[2] - v[2], b - bias];
            // What the weights are after rounding, along and across v.
            let along = exact[0] * v[0] + exact[2] * v[2];
            let square: f64 = exact[..3].iter().map(|x| x * x).sum();
            (squared_distance(&w, b, &v, bias), along, square, exact[3])
        };
        for exponent in [-10, -20, -26, -30] {
            let (found, along, square, offset) = away(2.0_f64.powi(exponent));
            // E[(offset + ⟨Δ,x⟩)²; ⟨v,x⟩ + b > 0]: by the moments of a normal variate above −b.
            let density = (-bias * bias / 2.0_f64).exp() / (2.0 * std::f64::consts::PI).sqrt();
            let above = 0.5 * libm_erfc(-bias / std::f64::consts::SQRT_2);
            let second = above - bias * density;
            let expected = offset * offset * above
                + 2.0 * offset * along * density
                + along * along * second
                + (square - along * along) * above;
            let tolerance = 20.0 * 2.0_f64.powi(exponent) + 1e-10;
            assert!(
                (found / expected - 1.0).abs() < tolerance,
                "{bias} {exponent}: {found} {expected}"
            );
        }
        assert_eq!(squared_distance(&v, bias, &v, bias).to_bits(), 0);
    }
}

/// erfc, by another program than ours.
fn libm_erfc(x: f64) -> f64 {
    statrs::function::erf::erfc(x)
}

#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
mod command {
    use super::*;
    use crate::program::line;

    #[test]
    fn a_run_is_the_librarys() {
        let json =
            line("train neuron --dim 10 --steps 60 --bias 0.5 --seed 3 --format json").json();
        let run = finished(r#","dim":10,"steps":60,"bias":0.5,"seed":3"#);
        let record: serde_json::Value = serde_json::from_str(&run.record(true)).unwrap();
        assert_eq!(json, record);
        assert_eq!(json["settings"]["batch"], 100);
        let curve = json["curve"].as_array().unwrap();
        assert_eq!(
            (&curve[0]["samples"], &curve[1]["samples"]),
            (&0.into(), &100.into())
        );
        assert_eq!(curve.last().unwrap()["risk"], json["final"]);
        assert_eq!(
            (&json["interrupted"], &json["schema"]),
            (&false.into(), &1.into())
        );
        assert!(json["diverged_at"].is_null());
        let csv = line("train neuron --dim 10 --steps 60 --format csv").stdout;
        assert!(csv.starts_with("samples,risk\n0,"), "{csv}");
        let table = line("train neuron --steps 400").stdout;
        let last = table.lines().last().unwrap();
        assert!(
            last.starts_with("Final risk ") && last.contains("e-3"),
            "{last}"
        );
    }

    #[test]
    fn a_run_is_saved_and_goes_on() {
        let place = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("neuron-run");
        let _ = std::fs::remove_file(&place);
        let saved = format!("--save {0} --resume {0}", place.display());
        let options = "train neuron --dim 7 --steps 50 --format json";
        let first = line(&format!("{options} {saved}")).json();
        let again = line(&format!(
            "train neuron --format json --resume {}",
            place.display()
        ))
        .json();
        assert_eq!(first, again);
        assert_eq!(first, line(options).json());
    }

    #[test]
    fn what_cannot_be_trained_is_one_sentence() {
        line("train neuron --bias -100").refused(&["the target is 0 to double precision"]);
        line("train neuron --dim 2.5").refused(&["--dim is “2.5”", "a whole number"]);
        line("train neuron --batch 0").refused(&["--batch is “0”"]);
        let diverged = line("train neuron --step-size 3 --format json").json();
        assert!(
            diverged["diverged_at"]
                .as_u64()
                .is_some_and(|step| step < 200)
        );
    }
}
