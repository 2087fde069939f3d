//! A run in progress.

use super::checkpoint;
use super::{ExperimentError, Plan, Record, RiskAt};
use crate::problem::{Problem, Target};
use crate::setting::{Parameters, VERSION};
use crate::train::{Regime, TrainState, Trainer, report_steps};
use crate::{finite, stream};

/// A run that can be advanced, looked at, saved and restored at any step.
pub struct TrainingRun {
    plan: Plan,
    problem: Problem,
    trainer: Trainer,
    /// Steps after which the risk is recorded, upwards.
    reports: Vec<u64>,
    risks: Vec<RiskAt>,
}

impl TrainingRun {
    /// A run at its start.
    ///
    /// # Errors
    /// If its settings are refused.
    pub fn new(plan: Plan) -> Result<Self, ExperimentError> {
        let (problem, settings) = plan.resolve()?;
        let reports = if settings.regime == Regime::Rf {
            vec![settings.steps]
        } else {
            report_steps(settings.steps)
        };
        let mut trainer = Trainer::new(&problem, settings)?;
        if let Some(size) = trainer.step_size() {
            trainer.set_step_size(size * plan.settings().step_scale)?;
        }
        let mut state = Self {
            plan,
            problem,
            trainer,
            reports,
            risks: Vec::new(),
        };
        state.report_if_due();
        Ok(state)
    }

    /// A run as [`TrainingRun::checkpoint`] saved it; it goes on as if it had never been stopped.
    ///
    /// # Errors
    /// If the bytes are no such checkpoint.
    pub fn restore(bytes: &[u8]) -> Result<Self, ExperimentError> {
        let saved = checkpoint::read(bytes)?;
        let mut state = Self::new(saved.plan)?;
        state.trainer.load(&saved.train)?;
        state.risks = saved.risks;
        Ok(state)
    }

    /// The whole run as bytes: header, state, checksum.
    pub fn checkpoint(&self) -> Vec<u8> {
        checkpoint::write(&self.plan, &self.risks, &self.trainer.state())
    }

    /// Makes up to `steps` steps, but stops after the next report and at the end of the run.
    /// Returns how many were made.
    pub fn advance(&mut self, steps: u64) -> u64 {
        let made = self.trainer.advance(steps.min(self.until_report()));
        self.report_if_due();
        made
    }

    /// Steps up to the next report; 0 once the run has ended.
    pub(super) fn until_report(&self) -> u64 {
        if self.is_finished() {
            return 0;
        }
        let step = self.step();
        let next = self.reports.iter().find(|&&report| report > step);
        next.map_or(0, |report| report - step)
    }

    /// The network in training, to be advanced no further than [`until_report`](Self::until_report).
    pub(super) fn trainer_mut(&mut self) -> &mut Trainer {
        &mut self.trainer
    }

    /// Records the risk if one is due at this step, or the run has diverged.
    pub(super) fn report_if_due(&mut self) {
        let samples = self.trainer.samples();
        let known = self
            .risks
            .last()
            .is_some_and(|last| last.samples == samples);
        let due = self.reports.binary_search(&self.step()).is_ok();
        if !known && (due || self.trainer.diverged_at().is_some()) {
            self.risks.push(RiskAt {
                samples,
                risk: self.trainer.risk(),
            });
        }
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The target.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The network in training.
    pub fn trainer(&self) -> &Trainer {
        &self.trainer
    }

    /// Steps made.
    pub fn step(&self) -> u64 {
        self.trainer.step()
    }

    /// Steps of the whole run.
    pub fn steps(&self) -> u64 {
        self.trainer.settings().steps
    }

    /// Whether the run has ended, by its steps or by diverging.
    pub fn is_finished(&self) -> bool {
        self.trainer.is_finished()
    }

    /// The risks recorded so far.
    pub fn risks(&self) -> &[RiskAt] {
        &self.risks
    }

    /// Changes the step size from the next step on.
    ///
    /// # Errors
    /// If it is out of range, or the regime has none.
    pub fn set_step_size(&mut self, value: f64) -> Result<(), ExperimentError> {
        Ok(self.trainer.set_step_size(value)?)
    }

    /// The exact optimum of this run's regime at its N and d: for NT and RF at the weights drawn,
    /// where for RF a factorisation of N³/3 is due; for NN over all weights. None for NT and NN with
    /// another activation than x², for which there is no formula, and where a solver cannot vouch for it.
    pub fn optimum(&self) -> Option<f64> {
        let settings = self.trainer.settings();
        if settings.is_activated() {
            return None;
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
            settings: self.plan.settings().to_json(true),
            dim: self.problem.dim(),
            neurons: settings.neurons,
            seed: settings.seed,
            trace_ratio: self.problem.form().trace_ratio(),
            step_sizes: self.trainer.step_sizes().to_vec(),
            optimum: None,
            risk: self.risks.clone(),
            last: self.trainer.risk(),
            diverged_at: self.trainer.diverged_at(),
            interrupted: !self.is_finished(),
        }
    }
}

/// What a checkpoint holds.
pub(super) struct Saved {
    pub(super) plan: Plan,
    pub(super) risks: Vec<RiskAt>,
    pub(super) train: TrainState,
}

#[cfg(test)]
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
