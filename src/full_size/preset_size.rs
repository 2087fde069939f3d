//! How large a figure is to be.

/// How large a figure is to be: the names of `--preset`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresetSize {
    /// The paper's sizes.
    Paper,
    /// Everything small, in less than a minute.
    Quick,
}

impl PresetSize {
    /// The size of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "paper" => Some(Self::Paper),
            "quick" => Some(Self::Quick),
            _ => None,
        }
    }

    /// What `--preset` says, which knows no other names.
    pub fn of_option(name: &str) -> Self {
        Self::from_name(name).unwrap_or(Self::Paper)
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Quick => "quick",
        }
    }
}
