//! The least risk of networks of any laziness α in the limit (ours).

use nalgebra::Complex;

use crate::lazy::problem::Quadratic;

/// The limit N, d → ∞, N/d → ρ of [`LazyStart::optimum`](crate::lazy::finite::LazyStart): what the largest share ρ of
/// the spectrum of `T = B + αW₀W₀ᵀ` leaves of it, over the second moment of B's.
///
/// B and `αW₀W₀ᵀ` are free of each other in the limit, so the Stieltjes transform of T's spectrum at z is that of B's,
/// `m(w) = (1/d)Σ_j 1/(λ_j − w)`, at the w that solves `z = w + ρ/(1/c + m(w))`, `c = α·mean|λ|/ρ` (Marchenko and Pastur
/// 1967). In w all is explicit and analytic above the real axis: what lies below a place x is an integral of `m dz` along a
/// path in w that ends where `z(w) = x`, and along the path z is a number like any other. So nothing is solved for on a
/// grid; the one unknown is the x that has 1 − ρ of the mass below.
#[derive(Clone, Debug)]
pub struct Laziness {
    /// Eigenvalues of B over the root of their mean square, upwards, each with its share of them.
    atoms: Vec<(f64, f64)>,
    /// The mean of their magnitudes.
    magnitude: f64,
}

/// Nodes and weights of Gauss and Legendre on [−1, 1], ten of them: the positive ones.
const NODES: [(f64, f64); 5] = [
    (0.148_874_338_981_631_2, 0.295_524_224_714_752_87),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_35),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

/// What of a risk is not looked for.
const NEGLIGIBLE: f64 = 1e-13;

/// It stands for 0, where the spectrum may have an atom or an edge: the risk is less than its square away.
const LEAST_PLACE: f64 = 1e-7;

/// A path is followed down to this height, over B's norm: what is left of it adds nothing that could be seen.
const LOWEST: f64 = 1e-15;

impl Laziness {
    /// For the eigenvalues of `problem`.
    pub fn new(problem: &Quadratic) -> Self {
        let dim = problem.dim() as f64;
        let scale = (problem.squared_norm() / dim).sqrt();
        let mut values: Vec<f64> = problem.eigenvalues().iter().map(|v| v / scale).collect();
        values.sort_by(f64::total_cmp);
        let mut atoms: Vec<(f64, f64)> = Vec::new();
        for &value in &values {
            match atoms.last_mut() {
                // Upwards, they are equal.
                Some((last, share)) if *last >= value => *share += 1.0 / dim,
                _ => atoms.push((value, 1.0 / dim)),
            }
        }
        Self {
            magnitude: values.iter().map(|value| value.abs()).sum::<f64>() / dim,
            atoms,
        }
    }

    /// The risk at `rho` and laziness `alpha`, both positive. None where the place that it ends at cannot be found,
    /// which no case is known of.
    pub fn risk(&self, rho: f64, alpha: f64) -> Option<f64> {
        let (least, most) = (self.atoms[0].0, self.atoms[self.atoms.len() - 1].0);
        if least >= 0.0 && rho >= 1.0 {
            return Some(0.0);
        }
        let sum = Sum {
            atoms: &self.atoms,
            rho,
            inverse: rho / (alpha * self.magnitude),
        };
        let start = sum.below(least - 1.0)?;
        let place = sum.quantile(1.0 - rho, most.max(LEAST_PLACE))?;
        let x = sum.z(place).re;
        let second = sum.along(start, place, |z| z * z - x * x);
        Some((second + x * x * (1.0 - rho).max(0.0)).clamp(0.0, 1.0))
    }
}

/// The sum of B and `αW₀W₀ᵀ`.
struct Sum<'a> {
    atoms: &'a [(f64, f64)],
    rho: f64,
    /// `1/c`.
    inverse: f64,
}

