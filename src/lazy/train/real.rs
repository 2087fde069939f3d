//! The numbers that training is done in: `f32` for real runs, `f64` for the tests that need a
//! trajectory without rounding.

use crate::linalg::Element;
use crate::stream::Stream;

/// A floating-point type of training.
pub(super) trait Real: Element {
    /// Rounds to this type.
    fn of(value: f64) -> Self;
    /// The same value in double precision.
    fn wide(self) -> f64;
    /// Fills `out` with the next normal variates: the same numbers for every type.
    fn fill_normal(stream: &mut Stream, out: &mut [Self]);
}

impl Real for f32 {
    fn of(value: f64) -> Self {
        value as Self
    }
    fn wide(self) -> f64 {
        self.into()
    }
    fn fill_normal(stream: &mut Stream, out: &mut [Self]) {
        stream.fill_normal(out);
    }
}

impl Real for f64 {
    fn of(value: f64) -> Self {
        value
    }
    fn wide(self) -> f64 {
        self
    }
    fn fill_normal(stream: &mut Stream, out: &mut [Self]) {
        let mut single = [0.0_f32; 64];
        for chunk in out.chunks_mut(single.len()) {
            let single = &mut single[..chunk.len()];
            stream.fill_normal(single);
            for (wide, &narrow) in chunk.iter_mut().zip(&*single) {
                *wide = narrow.into();
            }
        }
    }
}
