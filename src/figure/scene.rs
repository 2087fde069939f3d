//! What a part brings for a figure: theory, runs, readings.

use serde_json::{Map, Value};

use super::{Image, KeyedNumbers, Live, Readings, RunFacts, Sheet, WantedRun};
use crate::setting::{Parameters, SettingError};

/// What is behind a figure of a part: all that theory says of its settings, and which runs and slow solves they want.
/// [`Live`] does the rest.
///
/// ```
/// use lazy_limits::figure::{
///     Axis, Chart, Live, Panel, Picture, Scene, Sheet, Table,
/// };
/// use lazy_limits::setting::{
///     About, Control, Kind, Parameter, Parameters, Row, Scope, SettingError, Value,
/// };
///
/// #[derive(Clone, PartialEq)]
/// struct Width {
///     scope: Scope,
///     neurons: u64,
/// }
///
/// impl Parameters for Width {
///     const TABLE: &'static [Parameter<Self>] = &[Parameter {
///         row: Row {
///             key: "neurons",
///             label: "Width N",
///             kind: Kind::Integer { min: 1, max: 100 },
///             scope: Scope::PAGE,
///             about: About::Place,
///             control: Control::First,
///             help: "Neurons",
///         },
///         read: |width| Value::Integer(width.neurons),
///         write: |width, value| width.neurons = value.integer().unwrap_or(1),
///     }];
///     fn new(scope: Scope) -> Self {
///         Self { scope, neurons: 10 }
///     }
///     fn scope(&self) -> Scope {
///         self.scope
///     }
/// }
///
/// /// Averages of N numbers of variance 1.
/// struct Means {
///     variance: f64,
/// }
///
/// impl Scene for Means {
///     type Settings = Width;
///     type Facts = ();
///     type Answer = lazy_limits::figure::Solution;
///     fn new(_: &'static Sheet<Self>, width: &Width) -> Result<Self, SettingError> {
///         Ok(Self { variance: 1.0 / width.neurons as f64 })
///     }
/// }
///
/// struct VariancePanel;
///
/// impl Panel<Means> for VariancePanel {
///     fn key(&self) -> &'static str {
///         "variance"
///     }
///     fn title(&self) -> &'static str {
///         "Variance against N"
///     }
///     fn picture(&self, _: &Live<Means>) -> Picture {
///         let axis = |label: &str| Axis { label: label.to_owned(), min: 0.0, max: 1.0, log: false };
///         Picture::Chart(Chart::new(axis("N"), axis("variance")))
///     }
///     fn table(&self, seen: &Live<Means>) -> Table {
///         Table { columns: vec!["variance".to_owned()], rows: vec![vec![seen.scene.variance.to_string()]] }
///     }
///     fn describe(&self, seen: &Live<Means>) -> String {
///         format!("The variance is {}.", seen.scene.variance)
///     }
/// }
///
/// static SHEET: Sheet<Means> = Sheet::new("means", Scope::PAGE, &[&VariancePanel]);
///
/// let mut figure = Live::open(&SHEET);
/// figure.set_text("neurons", "4")?;
/// let panel = figure.panel("variance").unwrap();
/// assert_eq!(panel.describe(&figure), "The variance is 0.25.");
/// # Ok::<(), SettingError>(())
/// ```
pub trait Scene: Sized + 'static {
    /// Its settings.
    type Settings: Parameters;
    /// What its runs are told apart by.
    type Facts: RunFacts;
    /// What slow solves come to.
    type Answer: From<Solution>;

    /// What theory says of these settings.
    ///
    /// # Errors
    /// If nothing can be made of them. The defaults are never refused.
    fn new(sheet: &'static Sheet<Self>, settings: &Self::Settings) -> Result<Self, SettingError>;

    /// Goes from some settings to others. On an error nothing has changed.
    ///
    /// # Errors
    /// If nothing can be made of them.
    fn follow(
        &mut self,
        sheet: &'static Sheet<Self>,
        _from: &Self::Settings,
        to: &Self::Settings,
    ) -> Result<(), SettingError> {
        *self = Self::new(sheet, to)?;
        Ok(())
    }

    /// Called after each change of settings, once they are in force.
    fn settled(_seen: &mut Live<Self>) {}

    /// The runs of the state, in the order in which they should start.
    fn wanted(_seen: &Live<Self>) -> Vec<WantedRun<Self::Facts>> {
        Vec::new()
    }

    /// What a worker should solve, as it takes longer than a frame: an object that [`Scene::solve`] reads. The same for states
    /// to which the answer is the same.
    fn order(_seen: &Live<Self>) -> Option<Map<String, Value>> {
        None
    }

    /// Solves; a worker does this.
    ///
    /// # Errors
    /// If the order is refused.
    fn solve(_order: Map<String, Value>) -> Result<Solution, SettingError> {
        Err(SettingError::Shape("this order".to_owned()))
    }

    /// The numbers at the handle, as they are read.
    fn readings(_seen: &Live<Self>) -> Readings {
        Readings::default()
    }

    /// The numbers at the handle, as scripts read them.
    fn numbers(_seen: &Live<Self>) -> KeyedNumbers {
        KeyedNumbers::default()
    }

    /// What `auto` stands for now: keys of settings, each with what its control says.
    fn automatic(_seen: &Live<Self>) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Whether results are in front of the live runs.
    fn shows_results(_seen: &Live<Self>) -> bool {
        false
    }

    /// What marks a picture that only live runs can give.
    fn live_mark(_seen: &Live<Self>) -> String {
        String::new()
    }

    /// A heat map of its sheet; `None` where there is nothing to see.
    fn heat(_seen: &Live<Self>, _map: &str, _dark: bool) -> Option<Image> {
        None
    }

    /// The colour scale of the heat maps: its largest value, and one row from its negative to it.
    fn heat_legend(_seen: &Live<Self>, _dark: bool) -> Option<(f64, Image)> {
        None
    }

    /// What a heat map is called, what it shows in few words, and in a sentence.
    fn heat_texts(_seen: &Live<Self>, _map: &str) -> [String; 3] {
        Default::default()
    }
}

/// What a slow solve has come to, as it crosses from a worker: lists of numbers, of which the part knows the meaning.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Solution {
    /// NaN where a solver cannot vouch for a number.
    pub lists: Vec<Vec<f64>>,
    /// Why some are not known, in a sentence.
    pub unknown: Option<String>,
}

/// No runs.
impl RunFacts for () {
    fn name(&self) -> String {
        String::new()
    }

    fn facts(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    fn about(&self) -> &'static [crate::setting::About] {
        &[]
    }
}
