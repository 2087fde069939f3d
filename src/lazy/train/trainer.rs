//! A run of any regime, step by step.

use nalgebra::{DMatrix, DVector};

use crate::lazy::finite::start_variance;
use crate::lazy::problem::{Problem, Quadratic, Target, covariant_weights};
use crate::linalg::Symmetric;

use super::lazy_network::LazyFrame;
use super::least_squares::LeastSquares;
use super::model::Layer;
use super::networks::{Network, network};
use super::settings::{check_step_size, target_scale};
use super::sgd::{Pace, Sgd, squared_norm};
use super::start::{Draw, Isotropy};
use super::{Protocol, Regime, TrainError, TrainSettings};

/// A run: a network, its target and where it stands.
///
/// Everything happens in the working coordinates of the problem: the eigenbasis of B, or of a
/// mixture the coordinates in which the inputs are white and their classes differ by a diagonal
/// matrix. For Σ = I that is a rotation, which SGD does not see; for other Σ it is a choice, which
/// makes one well-conditioned problem of all of them. (The function class, and so every optimum,
/// is the same in all coordinates; how fast SGD finds it is not.) Weights of RF and NT keep the law
/// that they have in the original coordinates.
///
/// A run depends on its target and settings alone, bit for bit on one machine: not on when it is
/// looked at, and not on being saved and restored.
pub struct Trainer {
    settings: TrainSettings,
    /// What B was multiplied by; none for a mixture.
    scale: Option<f64>,
    kernel: &'static str,
    engine: Engine,
    /// The coordinates of a lazy network.
    frame: Option<LazyFrame>,
    /// Where a layer that is trained started.
    start: Option<DMatrix<f32>>,
    /// What directions lead by: the eigenvalues of B, of a mixture the magnitudes of its.
    leading: DVector<f64>,
    /// The variance of the weights that NN on B as scaled starts at; none for a mixture.
    start_variance: Option<f64>,
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
    pub fn new(problem: &Problem, settings: TrainSettings) -> Result<Self, TrainError> {
        settings.check(problem)?;
        let protocol = match settings.regime {
            Regime::Rf => Protocol::Theorem,
            Regime::Nt | Regime::Nn => settings.protocol,
        };
        let (target, scale) = match problem {
            Problem::Quadratic(quadratic) => {
                let scale = target_scale(protocol, quadratic);
                let scaled = Symmetric::Diagonal(quadratic.eigenvalues() * scale);
                (Quadratic::new(&scaled)?.into(), Some(scale))
            }
            // Labels ±1 have norm 1 already.
            Problem::Mixture(_) => (problem.clone(), None),
        };
        let leading = match problem {
            Problem::Quadratic(quadratic) => quadratic.eigenvalues().clone(),
            Problem::Mixture(mixture) => mixture.eigenvalues().abs(),
        };
        let start_variance =
            scale.map(|scale| scale * start_variance(problem.form(), settings.neurons));
        let mut kernel = "least-squares";
        let (mut frame, mut start) = (None, None);
        let engine = if settings.regime == Regime::Rf {
            let w = first_layer(problem, &settings);
            let (activation, seed, batch) = (settings.activation, settings.seed, settings.batch);
            let fit = LeastSquares::new(target, w, activation, seed, batch);
            Engine::LeastSquares {
                fit: Box::new(fit),
                step: 0,
            }
        } else {
            let Network {
                model,
                step_size,
                is_lifted,
                frame: own,
            } = network(&target, &settings);
            frame = own;
            kernel = if is_lifted { "lifted" } else { "explicit" };
            let pace = Pace {
                regime: settings.regime,
                schedule: settings.schedule,
                steps: settings.steps,
                step_sizes: vec![(0, settings.step_size.unwrap_or(step_size))],
            };
            if let Some(Layer::Trained(layer)) = model.layer() {
                start = Some(layer.map(|value| value as f32));
            }
            let norm = squared_norm(&target);
            let target = match &frame {
                Some(frame) => Quadratic::new(&frame.target())?.into(),
                None => target,
            };
            let run = Sgd::new(target, norm, model, pace, settings.seed, settings.batch);
            Engine::Sgd(Box::new(run))
        };
        Ok(Self {
            settings,
            scale,
            kernel,
            engine,
            frame,
            start,
            leading,
            start_variance,
        })
    }

