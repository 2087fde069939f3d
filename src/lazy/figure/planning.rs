//! Which networks the current state wants trained.

use serde_json::Value;

use super::Explorable;
use crate::figure::{Role, RunFacts, WantedRun};
use crate::lazy::limit;
use crate::lazy::setting::Settings;
use crate::lazy::train::Regime;
use crate::setting::{About, Parameters, Scope};
use crate::stream::MAX_SEED;

/// Where dots are trained along α, coarse to fine.
const DIAL: [f64; 9] = [0.1, 10.0, 1.0, 0.03, 3.0, 0.3, 30.0, 0.01, 100.0];

/// Where dots are trained along ρ, coarse to fine.
const GRID: [f64; 10] = [0.1, 0.5, 0.2, 1.0, 0.05, 0.35, 0.75, 2.0, 0.03, 5.0];

/// So many of these have a second draw of weights and batches, to show the spread; at the last ones there is
/// hardly any, and they take the longest.
const SPREAD: usize = 6;

/// Samples for each coefficient of a least-squares fit.
const RF_SAMPLES_PER_NEURON: u64 = 40;

/// The widest random features that are fitted in a browser: the cost of a fit grows with the third
/// power of N, and beyond this one dot takes longer than all others together.
const MAX_RF_NEURONS: usize = 700;

/// What the networks of a figure are told apart by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetworkFacts {
    /// What is trained.
    pub regime: Regime,
    /// Its width N.
    pub neurons: usize,
    /// The dimension d of its input.
    pub dim: usize,
    /// The seed of its weights and batches.
    pub seed: u64,
    /// Its laziness, if it is one of the dial.
    laziness: Option<f64>,
    /// Whether its activation is the one that is set.
    is_activated: bool,
}

impl NetworkFacts {
    /// Its regime, width and seed: none of a state has the same.
    pub(super) fn at(&self) -> (Regime, usize, u64) {
        (self.regime, self.neurons, self.seed)
    }

    /// Its laziness, in the figure on that.
    pub(super) fn laziness(&self) -> Option<f64> {
        self.laziness
    }
}

impl RunFacts for NetworkFacts {
    fn name(&self) -> String {
        let regime = self.regime.name().to_ascii_uppercase();
        match self.laziness {
            Some(alpha) => format!("{regime} of laziness {alpha} with N = {}", self.neurons),
            None => format!("{regime} with N = {}", self.neurons),
        }
    }

    fn facts(&self) -> Vec<(&'static str, Value)> {
        let mut facts = vec![
            ("regime", self.regime.name().into()),
            ("neurons", self.neurons.into()),
            ("dim", self.dim.into()),
            ("seed", self.seed.into()),
        ];
        facts.extend(self.laziness.map(|alpha| ("laziness", alpha.into())));
        facts
    }

    fn about(&self) -> &'static [About] {
        use About::{Edits, Features, Pace, Step, Target, Training};
        match self.regime {
            Regime::Rf => &[Target, Edits, Features, Training],
            _ if self.is_activated => &[Target, Edits, Features, Training, Pace, Step],
            _ => &[Target, Edits, Training, Pace, Step],
        }
    }
}

/// The runs of a state in the order they should start: those at the handle, then the grid of ρ, coarse to fine, one draw
/// after the other.
pub(super) fn wanted(seen: &Explorable) -> Vec<WantedRun<NetworkFacts>> {
    let dim = seen.dim();
    if let Some(at) = seen.laziness() {
        let neurons = seen.neurons();
        let want = |role, alpha| run(seen, role, Regime::Nn, neurons, 0, Some(alpha));
        let dots = DIAL.iter().filter(|alpha| alpha.total_cmp(&at).is_ne());
        let dots = dots.map(|&alpha| want(Role::Grid, alpha));
        return [want(Role::Handle, at)].into_iter().chain(dots).collect();
    }
    let mut wanted = Vec::new();
    let mut want = |role, neurons, draw| {
        for regime in [Regime::Nn, Regime::Nt, Regime::Rf] {
            if regime != Regime::Rf || neurons <= MAX_RF_NEURONS {
                wanted.push(run(seen, role, regime, neurons, draw, None));
            }
        }
    };
    want(Role::Handle, seen.neurons(), 0);
    for (draw, count) in [(0, GRID.len()), (1, SPREAD)] {
        for &rho in &GRID[..count] {
            want(Role::Grid, limit::neurons(rho, dim), draw);
        }
    }
    wanted
}

fn run(
    seen: &Explorable,
    role: Role,
    regime: Regime,
    neurons: usize,
    draw: u64,
    laziness: Option<f64>,
) -> WantedRun<NetworkFacts> {
    let own = seen.settings();
    let mut settings = Settings::new(Scope::TRAIN.of(own.problem_name()));
    seen.copy_target(&mut settings);
    if regime == Regime::Rf {
        // The excess risk of a fit to n samples is about N/(n − N) of the residual.
        settings.batch = own.batch;
        let samples = (RF_SAMPLES_PER_NEURON * neurons as u64).max(4000);
        settings.samples = samples.next_multiple_of(settings.batch as u64);
    } else {
        settings.copy(own, &[About::Training, About::Pace, About::Step]);
        settings.mix = 0.0;
        settings.activation = seen.network_activation();
    }
    settings.regime = regime;
    settings.laziness = laziness.into_iter().collect();
    settings.neurons = Some(neurons);
    settings.seed = (own.seed + draw) % (MAX_SEED + 1);
    let facts = NetworkFacts {
        regime,
        neurons,
        dim: settings.dim(),
        seed: settings.seed,
        laziness,
        is_activated: seen.is_about_activations(),
    };
    WantedRun::new(role, facts, own.problem_name().name(), &settings)
}
