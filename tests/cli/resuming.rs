//! `train --save` and `--resume`.

use std::fs;
use std::path::{Path, PathBuf};

use lazy_limits::experiment::{Plan, Run as _};
use lazy_limits::training::TrainingRun;

use crate::{Run, line};

fn place(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

/// Half of a run, saved as the program saves it.
fn half(path: &Path, plan: &str) {
    let mut state = TrainingRun::new(Plan::from_json(plan).unwrap()).unwrap();
    let half = state.steps() / 2;
    while state.step() < half {
        state.advance(half - state.step());
    }
    let mut bytes = state.checkpoint();
    bytes.extend_from_slice(&2.5_f64.to_le_bytes());
    fs::write(path, bytes).unwrap();
}

fn fine(command: &str) -> String {
    noted(command, "")
}

/// The output of a command that has just this to say on standard error.
fn noted(command: &str, note: &str) -> String {
    let Run {
        code,
        stdout,
        stderr,
    } = line(command);
    assert_eq!((code, stderr.as_str()), (Some(0), note), "{command}");
    stdout
}

#[test]
fn a_resumed_run_ends_with_the_same_bytes() {
    let path = place("resuming-half");
    let file = path.display();
    for (options, plan) in [
        (
            "qf --dim 12 --steps 400 --neurons 5 --step-scale 0.5",
            r#"{"schema":1,"problem":"qf","dim":12,"steps":400,"neurons":5,"step-scale":0.5}"#,
        ),
        (
            "qf --dim 12 --steps 300 --regime nt --schedule constant",
            r#"{"schema":1,"problem":"qf","dim":12,"steps":300,"regime":"nt","schedule":"constant"}"#,
        ),
        (
            "qf --dim 12 --steps 200 --neurons 5 --laziness 0.3",
            r#"{"schema":1,"problem":"qf","dim":12,"steps":200,"neurons":5,"laziness":0.3}"#,
        ),
        (
            "qf --dim 8 --steps 60 --activation relu",
            r#"{"schema":1,"problem":"qf","dim":8,"steps":60,"activation":"relu"}"#,
        ),
        (
            "qf --dim 12 --regime rf --samples 4000",
            r#"{"schema":1,"problem":"qf","dim":12,"regime":"rf","samples":4000}"#,
        ),
        (
            "mg --dim 9 --steps 200 --delta flat:0.5 --rotation random --sigma two-level",
            r#"{"schema":1,"problem":"mg","dim":9,"steps":200,"delta":"flat:0.5","rotation":"random","sigma":"two-level"}"#,
        ),
    ] {
        let problem = &options[..2];
        for format in ["json", "csv", "table"] {
            // CSV has no place for what a table says below its numbers.
            let note = match format {
                "csv" if options.contains("relu") => {
                    "note: there is no formula for the optimum of nn with σ = relu; the theorems are about x²\n"
                }
                _ => "",
            };
            let unbroken = noted(&format!("train {options} --format {format}"), note);
            // Settings from the file, or given again.
            for again in [problem, options] {
                half(&path, plan);
                let resumed = format!("train {again} --resume {file} --format {format}");
                let resumed = noted(&resumed, note);
                assert_eq!(resumed, unbroken, "{again}");
            }
            // It was saved there at its end, and is only printed.
            let printed = format!("train {problem} --resume {file} --format {format}");
            let printed = noted(&printed, note);
            assert_eq!(printed, unbroken, "{options}");
        }
    }
}

#[test]
fn one_command_starts_and_goes_on() {
    let (path, other) = (place("resuming-job"), place("resuming-other"));
    let (file, copy) = (path.display(), other.display());
    let job = format!("train qf --dim 6 --steps 50 --save {file} --resume {file}");
    let first = fine(&job);
    assert_eq!(first, fine("train qf --dim 6 --steps 50"));
    assert_eq!(fine(&job), first);
    let whole = fs::read(&path).unwrap();
    // Elsewhere, if it is asked for.
    fine(&format!(
        "train qf --resume {file} --save {copy} --save-every 0.01"
    ));
    assert_eq!(fs::read(&path).unwrap(), whole);
    assert_eq!(fs::read(&other).unwrap(), whole);
}

#[test]
fn what_cannot_go_on_is_refused() {
    let path = place("resuming-refused");
    let file = path.display();
    let none = place("resuming-none");
    line(&format!("train qf --resume {}", none.display()))
        .refused("missing", &["--resume: the file", "cannot be read"]);
    half(&path, r#"{"schema":1,"problem":"qf","dim":6,"steps":50}"#);
    let resume = |options: &str| line(&format!("train {options} --resume {file}"));
    resume("mg").refused("problem", &["holds a run of qf, not of mg"]);
    resume("qf --dim 7").refused("dim", &["--dim is 7", "has 6", "leave it out"]);
    resume("qf --neurons 3").refused("neurons", &["--neurons is 3", "has auto"]);
    resume("qf --spectrum identity")
        .refused("spectrum", &["--spectrum is identity", "exponential"]);
    line(&format!("train qf --save {file}"))
        .refused("taken", &["--save: the file", "exists already"]);
    line("train qf --save").refused("no name", &["--save needs a value"]);
    line("train qf --dim 6 --steps 5 --save-every 3")
        .refused("every", &["--save-every needs --save"]);
    for key in ["save", "resume"] {
        crate::run(&["train", "qf", &format!("--{key}="), "--dim", "6"])
            .refused(key, &[&format!("--{key} is “”"), "name of a file"]);
    }
    let bytes = fs::read(&path).unwrap();
    let mut damaged = bytes.clone();
    damaged[bytes.len() / 2] ^= 1;
    for (what, bytes, part) in [
        ("damaged", &damaged[..], "damaged"),
        ("cut", &bytes[..bytes.len() / 2], "damaged"),
        ("empty", &[], "no checkpoint of a run"),
        ("foreign", b"risk,rho\n1,2\n", "no checkpoint of a run"),
    ] {
        fs::write(&path, bytes).unwrap();
        resume("qf").refused(what, &["--resume: the file", "cannot be used", part]);
        assert_eq!(fs::read(&path).unwrap(), bytes, "{what}");
    }
    // Before anything is run.
    let run = line(&format!(
        "train qf --dim 6 --steps 1000000000 --save {}",
        none.join("run").display()
    ));
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(run.stderr.contains("cannot be written"), "{}", run.stderr);
}
