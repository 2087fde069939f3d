//! The state behind an interactive figure, and everything read from it.

use super::classes::KeptNormals;
use super::exact::ExactCurves;
use super::front::Front;
use super::limits::Limits;
use super::results::LaidResults;
use super::risks::{LimitRisks, Risks, TrainedRisks};
use super::runs::{LiveRun, LiveRuns};
use super::{Heat, Image, Status, Subject};
use super::{bars, heat};
use crate::activation::Activation;
use crate::limit;
use crate::linalg::{falling, ranks};
use crate::problem::{Problem, Quadratic, Target};
use crate::setting::{About, Parameters, ProblemName, Scope, SettingError, Settings};
use crate::train::Regime;

/// What the figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureName {
    /// Quadratic targets.
    Quadratic,
    /// Mixtures of two Gaussians.
    Mixture,
    /// Quadratic targets, learnt with another activation.
    Activation,
}

impl FigureName {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Quadratic, Self::Mixture, Self::Activation];

    /// The name used everywhere.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quadratic => "quadratic",
            Self::Mixture => "mixture",
            Self::Activation => "activation",
        }
    }

    /// The figure of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.name() == name)
    }

    /// The parameters that it has.
    pub const fn scope(self) -> Scope {
        match self {
            Self::Quadratic => Scope::PAGE,
            Self::Mixture => Scope::PAGE.of(ProblemName::Mixture),
            Self::Activation => Scope::ACTIVATION_PAGE,
        }
    }
}

/// The interactive figure.
#[derive(Clone, Debug)]
pub struct Explorable {
    figure: FigureName,
    settings: Settings,
    problem: Problem,
    /// The problem before its eigenvalues are edited.
    plain: Problem,
    /// Its eigenvalues, largest first.
    plain_eigenvalues: Vec<f64>,
    /// The coordinates by falling eigenvalue.
    ranks: Vec<usize>,
    limits: Limits,
    /// Standard normal numbers that samples of a mixture are made of.
    pub(super) normals: Option<KeptNormals>,
    /// With the key of the state they belong to.
    pub(super) exact: Option<(String, ExactCurves)>,
    runs: LiveRuns,
    pub(super) focus: Option<usize>,
    /// Results laid over it.
    pub(super) front: Option<Front>,
    /// What it shows in place of runs.
    pub(super) results: Option<LaidResults>,
}

impl Explorable {
    /// The default view.
    ///
    /// # Panics
    /// Never: the default settings are a target.
    pub fn new(figure: FigureName) -> Self {
        let settings = Settings::new(figure.scope());
        let problem = settings.problem().expect("the defaults are a target");
        Self {
            figure,
            normals: KeptNormals::new(&problem, settings.seed),
            limits: Limits::new(&problem, settings.mix, settings.activation),
            plain: problem.clone(),
            plain_eigenvalues: falling(problem.form().eigenvalues().iter().copied()),
            ranks: ranks(problem.form().eigenvalues().as_slice()),
            settings,
            problem,
            exact: None,
            runs: LiveRuns::default(),
            focus: None,
            front: None,
            results: None,
        }
    }

    /// Which figure it is.
    pub(super) fn name(&self) -> FigureName {
        self.figure
    }

    /// The parameters that the figure has.
    pub fn scope(&self) -> Scope {
        self.figure.scope()
    }

    /// The activation of NT and NN: that of the random features only in the figure about it.
    pub(super) fn network_activation(&self) -> Activation {
        match self.figure {
            FigureName::Activation => self.settings.activation,
            FigureName::Quadratic | FigureName::Mixture => Activation::Quadratic,
        }
    }

    /// The activation of random features, or that of NT and NN.
    pub(super) fn activation_of(&self, features: bool) -> Activation {
        if features {
            self.settings.activation
        } else {
            self.network_activation()
        }
    }

