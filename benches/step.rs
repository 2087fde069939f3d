//! What a training step costs at d = 450 with batches of 100, and what it is made of.
//!
//! `cargo bench --bench step`

use divan::Bencher;
use lazy_limits::lazy::setting::{ProblemName, Settings};
#[cfg(not(target_arch = "wasm32"))]
use lazy_limits::linalg::ProductKernel;
use lazy_limits::linalg::{add_product, normal, transposed};
use lazy_limits::problem::Problem;
use lazy_limits::setting::{Parameters, Scope};
use lazy_limits::stream::{Purpose, Stream};
use lazy_limits::train::{Protocol, Regime, TrainSettings, Trainer, advance_together};
use nalgebra::DMatrix;

const DIM: usize = 450;
const BATCH: usize = 100;
const WIDTHS: [usize; 5] = [45, 225, 450, 900, 4500];

fn main() {
    divan::main();
}

fn problem(name: ProblemName) -> Problem {
    let settings = Settings::new(Scope::TRAIN.of(name));
    settings.problem().expect("the defaults are a target")
}

/// Single steps: of a run far too long to end.
fn steps(bencher: Bencher<'_, '_>, problem: &Problem, settings: TrainSettings) {
    let settings = TrainSettings {
        steps: 10_000_000,
        step_size: Some(1e-6),
        ..settings
    };
    let mut trainer = Trainer::new(problem, settings).expect("the settings are in range");
    // The risk is recorded often at first.
    trainer.advance(20);
    bencher.bench_local(|| trainer.advance(1));
}

#[divan::bench(args = WIDTHS)]
fn nn(bencher: Bencher<'_, '_>, neurons: usize) {
    let problem = problem(ProblemName::Quadratic);
    steps(bencher, &problem, TrainSettings::new(Regime::Nn, neurons));
}

#[divan::bench(args = WIDTHS)]
fn nt(bencher: Bencher<'_, '_>, neurons: usize) {
    let problem = problem(ProblemName::Quadratic);
    steps(bencher, &problem, TrainSettings::new(Regime::Nt, neurons));
}

/// The same steps by products that are the same bits everywhere.
#[cfg(not(target_arch = "wasm32"))]
fn portable(bencher: Bencher<'_, '_>, regime: Regime, neurons: usize) {
    ProductKernel::Portable.choose();
    let problem = problem(ProblemName::Quadratic);
    steps(bencher, &problem, TrainSettings::new(regime, neurons));
    ProductKernel::Fastest.choose();
}

#[cfg(not(target_arch = "wasm32"))]
#[divan::bench(args = WIDTHS)]
fn nn_portable(bencher: Bencher<'_, '_>, neurons: usize) {
    portable(bencher, Regime::Nn, neurons);
}

#[cfg(not(target_arch = "wasm32"))]
#[divan::bench(args = WIDTHS)]
fn nt_portable(bencher: Bencher<'_, '_>, neurons: usize) {
    portable(bencher, Regime::Nt, neurons);
}

#[divan::bench(args = WIDTHS)]
fn nn_published(bencher: Bencher<'_, '_>, neurons: usize) {
    let problem = problem(ProblemName::Quadratic);
    let settings = TrainSettings {
        protocol: Protocol::Published,
        ..TrainSettings::new(Regime::Nn, neurons)
    };
    steps(bencher, &problem, settings);
}

#[divan::bench(args = WIDTHS)]
fn nt_published(bencher: Bencher<'_, '_>, neurons: usize) {
    let problem = problem(ProblemName::Quadratic);
    let settings = TrainSettings {
        protocol: Protocol::Published,
        ..TrainSettings::new(Regime::Nt, neurons)
    };
    steps(bencher, &problem, settings);
}

#[divan::bench(args = [45, 225, 450, 900])]
fn nn_mixture(bencher: Bencher<'_, '_>, neurons: usize) {
    let problem = problem(ProblemName::Mixture);
    steps(bencher, &problem, TrainSettings::new(Regime::Nn, neurons));
}

#[divan::bench(args = WIDTHS)]
fn nt_mixture(bencher: Bencher<'_, '_>, neurons: usize) {
    let problem = problem(ProblemName::Mixture);
    steps(bencher, &problem, TrainSettings::new(Regime::Nt, neurons));
}

/// A step of six runs that differ in step size, as a sweep makes them.
fn six(bencher: Bencher<'_, '_>, regime: Regime, neurons: usize) {
    let problem = problem(ProblemName::Quadratic);
    let mut trainers: Vec<Trainer> = (1..7)
        .map(|k| {
            let settings = TrainSettings {
                steps: 10_000_000,
                step_size: Some(1e-7 * f64::from(k)),
                ..TrainSettings::new(regime, neurons)
            };
            Trainer::new(&problem, settings).expect("the settings are in range")
        })
        .collect();
    let mut trainers: Vec<_> = trainers.iter_mut().collect();
    advance_together(&mut trainers, 20);
    bencher.bench_local(|| advance_together(&mut trainers, 1));
}

#[divan::bench(args = WIDTHS)]
fn nn_of_six(bencher: Bencher<'_, '_>, neurons: usize) {
    six(bencher, Regime::Nn, neurons);
}

#[divan::bench(args = WIDTHS)]
fn nt_of_six(bencher: Bencher<'_, '_>, neurons: usize) {
    six(bencher, Regime::Nt, neurons);
}

fn matrix(rows: usize, columns: usize) -> DMatrix<f32> {
    let mut out = DMatrix::zeros(rows, columns);
    Stream::new(1, Purpose::Weights, 0).fill_normal(out.as_mut_slice());
    out
}

/// The samples of a step.
#[divan::bench]
fn sampling(bencher: Bencher<'_, '_>) {
    let mut x = DMatrix::<f32>::zeros(DIM, BATCH);
    let mut step = 0;
    bencher.bench_local(|| {
        step += 1;
        Stream::new(1, Purpose::Batch, step).fill_normal(x.as_mut_slice());
    });
}

/// The two products of a step of N neurons: `WᵀX`, then `Z·Xᵀ` added to Wᵀ.
#[divan::bench(args = [45, 225, 450])]
fn products(bencher: Bencher<'_, '_>, neurons: usize) {
    let (mut wt, x) = (matrix(neurons, DIM), matrix(DIM, BATCH));
    let mut z = matrix(neurons, BATCH);
    bencher.bench_local(|| {
        add_product(&mut z, 0.0, 1e-3, normal(&wt), normal(&x));
        add_product(&mut wt, 1.0, 1e-9, normal(&z), transposed(&x));
    });
}
