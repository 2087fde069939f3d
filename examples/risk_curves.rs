//! Teaches: the three limits of a quadratic target, which need no network, only eigenvalues and ρ = N/d.
//!
//! `cargo run --example risk_curves`

use std::error::Error;

use lazy_limits::activation::Activation;
use lazy_limits::limit;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Quadratic, WeightCovariance};

fn main() -> Result<(), Box<dyn Error>> {
    // Ten directions that matter much and ninety that matter little.
    let eigenvalues = (0..100).map(|i| if i < 10 { 1.0 } else { 0.1 });
    let problem = Quadratic::new(&Symmetric::diagonal(eigenvalues))?;

    println!("  rho     RF     NT     NN");
    let mut last = [1.0; 3];
    for rho in [0.05, 0.1, 0.25, 0.5, 1.0, 2.0] {
        // Random features see the target through the covariance of their weights, here the same in all directions.
        let gamma = WeightCovariance::Isotropic.at(&problem, rho);
        let rf = limit::RandomFeatures::new(&problem, &gamma, Activation::Quadratic).risk(rho);
        // The linearised network learns what lies in a random subspace, the trained one chooses its directions.
        let nt = limit::neural_tangent(&problem, rho);
        let nn = limit::network(&problem, limit::neurons(rho, 100));
        println!("{rho:5.2}  {rf:5.3}  {nt:5.3}  {nn:5.3}");

        assert!(nn <= nt && nt <= rf, "more that is trained leaves less");
        let now = [rf, nt, nn];
        assert!(now.iter().zip(last).all(|(now, last)| *now <= last));
        last = now;
    }
    Ok(())
}

#[test]
fn teaches_what_is_so() -> Result<(), Box<dyn Error>> {
    main()
}
