//! Random features: exact, in the limit, and fitted.

use std::fmt::Write as _;

use super::{WidthReported, label};
use crate::activation::Activation;
use crate::figure::Subject;
use crate::full_size::markdown::{MarkdownTable, difference, rho, risk, with_error};
use crate::lazy::exact::Moments;
use crate::lazy::limit::RandomFeatures;
use crate::lazy::paper::data::{Exact, Point};
use crate::lazy::paper::theory::FEATURES;

/// The standard error of a mean over draws.
pub(super) fn error(exact: &Exact, point: &Point) -> Option<f64> {
    point.sd.map(|sd| sd / (exact.draws as f64).sqrt())
}

/// The limit of random features.
pub(super) fn limit(
    figure: &WidthReported,
    subject: Subject,
    activation: &str,
    rho: f64,
) -> Option<f64> {
    let (_, _, covariance) = FEATURES.iter().find(|feature| feature.0 == subject)?;
    let activation = Activation::from_name(activation)?;
    let gamma = covariance.at(&figure.problem, rho);
    Some(RandomFeatures::new(&figure.problem, &gamma, activation).risk(rho))
}

/// Exact random features whose activation sees the target: of the others all risks are 1.
pub(super) fn learning(figure: &WidthReported) -> impl Iterator<Item = &Exact> {
    let sees = |exact: &&Exact| {
        let activation = Activation::from_name(&exact.activation);
        activation.is_some_and(|sigma| sigma.hermite().lambda2 != 0.0)
    };
    figure.data.exact.iter().filter(sees)
}

/// Exact random features against the limit, and fits against exact ones.
pub(super) fn fits(figure: &WidthReported) -> String {
    let mut table = MarkdownTable::new(&[
        "weights",
        "N",
        "ρ",
        "limit",
        "exact, mean of draws",
        "exact − limit",
    ]);
    for exact in learning(figure) {
        for point in &exact.points {
            let limit = limit(figure, exact.subject, &exact.activation, point.rho);
            table.row(&[
                label(exact.subject, &exact.activation),
                point.neurons.to_string(),
                rho(point.rho),
                risk(limit),
                with_error(point.mean, error(exact, point)),
                difference(limit.map(|limit| point.mean - limit)),
            ]);
        }
    }
    let mut out = "\n### Random features\n\nThe exact mean over draws of the weights, with its standard error.\n".to_owned();
    out += &table.finish();
    let mut table = MarkdownTable::new(&[
        "weights",
        "N",
        "exact, these weights",
        "fitted",
        "difference",
    ]);
    let fitted = figure.data.dots.iter().filter(|dot| dot.schedule.is_none());
    let mut shares = Vec::new();
    for dot in fitted {
        let pair = dot.risk.zip(dot.optimum);
        shares.extend(pair.map(|(risk, optimum)| risk - optimum));
        table.row(&[
            label(dot.subject, &dot.activation),
            dot.neurons.to_string(),
            risk(dot.optimum),
            risk(dot.risk),
            difference(pair.map(|(risk, optimum)| risk - optimum)),
        ]);
    }
    if let Some(Moments { mean, .. }) = Moments::of(shares.into_iter()) {
        let _ = write!(
            out,
            "\nFitted by least squares to samples, as the paper does. With n samples the excess is about N/(n − N) of the \
             optimum; on average it is {mean:+.5}.\n"
        );
        out += &table.finish();
    }
    out
}
