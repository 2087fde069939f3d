//! What lines and dots of this paper stand for.

use crate::figure::{Dash, Hue, Marker, Subject, Traits};

// Statics, as their places are what tells them apart.
static RF: Traits = Traits::new("rf", "RF", Hue::Vermilion, Marker::Circle, Dash::Solid);
static NT: Traits = Traits::new("nt", "NT", Hue::Blue, Marker::Square, Dash::Long);
static NN: Traits = Traits::new("nn", "one neuron", Hue::Green, Marker::Diamond, Dash::Solid);
static ANY: Traits = Traits::new("any", "any", Hue::Text, Marker::Circle, Dash::Long);
static OTHER: Traits = Traits::new(
    "other",
    "RF in other dimensions",
    Hue::Text,
    Marker::Circle,
    Dash::Solid,
);
static THRESHOLD: Traits = Traits::new(
    "threshold",
    "error 1/50",
    Hue::Text,
    Marker::Diamond,
    Dash::Dotted,
);

/// Random features.
pub(in crate::neuron) const FEATURES: Subject = Subject::new(&RF);
/// Features of the neural tangent.
pub(in crate::neuron) const TANGENT: Subject = Subject::new(&NT);
/// The neuron that is trained.
pub(in crate::neuron) const TRAINED: Subject = Subject::new(&NN);
/// Any features that are fixed.
pub(in crate::neuron) const ANY_FEATURES: Subject = Subject::new(&ANY);
/// Random features in dimensions that are not looked at.
pub(in crate::neuron) const OTHER_DIMS: Subject = Subject::new(&OTHER);
/// The error of Theorem 4.2.
pub(in crate::neuron) const ERROR: Subject = Subject::new(&THRESHOLD);
