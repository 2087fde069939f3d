//! Every random number of the project comes from [`Stream::new`]`(seed, purpose, draw)`.
//!
//! A stream depends on these three numbers alone, never on a run's index, regime, width or
//! step size. So batch `t` of a seed is the same batch for every run that asks for it, any run
//! can be repeated alone, and a checkpoint needs only its step. Values are taken in order, so
//! the weights of a narrow network, filled neuron by neuron, are a prefix of a wider one's.
//!
//! The integers are sixteen interleaved xoshiro128++ generators (Blackman and Vigna,
//! "Scrambled linear pseudorandom number generators", 2021), which compilers turn into vector
//! code. Normal variates come from them by the Box–Muller transform in plain IEEE `f32`
//! arithmetic without any accept/reject decision, so they are the same bits
//! on every target.

mod normal;

use rand::rand_core::{Infallible, TryRng};

use crate::vector::vectorised;

/// Version of the streams: results carry it, and it changes whenever any value below does.
pub const VERSION: u32 = 1;

/// Largest seed: 2⁵³ − 1, the largest integer that JavaScript and JSON keep exactly.
pub const MAX_SEED: u64 = (1 << 53) - 1;

/// Independent generators side by side; a block of normals is twice as long.
const LANES: usize = 16;
const BLOCK: usize = 2 * LANES;

/// What the numbers are for: streams of different purposes are independent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Eigenvalues of a sampled spectrum.
    Spectrum,
    /// First-layer weights and starting values of a network.
    Weights,
    /// One batch of samples.
    Batch,
}

impl Purpose {
    /// Arbitrary odd constants, far apart in their bits.
    const fn key(self) -> u64 {
        match self {
            Self::Spectrum => 0x9d39_247e_3377_6d41,
            Self::Weights => 0x2af7_3980_05aa_a5c7,
            Self::Batch => 0x44db_0150_24f3_62bb,
        }
    }
}

/// A stream of random numbers, the same on every target. See the [module](self).
#[derive(Clone, Debug)]
pub struct Stream {
    state: [[u32; LANES]; 4],
    words: [u32; LANES],
    words_left: usize,
    normals: [f32; BLOCK],
    normals_left: usize,
}

impl Stream {
    /// The stream of `(seed, purpose, draw)`. `draw` counts batches, or draws of weights.
    pub fn new(seed: u64, purpose: Purpose, draw: u64) -> Self {
        // Each stage is a bijection of the last: two draws of one seed never share a key.
        let key = mix(mix(mix(seed) ^ purpose.key()) ^ draw);
        let mut counter = key;
        let mut state = [[0; LANES]; 4];
        for pair in 0..2 {
            for lane in 0..LANES {
                counter = counter.wrapping_add(GOLDEN);
                let bits = mix(counter);
                state[2 * pair][lane] = bits as u32;
                state[2 * pair + 1][lane] = (bits >> 32) as u32;
            }
        }
        Self {
            state,
            words: [0; LANES],
            words_left: 0,
            normals: [0.0; BLOCK],
            normals_left: 0,
        }
    }

    /// Fills `out` with independent N(0, 1) variates. Filling two slices in turn gives the same
    /// values as filling both at once. Magnitudes stay below 6.67 (probability 3·10⁻¹¹ beyond).
    pub fn fill_normal(&mut self, out: &mut [f32]) {
        let (head, rest) = out.split_at_mut(self.normals_left.min(out.len()));
        head.copy_from_slice(&self.normals[BLOCK - self.normals_left..][..head.len()]);
        self.normals_left -= head.len();
        let mut blocks = rest.chunks_exact_mut(BLOCK);
        vectorised(
            #[inline(always)]
            || {
                for block in &mut blocks {
                    block.copy_from_slice(&self.next_normals());
                }
            },
        );
        let tail = blocks.into_remainder();
        if !tail.is_empty() {
            self.normals = self.next_normals();
            tail.copy_from_slice(&self.normals[..tail.len()]);
            self.normals_left = BLOCK - tail.len();
        }
    }

    /// A uniform variate in [0, 1), a multiple of 2⁻⁵³.
    pub fn uniform(&mut self) -> f64 {
        let Ok(bits) = self.try_next_u64();
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    }

    #[inline(always)]
    #[allow(clippy::inline_always)] // to be compiled for the vector units at hand
    fn next_normals(&mut self) -> [f32; BLOCK] {
        let radius = self.next_words();
        let angle = self.next_words();
        normal::box_muller(&radius, &angle)
    }

    /// One step of xoshiro128++ in every lane.
    #[inline(always)]
    #[allow(clippy::inline_always)]
    fn next_words(&mut self) -> [u32; LANES] {
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

/// The integers, for use with any distribution of the `rand` family. Normal variates and
/// integers are buffered apart: taking both from one stream is sound but not ordered.
impl TryRng for Stream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        if self.words_left == 0 {
            self.words = self.next_words();
            self.words_left = LANES;
        }
        self.words_left -= 1;
        Ok(self.words[LANES - 1 - self.words_left])
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let Ok(low) = self.try_next_u32();
        let Ok(high) = self.try_next_u32();
        Ok(u64::from(high) << 32 | u64::from(low))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for chunk in out.chunks_mut(4) {
            let Ok(word) = self.try_next_u32();
            chunk.copy_from_slice(&word.to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// 2⁶⁴ divided by the golden ratio, the increment of `SplitMix64`.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014; Stafford's variant 13).
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;
    use rand::SeedableRng;
    use rand_xoshiro::Xoshiro128PlusPlus;

    #[test]
    fn every_lane_is_the_published_generator() {
        let mut stream = Stream::new(1, Purpose::Batch, 2);
        let mut lanes: Vec<_> = (0..LANES)
            .map(|lane| {
                let seed: Vec<u8> = stream
                    .state
                    .iter()
                    .flat_map(|word| word[lane].to_le_bytes())
                    .collect();
                Xoshiro128PlusPlus::from_seed(seed.try_into().unwrap())
            })
            .collect();
        for _ in 0..100 {
            for lane in &mut lanes {
                assert_eq!(stream.next_u32(), lane.next_u32());
            }
        }
    }

    #[test]
    fn a_short_fill_is_a_prefix_of_a_long_one() {
        let mut long = vec![0.0; 1000];
        Stream::new(7, Purpose::Weights, 0).fill_normal(&mut long);
        let mut pieces = Vec::new();
        let mut stream = Stream::new(7, Purpose::Weights, 0);
        for length in [1, 31, 32, 33, 0, 5, 400, 2] {
            let mut piece = vec![0.0; length];
            stream.fill_normal(&mut piece);
            pieces.extend(piece);
        }
        assert_eq!(pieces, long[..pieces.len()]);
    }

    #[test]
    fn seed_purpose_and_draw_each_make_another_stream() {
        let first = |seed, purpose, draw| Stream::new(seed, purpose, draw).next_u64();
        let base = first(1, Purpose::Weights, 1);
        assert_ne!(base, first(2, Purpose::Weights, 1));
        assert_ne!(base, first(1, Purpose::Batch, 1));
        assert_ne!(base, first(1, Purpose::Spectrum, 1));
        assert_ne!(base, first(1, Purpose::Weights, 2));
    }
}
