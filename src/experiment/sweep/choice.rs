//! The best of several step sizes.

/// What the runs of one network at several step sizes have come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BestStep {
    /// Which of the runs has the least risk at its end.
    pub index: usize,
    /// Whether it is the smallest or the largest step size of those tried, so that another one
    /// beyond might be better still. The largest of those that did not diverge is no edge if a
    /// larger one did.
    pub at_edge: bool,
}

/// The run of least final risk among `(step size, final risk)`, none for a risk of a run that
/// diverged. `None` if all did, or there are no runs.
pub fn best(runs: &[(f64, Option<f64>)]) -> Option<BestStep> {
    let known = |index: &usize| runs[*index].1.filter(|risk| risk.is_finite());
    let (index, _) = (0..runs.len())
        .filter_map(|index| Some((index, known(&index)?)))
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    let size = runs[index].0;
    let is_smallest = runs.iter().all(|run| run.0 >= size);
    let is_largest = runs.iter().all(|run| run.0 <= size);
    Some(BestStep {
        index,
        at_edge: is_smallest || is_largest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_risk_is_chosen_and_edges_are_seen() {
        let runs = [(0.5, Some(0.3)), (1.0, Some(0.2)), (2.0, None)];
        let choice = best(&runs).unwrap();
        assert_eq!((choice.index, choice.at_edge), (1, false));
        let choice = best(&runs[..2]).unwrap();
        assert_eq!((choice.index, choice.at_edge), (1, true));
        assert_eq!(best(&[(1.0, None), (2.0, Some(f64::NAN))]), None);
        assert_eq!(best(&[]), None);
    }
}
