//! Colours: Okabe and Ito's palette, which the colour-blind can tell apart, on light and dark.

use plotters::style::RGBColor;

use crate::figure::Hue;

/// A set of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    is_dark: bool,
    ground: RGBColor,
    ink: RGBColor,
    grid: RGBColor,
    bar: RGBColor,
    vermilion: RGBColor,
    blue: RGBColor,
    green: RGBColor,
}

impl Theme {
    /// Dark ink on white.
    pub const LIGHT: Self = Self {
        is_dark: false,
        ground: RGBColor(255, 255, 255),
        ink: RGBColor(60, 64, 72),
        grid: RGBColor(228, 230, 234),
        bar: RGBColor(214, 218, 224),
        vermilion: RGBColor(213, 94, 0),
        blue: RGBColor(0, 114, 178),
        green: RGBColor(0, 158, 115),
    };

    /// Light ink on near black.
    pub const DARK: Self = Self {
        is_dark: true,
        ground: RGBColor(23, 25, 30),
        ink: RGBColor(200, 204, 212),
        grid: RGBColor(50, 54, 62),
        bar: RGBColor(66, 71, 82),
        vermilion: RGBColor(240, 130, 50),
        blue: RGBColor(86, 180, 233),
        green: RGBColor(40, 190, 145),
    };

    /// Black on white without shades, for forced colours.
    pub const CONTRAST: Self = Self {
        ink: RGBColor(0, 0, 0),
        grid: RGBColor(160, 160, 160),
        bar: RGBColor(190, 190, 190),
        ..Self::LIGHT
    };

    /// The theme `light`, `dark` or `forced`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "light" => Some(Self::LIGHT),
            "dark" => Some(Self::DARK),
            "forced" => Some(Self::CONTRAST),
            _ => None,
        }
    }

    /// Gives `ground`, `ink`, `grid`, `bar`, `vermilion`, `blue` or `green` another colour, `0xrrggbb`; there are no others.
    pub fn paint(&mut self, name: &str, colour: u32) {
        let place = match name {
            "ground" => &mut self.ground,
            "ink" => &mut self.ink,
            "grid" => &mut self.grid,
            "bar" => &mut self.bar,
            "vermilion" => &mut self.vermilion,
            "blue" => &mut self.blue,
            "green" => &mut self.green,
            _ => return,
        };
        let [_, red, green, blue] = colour.to_be_bytes();
        *place = RGBColor(red, green, blue);
    }

    /// Whether ink is light and the ground dark.
    pub const fn is_dark(self) -> bool {
        self.is_dark
    }

    /// The ground everything stands on.
    pub(super) const fn ground(self) -> RGBColor {
        self.ground
    }

    /// Text and axes.
    pub(super) const fn ink(self) -> RGBColor {
        self.ink
    }

    /// Grid lines and the outlines of bars.
    pub(super) const fn grid(self) -> RGBColor {
        self.grid
    }

    /// The bars of the spectrum itself.
    pub(super) const fn bar(self) -> RGBColor {
        self.bar
    }

    /// The colour of a hue.
    pub(super) const fn hue(self, hue: Hue) -> RGBColor {
        match hue {
            Hue::Text => self.ink,
            Hue::Vermilion => self.vermilion,
            Hue::Blue => self.blue,
            Hue::Green => self.green,
        }
    }
}
