//! Elimination with 32 digits.

use nalgebra::DMatrix;
use twofloat::TwoFloat;

pub(crate) type Real = TwoFloat;

pub(crate) fn real(value: f64) -> Real {
    TwoFloat::from(value)
}

pub(crate) fn dot(a: &[Real], b: &[Real]) -> Real {
    a.iter().zip(b).fold(real(0.0), |sum, (&x, &y)| sum + x * y)
}

/// `eˣ` by its series at x/2¹⁰. (The crate's own has 12 digits, and so has its logarithm.)
pub(crate) fn exp(x: Real) -> Real {
    let small = x / 1024.0;
    // 1 is added last, or it would take digits from the rest.
    let series = (1..=16)
        .rev()
        .fold(real(0.0), |sum, k| (sum + 1.0) * small / f64::from(k));
    // (1 + e)² − 1 = e(2 + e)
    (0..10).fold(series, |e, _| e * (e + 2.0)) + 1.0
}

/// `ln x`: that of 16 digits, and what is left.
pub(crate) fn ln(x: Real) -> Real {
    let near = f64::from(x).ln();
    let power = exp(real(near));
    real(near) + (x - power) * 2.0 / (x + power)
}

/// The angle of the point `(x, y)`: that of 16 digits, and what is left, whose tangent is itself. (The crate's own arcus
/// tangent has 12 digits.)
pub(crate) fn angle(y: Real, x: Real) -> Real {
    let near = f64::from(y).atan2(f64::from(x));
    let (sin, cos) = real(near).sin_cos();
    real(near) + (y * cos - x * sin) / (x * cos + y * sin)
}

/// A pivot that is less than this share of its diagonal entry is zero: no input has so small ones but by rounding.
const ZERO: f64 = 1e-24;

/// `vᵀU⁺v` of a positive semidefinite matrix, given by its rows, with the largest pivot first.
pub(crate) fn explained(mut u: Vec<Vec<Real>>, mut v: Vec<Real>) -> f64 {
    let n = v.len();
    let scale: Vec<f64> = (0..n)
        .map(|i| f64::from(u[i][i]).max(f64::MIN_POSITIVE))
        .collect();
    let mut left: Vec<usize> = (0..n).collect();
    let mut sum = real(0.0);
    while !left.is_empty() {
        let share = |&i: &usize| f64::from(u[i][i]) / scale[i];
        let place = (0..left.len())
            .max_by(|&a, &b| share(&left[a]).total_cmp(&share(&left[b])))
            .unwrap();
        if share(&left[place]) < ZERO {
            break;
        }
        let p = left.swap_remove(place);
        let (pivot, response, row) = (u[p][p], v[p], u[p].clone());
        sum += response * response / pivot;
        for &i in &left {
            let factor = row[i] / pivot;
            v[i] -= factor * response;
            for &j in &left {
                let change = factor * row[j];
                u[i][j] -= change;
            }
        }
    }
    f64::from(sum)
}

/// An orthonormal basis of the span of the columns, and then of the space: the vectors, and how many of them span it.
/// Columns that depend on earlier ones to within `16d·2⁻⁵²` count as dependent; none if one is within a factor of 2 of that,
/// where rounding may decide.
pub(crate) fn basis(w: &DMatrix<f64>) -> Option<(Vec<Vec<Real>>, usize)> {
    let d = w.nrows();
    let dependent = 16.0 * f64::EPSILON * d as f64;
    let mut is_sure = true;
    let mut vectors: Vec<Vec<Real>> = Vec::new();
    let mut extend = |column: Vec<Real>| {
        let length = dot(&column, &column).sqrt();
        let mut rest = column;
        for _ in 0..3 {
            for vector in &vectors {
                let inner = dot(&rest, vector);
                for (x, &y) in rest.iter_mut().zip(vector) {
                    *x -= inner * y;
                }
            }
        }
        let norm = dot(&rest, &rest).sqrt();
        let share = f64::from(norm) / f64::from(length);
        is_sure &= !(0.5 * dependent..2.0 * dependent).contains(&share);
        if share > dependent && vectors.len() < d {
            vectors.push(rest.into_iter().map(|x| x / norm).collect());
        }
        vectors.len()
    };
    let mut rank = 0;
    for column in w.column_iter() {
        rank = extend(column.iter().map(|&x| real(x)).collect());
    }
    for i in 0..d {
        extend((0..d).map(|k| real(f64::from(u8::from(i == k)))).collect());
    }
    is_sure.then_some((vectors, rank))
}
