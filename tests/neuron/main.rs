//! The second paper, one neuron against random features: reference values and laws.
#![cfg(not(target_arch = "wasm32"))]

mod exact;
mod exact_command;
mod figure;
mod lines;
mod lines_command;
mod polynomial;
mod program;
mod reference;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
mod shipped;
mod train;
mod wave;
mod wave_commands;
