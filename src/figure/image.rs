//! Pictures of pixels.

/// Colours row by row, four bytes a pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Pixels in a row.
    pub width: usize,
    /// Red, green, blue, opacity.
    pub rgba: Vec<u8>,
}
