//! Every solver against a slow sure one, on inputs that are hard for it: what it answers is right to what it vouches for,
//! and what it refuses is rare.
//!
//! Some hundred cases of each in a test; any number by `SOLVER_CASES`, as in
//!
//! ```text
//! SOLVER_CASES=100000 cargo test --test solvers -- --nocapture
//! ```
//!
//! which prints the worst of each. The sure ones compute in double-double arithmetic, 32 digits, by elimination.
#![cfg(not(target_arch = "wasm32"))]

mod activated;
mod dense;
mod draws;
mod features;
mod full;
mod limits;
mod tangents;

use std::env;

use draws::Draws;

/// Runs `check` for `cases` draws, or as many as the environment says, and says what the worst error was. `check` returns
/// the error of a case, or none if the solver refused.
///
/// # Panics
/// If an error exceeds `allowed`, or more than the share `refusable` is refused.
fn every(
    name: &str,
    cases: u64,
    allowed: f64,
    refusable: f64,
    check: impl Fn(&mut Draws) -> Option<f64>,
) {
    let cases = env::var("SOLVER_CASES").map_or(cases, |text| text.parse().expect("a number"));
    let (mut worst, mut at, mut refused) = (0.0_f64, 0, 0_u64);
    for case in 0..cases {
        match check(&mut Draws::new(case)) {
            Some(error) => {
                assert!(
                    error <= allowed,
                    "{name}, case {case}: off by {error:.2e}, allowed are {allowed:.0e}"
                );
                if error > worst {
                    (worst, at) = (error, case);
                }
            }
            None => refused += 1,
        }
    }
    println!(
        "{name}: {cases} cases, worst error {worst:.1e} of {allowed:.0e} in case {at}, {refused} refused"
    );
    assert!(
        refused as f64 <= refusable * cases as f64,
        "{name}: {refused} of {cases} refused"
    );
}
