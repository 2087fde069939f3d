//! What theory says of the figures of the first paper.

use serde_json::{Map, Value};

use super::dial::{self, Dial};
use super::exact::{self, ExactCurves};
use super::front::Front;
use super::limits::Limits;
use super::panels::arrows::KeptWeights;
use super::panels::classes::KeptNormals;
use super::planning::NetworkFacts;
use super::results::LaidResults;
use super::risks::{LimitRisks, Risks, TrainedRisks};
use super::{heat, planning, readings};
use crate::activation::Activation;
use crate::figure::{
    Image, KeyedNumbers, Live, LiveRun, Readings, Scene, Sheet, Solution, Subject, WantedRun,
};
use crate::lazy::limit;
use crate::lazy::problem::{Problem, Quadratic, Target};
use crate::lazy::setting::{ProblemName, Settings};
use crate::lazy::train::Regime;
use crate::linalg::{falling, ranks};
use crate::setting::{About, Parameters, Scope, SettingError};

/// What the figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureName {
    /// Quadratic targets.
    Quadratic,
    /// Quadratic targets, learnt by networks of every laziness.
    Laziness,
    /// Mixtures of two Gaussians.
    Mixture,
    /// Quadratic targets, learnt with another activation.
    Activation,
}

impl FigureName {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Quadratic,
        Self::Laziness,
        Self::Mixture,
        Self::Activation,
    ];

    /// The name used everywhere.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quadratic => "quadratic",
            Self::Laziness => "laziness",
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
            Self::Laziness => Scope::LAZINESS_PAGE,
            Self::Mixture => Scope::PAGE.of(ProblemName::Mixture),
            Self::Activation => Scope::ACTIVATION_PAGE,
        }
    }
}

/// A figure of the first paper at work.
pub type Explorable = Live<Theory>;

/// What theory says of a state, and what of it else is kept while the state changes.
#[derive(Clone)]
pub struct Theory {
    figure: FigureName,
    pub(super) problem: Problem,
    /// The problem before its eigenvalues are edited.
    plain: Problem,
    /// Its eigenvalues, largest first.
    plain_eigenvalues: Vec<f64>,
    /// The coordinates by falling eigenvalue.
    ranks: Vec<usize>,
    pub(super) limits: Limits,
    /// Networks of every laziness, in the figure on them.
    pub(super) dial: Option<Dial>,
    /// Standard normal numbers that samples of a mixture are made of.
    pub(super) normals: Option<KeptNormals>,
    /// Standard normal numbers that weights at the start are made of.
    pub(super) weights: KeptWeights,
    /// Results laid over it.
    pub(super) front: Option<Front>,
    /// What it shows in place of runs.
    pub(super) results: Option<LaidResults>,
}

impl Scene for Theory {
    type Settings = Settings;
    type Facts = NetworkFacts;
    type Answer = ExactCurves;

    fn new(sheet: &'static Sheet<Self>, settings: &Settings) -> Result<Self, SettingError> {
        let plain = settings.plain_problem()?;
        let problem = settings.edited(&plain)?;
        // No sheet of this part has another name.
        let figure = FigureName::from_name(sheet.name).unwrap_or(FigureName::Quadratic);
        let is_dial = figure == FigureName::Laziness;
        Ok(Self {
            figure,
            dial: is_dial.then(|| Dial::new(problem.form(), settings)),
            normals: KeptNormals::new(&problem, settings.seed),
            weights: KeptWeights::new(settings.seed, problem.dim()),
            limits: Limits::new(&problem, settings.mix, settings.activation),
            plain_eigenvalues: falling(plain.form().eigenvalues().iter().copied()),
            ranks: ranks(problem.form().eigenvalues().as_slice()),
            plain,
            problem,
            front: None,
            results: None,
        })
    }

    fn follow(
        &mut self,
        _sheet: &'static Sheet<Self>,
        from: &Settings,
        to: &Settings,
    ) -> Result<(), SettingError> {
        let same_plain = to.agrees(from, &[About::Target]);
        let same_target = same_plain && to.agrees(from, &[About::Edits]);
        let same_features = to.agrees(from, &[About::Features]);
        if !same_target {
            let plain = if same_plain {
                None
            } else {
                Some(to.plain_problem()?)
            };
            self.problem = to.edited(plain.as_ref().unwrap_or(&self.plain))?;
            self.ranks = ranks(self.problem.form().eigenvalues().as_slice());
            if let Some(plain) = plain {
                self.plain_eigenvalues = falling(plain.form().eigenvalues().iter().copied());
                self.plain = plain;
            }
        }
        if !(same_target && same_features) {
            self.limits = Limits::new(&self.problem, to.mix, to.activation);
        }
        if let Some(dial) = &mut self.dial {
            let form = self.problem.form();
            if !same_target {
                *dial = Dial::new(form, to);
            } else if !to.agrees(from, &[About::Place, About::Training]) {
                dial.widen(form, to);
            } else if !to.agrees(from, &[About::Dial]) {
                dial.turn(to);
            }
        }
        let (seed, dim) = (to.seed, self.problem.dim());
        let normals = self.normals.as_ref();
        if normals.is_some_and(|kept| !kept.are_for(seed, dim)) {
            self.normals = KeptNormals::new(&self.problem, seed);
        }
        if !self.weights.are_for(seed, dim) {
            self.weights = KeptWeights::new(seed, dim);
        }
        Ok(())
    }

    fn settled(seen: &mut Explorable) {
        seen.follow_front();
    }

