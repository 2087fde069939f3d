//! A run of any regime, step by step.

use nalgebra::DMatrix;

use crate::linalg::Symmetric;
use crate::problem::{Quadratic, covariant_weights};

use super::least_squares::LeastSquares;
use super::model::Model;
use super::neural_network::NeuralNetwork;
use super::neural_tangent::NeuralTangent;
use super::positive_form::{PositiveForm, is_lifted};
use super::published_tangent::PublishedTangent;
use super::settings::{check_step_size, target_scale};
use super::sgd::{Pace, Sgd};
use super::step_size::{self, Size};
use super::{Protocol, Regime, TrainError, TrainSettings, start};

/// A run: a network, its target and where it stands.
///
/// Everything happens in the eigenbasis of B. A run depends on its target and settings alone,
/// bit for bit on one machine: not on when it is looked at, and not on being saved and restored.
pub struct Trainer {
    settings: TrainSettings,
    /// What B was multiplied by.
    scale: f64,
    engine: Engine,
}

#[allow(clippy::large_enum_variant)] // there is one a run, and it is not moved about
enum Engine {
    Sgd(Box<Sgd<f32>>),
    LeastSquares { fit: Box<LeastSquares>, step: u64 },
}

/// The numbers of a run that its target and settings do not determine.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrainState {
    /// Steps made.
    pub step: u64,
    /// `(first step, ε before the schedule)`, upwards; empty for random features.
    pub step_sizes: Vec<(u64, f64)>,
    /// Where the run diverged, if it did.
    pub diverged_at: Option<u64>,
    /// Trained matrices in single precision, one after another, column by column.
    pub singles: Vec<f32>,
    /// Trained scalars, or the sums of least squares, in double precision.
    pub doubles: Vec<f64>,
}

impl Trainer {
    /// A run at its start.
    ///
    /// # Errors
    /// If a setting is out of range, contradicts the target, or asks for too much memory.
    pub fn new(problem: &Quadratic, settings: TrainSettings) -> Result<Self, TrainError> {
        settings.check(problem)?;
        let protocol = match settings.regime {
            Regime::Rf => Protocol::Theorem,
            Regime::Nt | Regime::Nn => settings.protocol,
        };
        let scale = target_scale(protocol, problem);
        let target = Quadratic::new(&Symmetric::Diagonal(problem.eigenvalues() * scale))?;
        let engine = if settings.regime == Regime::Rf {
            let w = first_layer(problem, &settings);
            let (activation, seed, batch) = (settings.activation, settings.seed, settings.batch);
            let fit = LeastSquares::new(target, w, activation, seed, batch);
            Engine::LeastSquares {
                fit: Box::new(fit),
                step: 0,
            }
        } else {
            let (model, automatic) = model(&target, &settings);
            let pace = Pace {
                regime: settings.regime,
                schedule: settings.schedule,
                steps: settings.steps,
                step_sizes: vec![(0, settings.step_size.unwrap_or(automatic))],
            };
            let run = Sgd::new(target, model, pace, settings.seed, settings.batch);
            Engine::Sgd(Box::new(run))
        };
        Ok(Self {
            settings,
            scale,
            engine,
        })
    }

    /// A run as [`state`](Self::state) left it. Its continuation is that of the unbroken run,
    /// bit for bit.
    ///
    /// # Errors
    /// As [`new`](Self::new), and if the state has not the shape of such a run.
    pub fn restore(
        problem: &Quadratic,
        settings: TrainSettings,
        state: &TrainState,
    ) -> Result<Self, TrainError> {
        let mut trainer = Self::new(problem, settings)?;
        trainer.load(state)?;
        Ok(trainer)
    }

    /// The settings of the run, the step size as it was asked for.
    pub fn settings(&self) -> &TrainSettings {
        &self.settings
    }

