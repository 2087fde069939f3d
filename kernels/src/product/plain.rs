//! Tiles of the widest vectors that a processor has.

use pulp::{Arch, Simd, WithSimd};

use super::{Multiplied, Packed, Strided, TileColumn};

/// Vectors in a column of a tile.
const HEIGHT: usize = 2;

/// Columns of a tile. Its sums, a column of one factor and a number of the other stay in registers: 12 + 2 + 1 of 16.
const COLUMNS: usize = 6;

/// Declares tiles and products of a type of numbers, given what `pulp` calls its vectors and their operations.
macro_rules! plain {
    (
        $number:ident, $column:ident, $product:ident,
        $vector:ident, $lanes:ident, $splat:ident, $multiply:ident, $add:ident, $load:ident, $store:ident
    ) => {
        /// A column of a tile.
        #[derive(Clone, Copy)]
        struct $column<S: Simd>([S::$vector; HEIGHT]);

        impl<S: Simd> TileColumn for $column<S> {
            type Number = $number;
            type Units = S;
            const ROWS: usize = HEIGHT * S::$lanes;

            #[inline(always)]
            fn zero(units: S) -> Self {
                Self([units.$splat(0.0); HEIGHT])
            }

            #[inline(always)]
            fn load(units: S, numbers: &[$number]) -> Self {
                Self(std::array::from_fn(|part| {
                    units.$load(&numbers[part * S::$lanes..][..S::$lanes])
                }))
            }

            #[inline(always)]
            fn plus(mut self, units: S, factor: $number, column: Self) -> Self {
                let factor = units.$splat(factor);
                for (sum, part) in self.0.iter_mut().zip(column.0) {
                    *sum = units.$add(*sum, units.$multiply(factor, part));
                }
                self
            }

            #[inline(always)]
            fn put(self, units: S, place: &mut [$number], beta: $number, alpha: $number) {
                for (place, sums) in place.chunks_mut(S::$lanes).zip(self.0) {
                    let mut numbers = [0.0; MOST];
                    let numbers = &mut numbers[..S::$lanes];
                    units.$store(numbers, sums);
                    if beta == 0.0 {
                        for (place, sum) in place.iter_mut().zip(numbers) {
                            *place = alpha * *sum;
                        }
                    } else {
                        for (place, sum) in place.iter_mut().zip(numbers) {
                            *place = beta * *place + alpha * *sum;
                        }
                    }
                }
            }
        }

        /// [`Multiplied::add_product`], with its arguments.
        struct $product<'a> {
            c: (&'a mut [$number], usize),
            shape: [usize; 3],
            beta: $number,
            alpha: $number,
            a: Strided<'a, $number>,
            b: Strided<'a, $number>,
        }

        impl WithSimd for $product<'_> {
            type Output = ();

            #[inline(always)]
            fn with_simd<S: Simd>(self, simd: S) {
                let Self {
                    c,
                    shape,
                    beta,
                    alpha,
                    a,
                    b,
                } = self;
                let mut packed = Packed::<$column<S>, COLUMNS>::new(simd);
                packed.add_product(c, shape, beta, alpha, a, b);
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
                Arch::new().dispatch($product {
                    c,
                    shape,
                    beta,
                    alpha,
                    a,
                    b,
                });
            }
        }
    };
}

/// Most numbers of a vector.
const MOST: usize = 64;

plain!(
    f32,
    SingleColumn,
    SingleProduct,
    f32s,
    F32_LANES,
    splat_f32s,
    mul_f32s,
    add_f32s,
    partial_load_f32s,
    partial_store_f32s
);
plain!(
    f64,
    DoubleColumn,
    DoubleProduct,
    f64s,
    F64_LANES,
    splat_f64s,
    mul_f64s,
    add_f64s,
    partial_load_f64s,
    partial_store_f64s
);
