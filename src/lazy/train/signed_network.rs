//! NN on a mixture with its second layer fixed to ±1.

use nalgebra::DMatrix;

use super::batch::mean;
use super::model::{Layer, Model, Predictor};
use super::positive_form::PositiveForm;
use super::real::Real;

/// `f(x) = Σ_i a_i(⟨w_i,x⟩² − ‖w_i‖²) + c = ⟨xxᵀ − I, S₊ − S₋⟩ + c`, `a_i = ±1` fixed,
/// `S± = Σ w_iw_iᵀ` over the neurons of that sign.
///
/// With `H = (1/b)Σ_k r_k(x_k x_kᵀ − I)` a step is `w_i ← w_i + 4εa_iHw_i`, `c ← c + 2ε·mean(r)`
/// (Ghorbani et al. 2019, §4, for the features centred; see
/// [`TrainedLayer`](super::trained_layer::TrainedLayer) for why). It multiplies the neurons of
/// one sign by one matrix, so each sign may be lifted.
pub(super) struct SignedNetwork<T: Real> {
    parts: Vec<SignedPart<T>>,
    offset: f64,
}

/// The neurons of one sign.
struct SignedPart<T: Real> {
    sign: f64,
    form: PositiveForm<T>,
    q: Vec<T>,
}

impl<T: Real> SignedNetwork<T> {
    /// From the forms of each sign that there is, for batches of `batch` samples.
    pub(super) fn new(forms: Vec<(f64, PositiveForm<T>)>, batch: usize) -> Self {
        let parts = forms.into_iter().map(|(sign, form)| SignedPart {
            sign,
            form,
            q: vec![T::zero(); batch],
        });
        Self {
            parts: parts.collect(),
            offset: 0.0,
        }
    }
}

impl<T: Real> Model<T> for SignedNetwork<T> {
    fn predict(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        f.fill(T::of(self.offset));
        for SignedPart { sign, form, q } in &mut self.parts {
            form.evaluate(x, q);
            let (sign, centre) = (T::of(*sign), form.quick_trace());
            for (f, &q) in f.iter_mut().zip(&*q) {
                *f += sign * (q - centre);
            }
        }
    }

    fn update(&mut self, x: &DMatrix<T>, residuals: &[T], epsilon: f64) {
        let mean = mean(residuals);
        for SignedPart { sign, form, .. } in &mut self.parts {
            let h = 4.0 * epsilon * *sign;
            // I + hH = k(I + (h/k)G), k = 1 − h·mean(r).
            let k = 1.0 - h * mean;
            let h = h / k / residuals.len() as f64;
            form.transform(x, residuals, T::of(h), T::of(k));
        }
        self.offset += 2.0 * epsilon * mean;
    }

    fn predictor(&self) -> Predictor {
        let dim = self.parts.iter().map(|part| part.form.dim()).max();
        let dim = dim.unwrap_or_default();
        let mut form = DMatrix::zeros(dim, dim);
        for part in &self.parts {
            form += part.form.matrix() * part.sign;
        }
        Predictor {
            form,
            mean: self.offset,
        }
    }

    fn layer(&self) -> Option<Layer> {
        let columns: Vec<_> = self.parts.iter().map(|part| part.form.weights()).collect();
        let columns: Vec<_> = columns.iter().flat_map(DMatrix::column_iter).collect();
        (!columns.is_empty()).then(|| Layer::Trained(DMatrix::from_columns(&columns)))
    }

    fn parameters(&self) -> (Vec<&[T]>, Vec<f64>) {
        let forms = self.parts.iter().map(|part| part.form.values());
        (forms.collect(), vec![self.offset])
    }

    fn parameters_mut(&mut self) -> (Vec<&mut [T]>, Vec<&mut f64>) {
        let forms = self.parts.iter_mut().map(|part| part.form.values_mut());
        (forms.collect(), vec![&mut self.offset])
    }
}
