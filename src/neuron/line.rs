//! The expected risk of r random ReLU features on a single neuron, for any real r and d. Ours: no paper has it.
//!
//! Features `relu(⟨w_i,x⟩)` and the target are values of one family of functions of a direction, so the least risk is the
//! posterior variance of a Gaussian process at w* after r observations at random places. Its mean over directions and features
//! is that of the deterministic equivalent: κ solves `Σ N_l λ_l/(λ_l + κ) = r`, with the eigenvalues of [`relu_degrees`], and
//! of what the features can make of the target, degree by degree, `κ/(λ_l + κ)` is left. Without a bias that is
//! `risk = rκ`. With one there is a floor, which is what no number of ReLU features without biases can make: all odd degrees
//! but the first, and what depends on ‖x‖ otherwise than in proportion.
//!
//! [`relu_degrees`]: super::sphere::relu_degrees

use super::problem::{SingleNeuron, cumulative};
use super::shifted::{Shifted, lowered};
use super::sphere::{LAST, Nodes, mean_radius, radius_variance, relu_degrees};

/// The dimension below which simulations do not land on the line: at d = 4 they are up to 20 % above it, at d = 2 by a factor of
/// 2 to 4. [`ExpectedRisk`] answers there too; whoever shows it says so, or does not.
pub const LEAST_DIM: f64 = 5.0;

/// The largest number of features for which there is a risk.
pub const MAX_FEATURES: f64 = 1e30;

/// The largest number of features that is an answer.
const FAR: f64 = 1e285;

/// The least b/s of a target: below, it is 0 but for one input in 10⁵⁷, and neither lines nor bounds are vouched for.
pub const LEAST_SHIFT: f64 = -16.0;

struct Node {
    /// `λ_l`.
    eigenvalue: f64,
    /// `N_l λ_l`.
    energy: f64,
    /// What of the target can be learnt there.
    learnable: f64,
}

/// The line of one target in one dimension: eigenvalues are kept, so that a risk is a root and two sums.
pub struct ExpectedRisk {
    dim: f64,
    shift: f64,
    has_constant: bool,
    /// The largest number of features for which the nodes serve.
    reach: f64,
    second_moment: f64,
    /// Of the neuron of norm 1, not over `E y²`.
    floor: f64,
    /// By falling eigenvalue, but for the first, which is degree 0.
    nodes: Vec<Node>,
    /// From each node on, sums of energies and of what can be learnt.
    rest: Vec<(f64, f64)>,
}

/// Sums over all harmonics at some κ.
struct Sums {
    /// `Σ N λ/(λ + κ)`, the number of features.
    features: f64,
    /// `−d ln features/d ln κ`.
    slope: f64,
    /// `Σ β κ/(λ + κ)`, the risk above the floor.
    risk: f64,
    /// `d ln risk/d ln κ`.
    risk_slope: f64,
}

impl ExpectedRisk {
    /// The line in a real dimension d from 2 to 1000, with the constant as a feature or without it. None for another dimension,
    /// for one that is no neuron (s > 0 and b finite), and for b/s below [`LEAST_SHIFT`].
    pub fn new(dim: f64, neuron: &SingleNeuron, has_constant: bool) -> Option<Self> {
        is_known(dim, neuron)
            .then(|| Self::reaching(dim, neuron.shift(), has_constant, MAX_FEATURES))
    }

    fn reaching(dim: f64, shift: f64, has_constant: bool, reach: f64) -> Self {
        let spectrum = Nodes::new(dim, has_constant, reach);
        let unit = SingleNeuron {
            norm: 1.0,
            bias: shift,
        };
        let mut line = Self {
            dim,
            shift,
            has_constant,
            reach,
            second_moment: unit.second_moment(),
            floor: 0.0,
            nodes: Vec::with_capacity(spectrum.others.len() + 1),
            rest: Vec::new(),
        };
        for node in std::iter::once(&spectrum.zero).chain(&spectrum.others) {
            line.nodes.push(Node {
                eigenvalue: node.eigenvalue,
                energy: node.energy,
                learnable: node.energy,
            });
        }
        if shift != 0.0 {
            line.bend(&unit, &spectrum);
        }
        let mut sums = (0.0, 0.0);
        line.rest = vec![sums; line.nodes.len()];
        for (node, rest) in line.nodes.iter().zip(&mut line.rest).rev() {
            sums.0 += node.energy;
            sums.1 += node.learnable;
            *rest = sums;
        }
        line
    }

    /// What can be learnt of a target with a bias, and the floor.
    fn bend(&mut self, unit: &SingleNeuron, spectrum: &Nodes) {
        let d = self.dim;
        let shifted = Shifted::new(d, self.shift);
        let parts = shifted.parts();
        let even = parts.iter().step_by(2);
        let shares = even.zip(relu_degrees(d).skip(2));
        let shares: Vec<f64> = shares
            .map(|(part, all)| part.learnable / all.energy)
            .collect();
        let mut from_two = 0.0;
        for (node, degree) in self.nodes[2..].iter_mut().zip(&spectrum.others[1..]) {
            let share = if degree.degree <= LAST {
                shares[degree.degree as usize / 2 - 1]
            } else {
                shifted.learnable_share(degree.degree)
            };
            node.learnable = degree.energy * share;
            from_two += node.learnable;
        }
        let covariance = shifted.covariance_with_radius();
        let (mean, variance) = (mean_radius(d), radius_variance(d));
        let of_radius = covariance * covariance / variance;
        // A target with bias b is one with −b, seen from the other side, and a linear function and a constant.
        let low = lowered(self.shift);
        let left = low.variance() - of_radius - cumulative(low.bias).powi(2) - from_two;
        self.floor = left.max(0.0);
        self.nodes[1].learnable = cumulative(self.shift).powi(2);
        self.nodes[0].learnable = of_radius;
        if !self.has_constant {
            // ‖x‖ without the constant: the constant's share is not all seen.
            let target = unit.mean();
            self.nodes[0].learnable = (covariance + mean * target).powi(2) / d;
            self.floor += (target * variance - mean * covariance).powi(2) / (d * variance);
        }
    }

