//! What a two-layer network can learn with its features frozen (RF), linearised (NT) or fully
//! trained (NN): exact limits, exact values at finite size, and the networks themselves.
//!
//! The target is the quadratic function `f*(x) = ⟨x, Bx⟩ − Tr B` of a Gaussian input
//! `x ~ N(0, I_d)`, learnt by a network of N neurons. All risks are population mean squared
//! errors divided by `‖f*‖² = 2‖B‖_F²`. With `ρ = N/d` and `τ = Tr(B)²/(d‖B‖_F²)`
//! (Ghorbani, Mei, Misiakiewicz and Montanari, "Limitations of Lazy Training of Two-layers Neural
//! Networks", NeurIPS 2019):
//!
//! | regime | trained | limit N, d → ∞ | source | here |
//! |---|---|---|---|---|
//! | RF, σ = x² − 1 | second layer | `1 − ρd⟨Γ,B⟩² / (‖B‖_F²(1 + ρd‖Γ‖_F²))` | Corollary 1 | [`limit::RandomFeatures`] |
//! | RF, any σ | second layer | `1 − ψλ₂²d⟨Γ,B⟩² / (‖B‖_F²(2 + ψλ₂²d‖Γ‖_F²))` | Theorem 1 | [`limit::RandomFeatures`] |
//! | NT, σ = x² | linearisation | `(1−ρ)₊²(1−τ) + (1−ρ)₊τ` | Theorem 2 | [`limit::neural_tangent`] |
//! | NN, σ = x² | everything | `1 − Σ_{i≤N∧d} λ_i²/‖B‖_F²` | Theorem 3, B ⪰ 0 | [`limit::network`] |
//!
//! ```
//! use lazy_limits::linalg::Symmetric;
//! use lazy_limits::problem::Quadratic;
//! use lazy_limits::{finite, limit};
//!
//! let problem = Quadratic::new(&Symmetric::diagonal([4.0, 2.0, 1.0, 1.0]))?;
//! // Two neurons in four dimensions: the network takes the two largest eigenvalues, ...
//! assert!((limit::network(&problem, 2) - 2.0 / 22.0).abs() < 1e-12);
//! // ... the linearised network a random plane, here on average over the planes.
//! assert!(finite::neural_tangent_mean(&problem, 2) > 0.3);
//! # Ok::<(), lazy_limits::problem::ProblemError>(())
//! ```
//!
//! Data flows one way: a [`setting`] says what is asked; [`problem`] and weights go in;
//! [`limit`], [`finite`] and [`train`] answer with risks; an [`experiment`] arranges many
//! answers; a [`figure`] is what is shown, as plain data; a [`chart`] draws it.

// Tests compare bits where bits are what is promised.
#![cfg_attr(test, allow(clippy::float_cmp))]

pub mod activation;
pub mod chart;
pub mod experiment;
pub mod figure;
pub mod finite;
pub mod limit;
pub mod linalg;
pub mod problem;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod runner;
pub mod setting;
pub mod spectrum;
pub mod stream;
pub mod train;
#[cfg(target_arch = "wasm32")]
pub mod web;