    /// A run as [`state`](Self::state) left it. Its continuation is that of the unbroken run,
    /// bit for bit.
    ///
    /// # Errors
    /// As [`new`](Self::new), and if the state has not the shape of such a run.
    pub fn restore(
        problem: &Problem,
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
        self.kernel
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
                    let is_last = *step + 1 == self.settings.steps;
                    fit.step(*step, self.settings.last_batch.filter(|_| is_last));
                    *step += 1;
                }
            }
        }
        self.step() - first
    }

    /// The run by SGD, if it is one.
    pub(super) fn sgd(&self) -> Option<&Sgd<f32>> {
        match &self.engine {
            Engine::Sgd(run) => Some(run),
            Engine::LeastSquares { .. } => None,
        }
    }

    /// The same, to be advanced.
    pub(super) fn sgd_mut(&mut self) -> Option<&mut Sgd<f32>> {
        match &mut self.engine {
            Engine::Sgd(run) => Some(run),
            Engine::LeastSquares { .. } => None,
        }
    }

    /// Whether both are NT at the same weights, given that they draw the same batches.
    pub(super) fn shares_weights(&self, other: &Self) -> bool {
        let weights = |trainer: &Self| {
            let &TrainSettings {
                regime,
                neurons,
                protocol,
                draw,
                activation,
                ..
            } = &trainer.settings;
            (regime, neurons, protocol, draw, activation)
        };
        self.settings.regime == Regime::Nt
            && weights(self) == weights(other)
            && self.sgd().map(|run| &run.target) == other.sgd().map(|run| &run.target)
    }

    /// Steps made.
    pub fn step(&self) -> u64 {
        match &self.engine {
            Engine::Sgd(run) => run.step,
            Engine::LeastSquares { step, .. } => *step,
        }
    }

    /// Samples used, `step·b`, less what the last batch lacks.
    pub fn samples(&self) -> u64 {
        let TrainSettings {
            steps,
            batch,
            last_batch,
            ..
        } = self.settings;
        let last = last_batch.filter(|_| self.step() == steps);
        let missing = batch - last.unwrap_or(batch);
        self.step().saturating_mul(batch as u64) - missing as u64
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
    /// Costs `d²·min(N, d)`; for random features, which are solved for here, `N³/3`; for NT and NN
    /// with another activation than x², up to `3N²d` and a kernel of every two neurons.
    pub fn risk(&self) -> Option<f64> {
        let risk = match &self.engine {
            Engine::Sgd(run) => run.risk(),
            Engine::LeastSquares { fit, .. } => fit.risk(&fit.coefficients()),
        };
        risk.is_finite().then_some(risk)
    }

    /// What the network has learnt of the problem's form (`d×d`, symmetric), in working
    /// coordinates and comparable with it.
    ///
    /// For a quadratic target that is the network's own quadratic form B̂, on the scale of B; for
    /// random features, and for any network of another activation than x², the quadratic part of f,
    /// `½E[f(x)(xxᵀ − I)]`: all of f for σ = x² − 1, zero for odd activations. Of a mixture the network's form Q tends to `−Q₀·risk/2`, where `Q₀` is
    /// what it can capture of `Δ̃(1 + Δ̃²)⁻¹`, which is `Δ̃` as d → ∞ (Ghorbani et al. 2019, §3):
    /// so this is `−Q·2/risk` at the present risk.
    ///
    /// Costs as much as [`risk`](Self::risk). Entries of a diverged run may not be finite.
    pub fn learned(&self) -> DMatrix<f64> {
        let (form, risk) = match &self.engine {
            Engine::Sgd(run) => {
                let form = run.model.predictor().form;
                let form = self
                    .frame
                    .as_ref()
                    .map_or_else(|| form.clone(), |frame| frame.learned(&form));
                (form, run.risk())
            }
            Engine::LeastSquares { fit, .. } => {
                let coefficients = fit.coefficients();
                (fit.form(&coefficients), fit.risk(&coefficients))
            }
        };
        match self.scale {
            Some(scale) => form / scale,
            None => form * (-2.0 / risk),
        }
    }

    /// The first layer at the start and now, in working coordinates and as scaled for training; of NT with x², as if it
    /// had started where NN does. None as for [`geometry`](Self::geometry).
    pub(super) fn layers(&self) -> Option<(DMatrix<f64>, DMatrix<f64>)> {
        let layer = self.sgd()?.model.layer()?;
        let turned = |w: DMatrix<f64>| match &self.frame {
            Some(frame) => frame.weights(&w),
            None => w,
        };
        match layer {
            Layer::Trained(now) => {
                let start = self.start.as_ref()?.map(f64::from);
                Some((turned(start), turned(now)))
            }
            Layer::Tangent { fixed, added } => {
                // With other activations, and under the published protocol, both have one start.
                let is_rescaled =
                    self.settings.protocol == Protocol::Theorem && !self.settings.is_activated();
                let ratio = self.start_ratio().filter(|_| is_rescaled).unwrap_or(1.0);
                let start = fixed * ratio;
                let now = &start + added / ratio;
                Some((start, now))
            }
        }
    }

    /// What weights `w_i ~ N(0, I/d)` are multiplied by to be those that NN on a quadratic target starts from.
    pub(super) fn start_ratio(&self) -> Option<f64> {
        let dim = self.leading.len() as f64;
        self.start_variance.map(|variance| (variance * dim).sqrt())
    }

    /// What directions lead by: the eigenvalues of B, of a mixture the magnitudes of its.
    pub(super) fn leading(&self) -> &DVector<f64> {
        &self.leading
    }

    /// What B was multiplied by; none for a mixture.
    pub(super) fn scale(&self) -> Option<f64> {
        self.scale
    }

    /// The weights (`d×N`, columns are neurons, in working coordinates) that stay as they are in
    /// RF and NT: what an exact risk for given weights is about. None for NN.
    pub fn fixed_weights(&self) -> Option<DMatrix<f64>> {
        match &self.engine {
            Engine::LeastSquares { fit, .. } => Some(fit.weights().clone()),
            Engine::Sgd(_) if self.settings.regime == Regime::Nn => None,
            Engine::Sgd(run) => {
                let draw = Draw::of(&self.settings, run.target.dim());
                Some(Isotropy::of(&run.target).weights(draw))
            }
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

    /// Turns a run at its start into the one that [`state`](Self::state) left; after an error it is neither.
    pub(crate) fn load(&mut self, state: &TrainState) -> Result<(), TrainError> {
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
fn first_layer(problem: &Problem, settings: &TrainSettings) -> DMatrix<f64> {
    let rho = settings.neurons as f64 / problem.dim() as f64;
    let gamma = settings.covariance.at(problem, rho);
    covariant_weights(settings.seed, settings.draw, &gamma, settings.neurons)
}
