//! What ends long work from outside: Ctrl-C, and the signals of schedulers.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use lazy_limits::experiment::Run as _;
use lazy_limits::training::TrainingRun;
use serde_json::Value;
use signal_hook::consts::{SIGHUP, SIGTERM, SIGUSR1, SIGUSR2, SIGXCPU};

use crate::{Run, file, program};

const ANNOUNCED: [&str; 5] = ["TERM", "HUP", "USR1", "USR2", "XCPU"];

/// A process under way.
struct Started {
    child: Child,
    stderr: BufReader<std::process::ChildStderr>,
}

impl Started {
    /// Starts a program to which signals mean what they mean to most: whoever runs the tests may ignore some, and
    /// hand that down; what a process listens to is reset in its children.
    fn new(command: &mut Command) -> Self {
        for signal in [SIGHUP, SIGTERM, SIGUSR1, SIGUSR2, SIGXCPU] {
            signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false))).unwrap();
        }
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Self { child, stderr }
    }

    fn line(arguments: &str) -> Self {
        Self::new(program().args(arguments.split_whitespace()))
    }

    /// Waits until it says how far it is.
    fn until(mut self, words: &str) -> Self {
        let mut line = String::new();
        self.stderr.read_line(&mut line).unwrap();
        assert!(line.contains(words), "{line}");
        self
    }

    fn signal(self, name: &str) -> Self {
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(sent.unwrap().success());
        self
    }

    fn end(mut self) -> Run {
        let mut stderr = String::new();
        let mut stdout = String::new();
        let mut out = self.child.stdout.take().unwrap();
        out.read_to_string(&mut stdout).unwrap();
        self.stderr.read_to_string(&mut stderr).unwrap();
        Run {
            code: self.child.wait().unwrap().code(),
            stdout,
            stderr,
        }
    }
}

impl Run {
    /// The JSON of what was ended with that status.
    fn broken_off(&self, code: i32) -> Value {
        assert_eq!(self.code, Some(code), "{}", self.stderr);
        let json: Value = serde_json::from_str(&self.stdout).unwrap();
        assert_eq!(json["interrupted"], true);
        json
    }
}

fn place(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    let _ = fs::remove_file(&path);
    path
}

/// The run in a file, which must be what the library has at that step.
fn saved(path: &Path) -> TrainingRun {
    let bytes = fs::read(path).unwrap();
    let bytes = &bytes[..bytes.len() - 8];
    let saved = TrainingRun::restore(bytes).unwrap();
    let mut alone = TrainingRun::new(saved.plan().clone()).unwrap();
    while alone.step() < saved.step() {
        alone.advance(saved.step() - alone.step());
    }
    assert!(alone.checkpoint() == bytes, "{}", path.display());
    saved
}

#[test]
fn every_signal_saves_a_run() {
    for (name, code) in ANNOUNCED
        .map(|name| (name, 75))
        .into_iter()
        .chain([("INT", 130)])
    {
        let path = place(&format!("signals-run-{name}"));
        let run = Started::line(&format!(
            "train qf --dim 10 --steps 1000000000 --format json --save {}",
            path.display()
        ));
        let run = run.until("of 1000000000 steps").signal(name).end();
        let json = run.broken_off(code);
        let saved = saved(&path);
        assert!(saved.step() > 0);
        let risks = serde_json::to_value(saved.risks()).unwrap();
        assert_eq!(json["risk"], risks, "{name}");
    }
}

#[test]
fn a_sweep_saves_its_runs() {
    let plan = r#"{"schema":1,"groups":[{"problem":"qf","dim":8,"steps":5},
        {"problem":"qf","dim":10,"steps":1000000000,"vary":{"regime":["nn","nt"]}}]}"#;
    let plan = file("signals-sweep.json", plan);
    let out = place("signals-sweep");
    let sweep = format!(
        "sweep {} --out {} --threads 2 --format json",
        plan.display(),
        out.display()
    );
    // Schedulers repeat themselves, and may suspend a job before they end it.
    let run = Started::line(&sweep).until("of 3 runs");
    let run = run
        .signal("STOP")
        .signal("CONT")
        .signal("TERM")
        .signal("TERM");
    let json = run.end().broken_off(75);
    assert_eq!(json["finished"], 1);
    let checkpoints: Vec<_> = fs::read_dir(out.join("checkpoints")).unwrap().collect();
    assert_eq!(checkpoints.len(), 2);
    for checkpoint in checkpoints {
        saved(&checkpoint.unwrap().path());
    }
    let run = Started::line(&format!("{sweep} --resume")).until("1 of 3 runs");
    run.signal("USR1").end().broken_off(75);
}

