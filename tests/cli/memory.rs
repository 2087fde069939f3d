//! Limits on memory: a command does what it is asked, or says in one sentence that it does not fit. It never dies of it.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Run, file, program};

/// Limits on addresses in MB. At the first nothing is possible, at the last everything here is.
const LIMITS: [u32; 10] = [30, 45, 65, 90, 130, 190, 280, 400, 600, 900];

fn limited(megabytes: u32, arguments: &[&str]) -> Run {
    let script = format!("ulimit -v {}; exec \"$@\"", 1000 * megabytes);
    let mut command = Command::new("sh");
    command
        .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_lazy-limits")])
        .args(arguments)
        .args(["--quiet", "--threads", "2"])
        .stdin(Stdio::null());
    command.output().unwrap().into()
}

/// Runs a command under every limit up to two that it fits into; `fresh` removes what it has made.
fn fits_or_is_refused(text: &str, fresh: impl Fn()) {
    let arguments: Vec<&str> = text.split_whitespace().collect();
    let mut fitted = 0;
    for limit in LIMITS {
        fresh();
        let run = limited(limit, &arguments);
        let what = format!("{text} in {limit} MB");
        if run.code == Some(0) {
            assert!(limit > LIMITS[0], "{what}");
            fitted += 1;
        } else {
            run.refused(&what, &[" about ", " of memory, but ", "(ulimit -v)"]);
            assert_eq!(fitted, 0, "{what}: it fitted into less");
        }
        if fitted == 2 {
            return;
        }
    }
    panic!("{text} does not fit");
}

fn place(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    path
}

/// A d×d matrix, of which every entry is a number.
fn matrix(name: &str, dim: usize, diagonal: f64) -> String {
    let row = |i: usize| -> String {
        let entry = |j: usize| {
            if i == j {
                diagonal
            } else {
                0.01 / (1 + i.abs_diff(j)) as f64
            }
        };
        let entries: Vec<String> = (0..dim).map(|j| format!("{:.5}", entry(j))).collect();
        entries.join(" ")
    };
    let rows: Vec<String> = (0..dim).map(row).collect();
    file(name, rows.join("\n")).display().to_string()
}

#[test]
fn limits_and_exact_values_fit_or_are_refused() {
    let sigma = matrix("memory-sigma.txt", 600, 1.0);
    let delta = matrix("memory-delta.txt", 600, 0.2);
    for text in [
        "risk qf".to_owned(),
        format!("risk qf --spectrum {sigma} --weights {delta}"),
        format!("risk mg --delta {delta} --sigma {sigma} --weights {sigma}"),
        "risk mg --dim 600 --rotation random --sigma two-level --weights best --rho 1".to_owned(),
        "exact qf --dim 40 --rho 40 --draws 3".to_owned(),
        "exact qf --dim 40 --rho 40 --draws 1 --activation relu".to_owned(),
        "exact mg --dim 40 --rho 35 --draws 2".to_owned(),
        "exact mg --dim 300 --rho 0.5 --draws 1 --rotation random --sigma two-level".to_owned(),
        format!("exact qf --network {delta}"),
        "exact qf --dim 300 --rho 0.5 --laziness 1 --draws 2".to_owned(),
        "exact qf --dim 40 --rho 1500 --laziness 1,2 --draws 1".to_owned(),
        format!("exact qf --network {delta} --laziness 0.1"),
    ] {
        fits_or_is_refused(&text, || ());
    }
}

#[test]
fn runs_fit_or_are_refused() {
    let saved = &place("memory-saved");
    for text in [
        "qf --dim 40 --neurons 1300 --regime rf --samples 500",
        "mg --dim 40 --neurons 1200 --regime rf --samples 500",
        "qf --dim 700 --neurons 600 --regime nn --steps 2",
        "qf --dim 700 --neurons 600 --regime nt --steps 2",
        "qf --dim 400 --neurons 300 --laziness 1 --steps 2",
        "qf --dim 300 --neurons 400 --regime nt --steps 2 --protocol published",
        "qf --dim 60 --neurons 1200 --activation relu --steps 2",
        "mg --dim 300 --neurons 250 --regime nt --steps 2",
        "mg --dim 300 --neurons 700 --second-layer fixed --steps 2",
        "mg --dim 300 --neurons 9000 --steps 2",
        "mg --dim 300 --neurons 20 --steps 2 --rotation random --sigma two-level",
    ] {
        let text = format!("train {text} --save {}", saved.display());
        fits_or_is_refused(&text, || drop(fs::remove_file(saved)));
        // And what was saved goes on.
        let problem = text.split_whitespace().nth(1).unwrap();
        let text = format!("train {problem} --resume {}", saved.display());
        fits_or_is_refused(&text, || ());
    }
}

