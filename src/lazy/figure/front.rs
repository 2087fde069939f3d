//! Results laid over a figure: a second figure, of their own problem, that stands in front of the live one.

use super::dial::LazyPoint;
use super::results::{Found, LaidResults, LazyFound, Own, Path};
use super::{Explorable, FigureName};
use crate::figure::Subject;
use crate::lazy::finite;
use crate::lazy::setting::Settings;
use crate::setting::{About, Parameters, SettingError};
use crate::spectrum::{Family, FamilyName, Source};

/// The largest dimension that live runs take over: beyond it they would not be over while one looks.
const MAX_LIVE_DIM: usize = 64;

/// Results in front.
#[derive(Clone)]
pub(super) struct Front {
    /// The figure of their problem.
    figure: Box<Explorable>,
    /// The settings of live runs of the same target, as far as a browser can train them.
    companion: Settings,
    /// Whether the state is that of the companion, or of their very problem, so that they are what is asked for.
    is_shown: bool,
}

impl Explorable {
    /// Lays results of this target over the figure in place of those before; they have none yet. They are in front where
    /// the state is that of their target: ρ, axis and scale are free, and the activation where there are results of it.
    ///
    /// # Errors
    /// If it is no target; then nothing changes.
    pub fn lay(&mut self, target: Settings) -> Result<(), SettingError> {
        let mut figure = Self::new(self.name());
        figure.set(target)?;
        figure.scene.results = Some(LaidResults {
            bayes: figure.problem().mixture().map(finite::bayes),
            ..LaidResults::default()
        });
        self.scene.front = Some(Front {
            companion: companion(self.name(), figure.settings()),
            figure: Box::new(figure),
            is_shown: false,
        });
        self.follow_front();
        Ok(())
    }

    /// Adds a risk to the results laid over the figure.
    pub fn add_found(&mut self, found: Found) {
        if let Some(results) = self.laid_mut() {
            results.found.push(found);
        }
    }

    /// Adds a network of a laziness to the results laid over the figure; NT is that of infinite laziness. They are of
    /// few widths: what is in front stands at the nearest to the ρ that is set.
    pub fn add_lazy(&mut self, found: LazyFound) {
        let Some(results) = self.laid_mut() else {
            return;
        };
        let is_new = results.lazy.iter().all(|old| old.neurons != found.neurons);
        results.lazy.push(found);
        if is_new {
            self.follow_front();
        }
    }

    /// Adds risk against samples to the results laid over the figure.
    pub fn add_path(&mut self, path: Path) {
        if let Some(results) = self.laid_mut() {
            results.paths.push(path);
        }
    }

    /// Puts a reader's own network beside the results, in place of one of its width. Those of another target are kept out.
    pub fn put_own(&mut self, target: &Settings, own: Own) {
        let same = |front: &Front| front.figure.settings().agrees(target, About::PROBLEM);
        if self.scene.front.as_ref().is_some_and(same)
            && let Some(results) = self.laid_mut()
        {
            let another = |old: &Own| old.path.neurons != own.path.neurons;
            results.own.retain(another);
            results.own.push(own);
        }
    }

    fn laid_mut(&mut self) -> Option<&mut LaidResults> {
        self.scene.front.as_mut()?.figure.scene.results.as_mut()
    }

    /// Moves to the target of the results, which are in front then.
    ///
    /// # Errors
    /// Never in practice: the target has been found to be one.
    pub fn show_results(&mut self) -> Result<(), SettingError> {
        match &self.scene.front {
            Some(front) => {
                let mut settings = front.companion.clone();
                settings.copy(self.settings(), About::LOOKING);
                settings.is_live = false;
                self.set(settings)
            }
            None => Ok(()),
        }
    }

    /// Takes the results away.
    pub fn remove_results(&mut self) {
        self.scene.front = None;
    }

