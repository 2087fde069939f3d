//! What a run tells of what it has learnt, as one list of numbers: how that is written and read.

use nalgebra::DMatrix;

/// Above this dimension single entries of the form cannot be seen, and copies would cost more than the training.
pub(crate) const MAX_FULL_DIM: usize = 64;

/// So many leading eigenvectors there are coordinates of neurons for.
pub(crate) const LEADING: usize = 16;

/// Most neurons that are told of: the first ones.
pub(crate) const MOST_NEURONS: usize = 256;

/// Which neurons: those at the start, or as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    Start,
    Now,
}

/// The list, as it is read: the form d×d by columns for d ≤ 64, else its diagonal and, by columns, its block of the leading
/// eigenvectors of the target; then, if the run has neurons, neuron by neuron their components along these, at the start and
/// as they are. Everything is in working coordinates on the scale of the target.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Learned<'a> {
    dim: usize,
    form: &'a [f32],
    block: &'a [f32],
    neurons: &'a [f32],
}

/// How many leading eigenvectors there are.
pub(crate) fn leading(dim: usize) -> usize {
    dim.min(LEADING)
}

/// Writes the form and neurons at both moments (`d×n`), by the coordinates in falling order of the target's eigenvalues.
pub(super) fn write(
    form: &DMatrix<f64>,
    ranks: &[usize],
    neurons: Option<[&DMatrix<f64>; 2]>,
) -> Vec<f32> {
    let dim = form.nrows();
    let top = &ranks[..leading(dim)];
    let mut out: Vec<f32> = Vec::new();
    if dim <= MAX_FULL_DIM {
        out.extend(form.iter().map(|&value| value as f32));
    } else {
        out.extend(form.diagonal().iter().map(|&value| value as f32));
        for &j in top {
            out.extend(top.iter().map(|&i| form[(i, j)] as f32));
        }
    }
    for neuron in neurons.iter().flatten().flat_map(|w| w.column_iter()) {
        out.extend(top.iter().map(|&i| neuron[i] as f32));
    }
    out
}

impl<'a> Learned<'a> {
    /// What a run in `dim` dimensions has written; none for what is no such list.
    pub(crate) fn read(dim: usize, numbers: &'a [f32]) -> Option<Self> {
        let top = leading(dim);
        let (form, block) = if dim <= MAX_FULL_DIM {
            (dim * dim, 0)
        } else {
            (dim, top * top)
        };
        let (form, rest) = numbers.split_at_checked(form)?;
        let (block, neurons) = rest.split_at_checked(block)?;
        (neurons.len() % (2 * top) == 0).then_some(Self {
            dim,
            form,
            block,
            neurons,
        })
    }

    /// The form d×d by columns, where there is all of it.
    pub(crate) fn matrix(self) -> Option<&'a [f32]> {
        self.block.is_empty().then_some(self.form)
    }

    /// Its diagonal, in the order of the coordinates.
    pub(crate) fn diagonal(self) -> impl Iterator<Item = f64> {
        let stride = if self.block.is_empty() {
            self.dim + 1
        } else {
            1
        };
        self.form.iter().step_by(stride).copied().map(f64::from)
    }

    /// Its entry for two of the leading eigenvectors, the coordinates being `ranks`.
    pub(crate) fn entry(self, ranks: &[usize], i: usize, j: usize) -> f64 {
        f64::from(match self.matrix() {
            Some(form) => form[ranks[i] + self.dim * ranks[j]],
            None => self.block[i + leading(self.dim) * j],
        })
    }

    /// The components of each neuron along two of the leading eigenvectors.
    pub(crate) fn neurons(
        self,
        moment: Moment,
        [i, j]: [usize; 2],
    ) -> impl Iterator<Item = (f64, f64)> {
        let (start, now) = self.neurons.split_at(self.neurons.len() / 2);
        let all = if moment == Moment::Start { start } else { now };
        let each = all.chunks_exact(leading(self.dim));
        each.map(move |neuron| (f64::from(neuron[i]), f64::from(neuron[j])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for dim in [3, 64, 70] {
            let form = DMatrix::from_fn(dim, dim, |i, j| (i * j + i + j) as f64);
            let ranks: Vec<usize> = (0..dim).rev().collect();
            for count in [0, 1, 5] {
                let [start, now] = [1.0, -1.0]
                    .map(|sign| DMatrix::from_fn(dim, count, |i, n| sign * (10 * n + i) as f64));
                let numbers = write(&form, &ranks, Some([&start, &now]));
                let read = Learned::read(dim, &numbers).unwrap();
                let diagonal: Vec<f64> = read.diagonal().collect();
                assert_eq!(diagonal, form.diagonal().as_slice());
                assert_eq!(read.matrix().is_some(), dim <= MAX_FULL_DIM);
                assert_eq!(read.entry(&ranks, 1, 2), form[(dim - 2, dim - 3)]);
                for (moment, w) in [(Moment::Start, &start), (Moment::Now, &now)] {
                    let found: Vec<_> = read.neurons(moment, [0, 2]).collect();
                    let whole = w.column_iter().map(|w| (w[dim - 1], w[dim - 3]));
                    assert_eq!(found, whole.collect::<Vec<_>>());
                }
                assert!(Learned::read(dim, &numbers[1..]).is_none());
            }
            let bare = write(&form, &ranks, None);
            let read = Learned::read(dim, &bare).unwrap();
            assert_eq!(read.neurons(Moment::Now, [0, 1]).count(), 0);
        }
    }
}
