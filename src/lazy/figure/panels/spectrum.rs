//! The spectrum of B, or of Δ̃, as bars, once for each regime, with what that regime captures inside.

use crate::figure::{Axis, Bars, Capture, Change, Frame, Grip, Panel, Picture, Place, Table};
use crate::lazy::figure::capture::{REGIMES, title};
use crate::lazy::figure::scene::{Explorable, Theory};
use crate::lazy::problem::Problem;
use crate::lazy::train::Regime;
use crate::numbers::significant;
use crate::spectrum::{MAX_GROUPS, group_of};

/// Bars are cut where a pointer can still tell them from the edge.
const HEADROOM: f64 = 1.25;

/// What is left free beyond the largest value.
const MARGIN: f64 = 1.1;

/// The largest eigenvalue of Δ̃ that a drag leads to; at 1 a class degenerates.
const MOST_CONTRAST: f64 = 0.98;

/// The largest factor of a group.
const MOST_FACTOR: f64 = 100.0;

/// Most eigenvalues that have a bar each: beyond it bars are too thin to be told apart.
const MOST_BARS: usize = 64;

/// The spectrum and what is captured of it, whose grips are factors of groups of eigenvalues. A bar is always one of the
/// state: where results are in front, the live runs of the edited target are once it has been dragged.
pub(in crate::lazy::figure) struct SpectrumPanel;

/// The number of a group whose grip has that name.
fn group_of_grip(seen: &Explorable, grip: &str) -> Option<usize> {
    let group = grip.strip_prefix("group:")?.parse().ok()?;
    (group < seen.multipliers().len()).then_some(group)
}

impl Panel<Theory> for SpectrumPanel {
    fn key(&self) -> &'static str {
        "spectrum"
    }

    fn title(&self) -> &'static str {
        "Spectrum"
    }

    fn place(&self) -> Place {
        Place::Middle
    }

    fn note(&self, seen: &Explorable) -> String {
        let live = seen.shows_results().then(|| seen.dim());
        note(seen.front(), live)
    }

    fn picture(&self, seen: &Explorable) -> Picture {
        let focus = seen.focus.as_deref();
        let focus = focus.and_then(|grip| group_of_grip(seen, grip));
        Picture::Bars(bars(seen.front(), focus))
    }

    fn table(&self, seen: &Explorable) -> Table {
        table(seen.front())
    }

    fn describe(&self, seen: &Explorable) -> String {
        describe(seen.front())
    }

    fn grips(&self, seen: &Explorable) -> Vec<Grip> {
        let front = seen.front();
        let factors = front.multipliers();
        let count = factors.len();
        let means = front.group_means();
        let grips = factors.into_iter().zip(means).enumerate();
        grips
            .map(|(index, (factor, mean))| {
                let label = format!("Group {} of {count}", index + 1);
                Grip {
                    name: format!("group:{index}"),
                    text: format!(
                        "group {} of {count}: factor {}, mean eigenvalue {}",
                        index + 1,
                        significant(factor, 4),
                        significant(mean, 3)
                    ),
                    label,
                    value: factor,
                    min: 0.0,
                    max: MOST_FACTOR,
                    least: 0.01,
                    fine: 1.05,
                    whole: false,
                    upright: true,
                }
            })
            .collect()
    }

    fn grip_at(
        &self,
        seen: &Explorable,
        size: (f64, f64),
        at: (f64, f64),
        slop: f64,
    ) -> Option<String> {
        group_at(seen, size, at, slop).map(|group| format!("group:{group}"))
    }

    fn value_at(
        &self,
        seen: &Explorable,
        grip: &str,
        size: (f64, f64),
        at: (f64, f64),
    ) -> Option<f64> {
        let group = group_of_grip(seen, grip)?;
        Some(multiplier_at(seen, group, size, at))
    }

    fn turned(&self, seen: &Explorable, grip: &str, value: f64) -> Option<Change> {
        let group = group_of_grip(seen, grip)?;
        let mut factors = seen.multipliers();
        factors[group] = value;
        let is_plain = factors.iter().all(|factor| factor.total_cmp(&1.0).is_eq());
        let text: Vec<String> = factors.iter().map(ToString::to_string).collect();
        Some(Change {
            key: "multipliers",
            text: if is_plain {
                String::new()
            } else {
                text.join(",")
            },
        })
    }

    fn released(&self, seen: &Explorable) -> Option<Change> {
        let mut factors = seen.front().multipliers().into_iter();
        let is_changed = factors.any(|factor| factor.total_cmp(&1.0).is_ne());
        is_changed.then(|| Change {
            key: "multipliers",
            text: String::new(),
        })
    }
}

