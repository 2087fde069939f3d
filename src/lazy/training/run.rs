//! A network, tangent model or fit in training.

#[cfg(not(target_arch = "wasm32"))]
use std::any::Any;

use super::resolve::train_settings;
use super::{Record, RiskAt, learned, plan, settings};
use crate::experiment::{End, ExperimentError, Plan, Run, RunReport};
#[cfg(not(target_arch = "wasm32"))]
use crate::experiment::{RunNumbers, restore};
use crate::lazy::finite;
use crate::lazy::problem::{Problem, Target};
use crate::lazy::setting::Settings;
#[cfg(not(target_arch = "wasm32"))]
use crate::lazy::train::TrainState;
use crate::lazy::train::{Regime, TrainSettings, Trainer, report_steps};
use crate::linalg::ranks;
use crate::setting::{Parameters, VERSION};
use crate::stream;

/// A run of this paper.
pub struct TrainingRun {
    plan: Plan,
    settings: Settings,
    problem: Problem,
    trainer: Trainer,
    /// Steps after which the risk is recorded, upwards.
    due: Vec<u64>,
    reports: Vec<RunReport>,
}

impl TrainingRun {
    /// A run at its start.
    ///
    /// # Errors
    /// If the plan is of another paper, or its settings are refused.
    pub fn new(plan: Plan) -> Result<Self, ExperimentError> {
        let settings = settings(&plan)?;
        Self::start(plan, settings)
    }

    /// The run that these settings describe, which are for [`Scope::TRAIN`](crate::setting::Scope::TRAIN), at its start.
    ///
    /// # Errors
    /// If they are refused.
    pub fn of(settings: Settings) -> Result<Self, ExperimentError> {
        Self::start(plan(&settings), settings)
    }

    fn start(plan: Plan, settings: Settings) -> Result<Self, ExperimentError> {
        let problem = settings.problem()?;
        let train = train_settings(&settings, &problem)?;
        let due = if train.regime == Regime::Rf {
            vec![train.steps]
        } else {
            report_steps(train.steps)
        };
        let mut trainer = Trainer::new(&problem, train)?;
        if let Some(size) = trainer.step_size() {
            trainer.set_step_size(size * settings.step_scale)?;
        }
        let mut run = Self {
            plan,
            settings,
            problem,
            trainer,
            due,
            reports: Vec::new(),
        };
        run.report_if_due();
        Ok(run)
    }

    /// A run as [`Run::checkpoint`] saved it; it goes on as if it had never been stopped.
    ///
    /// # Errors
    /// If the bytes are no such checkpoint, or of a run of another paper.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn restore(bytes: &[u8]) -> Result<Self, ExperimentError> {
        Self::downcast(restore(bytes)?)
    }

    /// The run, if it is one of this paper.
    ///
    /// # Errors
    /// If it is not.
    pub fn downcast(run: Box<dyn Run>) -> Result<Self, ExperimentError> {
        // What has settings of this paper is of it.
        settings(run.plan())?;
        let run: Box<dyn std::any::Any> = run;
        let foreign = |_| ExperimentError::Refused("this is a run of another paper".to_owned());
        run.downcast().map(|run| *run).map_err(foreign)
    }

    /// Records the risk if one is due at this step, or the run has diverged.
    fn report_if_due(&mut self) {
        let at = self.trainer.samples();
        let known = self.reports.last().is_some_and(|last| last.at == at);
        let due = self.due.binary_search(&self.trainer.step()).is_ok();
        if !known && (due || self.trainer.diverged_at().is_some()) {
            let geometry = self.trainer.geometry();
            self.reports.push(RunReport {
                at,
                values: vec![
                    self.trainer.risk(),
                    geometry.map(|layer| layer.movement),
                    geometry.map(|layer| layer.alignment),
                ],
            });
        }
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The target.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The network in training.
    pub fn trainer(&self) -> &Trainer {
        &self.trainer
    }

    /// The risks recorded so far.
    pub fn risks(&self) -> Vec<RiskAt> {
        let risk_at = |report: &RunReport| {
            let value = |measure: usize| report.values.get(measure).copied().flatten();
            RiskAt {
                samples: report.at,
                risk: value(0),
                movement: value(1),
                alignment: value(2),
            }
        };
        self.reports.iter().map(risk_at).collect()
    }

    /// The exact optimum of this run's regime at its N and d: for NT and RF at the weights drawn,
    /// where for RF a factorisation of N³/3 is due; for NN over all weights. None for NT and NN with
    /// another activation than x², for which there is no formula, and where a solver cannot vouch for it.
    pub fn optimum(&self) -> Option<f64> {
        let settings = self.trainer.settings();
        if settings.is_activated() {
            return None;
        }
        if let (Some(alpha), Problem::Quadratic(problem)) = (settings.laziness, &self.problem) {
            let TrainSettings {
                seed,
                draw,
                neurons,
                ..
            } = *settings;
            let start = finite::LazyStart::drawn(problem, neurons, seed, draw);
            return Some(start.optimum(alpha).risk);
        }
        match settings.regime {
            Regime::Nn => Some(self.problem.network_exact(settings.neurons)),
            Regime::Nt => {
                let w = self.trainer.fixed_weights()?;
                finite::nt_risk(&self.problem, &w).ok()
            }
            Regime::Rf => {
                let w = self.trainer.fixed_weights()?;
                let risks = finite::rf_risks(&self.problem, w, settings.activation);
                risks.last().copied()?.ok()
            }
        }
    }

    /// The run as far as it has come.
    pub fn record(&self) -> Record {
        let settings = self.trainer.settings();
        Record {
            schema: VERSION,
            problem: self.problem.name(),
            version: env!("CARGO_PKG_VERSION"),
            streams: stream::VERSION,
            kernel: self.trainer.kernel(),
            settings: self.settings.to_json(true),
            dim: self.problem.dim(),
            neurons: settings.neurons,
            seed: settings.seed,
            trace_ratio: self.problem.form().trace_ratio(),
            step_sizes: self.trainer.step_sizes().to_vec(),
            optimum: None,
            risk: self.risks(),
            last: self.trainer.risk(),
            diverged_at: self.trainer.diverged_at(),
            interrupted: !self.is_finished(),
        }
    }
}

