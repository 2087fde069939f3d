//! Lazy networks as they are trained, in a frame of their own, against their scheme written out in double precision.

use nalgebra::DMatrix;

use crate::lazy::finite::{alignment, start_variance};
use crate::lazy::problem::{Problem, Quadratic};
use crate::linalg::Symmetric;

use super::batch::Batch;
use super::lazy_network::LazyFrame;
use super::start::Draw;
use super::{Regime, Schedule, TrainSettings, Trainer};

const STEPS: u64 = 40;

/// `f(x) = α(Σ⟨w_i,x⟩² − Σ⟨w_i⁰,x⟩²) + c`, in the eigenbasis of B.
struct Plain {
    alpha: f64,
    b: DMatrix<f64>,
    start: DMatrix<f64>,
    w: DMatrix<f64>,
    c: f64,
}

impl Plain {
    fn predict(&self, x: &[f64]) -> f64 {
        let x = DMatrix::from_column_slice(x.len(), 1, x);
        let square = |w: &DMatrix<f64>| (w.transpose() * &x).norm_squared();
        self.alpha * (square(&self.w) - square(&self.start)) + self.c
    }

    /// `W ← W + (4ε/α)GW`, `c ← c + 2ε·max(1, 1/α)·mean(r)`: the offset keeps up with a rich network.
    fn step(&mut self, x: &DMatrix<f64>, epsilon: f64) {
        let count = x.ncols() as f64;
        let residuals: Vec<f64> = x
            .column_iter()
            .map(|x| {
                let x: Vec<f64> = x.iter().copied().collect();
                let form = x
                    .iter()
                    .enumerate()
                    .map(|(i, x)| self.b[(i, i)] * (x * x - 1.0));
                form.sum::<f64>() - self.predict(&x)
            })
            .collect();
        let mut g = DMatrix::zeros(x.nrows(), x.nrows());
        for (x, r) in x.column_iter().zip(&residuals) {
            g += x * x.transpose() * (r / count);
        }
        self.w += g * &self.w * (4.0 * epsilon / self.alpha);
        let speed = f64::max(1.0, 1.0 / self.alpha);
        self.c += 2.0 * epsilon * speed * residuals.iter().sum::<f64>() / count;
    }

    fn learned(&self) -> DMatrix<f64> {
        (&self.w * self.w.transpose() - &self.start * self.start.transpose()) * self.alpha
    }

    fn risk(&self) -> f64 {
        let missing = &self.b - self.learned();
        let mean = missing.trace() - self.b.trace() - self.c;
        (2.0 * missing.norm_squared() + mean * mean) / (2.0 * self.b.norm_squared())
    }
}

fn target(dim: usize) -> Quadratic {
    let values = (0..dim).map(|i| 1.0 / (1.0 + i as f64) - 0.1 * f64::from(u8::from(i % 4 == 3)));
    let form: Vec<f64> = values.collect();
    // As a run scales it, so that it is the same target.
    let norm = form
        .iter()
        .map(|value| 2.0 * value * value)
        .sum::<f64>()
        .sqrt();
    Quadratic::new(&Symmetric::diagonal(form.iter().map(|value| value / norm))).unwrap()
}

/// The trainer rounds to 24 bits in sums of up to d, N or b terms, some eight a step, beside T, which is `1 + α‖W₀‖²` times as large as B:
/// what is learnt of B is a small difference of these.
fn check(dim: usize, neurons: usize, alpha: f64) {
    let problem = target(dim);
    let mut settings = TrainSettings {
        laziness: Some(alpha),
        steps: STEPS,
        batch: 30,
        schedule: Schedule::Constant,
        seed: 7,
        ..TrainSettings::new(Regime::Nn, neurons)
    };
    let (frame, _, automatic) = LazyFrame::new(&problem, &settings, alpha);
    let epsilon = 0.5 * automatic;
    settings.step_size = Some(epsilon);
    let scale = start_variance(&problem, neurons).sqrt();
    let start: DMatrix<f64> = Draw::of(&settings, dim).weights(scale);
    let mut plain = Plain {
        alpha,
        b: DMatrix::from_diagonal(problem.eigenvalues()),
        w: start.clone(),
        start,
        c: 0.0,
    };
    let own: Problem = Quadratic::new(&frame.target()).unwrap().into();
    let size = 1.0 + alpha * plain.start.norm_squared();
    let mut batch = Batch::<f32>::new(settings.seed, &own, settings.batch);
    let mut trainer = Trainer::new(&problem.clone().into(), settings).unwrap();
    assert_eq!(
        trainer.kernel(),
        if neurons > dim { "lifted" } else { "explicit" }
    );
    let longest = dim.max(neurons).max(30) as f64 + 8.0;
    let unit = f64::from(f32::EPSILON) / 2.0;
    let what = format!("d = {dim}, N = {neurons}, α = {alpha}");
    for t in 0..STEPS {
        batch.draw(t);
        // Weights come out of the frame divided by √α; samples are turned alone.
        let x = frame.weights(&batch.x.map(f64::from)) * alpha.sqrt();
        plain.step(&x, epsilon);
        assert_eq!(trainer.advance(1), 1);
        let allowed = 8.0 * (t + 1) as f64 * longest * unit * size;
        let risk = (trainer.risk().unwrap() - plain.risk()).abs();
        assert!(
            risk < allowed,
            "{what}, step {t}: risk is {risk:e} off, allowed {allowed:e}"
        );
        let learned = (trainer.learned() - plain.learned()).norm();
        assert!(
            learned < allowed,
            "{what}, step {t}: form is {learned:e} off"
        );
        let geometry = trainer.geometry().unwrap();
        let moved = (&plain.w - &plain.start).norm() / plain.start.norm();
        // Of a factor: its square is what is known.
        let gap = (geometry.movement - moved).abs();
        assert!(
            gap < allowed.sqrt(),
            "{what}, step {t}: movement is {gap:e} off"
        );
        if neurons < dim {
            let inside = alignment(problem.eigenvalues(), &plain.w).unwrap();
            assert!(
                (geometry.alignment - inside).abs() < 1e-3,
                "{what}, step {t}"
            );
        }
    }
    // And something has been learnt.
    assert!(plain.risk() < 0.98, "{what}: {}", plain.risk());
}

#[test]
fn a_narrow_lazy_network_takes_the_steps_of_its_scheme() {
    for alpha in [0.1, 1.0, 10.0] {
        check(9, 4, alpha);
        check(6, 1, alpha);
    }
}

#[test]
fn a_lifted_lazy_network_takes_the_steps_of_its_scheme() {
    for alpha in [0.1, 1.0, 10.0] {
        check(6, 6, alpha);
        check(5, 23, alpha);
    }
}
