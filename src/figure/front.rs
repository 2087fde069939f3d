//! Results laid over a figure: a second figure, of their own problem, that stands in front of the live one.

use serde_json::Value;

use super::results::{Found, Results, ResultsError};
use super::{Explorable, FigureName, Subject};
use crate::setting::{MAX_PAGE_RHO, MIN_PAGE_RHO, Settings};
use crate::spectrum::{Family, FamilyName, Source};

/// The largest dimension that live runs take over: beyond it they would not be over while one looks.
const MAX_LIVE_DIM: usize = 64;

/// Results in front.
#[derive(Clone, Debug)]
pub(super) struct Front {
    /// The figure of their problem.
    figure: Box<Explorable>,
    /// The settings of live runs of the same target, as far as a browser can train them.
    companion: Settings,
    /// Whether the state is that of the companion, so that they are what is asked for.
    is_shown: bool,
}

/// What is laid over a figure.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Laid {
    /// What it is, in a few words.
    pub label: String,
    /// How it was made, and what the dots mean.
    pub note: String,
    /// Whether it is in front.
    pub is_shown: bool,
}

impl Explorable {
    /// Lays results over the figure in place of those before. They are in front where the state is that of their
    /// target: ρ, axis and scale are free, and the activation where there are results of it.
    ///
    /// # Errors
    /// If they cannot be shown here; then nothing changes.
    pub fn lay(&mut self, documents: &[Value]) -> Result<(), ResultsError> {
        let results = Results::read(self.name(), documents)?;
        let mut figure = Self::new(self.name());
        let mut settings = results.settings.clone();
        settings.activation = self.settings().activation;
        let shows = |figure: &Self| results.found.iter().any(|found| figure.shows(found));
        figure.set(settings.clone())?;
        if !shows(&figure) {
            settings.activation = results.found[0].activation;
            figure.set(settings)?;
        }
        if !shows(&figure) {
            return Err(ResultsError::Activation(results.found[0].activation));
        }
        let companion = companion(self.name(), figure.settings());
        figure.results = Some(results);
        self.front = Some(Front {
            figure: Box::new(figure),
            companion,
            is_shown: false,
        });
        self.follow();
        Ok(())
    }

    /// Moves to the target of the results, which are in front then; ρ stays, unless they have one width only.
    ///
    /// # Errors
    /// Never in practice: the target has been found to be one.
    pub fn show_results(&mut self) -> Result<(), ResultsError> {
        let Some(front) = &self.front else {
            return Ok(());
        };
        let mut settings = front.companion.clone();
        let own = self.settings();
        settings.rho.clone_from(&own.rho);
        settings.axis = own.axis;
        settings.log_scale = own.log_scale;
        if let Some(results) = front.figure.results()
            && let Some(neurons) = results.only_width()
        {
            let rho = neurons as f64 / results.settings.dim() as f64;
            settings.rho = vec![rho.clamp(MIN_PAGE_RHO, MAX_PAGE_RHO)];
        }
        Ok(self.set(settings)?)
    }

    /// Takes the results away.
    pub fn remove_results(&mut self) {
        self.front = None;
    }

    /// What is laid over the figure, if anything.
    pub fn laid(&self) -> Option<Laid> {
        let front = self.front.as_ref()?;
        let results = front.figure.results()?;
        Some(Laid {
            label: results.label(),
            note: results.note(),
            is_shown: front.is_shown,
        })
    }

    /// The figure that stands in front: that of the results, or this one.
    pub(super) fn front(&self) -> &Self {
        match &self.front {
            Some(front) if front.is_shown => &front.figure,
            _ => self,
        }
    }

    /// The results that this is the figure of.
    pub(super) fn results(&self) -> Option<&Results> {
        self.results.as_ref()
    }

    /// Whether it is about networks, or features, of that activation.
    pub(super) fn shows(&self, found: &Found) -> bool {
        found.activation == self.activation_of(found.is_features())
    }

    /// Lets the figure in front follow the state, or leave it.
    pub(super) fn follow(&mut self) {
        let Some(mut front) = self.front.take() else {
            return;
        };
        let own = self.settings();
        let mut settings = front.figure.settings().clone();
        settings.rho.clone_from(&own.rho);
        settings.axis = own.axis;
        settings.log_scale = own.log_scale;
        let has_activation = front.figure.results().is_some_and(|results| {
            let mut found = results.found.iter();
            self.name() == FigureName::Activation
                && found.any(|found| found.activation == own.activation)
        });
        let mut companion = front.companion.clone();
        if has_activation {
            settings.activation = own.activation;
            companion.activation = own.activation;
        }
        // What it shows of the axes can always be set.
        front.is_shown =
            !own.is_live && is_alike(own, companion) && front.figure.set(settings).is_ok();
        self.front = Some(front);
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
fn is_alike(own: &Settings, mut other: Settings) -> bool {
    other.rho.clone_from(&own.rho);
    other.axis = own.axis;
    other.log_scale = own.log_scale;
    if own.dim() != other.dim() {
        return false;
    }
    // One may say what is the other's default.
    let mut own = own.clone();
    own.set_dim(own.dim());
    other.set_dim(other.dim());
    own == other
}

/// The settings of live runs beside results of these.
fn companion(figure: FigureName, shown: &Settings) -> Settings {
    let mut settings = Settings::new(figure.scope());
    settings.spectrum = shown.spectrum.clone();
    settings.sigma = shown.sigma.clone();
    settings.is_rotated = shown.is_rotated;
    settings.mix = shown.mix;
    settings.activation = shown.activation;
    if shown.dim() > MAX_LIVE_DIM {
        // The authors' draw is of one size: in fewer dimensions there is only what it was drawn from.
        let paper = Source::Family(Family::new(FamilyName::Paper));
        if settings.spectrum.source == paper {
            settings.spectrum.source = Source::Family(Family::new(FamilyName::Exponential));
        }
    } else if shown.dim() != settings.dim() && !settings.has_given_dim() {
        settings.set_dim(shown.dim());
    }
    settings
}
