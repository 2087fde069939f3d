//! Texts of the help pages.

use clap::Command;

pub(crate) const ABOUT: &str = "What a two-layer network can learn with its features frozen (RF), linearised (NT) or fully trained (NN)";

pub(crate) const LONG_ABOUT: &str = "\
What a two-layer network of N neurons in d dimensions can learn with its features frozen (RF), \
linearised around their start (NT) or fully trained (NN).

Every risk is the mean squared error on fresh samples, divided by that of predicting nothing: \
1 is nothing learnt, 0 is everything. After Ghorbani, Mei, Misiakiewicz and Montanari, \
“Limitations of Lazy Training of Two-layer Neural Networks” (NeurIPS 2019). The problems neuron, wave, linear and polynomial are \
Yehudai and Shamir's, “On the Power and Limitations of Random Features for Understanding Neural Networks” (NeurIPS 2019).

Results go to standard output, progress and errors to standard error. Exit status: 0 fine, \
2 wrong usage or input, 1 another failure, 130 after Ctrl-C (what is done is printed or saved), 75 after a signal of a \
scheduler (SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU), which does the same: run it again, with --resume where there is one.";

pub(crate) const EXAMPLES: &str = "\
Examples:
  lazy-limits risk qf                       the three regimes against ρ = N/d, at d = 450
  lazy-limits risk mg                       the same for two Gaussian classes
  lazy-limits exact qf --dim 100            at finite size, averaged over weights
  lazy-limits train qf --dim 64 --neurons 32 --steps 20000
                                            one network, trained: risk against samples
  lazy-limits sweep plan.json --out results many of them, on all cores
  lazy-limits figure quadratic --preset quick --out fig
                                            data and pictures of a whole figure
  lazy-limits risk qf --format json         for scripts
  lazy-limits risk --help                   everything about one command";

pub(crate) const COMPLETIONS: &str = "\
Examples:
  lazy-limits completions bash > ~/.local/share/bash-completion/completions/lazy-limits
  lazy-limits completions zsh > ~/.zfunc/_lazy-limits
  lazy-limits completions fish > ~/.config/fish/completions/lazy-limits.fish";

pub(crate) const FILE: &str = "A FILE has numbers: one vector (a \
diagonal), a symmetric matrix, one row a line, or a triangle of one, as text that blanks, commas, \
tabs or semicolons separate, as JSON, or as .npy of NumPy; comment lines, a line of headings and a \
column of names are left out. What was read is said. It fixes d. “-” is standard input; a file named \
like one of the names is written ./name. docs/numbers.md has every form.";

pub(crate) const SYMMETRIZE: &str = "Average each given matrix with its mirror image, however much \
they differ. Without it, asymmetry up to 10⁻⁶ of the largest entry is averaged away and said, and \
more is refused.";

pub(crate) const SAVE: &str = "The file in which the run is saved: at its start, every --save-every seconds, when Ctrl-C or \
a signal of a scheduler stops it, and at its end. It is replaced as a whole, so that a crash leaves the checkpoint \
before. A FILE that exists is not written over unless --resume names it too.";

pub(crate) const RESUME: &str = "The file in which --save left a run. The run goes on as if it had never been stopped, to \
the same bytes, and is saved there again, or where --save says. Its settings come from the file; those that are given must \
be the same. With --save and --resume of one FILE that is not there the run starts, so that a job can be run again as it \
is.";

pub(crate) const PART: &str = "Only the I-th of K parts of the runs, for K machines. The parts are the \
same everywhere and have about as much work each; merge puts their results together. With “auto”, a task of a scheduler's \
array is the part of its number: of Slurm, Grid Engine and AWS Batch, which say how many tasks there are; “auto/K” says it \
oneself, which an Indexed Job of Kubernetes (JOB_COMPLETION_INDEX), PBS and HyperQueue need, and every array of which only some \
tasks are started again. The numbers then are 1 … K, or 0 … K − 1 with Kubernetes and AWS.";

pub(crate) const UNTIL: &str = "Stop after that time, such as 55m or 1h30m, with the runs under way saved: exit status 75, as after \
a signal of a scheduler. By default the work ends in time before SLURM_JOB_END_TIME, where that is set: a tenth of what is \
left, at most a minute, is kept for saving. “never” leaves it to the signals.";

