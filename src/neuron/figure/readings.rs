//! The numbers at the handle.

use super::Seen;
use super::subject::{ANY_FEATURES, FEATURES, TANGENT, TRAINED};
use crate::figure::{KeyedNumbers, Reading, Readings, Subject};
use crate::numbers::significant;

/// A number with three digits, or a dash: as short as the column is wide.
fn said(value: Option<f64>) -> String {
    match value {
        None => "–".to_owned(),
        Some(value) if value > 0.0 && value < 1e-3 => {
            let power = value.log10().floor();
            format!("{:.2}e{power}", value / 10_f64.powf(power))
        }
        Some(value) => significant(value, 3),
    }
}

/// The numbers at the handle, as they are read.
pub(super) fn readings(seen: &Seen) -> Readings {
    let scene = &seen.scene;
    let r = seen.features();
    let none = String::new;
    let line = |subject: Subject, note, limit, exact, trained| Reading {
        key: subject.key(),
        name: subject.name(),
        note,
        limit,
        exact,
        trained,
    };
    let needed = |key, name, note, needed| Reading {
        key,
        name,
        note,
        limit: said(needed),
        exact: none(),
        trained: none(),
    };
    let [any, random] = scene.needed;
    let trained = seen.trained().map(|trained| trained.1);
    let lines = vec![
        line(
            FEATURES,
            "r random ReLU features and a constant, the best of their combinations",
            said(scene.random(r)),
            said(seen.drawn(r)),
            none(),
        ),
        line(
            ANY_FEATURES,
            "r fixed features of any kind and a constant, on average over directions of the target: at least",
            said(Some(scene.least(r))),
            none(),
            none(),
        ),
        line(
            TANGENT,
            "tangent features of as many parameters, d a neuron",
            said(seen.tangent()),
            none(),
            none(),
        ),
        line(
            TRAINED,
            "one neuron, trained by SGD",
            "0".to_owned(),
            none(),
            said(trained),
        ),
        needed(
            "rf-needed",
            "1/50, RF",
            "how many random features have an error of 1/50 for a target of this norm",
            random,
        ),
        needed(
            "any-needed",
            "1/50, any",
            "how many fixed features of any kind it takes at least",
            any,
        ),
    ];
    Readings {
        at: r,
        place: format!("{} × d", significant(r / seen.settings().dim, 3)),
        limit: "mean",
        meaning: "over draws, by a formula",
        exact: format!("d = {}", seen.whole_dim()),
        lines,
    }
}

/// The numbers at the handle, as scripts read them.
pub(super) fn numbers(seen: &Seen) -> KeyedNumbers {
    let scene = &seen.scene;
    let settings = seen.settings();
    let r = seen.features();
    let [any, random] = scene.needed;
    let mut all = KeyedNumbers::of(&[
        ("features", Some(r)),
        ("dim", Some(settings.dim)),
        ("norm", Some(settings.norm)),
        ("bias", Some(settings.bias)),
    ]);
    all.add(
        "limit",
        KeyedNumbers::of(&[
            ("rf", scene.random(r)),
            ("any", Some(scene.least(r))),
            ("nt", seen.tangent()),
        ]),
    );
    all.add("exact", KeyedNumbers::of(&[("rf", seen.drawn(r))]));
    let trained = seen.trained().map(|trained| trained.1);
    all.add("trained", KeyedNumbers::of(&[("nn", trained)]));
    all.add(
        "threshold",
        KeyedNumbers::of(&[
            ("risk", Some(scene.threshold)),
            ("any", any),
            ("rf", random),
        ]),
    );
    all
}

impl Seen {
    /// The mean risk of as many features as are at the handle, if these were drawn.
    fn drawn(&self, features: f64) -> Option<f64> {
        let drawn = self.answer()?.features.iter();
        let mut drawn = drawn.filter(|drawn| drawn.features.total_cmp(&features).is_eq());
        Some(drawn.next()?.mean).filter(|risk| risk.is_finite())
    }

    /// The expected risk of the tangent with as many parameters.
    fn tangent(&self) -> Option<f64> {
        let neurons = self.features() / self.settings().dim;
        self.scene.tangent.as_ref()?.risk(neurons)
    }
}
