//! `risk mg` and `exact mg`.

use serde_json::Value;

use crate::values::{assert_close, numbers};
use crate::{file, line, run, with_input};

fn reference() -> Value {
    serde_json::from_str(include_str!("../reference/mixture.json")).unwrap()
}

#[test]
fn limits_agree_with_the_reference() {
    for case in reference()["mg_asymptotic"].as_array().unwrap() {
        let curve = case["curve"].as_array().unwrap();
        let rho: Vec<Value> = curve.iter().map(|point| point["rho"].clone()).collect();
        let [delta, sigma, weights, rho] = [
            &case["delta"],
            &case["sigma"],
            &case["weight_covariance"],
            &rho.into(),
        ]
        .map(numbers);
        let activation = case["activation"].as_str().unwrap();
        let options = ["--delta", "--sigma", "--weights", "--rho", "--activation"];
        let values = [&delta, &sigma, &weights, &rho, activation];
        let mut arguments = vec!["risk", "mg", "--format", "json"];
        for (option, value) in options.into_iter().zip(values) {
            arguments.extend([option, value]);
        }
        let printed = run(&arguments).json();
        assert_close("bayes", &printed["bayes"], &case["bayes_large_d"], 1e-9);
        let points = printed["curve"].as_array().unwrap();
        assert_eq!(points.len(), curve.len());
        for (point, expected) in points.iter().zip(curve) {
            assert_eq!(point["neurons"], expected["neurons"]);
            for key in ["psi", "zeta1", "zeta2", "rf", "nn", "nt", "kappa"] {
                // NT is given for Σ = I only.
                if let Some(expected) = expected.get(key) {
                    assert_close(key, &point[key], expected, 1e-9);
                }
            }
        }
    }
}

#[test]
fn networks_in_files_agree_with_the_reference() {
    let reference = reference();
    for (index, case) in reference["finite_size"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
    {
        let rows = case["weights_rows_are_neurons"].as_array().unwrap();
        let text: Vec<String> = rows.iter().map(numbers).collect();
        let path = file(&format!("mixture-network-{index}.csv"), text.join("\n"));
        let delta = numbers(&case["delta"]);
        let printed = run(&[
            "exact",
            "mg",
            "--format",
            "json",
            "--delta",
            &delta,
            "--network",
            path.to_str().unwrap(),
        ])
        .json();
        let point = &printed["curve"][0];
        assert_eq!(point["neurons"], rows.len());
        assert_close("rf", &point["rf"], &case["mg_rf_quadratic"], 1e-6);
        assert_close("nt", &point["nt"], &case["mg_nt"], 1e-6);
        assert_close("nn", &point["nn"], &case["mg_nn"], 1e-9);
        assert!(printed["bayes"].as_f64() < point["nn"].as_f64());
    }
}

#[test]
fn json_says_what_was_asked() {
    let options = "--dim 12 --rho 0.5 --spectrum-seed 9 --sigma two-level:0.9 --rotation random";
    for command in ["risk", "exact"] {
        let json = line(&format!("{command} mg {options} --format json")).json();
        assert_eq!(json["schema"], 1);
        assert_eq!(json["command"], command);
        assert_eq!(json["problem"], "mg");
        assert_eq!(json["dim"], 12);
        let settings = &json["settings"];
        assert_eq!(settings["delta"], "paper");
        assert_eq!(settings["sigma"], "two-level:0.9");
        assert_eq!(settings["rotation"], "random");
        assert_eq!(settings["spectrum-seed"], 9);
        assert!(settings.get("spectrum").is_none());
        let (bayes, nn) = (&json["bayes"], &json["curve"][0]["nn"]);
        assert!(0.0 < bayes.as_f64().unwrap() && bayes.as_f64() < nn.as_f64());
        if command == "exact" {
            let [sampled, error] =
                ["bayes_sampled", "bayes_se"].map(|key| json[key].as_f64().unwrap());
            // Another seed would fail once in two million.
            assert!(
                (sampled - bayes.as_f64().unwrap()).abs() < 5.0 * error,
                "{sampled} ± {error}"
            );
            assert!(error < 0.002);
        }
    }
}

#[test]
fn exact_has_a_mean_and_a_spread() {
    let text = "exact mg --dim 10 --rho 0.5,2 --seed 5 --format json --draws";
    let json = line(&format!("{text} 4")).json();
    let [narrow, wide] = json["curve"].as_array().unwrap().as_slice() else {
        panic!("there are two points");
    };
    for key in ["rf", "rf_sd", "nt", "nt_sd", "nn"] {
        let value = narrow[key].as_f64().unwrap();
        assert!(value > 0.0 && value < 1.0, "{key} {value}");
    }
    // Weights that span the space make NT a network of d neurons.
    assert_eq!(wide["nt"], wide["nn"]);
    assert!(wide["nt_sd"].as_f64().unwrap() < 1e-12);
    let again = line(&format!("{text} 4 --threads 1")).json();
    assert_eq!(again["curve"], json["curve"]);
}

/// Exact risks at d = 150 differ from the limit by O(1/d): 0.02 is a few times that.
#[test]
fn exact_is_close_to_the_limit() {
    for options in [
        "--delta paper",
        "--delta two-signed --activation relu",
        "--delta low-rank:30 --sigma two-level --rotation random",
    ] {
        let options = format!("mg --dim 150 --rho 0.3,0.8 {options} --format json");
        let limit = line(&format!("risk {options}")).json();
        let exact = line(&format!("exact {options} --draws 2")).json();
        for index in 0..2 {
            // Eigenvalues of 0.5 are far from the limit, in which they vanish.
            let keys = if options.contains("low-rank") {
                &["rf"][..]
            } else {
                &["rf", "nt", "nn"]
            };
            for key in keys {
                let pair = [&limit, &exact].map(|json| json["curve"][index][key].as_f64().unwrap());
                assert!(
                    (pair[0] - pair[1]).abs() < 0.02,
                    "{options} {key}: {pair:?}"
                );
            }
        }
    }
}

#[test]
fn tables_say_what_would_be_misread() {
    let plain = line("risk mg --dim 20 --rho 0.5").stdout;
    for part in [
        "(mg)",
        "Δ paper",
        "Σ identity",
        "Theorem 4",
        "never reached",
    ] {
        assert!(plain.contains(part), "{part} is not in\n{plain}");
    }
    assert!(!plain.contains("both signs") && !plain.contains("deterministic"));
    let signed = line("exact mg --dim 20 --rho 0.5 --draws 1 --delta two-signed").stdout;
    assert!(signed.contains("NT can be below NN") && signed.contains("never reached"));
    let tilted = line("risk mg --dim 20 --rho 0.5 --sigma two-level --activation tanh").stdout;
    assert!(tilted.contains("deterministic equivalents") && tilted.contains("tanh is odd"));
    let help = line("risk --help").stdout;
    for part in [
        "Theorem 4",
        "0.772",
        "Quadratic target (qf):",
        "Mixture of Gaussians (mg):",
    ] {
        assert!(help.contains(part), "{part} is not in\n{help}");
    }
}

fn ask<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["risk", "mg", "--rho", "0.5", "--format", "json"], more].concat()
}

