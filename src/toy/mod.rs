//! The smallest part: the mean of n numbers, whose risk is 1/n. It shows what a part is made of, and that it takes a folder
//! and no more; it is compiled for tests alone.

#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
mod commands;
mod figure;

use crate::experiment::{Measure, RunKind, StepFunction};
use crate::part::Part;
use crate::setting::{About, Kind, Parameter, Parameters, Row, Scope, Value};
use crate::stream::{Purpose, Stream};

/// What it brings to page and program.
pub const PART: Part = Part {
    name: "toy",
    runs: &[&TOY],
    figures: &[&figure::SHEET],
    #[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
    program: commands::PROGRAM,
};

/// How many numbers, and where they come from.
#[derive(Clone, PartialEq)]
struct ToySettings {
    scope: Scope,
    samples: u64,
    seed: u64,
}

const ALL: Scope = Scope::COMMANDS.and(Scope::PAGE);
const SAMPLES: Kind = Kind::Integer { min: 1, max: 999 };
const SEED: Kind = Kind::Integer { min: 0, max: 99 };

impl Parameters for ToySettings {
    const TABLE: &'static [Parameter<Self>] = &[
        Parameter {
            row: Row::new("samples", "n", SAMPLES, ALL, About::Pace, "Numbers"),
            read: |s| Value::Integer(s.samples),
            write: |s, v| s.samples = v.integer().unwrap_or(1),
        },
        Parameter {
            row: Row::new("seed", "Seed", SEED, ALL, About::Training, "Seed"),
            read: |s| Value::Integer(s.seed),
            write: |s, v| s.seed = v.integer().unwrap_or(0),
        },
    ];

    fn new(scope: Scope) -> Self {
        Self {
            scope,
            samples: 100,
            seed: 1,
        }
    }

    fn scope(&self) -> Scope {
        self.scope
    }
}

/// Numbers come one by one, and the square of their mean is told.
static TOY: RunKind = RunKind::of_function::<ToySettings>("toy", "The mean of n numbers", &[RISK]);
const RISK: Measure = Measure::named("risk");

impl StepFunction for ToySettings {
    fn steps(&self) -> u64 {
        self.samples
    }

    fn report(&self, step: u64) -> Vec<Option<f64>> {
        let mut numbers = vec![0.0; step as usize];
        Stream::new(self.seed, Purpose::Batch, 0).fill_normal(&mut numbers);
        let sum: f64 = numbers.into_iter().map(f64::from).sum();
        vec![Some((sum / step as f64).powi(2))]
    }
}
