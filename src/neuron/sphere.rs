//! Harmonics on the sphere of any real dimension, and what ReLU features see of them.
//!
//! A function of a direction is a sum over degrees l = 0, 1, 2, …; of degree l there are `N_l` harmonics. The kernel
//! `E relu(⟨w,x⟩)relu(⟨w',x⟩)` of two directions, `(sin θ + (π−θ) cos θ)/(2π)`, has the eigenvalue `λ_l = d a_l²` on each, `a_l`
//! the Funk–Hecke coefficient of relu: degrees 0, 1, 2, 4, 6, … only. Their sum `Σ N_l λ_l` is ½.
//!
//! No gamma function is needed: `a_{l+2}/a_l = −(l−1)/(l+d+1)`, `a_0 = 1/(√(2π) E‖x‖)`.

use std::f64::consts::PI;

/// A degree l, or, where `count` and `energy` are weights of a quadrature over degrees, several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Degree {
    /// The degree l; a real number where it is a node of a quadrature.
    pub degree: f64,
    /// How many harmonics there are, `N_l`; infinite where it would exceed the largest number.
    pub count: f64,
    /// The eigenvalue `λ_l`; 0 where it would be below the smallest.
    pub eigenvalue: f64,
    /// `N_l λ_l`, which is neither.
    pub energy: f64,
}

/// `N_l` for l = 0, 1, 2, …: how many independent harmonics of that degree the sphere in a real dimension d ≥ 2 has. Between
/// whole dimensions it is the same formula, `(2l+d−2)Γ(l+d−2)/(Γ(d−1)Γ(l+1))`.
pub fn multiplicities(dim: f64) -> impl Iterator<Item = f64> {
    let mut degree = 0.0;
    let mut next = 1.0;
    std::iter::repeat_with(move || {
        let this = next;
        next *= if degree == 0.0 {
            dim
        } else {
            // In an order without a quotient that overflows.
            (2.0 * degree + dim) / (2.0 * degree + dim - 2.0)
                * ((degree + dim - 2.0) / (degree + 1.0))
        };
        degree += 1.0;
        this
    })
}

/// The degrees that ReLU features see, 0, 1, 2, 4, 6, …, in a real dimension d ≥ 2, without end.
pub fn relu_degrees(dim: f64) -> impl Iterator<Item = Degree> {
    let first = dim / (2.0 * PI * mean_radius(dim).powi(2));
    let zero = Degree {
        degree: 0.0,
        count: 1.0,
        eigenvalue: first,
        energy: first,
    };
    let one = Degree {
        degree: 1.0,
        count: dim,
        eigenvalue: 1.0 / (4.0 * dim),
        energy: 0.25,
    };
    let count = (dim * (dim + 1.0) - 2.0) / 2.0;
    let eigenvalue = first / (dim + 1.0).powi(2);
    let mut next = Degree {
        degree: 2.0,
        count,
        eigenvalue,
        energy: count * eigenvalue,
    };
    let even = std::iter::repeat_with(move || {
        let this = next;
        let l = this.degree;
        let more = (2.0 * l + dim + 2.0) / (2.0 * l + dim - 2.0)
            * ((l + dim - 1.0) / (l + 2.0))
            * ((l + dim - 2.0) / (l + 1.0));
        let less = ((l - 1.0) / (l + dim + 1.0)).powi(2);
        next = Degree {
            degree: l + 2.0,
            count: this.count * more,
            eigenvalue: this.eigenvalue * less,
            energy: this.energy * (more * less),
        };
        this
    });
    [zero, one].into_iter().chain(even)
}

/// `E‖x‖` of `x ~ N(0, I_d)`, d ≥ 1 real: `√2 Γ((d+1)/2)/Γ(d/2)`, to some 10⁻¹⁴.
pub fn mean_radius(dim: f64) -> f64 {
    (dim - radius_variance(dim)).sqrt()
}

