//! Agreement with values from an independent implementation: 1e-9 relative where the formula is
//! closed, 1e-6 where a quadrature or a solve stands between.

use lazy_limits::activation::Activation;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Mixture, Problem, Quadratic, Target};
use lazy_limits::{finite, limit};
use nalgebra::DMatrix;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../reference/quadratic.json")).unwrap()
}

fn mixture_reference() -> Value {
    serde_json::from_str(include_str!("../reference/mixture.json")).unwrap()
}

/// Weights whose rows are neurons, `d×N`.
fn weights(case: &Value, dim: usize) -> DMatrix<f64> {
    let neurons = case["weights_rows_are_neurons"].as_array().unwrap();
    let entries = neurons.iter().flat_map(|row| row.as_array().unwrap());
    let entries = entries.map(|x| x.as_f64().unwrap());
    DMatrix::from_iterator(dim, neurons.len(), entries)
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
        let w = weights(case, problem.dim());
        for sigma in [Activation::Quadratic, Activation::Relu] {
            let risks = finite::QuadraticFeatures::new(w.clone(), sigma).risks(&problem);
            let key = format!("qf_rf_{sigma}");
            assert_close(
                &key,
                risks.last().unwrap().unwrap(),
                number(case, &key),
                1e-6,
            );
        }
        let nt = finite::neural_tangent(&problem, &w).unwrap();
        assert_close("qf_nt", nt, number(case, "qf_nt"), 1e-6);
        let nn = limit::network(&problem, w.ncols());
        assert_close("qf_nn", nn, number(case, "qf_nn"), 1e-9);
    }
}

#[test]
fn limits_of_mixtures() {
    for case in mixture_reference()["mg_asymptotic"].as_array().unwrap() {
        let mixture = Mixture::new(&diagonal(&case["sigma"]), &diagonal(&case["delta"])).unwrap();
        let gamma = mixture.working_covariance(&diagonal(&case["weight_covariance"]));
        let rf = limit::RandomFeatures::new(&mixture, &gamma, activation(&case["activation"]));
        let bayes = limit::bayes(&mixture);
        assert_close("bayes", bayes, number(case, "bayes_large_d"), 1e-9);
        for point in case["curve"].as_array().unwrap() {
            let rho = number(point, "rho");
            let neurons = limit::neurons(rho, mixture.dim());
            assert_eq!(neurons as u64, point["neurons"].as_u64().unwrap());
            let name = |key| format!("{key}, {} at {rho}", case["activation"]);
            let check = |key, value| assert_close(&name(key), value, number(point, key), 1e-9);
            check("psi", rf.psi(rho));
            check("zeta1", rf.zeta1());
            check("zeta2", rf.zeta2());
            check("rf", rf.risk(rho));
            check("nn", limit::network(&mixture, neurons));
            // Given for Σ = I only.
            if point.get("nt").is_some() {
                let nt = limit::NeuralTangent::new(&mixture);
                check("nt", nt.risk(rho));
                check("kappa", 1.0 - nt.left(rho));
            }
        }
    }
}

#[test]
fn exact_risks_of_mixtures() {
    for case in mixture_reference()["finite_size"].as_array().unwrap() {
        let delta = diagonal(&case["delta"]);
        let white = Symmetric::diagonal(vec![1.0; delta.dim()]);
        let mixture = Mixture::new(&white, &delta).unwrap();
        let w = weights(case, mixture.dim());
        let (neurons, nn) = (w.ncols(), mixture.network_exact(w.ncols()));
        let problem = Problem::from(mixture);
        assert_close("mg_nn", nn, number(case, "mg_nn"), 1e-9);
        let nt = finite::nt_risk(&problem, &w).unwrap();
        assert_close("mg_nt", nt, number(case, "mg_nt"), 1e-6);
        let rf = finite::rf_risks(&problem, w, Activation::Quadratic)[neurons - 1].unwrap();
        assert_close("mg_rf", rf, number(case, "mg_rf_quadratic"), 1e-6);
    }
}
