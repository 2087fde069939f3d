//! How long computing takes.

use std::time::Instant;

use cpu_time::ThreadTime;

/// What `work` makes, and the seconds that this thread computes for it: whatever else the machine
/// does meanwhile. Where the system does not count them, the seconds that pass.
pub(super) fn timed<R>(work: impl FnOnce() -> R) -> (R, f64) {
    let start = Instant::now();
    let computing = ThreadTime::try_now();
    let made = work();
    let computed = computing.and_then(|since| since.try_elapsed());
    let elapsed = computed.unwrap_or_else(|_| start.elapsed());
    (made, elapsed.as_secs_f64())
}
