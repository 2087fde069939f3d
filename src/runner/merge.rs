//! Parts of a plan put together.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::results::{Effort, Results, is_same_plan};
use super::store::Store;
use super::store_error::StoreError;
use crate::experiment::sweep::{Job, PlanPart, Sweep};
use crate::linalg::ProductKernel;

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
    /// What made those that are there, as far as parts say.
    pub makers: Vec<Maker>,
}

/// What made some of the runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Maker {
    /// The [name](ProductKernel::name) of what made products; older programs did not say.
    pub product_kernel: Option<Cow<'static, str>>,
    /// The processor's own name, if its system tells.
    pub cpu: Option<String>,
    /// How many runs.
    pub runs: usize,
}

impl Maker {
    /// Whether runs of these may differ in their last digits from those of any one of them. The portable kernel is the same
    /// everywhere; of the fastest even the same vector units may sum in another order, where caches are larger.
    pub fn are_mixed(makers: &[Self]) -> bool {
        let portable = Some(ProductKernel::Portable.name());
        makers.len() > 1
            && makers
                .iter()
                .any(|maker| maker.product_kernel.as_deref() != portable)
    }
}

/// Puts the finished runs of `parts` into `out`, in the order of the plan. There they can be
/// continued like any other. All is read before anything is written; `write` hears when that begins, and `note` what
/// [`Store::open`] has to say.
///
/// # Errors
/// If the directories hold different plans, or one cannot be read or written. What was there stays
/// as it was.
pub fn merge(
    parts: &[PathBuf],
    out: &Path,
    write: impl FnOnce(),
    note: impl FnMut(&str),
) -> Result<Merged, StoreError> {
    let mut plan: Option<Sweep> = None;
    let mut kernel = ProductKernel::Portable;
    let mut lines = HashMap::new();
    let mut efforts = Vec::new();
    let mut different = Vec::new();
    for path in parts {
        let part = Results::read(path, plan.as_ref())?;
        let sweep = plan.get_or_insert_with(|| part.sweep.clone());
        if !is_same_plan(sweep, &part.sweep) {
            return Err(StoreError::Mixed {
                path: path.clone(),
                first: parts[0].clone(),
            });
        }
        if part.kernel == ProductKernel::Fastest {
            // What is missing is as well made by it.
            kernel = part.kernel;
        }
        let took = part.efforts.into_iter();
        let mut took: HashMap<String, Effort> =
            took.map(|effort| (effort.run.clone(), effort)).collect();
        for (id, line) in part.lines {
            match lines.entry(id) {
                Entry::Vacant(new) => {
                    efforts.extend(took.remove(new.key()));
                    new.insert(line);
                }
                Entry::Occupied(known) if *known.get() != line => {
                    different.push(known.key().clone());
                }
                Entry::Occupied(_) => {}
            }
        }
    }
    let Some(sweep) = plan else {
        return Err(StoreError::Empty {
            path: out.to_owned(),
        });
    };
    write();
    let mut store = Store::open(out, &sweep, PlanPart::WHOLE, kernel, false, note)?;
    store.take_over(lines, &efforts)?;
    let jobs = sweep.jobs();
    store.settle(jobs.iter().map(Job::id))?;
    let missing = (0..jobs.len()).filter(|&job| !store.has(jobs[job].id()));
    let missing = missing.collect();
    Ok(Merged {
        sweep,
        missing,
        different,
        makers: makers(&efforts),
    })
}

/// What made runs, in the order in which they come up.
fn makers(efforts: &[Effort]) -> Vec<Maker> {
    let mut makers: Vec<Maker> = Vec::new();
    for effort in efforts {
        let cpu = &effort.machine.cpu;
        let known = makers
            .iter_mut()
            .find(|maker| maker.product_kernel == effort.product_kernel && maker.cpu == *cpu);
        match known {
            Some(maker) => maker.runs += 1,
            None => makers.push(Maker {
                product_kernel: effort.product_kernel.clone(),
                cpu: cpu.clone(),
                runs: 1,
            }),
        }
    }
    makers
}
