//! The spectrum of B, or of Δ̃, as bars, once for each regime, with what that regime captures inside.

use super::explorable::Explorable;
use super::{Axis, Frame, Subject, Table};
use crate::finite;
use crate::linalg::ranks;
use crate::problem::Problem;
use crate::spectrum::group_of;
use crate::train::Regime;

/// Side by side, in the order of increasing power.
const REGIMES: [Regime; 3] = [Regime::Rf, Regime::Nt, Regime::Nn];

/// Bars are cut where a pointer can still tell them from the edge.
const HEADROOM: f64 = 1.25;

/// The largest eigenvalue of Δ̃ that a drag leads to; at 1 a class degenerates.
const MOST_CONTRAST: f64 = 0.98;

/// Three copies of the spectrum.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// The eigenvalues, largest first.
    pub eigenvalues: Vec<f64>,
    /// Groups that can be dragged: ends (exclusive) in ranks.
    pub group_ends: Vec<usize>,
    /// The group that has the keyboard, if any.
    pub focus: Option<usize>,
    /// The common vertical axis.
    pub y: Axis,
    /// What each regime captures.
    pub captures: Vec<Capture>,
}

/// What one regime captures of each eigenvalue: the diagonal of B̂ in the eigenbasis of B.
#[derive(Clone, Debug, PartialEq)]
pub struct Capture {
    /// The regime.
    pub subject: Subject,
    /// A title: the regime, and in few words what it does.
    pub label: String,
    /// By rank.
    pub diagonal: Vec<f64>,
    /// Where it is from, in a word: `trained`, or `expected` by theory.
    pub origin: &'static str,
}

impl Bars {
    /// The plot area of one of the copies in a picture of all. They stand in a row, or below
    /// each other where the picture is narrow.
    pub fn frame(&self, index: usize, width: f64, height: f64) -> Frame {
        frame(index, width, height)
    }
}

fn frame(index: usize, width: f64, height: f64) -> Frame {
    Frame::in_row(index, REGIMES.len(), width, height, [24.0, 8.0, 20.0, 34.0])
}

fn axis(state: &Explorable) -> Axis {
    let edited = state.sorted_eigenvalues();
    let plain = state.plain_eigenvalues();
    let top = (HEADROOM * plain[0]).max(1.1 * edited[0]);
    let bottom = (HEADROOM * plain[plain.len() - 1]).min(1.1 * edited[edited.len() - 1]);
    Axis {
        label: "eigenvalue".to_owned(),
        min: bottom.min(0.0),
        max: top.max(0.0).max(bottom.abs() * 0.05),
        log: false,
    }
}

pub(super) fn bars(state: &Explorable) -> Bars {
    let eigenvalues = state.sorted_eigenvalues();
    let dim = eigenvalues.len();
    let groups = state.multipliers().len();
    Bars {
        group_ends: (0..groups)
            .map(|group| {
                (0..dim)
                    .position(|rank| group_of(rank, dim, groups) > group)
                    .unwrap_or(dim)
            })
            .collect(),
        focus: state.focus(),
        y: axis(state),
        captures: REGIMES
            .into_iter()
            .map(|regime| capture(state, regime))
            .collect(),
        eigenvalues,
    }
}

/// What a regime has learnt of each direction, in the order of the coordinates: what its run at the
/// handle has, else what theory expects. And whether it is a run's.
pub(super) fn learned_diagonal(state: &Explorable, regime: Regime) -> (Vec<f64>, bool) {
    let dim = state.dim();
    let run = state.run_at_handle(regime);
    match run.and_then(|run| run.learned.as_ref()) {
        Some(learned) => {
            let stride = if learned.len() == dim { 1 } else { dim + 1 };
            let diagonal = learned.iter().step_by(stride);
            (diagonal.map(|&value| f64::from(value)).collect(), true)
        }
        None => (expected(state, regime), false),
    }
}

fn capture(state: &Explorable, regime: Regime) -> Capture {
    let (learned, trained) = learned_diagonal(state, regime);
    let diagonal = state.ranks().iter().map(|&i| learned[i]).collect();
    Capture {
        subject: regime.into(),
        label: match regime {
            Regime::Rf => "RF: the trace",
            Regime::Nt => "NT: a random subspace",
            Regime::Nn => "NN: the top directions",
        }
        .to_owned(),
        diagonal,
        origin: if trained {
            "trained"
        } else if regime == Regime::Rf || state.has_network_theory() {
            "expected"
        } else {
            "not trained yet"
        },
    }
}