    fn wanted(seen: &Explorable) -> Vec<WantedRun<NetworkFacts>> {
        planning::wanted(seen)
    }

    fn order(seen: &Explorable) -> Option<Map<String, Value>> {
        Some(exact::order(seen))
    }

    fn solve(order: Map<String, Value>) -> Result<Solution, SettingError> {
        Ok(ExactCurves::compute(order)?.into())
    }

    fn readings(seen: &Explorable) -> Readings {
        if seen.dial().is_some() {
            dial::readings(seen)
        } else {
            readings::readings(seen)
        }
    }

    fn numbers(seen: &Explorable) -> KeyedNumbers {
        if seen.dial().is_some() {
            dial::numbers(seen)
        } else {
            seen.risks().keyed()
        }
    }

    fn automatic(seen: &Explorable) -> Vec<(&'static str, String)> {
        vec![("dim", format!("auto ({})", seen.dim()))]
    }

    fn shows_results(seen: &Explorable) -> bool {
        seen.shows_results()
    }

    fn live_mark(seen: &Explorable) -> String {
        seen.live_mark()
    }

    fn heat(seen: &Explorable, map: &str, dark: bool) -> Option<Image> {
        heat::image(seen, heat::Heat::from_name(map)?, dark)
    }

    fn heat_legend(seen: &Explorable, dark: bool) -> Option<(f64, Image)> {
        Some(heat::legend(seen, dark))
    }

    fn heat_texts(seen: &Explorable, map: &str) -> [String; 3] {
        let map = heat::Heat::from_name(map);
        map.map_or_else(Default::default, |map| heat::texts(seen, map))
    }
}

impl Explorable {
    /// The default view of a figure.
    pub fn new(figure: FigureName) -> Self {
        Self::open(figure.sheet())
    }

    /// Which figure it is.
    pub(super) fn name(&self) -> FigureName {
        self.scene.figure
    }

    /// The parameters that the figure has.
    pub fn scope(&self) -> Scope {
        self.settings().scope()
    }

    /// Whether NT and NN have the activation that is set, too.
    pub(super) fn is_about_activations(&self) -> bool {
        self.name() == FigureName::Activation
    }

    /// The activation of NT and NN: that of the random features only in the figure about it.
    pub(super) fn network_activation(&self) -> Activation {
        if self.is_about_activations() {
            self.settings().activation
        } else {
            Activation::Quadratic
        }
    }

    /// The activation of random features, or that of NT and NN.
    pub(super) fn activation_of(&self, features: bool) -> Activation {
        if features {
            self.settings().activation
        } else {
            self.network_activation()
        }
    }

    /// Whether there are formulas for NT and NN.
    pub(super) fn has_network_theory(&self) -> bool {
        self.network_activation() == Activation::Quadratic
    }

    /// The target in force.
    pub fn problem(&self) -> &Problem {
        &self.scene.problem
    }

    /// The form whose directions can be learnt: B, or Δ̃ of a mixture.
    pub(super) fn form(&self) -> &Quadratic {
        self.scene.problem.form()
    }

    /// The input dimension d.
    pub fn dim(&self) -> usize {
        self.form().dim()
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.scene.limits
    }

    /// The run of that regime at the handle, if there is one at the very width it stands at.
    pub(super) fn run_at_handle(&self, regime: Regime) -> Option<&LiveRun<NetworkFacts>> {
        let wanted = (regime, self.neurons(), self.settings().seed);
        let laziness = self.laziness();
        let mut runs = self.runs().iter();
        runs.find(|run| run.facts().at() == wanted && run.facts().laziness() == laziness)
    }

    /// The dragged ρ.
    pub fn rho(&self) -> f64 {
        self.settings().rho[0]
    }

    /// The width at the handle.
    pub fn neurons(&self) -> usize {
        limit::neurons(self.rho(), self.scene.problem.dim())
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
                rf: front.limits().rf_at(rho),
                rf_aligned: front.limits().rf_aligned_at(rho),
                rf_best: front.limits().rf_best_at(front.problem(), rho),
                nt: theory.then(|| front.limits().nt_at(rho)),
                nn: theory.then(|| limit::network(front.problem(), neurons)),
                bayes: front.limits().bayes,
            },
            exact: front.exact_risks(),
            trained: front.results().is_some().then(|| TrainedRisks {
                rf: front.risk_found(Subject::RF, neurons, false),
                nt: front.risk_found(Subject::NT, neurons, false),
                nn: front.risk_found(Subject::NN, neurons, false),
            }),
        }
    }

    /// The eigenvalues of what is in front, largest first.
    pub fn eigenvalues(&self) -> Vec<f64> {
        self.front().sorted_eigenvalues()
    }

    /// Its own eigenvalues, largest first, whatever is in front.
    pub(super) fn sorted_eigenvalues(&self) -> Vec<f64> {
        let values = self.scene.problem.form().eigenvalues();
        self.scene
            .ranks
            .iter()
            .map(|&index| values[index])
            .collect()
    }

    /// The eigenvalues before any edit, largest first.
    pub(super) fn plain_eigenvalues(&self) -> &[f64] {
        &self.scene.plain_eigenvalues
    }

    /// The coordinates in which everything happens, by falling eigenvalue.
    pub(super) fn ranks(&self) -> &[usize] {
        &self.scene.ranks
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
        if self.settings().mix == 0.0 {
            "RF isotropic".to_owned()
        } else {
            format!("RF {:.0} % aligned", 100.0 * self.settings().mix)
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
