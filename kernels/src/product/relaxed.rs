//! Tiles of relaxed vectors.

use std::cell::RefCell;

use super::{Packed, Strided, TileColumn};
use crate::lanes::{LANES, Lanes};

/// Vectors in a column of a tile.
const HEIGHT: usize = 2;

/// Columns of a tile. Its sums, a column of one factor and a row of the other stay in registers: 8 + 2 + 4.
const COLUMNS: usize = 4;

impl TileColumn for [Lanes; HEIGHT] {
    type Number = f32;
    type Units = ();
    const ROWS: usize = HEIGHT * LANES;

    #[inline(always)]
    fn zero((): ()) -> Self {
        [Lanes::splat(0.0); HEIGHT]
    }

    #[inline(always)]
    fn load((): (), numbers: &[f32]) -> Self {
        std::array::from_fn(|part| Lanes::load(&numbers[part * LANES..]))
    }

    #[inline(always)]
    fn plus(mut self, (): (), factor: f32, column: Self) -> Self {
        let factor = Lanes::splat(factor);
        for (sum, part) in self.iter_mut().zip(column) {
            *sum = part.multiply_add(factor, *sum);
        }
        self
    }

    // Four times in every tile otherwise, which the page would have to load.
    #[inline(never)]
    fn put(self, (): (), place: &mut [f32], beta: f32, alpha: f32) {
        let sums = self.map(Lanes::numbers);
        let sums = sums.as_flattened().iter();
        if beta == 0.0 {
            for (place, sum) in place.iter_mut().zip(sums) {
                *place = alpha * sum;
            }
        } else {
            for (place, sum) in place.iter_mut().zip(sums) {
                *place = beta * *place + alpha * sum;
            }
        }
    }
}

thread_local! {
    // Kept, so that steps of a training allocate nothing.
    static PACKED: RefCell<Packed<[Lanes; HEIGHT], COLUMNS>> = const { RefCell::new(Packed::new(())) };
}

/// [`Multiplied::add_product`](super::Multiplied::add_product).
#[inline(never)]
pub(super) fn add_product(
    c: (&mut [f32], usize),
    shape: [usize; 3],
    beta: f32,
    alpha: f32,
    a: Strided<'_, f32>,
    b: Strided<'_, f32>,
) {
    PACKED.with_borrow_mut(|packed| packed.add_product(c, shape, beta, alpha, a, b));
}

#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
impl super::Multiplied for f32 {
    fn add_product(
        c: (&mut [f32], usize),
        shape: [usize; 3],
        beta: f32,
        alpha: f32,
        a: Strided<'_, f32>,
        b: Strided<'_, f32>,
    ) {
        add_product(c, shape, beta, alpha, a, b);
    }
}