impl Run for TrainingRun {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn clock(&self) -> &'static str {
        "samples"
    }

    fn at(&self) -> u64 {
        self.trainer.samples()
    }

    fn steps(&self) -> u64 {
        self.trainer.settings().steps
    }

    fn step(&self) -> u64 {
        self.trainer.step()
    }

    fn until_report(&self) -> u64 {
        if self.is_finished() {
            return 0;
        }
        let step = self.step();
        let next = self.due.iter().find(|&&report| report > step);
        next.map_or(0, |report| report - step)
    }

    fn advance(&mut self, steps: u64) -> u64 {
        let made = self.trainer.advance(steps.min(self.until_report()));
        self.report_if_due();
        made
    }

    fn reports(&self) -> &[RunReport] {
        &self.reports
    }

    fn end(&self) -> Option<End> {
        match self.trainer.diverged_at() {
            Some(step) => Some(End::Diverged(step)),
            None => self.trainer.is_finished().then_some(End::Finished),
        }
    }

    fn step_sizes(&self) -> &[(u64, f64)] {
        self.trainer.step_sizes()
    }

    fn step_size(&self) -> Option<f64> {
        self.trainer.step_size()
    }

    fn set_step_size(&mut self, value: f64) -> Result<(), ExperimentError> {
        Ok(self.trainer.set_step_size(value)?)
    }

    /// What is learned of the form, and neurons, as `Learned` reads them.
    fn learned(&self) -> Vec<f32> {
        let neurons = self.trainer.neurons(learned::MOST_NEURONS);
        learned::write(
            &self.trainer.learned(),
            &ranks(self.problem.form().eigenvalues().as_slice()),
            neurons
                .as_ref()
                .map(|neurons| [&neurons.start, &neurons.now]),
        )
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn numbers(&self) -> RunNumbers {
        let TrainState {
            step,
            step_sizes,
            diverged_at,
            singles,
            doubles,
        } = self.trainer.state();
        RunNumbers {
            step,
            diverged_at,
            step_sizes,
            singles,
            doubles,
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn load(
        &mut self,
        numbers: RunNumbers,
        reports: Vec<RunReport>,
    ) -> Result<(), ExperimentError> {
        let RunNumbers {
            step,
            diverged_at,
            step_sizes,
            singles,
            doubles,
        } = numbers;
        self.trainer.load(&TrainState {
            step,
            step_sizes,
            diverged_at,
            singles,
            doubles,
        })?;
        self.reports = reports;
        Ok(())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn record(&self, with_optimum: bool) -> String {
        let optimum = with_optimum.then(|| self.optimum()).flatten();
        let record = Record {
            optimum,
            ..Self::record(self)
        };
        // A record has no keys that are no texts, and nothing else can fail in memory.
        serde_json::to_string(&record).unwrap_or_default()
    }
}

/// Advances runs of this paper, and computes once what they have in common (see [`crate::lazy::train::advance_together`]).
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn together(runs: &mut [&mut dyn Run], steps: u64) {
    let runs = runs.iter_mut().map(|run| {
        let run: &mut dyn Any = &mut **run;
        run
    });
    let mut runs: Vec<&mut TrainingRun> = runs.filter_map(|run| run.downcast_mut()).collect();
    let mut trainers: Vec<&mut Trainer> = runs.iter_mut().map(|run| &mut run.trainer).collect();
    crate::lazy::train::advance_together(&mut trainers, steps);
    for run in runs {
        run.report_if_due();
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn plan(regime: &str, steps: u64) -> Plan {
        plan_of("qf", 3, regime, steps)
    }

    fn plan_of(problem: &str, neurons: usize, regime: &str, steps: u64) -> Plan {
        let text = format!(
            r#"{{"schema":1,"problem":"{problem}","dim":6,"neurons":{neurons},"batch":10,"steps":{steps},"samples":{},"regime":{regime}}}"#,
            10 * steps
        );
        Plan::from_json(&text).unwrap()
    }

    fn finish(state: &mut TrainingRun) {
        while !state.is_finished() {
            state.advance(7);
        }
    }

    #[test]
    fn a_restored_run_is_the_unbroken_run() {
        let fixed = r#""nn","delta":"two-signed:1","second-layer":"fixed""#;
        for (problem, neurons, regime) in [
            ("qf", 3, r#""nn""#),
            ("qf", 3, r#""nt""#),
            ("qf", 3, r#""rf""#),
            ("qf", 3, r#""nn","laziness":0.3"#),
            ("qf", 20, r#""nn","laziness":5"#),
            (
                "mg",
                3,
                r#""nn","delta":"flat:0.5","sigma":"two-level","rotation":"random""#,
            ),
            ("mg", 3, fixed),
            ("mg", 20, fixed),
            (
                "mg",
                3,
                r#""nt","delta":"two-signed:0.7","sigma":"two-level""#,
            ),
            (
                "mg",
                7,
                r#""nt","delta":"flat:1","sigma":"two-level","rotation":"random""#,
            ),
            ("mg", 3, r#""rf","delta":"0.5,-0.5,0.2,0,0,0.9""#),
        ] {
            let plan = || plan_of(problem, neurons, regime, 120);
            assert_eq!(Plan::from_object(plan().to_object()).unwrap(), plan());
            let mut unbroken = TrainingRun::new(plan()).unwrap();
            let mut broken = TrainingRun::new(plan()).unwrap();
            for _ in 0..9 {
                broken.advance(5);
            }
            let mut restored = TrainingRun::restore(&broken.checkpoint()).unwrap();
            assert_eq!(restored.step(), broken.step());
            finish(&mut unbroken);
            finish(&mut restored);
            assert_eq!(unbroken.record(), restored.record(), "{regime}");
            assert_eq!(restored.record().problem, problem);
            assert!(restored.record().last.unwrap() < 1.0, "{regime}");
        }
    }

    #[test]
    fn damaged_checkpoints_are_refused() {
        let mut state = TrainingRun::new(plan(r#""nn""#, 50)).unwrap();
        state.advance(20);
        let bytes = state.checkpoint();
        for index in (0..bytes.len()).step_by(11) {
            let mut damaged = bytes.clone();
            damaged[index] ^= 0x40;
            assert!(TrainingRun::restore(&damaged).is_err(), "byte {index}");
            assert!(
                TrainingRun::restore(&bytes[..index]).is_err(),
                "cut at {index}"
            );
        }
    }

    #[test]
    fn plans_that_are_none_say_why() {
        for (text, part) in [
            ("[]", "JSON object"),
            ("{", "JSON object"),
            (r#"{"problem":"qf"}"#, "schema is null"),
            (r#"{"schema":2,"problem":"qf"}"#, "schema is 2"),
            (
                r#"{"schema":1,"problem":"gm"}"#,
                "problem is \"gm\", but must be \"qf\" or \"mg\"",
            ),
            (r#"{"schema":1}"#, "problem is null"),
            (
                r#"{"schema":1,"problem":"mg","spectrum":"1,2"}"#,
                "“spectrum”",
            ),
            (
                r#"{"schema":1,"problem":"qf","second-layer":"fixed"}"#,
                "“second-layer”",
            ),
            (r#"{"schema":1,"problem":"qf","colour":1}"#, "“colour”"),
            (r#"{"schema":1,"problem":"qf","steps":-1}"#, "steps is “-1”"),
            (
                r#"{"schema":1,"problem":"qf","steps":[1]}"#,
                "the value of “steps”",
            ),
        ] {
            let error = Plan::from_json(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn a_comment_is_ignored() {
        let plain = r#"{"schema":1,"problem":"qf","dim":4}"#;
        let said = r#"{"schema":1,"problem":"qf","dim":4,"comment":["why",{"not":1}]}"#;
        assert_eq!(
            Plan::from_json(said).unwrap(),
            Plan::from_json(plain).unwrap()
        );
    }

    /// The last batch is then the beginning of a whole one.
    #[test]
    fn samples_need_not_be_whole_batches() {
        let run = |samples: u64, batch: usize| {
            let text = format!(
                r#"{{"schema":1,"problem":"qf","regime":"rf","dim":6,"neurons":5,"samples":{samples},"batch":{batch}}}"#
            );
            let mut state = TrainingRun::new(Plan::from_json(&text).unwrap()).unwrap();
            finish(&mut state);
            let restored = TrainingRun::restore(&state.checkpoint()).unwrap();
            assert_eq!(restored.record(), state.record());
            state.record()
        };
        let odd = run(250, 100);
        let samples: Vec<u64> = odd.risk.iter().map(|at| at.samples).collect();
        assert_eq!(samples.last(), Some(&250));
        // Sums of the same 60 samples, in another order: some roundings of the normal equations.
        let (part, whole) = (run(60, 100).last.unwrap(), run(60, 60).last.unwrap());
        assert!((part / whole - 1.0).abs() < 1e-10, "{part} {whole}");
        assert!((run(100, 100).last.unwrap() / part - 1.0).abs() > 1e-6);
    }
}
