//! Many settings at once.

use crate::lazy::setting::{ProblemName, Settings};
use crate::setting::{Parameters, Refusal, Scope};

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
