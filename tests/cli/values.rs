//! What is printed is what the library says, in every format.

use serde_json::Value;

use crate::{file, line, run, with_input};

fn reference() -> Value {
    serde_json::from_str(include_str!("../reference/quadratic.json")).unwrap()
}

pub(crate) fn numbers(value: &Value) -> String {
    let texts: Vec<String> = value
        .as_array()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    texts.join(",")
}

pub(crate) fn assert_close(what: &str, value: &Value, expected: &Value, tolerance: f64) {
    let (value, expected) = (value.as_f64().unwrap(), expected.as_f64().unwrap());
    let error = (value - expected).abs() / expected.abs().max(1e-3);
    assert!(error < tolerance, "{what}: {value}, expected {expected}");
}

#[test]
fn limits_agree_with_the_reference() {
    for case in reference()["qf_asymptotic"].as_array().unwrap() {
        let curve = case["curve"].as_array().unwrap();
        let rho: Vec<Value> = curve.iter().map(|point| point["rho"].clone()).collect();
        let printed = run(&[
            "risk",
            "qf",
            "--format",
            "json",
            "--spectrum",
            &numbers(&case["eigenvalues"]),
            "--weights",
            &numbers(&case["weight_covariance"]),
            "--activation",
            case["activation"].as_str().unwrap(),
            "--rho",
            &numbers(&rho.into()),
        ])
        .json();
        let points = printed["curve"].as_array().unwrap();
        assert_eq!(points.len(), curve.len());
        for (point, expected) in points.iter().zip(curve) {
            assert_eq!(point["rho"].as_f64(), expected["rho"].as_f64());
            assert_eq!(point["neurons"], expected["neurons"]);
            for key in ["psi", "rf", "nt", "nn"] {
                assert_close(key, &point[key], &expected[key], 1e-9);
            }
        }
    }
}

