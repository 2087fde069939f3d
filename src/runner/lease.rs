//! Who writes into a directory, where many machines share the disk.
//!
//! The system's locks are local on some network disks, so that two machines can hold one at once. Beside the lock lies a lease,
//! a file that says who writes, and that its writer renews: who finds another's waits until it has not been renewed for a while,
//! by his own clock, as those of machines differ.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use serde::{Deserialize, Serialize};

use super::disk::{patiently, write_whole};
use super::machine::{boot, host};
use super::store_error::{StoreError, refused};

/// The name of the file.
pub(super) const LEASE: &str = "lease.json";

/// How long leases last, and how often they are renewed.
#[derive(Clone, Copy)]
pub(super) struct LeasePace {
    /// Time without a renewal after which a lease is over.
    pub(super) lasts: Duration,
    /// Time from one renewal to the next.
    pub(super) renewed: Duration,
}

/// A network disk may show a file of another machine as it was up to a minute ago.
pub(super) const PACE: LeasePace = LeasePace {
    lasts: Duration::from_secs(90),
    renewed: Duration::from_secs(10),
};

/// Who holds a directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Holder {
    /// The machine's name.
    host: String,
    /// Which start of which machine it is, as far as its system tells.
    #[serde(default)]
    boot: String,
    /// The number of the process there.
    process: u32,
    /// When it began, in nanoseconds since 1970: numbers of processes come again.
    since: u128,
    /// How often it has been renewed.
    renewals: u64,
}

impl Holder {
    fn here() -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Self {
            host: host().to_owned(),
            boot: boot().to_owned(),
            process: std::process::id(),
            since: since.unwrap_or_default().as_nanos(),
            renewals: 0,
        }
    }

    fn name(&self) -> String {
        format!("process {} on {}", self.process, self.host)
    }

    /// Whether both are of one machine.
    fn is_beside(&self, other: &Self) -> bool {
        self.host == other.host && self.boot == other.boot
    }

    fn is_same(&self, other: &Self) -> bool {
        self.is_beside(other) && self.process == other.process && self.since == other.since
    }

    fn text(&self) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec(self).map_err(|error| refused(Path::new(LEASE), "written")(error.into()))
    }
}

/// A directory that this process alone writes to, until this is dropped.
#[derive(Debug)]
pub(super) struct Lease {
    path: PathBuf,
    own: Holder,
    is_lost: Arc<AtomicBool>,
    renewing: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Lease {
    /// Takes a directory. `is_locked` tells whether this process has its lock: no other of this machine can be at work then.
    /// Another machine's lease is waited for, of which `note` hears.
    ///
    /// # Errors
    /// If another process renews its lease meanwhile, or the system refuses.
    pub(super) fn take(
        directory: &Path,
        is_locked: bool,
        pace: LeasePace,
        note: &mut dyn FnMut(&str),
    ) -> Result<Self, StoreError> {
        let path = directory.join(LEASE);
        let own = Holder::here();
        let busy = |holder: &Holder| StoreError::Busy {
            path: directory.to_owned(),
            holder: holder.name(),
        };
        if !create(&path, &own)? {
            let found = read(&path)?;
            // With the lock of this machine in hand, who wrote it here is dead.
            let elsewhere = found.filter(|found| !is_locked || !found.is_beside(&own));
            if let Some(found) = &elsewhere {
                wait(&path, found, pace, note)?.map_err(|holder| busy(&holder))?;
            }
            write_whole(&path, &own.text()?)?;
            if elsewhere.is_some() {
                // Another may have waited for the same, and have been later by a moment.
                thread::sleep(pace.renewed / 10);
                if let Some(other) = read(&path)?.filter(|found| !found.is_same(&own)) {
                    return Err(busy(&other));
                }
            }
        }
        let is_lost = Arc::new(AtomicBool::new(false));
        let renewing = renew(path.clone(), own.clone(), Arc::clone(&is_lost), pace);
        Ok(Self {
            path,
            own,
            is_lost,
            renewing: renewing.ok(),
        })
    }

    /// Whether another process has taken the directory: this one has not renewed its lease for so long that it was thought dead,
    /// as one that was suspended.
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost.load(Ordering::SeqCst)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some((stop, renewing)) = self.renewing.take() {
            drop(stop);
            let _ = renewing.join();
        }
        let found = read(&self.path).ok().flatten();
        if found.is_some_and(|found| found.is_same(&self.own)) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Makes the file if there is none; whether it has. Of several machines, one does.
fn create(path: &Path, own: &Holder) -> Result<bool, StoreError> {
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    match made {
        Ok(mut file) => {
            let text = own.text()?;
            let written = file.write_all(&text).and_then(|()| file.sync_all());
            written.map_err(refused(path, "written"))?;
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(refused(path, "written")(error)),
    }
}

/// Who holds the directory; None if nobody does. What cannot be read is of somebody who is writing it, or died then.
fn read(path: &Path) -> Result<Option<Holder>, StoreError> {
    match patiently(|| fs::read(path)) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes).unwrap_or(Holder {
            boot: String::new(),
            host: "an unknown machine".to_owned(),
            process: 0,
            since: 0,
            renewals: 0,
        }))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused(path, "read")(error)),
    }
}

/// The process of this machine that says it holds a directory.
pub(super) fn holder(directory: &Path) -> Option<String> {
    let found = read(&directory.join(LEASE)).ok().flatten()?;
    (found.host == host()).then(|| found.name())
}

