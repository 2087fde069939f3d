//! The state behind an interactive figure of quadratic targets, and everything read from it.

use super::limits::Limits;
use super::risks::{ExactRisks, LimitRisks, Risks};
use super::runs::{Run, Runs};
use super::{Bars, Chart, Frame, Heat, Image, Status, Subject, Table};
use super::{bars, heat, risk, samples};
use crate::finite;
use crate::limit;
use crate::linalg::{falling, ranks};
use crate::problem::{Problem, Quadratic, Target};
use crate::setting::{MAX_PAGE_RHO, MIN_PAGE_RHO, Scope, SettingError, Settings};
use crate::spectrum::{MAX_GROUPS, group_of};
use crate::train::Regime;

/// The parts of the figure that are drawn apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Risk against ρ.
    Risk,
    /// Risk against samples at the dragged ρ.
    Samples,
    /// The spectrum and what each regime captures of it.
    Spectrum,
}

impl Panel {
    /// The panel of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "risk" => Some(Self::Risk),
            "samples" => Some(Self::Samples),
            "spectrum" => Some(Self::Spectrum),
            _ => None,
        }
    }
}

/// The quantile groups of the spectrum that can be dragged.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Groups {
    /// How many.
    pub count: usize,
    /// The factor of each.
    pub multipliers: Vec<f64>,
    /// The mean eigenvalue of each, edited.
    pub values: Vec<f64>,
}

/// Exact random-feature risks that are wanted from a worker.
#[derive(Clone, Debug, PartialEq)]
pub struct ExactRequest {
    /// Names the state they belong to; hand it back with the answer.
    pub key: String,
    /// What to compute them from, in the scope of `exact`.
    pub settings: Settings,
}

/// Exact random-feature risks at N = 1, 2, …
#[derive(Clone, Debug)]
pub(super) struct ExactCurves {
    key: String,
    pub(super) rf: Vec<f64>,
    pub(super) rf_aligned: Vec<f64>,
}

/// The widest network for which exact random-feature risks are asked from a browser: their cost
/// grows with the third power.
const MAX_EXACT_NEURONS: usize = 1600;

/// The interactive figure.
#[derive(Clone, Debug)]
pub struct Explorable {
    settings: Settings,
    problem: Problem,
    /// The eigenvalues before any edit, largest first.
    plain: Vec<f64>,
    /// The coordinates by falling eigenvalue.
    ranks: Vec<usize>,
    limits: Limits,
    exact: Option<ExactCurves>,
    runs: Runs,
    focus: Option<usize>,
}

impl Default for Explorable {
    fn default() -> Self {
        Self::new()
    }
}

