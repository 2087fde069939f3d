//! Where a figure is from.

use std::collections::HashMap;
use std::env;

use serde::{Deserialize, Serialize};

use crate::runner::{Effort, Machine, Results};
use crate::stream;

/// Where a figure is from. `Seconds` are those of computing by what was computed, added up over threads, parts and sessions.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Provenance<Seconds> {
    /// Version of the program.
    pub version: String,
    /// Version of the random streams.
    pub streams: u32,
    /// The command as it was given.
    pub command: Vec<String>,
    /// Where the runs were made, most of the work first.
    pub machines: Vec<Share>,
    /// How long the runs took.
    pub seconds: Seconds,
}

/// A computer's share in the runs.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Share {
    /// Which.
    #[serde(flatten)]
    pub machine: Machine,
    /// Seconds of computing of the runs finished there.
    pub seconds: f64,
}

impl<Seconds> Provenance<Seconds> {
    /// Of results that this version of the program puts together, as `command` asked for.
    pub fn new(results: &Results, seconds: Seconds, command: Vec<String>) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            streams: stream::VERSION,
            command,
            machines: machines(&results.efforts),
            seconds,
        }
    }

    /// Whether this version of the program would find the same exact values.
    pub fn is_of_this_version(&self) -> bool {
        self.version == env!("CARGO_PKG_VERSION") && self.streams == stream::VERSION
    }

    /// The processors in words, with their hours where there are several.
    pub fn machines_in_words(&self) -> String {
        let each = self.machines.iter().map(|Share { machine, seconds }| {
            let cpu = machine.cpu.as_deref();
            let cpu = cpu.unwrap_or("a processor that does not say its name");
            let name = format!("{cpu}, {} cores", machine.cores);
            if self.machines.len() == 1 {
                name
            } else {
                format!("{name} ({:.1})", seconds / 3600.0)
            }
        });
        each.collect::<Vec<_>>().join(", and on ")
    }
}

/// Seconds of computing by the ids of runs.
pub fn seconds_of_runs(results: &Results) -> HashMap<&str, f64> {
    let mut all: HashMap<&str, f64> = HashMap::new();
    for Effort { run, seconds, .. } in &results.efforts {
        *all.entry(run).or_default() += seconds;
    }
    all
}

fn machines(efforts: &[Effort]) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    for Effort {
        machine, seconds, ..
    } in efforts
    {
        match shares.iter_mut().find(|share| share.machine == *machine) {
            Some(share) => share.seconds += seconds,
            None => shares.push(Share {
                machine: machine.clone(),
                seconds: *seconds,
            }),
        }
    }
    shares.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    shares
}
