//! `sweep` and `merge`: many runs, whatever happens to them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use crate::{Run, file, line, program, runs_until};

/// Runs that take about a second in all, one that diverges and a fit among them.
const PLAN: &str = r#"{"schema":1,"name":"tiny","groups":[
    {"problem":"qf","dim":16,"steps":2500,"vary":{"neurons":[5,10,20],"regime":["nn","nt"]}},
    {"problem":"qf","dim":8,"steps":300,"vary":{"step-scale":[0.5,1,1000]}},
    {"problem":"mg","dim":8,"regime":"rf","samples":5000}]}"#;

const RUNS: usize = 10;

/// A plan and a directory that is not there, for one test.
pub(crate) fn place(name: &str, plan: &str) -> (PathBuf, PathBuf) {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-results"));
    let _ = fs::remove_dir_all(&directory);
    (file(&format!("{name}.json"), plan), directory)
}

fn sweep(plan: &Path, out: &Path, options: &str) -> Run {
    command(plan, out, options).output().unwrap().into()
}

pub(crate) fn command(plan: &Path, out: &Path, options: &str) -> std::process::Command {
    let mut command = program();
    command
        .arg("sweep")
        .arg(plan)
        .arg("--out")
        .arg(out)
        .args(options.split_whitespace());
    command
}

pub(crate) fn records(directory: &Path) -> String {
    fs::read_to_string(directory.join("records.jsonl")).unwrap()
}

/// The file of an unbroken sweep of the plan.
fn unbroken(name: &str, plan: &str) -> String {
    let (plan, out) = place(&format!("{name}-unbroken"), plan);
    let run = sweep(&plan, &out, "--threads 2");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    records(&out)
}

fn parsed(records: &str) -> Vec<Value> {
    let lines = records.lines().map(serde_json::from_str);
    lines.collect::<Result<_, _>>().unwrap()
}

#[test]
fn every_run_is_the_run_that_train_makes() {
    let (plan, out) = place("sweep-train", PLAN);
    let run = sweep(&plan, &out, "--threads 3 --format json");
    let summary = run.json();
    assert_eq!(summary["runs"], RUNS);
    assert_eq!(summary["finished"], RUNS);
    assert_eq!(summary["diverged"], 1);
    let lines = parsed(&records(&out));
    assert_eq!(lines.len(), RUNS);
    for (index, command) in [
        (1, "train qf --dim 16 --steps 2500 --neurons 5 --regime nt"),
        (6, "train qf --dim 8 --steps 300 --step-scale 0.5"),
        (8, "train qf --dim 8 --steps 300 --step-scale 1000"),
        (9, "train mg --dim 8 --regime rf --samples 5000"),
    ] {
        let mut record = lines[index].clone();
        let id = record.as_object_mut().unwrap().remove("run").unwrap();
        assert_eq!(id.as_str().unwrap().len(), 16);
        assert_eq!(record, line(&format!("{command} --format json")).json());
    }
    assert!(lines[8]["diverged_at"].is_u64());
    let seconds = fs::read_to_string(out.join("seconds.jsonl")).unwrap();
    assert_eq!(parsed(&seconds).len(), RUNS);
    assert!(!out.join("checkpoints").exists());
    // Threads do not matter.
    let (plan, one) = place("sweep-train-one", PLAN);
    sweep(&plan, &one, "--threads 1");
    assert_eq!(records(&one), records(&out));
}

#[test]
fn a_step_scale_multiplies_the_automatic_step_size() {
    let size = |options: &str| {
        let json = line(&format!(
            "train qf --dim 8 --steps 10 --format json {options}"
        ))
        .json();
        json["step_sizes"][0][1].as_f64().unwrap()
    };
    let auto = size("");
    assert!((size("--step-scale 0.25") / auto - 0.25).abs() < 1e-12);
    assert!((size("--step-scale 4 --step-size 0.001") - 0.004).abs() < 1e-15);
}

/// Everything that a sweep has on disk, as far as it can be told from outside: names, and how long each file is.
fn traces(directory: &Path) -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    let mut left = vec![directory.to_path_buf()];
    while let Some(directory) = left.pop() {
        // Files come and go meanwhile.
        for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(metadata) if metadata.is_dir() => left.push(entry.path()),
                Ok(metadata) => found.push((entry.path(), metadata.len())),
                Err(_) => {}
            }
        }
    }
    found.sort();
    found
}

