//! The mixture of two Gaussians of model `mg`.

use nalgebra::{DMatrix, DVector};

use crate::linalg::{Asymmetry, Symmetric, falling};
use crate::numbers::digits;

use super::quadratic::remaining_sums;
use super::{Quadratic, RiskScale, Rounding, Target};

/// Why two matrices are no mixture.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MixtureError {
    /// Δ and Σ have different dimensions, or none.
    #[error("Δ is {delta}×{delta} and Σ is {sigma}×{sigma}; both must be d×d with d at least 1")]
    Dimension {
        /// Rows of Δ.
        delta: usize,
        /// Rows of Σ.
        sigma: usize,
    },
    /// A NaN or an infinity.
    #[error("{matrix} has an entry that is not finite")]
    Entries {
        /// Δ or Σ.
        matrix: &'static str,
    },
    /// An asymmetry.
    #[error(
        "{matrix} is not symmetric: entries and their mirror images differ by up to {}, with a largest entry of {}",
        digits(*difference), digits(*largest)
    )]
    NotSymmetric {
        /// Δ or Σ.
        matrix: &'static str,
        /// By how much at most.
        difference: f64,
        /// The largest entry in size.
        largest: f64,
    },
    /// Σ is singular or indefinite.
    #[error("{}", of_mean(*least, *largest))]
    Mean {
        /// Least eigenvalue.
        least: f64,
        /// Largest eigenvalue.
        largest: f64,
    },
    /// A class has no covariance.
    #[error(
        "{class} must be positive definite: the eigenvalues of Σ^-½ΔΣ^-½ must lie between -1 and 1, but one is {}",
        digits(*value)
    )]
    Class {
        /// Which covariance fails.
        class: &'static str,
        /// The eigenvalue of `Δ̃` that is too large.
        value: f64,
    },
    /// The classes are the same.
    #[error("Δ is zero, so the classes do not differ; at least one eigenvalue must differ from 0")]
    Zero,
}

/// Labels `y = ±1`, evenly, and inputs `x ~ N(0, Σ − yΔ)` (Ghorbani et al. 2019, §3). Risks are
/// `E(y − f(x))²`: the zero predictor has risk 1.
///
/// In working coordinates `x̃ = VᵀΣ^{-1/2}x`, V the eigenvectors of `Δ̃ = Σ^{-1/2}ΔΣ^{-1/2}`, the
/// classes are `N(0, I − yD)` with D diagonal, and `⟨w, x⟩ = ⟨w̃, x̃⟩` for `w̃ = VᵀΣ^{1/2}w`.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    /// `Δ̃`, diagonal.
    form: Quadratic,
    /// `1 − |s|` for each eigenvalue of `Δ̃`.
    complements: DVector<f64>,
    /// `VᵀΣ^{1/2}`; `None` for the identity.
    transform: Option<Transform>,
    /// `ΓΣ` of isotropic weights in working coordinates, trace 1.
    isotropic: Symmetric,
    /// What is left of `Σ s_i²` without the n largest, for n = 0…d.
    remaining_squares: Vec<f64>,
    /// `Σ_{i≤n} s_i²/(1 + s_i²)` for n = 0…d, s largest first.
    gains: Vec<f64>,
}

/// A transformation of coordinates, diagonal or not; it need not be symmetric.
#[derive(Clone, Debug, PartialEq)]
enum Transform {
    Diagonal(DVector<f64>),
    Full(DMatrix<f64>),
}

impl Mixture {
    /// The mixture of `N(0, Σ − Δ)` and `N(0, Σ + Δ)`. Where a matrix is full, both are brought to
    /// working coordinates by two eigenvalue problems.
    ///
    /// # Errors
    /// If a matrix is not finite, not symmetric, or a class has no positive definite covariance.
    pub fn new(sigma: &Symmetric, delta: &Symmetric) -> Result<Self, MixtureError> {
        if sigma.dim() != delta.dim() || sigma.dim() == 0 {
            return Err(MixtureError::Dimension {
                delta: delta.dim(),
                sigma: sigma.dim(),
            });
        }
        for (matrix, name) in [(sigma, "Σ"), (delta, "Δ")] {
            check_entries(matrix, name)?;
        }
        let variances = sigma.eigenvalues();
        let (least, largest) = (variances.min(), variances.max());
        if !(least > 1e-12 * largest && largest < 1e150) {
            return Err(MixtureError::Mean { least, largest });
        }
        let (contrast, complements, transform, rounding) = working(sigma, delta);
        Self::from_working(contrast, complements, transform, rounding)
    }

