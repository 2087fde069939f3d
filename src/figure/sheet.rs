//! What each figure consists of.

use super::bars::SpectrumPanel;
use super::classes::ClassesPanel;
use super::explorable::FigureName;
use super::risk::RiskPanel;
use super::samples::SamplesPanel;
use super::sigma::ActivationPanel;
use super::{Explorable, Panel};

/// A figure as a list of what it shows.
pub struct Sheet {
    /// Its panels, in reading order.
    pub panels: &'static [&'static dyn Panel],
}

static QUADRATIC: Sheet = Sheet {
    panels: &[&RiskPanel, &SamplesPanel, &SpectrumPanel],
};
static MIXTURE: Sheet = Sheet {
    panels: &[&RiskPanel, &SamplesPanel, &SpectrumPanel, &ClassesPanel],
};
static ACTIVATION: Sheet = Sheet {
    panels: &[&RiskPanel, &SamplesPanel, &SpectrumPanel, &ActivationPanel],
};

impl FigureName {
    /// What the figure consists of.
    pub fn sheet(self) -> &'static Sheet {
        match self {
            Self::Quadratic => &QUADRATIC,
            Self::Mixture => &MIXTURE,
            Self::Activation => &ACTIVATION,
        }
    }
}

impl Explorable {
    /// What the figure consists of.
    pub fn sheet(&self) -> &'static Sheet {
        self.name().sheet()
    }
}