    /// Whether results are in front.
    pub fn shows_results(&self) -> bool {
        self.scene
            .front
            .as_ref()
            .is_some_and(|front| front.is_shown)
    }

    /// The figure that stands in front: that of the results, or this one.
    pub(super) fn front(&self) -> &Self {
        match &self.scene.front {
            Some(front) if front.is_shown => &front.figure,
            _ => self,
        }
    }

    /// The results that this is the figure of.
    pub(super) fn results(&self) -> Option<&LaidResults> {
        self.scene.results.as_ref()
    }

    /// Where the exact line by laziness is at the handle: between values that results have, where it is drawn.
    pub(super) fn lazy_at_handle(&self) -> Option<LazyPoint> {
        let between = self
            .results()
            .zip(self.laziness())
            .and_then(|(results, alpha)| results.lazy_between(self.neurons(), alpha));
        self.lazy_exact().or(between)
    }

    /// Whether it is about networks, or features, of that activation.
    pub(super) fn shows(&self, found: &Found) -> bool {
        found.activation == self.activation_of(found.is_features())
    }

    /// The reader's own networks among the results, as far as they are of what is shown.
    pub(super) fn owns<'a>(
        &self,
        results: &'a LaidResults,
    ) -> impl Iterator<Item = &'a Own> + use<'a> {
        let activation = self.network_activation();
        let own = results.own.iter();
        own.filter(move |own| own.path.activation == activation)
    }

    /// Lets the figure in front follow the state, or leave it.
    pub(super) fn follow_front(&mut self) {
        let Some(mut front) = self.scene.front.take() else {
            return;
        };
        let own = self.settings();
        let mut settings = front.figure.settings().clone();
        settings.copy(own, About::LOOKING);
        let has_activation = front.figure.results().is_some_and(|results| {
            let mut found = results.found.iter();
            found.any(|found| found.activation == own.activation)
        });
        if self.is_about_activations() && has_activation {
            settings.activation = own.activation;
            front.companion.activation = own.activation;
        }
        let dim = front.figure.dim() as f64;
        let results = front.figure.results();
        if let Some(neurons) = results.and_then(|results| results.nearest_lazy(own.rho[0] * dim)) {
            settings.rho = vec![neurons as f64 / dim];
        }
        // What it shows of the axes can always be set.
        let is_asked = is_alike(own, &front.companion) || is_alike(own, &settings);
        front.is_shown = !own.is_live && is_asked && front.figure.set(settings).is_ok();
        self.scene.front = Some(front);
    }

    /// The exact risk of NT at that width, if a path of the results has it.
    pub(super) fn tangent_found(&self, neurons: usize) -> Option<f64> {
        let mut paths = self.results()?.paths.iter();
        let path = paths.find(|path| path.subject == Subject::NT && path.neurons == neurons)?;
        path.optimum
    }

    /// The least risk of the results for that subject and width, trained or exact.
    pub(super) fn risk_found(
        &self,
        subject: Subject,
        neurons: usize,
        is_exact: bool,
    ) -> Option<f64> {
        let wanted = |found: &&Found| {
            found.subject == subject
                && found.neurons == neurons
                && found.sd.is_some() == is_exact
                && self.shows(found)
        };
        let risks = self.results()?.found.iter().filter(wanted);
        risks.map(|found| found.risk).reduce(f64::min)
    }
}

/// Whether `own` asks for the target and the runs of `other`, wherever the handle is.
fn is_alike(own: &Settings, other: &Settings) -> bool {
    let mut other = other.clone();
    other.copy(own, About::LOOKING);
    // One may say what is the other's default.
    if own.dim() == other.dim() {
        other.set_dim(own.explicit_dim());
    }
    *own == other
}

