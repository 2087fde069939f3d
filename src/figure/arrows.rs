//! Neurons as arrows in a plane, beside the ellipses of what they make up.

use super::{Axis, Frame, Hue, Subject, Table};
use crate::numbers::significant;

/// Height of a rail: no less than 24 CSS pixels, also where text is a little smaller than the core thinks.
const RAIL: f64 = 26.0;

/// Where the numbers of a rail begin.
const RAIL_LEFT: f64 = 58.0;

/// Most pixels that one of them takes.
const RAIL_STEP: f64 = 28.0;

/// Networks side by side, each with its neurons in the same plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrows {
    /// Both axes of each network go from minus this to this: a plane is not stretched.
    pub extent: f64,
    /// What is measured across and up.
    pub axes: [String; 2],
    /// From left to right.
    pub networks: Vec<DrawnNetwork>,
    /// What chooses the plane, from top to bottom, below all of them.
    pub rails: Vec<Rail>,
}

/// The neurons of a network as points that arrows from 0 lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnNetwork {
    /// Whose they are.
    pub subject: Subject,
    /// Its title.
    pub label: String,
    /// Where they are from, in few words.
    pub origin: String,
    /// What is to be reached, and what they make up.
    pub ellipses: Vec<Ellipse>,
    /// Neuron by neuron, where they started.
    pub start: Vec<(f64, f64)>,
    /// Where they are; none where nothing has been trained.
    pub now: Vec<(f64, f64)>,
    /// Where the best network nearest to the start has them; none where that is not known.
    pub optimum: Vec<(f64, f64)>,
}

/// A symmetric form in the plane as an ellipse with half-axes `2√|λ|` along its eigenvectors: twice what neurons have in
/// the root mean square whose mean square is that form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ellipse {
    /// Its colour.
    pub hue: Hue,
    /// Across, mixed and up: `q₁₁, q₁₂, q₂₂`.
    pub form: [f64; 3],
}

/// A row of whole numbers from 1, one of which is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Rail {
    /// What it chooses.
    pub label: String,
    /// The last of them.
    pub most: usize,
    /// The one that is chosen.
    pub chosen: usize,
    /// Whether it has the keyboard.
    pub is_in_hand: bool,
}

impl Arrows {
    /// The range of both axes.
    pub fn axis(&self) -> Axis {
        Axis::linear("", -self.extent, self.extent)
    }

    /// The plot area of one of the networks in a picture of all: a square. They stand beside or below each other, whichever
    /// makes them larger.
    pub fn frame(&self, index: usize, (width, height): (f64, f64)) -> Frame {
        let count = self.networks.len().max(1);
        let height = height - RAIL * self.rails.len() as f64;
        let cell = |columns: usize, rows: usize| {
            let (width, height) = (width / columns as f64, height / rows as f64);
            let inner = Frame::within(width, height, [24.0, 10.0, 38.0, 44.0]);
            let side = inner.width.min(inner.height);
            let (column, row) = (index % columns, index / columns);
            Frame {
                left: inner.left + width * column as f64 + 0.5 * (inner.width - side),
                top: inner.top + height * row as f64,
                width: side,
                height: side,
            }
        };
        let (beside, below) = (cell(count, 1), cell(1, count));
        if beside.width >= below.width {
            beside
        } else {
            below
        }
    }

    /// The row of numbers of one of `count` rails that end at `most`, without its label.
    pub fn rail(index: usize, count: usize, most: usize, (width, height): (f64, f64)) -> Frame {
        Frame {
            left: RAIL_LEFT,
            top: height - RAIL * (count - index) as f64,
            width: (width - RAIL_LEFT - 6.0)
                .min(RAIL_STEP * most as f64)
                .max(1.0),
            height: RAIL,
        }
    }

    /// The number at a horizontal place of such a row; beyond its ends, that of the end.
    pub fn number_at(rail: Frame, most: usize, x: f64) -> usize {
        let place = (x - rail.left) / rail.width * most as f64;
        (place.max(0.0) as usize + 1).min(most)
    }

    /// Each neuron of each network in numbers.
    pub(super) fn table(&self) -> Table {
        let has_optimum = self.networks.iter().any(|own| !own.optimum.is_empty());
        let mut columns = vec!["network".to_owned(), "neuron".to_owned()];
        let mut kinds = vec!["start", "now"];
        kinds.extend(has_optimum.then_some("optimum"));
        for kind in &kinds {
            columns.extend(self.axes.iter().map(|axis| format!("{axis}, {kind}")));
        }
        let mut rows = Vec::new();
        for own in &self.networks {
            let parts = [&own.start, &own.now, &own.optimum];
            let count = parts.iter().map(|part| part.len()).max().unwrap_or(0);
            for neuron in 0..count {
                let mut row = vec![own.subject.name().to_owned(), (neuron + 1).to_string()];
                for part in &parts[..kinds.len()] {
                    let known = part.get(neuron).filter(|tip| is_number(**tip));
                    let cells = match known {
                        Some(&(x, y)) => [significant(x, 4), significant(y, 4)],
                        None => ["–".to_owned(), "–".to_owned()],
                    };
                    row.extend(cells);
                }
                rows.push(row);
            }
        }
        Table { columns, rows }
    }
}

/// Whether an arrow has a place: those of a network that has diverged may have none.
pub(crate) fn is_number((x, y): (f64, f64)) -> bool {
    x.is_finite() && y.is_finite()
}

impl Ellipse {
    /// Its half-axes over the square root of what they are of.
    const REACH: f64 = 2.0;