#[test]
fn networks_in_files_agree_with_the_reference() {
    for (index, case) in reference()["finite_size"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
    {
        let rows = case["weights_rows_are_neurons"].as_array().unwrap();
        let text: Vec<String> = rows.iter().map(numbers).collect();
        let path = file(&format!("network-{index}.csv"), text.join("\n"));
        let spectrum = numbers(&case["eigenvalues"]);
        for sigma in ["quadratic", "relu"] {
            let printed = run(&[
                "exact",
                "qf",
                "--format",
                "json",
                "--spectrum",
                &spectrum,
                "--activation",
                sigma,
                "--network",
                path.to_str().unwrap(),
            ])
            .json();
            let curve = printed["curve"].as_array().unwrap();
            assert_eq!(curve.len(), 1);
            let point = curve[0].as_object().unwrap();
            assert_eq!(point["neurons"], rows.len());
            let rf = &case[format!("qf_rf_{sigma}")];
            assert_close("rf", &point["rf"], rf, 1e-6);
            assert_close("nt", &point["nt"], &case["qf_nt"], 1e-6);
            assert_close("nn", &point["nn"], &case["qf_nn"], 1e-9);
            assert!(!point.contains_key("rf_sd") && !point.contains_key("nt_sd"));
        }
    }
}

/// The same target and network in rotated coordinates have the same risks.
#[test]
fn a_network_is_read_in_the_coordinates_of_b() {
    let network = file("rotated-network.txt", "0.6 0.8\n");
    // B = R diag(3, 1) Rᵀ with R = (0.6 −0.8; 0.8 0.6): the neuron is the first eigenvector.
    let b = file("rotated-b.txt", "1.72 0.96\n0.96 2.28\n");
    let printed = run(&[
        "exact",
        "qf",
        "--format",
        "json",
        "--spectrum",
        b.to_str().unwrap(),
        "--network",
        network.to_str().unwrap(),
    ])
    .json();
    let point = &printed["curve"][0];
    assert_close("nt", &point["nt"], &0.1.into(), 1e-9);
    assert_close("nn", &point["nn"], &0.1.into(), 1e-9);
    // ⟨w, Bw⟩ = 3, ‖w‖ = 1: V = 6, U = 2, so 1 − 36/(2·2·10) = 0.1.
    assert_close("rf", &point["rf"], &0.1.into(), 1e-9);
}

/// Neurons that nearly depend on each other, so that rounding decides what they add: no number, and why. The same neuron
/// twice is no such thing.
#[test]
fn a_risk_that_rounding_decides_is_not_given() {
    for (name, last, is_known) in [("nearly", "1e-11", false), ("twice", "0", true)] {
        let text = format!("0.6 0.8 0\n0.6 0.8 {last}\n");
        let network = file(&format!("network-{name}.txt"), text);
        let exact = |format: &str| {
            let network = network.to_str().unwrap();
            line(&format!(
                "exact qf --spectrum 3,1,0.5 --format {format} --network {network}"
            ))
        };
        let printed = exact("json").json();
        let point = &printed["curve"][0];
        for regime in ["rf", "nt"] {
            assert_eq!(point[regime].is_number(), is_known, "{name}: {point}");
        }
        let table = exact("table").stdout;
        for regime in ["RF", "NT"] {
            let sentence = format!("the exact {regime} risk of 2 neurons is not known");
            assert_eq!(table.contains(&sentence), !is_known, "{name}: {table}");
        }
    }
}

#[test]
fn json_says_what_was_asked() {
    let json = line(
        "risk qf --dim 12 --rho 0.5 --spectrum-seed 9 --seed 4 --weights aligned --format json",
    )
    .json();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(json["streams"], lazy_limits::stream::VERSION);
    assert_eq!(json["command"], "risk");
    assert_eq!(json["problem"], "qf");
    assert_eq!(json["dim"], 12);
    assert_eq!(json["seed"], 4);
    assert!(json["trace_ratio"].as_f64().unwrap() < 1.0);
    let settings = &json["settings"];
    assert_eq!(settings["spectrum-seed"], 9);
    assert_eq!(settings["weights"], "aligned");
    assert_eq!(settings["spectrum"], "exponential");
}

#[test]
fn exact_has_a_mean_and_a_spread() {
    let text = "exact qf --dim 8 --rho 0.5,3 --seed 5 --format json --draws";
    let json = line(&format!("{text} 4")).json();
    assert_eq!(json["draws"], 4);
    assert_eq!(json["interrupted"], false);
    let [narrow, wide] = json["curve"].as_array().unwrap().as_slice() else {
        panic!("there are two points");
    };
    for key in ["rf", "rf_sd", "nt", "nt_sd", "nn"] {
        let value = narrow[key].as_f64().unwrap();
        assert!(value > 0.0 && value < 1.0, "{key} {value}");
    }
    assert_eq!(narrow["neurons"], 4);
    assert_eq!(wide["neurons"], 24);
    assert_eq!(wide["nt"], 0.0);
    // One draw has no spread, and it is the first of the four.
    let one = line(&format!("{text} 1")).json();
    assert!(one["curve"][0]["rf"].is_f64());
    assert!(one["curve"][0]["rf_sd"].is_null());
    // Threads change nothing; a seed does.
    let again = line(&format!("{text} 4 --threads 1")).json();
    assert_eq!(again["curve"], json["curve"]);
    let other = line("exact qf --dim 8 --rho 0.5,3 --seed 6 --draws 4 --format json").json();
    assert_ne!(other["curve"][0]["rf"], json["curve"][0]["rf"]);
    assert_eq!(other["curve"][0]["nn"], json["curve"][0]["nn"]);
}

/// Exact risks at d = 120 differ from the limit by O(1/d): 0.02 is a few times that.
#[test]
fn exact_is_close_to_the_limit() {
    let options = "qf --dim 120 --rho 0.5,1 --sampling quantile --format json";
    let limit = line(&format!("risk {options}")).json();
    let exact = line(&format!("exact {options} --draws 6")).json();
    for index in 0..2 {
        for key in ["rf", "nt", "nn"] {
            let pair = [&limit, &exact].map(|json| json["curve"][index][key].as_f64().unwrap());
            assert!((pair[0] - pair[1]).abs() < 0.02, "{key}: {pair:?}");
        }
    }
}

#[test]
fn table_csv_and_json_agree() {
    for command in [
        "risk qf --dim 20 --spectrum power-law",
        "exact qf --dim 10 --draws 3 --weights best --rho 0.2,1.3",
        "exact qf --dim 10 --draws 1 --rho 0.2,1.3",
        "risk mg --dim 20 --weights best",
        "exact mg --dim 10 --draws 3 --rho 0.2,1.3",
    ] {
        let text = line(&format!("{command} --format json"));
        let json = text.json();
        let csv = line(&format!("{command} --format csv")).stdout;
        let table = line(command).stdout;
        let mut lines = csv.lines();
        let keys: Vec<&str> = lines.next().unwrap().split(',').collect();
        let points = json["curve"].as_array().unwrap();
        assert_eq!(lines.clone().count(), points.len());
        // A mixture's table ends with an empty line and what Bayes attains.
        let bayes = table
            .lines()
            .rev()
            .take_while(|line| line.contains("Bayes"));
        let below = match bayes.count() {
            0 => 0,
            lines => lines + 1,
        };
        let rows: Vec<&str> = table.lines().rev().skip(below).take(points.len()).collect();
        for (index, (point, line)) in points.iter().zip(lines).enumerate() {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), keys.len());
            assert_eq!(point.as_object().unwrap().len(), keys.len());
            for (key, cell) in keys.iter().zip(&cells) {
                // By text: a parser may be off by a last digit.
                let shown = if cell.is_empty() { "null" } else { cell };
                let member = format!("\"{key}\":{shown}");
                assert!(text.stdout.contains(&member), "{member}");
                assert_eq!(point[key].is_null(), cell.is_empty(), "{key}");
            }
            let shown: Vec<f64> = rows[points.len() - 1 - index]
                .split_whitespace()
                .map(|word| word.parse().unwrap())
                .collect();
            let full = cells.iter().filter_map(|cell| cell.parse::<f64>().ok());
            let full: Vec<f64> = full.collect();
            assert_eq!(shown.len(), full.len());
            for (shown, full) in shown.iter().zip(&full) {
                assert!((shown - full).abs() <= 5.1e-5, "{shown} {full}");
            }
        }
    }
}

