//! Which products of matrices a program makes.

use std::sync::atomic::{AtomicBool, Ordering};

/// What makes the products of matrices of this process. Everything else gives the same bits on every processor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProductKernel {
    /// The fastest that the processor has. How it sums depends on its vector units and caches: results of processors of
    /// different kinds differ in their last digits.
    #[default]
    Fastest,
    /// One that sums in the same order everywhere and fuses nothing: the same bits on every processor.
    Portable,
}

/// Whether it is the portable one.
static IS_PORTABLE: AtomicBool = AtomicBool::new(false);

impl ProductKernel {
    /// Makes it that of this process from now on: to be said once, before the first product.
    pub fn choose(self) {
        IS_PORTABLE.store(self == Self::Portable, Ordering::Relaxed);
    }

    /// That of this process.
    pub fn chosen() -> Self {
        if IS_PORTABLE.load(Ordering::Relaxed) {
            Self::Portable
        } else {
            Self::Fastest
        }
    }

    /// What it is called where it is chosen: `fastest` or `portable`.
    pub const fn choice(self) -> &'static str {
        match self {
            Self::Fastest => "fastest",
            Self::Portable => "portable",
        }
    }

    /// The one that is called so.
    pub fn from_choice(name: &str) -> Option<Self> {
        [Self::Fastest, Self::Portable]
            .into_iter()
            .find(|kernel| kernel.choice() == name)
    }

    /// What it is on this processor: `portable`, or the vector units of the fastest, `avx512f`, `fma`, `neon` or `scalar`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => self.choice(),
            Self::Fastest => vector_units(),
        }
    }
}

/// Those that the crate gemm (0.19) finds: the first of its own list.
fn vector_units() -> &'static str {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    {
        if cfg!(feature = "avx512") && std::arch::is_x86_feature_detected!("avx512f") {
            return "avx512f";
        }
        if std::arch::is_x86_feature_detected!("fma") {
            return "fma";
        }
    }
    #[cfg(target_arch = "aarch64")]
    if std::arch::is_aarch64_feature_detected!("neon") {
        return "neon";
    }
    "scalar"
}
