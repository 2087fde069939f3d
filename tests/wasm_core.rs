//! The core in a dedicated worker: the same numbers as native code.
#![cfg(target_arch = "wasm32")]

use lazy_limits::lazy::finite::LazyStart;
use lazy_limits::lazy::problem::Quadratic;
use lazy_limits::linalg::{Symmetric, add_product, normal, transposed};
use lazy_limits::numbers::decimal;
use lazy_limits::stream::{Purpose, Stream};
use nalgebra::DMatrix;
use rand::Rng;
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

/// The browser reads what the standard library reads natively, to the last bit.
fn is_read_alike(text: &str) {
    let expected = text.parse().ok().filter(|value: &f64| value.is_finite());
    let bits = |value: Option<f64>| value.map(f64::to_bits);
    assert_eq!(bits(decimal(text)), bits(expected), "{text:?}");
}

#[wasm_bindgen_test]
fn the_same_texts_are_numbers() {
    let mut texts = vec![String::new()];
    for _ in 0..4 {
        let last = |c: char| texts.iter().map(move |text| format!("{text}{c}"));
        texts = "10.eE+-x_ ".chars().flat_map(last).collect();
        for text in &texts {
            is_read_alike(text);
        }
    }
    for text in [
        "",
        "inf",
        "-Infinity",
        "NaN",
        "1e999",
        "-1e-999",
        "0b1",
        "1n",
        "\u{a0}1",
    ] {
        is_read_alike(text);
    }
}

#[wasm_bindgen_test]
fn texts_are_the_same_numbers() {
    let mut words = Stream::new(2019, Purpose::Weights, 4);
    for shift in 0..2000 {
        let bits = words.next_u64();
        let value = f64::from_bits(bits);
        for text in [
            format!("{value:?}"),
            format!("{value:.11e}"),
            format!("{value:.800e}"),
        ] {
            is_read_alike(&text);
        }
        // Of 54 bits, the last of them 1: halfway between two numbers, where one more digit decides.
        let halfway = u128::from(bits >> 10 | 1 << 53 | 1) << (shift % 70);
        for text in [
            format!("{halfway}"),
            format!("{halfway}.{:0>600}", 1),
            format!("{}", halfway - 1),
        ] {
            is_read_alike(&text);
        }
    }
}

/// From N = d on nothing is left over, and products have an inner dimension of 0.
#[wasm_bindgen_test]
fn wide_networks_of_any_laziness_reach_everything() {
    let problem = Quadratic::new(&Symmetric::diagonal((1..=5).map(f64::from))).unwrap();
    for neurons in [5, 8] {
        let optimum = LazyStart::drawn(&problem, neurons, 1, 0).optimum(0.5);
        assert!(optimum.risk < 1e-12 && optimum.movement > 0.0);
    }
}
