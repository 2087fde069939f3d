//! Hard inputs, a function of the case's number.

use nalgebra::DMatrix;

/// A stream of random numbers (SplitMix64).
pub(crate) struct Draws(u64);

impl Draws {
    pub(crate) fn new(case: u64) -> Self {
        Self(case.wrapping_mul(0xD134_2543_DE82_EF95) ^ 0x2545_F491_4F6C_DD1D)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    /// Evenly in [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub(crate) fn count(&mut self, low: usize, high: usize) -> usize {
        low + (self.next() % (high - low + 1) as u64) as usize
    }

    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    pub(crate) fn sign(&mut self) -> f64 {
        if self.chance(0.5) { 1.0 } else { -1.0 }
    }

    /// 10 to a power evenly between.
    pub(crate) fn power(&mut self, low: f64, high: f64) -> f64 {
        10.0_f64.powf(self.between(low, high))
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Eigenvalues of `Δ̃` in (−1, 1), some or all of them near ±1, some equal, some 0.
    pub(crate) fn contrast(&mut self, dim: usize) -> Vec<f64> {
        let near = self.power(-8.7, -0.5);
        let share = self.unit();
        let one_sign = self.chance(0.2);
        let is_exact = self.chance(0.3);
        let mut values: Vec<f64> = (0..dim)
            .map(|_| {
                let sign = if one_sign { 1.0 } else { self.sign() };
                if self.chance(share) {
                    let gap = if is_exact { near } else { near * self.unit() };
                    sign * (1.0 - gap.max(2e-9))
                } else if self.chance(0.2) {
                    0.0
                } else {
                    sign * self.power(-3.0, 0.0).min(0.99)
                }
            })
            .collect();
        if values.iter().all(|&value| value == 0.0) {
            values[0] = 0.5;
        }
        values
    }

    /// Eigenvalues of a quadratic target, over many decades or equal, of one sign or both.
    pub(crate) fn target(&mut self, dim: usize) -> Vec<f64> {
        let decades = self.between(0.0, 8.0);
        let one_sign = self.chance(0.5);
        (0..dim)
            .map(|_| self.power(-decades, 0.0) * if one_sign { 1.0 } else { self.sign() })
            .collect()
    }

    /// Weights, `d×N`: Gaussian, but some neurons earlier ones again, or combinations of two that are right to between one
    /// digit and all, or of other lengths.
    pub(crate) fn weights(&mut self, dim: usize, neurons: usize) -> DMatrix<f64> {
        let mut w = DMatrix::from_fn(dim, neurons, |_, _| self.normal() / (dim as f64).sqrt());
        if self.chance(0.5) {
            return w;
        }
        for j in 1..neurons {
            if !self.chance(0.3) {
                continue;
            }
            let (a, b) = (self.count(0, j - 1), self.count(0, j - 1));
            let (first, second) = (w.column(a).into_owned(), w.column(b).into_owned());
            let column = match self.count(0, 3) {
                0 => first,
                1 => first * self.power(-3.0, 1.0),
                2 => {
                    let off = self.power(-15.0, -1.0);
                    first + w.column(j) * off
                }
                _ => {
                    let off = self.power(-15.0, -1.0);
                    first * self.normal() + second * self.normal() + w.column(j) * off
                }
            };
            w.set_column(j, &column);
        }
        w
    }
}
