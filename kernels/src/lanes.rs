//! Four numbers side by side.

/// How many numbers there are in [`Lanes`].
pub(crate) const LANES: usize = 4;

#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
mod form {
    use std::arch::wasm32::{f32x4, f32x4_extract_lane, f32x4_relaxed_madd, f32x4_splat, v128};

    /// Four numbers in one register.
    #[derive(Clone, Copy)]
    pub(crate) struct Lanes(v128);

    impl Lanes {
        /// One number four times.
        pub(crate) fn splat(number: f32) -> Self {
            Self(f32x4_splat(number))
        }

        /// The first four numbers.
        pub(crate) fn load(numbers: &[f32]) -> Self {
            Self(f32x4(numbers[0], numbers[1], numbers[2], numbers[3]))
        }

        /// `self·factor + summand`, in one operation where the processor has it.
        pub(crate) fn multiply_add(self, factor: Self, summand: Self) -> Self {
            Self(f32x4_relaxed_madd(self.0, factor.0, summand.0))
        }

        /// The four numbers.
        pub(crate) fn numbers(self) -> [f32; super::LANES] {
            [
                f32x4_extract_lane::<0>(self.0),
                f32x4_extract_lane::<1>(self.0),
                f32x4_extract_lane::<2>(self.0),
                f32x4_extract_lane::<3>(self.0),
            ]
        }
    }
}

/// The same without vectors, for the tests of what is made of them.
#[cfg(not(all(target_arch = "wasm32", target_feature = "relaxed-simd")))]
mod form {
    use super::LANES;

    #[derive(Clone, Copy)]
    pub(crate) struct Lanes([f32; LANES]);

    impl Lanes {
        pub(crate) fn splat(number: f32) -> Self {
            Self([number; LANES])
        }

        pub(crate) fn load(numbers: &[f32]) -> Self {
            Self(std::array::from_fn(|i| numbers[i]))
        }

        pub(crate) fn multiply_add(self, factor: Self, summand: Self) -> Self {
            Self(std::array::from_fn(|i| {
                self.0[i] * factor.0[i] + summand.0[i]
            }))
        }

        pub(crate) fn numbers(self) -> [f32; LANES] {
            self.0
        }
    }
}

pub(crate) use form::Lanes;