/// How many copies are drawn.
fn copies(seen: &Explorable) -> usize {
    REGIMES
        .into_iter()
        .filter(|&regime| seen.draws(regime.into()))
        .count()
}

fn axis(state: &Explorable) -> Axis {
    let edited = state.sorted_eigenvalues();
    let plain = state.plain_eigenvalues();
    let ends = |values: &[f64]| (values[0], values[values.len() - 1]);
    let ((high, low), (top, bottom)) = (ends(plain), ends(&edited));
    // A bar is dragged by its mean; where it stands for several values, they need less room beyond that.
    let (mean_high, mean_low) = ends(&means(plain, count(state)));
    let top = (HEADROOM * mean_high).max(MARGIN * high).max(MARGIN * top);
    let bottom = (HEADROOM * mean_low).min(MARGIN * low).min(MARGIN * bottom);
    Axis {
        label: "eigenvalue".to_owned(),
        min: bottom.min(0.0),
        max: top.max(0.0).max(bottom.abs() * 0.05),
        log: false,
    }
}

/// How many bars there are: one for each eigenvalue while they fit, then equally many for each group
/// that can be dragged.
fn count(state: &Explorable) -> usize {
    let (dim, groups) = (state.dim(), state.multipliers().len());
    if dim <= MOST_BARS {
        dim
    } else {
        groups * (MAX_GROUPS / groups)
    }
}

/// The ranks that each bar stands for: first and end (exclusive).
fn spans(dim: usize, count: usize) -> impl Iterator<Item = (usize, usize)> {
    // The first rank of which `group_of` gives the bar.
    let start = move |bar: usize| (bar * dim).div_ceil(count);
    (0..count).map(move |bar| (start(bar), start(bar + 1)))
}

/// The means of values that are in the order of ranks.
fn means(values: &[f64], count: usize) -> Vec<f64> {
    spans(values.len(), count)
        .map(|(start, end)| values[start..end].iter().sum::<f64>() / (end - start) as f64)
        .collect()
}

/// The bars of what `state` is about; the group in hand is the page's, whatever is in front.
fn bars(state: &Explorable, focus: Option<usize>) -> Bars {
    let eigenvalues = state.sorted_eigenvalues();
    let dim = eigenvalues.len();
    let count = count(state);
    let groups = state.multipliers().len();
    let is_grouped = count < dim;
    Bars {
        ranges: spans(dim, count)
            .filter(|_| is_grouped)
            .map(|(start, end)| (eigenvalues[end - 1], eigenvalues[start]))
            .collect(),
        eigenvalues: means(&eigenvalues, count),
        group_ends: (0..groups)
            .map(|group| {
                (0..count)
                    .position(|bar| group_of(bar, count, groups) > group)
                    .unwrap_or(count)
            })
            .collect(),
        focus,
        y: axis(state),
        captures: REGIMES
            .into_iter()
            .map(|regime| capture(state, regime, count))
            .collect(),
    }
}

fn capture(state: &Explorable, regime: Regime, count: usize) -> Capture {
    let (learned, origin) = state.learned_diagonal(regime);
    let by_rank: Vec<f64> = state.ranks().iter().map(|&i| learned[i]).collect();
    Capture {
        subject: regime.into(),
        label: format!("{}: {}", title(regime), state.learns(regime)),
        diagonal: means(&by_rank, count),
        origin,
    }
}

/// The group under a pointer, in whichever copy.
fn group_at(state: &Explorable, size: (f64, f64), at: (f64, f64), slop: f64) -> Option<usize> {
    let groups = state.multipliers().len();
    let count = count(state);
    let copies = copies(state);
    let frame = (0..copies)
        .map(|index| Bars::place(index, copies, size.0, size.1))
        .find(|frame| frame.contains(at.0, at.1, slop))?;
    let share = ((at.0 - frame.left) / frame.width).clamp(0.0, 1.0);
    let bar = ((share * count as f64) as usize).min(count - 1);
    Some(group_of(bar, count, groups))
}