    fn from_working(
        contrast: DVector<f64>,
        complements: DVector<f64>,
        transform: Option<Transform>,
        rounding: Option<Rounding>,
    ) -> Result<Self, MixtureError> {
        check_classes(&contrast)?;
        let form =
            Quadratic::from_eigen(contrast, None, rounding).map_err(|_| MixtureError::Zero)?;
        let d = form.dim();
        let isotropic = match &transform {
            None => Symmetric::isotropic(d),
            Some(Transform::Diagonal(root)) => {
                let square = root.component_mul(root);
                Symmetric::Diagonal(&square / square.sum())
            }
            Some(Transform::Full(matrix)) => {
                let gram = Symmetric::diagonal(vec![1.0; d]).in_basis(&matrix.transpose());
                gram.scaled(1.0 / gram.trace())
            }
        };
        let squares = falling(form.eigenvalues().iter().map(|value| value * value));
        let gains = squares.iter().scan(0.0, |sum, square| {
            *sum += square / (1.0 + square);
            Some(*sum)
        });
        Ok(Self {
            gains: std::iter::once(0.0).chain(gains).collect(),
            remaining_squares: remaining_sums(0.0, squares),
            form,
            complements,
            transform,
            isotropic,
        })
    }

    /// The mixture with other eigenvalues of `Δ̃`, Σ and all directions as they are.
    ///
    /// # Errors
    /// If a class has no positive definite covariance, or the classes do not differ.
    ///
    /// # Panics
    /// If they are not `d`.
    pub fn with_eigenvalues(&self, eigenvalues: DVector<f64>) -> Result<Self, MixtureError> {
        assert_eq!(eigenvalues.len(), self.dim(), "there are d eigenvalues");
        let complements = eigenvalues.map(|s| 1.0 - s.abs());
        let (transform, rounding) = (self.transform.clone(), self.form.rounding());
        Self::from_working(eigenvalues, complements, transform, rounding)
    }

    /// The eigenvalues of `Δ̃`, in the order of the working coordinates; all between −1 and 1.
    pub fn eigenvalues(&self) -> &DVector<f64> {
        self.form.eigenvalues()
    }

    /// `1 − |s|` for each eigenvalue s of `Δ̃`, as exactly as Σ and Δ tell: where both are diagonal to the last bits,
    /// else to the rounding of an eigenvalue problem. Near ±1 the eigenvalues alone would have lost it.
    pub fn complements(&self) -> &DVector<f64> {
        &self.complements
    }

    /// `F = ‖Δ̃‖_F²`.
    pub fn squared_norm(&self) -> f64 {
        self.form.squared_norm()
    }

    /// `τ_Δ = Tr(Δ̃)²/(d‖Δ̃‖_F²)`.
    pub fn trace_ratio(&self) -> f64 {
        self.form.trace_ratio()
    }

    /// Whether all eigenvalues of `Δ̃` have one sign: NN is then below NT for every W.
    pub fn has_one_sign(&self) -> bool {
        let values = self.eigenvalues();
        values.iter().all(|&s| s >= 0.0) || values.iter().all(|&s| s <= 0.0)
    }
}

impl Target for Mixture {
    fn form(&self) -> &Quadratic {
        &self.form
    }

    fn risk_scale(&self) -> RiskScale {
        RiskScale::Mixture {
            squared_norm: self.squared_norm(),
        }
    }

    fn network_left(&self, neurons: usize) -> f64 {
        self.remaining_squares[neurons.min(self.dim())] / self.squared_norm()
    }

    /// `2/(2 + Σ_{i≤N∧d} s_i²/(1 + s_i²))`: Theorem 6 before d → ∞, where all `s_i` vanish.
    fn network_exact(&self, neurons: usize) -> f64 {
        2.0 / (2.0 + self.gains[neurons.min(self.dim())])
    }

    fn isotropic(&self) -> Symmetric {
        self.isotropic.clone()
    }

    fn working_weights(&self, w: DMatrix<f64>) -> DMatrix<f64> {
        assert_eq!(w.nrows(), self.dim(), "weights have d rows");
        match &self.transform {
            None => w,
            Some(Transform::Diagonal(root)) => Symmetric::Diagonal(root.clone()).times(&w),
            Some(Transform::Full(matrix)) => matrix * w,
        }
    }

