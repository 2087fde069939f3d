//! Files that are there as a whole or not at all, on disks that many machines share, too.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::machine::host;
use super::store_error::{StoreError, refused};

/// What the name of each temporary file ends with.
const TEMPORARY: &str = ".tmp";

/// How often something is tried again on a file that a server has replaced meanwhile, and after which pause.
const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_millis(50);

/// Does something with a file, again if the system says that the file it knows is no longer there: on shared disks a handle
/// outlives what another machine has renamed over it.
pub(super) fn patiently<T>(mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let mut tries = 1;
    loop {
        match act() {
            Err(error)
                if error.kind() == io::ErrorKind::StaleNetworkFileHandle && tries < TRIES =>
            {
                thread::sleep(PAUSE * tries);
                tries += 1;
            }
            other => return other,
        }
    }
}

/// Writes a file that is there as a whole, or as it was before: to a temporary file of a name that no other process of any
/// machine has, which is then renamed.
///
/// # Errors
/// What the system says.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    patiently(|| {
        let temporary = temporary(path);
        let written = File::create(&temporary).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&temporary, path)?;
            sync_directory(path)
        });
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written
    })
    .map_err(refused(path, "written"))
}

/// The name that a file has until it is whole.
fn temporary(path: &Path) -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut name = path.as_os_str().to_owned();
    name.push(format!(
        ".{}-{}-{count}{TEMPORARY}",
        host(),
        std::process::id()
    ));
    PathBuf::from(name)
}

/// Whether a file of that name is one that a process which was killed has left.
pub(super) fn is_temporary(name: &str) -> bool {
    name.ends_with(TEMPORARY)
}

/// Removes what processes that were killed have left in a directory, which must have no other writer.
pub(super) fn clear(directory: &Path) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_temporary) {
            // Left behind it would do no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes sure that a new name is on disk, not only what it names. Not every system lets directories be opened.
fn sync_directory(file: &Path) -> io::Result<()> {
    let directory = file
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    match File::open(directory.unwrap_or(Path::new("."))) {
        Ok(directory) if cfg!(unix) => match directory.sync_all() {
            // Some network disks have nothing of the kind.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            done => done,
        },
        _ => Ok(()),
    }
}

/// A file that lines are added to; made if there is none.
pub(super) fn append_to(path: &Path) -> Result<File, StoreError> {
    let file = patiently(|| OpenOptions::new().append(true).create(true).open(path));
    file.map_err(refused(path, "written"))
}

/// Appends all of it or nothing.
pub(super) fn append(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    let before = file.metadata()?.len();
    let written = file.write_all(bytes).and_then(|()| file.sync_data());
    if written.is_err() {
        // What is torn is dropped when it is read, even where this fails too.
        let _ = file.set_len(before);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_handle_is_tried_again_and_nothing_else() {
        let stale = || io::Error::from(io::ErrorKind::StaleNetworkFileHandle);
        let mut tries = 0;
        let done = patiently(|| {
            tries += 1;
            if tries < 3 { Err(stale()) } else { Ok(tries) }
        });
        assert_eq!(done.unwrap(), 3);
        let mut tries = 0;
        let never: io::Result<()> = patiently(|| {
            tries += 1;
            Err(stale())
        });
        assert!(never.is_err());
        assert_eq!(tries, TRIES);
        let mut tries = 0;
        let other: io::Result<()> = patiently(|| {
            tries += 1;
            Err(io::ErrorKind::PermissionDenied.into())
        });
        assert!(other.is_err());
        assert_eq!(tries, 1);
    }

    #[test]
    fn no_two_temporary_files_have_one_name() {
        let path = Path::new("somewhere/records.jsonl");
        let [one, other] = [temporary(path), temporary(path)];
        assert_ne!(one, other);
        assert_eq!(one.parent(), path.parent());
        let name = one.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with("records.jsonl.") && is_temporary(name));
        assert!(name.contains(&std::process::id().to_string()));
    }
}
