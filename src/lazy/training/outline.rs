//! What is known of a run before it is made.

use super::resolve::{neurons, train_settings};
use super::work::work;
use super::{memory, settings};
use crate::experiment::{ExperimentError, Outline, Plan, ReadContext};
use crate::lazy::problem::Problem;
use crate::lazy::setting::Settings;
use crate::lazy::train::Regime;
use crate::setting::{About, Parameters};

/// A target, and whose it is.
type Known = (Settings, Problem);

pub(super) fn outline(
    plan: &Plan,
    context: &mut ReadContext<'_>,
) -> Result<Outline, ExperimentError> {
    let settings = settings(plan)?;
    let known = context.shared(
        |(known, _): &Known| known.agrees(&settings, About::PROBLEM),
        || {
            let what = memory::target_in_words(&settings);
            (what, memory::of_target(&settings))
        },
        || Ok((settings.clone(), settings.problem()?)),
    )?;
    let (_, problem) = &*known;
    let train = train_settings(&settings, problem)?;
    train.check(problem)?;
    let pace = format!(
        "{} {} {} {} {} {} {} {}",
        settings.dim(),
        settings.regime,
        train.neurons,
        settings.batch,
        settings.activation,
        settings.protocol,
        settings.second_layer,
        !settings.laziness.is_empty(),
    );
    Ok(Outline {
        work: work(problem, &train),
        bytes: memory::of_run(&settings),
        words: memory::run_in_words(&settings).into(),
        pace: pace.into(),
        family: settings.regime.name(),
        shares: shares(plan, &settings).map(Into::into),
    })
}

/// What runs side by side have in common: the target, the samples, and of NT the weights, whose products with them are
/// shared. None if a run gains nothing from others: fits of random features are mostly solves, and to a wide network
/// samples are little, as drawing them is much only to a narrow one.
fn shares(plan: &Plan, settings: &Settings) -> Option<String> {
    let neurons = neurons(settings);
    let is_narrow = 2 * neurons <= settings.dim();
    let gains = match settings.regime {
        Regime::Rf => false,
        Regime::Nt => true,
        // A lazy one has a target of its own.
        Regime::Nn => is_narrow && settings.laziness.is_empty(),
    };
    if !gains {
        return None;
    }
    let width = if is_narrow { 0 } else { neurons };
    let (dim, seed, batch) = (settings.dim(), settings.seed, settings.batch);
    let mut text = format!("{dim} {seed} {batch} {width}");
    for (key, value) in plan.settings() {
        if settings
            .about(key)
            .is_some_and(|about| About::PROBLEM.contains(&about))
        {
            text.extend([" ", key, "=", &value.to_string()]);
        }
    }
    Some(text)
}
