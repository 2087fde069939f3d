//! What a regime captures of each direction of the form: the numbers, where they are from, and the
//! words for it, which titles, captions and sentences share.

use super::Explorable;
use super::planning::NetworkFacts;
use crate::figure::LiveRun;
use crate::lazy::finite;
use crate::lazy::problem::Problem;
use crate::lazy::train::Regime;
use crate::lazy::training::Learned;
use crate::linalg::ranks;

/// Side by side, in the order of increasing power.
pub(super) const REGIMES: [Regime; 3] = [Regime::Rf, Regime::Nt, Regime::Nn];

/// A regime as the paper writes it.
pub(super) fn title(regime: Regime) -> String {
    regime.name().to_ascii_uppercase()
}

impl Explorable {
    /// How the form is written whose eigenvalues are shown.
    pub fn form_name(&self) -> &'static str {
        match self.problem() {
            Problem::Quadratic(_) => "B",
            Problem::Mixture(_) => "Δ̃",
        }
    }

    /// What the form is, in words.
    pub(super) fn form_in_words(&self) -> &'static str {
        match self.problem() {
            Problem::Quadratic(_) => "the target",
            Problem::Mixture(_) => "the difference of the classes",
        }
    }

    /// Marks what only a live run can show, whatever stands in front.
    pub fn live_mark(&self) -> String {
        format!("live, d = {}", self.dim())
    }

    /// Whether that regime learns nothing, as its activation has nothing of degree 2: an odd one.
    fn is_blind(&self, regime: Regime) -> bool {
        self.activation_of(regime == Regime::Rf).is_odd()
    }

    /// What a regime learns of the form, in few words.
    pub(super) fn learns(&self, regime: Regime) -> &'static str {
        match regime {
            _ if self.is_blind(regime) => "nothing, as σ is odd",
            Regime::Rf if self.limits().has_white_weights => "only the trace",
            Regime::Rf => "one fixed shape",
            Regime::Nt => "a random subspace",
            // Neurons of x² add squares: there is nothing that they can do for such a B.
            Regime::Nn if self.has_network_theory() && self.top_directions().is_empty() => {
                "nothing, as none is positive"
            }
            Regime::Nn => "the top directions",
        }
    }

    /// What a regime has learnt of each direction, in the order of the coordinates: what its run at
    /// the handle has, else what theory expects. And where it is from.
    pub(super) fn learned_diagonal(&self, regime: Regime) -> (Vec<f64>, String) {
        let dim = self.dim();
        let run = self.run_at_handle(regime);
        if let Some(learned) = run.and_then(|run| self.learned(run)) {
            return (learned.diagonal().collect(), self.origin(true));
        }
        match self.expected(regime) {
            Some(diagonal) => (diagonal, self.origin(false)),
            None if self.results().is_some() => (vec![0.0; dim], "no formula".to_owned()),
            None => (vec![0.0; dim], "not trained yet".to_owned()),
        }
    }

    /// What a run has learned; none of one in another dimension, which is about to go.
    pub(super) fn learned<'a>(&self, run: &'a LiveRun<NetworkFacts>) -> Option<Learned<'a>> {
        let dim = self.dim();
        let learned = run.learned.as_ref().filter(|_| run.facts().dim == dim)?;
        Learned::read(dim, learned)
    }

    /// Where a number is from.
    pub(super) fn origin(&self, is_trained: bool) -> String {
        if is_trained {
            format!("trained {}", self.live_mark())
        } else {
            format!("expected, d = {}", self.dim())
        }
    }

    /// What theory expects, in the order of the coordinates; nothing where there is no theory.
    pub(super) fn expected(&self, regime: Regime) -> Option<Vec<f64>> {
        let form = self.form();
        if self.is_blind(regime) {
            return Some(vec![0.0; form.dim()]);
        }
        if regime != Regime::Rf && !self.has_network_theory() {
            return None;
        }
        let neurons = self.neurons();
        Some(match regime {
            Regime::Rf => self
                .limits()
                .random_features_learned(self.problem(), self.rho()),
            Regime::Nt => finite::neural_tangent_learned_mean(form, neurons)
                .iter()
                .copied()
                .collect(),
            Regime::Nn => {
                let mut out = vec![0.0; form.dim()];
                for index in self.top_directions() {
                    out[index] = form.eigenvalues()[index];
                }
                out
            }
        })
    }

    /// The directions that the best network has at the handle, the most valuable first.
    pub(super) fn top_directions(&self) -> Vec<usize> {
        let values = self.form().eigenvalues();
        // With a second layer of both signs a large eigenvalue of either sign is worth having.
        let worth = |value: f64| match self.problem() {
            Problem::Quadratic(_) => value.max(0.0),
            Problem::Mixture(_) => value.abs(),
        };
        let worths: Vec<f64> = values.iter().map(|&value| worth(value)).collect();
        let mut directions = ranks(&worths);
        directions.truncate(self.neurons());
        directions.retain(|&index| worths[index] > 0.0);
        directions
    }

    /// What a regime learns, and how much of it, in a sentence about all regimes.
    pub(super) fn learns_in_full(&self, regime: Regime) -> String {
        let words = self.learns(regime);
        let is_counted = regime != Regime::Rf && self.has_network_theory();
        if !is_counted {
            return words.to_owned();
        }
        if regime == Regime::Nt {
            return format!("{words} of dimension {}", self.neurons().min(self.dim()));
        }
        match (self.top_directions().len(), self.problem()) {
            (0, _) => words.to_owned(),
            (count, Problem::Quadratic(_)) => format!("{words}, the {count} largest"),
            (count, Problem::Mixture(_)) => format!("{words}, the {count} largest in size"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::Activation;
    use crate::figure::Scene;
    use crate::lazy::figure::seen::{bars, panel};
    use crate::lazy::figure::{FigureName, Theory};
    use crate::setting::Parameters;
    use crate::spectrum::group_of;

    /// Spectra with positive, mixed and negative eigenvalues, flat and not, by figure.
    fn spectra(figure: FigureName) -> (&'static str, &'static [&'static str]) {
        match figure {
            FigureName::Mixture => ("delta", &["paper", "flat", "two-signed", "-0.2,-0.1,0.05"]),
            _ => (
                "spectrum",
                &[
                    "exponential",
                    "identity",
                    "semicircle",
                    "-3,-2,-1",
                    "3,-2,1,0",
                ],
            ),
        }
    }

    /// Every figure with every weight covariance and activation, and targets of all kinds.
    fn states() -> Vec<(String, Explorable)> {
        let mut states = Vec::new();
        let shows = |name: &FigureName| Explorable::new(*name).panel("spectrum").is_some();
        for name in FigureName::ALL.into_iter().filter(shows) {
            let (key, targets) = spectra(name);
            for target in targets {
                for mix in ["0", "0.5", "1"] {
                    for activation in Activation::ALL {
                        for sigma in ["identity", "two-level"] {
                            let mut state = Explorable::new(name);
                            let mut settings = state.settings().clone();
                            let mut set = |key, text| settings.set(key, text).unwrap();
                            set("rho", "0.6");
                            set(key, target);
                            set("mix", mix);
                            set("activation", activation.name());
                            if name == FigureName::Mixture {
                                set("sigma", sigma);
                            } else if sigma != "identity" {
                                continue;
                            }
                            state.set(settings).unwrap();
                            let name = name.name();
                            states.push((
                                format!("{name} {target} {mix} {activation} {sigma}"),
                                state,
                            ));
                        }
                    }
                }
            }
        }
        states
    }

    /// Results of the state's own target in many dimensions, in front.
    fn with_results(state: &Explorable) -> Explorable {
        let mut state = state.clone();
        let mut target = state.settings().clone();
        target.set_dim(Some(100));
        state.lay(target).unwrap();
        state.show_results().unwrap();
        assert!(state.shows_results());
        state
    }

    #[test]
    fn words_agree_with_what_is_captured() {
        for (name, state) in states() {
            for regime in REGIMES {
                let words = state.learns(regime);
                let Some(captured) = state.expected(regime) else {
                    assert!(!state.has_network_theory(), "{name}");
                    continue;
                };
                let largest = captured.iter().fold(0.0_f64, |most, c| most.max(c.abs()));
                let spread = captured
                    .iter()
                    .fold(0.0_f64, |most, c| most.max((c - captured[0]).abs()));
                let eigenvalues = state.form().eigenvalues();
                match words {
                    "nothing, as σ is odd" | "nothing, as none is positive" => {
                        assert_eq!(largest, 0.0, "{name} {regime}");
                    }
                    // One number for all directions, 0 where the trace is.
                    "only the trace" => {
                        assert!(spread <= 1e-9 * largest, "{name} {regime}: {captured:?}");
                        let sum: f64 = captured.iter().sum();
                        assert!(sum * state.form().trace() >= 0.0, "{name} {regime}");
                    }
                    "one fixed shape" => assert!(spread > 1e-3 * largest, "{name} {regime}"),
                    "a random subspace" => {
                        assert!(largest > 0.0, "{name} {regime}");
                    }
                    "the top directions" => {
                        let worth = |value: f64| match state.problem() {
                            Problem::Quadratic(_) => value.max(0.0),
                            Problem::Mixture(_) => value.abs(),
                        };
                        let (mut least, mut left) = (f64::INFINITY, 0.0_f64);
                        for (&captured, &value) in captured.iter().zip(eigenvalues) {
                            if captured == 0.0 {
                                left = left.max(worth(value));
                            } else {
                                assert_eq!(captured, value, "{name}");
                                least = least.min(worth(value));
                            }
                        }
                        assert!(least >= left && largest > 0.0, "{name} {regime}");
                    }
                    other => panic!("{name} {regime}: {other}"),
                }
            }
        }
    }

    #[test]
    fn titles_captions_and_sentences_say_the_same() {
        for (name, state) in states() {
            let sentence = panel(&state, "spectrum").describe(&state);
            let bars = bars(&state);
            let form = state.form_name();
            assert_eq!(form == "B", state.problem().mixture().is_none());
            assert!(
                sentence.contains(&format!("eigenvalues of {form},")),
                "{sentence}"
            );
            assert!(
                panel(&state, "spectrum")
                    .note(&state)
                    .contains(&format!("eigenvalues of {form},"))
            );
            assert_eq!(
                sentence.contains("largest in size"),
                state.problem().mixture().is_some(),
                "{name}: {sentence}"
            );
            for (regime, capture) in REGIMES.into_iter().zip(&bars.captures) {
                let [_, caption, heat] = Theory::heat_texts(&state, regime.name());
                assert_eq!(capture.label, format!("{}: {caption}", title(regime)));
                assert!(sentence.contains(&format!("{} {caption}", title(regime))));
                assert!(
                    heat.contains(&caption) && heat.contains(&state.live_mark()),
                    "{heat}"
                );
            }
            let [_, _, target] = Theory::heat_texts(&state, "target");
            assert!(
                target.starts_with(&format!("Heat map of {form}, live")),
                "{target}"
            );
            // How many are counted is how many are captured.
            if state.has_network_theory() && state.learns(Regime::Nn) == "the top directions" {
                let captured = state.expected(Regime::Nn).unwrap();
                let count = captured.iter().filter(|&&value| value != 0.0).count();
                assert!(
                    sentence.contains(&format!("the {count} largest")),
                    "{sentence}"
                );
            }
        }
    }

    #[test]
    fn results_in_front_are_all_of_their_problem() {
        for (name, state) in states() {
            // Numbers that are given have one dimension only.
            if state.settings().has_given_dim() {
                continue;
            }
            let live = state.dim();
            let shown = with_results(&state);
            assert_eq!(
                (shown.risks().dim, shown.eigenvalues().len()),
                (100, 100),
                "{name}"
            );
            let bars = bars(&shown);
            let eigenvalues = shown.eigenvalues();
            for (bar, (&mean, &(low, high))) in
                bars.eigenvalues.iter().zip(&bars.ranges).enumerate()
            {
                let group = |&(rank, _): &(usize, &f64)| group_of(rank, 100, 24) == bar;
                let members: Vec<f64> = eigenvalues
                    .iter()
                    .enumerate()
                    .filter(group)
                    .map(|at| *at.1)
                    .collect();
                let sum: f64 = members.iter().sum();
                assert!((sum / members.len() as f64 - mean).abs() < 1e-12, "{name}");
                assert_eq!(
                    (members[members.len() - 1], members[0]),
                    (low, high),
                    "{name}"
                );
                assert_eq!(shown.front().group_means()[bar], mean);
            }
            assert_eq!((bars.eigenvalues.len(), bars.ranges.len()), (24, 24));
            for panel in ["spectrum", "risk"].map(|key| panel(&shown, key)) {
                let said = panel.describe(&shown);
                assert!(said.contains("100"), "{said}");
                assert!(!said.contains(&format!("live, d = {live}")), "{said}");
            }
            for capture in &bars.captures {
                let origin = capture.origin.as_str();
                assert!(
                    origin == "expected, d = 100" || origin == "no formula",
                    "{origin}"
                );
            }
            assert!(
                panel(&shown, "spectrum")
                    .note(&shown)
                    .contains("live runs of the changed target, d = 64,")
            );
            let [_, _, target] = Theory::heat_texts(&shown, "target");
            assert_eq!(target, Theory::heat_texts(&state, "target")[2]);
            assert!(target.contains("live, d = 64"));
        }
    }

    #[test]
    fn what_is_trained_is_marked_as_live_in_bars_and_table() {
        let mut state = Explorable::new(FigureName::Quadratic);
        let is_network = |run: &&LiveRun<NetworkFacts>| run.facts().regime == Regime::Nn;
        let id = state.plans().find(is_network).unwrap().id;
        state.set_learned(id, vec![0.25; 64 * 64]);
        let origins: Vec<String> = bars(&state)
            .captures
            .into_iter()
            .map(|capture| capture.origin)
            .collect();
        assert_eq!(
            origins,
            [
                "expected, d = 64",
                "expected, d = 64",
                "trained live, d = 64"
            ]
        );
        let head = panel(&state, "spectrum").table(&state).columns;
        assert_eq!(head[4], "NN captures (trained live, d = 64)");
        assert!(
            panel(&state, "spectrum")
                .describe(&state)
                .ends_with("the 32 largest (trained live, d = 64).")
        );
        // Results of the same target hide them: nobody has trained at their size here.
        let shown = with_results(&state);
        assert_eq!(bars(&shown).captures[2].origin, "expected, d = 100");
    }
}