impl Explorable {
    /// The default view.
    ///
    /// # Panics
    /// Never: the default settings are a target.
    pub fn new() -> Self {
        let settings = Settings::new(Scope::PAGE);
        let problem = settings.problem().expect("the defaults are a target");
        Self {
            limits: Limits::new(&problem, settings.mix, settings.activation),
            plain: plain_eigenvalues(&settings, problem.dim()),
            ranks: ranks(problem.form().eigenvalues().as_slice()),
            settings,
            problem,
            exact: None,
            runs: Runs::default(),
            focus: None,
        }
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The target in force.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The form whose directions can be learnt: B, or Δ̃ of a mixture.
    pub(super) fn form(&self) -> &Quadratic {
        self.problem.form()
    }

    /// The input dimension d.
    pub fn dim(&self) -> usize {
        self.form().dim()
    }

    /// The trace ratio of the form.
    pub fn trace_ratio(&self) -> f64 {
        self.form().trace_ratio()
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn runs(&self) -> &Runs {
        &self.runs
    }

    pub(super) fn runs_mut(&mut self) -> &mut Runs {
        &mut self.runs
    }

    /// The run of that regime at the handle, if there is one at the very width it stands at.
    pub(super) fn run_at_handle(&self, regime: Regime) -> Option<&Run> {
        self.runs
            .at_width(regime, self.neurons(), self.settings.seed)
    }

    /// The dragged ρ.
    pub fn rho(&self) -> f64 {
        self.settings.rho[0]
    }

    /// The width at the handle.
    pub fn neurons(&self) -> usize {
        limit::neurons(self.rho(), self.problem.dim())
    }

    /// Takes over settings, if they make a target; what depended on changed ones is forgotten.
    ///
    /// # Errors
    /// If they make no target; then nothing changes.
    pub fn set(&mut self, settings: Settings) -> Result<(), SettingError> {
        let old = &self.settings;
        let same_target =
            settings.spectrum == old.spectrum && settings.explicit_dim() == old.explicit_dim();
        let same_features =
            settings.mix.total_cmp(&old.mix).is_eq() && settings.activation == old.activation;
        if !same_target {
            self.problem = settings.problem()?;
            self.ranks = ranks(self.problem.form().eigenvalues().as_slice());
        }
        let (now, before) = (&settings.spectrum, &self.settings.spectrum);
        let only_edited = now.source == before.source
            && now.sampling == before.sampling
            && now.seed == before.seed
            && self.plain.len() == self.problem.dim();
        if !only_edited {
            self.plain = plain_eigenvalues(&settings, self.problem.dim());
        }
        if !(same_target && same_features) {
            self.limits = Limits::new(&self.problem, settings.mix, settings.activation);
        }
        self.settings = settings;
        if self
            .exact
            .as_ref()
            .is_some_and(|exact| exact.key != self.exact_key())
        {
            self.exact = None;
        }
        Ok(())
    }

    /// Sets one parameter by its text.
    ///
    /// # Errors
    /// If it is refused, or the result is no target; then nothing changes.
    pub fn set_text(&mut self, key: &str, text: &str) -> Result<(), SettingError> {
        let mut settings = self.settings.clone();
        settings.set(Scope::PAGE, key, text)?;
        self.set(settings)
    }

    /// The risks at the handle.
    pub fn risks(&self) -> Risks {
        let (rho, neurons) = (self.rho(), self.neurons());
        let nn = limit::network(&self.problem, neurons);
        let at = |curve: fn(&ExactCurves) -> &Vec<f64>| {
            let exact = self.exact.as_ref()?;
            curve(exact).get(neurons - 1).copied()
        };
        Risks {
            rho,
            neurons,
            limit: LimitRisks {
                rf: self.limits.rf_at(rho),
                rf_aligned: self.limits.rf_aligned_at(rho),
                rf_best: self.limits.rf_best_at(&self.problem, rho),
                nt: limit::neural_tangent(&self.problem, rho),
                nn,
            },
            exact: ExactRisks {
                rf: at(|exact| &exact.rf),
                rf_aligned: at(|exact| &exact.rf_aligned),
                nt: finite::neural_tangent_mean(self.form(), neurons),
                nn,
            },
        }
    }

    /// Risk against ρ.
    pub fn risk_chart(&self) -> Chart {
        risk::chart(self)
    }

    /// The axes and the handle of [`Explorable::risk_chart`], to be drawn over a picture of the
    /// rest that is kept.
    pub fn risk_handle(&self) -> Chart {
        risk::handle(self)
    }

    /// Risk against samples at the dragged ρ.
    pub fn samples_chart(&self) -> Chart {
        samples::chart(self)
    }

    /// The spectrum and what is captured of it.
    pub fn bars(&self) -> Bars {
        bars::bars(self)
    }

    /// Row-by-row colours of B or of what a regime at the handle has learned of it; `None` where
    /// there is nothing yet, or d is too large to be looked at.
    pub fn heat(&self, which: Heat, dark: bool) -> Option<Image> {
        heat::image(self, which, dark)
    }

    /// The colour scale of the heat maps: its largest value, and one row from its negative to it.
    pub fn heat_legend(&self, dark: bool) -> (f64, Image) {
        heat::legend(self, dark)
    }

    /// The chart of a panel as rows of text.
    pub fn table(&self, panel: Panel) -> Table {
        match panel {
            Panel::Risk => risk::table(self),
            Panel::Samples => samples::table(self),
            Panel::Spectrum => bars::table(self),
        }
    }

    /// A panel in one sentence.
    pub fn describe(&self, panel: Panel) -> String {
        match panel {
            Panel::Risk => risk::describe(self),
            Panel::Samples => samples::describe(self),
            Panel::Spectrum => bars::describe(self),
        }
    }

    /// What a pointer at `(x, y)` in a picture of `width × height` would take hold of, with
    /// `slop` pixels to spare: `rho`, or `group:k`.
    pub fn hit(&self, panel: Panel, size: (f64, f64), at: (f64, f64), slop: f64) -> Option<String> {
        match panel {
            // The whole plot area is the handle: ρ follows the pointer from wherever it is.
            Panel::Risk => Frame::chart(size.0, size.1)
                .contains(at.0, at.1, slop)
                .then(|| "rho".to_owned()),
            Panel::Samples => None,
            Panel::Spectrum => {
                bars::group_at(self, size, at, slop).map(|group| format!("group:{group}"))
            }
        }
    }

    /// Moves a handle to `(x, y)`; positions outside stand for the nearest edge.
    ///
    /// # Errors
    /// If the result is no target (all eigenvalues 0).
    pub fn drag(
        &mut self,
        panel: Panel,
        handle: &str,
        size: (f64, f64),
        at: (f64, f64),
    ) -> Result<(), SettingError> {
        match (panel, handle.strip_prefix("group:")) {
            (Panel::Risk, None) if handle == "rho" => {
                let rho = risk::rho_at(self, Frame::chart(size.0, size.1), at.0);
                self.set_rho(rho)
            }
            (Panel::Spectrum, Some(group)) => match group.parse() {
                Ok(group) if group < self.groups().count => {
                    let multiplier = bars::multiplier_at(self, group, size, at);
                    self.set_multiplier(group, multiplier)
                }
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// Moves the handle to ρ, rounded to three digits, at most to the ends of the axis.
    fn set_rho(&mut self, rho: f64) -> Result<(), SettingError> {
        let digits = 10_f64.powi(2 - rho.log10().floor() as i32);
        let rounded = (rho * digits).round() / digits;
        let mut settings = self.settings.clone();
        settings.rho = vec![rounded.clamp(MIN_PAGE_RHO, MAX_PAGE_RHO)];
        self.set(settings)
    }

    /// The groups that can be dragged.
    pub fn groups(&self) -> Groups {
        let dim = self.problem.dim();
        let multipliers = self.multipliers();
        let count = multipliers.len();
        let mut sums = vec![(0.0, 0_u32); count];
        for (rank, &value) in self.sorted_eigenvalues().iter().enumerate() {
            let (sum, size) = &mut sums[group_of(rank, dim, count)];
            *sum += value;
            *size += 1;
        }
        Groups {
            count,
            multipliers,
            values: sums
                .iter()
                .map(|&(sum, size)| sum / f64::from(size.max(1)))
                .collect(),
        }
    }

    /// The multipliers in force, 1 where none are set.
    pub(super) fn multipliers(&self) -> Vec<f64> {
        let set = &self.settings.spectrum.multipliers;
        if set.is_empty() {
            vec![1.0; MAX_GROUPS.min(self.problem.dim())]
        } else {
            set.clone()
        }
    }

    /// Sets the factor of one group.
    ///
    /// # Errors
    /// If the result is no target (all eigenvalues 0).
    pub fn set_multiplier(&mut self, group: usize, factor: f64) -> Result<(), SettingError> {
        let mut multipliers = self.multipliers();
        if let Some(slot) = multipliers.get_mut(group) {
            *slot = factor;
        }
        let all_one = multipliers
            .iter()
            .all(|factor| factor.total_cmp(&1.0).is_eq());
        let text: Vec<String> = multipliers.iter().map(ToString::to_string).collect();
        self.set_text(
            "multipliers",
            if all_one {
                String::new()
            } else {
                text.join(",")
            }
            .as_str(),
        )
    }

    /// Which group is drawn as focused.
    pub fn focus_group(&mut self, group: Option<usize>) {
        self.focus = group;
    }

    pub(super) fn focus(&self) -> Option<usize> {
        self.focus
    }

    /// The eigenvalues, largest first.
    pub fn sorted_eigenvalues(&self) -> Vec<f64> {
        let values = self.problem.form().eigenvalues();
        self.ranks.iter().map(|&index| values[index]).collect()
    }

    /// The eigenvalues before any edit, largest first.
    pub(super) fn plain_eigenvalues(&self) -> &[f64] {
        &self.plain
    }

    /// The coordinates in which everything happens, by falling eigenvalue.
    pub(super) fn ranks(&self) -> &[usize] {
        &self.ranks
    }

    fn exact_key(&self) -> String {
        let settings = self.exact_settings();
        serde_json::Value::Object(settings.to_json(Scope::EXACT, false)).to_string()
    }

    fn exact_settings(&self) -> Settings {
        let mut settings = Settings::new(Scope::EXACT);
        self.copy_target(&mut settings);
        settings.seed = self.settings.seed;
        settings.draws = 1;
        let dim = self.problem.dim();
        let widest = (MAX_PAGE_RHO * dim as f64).min(MAX_EXACT_NEURONS as f64);
        settings.rho = vec![widest / dim as f64];
        settings
    }

    pub(super) fn copy_target(&self, settings: &mut Settings) {
        settings.spectrum = self.settings.spectrum.clone();
        if settings.spectrum.fixed_dim().is_none() {
            settings.set_dim(self.problem.dim());
        }
        settings.mix = self.settings.mix;
        settings.activation = self.settings.activation;
    }

    /// The exact random-feature risks that are still missing, if any.
    pub fn exact_request(&self) -> Option<ExactRequest> {
        self.exact.is_none().then(|| ExactRequest {
            key: self.exact_key(),
            settings: self.exact_settings(),
        })
    }

    /// Takes over exact random-feature risks at N = 1, 2, …, unless the state has moved on.
    pub fn exact_answer(&mut self, key: &str, rf: Vec<f64>, rf_aligned: Vec<f64>) {
        if key == self.exact_key() {
            self.exact = Some(ExactCurves {
                key: key.to_owned(),
                rf,
                rf_aligned,
            });
        }
    }

    pub(super) fn exact_curves(&self) -> Option<&ExactCurves> {
        self.exact.as_ref()
    }

    /// Takes over a report of run `id`: its risk after `samples`. Unknown runs are ignored: their
    /// plan is gone.
    pub fn report(&mut self, id: u32, samples: f64, risk: f64) {
        if let Some(run) = self.runs.get_mut(id)
            && risk.is_finite()
        {
            run.curve.push((samples, risk));
        }
    }

    /// Takes over how run `id` stands.
    pub fn set_status(&mut self, id: u32, status: Status) {
        if let Some(run) = self.runs.get_mut(id) {
            run.status = status;
        }
    }

    /// Takes over what run `id` has learned: d×d by columns, or its diagonal.
    pub fn set_learned(&mut self, id: u32, learned: Vec<f32>) {
        let dim = self.problem.dim();
        if let Some(run) = self.runs.get_mut(id)
            && (learned.len() == dim || learned.len() == dim * dim)
        {
            run.learned = Some(learned);
        }
    }

    /// Forgets some runs: their plans and what was reported.
    pub fn forget(&mut self, ids: &[u32]) {
        self.runs.forget(ids);
    }

    /// Forgets all reports and plans, for a fresh start.
    pub fn forget_runs(&mut self) {
        self.runs.clear();
    }

    /// The risks at the handle in words, for the ρ slider.
    pub fn value_text(&self) -> String {
        let risks = self.risks();
        format!(
            "ρ = {}, {} neurons in {} dimensions; risk of RF {:.3}, NT {:.3}, NN {:.3}",
            risks.rho,
            risks.neurons,
            self.problem.dim(),
            risks.limit.rf,
            risks.limit.nt,
            risks.limit.nn,
        )
    }

    /// The label of the random-feature line with the covariance chosen.
    pub(super) fn rf_label(&self) -> String {
        if self.settings.mix == 0.0 {
            "RF isotropic".to_owned()
        } else {
            format!("RF {:.0} % aligned", 100.0 * self.settings.mix)
        }
    }

    /// The limits at the handle, by what they stand for.
    pub(super) fn crossings(&self) -> Vec<(Subject, f64)> {
        let risks = self.risks();
        vec![
            (Subject::RfBest, risks.limit.rf_best),
            (Subject::RfAligned, risks.limit.rf_aligned),
            (Subject::Rf, risks.limit.rf),
            (Subject::Nt, risks.limit.nt),
            (Subject::Nn, risks.limit.nn),
        ]
    }
}

fn plain_eigenvalues(settings: &Settings, dim: usize) -> Vec<f64> {
    let plain = settings.spectrum.without_edits().at(dim);
    falling(plain.eigenvalues().iter().copied())
}
