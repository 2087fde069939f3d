//! What is to be learnt: the target, its moments, and the exact risk of a given predictor.

mod quadratic;

pub use quadratic::{ProblemError, Quadratic};
