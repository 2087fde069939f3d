//! Networks between NN and NT, as `risk`, `exact` and `train` have them.

use lazy_limits::finite::{self, LazyStart};
use lazy_limits::limit;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Quadratic, Target};
use serde_json::Value;

use crate::values::{assert_close, numbers};
use crate::{file, line, run};

const SPECTRUM: &str = "3,2.2,1.5,1.1,0.7,0.4,0.1,0";

fn problem() -> Quadratic {
    let values = SPECTRUM.split(',').map(|text| text.parse().unwrap());
    Quadratic::new(&Symmetric::diagonal(values)).unwrap()
}

fn moments(values: [f64; 3]) -> (f64, f64) {
    let mean = values.iter().sum::<f64>() / 3.0;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / 2.0).sqrt())
}

/// All of a ρ first; means and spreads over the draws that the library makes.
#[test]
fn exact_has_every_laziness_at_every_rho() {
    let json = line(&format!(
        "exact qf --spectrum {SPECTRUM} --laziness 10,0.1 --rho 0.5,1.5,0.25 --draws 3 --seed 4 --format json"
    ))
    .json();
    assert_eq!(
        (&json["command"], &json["draws"]),
        (&"exact".into(), &3.into())
    );
    assert_eq!(json["settings"]["laziness"], "10,0.1");
    // What it does not use, it does not say.
    assert!(json["settings"]["activation"].is_null() && json["settings"]["weights"].is_null());
    let problem = problem();
    let curve = json["curve"].as_array().unwrap();
    let places = [(0.5, 4), (1.5, 12), (0.25, 2)].map(|at| [(at, 10.0), (at, 0.1)]);
    assert_eq!(curve.len(), 6);
    for (point, ((rho, neurons), alpha)) in curve.iter().zip(places.into_iter().flatten()) {
        assert_eq!(point["rho"], rho);
        assert_eq!(point["laziness"], alpha);
        assert_eq!(point["neurons"], neurons);
        let starts = [0, 1, 2].map(|draw| LazyStart::drawn(&problem, neurons, 4, draw));
        let optima = starts.clone().map(|start| start.optimum(alpha));
        let nt = starts.map(|start| finite::neural_tangent(&problem, start.weights()).unwrap());
        let risk = [0, 1, 2].map(|k: usize| optima[k].risk);
        let movement = [0, 1, 2].map(|k: usize| optima[k].movement);
        let alignment = [0, 1, 2].map(|k: usize| optima[k].alignment);
        for (key, values) in [
            ("risk", risk),
            ("movement", movement),
            ("alignment", alignment),
            ("nt", nt),
        ] {
            let (mean, sd) = moments(values);
            assert_close(key, &point[key], &mean.into(), 1e-12);
            let spread = &point[&format!("{key}_sd")];
            assert_close(key, spread, &sd.into(), 1e-9);
        }
        assert_close(
            "nn",
            &point["nn"],
            &problem.network_exact(neurons).into(),
            1e-12,
        );
    }
    let one = line("exact qf --dim 9 --laziness 1 --rho 0.5 --draws 1 --format json").json();
    for key in ["risk_sd", "movement_sd", "alignment_sd", "nt_sd"] {
        assert!(one["curve"][0][key].is_null(), "{key}");
    }
}

#[test]
fn a_network_in_a_file_is_a_start() {
    let reference: Value =
        serde_json::from_str(include_str!("../reference/laziness.json")).unwrap();
    for (index, case) in reference["cases"].as_array().unwrap().iter().enumerate() {
        let rows = case["weights_rows_are_neurons"].as_array().unwrap();
        let rows: Vec<String> = rows.iter().map(numbers).collect();
        let path = file(&format!("lazy-network-{index}.csv"), rows.join("\n"));
        let values = case["values"].as_array().unwrap();
        let laziness: Vec<Value> = values.iter().map(|at| at["laziness"].clone()).collect();
        let json = run(&[
            "exact",
            "qf",
            "--format",
            "json",
            "--spectrum",
            &numbers(&case["eigenvalues"]),
            "--network",
            path.to_str().unwrap(),
            "--laziness",
            &numbers(&laziness.into()),
        ])
        .json();
        assert_eq!(json["curve"].as_array().unwrap().len(), values.len());
        for (point, expected) in json["curve"].as_array().unwrap().iter().zip(values) {
            assert_eq!(point["laziness"], expected["laziness"]);
            assert_eq!(point["neurons"], rows.len());
            for (key, tolerance) in [("risk", 1e-9), ("movement", 1e-7), ("alignment", 1e-9)] {
                assert_close(key, &point[key], &expected[key], tolerance);
            }
            assert_close("nn", &point["nn"], &case["nn"], 1e-9);
            assert_close("nt", &point["nt"], &case["nt"], 1e-9);
        }
    }
}

