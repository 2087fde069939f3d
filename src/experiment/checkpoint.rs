//! A run as bytes: header (magic, version, plan, step), raw little-endian state, checksum.

use crc::{CRC_32_ISO_HDLC, Crc, Table};

use super::plan::KindByName;
use super::{ExperimentError, Plan, Run, RunNumbers, RunReport};
use crate::part;

const MAGIC: &[u8; 8] = b"LazyLim\n";

/// Version of the layout below, and of what runs keep in it.
const LAYOUT: u32 = 2;

/// The CRC-32 of zip and PNG. Its table of one kilobyte is slower than the usual sixteen, of which a browser would have
/// to load every byte.
static CHECKSUM: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// Why bytes are no checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// They begin with something else.
    #[error("this is no checkpoint of a run")]
    Foreign,
    /// They were written by another version of this program.
    #[error("this checkpoint has layout {found}, but this program reads layout {LAYOUT}")]
    Layout {
        /// The version found.
        found: u32,
    },
    /// The checksum does not fit: they were cut short or changed.
    #[error("this checkpoint is damaged: its checksum does not fit")]
    Damaged,
}

/// A run as [`Run::checkpoint`] saved it; it goes on as if it had never been stopped.
///
/// # Errors
/// If the bytes are no such checkpoint.
pub fn restore(bytes: &[u8]) -> Result<Box<dyn Run>, ExperimentError> {
    restore_among(bytes, &part::run_kind)
}

/// The same, where it most likely is a run of the kind of `plan`.
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub(crate) fn restore_like(plan: &Plan, bytes: &[u8]) -> Result<Box<dyn Run>, ExperimentError> {
    let own = plan.kind();
    restore_among(bytes, &|name| {
        (own.name == name)
            .then_some(own)
            .or_else(|| part::run_kind(name))
    })
}

/// The same, of kinds that are found so.
pub(super) fn restore_among(
    bytes: &[u8],
    find: KindByName<'_>,
) -> Result<Box<dyn Run>, ExperimentError> {
    let saved = read(bytes, find)?;
    let mut run = saved.plan.begin()?;
    run.load(saved.numbers, saved.reports)?;
    Ok(run)
}

/// What a checkpoint holds.
struct Saved {
    plan: Plan,
    reports: Vec<RunReport>,
    numbers: RunNumbers,
}

/// The bytes of a run.
pub(super) fn write(plan: &Plan, reports: &[RunReport], numbers: &RunNumbers) -> Vec<u8> {
    let measures = plan.kind().measures.len();
    let plan = serde_json::Value::Object(plan.to_object()).to_string();
    let mut out = Vec::with_capacity(
        256 + plan.len()
            + 8 * (1 + measures) * reports.len()
            + 4 * numbers.singles.len()
            + 8 * numbers.doubles.len(),
    );
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&LAYOUT.to_le_bytes());
    count(&mut out, plan.len());
    out.extend_from_slice(plan.as_bytes());
    out.extend_from_slice(&numbers.step.to_le_bytes());
    // No step is the last one possible, so it can stand for none.
    out.extend_from_slice(&numbers.diverged_at.unwrap_or(u64::MAX).to_le_bytes());
    count(&mut out, numbers.step_sizes.len());
    for (first, size) in &numbers.step_sizes {
        out.extend_from_slice(&first.to_le_bytes());
        out.extend_from_slice(&size.to_le_bytes());
    }
    count(&mut out, reports.len());
    for report in reports {
        out.extend_from_slice(&report.at.to_le_bytes());
        // As many as there are measures, whatever a run reports: readers count on it.
        let values = report.values.iter().copied().chain(std::iter::repeat(None));
        for value in values.take(measures) {
            out.extend_from_slice(&value.unwrap_or(f64::NAN).to_le_bytes());
        }
    }
    count(&mut out, numbers.singles.len());
    out.extend(numbers.singles.iter().flat_map(|x| x.to_le_bytes()));
    count(&mut out, numbers.doubles.len());
    out.extend(numbers.doubles.iter().flat_map(|x| x.to_le_bytes()));
    let checksum = CHECKSUM.checksum(&out);
    out.extend_from_slice(&checksum.to_le_bytes());
    out
}

