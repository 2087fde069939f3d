//! Random integers and normal variates, sixteen generators at a time.

#![allow(clippy::inline_always)] // to be compiled for the vector units at hand

use crate::normal;
use crate::vector::vectorised;

/// Independent generators side by side.
pub const LANES: usize = 16;

/// Normal variates that come at once.
pub const BLOCK: usize = 2 * LANES;

/// Sixteen interleaved xoshiro128++ generators (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
/// 2021), and normal variates made of them by the Box–Muller transform.
#[derive(Clone, Debug)]
pub struct Normals {
    state: [[u32; LANES]; 4],
}

impl Normals {
    /// From the four words of each generator, of which not all may be 0.
    pub const fn new(state: [[u32; LANES]; 4]) -> Self {
        Self { state }
    }

    /// The next integer of every generator.
    #[inline(never)]
    pub fn next_words(&mut self) -> [u32; LANES] {
        self.step()
    }

    /// Fills `out` with the next independent N(0, 1) variates, whole blocks of them. Magnitudes stay below 6.67
    /// (probability 3·10⁻¹¹ beyond).
    #[inline(never)]
    pub fn fill(&mut self, out: &mut [[f32; BLOCK]]) {
        vectorised(
            #[inline(always)]
            || {
                for block in out {
                    let radius = self.step();
                    let angle = self.step();
                    *block = normal::box_muller(&radius, &angle);
                }
            },
        );
    }

    /// One step of xoshiro128++ in every lane.
    #[inline(always)]
    fn step(&mut self) -> [u32; LANES] {
        let [s0, s1, s2, s3] = &mut self.state;
        let mut out = [0; LANES];
        for i in 0..LANES {
            out[i] = s0[i].wrapping_add(s3[i]).rotate_left(7).wrapping_add(s0[i]);
            let shifted = s1[i] << 9;
            s2[i] ^= s0[i];
            s3[i] ^= s1[i];
            s1[i] ^= s2[i];
            s0[i] ^= s3[i];
            s2[i] ^= shifted;
            s3[i] = s3[i].rotate_left(11);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_xoshiro::Xoshiro128PlusPlus;
    use rand_xoshiro::rand_core::{Rng, SeedableRng};

    fn generators() -> Normals {
        let mut word = 0_u32;
        let mut next = || {
            word = word.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            word
        };
        Normals::new([(); 4].map(|()| [(); LANES].map(|()| next())))
    }

    #[test]
    fn every_lane_is_the_published_generator() {
        let mut generators = generators();
        let mut lanes: Vec<_> = (0..LANES)
            .map(|lane| {
                let words = generators.state.iter();
                let seed: Vec<u8> = words.flat_map(|word| word[lane].to_le_bytes()).collect();
                Xoshiro128PlusPlus::from_seed(seed.try_into().unwrap())
            })
            .collect();
        for _ in 0..100 {
            let words = generators.next_words();
            for (word, lane) in words.into_iter().zip(&mut lanes) {
                assert_eq!(word, lane.next_u32());
            }
        }
    }

    #[test]
    fn blocks_come_one_after_another() {
        let (mut at_once, mut in_turn) = (generators(), generators());
        let mut blocks = [[0.0; BLOCK]; 5];
        at_once.fill(&mut blocks);
        for expected in blocks {
            let mut block = [[0.0; BLOCK]];
            in_turn.fill(&mut block);
            assert_eq!(block[0], expected);
        }
    }
}
