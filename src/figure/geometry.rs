//! Where the plot area lies in a picture; what is drawn and what is hit agree because both use it.

use super::Axis;

/// The plot area inside a picture, in CSS pixels from its top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Width, at least 1.
    pub width: f64,
    /// Height, at least 1.
    pub height: f64,
}

impl Frame {
    /// The area left by margins for ticks and axis labels.
    pub fn chart(width: f64, height: f64) -> Self {
        Self::within(width, height, [10.0, 14.0, 40.0, 46.0])
    }

    /// The picture less margins `[top, right, bottom, left]`.
    pub fn within(width: f64, height: f64, [top, right, bottom, left]: [f64; 4]) -> Self {
        Self {
            left,
            top,
            width: (width - left - right).max(1.0),
            height: (height - top - bottom).max(1.0),
        }
    }

    /// One of `count` plot areas side by side; in a narrow picture they stand below each other. How narrow,
    /// `www/style.js` knows too, which makes such a picture higher.
    /// `margins` are those of [`Frame::within`], for each.
    pub fn in_row(index: usize, count: usize, width: f64, height: f64, margins: [f64; 4]) -> Self {
        let (index, count) = (index as f64, count as f64);
        let (cell_width, cell_height, column, row) = if width >= 544.0 {
            (width / count, height, index, 0.0)
        } else {
            (width, height / count, 0.0, index)
        };
        let inner = Self::within(cell_width, cell_height, margins);
        Self {
            left: inner.left + column * cell_width,
            top: inner.top + row * cell_height,
            ..inner
        }
    }

    /// The horizontal pixel of a value.
    pub fn x(&self, axis: &Axis, value: f64) -> f64 {
        self.left + self.width * axis.unit(value)
    }

    /// The vertical pixel of a value; larger values are higher up.
    pub fn y(&self, axis: &Axis, value: f64) -> f64 {
        self.top + self.height * (1.0 - axis.unit(value))
    }

    /// The value at a horizontal pixel; beyond the edges, that of the edge.
    pub fn value_at_x(&self, axis: &Axis, x: f64) -> f64 {
        axis.value(((x - self.left) / self.width).clamp(0.0, 1.0))
    }

    /// The value at a vertical pixel; beyond the edges, that of the edge.
    pub fn value_at_y(&self, axis: &Axis, y: f64) -> f64 {
        axis.value((1.0 - (y - self.top) / self.height).clamp(0.0, 1.0))
    }

    /// Whether a point lies inside, or at most `slop` outside.
    pub fn contains(&self, x: f64, y: f64, slop: f64) -> bool {
        (self.left - slop..=self.left + self.width + slop).contains(&x)
            && (self.top - slop..=self.top + self.height + slop).contains(&y)
    }
}
