//! Exact RF with activations that are no polynomial: ReLU, and softplus by a Hermite series far longer than the solver's.

use std::sync::LazyLock;

use lazy_limits::activation::Activation;
use lazy_limits::finite;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Mixture, Problem, Quadratic};
use nalgebra::DMatrix;

use crate::dense::{Real, angle, dot, exp, explained, ln, real};
use crate::draws::Draws;
use crate::every;
use crate::features::{neurons_of, products, square};

/// `E[max(g,0)max(h,0)]` of Gaussian g and h of these second moments (Cho and Saul 2009).
fn arc_cosine(g: Real, h: Real, both: Real) -> Real {
    let pi = twofloat::consts::PI;
    // √(gh − both²), which is 0 on the diagonal.
    let square = g * h - both * both;
    let sine = if f64::from(square) > 0.0 {
        square.sqrt()
    } else {
        real(0.0)
    };
    let angle = angle(sine, both);
    (sine + (pi - angle) * both) / (pi * 2.0)
}

/// Terms of a series: for lengths up to [`LONGEST`] what is left of softplus is below `exp(−π√(2·300)/1.25) = 10⁻²⁶`, as
/// its poles lie π off the real line.
const TERMS: usize = 300;
const LONGEST: f64 = 1.25;

/// The nodes of a trapezoidal sum, and at each `h_k(x)φ(x)dx` for k = 0, 1, …, with the orthonormal Hermite polynomials `h_k`.
static NODES: LazyLock<Vec<(Real, Vec<Real>)>> = LazyLock::new(|| {
    let (step, count) = (0.05, 380);
    let roots: Vec<Real> = (0..=TERMS).map(|k| real(k as f64).sqrt()).collect();
    (-count..=count)
        .map(|i| {
            let x = real(step) * f64::from(i);
            let density = exp(-(x * x) / 2.0) / (twofloat::consts::PI * 2.0).sqrt();
            let mut terms = vec![density * step, density * x * step];
            for k in 1..TERMS - 1 {
                terms.push((x * terms[k] - roots[k] * terms[k - 1]) / roots[k + 1]);
            }
            (x, terms)
        })
        .collect()
});

/// `E[σ(sG)h_k(G)]` of softplus.
fn series(s: Real) -> Vec<Real> {
    let mut sums = vec![real(0.0); TERMS];
    for (x, terms) in NODES.iter() {
        let x = *x * s;
        let (positive, size) = if f64::from(x) > 0.0 {
            (x, x)
        } else {
            (real(0.0), -x)
        };
        let value = positive + ln(exp(-size) + 1.0);
        for (sum, &term) in sums.iter_mut().zip(terms) {
            *sum += term * value;
        }
    }
    sums
}

/// Means, second moments and mean curvatures of features of Gaussian inputs.
struct Moments {
    means: Vec<Real>,
    seconds: Vec<Vec<Real>>,
    curvatures: Vec<Real>,
}

impl Moments {
    fn new(w: &[Vec<Real>], sigma: Activation) -> Self {
        let p = products(w, &vec![real(1.0); w[0].len()]);
        let norms: Vec<Real> = (0..w.len()).map(|i| p[i][i].sqrt()).collect();
        if sigma == Activation::Relu {
            let centre = real(1.0) / (twofloat::consts::PI * 2.0).sqrt();
            return Self {
                means: norms.iter().map(|&s| s * centre).collect(),
                seconds: square(w.len(), |i, j| arc_cosine(p[i][i], p[j][j], p[i][j])),
                curvatures: norms.iter().map(|&s| centre / s).collect(),
            };
        }
        let all: Vec<Vec<Real>> = norms.iter().map(|&s| series(s)).collect();
        let root = real(2.0).sqrt();
        Self {
            means: all.iter().map(|a| a[0]).collect(),
            seconds: square(w.len(), |i, j| {
                let correlation = p[i][j] / (norms[i] * norms[j]);
                let terms = all[i].iter().zip(&all[j]).rev();
                terms.fold(real(0.0), |sum, (&a, &b)| sum * correlation + a * b)
            }),
            // By parts: E[σ(sG)(G² − 1)] = s²E σ''(sG).
            curvatures: (0..w.len()).map(|i| all[i][2] * root / p[i][i]).collect(),
        }
    }

    fn centred(&self, centre: Real, i: usize, j: usize) -> Real {
        self.seconds[i][j] - centre * (self.means[i] + self.means[j]) + centre * centre
    }
}

/// `E σ(G)`.
fn centre_of(sigma: Activation) -> Real {
    match sigma {
        Activation::Relu => real(1.0) / (twofloat::consts::PI * 2.0).sqrt(),
        _ => series(real(1.0))[0],
    }
}

