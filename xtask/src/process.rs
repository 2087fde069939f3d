//! Running other programs.

use std::ffi::OsStr;
use std::iter;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// A call of `program` in the workspace.
///
/// What cargo told *this* process about the package `xtask` is not passed on: a cargo or a build script further down
/// could take it for its own, and some rebuild when it differs.
pub(crate) fn program(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (key, _) in std::env::vars_os() {
        let ours = key
            .to_str()
            .is_some_and(|key| key.starts_with("CARGO_PKG_") || key.starts_with("CARGO_MANIFEST_"));
        if ours {
            command.env_remove(key);
        }
    }
    command.current_dir(workspace::root());
    command
}

/// A call of cargo in the workspace.
pub(crate) fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A call of cargo that compiles with `flags` and no others, whatever the environment says.
pub(crate) fn cargo_with_flags(flags: &str) -> Command {
    let mut command = cargo();
    command.env("CARGO_ENCODED_RUSTFLAGS", flags);
    command
}

/// Runs `command` after showing it, its output going where ours goes.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    eprintln!("$ {}", line(command));
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        // The whole line has just been shown.
        let start: Vec<String> = words(command).take(2).collect();
        bail!("`{}` failed ({status})", start.join(" "));
    }
    Ok(())
}

/// Runs `command` silently and returns what it printed, trimmed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| cannot_start(command))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` failed ({}): {}",
            line(command),
            output.status,
            complaint.trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start {}", command.get_program().display())
}

/// The command as one would type it, roughly: for reading, not for a shell.
fn line(command: &Command) -> String {
    words(command).collect::<Vec<_>>().join(" ")
}

fn words(command: &Command) -> impl Iterator<Item = String> {
    let program = Path::new(command.get_program());
    iter::once(program.file_stem().unwrap_or(program.as_os_str()))
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
}
