//! Where the direct label of each line goes: the roomiest place beside it.

use crate::figure::Frame;

/// A label with its place: the middle of its left edge.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) at: (f64, f64),
    /// Which line it belongs to.
    pub(super) line: usize,
    /// Two corners of the room it takes.
    pub(super) room: [(f64, f64); 2],
}

/// Mean width of a character and height of a line, in parts of the font size.
const CHARACTER: f64 = 0.56;
const LINE: f64 = 1.0;

#[derive(Clone, Copy)]
struct Box {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Box {
    /// The squared distance to a point, 0 inside.
    fn squared_distance(&self, (x, y): (f64, f64)) -> f64 {
        let dx = (self.left - x).max(x - self.right).max(0.0);
        let dy = (self.top - y).max(y - self.bottom).max(0.0);
        dx * dx + dy * dy
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Places the labels of `lines` (pixels), given in pairs with their line's index. Labels stay
/// inside the frame, do not overlap, and keep away from every line, and off the dots, as far as there
/// is room.
pub(super) fn place(
    lines: &[Vec<(f64, f64)>],
    dots: &[(f64, f64)],
    labels: &[(usize, &str)],
    size: f64,
    frame: Frame,
) -> Vec<Placed> {
    // Thousands of places are weighed against every line, while something is dragged.
    let lines: Vec<Vec<(f64, f64)>> = lines.iter().map(|line| thinned(line)).collect();
    let mut taken: Vec<Box> = Vec::new();
    let mut out = Vec::new();
    for &(line, text) in labels {
        let width = CHARACTER * size * text.chars().count() as f64;
        let best = candidates(&lines[line], width, size, frame)
            .filter(|candidate| !taken.iter().any(|other| other.overlaps(candidate)))
            .map(|candidate| {
                let room = room(&candidate, &lines, line) + clearance(&candidate, dots);
                (room, candidate)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, place)) = best {
            taken.push(place);
            out.push(Placed {
                at: (place.left, 0.5 * (place.top + place.bottom)),
                line,
                room: [(place.left, place.top), (place.right, place.bottom)],
            });
        }
    }
    out
}

/// As few points of a line, from left to right, as are never far apart.
fn thinned(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    const APART: f64 = 8.0;
    let mut points: Vec<(f64, f64)> = Vec::new();
    for &(x, y) in line {
        let Some(&(last_x, last_y)) = points.last() else {
            points.push((x, y));
            continue;
        };
        let gap = (x - last_x).abs().max((y - last_y).abs());
        // A straight line over the whole picture may have been given by its ends.
        let pieces = (gap / APART).floor().min(400.0);
        for piece in 1..=pieces as usize {
            let share = piece as f64 / pieces;
            points.push((last_x + share * (x - last_x), last_y + share * (y - last_y)));
        }
    }
    points
}

/// Boxes above and below the line at places along it.
fn candidates(
    line: &[(f64, f64)],
    width: f64,
    size: f64,
    frame: Frame,
) -> impl Iterator<Item = Box> {
    let height = LINE * size;
    let stride = (line.len() / 20).max(1);
    line.iter()
        .step_by(stride)
        .flat_map(move |&(x, y)| {
            [-0.5 * width, 4.0, -width - 4.0]
                .into_iter()
                .flat_map(move |shift| {
                    [y - height - 4.0, y + 4.0].into_iter().map(move |top| Box {
                        left: x + shift,
                        top,
                        right: x + shift + width,
                        bottom: top + height,
                    })
                })
        })
        .filter(move |place| {
            place.left >= frame.left + 4.0
                && place.right <= frame.left + frame.width - 2.0
                && place.top >= frame.top
                && place.bottom <= frame.top + frame.height - 2.0
        })
}

/// How clear a place is: the distances to all lines, capped, as beyond some room more of it is
/// no better. The own line's counts little: the label is to be beside it, not across it.
fn room(place: &Box, lines: &[Vec<(f64, f64)>], own: usize) -> f64 {
    const ENOUGH: f64 = 22.0;
    const BESIDE: f64 = 5.0;
    let near: Vec<f64> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            // Lines go from left to right; what is further off than counts need not be measured.
            let from = line.partition_point(|&(x, _)| x < place.left - ENOUGH);
            let distance = line[from..]
                .iter()
                .take_while(|&&(x, _)| x <= place.right + ENOUGH)
                .map(|&point| place.squared_distance(point))
                .fold(ENOUGH * ENOUGH, f64::min)
                .sqrt();
            if index == own {
                // Too far is as bad as too near.
                distance.min(BESIDE) - 0.5 * (distance - BESIDE).max(0.0)
            } else {
                distance.min(ENOUGH)
            }
        })
        .collect();
    let least = near.iter().copied().fold(f64::INFINITY, f64::min);
    10.0 * least.min(4.0) + near.iter().sum::<f64>()
}

/// How far off every dot a place is, capped: beside a dot is as good as far from it.
fn clearance(place: &Box, dots: &[(f64, f64)]) -> f64 {
    const ENOUGH: f64 = 6.0;
    let near = dots.iter().map(|&dot| place.squared_distance(dot));
    7.0 * near.fold(ENOUGH * ENOUGH, f64::min).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_clear_of_lines_of_dots_and_of_each_other() {
        let frame = Frame {
            left: 0.0,
            top: 0.0,
            width: 400.0,
            height: 200.0,
        };
        let flat =
            |y: f64| -> Vec<(f64, f64)> { (0..=100).map(|k| (4.0 * f64::from(k), y)).collect() };
        let lines = [flat(60.0), flat(100.0), flat(110.0)];
        let labels = [(0, "first"), (1, "second"), (2, "third")];
        let without_dots = place(&lines, &[], &labels, 12.0, frame);
        // A dot on each of them.
        let middle = |label: &Placed| (label.at.0 + 10.0, label.at.1);
        let dots: Vec<(f64, f64)> = without_dots.iter().map(middle).collect();
        let placed = place(&lines, &dots, &labels, 12.0, frame);
        assert_eq!((without_dots.len(), placed.len()), (3, 3));
        for label in without_dots.iter().chain(&placed) {
            for line in &lines {
                assert!((line[0].1 - label.at.1).abs() > 6.0, "{label:?}");
            }
        }
        for Placed { room, .. } in &placed {
            let [(left, top), (right, bottom)] = *room;
            let covers =
                |&(x, y): &(f64, f64)| (left..right).contains(&x) && (top..bottom).contains(&y);
            assert!(!dots.iter().any(covers), "{room:?}");
        }
    }
}
