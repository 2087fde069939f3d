//! How little r fixed features of any kind can leave of a single neuron, whatever the weights on them.
//!
//! For r fixed functions, the least risk on the neuron of direction w*, averaged over w*, is at least `Σ_{i>r} λ_i`, the
//! eigenvalues of the targets' own kernel `E relu(s⟨w,x⟩ + b) relu(s⟨w',x⟩ + b)` in falling order: nothing about the features is
//! asked, and no bound on the weights; hence it holds for some w* as well. It is what is behind power-and-limits, Theorems 4.2
//! and 4.8, without their constants. A constant feature counts as one of the r.

use super::line::is_known;
use super::problem::{SingleNeuron, cumulative};
use super::shifted::{Shifted, lowered};
use super::sphere::{Continued, Degree, LAST, relu_degrees};

/// Degrees up to this one stand for themselves, without a bias.
const PLAIN_LAST: f64 = 512.0;

/// Degrees of a block beyond, as a ratio in logarithms.
const WIDTH: f64 = 0.1;

/// Harmonics of about one eigenvalue.
#[derive(Clone, Copy)]
struct Block {
    /// How many.
    count: f64,
    /// The sum of their eigenvalues.
    energy: f64,
    /// Whether they are of many degrees.
    is_smooth: bool,
}

/// The bound for one target in one dimension: eigenvalues are kept.
pub struct AnyFeatures {
    second_moment: f64,
    /// By falling eigenvalue.
    blocks: Vec<Block>,
    /// How many harmonics come before each, and the sum of eigenvalues from each on; at last of none.
    before: Vec<f64>,
    after: Vec<f64>,
}

impl AnyFeatures {
    /// The bound in a real dimension d from 2 to 1000. None for another dimension, for one that is no neuron (s > 0 and b
    /// finite), and for b/s below [`LEAST_SHIFT`](super::line::LEAST_SHIFT).
    pub fn new(dim: f64, neuron: &SingleNeuron) -> Option<Self> {
        if !is_known(dim, neuron) {
            return None;
        }
        let shift = neuron.shift();
        let unit = SingleNeuron {
            norm: 1.0,
            bias: shift,
        };
        let mut blocks = if shift == 0.0 {
            plain(dim)
        } else {
            shifted(dim, shift)
        };
        blocks.retain(|block| block.energy > 0.0);
        arrange(&mut blocks);
        let (mut before, mut after) = (Vec::new(), vec![0.0]);
        let mut count = 0.0;
        for block in &blocks {
            before.push(count);
            count += block.count;
        }
        let mut energy = 0.0;
        for block in blocks.iter().rev() {
            energy += block.energy;
            after.push(energy);
        }
        after.reverse();
        Some(Self {
            second_moment: unit.second_moment(),
            blocks,
            before,
            after,
        })
    }

    /// The least risk over `E y²` that so many fixed features can have, averaged over directions of the target: a real number,
    /// linear between whole ones; below 0 features as with none.
    ///
    /// Degrees beyond 512, with a bias beyond 128, are taken together. With a bias that moves the bound by up to some 10⁻³ of
    /// itself, either way, where so many features reach them: so it differs from what degrees up to 256 one by one give.
    pub fn risk(&self, features: f64) -> f64 {
        let index = self.before.partition_point(|before| *before <= features);
        let Some(index) = index.checked_sub(1) else {
            return self.after[0] / self.second_moment;
        };
        let Block {
            count, is_smooth, ..
        } = self.blocks[index];
        let (from, to) = (self.after[index], self.after[index + 1]);
        let more = features - self.before[index];
        let left = if is_smooth && to > 0.0 && self.before[index] > 0.0 {
            let share = (more / self.before[index]).ln_1p() / (count / self.before[index]).ln_1p();
            from * (to / from).powf(share)
        } else {
            from - (from - to) * (more / count).min(1.0)
        };
        left / self.second_moment
    }

    /// How many fixed features of any kind are needed for this risk over `E y²` on average, a real number: 0 where none is. None
    /// where they are more than there are numbers for.
    pub fn features_for(&self, risk: f64) -> Option<f64> {
        let goal = risk * self.second_moment;
        if goal >= self.after[0] {
            return Some(0.0);
        }
        // Of sums that fall.
        let index = self.after.partition_point(|after| *after > goal);
        let index = index.checked_sub(1).filter(|_| goal > 0.0)?;
        let (block, before) = (self.blocks.get(index)?, self.before[index]);
        let (from, to) = (self.after[index], self.after[index + 1]);
        let features = if block.is_smooth && to > 0.0 && before > 0.0 {
            let share = (goal / from).ln() / (to / from).ln();
            before * (share * (block.count / before).ln_1p()).exp()
        } else {
            before + block.count * ((from - goal) / (from - to))
        };
        features.is_finite().then_some(features)
    }
}

/// Sorts by falling eigenvalue; most are in order.
fn arrange(blocks: &mut [Block]) {
    let eigenvalue = |block: &Block| block.energy / block.count;
    for index in 1..blocks.len() {
        let mut place = index;
        while place > 0 && eigenvalue(&blocks[place]) > eigenvalue(&blocks[place - 1]) {
            blocks.swap(place, place - 1);
            place -= 1;
        }
    }
}

fn exact(count: f64, energy: f64) -> Block {
    Block {
        count,
        energy,
        is_smooth: false,
    }
}