    /// Its eigenvalues, the larger first, and the angle of the eigenvector of that.
    fn eigen(self) -> ([f64; 2], f64) {
        let [across, mixed, up] = self.form;
        let (middle, half) = (0.5 * (across + up), 0.5 * (across - up));
        let radius = half.hypot(mixed);
        ([middle + radius, middle - radius], 0.5 * mixed.atan2(half))
    }

    /// Whether the form is negative somewhere in the plane, beyond rounding.
    pub fn is_negative(self) -> bool {
        let ([high, low], _) = self.eigen();
        low < -1e-6 * high.abs().max(low.abs())
    }

    /// So many points around it, the last of which is the first.
    pub fn points(self, count: usize) -> impl Iterator<Item = (f64, f64)> {
        let (values, angle) = self.eigen();
        let [long, short] = values.map(|value| Self::REACH * value.abs().sqrt());
        let (sin, cos) = angle.sin_cos();
        (0..=count).map(move |k| {
            let turn = std::f64::consts::TAU * k as f64 / count as f64;
            let (x, y) = (long * turn.cos(), short * turn.sin());
            (cos * x - sin * y, sin * x + cos * y)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forms that lie anyhow: `(q₁₁, q₁₂, q₂₂)`.
    const FORMS: [[f64; 3]; 5] = [
        [4.0, 0.0, 1.0],
        [1.0, 0.0, 4.0],
        [2.0, 1.3, 1.0],
        [0.7, -0.5, 3.0],
        [1e-9, 2e-10, 1e-9],
    ];

    #[test]
    fn the_points_of_an_ellipse_are_where_the_inverse_form_is_four() {
        for form in FORMS {
            let [a, b, c] = form;
            let det = a * c - b * b;
            let ellipse = Ellipse {
                hue: Hue::Text,
                form,
            };
            assert!(!ellipse.is_negative());
            let points: Vec<_> = ellipse.points(48).collect();
            for &(x, y) in &points {
                let value = (c * x * x - 2.0 * b * x * y + a * y * y) / det;
                assert!((value - 4.0).abs() < 1e-9, "{form:?} at {x}, {y}: {value}");
            }
            let ((x, y), (first_x, first_y)) = (points[48], points[0]);
            assert!((x - first_x).hypot(y - first_y) < 1e-9);
        }
    }

    /// Half-axes are of sizes: `Q² t` has the length of `|λ|^{5/2}·2` along an eigenvector, whatever the sign.
    #[test]
    fn a_negative_form_has_the_ellipse_of_its_opposite_and_says_so() {
        for [a, b, c] in FORMS {
            let hue = Hue::Text;
            let plus = Ellipse {
                hue,
                form: [a, b, c],
            };
            let minus = Ellipse {
                hue,
                form: [-a, -b, -c],
            };
            assert!(minus.is_negative());
            let farthest = |ellipse: Ellipse| {
                let sizes = ellipse.points(64).map(|(x, y)| x.hypot(y));
                sizes.fold(0.0, f64::max)
            };
            assert!((farthest(plus) / farthest(minus) - 1.0).abs() < 1e-9);
        }
        let mixed = Ellipse {
            hue: Hue::Text,
            form: [4.0, 0.0, -1.0],
        };
        assert!(mixed.is_negative());
        let flat = Ellipse {
            hue: Hue::Text,
            form: [4.0, 2.0, 1.0],
        };
        assert!(!flat.is_negative(), "of rank one");
    }

    #[test]
    fn squares_stand_beside_or_below_each_other() {
        let own = DrawnNetwork {
            subject: Subject::NN,
            label: String::new(),
            origin: String::new(),
            ellipses: Vec::new(),
            start: Vec::new(),
            now: Vec::new(),
            optimum: Vec::new(),
        };
        let rail = Rail {
            label: String::new(),
            most: 16,
            chosen: 1,
            is_in_hand: false,
        };
        let arrows = Arrows {
            extent: 1.0,
            axes: ["", ""].map(str::to_owned),
            networks: vec![own; 3],
            rails: vec![rail; 2],
        };
        for (size, is_row) in [((1264.0, 480.0), true), ((344.0, 1100.0), false)] {
            let frames = [0, 1, 2].map(|index| arrows.frame(index, size));
            for (index, frame) in frames.iter().enumerate() {
                assert!((frame.width - frame.height).abs() < 1e-9 && frame.width > 200.0);
                assert!(frame.left >= 44.0 && frame.left + frame.width <= size.0);
                let rails = Arrows::rail(0, 2, 16, size).top;
                assert!(frame.top >= 24.0 && frame.top + frame.height <= rails - 30.0);
                for other in &frames[..index] {
                    let apart = (frame.left - other.left, frame.top - other.top);
                    assert_eq!((apart.0 > 0.0, apart.1 > 0.0), (is_row, !is_row));
                    assert!(apart.0.max(apart.1) >= frame.width + 50.0);
                }
            }
        }
    }

    #[test]
    fn a_number_is_found_where_it_stands() {
        for (width, most) in [(300.0, 16), (900.0, 16), (300.0, 3)] {
            let size = (width, 400.0);
            for index in 0..2 {
                let rail = Arrows::rail(index, 2, most, size);
                assert!(rail.left + rail.width <= width && rail.top + rail.height <= 400.0);
                for number in 1..=most {
                    let x = rail.left + (number as f64 - 0.5) * rail.width / most as f64;
                    assert_eq!(Arrows::number_at(rail, most, x), number);
                }
                assert_eq!(Arrows::number_at(rail, most, -9.0), 1);
                assert_eq!(Arrows::number_at(rail, most, 9e9), most);
            }
        }
    }
}
