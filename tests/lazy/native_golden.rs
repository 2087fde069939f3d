//! Native code against the values that wasm is held to as well (`wasm_core`).

use lazy_limits::stream::{Purpose, Stream};

#[path = "../golden/mod.rs"]
mod golden;

#[test]
fn normals() {
    let mut values = [0.0; 4];
    Stream::new(2019, Purpose::Weights, 3).fill_normal(&mut values);
    assert_eq!(values.map(f32::to_bits), golden::NORMALS);
}

#[test]
fn theory() {
    for (name, value, expected) in golden::theory() {
        assert!(
            (value - expected).abs() < 1e-12,
            "{name}: {value:?}, was {expected}"
        );
    }
}

#[test]
fn training() {
    for (regime, expected) in golden::FINAL_RISKS {
        let risk = golden::final_risk(regime);
        assert!(
            (risk / expected - 1.0).abs() < golden::TRAINING_TOLERANCE,
            "{regime}: {risk:?}, was {expected}"
        );
    }
}
