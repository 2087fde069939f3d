//! Tiles of plain numbers, which compilers put into the vectors that there are.

use std::cell::RefCell;

use super::{Multiplied, Packed, Strided, TileColumn};
use crate::vector::vectorised;

/// Columns of a tile. With vectors of 256 bits its sums, a column of one factor and a number of the other stay in registers:
/// 12 + 2 + 1 of 16.
const COLUMNS: usize = 6;

/// Declares tiles of so many rows, two vectors of 256 bits.
macro_rules! plain {
    ($number:ident, $rows:literal) => {
        impl TileColumn for [$number; $rows] {
            type Number = $number;
            const ROWS: usize = $rows;

            #[inline(always)]
            fn zero() -> Self {
                [0.0; $rows]
            }

            #[inline(always)]
            fn load(numbers: &[$number]) -> Self {
                let mut column = [0.0; $rows];
                column.copy_from_slice(&numbers[..$rows]);
                column
            }

            #[inline(always)]
            fn plus(mut self, factor: $number, column: Self) -> Self {
                for (sum, number) in self.iter_mut().zip(column) {
                    *sum += factor * number;
                }
                self
            }

            #[inline(always)]
            fn put(self, place: &mut [$number], beta: $number, alpha: $number) {
                if beta == 0.0 {
                    for (place, sum) in place.iter_mut().zip(self) {
                        *place = alpha * sum;
                    }
                } else {
                    for (place, sum) in place.iter_mut().zip(self) {
                        *place = beta * *place + alpha * sum;
                    }
                }
            }
        }

        impl Multiplied for $number {
            fn add_product(
                c: (&mut [$number], usize),
                shape: [usize; 3],
                beta: $number,
                alpha: $number,
                a: Strided<'_, $number>,
                b: Strided<'_, $number>,
            ) {
                thread_local! {
                    // Kept, so that steps of a training allocate nothing.
                    static PACKED: RefCell<Packed<[$number; $rows], COLUMNS>> =
                        const { RefCell::new(Packed::EMPTY) };
                }
                PACKED.with_borrow_mut(|packed| {
                    vectorised(
                        #[inline(always)]
                        || packed.add_product(c, shape, beta, alpha, a, b),
                    );
                });
            }
        }
    };
}

plain!(f32, 16);
plain!(f64, 8);
