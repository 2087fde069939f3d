//! Every claim of the paper beside the number found.

use nalgebra::DMatrix;

use super::data::PolynomialDot;
use super::plate::found;
use super::report::NeuronReported;
use super::tables::{count, floor, threshold};
use super::theory::KnownTarget;
use crate::full_size::markdown::{MarkdownTable, risk};
use crate::neuron::exact::{
    FeatureKind, MeanAndSd, NestedFeatures, random_directions, target_directions,
};
use crate::neuron::polynomial::Layers;
use crate::neuron::problem::SingleNeuron;
use crate::neuron::warm_up::LinearWarmUp;
use crate::neuron::wave::{Waves, relu_wave, relu_wave_reach, triangle_wave};

/// Rows of the table: what the paper claims, what is found, what that shows or does not, and the command that checks it.
type Claim = [String; 4];

/// Dimensions of claims that are theory's alone.
const DIMS: [usize; 4] = [5, 10, 20, 40];

/// The table.
pub(super) fn claims(figure: &NeuronReported) -> String {
    let mut table = MarkdownTable::new(&[
        "the paper",
        "here",
        "what it shows, and what it does not",
        "checked by `lazy-limits …`",
    ]);
    let rows = [
        Some(warm_up()),
        polynomials(figure),
        random_features(figure),
        steep(),
        Some(layers()),
        Some(gaussian()),
        size(figure),
        Some(wave_is_odd()),
        Some(wave_is_small()),
        Some(wave_is_unseen()),
        norm(),
        tangent(figure),
        biased(figure),
        learnable(figure),
    ];
    for row in rows.into_iter().flatten() {
        table.row(&row);
    }
    format!(
        "{}\nThe constants 1/50, 1/(48d²) and the unknown c of Theorems 4.2 and 4.8, and their “d > 40”, are quoted and cannot be checked by numbers: what is \
         shown beside them are exact values of the same quantities at the same and at smaller d.\n",
        table.finish()
    )
}

fn claim(paper: &str, here: String, shows: &str, command: &str) -> Claim {
    let commands = command.split('\n').map(|one| format!("`{one}`"));
    [
        paper.to_owned(),
        here,
        shows.to_owned(),
        commands.collect::<Vec<_>>().join(", "),
    ]
}

/// “d = …: value” of some dimensions.
fn by_dim<T>(values: impl IntoIterator<Item = (T, String)>) -> String
where
    T: std::fmt::Display,
{
    let each = values
        .into_iter()
        .map(|(dim, value)| format!("d = {dim}: {value}"));
    each.collect::<Vec<_>>().join("; ")
}

fn warm_up() -> Claim {
    let laws = [20, 100, 400].map(|dim| {
        let d = f64::from(dim);
        let law = LinearWarmUp::new(d, d / 2.0);
        let said = law.map_or("–".to_owned(), |law| {
            let quarter = law.below(0.25);
            format!(
                "mean {:.2}, below ¼ with probability {quarter:.1e} = exp(−{:.3}d)",
                law.mean(),
                -quarter.ln() / d
            )
        });
        (dim, said)
    });
    claim(
        "Proposition 4.1: r ≤ d/2 random directions leave at least ¼ of a linear target but for a probability of exp(−cd)",
        format!("at r = d/2, {}", by_dim(laws)),
        "exact for every d: the risk has the law Beta((d − r)/2, r/2)",
        "risk linear --dim 100 --features 50",
    )
}

fn polynomials(figure: &NeuronReported) -> Option<Claim> {
    let all = &figure.data.polynomials;
    let widest = all.iter().map(|one| one.features).max()?;
    let error = |layers: Layers| {
        let is_of = |one: &&PolynomialDot| one.features == widest && one.layers == layers.name();
        let errors: Vec<f64> = all
            .iter()
            .filter(is_of)
            .filter_map(|one| one.error)
            .collect();
        risk(MeanAndSd::of(&errors).map(|both| both.mean))
    };
    Some(claim(
        "Theorem 3.1 (informal): wide networks with an analytic activation learn polynomials of low degree by SGD",
        format!(
            "{widest} softplus neurons, d = 5: {} of the signs of x₁x₂ and x₁² − x₂² + x₃ are wrong with all layers trained, {} with the output layer alone",
            error(Layers::All),
            error(Layers::Output)
        ),
        "a demonstration: poly(1/ε, d^{k²}, …) neurons and steps are far beyond it",
        "train polynomial",
    ))
}

