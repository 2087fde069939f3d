//! Dashed lines as the pieces they are made of.

/// Lengths drawn and left out in turn, in CSS pixels; empty for a solid line.
pub(super) type Pattern = &'static [f64];

/// The drawn pieces of a polyline.
pub(super) fn pieces(points: &[(f64, f64)], pattern: Pattern) -> Vec<Vec<(f64, f64)>> {
    if pattern.is_empty() || points.len() < 2 {
        return vec![points.to_vec()];
    }
    let mut out = Vec::new();
    let mut piece = vec![points[0]];
    let (mut index, mut left) = (0, pattern[0]);
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let length = (x1 - x0).hypot(y1 - y0);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let t = done / length;
            let at = (x0 + t * (x1 - x0), y0 + t * (y1 - y0));
            if index % 2 == 0 {
                piece.push(at);
                out.push(std::mem::take(&mut piece));
            } else {
                piece = vec![at];
            }
            index = (index + 1) % pattern.len();
            left = pattern[index];
        }
        left -= length - done;
        if index % 2 == 0 {
            piece.push((x1, y1));
        }
    }
    if piece.len() > 1 {
        out.push(piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_follow_the_pattern_around_corners() {
        let line = [(0.0, 0.0), (5.0, 0.0), (5.0, 5.0)];
        let dashes = pieces(&line, &[4.0, 2.0]);
        assert_eq!(
            dashes,
            [vec![(0.0, 0.0), (4.0, 0.0)], vec![(5.0, 1.0), (5.0, 5.0)],]
        );
    }

    #[test]
    fn a_solid_line_is_one_piece() {
        assert_eq!(pieces(&[(0.0, 0.0), (1.0, 1.0)], &[]).len(), 1);
        assert_eq!(pieces(&[(0.0, 0.0)], &[1.0, 1.0]).len(), 1);
    }
}