#[test]
fn matrices_come_inline_from_files_and_from_standard_input() {
    let inline = run(&ask(&["--delta", "0.4,-0.2,0.1", "--sigma", "1,2,0.5"])).json();
    assert_eq!(inline["dim"], 3);
    let (delta, sigma) = (
        file("delta.txt", "0.4 -0.2 0.1\n"),
        file("sigma.txt", "1\n2\n0.5"),
    );
    let [delta, sigma] = [&delta, &sigma].map(|path| path.to_str().unwrap());
    assert_eq!(
        run(&ask(&["--delta", delta, "--sigma", sigma])).json(),
        inline
    );
    let piped = with_input(&ask(&["--delta", delta, "--sigma", "-"]), "1,2,0.5");
    assert_eq!(piped.json(), inline);

    // The same in other coordinates, turned by R = (0.6 −0.8; 0.8 0.6).
    let straight = run(&ask(&["--delta", "0.5,-0.5", "--sigma", "2,1"])).json();
    let delta = file("turned-delta.txt", "-0.14 0.48\n0.48 0.14\n");
    let sigma = file("turned-sigma.txt", "1.36 0.48\n0.48 1.64\n");
    let [delta, sigma] = [&delta, &sigma].map(|path| path.to_str().unwrap());
    let turned = run(&ask(&["--delta", delta, "--sigma", sigma])).json();
    assert_close("bayes", &turned["bayes"], &straight["bayes"], 1e-9);
    for key in ["zeta1", "zeta2", "kappa", "rf", "nt", "nn"] {
        let [a, b] = [&turned, &straight].map(|json| &json["curve"][0][key]);
        assert_close(key, a, b, 1e-9);
    }
}

#[test]
fn what_makes_no_mixture_is_refused() {
    for (text, part) in [
        (
            "risk mg --spectrum paper",
            "--spectrum belongs to qf, not to mg; give --delta and --sigma",
        ),
        (
            "exact qf --delta paper",
            "--delta belongs to mg, not to qf; give --spectrum",
        ),
        (
            "risk qf --rotation random",
            "--rotation belongs to mg, not to qf",
        ),
        ("exact qf --sigma -", "--sigma belongs to mg"),
        (
            "risk mg --dim 4",
            "“paper”, the default of delta, cannot be used at dim 4: Σ − Δ must be positive definite",
        ),
        (
            "risk mg --delta -0.5,-1.5",
            "--delta cannot be used: Σ + Δ must be positive definite",
        ),
        (
            "risk mg --sigma 1,-1",
            "--sigma cannot be used: Σ must be positive definite",
        ),
        (
            "risk mg --delta 0.1,0.2 --sigma 1,1,1",
            "--sigma has dimension 3, but delta has dimension 2",
        ),
        (
            "risk mg --sigma 1,1,1 --dim 4",
            "--dim is 4, but sigma has dimension 3",
        ),
        (
            "risk mg --delta 0.1,0.2 --weights 1,2,3",
            "--weights has dimension 3, but delta has dimension 2",
        ),
        (
            "risk mg --delta - --sigma -",
            "--delta and --sigma cannot both be read from standard input",
        ),
        ("risk mg --delta exponential", "or a file that exists"),
        (
            "risk mg --delta 0.1,0.2 --sigma nowhere.txt",
            "--sigma: the file “nowhere.txt” cannot be read",
        ),
        ("exact mg --rho 1e6", "--rho cannot be used: N = 450000000"),
    ] {
        line(text).refused(text, &[part]);
    }
}
