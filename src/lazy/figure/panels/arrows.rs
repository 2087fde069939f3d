//! The neurons of each regime as arrows in the plane of two eigenvectors of B, at the start and as they are, with the
//! ellipses of B and of what is learnt. They are of live runs, whatever is in front.

use std::cell::OnceCell;

use nalgebra::DMatrix;

use crate::figure::{
    Arrows, Change, DrawnNetwork, Ellipse, Grip, Hue, LiveRun, Panel, Picture, Place, Rail,
    Slowness, Status, Subject,
};
use crate::lazy::figure::capture::{REGIMES, title};
use crate::lazy::figure::planning::NetworkFacts;
use crate::lazy::figure::scene::{Explorable, Theory};
use crate::lazy::problem::{WeightCovariance, standard_weights};
use crate::lazy::setting::Settings;
use crate::lazy::train::{Protocol, Regime};
use crate::lazy::training::{MOST_NEURONS, Moment, leading};
use crate::linalg::Symmetric;
use crate::numbers::significant;
use crate::setting::About;

/// How far the axes go at least, over the root mean square of neurons that make up a form.
const ROOM: f64 = 2.5;

/// Neurons of one network that are still drawn in each frame of a drag.
const MANY: usize = 64;

/// What is said where there is nothing to see.
const LINE: &str = "one dimension has no plane";

/// The names of its grips, and what each chooses.
const GRIPS: [(&str, &str); 2] = [("across", "across"), ("up", "up")];

/// Neurons in a plane, whose grips choose it.
///
/// Neurons are shown on one scale: times √N, where those of NN have B̂ as their mean square. NT is the linearisation of that
/// network, so that it starts at the same weights; those of RF, which have a scale of their own, have the same mean square
/// as these.
pub(in crate::lazy::figure) struct ArrowsPanel {
    pub(in crate::lazy::figure) place: Place,
}

impl Panel<Theory> for ArrowsPanel {
    fn key(&self) -> &'static str {
        "arrows"
    }

    fn title(&self) -> &'static str {
        "Neurons in a plane"
    }

    fn place(&self) -> Place {
        self.place
    }

    fn note(&self, seen: &Explorable) -> String {
        if seen.dial().is_some() {
            return "Each arrow is a neuron in the plane of two eigenvectors of B: faint where it started, strong where it is, \
                    thin where the best network that is nearest has it."
                .to_owned();
        }
        "Each arrow is a neuron, seen in the plane of two eigenvectors of B: faint where it started, strong where it is. \
         Grey ellipse: B; coloured: what is learnt of it. Choose the plane by the numbers below; a double click undoes that."
            .to_owned()
    }

    fn is_live(&self) -> bool {
        true
    }

    fn slowness(&self, seen: &Explorable) -> Slowness {
        if seen.dial().is_some() && seen.neurons() <= MANY {
            return Slowness::Quick;
        }
        // Hundreds of arrows take as long as all other panels together, and there is little to be seen before they train.
        Slowness::Slow
    }

    fn stays(&self, _seen: &Explorable, about: &[About]) -> bool {
        let other = |about: &About| matches!(about, About::Pace | About::Step);
        about.iter().all(other)
    }

    fn picture(&self, seen: &Explorable) -> Picture {
        Picture::Arrows(arrows(seen))
    }

    fn describe(&self, seen: &Explorable) -> String {
        describe(seen)
    }

    fn grips(&self, seen: &Explorable) -> Vec<Grip> {
        let (plane, most) = (plane(seen), most(seen));
        let grips = GRIPS.iter().zip(plane);
        grips
            .map(|(&(name, way), rank)| Grip {
                name: name.to_owned(),
                label: format!("Eigenvector {way}"),
                value: rank as f64,
                min: 1.0,
                max: most as f64,
                least: 1.0,
                fine: 1.05,
                whole: true,
                upright: false,
                text: format!(
                    "{way}: eigenvector {rank} of {most}, eigenvalue {}",
                    significant(eigenvalue(seen, rank), 3)
                ),
            })
            .collect()
    }

    fn grip_at(
        &self,
        seen: &Explorable,
        size: (f64, f64),
        (x, y): (f64, f64),
        slop: f64,
    ) -> Option<String> {
        let at = |slop| {
            let rail = |index| Arrows::rail(index, GRIPS.len(), most(seen), size);
            (0..GRIPS.len()).find(|&index| rail(index).contains(x, y, slop))
        };
        let index = at(0.0).or_else(|| at(slop))?;
        Some(GRIPS[index].0.to_owned())
    }

    fn value_at(
        &self,
        seen: &Explorable,
        grip: &str,
        size: (f64, f64),
        (x, _): (f64, f64),
    ) -> Option<f64> {
        let index = index_of(grip)?;
        let rail = Arrows::rail(index, GRIPS.len(), most(seen), size);
        Some(Arrows::number_at(rail, most(seen), x) as f64)
    }

    fn turned(&self, seen: &Explorable, grip: &str, value: f64) -> Option<Change> {
        let index = index_of(grip)?;
        let [across, up] = plane(seen);
        let before = [across as f64, up as f64];
        let mut plane = before;
        plane[index] = value;
        // The eigenvector of the other axis goes to this one, and what was here to that.
        if plane[0].total_cmp(&plane[1]).is_eq() {
            plane[1 - index] = before[index];
        }
        let [across, up] = plane;
        Some(Change {
            key: "plane",
            text: format!("{across},{up}"),
        })
    }

    fn released(&self, seen: &Explorable) -> Option<Change> {
        (seen.settings().plane != [1, 2]).then(|| Change {
            key: "plane",
            text: "1,2".to_owned(),
        })
    }
}

