//! Settings: values of the parameters in a table.

use std::hash::{Hash, Hasher};

use serde_json::{Map, Value as Json};

use super::{About, Parameter, Refusal, Row, Scope, SettingError, assign, hash, kind, text};

/// Settings of a part: a value for each parameter of its table, and what they are for. A part brings the first three items;
/// all else follows from the table, and is the same for every part.
///
/// ```
/// use lazy_limits::setting::{About, Control, Kind, Parameter, Parameters, Row, Scope, Value};
///
/// #[derive(Clone, PartialEq)]
/// struct Walk {
///     scope: Scope,
///     steps: u64,
/// }
///
/// impl Parameters for Walk {
///     const TABLE: &'static [Parameter<Self>] = &[Parameter {
///         row: Row {
///             key: "steps",
///             label: "Steps",
///             kind: Kind::Integer { min: 1, max: 1000 },
///             scope: Scope::TRAIN.and(Scope::PAGE),
///             about: About::Pace,
///             control: Control::First,
///             help: "Steps of the walk",
///         },
///         read: |walk| Value::Integer(walk.steps),
///         write: |walk, value| walk.steps = value.integer().unwrap_or(1),
///     }];
///     fn new(scope: Scope) -> Self {
///         Self { scope, steps: 100 }
///     }
///     fn scope(&self) -> Scope {
///         self.scope
///     }
/// }
///
/// let mut walk = Walk::new(Scope::PAGE);
/// walk.set("steps", "7")?;
/// assert_eq!(walk.to_hash(), "v=1&steps=7");
/// let refused = walk.set("steps", "0").unwrap_err();
/// assert_eq!(refused.to_string(), "steps is “0”, but must be a whole number from 1 to 1000");
/// # Ok::<(), lazy_limits::setting::SettingError>(())
/// ```
pub trait Parameters: Clone + PartialEq + Send + Sized + 'static {
    /// Every parameter, in the order of help pages and of the page’s controls.
    const TABLE: &'static [Parameter<Self>];

    /// The defaults there.
    fn new(scope: Scope) -> Self;

    /// What they are for: parameters that it does not have stay at their defaults.
    fn scope(&self) -> Scope;

    /// The parameter of that key.
    fn parameter(&self, key: &str) -> Option<&'static Parameter<Self>> {
        let scope = self.scope();
        let mut rows = Self::TABLE.iter();
        rows.find(|row| row.key == key && row.scope.contains(scope))
    }

    /// The parameters that settings of a scope have.
    fn rows(scope: Scope) -> impl Iterator<Item = &'static Row> {
        let rows = Self::TABLE.iter().map(|parameter| &parameter.row);
        rows.filter(move |row| row.scope.contains(scope))
    }

    /// Sets the parameter `key` to the value written as `text`. On an error nothing changes.
    ///
    /// # Errors
    /// A key unknown in the scope, or a value that is not allowed.
    fn set(&mut self, key: &str, text: &str) -> Result<(), SettingError> {
        let parameter = self.parameter(key).ok_or_else(|| SettingError::Unknown {
            key: kind::shortened(key),
        })?;
        let value = parameter.kind.parse(parameter.key, text.trim())?;
        (parameter.write)(self, value);
        Ok(())
    }

    /// The value of `key` as [`set`](Self::set) would read it; `None` for an unknown key.
    fn get(&self, key: &str) -> Option<String> {
        let parameter = self.parameter(key)?;
        Some((parameter.read)(self).to_string())
    }

    /// The settings as a flat JSON object: numbers as numbers, all else as strings. `all` includes those at their defaults.
    fn to_json(&self, all: bool) -> Map<String, Json> {
        let defaults = Self::new(self.scope());
        // One by one: to collect a map takes a sort, and each sort is kilobytes of what a browser loads.
        let mut object = Map::new();
        for parameter in Self::TABLE {
            if parameter.scope.contains(self.scope()) {
                let value = (parameter.read)(self);
                if all || value != (parameter.read)(&defaults) {
                    object.insert(parameter.key.to_owned(), value.to_json());
                }
            }
        }
        object
    }

    /// The default settings of `scope` changed by a flat JSON object, as [`to_json`](Self::to_json) makes it.
    ///
    /// # Errors
    /// Any value that is neither string nor number, any unknown key, any value not allowed.
    fn from_json(scope: Scope, object: &Map<String, Json>) -> Result<Self, SettingError> {
        let mut settings = Self::new(scope);
        settings.set_json(object)?;
        Ok(settings)
    }

    /// Sets the parameters of a flat JSON object, one after the other.
    ///
    /// # Errors
    /// The first refusal; what came before it has been set.
    fn set_json(&mut self, object: &Map<String, Json>) -> Result<(), SettingError> {
        for (key, value) in object {
            match text(key, value) {
                Ok(text) => self.set(key, &text)?,
                Err(_) if self.parameter(key).is_none() => {
                    let key = kind::shortened(key);
                    return Err(SettingError::Unknown { key });
                }
                Err(refused) => return Err(refused),
            }
        }
        Ok(())
    }

    /// The settings as a hash without `#`.
    fn to_hash(&self) -> String {
        hash::of(self.to_json(false))
    }

    /// Sets each of `values`, pairs of a key and a text, over these settings, which stay as they are. Of several values of
    /// a key the last counts.
    ///
    /// Values that are each of their kind may still make no problem together, which `accept` finds out: it is called with
    /// settings until it has taken some. Then the one value is refused without which the others are taken, first of all
    /// the one that `accept` complains of; where there is no such value, each is tried after those taken before it.
    ///
    /// Returns what was refused; what `accept` has taken last are the settings to be used.
    fn assign(
        &self,
        values: &[(String, String)],
        accept: &mut dyn FnMut(Self) -> Result<(), SettingError>,
    ) -> Vec<Refusal> {
        assign::assign(self, values, accept)
    }

    /// What the parameter of that key is about; none for an unknown one.
    fn about(&self, key: &str) -> Option<About> {
        self.parameter(key).map(|row| row.about)
    }

    /// Whether the two are about the same problem and have the same values of all that is about one of `about`.
    fn agrees(&self, other: &Self, about: &[About]) -> bool {
        self.scope().problems() == other.scope().problems()
            && self
                .parameters_about(about)
                .all(|row| (row.read)(self) == (row.read)(other))
    }

    /// Takes over the values of `other` of all that is about one of `about`, as far as these settings have it.
    fn copy(&mut self, other: &Self, about: &[About]) {
        for row in self.parameters_about(about) {
            (row.write)(self, (row.read)(other));
        }
    }

    /// Hashes the same for all settings that [agree](Self::agrees) about that.
    fn hash_about(&self, about: &[About], hasher: &mut impl Hasher) {
        self.scope().problems().hash(hasher);
        // Reals have no hash of their own, and matrices are rare in plans.
        for row in self.parameters_about(about) {
            (row.read)(self).to_string().hash(hasher);
        }
    }

    /// The parameters that these settings have, of those that are about one of `about`.
    fn parameters_about<'a>(
        &self,
        about: &'a [About],
    ) -> impl Iterator<Item = &'static Parameter<Self>> + use<'a, Self> {
        let scope = self.scope();
        Self::TABLE
            .iter()
            .filter(move |row| row.scope.contains(scope) && about.contains(&row.about))
    }
}
