//! What each figure consists of.

use super::panels::activation::ActivationPanel;
use super::panels::arrows::ArrowsPanel;
use super::panels::classes::ClassesPanel;
use super::panels::gain::GainPanel;
use super::panels::laziness;
use super::panels::risk::RiskPanel;
use super::panels::samples::SamplesPanel;
use super::panels::spectrum::SpectrumPanel;
use super::scene::{FigureName, Theory};
use crate::figure::{OpenSheet, Panel, Place, Sheet};

const fn sheet(figure: FigureName, panels: &'static [&'static dyn Panel<Theory>]) -> Sheet<Theory> {
    Sheet {
        maps: &["target", "rf", "nt", "nn"],
        takes_results: true,
        ..Sheet::new(figure.name(), figure.scope(), panels)
    }
}

static QUADRATIC: Sheet<Theory> = sheet(
    FigureName::Quadratic,
    &[
        &RiskPanel,
        &SamplesPanel,
        &SpectrumPanel,
        &ArrowsPanel {
            place: Place::Below,
        },
    ],
);
static MIXTURE: Sheet<Theory> = sheet(
    FigureName::Mixture,
    &[&RiskPanel, &SamplesPanel, &SpectrumPanel, &ClassesPanel],
);
static ACTIVATION: Sheet<Theory> = sheet(
    FigureName::Activation,
    &[&RiskPanel, &SamplesPanel, &SpectrumPanel, &ActivationPanel],
);

static LAZINESS: Sheet<Theory> = Sheet {
    takes_results: true,
    ..Sheet::new(
        FigureName::Laziness.name(),
        FigureName::Laziness.scope(),
        &[
            &laziness::RISK,
            &ArrowsPanel { place: Place::Side },
            &laziness::MOVEMENT,
            &laziness::ALIGNMENT,
            &GainPanel,
        ],
    )
};

/// All figures of the part.
pub static FIGURES: &[&dyn OpenSheet] = &[&QUADRATIC, &LAZINESS, &MIXTURE, &ACTIVATION];

impl FigureName {
    /// What the figure consists of.
    pub fn sheet(self) -> &'static Sheet<Theory> {
        match self {
            Self::Quadratic => &QUADRATIC,
            Self::Laziness => &LAZINESS,
            Self::Mixture => &MIXTURE,
            Self::Activation => &ACTIVATION,
        }
    }
}
