//! What a run is asked to be, and why it may be refused.

use crate::activation::Activation;
use crate::lazy::problem::{Problem, ProblemError, Quadratic, Target, WeightCovariance};
use crate::numbers::digits;
use crate::stream::MAX_SEED;

use super::{Protocol, Regime, Schedule, SecondLayer};

/// Most memory that one run may take, in bytes: 8 GiB, or 1 GiB where addresses have 32 bits.
const MAX_BYTES: f64 = if usize::BITS > 32 {
    8_589_934_592.0
} else {
    1_073_741_824.0
};

/// Smallest and largest step size.
const STEP_SIZES: std::ops::RangeInclusive<f64> = 1e-12..=1e6;

/// Smallest and largest laziness of a run: beyond, single precision no longer tells a network's moves from its rounding.
const LAZINESS: std::ops::RangeInclusive<f64> = 1e-3..=1e3;

/// Smallest and largest norm of the target as the published protocol scales it.
const PUBLISHED_NORMS: std::ops::RangeInclusive<f64> = 1e-6..=1e6;

/// Everything that a run depends on, besides its target.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainSettings {
    /// What is trained.
    pub regime: Regime,
    /// Width N, at least 1.
    pub neurons: usize,
    /// Steps of the run, at least 1.
    pub steps: u64,
    /// Fresh samples b in each step, at least 1.
    pub batch: usize,
    /// Samples of the last step, if they are fewer than b; random features alone may have fewer.
    pub last_batch: Option<usize>,
    /// Step size ε before the schedule, in 10⁻¹² … 10⁶; none for the automatic one, which
    /// converges at every size. Random features have none.
    pub step_size: Option<f64>,
    /// How the step size changes over the run.
    pub schedule: Schedule,
    /// Which parametrisation is trained; of a mixture, the theorem's only.
    pub protocol: Protocol,
    /// What becomes of the second layer of NN on a mixture. A quadratic target is learnt with it
    /// fixed to 1.
    pub second_layer: SecondLayer,
    /// The laziness α of an NN on a quadratic target, in 10⁻³ … 10³: it starts at `√αW₀` and learns `B + αW₀W₀ᵀ`
    /// (see [`LazyStart`](crate::lazy::finite::LazyStart)); none for the network of the protocol.
    pub laziness: Option<f64>,
    /// Seed of weights and batches, 0 … 2⁵³ − 1. Runs of one seed share their batches.
    pub seed: u64,
    /// Which draw of weights of that seed, 0 … 2⁵³ − 1.
    pub draw: u64,
    /// Covariance Γ of the weights of random features.
    pub covariance: WeightCovariance,
    /// The activation, used centred. With x² − 1, NT and NN are the networks of x² that the theorems
    /// are about; with another one, of a quadratic target alone, they are explicit networks, of which
    /// NN trains both layers and the offset.
    pub activation: Activation,
}

impl TrainSettings {
    /// The paper's runs (Ghorbani et al. 2019, §4): 2·10⁵ steps of 100 samples, for random
    /// features 5·10⁵ samples; seed 0, everything else the default.
    pub fn new(regime: Regime, neurons: usize) -> Self {
        Self {
            regime,
            neurons,
            steps: if regime == Regime::Rf { 5_000 } else { 200_000 },
            batch: 100,
            last_batch: None,
            step_size: None,
            schedule: Schedule::default(),
            protocol: Protocol::default(),
            second_layer: SecondLayer::default(),
            laziness: None,
            seed: 0,
            draw: 0,
            covariance: WeightCovariance::Isotropic,
            activation: Activation::default(),
        }
    }

