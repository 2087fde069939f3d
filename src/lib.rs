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
//! The other problem is a mixture of two Gaussians: labels `y = ±1`, evenly, on inputs
//! `x ~ N(0, Σ − yΔ)`, with risks `E(y − f(x))²`. With `F = ‖Δ̃‖_F²`, `Δ̃ = Σ^{-1/2}ΔΣ^{-1/2}`, and τ the
//! trace ratio of `Δ̃`:
//!
//! | regime | limit N, d → ∞ | source | here |
//! |---|---|---|---|
//! | RF, any σ, `Tr(ΓΣ) = 1` | `(1 + ζ₁λ₂²ψ)/(1 + (ζ₁ + ζ₂)λ₂²ψ)`, `ζ₁ = d Tr(ΣΓΣΓ)/2`, `ζ₂ = d Tr(ΔΓ)²/4` | Theorem 4 | [`limit::RandomFeatures`] |
//! | NT, σ = x², Σ = I | `2/(2 + κF)`, `κ = 1 − (1−ρ)₊²(1−τ) − (1−ρ)₊τ` | Theorem 5 | [`limit::NeuralTangent`] |
//! | NN, σ = x² | `2/(2 + Σ_{i≤N∧d} s_i(Δ̃)²)`, singular values, largest first | Theorem 6 | [`limit::network`] |
//! | Bayes | `1 − E tanh²((F + √(2F)G)/2)` | log-likelihood ratio | [`limit::bayes`] |
//!
//! RF is Theorem 4 and not Eq. (17) of the paper, which has `1 + 2ρ` for `1 + ρ`: at d = 450, the
//! paper's Δ and ρ = 0.5 the exact risk is 0.718, Theorem 4 gives 0.718 and Eq. (17) 0.772.
//!
//! ```
//! use lazy_limits::linalg::Symmetric;
//! use lazy_limits::problem::{Mixture, Target};
//! use lazy_limits::{finite, limit};
//!
//! let white = Symmetric::diagonal([1.0; 4]);
//! let mixture = Mixture::new(&white, &Symmetric::diagonal([0.5, 0.5, -0.5, -0.5]))?;
//! // With both signs in Δ the linearised network can beat the trained one, ...
//! assert!(limit::neural_tangent(&mixture, 0.5) < limit::network(&mixture, 2));
//! // ... and as many neurons as dimensions make both the best quadratic function, short of Bayes.
//! assert!((limit::neural_tangent(&mixture, 1.0) - limit::network(&mixture, 4)).abs() < 1e-12);
//! assert!(finite::bayes(&mixture) < mixture.network_exact(4));
//! # Ok::<(), lazy_limits::problem::MixtureError>(())
//! ```
//!
//! Data flows one way: a [`setting`] says what is asked; [`problem`] and weights go in;
//! [`limit`], [`finite`] and [`train`] answer with risks; an [`experiment`] arranges many
//! answers, of any [`part`] of the house, as [`training`] is one; a [`figure`] is what is shown, as plain data; a [`chart`] draws it.

// Tests compare bits where bits are what is promised.
#![cfg_attr(test, allow(clippy::float_cmp))]

pub mod activation;
pub mod chart;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod cli;
mod elementary;
pub mod experiment;
pub mod figure;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod full_size;
#[cfg(feature = "lazy")]
pub mod lazy;
pub mod linalg;
#[cfg(feature = "neuron")]
pub mod neuron;
pub mod numbers;
pub mod part;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod runner;
pub mod setting;
pub mod spectrum;
pub mod stream;
#[cfg(any(test, feature = "toy"))]
pub mod toy;
#[cfg(target_arch = "wasm32")]
pub mod web;

#[cfg(all(feature = "lazy", feature = "cli", not(target_arch = "wasm32")))]
pub use lazy::paper;
#[cfg(feature = "lazy")]
pub use lazy::{finite, limit, problem, train, training};
