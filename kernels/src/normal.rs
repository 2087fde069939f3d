//! The Box–Muller transform on sixteen pairs at a time.
//!
//! Every operation is an integer operation or an IEEE `f32` addition, multiplication or square
//! root, in a fixed order and without branches: native code of any vector width and wasm give
//! the same bits. Absolute error of a variate is below 2·10⁻⁶.

#![allow(clippy::inline_always)] // to be compiled for the vector units at hand

use crate::{BLOCK, LANES};

/// Sixteen radius words and sixteen angle words to 32 normals: the cosines, then the sines.
#[inline(always)]
pub(crate) fn box_muller(radius: &[u32; LANES], angle: &[u32; LANES]) -> [f32; BLOCK] {
    let mut out = [0.0; BLOCK];
    for i in 0..LANES {
        // (n + ½)/2³¹ from 31 bits: never 0; signed, because vector units convert only those.
        let uniform = ((radius[i] >> 1) as i32 as f32 + 0.5) * (1.0 / 2_147_483_648.0);
        let square = -2.0 * ln(uniform);
        // Rounding may make it negative. Not `max`: its rules for NaN are a call in wasm.
        let r = if square > 0.0 { square } else { 0.0 }.sqrt();
        let (sin, cos) = sin_cos_turns(angle[i]);
        out[i] = r * cos;
        out[LANES + i] = r * sin;
    }
    out
}

/// Natural logarithm of a normal positive `x` (Cephes' minimax polynomial on [√½, √2]).
#[inline(always)]
fn ln(x: f32) -> f32 {
    const SQRT_HALF_BITS: u32 = 0x3f35_04f3;
    let shifted = x.to_bits().wrapping_sub(SQRT_HALF_BITS);
    let exponent = (shifted as i32 >> 23) as f32;
    let m = f32::from_bits((shifted & 0x007f_ffff).wrapping_add(SQRT_HALF_BITS)) - 1.0;
    let m2 = m * m;
    let mut p = 7.037_683_6e-2;
    for c in [
        -1.151_461e-1,
        1.167_699_9e-1,
        -1.242_014_1e-1,
        1.424_932_3e-1,
        -1.666_805_8e-1,
        2.000_071_5e-1,
        -2.499_999_4e-1,
        3.333_333e-1,
    ] {
        p = p * m + c;
    }
    // ln 2 in two parts, the first exact in few bits, keeps the sum accurate near 1.
    let tail = p * m * m2 - 2.121_944_4e-4 * exponent - 0.5 * m2;
    0.693_359_4 * exponent + (tail + m)
}

/// Sine and cosine of 2π·n/2³².
#[inline(always)]
fn sin_cos_turns(n: u32) -> (f32, f32) {
    let quadrant = n.wrapping_add(1 << 29) >> 30;
    // What remains is an eighth of a turn at most, either way.
    let rest = n.wrapping_sub(quadrant << 30) as i32 as f32;
    let theta = rest * (std::f32::consts::TAU / 4_294_967_296.0);
    let z = theta * theta;
    let sin = theta + theta * z * (-1.666_665_5e-1 + z * (8.332_161e-3 - z * 1.951_529_6e-4));
    let cos = 1.0 - 0.5 * z + z * z * (4.166_664_6e-2 + z * (-1.388_731_6e-3 + z * 2.443_315_7e-5));
    // Odd quadrants swap the two; signs follow from the quadrant's bits.
    let swap = 0_u32.wrapping_sub(quadrant & 1);
    let (s, c) = (sin.to_bits(), cos.to_bits());
    let sin_sign = (quadrant & 2) << 30;
    let cos_sign = (quadrant.wrapping_add(1) & 2) << 30;
    (
        f32::from_bits(((s & !swap) | (c & swap)) ^ sin_sign),
        f32::from_bits(((c & !swap) | (s & swap)) ^ cos_sign),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithm_and_angles_agree_with_double_precision() {
        for n in (0..u32::MAX).step_by(65_521) {
            let uniform = (f64::from(n >> 1) + 0.5) / 2_147_483_648.0;
            let single = ((n >> 1) as i32 as f32 + 0.5) * (1.0 / 2_147_483_648.0);
            assert!(
                (f64::from(ln(single)) - uniform.ln()).abs() < 2e-6,
                "ln at {n}"
            );
            let (sin, cos) = sin_cos_turns(n);
            let turn = std::f64::consts::TAU * f64::from(n) / 4_294_967_296.0;
            assert!((f64::from(sin) - turn.sin()).abs() < 2e-7, "sin at {n}");
            assert!((f64::from(cos) - turn.cos()).abs() < 2e-7, "cos at {n}");
        }
    }

    #[test]
    fn the_smallest_radius_word_gives_the_largest_normal() {
        let out = box_muller(&[0; LANES], &[0; LANES]);
        assert!(out[0] > 6.6 && out[0] < 6.67, "{}", out[0]);
        let out = box_muller(&[u32::MAX; LANES], &[0; LANES]);
        assert!(out.iter().all(|value| value.abs() < 1e-3));
    }
}