#[test]
fn sweeps_fit_or_are_refused() {
    let small = r#"{"schema":1,"groups":[
        {"problem":"qf","dim":40,"regime":"rf","samples":300,"vary":{"neurons":[900,1000]}},
        {"problem":"qf","dim":200,"steps":2,"vary":{"neurons":[50,60,70,80,90,100]}},
        {"problem":"mg","dim":200,"steps":2,"rotation":"random","sigma":"two-level"}]}"#;
    let seeds: Vec<String> = (0..40_000).map(|seed| seed.to_string()).collect();
    let many = format!(
        r#"{{"schema":1,"groups":[{{"problem":"qf","dim":3,"steps":2,"vary":{{"seed":[{}]}}}}]}}"#,
        seeds.join(",")
    );
    let small = file("memory-small.json", small);
    let many = file("memory-many.json", many);
    let out = &place("memory-sweep");
    for text in [
        format!("sweep {} --out {}", small.display(), out.display()),
        format!("sweep {} --dry-run", small.display()),
        format!("sweep {} --dry-run", many.display()),
    ] {
        fits_or_is_refused(&text, || drop(fs::remove_dir_all(out)));
    }
}

#[test]
fn what_is_refused_leaves_nothing_behind() {
    let plan = r#"{"schema":1,"groups":[{"problem":"qf","dim":40,"regime":"rf","samples":300,"neurons":1000}]}"#;
    let plan = file("memory-refused.json", plan);
    let out = place("memory-refused");
    let out_name = out.display().to_string();
    let saved = place("memory-refused-run");
    let saved_name = saved.display().to_string();
    let plan = plan.display().to_string();
    let train = "train qf --dim 40 --regime rf --neurons 1000 --samples 300 --save";
    let train: Vec<&str> = train.split(' ').chain([saved_name.as_str()]).collect();
    for arguments in [
        &["sweep", &plan, "--out", &out_name][..],
        &["figure", "quadratic", "--out", &out_name],
        &train,
    ] {
        limited(60, arguments).refused(arguments[0], &["ulimit -v"]);
        assert!(!out.exists() && !saved.exists(), "{arguments:?}");
    }
}

/// Lines that are no records are read like any other, before they are dropped.
fn padded(records: &Path) {
    let mut text = fs::read_to_string(records).unwrap_or_default();
    text.push_str(&format!("{}\n", " ".repeat(99)).repeat(200_000));
    fs::write(records, text).unwrap();
}

#[test]
fn results_fit_or_are_refused() {
    let (part, out) = (place("memory-figure"), place("memory-merged"));
    let figure = |options: &[&str]| {
        let mut command = program();
        let figure = ["figure", "activation", "--preset", "quick", "--out"];
        command.args(figure).arg(&part).args(options);
        let run = Run::from(command.output().unwrap());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    };
    figure(&["--part", "60/60"]);
    let whole = place("memory-whole");
    let merged = program()
        .arg("merge")
        .arg(&part)
        .arg("--out")
        .arg(&whole)
        .output();
    assert_eq!(merged.unwrap().status.code(), Some(1));
    let draw = format!(
        "figure activation --preset quick --draw --out {}",
        whole.display()
    );
    fits_or_is_refused(&draw, || ());
    let json = whole.join("activation.json");
    let text = fs::read_to_string(&json).unwrap();
    fs::write(&json, format!("{text}{}", " ".repeat(10_000_000))).unwrap();
    fits_or_is_refused(&format!("report {}", json.display()), || ());

    // All runs of a small plan, so that nothing is missing.
    let plan =
        r#"{"schema":1,"groups":[{"problem":"qf","dim":3,"steps":2,"vary":{"seed":[1,2]}}]}"#;
    let plan = file("memory-merge.json", plan);
    let part = place("memory-merge-part");
    let sweep = format!("sweep {} --out {}", plan.display(), part.display());
    assert_eq!(crate::line(&sweep).code, Some(0));
    padded(&part.join("records.jsonl"));
    let merge = format!("merge {} --out {}", part.display(), out.display());
    fits_or_is_refused(&merge, || drop(fs::remove_dir_all(&out)));
    fits_or_is_refused(&format!("{sweep} --resume --dry-run"), || ());
    fits_or_is_refused(&format!("{sweep} --resume"), || {
        fs::write(part.join("records.jsonl"), "").unwrap();
        padded(&part.join("records.jsonl"));
    });
}