fn random_features(figure: &NeuronReported) -> Option<Claim> {
    let widest = figure.drawn("rf").filter(|(curve, _)| curve.bias == 0.0);
    let said: Vec<(usize, String)> = widest
        .filter_map(|(curve, theory)| {
            let point = curve.points.last()?;
            let line = theory.rf.risk(point.neurons as f64);
            Some((
                curve.dim,
                format!(
                    "{} of {} features (line {})",
                    risk(Some(point.mean)),
                    point.neurons,
                    risk(line)
                ),
            ))
        })
        .collect();
    (!said.is_empty()).then(|| {
        claim(
            "Equation (2): one neuron as a combination of random features",
            by_dim(said),
            "exact least risks over all weights, not what some algorithm finds; the line holds from d = 5 on",
            "exact neuron --dim 20 --features 64,1024\nrisk neuron --dim 20 --features 64,1024",
        )
    })
}

fn steep() -> Option<Claim> {
    let said: Option<Vec<(usize, String)>> = DIMS
        .into_iter()
        .map(|dim| {
            let theory = KnownTarget::new(dim, 0.0)?;
            let goal = threshold((dim * dim) as f64);
            let needed = [theory.any_needed(goal), theory.rf.features_for(goal)];
            Some((
                dim,
                format!(
                    "{} of any kind, {} random ones",
                    count(needed[0]),
                    count(needed[1])
                ),
            ))
        })
        .collect();
    Some(claim(
        "Theorems 4.2 and 4.8: an error of 1/50 on a neuron with ‖w*‖ = d² takes r·max\\|u\\| ≥ exp(cd)/(48d²)",
        format!(
            "features for that error at b = 0, on average over directions: {}",
            by_dim(said?)
        ),
        "more: the bound for any features has no condition on their weights u, and needs no bias; but it is an average over directions, hence true for some \
         w*, where 4.2 says it of each",
        "risk neuron --dim 10 --norm 100",
    ))
}

fn layers() -> Claim {
    claim(
        "Example 4.3: features σ(⟨Wᵢ,x⟩), and those of deeper networks",
        "those with ReLU are the random features here".to_owned(),
        "deeper ones are not drawn; the bound for any features holds for them",
        "risk neuron",
    )
}

/// Risks of directions and of the same with Gaussian lengths.
fn gaussian() -> Claim {
    const DIM: usize = 10;
    const NEURONS: usize = 64;
    let unit = random_directions(1, 0, DIM, NEURONS);
    let lengths: Vec<f64> = (0..NEURONS)
        .map(|k| 0.5 + 3.0 * (k as f64 * 0.7).sin().abs())
        .collect();
    let scaled = DMatrix::from_fn(DIM, NEURONS, |i, j| unit[(i, j)] * lengths[j]);
    let targets = target_directions(1, 0, DIM, 1);
    let of = |weights| {
        let features = NestedFeatures::new(weights, FeatureKind::Relu, true).ok()?;
        let fit = features.fit(&SingleNeuron::PLAIN, &targets).ok()?;
        fit.risk(NEURONS, 0).ok()
    };
    let found = of(unit).zip(of(scaled));
    let here = found.map_or("–".to_owned(), |(one, other)| {
        format!(
            "{NEURONS} neurons of length 1 and of lengths 0.5 to 3.5, d = {DIM}: {} and {}, {}",
            risk(Some(one)),
            risk(Some(other)),
            if (one - other).abs() < 1e-14 {
                "apart by less than 1e-14"
            } else {
                "which are apart"
            }
        )
    });
    claim(
        "Remark 4.4: rows of W may be Gaussian too",
        here,
        "ReLU is homogeneous: the span, and so the risk, is the same whatever the lengths",
        "exact neuron --network W.csv --target w.csv",
    )
}