fn index_of(grip: &str) -> Option<usize> {
    GRIPS.iter().position(|&(name, _)| name == grip)
}

/// How many eigenvectors can be chosen from.
fn most(seen: &Explorable) -> usize {
    leading(seen.dim())
}

/// The ranks of the two in use: those of the setting, as far as there are so many.
fn plane(seen: &Explorable) -> [usize; 2] {
    let most = most(seen);
    let [across, up] = seen.settings().plane;
    match (across.min(most), up.min(most)) {
        (1, 1) => [1, 2],
        (across, up) if across == up => [across, across - 1],
        both => both.into(),
    }
}

fn eigenvalue(seen: &Explorable, rank: usize) -> f64 {
    // In one dimension there is no second.
    let place = seen.ranks().get(rank - 1);
    place.map_or(0.0, |&place| seen.form().eigenvalues()[place])
}

/// The mean square of the components of weights at the start, on the scale of the picture.
fn start_square(seen: &Explorable) -> f64 {
    let sizes = seen.form().eigenvalues().iter().map(|value| value.abs());
    sizes.sum::<f64>() / seen.dim() as f64
}

/// A network that is shown.
struct Shown<'a> {
    /// Its colour, and its name in tables.
    subject: Subject,
    /// What it is called in titles and sentences.
    name: String,
    /// What it learns, in few words.
    learns: &'static str,
    /// Whether its neurons stay where they start.
    stays: bool,
    /// The run that it is trained in, once there is one.
    run: Option<&'a LiveRun<NetworkFacts>>,
    /// What a form is multiplied by to be what neurons have to add up to: 1, or 1/α of a lazy network.
    gain: f64,
    /// What its weights are going to be drawn with; none where the start is not known without its run.
    start: Option<WeightCovariance>,
    /// The neurons of the best network nearest to its start, `d×n` in working coordinates on the scale of B, if that is
    /// known.
    optimum: Option<DMatrix<f64>>,
}

/// The networks that are shown, from left to right: each regime at the handle, or the one of its laziness.
fn shown(seen: &Explorable) -> Vec<Shown<'_>> {
    if let (Some(dial), Some(alpha)) = (seen.dial(), seen.laziness()) {
        return vec![Shown {
            subject: Subject::NN,
            name: format!("NN of laziness {}", significant(alpha, 3)),
            learns: "",
            stays: false,
            run: seen.run_at_handle(Regime::Nn),
            gain: 1.0 / alpha,
            start: Some(WeightCovariance::Isotropic),
            optimum: dial.weights.clone(),
        }];
    }
    REGIMES
        .into_iter()
        .map(|regime| Shown {
            subject: regime.into(),
            name: title(regime),
            learns: seen.learns(regime),
            stays: regime == Regime::Rf,
            run: seen.run_at_handle(regime),
            gain: 1.0,
            start: start(seen.settings(), regime),
            optimum: None,
        })
        .collect()
}

