//! What lines, dots and bars of the first paper stand for.

use crate::figure::{Dash, Hue, Marker, Subject, Traits};
use crate::lazy::train::Regime;

// Statics, as their places are what tells them apart.
static RF: Traits = Traits::new(
    "rf",
    "RF isotropic",
    Hue::Vermilion,
    Marker::Circle,
    Dash::Solid,
);
static RF_ALIGNED: Traits = Traits::new(
    "rf-aligned",
    "RF aligned",
    Hue::Vermilion,
    Marker::Circle,
    Dash::Long,
);
static RF_BEST: Traits = Traits::new(
    "rf-best",
    "RF best",
    Hue::Vermilion,
    Marker::Circle,
    Dash::Dotted,
);
static NT: Traits = Traits::new("nt", "NT", Hue::Blue, Marker::Square, Dash::Solid);
static NN: Traits = Traits::new("nn", "NN", Hue::Green, Marker::Diamond, Dash::Solid);
static LAZY: Traits = Traits::new(
    "lazy",
    "NN of laziness α",
    Hue::Text,
    Marker::Triangle,
    Dash::Solid,
);
static BAYES: Traits = Traits::new("bayes", "Bayes", Hue::Text, Marker::Circle, Dash::DashDot);

impl Subject {
    /// Random features with the covariance chosen (isotropic unless mixed).
    pub const RF: Self = Self::new(&RF);
    /// Random features with Γ ∝ B.
    pub const RF_ALIGNED: Self = Self::new(&RF_ALIGNED);
    /// Random features with the best Γ at each ρ.
    pub const RF_BEST: Self = Self::new(&RF_BEST);
    /// Neural tangent.
    pub const NT: Self = Self::new(&NT);
    /// Fully trained network.
    pub const NN: Self = Self::new(&NN);
    /// Trained network of a laziness.
    pub const LAZY: Self = Self::new(&LAZY);
    /// The best predictor of all.
    pub const BAYES: Self = Self::new(&BAYES);

    /// All of the first paper.
    pub const ALL: [Self; 7] = [
        Self::RF,
        Self::RF_ALIGNED,
        Self::RF_BEST,
        Self::NT,
        Self::NN,
        Self::LAZY,
        Self::BAYES,
    ];

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
    use crate::figure::Ink;

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
