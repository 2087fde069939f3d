//! Loops compiled for the widest vector units of the processor at hand.

/// Runs `work` with the vector units that are found when the program runs; in wasm, with those that it was built for.
///
/// Compilers turn plain loops into vector code, but a program that must run everywhere may use the oldest units only. What
/// `work` calls takes part if it is inlined, and so must `work` be: write `vectorised(#[inline(always)] || …)`. Results are the same bits as without: there is no reordering and no fusing of
/// operations.
#[inline(always)]
#[allow(clippy::inline_always)] // or there is nothing to compile anew
pub(crate) fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(not(target_arch = "wasm32"))]
    {
        pulp::Arch::new().dispatch(work)
    }
    #[cfg(target_arch = "wasm32")]
    {
        work()
    }
}
