//! What any part gets for its folder alone, shown by the toy part, which is compiled in here.

#[path = "../house/chart.rs"]
mod chart;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use lazy_limits::experiment::{Plan, restore};
use serde_json::Value;

/// A fresh directory.
fn place(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("toy-{name}"));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Status and output of the program; `{}` of a line is a directory.
fn run(line: &str, directory: &std::path::Path) -> (i32, String, String) {
    let directory = directory.to_str().unwrap();
    let arguments = line.split(' ').map(|word| word.replace("{}", directory));
    let output = Command::new(env!("CARGO_BIN_EXE_lazy-limits"))
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

fn fine(line: &str, directory: &std::path::Path) -> String {
    let (code, stdout, stderr) = run(line, directory);
    assert_eq!(code, 0, "{line}: {stderr}");
    stdout
}

/// Among runs of another part.
const PLAN: &str = r#"{"schema": 1, "groups": [
    {"problem": "toy", "samples": 50, "vary": {"seed": [1, 2, 3, 4, 5, 6]}},
    {"problem": "qf", "dim": 6, "steps": 50, "vary": {"neurons": [2, 3]}}]}"#;

#[test]
fn a_sweep_in_parts_is_the_whole_sweep() {
    let path = place("sweep");
    fs::write(path.join("plan.json"), PLAN).unwrap();
    fine("sweep {}/plan.json --out {}/whole -q", &path);
    fine("sweep {}/plan.json --out {}/one --part 1/2 -q", &path);
    fine("sweep {}/plan.json --out {}/two --part 2/2 -q", &path);
    fine("merge {}/one {}/two --out {}/both -q", &path);
    let records = |name: &str| fs::read_to_string(path.join(name).join("records.jsonl")).unwrap();
    let whole = records("whole");
    assert_eq!(records("both"), whole);
    assert_eq!(whole.lines().count(), 8);
    let first: Value = serde_json::from_str(whole.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["problem"], &first["settings"]["seed"]),
        (&"toy".into(), &Value::Null),
        "a default is left out"
    );
    assert_eq!(first["risk"].as_array().unwrap().len(), 50);
    let again = fine("sweep {}/plan.json --out {}/whole --resume -q", &path);
    assert!(again.starts_with("8 runs are finished, 0 of them diverged"));
    let listed = fine("sweep {}/plan.json --dry-run --format csv -q", &path);
    assert!(listed.contains("toy samples=50 seed=6"), "{listed}");
}

#[test]
fn a_plan_is_refused_in_the_words_of_the_table() {
    let path = place("refused");
    for (group, sentence) in [
        (
            r#"{"problem": "toy", "samples": 0}"#,
            "samples is “0”, but must be a whole number from 1 to 999",
        ),
        (
            r#"{"problem": "toy", "dim": 3}"#,
            "there is no setting “dim”",
        ),
        (
            r#"{"problem": "boy"}"#,
            r#"problem is "boy", but must be "qf" or "mg" or "#,
        ),
    ] {
        let plan = format!(r#"{{"schema": 1, "groups": [{group}]}}"#);
        fs::write(path.join("plan.json"), plan).unwrap();
        let (code, _, stderr) = run("sweep {}/plan.json --out {}/out -q", &path);
        assert_eq!(code, 2);
        assert!(stderr.contains(sentence), "{stderr}");
    }
}

#[test]
fn a_checkpoint_goes_on_as_if_it_had_never_been_stopped() {
    let plan = Plan::from_json(r#"{"schema": 1, "problem": "toy", "samples": 40}"#).unwrap();
    let mut whole = plan.begin().unwrap();
    for _ in 0..15 {
        whole.advance(1);
    }
    let mut restored = restore(&whole.checkpoint()).unwrap();
    assert_eq!(restored.step(), 15);
    for run in [&mut whole, &mut restored] {
        while !run.is_finished() {
            run.advance(7);
        }
    }
    assert_eq!(restored.record(true), whole.record(true));
}

#[test]
fn its_commands_are_there_with_its_own_options_alone() {
    let path = place("commands");
    assert_eq!(
        fine("risk toy --samples 8 --format csv", &path),
        "risk\n0.125\n"
    );
    let page = fine("train toy --help", &path);
    assert!(page.contains("--samples") && page.contains("--resume") && !page.contains("--dim"));
    let whole = fine("train toy --samples 30 --format json -q", &path);
    let saved = "train toy --samples 30 --save {}/run --resume {}/run --format json -q";
    assert_eq!(fine(saved, &path), whole);
    assert_eq!(
        fine("train toy --resume {}/run --format json -q", &path),
        whole
    );
    // What others have stays as it is.
    assert!(fine("train qf --help", &path).contains("--dim"));
    let (code, _, stderr) = run("risk toy --dim 3", &path);
    assert_eq!(code, 2);
    assert!(
        stderr.contains("there is no option “--dim” here"),
        "{stderr}"
    );
}
