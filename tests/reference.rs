//! Agreement with values from an independent implementation: 1e-9 relative where the formula is
//! closed, 1e-6 where a quadrature or a solve stands between.
#![cfg(not(target_arch = "wasm32"))]

use lazy_limits::activation::Activation;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::Quadratic;
use lazy_limits::{finite, limit};
use nalgebra::DMatrix;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("reference/quadratic.json")).unwrap()
}

fn number(value: &Value, key: &str) -> f64 {
    value[key]
        .as_f64()
        .unwrap_or_else(|| panic!("{key} is a number"))
}

fn diagonal(value: &Value) -> Symmetric {
    Symmetric::diagonal(
        value
            .as_array()
            .unwrap()
            .iter()
            .map(|x| x.as_f64().unwrap()),
    )
}

fn assert_close(name: &str, value: f64, expected: f64, tolerance: f64) {
    let error = (value - expected).abs() / expected.abs().max(1e-3);
    assert!(error < tolerance, "{name}: {value}, expected {expected}");
}

fn activation(name: &Value) -> Activation {
    Activation::from_name(name.as_str().unwrap()).unwrap()
}

#[test]
fn hermite_coefficients() {
    let reference = reference();
    for sigma in Activation::ALL {
        let expected = &reference["hermite"][sigma.name()];
        let hermite = sigma.hermite();
        for (key, value) in [
            ("mean", hermite.mean),
            ("lambda1", hermite.lambda1),
            ("lambda2", hermite.lambda2),
            ("lambda_tilde", hermite.lambda_tilde),
        ] {
            assert_close(
                &format!("{sigma} {key}"),
                value,
                number(expected, key),
                1e-9,
            );
        }
    }
}

#[test]
fn limits_of_quadratic_targets() {
    for case in reference()["qf_asymptotic"].as_array().unwrap() {
        let problem = Quadratic::new(&diagonal(&case["eigenvalues"])).unwrap();
        let gamma = diagonal(&case["weight_covariance"]);
        let rf = limit::RandomFeatures::new(&problem, &gamma, activation(&case["activation"]));
        for point in case["curve"].as_array().unwrap() {
            let rho = number(point, "rho");
            let neurons = limit::neurons(rho, problem.dim());
            assert_eq!(neurons as u64, point["neurons"].as_u64().unwrap());
            let name = |regime| format!("{regime}, {} at {rho}", case["activation"]);
            assert_close(&name("psi"), rf.psi(rho), number(point, "psi"), 1e-9);
            assert_close(&name("rf"), rf.risk(rho), number(point, "rf"), 1e-9);
            let nt = limit::neural_tangent(&problem, rho);
            assert_close(&name("nt"), nt, number(point, "nt"), 1e-9);
            let nn = limit::network(&problem, neurons);
            assert_close(&name("nn"), nn, number(point, "nn"), 1e-9);
        }
    }
}

#[test]
fn exact_risks_at_finite_size() {
    for case in reference()["finite_size"].as_array().unwrap() {
        let problem = Quadratic::new(&diagonal(&case["eigenvalues"])).unwrap();
        let neurons = case["weights_rows_are_neurons"].as_array().unwrap();
        let entries = neurons.iter().flat_map(|row| row.as_array().unwrap());
        let w = DMatrix::from_iterator(
            problem.dim(),
            neurons.len(),
            entries.map(|x| x.as_f64().unwrap()),
        );
        for sigma in [Activation::Quadratic, Activation::Relu] {
            let risks = finite::RandomFeatures::new(w.clone(), sigma).risks(&problem);
            let key = format!("qf_rf_{sigma}");
            assert_close(&key, *risks.last().unwrap(), number(case, &key), 1e-6);
        }
        let nt = finite::neural_tangent(&problem, &w);
        assert_close("qf_nt", nt, number(case, "qf_nt"), 1e-6);
        let nn = limit::network(&problem, neurons.len());
        assert_close("qf_nn", nn, number(case, "qf_nn"), 1e-9);
    }
}
