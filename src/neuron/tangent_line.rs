//! The expected risk of tangent features on a single neuron without a bias. Ours: no paper has it.
//!
//! r neurons have the rd features `1(⟨w_i,x⟩ > 0)x`. Along w_i they are the ReLU features, with the eigenvalues λ_l; across,
//! gradients on the sphere, with `l(l+d−2)λ_l`. Two scalars, the variance that is left of each, are a fixed point:
//! `h_l = 1/(1 + rλ_l(1/A + l(l+d−2)/B))`, `A = Σ N_l λ_l h_l`, `B = Σ N_l l(l+d−2)λ_l h_l/(d−1)`. The risk is A.

use super::line::MAX_FEATURES;
use super::sphere::Nodes;

/// The number of neurons below which the line is some 10 % to 18 % too high. [`ExpectedTangentRisk`] answers there too; whoever
/// shows it says so, or does not. Of dimensions it is as for random features, [`LEAST_DIM`](super::line::LEAST_DIM).
pub const LEAST_NEURONS: f64 = 8.0;

/// The line in one dimension: eigenvalues are kept.
pub struct ExpectedTangentRisk {
    /// `λ_l`, `N_l λ_l` and `l(l+d−2)`.
    nodes: Vec<[f64; 3]>,
    /// d − 1.
    across: f64,
}

impl ExpectedTangentRisk {
    /// The line in a real dimension d from 2 to 1000, with the constant as a feature or without it. None for another dimension.
    pub fn new(dim: f64, has_constant: bool) -> Option<Self> {
        if !(2.0..=1000.0).contains(&dim) {
            return None;
        }
        let spectrum = Nodes::new(dim, has_constant, MAX_FEATURES * dim);
        let all = std::iter::once(&spectrum.zero).chain(&spectrum.others);
        let nodes = all.map(|one| {
            let gradient = one.degree * (one.degree + dim - 2.0);
            [one.eigenvalue, one.energy, gradient]
        });
        Some(Self {
            nodes: nodes.collect(),
            across: dim - 1.0,
        })
    }

    /// The expected least risk over `E y²` of so many neurons, from 1 to [`MAX_FEATURES`], whole or not. None for another
    /// number, or if the fixed point was not found.
    pub fn risk(&self, neurons: f64) -> Option<f64> {
        self.curve([neurons]).next().flatten()
    }

    /// The same for many numbers of neurons, each from the fixed point before.
    pub fn curve(
        &self,
        neurons: impl IntoIterator<Item = f64>,
    ) -> impl Iterator<Item = Option<f64>> {
        // What is left where no neuron has been seen.
        let first = self.image(0.0, [0.0, 0.0]).0;
        let mut start = first;
        neurons.into_iter().map(move |neurons| {
            if !(1.0..=MAX_FEATURES).contains(&neurons) {
                return None;
            }
            let found = self
                .solve(neurons, start)
                .or_else(|| self.solve(neurons, first))?;
            start = found;
            // E y² = ½.
            Some(2.0 * found[0].exp())
        })
    }

    /// ln A and ln B from those before, with derivatives.
    fn image(&self, neurons: f64, logs: [f64; 2]) -> ([f64; 2], [[f64; 2]; 2]) {
        let [along, across] = logs.map(|log| neurons / log.exp());
        let mut sums = [0.0; 2];
        let mut derivatives = [[0.0; 2]; 2];
        for &[eigenvalue, energy, gradient] in &self.nodes {
            let seen = [eigenvalue * along, eigenvalue * gradient * across];
            let left = 1.0 / (1.0 + seen[0] + seen[1]);
            for (row, weight) in [energy, energy * gradient].into_iter().enumerate() {
                sums[row] += weight * left;
                for column in 0..2 {
                    derivatives[row][column] += weight * left * left * seen[column];
                }
            }
        }
        for row in 0..2 {
            for column in 0..2 {
                derivatives[row][column] /= sums[row];
            }
        }
        ([sums[0].ln(), (sums[1] / self.across).ln()], derivatives)
    }

    /// The fixed point as logarithms. The map is monotone and, scaled by c > 1, grows by less than c: there is one, and steps of
    /// the map itself come nearer to it from wherever Newton's do not.
    fn solve(&self, neurons: f64, start: [f64; 2]) -> Option<[f64; 2]> {
        let mut logs = start;
        let mut newton: Option<([f64; 2], f64)> = None;
        for _ in 0..500 {
            let (image, slopes) = self.image(neurons, logs);
            let miss = [image[0] - logs[0], image[1] - logs[1]];
            let size = miss[0].abs().max(miss[1].abs());
            if size < 1e-12 {
                return Some(logs);
            }
            if let Some((plain, before)) = newton.take()
                && (size.is_nan() || size >= before)
            {
                logs = plain;
                continue;
            }
            // (I − J) step = miss.
            let [[a, b], [c, d]] = [
                [1.0 - slopes[0][0], -slopes[0][1]],
                [-slopes[1][0], 1.0 - slopes[1][1]],
            ];
            let determinant = a * d - b * c;
            let step = [
                (d * miss[0] - b * miss[1]) / determinant,
                (a * miss[1] - c * miss[0]) / determinant,
            ];
            newton = Some((image, size));
            logs = [logs[0] + step[0], logs[1] + step[1]];
        }
        None
    }
}
