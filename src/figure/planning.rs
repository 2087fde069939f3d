//! Which networks the current state wants trained.

use super::{Explorable, PlannedRun, Role};
use crate::limit;
use crate::setting::{About, Parameters, Scope, Settings};
use crate::stream::MAX_SEED;
use crate::train::Regime;

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

impl Explorable {
    /// The runs of the current state in the order they should start: those at the handle, then
    /// the grid of ρ, coarse to fine, one draw after the other.
    pub fn plans(&mut self) -> Vec<PlannedRun> {
        let dim = self.dim();
        let mut wanted = Vec::new();
        let mut want = |role, neurons, draw| {
            for regime in [Regime::Nn, Regime::Nt, Regime::Rf] {
                if regime != Regime::Rf || neurons <= MAX_RF_NEURONS {
                    wanted.push(self.run_settings(role, regime, neurons, draw));
                }
            }
        };
        want(Role::Handle, self.neurons(), 0);
        for (draw, count) in [(0, GRID.len()), (1, SPREAD)] {
            for &rho in &GRID[..count] {
                want(Role::Grid, limit::neurons(rho, dim), draw);
            }
        }
        self.runs_mut().plan(wanted)
    }

    fn run_settings(
        &self,
        role: Role,
        regime: Regime,
        neurons: usize,
        draw: u64,
    ) -> (Role, Settings, usize) {
        let mut settings = Settings::new(Scope::TRAIN.of(self.settings().problem_name()));
        self.copy_target(&mut settings);
        if regime == Regime::Rf {
            // The excess risk of a fit to n samples is about N/(n − N) of the residual.
            settings.batch = self.settings().batch;
            let samples = (RF_SAMPLES_PER_NEURON * neurons as u64).max(4000);
            settings.samples = samples.next_multiple_of(settings.batch as u64);
        } else {
            settings.copy(self.settings(), &[About::Training, About::Pace]);
            settings.mix = 0.0;
            settings.activation = self.network_activation();
        }
        settings.regime = regime;
        settings.neurons = Some(neurons);
        settings.seed = (self.settings().seed + draw) % (MAX_SEED + 1);
        (role, settings, neurons)
    }
}