/// The factor that brings the mean of a group to the height of a pointer; eigenvalues keep their
/// sign. A group of zeros keeps its factor.
fn multiplier_at(state: &Explorable, group: usize, size: (f64, f64), at: (f64, f64)) -> f64 {
    let plain = plain_mean(state, group);
    if plain == 0.0 {
        return state.multipliers()[group];
    }
    let frame = nearest_frame(copies(state), size, at.1);
    let value = frame.value_at_y(&axis(state), at.1);
    let most = match state.problem() {
        Problem::Quadratic(_) => MOST_FACTOR,
        // Both classes keep a covariance.
        Problem::Mixture(_) => {
            let members = members(state, group).map(f64::abs);
            (MOST_CONTRAST / members.fold(0.0, f64::max)).min(MOST_FACTOR)
        }
    };
    let factor = (value / plain).clamp(0.0, most);
    (factor * 100.0).floor() / 100.0
}

/// The copy whose plot area is nearest in height: a drag may leave it upwards or downwards.
fn nearest_frame(copies: usize, size: (f64, f64), y: f64) -> Frame {
    let first = Bars::place(0, copies, size.0, size.1);
    (1..copies)
        .map(|index| Bars::place(index, copies, size.0, size.1))
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

/// How many eigenvalues a bar stands for; nothing to say while each has its own.
fn share(state: &Explorable) -> Option<String> {
    let (dim, count) = (state.dim(), count(state));
    match (dim / count, dim % count) {
        (1, 0) => None,
        (size, 0) => Some(size.to_string()),
        (size, _) => Some(format!("{size} or {}", size + 1)),
    }
}

/// What the bars show, for those who see them. `live` are the dimensions of live runs where they are not what is shown.
fn note(state: &Explorable, live: Option<usize>) -> String {
    let share = share(state).map_or_else(String::new, |share| {
        format!(", {share} a bar: their mean, and as a thin line their range")
    });
    let (captures, drag) = match live {
        None => (
            "what each regime captures of them",
            "Drag the bars to change them".to_owned(),
        ),
        Some(dim) => (
            "what theory expects each regime to capture of them",
            format!("Drag a bar, and live runs of the changed target, d = {dim}, come in front"),
        ),
    };
    format!(
        "Grey: the {} eigenvalues of {}, largest first{share}. Filled: {captures}. {drag}.",
        state.dim(),
        state.form_name(),
    )
}

fn describe(state: &Explorable) -> String {
    let regimes = REGIMES.map(|regime| {
        format!(
            "{} {} ({})",
            title(regime),
            state.learns_in_full(regime),
            state.learned_diagonal(regime).1,
        )
    });
    let share = share(state).map_or_else(String::new, |share| format!(", {share} a bar"));
    format!(
        "The {} eigenvalues of {}{share}, trace ratio {:.3}, and what each regime captures of them with {} neurons: {}.",
        state.dim(),
        state.form_name(),
        state.form().trace_ratio(),
        state.neurons(),
        regimes.join(", "),
    )
}

fn table(state: &Explorable) -> Table {
    let bars = bars(state, None);
    let is_grouped = !bars.ranges.is_empty();
    let mut columns: Vec<String> = if is_grouped {
        vec!["ranks", "mean eigenvalue", "from", "to"]
    } else {
        vec!["rank", "eigenvalue"]
    }
    .into_iter()
    .map(str::to_owned)
    .collect();
    columns.extend(
        REGIMES
            .iter()
            .zip(&bars.captures)
            .map(|(regime, capture)| format!("{} captures ({})", title(*regime), capture.origin)),
    );
    let spans = spans(state.dim(), bars.eigenvalues.len());
    let rows = spans.enumerate().map(|(bar, (start, end))| {
        let number = |value: f64| format!("{value:.4}");
        let mut row = vec![if is_grouped {
            format!("{}–{end}", start + 1)
        } else {
            end.to_string()
        }];
        row.push(number(bars.eigenvalues[bar]));
        if let Some(&(low, high)) = bars.ranges.get(bar) {
            row.extend([low, high].map(number));
        }
        let captured = bars.captures.iter().map(|capture| capture.diagonal[bar]);
        row.extend(captured.map(number));
        row
    });
    Table {
        columns,
        rows: rows.collect(),
    }
}