fn size(figure: &NeuronReported) -> Option<Claim> {
    let drawn = figure.drawn("rf").filter(|(curve, _)| curve.bias == 0.0);
    let said: Vec<(usize, String)> = drawn
        .filter_map(|(curve, _)| {
            let mut known = curve.points.iter().filter(|point| point.size.is_some());
            let (first, last) = (known.nth(3)?, known.next_back()?);
            let each =
                |size: Option<f64>| size.map_or("–".to_owned(), |size| format!("{size:.1}"));
            Some((
                curve.dim,
                format!(
                    "{} at r = {}, {} at {}",
                    each(first.size),
                    first.neurons,
                    each(last.size),
                    last.neurons
                ),
            ))
        })
        .collect();
    (!said.is_empty()).then(|| {
        claim(
            "Remark 4.5: r·max\\|uᵢ\\| is restricted too, and huge weights take exponentially many steps",
            format!("of the best combinations, s = 1: {}", by_dim(said)),
            "the best weights need not be huge where risks are not small; the bound for any features has no such condition, as the paper conjectures",
            "exact neuron --dim 10 --features 16,256 --format json",
        )
    })
}

fn wave_is_odd() -> Claim {
    const DIM: u32 = 3;
    let reach = relu_wave_reach(DIM);
    let sign = if DIM.is_multiple_of(2) { 1.0 } else { -1.0 };
    let places = (0..=5000).map(|k| reach * f64::from(k) / 5000.0);
    let gaps = places.map(|x| {
        let wave = relu_wave(DIM, x);
        let odd = (wave + relu_wave(DIM, -x)).abs();
        odd.max((wave - sign * triangle_wave(x)).abs())
    });
    claim(
        "Proposition 4.6(1): ψ is odd and periodic on [−a, a], a = 6d² + 1",
        format!(
            "d = {DIM}: ψ(x) + ψ(−x), and ψ less the triangle wave of period 4, are at most {:.0e} at 5001 places",
            gaps.fold(0.0, f64::max)
        ),
        "as printed",
        "risk wave --dim 3 --norm 3",
    )
}

fn wave_is_small() -> Claim {
    let squares = DIMS.map(|dim| {
        let d = dim as f64;
        let square = Waves::new(d, d).map(|waves| waves.mean_square());
        (
            dim,
            square.map_or("–".to_owned(), |square| format!("{square:.4}")),
        )
    });
    claim(
        "Proposition 4.6(2): ‖ψ(⟨w*,·⟩)‖² ≥ d for ‖w*‖ = d",
        format!("‖ψ‖² at ‖w*‖ = d, {}", by_dim(squares)),
        "**cannot be meant**: ψ is between −1 and 1, so that ‖ψ‖² ≤ 1; it is ⅓. With ⅓ for d in Equation (6) the argument stands, with other constants",
        "risk wave --dim 20 --norm 20",
    )
}

fn wave_is_unseen() -> Claim {
    let eigenvalues = [5, 10, 20, 40, 60].map(|dim| {
        let d = f64::from(dim);
        let said = Waves::new(d, d).map(|waves| {
            let log = waves.log10_largest_eigenvalue();
            format!(
                "10^{log:.1} = exp(−{:.2}d)",
                -log * std::f64::consts::LN_10 / d
            )
        });
        (dim, said.unwrap_or("–".to_owned()))
    });
    claim(
        "Proposition 4.6(3): E_w⟨f,ψ_w⟩² ≤ 20‖f‖² exp(−cd) for every f",
        format!(
            "the largest such average for ‖f‖ = 1 is λ₁: {}",
            by_dim(eigenvalues)
        ),
        "the exact value, attained by d functions f; it falls faster than exponentially",
        "risk wave --dim 20 --norm 20",
    )
}