#[test]
fn limits_are_the_librarys() {
    let json = line(&format!(
        "risk qf --spectrum {SPECTRUM} --laziness 1e-12,1,1e12 --rho 0.5,2 --format json"
    ))
    .json();
    let problem = problem();
    let lazy = limit::Laziness::new(&problem);
    let places = [0.5, 2.0].map(|rho| [1e-12, 1.0, 1e12].map(|alpha| (rho, alpha)));
    let curve = json["curve"].as_array().unwrap();
    assert_eq!(curve.len(), 6);
    for (point, (rho, alpha)) in curve.iter().zip(places.into_iter().flatten()) {
        assert_eq!(point["rho"], rho);
        assert_eq!(point["laziness"], alpha);
        let risk = lazy.risk(rho, alpha).unwrap();
        assert_close("risk", &point["risk"], &risk.into(), 1e-12);
        let neurons = limit::neurons(rho, 8);
        let nn = limit::network(&problem, neurons);
        assert_close("nn", &point["nn"], &nn.into(), 1e-12);
        let nt = limit::neural_tangent(&problem, rho);
        assert_close("nt", &point["nt"], &nt.into(), 1e-12);
    }
}

#[test]
fn tables_and_csv_have_the_same_values() {
    let text = "exact qf --dim 12 --laziness 1 --rho 0.5 --draws 2";
    let csv = line(&format!("{text} --format csv")).stdout;
    let header = "rho,laziness,neurons,risk,risk_sd,movement,movement_sd,alignment,alignment_sd,nn,nt,nt_sd\n";
    assert!(csv.starts_with(header), "{csv}");
    let risk: f64 = csv
        .lines()
        .nth(1)
        .unwrap()
        .split(',')
        .nth(3)
        .unwrap()
        .parse()
        .unwrap();
    let table = line(text).stdout;
    assert!(table.contains(&format!("  {risk:.4}  ")), "{table}");
    let csv = line("risk qf --dim 12 --laziness 1 --format csv").stdout;
    assert!(
        csv.starts_with("rho,laziness,neurons,risk,nn,nt\n"),
        "{csv}"
    );
}

#[test]
fn a_lazy_run_has_its_own_optimum() {
    let text = "train qf --dim 12 --neurons 6 --laziness 0.5 --steps 300 --seed 3";
    let json = line(&format!("{text} --format json")).json();
    let exact = line("exact qf --dim 12 --rho 0.5 --laziness 0.5 --draws 1 --seed 3 --format json");
    let risk = &exact.json()["curve"][0]["risk"];
    assert_close("optimum", &json["optimum"], risk, 1e-9);
    assert_close("start", &json["risk"][0]["risk"], &1.into(), 1e-6);
    let table = line(text).stdout;
    for part in [
        "laziness 0.5",
        "movement",
        "alignment",
        "and laziness from this start",
    ] {
        assert!(table.contains(part), "{part} is not in\n{table}");
    }
}

#[test]
fn what_laziness_has_no_meaning_for_is_said_or_refused() {
    for (text, parts) in [
        ("risk mg --laziness 1", &["--laziness belongs to qf"][..]),
        ("exact mg --laziness 1", &["--laziness belongs to qf"]),
        ("train mg --laziness 1", &["--laziness belongs to qf"]),
        (
            "train qf --laziness 1 --regime nt --dim 5",
            &["regime nn of qf"],
        ),
        (
            "train qf --laziness 1 --regime rf --dim 5",
            &["regime nn of qf"],
        ),
        (
            "train qf --laziness 1 --activation relu --dim 5",
            &["activation quadratic"],
        ),
        (
            "train qf --laziness 1 --protocol published --dim 5",
            &["protocol theorem"],
        ),
        (
            "train qf --laziness 1e4 --dim 5",
            &["--laziness is “1e4”", "0.001 to 1000"],
        ),
        ("risk qf --laziness 0", &["--laziness is “0”"]),
        ("exact qf --laziness 1,1e13", &["--laziness is “1,1e13”"]),
        (
            "exact qf --laziness 1 --rho 1e6 --dim 4000",
            &["--rho cannot be used", "N = 4000000000"],
        ),
    ] {
        line(text).refused(text, parts);
    }
    let run = line("exact qf --dim 6 --laziness 1 --rho 0.5 --activation relu --mix 0.5 --quiet");
    assert_eq!(run.code, Some(0));
    let because = "is not used by --laziness, which is about networks of x² and no random features";
    let expected = format!("note: --mix {because}\nnote: --activation {because}\n");
    let mut said: Vec<&str> = run.stderr.lines().collect();
    let mut expected: Vec<&str> = expected.lines().collect();
    said.sort_unstable();
    expected.sort_unstable();
    assert_eq!(said, expected);
}
