//! The paper's statements, held against values from elsewhere, against laws, and against networks that are trained.
//!
//! One program, since each is linked anew at every change of the library. `cargo test --test lazy laws::` runs a part.
#![cfg(not(target_arch = "wasm32"))]

mod laws;
mod laziness;
mod mixture;
mod native_golden;
mod poster;
mod reference;
mod shipped;
mod together;
mod train;
mod train_activated;
mod train_mixture;
