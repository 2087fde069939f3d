//! The core in a dedicated worker: the same numbers as native code.
#![cfg(target_arch = "wasm32")]

use lazy_limits::stream::{Purpose, Stream};
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