/// What the weights of a regime are drawn with. Those of the published protocol are on a scale of their own.
fn start(settings: &Settings, regime: Regime) -> Option<WeightCovariance> {
    match regime {
        Regime::Rf => Some(WeightCovariance::Mixed(settings.mix)),
        _ => (settings.protocol == Protocol::Theorem).then_some(WeightCovariance::Isotropic),
    }
}

fn arrows(seen: &Explorable) -> Arrows {
    let plane = plane(seen);
    let shown = shown(seen);
    let networks: Vec<DrawnNetwork> = shown.iter().map(|own| network(seen, own, plane)).collect();
    let focus = seen.focus.as_deref().and_then(index_of);
    let axis = |rank| format!("√N⟨w, e{}⟩", subscript(rank));
    Arrows {
        extent: extent(seen, plane, shown[0].gain, &networks),
        axes: [axis(plane[0]), axis(plane[1])],
        rails: (0..GRIPS.len())
            .map(|index| Rail {
                label: GRIPS[index].1.to_owned(),
                most: most(seen),
                chosen: plane[index],
                is_in_hand: focus == Some(index),
            })
            .collect(),
        networks,
    }
}

/// A number as it stands below a letter.
fn subscript(number: usize) -> String {
    let below = |digit: char| char::from_u32('₀' as u32 + digit.to_digit(10).unwrap_or(0));
    number.to_string().chars().filter_map(below).collect()
}

/// The room that theory expects neurons to need, and all that they do, in steps that no training goes through often.
fn extent(seen: &Explorable, plane: [usize; 2], gain: f64, networks: &[DrawnNetwork]) -> f64 {
    let square = |rank| gain * eigenvalue(seen, rank).abs();
    let largest = square(plane[0]).max(square(plane[1]));
    let least = ROOM * largest.max(start_square(seen)).sqrt();
    let mut most = least;
    for own in networks {
        let ends = own.start.iter().chain(&own.now).chain(&own.optimum);
        let ends = ends.copied();
        let around = own.ellipses.iter().flat_map(|ellipse| ellipse.points(8));
        for (x, y) in ends.chain(around) {
            let size = x.abs().max(y.abs());
            // Those of a run that diverges go beyond any edge.
            if size < 10.0 * least {
                most = most.max(size);
            }
        }
    }
    let power = 10_f64.powf(most.log10().floor());
    let steps = [
        1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0,
    ];
    let step = steps.iter().find(|&&step| step * power >= most);
    step.map_or(most, |step| step * power)
}

fn network(seen: &Explorable, shown: &Shown<'_>, plane: [usize; 2]) -> DrawnNetwork {
    let label = if shown.learns.is_empty() {
        shown.name.clone()
    } else {
        format!("{}: {}", shown.name, shown.learns)
    };
    if seen.dim() == 1 {
        return DrawnNetwork {
            subject: shown.subject,
            label,
            origin: LINE.to_owned(),
            ellipses: Vec::new(),
            start: Vec::new(),
            now: Vec::new(),
            optimum: Vec::new(),
        };
    }
    let places = [plane[0] - 1, plane[1] - 1];
    let square = |rank| shown.gain * eigenvalue(seen, rank);
    let mut ellipses = vec![Ellipse {
        hue: Hue::Text,
        form: [square(plane[0]), 0.0, square(plane[1])],
    }];
    let root = (seen.neurons() as f64).sqrt();
    let scaled = |(x, y): (f64, f64)| (root * x, root * y);
    let (mut start, mut now) = (Vec::new(), Vec::new());
    let learned = shown.run.and_then(|run| seen.learned(run));
    let origin = if let Some(learned) = learned {
        let [i, j] = places;
        let entry = |i, j| shown.gain * learned.entry(seen.ranks(), i, j);
        let form = [entry(i, i), entry(i, j), entry(j, j)];
        if form.iter().all(|value| value.is_finite()) {
            let hue = shown.subject.ink().hue;
            ellipses.push(Ellipse { hue, form });
        }
        start.extend(learned.neurons(Moment::Start, places).map(scaled));
        now.extend(learned.neurons(Moment::Now, places).map(scaled));
        seen.origin(true)
    } else {
        if let Some(covariance) = &shown.start {
            start = drawn(seen, covariance, places);
        }
        "not trained yet".to_owned()
    };
    let (i, j) = (seen.ranks()[places[0]], seen.ranks()[places[1]]);
    let optimum = shown.optimum.iter().flat_map(|best| {
        let some = best.column_iter().take(MOST_NEURONS);
        some.map(|neuron| scaled((neuron[i], neuron[j])))
    });
    DrawnNetwork {
        subject: shown.subject,
        label,
        origin,
        ellipses,
        start,
        now,
        optimum: optimum.collect(),
    }
}