/// `d − (E‖x‖)²`, the variance of `‖x‖`: between ¼ and ½, to some 10⁻¹².
pub fn radius_variance(dim: f64) -> f64 {
    const LARGE: f64 = 200.0;
    if dim >= LARGE {
        let z = 1.0 / dim;
        // The asymptotic series of the squared ratio of gamma functions.
        return 0.5 - z / 8.0 - z * z / 16.0 + 5.0 / 128.0 * z.powi(3) + 23.0 / 256.0 * z.powi(4)
            - 53.0 / 1024.0 * z.powi(5);
    }
    // M of d from M of d + 2k: M_{d+2} = M_d (d+1)/d.
    let steps = ((LARGE - dim) / 2.0).ceil();
    let far = dim + 2.0 * steps;
    let mut ratio = 1.0;
    for step in 0..steps as usize {
        let below = dim + 2.0 * step as f64;
        ratio *= below / (below + 1.0);
    }
    dim - (far - radius_variance(far)) * ratio * ratio
}

/// Degrees up to this one are summed one by one, those beyond by a quadrature.
pub(super) const LAST: f64 = 128.0;

/// Nodes and weights of Gauss–Legendre on (−1, 1), the upper half.
const GAUSS: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
];

/// Eight nodes and weights in (from, to), rising.
pub(super) fn gauss(from: f64, to: f64) -> impl Iterator<Item = (f64, f64)> {
    let (middle, half) = (f64::midpoint(from, to), (to - from) / 2.0);
    let lower = GAUSS.into_iter().rev().map(|(x, weight)| (-x, weight));
    let nodes = lower.chain(GAUSS);
    nodes.map(move |(x, weight)| (middle + half * x, half * weight))
}

/// `ln Γ(x + δ)/Γ(x)` for x ≥ 50 and x + δ ≥ 50, without the cancellation that a difference of logarithms has.
fn log_gamma_ratio(x: f64, delta: f64) -> f64 {
    let rest = |x: f64| {
        let z = 1.0 / (x * x);
        (1.0 / 12.0 - z * (1.0 / 360.0 - z * (1.0 / 1260.0 - z / 1680.0))) / x
    };
    let y = x + delta;
    (x - 0.5) * (delta / x).ln_1p() + delta * (y.ln() - 1.0) + rest(y) - rest(x)
}

/// Multiplicity and eigenvalue of relu at real degrees from [`LAST`] on: what they are at even ones, between.
pub(super) struct Continued {
    dim: f64,
    /// Logarithms of both at [`LAST`], without what depends on the degree.
    log_count: f64,
    log_eigenvalue: f64,
}

impl Continued {
    /// From the degree [`LAST`].
    pub(super) fn new(dim: f64, last: &Degree) -> Self {
        let mut anchored = Self {
            dim,
            log_count: 0.0,
            log_eigenvalue: 0.0,
        };
        let (count, eigenvalue) = anchored.logarithms(last.degree);
        // An eigenvalue below the smallest number is not asked for: then there are more harmonics than numbers.
        anchored.log_count = last.count.ln() - count;
        anchored.log_eigenvalue = (last.energy.ln() - last.count.ln()) - eigenvalue;
        anchored
    }

    /// `ln N_l` and `ln λ_l`.
    pub(super) fn logarithms(&self, degree: f64) -> (f64, f64) {
        let Self {
            dim,
            log_count,
            log_eigenvalue,
        } = self;
        let count = (2.0 * degree + dim - 2.0).ln() + log_gamma_ratio(degree + 1.0, dim - 3.0);
        let half = (degree - 1.0) / 2.0;
        let eigenvalue = -2.0 * log_gamma_ratio(half, dim / 2.0 + 1.0);
        (log_count + count, log_eigenvalue + eigenvalue)
    }