/// What theory expects, in the order of the coordinates.
fn expected(state: &Explorable, regime: Regime) -> Vec<f64> {
    let form = state.form();
    let neurons = state.neurons();
    match regime {
        Regime::Rf => state
            .limits()
            .random_features_learned(state.problem(), state.rho()),
        _ if !state.has_network_theory() => vec![0.0; form.dim()],
        Regime::Nt => finite::neural_tangent_learned_mean(form, neurons)
            .iter()
            .copied()
            .collect(),
        Regime::Nn => {
            let values = form.eigenvalues();
            // With a second layer of both signs a large eigenvalue of either sign is worth having.
            let worth = |value: f64| match state.problem() {
                Problem::Quadratic(_) => value.max(0.0),
                Problem::Mixture(_) => value.abs(),
            };
            let worths: Vec<f64> = values.iter().map(|&value| worth(value)).collect();
            let mut out = vec![0.0; form.dim()];
            for index in ranks(&worths).into_iter().take(neurons) {
                if worths[index] > 0.0 {
                    out[index] = values[index];
                }
            }
            out
        }
    }
}

/// The group under a pointer, in whichever copy.
pub(super) fn group_at(
    state: &Explorable,
    size: (f64, f64),
    at: (f64, f64),
    slop: f64,
) -> Option<usize> {
    let groups = state.multipliers().len();
    let dim = state.dim();
    let frame = (0..REGIMES.len())
        .map(|index| frame(index, size.0, size.1))
        .find(|frame| frame.contains(at.0, at.1, slop))?;
    let share = ((at.0 - frame.left) / frame.width).clamp(0.0, 1.0);
    let rank = ((share * dim as f64) as usize).min(dim - 1);
    Some(group_of(rank, dim, groups))
}

/// The factor that brings the mean of a group to the height of a pointer; eigenvalues keep their
/// sign. A group of zeros keeps its factor.
pub(super) fn multiplier_at(
    state: &Explorable,
    group: usize,
    size: (f64, f64),
    at: (f64, f64),
) -> f64 {
    let now = state.groups();
    let plain = plain_mean(state, group);
    if plain == 0.0 {
        return now.multipliers[group];
    }
    let frame = nearest_frame(size, at.1);
    let value = frame.value_at_y(&axis(state), at.1);
    let most = match state.problem() {
        Problem::Quadratic(_) => 100.0,
        // Both classes keep a covariance.
        Problem::Mixture(_) => {
            let members = members(state, group).map(f64::abs);
            (MOST_CONTRAST / members.fold(0.0, f64::max)).min(100.0)
        }
    };
    let factor = (value / plain).clamp(0.0, most);
    (factor * 100.0).floor() / 100.0
}

/// The copy whose plot area is nearest in height: a drag may leave it upwards or downwards.
fn nearest_frame(size: (f64, f64), y: f64) -> Frame {
    let first = frame(0, size.0, size.1);
    (1..REGIMES.len())
        .map(|index| frame(index, size.0, size.1))
        .fold(first, |best, next| {
            let distance = |frame: &Frame| (y - frame.top - 0.5 * frame.height).abs();
            if distance(&next) < distance(&best) {
                next
            } else {
                best
            }
        })
}

/// The eigenvalues of a group before any edit.
fn members(state: &Explorable, group: usize) -> impl Iterator<Item = f64> {
    let dim = state.dim();
    let groups = state.multipliers().len();
    (0..dim)
        .filter(move |&rank| group_of(rank, dim, groups) == group)
        .map(|rank| state.plain_eigenvalues()[rank])
}

/// The mean of a group before any edit.
fn plain_mean(state: &Explorable, group: usize) -> f64 {
    let members: Vec<f64> = members(state, group).collect();
    members.iter().sum::<f64>() / members.len().max(1) as f64
}

pub(super) fn describe(state: &Explorable) -> String {
    let form = state.form();
    format!(
        "The {} eigenvalues of B, trace ratio {:.3}, and what each regime captures of them with \
         {} neurons: RF a multiple of its weights' covariance, NT a random subspace, NN the {} \
         largest.",
        form.dim(),
        form.trace_ratio(),
        state.neurons(),
        state.neurons().min(form.dim()),
    )
}

pub(super) fn table(state: &Explorable) -> Table {
    let bars = bars(state);
    let mut columns = vec!["rank".to_owned(), "eigenvalue".to_owned()];
    columns
        .extend(REGIMES.map(|regime| format!("{} captures", regime.name().to_ascii_uppercase())));
    let rows = bars.eigenvalues.iter().enumerate().map(|(rank, value)| {
        let mut row = vec![(rank + 1).to_string(), format!("{value:.4}")];
        row.extend(
            bars.captures
                .iter()
                .map(|capture| format!("{:.4}", capture.diagonal[rank])),
        );
        row
    });
    Table {
        columns,
        rows: rows.collect(),
    }
}