#[test]
fn draws_are_averaged() {
    let run = Started::line("exact qf --dim 60 --draws 100000 --format json");
    let run = run.until("of 100000 draws").signal("USR2").end();
    let json = run.broken_off(75);
    assert!(json["curve"][0]["rf"].is_f64());
    let run =
        Started::line("exact qf --dim 60 --rho 0.5 --laziness 0.1,1 --draws 100000 --format json");
    let run = run.until("of 200000 optima").signal("USR2").end();
    let json = run.broken_off(75);
    let draws = json["draws"].as_u64().unwrap();
    assert!((1..100_000).contains(&draws), "{draws}");
    assert!(json["curve"][1]["movement"].is_f64());
}

/// At the paper's size, which takes hours.
#[test]
fn a_figure_stops_at_every_stage() {
    let out = place("signals-figure");
    let figure = format!("figure quadratic --preset paper --out {}", out.display());
    // The first line is there before anything is measured.
    let mut dry = Started::line(&format!("{figure} --dry-run"));
    let mut first = String::new();
    let mut stdout = BufReader::new(dry.child.stdout.take().unwrap());
    stdout.read_line(&mut first).unwrap();
    assert!(first.ends_with(" runs to make\n"), "{first}");
    let mut dry = dry.signal("HUP");
    assert_eq!(dry.child.wait().unwrap().code(), Some(75));
    assert!(!out.exists());

    let run = Started::line(&format!("{figure} --threads 2 --format json"));
    run.until("runs").signal("HUP").end().broken_off(75);
    let checkpoints = fs::read_dir(out.join("checkpoints")).unwrap();
    assert!(checkpoints.count() > 0);

    let run = Started::line(&format!("{figure} --draw"));
    let run = run.until("exact random features").signal("TERM").end();
    assert_eq!((run.code, run.stdout.as_str()), (Some(75), ""));
    assert!(!out.join("quadratic.json").exists());
}

/// A pipe with a name, which is read when somebody writes into it.
fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[test]
fn what_has_nothing_to_save_ends_at_once() {
    let plan = r#"{"schema":1,"groups":[{"problem":"qf","dim":3,"steps":2}]}"#;
    let plan = file("signals-part.json", plan);
    for (name, code) in [("TERM", 75), ("INT", 130), ("USR2", 75)] {
        let part = place("signals-part");
        let run = crate::line(&format!(
            "sweep {} --out {}",
            plan.display(),
            part.display()
        ));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let records = part.join("records.jsonl");
        fs::remove_file(&records).unwrap();
        let out = place("signals-merged");
        let figure = place("signals-figure.json");
        let numbers = place("signals-numbers");
        for (read, command) in [
            (
                &records,
                format!("merge {} --out {}", part.display(), out.display()),
            ),
            (&figure, format!("report {}", figure.display())),
            (
                &numbers,
                format!("risk qf --spectrum {}", numbers.display()),
            ),
            (&numbers, format!("sweep {} --dry-run", numbers.display())),
        ] {
            if !read.exists() {
                pipe(read);
            }
            let started = Started::line(&command);
            // Opening waits for the other end: then the program is at work.
            let writer = fs::File::options().write(true).open(read).unwrap();
            let run = started.signal(name).end();
            drop(writer);
            assert_eq!(run.code, Some(code), "{command}: {}", run.stderr);
            assert_eq!(run.stdout, "", "{command}");
        }
        assert!(!out.exists());
    }
}

/// nohup switches SIGHUP off before it starts a program.
#[cfg(target_os = "linux")]
#[test]
fn what_is_switched_off_stays_so() {
    let numbers = place("signals-nohup");
    pipe(&numbers);
    let mut command = Command::new("sh");
    let script = "trap '' HUP; exec \"$0\" risk qf --rho 1 --spectrum \"$1\"";
    command.args(["-c", script, env!("CARGO_BIN_EXE_lazy-limits")]);
    let started = Started::new(command.arg(&numbers));
    let mut writer = fs::File::options().write(true).open(&numbers).unwrap();
    let started = started.signal("HUP");
    writer.write_all(b"3 2 1").unwrap();
    drop(writer);
    let run = started.end();
    let note = format!(
        "note: --spectrum: the file “{}” has 3 numbers\n",
        numbers.display()
    );
    assert_eq!((run.code, run.stderr), (Some(0), note));
}
