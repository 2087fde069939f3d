//! The numbers at the handle, as they are read.

use super::Explorable;
use super::risks::Risks;
use crate::figure::{Reading, Readings, Subject, reading_of};
use crate::lazy::train::Regime;

/// The numbers at the handle of what is in front.
pub(super) fn readings(seen: &Explorable) -> Readings {
    let Risks {
        rho,
        neurons,
        dim,
        limit,
        exact,
        trained,
    } = seen.risks();
    let live = |regime: Regime| seen.run_at_handle(regime).and_then(|run| run.last(0));
    let trained = match &trained {
        Some(found) => [found.rf, found.nt, found.nn],
        None => [Regime::Rf, Regime::Nt, Regime::Nn].map(live),
    };
    let reading = |subject: Subject, name, note, limit, exact: Option<f64>| Reading {
        key: subject.key(),
        name,
        note,
        limit: reading_of(limit),
        exact: reading_of(exact),
        trained: String::new(),
    };
    let [rf, nt, nn] = trained.map(reading_of);
    let mut lines = vec![
        Reading {
            trained: rf,
            ..reading(
                Subject::RF,
                "RF",
                "random features",
                Some(limit.rf),
                exact.rf,
            )
        },
        reading(
            Subject::RF_ALIGNED,
            "RF aligned",
            "weights drawn in proportion to what is to be learnt",
            Some(limit.rf_aligned),
            exact.rf_aligned,
        ),
        Reading {
            // Only results know it.
            exact: if seen.shows_results() {
                reading_of(exact.rf_best)
            } else {
                String::new()
            },
            ..reading(
                Subject::RF_BEST,
                "RF best",
                "weights with the best covariance at this ρ",
                Some(limit.rf_best),
                None,
            )
        },
        Reading {
            trained: nt,
            ..reading(Subject::NT, "NT", "neural tangent", limit.nt, exact.nt)
        },
        Reading {
            trained: nn,
            ..reading(
                Subject::NN,
                "NN",
                "fully trained network",
                limit.nn,
                exact.nn,
            )
        },
    ];
    if seen.problem().mixture().is_some() {
        let note = "the best predictor of all";
        lines.push(reading(
            Subject::BAYES,
            "Bayes",
            note,
            limit.bayes,
            exact.bayes,
        ));
    }
    Readings {
        at: rho,
        place: format!("N = {neurons}"),
        limit: LIMIT,
        meaning: MEANING,
        exact: format!("d = {dim}"),
        lines,
    }
}

/// The column of limits, and what they are.
pub(super) const LIMIT: &str = "limit";
pub(super) const MEANING: &str = "for N, d → ∞ with N/d = ρ";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::LiveRun;
    use crate::lazy::figure::{FigureName, NetworkFacts};

    /// The risks at the handle are those of `risks`, and what is not trained is empty.
    #[test]
    fn lines_read_as_the_risks_are() {
        for name in FigureName::ALL {
            let mut figure = Explorable::new(name);
            let risks = figure.risks();
            let lines = readings(&figure).lines;
            assert_eq!(lines.len(), if risks.limit.bayes.is_some() { 6 } else { 5 });
            assert_eq!(lines[0].limit, format!("{:.4}", risks.limit.rf));
            assert_eq!(
                (lines[0].trained.as_str(), lines[1].trained.as_str()),
                ("–", "")
            );
            assert_eq!(lines[2].exact, "");
            assert_eq!(lines[3].exact, reading_of(risks.exact.nt));
            let is_network = |run: &&LiveRun<NetworkFacts>| run.facts().regime == Regime::Nn;
            let id = figure.plans().find(is_network).unwrap().id;
            figure.report(id, 100.0, &[0.25]);
            assert_eq!(readings(&figure).lines[4].trained, "0.2500");
        }
    }
}