    /// Whether a run of a target can be made with these.
    ///
    /// # Errors
    /// If a setting is out of range, contradicts the target, or asks for too much memory.
    pub fn check(&self, problem: &Problem) -> Result<(), TrainError> {
        at_least_one("neurons", self.neurons as u64)?;
        at_least_one("steps", self.steps)?;
        at_least_one("batch", self.batch as u64)?;
        if let Some(last) = self.last_batch
            && (self.regime != Regime::Rf || !(1..=self.batch).contains(&last))
        {
            return Err(TrainError::LastBatch {
                last,
                batch: self.batch,
            });
        }
        for (field, value) in [("seed", self.seed), ("draw", self.draw)] {
            if value > MAX_SEED {
                return Err(TrainError::Seed { field, value });
            }
        }
        if let Some(value) = self.step_size {
            check_step_size(value)?;
        }
        if let WeightCovariance::Given(gamma) = &self.covariance
            && gamma.dim() != problem.dim()
        {
            return Err(TrainError::Covariance {
                dim: gamma.dim(),
                expected: problem.dim(),
            });
        }
        if self.is_activated() {
            if matches!(problem, Problem::Mixture(_)) {
                return Err(TrainError::MixtureActivation);
            }
            if self.protocol == Protocol::Published {
                return Err(TrainError::PublishedActivation);
            }
        }
        if let Some(value) = self.laziness {
            if !LAZINESS.contains(&value) {
                return Err(TrainError::Laziness { value });
            }
            let is_other = self.regime != Regime::Nn
                || self.protocol != Protocol::Theorem
                || self.is_activated()
                || matches!(problem, Problem::Mixture(_));
            if is_other {
                return Err(TrainError::LazyNetwork);
            }
        }
        let is_mixture = matches!(problem, Problem::Mixture(_));
        self.check_size(problem.dim(), is_mixture)?;
        match problem {
            Problem::Mixture(_) => {
                if self.regime != Regime::Rf && self.protocol == Protocol::Published {
                    return Err(TrainError::MixtureProtocol);
                }
            }
            Problem::Quadratic(quadratic) => {
                let norm = target_scale(self.protocol, quadratic)
                    * (2.0 * quadratic.squared_norm()).sqrt();
                let is_scaled = self.regime != Regime::Rf && self.protocol == Protocol::Published;
                if is_scaled && !PUBLISHED_NORMS.contains(&norm) {
                    return Err(TrainError::Scale { norm });
                }
            }
        }
        Ok(())
    }

    /// Whether NT or NN is trained with another activation than x².
    pub(crate) fn is_activated(&self) -> bool {
        self.regime != Regime::Rf && self.activation != Activation::Quadratic
    }

    /// Whether a run is one that may be made anywhere; found without a target.
    pub(crate) fn check_size(&self, dim: usize, is_mixture: bool) -> Result<(), TrainError> {
        let bytes = self.bytes(dim, is_mixture);
        if bytes > MAX_BYTES {
            return Err(TrainError::TooLarge {
                gigabytes: bytes / 1e9,
                allowed: MAX_BYTES / 1e9,
            });
        }
        Ok(())
    }

    /// About the memory that a run takes at most, with its exact risk and how its first layer lies.
    pub(crate) fn bytes(&self, dim: usize, is_mixture: bool) -> f64 {
        let (d, n, b) = (dim as f64, self.neurons as f64, self.batch as f64);
        // A lazy network has an eigenbasis of its own.
        let frame = if self.laziness.is_some() { 3.0 } else { 0.0 };
        let risk = (3.0 + frame) * 8.0 * d * d;
        // The layer at the start, and then, after the risk, both layers and what lies between them in double precision,
        // with a basis of their span if they are narrow.
        let layer = |n: f64| 4.0 * d * n + 8.0 * (3.0 * d * n + d * n.min(d));
        let weights = |n: f64| 4.0 * (3.0 * d * n + (d + n) * b) + layer(n);
        if self.is_activated() {
            // The exact risk needs the inner products of all neurons.
            let exact = 8.0 * (3.0 * n * n + 3.0 * d * n + 50.0 * n);
            return risk + exact.max(layer(n)) + 4.0 * (3.0 * d * n + (d + 3.0 * n) * b);
        }
        risk + match (self.regime, self.protocol, is_mixture) {
            (Regime::Rf, ..) => 8.0 * (6.0 * n * n + 2.0 * d * n + (d + n) * b),
            (Regime::Nn, _, true) => match self.second_layer {
                SecondLayer::Trained => weights(n),
                // A form for each sign.
                SecondLayer::Fixed => weights(n.min(2.0 * d)),
            },
            (Regime::Nn, ..) => weights(n.min(d)),
            (Regime::Nt, Protocol::Theorem, _) if self.neurons >= dim => {
                4.0 * (4.0 * d * d + 3.0 * d * b) + layer(d)
            }
            (Regime::Nt, ..) => 4.0 * (8.0 * d * n + (d + 2.0 * n) * b) + layer(n),
        }
    }
}