    /// Which kernel trains: `explicit`, `lifted` to d×d, or `least-squares`.
    pub fn kernel(&self) -> &'static str {
        let TrainSettings {
            regime,
            protocol,
            neurons,
            ..
        } = self.settings;
        let Engine::Sgd(run) = &self.engine else {
            return "least-squares";
        };
        let dim = run.target.dim();
        let lifted = match (regime, protocol) {
            (Regime::Nt, Protocol::Theorem) => neurons >= dim,
            // The authors' NT has a coefficient a neuron, which no d×d matrix holds.
            (Regime::Nt, Protocol::Published) => false,
            _ => is_lifted(dim, neurons),
        };
        if lifted { "lifted" } else { "explicit" }
    }

    /// Makes up to `steps` steps; fewer if the run ends. Returns how many.
    pub fn advance(&mut self, steps: u64) -> u64 {
        let first = self.step();
        for _ in 0..steps {
            if self.is_finished() {
                break;
            }
            match &mut self.engine {
                Engine::Sgd(run) => run.advance(),
                Engine::LeastSquares { fit, step } => {
                    fit.step(*step);
                    *step += 1;
                }
            }
        }
        self.step() - first
    }

    /// Steps made.
    pub fn step(&self) -> u64 {
        match &self.engine {
            Engine::Sgd(run) => run.step,
            Engine::LeastSquares { step, .. } => *step,
        }
    }

    /// Samples used, `step·b`.
    pub fn samples(&self) -> u64 {
        self.step().saturating_mul(self.settings.batch as u64)
    }

    /// Whether all steps are made, or the run has diverged.
    pub fn is_finished(&self) -> bool {
        self.diverged_at().is_some() || self.step() >= self.settings.steps
    }

    /// The step at which the risk was found above 100 times that of the start (or 100, if the
    /// start is below 1), or no longer a number. It is looked for at every step by the batch,
    /// and at [`report_steps`](super::report_steps) exactly.
    pub fn diverged_at(&self) -> Option<u64> {
        match &self.engine {
            Engine::Sgd(run) => run.diverged_at,
            Engine::LeastSquares { .. } => None,
        }
    }

    /// The exact normalised population risk, in double precision; no test set. None if the
    /// weights of a diverged run are beyond all numbers.
    ///
    /// Costs `d²·min(N, d)`; for random features, which are solved for here, `N³/3`.
    pub fn risk(&self) -> Option<f64> {
        let risk = match &self.engine {
            Engine::Sgd(run) => run.risk(),
            Engine::LeastSquares { fit, .. } => fit.risk(&fit.coefficients()),
        };
        risk.is_finite().then_some(risk)
    }

    /// The quadratic form B̂ that the network has learnt (`d×d`, symmetric), in the eigenbasis and
    /// on the scale of B. For random features the quadratic part of f,
    /// `½E[f(x)(xxᵀ − I)]`: all of f for σ = x² − 1, zero for odd activations.
    ///
    /// Costs as much as [`risk`](Self::risk). Entries of a diverged run may not be finite.
    pub fn learned(&self) -> DMatrix<f64> {
        let form = match &self.engine {
            Engine::Sgd(run) => run.model.predictor().form,
            Engine::LeastSquares { fit, .. } => fit.form(&fit.coefficients()),
        };
        form / self.scale
    }

    /// The weights (`d×N`, columns are neurons, in the eigenbasis of B) that stay as they are in
    /// RF and NT: what an exact risk for given weights is about. None for NN.
    pub fn fixed_weights(&self) -> Option<DMatrix<f64>> {
        match &self.engine {
            Engine::LeastSquares { fit, .. } => Some(fit.weights().clone()),
            Engine::Sgd(_) if self.settings.regime == Regime::Nn => None,
            Engine::Sgd(run) => Some(tangent_weights(&self.settings, run.target.dim())),
        }
    }

    /// The step size ε in force, before the schedule. None for random features.
    pub fn step_size(&self) -> Option<f64> {
        match &self.engine {
            Engine::Sgd(run) => Some(run.pace.base()),
            Engine::LeastSquares { .. } => None,
        }
    }

    /// All step sizes of the run so far: `(first step, ε before the schedule)`, upwards. Empty
    /// for random features.
    pub fn step_sizes(&self) -> &[(u64, f64)] {
        match &self.engine {
            Engine::Sgd(run) => &run.pace.step_sizes,
            Engine::LeastSquares { .. } => &[],
        }
    }

    /// Changes the step size from the next step on. The schedule goes on from the new value.
    ///
    /// # Errors
    /// If it is not in 10⁻¹² … 10⁶, or the regime is RF.
    pub fn set_step_size(&mut self, value: f64) -> Result<(), TrainError> {
        check_step_size(value)?;
        let Engine::Sgd(run) = &mut self.engine else {
            return Err(TrainError::NoStepSize);
        };
        let sizes = &mut run.pace.step_sizes;
        sizes.retain(|&(first, _)| first < run.step);
        sizes.push((run.step, value));
        Ok(())
    }

    /// Everything that [`restore`](Self::restore) needs besides target and settings.
    pub fn state(&self) -> TrainState {
        match &self.engine {
            Engine::Sgd(run) => {
                let (singles, doubles) = run.model.parameters();
                TrainState {
                    step: run.step,
                    step_sizes: run.pace.step_sizes.clone(),
                    diverged_at: run.diverged_at,
                    singles: singles.concat(),
                    doubles,
                }
            }
            Engine::LeastSquares { fit, step } => TrainState {
                step: *step,
                doubles: fit.sums(),
                ..TrainState::default()
            },
        }
    }

    fn load(&mut self, state: &TrainState) -> Result<(), TrainError> {
        if state.step > self.settings.steps {
            return Err(TrainError::State {
                part: "steps",
                found: state.step,
                expected: self.settings.steps,
            });
        }
        match &mut self.engine {
            Engine::Sgd(run) => {
                for &(_, value) in &state.step_sizes {
                    check_step_size(value)?;
                }
                expect("step sizes", state.step_sizes.len().min(1), 1)?;
                let (singles, doubles) = run.model.parameters_mut();
                let count = singles.iter().map(|part| part.len()).sum();
                expect("single-precision numbers", state.singles.len(), count)?;
                expect(
                    "double-precision numbers",
                    state.doubles.len(),
                    doubles.len(),
                )?;
                let mut rest = state.singles.as_slice();
                for part in singles {
                    let (head, tail) = rest.split_at(part.len());
                    part.copy_from_slice(head);
                    rest = tail;
                }
                for (value, &saved) in doubles.into_iter().zip(&state.doubles) {
                    *value = saved;
                }
                run.pace.step_sizes.clone_from(&state.step_sizes);
                run.diverged_at = state.diverged_at;
                run.resume(state.step);
            }
            Engine::LeastSquares { fit, step } => {
                expect("single-precision numbers", state.singles.len(), 0)?;
                expect(
                    "double-precision numbers",
                    state.doubles.len(),
                    fit.sums_len(),
                )?;
                fit.set_sums(&state.doubles);
                *step = state.step;
            }
        }
        Ok(())
    }
}

