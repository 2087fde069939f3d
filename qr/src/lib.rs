//! Addresses as QR codes.

use qrcodegen_no_heap::{QrCode, QrCodeEcc, Version};
use wasm_bindgen::prelude::wasm_bindgen;

/// The modules of the smallest QR code of a text, row by row, 1 where it is dark; as many rows as columns, without the quiet
/// zone around them. Nothing if the text is longer than any code can hold: 2953 bytes.
///
/// Errors are corrected as far as that makes the code no larger.
#[wasm_bindgen]
pub fn modules(text: &str) -> Option<Vec<u8>> {
    let mut scratch = vec![0; Version::MAX.buffer_len()];
    let mut code = vec![0; Version::MAX.buffer_len()];
    let code = QrCode::encode_text(
        text,
        &mut scratch,
        &mut code,
        QrCodeEcc::Low,
        Version::MIN,
        Version::MAX,
        None,
        true,
    );
    let code = code.ok()?;
    let rows = 0..code.size();
    let modules = rows.flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    let dark = modules.map(|(x, y)| u8::from(code.get_module(x, y)));
    Some(dark.collect())
}

#[cfg(test)]
mod tests {
    use super::modules;

    #[test]
    fn a_code_is_a_square_with_a_finder_in_three_corners() {
        let code = modules("https://example.org/#v=1&rho=0.3").unwrap();
        let size = code.len().isqrt();
        assert_eq!(size * size, code.len());
        assert_eq!((size - 17) % 4, 0);
        for (x, y) in [(0, 0), (size - 7, 0), (0, size - 7)] {
            let row: Vec<u8> = (0..7).map(|at| code[(y + 1) * size + x + at]).collect();
            assert_eq!(row, [1, 0, 0, 0, 0, 0, 1]);
        }
    }

    #[test]
    fn a_text_that_is_too_long_has_none() {
        assert!(modules(&"é".repeat(1476)).is_some());
        assert!(modules(&"é".repeat(1477)).is_none());
    }
}