/// Kill −9 at up to fifty moments, and the result is that of an unbroken sweep, byte for byte.
#[cfg(unix)]
#[test]
fn a_killed_sweep_resumes_to_the_same_bytes() {
    let expected = unbroken("sweep-killed", PLAN);
    let (plan, out) = place("sweep-killed", PLAN);
    let mut kills = 0;
    for attempt in 0..50 {
        let mut child = command(&plan, &out, "--resume --threads 2 --save-every 0.01")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // After the first, second, … change of its files: early, and in the midst of what follows.
        let (mut changes, mut seen) = (0, traces(&out));
        let still_runs = runs_until(&mut child, || {
            let now = traces(&out);
            changes += usize::from(now != seen);
            seen = now;
            changes > attempt % 10
        });
        if still_runs {
            child.kill().unwrap();
        }
        if child.wait().unwrap().success() {
            assert_eq!(records(&out), expected);
            fs::remove_dir_all(&out).unwrap();
        } else {
            kills += 1;
        }
    }
    // A sweep that changed its files once has most of its work before it.
    assert!(kills > 0);
    // Quiet: a slow machine would say how far it is.
    let run = sweep(&plan, &out, "--resume --quiet");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(records(&out), expected);
}

/// Two runs of a second each.
const LONGER: &str = r#"{"schema":1,"groups":[
    {"problem":"qf","dim":24,"steps":100000,"vary":{"neurons":[12,20]}},
    {"problem":"qf","dim":6,"steps":10}]}"#;

/// Ctrl-C as soon as one of the long runs has been saved. A sweep that is done before the signal reaches it is begun again.
#[cfg(unix)]
fn interrupted(plan: &Path, out: &Path, options: &str) -> Run {
    for _ in 0..20 {
        let mut child = command(plan, out, options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let checkpoints = out.join("checkpoints");
        let saved = || fs::read_dir(&checkpoints).map_or(0, Iterator::count);
        if runs_until(&mut child, || saved() > 0) {
            crate::process::interrupt(child.id());
        }
        let run: Run = child.wait_with_output().unwrap().into();
        if run.code != Some(0) {
            return run;
        }
        fs::remove_dir_all(out).unwrap();
    }
    panic!("no signal reached a sweep under way");
}

#[cfg(unix)]
#[test]
fn an_interrupted_sweep_goes_on_where_it_was() {
    let expected = unbroken("sweep-interrupted", LONGER);
    let (plan, out) = place("sweep-interrupted", LONGER);
    let run = interrupted(&plan, &out, "--save-every 0.05 --threads 2 --format json");
    assert_eq!(run.code, Some(130), "{}", run.stderr);
    let summary: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(summary["interrupted"], true);
    let count = parsed(&records(&out)).len();
    assert_eq!(summary["finished"], count);
    assert!(count < 3);

    // Without --resume nothing happens to it.
    sweep(&plan, &out, "").refused("taken", &["holds results already", "--resume"]);
    let (other, _) = place("sweep-other", PLAN);
    sweep(&other, &out, "--resume").refused("other", &["another plan", "3 runs"]);
    sweep(&plan, &out, "--resume --part 1/2").refused("part", &["part 1/1 of the same plan"]);

    // A torn last line is dropped, a damaged checkpoint is not used.
    let torn = format!("{}{{\"run\":\"0123", records(&out));
    fs::write(out.join("records.jsonl"), torn).unwrap();
    let checkpoint = fs::read_dir(out.join("checkpoints")).unwrap().next();
    let checkpoint = checkpoint.unwrap().unwrap().path();
    let mut bytes = fs::read(&checkpoint).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&checkpoint, bytes).unwrap();
    let run = sweep(&plan, &out, "--resume --quiet");
    assert_eq!(run.code, Some(0));
    for part in ["1 lines of records.jsonl", "starts again", "damaged"] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    assert_eq!(records(&out), expected);
}

