//! Waiting for what other processes do, with a bound far beyond any machine.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

const DEADLINE: Duration = Duration::from_secs(15 * 60);

/// Time from one look to the next.
const PAUSE: Duration = Duration::from_millis(50);

/// Looks until something is found.
pub(super) fn wait_for<T>(what: &str, look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    wait_until(Instant::now() + DEADLINE, what, look)
}

fn wait_until<T>(
    end: Instant,
    what: &str,
    mut look: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        if Instant::now() >= end {
            bail!("waited in vain for {what}");
        }
        thread::sleep(PAUSE);
    }
}

/// Lets a random time pass, up to a bound.
pub(super) fn pass(random: &mut fastrand::Rng, at_most: Duration) {
    thread::sleep(at_most.mul_f64(random.f64()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_comes_is_said() {
        let mut looks = 0;
        let found = wait_for("three looks", || {
            looks += 1;
            Ok((looks == 3).then_some(looks))
        });
        assert_eq!(found.unwrap(), 3);
        let never = wait_until(Instant::now(), "Godot", || Ok(None::<()>));
        assert_eq!(never.unwrap_err().to_string(), "waited in vain for Godot");
    }
}
