//! What steps cost, as multiples of what their own products cost in the same minute on the same machine. Never in
//! seconds: those are for `cargo xtask bench`.
#![cfg(not(target_arch = "wasm32"))]

use std::time::{Duration, Instant};

use lazy_limits::linalg::{add_product, normal};
use lazy_limits::setting::{ProblemName, Scope, Settings};
use lazy_limits::stream::{Purpose, Stream};
use lazy_limits::train::{Regime, TrainSettings, Trainer};
use nalgebra::DMatrix;

const DIM: usize = 450;
const BATCH: usize = 100;

/// Rounds before the first judgement, and between judgements.
const ROUNDS: usize = 15;

/// Other programs may take the machine away: only what stays slow for so long is slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// A piece of work and its fastest time so far.
struct Timed<'a> {
    work: Box<dyn FnMut() + 'a>,
    best: Duration,
}

impl<'a> Timed<'a> {
    fn new(work: impl FnMut() + 'a) -> Self {
        Self {
            work: Box::new(work),
            best: Duration::MAX,
        }
    }

    fn once(&mut self) {
        let begun = Instant::now();
        (self.work)();
        self.best = self.best.min(begun.elapsed());
    }
}

/// That `work` takes at most `allowed` times as long as `measure`: the fastest of many, one after the other in turn.
fn check(name: &str, mut work: Timed<'_>, mut measure: Timed<'_>, allowed: f64) {
    let begun = Instant::now();
    loop {
        for _ in 0..ROUNDS {
            work.once();
            measure.once();
        }
        let ratio = work.best.as_secs_f64() / measure.best.as_secs_f64();
        if ratio <= allowed {
            println!("{name}: {ratio:.2} of at most {allowed}");
            return;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "{name}: {ratio:.2} times its measure, at most {allowed}"
        );
    }
}

/// Single steps of a run that is too long to end.
fn step(regime: Regime, neurons: usize) -> Timed<'static> {
    let settings = Settings::new(Scope::TRAIN.of(ProblemName::Quadratic));
    let problem = settings.problem().unwrap();
    let settings = TrainSettings {
        steps: 1_000_000_000,
        step_size: Some(1e-9),
        ..TrainSettings::new(regime, neurons)
    };
    let mut trainer = Trainer::new(&problem, settings).unwrap();
    // Exact risks are recorded often at first.
    trainer.advance(50);
    Timed::new(move || {
        trainer.advance(1);
    })
}

/// Products of `m×k` and `k×n` matrices, one after another.
fn products(shapes: &[[usize; 3]]) -> Timed<'static> {
    let mut matrices: Vec<[DMatrix<f32>; 3]> = shapes
        .iter()
        .map(|&[m, k, n]| {
            [(m, n), (m, k), (k, n)].map(|(rows, columns)| {
                let mut matrix = DMatrix::zeros(rows, columns);
                Stream::new(1, Purpose::Weights, 0).fill_normal(matrix.as_mut_slice());
                matrix
            })
        })
        .collect();
    Timed::new(move || {
        for [c, a, b] in &mut matrices {
            add_product(c, 0.0, 1.0, normal(a), normal(b));
        }
    })
}

/// One test, so that its measurements do not disturb each other.
#[test]
fn steps_cost_little_more_than_their_products() {
    let predict = |rows| [rows, DIM, BATCH];
    let update = |rows| [rows, BATCH, DIM];

    // Sampling, targets, residuals and scaling are the rest.
    for neurons in [225, 450] {
        let nn = products(&[predict(neurons), update(neurons)]);
        check(
            &format!("NN, N = {neurons}"),
            step(Regime::Nn, neurons),
            nn,
            2.0,
        );
    }
    let nt = products(&[predict(225), predict(225), update(225)]);
    check("NT, N = 225", step(Regime::Nt, 225), nt, 1.75);

    let lifted = [predict(DIM), update(DIM)];
    check("NN, lifted", step(Regime::Nn, 900), products(&lifted), 1.75);
    let lifted = [predict(DIM), predict(DIM), update(DIM)];
    check("NT, lifted", step(Regime::Nt, 900), products(&lifted), 1.75);

    // From there on, N costs nothing.
    for regime in [Regime::Nn, Regime::Nt] {
        let name = format!("{regime}, N = 4500, in steps of N = 900");
        check(&name, step(regime, 4500), step(regime, 900), 1.3);
    }

    // The samples of a step, in products of the smallest width of the paper.
    let mut batch = vec![0.0; DIM * BATCH];
    let mut draw = 0;
    let sampling = Timed::new(|| {
        draw += 1;
        Stream::new(1, Purpose::Batch, draw).fill_normal(&mut batch);
    });
    let small = products(&[predict(45), update(45)]);
    check("sampling, in products of N = 45", sampling, small, 0.5);
}
