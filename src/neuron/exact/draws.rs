//! Directions at random.

use nalgebra::DMatrix;

use crate::stream::{Purpose, Stream};

/// Directions of `count` random features, uniform on the unit sphere, d×r: draw `draw` of a seed. Fewer are the first of
/// more. Gaussian weights have the same risks, as ReLU is homogeneous (power-and-limits, Remark 4.4).
pub fn random_directions(seed: u64, draw: u64, dim: usize, count: usize) -> DMatrix<f64> {
    directions(Stream::new(seed, Purpose::Weights, draw), dim, count)
}

/// `count` directions of targets, d×m, uniform on the unit sphere too and independent of all weights and samples; fewer are
/// the first of more. The first one of draw 0 is that of the target itself, which a neuron is trained on.
pub fn target_directions(seed: u64, draw: u64, dim: usize, count: usize) -> DMatrix<f64> {
    directions(Stream::new(seed, Purpose::Spectrum, draw), dim, count)
}

fn directions(mut stream: Stream, dim: usize, count: usize) -> DMatrix<f64> {
    let mut singles = vec![0.0; dim];
    let mut numbers = Vec::with_capacity(dim * count);
    for _ in 0..count {
        stream.fill_normal(&mut singles);
        let at = numbers.len();
        numbers.extend(singles.iter().copied().map(f64::from));
        let own = &mut numbers[at..];
        let length = own.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length > 0.0 {
            for x in own {
                *x /= length;
            }
        } else if let Some(first) = own.first_mut() {
            // As good as impossible, and a direction all the same.
            *first = 1.0;
        }
    }
    DMatrix::from_vec(dim, count, numbers)
}
