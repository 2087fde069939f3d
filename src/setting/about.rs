//! What values are about, so that nobody lists parameters: what is compared, copied and forgotten follows from the table.

use serde::Serialize;

use super::{Parameter, Settings, TABLE, table};

/// What a value is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// What is to be learnt, before its eigenvalues are edited.
    Target,
    /// Edits of its eigenvalues.
    Edits,
    /// Features that are not trained: their weights and activation.
    Features,
    /// What is trained, from where and on what.
    Training,
    /// How long and how fast.
    Pace,
    /// Where one looks: at which width.
    Place,
    /// How it is drawn, and whose runs.
    View,
}

impl About {
    /// All that decides what is to be learnt.
    pub const PROBLEM: &[Self] = &[Self::Target, Self::Edits];
    /// All that decides only where one looks, and how that is drawn.
    pub const LOOKING: &[Self] = &[Self::Place, Self::View];
}

impl Settings {
    /// The parameters that these settings have, of those that are about one of `about`.
    fn rows<'a>(&self, about: &'a [About]) -> impl Iterator<Item = &'static Parameter> + use<'a> {
        let scope = self.scope();
        TABLE
            .iter()
            .filter(move |row| row.scope.contains(scope) && about.contains(&row.about))
    }

    /// What the parameter of that key is about; none for an unknown one.
    pub fn about(&self, key: &str) -> Option<About> {
        table::find(self.scope(), key).map(|row| row.about)
    }

    /// Whether the two are about the same problem and have the same values of all that is about one of `about`.
    pub fn agrees(&self, other: &Self, about: &[About]) -> bool {
        let mut rows = self.rows(about);
        self.problem_name() == other.problem_name()
            && rows.all(|row| (row.read)(self) == (row.read)(other))
    }

    /// Takes over the values of `other` of all that is about one of `about`, as far as these settings have it.
    pub fn copy(&mut self, other: &Self, about: &[About]) {
        for row in self.rows(about) {
            (row.write)(self, (row.read)(other));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setting::{ProblemName, Scope};

    const ALL: [About; 7] = [
        About::Target,
        About::Edits,
        About::Features,
        About::Training,
        About::Pace,
        About::Place,
        About::View,
    ];

    /// Another value than the default, of every parameter of a scope.
    fn changed(scope: Scope) -> Vec<(&'static Parameter, Settings)> {
        let defaults = Settings::new(scope);
        let rows = TABLE.iter().filter(|row| row.scope.contains(scope));
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
}
