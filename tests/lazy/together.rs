//! Runs advanced together are the runs advanced alone, bit for bit.

use lazy_limits::experiment::{Plan, Run, advance_together};
use lazy_limits::training::TrainingRun;

const COMMON: &str = r#""schema":1,"dim":12,"batch":10,"steps":300,"samples":300"#;

fn state(rest: &str) -> TrainingRun {
    let plan = Plan::from_json(&format!("{{{COMMON},{rest}}}")).unwrap();
    TrainingRun::new(plan).unwrap()
}

fn advance_all(runs: &mut [TrainingRun], steps: u64) {
    let mut runs: Vec<&mut dyn Run> = runs.iter_mut().map(|run| run as &mut dyn Run).collect();
    advance_together(&mut runs, steps);
}

/// Both problems, every kind of model, several of each that may share samples or products, and some that may not.
fn plans() -> Vec<String> {
    let mut plans = Vec::new();
    for problem in [
        r#""problem":"qf""#,
        r#""problem":"mg","delta":"flat:0.5","sigma":"two-level","rotation":"random""#,
    ] {
        for regime in ["nn", "nt"] {
            for neurons in [5, 12, 30] {
                for (step, schedule) in [
                    ("0.001", "linear"),
                    ("0.004", "linear"),
                    ("0.001", "constant"),
                ] {
                    plans.push(format!(
                        r#"{problem},"regime":"{regime}","neurons":{neurons},"step-size":{step},"schedule":"{schedule}""#
                    ));
                }
            }
        }
    }
    for rest in [
        r#""regime":"nt","protocol":"published","neurons":5"#,
        r#""regime":"nt","protocol":"published","neurons":5,"step-size":0.01"#,
        r#""regime":"nt","protocol":"published","neurons":20,"step-size":0.01"#,
        r#""regime":"nt","protocol":"published","neurons":20,"step-size":0.02"#,
        r#""regime":"nn","protocol":"published","neurons":20"#,
        r#""regime":"nt","activation":"relu","neurons":6"#,
        r#""regime":"nt","activation":"relu","neurons":6,"step-size":0.01"#,
        r#""regime":"nt","activation":"tanh","neurons":6,"step-size":0.01"#,
        r#""regime":"nn","activation":"relu","neurons":6"#,
        // One that diverges, one of another seed, and least squares.
        r#""regime":"nn","neurons":5,"step-size":10"#,
        r#""regime":"nt","neurons":5,"seed":2"#,
        r#""regime":"rf","neurons":5"#,
    ] {
        plans.push(format!(r#""problem":"qf",{rest}"#));
    }
    plans
}

#[test]
fn together_is_alone() {
    let plans = plans();
    let mut together: Vec<TrainingRun> = plans.iter().map(|plan| state(plan)).collect();
    // Some begin ahead, as after an interruption.
    together[3].advance(7);
    together[20].advance(7);
    // In pieces that fit no report.
    for steps in [1, 13, 100, 1000] {
        advance_all(&mut together, steps);
    }
    let mut diverged = 0;
    for (plan, state_of_group) in plans.iter().zip(&together) {
        let mut alone = state(plan);
        while !alone.is_finished() {
            alone.advance(17);
        }
        assert!(state_of_group.is_finished(), "{plan}");
        assert_eq!(alone.record(), state_of_group.record(), "{plan}");
        assert_eq!(alone.checkpoint(), state_of_group.checkpoint(), "{plan}");
        diverged += u32::from(alone.record().diverged_at.is_some());
    }
    assert!(diverged > 0);
}

/// What is frozen is told apart: wrong weights would still train, to another risk.
#[test]
fn runs_of_other_weights_share_nothing_but_samples() {
    let plans = [
        r#""problem":"qf","regime":"nt","neurons":5,"spectrum":"identity""#,
        r#""problem":"qf","regime":"nt","neurons":6,"spectrum":"identity""#,
        r#""problem":"qf","regime":"nt","neurons":5,"spectrum":"spiked:4""#,
    ];
    let mut states = plans.map(state);
    advance_all(&mut states, 1000);
    for (plan, together) in plans.iter().zip(&states) {
        let mut alone = state(plan);
        while !alone.is_finished() {
            alone.advance(1000);
        }
        assert_eq!(alone.record(), together.record(), "{plan}");
    }
}
