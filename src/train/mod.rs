//! Training: being written.

use serde::{Deserialize, Serialize};

macro_rules! named {
    ($(#[$meta:meta])* $type:ident { $($(#[$doc:meta])* $variant:ident = $name:literal),* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $type { $($(#[$doc])* $variant),* }
        impl $type {
            /// The name used everywhere.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
            /// The value of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

named! {
    /// What is trained.
    Regime {
        /// Random features.
        Rf = "rf",
        /// Neural tangent.
        Nt = "nt",
        /// Neural network.
        Nn = "nn"
    }
}
named! {
    /// Parametrisation.
    Protocol {
        /// §2.3.
        Theorem = "theorem",
        /// The authors'.
        Published = "published"
    }
}
named! {
    /// Step size over a run.
    Schedule {
        /// Linear.
        Linear = "linear",
        /// Constant.
        Constant = "constant",
        /// Published.
        Published = "published"
    }
}
