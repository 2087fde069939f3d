//! Heat maps of the form and of what each regime has learned of it, in its eigenbasis, sorted. They are of live runs,
//! whatever is in front: results have no matrices.

use super::capture::title;
use super::explorable::Explorable;
use crate::train::Regime;

/// Which matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heat {
    /// The form itself.
    Target,
    /// What the run of a regime at the handle has learned.
    Learned(Regime),
}

/// Colours row by row, four bytes a pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Pixels in a row.
    pub width: usize,
    /// Red, green, blue, opacity.
    pub rgba: Vec<u8>,
}

/// Above this dimension single entries cannot be seen.
const MAX_DIM: usize = 64;

pub(super) fn image(state: &Explorable, which: Heat, dark: bool) -> Option<Image> {
    let dim = state.dim();
    if dim > MAX_DIM {
        return None;
    }
    let ranks = state.ranks();
    let scale = scale(state);
    let eigenvalues = state.form().eigenvalues();
    let learned = match which {
        Heat::Target => None,
        Heat::Learned(regime) => {
            let learned = state.run_at_handle(regime)?.learned.as_ref()?;
            (learned.len() == dim * dim).then_some(Some(learned))?
        }
    };
    let mut rgba = Vec::with_capacity(4 * dim * dim);
    for &i in ranks {
        for &j in ranks {
            let value = match learned {
                Some(matrix) => f64::from(matrix[i + dim * j]),
                None if i == j => eigenvalues[i],
                None => 0.0,
            };
            rgba.extend(colour(value / scale, dark));
        }
    }
    Some(Image { width: dim, rgba })
}

pub(super) fn caption(state: &Explorable, which: Heat) -> &'static str {
    match which {
        Heat::Target => state.form_in_words(),
        Heat::Learned(regime) => state.learns(regime),
    }
}

pub(super) fn describe(state: &Explorable, which: Heat) -> String {
    let what = match which {
        Heat::Target => state.form_name().to_owned(),
        Heat::Learned(regime) => format!("what {} has learnt", title(regime)),
    };
    let (mark, caption) = (state.live_mark(), caption(state, which));
    format!("Heat map of {what}, {mark}: {caption}")
}

/// The value of the strongest colour: the largest eigenvalue in magnitude.
fn scale(state: &Explorable) -> f64 {
    state.form().eigenvalues().amax()
}

/// The colour scale as an image of one row, from −`extent` to `extent`.
pub(super) fn legend(state: &Explorable, dark: bool) -> (f64, Image) {
    let width = 129;
    let rgba = (0..width)
        .flat_map(|k| colour(f64::from(k) / 64.0 - 1.0, dark))
        .collect();
    let image = Image {
        width: width as usize,
        rgba,
    };
    (scale(state), image)
}

/// Orange for positive, blue for negative, the page's ground for 0. The square root spreads small
/// entries, which would otherwise all look like 0.
fn colour(value: f64, dark: bool) -> [u8; 4] {
    const POSITIVE: [f64; 3] = [213.0, 94.0, 0.0];
    const NEGATIVE: [f64; 3] = [0.0, 114.0, 178.0];
    let ground = if dark { [23.0, 25.0, 30.0] } else { [255.0; 3] };
    let strength = value.abs().min(1.0).sqrt();
    let ink = if value < 0.0 { NEGATIVE } else { POSITIVE };
    let [r, g, b]: [u8; 3] =
        std::array::from_fn(|k| (ground[k] + strength * (ink[k] - ground[k])).round() as u8);
    [r, g, b, 255]
}
