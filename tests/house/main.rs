//! What is no paper's: the layout of the code, random numbers, files of numbers, drawing.
#![cfg(not(target_arch = "wasm32"))]

mod architecture;
mod chart;
mod numbers;
mod stream;
