//! What holds for every row of the table.

use crate::lazy::setting::{ProblemName, Settings};
use crate::setting::{Parameters, Scope};
use proptest::prelude::*;

const SCOPES: [Scope; 6] = [
    Scope::RISK,
    Scope::EXACT,
    Scope::TRAIN,
    Scope::PAGE,
    Scope::ACTIVATION_PAGE,
    Scope::PAGE.of(ProblemName::Mixture),
];

#[test]
fn every_default_can_be_read_back() {
    for scope in SCOPES {
        let settings = Settings::new(scope);
        let json = settings.to_json(true);
        assert_eq!(Settings::from_json(scope, &json).unwrap(), settings);
        assert!(settings.to_json(false).is_empty());
    }
}

#[test]
fn keys_are_unique_within_a_scope() {
    for scope in SCOPES {
        let mut keys: Vec<&str> = Settings::TABLE
            .iter()
            .filter(|parameter| parameter.scope.contains(scope))
            .map(|parameter| parameter.key)
            .collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }
}

#[test]
fn refusals_are_one_sentence_with_field_value_and_range() {
    for (key, text, message) in [
        (
            "dim",
            "0",
            "dim is “0”, but must be auto, or a whole number from 1 to 10000",
        ),
        (
            "seed",
            "-1",
            "seed is “-1”, but must be a whole number from 0 to 9007199254740991",
        ),
        (
            "step-size",
            "NaN",
            "step-size is “NaN”, but must be auto, or a number from 0.000000000001 to 1000000",
        ),
        (
            "batch",
            "",
            "batch is “”, but must be a whole number from 1 to 100000",
        ),
        (
            "schedule",
            "Linear",
            "schedule is “Linear”, but must be one of linear, constant, published",
        ),
        (
            "spectrum",
            "1 2\n3 4",
            "spectrum cannot be used: entries (2, 1) and (1, 2) differ by 1, with a largest entry of 4; the matrix must be symmetric, to 10⁻⁶ of that",
        ),
        ("nonsense", "1", "there is no setting “nonsense”"),
    ] {
        let before = Settings::new(Scope::TRAIN);
        let mut settings = before.clone();
        let error = settings.set(key, text).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(settings, before);
    }
    let long = "x".repeat(100_000);
    let error = Settings::new(Scope::TRAIN)
        .set("regime", &long)
        .unwrap_err();
    assert!(error.to_string().len() < 200);
}

proptest! {
    /// What is accepted is written in a form that is accepted, with the same value.
    #[test]
    fn accepted_values_round_trip(
        index in 0..Settings::TABLE.len(),
        text in "auto|[0-9]{1,17}|-?[0-9]{0,4}\\.?[0-9]{0,4}(e-?[0-9]{1,3})?|[0-9]\\.[0-9](,[0-9]{1,3}){0,30}|[a-z-]{0,12}(:[0-9.]{1,4})?|\\PC{0,60}|NaN|inf",
    ) {
        let parameter = &Settings::TABLE[index];
        for scope in SCOPES.into_iter().filter(|scope| parameter.scope.contains(*scope)) {
            let mut settings = Settings::new(scope);
            match settings.set(parameter.key, &text) {
                Ok(()) => {
                    let written = settings.get(parameter.key).unwrap();
                    let mut again = Settings::new(scope);
                    again.set(parameter.key, &written).unwrap();
                    prop_assert_eq!(again, settings);
                }
                Err(error) => {
                    prop_assert_eq!(error.key(), Some(parameter.key));
                    prop_assert!(!error.to_string().contains('\n'));
                    prop_assert_eq!(settings, Settings::new(scope));
                }
            }
        }
    }
}