#[test]
fn parts_make_the_whole() {
    let expected = unbroken("sweep-parts", PLAN);
    let mut parts = Vec::new();
    for k in 1..=3 {
        let (plan, out) = place(&format!("sweep-part{k}"), PLAN);
        let run = sweep(&plan, &out, &format!("--part {k}/3"));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        parts.push(out);
    }
    let merge = |parts: &[PathBuf], name: &str| -> (Run, PathBuf) {
        let (_, out) = place(name, PLAN);
        let mut command = program();
        command.arg("merge").args(parts).arg("--out").arg(&out);
        (command.output().unwrap().into(), out)
    };
    let (run, out) = merge(&parts, "sweep-merged");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(records(&out), expected);

    let (run, out) = merge(&parts[..2], "sweep-merged-two");
    assert_eq!(run.code, Some(1));
    let missing = RUNS - parsed(&records(&out)).len();
    assert_eq!(run.stdout.matches("missing ").count(), missing);
    assert!(run.stdout.contains("dim=16"), "{}", run.stdout);
    assert!(
        run.stderr
            .contains(&format!("{missing} of {RUNS} runs are missing"))
    );
    let (plan, _) = place("sweep-merged-rest", PLAN);
    assert_eq!(sweep(&plan, &out, "--resume").code, Some(0));
    assert_eq!(records(&out), expected);

    let (plan, other) = place("sweep-other-plan", LONGER);
    assert_eq!(sweep(&plan, &other, "--part 2/3").code, Some(0));
    let (run, _) = merge(&[parts[0].clone(), other], "sweep-merged-mixed");
    run.refused("mixed", &["different plans"]);
    let (run, _) = merge(&[out.join("nowhere")], "sweep-merged-nothing");
    run.refused("nothing", &["no results of a plan"]);
}

#[test]
fn a_dry_run_lists_what_there_is_to_do() {
    let (plan, out) = place("sweep-dry", PLAN);
    let json = sweep(&plan, &out, "--dry-run --part 1/2 --format json").json();
    let runs = json["runs"].as_array().unwrap();
    assert_eq!((runs.len(), json["plan_runs"].as_u64()), (5, Some(10)));
    assert!(runs[0]["plan"]["problem"].is_string());
    assert!(json["seconds"].as_f64().unwrap() > 0.0);
    assert!(!out.exists());
    let table = line(&format!("sweep {} --dry-run", plan.display()));
    assert_eq!(table.code, Some(0), "{}", table.stderr);
    assert!(table.stdout.contains("10 runs, about"), "{}", table.stdout);
    assert!(table.stdout.contains("step-scale=1000"), "{}", table.stdout);
}

#[test]
fn plans_that_cannot_be_run_are_refused() {
    for (name, plan, parts) in [
        ("json", "{", &["in the plan", "JSON"][..]),
        ("schema", r#"{"schema":3}"#, &["schema is 3", "must be 1"]),
        (
            "value",
            r#"{"schema":1,"groups":[{"problem":"qf","vary":{"neurons":[4,"x"]}}]}"#,
            &["group 1: neurons is “x”", "whole number"],
        ),
        (
            "key",
            r#"{"schema":1,"groups":[{"problem":"qf","epochs":3}]}"#,
            &["group 1", "no setting “epochs”"],
        ),
    ] {
        let (plan, out) = place(&format!("sweep-bad-{name}"), plan);
        sweep(&plan, &out, "").refused(name, parts);
        assert!(!out.exists());
    }
    let (plan, out) = place("sweep-bad-options", PLAN);
    line(&format!("sweep {}", plan.display())).refused("out", &["--out is missing"]);
    line("sweep --out x").refused("plan", &["<PLAN> is missing"]);
    line("sweep nowhere.json --out x").refused("file", &["nowhere.json", "cannot be read"]);
    sweep(&plan, &out, "--part 3/2").refused("part", &["--part is “3/2”", "i/k"]);
    sweep(&plan, &out, "--save-every 0").refused("save", &["--save-every is “0”"]);
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("thesis.tex"), "").unwrap();
    sweep(&plan, &out, "--resume").refused("foreign", &["not empty", "--out"]);
}

/// A file that may not grow stands in for a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_one_sentence_and_loses_nothing() {
    let expected = unbroken("sweep-full", PLAN);
    let (plan, out) = place("sweep-full", PLAN);
    // The files of this test are some 50 kB; the unit is half a kB or one.
    let script = "trap '' XFSZ; ulimit -f 30; exec \"$0\" sweep \"$1\" --out \"$2\" --threads 1";
    let run: Run = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_lazy-limits")])
        .args([&plan, &out])
        .output()
        .unwrap()
        .into();
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let errors: Vec<&str> = run
        .stderr
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    assert_eq!(errors.len(), 1, "{}", run.stderr);
    assert!(errors[0].contains("cannot be written"), "{}", errors[0]);
    assert!(errors[0].contains("--resume"), "{}", errors[0]);
    let kept = records(&out);
    let count = parsed(&kept).len();
    assert!((1..RUNS).contains(&count), "{count}");
    let run = sweep(&plan, &out, "--resume");
    assert_eq!(
        (run.code, records(&out) == expected),
        (Some(0), true),
        "{}",
        run.stderr
    );
}
