//! Many settings at once: those that can be taken are, and each of the others is refused on its own.

use super::{About, SettingError, Settings};

/// A value that was not taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The key that it was given for.
    pub key: String,
    /// Why.
    pub error: SettingError,
}

impl Settings {
    /// Sets each of `values`, pairs of a key and a text, over these settings, which stay as they are. Of several values of
    /// a key the last counts.
    ///
    /// Values that are each of their kind may still make no problem together, which `accept` finds out: it is called with
    /// settings until it has taken some. Then the one value is refused without which the others are taken, first of all
    /// the one that `accept` complains of; where there is no such value, each is tried after those taken before it.
    ///
    /// Returns what was refused; what `accept` has taken last are the settings to be used.
    pub fn assign(
        &self,
        values: &[(String, String)],
        accept: &mut dyn FnMut(Settings) -> Result<(), SettingError>,
    ) -> Vec<Refusal> {
        let refusal = |at: &(String, String), error| Refusal {
            key: at.0.clone(),
            error,
        };
        let mut refusals = Vec::new();
        let mut good = Vec::new();
        let mut all = self.clone();
        for value in values {
            match all.set(&value.0, &value.1) {
                Ok(()) => good.push(value),
                Err(error) => refusals.push(refusal(value, error)),
            }
        }
        let Err(error) = accept(all.clone()) else {
            return refusals;
        };
        for is_blamed in [true, false] {
            for suspect in (0..good.len()).rev() {
                if (error.key() == Some(&good[suspect].0)) != is_blamed {
                    continue;
                }
                let mut without = self.clone();
                for (at, (key, text)) in good.iter().enumerate() {
                    if at != suspect {
                        // They are all of their kind.
                        let _ = without.set(key, text);
                    }
                }
                if !without.agrees(&all, About::PROBLEM) && accept(without).is_ok() {
                    refusals.push(refusal(good[suspect], error));
                    return refusals;
                }
            }
        }
        // None of them at all is settings too.
        let mut taken = self.clone();
        let _ = accept(taken.clone());
        for value in good {
            let mut next = taken.clone();
            let _ = next.set(&value.0, &value.1);
            match accept(next.clone()) {
                Ok(()) => taken = next,
                Err(error) => refusals.push(refusal(value, error)),
            }
        }
        refusals
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setting::{ProblemName, Scope};

    /// What is refused of these values, and the settings that come of the others.
    fn assigned(scope: Scope, values: &[(&str, &str)]) -> (Vec<Refusal>, Settings) {
        over(&Settings::new(scope), values)
    }

    fn over(base: &Settings, values: &[(&str, &str)]) -> (Vec<Refusal>, Settings) {
        let values: Vec<_> = values
            .iter()
            .map(|&(key, text)| (key.to_owned(), text.to_owned()))
            .collect();
        let mut taken = base.clone();
        let refusals = base.assign(&values, &mut |settings| {
            settings.problem()?;
            taken = settings;
            Ok(())
        });
        (refusals, taken)
    }

    fn keys(refusals: &[Refusal]) -> Vec<&str> {
        refusals
            .iter()
            .map(|refusal| refusal.key.as_str())
            .collect()
    }

    /// The values of `expected`, all else being at its default.
    fn settings(scope: Scope, expected: &[(&str, &str)]) -> Settings {
        let mut settings = Settings::new(scope);
        for (key, text) in expected {
            settings.set(key, text).unwrap();
        }
        settings
    }

    #[test]
    fn each_bad_value_is_refused_alone() {
        let scope = Scope::PAGE;
        for (values, refused, taken) in [
            (
                &[
                    ("rho", "abc"),
                    ("seed", "5"),
                    ("colour", "red"),
                    ("mix", "7"),
                ][..],
                &["rho", "colour", "mix"][..],
                &[("seed", "5")][..],
            ),
            // Numbers, but no target.
            (
                &[("spectrum", "0,0"), ("seed", "5")],
                &["spectrum"],
                &[("seed", "5")],
            ),
            // The sentence is about the spectrum, but it is a good one.
            (
                &[("spectrum", "2,1"), ("multipliers", "0,0"), ("seed", "5")],
                &["multipliers"],
                &[("spectrum", "2,1"), ("seed", "5")],
            ),
            (
                &[("dim", "5"), ("spectrum", "3,2,1"), ("seed", "5")],
                &["dim"],
                &[("spectrum", "3,2,1"), ("seed", "5")],
            ),
            (&[("rho", "1"), ("rho", "2")], &[], &[("rho", "2")]),
        ] {
            let (refusals, settled) = assigned(scope, values);
            assert_eq!(keys(&refusals), refused, "{values:?}");
            assert_eq!(settled, settings(scope, taken), "{values:?}");
        }
    }

    #[test]
    fn what_contradicts_a_setting_of_before_is_refused() {
        let base = settings(Scope::PAGE, &[("dim", "5")]);
        let values = [("spectrum", "3,2,1"), ("seed", "5")];
        let (refusals, taken) = over(&base, &values);
        assert_eq!(keys(&refusals), ["spectrum"]);
        assert_eq!(
            refusals[0].error.to_string(),
            "dim is 5, but spectrum has dimension 3; leave dim out or make them equal"
        );
        assert_eq!(taken, settings(Scope::PAGE, &[("dim", "5"), ("seed", "5")]));
        // Together with what makes room for it, it is taken, whatever the order.
        for values in [
            [("spectrum", "3,2,1"), ("dim", "auto")],
            [("dim", "3"), ("spectrum", "3,2,1")],
        ] {
            assert!(over(&base, &values).0.is_empty());
        }
    }

    #[test]
    fn several_matrices_that_make_no_problem_are_each_refused() {
        let scope = Scope::PAGE.of(ProblemName::Mixture);
        // Σ has a negative eigenvalue; Δ is 0, so that nothing is to be learnt.
        let values = [("delta", "0,0"), ("sigma", "1,-1"), ("seed", "5")];
        let (refusals, taken) = assigned(scope, &values);
        assert_eq!(keys(&refusals), ["delta", "sigma"]);
        assert_eq!(taken, settings(scope, &[("seed", "5")]));
    }
}
