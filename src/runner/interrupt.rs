//! Ctrl-C, and the signals by which schedulers end a job.

use std::fs;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use signal_hook::consts as signals;
use signal_hook::flag;

/// Exit status of a program that Ctrl-C ended: 128 + SIGINT.
const INTERRUPTED: u8 = 130;

/// Exit status of a program that a scheduler ended while it had work left, EX_TEMPFAIL of sysexits.h: run it again.
const STOPPED: u8 = 75;

/// By which a scheduler, a closed terminal or a limit on time announces the end. SIGCONT is not among them: a job that
/// was suspended goes on.
#[cfg(unix)]
const ANNOUNCEMENTS: [i32; 5] = [
    signals::SIGTERM,
    signals::SIGHUP,
    signals::SIGUSR1,
    signals::SIGUSR2,
    signals::SIGXCPU,
];
#[cfg(not(unix))]
const ANNOUNCEMENTS: [i32; 1] = [signals::SIGTERM];

/// Whether somebody wants the program to end: by Ctrl-C, by a signal of a scheduler, or by a time that was set.
///
/// Either ends it at once with its exit status, as long as there is nothing to lose. While work is
/// [held](Self::hold), the first one asks it to save or print what is done and to end; then a second Ctrl-C ends the
/// program at once, and another signal of a scheduler, of which some send several, changes nothing.
#[derive(Clone, Debug)]
pub struct Interrupt {
    interrupted: Arc<AtomicBool>,
    stopped: Arc<AtomicBool>,
    /// When its time is over, if that is known.
    end: Arc<OnceLock<Instant>>,
    /// Whether the next Ctrl-C ends the program, and whether the next signal of a scheduler does.
    ends_at_once: [Arc<AtomicBool>; 2],
}

impl Interrupt {
    /// Starts to listen. Where the system does not let it, signals end the program as usual; and one that whoever
    /// started the program has switched off, as `nohup` does, stays so where the system tells (Linux does).
    pub fn listen() -> Self {
        let flag = |value| Arc::new(AtomicBool::new(value));
        let interrupt = Self {
            interrupted: flag(false),
            stopped: flag(false),
            end: Arc::default(),
            ends_at_once: [flag(true), flag(true)],
        };
        let [by_hand, by_scheduler] = &interrupt.ends_at_once;
        // A failure leaves the system's own handling in place, which is the promise above. Actions of one signal are
        // done in the order in which they are registered: the second press finds what the first has left.
        let _ = flag::register_conditional_shutdown(
            signals::SIGINT,
            INTERRUPTED.into(),
            Arc::clone(by_hand),
        );
        let _ = flag::register(signals::SIGINT, Arc::clone(by_hand));
        let _ = flag::register(signals::SIGINT, Arc::clone(&interrupt.interrupted));
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        for signal in ANNOUNCEMENTS {
            if !is_ignored(&status, signal) {
                let _ = flag::register_conditional_shutdown(
                    signal,
                    STOPPED.into(),
                    Arc::clone(by_scheduler),
                );
                let _ = flag::register(signal, Arc::clone(&interrupt.stopped));
            }
        }
        interrupt
    }

    /// From now on there is something to lose: whoever works asks [`flow`](Self::flow) and ends by itself.
    pub fn hold(&self) {
        self.end_at_once(false);
    }

    /// From now on there is nothing to lose.
    pub fn release(&self) {
        self.end_at_once(true);
    }

    fn end_at_once(&self, value: bool) {
        for flag in &self.ends_at_once {
            flag.store(value, Ordering::SeqCst);
        }
    }

    /// From then on it is as if a scheduler's signal had come. Only the first such time counts.
    pub fn end_at(&self, end: Instant) {
        let _ = self.end.set(end);
    }

    /// Whether one came while work was held, or the time is over.
    pub fn is_set(&self) -> bool {
        self.interrupted.load(Ordering::SeqCst) || self.is_stopped()
    }

    fn is_stopped(&self) -> bool {
        let is_over = self.end.get().is_some_and(|&end| Instant::now() >= end);
        is_over || self.stopped.load(Ordering::SeqCst)
    }

    /// What a watcher of long work answers: to stop once one came.
    pub fn flow(&self) -> ControlFlow<()> {
        if self.is_set() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// The exit status of work that was not done to its end: 75 if only a scheduler asked for it or its time is over, else 130.
    pub fn status(&self) -> u8 {
        let by_hand = self.interrupted.load(Ordering::SeqCst);
        if !by_hand && self.is_stopped() {
            STOPPED
        } else {
            INTERRUPTED
        }
    }
}

/// Whether a process of that `/proc/…/status` ignores a signal.
fn is_ignored(status: &str, signal: i32) -> bool {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u128::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_says_what_is_ignored() {
        let status = "SigBlk:\t0000000000000002\nSigIgn:\t0000000000001001\n";
        assert!(is_ignored(status, 1) && is_ignored(status, 13));
        assert!(!is_ignored(status, 2) && !is_ignored("", 1));
    }
}