/// The neurons that a run is going to start with, on the scale of the picture.
fn drawn(seen: &Explorable, covariance: &WeightCovariance, [i, j]: [usize; 2]) -> Vec<(f64, f64)> {
    // That of a quadratic target is diagonal in its eigenbasis.
    let Symmetric::Diagonal(variances) = covariance.at(seen.problem(), seen.rho()) else {
        return Vec::new();
    };
    let dim = seen.dim();
    let total = start_square(seen) * dim as f64;
    let along = |place: usize| {
        let coordinate = seen.ranks()[place];
        (coordinate, (total * variances[coordinate].max(0.0)).sqrt())
    };
    let ((i, across), (j, up)) = (along(i), along(j));
    let point = |w: &[f32]| (across * f64::from(w[i]), up * f64::from(w[j]));
    let all = seen.scene.weights.standard().chunks_exact(dim);
    all.take(seen.neurons()).map(point).collect()
}

/// Standard normal numbers that weights at the start are made of, neuron by neuron. All widths have the first of them,
/// and drawing them takes longer than all else: they are kept.
#[derive(Clone, Debug)]
pub(in crate::lazy::figure) struct KeptWeights {
    seed: u64,
    dim: usize,
    drawn: OnceCell<DMatrix<f32>>,
}

impl KeptWeights {
    /// They are drawn once they are asked for.
    pub(in crate::lazy::figure) fn new(seed: u64, dim: usize) -> Self {
        Self {
            seed,
            dim,
            drawn: OnceCell::new(),
        }
    }

    /// Whether they serve this seed and dimension.
    pub(in crate::lazy::figure) fn are_for(&self, seed: u64, dim: usize) -> bool {
        (self.seed, self.dim) == (seed, dim)
    }

    fn standard(&self) -> &[f32] {
        let draw = || standard_weights(self.seed, 0, self.dim, MOST_NEURONS);
        self.drawn.get_or_init(draw).as_slice()
    }
}

fn describe(seen: &Explorable) -> String {
    if seen.dim() == 1 {
        return format!("Neurons in a plane: {LINE}.");
    }
    let plane = plane(seen);
    let neurons = seen.neurons();
    let picture = arrows(seen);
    let number = |value: f64| significant(value, 3);
    let count = if neurons > MOST_NEURONS {
        format!("The first {MOST_NEURONS} of {neurons} neurons")
    } else {
        format!("{neurons} neurons")
    };
    let shown = shown(seen);
    let networks = shown.iter().zip(&picture.networks).map(|(own, drawn)| {
        let stays = if own.stays {
            ", whose neurons stay,"
        } else {
            ""
        };
        let learnt = match drawn.ellipses.get(1) {
            Some(Ellipse {
                form: [across, mixed, up],
                ..
            }) => format!(
                "has learnt {} and {}, mixed {}",
                number(*across),
                number(*up),
                number(*mixed)
            ),
            None if own.run.is_some_and(|run| run.status == Status::Diverged) => {
                "has diverged".to_owned()
            }
            None => "is not trained yet".to_owned(),
        };
        format!("{}{stays} {learnt}", own.name)
    });
    let networks: Vec<String> = networks.collect();
    let mut ellipses = picture.networks.iter().flat_map(|own| &own.ellipses);
    let negative = if ellipses.any(|ellipse| ellipse.is_negative()) {
        " An ellipse is dashed where its form is negative in some direction; half-axes then are of the eigenvalues’ sizes."
    } else {
        ""
    };
    let over = if seen.dial().is_some() {
        ", over α,"
    } else {
        ""
    };
    format!(
        "{} as arrows from 0, times √N, in the plane of eigenvectors {} and {} of B, whose eigenvalues are {} and {}, {}: {}. \
         Ellipses of B and of what is learnt{over} have half-axes of twice the roots of eigenvalues.{negative}",
        count,
        plane[0],
        plane[1],
        number(eigenvalue(seen, plane[0])),
        number(eigenvalue(seen, plane[1])),
        seen.live_mark(),
        networks.join("; "),
    )
}

#[cfg(test)]
mod tests;
