//! Work that is split into many jobs, on several threads, until a watcher ends it.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

/// Longest time without a word to the watcher.
const HEARTBEAT: Duration = Duration::from_millis(50);

/// Does the jobs 0 … `count` − 1: what each has come to, None where it was not done. A job may look whether it is to stop, and
/// then comes to nothing. `watch` hears the number of finished jobs several times a second; when it breaks, what is done is
/// returned at once.
///
/// # Errors
/// If no thread can be started.
pub(crate) fn done<T: Clone + Send + 'static>(
    threads: usize,
    count: usize,
    job: impl Fn(usize, &AtomicBool) -> Option<T> + Send + Sync + 'static,
    mut watch: impl FnMut(usize) -> ControlFlow<()>,
) -> Result<Vec<Option<T>>, ThreadPoolBuildError> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build()?;
    let job = Arc::new(job);
    let stop = Arc::new(AtomicBool::new(false));
    let (sender, receiver) = mpsc::channel();
    for index in 0..count {
        let (job, stop, sender) = (Arc::clone(&job), Arc::clone(&stop), sender.clone());
        pool.spawn(move || {
            if let Some(result) = job(index, &stop) {
                // The receiver is gone if the watcher has stopped the run.
                let _ = sender.send((index, result));
            }
        });
    }
    drop(sender);
    let mut results: Vec<Option<T>> = vec![None; count];
    let mut finished = 0;
    loop {
        match receiver.recv_timeout(HEARTBEAT) {
            Ok((index, result)) => {
                results[index] = Some(result);
                finished += 1;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if watch(finished).is_break() {
            stop.store(true, Ordering::Relaxed);
            break;
        }
    }
    Ok(results)
}