/// Waits until a lease is over, or is seen not to be.
fn wait(
    path: &Path,
    found: &Holder,
    pace: LeasePace,
    note: &mut dyn FnMut(&str),
) -> Result<Result<(), Holder>, StoreError> {
    note(&format!(
        "{} was writing to {}; if it does not go on within {} seconds, this one takes over",
        found.name(),
        path.parent().unwrap_or(path).display(),
        pace.lasts.as_secs()
    ));
    let begun = Instant::now();
    while begun.elapsed() < pace.lasts {
        thread::sleep(pace.renewed / 10);
        match read(path)? {
            None => return Ok(Ok(())),
            Some(now) if now != *found => return Ok(Err(now)),
            Some(_) => {}
        }
    }
    Ok(Ok(()))
}

/// Renews a lease until its sender is dropped.
fn renew(
    path: PathBuf,
    mut own: Holder,
    is_lost: Arc<AtomicBool>,
    pace: LeasePace,
) -> io::Result<(Sender<()>, JoinHandle<()>)> {
    let (sender, receiver) = mpsc::channel::<()>();
    let work = move || {
        while receiver.recv_timeout(pace.renewed) == Err(RecvTimeoutError::Timeout) {
            match read(&path) {
                Ok(Some(found)) if !found.is_same(&own) => {
                    is_lost.store(true, Ordering::SeqCst);
                    return;
                }
                // A disk that does not answer may do so the next time.
                Err(_) => continue,
                Ok(_) => {}
            }
            own.renewals += 1;
            let _ = own.text().and_then(|text| write_whole(&path, &text));
        }
    };
    let thread = thread::Builder::new()
        .name("lease".to_owned())
        .spawn(work)?;
    Ok((sender, thread))
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUICK: LeasePace = LeasePace {
        lasts: Duration::from_millis(400),
        renewed: Duration::from_millis(40),
    };

    fn place(name: &str) -> PathBuf {
        let directory =
            std::env::temp_dir().join(format!("lazy-limits-lease-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(&directory).unwrap();
        directory
    }

    fn write(directory: &Path, holder: &Holder) {
        fs::write(directory.join(LEASE), holder.text().unwrap()).unwrap();
    }

    fn stranger() -> Holder {
        Holder {
            host: "elsewhere".to_owned(),
            boot: String::new(),
            process: 7,
            since: 1,
            renewals: 3,
        }
    }

    #[test]
    fn a_lease_is_taken_renewed_and_given_back() {
        let directory = place("renewed");
        let lease =
            Lease::take(&directory, true, QUICK, &mut |_| panic!("nobody is there")).unwrap();
        let file = directory.join(LEASE);
        while read(&file).unwrap().unwrap().renewals < 2 {
            thread::sleep(QUICK.renewed);
        }
        assert!(!lease.is_lost());
        drop(lease);
        assert!(!file.exists());
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn one_that_is_not_renewed_is_taken_over() {
        let directory = place("over");
        write(&directory, &stranger());
        let mut notes = Vec::new();
        let lease = Lease::take(&directory, true, QUICK, &mut |text| {
            notes.push(text.to_owned());
        })
        .unwrap();
        assert!(notes[0].contains("process 7 on elsewhere"), "{notes:?}");
        assert!(
            read(&directory.join(LEASE))
                .unwrap()
                .unwrap()
                .is_same(&lease.own)
        );
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn one_of_this_machine_whose_lock_is_free_is_taken_at_once() {
        let directory = place("here");
        let dead = Holder {
            since: 5,
            ..Holder::here()
        };
        write(&directory, &dead);
        Lease::take(&directory, true, QUICK, &mut |_| panic!("it does not wait")).unwrap();
        fs::remove_dir_all(directory).unwrap();
    }

    /// As the pods of one index of a Job are named, on whatever machine they run.
    #[test]
    fn one_of_another_machine_of_the_same_name_is_waited_for() {
        let directory = place("namesake");
        let namesake = Holder {
            boot: "another".to_owned(),
            ..Holder::here()
        };
        write(&directory, &namesake);
        let mut waits = false;
        Lease::take(&directory, true, QUICK, &mut |_| waits = true).unwrap();
        assert!(waits);
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn one_that_is_renewed_is_refused() {
        let directory = place("busy");
        write(&directory, &stranger());
        let other = directory.clone();
        let mut begun = false;
        let refused = Lease::take(&directory, true, QUICK, &mut |_| {
            begun = true;
            write(
                &other,
                &Holder {
                    renewals: 4,
                    ..stranger()
                },
            );
        });
        let text = refused.unwrap_err().to_string();
        assert!(begun && text.contains("process 7 on elsewhere"), "{text}");
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn whoever_was_thought_dead_hears_of_it() {
        let directory = place("lost");
        let lease = Lease::take(&directory, true, QUICK, &mut |_| {}).unwrap();
        write(&directory, &stranger());
        while !lease.is_lost() {
            // The first renewal may have been under way.
            write(&directory, &stranger());
            thread::sleep(QUICK.renewed);
        }
        drop(lease);
        assert!(
            read(&directory.join(LEASE))
                .unwrap()
                .unwrap()
                .is_same(&stranger())
        );
        fs::remove_dir_all(directory).unwrap();
    }
}
