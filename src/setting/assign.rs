//! Many settings at once: those that can be taken are, and each of the others is refused on its own.

use super::{About, Parameters, SettingError};

/// A value that was not taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The key that it was given for.
    pub key: String,
    /// Why.
    pub error: SettingError,
}

/// See [`Parameters::assign`].
pub(super) fn assign<S: Parameters>(
    settings: &S,
    values: &[(String, String)],
    accept: &mut dyn FnMut(S) -> Result<(), SettingError>,
) -> Vec<Refusal> {
    let refusal = |at: &(String, String), error| Refusal {
        key: at.0.clone(),
        error,
    };
    let mut refusals = Vec::new();
    let mut good = Vec::new();
    let mut all = settings.clone();
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
            let mut without = settings.clone();
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
    let mut taken = settings.clone();
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
