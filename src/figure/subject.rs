//! What a line, dot or bar stands for, and how that looks everywhere.

use std::fmt;

/// A colour by its place in the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hue {
    /// That of text and axes.
    Text,
    /// Vermilion: of the first paper, random features.
    Vermilion,
    /// Blue: of the first paper, the neural tangent.
    Blue,
    /// Green: of the first paper, the trained network.
    Green,
}

/// The shape of a dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marker {
    /// A circle.
    Circle,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle on its side.
    Triangle,
}

/// The pattern of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dash {
    /// None.
    Solid,
    /// Long dashes.
    Long,
    /// Dots.
    Dotted,
    /// Dashes and dots in turn.
    DashDot,
}

/// How something looks: hue, shape and pattern, so that no two things are told apart by colour alone. Charts know inks; only
/// parts know subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ink {
    /// Its colour.
    pub hue: Hue,
    /// Its dots.
    pub marker: Marker,
    /// Its lines.
    pub dash: Dash,
}

/// What a line, dot or bar stands for: one of a few that there are, each the same only as itself.
#[derive(Clone, Copy)]
pub struct Subject(&'static Traits);

/// What is known of a subject.
pub struct Traits {
    /// Its name in data and style sheets.
    pub key: &'static str,
    /// What it is called in tables and keys.
    pub name: &'static str,
    /// How it looks.
    pub ink: Ink,
}

impl Traits {
    /// What is known of a subject.
    pub const fn new(
        key: &'static str,
        name: &'static str,
        hue: Hue,
        marker: Marker,
        dash: Dash,
    ) -> Self {
        let ink = Ink { hue, marker, dash };
        Self { key, name, ink }
    }
}

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Subject {}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl Subject {
    /// The subject of these traits: the place of a static is what tells it from others.
    pub const fn new(traits: &'static Traits) -> Self {
        Self(traits)
    }

    /// Its name in data and style sheets.
    pub const fn key(self) -> &'static str {
        self.0.key
    }

    /// What it is called in tables and keys.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// How it looks.
    pub const fn ink(self) -> Ink {
        self.0.ink
    }
}
