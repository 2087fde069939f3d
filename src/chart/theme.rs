//! Colours: Okabe and Ito's palette, which the colour-blind can tell apart, on light and dark.

use plotters::style::RGBColor;

use crate::figure::Subject;

/// A set of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on white.
    Light,
    /// Light ink on near black.
    Dark,
    /// Black on white without shades, for forced colours.
    Contrast,
}

impl Theme {
    /// The theme of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            "forced" => Some(Self::Contrast),
            _ => None,
        }
    }

    /// The ground everything stands on.
    pub(super) const fn ground(self) -> RGBColor {
        match self {
            Self::Light | Self::Contrast => RGBColor(255, 255, 255),
            Self::Dark => RGBColor(23, 25, 30),
        }
    }

    /// Text and axes.
    pub(super) const fn ink(self) -> RGBColor {
        match self {
            Self::Light => RGBColor(60, 64, 72),
            Self::Dark => RGBColor(200, 204, 212),
            Self::Contrast => RGBColor(0, 0, 0),
        }
    }

    /// Grid lines and the outlines of bars.
    pub(super) const fn grid(self) -> RGBColor {
        match self {
            Self::Light => RGBColor(228, 230, 234),
            Self::Dark => RGBColor(50, 54, 62),
            Self::Contrast => RGBColor(160, 160, 160),
        }
    }

    /// The bars of the spectrum itself.
    pub(super) const fn bar(self) -> RGBColor {
        match self {
            Self::Light => RGBColor(214, 218, 224),
            Self::Dark => RGBColor(66, 71, 82),
            Self::Contrast => RGBColor(190, 190, 190),
        }
    }

    /// The colour of a subject; the random features share one and differ by dash.
    pub(super) const fn subject(self, subject: Subject) -> RGBColor {
        match (subject, self) {
            (Subject::Rf | Subject::RfAligned | Subject::RfBest, Self::Dark) => {
                RGBColor(240, 130, 50)
            }
            (Subject::Rf | Subject::RfAligned | Subject::RfBest, _) => RGBColor(213, 94, 0),
            (Subject::Nt, Self::Dark) => RGBColor(86, 180, 233),
            (Subject::Nt, _) => RGBColor(0, 114, 178),
            (Subject::Nn, Self::Dark) => RGBColor(40, 190, 145),
            (Subject::Nn, _) => RGBColor(0, 158, 115),
            (Subject::Bayes, _) => self.ink(),
        }
    }
}
