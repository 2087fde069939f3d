//! How far two neurons are from each other, without cancellation.

use crate::elementary;
use std::f64::consts::PI;

use super::problem::{cumulative, density};

/// Below this angle what the angle adds is its first term.
const SMALL_ANGLE: f64 = 1e-3;

/// Beyond so many standard deviations the density is no number.
const FAR: f64 = 38.0;

/// Panels are cut no finer than this around the kink: what lies within is as small beside the rest.
const FINEST: f64 = 1e-13;

/// Nodes in a panel.
const NODES: usize = 16;

/// `E(relu(⟨w,x⟩ + b) − relu(⟨v,x⟩ + c))²` on `x ~ N(0, I)`, for w, b and v, c: a sum of terms that are not negative, each made
/// of differences of the two, so that it is right to 10⁻¹⁰ relatively however close they are, down to where numbers end. It is
/// not finite if an input is not.
///
/// Without biases it is `½‖w−v‖² + (‖w‖‖v‖/π)(θcos θ − sin θ)`, with the angle θ between them; with some an integral over the
/// second neuron's input, given which the first one's is Gaussian.
///
/// # Panics
/// If the dimensions differ, or v is 0.
pub fn squared_distance(w: &[f64], b: f64, v: &[f64], c: f64) -> f64 {
    assert_eq!(w.len(), v.len(), "neurons have the same input");
    let length = norm(v);
    assert!(length > 0.0, "the second neuron has a direction");
    if b == 0.0 && c == 0.0 {
        return without_biases(w, v, length);
    }
    // At length 1 of v; of the first one's input, what lies along v and across it.
    let differences = w.iter().zip(v).map(|(w, v)| w - v);
    let slope = differences.clone().zip(v).map(|(d, v)| d * v).sum::<f64>() / (length * length);
    let across: f64 = differences
        .zip(v)
        .map(|(d, v)| (d - slope * v).powi(2))
        .sum();
    let pair = Pair {
        bias: c / length,
        offset: (b - c) / length,
        slope,
        noise: across.sqrt() / length,
    };
    pair.integral() * length * length
}

fn norm(v: &[f64]) -> f64 {
    v.iter().map(|x| x * x).sum::<f64>().sqrt()
}

fn without_biases(w: &[f64], v: &[f64], length: f64) -> f64 {
    let along = w.iter().zip(v).map(|(w, v)| w * v).sum::<f64>() / length;
    let across: f64 = w
        .iter()
        .zip(v)
        .map(|(w, v)| (w - along * v / length).powi(2))
        .sum();
    let theta = elementary::atan2(across.sqrt(), along);
    let bracket = if theta < SMALL_ANGLE {
        -theta.powi(3) / 3.0
    } else {
        let (sine, cosine) = (elementary::sin(theta), elementary::cos(theta));
        theta * cosine - sine
    };
    let difference: f64 = w.iter().zip(v).map(|(w, v)| (w - v).powi(2)).sum();
    0.5 * difference + norm(w) * length / PI * bracket
}

/// Inputs `v = G + bias` of the one neuron and `v + δ` of the other, with `δ = offset + slope·G + noise·Z`, for independent
/// standard normal G and Z.
struct Pair {
    bias: f64,
    offset: f64,
    slope: f64,
    noise: f64,
}

impl Pair {
    /// `E[(relu(v+δ) − relu(v))² | G]`.
    fn given(&self, g: f64) -> f64 {
        // So that all quotients are numbers; its square is none.
        let noise = self.noise.max(1e-170);
        let v = g + self.bias;
        let mean = self.offset + self.slope * g;
        if v < 0.0 {
            // (v+δ)² where that is above 0.
            let u = v + mean;
            let a = u / noise;
            let square = (u * u + noise * noise) * cumulative(a) + u * noise * density(a);
            return square.max(0.0);
        }
        // δ² where v+δ is above 0, else v².
        let a = (-v - mean) / noise;
        let above = (mean * mean + noise * noise) * cumulative(-a)
            + noise * (2.0 * mean + noise * a) * density(a);
        above.max(0.0) + v * v * cumulative(a)
    }

    /// Its mean: panels of Gauss and Legendre, between the two kinks and finer and finer towards that of the second input,
    /// which noise smooths.
    fn integral(&self) -> f64 {
        let steepness = 1.0 + self.slope;
        let soft = -(self.bias + self.offset) / steepness;
        let scale = (self.noise / steepness.abs()).max(FINEST * soft.abs().max(1.0));
        let mut cuts: Vec<f64> = (-(FAR as i32)..=FAR as i32).map(f64::from).collect();
        let hard = -self.bias;
        if soft.abs() < 2.0 * FAR && scale < 1.0 {
            cuts.push(soft);
            let mut distance = scale;
            while distance < 1.0 {
                cuts.extend([soft - distance, soft + distance]);
                distance *= 2.0;
            }
        }
        cuts.push(hard);
        cuts.retain(|cut| cut.abs() <= FAR);
        rise(&mut cuts);
        let rule = legendre();
        let mut sum = 0.0;
        for pair in cuts.windows(2) {
            let (middle, half) = (f64::midpoint(pair[0], pair[1]), (pair[1] - pair[0]) / 2.0);
            if half <= 0.0 {
                continue;
            }
            for (node, weight) in rule {
                for g in [middle - half * node, middle + half * node] {
                    sum += half * weight * density(g) * self.given(g);
                }
            }
        }
        sum
    }
}

/// Puts numbers in order; there are few, and a general sort is kilobytes of what a browser loads.
fn rise(numbers: &mut [f64]) {
    for end in 1..numbers.len() {
        let mut at = end;
        while at > 0 && numbers[at] < numbers[at - 1] {
            numbers.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// Nodes and weights of Gauss and Legendre on [−1, 1]: the positive nodes.
fn legendre() -> [(f64, f64); NODES / 2] {
    let n = NODES as f64;
    std::array::from_fn(|index| {
        let mut x = elementary::cos(PI * (index as f64 + 0.75) / (n + 0.5));
        let mut slope = 1.0;
        for _ in 0..8 {
            let (mut last, mut value) = (1.0, x);
            for k in 2..=NODES {
                let k = k as f64;
                (last, value) = (value, ((2.0 * k - 1.0) * x * value - (k - 1.0) * last) / k);
            }
            slope = n * (x * value - last) / (x * x - 1.0);
            x -= value / slope;
        }
        (x, 2.0 / ((1.0 - x * x) * slope * slope))
    })
}