fn plain(dim: f64) -> Vec<Block> {
    let degrees: Vec<Degree> = relu_degrees(dim)
        .take_while(|one| one.degree <= PLAIN_LAST)
        .collect();
    let mut blocks: Vec<Block> = degrees
        .iter()
        .map(|one| exact(one.count, one.energy))
        .collect();
    let counted: f64 = degrees.iter().map(|one| one.count).sum();
    if let Some(last) = degrees.last() {
        // All of degree 1 are not of the even ones.
        if let Some(tail) = Tail::new(dim, last, counted - dim, 0.0) {
            tail.append(&mut blocks, |_| [1.0, 0.0]);
        } else {
            let known: f64 = blocks.iter().map(|block| block.energy).sum();
            blocks.push(exact(f64::INFINITY, (0.5 - known).max(0.0)));
        }
    }
    blocks
}

fn shifted(dim: f64, shift: f64) -> Vec<Block> {
    let target = Shifted::new(dim, shift);
    let low = lowered(shift);
    let mut blocks = Vec::new();
    // Of degrees 0, 2, 4, … and 1, 3, 5, …
    let mut counted = [1.0, dim];
    // With a bias below 0 the kernel of opposite directions is 0, so that even and odd degrees have as much.
    let mut left = [low.second_moment() / 2.0; 2];
    for part in target.parts() {
        let parity = part.degree as usize % 2;
        counted[parity] += part.count;
        left[parity] -= part.energy;
        blocks.push(exact(part.count, part.energy));
    }
    let last = relu_degrees(dim).find(|one| one.degree >= LAST);
    let tail = last.and_then(|last| Tail::new(dim, &last, counted[0], counted[1]));
    if let Some(tail) = tail {
        let beyond = tail.append(&mut blocks, |degree| target.energy_shares(degree));
        for (left, beyond) in left.iter_mut().zip(beyond) {
            *left -= beyond;
        }
    }
    let [mut zero, mut one] = left.map(|left| left.max(0.0));
    if shift > 0.0 {
        // relu(s + b) = s + b + relu(−s − b).
        zero += shift * shift + 2.0 * shift * low.mean();
        one += 1.0 - 2.0 * cumulative(-shift);
    }
    blocks.splice(0..0, [exact(1.0, zero), exact(dim, one)]);
    blocks
}

/// Degrees beyond those that stand for themselves.
struct Tail {
    continued: Continued,
    /// An even degree, the last that stands for itself.
    last: f64,
    /// How many harmonics of even degrees there are up to it, and of odd ones.
    counted: [f64; 2],
}

impl Tail {
    /// None where there are more harmonics before than numbers.
    fn new(dim: f64, last: &Degree, even: f64, odd: f64) -> Option<Self> {
        let is_finite = even.max(odd).max(last.count) < 1e290;
        is_finite.then(|| Self {
            continued: Continued::new(dim, last),
            last: last.degree,
            counted: [even, odd],
        })
    }

    /// Blocks of these degrees; `shares` says how much even and odd ones have of the energy that there is in even ones without a
    /// bias. Returns the energies of both.
    fn append(&self, blocks: &mut Vec<Block>, shares: impl Fn(f64) -> [f64; 2]) -> [f64; 2] {
        let energy = |degree: f64| self.continued.node(degree, 1.0).energy;
        let is_over = |from: f64, counted: f64| {
            let is_little = energy(from) * from < 1e-15;
            counted > 1e290 || (counted > 1e36 && is_little)
        };
        let mut sums = [0.0; 2];
        let mut counted = self.counted;
        let mut differ = true;
        // Real degrees in the middle between one that has been counted and the next.
        let mut from = [self.last + 1.0, self.last];
        while !is_over(from[0], counted[0]) {
            // Where even and odd degrees differ little, blocks of both overlap.
            let width = if differ { WIDTH / 4.0 } else { WIDTH };
            let to = from[0] * width.exp();
            let shares = shares((from[0] * to).sqrt());
            differ = shares[1] > 0.0 && (shares[0] / shares[1] - 1.0).abs() > 1e-6;
            let mut both = exact(0.0, 0.0);
            for parity in 0..2 {
                let harmonics = [to, from[parity]].map(|one| self.continued.log_harmonics(one));
                let count = counted[parity] * (harmonics[0] - harmonics[1]).exp_m1();
                // Σ over every other degree is ½∫, by two nodes in ln l, ...
                let (middle, width) = ((from[parity] * to).sqrt(), (to / from[parity]).ln());
                let offset = (width / 2.0 / 3_f64.sqrt()).exp();
                let nodes = [middle / offset, middle * offset];
                let mut energy: f64 = nodes.map(|l| energy(l) * l * width / 4.0).iter().sum();
                energy *= shares[parity];
                if from[parity] <= self.last + 1.0 {
                    // ... and a twelfth of the derivative where it begins.
                    let [above, below] =
                        [1.0, -1.0].map(|one| self.continued.node(from[parity] + one, 1.0));
                    energy += shares[parity] * (above.energy - below.energy) / 24.0;
                }
                counted[parity] += count;
                sums[parity] += energy;
                from[parity] = to;
                let block = Block {
                    count,
                    energy,
                    is_smooth: true,
                };
                if differ || shares[1] == 0.0 {
                    blocks.push(block);
                } else {
                    both.count += count;
                    both.energy += energy;
                }
            }
            if both.count > 0.0 {
                blocks.push(Block {
                    is_smooth: true,
                    ..both
                });
            }
        }
        let mut rest = 0.0;
        for one in self.continued.rest(from[0]) {
            let shares = shares(one.degree);
            for (sum, share) in sums.iter_mut().zip(shares) {
                *sum += one.energy * share;
                rest += one.energy * share;
            }
        }
        blocks.push(exact(f64::INFINITY, rest));
        sums
    }
}
