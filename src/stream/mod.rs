//! Every random number of the project comes from [`Stream::new`]`(seed, purpose, draw)`.
//!
//! A stream depends on these three numbers alone, never on a run's index, regime, width or
//! step size. So batch `t` of a seed is the same batch for every run that asks for it, any run
//! can be repeated alone, and a checkpoint needs only its step. Values are taken in order, so
//! the weights of a narrow network, filled neuron by neuron, are a prefix of a wider one's.
//!
//! The integers are those of sixteen interleaved xoshiro128++ generators, and the normal variates
//! made of them are the same bits on every target ([`Normals`]).

use lazy_limits_kernels::{BLOCK, LANES, Normals};
use rand::rand_core::{Infallible, TryRng};

/// Version of the streams: results carry it, and it changes whenever any value below does.
pub const VERSION: u32 = 1;

/// Largest seed: 2⁵³ − 1, the largest integer that JavaScript and JSON keep exactly.
pub const MAX_SEED: u64 = (1 << 53) - 1;

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
    generators: Normals,
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
            generators: Normals::new(state),
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
        let (blocks, tail) = rest.as_chunks_mut();
        self.generators.fill(blocks);
        if !tail.is_empty() {
            self.generators
                .fill(std::slice::from_mut(&mut self.normals));
            tail.copy_from_slice(&self.normals[..tail.len()]);
            self.normals_left = BLOCK - tail.len();
        }
    }

    /// A uniform variate in [0, 1), a multiple of 2⁻⁵³.
    pub fn uniform(&mut self) -> f64 {
        let Ok(bits) = self.try_next_u64();
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The integers, for use with any distribution of the `rand` family. Normal variates and
/// integers are buffered apart: taking both from one stream is sound but not ordered.
impl TryRng for Stream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        if self.words_left == 0 {
            self.words = self.generators.next_words();
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