pub(crate) const SWEEP: Page = Page {
    about: "Many runs from a plan, on all cores, resumable",
    long_about: "\
Many runs from a plan, on all cores. The plan is a JSON file:

{\"schema\": 1, \"name\": \"seeds\", \"groups\": [
  {\"problem\": \"qf\", \"dim\": 64, \"steps\": 20000,
   \"vary\": {\"neurons\": [16, 32, 64], \"seed\": [1, 2, 3]}}]}

A group has the settings of train, and under \"vary\" lists of them: every combination is a run. \
A \"comment\" may stand anywhere and is ignored. \
\"step-scale\" is worth varying: it multiplies the automatic step size.

Each finished run is a line of DIR/records.jsonl: the JSON of train, and \"run\", the run's id. \
When all are finished the lines stand in the order of the plan, whatever the threads and \
interruptions. DIR/seconds.jsonl says what each took, and where. A run that diverges is a result like \
any other (\"diverged_at\").

Ctrl-C saves the runs under way (exit 130), a signal of a scheduler too (exit 75), and --resume continues them: the result is that of an \
unbroken sweep, bit for bit. The same holds after a crash or a full disk; at most the work since \
the last checkpoint is done again.",
    examples: "\
Examples:
  lazy-limits sweep plan.json --out results
  lazy-limits sweep plan.json --out results --resume
  lazy-limits sweep plan.json --dry-run                        what it runs, and how long
  lazy-limits sweep plan.json --out part3 --part 3/16          on the third of 16 machines
  lazy-limits merge part* --out results",
};

pub(crate) const MERGE: Page = Page {
    about: "Put the parts of a plan together",
    long_about: "\
Puts the results of parts of one plan, as sweep --part and figure --part make them, into one new \
directory, in the order of the plan.

What is missing is listed with its settings, and the exit status is then 1; what is there is merged \
all the same, and --resume there makes the rest.",
    examples: "\
Examples:
  lazy-limits merge part1 part2 part3 --out results",
};

pub(crate) const FIGURE: Page = Page {
    about: "A whole figure of a paper: its runs, its data, its pictures",
    long_about: "\
A whole figure, of the paper or beyond it: makes its runs, as sweep does, and writes NAME.json (every number with \
its inputs), NAME.csv, NAME.svg and NAME.png into the directory.",
    examples: "\
Examples:
  lazy-limits figure quadratic --preset quick --out fig
  lazy-limits figure quadratic --out paper --dry-run           what it runs, and how long
  lazy-limits figure quadratic --out paper                     at full size: hours
  lazy-limits figure quadratic --out paper --resume
  lazy-limits figure quadratic --out paper --draw              what is done so far
  lazy-limits figure mixture --out part3 --part 3/16
  lazy-limits merge part* --out paper",
};

/// The last paragraph of that page, after what parts say of their figures.
pub(crate) const FIGURE_LAST: &str = "\
The runs at the automatic step size come first, so that --draw shows a figure long before all is \
done; it says that it is incomplete, and so does its JSON (\"complete\": false). --part shares the \
work out; after merge, --draw draws.";

pub(crate) const REPORT: Page = Page {
    about: "A document of figures' results against theory, in Markdown",
    long_about: "\
Reads the JSON of figures, as figure writes it, and prints a document in Markdown: the paper's \
statements beside the numbers found, with the difference, its standard error and what explains it; \
tables of all networks and random features against limits and exact optima; errors in the paper's \
text with what shows them. Limits and optima are computed again.",
    examples: "\
Examples:
  lazy-limits report fig/quadratic.json > report.md
  lazy-limits report www/data/*.json > docs/reproduction.md",
};

/// The texts of the help page of a command.
pub struct Page {
    /// What it does, in a line.
    pub about: &'static str,
    /// The same at length, for `--help`.
    pub long_about: &'static str,
    /// Under the options: “Examples:” and lines.
    pub examples: &'static str,
}

impl Page {
    /// One with no more to say than a line.
    pub const fn short(about: &'static str, examples: &'static str) -> Self {
        Self {
            about,
            long_about: about,
            examples,
        }
    }

    /// A command of that name with these texts, and no options yet.
    pub fn command(&self, name: &'static str) -> Command {
        Command::new(name)
            .about(self.about)
            .long_about(self.long_about)
            .after_help(self.examples)
    }
}
