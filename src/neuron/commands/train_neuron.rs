//! `lazy-limits train neuron`: one neuron, trained.

use crate::cli::{Page, PartCommand, training};
use crate::neuron::setting::NeuronSettings;
use crate::neuron::training::NEURON;

pub(super) const TRAIN: PartCommand = PartCommand {
    name: "train",
    problem: Some(NEURON.name),
    build: || training::command::<NeuronSettings>(&PAGE, &NEURON, NeuronSettings::TRAIN),
    run: |matches, terminal| {
        training::run::<NeuronSettings>(&NEURON, NeuronSettings::TRAIN, matches, terminal)
    },
};

const PAGE: Page = Page {
    about: "One neuron trained on a neuron: risk against samples, by one-pass SGD",
    long_about: "\
One neuron, trained on one neuron: f(x) = relu(⟨w,x⟩ + β) learns y = relu(s⟨w*,x⟩ + b) on Gaussian x in d dimensions, each \
sample used once. It is what no number of fixed features reaches: ten thousand samples make its risk 10⁻⁸ whatever d up to 100.

Each step takes η times the mean gradient of (f − y)² over --batch fresh samples off w, and off β where the target has a bias; \
w starts at random with length about 1, β at 0. A target of norm s is learnt as s times one of norm 1, which is the same for \
ReLU: one step size serves every norm.

The risk is exact at any time, over E y², so that answering 0 has risk 1. It is computed from differences of the two neurons \
and falls to 10⁻³⁰, where double precision ends. A neuron that answers 0 everywhere stays as it is (of targets with a bias \
far below 0). A run whose risk climbs has diverged: it stops, says at which step, and that is a result like any other (exit 0; \
JSON \"diverged_at\").

Ctrl-C, or a signal of a scheduler, prints the run as far as it has come; with --save it is saved, and --resume goes on.",
    examples: "\
Examples:
  lazy-limits train neuron
  lazy-limits train neuron --dim 100 --steps 1000
  lazy-limits train neuron --norm 64 --bias 32 --format json
  lazy-limits train neuron --step-size 2                                 diverges
  lazy-limits train neuron --steps 1000000 --save run --resume run       starts, or goes on",
};