/// What the target is multiplied by before it is learnt.
pub(super) fn target_scale(protocol: Protocol, problem: &Quadratic) -> f64 {
    match protocol {
        Protocol::Theorem => 1.0 / (2.0 * problem.squared_norm()).sqrt(),
        Protocol::Published => 1.0 / (problem.dim() as f64).sqrt(),
    }
}

/// Whether a step size is allowed.
pub(super) fn check_step_size(value: f64) -> Result<(), TrainError> {
    if STEP_SIZES.contains(&value) {
        Ok(())
    } else {
        Err(TrainError::StepSize { value })
    }
}

fn at_least_one(field: &'static str, value: u64) -> Result<(), TrainError> {
    if value == 0 {
        return Err(TrainError::Zero { field });
    }
    Ok(())
}

/// Why a run cannot be made or changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// A count is 0.
    #[error("{field} is 0, but must be at least 1")]
    Zero {
        /// Which count.
        field: &'static str,
    },
    /// A last step that is empty, or larger than the others, or of SGD.
    #[error(
        "the last batch has {last} samples, but must have 1 to {batch}, and for nn and nt {batch}"
    )]
    LastBatch {
        /// Its samples.
        last: usize,
        /// Samples of any other.
        batch: usize,
    },
    /// A seed or draw that JavaScript and JSON cannot keep.
    #[error("{field} is {value}, but must be at most 2⁵³ − 1")]
    Seed {
        /// Which.
        field: &'static str,
        /// Its value.
        value: u64,
    },
    /// A step size that is not a number, not positive or out of all proportion.
    #[error("step-size is {}, but must be between 10⁻¹² and 10⁶", digits(*value))]
    StepSize {
        /// Its value.
        value: f64,
    },
    /// Random features are fitted by least squares.
    #[error("step-size cannot be set: rf is fitted by least squares, which has none")]
    NoStepSize,
    /// A covariance of weights of another dimension than the target.
    #[error("weights have dimension {dim}, but must have that of the target, {expected}")]
    Covariance {
        /// Dimension of Γ.
        dim: usize,
        /// Dimension of B.
        expected: usize,
    },
    /// More memory than one run may take.
    #[error(
        "a run of this dimension, width and batch needs {gigabytes:.1} GB of memory, but must do with {allowed:.1} GB"
    )]
    TooLarge {
        /// What it needs, in 10⁹ bytes.
        gigabytes: f64,
        /// What is allowed, in 10⁹ bytes.
        allowed: f64,
    },
    /// A target far from the scale that the published protocol is made for.
    #[error(
        "protocol is published, which takes B as it is, but then ‖f*‖/√d must be between 10⁻⁶ and 10⁶, not {}",
        digits(*norm)
    )]
    Scale {
        /// `√(2/d)‖B‖_F`.
        norm: f64,
    },
    /// The authors' set-up is known for a quadratic target only: it gives all neurons one common
    /// coefficient.
    #[error(
        "protocol is published, which is the authors' set-up for qf and cannot fit classes that differ both ways; for mg it must be theorem"
    )]
    MixtureProtocol,
    /// NT and NN of a mixture are those of x².
    #[error(
        "activation must be quadratic for nt and nn of mg: other activations are trained on a quadratic target (qf) only"
    )]
    MixtureActivation,
    /// The published protocol is about x².
    #[error(
        "protocol is published, which is the authors' set-up for x²; with another activation it must be theorem"
    )]
    PublishedActivation,
    /// A laziness that is not a number, not positive or beyond what can be trained.
    #[error("laziness is {}, but a run's must be between 0.001 and 1000", digits(*value))]
    Laziness {
        /// Its value.
        value: f64,
    },
    /// Laziness is that of a network of x² on a quadratic target.
    #[error(
        "laziness can be set for regime nn of qf alone, with protocol theorem and activation quadratic"
    )]
    LazyNetwork,
    /// The target cannot be used in the scale of the run.
    #[error("the target cannot be used: {0}")]
    Problem(#[from] ProblemError),
    /// A saved state of another run.
    #[error("the saved state has {found} {part}, but this run needs {expected}")]
    State {
        /// What is counted.
        part: &'static str,
        /// How many there are.
        found: u64,
        /// How many there must be.
        expected: u64,
    },
}
