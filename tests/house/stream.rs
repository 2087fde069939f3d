//! The normal variates follow N(0, 1): moments, tails, goodness of fit, independence.

use lazy_limits::stream::{Purpose, Stream};

const COUNT: usize = 4_000_000;

fn normals(seed: u64) -> Vec<f32> {
    let mut values = vec![0.0; COUNT];
    Stream::new(seed, Purpose::Batch, 0).fill_normal(&mut values);
    values
}

/// Raw moment k has standard error √((μ₂ₖ − μₖ²)/n), μ₂ₖ = (2k−1)!!; five of them are allowed.
#[test]
fn moments_up_to_the_sixth() {
    let values = normals(1);
    let double_factorial = |n: i32| (1..=n).rev().step_by(2).map(f64::from).product::<f64>();
    for k in 1..=6 {
        let mean = values.iter().map(|&x| f64::from(x).powi(k)).sum::<f64>() / COUNT as f64;
        let expected = if k % 2 == 0 {
            double_factorial(k - 1)
        } else {
            0.0
        };
        let variance = double_factorial(2 * k - 1) - expected * expected;
        let error = (variance / COUNT as f64).sqrt();
        assert!((mean - expected).abs() < 5.0 * error, "moment {k}: {mean}");
    }
}

/// The count beyond s is binomial; five standard deviations (and one count) are allowed.
#[test]
fn tails_to_five_sigma() {
    let values = normals(2);
    for (s, probability) in [
        (2.0, 4.550_026e-2),
        (3.0, 2.699_796e-3),
        (4.0, 6.334_248e-5),
        (5.0, 5.733_031e-7),
    ] {
        let count = values.iter().filter(|x| x.abs() > s).count() as f64;
        let expected = probability * COUNT as f64;
        assert!(
            (count - expected).abs() < 5.0 * expected.sqrt() + 1.0,
            "{count} beyond {s}, {expected} expected"
        );
    }
}

/// Anderson–Darling against N(0, 1) with known parameters: A² > 6 has probability 0.001
/// (Marsaglia and Marsaglia 2004).
#[test]
fn anderson_darling() {
    use statrs::distribution::{ContinuousCDF, Normal};
    let normal = Normal::standard();
    for seed in 0..4 {
        let mut values = normals(seed);
        values.truncate(100_000);
        values.sort_by(f32::total_cmp);
        let n = values.len();
        let sum: f64 = (0..n)
            .map(|i| {
                let low = normal.cdf(f64::from(values[i])).ln();
                let high = normal.sf(f64::from(values[n - 1 - i])).ln();
                (2 * i + 1) as f64 * (low + high)
            })
            .sum();
        let statistic = -(n as f64) - sum / n as f64;
        assert!(statistic < 6.0, "seed {seed}: A² = {statistic}");
    }
}

/// The correlation of independent variates has standard error 1/√n, between streams of
/// neighbouring keys as between neighbours in one stream, also of the squares.
#[test]
fn independent_within_and_across_streams() {
    let n = 500_000;
    let take = |seed, purpose, draw| {
        let mut values = vec![0.0_f32; n];
        Stream::new(seed, purpose, draw).fill_normal(&mut values);
        values
    };
    let base = take(5, Purpose::Batch, 0);
    let others = [
        take(6, Purpose::Batch, 0),
        take(5, Purpose::Batch, 1),
        take(5, Purpose::Weights, 0),
        [&base[1..], &base[..1]].concat(),
        [&base[16..], &base[..16]].concat(),
        [&base[32..], &base[..32]].concat(),
    ];
    for (k, other) in others.iter().enumerate() {
        let bound = 5.0 / (n as f64).sqrt();
        let mean = |f: &dyn Fn(f64, f64) -> f64| {
            base.iter()
                .zip(other)
                .map(|(&x, &y)| f(x.into(), y.into()))
                .sum::<f64>()
                / n as f64
        };
        assert!(mean(&|x, y| x * y).abs() < bound, "stream {k}");
        let squares = mean(&|x, y| (x * x - 1.0) * (y * y - 1.0)) / 2.0;
        assert!(squares.abs() < bound, "squares of stream {k}");
    }
}
