//! Results laid over a figure: a second figure, of their own problem, that stands in front of the live one.

use super::results::{Found, Path, Results};
use super::{Explorable, FigureName, Subject};
use crate::setting::{SettingError, Settings};
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

impl Explorable {
    /// Lays results of this target over the figure in place of those before; they have none yet. They are in front where
    /// the state is that of their target: ρ, axis and scale are free, and the activation where there are results of it.
    ///
    /// # Errors
    /// If it is no target; then nothing changes.
    pub fn lay(&mut self, target: Settings) -> Result<(), SettingError> {
        let mut figure = Self::new(self.name());
        figure.set(target)?;
        figure.results = Some(Results::default());
        self.front = Some(Front {
            companion: companion(self.name(), figure.settings()),
            figure: Box::new(figure),
            is_shown: false,
        });
        self.follow();
        Ok(())
    }

    /// Adds a risk to the results laid over the figure.
    pub fn add_found(&mut self, found: Found) {
        if let Some(results) = self.laid_mut() {
            results.found.push(found);
        }
    }

    /// Adds risk against samples to the results laid over the figure.
    pub fn add_path(&mut self, path: Path) {
        if let Some(results) = self.laid_mut() {
            results.paths.push(path);
        }
    }

    fn laid_mut(&mut self) -> Option<&mut Results> {
        self.front.as_mut()?.figure.results.as_mut()
    }

    /// Moves to the target of the results, which are in front then.
    ///
    /// # Errors
    /// Never in practice: the target has been found to be one.
    pub fn show_results(&mut self) -> Result<(), SettingError> {
        match &self.front {
            Some(front) => {
                let mut settings = front.companion.clone();
                settings.copy_view(self.settings());
                self.set(settings)
            }
            None => Ok(()),
        }
    }

    /// Takes the results away.
    pub fn remove_results(&mut self) {
        self.front = None;
    }

    /// Whether results are in front.
    pub fn shows_results(&self) -> bool {
        self.front.as_ref().is_some_and(|front| front.is_shown)
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
        settings.copy_view(own);
        let has_activation = front.figure.results().is_some_and(|results| {
            let mut found = results.found.iter();
            found.any(|found| found.activation == own.activation)
        });
        if self.name() == FigureName::Activation && has_activation {
            settings.activation = own.activation;
            front.companion.activation = own.activation;
        }
        // What it shows of the axes can always be set.
        front.is_shown =
            !own.is_live && is_alike(own, &front.companion) && front.figure.set(settings).is_ok();
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
fn is_alike(own: &Settings, other: &Settings) -> bool {
    let mut other = other.clone();
    other.copy_view(own);
    // One may say what is the other's default.
    if own.dim() == other.dim() {
        other.copy_dim(own);
    }
    *own == other
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
        if settings.spectrum.source == Source::Family(Family::new(FamilyName::Paper)) {
            settings.spectrum.source = Source::Family(Family::new(FamilyName::Exponential));
        }
    } else if shown.dim() != settings.dim() {
        settings.copy_dim(shown);
    }
    settings
}
