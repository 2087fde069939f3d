//! The numbers at the handle, as they are read.

use super::Subject;
use super::explorable::Explorable;
use super::risks::Risks;
use super::runs::LiveRun;
use crate::train::Regime;

/// A line of the numbers at the handle.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Reading {
    /// The key of its subject, by which it is coloured.
    pub key: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What that is.
    pub note: &'static str,
    /// For N, d → ∞.
    pub limit: String,
    /// At this N and d, without training; empty where it is not computed here.
    pub exact: String,
    /// As trained so far; empty where nothing is trained.
    pub trained: String,
}

/// A risk with four decimals, or a dash. A risk of 1e-9 is 0 to the eye; one that grew without bound should not push a table
/// apart.
fn text(risk: Option<f64>) -> String {
    match risk {
        None => "–".to_owned(),
        Some(risk) if risk < 1000.0 => format!("{risk:.4}"),
        Some(risk) => format!("{risk:.1e}"),
    }
}

impl Explorable {
    /// The numbers at the handle of what is in front.
    pub fn readings(&self) -> Vec<Reading> {
        let Risks {
            limit,
            exact,
            trained,
            ..
        } = self.risks();
        let live = |regime: Regime| self.run_at_handle(regime).and_then(LiveRun::risk);
        let trained = match &trained {
            Some(found) => [found.rf, found.nt, found.nn],
            None => [Regime::Rf, Regime::Nt, Regime::Nn].map(live),
        };
        let reading = |subject: Subject, name, note, limit, exact: Option<f64>| Reading {
            key: subject.key(),
            name,
            note,
            limit: text(limit),
            exact: text(exact),
            trained: String::new(),
        };
        let [rf, nt, nn] = trained.map(text);
        let mut readings = vec![
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
                exact: if self.shows_results() {
                    text(exact.rf_best)
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
        if self.problem().mixture().is_some() {
            let note = "the best predictor of all";
            readings.push(reading(
                Subject::BAYES,
                "Bayes",
                note,
                limit.bayes,
                exact.bayes,
            ));
        }
        readings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::FigureName;

    #[test]
    fn a_risk_is_a_few_characters_whatever_it_is() {
        for (risk, expected) in [
            (None, "–"),
            (Some(0.123_449), "0.1234"),
            (Some(1e-9), "0.0000"),
            (Some(123_456.0), "1.2e5"),
        ] {
            assert_eq!(text(risk), expected);
        }
    }

    /// The risks at the handle are those of [`Explorable::risks`], and what is not trained is empty.
    #[test]
    fn lines_read_as_the_risks_are() {
        for name in FigureName::ALL {
            let mut figure = Explorable::new(name);
            let risks = figure.risks();
            let readings = figure.readings();
            assert_eq!(
                readings.len(),
                if risks.limit.bayes.is_some() { 6 } else { 5 }
            );
            assert_eq!(readings[0].limit, format!("{:.4}", risks.limit.rf));
            assert_eq!(
                (readings[0].trained.as_str(), readings[1].trained.as_str()),
                ("–", "")
            );
            assert_eq!(readings[2].exact, "");
            assert_eq!(readings[3].exact, text(risks.exact.nt));
            let plans = figure.plans();
            let plan = plans
                .iter()
                .find(|plan| plan.settings.regime == Regime::Nn)
                .unwrap();
            figure.report(plan.id, 100.0, 0.25);
            assert_eq!(figure.readings()[4].trained, "0.2500");
        }
    }
}
