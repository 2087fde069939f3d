//! Pipes, signals and other surroundings.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::{Run, program};

#[test]
fn a_closed_pipe_ends_quietly() {
    // More than any pipe buffers, so that the program must notice.
    let rho = vec!["0.5"; 10_000].join(",");
    let mut child = program()
        .args(["risk", "qf", "--dim", "5", "--format", "csv", "--rho", &rho])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(&first, b"rho,neuron");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let full = std::fs::File::options().write(true).open("/dev/full");
    let output = program()
        .args(["risk", "qf"])
        .stdout(full.unwrap())
        .output()
        .unwrap();
    let run = Run::from(output);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("cannot be written"), "{}", run.stderr);
}

/// Presses Ctrl-C.
#[cfg(unix)]
pub(crate) fn interrupt(process: u32) {
    let killed = std::process::Command::new("kill")
        .args(["-INT", &process.to_string()])
        .status();
    assert!(killed.unwrap().success());
}

/// Ctrl-C on a run of minutes, as soon as it says that it runs: its exit status and its JSON.
#[cfg(unix)]
fn interrupted(command: &str, unit: &str) -> serde_json::Value {
    let mut child = program()
        .args(command.split(' '))
        .args(["--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut progress = String::new();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    stderr.read_line(&mut progress).unwrap();
    assert!(progress.contains(unit), "{progress}");
    interrupt(child.id());
    let mut stdout = String::new();
    let mut out = child.stdout.take().unwrap();
    out.read_to_string(&mut stdout).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let json: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(json["interrupted"], true);
    json
}

#[cfg(unix)]
#[test]
fn interrupted_draws_are_averaged() {
    let json = interrupted("exact qf --dim 40 --draws 100000", "of 100000 draws");
    let draws = json["draws"].as_u64().unwrap();
    assert!((1..100_000).contains(&draws), "{draws}");
    assert!(json["curve"][0]["rf"].is_f64());
    assert_eq!(json["settings"]["draws"], 100_000);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_is_printed_as_far_as_it_has_come() {
    let json = interrupted(
        "train qf --dim 40 --steps 1000000000",
        "of 1000000000 steps",
    );
    let risk = json["risk"].as_array().unwrap();
    assert!(risk.len() > 1);
    assert!(json["final"].as_f64().unwrap() < risk[0]["risk"].as_f64().unwrap());
    assert!(json["diverged_at"].is_null());
}

/// What a run of hours leaves on standard error if it is ended when another one, begun after it, has said something.
#[cfg(unix)]
#[test]
fn quiet_is_quiet() {
    let begin = |options: &[&str]| {
        program()
            .args("train qf --dim 8 --steps 1000000000".split(' '))
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let quiet = begin(&["--quiet"]);
    let mut loud = begin(&[]);
    let mut said = String::new();
    let mut stderr = BufReader::new(loud.stderr.take().unwrap());
    stderr.read_line(&mut said).unwrap();
    assert!(said.contains("of 1000000000 steps"), "{said}");
    for id in [quiet.id(), loud.id()] {
        interrupt(id);
    }
    loud.wait().unwrap();
    let quiet = Run::from(quiet.wait_with_output().unwrap());
    assert_eq!((quiet.code, quiet.stderr.as_str()), (Some(130), ""));
}

#[test]
fn colours_are_for_terminals_or_on_demand() {
    let colored = |arguments: &[&str], no_color: Option<&str>| {
        let mut command = program();
        command.args(["risk", "qf", "--dim", "5"]).args(arguments);
        if let Some(value) = no_color {
            command.env("NO_COLOR", value);
        }
        Run::from(command.output().unwrap())
            .stdout
            .contains('\u{1b}')
    };
    assert!(!colored(&[], None));
    assert!(colored(&["--color", "always"], None));
    // An explicit wish outranks the environment.
    assert!(colored(&["--color", "always"], Some("1")));
    assert!(colored(&["--color=always", "--help"], None));
    assert!(!colored(&["--color", "never"], None));
    assert!(!colored(&["--color", "always", "--format", "csv"], None));
}
