//! A directory of a test's own, and an end for all that was started there.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::process;

/// What each process of a place has in its environment, and whatever it starts in turn, whoever adopts that.
const MARK: &str = "LAZY_LIMITS_TEST_PLACE";

/// Variables by which a scheduler would speak to what is tested, if the tests run under one: the beginnings of their names.
const SCHEDULERS: [&str; 4] = ["SLURM_", "SBATCH_", "JOB_COMPLETION_INDEX", "HQ_"];

/// The directory; when it is dropped, all processes of the place end, and it is removed.
pub(super) struct Place {
    directory: TempDir,
    program: PathBuf,
}

impl Place {
    /// A new one, where `program` is found by its name.
    pub(super) fn new(program: &Path) -> Result<Self> {
        // Not below the target directory: names of sockets are short.
        let directory = tempfile::Builder::new().prefix("lazy-limits-").tempdir();
        Ok(Self {
            directory: directory.context("there is no place for temporary files")?,
            program: program.to_owned(),
        })
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// A call of another program, marked as one of this place.
    pub(super) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = process::program(program);
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if SCHEDULERS.iter().any(|start| name.starts_with(start)) {
                command.env_remove(name);
            }
        }
        let own = self.program.parent().map(Path::to_owned);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = own.into_iter().chain(std::env::split_paths(&path));
        // Paths that came from such a variable can stand in one.
        let path = std::env::join_paths(path).unwrap_or_default();
        command
            .current_dir(self.directory.path())
            .env(MARK, self.directory.path())
            .env("PATH", path);
        command
    }

    /// A call of the program.
    pub(super) fn program(&self) -> Command {
        self.command(&self.program)
    }

    /// The script that the program prints for a plan.
    pub(super) fn script(&self, plan: &str, name: &str, options: &[&str]) -> Result<String> {
        let mut command = self.program();
        let command = command.args(["sweep", plan, "--script", name]);
        Ok(process::output(command.args(options))? + "\n")
    }

    /// The numbers of the place's processes that have `variable` in their environment too, if one is given.
    pub(super) fn processes(&self, variable: Option<&str>) -> Vec<u32> {
        let mark = format!("{MARK}={}", self.directory.path().display());
        let has = |environment: &[u8], wanted: &str| {
            let mut variables = environment.split(|&byte| byte == 0);
            variables.any(|one| one == wanted.as_bytes())
        };
        let numbers = fs::read_dir("/proc").into_iter().flatten().flatten();
        numbers
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .filter(|number: &u32| {
                // That of a process which has ended is empty.
                let found = fs::read(format!("/proc/{number}/environ")).unwrap_or_default();
                has(&found, &mark) && variable.is_none_or(|wanted| has(&found, wanted))
            })
            .collect()
    }

    /// Sends a signal to one of its processes; whether that was there.
    pub(super) fn signal(&self, number: u32, signal: &str) -> bool {
        self.processes(None).contains(&number)
            && process::output(Command::new("kill").args(["-s", signal, &number.to_string()]))
                .is_ok()
    }

    /// Shows the ends of all files with that ending, to whoever has to find out why something failed.
    pub(super) fn show_tails(&self, ending: &str) {
        const LINES: usize = 30;
        let entries = fs::read_dir(self.directory.path()).into_iter().flatten();
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for file in files {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            if name.ends_with(ending) {
                let bytes = fs::read(&file).unwrap_or_default();
                let content = String::from_utf8_lossy(&bytes);
                let lines: Vec<&str> = content.lines().collect();
                let last = &lines[lines.len().saturating_sub(LINES)..];
                println!("--- the end of {name}\n{}", last.join("\n"));
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Some may start others meanwhile.
        for _ in 0..200 {
            let left = self.processes(None);
            if left.is_empty() {
                break;
            }
            for number in left {
                let _ = Command::new("kill")
                    .args(["-s", "KILL", &number.to_string()])
                    .status();
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_place_outlives_it() {
        let place = Place::new(Path::new("/usr/bin/lazy-limits")).unwrap();
        let directory = place.path("");
        // One whose parent is gone, and that is found by its environment alone.
        let mut command = place.command("sh");
        command.args(["-c", "OWN=yes sleep 1000 & echo $! > number"]);
        assert!(command.status().unwrap().success());
        let text = fs::read_to_string(place.path("number")).unwrap();
        let number = text.trim().parse::<u32>().unwrap();
        assert!(place.processes(None).contains(&number));
        while place.processes(Some("OWN=yes")) != [number] {
            // It has been forked, and not yet begun.
            thread::yield_now();
        }
        assert!(place.processes(Some("OWN=no")).is_empty());
        drop(place);
        let state = fs::read_to_string(format!("/proc/{number}/stat"));
        // Nobody may have asked for how it ended.
        assert!(state.is_err() || state.unwrap().contains(") Z "));
        assert!(!directory.exists());
    }
}
