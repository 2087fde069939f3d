//! Loops over slices for `f32` and `f64`.

use crate::loops;
use crate::vector::vectorised;

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// Declares the trait, and compiles the loop of each name for both types here.
macro_rules! compiled {
    ($(
        $(#[$documentation:meta])*
        fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;
    )*) => {
        /// The numbers that loops are compiled for: `f32` and `f64`.
        ///
        /// Slices that belong together have one length, or what is beyond the shorter is ignored. Matrices are slices
        /// too, column by column: a column is as long as the slice that goes with rows, or there are as many of them
        /// as of its factors.
        pub trait Number: Copy + sealed::Sealed {
            $(
                $(#[$documentation])*
                fn $name($($argument: $type),*) $(-> $result)?;
            )*
        }

        compiled!(@for f32 $($name($($argument: $type),*) $(-> $result)?;)*);
        compiled!(@for f64 $($name($($argument: $type),*) $(-> $result)?;)*);
    };
    (@for $number:ident $($name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {
        impl Number for $number {
            $(
                #[inline(never)]
                fn $name($($argument: $type),*) $(-> $result)? {
                    vectorised(
                        #[inline(always)]
                        || loops::$name($($argument),*),
                    )
                }
            )*
        }
    };
}

compiled! {
    /// `Σ a_i b_i`.
    fn dot(a: &[Self], b: &[Self]) -> Self;
    /// `Σ a_i`.
    fn sum(a: &[Self]) -> Self;
    /// `Σ w_i x_i²`.
    fn sum_of_squares(w: &[Self], x: &[Self]) -> Self;
    /// `Σ w_i (x_i² − 1)`, centred term by term.
    fn sum_of_centred_squares(w: &[Self], x: &[Self]) -> Self;
    /// `a_i ← a_i b_i`.
    fn multiply(a: &mut [Self], b: &[Self]);
    /// `a_i ← a_i·factor·b_i`.
    fn multiply_scaled(a: &mut [Self], factor: Self, b: &[Self]);
    /// `a_i ← a_i + factor·b_i`.
    fn add_scaled(a: &mut [Self], factor: Self, b: &[Self]);
    /// `a_i ← a_i + factor·x_i²`.
    fn add_scaled_squares(a: &mut [Self], factor: Self, x: &[Self]);
    /// `g_i ← a_i x_i + b_i g_i`.
    fn combine(g: &mut [Self], b: &[Self], a: &[Self], x: &[Self]);
    /// With `t_i = factor·z_i`: `sums_i ← sums_i + t_i z_i`, then `z_i ← 2a_i t_i`.
    fn weigh(z: &mut [Self], sums: &mut [Self], factor: Self, a: &[Self]);
    /// Where `z_i > 0`: `slopes_i ← 1`, `z_i ← z_i − centre`. Elsewhere: `slopes_i ← 0`, `z_i ← −centre`.
    fn rectify(z: &mut [Self], slopes: &mut [Self], centre: Self);
    /// Multiplies column `k` of `matrix` by `factors_k·scale`.
    fn scale_columns(matrix: &mut [Self], factors: &[Self], scale: Self);
    /// `out_k ← factors_k·scale·matrix_k` for column `k`.
    fn scaled_columns(out: &mut [Self], matrix: &[Self], factors: &[Self], scale: Self);
    /// Multiplies row `i` of `matrix` by `factors_i`.
    fn scale_rows(matrix: &mut [Self], factors: &[Self]);
    /// Adds the squares of each row of `matrix` to `sums`.
    fn add_row_squares(sums: &mut [Self], matrix: &[Self]);
}
