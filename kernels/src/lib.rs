//! The inner loops of Lazy Limits, and nothing else.
//!
//! They are a crate of their own because of the page: its wasm is compiled for size, which turns no loop into vector
//! code, and these few functions are compiled for speed (`[profile.web.package]`). Therefore none of them is generic,
//! or it would be compiled with its caller, and none is inlined.
//!
//! Nothing is fused or reordered: results are the same bits on every target. Only products of matrices in relaxed vectors of
//! wasm are not: they are fused where the processor does that.

// Tests compare bits where bits are what is promised.
#![cfg_attr(test, allow(clippy::float_cmp))]

#[cfg(any(test, all(target_arch = "wasm32", target_feature = "relaxed-simd")))]
mod lanes;
mod loops;
mod normal;
mod normals;
mod number;
mod order;
#[cfg(any(test, not(target_arch = "wasm32"), target_feature = "relaxed-simd"))]
pub mod product;
mod vector;

pub use normals::{BLOCK, LANES, Normals};
pub use number::Number;
pub use order::ranks;