/// Weights none of which is longer than the series bears, where inputs have variances up to `variance`.
fn weights(draws: &mut Draws, dim: usize, neurons: usize, variance: f64) -> DMatrix<f64> {
    let w = draws.weights(dim, neurons);
    let longest = w.column_iter().map(|w| w.norm()).fold(0.0, f64::max);
    let bound = LONGEST / variance.sqrt();
    if longest > bound {
        w * (bound / longest)
    } else {
        w
    }
}

fn of_quadratic_targets(name: &str, cases: u64, sigma: Activation, most: usize) {
    let centre = centre_of(sigma);
    every(name, cases, 1e-6, 0.35, |draws| {
        let dim = draws.count(2, 5);
        let neurons = draws.count(1, most);
        let values = draws.target(dim);
        let problem = Quadratic::new(&Symmetric::diagonal(values.iter().copied())).unwrap();
        let w = weights(draws, dim, neurons, 1.0);
        let risks = finite::QuadraticFeatures::new(w.clone(), sigma).risks(&problem);
        let width = draws.count(1, neurons);
        let risk = risks[width - 1].ok()?;
        let Some(w) = neurons_of(&w, width, false) else {
            return Some(0.0);
        };
        let diagonal: Vec<Real> = values.iter().map(|&b| real(b)).collect();
        let (moments, r) = (Moments::new(&w, sigma), products(&w, &diagonal));
        let u = square(w.len(), |i, j| moments.centred(centre, i, j));
        let v = (0..w.len()).map(|i| r[i][i] * moments.curvatures[i]);
        let total = 2.0 * f64::from(dot(&diagonal, &diagonal));
        Some((risk - (1.0 - explained(u, v.collect()) / total)).abs())
    });
}

fn of_mixtures(name: &str, cases: u64, sigma: Activation, most: usize) {
    let centre = centre_of(sigma);
    every(name, cases, 1e-6, 0.35, |draws| {
        let dim = draws.count(2, 5);
        let neurons = draws.count(1, most);
        let values = draws.contrast(dim);
        let unit = Symmetric::diagonal(vec![1.0; dim]);
        let problem = Mixture::new(&unit, &Symmetric::diagonal(values.iter().copied())).unwrap();
        let w = weights(draws, dim, neurons, 2.0);
        let risks = finite::rf_risks(&Problem::from(problem), w.clone(), sigma);
        let width = draws.count(1, neurons);
        let risk = risks[width - 1].ok()?;
        let Some(w) = neurons_of(&w, width, false) else {
            return Some(0.0);
        };
        // The class y has the covariance I − yD.
        let classes = [1.0, -1.0].map(|y| {
            let roots: Vec<Real> = values
                .iter()
                .map(|&s| (real(1.0) - real(y) * s).sqrt())
                .collect();
            let scaled = |w: &Vec<Real>| w.iter().zip(&roots).map(|(&x, &r)| x * r).collect();
            Moments::new(&w.iter().map(scaled).collect::<Vec<_>>(), sigma)
        });
        let u = square(w.len(), |i, j| {
            (classes[0].centred(centre, i, j) + classes[1].centred(centre, i, j)) / 2.0
        });
        let v = (0..w.len()).map(|i| (classes[0].means[i] - classes[1].means[i]) / 2.0);
        Some((risk - (1.0 - explained(u, v.collect()))).abs())
    });
}

#[test]
fn rectified_features_of_quadratic_targets() {
    of_quadratic_targets("RF with ReLU", 300, Activation::Relu, 12);
}

#[test]
fn rectified_features_of_mixtures() {
    of_mixtures("RF of mixtures with ReLU", 300, Activation::Relu, 12);
}

#[test]
fn soft_features_of_quadratic_targets() {
    of_quadratic_targets("RF with softplus", 40, Activation::Softplus, 6);
}

#[test]
fn soft_features_of_mixtures() {
    of_mixtures("RF of mixtures with softplus", 40, Activation::Softplus, 6);
}

/// Odd features have no mean in either class and nothing of degree 2: they see nothing of either problem, however hard it is.
#[test]
fn odd_features_see_nothing() {
    for sigma in Activation::ALL.into_iter().filter(|sigma| sigma.is_odd()) {
        every(sigma.name(), 100, 0.0, 0.0, |draws| {
            let dim = draws.count(1, 5);
            let neurons = draws.count(1, 12);
            let w = draws.weights(dim, neurons);
            let target = Symmetric::diagonal(draws.target(dim));
            let contrast = Symmetric::diagonal(draws.contrast(dim));
            let unit = Symmetric::diagonal(vec![1.0; dim]);
            let problems = [
                Problem::from(Quadratic::new(&target).unwrap()),
                Problem::from(Mixture::new(&unit, &contrast).unwrap()),
            ];
            let mut risks = problems
                .iter()
                .flat_map(|problem| finite::rf_risks(problem, w.clone(), sigma));
            risks.all(|risk| risk == Ok(1.0)).then_some(0.0)
        });
    }
}
