//! `train`: one run, as the library runs it.

use lazy_limits::experiment::{Plan, Run as _};
use lazy_limits::training::TrainingRun;
use serde_json::Value;

use crate::line;

fn record(plan: &str) -> Value {
    let mut state = TrainingRun::new(Plan::from_json(plan).unwrap()).unwrap();
    while !state.is_finished() {
        state.advance(u64::MAX);
    }
    let mut record = state.record();
    record.optimum = state.optimum();
    serde_json::from_str(&serde_json::to_string(&record).unwrap()).unwrap()
}

#[test]
fn a_run_is_the_librarys() {
    for (options, plan) in [
        ("--steps 40", r#""steps":40"#),
        (
            "--steps 40 --regime nt --seed 3",
            r#""steps":40,"regime":"nt","seed":3"#,
        ),
        (
            "--steps 40 --protocol published --schedule published --neurons 20",
            r#""steps":40,"protocol":"published","schedule":"published","neurons":20"#,
        ),
        (
            "--regime rf --samples 3000 --weights aligned --activation relu",
            r#""regime":"rf","samples":3000,"weights":"aligned","activation":"relu""#,
        ),
    ] {
        let json = line(&format!("train qf --dim 10 --format json {options}")).json();
        let plan = format!(r#"{{"schema":1,"problem":"qf","dim":10,{plan}}}"#);
        assert_eq!(json, record(&plan), "{options}");
        assert_eq!(json["schema"], 1);
        assert_eq!(json["interrupted"], false);
        assert!(json["diverged_at"].is_null());
        assert!(json["optimum"].as_f64() < json["final"].as_f64());
    }
}

#[test]
fn csv_has_every_report_and_a_table_the_last() {
    let text = "train qf --dim 10 --steps 3000 --seed 8";
    let json = line(&format!("{text} --format json")).json();
    let csv = line(&format!("{text} --format csv")).stdout;
    let table = line(text).stdout;
    let risk = json["risk"].as_array().unwrap();
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("samples,risk,movement,alignment"));
    assert_eq!(lines.clone().count(), risk.len());
    for (line, at) in lines.zip(risk) {
        let (samples, values) = line.split_once(',').unwrap();
        assert_eq!(samples, at["samples"].to_string());
        for (value, key) in values.split(',').zip(["risk", "movement", "alignment"]) {
            let difference = value.parse::<f64>().unwrap() - at[key].as_f64().unwrap();
            assert!(difference.abs() < 1e-15, "{key}");
        }
    }
    // Rows are thinned, but end with the end.
    assert!(table.lines().count() < 45 && risk.len() > 100);
    let last = json["final"].as_f64().unwrap();
    assert!(
        table.contains(&format!("   300000  {last:.4}  ")),
        "{table}"
    );
    for part in ["d = 10", "N = 5", "seed 8", "(auto)", "Optimum"] {
        assert!(table.contains(part), "{part} is not in\n{table}");
    }
    assert!(table.contains(&format!("Final risk {last:.5}")));
}

#[test]
fn a_diverged_run_is_a_result() {
    let text = "train qf --dim 10 --steps 500 --step-size 0.8";
    let json = line(&format!("{text} --format json")).json();
    let step = json["diverged_at"].as_u64().unwrap();
    assert!(step < 500);
    assert_eq!(json["interrupted"], false);
    let table = line(text);
    assert_eq!(table.code, Some(0));
    assert!(table.stdout.contains(&format!("Diverged at step {step}")));
    assert!(!table.stdout.contains("NaN"));
}

#[test]
fn options_without_effect_are_pointed_out() {
    // Notes, but no progress: a slow machine would say how far it is.
    let run = line("train qf --dim 6 --regime rf --samples 600 --steps 3 --quiet");
    assert_eq!(run.code, Some(0));
    assert_eq!(run.stderr, "note: --steps is not used by --regime rf\n");
    let run = line("train qf --dim 6 --steps 3 --mix 0.5 --quiet");
    assert_eq!(run.stderr, "note: --mix is not used by --regime nn\n");
}

#[test]
fn other_activations_are_trained_without_an_optimum() {
    for regime in ["nn", "nt"] {
        let common = format!("--dim 6 --steps 30 --regime {regime} --activation");
        let run = line(&format!("train qf {common} relu --quiet"));
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        assert!(run.stdout.contains("σ = relu") && run.stdout.contains("Final risk"));
        assert!(!run.stdout.contains("Optimum") && !run.stdout.contains("Ratio"));
        let odd = line(&format!("train qf {common} tanh"));
        assert!(odd.stdout.contains("tanh is odd") || odd.stderr.contains("tanh is odd"));
        line(&format!("train mg {common} relu")).refused(regime, &["activation", "qf"]);
        line(&format!("train qf {common} relu --protocol published"))
            .refused(regime, &["protocol", "theorem"]);
    }
}

#[test]
fn a_mixture_is_trained_as_the_library_trains_it() {
    for (options, plan) in [
        ("--steps 40", r#""steps":40"#),
        (
            "--steps 40 --second-layer fixed --delta two-signed:1 --sigma two-level --rotation random",
            r#""steps":40,"second-layer":"fixed","delta":"two-signed:1","sigma":"two-level","rotation":"random""#,
        ),
        (
            "--steps 40 --regime nt --neurons 12",
            r#""steps":40,"regime":"nt","neurons":12"#,
        ),
        (
            "--regime rf --samples 3000 --activation relu",
            r#""regime":"rf","samples":3000,"activation":"relu""#,
        ),
    ] {
        let json = line(&format!("train mg --dim 10 --format json {options}")).json();
        let plan = format!(r#"{{"schema":1,"problem":"mg","dim":10,{plan}}}"#);
        assert_eq!(json, record(&plan), "{options}");
        assert_eq!(json["problem"], "mg");
        assert!(json["optimum"].as_f64() < json["final"].as_f64());
    }
}

#[test]
fn a_mixture_has_its_optimum_at_this_d_beside_theorem_6() {
    let run = line("train mg --dim 10 --steps 30 --delta flat:1 --neurons 4");
    // Ten s² = 1/10, four of them captured.
    let (optimum, limit) = (2.0 / (2.0 + 0.4 / 1.1), 2.0 / 2.4);
    for part in [
        "Mixture of two Gaussians (mg): a network (NN)".to_owned(),
        "second layer trained".to_owned(),
        format!("Optimum    {optimum:.5}"),
        format!("Theorem 6  {limit:.5}"),
    ] {
        assert!(
            run.stdout.contains(&part),
            "{part} is not in\n{}",
            run.stdout
        );
    }
    let signed = line("train mg --dim 10 --steps 30 --delta two-signed");
    assert!(signed.stdout.contains("--second-layer fixed"));
    assert!(!run.stdout.contains("--second-layer fixed"));
    let tangent = line("train mg --dim 6 --regime nt --steps 30 --second-layer fixed --quiet");
    assert!(!tangent.stdout.contains("Theorem 6"));
    assert_eq!(
        tangent.stderr,
        "note: --second-layer is not used by --regime nt\n"
    );
}
