//! Where things lie in the repository.

use std::env;
use std::path::{Path, PathBuf};

/// Arguments of cargo: the packages that readers get something of, which is all but this program.
pub(crate) const LIBRARIES: [&str; 6] = [
    "--package",
    "lazy-limits",
    "--package",
    "lazy-limits-kernels",
    "--package",
    "lazy-limits-qr",
];

/// The repository's top directory.
///
/// Compiled in: cargo builds the task runner anew when the repository has moved.
pub(crate) fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// A file or directory of the repository, by its path from the top.
pub(crate) fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// Cargo's target directory, also for what the task runner itself makes.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| path("target"), |target| root().join(target))
}

/// A target directory for what is compiled with 128-bit vectors: in a common one, cargo would compile this crate anew each
/// time the flags change.
pub(crate) fn vectors_target() -> PathBuf {
    target().join("simd")
}

/// The same for relaxed ones.
pub(crate) fn relaxed_target() -> PathBuf {
    target().join("relaxed-simd")
}
