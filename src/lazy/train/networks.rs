//! The network that settings ask for, at its start.

use nalgebra::DMatrix;

use crate::activation::Activation;
use crate::lazy::finite::start_variance;
use crate::lazy::problem::{Mixture, Problem, Quadratic, Target};
use crate::linalg::ranks;

use super::activated_network::ActivatedNetwork;
use super::activated_tangent::ActivatedTangent;
use super::lazy_network::LazyFrame;
use super::model::Model;
use super::neural_network::NeuralNetwork;
use super::neural_tangent::TangentModel;
use super::positive_form::PositiveForm;
use super::published_tangent::PublishedTangent;
use super::signed_network::SignedNetwork;
use super::start::{Draw, Isotropy};
use super::step_size::{self, Size};
use super::trained_layer::TrainedLayer;
use super::{Protocol, Regime, SecondLayer, TrainSettings, step_size_activated, step_size_mixture};

/// A network at its start.
pub(super) struct Network {
    pub(super) model: Box<dyn Model<f32>>,
    /// The automatic step size.
    pub(super) step_size: f64,
    /// Whether a `d×d` matrix is trained in place of the weights.
    pub(super) is_lifted: bool,
    /// The coordinates of a lazy network.
    pub(super) frame: Option<LazyFrame>,
}

/// The network of `settings`, NN or NT, for a target as scaled for training.
pub(super) fn network(target: &Problem, settings: &TrainSettings) -> Network {
    match (target, settings.regime, settings.second_layer) {
        (Problem::Quadratic(quadratic), ..) if settings.activation != Activation::Quadratic => {
            activated(quadratic, settings)
        }
        (Problem::Quadratic(quadratic), ..) => of_quadratic(quadratic, settings),
        (Problem::Mixture(mixture), Regime::Nn, SecondLayer::Trained) => trained(mixture, settings),
        (Problem::Mixture(mixture), Regime::Nn, SecondLayer::Fixed) => fixed(mixture, settings),
        (Problem::Mixture(mixture), ..) => tangent_of_mixture(mixture, settings),
    }
}

/// NN and NT of a quadratic target with another activation than x². Both start at the weights that
/// random features have, `w_i ~ N(0, I/d)`.
fn activated(target: &Quadratic, settings: &TrainSettings) -> Network {
    let &TrainSettings {
        regime,
        activation,
        batch,
        ..
    } = settings;
    let size = Size::of(target.eigenvalues(), settings);
    let isotropy = Isotropy::of(target);
    let w: DMatrix<f32> = isotropy.weights(Draw::of(settings, target.dim()));
    let (model, step_size): (Box<dyn Model<f32>>, _) = if regime == Regime::Nt {
        (
            Box::new(ActivatedTangent::new(activation, &w, batch)),
            step_size_activated::tangent(size, activation),
        )
    } else {
        (
            Box::new(ActivatedNetwork::new(activation, &w, batch)),
            step_size_activated::network(size, activation),
        )
    };
    Network {
        frame: None,
        model,
        step_size,
        is_lifted: false,
    }
}

/// NN and NT of a quadratic target, under either protocol.
fn of_quadratic(target: &Quadratic, settings: &TrainSettings) -> Network {
    let &TrainSettings {
        regime,
        protocol,
        neurons,
        batch,
        ..
    } = settings;
    let d = target.dim();
    let draw = Draw::of(settings, d);
    let size = Size::of(target.eigenvalues(), settings);
    let form = |variance: f64| {
        let w = draw.factor(variance.sqrt(), |_| true);
        PositiveForm::new(&w, batch)
    };
    let (dim, width) = (d as f64, neurons as f64);
    if let Some(alpha) = settings.laziness {
        let (frame, model, step_size) = LazyFrame::new(target, settings, alpha);
        return Network {
            step_size,
            model: Box::new(model),
            is_lifted: neurons > d,
            frame: Some(frame),
        };
    }
    match (regime, protocol) {
        (Regime::Nn, Protocol::Theorem) => {
            let form = form(start_variance(target, neurons));
            Network {
                frame: None,
                step_size: step_size::network(size, form.trace()),
                model: Box::new(NeuralNetwork::theorem(form, batch)),
                is_lifted: neurons > d,
            }
        }
        (Regime::Nn, Protocol::Published) => {
            let form = form(1.0 / (dim * width));
            Network {
                frame: None,
                step_size: step_size::published_network(size, form.trace()),
                model: Box::new(NeuralNetwork::published(form, batch)),
                is_lifted: neurons > d,
            }
        }
        (_, Protocol::Theorem) => {
            let (model, trace, is_lifted) = tangent(target, settings);
            Network {
                frame: None,
                step_size: step_size::tangent(size, trace),
                model: Box::new(model),
                is_lifted,
            }
        }
        (_, Protocol::Published) => {
            let w: DMatrix<f32> = draw.weights(1.0 / dim.sqrt());
            let a = draw.second_layer();
            let squares = w.column_iter().map(|w| f64::from(w.norm_squared()));
            let (mut u, mut quartic) = (0.0, 0.0);
            for (square, &a) in squares.zip(&a) {
                let a: f32 = a;
                u += 4.0 * f64::from(a * a) * square / width;
                quartic += square * square / width;
            }
            let model = PublishedTangent::new(&w, a, batch);
            Network {
                frame: None,
                step_size: step_size::published_tangent(size, u, quartic),
                is_lifted: model.is_lifted(),
                model: Box::new(model),
            }
        }
    }
}

