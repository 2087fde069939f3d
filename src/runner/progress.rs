//! Progress of a long run, on standard error.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Anything shorter says nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Time between two lines where there is no terminal to redraw a bar on.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// How finely work is divided.
const WORK: u64 = 1_000_000;

/// A bar with an estimate on a terminal, a line now and then elsewhere, nothing if quiet; and
/// nothing within the first second.
#[derive(Debug)]
pub struct Progress {
    face: Face,
    unit: &'static str,
    total: u64,
    started: Instant,
    /// Said instead of the counts.
    text: Option<String>,
}

#[derive(Debug)]
enum Face {
    Quiet,
    Bar(ProgressBar),
    Lines { next: Instant },
}

impl Progress {
    /// Progress through `total` of `unit` (“draws”).
    pub fn new(quiet: bool, total: u64, unit: &'static str) -> Self {
        let started = Instant::now();
        let face = if quiet {
            Face::Quiet
        } else if io::stderr().is_terminal() {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
            // A template that fails to parse would fail on every machine: the default bar is
            // better than an error.
            if let Ok(style) = ProgressStyle::with_template(
                "{wide_bar} {human_pos}/{human_len} {msg}, about {eta} left",
            ) {
                bar.set_style(style);
            }
            bar.set_message(unit);
            Face::Bar(bar)
        } else {
            Face::Lines {
                next: started + PATIENCE,
            }
        };
        Self {
            face,
            unit,
            total,
            started,
            text: None,
        }
    }

    /// Progress through work that is no number of anything; [`Progress::says`] tells what is done.
    pub fn of_work(quiet: bool) -> Self {
        let progress = Self::new(quiet, WORK, "");
        if let Face::Bar(bar) = &progress.face
            && let Ok(style) = ProgressStyle::with_template("{wide_bar} {msg}, about {eta} left")
        {
            bar.set_style(style);
        }
        progress
    }

    /// Says that a `share` of the work is done, and what that is. Cheap: call it as often as you
    /// like.
    pub fn says(&mut self, share: f64, text: String) {
        if let Face::Bar(bar) = &self.face {
            bar.set_message(text.clone());
        }
        self.text = Some(text);
        self.at((share * WORK as f64) as u64);
    }

    /// Writes a line without disturbing the bar.
    pub fn note(&self, line: &str) {
        match &self.face {
            Face::Bar(bar) if !bar.is_hidden() => bar.println(line),
            // Nobody can be told that standard error is closed.
            _ => drop(writeln!(io::stderr(), "{line}")),
        }
    }

    /// Says that `done` are done. Cheap: call it as often as you like.
    pub fn at(&mut self, done: u64) {
        let elapsed = self.started.elapsed();
        match &mut self.face {
            Face::Quiet => {}
            Face::Bar(bar) => {
                if bar.is_hidden() && elapsed > PATIENCE {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                }
                bar.set_position(done);
                bar.tick();
            }
            Face::Lines { next } => {
                let now = Instant::now();
                if now > *next {
                    *next = now + BETWEEN_LINES;
                    let (unit, total) = (self.unit, self.total);
                    let left = estimate(elapsed, done, total);
                    let counts = format!("{done} of {total} {unit}");
                    let text = self.text.as_ref().unwrap_or(&counts);
                    // Nobody can be told that standard error is closed.
                    let _ = writeln!(io::stderr(), "{text}{left}");
                }
            }
        }
    }

    /// Removes the bar.
    pub fn finish(self) {
        if let Face::Bar(bar) = self.face {
            bar.finish_and_clear();
        }
    }
}

fn estimate(elapsed: Duration, done: u64, total: u64) -> String {
    if done == 0 {
        return String::new();
    }
    let seconds = elapsed.as_secs_f64() * (total.saturating_sub(done)) as f64 / done as f64;
    format!(", about {} left", in_words(seconds))
}

/// A time for people: in seconds, minutes or hours.
pub fn in_words(seconds: f64) -> String {
    if seconds < 100.0 {
        format!("{} s", seconds.ceil())
    } else if seconds < 5400.0 {
        format!("{:.0} min", seconds / 60.0)
    } else {
        format!("{:.1} h", seconds / 3600.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_takes_as_long_as_what_is_done() {
        let text = estimate(Duration::from_secs(20), 4, 10);
        assert_eq!(text, ", about 30 s left");
        assert_eq!(estimate(Duration::from_secs(20), 0, 10), "");
        assert_eq!(in_words(0.2), "1 s");
        assert_eq!(in_words(600.0), "10 min");
        assert_eq!(in_words(9000.0), "2.5 h");
    }
}
