//! Low-degree polynomials are learnt, by networks and by random features (power-and-limits, Thm 3.1): the theorem by example. Its
//! constants are not shown, only its shape: all layers trained, or the output layer alone, against the width.

mod network;
mod run;
mod settings;

pub use network::{Judgement, SoftplusNetwork};
pub use run::POLYNOMIAL;
pub use settings::{Layers, PolynomialSettings, Sign};