    /// Whether there are formulas for NT and NN.
    pub(super) fn has_network_theory(&self) -> bool {
        self.network_activation() == Activation::Quadratic
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

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn runs(&self) -> &LiveRuns {
        &self.runs
    }

    pub(super) fn runs_mut(&mut self) -> &mut LiveRuns {
        &mut self.runs
    }

    /// The run of that regime at the handle, if there is one at the very width it stands at.
    pub(super) fn run_at_handle(&self, regime: Regime) -> Option<&LiveRun> {
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
        let same_plain = settings.agrees(old, &[About::Target]);
        let same_target = same_plain && settings.agrees(old, &[About::Edits]);
        let same_features = settings.agrees(old, &[About::Features]);
        if !same_target {
            let plain = if same_plain {
                None
            } else {
                Some(settings.plain_problem()?)
            };
            self.problem = settings.edited(plain.as_ref().unwrap_or(&self.plain))?;
            self.ranks = ranks(self.form().eigenvalues().as_slice());
            if let Some(plain) = plain {
                self.plain_eigenvalues = falling(plain.form().eigenvalues().iter().copied());
                self.plain = plain;
            }
        }
        if !(same_target && same_features) {
            self.limits = Limits::new(&self.problem, settings.mix, settings.activation);
        }
        self.settings = settings;
        self.check_exact();
        let (seed, dim) = (self.settings.seed, self.dim());
        if self
            .normals
            .as_ref()
            .is_some_and(|kept| !kept.are_for(seed, dim))
        {
            self.normals = KeptNormals::new(&self.problem, seed);
        }
        self.follow();
        Ok(())
    }

    /// Sets one parameter by its text.
    ///
    /// # Errors
    /// If it is refused, or the result is no target; then nothing changes.
    pub fn set_text(&mut self, key: &str, text: &str) -> Result<(), SettingError> {
        let mut settings = self.settings.clone();
        settings.set(key, text)?;
        self.set(settings)
    }

    /// The risks at the handle of what is in front.
    pub fn risks(&self) -> Risks {
        let front = self.front();
        let (rho, neurons) = (front.rho(), front.neurons());
        let theory = front.has_network_theory();
        Risks {
            rho,
            neurons,
            dim: front.dim(),
            limit: LimitRisks {
                rf: front.limits.rf_at(rho),
                rf_aligned: front.limits.rf_aligned_at(rho),
                rf_best: front.limits.rf_best_at(&front.problem, rho),
                nt: theory.then(|| front.limits.nt_at(rho)),
                nn: theory.then(|| limit::network(&front.problem, neurons)),
                bayes: front.limits.bayes,
            },
            exact: front.exact_risks(),
            trained: front.results.is_some().then(|| TrainedRisks {
                rf: front.risk_found(Subject::RF, neurons, false),
                nt: front.risk_found(Subject::NT, neurons, false),
                nn: front.risk_found(Subject::NN, neurons, false),
            }),
        }
    }

    /// What the bars show, in words.
    pub fn spectrum_note(&self) -> String {
        let live = self.shows_results().then(|| self.dim());
        bars::note(self.front(), live)
    }

    /// Row-by-row colours of the form or of what a live run at the handle has learned of it; `None` where
    /// there is nothing yet, or d is too large to be looked at.
    pub fn heat(&self, which: Heat, dark: bool) -> Option<Image> {
        heat::image(self, which, dark)
    }

    /// The colour scale of the heat maps: its largest value, and one row from its negative to it.
    pub fn heat_legend(&self, dark: bool) -> (f64, Image) {
        heat::legend(self, dark)
    }

    /// What a heat map shows, in few words.
    pub fn heat_caption(&self, which: Heat) -> &'static str {
        heat::caption(self, which)
    }

    /// A heat map in one sentence.
    pub fn describe_heat(&self, which: Heat) -> String {
        heat::describe(self, which)
    }

    /// The eigenvalues of what is in front, largest first.
    pub fn eigenvalues(&self) -> Vec<f64> {
        self.front().sorted_eigenvalues()
    }

    /// Its own eigenvalues, largest first, whatever is in front.
    pub(super) fn sorted_eigenvalues(&self) -> Vec<f64> {
        let values = self.problem.form().eigenvalues();
        self.ranks.iter().map(|&index| values[index]).collect()
    }

    /// The eigenvalues before any edit, largest first.
    pub(super) fn plain_eigenvalues(&self) -> &[f64] {
        &self.plain_eigenvalues
    }

    /// The coordinates in which everything happens, by falling eigenvalue.
    pub(super) fn ranks(&self) -> &[usize] {
        &self.ranks
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

    /// The risks at the handle in words, for the ρ slider.
    pub fn value_text(&self) -> String {
        let risks = self.risks();
        format!(
            "ρ = {}, {} neurons in {} dimensions; risk of RF {:.3}, NT {}, NN {}",
            risks.rho,
            risks.neurons,
            risks.dim,
            risks.limit.rf,
            in_words(risks.limit.nt),
            in_words(risks.limit.nn),
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
        let mut crossings = vec![
            (Subject::RF_BEST, risks.limit.rf_best),
            (Subject::RF_ALIGNED, risks.limit.rf_aligned),
            (Subject::RF, risks.limit.rf),
        ];
        crossings.extend(risks.limit.nt.map(|risk| (Subject::NT, risk)));
        crossings.extend(risks.limit.nn.map(|risk| (Subject::NN, risk)));
        crossings
    }
}

/// A risk to three digits, or that there is none.
pub(super) fn in_words(risk: Option<f64>) -> String {
    risk.map_or_else(|| "not known".to_owned(), |risk| format!("{risk:.3}"))
}
