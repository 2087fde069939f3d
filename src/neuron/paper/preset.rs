//! What the figure is made of, at full size and in a minute.

use serde_json::json;

use crate::experiment::sweep::{Sweep, SweepError};
use crate::full_size::PresetSize;
use crate::neuron::polynomial::{Layers, Sign};
use crate::setting::VERSION;

/// The figure at a size.
#[derive(Clone, Debug)]
pub struct NeuronPreset {
    /// At which size.
    pub size: PresetSize,
    /// Dimensions, upwards.
    pub dims: Vec<usize>,
    /// Most random features, without a bias.
    pub features: usize,
    /// Most of them where the target has one.
    pub biased_features: usize,
    /// The biases that it then has.
    pub biases: [f64; 2],
    /// Draws of random features, and of tangent neurons.
    pub draws: u64,
    /// See [`NeuronPreset::draws`].
    pub tangent_draws: u64,
    /// Directions of the target for each draw.
    pub directions: usize,
    /// Most tangent neurons times dimensions.
    pub tangent_features: usize,
    /// Neurons that are trained in each dimension, each from a seed of its own.
    pub seeds: u64,
    /// Steps of each.
    pub steps: u64,
    /// Numbers of neurons that learn the sign of a polynomial, and seeds of each.
    pub polynomial_features: Vec<usize>,
    /// See [`NeuronPreset::polynomial_features`].
    pub polynomial_seeds: u64,
    /// Steps of these.
    pub polynomial_steps: u64,
}

impl NeuronPreset {
    /// The name of the figure, which is that of the page's.
    pub const NAME: &str = "neuron";

    /// The figure at a size.
    pub fn new(size: PresetSize) -> Self {
        match size {
            PresetSize::Paper => Self {
                size,
                dims: vec![5, 10, 20, 40, 80],
                features: 8192,
                biased_features: 1024,
                biases: [1.0, -1.0],
                draws: 10,
                tangent_draws: 5,
                directions: 256,
                tangent_features: 8192,
                seeds: 20,
                steps: 400,
                polynomial_features: vec![20, 80, 320],
                polynomial_seeds: 3,
                polynomial_steps: 8000,
            },
            PresetSize::Quick => Self {
                size,
                dims: vec![5, 10, 20, 40],
                features: 512,
                biased_features: 128,
                biases: [1.0, -1.0],
                draws: 3,
                tangent_draws: 2,
                directions: 32,
                tangent_features: 640,
                seeds: 3,
                steps: 200,
                polynomial_features: vec![20, 80],
                polynomial_seeds: 1,
                polynomial_steps: 2000,
            },
        }
    }

    /// Most tangent neurons in a dimension, a power of two.
    pub fn tangent_neurons(&self, dim: usize) -> usize {
        let most = self.tangent_features / dim;
        1 << most.max(1).ilog2()
    }

    /// All runs: those of neurons, which take seconds, then random features without a bias, narrow dimensions first, and what
    /// stands beside them.
    ///
    /// # Errors
    /// Never: presets are plans.
    pub fn sweep(&self) -> Result<Sweep, SweepError> {
        let seeds = |count: u64| (1..=count).collect::<Vec<_>>();
        let drawn = |bias: &[f64], features: usize| {
            json!({
                "problem": "random-neurons",
                "features": features,
                "draws": self.draws,
                "directions": self.directions,
                "vary": {"dim": self.dims, "bias": bias},
            })
        };
        let mut groups = vec![
            json!({
                "problem": "neuron",
                "steps": self.steps,
                "vary": {"dim": self.dims, "seed": seeds(self.seeds)},
            }),
            drawn(&[0.0], self.features),
            drawn(&self.biases, self.biased_features),
        ];
        groups.extend(self.dims.iter().map(|&dim| {
            json!({
                "problem": "random-neurons",
                "regime": "nt",
                "dim": dim,
                "features": self.tangent_neurons(dim),
                "draws": self.tangent_draws,
                "directions": self.directions,
            })
        }));
        groups.push(json!({
            "problem": "polynomial",
            "steps": self.polynomial_steps,
            "vary": {
                "polynomial": Sign::ALL.map(Sign::name),
                "layers": Layers::ALL.map(Layers::name),
                "features": self.polynomial_features,
                "seed": seeds(self.polynomial_seeds),
            },
        }));
        let plan = json!({
            "schema": VERSION,
            "name": format!("{} {}", Self::NAME, self.size.name()),
            "groups": groups,
        });
        Sweep::from_object(plan.as_object().cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_plans_whose_runs_keep_their_names() {
        // Directories of runs are found again by these.
        for (size, count, first, last) in [
            (
                PresetSize::Paper,
                156,
                "51d46fb28ac6d358",
                "949d414f2cb79a7e",
            ),
            (
                PresetSize::Quick,
                36,
                "a3632d7aba678a68",
                "ec9f08e3899695c1",
            ),
        ] {
            let sweep = NeuronPreset::new(size).sweep().unwrap();
            let jobs = sweep.jobs();
            assert_eq!(jobs.len(), count);
            assert_eq!([jobs[0].id(), jobs[count - 1].id()], [first, last]);
        }
    }

    #[test]
    fn tangent_neurons_are_as_many_as_fit() {
        let preset = NeuronPreset::new(PresetSize::Paper);
        let neurons: Vec<usize> = preset
            .dims
            .iter()
            .map(|&dim| preset.tangent_neurons(dim))
            .collect();
        assert_eq!(neurons, [1024, 512, 256, 128, 64]);
    }
}
