//! Exact risks that a worker computes, as they take longer than a frame.

use super::Explorable;
use super::dial::{self, LazyPoint};
use super::risks::ExactRisks;
use serde_json::{Map, Value};

use crate::figure::{Solution, Subject};
use crate::lazy::finite::SolveError;
use crate::lazy::problem::{Target, WeightCovariance, covariant_weights};
use crate::lazy::setting::{MAX_PAGE_RHO, ProblemName, Settings};
use crate::lazy::{finite, limit};
use crate::setting::{About, Parameters, Scope, SettingError};

/// Exact risks for one draw of weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExactCurves {
    /// Random features at N = 1, 2, …; NaN where a solver cannot vouch for it.
    pub rf: Vec<f64>,
    /// Random features with aligned weights at N = 1, 2, …; NaN likewise.
    pub rf_aligned: Vec<f64>,
    /// NT at some widths up to d, upwards, where it is known; none where its mean is a formula.
    pub nt: Vec<(usize, f64)>,
    /// Networks by laziness, in the figure on it; `nt` then is that of their start.
    pub lazy: Vec<LazyPoint>,
    /// The least risk of all, for a mixture.
    pub bayes: Option<f64>,
    /// Why some of these are not known, in a sentence.
    pub unknown: Option<String>,
}

/// The widest network for which exact random-feature risks are asked from a browser: their cost
/// grows with the third power.
const MAX_EXACT_NEURONS: usize = 1600;

/// Most widths at which NT is solved for. Each costs some d³: in many dimensions a dozen take as long as one
/// would wait.
const fn most_tangents(dim: usize) -> usize {
    if dim <= 64 { 64 } else { 12 }
}

impl ExactCurves {
    /// Exact risks for an [order](crate::figure::Scene::order): one draw of weights, for the covariance asked for
    /// and for aligned weights. A worker does this.
    ///
    /// # Errors
    /// If the settings are refused.
    pub fn compute(mut order: Map<String, Value>) -> Result<Self, SettingError> {
        let name = order.remove("problem");
        let problem = name
            .as_ref()
            .and_then(Value::as_str)
            .and_then(ProblemName::from_name);
        let problem = problem.ok_or_else(|| SettingError::Shape("its problem".to_owned()))?;
        let settings = Settings::from_json(Scope::EXACT.of(problem), &order)?;
        let problem = settings.problem()?;
        if !settings.laziness.is_empty() {
            let (lazy, tangent) = dial::solve(&problem, &settings);
            return Ok(Self {
                lazy,
                nt: tangent.into_iter().collect(),
                ..Self::default()
            });
        }
        let chosen = settings.covariance(&problem)?;
        let rho = settings.rho[0];
        let neurons = limit::neurons(rho, problem.dim());
        let weights = |covariance: &WeightCovariance, neurons| {
            let gamma = covariance.at(&problem, rho);
            covariant_weights(settings.seed, 0, &gamma, neurons)
        };
        let mut unknown = None;
        let mut random_features = |covariance: &WeightCovariance| -> Vec<f64> {
            let w = weights(covariance, neurons);
            let risks = finite::rf_risks(&problem, w, settings.activation);
            let risks = risks.into_iter();
            risks
                .map(|risk| risk.unwrap_or_else(|error| lost(&mut unknown, error)))
                .collect()
        };
        let rf = random_features(&chosen);
        let rf_aligned = random_features(&WeightCovariance::Aligned);
        let mut nt = Vec::new();
        if problem.mixture().is_some() {
            let dim = problem.dim();
            let w = weights(&WeightCovariance::Isotropic, dim);
            let stride = dim.div_ceil(most_tangents(dim));
            let widths: Vec<usize> = (1..dim).step_by(stride).collect();
            let risks = finite::nt_risks(&problem, &w, &widths);
            for (width, risk) in widths.into_iter().zip(risks) {
                match risk {
                    Ok(risk) => nt.push((width, risk)),
                    Err(error) => _ = lost(&mut unknown, error),
                }
            }
        }
        Ok(Self {
            rf,
            rf_aligned,
            nt,
            lazy: Vec::new(),
            bayes: problem.mixture().map(finite::bayes),
            unknown: unknown.map(|error| error.to_string()),
        })
    }
}

/// What stands for a risk that is not known; of the reasons the first is kept.
fn lost(unknown: &mut Option<SolveError>, error: SolveError) -> f64 {
    unknown.get_or_insert(error);
    f64::NAN
}

