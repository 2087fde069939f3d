//! What a line, dot or bar stands for, and how that looks everywhere.

use crate::train::Regime;

/// A colour by its place in the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hue {
    /// That of text and axes.
    Text,
    /// Vermilion: of the first paper, random features.
    Vermilion,
    /// Blue: of the first paper, the neural tangent.
    Blue,
    /// Green: of the first paper, the trained network.
    Green,
}

/// The shape of a dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marker {
    /// A circle.
    Circle,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
}

/// The pattern of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dash {
    /// None.
    Solid,
    /// Long dashes.
    Long,
    /// Dots.
    Dotted,
    /// Dashes and dots in turn.
    DashDot,
}

/// How something looks: hue, shape and pattern, so that no two things are told apart by colour alone. Charts know inks; only
/// papers know subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ink {
    /// Its colour.
    pub hue: Hue,
    /// Its dots.
    pub marker: Marker,
    /// Its lines.
    pub dash: Dash,
}

/// What a line, dot or bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// Its name in data and style sheets.
    pub key: &'static str,
    /// What it is called in tables and keys.
    pub name: &'static str,
    /// How it looks.
    pub ink: Ink,
}

const fn ink(hue: Hue, marker: Marker, dash: Dash) -> Ink {
    Ink { hue, marker, dash }
}

impl Subject {
    /// Random features with the covariance chosen (isotropic unless mixed).
    pub const RF: Self = Self {
        key: "rf",
        name: "RF isotropic",
        ink: ink(Hue::Vermilion, Marker::Circle, Dash::Solid),
    };
    /// Random features with Γ ∝ B.
    pub const RF_ALIGNED: Self = Self {
        key: "rf-aligned",
        name: "RF aligned",
        ink: ink(Hue::Vermilion, Marker::Circle, Dash::Long),
    };
    /// Random features with the best Γ at each ρ.
    pub const RF_BEST: Self = Self {
        key: "rf-best",
        name: "RF best",
        ink: ink(Hue::Vermilion, Marker::Circle, Dash::Dotted),
    };
    /// Neural tangent.
    pub const NT: Self = Self {
        key: "nt",
        name: "NT",
        ink: ink(Hue::Blue, Marker::Square, Dash::Solid),
    };
    /// Fully trained network.
    pub const NN: Self = Self {
        key: "nn",
        name: "NN",
        ink: ink(Hue::Green, Marker::Diamond, Dash::Solid),
    };
    /// The best predictor of all.
    pub const BAYES: Self = Self {
        key: "bayes",
        name: "Bayes",
        ink: ink(Hue::Text, Marker::Circle, Dash::DashDot),
    };

    /// All of the first paper.
    pub const ALL: [Self; 6] = [
        Self::RF,
        Self::RF_ALIGNED,
        Self::RF_BEST,
        Self::NT,
        Self::NN,
        Self::BAYES,
    ];

    /// The subject of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.key == key)
    }

    /// Whether it is random features, whatever their weights.
    pub fn is_features(self) -> bool {
        [Self::RF, Self::RF_ALIGNED, Self::RF_BEST].contains(&self)
    }
}

impl From<Regime> for Subject {
    fn from(regime: Regime) -> Self {
        match regime {
            Regime::Rf => Self::RF,
            Regime::Nt => Self::NT,
            Regime::Nn => Self::NN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_look_alike() {
        for (index, one) in Subject::ALL.into_iter().enumerate() {
            assert_eq!(Subject::from_key(one.key), Some(one));
            for other in &Subject::ALL[..index] {
                assert_ne!(one.ink, other.ink);
                // In print without colours, too, lines of dots differ from each other and from what has none.
                let shapes = |ink: Ink| (ink.marker, ink.dash);
                assert_ne!(shapes(one.ink), shapes(other.ink));
            }
        }
    }
}