impl Sum<'_> {
    /// `m(w)` and its slope.
    fn transform(&self, w: Complex<f64>) -> (Complex<f64>, Complex<f64>) {
        let (mut m, mut slope) = (Complex::new(0.0, 0.0), Complex::new(0.0, 0.0));
        for &(value, share) in self.atoms {
            let pole = (Complex::new(value, 0.0) - w).inv();
            m += pole * share;
            slope += pole * pole * share;
        }
        (m, slope)
    }

    /// `m`, `z` and `dz/dw` at w.
    fn at(&self, w: Complex<f64>) -> (Complex<f64>, Complex<f64>, Complex<f64>) {
        let (m, slope) = self.transform(w);
        let lever = (m + self.inverse).inv();
        (
            m,
            w + lever * self.rho,
            Complex::new(1.0, 0.0) - lever * lever * slope * self.rho,
        )
    }

    fn z(&self, w: Complex<f64>) -> Complex<f64> {
        self.at(w).1
    }

    /// The real w of a z below the spectrum, if it is below: z grows with w up to there, and ever slower, so that Newton
    /// comes from below.
    fn below(&self, z: f64) -> Option<Complex<f64>> {
        let least = self.atoms[0].0;
        let mut w = z - self.rho / self.inverse;
        for _ in 0..200 {
            let (_, found, slope) = self.at(Complex::new(w, 0.0));
            let step = (z - found.re) / slope.re;
            // Past the edge of the spectrum z falls.
            if !(slope.re > 0.0 && w < least) {
                return None;
            }
            w += step;
            let is_near = (z - found.re).abs() <= 4.0 * f64::EPSILON * (1.0 + w.abs());
            if is_near || step.abs() <= 1e-14 * (1.0 + w.abs()) {
                return Some(Complex::new(w, 0.0));
            }
        }
        None
    }

    /// The w of the place x up to `most` that has the mass `wanted` below it, or of about 0 if more is below that.
    ///
    /// The risk is the largest of `x²·wanted − ∫(x² − λ²)₊`, whose slope is `2x(wanted − mass)`: the best x need not be
    /// known better than that it makes a difference.
    fn quantile(&self, wanted: f64, most: f64) -> Option<Complex<f64>> {
        let (mut low, mut high) = (LEAST_PLACE, most);
        let mut place = self.inside(low, None)?;
        let mut x = low;
        let mut gap = wanted - self.mass_to(place);
        if gap <= 0.0 {
            return Some(place);
        }
        for turn in 0..200 {
            if gap > 0.0 {
                low = x;
            } else {
                high = x;
            }
            if 2.0 * most * gap.abs() * (high - low) < NEGLIGIBLE || high - low < NEGLIGIBLE * most
            {
                break;
            }
            // Newton, where the density is known and the bracket allows it; every third time the middle.
            let density = self.transform(place).0.im / std::f64::consts::PI;
            let next = x + gap / density;
            let is_inside = next > low && next < high && turn % 3 != 2;
            x = if is_inside { next } else { 0.5 * (low + high) };
            place = self.inside(x, Some(place))?;
            gap = wanted - self.mass_to(place);
        }
        Some(place)
    }

    /// The w of a real place x, on the upper side; a place nearby may be known. No two w of the closed upper half plane
    /// are of one x, if those on the axis are to grow with it: what fulfils the equation is the one, wherever it was
    /// looked for from.
    fn inside(&self, x: f64, near: Option<Complex<f64>>) -> Option<Complex<f64>> {
        let goal = Complex::new(x, 0.0);
        if let Some(found) = near.and_then(|near| self.newton(goal, near)) {
            return Some(found);
        }
        let mut height = 4.0 * (1.0 + x.abs());
        let mut w = self.settle(Complex::new(x, height));
        let mut share = 0.25;
        while height > 1e-13 {
            if let Some(found) = self.newton(goal, w) {
                return Some(found);
            }
            let next = height * share;
            if let Some(found) = self.newton(Complex::new(x, next), w) {
                (w, height) = (found, next);
                share = 0.25;
            } else if share < 0.99 {
                share = share.sqrt();
            } else {
                return self.below(x);
            }
        }
        // On an edge of the spectrum, which rounding has on both sides.
        Some(Complex::new(w.re, 0.0))
    }

    /// The w of a z that is high above the axis, where z − ρ/(1/c + m(w)) draws all together.
    fn settle(&self, z: Complex<f64>) -> Complex<f64> {
        let mut w = z;
        for _ in 0..500 {
            let next = z - (self.transform(w).0 + self.inverse).inv() * self.rho;
            let step = (next - w).norm();
            w = next;
            if step < 1e-3 {
                break;
            }
        }
        self.newton(z, w).unwrap_or(w)
    }

    /// The w that has `z(w) = z`, if it is found from `w`.
    fn newton(&self, z: Complex<f64>, mut w: Complex<f64>) -> Option<Complex<f64>> {
        for _ in 0..20 {
            let (_, found, slope) = self.at(w);
            let step = (z - found) / slope;
            w += step;
            let size = step.norm();
            // The imaginary part of w is at least that of z.
            if !size.is_finite() || w.im < z.im - 1e-9 * (1.0 + w.norm()) {
                return None;
            }
            // Where z is a small difference, w is known no better than z is.
            let is_near = (z - found).norm() <= 4.0 * f64::EPSILON * (1.0 + w.norm());
            if is_near || size <= 1e-14 * (1.0 + w.norm()) {
                let is_above = w.im > 1e-13 * (1.0 + w.norm());
                return if is_above {
                    Some(w)
                } else if z.im == 0.0 && self.at(w).2.re > 0.0 {
                    Some(Complex::new(w.re, 0.0))
                } else if w.im >= z.im && z.im > 0.0 {
                    Some(w)
                } else {
                    None
                };
            }
        }
        None
    }

    /// The mass below `z(w)`, for a w from [`inside`](Self::inside): `m dz` has an antiderivative,
    /// `−ρ ln(1/c + m) − (ρ/c)/(1/c + m) − (1/d)Σ ln(λ_j − w)`, which is real far to the left.
    fn mass_to(&self, w: Complex<f64>) -> f64 {
        let mut logs = 0.0;
        for &(value, share) in self.atoms {
            // The argument of λ − w, from 0 far to the left to −π far to the right.
            logs += share * (-w.im).atan2(value - w.re);
        }
        let m = self.transform(w).0;
        let sum = m + self.inverse;
        let turned = -self.rho * (sum.im.atan2(sum.re) + (sum.inv() * self.inverse).im);
        (turned - logs) / std::f64::consts::PI
    }

    /// `(1/π) Im ∫ f(z) m dz` along a path above the axis from `start`, left of the spectrum, to `end`: the integral of f
    /// over the spectrum below `z(end)`.
    fn along(
        &self,
        start: Complex<f64>,
        end: Complex<f64>,
        f: impl Fn(Complex<f64>) -> Complex<f64>,
    ) -> f64 {
        let height = (end.re - start.re).abs().max(1.0);
        // Panels double, as no pole is nearer to the left end than 1, and halve towards the right one.
        let mut corners = vec![start];
        let mut low = 0.5;
        while low < height {
            corners.push(Complex::new(start.re, low));
            low *= 2.0;
        }
        for share in [0.0, 0.5, 1.0] {
            let re = start.re + share * (end.re - start.re);
            corners.push(Complex::new(re, height));
        }
        let mut low = 0.5 * height;
        while low > end.im.max(LOWEST) {
            corners.push(Complex::new(end.re, low));
            low *= 0.5;
        }
        corners.push(end);
        let mut total = 0.0;
        for pair in corners.windows(2) {
            let (middle, half) = ((pair[0] + pair[1]) * 0.5, (pair[1] - pair[0]) * 0.5);
            for (node, weight) in NODES {
                for node in [-node, node] {
                    let (m, z, slope) = self.at(middle + half * node);
                    total += weight * (f(z) * m * slope * half).im;
                }
            }
        }
        total / std::f64::consts::PI
    }
}