/// NT, the squared norm of its weights, and whether it is lifted.
fn tangent(target: &impl Target, settings: &TrainSettings) -> (TangentModel<f32>, f64, bool) {
    let &TrainSettings { neurons, batch, .. } = settings;
    let isotropy = Isotropy::of(target);
    let draw = Draw::of(settings, target.dim());
    if neurons >= target.dim() {
        let p: DMatrix<f32> = isotropy.gram(draw);
        let trace = p.diagonal().iter().map(|&v| f64::from(v)).sum();
        (TangentModel::lifted(p, batch), trace, true)
    } else {
        let w: DMatrix<f32> = isotropy.weights(draw);
        let trace = w.iter().map(|&v| f64::from(v).powi(2)).sum();
        (TangentModel::explicit(&w, batch), trace, false)
    }
}

/// NT of a mixture: the same network.
fn tangent_of_mixture(target: &Mixture, settings: &TrainSettings) -> Network {
    let goal = step_size_mixture::goal(target, settings.neurons);
    let size = Size::of(&goal, settings);
    let (model, trace, is_lifted) = tangent(target, settings);
    // WWᵀ = Γ^{1/2}ZZᵀΓ^{1/2} is at most ‖Γ‖ZZᵀ; isotropic weights have ‖Γ‖ = 1/d.
    let widest = target.isotropic().eigenvalues().amax() * target.dim() as f64;
    let edge = (widest * size.edge(trace)).min(trace);
    Network {
        frame: None,
        step_size: step_size_mixture::tangent(target, size, trace, edge),
        model: Box::new(model),
        is_lifted,
    }
}

/// NN of a mixture with both layers trained.
fn trained(target: &Mixture, settings: &TrainSettings) -> Network {
    let &TrainSettings { neurons, batch, .. } = settings;
    let goal = step_size_mixture::goal(target, neurons);
    let size = Size::of(&goal, settings);
    let d = target.dim();
    let square = step_size_mixture::trained_start(size);
    let w = Draw::of(settings, d).weights((square / d as f64).sqrt());
    Network {
        frame: None,
        step_size: step_size_mixture::trained(target, size, square),
        model: Box::new(TrainedLayer::new(&w, batch)),
        is_lifted: false,
    }
}

/// NN of a mixture with its second layer fixed: neuron i has the sign that the eigenvector of the
/// i-th largest |s| needs, again from the first after the d-th. So every width has the signs of its
/// best network.
fn fixed(target: &Mixture, settings: &TrainSettings) -> Network {
    let &TrainSettings { neurons, batch, .. } = settings;
    let d = target.dim();
    let goal = step_size_mixture::goal(target, neurons);
    let size = Size::of(&goal, settings);
    let s = target.eigenvalues();
    let sizes: Vec<f64> = s.iter().map(|value| value.abs()).collect();
    let places = ranks(&sizes);
    let is_positive = |neuron: usize| s[places[neuron % d]] < 0.0;
    let (mut forms, mut trace, mut any_lifted) = (Vec::new(), 0.0, false);
    for positive in [true, false] {
        let is_kept = |neuron: usize| is_positive(neuron) == positive;
        let count = (0..neurons).filter(|&neuron| is_kept(neuron)).count();
        // Each sign starts with the trace that it is to end with. One may need none.
        let part = goal.iter().filter(|&&value| (value > 0.0) == positive);
        let needed: f64 = part.map(|value| value.abs()).sum();
        if count == 0 || needed == 0.0 {
            continue;
        }
        let scale = (needed / (d * count) as f64).sqrt();
        let w = Draw::of(settings, d).factor(scale, is_kept);
        any_lifted |= w.ncols() < count;
        let form = PositiveForm::new(&w, batch);
        trace += form.trace();
        forms.push((if positive { 1.0 } else { -1.0 }, form));
    }
    Network {
        frame: None,
        step_size: step_size_mixture::fixed(target, size, trace),
        model: Box::new(SignedNetwork::new(forms, batch)),
        is_lifted: any_lifted,
    }
}
