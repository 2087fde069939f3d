//! Exact NT.

use lazy_limits::finite;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Mixture, Quadratic, Target};

use crate::dense::{Real, basis, dot, explained, real};
use crate::every;

/// What a matrix captures that the first r vectors of a basis span: the largest `⟨D,Q⟩²/⟨Q,𝓐Q⟩` over the space L by the
/// normal equations of a basis of it, in the eigenbasis of D.
fn captured(s: &[f64], vectors: &[Vec<Real>], rank: usize) -> f64 {
    let d = s.len();
    let forms: Vec<Vec<Real>> = (0..rank)
        .flat_map(|a| (a..d).map(move |b| (a, b)))
        .map(|(a, b)| {
            let entries = (0..d * d).map(|k| (k / d, k % d));
            let (a, b) = (&vectors[a], &vectors[b]);
            entries.map(|(i, j)| a[i] * b[j] + b[i] * a[j]).collect()
        })
        .collect();
    // A product of two doubles has no rounding in 32 digits.
    let factor = |k: usize| real(1.0) + real(s[k / d]) * real(s[k % d]);
    let factors: Vec<Real> = (0..d * d).map(factor).collect();
    let gram = forms.iter().map(|q| {
        let image: Vec<Real> = q.iter().zip(&factors).map(|(&q, &a)| q * a).collect();
        forms.iter().map(|r| dot(&image, r)).collect()
    });
    let response = |q: &Vec<Real>| {
        let diagonal = (0..d).map(|i| q[i * d + i] * real(s[i]));
        diagonal.fold(real(0.0), |sum, x| sum + x)
    };
    explained(gram.collect(), forms.iter().map(response).collect())
}

/// Widths one after the other, each as right as it says: what is refused depends on digits that are not there.
#[test]
fn neural_tangent_of_mixtures() {
    every("NT of mixtures", 300, 1e-9, 0.15, |draws| {
        let dim = draws.count(1, 7);
        let values = draws.contrast(dim);
        let sigma = Symmetric::diagonal(vec![1.0; dim]);
        let problem = Mixture::new(&sigma, &Symmetric::diagonal(values.iter().copied())).unwrap();
        let neurons = draws.count(1, dim + 1);
        let w = draws.weights(dim, neurons);
        let widths: Vec<usize> = (0..=neurons).collect();
        let risks = finite::mixture_tangent(&problem, &w, &widths);
        let known: Vec<f64> = risks.iter().flatten().copied().collect();
        assert!(known.is_sorted_by(|a, b| a >= b), "{known:?}");
        let best = problem.network_exact(dim);
        assert!(known.iter().all(|&risk| risk >= best), "{known:?} {best}");
        let width = draws.count(0, neurons);
        let risk = risks[width].ok()?;
        let Some((vectors, rank)) = basis(&w.columns(0, width).into_owned()) else {
            return Some(0.0);
        };
        let expected = 2.0 / (2.0 + captured(&values, &vectors, rank));
        Some((risk - expected).abs())
    });
}

/// Larger ones, Gaussian weights: that they are answered is part of it.
#[test]
fn neural_tangent_of_larger_mixtures() {
    every("NT of larger mixtures", 12, 1e-9, 0.0, |draws| {
        let dim = draws.count(8, 14);
        let values = draws.contrast(dim);
        let sigma = Symmetric::diagonal(vec![1.0; dim]);
        let problem = Mixture::new(&sigma, &Symmetric::diagonal(values.iter().copied())).unwrap();
        let width = draws.count(1, dim / 2);
        let w = lazy_limits::problem::covariant_weights(
            draws.count(0, 1 << 30) as u64,
            0,
            &Symmetric::isotropic(dim),
            width,
        );
        let risk = finite::mixture_tangent(&problem, &w, &[width])[0].ok()?;
        let Some((vectors, rank)) = basis(&w) else {
            return Some(0.0);
        };
        let expected = 2.0 / (2.0 + captured(&values, &vectors, rank));
        Some((risk - expected).abs())
    });
}

#[test]
fn neural_tangent_of_quadratic_targets() {
    every("NT of quadratic targets", 1000, 1e-9, 0.15, |draws| {
        let dim = draws.count(1, 8);
        let values = draws.target(dim);
        let problem = Quadratic::new(&Symmetric::diagonal(values.iter().copied())).unwrap();
        let neurons = draws.count(1, dim + 1);
        let w = draws.weights(dim, neurons);
        let risk = finite::neural_tangent(&problem, &w).ok()?;
        let Some((vectors, rank)) = basis(&w) else {
            return Some(0.0);
        };
        let total = values
            .iter()
            .fold(real(0.0), |sum, &b| sum + real(b) * real(b));
        let mut left = real(0.0);
        for a in &vectors[rank..] {
            for b in &vectors[rank..] {
                let weighted: Vec<Real> =
                    a.iter().zip(&values).map(|(&x, &v)| x * real(v)).collect();
                let entry = dot(&weighted, b);
                left += entry * entry;
            }
        }
        Some((risk - f64::from(left / total)).abs())
    });
}