/// The risk of that many neurons among those of 1, 2, …, if it is known.
pub(super) fn known(curve: &[f64], neurons: usize) -> Option<f64> {
    curve
        .get(neurons - 1)
        .copied()
        .filter(|risk| !risk.is_nan())
}

impl From<ExactCurves> for Solution {
    fn from(curves: ExactCurves) -> Self {
        let ExactCurves {
            rf,
            rf_aligned,
            nt,
            lazy,
            bayes,
            unknown,
        } = curves;
        let nt = nt.into_iter().flat_map(|(n, risk)| [n as f64, risk]);
        Self {
            lists: vec![
                rf,
                rf_aligned,
                nt.collect(),
                bayes.into_iter().collect(),
                lazy.into_iter()
                    .flat_map(|point| [point.laziness, point.risk, point.movement, point.alignment])
                    .collect(),
            ],
            unknown,
        }
    }
}

impl From<Solution> for ExactCurves {
    fn from(solved: Solution) -> Self {
        let mut lists = solved.lists.into_iter();
        let mut next = || lists.next().unwrap_or_default();
        let (rf, rf_aligned, nt, bayes, lazy) = (next(), next(), next(), next(), next());
        let nt = nt.chunks_exact(2).map(|pair| (pair[0] as usize, pair[1]));
        Self {
            rf,
            rf_aligned,
            nt: nt.collect(),
            lazy: lazy
                .chunks_exact(4)
                .map(|numbers| LazyPoint {
                    laziness: numbers[0],
                    risk: numbers[1],
                    movement: numbers[2],
                    alignment: numbers[3],
                })
                .collect(),
            bayes: bayes.first().copied(),
            unknown: solved.unknown,
        }
    }
}

/// What a worker is asked about a state.
pub(super) fn order(seen: &Explorable) -> Map<String, Value> {
    let problem = seen.settings().problem_name();
    let mut settings = Settings::new(Scope::EXACT.of(problem));
    seen.copy_target(&mut settings);
    settings.seed = seen.settings().seed;
    settings.draws = 1;
    let dim = seen.dim() as f64;
    let widest = (MAX_PAGE_RHO * dim).min(MAX_EXACT_NEURONS as f64);
    settings.rho = vec![widest / dim];
    if seen.dial().is_some() {
        settings.rho = vec![seen.rho()];
        settings.laziness = dial::solved(seen.dim());
    }
    let mut order = settings.to_json(false);
    order.insert("problem".to_owned(), problem.name().into());
    order
}

impl Explorable {
    pub(super) fn exact_curves(&self) -> Option<&ExactCurves> {
        self.answer()
    }

    /// The exact risks at the handle, as far as they are known.
    pub(super) fn exact_risks(&self) -> ExactRisks {
        let neurons = self.neurons();
        let curves = self.exact_curves();
        let drawn = |curves: &ExactCurves| {
            let at = curves.nt.binary_search_by_key(&neurons, |point| point.0);
            at.ok().map(|index| curves.nt[index].1)
        };
        let nt = if !self.has_network_theory() {
            None
        } else if neurons >= self.dim() {
            Some(self.problem().network_exact(neurons))
        } else {
            finite::nt_mean_risk(self.problem(), neurons)
                .or(curves.and_then(drawn))
                .or_else(|| self.tangent_found(neurons))
        };
        ExactRisks {
            rf: curves
                .and_then(|curves| known(&curves.rf, neurons))
                .or_else(|| self.risk_found(Subject::RF, neurons, true)),
            rf_aligned: curves
                .and_then(|curves| known(&curves.rf_aligned, neurons))
                .or_else(|| self.risk_found(Subject::RF_ALIGNED, neurons, true)),
            rf_best: self.risk_found(Subject::RF_BEST, neurons, true),
            nt,
            nn: self
                .has_network_theory()
                .then(|| self.problem().network_exact(neurons)),
            bayes: curves
                .and_then(|curves| curves.bayes)
                .or_else(|| self.results()?.bayes),
        }
    }

    /// Gives other settings of the same problem this figure's target and features.
    pub(super) fn copy_target(&self, settings: &mut Settings) {
        settings.copy(
            self.settings(),
            &[About::Target, About::Edits, About::Features],
        );
        let is_given = settings.has_given_dim();
        settings.set_dim((!is_given).then(|| self.dim()));
    }
}
