//! The core in a dedicated worker: the same numbers as native code.
#![cfg(target_arch = "wasm32")]

use lazy_limits::linalg::{add_product, normal, transposed};
use lazy_limits::stream::{Purpose, Stream};
use nalgebra::DMatrix;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

mod golden;

#[wasm_bindgen_test]
fn normals_are_the_same_bits() {
    let mut values = [0.0; 4];
    Stream::new(2019, Purpose::Weights, 3).fill_normal(&mut values);
    assert_eq!(values.map(f32::to_bits), golden::NORMALS);
}

#[wasm_bindgen_test]
fn theory_is_the_same_to_rounding() {
    for (name, value, expected) in golden::theory() {
        assert!(
            (value - expected).abs() < 1e-12,
            "{name}: {value}, native {expected}"
        );
    }
}

#[wasm_bindgen_test]
fn training_is_the_same_to_single_precision() {
    for (regime, expected) in golden::FINAL_RISKS {
        let risk = golden::final_risk(regime);
        assert!(
            (risk / expected - 1.0).abs() < golden::TRAINING_TOLERANCE,
            "{regime}: {risk}, native {expected}"
        );
    }
}

/// Of small whole numbers, whose sums are exact in whatever order: each form of the wasm has products of its own.
#[wasm_bindgen_test]
fn products_are_sums() {
    for (m, k, n) in [
        (1, 1, 1),
        (2, 3, 5),
        (9, 7, 8),
        (45, 100, 31),
        (130, 513, 17),
    ] {
        let a = DMatrix::from_fn(k, m, |i, j| ((7 * i + 3 * j) % 11) as f32 - 5.0);
        let b = DMatrix::from_fn(k, n, |i, j| ((5 * i + 2 * j) % 13) as f32 - 6.0);
        let mut c = DMatrix::from_element(m, n, 3.0);
        add_product(&mut c, 2.0, 0.5, transposed(&a), normal(&b));
        let sum = |i, j| -> f32 { (0..k).map(|l| a[(l, i)] * b[(l, j)]).sum() };
        assert_eq!(c, DMatrix::from_fn(m, n, |i, j| 6.0 + 0.5 * sum(i, j)));
    }
}
