//! Parts of a plan put together.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::store::{Effort, Store, StoreError, is_same_plan};
use crate::experiment::sweep::{Job, Part, Sweep};

/// What has come of putting parts together.
#[derive(Debug)]
pub struct Merged {
    /// The plan that they are parts of.
    pub sweep: Sweep,
    /// Which of its runs are missing.
    pub missing: Vec<usize>,
    /// Runs that several directories have with different results, as other processors may give
    /// other last digits; the first is kept.
    pub different: Vec<String>,
}

/// Puts the finished runs of `parts` into `out`, in the order of the plan. There they can be
/// continued like any other.
///
/// # Errors
/// If the directories hold different plans, or one cannot be read or written. What was there stays
/// as it was.
pub fn merge(parts: &[PathBuf], out: &Path) -> Result<Merged, StoreError> {
    let mut read = Vec::with_capacity(parts.len());
    for part in parts {
        read.push(Store::read(part)?);
    }
    let sweep = read[0].sweep.clone();
    for (path, other) in parts.iter().zip(&read) {
        if !is_same_plan(&sweep, &other.sweep) {
            return Err(StoreError::Mixed {
                path: path.clone(),
                first: parts[0].clone(),
            });
        }
    }
    let mut store = Store::open(out, &sweep, Part::WHOLE, false)?;
    let mut different = Vec::new();
    for results in read {
        let efforts = results.efforts.into_iter();
        let efforts: HashMap<String, Effort> =
            efforts.map(|effort| (effort.run.clone(), effort)).collect();
        for (id, line) in results.lines {
            match store.line(&id) {
                None => {
                    store.add(&id, line)?;
                    if let Some(effort) = efforts.get(&id) {
                        store.took(effort)?;
                    }
                }
                Some(known) if known != line => different.push(id),
                Some(_) => {}
            }
        }
    }
    let jobs = sweep.jobs();
    store.settle(jobs.iter().map(Job::id))?;
    let missing = (0..jobs.len()).filter(|&job| !store.has(jobs[job].id()));
    let missing = missing.collect();
    Ok(Merged {
        sweep,
        missing,
        different,
    })
}
