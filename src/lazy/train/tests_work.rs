//! What a step costs, in multiplications of its products: they can be counted, where times depend on the machine. What one
//! multiplication costs, and all that is not a product, is measured by `cargo xtask bench` and `cargo bench --bench step`.

use crate::activation::Activation;
use crate::lazy::problem::{Mixture, Problem, Quadratic};
use crate::linalg::{Symmetric, multiplications};

use super::{Protocol, Regime, SecondLayer, TrainSettings, Trainer, advance_together};

const DIM: usize = 12;
const BATCH: usize = 10;

fn quadratic() -> Problem {
    let b = Symmetric::diagonal((1..=DIM).map(|k| 1.0 / k as f64));
    Quadratic::new(&b).unwrap().into()
}

fn mixture() -> Problem {
    let delta = Symmetric::diagonal((1..=DIM).map(|k| if k % 2 == 0 { 0.3 } else { -0.2 }));
    let sigma = Symmetric::diagonal((0..DIM).map(|_| 1.0));
    Mixture::new(&sigma, &delta).unwrap().into()
}

fn settings(regime: Regime, neurons: usize) -> TrainSettings {
    TrainSettings {
        steps: 1_000_000_000,
        step_size: Some(1e-9),
        batch: BATCH,
        ..TrainSettings::new(regime, neurons)
    }
}

/// Multiplications of the products of one step of all these runs together, in those of one neuron's product with a batch.
fn work(problem: &Problem, runs: &[TrainSettings]) -> f64 {
    let mut trainers: Vec<Trainer> = runs
        .iter()
        .map(|settings| Trainer::new(problem, settings.clone()).unwrap())
        .collect();
    let mut trainers: Vec<&mut Trainer> = trainers.iter_mut().collect();
    // Risks, which have products of their own, are recorded often at first: after step 51 they are not.
    advance_together(&mut trainers, 50);
    let done = multiplications(|| advance_together(&mut trainers, 1));
    done as f64 / (DIM * BATCH) as f64
}

/// Widths below d, at it and far beyond.
const WIDTHS: [usize; 4] = [4, DIM, 3 * DIM, 20 * DIM];

#[test]
fn a_step_has_the_fewest_products_and_beyond_width_d_its_work_does_not_grow() {
    for neurons in WIDTHS {
        let rows = neurons.min(DIM) as f64;
        // Predicting is one product with the batch, an update another.
        let nn = work(&quadratic(), &[settings(Regime::Nn, neurons)]);
        assert_eq!(nn, 2.0 * rows, "NN, N = {neurons}");
        // On a mixture it is two such networks, of either sign.
        let signed = TrainSettings {
            second_layer: SecondLayer::Fixed,
            ..settings(Regime::Nn, neurons)
        };
        let signed_rows = 2.0 * (neurons / 2).min(DIM) as f64;
        let signed = work(&mixture(), &[signed]);
        assert_eq!(signed, 2.0 * signed_rows, "NN of two signs, N = {neurons}");
        // NT predicts from its fixed weights too.
        for problem in [quadratic(), mixture()] {
            let nt = work(&problem, &[settings(Regime::Nt, neurons)]);
            assert_eq!(nt, 3.0 * rows, "NT, N = {neurons}");
        }
    }
}

#[test]
fn other_networks_have_no_more_products_than_their_formulas() {
    for neurons in WIDTHS {
        let (n, rows) = (neurons as f64, neurons.min(DIM) as f64);
        let with = |regime, change: &dyn Fn(&mut TrainSettings)| {
            let mut settings = settings(regime, neurons);
            change(&mut settings);
            settings
        };
        let published = |settings: &mut TrainSettings| settings.protocol = Protocol::Published;
        let relu = |settings: &mut TrainSettings| settings.activation = Activation::Relu;

        let nn = work(&quadratic(), &[with(Regime::Nn, &published)]);
        assert_eq!(nn, 2.0 * rows, "published NN, N = {neurons}");
        // Its second layer is trained, and sees every neuron; the first layer's part is lifted.
        let nt = work(&quadratic(), &[with(Regime::Nt, &published)]);
        let expected = if neurons < DIM {
            3.0 * n
        } else {
            n + 3.0 * DIM as f64
        };
        assert_eq!(nt, expected, "published NT, N = {neurons}");
        // Nothing but x² can be lifted.
        let nn = work(&quadratic(), &[with(Regime::Nn, &relu)]);
        assert_eq!(nn, 2.0 * n, "NN of ReLU, N = {neurons}");
        let nt = work(&quadratic(), &[with(Regime::Nt, &relu)]);
        assert_eq!(nt, 3.0 * n, "NT of ReLU, N = {neurons}");
        let trained = work(&mixture(), &[settings(Regime::Nn, neurons)]);
        assert_eq!(trained, 2.0 * n, "NN with its second layer, N = {neurons}");
    }
}

#[test]
fn runs_at_the_same_weights_share_the_product_with_them() {
    for neurons in WIDTHS {
        let rows = neurons.min(DIM) as f64;
        let run = |step_size| TrainSettings {
            step_size: Some(step_size),
            ..settings(Regime::Nt, neurons)
        };
        let runs = [run(1e-9), run(2e-9), run(3e-9)];
        assert_eq!(work(&quadratic(), &runs), (1.0 + 2.0 * 3.0) * rows);
    }
}