    /// The risk that no number of features goes below, over `E y²`; 0 without a bias. Rounding leaves some 10⁻¹⁵.
    pub fn floor(&self) -> f64 {
        self.floor / self.second_moment
    }

    /// The expected least risk of so many features over `E y²`, from 1 to [`MAX_FEATURES`], whole or not. None for another
    /// number, or if the root κ was not found.
    pub fn risk(&self, features: f64) -> Option<f64> {
        self.curve([features]).next().flatten()
    }

    /// The same for many numbers of features: where these are near each other, at a fraction of the cost, as each root starts
    /// from the one before.
    pub fn curve(
        &self,
        features: impl IntoIterator<Item = f64>,
    ) -> impl Iterator<Item = Option<f64>> {
        let mut known: Option<(f64, f64, f64)> = None;
        features.into_iter().map(move |features| {
            let is_known = (1.0..=MAX_FEATURES).contains(&features);
            let goal = is_known.then(|| features.ln())?;
            // Where all eigenvalues were far below κ.
            let start = self.rest[0].0.ln() - goal;
            let start = known.map_or(start, |(log, last, slope)| {
                (log - (goal - last) / slope.max(0.01)).min(start)
            });
            let (log, sums) = self.solve(start, |sums| (sums.features.ln() - goal, -sums.slope))?;
            known = Some((log, goal, sums.slope));
            Some((self.floor + sums.risk) / self.second_moment)
        })
    }

    /// κ of so many features, the threshold between the eigenvalues that they know and those that they do not, in units of the
    /// neuron of norm 1. None as of [`risk`](Self::risk).
    pub fn kappa(&self, features: f64) -> Option<f64> {
        let goal = (1.0..=MAX_FEATURES)
            .contains(&features)
            .then(|| features.ln())?;
        let start = self.rest[0].0.ln() - goal;
        let solved = self.solve(start, |sums| (sums.features.ln() - goal, -sums.slope));
        solved.map(|(log, _)| log.exp())
    }

    /// How many features have this risk over `E y²`, a real number: 0 where none is needed. None where the floor is not
    /// below it, or the answer is beyond 10²⁸⁵.
    pub fn features_for(&self, risk: f64) -> Option<f64> {
        let goal = risk * self.second_moment - self.floor;
        if goal >= self.rest[0].1 {
            return Some(0.0);
        }
        let log_goal = (goal > 0.0).then(|| goal.ln())?;
        let sums = |sums: &Sums| (sums.risk.ln() - log_goal, sums.risk_slope);
        let found = self.solve(log_goal, sums).map(|(_, sums)| sums.features);
        match found.filter(|features| *features <= self.reach) {
            None if self.reach < FAR => {
                Self::reaching(self.dim, self.shift, self.has_constant, FAR).features_for(risk)
            }
            found => found,
        }
    }

    fn sums(&self, kappa: f64) -> Sums {
        let (mut features, mut features_slope) = (0.0, 0.0);
        let (mut risk, mut risk_slope) = (0.0, 0.0);
        // Far below κ the eigenvalues do not matter, but for the sum of what is there.
        let negligible = 1e-10 * kappa;
        for (node, rest) in self.nodes.iter().zip(&self.rest) {
            if node.eigenvalue < negligible {
                features += rest.0 / kappa;
                features_slope += rest.0 / kappa;
                risk += rest.1;
                break;
            }
            let share = 1.0 / (node.eigenvalue + kappa);
            let left = kappa * share;
            features += node.energy * share;
            features_slope += node.energy * share * left;
            risk += node.learnable * left;
            risk_slope += node.learnable * left * (1.0 - left);
        }
        Sums {
            features,
            slope: features_slope / features,
            risk,
            risk_slope: risk_slope / risk,
        }
    }

    /// Where a monotone function of ln κ, given with its derivative, is 0: by Newton's method, within what is known to hold the
    /// root.
    fn solve(&self, start: f64, of: impl Fn(&Sums) -> (f64, f64)) -> Option<(f64, Sums)> {
        let mut bracket = (f64::NEG_INFINITY, f64::INFINITY);
        let mut log = start;
        for _ in 0..200 {
            let sums = self.sums(log.exp());
            let (value, derivative) = of(&sums);
            if !value.is_finite() {
                return None;
            }
            if value.abs() < 1e-11 {
                return Some((log, sums));
            }
            if (value > 0.0) == (derivative > 0.0) {
                bracket.1 = log;
            } else {
                bracket.0 = log;
            }
            let step = (-value / derivative).clamp(-4.0, 4.0);
            let next = log + step;
            log = if next > bracket.0 && next < bracket.1 {
                next
            } else {
                f64::midpoint(bracket.0, bracket.1)
            };
            if !log.is_finite() {
                return None;
            }
        }
        None
    }
}

/// Whether there are lines for that neuron.
pub(super) fn is_known(dim: f64, neuron: &SingleNeuron) -> bool {
    let shift = neuron.shift();
    (2.0..=1000.0).contains(&dim) && neuron.norm > 0.0 && shift.is_finite() && shift >= LEAST_SHIFT
}
