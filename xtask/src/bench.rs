//! What a step costs here and elsewhere: measured side by side, so that the machine's moods meet all alike.

pub(crate) mod browser;
pub(crate) mod cluster;
pub(crate) mod document;
pub(crate) mod exact;
pub(crate) mod forms;
pub(crate) mod machine;
pub(crate) mod native;
mod peers;
mod program;
mod rows;
mod trace;

/// How much is measured, and when.
pub(crate) struct Measuring {
    /// Times that each mode of each side has its turn.
    pub(crate) rounds: usize,
    /// Seconds of a turn.
    pub(crate) seconds: f64,
}

/// The middle one, or the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 {
        values[half]
    } else {
        f64::midpoint(values[half - 1], values[half])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < 1e-12);
        assert!((median(vec![4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < 1e-12);
    }
}