/// The settings of live runs beside results of these.
fn companion(figure: FigureName, shown: &Settings) -> Settings {
    let mut settings = Settings::new(figure.scope());
    settings.copy(shown, &[About::Target, About::Edits, About::Features]);
    settings.set_dim(None);
    if shown.dim() > MAX_LIVE_DIM {
        // The authors' draw is of one size: in fewer dimensions there is only what it was drawn from.
        if settings.spectrum.source == Source::Family(Family::new(FamilyName::Paper)) {
            settings.spectrum.source = Source::Family(Family::new(FamilyName::Exponential));
        }
    } else if shown.dim() != settings.dim() {
        settings.set_dim(shown.explicit_dim());
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::Activation;
    use crate::figure::Scene;
    use crate::lazy::figure::Theory;
    use crate::lazy::figure::seen::{chart, panel};

    fn found(subject: Subject, neurons: usize, risk: f64) -> Found {
        Found {
            subject,
            activation: Activation::Quadratic,
            neurons,
            risk,
            sd: None,
            is_filled: true,
        }
    }

    /// A figure with one dot of the paper's target in 450 dimensions over it.
    fn with_results() -> Explorable {
        let mut figure = Explorable::new(FigureName::Quadratic);
        let mut target = figure.settings().clone();
        target.set("spectrum", "paper").unwrap();
        target.set_dim(Some(450));
        figure.lay(target).unwrap();
        figure.add_found(found(Subject::NN, 225, 0.034));
        figure
    }

    #[test]
    fn results_of_the_default_target_are_in_front_at_their_own_size() {
        let figure = with_results();
        assert!(figure.shows_results());
        let risks = figure.risks();
        assert_eq!((risks.dim, risks.neurons), (450, 225));
        assert_eq!(risks.trained.unwrap().nn, Some(0.034));
        assert_eq!(risks.exact.rf_best, None);
        assert_eq!(chart(&figure, "risk").dots.len(), 1);
        assert_eq!(figure.eigenvalues().len(), 450);
        // Live runs and heat maps stay those of the state.
        assert_eq!(figure.dim(), 64);
        let image = Theory::heat(&figure, "target", false).unwrap();
        assert_eq!(image.width, 64);
        assert!(figure.clone().plans().all(|plan| plan.facts().dim == 64));
    }

    #[test]
    fn exact_risks_of_results_are_read_at_the_handle() {
        let mut figure = with_results();
        figure.add_found(Found {
            sd: Some(0.01),
            ..found(Subject::RF_BEST, 225, 0.5)
        });
        assert_eq!(figure.risks().exact.rf_best, Some(0.5));
        assert_eq!(figure.risks().trained.unwrap().nn, Some(0.034));
    }

    #[test]
    fn the_least_risk_of_a_mixture_is_that_of_their_dimension() {
        let mut figure = Explorable::new(FigureName::Mixture);
        let mut target = figure.settings().clone();
        target.set_dim(Some(450));
        let problem = target.problem().unwrap();
        figure.lay(target).unwrap();
        let bayes = finite::bayes(problem.mixture().unwrap());
        assert_eq!(figure.risks().exact.bayes, Some(bayes));
        assert_eq!(with_results().risks().exact.bayes, None);
    }

    #[test]
    fn they_follow_where_one_looks_and_leave_when_something_else_is_asked_for() {
        let mut figure = with_results();
        for (key, text) in [
            ("rho", "0.2"),
            ("axis", "parameters"),
            ("scale", "linear"),
            ("dim", "64"),
        ] {
            figure.set_text(key, text).unwrap();
            assert!(figure.shows_results(), "{key}");
        }
        assert_eq!(figure.risks().neurons, 90);
        for (key, text) in [
            ("spectrum", "identity"),
            ("dim", "63"),
            ("mix", "0.5"),
            ("activation", "relu"),
            ("multipliers", "2,1"),
            ("steps", "100"),
            ("seed", "2"),
            ("show", "live"),
        ] {
            let mut changed = figure.clone();
            changed.set_text(key, text).unwrap();
            assert!(!changed.shows_results(), "{key}");
            assert_eq!(changed.risks().trained, None);
            changed.show_results().unwrap();
            assert!(changed.shows_results(), "{key}");
            assert_eq!(changed.rho(), 0.2);
        }
    }

    #[test]
    fn they_are_in_front_where_the_state_is_their_very_problem() {
        let mut figure = with_results();
        figure.set_text("spectrum", "paper").unwrap();
        assert!(!figure.shows_results());
        figure.set_text("dim", "450").unwrap();
        assert!(figure.shows_results());
    }

    /// The figure on laziness with results of two widths in 450 dimensions over it.
    fn with_lazy_results() -> Explorable {
        let mut figure = Explorable::new(FigureName::Laziness);
        let mut target = figure.settings().clone();
        target.set_dim(Some(450));
        figure.lay(target).unwrap();
        for neurons in [90, 225] {
            for (laziness, movement, is_exact) in [
                (1.0, 0.8, true),
                (4.0, 0.2, true),
                (f64::INFINITY, 0.0, true),
                (1.0, 0.9, false),
            ] {
                figure.add_lazy(LazyFound {
                    neurons,
                    point: LazyPoint {
                        laziness,
                        risk: 0.1 * laziness.min(5.0),
                        movement,
                        alignment: 0.5,
                    },
                    is_exact,
                });
            }
        }
        figure
    }

    #[test]
    fn networks_of_a_laziness_stay_in_front_at_the_nearest_width() {
        let mut figure = with_lazy_results();
        for (rho, neurons) in [
            ("0.5", 225),
            ("0.6", 225),
            ("0.36", 225),
            ("0.34", 90),
            ("0.01", 90),
        ] {
            figure.set_text("rho", rho).unwrap();
            assert!(figure.shows_results());
            assert_eq!(chart(&figure, "risk").dots.len(), 1, "{rho}");
            let numbers = serde_json::to_value(Theory::numbers(&figure)).unwrap();
            assert_eq!(numbers["neurons"], f64::from(neurons), "{rho}");
            assert_eq!(numbers["rho"], f64::from(neurons) / 450.0);
            // What is set stays.
            assert_eq!(figure.rho().to_string(), rho);
        }
    }

    #[test]
    fn the_handle_stays_on_the_exact_line_between_its_values() {
        let mut figure = with_lazy_results();
        figure.set_text("laziness", "2").unwrap();
        let over = |key: &str| {
            let over = figure.panel(key).and_then(|panel| panel.over(&figure));
            over.unwrap().crossings[0]
        };
        let near = |(_, x, y): (Subject, f64, f64), at: (f64, f64)| {
            (x - at.0).abs() < 1e-9 && (y - at.1).abs() < 1e-9
        };
        // Both axes of the one are logarithmic.
        assert!(near(over("movement"), (2.0, 0.4)));
        assert!(near(over("gain"), (0.4, 0.25)));
        // But no number is made of it.
        let numbers = serde_json::to_value(Theory::numbers(&figure)).unwrap();
        assert!(numbers["exact"]["movement"].is_null());
    }

    #[test]
    fn a_drag_means_the_place_on_the_axis_in_front() {
        let mut figure = with_results();
        figure.set_text("axis", "parameters").unwrap();
        let place = |figure: &Explorable| {
            let chart = figure
                .panel("risk")
                .and_then(|risk| risk.over(figure))
                .unwrap();
            crate::figure::Frame::chart(600.0, 400.0).x(&chart.x, chart.handle[0])
        };
        let x = place(&figure) - 40.0;
        let risk = panel(&figure, "risk");
        figure
            .drag(risk, "rho", (600.0, 400.0), (x, 200.0))
            .unwrap();
        assert!((place(&figure) - x).abs() < 1.0);
    }

    #[test]
    fn live_runs_take_over_a_small_target_whole_and_a_large_one_but_for_its_size() {
        for (spectrum, dim, hash) in [
            ("identity", 32, "v=1&dim=32&spectrum=identity"),
            ("identity", 450, "v=1&spectrum=identity"),
            ("paper", 32, "v=1&dim=32&spectrum=paper"),
            ("paper", 450, "v=1"),
        ] {
            let mut figure = Explorable::new(FigureName::Quadratic);
            let mut target = figure.settings().clone();
            target.set("spectrum", spectrum).unwrap();
            target.set_dim(Some(dim));
            figure.lay(target).unwrap();
            figure.show_results().unwrap();
            assert!(figure.shows_results());
            let written = figure.settings().to_hash();
            assert_eq!(written, hash);
        }
    }

    #[test]
    fn what_is_no_target_leaves_what_there_was() {
        let mut figure = with_results();
        let mut target = figure.settings().clone();
        target.set("spectrum", "0,0").unwrap();
        target.set_dim(Some(2));
        assert!(figure.lay(target).is_err());
        assert_eq!(figure.risks().trained.unwrap().nn, Some(0.034));
        figure.remove_results();
        assert_eq!((figure.risks().dim, figure.risks().trained), (64, None));
    }

    #[test]
    fn a_readers_own_network_stands_beside_results_of_its_target_only() {
        let mut figure = with_results();
        let mut target = figure.settings().clone();
        target.set("spectrum", "paper").unwrap();
        target.set_dim(Some(450));
        let own = |points: &[(f64, f64)], is_finished| Own {
            path: Path {
                subject: Subject::NN,
                activation: Activation::Quadratic,
                neurons: 225,
                optimum: None,
                points: points.to_vec(),
            },
            is_finished,
        };
        let (begun, done) = ([(100.0, 0.9)], [(100.0, 0.9), (200.0, 0.05)]);
        figure.put_own(&target, own(&begun, false));
        let dots = chart(&figure, "risk").dots;
        assert_eq!((dots.len(), dots[1].y, dots[1].finished), (2, 0.9, false));
        // Labels stay where they are while it trains.
        assert_eq!((dots[0].settled, dots[1].settled), (true, false));
        figure.put_own(&target, own(&done, true));
        let dots = chart(&figure, "risk").dots;
        assert_eq!((dots.len(), dots[1].y, dots[1].finished), (2, 0.05, true));
        let lines = chart(&figure, "samples").lines;
        let label = lines.last().unwrap().label.as_deref();
        assert_eq!(label, Some("NN, N = 225, here"));
        assert_eq!(panel(&figure, "samples").table(&figure).rows.len(), 2);
        // The least risk of the results stays theirs.
        assert_eq!(figure.risks().trained.unwrap().nn, Some(0.034));

        target.set_dim(Some(64));
        figure.put_own(&target, own(&begun, false));
        assert_eq!(chart(&figure, "risk").dots.len(), 2);
        figure.remove_results();
        target.set_dim(Some(450));
        figure.put_own(&target, own(&begun, false));
        assert!(chart(&figure, "risk").dots.is_empty());
    }

    #[test]
    fn risk_against_samples_is_that_of_the_nearest_width() {
        let mut figure = with_results();
        for neurons in [90, 225, 360] {
            figure.add_path(Path {
                subject: Subject::NN,
                activation: Activation::Quadratic,
                neurons,
                optimum: Some(0.1),
                points: vec![(0.0, 2.0), (100.0, 1.0), (1e6, 0.2)],
            });
        }
        figure.set_text("rho", "0.7").unwrap();
        let chart = chart(&figure, "samples");
        let labels: Vec<&str> = chart
            .lines
            .iter()
            .filter_map(|line| line.label.as_deref())
            .collect();
        assert_eq!(labels, ["NN, N = 360"]);
        assert_eq!((chart.x.min, chart.x.max), (100.0, 1e6));
        assert_eq!(panel(&figure, "samples").table(&figure).rows.len(), 3);
    }
}
