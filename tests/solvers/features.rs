//! Exact RF with σ = x² − 1.

use lazy_limits::activation::Activation;
use lazy_limits::finite;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Mixture, Problem, Quadratic, Target};
use nalgebra::DMatrix;

use crate::dense::{Real, dot, explained, real};
use crate::draws::Draws;
use crate::every;

/// The neurons, those left out that are earlier ones again to within `16d·2⁻⁵²`, or their reverse for an even activation;
/// none if one is within a factor of 2 of that, where rounding may decide.
pub(crate) fn neurons_of(w: &DMatrix<f64>, width: usize, is_even: bool) -> Option<Vec<Vec<Real>>> {
    let equal = 16.0 * f64::EPSILON * w.nrows() as f64;
    let mut kept: Vec<nalgebra::DVectorView<'_, f64>> = Vec::new();
    for column in w.column_iter().take(width) {
        let mut share = f64::INFINITY;
        for other in &kept {
            share = share.min((column - other).norm());
            if is_even {
                share = share.min((column + other).norm());
            }
        }
        share /= column.norm();
        if (0.5 * equal..2.0 * equal).contains(&share) {
            return None;
        }
        if share > equal {
            kept.push(column);
        }
    }
    let real = |column: &nalgebra::DVectorView<'_, f64>| column.iter().map(|&x| real(x)).collect();
    Some(kept.iter().map(real).collect())
}

/// A product of every neuron with every one.
pub(crate) type Products = Vec<Vec<Real>>;

/// `AᵀDB` for all pairs of columns, D diagonal.
pub(crate) fn products(w: &[Vec<Real>], diagonal: &[Real]) -> Products {
    let weighted =
        |v: &Vec<Real>| -> Vec<Real> { v.iter().zip(diagonal).map(|(&x, &y)| x * y).collect() };
    w.iter()
        .map(|v| {
            let v = weighted(v);
            w.iter().map(|other| dot(&v, other)).collect()
        })
        .collect()
}

pub(crate) fn square(n: usize, entry: impl Fn(usize, usize) -> Real) -> Vec<Vec<Real>> {
    let row = |i| (0..n).map(|j| entry(i, j)).collect();
    (0..n).map(row).collect()
}

fn sizes(draws: &mut Draws) -> (usize, usize) {
    let dim = draws.count(1, 5);
    (dim, draws.count(1, (dim * (dim + 1) / 2 + 4).min(14)))
}

/// The error of a risk of σ = x² − 1, whose kernel is a polynomial of `WᵀW` and `WᵀDW` with the diagonal `values`; none if
/// it was refused. `kernel` gives an entry of U, `response` one of V from the diagonal of `WᵀDW`, `total` is what there is
/// to explain.
fn error_of(
    draws: &mut Draws,
    risks: &[Result<f64, finite::SolveError>],
    w: &DMatrix<f64>,
    values: &[f64],
    kernel: impl Fn(&Products, &Products, usize, usize) -> Real,
    response: f64,
    total: f64,
) -> Option<f64> {
    let known: Vec<f64> = risks.iter().flatten().copied().collect();
    assert!(known.is_sorted_by(|a, b| a >= b), "{known:?}");
    let width = draws.count(1, w.ncols());
    let risk = risks[width - 1].ok()?;
    let Some(w) = neurons_of(w, width, true) else {
        return Some(0.0);
    };
    let ones = vec![real(1.0); values.len()];
    let diagonal: Vec<Real> = values.iter().map(|&b| real(b)).collect();
    let (p, r) = (products(&w, &ones), products(&w, &diagonal));
    let u = square(w.len(), |i, j| kernel(&p, &r, i, j));
    let v: Vec<Real> = (0..w.len()).map(|i| r[i][i] * response).collect();
    Some((risk - (1.0 - explained(u, v) / total)).abs())
}

/// What a quadratic target and a mixture share of the kernel.
pub(crate) fn plain_kernel(p: &Products, i: usize, j: usize) -> Real {
    let one = real(1.0);
    p[i][j] * p[i][j] * 2.0 + (p[i][i] - one) * (p[j][j] - one)
}

#[test]
fn quadratic_features_of_quadratic_targets() {
    every("RF of quadratic targets", 500, 1e-6, 0.25, |draws| {
        let (dim, neurons) = sizes(draws);
        let values = draws.target(dim);
        let problem = Quadratic::new(&Symmetric::diagonal(values.iter().copied())).unwrap();
        let w = draws.weights(dim, neurons);
        let risks =
            finite::QuadraticFeatures::new(w.clone(), Activation::Quadratic).risks(&problem);
        let diagonal: Vec<Real> = values.iter().map(|&b| real(b)).collect();
        let total = 2.0 * f64::from(dot(&diagonal, &diagonal));
        let kernel = |p: &Products, _: &Products, i, j| plain_kernel(p, i, j);
        error_of(draws, &risks, &w, &values, kernel, 2.0, total)
    });
}

#[test]
fn quadratic_features_of_mixtures() {
    every("RF of mixtures", 500, 1e-6, 0.35, |draws| {
        let (dim, neurons) = sizes(draws);
        let values = draws.contrast(dim);
        let sigma = Symmetric::diagonal(vec![1.0; dim]);
        let problem = Mixture::new(&sigma, &Symmetric::diagonal(values.iter().copied())).unwrap();
        let w = draws.weights(dim, neurons);
        let best = problem.network_exact(dim);
        let any = Problem::from(problem);
        let risks = finite::rf_risks(&any, w.clone(), Activation::Quadratic);
        let mut known = risks.iter().flatten();
        assert!(known.all(|&risk| risk >= best), "{risks:?} {best}");
        let kernel = |p: &Products, r: &Products, i: usize, j: usize| {
            plain_kernel(p, i, j) + r[i][j] * r[i][j] * 2.0 + r[i][i] * r[j][j]
        };
        error_of(draws, &risks, &w, &values, kernel, -1.0, 1.0)
    });
}
