//! What a program asks of the disk, as `strace` sees it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process;

/// Calls of the system about one directory and what is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DiskUse {
    pub(super) opened: u64,
    /// Sizes and dates of files, locks, lists of directories.
    pub(super) asked: u64,
    pub(super) read: u64,
    pub(super) written: u64,
    pub(super) bytes: u64,
    pub(super) synced: u64,
    pub(super) renamed: u64,
    pub(super) removed: u64,
    pub(super) made: u64,
}

impl DiskUse {
    /// All calls.
    pub(super) const fn calls(&self) -> u64 {
        self.opened
            + self.asked
            + self.read
            + self.written
            + self.synced
            + self.renamed
            + self.removed
            + self.made
    }

    /// What each renewal of a file asks, if there was one.
    pub(super) fn each(&self) -> Option<Self> {
        let count = self.renamed;
        // To the nearest: the first and the last may differ.
        let share = |all: u64| (all + count / 2) / count;
        (count > 0).then(|| self.map(share))
    }

    /// Both together.
    pub(super) fn and(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    /// What is left of it without that of `other`.
    pub(super) fn without(&self, other: &Self) -> Self {
        self.zip(other, u64::saturating_sub)
    }

    fn map(&self, to: impl Fn(u64) -> u64) -> Self {
        self.zip(self, |a, _| to(a))
    }

    fn zip(&self, other: &Self, to: impl Fn(u64, u64) -> u64) -> Self {
        Self {
            opened: to(self.opened, other.opened),
            asked: to(self.asked, other.asked),
            read: to(self.read, other.read),
            written: to(self.written, other.written),
            bytes: to(self.bytes, other.bytes),
            synced: to(self.synced, other.synced),
            renamed: to(self.renamed, other.renamed),
            removed: to(self.removed, other.removed),
            made: to(self.made, other.made),
        }
    }

    /// One call, with what it answered. Closing is no business of a disk.
    fn add(&mut self, name: &str, answer: &str) {
        match name {
            "open" | "openat" | "creat" => self.opened += 1,
            "read" | "pread64" | "readv" => self.read += 1,
            "write" | "pwrite64" | "writev" => {
                self.written += 1;
                self.bytes += answer.parse::<u64>().unwrap_or(0);
            }
            "fsync" | "fdatasync" => self.synced += 1,
            "rename" | "renameat" | "renameat2" => self.renamed += 1,
            "unlink" | "unlinkat" | "rmdir" => self.removed += 1,
            "mkdir" | "mkdirat" => self.made += 1,
            "close" | "fcntl" | "mmap" | "poll" => {}
            _ => self.asked += 1,
        }
    }
}

/// What a program asked, by what it was about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traced {
    pub(super) lease: DiskUse,
    pub(super) checkpoints: DiskUse,
    pub(super) rest: DiskUse,
}

impl Traced {
    /// Reads what `strace -ff -y` has written of one thread about the directory at `place`. A directory is opened and synced
    /// for the file that was renamed in it before.
    fn add(&mut self, text: &str, place: &str) {
        let mut was_renamed = false;
        let mut last = "";
        for line in text.lines() {
            let Some((name, rest)) = line.split_once('(') else {
                continue;
            };
            let Some(at) = rest.find(place) else {
                continue;
            };
            let file = rest[at + place.len()..].split(['"', '>']).next();
            let file = file.unwrap_or_default().trim_start_matches('/');
            let is_directory = file.is_empty() || file == "checkpoints";
            let about = if is_directory && was_renamed {
                last
            } else {
                file
            };
            let answer = rest.rsplit_once(") = ").map_or("", |(_, answer)| answer);
            let answer = answer.split([' ', '<']).next().unwrap_or_default();
            let of = if about.starts_with("lease.json") {
                &mut self.lease
            } else if about.starts_with("checkpoints/") {
                &mut self.checkpoints
            } else {
                &mut self.rest
            };
            of.add(name, answer);
            if !is_directory {
                last = file;
                was_renamed = name.starts_with("rename");
            }
        }
    }
}

/// The program, if it is here and may be used.
pub(super) fn strace() -> Option<PathBuf> {
    let found = which::which("strace").ok()?;
    let tried = process::output(process::program(&found).args(["-o", "/dev/null", "true"]));
    tried.is_ok().then_some(found)
}

/// Runs a program and reads what it asked of the directory at `place`; `scratch` takes the traces. Status 75 is an end like
/// any other.
pub(super) fn trace(
    strace: &Path,
    scratch: &Path,
    place: &Path,
    program: &Path,
    arguments: &[&str],
) -> Result<Traced> {
    let _ = fs::remove_dir_all(scratch);
    fs::create_dir_all(scratch)?;
    let mut command = process::program(strace);
    command
        .args([
            "-ff",
            "-y",
            "-qq",
            "-s",
            "0",
            "-e",
            "trace=%file,%desc",
            "-o",
        ])
        .arg(scratch.join("thread"))
        .arg(program)
        .args(arguments);
    let output = command.output().context("cannot start strace")?;
    if !output.status.success() && output.status.code() != Some(75) {
        anyhow::bail!(
            "what was traced failed ({}): {}",
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    let place = place.to_str().context("the directory has no plain name")?;
    let mut traced = Traced::default();
    for entry in fs::read_dir(scratch)? {
        traced.add(&fs::read_to_string(entry?.path())?, place);
    }
    Ok(traced)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_counted_by_what_they_are_about() {
        let text = r#"openat(AT_FDCWD</home>, "/lib/libc.so", O_RDONLY) = 3</lib/libc.so>
mkdir("/d/part-1", 0777) = -1 EEXIST (File exists)
openat(AT_FDCWD</home>, "/d/part-1/lease.json.h-7-0.tmp", O_WRONLY|O_CREAT, 0666) = 4</d/part-1/lease.json.h-7-0.tmp>
write(4</d/part-1/lease.json.h-7-0.tmp>, ""..., 83) = 83
fsync(4</d/part-1/lease.json.h-7-0.tmp>) = 0
rename("/d/part-1/lease.json.h-7-0.tmp", "/d/part-1/lease.json") = 0
openat(AT_FDCWD</home>, "/d/part-1", O_RDONLY|O_CLOEXEC) = 5</d/part-1>
fsync(5</d/part-1>) = 0
close(5</d/part-1>) = 0
openat(AT_FDCWD</home>, "/d/part-1/checkpoints/ab", O_RDONLY) = -1 ENOENT (No such file or directory)
write(6</d/part-1/records.jsonl>, ""..., 1200) = 1200
fdatasync(6</d/part-1/records.jsonl>) = 0
openat(AT_FDCWD</home>, "/d/part-1", O_RDONLY|O_DIRECTORY) = 5</d/part-1>
+++ exited with 0 +++
"#;
        let mut traced = Traced::default();
        traced.add(text, "/d/part-1");
        let lease = DiskUse {
            opened: 2,
            written: 1,
            bytes: 83,
            synced: 2,
            renamed: 1,
            ..DiskUse::default()
        };
        assert_eq!(traced.lease, lease);
        assert_eq!(lease.calls(), 6);
        let checkpoints = DiskUse {
            opened: 1,
            ..DiskUse::default()
        };
        assert_eq!(traced.checkpoints, checkpoints);
        let rest = DiskUse {
            opened: 1,
            written: 1,
            bytes: 1200,
            synced: 1,
            made: 1,
            ..DiskUse::default()
        };
        assert_eq!(traced.rest, rest);
    }
}