    fn working_covariance(&self, gamma: &Symmetric) -> Symmetric {
        assert_eq!(gamma.dim(), self.dim(), "a covariance of weights is d×d");
        match (&self.transform, gamma) {
            (None, _) => gamma.clone(),
            (Some(Transform::Diagonal(root)), Symmetric::Diagonal(values)) => {
                Symmetric::Diagonal(values.component_mul(root).component_mul(root))
            }
            (Some(Transform::Diagonal(root)), full) => full.in_basis(&DMatrix::from_diagonal(root)),
            (Some(Transform::Full(matrix)), _) => gamma.in_basis(&matrix.transpose()),
        }
    }

    /// `1 + mean² + 2⟨D,Q⟩ + 2(Tr Q² + Tr DQDQ) + ⟨D,Q⟩²`, from `E[yf] = −⟨D,Q⟩` and the fourth
    /// moments of the classes.
    fn risk(&self, q: &DMatrix<f64>, mean: f64) -> f64 {
        let d = self.dim();
        assert_eq!(q.shape(), (d, d), "Q is d×d");
        let s = self.eigenvalues();
        let inner = s.dot(&q.diagonal());
        let spread: f64 = q
            .column_iter()
            .enumerate()
            .map(|(j, column)| {
                let weighted = column
                    .iter()
                    .zip(s)
                    .map(|(q, si)| q * q * (1.0 + si * s[j]));
                weighted.sum::<f64>()
            })
            .sum();
        // As a square, so that rounding cannot take it below 0.
        (1.0 + inner).powi(2) + mean * mean + 2.0 * spread
    }
}

/// The eigenvalues of `Δ̃`, their complements, the way to working coordinates, and what was rounding.
fn working(
    sigma: &Symmetric,
    delta: &Symmetric,
) -> (
    DVector<f64>,
    DVector<f64>,
    Option<Transform>,
    Option<Rounding>,
) {
    if let (Symmetric::Diagonal(sigma), Symmetric::Diagonal(delta)) = (sigma, delta) {
        let is_white = sigma.iter().all(|value| value.total_cmp(&1.0).is_eq());
        let transform = (!is_white).then(|| Transform::Diagonal(sigma.map(f64::sqrt)));
        // A difference of two numbers within a factor of 2 has no rounding.
        let complements = sigma.zip_map(delta, |sigma, delta| (sigma - delta.abs()) / sigma);
        return (delta.component_div(sigma), complements, transform, None);
    }
    let inverse = sigma.map_eigenvalues(|value| 1.0 / value.sqrt());
    let mut eigen = delta
        .in_basis(&inverse.to_matrix())
        .to_matrix()
        .symmetric_eigen();
    let root = sigma.map_eigenvalues(f64::sqrt).to_matrix();
    let transform = eigen.eigenvectors.transpose() * root;
    let rounding = Rounding::remove(&mut eigen.eigenvalues);
    let complements = eigen.eigenvalues.map(|s| 1.0 - s.abs());
    let transform = Some(Transform::Full(transform));
    (eigen.eigenvalues, complements, transform, rounding)
}

fn check_classes(contrast: &DVector<f64>) -> Result<(), MixtureError> {
    for (class, sign) in [("Σ − Δ", 1.0), ("Σ + Δ", -1.0)] {
        let worst = contrast
            .iter()
            .map(|value| sign * value)
            .fold(0.0, f64::max);
        if worst >= 1.0 - 1e-9 || worst.is_nan() {
            let value = sign * worst;
            return Err(MixtureError::Class { class, value });
        }
    }
    Ok(())
}

fn check_entries(matrix: &Symmetric, name: &'static str) -> Result<(), MixtureError> {
    let (is_finite, asymmetry) = match matrix {
        Symmetric::Diagonal(values) => (values.iter().all(|value| value.is_finite()), None),
        Symmetric::Full(matrix) => (
            matrix.iter().all(|value| value.is_finite()),
            Some(Asymmetry::of(matrix)),
        ),
    };
    if !is_finite {
        return Err(MixtureError::Entries { matrix: name });
    }
    match asymmetry {
        Some(asymmetry) if !asymmetry.is_within(1e-9) => Err(MixtureError::NotSymmetric {
            matrix: name,
            difference: asymmetry.difference,
            largest: asymmetry.largest,
        }),
        _ => Ok(()),
    }
}

/// What is wrong with Σ: a least eigenvalue that is 0 but for rounding is not called negative.
fn of_mean(least: f64, largest: f64) -> String {
    let (small, large) = (digits(least), digits(largest));
    if least.abs() <= 1e-12 * largest && largest < 1e150 {
        format!(
            "Σ is singular, and must be positive definite: its least eigenvalue, {small}, counts as 0 beside its largest, {large}"
        )
    } else {
        format!(
            "Σ must be positive definite, but its least eigenvalue is {small} and its largest {large}"
        )
    }
}
