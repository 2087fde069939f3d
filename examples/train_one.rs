//! Teaches: a run of SGD from a plan, looked at as it goes, stopped, saved and taken up again, and its optimum.
//!
//! `cargo run --example train_one`

use std::error::Error;

use lazy_limits::experiment::{Plan, Run};
use lazy_limits::training::TrainingRun;

fn main() -> Result<(), Box<dyn Error>> {
    // What `lazy-limits train` takes, with its defaults for all that is not said.
    let plan = r#"{
        "schema": 1, "problem": "qf", "spectrum": "spiked:4", "dim": 20,
        "regime": "nn", "neurons": 4, "steps": 4000, "batch": 50, "seed": 1
    }"#;
    let mut run = TrainingRun::new(Plan::from_json(plan)?)?;

    // A run goes from one recorded risk to the next.
    while run.step() < 2000 {
        run.advance(u64::MAX);
    }
    // Saved and taken up again it is the same run. (In a browser nothing is saved.)
    #[cfg(not(target_arch = "wasm32"))]
    let mut run = TrainingRun::restore(&run.checkpoint())?;
    while !run.is_finished() {
        run.advance(u64::MAX);
    }

    println!(" samples  risk");
    for at in run.risks().iter().step_by(10) {
        println!("{:8}  {:.4}", at.samples, at.risk.unwrap_or(f64::NAN));
    }
    // Risks are exact at any step, and so is what no network of this width can go below.
    let last = run.record().last.ok_or("the run diverged")?;
    let optimum = run.optimum().ok_or("there is no formula")?;
    println!("   final  {last:.4}\n optimum  {optimum:.4}");

    assert!(optimum <= last && last < 1.1 * optimum);
    Ok(())
}

#[test]
fn teaches_what_is_so() -> Result<(), Box<dyn Error>> {
    main()
}