fn norm() -> Option<Claim> {
    const DIM: usize = 20;
    let theory = KnownTarget::new(DIM, 0.0)?;
    let said = [1.0, 2.0, 5.0, 20.0, 400.0].map(|s| {
        let goal = threshold(s);
        format!(
            "s = {s}: {} and {}",
            count(theory.any_needed(goal)),
            count(theory.rf.features_for(goal))
        )
    });
    let plain = DIMS.map(|dim| {
        let theory = KnownTarget::new(dim, 0.0);
        let needed = theory.and_then(|theory| theory.any_needed(threshold(1.0)));
        (dim, count(needed))
    });
    Some(claim(
        "Remark 4.7: the norm of w* can be traded for the error",
        format!(
            "features of any kind and random ones for an error of 1/50 at d = {DIM}, {}; of any kind at s = 1, {}",
            said.join("; "),
            by_dim(plain)
        ),
        "exact: error ε at norm s is error ε/s² at norm 1. At a fixed error the number grows like a power of d, not exponentially",
        "risk neuron --dim 20 --norm 5",
    ))
}

fn tangent(figure: &NeuronReported) -> Option<Claim> {
    let mut ratios: Vec<f64> = Vec::new();
    let mut worse = 0;
    for (curve, theory) in figure.drawn("nt") {
        for point in &curve.points {
            let all = (point.neurons * curve.dim) as f64;
            let bound = theory.any(all);
            if bound > 0.0 {
                ratios.push(point.mean / bound);
            }
            worse += usize::from(theory.rf.risk(all).is_some_and(|rf| point.mean > rf));
        }
    }
    let least = ratios.iter().copied().reduce(f64::min)?;
    Some(claim(
        "Theorem 4.8 and Example 4.9: features of any kind, those of the neural tangent among them",
        format!(
            "{} means of tangent features are at least {least:.2} times the bound for as many; {worse} of them are above random features of the same number",
            ratios.len()
        ),
        "no features are excepted; per parameter the tangent does worse than random features do",
        "exact neuron --dim 20 --features 8,32\nrisk neuron --dim 20 --features 160,640",
    ))
}

fn biased(figure: &NeuronReported) -> Option<Claim> {
    let drawn = figure
        .drawn("rf")
        .filter(|(curve, _)| curve.bias != 0.0 && curve.dim == 10);
    let said: Vec<String> = drawn
        .filter_map(|(curve, _)| {
            let point = curve.points.last()?;
            Some(format!(
                "b = {}: {} of {} features, floor {}",
                curve.bias,
                risk(Some(point.mean)),
                point.neurons,
                risk(floor(curve.dim, curve.bias))
            ))
        })
        .collect();
    (!said.is_empty()).then(|| {
        claim(
            "the targets of all these have a bias b*, \\|b*\\| ≤ 6d³ + 1",
            format!("d = 10, {}", said.join("; ")),
            "features without a bias leave a floor however many they are; the figure has b = 0",
            "risk neuron --dim 10 --bias -1",
        )
    })
}

fn learnable(figure: &NeuronReported) -> Option<Claim> {
    let data = &figure.data;
    let said: Vec<(usize, String)> = figure
        .dims()
        .into_iter()
        .map(|dim| {
            let own = data.trained.iter().filter(|neuron| neuron.dim == dim);
            let slowest = own.clone().map(|neuron| neuron.samples_to_1e8);
            let slowest: Option<Vec<u64>> = slowest.collect();
            let most = slowest.and_then(|all| all.into_iter().max());
            let seeds = own.count();
            let said = most.map_or("not from every seed".to_owned(), |most| {
                format!("within {most} samples from all {seeds} seeds")
            });
            (dim, said)
        })
        .collect();
    let mut trained = data.trained.iter();
    let shows = if trained.all(|neuron| neuron.samples_to_1e8.is_some()) {
        "at s = 1, b = 0; every start that was drawn arrives"
    } else {
        "at s = 1, b = 0; not every start that was drawn arrives in so few steps"
    };
    let mut beside = figure
        .drawn("rf")
        .filter(|(curve, _)| curve.bias == 0.0 && curve.dim == 20);
    let beside = beside.find_map(|(curve, _)| found(curve, 0.01));
    let beside = beside.map_or(String::new(), |r| {
        format!(". At d = 20 about {r:.0} random features reach 0.01")
    });
    (!said.is_empty()).then(|| {
        claim(
            "a single neuron is learnable by gradient methods (§1, §4)",
            format!("SGD on one neuron has risk 10⁻⁸, {}{beside}", by_dim(said)),
            shows,
            "train neuron --dim 20",
        )
    })
}
