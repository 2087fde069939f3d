//! One number from its text.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::JsValue;

/// The finite number that a text is: digits with or without a sign, a point and an exponent, no words and no blanks; rounded to
/// the nearest.
///
/// ```
/// use lazy_limits::numbers::decimal;
///
/// assert_eq!(decimal("-1.5e-3"), Some(-0.0015));
/// assert_eq!(decimal("0x10"), None);
/// assert_eq!(decimal("inf"), None);
/// ```
pub fn decimal(text: &str) -> Option<f64> {
    parsed(text).filter(|value| value.is_finite())
}

#[cfg(not(target_arch = "wasm32"))]
fn parsed(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// By the browser, which rounds as well: the standard library's tables of powers of ten are 13 kB of what it would load. Of texts
/// made of these characters JavaScript takes the same for numbers as Rust does, and makes NaN of the rest.
#[cfg(target_arch = "wasm32")]
fn parsed(text: &str) -> Option<f64> {
    let is_of_numbers = |c: u8| c.is_ascii_digit() || b"+-.eE".contains(&c);
    let is_candidate = !text.is_empty() && text.bytes().all(is_of_numbers);
    is_candidate.then(|| JsValue::from_str(text).unchecked_into_f64())
}
