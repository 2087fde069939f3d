//! Tables of a document in Markdown, and numbers in their cells.

/// Rows of text under their heads.
pub struct MarkdownTable {
    text: String,
    rows: usize,
}

impl MarkdownTable {
    /// A table without rows.
    pub fn new<T: AsRef<str>>(heads: &[T]) -> Self {
        let rule = vec!["---"; heads.len()].join("|");
        let heads: Vec<&str> = heads.iter().map(AsRef::as_ref).collect();
        Self {
            text: format!("\n| {} |\n|{rule}|\n", heads.join(" | ")),
            rows: 0,
        }
    }

    /// Adds a row, with a cell for each head.
    pub fn row(&mut self, cells: &[String]) {
        self.rows += 1;
        self.text += "| ";
        self.text += &cells.join(" | ");
        self.text += " |\n";
    }

    /// The table; nothing where it has no rows.
    pub fn finish(self) -> String {
        if self.rows == 0 {
            String::new()
        } else {
            self.text
        }
    }
}

/// A risk to five decimals, more where these are all 0, or a dash.
pub fn risk(value: Option<f64>) -> String {
    match value {
        None => "–".to_owned(),
        Some(value) if is_tiny(value) => format!("{value:.1e}"),
        Some(value) => format!("{value:.5}"),
    }
}

/// A signed difference.
pub fn difference(value: Option<f64>) -> String {
    match value {
        None => "–".to_owned(),
        Some(value) if is_tiny(value) => format!("{value:+.1e}"),
        Some(value) => format!("{value:+.5}"),
    }
}

fn is_tiny(value: f64) -> bool {
    value != 0.0 && value.abs() < 5e-5
}

/// A value with its standard error.
pub fn with_error(value: f64, error: Option<f64>) -> String {
    match error {
        Some(error) => format!("{value:.5} ± {error:.5}"),
        None => format!("{value:.5}"),
    }
}

/// ρ.
pub fn rho(value: f64) -> String {
    format!("{value:.3}")
}
