//! Teaches: exact risks at weights that are drawn, for every width of one network, beside their limits N, d → ∞.
//!
//! `cargo run --example exact_network`

use std::error::Error;

use lazy_limits::activation::Activation;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Quadratic, WeightCovariance, covariant_weights};
use lazy_limits::{finite, limit};

const DIM: usize = 100;

fn main() -> Result<(), Box<dyn Error>> {
    // The quantiles of an exponential distribution.
    let eigenvalues = (0..DIM).map(|i| -((i as f64 + 0.5) / DIM as f64).ln());
    let problem = Quadratic::new(&Symmetric::diagonal(eigenvalues))?;

    // A matrix of d×N, a neuron a column; narrower networks are its first columns.
    let widths = [25, 50, 100, 200];
    let gamma = WeightCovariance::Isotropic.at(&problem, 1.0);
    let (seed, draw) = (1, 0);
    let weights = covariant_weights(seed, draw, &gamma, 200);

    // No samples: the least population risk over all second layers, and over all linearised networks.
    let nt = finite::neural_tangents(&problem, &weights, &widths);
    let rf = finite::QuadraticFeatures::new(weights, Activation::Quadratic).risks(&problem);
    let rf_limit = limit::RandomFeatures::new(&problem, &gamma, Activation::Quadratic);

    println!("   N  RF exact  limit   NT exact  limit");
    for (neurons, nt) in widths.into_iter().zip(nt) {
        let rho = neurons as f64 / DIM as f64;
        // A solver vouches for its answer or gives none.
        let [rf, nt] = [rf[neurons - 1]?, nt?];
        let [rf_limit, nt_limit] = [rf_limit.risk(rho), limit::neural_tangent(&problem, rho)];
        println!("{neurons:4}  {rf:8.3}  {rf_limit:5.3}  {nt:9.3}  {nt_limit:5.3}");

        let near = |exact: f64, limit: f64| (exact - limit).abs() < 0.05;
        assert!(near(rf, rf_limit) && near(nt, nt_limit));
    }
    Ok(())
}

#[test]
fn teaches_what_is_so() -> Result<(), Box<dyn Error>> {
    main()
}