fn count(out: &mut Vec<u8>, length: usize) {
    out.extend_from_slice(&(length as u64).to_le_bytes());
}

/// Reads the plan of what [`write`] wrote, and leaves the rest.
pub(super) fn read_plan<'a>(
    bytes: &'a [u8],
    find: KindByName<'_>,
) -> Result<(Plan, Reader<'a>), CheckpointError> {
    if !bytes.starts_with(MAGIC) {
        return Err(CheckpointError::Foreign);
    }
    let (body, checksum) = bytes
        .split_last_chunk::<4>()
        .ok_or(CheckpointError::Damaged)?;
    let mut reader = Reader(&body[MAGIC.len().min(body.len())..]);
    let layout = u32::from_le_bytes(reader.take()?);
    if layout != LAYOUT {
        return Err(CheckpointError::Layout { found: layout });
    }
    if CHECKSUM.checksum(body) != u32::from_le_bytes(*checksum) {
        return Err(CheckpointError::Damaged);
    }
    let length = reader.count()?;
    let text = std::str::from_utf8(reader.bytes(length)?).map_err(|_| CheckpointError::Damaged)?;
    let plan = Plan::from_json_among(text, find).map_err(|_| CheckpointError::Damaged)?;
    Ok((plan, reader))
}

/// Reads what [`write`] wrote.
fn read(bytes: &[u8], find: KindByName<'_>) -> Result<Saved, CheckpointError> {
    let (plan, mut reader) = read_plan(bytes, find)?;
    let step = reader.integer()?;
    let diverged_at = Some(reader.integer()?).filter(|&step| step != u64::MAX);
    let step_sizes = reader.list(|reader| Ok((reader.integer()?, reader.real()?)))?;
    let measures = plan.kind().measures;
    let reports = reader.list(|reader| {
        let at = reader.integer()?;
        let values = measures
            .iter()
            .map(|_| Ok(Some(reader.real()?).filter(|value| !value.is_nan())));
        let values = values.collect::<Result<_, _>>()?;
        Ok(RunReport { at, values })
    })?;
    let singles = reader.list(|reader| Ok(f32::from_le_bytes(reader.take()?)))?;
    let doubles = reader.list(Reader::real)?;
    Ok(Saved {
        plan,
        reports,
        numbers: RunNumbers {
            step,
            diverged_at,
            step_sizes,
            singles,
            doubles,
        },
    })
}

/// What has not been read yet.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, length: usize) -> Result<&'a [u8], CheckpointError> {
        let (head, rest) = self
            .0
            .split_at_checked(length)
            .ok_or(CheckpointError::Damaged)?;
        self.0 = rest;
        Ok(head)
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], CheckpointError> {
        let (head, rest) = self
            .0
            .split_first_chunk::<N>()
            .ok_or(CheckpointError::Damaged)?;
        self.0 = rest;
        Ok(*head)
    }

    fn integer(&mut self) -> Result<u64, CheckpointError> {
        Ok(u64::from_le_bytes(self.take()?))
    }

    fn real(&mut self) -> Result<f64, CheckpointError> {
        Ok(f64::from_le_bytes(self.take()?))
    }

    fn count(&mut self) -> Result<usize, CheckpointError> {
        usize::try_from(self.integer()?).map_err(|_| CheckpointError::Damaged)
    }

    fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, CheckpointError>,
    ) -> Result<Vec<T>, CheckpointError> {
        let length = self.count()?;
        // Grown as it is read: a wrong length runs out of bytes, not of memory.
        let mut items = Vec::new();
        for _ in 0..length {
            items.push(item(self)?);
        }
        Ok(items)
    }
}
