//! Teaches: telling two Gaussians apart, where the least risk of all is above 0, and where both signs in Δ turn the
//! order of the linearised and the trained network round.
//!
//! `cargo run --example mixture`

use std::error::Error;

use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Mixture, Target};
use lazy_limits::{finite, limit};

const DIM: usize = 60;

fn main() -> Result<(), Box<dyn Error>> {
    // Labels y = ±1 on inputs x ~ N(0, Σ − yΔ): with Δ of one sign a class is wider than the other in every direction.
    let sigma = Symmetric::diagonal([1.0; DIM]);
    let size = |i: usize| [2.0, 1.5, 1.0][i % 3] / (DIM as f64).sqrt();
    let signed = |i: usize| [1.0, -1.0][i % 2] * size(i);
    let one: [f64; DIM] = std::array::from_fn(size);
    let both: [f64; DIM] = std::array::from_fn(signed);

    println!("                NT     NN  Bayes");
    for (name, delta) in [("one sign", one), ("both signs", both)] {
        let problem = Mixture::new(&sigma, &Symmetric::diagonal(delta))?;
        let half = DIM / 2;
        let nt = limit::neural_tangent(&problem, 0.5);
        let nn = limit::network(&problem, half);
        // Of whatever function, and not only of networks.
        let bayes = finite::bayes(&problem);
        println!("{name:10}  {nt:6.3} {nn:6.3} {bayes:6.3}");

        assert!(bayes < nt && bayes < problem.network_exact(half));
        assert_eq!(nn < nt, problem.has_one_sign());
    }
    Ok(())
}

#[test]
fn teaches_what_is_so() -> Result<(), Box<dyn Error>> {
    main()
}
