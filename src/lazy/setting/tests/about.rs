//! What values are about.

use crate::lazy::setting::{ProblemName, Settings};
use crate::setting::{About, Parameter, Parameters, Scope};

const ALL: [About; 9] = [
    About::Target,
    About::Edits,
    About::Features,
    About::Training,
    About::Pace,
    About::Step,
    About::Place,
    About::Dial,
    About::View,
];

/// Another value than the default, of every parameter of a scope.
fn changed(scope: Scope) -> Vec<(&'static Parameter<Settings>, Settings)> {
    let defaults = Settings::new(scope);
    let rows = Settings::TABLE
        .iter()
        .filter(|row| row.scope.contains(scope));
    rows.map(|row| {
        let texts = [
            "3",
            "0.25",
            "1,2",
            "identity",
            "flat",
            "random",
            "quantile",
            "relu",
            "tanh",
            "rf",
            "constant",
            "published",
            "fixed",
            "parameters",
            "linear",
            "live",
        ];
        let other = texts.iter().find_map(|text| {
            let mut settings = defaults.clone();
            settings.set(row.key, text).ok()?;
            (settings != defaults).then_some(settings)
        });
        (
            row,
            other.unwrap_or_else(|| panic!("{} has no other value", row.key)),
        )
    })
    .collect()
}

#[test]
fn a_value_counts_where_it_is_asked_for_and_nowhere_else() {
    for scope in [
        Scope::TRAIN,
        Scope::EXACT.of(ProblemName::Mixture),
        Scope::PAGE.of(ProblemName::Mixture),
        Scope::ACTIVATION_PAGE,
    ] {
        let defaults = Settings::new(scope);
        for (row, settings) in changed(scope) {
            for about in ALL {
                let is_asked = about == row.about;
                assert_eq!(
                    settings.agrees(&defaults, &[about]),
                    !is_asked,
                    "{}",
                    row.key
                );
                let mut copy = defaults.clone();
                copy.copy(&settings, &[about]);
                assert_eq!(copy == settings, is_asked, "{}", row.key);
            }
            assert!(!settings.agrees(&defaults, &ALL), "{}", row.key);
        }
    }
}

#[test]
fn another_problem_agrees_about_nothing() {
    let (one, other) = (Scope::TRAIN, Scope::TRAIN.of(ProblemName::Mixture));
    assert!(!Settings::new(one).agrees(&Settings::new(other), &[]));
}
