//! `lazy-limits train polynomial`: low-degree polynomials are learnt.

use crate::cli::{Page, PartCommand, training};
use crate::neuron::polynomial::{POLYNOMIAL, PolynomialSettings};
use crate::setting::Scope;

pub(super) const COMMAND: PartCommand = PartCommand {
    name: "train",
    problem: Some(POLYNOMIAL.name),
    build: || training::command::<PolynomialSettings>(&PAGE, &POLYNOMIAL, Scope::TRAIN),
    run: |matches, terminal| {
        training::run::<PolynomialSettings>(&POLYNOMIAL, Scope::TRAIN, matches, terminal)
    },
};

const PAGE: Page = Page {
    about: "The sign of a polynomial, learnt by all layers or by random features",
    long_about: "\
The sign of a low-degree polynomial of x ~ N(0, I_5), learnt from the hinge loss by a network of r softplus neurons: \
r^-½ Σ u_i softplus(⟨w_i,x⟩ + b_i), u = 0 at its start (Yehudai and Shamir 2019, Thm 3.1).

--layers all     trains all weights
--layers output  trains the u_i alone: random features

Both learn it; only width decides how well random features follow. The theorem says that enough random features \
learn any low-degree polynomial, with constants for which no computer is large enough: this is its shape, at sizes of one. Its step is \
1, constant for half the run, then falling linearly to 0, and each sample is used once.

Error (the share of wrong signs) and hinge loss are those of 10 000 samples that no step uses; the standard error of an error ε is \
√(ε(1 − ε))/100. Ctrl-C, or a signal of a scheduler, prints the run as far as it has come; with --save it is saved, and \
--resume goes on.",
    examples: "\
Examples:
  lazy-limits train polynomial
  lazy-limits train polynomial --layers output --features 320
  lazy-limits train polynomial --polynomial x1^2-x2^2+x3 --features 20 --format json
  lazy-limits train polynomial --save run --resume run                 starts, or goes on",
};