    /// The logarithm of how many harmonics there are of every other degree below a real one in the middle between two, but for
    /// a constant: `Γ(l+d)/(Γ(d)Γ(l+1))` up to degree l.
    pub(super) fn log_harmonics(&self, below: f64) -> f64 {
        log_gamma_ratio(below, self.dim - 1.0)
    }

    /// A node of a quadrature over even degrees, which has so many of them.
    pub(super) fn node(&self, degree: f64, weight: f64) -> Degree {
        let (count, eigenvalue) = self.logarithms(degree);
        Degree {
            degree,
            count: weight * count.exp(),
            eigenvalue: eigenvalue.exp(),
            energy: weight * (count + eigenvalue).exp(),
        }
    }

    /// Nodes for all even degrees above a real one that lies in the middle between two.
    pub(super) fn rest(&self, from: f64) -> impl Iterator<Item = Degree> {
        // With l = from/s the energy is s² times a smooth function.
        gauss(0.0, 1.0).map(move |(less, weight)| {
            let s = 1.0 - less;
            self.node(from / s, weight * from / (2.0 * s * s))
        })
    }
}

/// The degrees that ReLU features see as few nodes, the degree 0 apart, in a real dimension d ≥ 2: sums of a function of λ over
/// all harmonics become sums over nodes, to some 10⁻⁸.
pub(super) struct Nodes {
    /// The degree 0, with a constant feature what is left of it: `λ_0 − 1/(2π)`.
    pub(super) zero: Degree,
    /// The others, by falling eigenvalue.
    pub(super) others: Vec<Degree>,
}

impl Nodes {
    /// Nodes for sums up to so many features; harmonics far beyond count with their energies alone.
    pub(super) fn new(dim: f64, has_constant: bool, features: f64) -> Self {
        let mut degrees = relu_degrees(dim);
        let mut zero = degrees
            .next()
            .unwrap_or_else(|| unreachable!("without end"));
        if has_constant {
            zero.eigenvalue = radius_variance(dim) / (2.0 * PI * (dim - radius_variance(dim)));
            zero.energy = zero.eigenvalue;
        }
        // Above the degree 0, which is 1/(2π) more than what the constant leaves of it.
        let total = 0.5 - dim / (2.0 * PI * (dim - radius_variance(dim)));
        let mut others: Vec<Degree> = degrees.take_while(|one| one.degree <= LAST).collect();
        let Some(last) = others.last_mut() else {
            return Self { zero, others };
        };
        let continued = Continued::new(dim, last);
        let mut from = LAST + 1.0;
        let is_far = |degree: f64, decades: f64| {
            let (count, _) = continued.logarithms(degree);
            count + degree.ln() > (features.ln() + decades * 10_f64.ln()).min(690.0)
        };
        let mut tail = Vec::new();
        if !is_far(from, 8.0) {
            // Σ over even l > L of f is ½∫ from L + 1 of f, and f'(L + 1)/12, as a difference of two.
            tail.push(continued.node(LAST + 2.0, 1.0 / 24.0));
            last.count *= 23.0 / 24.0;
            last.energy *= 23.0 / 24.0;
            // λ/(λ + κ) has its nearest pole so far from the real ln l; the panels are 0.7 of that to either side.
            let width = 1.4 * PI / (dim + 2.0);
            while !is_far(from, 8.0) {
                let to = from * width.exp();
                let panel = gauss(from.ln(), to.ln());
                tail.extend(panel.map(|(log, weight)| {
                    let degree = log.exp();
                    continued.node(degree, weight * degree / 2.0)
                }));
                from = to;
            }
        }
        tail.extend(continued.rest(from));
        // What is known of all of them, as long as the difference is not mere rounding.
        let left = total - others.iter().map(|one| one.energy).sum::<f64>();
        if left > 1e-7 {
            let found: f64 = tail.iter().map(|one| one.energy).sum();
            for one in &mut tail {
                one.energy *= left / found;
            }
        }
        others.append(&mut tail);
        Self { zero, others }
    }
}