#[test]
fn a_table_says_what_it_is_about() {
    let table = line("exact qf --dim 10 --draws 2 --seed 77 --spectrum uniform").stdout;
    for part in [
        "qf",
        "d = 10",
        "trace ratio",
        "uniform (sampled, spectrum seed 1)",
        "seed 77",
        "random features, mean over 2 draws",
    ] {
        assert!(table.contains(part), "{part} is not in\n{table}");
    }
    let note = line("risk qf --spectrum semicircle --activation erf").stdout;
    assert!(note.contains("negative eigenvalues") && note.contains("erf is odd"));
}

#[test]
fn numbers_come_inline_from_files_and_from_standard_input() {
    let inline = line("risk qf --spectrum 4,3,2,1 --format json").json();
    assert_eq!(inline["dim"], 4);
    let path = file("four.txt", "# four\n4;3;2;1\n");
    let path = path.to_str().unwrap();
    let from_file = run(&["risk", "qf", "--spectrum", path, "--format", "json"]).json();
    assert_eq!(from_file, inline);
    let piped = with_input(
        &["risk", "qf", "--spectrum", "-", "--format", "json"],
        "4\n3\n2\n1\n",
    );
    assert_eq!(piped.json(), inline);
    // The same matrix in other coordinates, its weights too.
    let b = file("full.txt", "2 1\n1 2\n");
    let weights = file("full-weights.txt", "1 0.5\n0.5 1\n");
    let [full, diagonal] = [
        [b.to_str().unwrap(), weights.to_str().unwrap()],
        ["3,1", "3,1"],
    ]
    .map(|[spectrum, weights]| {
        let options = ["risk", "qf", "--format", "json", "--spectrum"];
        run(&[&options[..], &[spectrum, "--weights", weights]].concat()).json()
    });
    for key in ["rf", "nt", "nn"] {
        let (value, expected) = (&full["curve"][0][key], &diagonal["curve"][0][key]);
        assert_close(key, value, expected, 1e-9);
    }
}

#[test]
fn a_file_named_like_a_family_or_a_number_is_a_file_where_it_says_so() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("names");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("identity"), "2,1,1").unwrap();
    std::fs::write(folder.join("3"), "1,1").unwrap();
    let dim = |spectrum: &str| {
        let output = crate::program()
            .current_dir(&folder)
            .args(["risk", "qf", "--format", "json", "--spectrum", spectrum])
            .output();
        crate::Run::from(output.unwrap()).json()["dim"].as_u64()
    };
    assert_eq!(dim("identity"), Some(450));
    assert_eq!(dim("./identity"), Some(3));
    assert_eq!(dim("3"), Some(2));
    assert_eq!(dim("4"), Some(1));
}
