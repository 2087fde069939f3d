//! What this paper brings to the command line: `risk`, `exact` and `train` about `qf` and `mg`, and figures at full size.

mod exact;
mod figure;
mod input;
mod laziness;
mod laziness_figure;
mod pages;
mod reference;
mod risk;
mod train;
mod weights;

use clap::builder::ValueParser;
use clap::{Arg, ArgMatches, Command, ValueHint};

use super::setting::{ProblemName, Settings};
use crate::cli::arguments::{self, Anything, Extra};
use crate::cli::failure::Failure;
use crate::cli::{Outcome, PartCommand, PartProgram, Terminal, command, file, saving};
use crate::setting::{Choice, Kind, Parameters, Row, Scope};

use input::{Input, NOT_OF_A_NETWORK};

/// What the paper brings to the command line.
pub(super) const PROGRAM: PartProgram = PartProgram {
    rows: || Settings::TABLE.iter().map(|one| &one.row).collect(),
    commands: &[
        PartCommand {
            name: Task::Risk.name(),
            problem: None,
            build: || build(Task::Risk),
            run: |matches, terminal| run(Task::Risk, matches, terminal),
        },
        PartCommand {
            name: Task::Exact.name(),
            problem: None,
            build: || build(Task::Exact),
            run: |matches, terminal| run(Task::Exact, matches, terminal),
        },
        PartCommand {
            name: Task::Train.name(),
            problem: None,
            build: || build(Task::Train),
            run: |matches, terminal| run(Task::Train, matches, terminal),
        },
    ],
    full_figures: Some(&figure::FULL_FIGURES),
    reference: reference::reference,
};

/// A command about a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    Risk,
    Exact,
    Train,
}

impl Task {
    const fn name(self) -> &'static str {
        match self {
            Self::Risk => "risk",
            Self::Exact => "exact",
            Self::Train => "train",
        }
    }

    /// The parameters of this command about that problem.
    const fn scope(self, problem: ProblemName) -> Scope {
        let place = match self {
            Self::Risk => Scope::RISK,
            Self::Exact => Scope::EXACT,
            Self::Train => Scope::TRAIN,
        };
        place.of(problem)
    }
}

const PROBLEM: Extra = Extra {
    key: command::PROBLEM,
    kind: Kind::Choice(&[
        Choice::new(
            ProblemName::Quadratic.name(),
            "quadratic target, f*(x) = ⟨x, Bx⟩ − Tr B on Gaussian x",
        ),
        Choice::new(
            ProblemName::Mixture.name(),
            "mixture of two Gaussians, x ~ N(0, Σ − yΔ) with label y = ±1",
        ),
    ]),
    default: "",
    help: "What is learnt",
};

/// The heading in help pages of the options that one problem alone has.
fn heading(parameter: &Row, task: Task) -> Option<&'static str> {
    let [problem] = problems_of(parameter, task)[..] else {
        return None;
    };
    match problem {
        ProblemName::Quadratic => Some("Quadratic target (qf)"),
        ProblemName::Mixture => Some("Mixture of Gaussians (mg)"),
    }
}

/// The problems for which a command has that parameter.
fn problems_of(parameter: &Row, task: Task) -> Vec<ProblemName> {
    let problems = ProblemName::ALL.into_iter();
    problems
        .filter(|&problem| parameter.scope.contains(task.scope(problem)))
        .collect()
}

fn build(task: Task) -> Command {
    let page = match task {
        Task::Risk => pages::RISK,
        Task::Exact => pages::EXACT,
        Task::Train => pages::TRAIN,
    };
    let mut command = page.command(task.name()).arg(PROBLEM.positional());
    for parameter in Settings::TABLE {
        let Some(&problem) = problems_of(parameter, task).first() else {
            continue;
        };
        let option = arguments::of_row::<Settings>(parameter, task.scope(problem));
        command = command.arg(option.help_heading(heading(parameter, task)));
    }
    command = command.arg(file::symmetrize());
    match task {
        Task::Risk => command,
        Task::Exact => command.arg(
            Arg::new("network")
                .long("network")
                .value_parser(ValueParser::new(Anything(Vec::new())))
                .value_name("FILE")
                .value_hint(ValueHint::FilePath)
                .allow_hyphen_values(true)
                .conflicts_with_all(NOT_OF_A_NETWORK)
                .help("First-layer weights to judge: N lines of d numbers, one neuron a line")
                .long_help(pages::NETWORK),
        ),
        Task::Train => command.args(saving::options()),
    }
}

fn run(task: Task, matches: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let problem = crate::cli::input::positional(&PROBLEM, matches)?.to_string();
    let Some(problem) = ProblemName::from_name(&problem) else {
        return Err(Failure::Usage(format!("there is no problem “{problem}”")));
    };
    let scope = task.scope(problem);
    input::only_of(task, problem, matches)?;
    match task {
        Task::Risk => Ok(risk::report(&Input::read(scope, matches)?).into()),
        Task::Exact => exact::outcome(Input::read(scope, matches)?, terminal),
        Task::Train => train::outcome(problem, scope, matches, terminal),
    }
}
