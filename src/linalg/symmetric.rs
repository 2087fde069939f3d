//! Symmetric matrices that may be known to be diagonal.

use nalgebra::{DMatrix, DVector};

/// A symmetric `d×d` matrix. Diagonal ones keep only their diagonal: most spectra of the
/// papers are diagonal, and every formula is then linear in `d`.
#[derive(Clone, Debug, PartialEq)]
pub enum Symmetric {
    /// The diagonal.
    Diagonal(DVector<f64>),
    /// All entries; the matrix is symmetric to the last bit.
    Full(DMatrix<f64>),
}

impl Symmetric {
    /// The identity divided by `dim`: the covariance of isotropic weights.
    pub fn isotropic(dim: usize) -> Self {
        Self::Diagonal(DVector::from_element(dim, 1.0 / dim as f64))
    }

    /// A diagonal matrix.
    pub fn diagonal(values: impl IntoIterator<Item = f64>) -> Self {
        Self::Diagonal(DVector::from_vec(values.into_iter().collect()))
    }

    /// The dimension `d`.
    pub fn dim(&self) -> usize {
        match self {
            Self::Diagonal(values) => values.len(),
            Self::Full(matrix) => matrix.nrows(),
        }
    }

    /// Whether it is known to be the identity.
    pub fn is_identity(&self) -> bool {
        match self {
            Self::Diagonal(values) => values.iter().all(|value| value.total_cmp(&1.0).is_eq()),
            Self::Full(_) => false,
        }
    }

    /// The diagonal entries.
    pub fn diagonal_entries(&self) -> DVector<f64> {
        match self {
            Self::Diagonal(values) => values.clone(),
            Self::Full(matrix) => matrix.diagonal(),
        }
    }

    /// `Tr A`.
    pub fn trace(&self) -> f64 {
        match self {
            Self::Diagonal(values) => values.sum(),
            Self::Full(matrix) => matrix.trace(),
        }
    }

    /// `‖A‖_F²`.
    pub fn squared_norm(&self) -> f64 {
        match self {
            Self::Diagonal(values) => values.norm_squared(),
            Self::Full(matrix) => matrix.norm_squared(),
        }
    }

    /// `⟨A, B⟩ = Tr(AB)`.
    ///
    /// # Panics
    /// If the dimensions differ.
    pub fn inner(&self, other: &Self) -> f64 {
        match (self, other) {
            (Self::Diagonal(a), Self::Diagonal(b)) => a.dot(b),
            (Self::Diagonal(a), Self::Full(b)) | (Self::Full(b), Self::Diagonal(a)) => {
                a.dot(&b.diagonal())
            }
            (Self::Full(a), Self::Full(b)) => a.dot(b),
        }
    }

    /// The eigenvalues, in no particular order.
    pub fn eigenvalues(&self) -> DVector<f64> {
        match self {
            Self::Diagonal(values) => values.clone(),
            Self::Full(matrix) => matrix.symmetric_eigenvalues(),
        }
    }

    /// All entries.
    pub fn to_matrix(&self) -> DMatrix<f64> {
        match self {
            Self::Diagonal(values) => DMatrix::from_diagonal(values),
            Self::Full(matrix) => matrix.clone(),
        }
    }

    /// `A·factor`.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        match self {
            Self::Diagonal(values) => Self::Diagonal(values * factor),
            Self::Full(matrix) => Self::Full(matrix * factor),
        }
    }

    /// `A + B`.
    ///
    /// # Panics
    /// If the dimensions differ.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Diagonal(a), Self::Diagonal(b)) => Self::Diagonal(a + b),
            _ => Self::Full(self.to_matrix() + other.to_matrix()),
        }
    }

    /// The matrix with every eigenvalue passed through `f`.
    #[must_use]
    pub fn map_eigenvalues(&self, f: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Diagonal(values) => Self::Diagonal(values.map(f)),
            Self::Full(matrix) => {
                let eigen = matrix.clone().symmetric_eigen();
                let scaled =
                    &eigen.eigenvectors * DMatrix::from_diagonal(&eigen.eigenvalues.map(f));
                Self::Full(symmetrised(&(scaled * eigen.eigenvectors.transpose())))
            }
        }
    }

    /// `VᵀAV`, the matrix in the basis of the columns of `V`.
    #[must_use]
    pub fn in_basis(&self, basis: &DMatrix<f64>) -> Self {
        let full = match self {
            Self::Diagonal(values) => DMatrix::from_diagonal(values),
            Self::Full(matrix) => matrix.clone(),
        };
        Self::Full(symmetrised(&(basis.transpose() * full * basis)))
    }

    /// `A·W` for a `d×N` matrix `W`.
    pub fn times(&self, w: &DMatrix<f64>) -> DMatrix<f64> {
        match self {
            Self::Diagonal(values) => {
                let mut out = w.clone();
                for mut column in out.column_iter_mut() {
                    column.component_mul_assign(values);
                }
                out
            }
            Self::Full(matrix) => matrix * w,
        }
    }
}

fn symmetrised(matrix: &DMatrix<f64>) -> DMatrix<f64> {
    (matrix + matrix.transpose()) * 0.5
}
