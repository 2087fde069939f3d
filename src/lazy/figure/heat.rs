//! Heat maps of the form and of what each regime has learned of it, in its eigenbasis, sorted. They are of live runs,
//! whatever is in front: results have no matrices.

use super::Explorable;
use super::capture::title;
use crate::figure::Image;
use crate::lazy::train::Regime;
use crate::lazy::training::MAX_FULL_DIM;

/// Which matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heat {
    /// The form itself.
    Target,
    /// What the run of a regime at the handle has learned.
    Learned(Regime),
}

impl Heat {
    /// That of a name of the sheet: `target`, or a regime.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "target" => Some(Self::Target),
            regime => Regime::from_name(regime).map(Self::Learned),
        }
    }
}

pub(super) fn image(state: &Explorable, which: Heat, dark: bool) -> Option<Image> {
    let dim = state.dim();
    if dim > MAX_FULL_DIM {
        return None;
    }
    let ranks = state.ranks();
    let scale = scale(state);
    let eigenvalues = state.form().eigenvalues();
    let learned = match which {
        Heat::Target => None,
        Heat::Learned(regime) => {
            let learned = state.learned(state.run_at_handle(regime)?)?;
            Some(learned.matrix()?)
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

/// What a map is called, what it shows in few words, and in a sentence.
pub(super) fn texts(state: &Explorable, which: Heat) -> [String; 3] {
    let (name, what, caption) = match which {
        Heat::Target => {
            let name = state.form_name();
            (name.to_owned(), name.to_owned(), state.form_in_words())
        }
        Heat::Learned(regime) => {
            let name = title(regime);
            let what = format!("what {name} has learnt");
            (name, what, state.learns(regime))
        }
    };
    let mark = state.live_mark();
    let sentence = format!("Heat map of {what}, {mark}: {caption}");
    [name, caption.to_owned(), sentence]
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
