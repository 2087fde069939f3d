//! The program, by running it.
#![cfg(all(feature = "cli", not(target_arch = "wasm32")))]

mod anything;
mod cluster;
mod figure;
mod files;
mod help;
mod laziness;
mod many;
mod memory;
mod mixture;
mod portable;
mod process;
mod refusals;
mod resuming;
mod signals;
mod sweep;
mod training;
mod values;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a run of the program left.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    fn json(&self) -> serde_json::Value {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        serde_json::from_str(&self.stdout).expect("standard output is JSON")
    }

    /// Asserts exit 2, nothing on standard output, and one line that has all of `parts`.
    fn refused(&self, what: &str, parts: &[&str]) {
        let Self {
            code,
            stdout,
            stderr,
        } = self;
        assert_eq!(*code, Some(2), "{what}: {stdout}{stderr}");
        assert_eq!(stdout, "", "{what}");
        assert!(stderr.starts_with("error: "), "{what}: {stderr}");
        assert!(stderr.ends_with('\n'), "{what}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{what}: {stderr}");
        for part in parts {
            assert!(stderr.contains(part), "{what}: {part} is not in {stderr}");
        }
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        }
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lazy-limits"));
    command.stdin(Stdio::null());
    // Of whatever the tests run in.
    command
        .env_remove("NO_COLOR")
        .env_remove("SLURM_JOB_END_TIME");
    command
}

fn run<S: AsRef<OsStr>>(arguments: &[S]) -> Run {
    program().args(arguments).output().unwrap().into()
}

/// Runs a command line written with blanks.
fn line(text: &str) -> Run {
    run(&text.split_whitespace().collect::<Vec<_>>())
}

fn with_input(arguments: &[&str], input: &str) -> Run {
    let mut child = program()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap().into()
}

/// A file for one test; `name` must be its own.
fn file(name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path
}

/// Long enough for anything here on a machine that has much else to do: so that a test that waits in vain ends.
const PATIENCE: Duration = Duration::from_secs(600);

/// Waits until `event` has come about or the program has ended; returns whether it still runs.
fn runs_until(child: &mut Child, mut event: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    loop {
        let still_runs = child.try_wait().unwrap().is_none();
        if !still_runs || event() {
            return still_runs;
        }
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("what a program was waited for never came about");
        }
        thread::sleep(Duration::from_millis(1));
    }
}
