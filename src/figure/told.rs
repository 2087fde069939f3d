//! Charts in words and rows, for panels that have nothing more to say.

use super::{Line, Picture, Table};
use crate::numbers::significant;

/// Rows of a table.
const ROWS: usize = 12;

/// The lines that have labels, and what these are.
fn labelled(picture: &Picture) -> Vec<(&str, &Line)> {
    let lines = match picture {
        Picture::Chart(chart) => chart.lines.as_slice(),
        _ => &[],
    };
    let label = |line: &'_ Line| line.label.is_some();
    let lines = lines.iter().filter(|line| label(line));
    lines
        .map(|line| (line.label.as_deref().unwrap_or_default(), line))
        .collect()
}

/// Some points of each labelled line, or all neurons.
pub(super) fn table(picture: &Picture) -> Table {
    if let Picture::Arrows(arrows) = picture {
        return arrows.table();
    }
    let [x, y] = match picture {
        Picture::Chart(chart) => [&chart.x.label, &chart.y.label].map(Clone::clone),
        _ => ["x", "y"].map(str::to_owned),
    };
    let mut rows = Vec::new();
    for (label, line) in labelled(picture) {
        let gap = line.points.len().div_ceil(ROWS).max(1);
        for (at, value) in line.points.iter().step_by(gap) {
            let row = [
                label.to_owned(),
                significant(*at, 4),
                significant(*value, 4),
            ];
            rows.push(row.to_vec());
        }
    }
    let columns = vec!["line".to_owned(), x, y];
    Table { columns, rows }
}

/// What is on it.
pub(super) fn sentence(title: &str, picture: &Picture) -> String {
    let Picture::Chart(chart) = picture else {
        return format!("{title}.");
    };
    let labels: Vec<&str> = labelled(picture).iter().map(|line| line.0).collect();
    let at = chart.handle.first().map_or_else(String::new, |at| {
        format!("; the handle is at {}", significant(*at, 4))
    });
    format!("{title}: {}{at}.", labels.join(", "))
}