fn expect(part: &'static str, found: usize, expected: usize) -> Result<(), TrainError> {
    if found == expected {
        return Ok(());
    }
    Err(TrainError::State {
        part,
        found: found as u64,
        expected: expected as u64,
    })
}

/// The fixed weights of random features.
fn first_layer(problem: &Quadratic, settings: &TrainSettings) -> DMatrix<f64> {
    let rho = settings.neurons as f64 / problem.dim() as f64;
    let gamma = settings.covariance.at(problem, rho);
    covariant_weights(settings.seed, settings.draw, &gamma, settings.neurons)
}

/// The fixed weights of NT, `w_i ~ N(0, I/d)`.
fn tangent_weights(settings: &TrainSettings, dim: usize) -> DMatrix<f64> {
    let scale = 1.0 / (dim as f64).sqrt();
    start::weights(settings.seed, settings.draw, dim, settings.neurons, scale)
}

/// The network of the settings at its start, and its automatic step size.
fn model(target: &Quadratic, settings: &TrainSettings) -> (Box<dyn Model<f32>>, f64) {
    let &TrainSettings {
        regime,
        protocol,
        neurons,
        batch,
        seed,
        draw,
        ..
    } = settings;
    let d = target.dim();
    let size = Size {
        target,
        neurons,
        batch,
    };
    let form = |variance: f64| {
        let scale = variance.sqrt();
        if is_lifted(d, neurons) {
            PositiveForm::lifted(start::gram(seed, draw, d, neurons, scale), batch)
        } else {
            PositiveForm::explicit(&start::weights(seed, draw, d, neurons, scale), batch)
        }
    };
    let (dim, width) = (d as f64, neurons as f64);
    match (regime, protocol) {
        (Regime::Nn, Protocol::Theorem) => {
            let trace: f64 = target.eigenvalues().iter().map(|b| b.abs()).sum();
            let form = form(trace / (dim * width));
            let epsilon = step_size::network(size, form.trace());
            (Box::new(NeuralNetwork::theorem(form, batch)), epsilon)
        }
        (Regime::Nn, Protocol::Published) => {
            let form = form(1.0 / (dim * width));
            let epsilon = step_size::published_network(size, form.trace());
            (Box::new(NeuralNetwork::published(form, batch)), epsilon)
        }
        (_, Protocol::Theorem) if neurons >= d => {
            let p = start::gram(seed, draw, d, neurons, 1.0 / dim.sqrt());
            let trace: f64 = p.diagonal().iter().map(|&v| f64::from(v)).sum();
            let epsilon = step_size::tangent(size, trace);
            (Box::new(NeuralTangent::lifted(p, batch)), epsilon)
        }
        (_, Protocol::Theorem) => {
            let w: DMatrix<f32> = start::weights(seed, draw, d, neurons, 1.0 / dim.sqrt());
            let trace = w.iter().map(|&v| f64::from(v).powi(2)).sum();
            let epsilon = step_size::tangent(size, trace);
            (Box::new(NeuralTangent::explicit(&w, batch)), epsilon)
        }
        (_, Protocol::Published) => {
            let w: DMatrix<f32> = start::weights(seed, draw, d, neurons, 1.0 / dim.sqrt());
            let a = start::second_layer(seed, draw, neurons);
            let squares = w.column_iter().map(|w| f64::from(w.norm_squared()));
            let (mut u, mut quartic) = (0.0, 0.0);
            for (square, &a) in squares.zip(&a) {
                let a: f32 = a;
                u += 4.0 * f64::from(a * a) * square / width;
                quartic += square * square / width;
            }
            let epsilon = step_size::published_tangent(size, u, quartic);
            (Box::new(PublishedTangent::new(&w, a, batch)), epsilon)
        }
    }
}
