//! A run for tests: a random walk, with two measures and no paper.

use serde_json::{Map, Value, json};

use super::sweep::Work;
use super::{
    End, ExperimentError, Measure, Outline, Plan, Run, RunKind, RunNumbers, RunReport, advance_each,
};
use crate::stream::{Purpose, Stream};

pub(crate) static WALK: RunKind = RunKind {
    name: "walk",
    help: "A random walk",
    measures: &[
        Measure {
            key: "place",
            name: "place",
        },
        Measure {
            key: "root",
            name: "its root",
        },
    ],
    canonical,
    outline: |plan, _| {
        let steps = number(plan.settings(), "steps") as f64;
        Ok(Outline::of(Work {
            step: 1.0,
            steps,
            reports: steps / 10.0,
            ..Work::default()
        }))
    },
    begin: |plan| {
        Ok(Box::new(Walk {
            plan: plan.clone(),
            numbers: RunNumbers {
                doubles: vec![0.0],
                ..RunNumbers::default()
            },
            reports: Vec::new(),
        }))
    },
    together: advance_each,
};

struct Walk {
    plan: Plan,
    numbers: RunNumbers,
    reports: Vec<RunReport>,
}

fn number(settings: &Map<String, Value>, key: &str) -> u64 {
    settings.get(key).and_then(Value::as_u64).unwrap_or(100)
}

fn canonical(settings: &Map<String, Value>) -> Result<Map<String, Value>, ExperimentError> {
    let unknown = |key: &&String| !["steps", "seed"].contains(&key.as_str());
    match settings.keys().find(unknown) {
        Some(key) => Err(ExperimentError::Refused(format!("a walk has no {key}"))),
        None => Ok(settings.clone()),
    }
}

impl Run for Walk {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn steps(&self) -> u64 {
        number(self.plan.settings(), "steps")
    }

    fn step(&self) -> u64 {
        self.numbers.step
    }

    fn until_report(&self) -> u64 {
        (10 - self.step() % 10).min(self.steps() - self.step())
    }

    fn advance(&mut self, steps: u64) -> u64 {
        let steps = steps.min(self.until_report());
        let seed = number(self.plan.settings(), "seed");
        for _ in 0..steps {
            let mut normal = [0.0];
            Stream::new(seed, Purpose::Batch, self.step()).fill_normal(&mut normal);
            self.numbers.doubles[0] += f64::from(normal[0]);
            self.numbers.step += 1;
        }
        if steps > 0 && self.step().is_multiple_of(10) {
            let place = self.numbers.doubles[0];
            self.reports.push(RunReport {
                at: self.step(),
                values: vec![Some(place), (place >= 0.0).then(|| place.sqrt())],
            });
        }
        steps
    }

    fn reports(&self) -> &[RunReport] {
        &self.reports
    }

    fn end(&self) -> Option<End> {
        (self.step() == self.steps()).then_some(End::Finished)
    }

    fn numbers(&self) -> RunNumbers {
        self.numbers.clone()
    }

    fn load(
        &mut self,
        numbers: RunNumbers,
        reports: Vec<RunReport>,
    ) -> Result<(), ExperimentError> {
        (self.numbers, self.reports) = (numbers, reports);
        Ok(())
    }

    fn record(&self, _with_optimum: bool) -> String {
        let reports: Vec<Value> = self
            .reports
            .iter()
            .map(|report| json!([report.at, report.values]))
            .collect();
        json!({ "reports": reports }).to_string()
    }
}

#[test]
fn a_walk_with_several_measures_goes_through_a_checkpoint() {
    let mut walk = Plan::new(&WALK, &Map::new()).unwrap().begin().unwrap();
    for _ in 0..8 {
        walk.advance(7);
    }
    let restored = WALK.restore(&walk.checkpoint()).unwrap();
    assert_eq!(restored.numbers(), walk.numbers());
    assert_eq!(restored.reports(), walk.reports());
    assert!(
        walk.reports()
            .iter()
            .any(|report| report.values[1].is_none())
    );
    assert!(
        super::restore(&walk.checkpoint()).is_err(),
        "no part has walks"
    );
}
