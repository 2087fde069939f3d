//! The command line.

#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
fn main() -> std::process::ExitCode {
    lazy_limits::cli::main()
}

/// `wasm-pack` builds every target, so the program must compile where it has nothing to do.
#[cfg(not(all(feature = "cli", not(target_arch = "wasm32"))))]
fn main() {}
