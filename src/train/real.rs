//! The numbers that training is done in: `f32` for real runs, `f64` for the tests that need a
//! trajectory without rounding.

use crate::linalg::Element;
use crate::stream::Stream;
use crate::vector::vectorised;

/// Partial sums side by side: enough for the widest vector units, and rounding grows with a
/// sixteenth of the length only.
const LANES: usize = 16;

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

/// `Σ term(a_i, b_i)`, summed in a fixed order that compilers turn into vector code.
#[inline]
pub(super) fn sum_pairs<T: Real>(a: &[T], b: &[T], term: impl Fn(T, T) -> T) -> T {
    vectorised(
        #[inline(always)]
        || plain_sum_pairs(a, b, term),
    )
}

#[inline(always)]
#[allow(clippy::inline_always)] // to be compiled for the vector units at hand
fn plain_sum_pairs<T: Real>(a: &[T], b: &[T], term: impl Fn(T, T) -> T) -> T {
    let mut sums = [T::zero(); LANES];
    let (a_chunks, a_rest) = a.as_chunks::<LANES>();
    let (b_chunks, b_rest) = b.as_chunks::<LANES>();
    for (a, b) in a_chunks.iter().zip(b_chunks) {
        for i in 0..LANES {
            sums[i] += term(a[i], b[i]);
        }
    }
    for (sum, (&a, &b)) in sums.iter_mut().zip(a_rest.iter().zip(b_rest)) {
        *sum += term(a, b);
    }
    sums.into_iter().fold(T::zero(), |total, sum| total + sum)
}

/// `Σ a_i b_i`.
#[inline]
pub(super) fn dot<T: Real>(a: &[T], b: &[T]) -> T {
    sum_pairs(a, b, |a, b| a * b)
}
