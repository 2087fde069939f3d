//! Mixtures of full matrices, on the way to working coordinates and there.

use lazy_limits::activation::Activation;
use lazy_limits::finite;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Mixture, Problem, Target};
use nalgebra::DMatrix;

use crate::dense::{Real, basis, dot, explained, real};
use crate::draws::Draws;
use crate::every;
use crate::features::{plain_kernel, square};

type Matrix = Vec<Vec<Real>>;

fn of(matrix: &DMatrix<f64>) -> Matrix {
    square(matrix.nrows(), |i, j| real(matrix[(i, j)]))
}

/// L with `LLᵀ` = `a`.
fn cholesky(a: &Matrix) -> Matrix {
    let mut l = square(a.len(), |_, _| real(0.0));
    for j in 0..a.len() {
        for i in j..a.len() {
            let rest = a[i][j] - dot(&l[i][..j], &l[j][..j]);
            l[i][j] = if i == j { rest.sqrt() } else { rest / l[j][j] };
        }
    }
    l
}

/// `L⁻¹A`.
fn solved(l: &Matrix, a: &Matrix) -> Matrix {
    let mut x = a.clone();
    for i in 0..a.len() {
        for k in 0..a.len() {
            let known = (0..i).fold(real(0.0), |sum, j| sum + l[i][j] * x[j][k]);
            x[i][k] = (a[i][k] - known) / l[i][i];
        }
    }
    x
}

fn transposed(a: &Matrix) -> Matrix {
    square(a.len(), |i, j| a[j][i])
}

/// `ABᵀ`.
fn times(a: &Matrix, b: &Matrix) -> Matrix {
    square(a.len(), |i, j| dot(&a[i], &b[j]))
}

/// Σ and Δ whose `Δ̃` has eigenvalues up to 0.999 in size, in other directions than Σ has, whose condition is up to 10².
/// What is lost on the way to working coordinates is at most some 10⁻¹⁶ of that, times 10³ for a class that is nearly singular.
fn matrices(draws: &mut Draws, dim: usize) -> [DMatrix<f64>; 2] {
    let turned = |draws: &mut Draws| {
        let wild = DMatrix::from_fn(dim, dim, |_, _| draws.between(-1.0, 1.0));
        wild.qr().q()
    };
    let scales = DMatrix::from_fn(
        dim,
        dim,
        |i, j| {
            if i == j { draws.power(-1.0, 0.0) } else { 0.0 }
        },
    );
    let root = turned(draws) * scales;
    let basis = &root * turned(draws);
    let values = draws.contrast(dim).into_iter();
    let values: Vec<f64> = values.map(|s| s.clamp(-0.999, 0.999)).collect();
    let contrast = DMatrix::from_diagonal(&values.into());
    let symmetric = |a: DMatrix<f64>| (&a + a.transpose()) * 0.5;
    [
        symmetric(&root * root.transpose()),
        symmetric(&basis * contrast * basis.transpose()),
    ]
}

/// Weights in the coordinates `L⁻¹x`, in which the classes are `N(0, I ∓ L⁻¹ΔL⁻ᵀ)`: another way than the solver's, to the
/// same risks.
fn both_ways(w: &DMatrix<f64>, l: &Matrix) -> DMatrix<Real> {
    DMatrix::from_fn(w.nrows(), w.ncols(), |i, j| {
        (0..w.nrows()).fold(real(0.0), |sum, k| sum + l[k][i] * w[(k, j)])
    })
}

#[test]
fn features_and_tangents_of_full_matrices() {
    every("full Σ and Δ", 200, 1e-9, 0.05, |draws| {
        let dim = draws.count(2, 5);
        let [sigma, delta] = matrices(draws, dim);
        let (l, full) = (cholesky(&of(&sigma)), of(&delta));
        let half = solved(&l, &full);
        let contrast = solved(&l, &transposed(&half));
        let problem = Mixture::new(&Symmetric::Full(sigma), &Symmetric::Full(delta)).unwrap();
        let width = draws.count(1, dim);
        let w = DMatrix::from_fn(dim, width, |_, _| draws.between(-1.0, 1.0));
        let working = problem.working_weights(w.clone());

        let turned = both_ways(&w, &l);
        let Some((vectors, rank)) = basis(&turned.map(f64::from)) else {
            return Some(0.0);
        };
        let forms: Vec<Matrix> = (0..rank)
            .flat_map(|a| (a..dim).map(move |b| (a, b)))
            .map(|(a, b)| {
                let (a, b) = (&vectors[a], &vectors[b]);
                square(dim, |i, j| a[i] * b[j] + b[i] * a[j])
            })
            .collect();
        let inner = |a: &Matrix, b: &Matrix| {
            let rows = a.iter().zip(b).map(|(a, b)| dot(a, b));
            rows.fold(real(0.0), |sum, x| sum + x)
        };
        let images: Vec<Matrix> = forms
            .iter()
            .map(|q| {
                // Δ(ΔQᵀ)ᵀ = ΔQΔ
                let image = times(&contrast, &times(&contrast, q));
                square(dim, |i, j| q[i][j] + image[i][j])
            })
            .collect();
        let gram = square(forms.len(), |i, j| inner(&images[i], &forms[j]));
        let response = forms.iter().map(|q| inner(&contrast, q)).collect();
        let expected = 2.0 / (2.0 + explained(gram, response));
        let tangent = finite::mixture_tangent(&problem, &working, &[width])[0].ok()?;

        let neurons: Vec<Vec<Real>> = turned
            .column_iter()
            .map(|column| column.iter().copied().collect())
            .collect();
        let p: Matrix = square(width, |i, j| dot(&neurons[i], &neurons[j]));
        let tilted: Vec<Vec<Real>> = neurons
            .iter()
            .map(|w| contrast.iter().map(|row| dot(row, w)).collect())
            .collect();
        let r: Matrix = square(width, |i, j| dot(&tilted[i], &neurons[j]));
        let u = square(width, |i, j| {
            plain_kernel(&p, i, j) + r[i][j] * r[i][j] * 2.0 + r[i][i] * r[j][j]
        });
        let v = (0..width).map(|i| -r[i][i]).collect();
        let features = 1.0 - explained(u, v);
        let any = Problem::from(problem);
        let risk = finite::rf_risks(&any, working, Activation::Quadratic)[width - 1].ok()?;
        Some((tangent - expected).abs().max((risk - features).abs()))
    });
}
