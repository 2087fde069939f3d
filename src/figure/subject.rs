//! What a line, dot or bar stands for, and how that looks everywhere.

use std::fmt;

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

/// What a line, dot or bar stands for: one of a few that there are, each the same only as itself.
#[derive(Clone, Copy)]
pub struct Subject(&'static Traits);

/// What is known of a subject.
struct Traits {
    key: &'static str,
    name: &'static str,
    ink: Ink,
}

const fn traits(
    key: &'static str,
    name: &'static str,
    hue: Hue,
    marker: Marker,
    dash: Dash,
) -> Traits {
    let ink = Ink { hue, marker, dash };
    Traits { key, name, ink }
}

// Statics, as their places are what tells them apart.
static RF: Traits = traits(
    "rf",
    "RF isotropic",
    Hue::Vermilion,
    Marker::Circle,
    Dash::Solid,
);
static RF_ALIGNED: Traits = traits(
    "rf-aligned",
    "RF aligned",
    Hue::Vermilion,
    Marker::Circle,
    Dash::Long,
);
static RF_BEST: Traits = traits(
    "rf-best",
    "RF best",
    Hue::Vermilion,
    Marker::Circle,
    Dash::Dotted,
);
static NT: Traits = traits("nt", "NT", Hue::Blue, Marker::Square, Dash::Solid);
static NN: Traits = traits("nn", "NN", Hue::Green, Marker::Diamond, Dash::Solid);
static BAYES: Traits = traits("bayes", "Bayes", Hue::Text, Marker::Circle, Dash::DashDot);

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Subject {}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl Subject {
    /// Random features with the covariance chosen (isotropic unless mixed).
    pub const RF: Self = Self(&RF);
    /// Random features with Γ ∝ B.
    pub const RF_ALIGNED: Self = Self(&RF_ALIGNED);
    /// Random features with the best Γ at each ρ.
    pub const RF_BEST: Self = Self(&RF_BEST);
    /// Neural tangent.
    pub const NT: Self = Self(&NT);
    /// Fully trained network.
    pub const NN: Self = Self(&NN);
    /// The best predictor of all.
    pub const BAYES: Self = Self(&BAYES);

    /// All of the first paper.
    pub const ALL: [Self; 6] = [
        Self::RF,
        Self::RF_ALIGNED,
        Self::RF_BEST,
        Self::NT,
        Self::NN,
        Self::BAYES,
    ];

    /// Its name in data and style sheets.
    pub const fn key(self) -> &'static str {
        self.0.key
    }

    /// What it is called in tables and keys.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// How it looks.
    pub const fn ink(self) -> Ink {
        self.0.ink
    }

    /// The subject of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.key() == key)
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
            assert_eq!(Subject::from_key(one.key()), Some(one));
            for other in &Subject::ALL[..index] {
                assert_ne!(one.ink(), other.ink());
                // In print without colours, too, lines of dots differ from each other and from what has none.
                let shapes = |ink: Ink| (ink.marker, ink.dash);
                assert_ne!(shapes(one.ink()), shapes(other.ink()));
            }
        }
    }
}
