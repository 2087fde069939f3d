//! Why a directory of results cannot be used.

use std::io;
use std::path::{Path, PathBuf};

use super::memory::MemoryError;

/// Why a directory cannot be used. Each message is one sentence.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// It holds results already, and nobody said that they are to be continued.
    #[error("{} holds results already; --resume continues them, or give another --out", path.display())]
    Taken {
        /// The directory.
        path: PathBuf,
    },
    /// It holds something else.
    #[error("{} is not empty, but holds no results of a plan; give another --out", path.display())]
    Foreign {
        /// The directory.
        path: PathBuf,
    },
    /// It holds another plan's results.
    #[error("{} holds the results of another plan ({found}); give another --out", path.display())]
    Other {
        /// The directory.
        path: PathBuf,
        /// What differs.
        found: String,
    },
    /// Parts of different plans.
    #[error("{} and {} hold results of different plans; only parts of one plan can be merged", first.display(), path.display())]
    Mixed {
        /// The directory.
        path: PathBuf,
        /// The first one.
        first: PathBuf,
    },
    /// It holds no results at all.
    #[error("{} holds no results of a plan: it has no sweep.json", path.display())]
    Empty {
        /// The directory.
        path: PathBuf,
    },
    /// Its header cannot be read.
    #[error("{} cannot be used: {reason}", path.display())]
    Header {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// It holds more than fits into memory.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// Another process is at work there.
    #[error("{holder} is writing to {}; wait for it to end", path.display())]
    Busy {
        /// The directory.
        path: PathBuf,
        /// Who that is.
        holder: String,
    },
    /// Another process has taken it over.
    #[error("another process has taken over {}, as this one was not heard of for so long; what it has saved there stays", path.display())]
    Lost {
        /// The directory.
        path: PathBuf,
    },
    /// Its runs are made with another product kernel.
    #[error("{} holds results made with --kernel {found}; give that again, or another --out", path.display())]
    Kernel {
        /// The directory.
        path: PathBuf,
        /// Which.
        found: &'static str,
    },
    /// The system refuses.
    #[error("{} cannot be {what}: {error}", path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// `read` or `written`.
        what: &'static str,
        /// Why.
        error: io::Error,
    },
}

impl StoreError {
    /// Whether it is about what was asked for, not about what the system can do.
    pub fn is_usage(&self) -> bool {
        !matches!(
            self,
            Self::Io { .. } | Self::Busy { .. } | Self::Lost { .. }
        )
    }
}

/// Turns a refusal of the system into ours.
pub(super) fn refused(path: &Path, what: &'static str) -> impl Fn(io::Error) -> StoreError {
    let path = path.to_owned();
    move |error| StoreError::Io {
        path: path.clone(),
        what,
        error,
    }
}
