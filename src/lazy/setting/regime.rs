//! What is trained, and in which parametrisation.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What of the network is trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Regime {
    /// Random features: the second layer, by least squares.
    Rf,
    /// Neural tangent: the linearisation in the first layer around its start, by SGD.
    Nt,
    /// Neural network: the first layer itself, by SGD.
    Nn,
}

impl Regime {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Rf, Self::Nt, Self::Nn];

    /// The name used everywhere: command line, page, files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rf => "rf",
            Self::Nt => "nt",
            Self::Nn => "nn",
        }
    }

    /// The regime of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|regime| regime.name() == name)
    }
}

impl fmt::Display for Regime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// How the network is written down, which SGD (unlike the risk) depends on.
///
/// Random features are a least-squares problem, the same under both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// As the theory has it (Ghorbani et al. 2019, §2.3): the second layer is fixed to 1, the
    /// target scaled to norm 1.
    #[default]
    Theorem,
    /// As the authors' released program has it: a second layer that is trained too, averages
    /// over neurons in place of sums, the target divided by √d.
    Published,
}

impl Protocol {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Theorem, Self::Published];

    /// The name used everywhere: command line, page, files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Theorem => "theorem",
            Self::Published => "published",
        }
    }

    /// The protocol of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|protocol| protocol.name() == name)
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What becomes of the second layer of a network (NN) that learns a mixture, whose useful
/// directions may need coefficients of either sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecondLayer {
    /// It is trained too, from 0: the data choose its signs.
    #[default]
    Trained,
    /// It is ±1, the signs that the best network of this width has.
    Fixed,
}

impl SecondLayer {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Trained, Self::Fixed];

    /// The name used everywhere: command line, page, files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trained => "trained",
            Self::Fixed => "fixed",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.name() == name)
    }
}

impl fmt::Display for SecondLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
