//! ψ, Bayes, the best covariance, and the span of tilted weights.

use lazy_limits::activation::Activation;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{BestWeights, Mixture, Quadratic};
use lazy_limits::{finite, limit};

use crate::dense::{Real, angle as direction, exp, ln, real};
use crate::every;

/// `E√(p₊p₋)`-tilted characteristic function, summed with half the step and 32 digits; see [`finite::bayes`].
fn bayes(values: &[f64]) -> f64 {
    let (step, reach) = (0.04, 20.0);
    let one = real(1.0);
    let mut log_mass = real(0.0);
    let mut shift = real(0.0);
    for &s in values {
        let (up, down) = (ln(one + real(s)), ln(one - real(s)));
        log_mass += (up + down) * 0.25;
        shift += (up - down) * 0.5;
    }
    let pi = twofloat::consts::PI;
    let term = |t: f64| -> Real {
        let (mut log_size, mut angle) = (log_mass, shift * t);
        for &s in values {
            let tilt = real(2.0 * t) * s;
            log_size -= ln(one + tilt * tilt) * 0.25;
            angle -= direction(tilt, one) * 0.5;
        }
        let rise = exp(pi * t);
        exp(log_size) * angle.cos() * 2.0 / (rise + one / rise)
    };
    let count = (reach / step) as u32;
    let sum = (1..=count).fold(real(0.0), |sum, k| sum + term(f64::from(k) * step));
    f64::from((term(0.0) + sum * 2.0) * step)
}

#[test]
fn bayes_risks() {
    every("Bayes", 40, 1e-14, 0.0, |draws| {
        let dim = draws.count(1, 20);
        let values = draws.contrast(dim);
        let sigma = Symmetric::diagonal(vec![1.0; dim]);
        let problem = Mixture::new(&sigma, &Symmetric::diagonal(values.iter().copied())).unwrap();
        let risk = finite::bayes(&problem);
        assert!((0.0..=1.0).contains(&risk));
        Some((risk - bayes(&values)).abs())
    });
}

/// The equation itself, by bisection with 32 digits.
#[test]
fn roots() {
    every("ψ", 100, 1e-13, 0.0, |draws| {
        let dim = draws.count(1, 12);
        let problem = Quadratic::new(&Symmetric::diagonal(vec![1.0; dim])).unwrap();
        let shares = draws.target(dim);
        let trace: f64 = shares.iter().map(|x| x.abs()).sum();
        let gamma: Vec<f64> = shares.iter().map(|x| x.abs() / trace).collect();
        let sigma = Activation::ALL[draws.count(0, 4)];
        let rho = draws.power(-4.0, 7.0);
        let features = limit::RandomFeatures::new(
            &problem,
            &Symmetric::diagonal(gamma.iter().copied()),
            sigma,
        );
        let psi = features.psi(rho);
        let hermite = sigma.hermite();
        let slope = real(hermite.lambda1) * hermite.lambda1;
        let above = |psi: Real| {
            let mut rest = real(rho) - psi * hermite.lambda_tilde;
            for &t in &gamma {
                let a = slope * (real(t) * dim as f64);
                rest -= a * psi / (real(1.0) + a * psi) / dim as f64;
            }
            f64::from(rest) > 0.0
        };
        let (mut low, mut high) = (real(0.0), real(rho) / hermite.lambda_tilde);
        for _ in 0..160 {
            let middle = (low + high) * 0.5;
            if above(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        // Over a run of ρ, each from the last, too.
        let last = features.risks(&[rho * 1e-3, rho * 0.5, rho])[2];
        assert!((last - features.risk(rho)).abs() < 1e-13);
        Some((psi / f64::from(low) - 1.0).abs())
    });
}

/// Every number of eigenvalues that could take part, and both signs, with 32 digits.
#[test]
fn best_covariances() {
    every("best Γ", 1000, 1e-12, 0.0, |draws| {
        let dim = draws.count(1, 12);
        let values = draws.target(dim);
        let problem = Quadratic::new(&Symmetric::diagonal(values.iter().copied())).unwrap();
        let rho = draws.power(-4.0, 6.0);
        let best = BestWeights::new(&problem);
        let total = values.iter().fold(real(0.0), |sum, &b| sum + real(b) * b);
        let mut ratio = real(0.0);
        for sign in [1.0, -1.0] {
            let mut side: Vec<f64> = values
                .iter()
                .map(|b| sign * b)
                .filter(|&b| b > 0.0)
                .collect();
            side.sort_by(|a, b| b.total_cmp(a));
            let (mut sum, mut square) = (real(0.0), real(0.0));
            for (index, &b) in side.iter().enumerate() {
                sum += b;
                square += real(b) * b;
                let shift = sum / (real(rho) * dim as f64 + (index + 1) as f64);
                // Feasible if even the least of them is above the shift; the best of all is so.
                if f64::from(real(b) - shift) > 0.0 {
                    let value = square - shift * sum;
                    if f64::from(value - ratio) > 0.0 {
                        ratio = value;
                    }
                }
            }
        }
        let expected = f64::from(real(1.0) - ratio / total);
        let gamma = best.covariance(&problem, rho);
        assert!((gamma.trace() - 1.0).abs() < 1e-12 && gamma.diagonal_entries().min() >= 0.0);
        Some((best.risk(rho) - expected).abs())
    });
}

/// NT where weights are not isotropic in working coordinates, by bisection of its equation with 32 digits.
#[test]
fn tilted_spans() {
    every("limit of NT", 200, 1e-13, 0.0, |draws| {
        let dim = draws.count(1, 12);
        let contrast = draws.contrast(dim);
        let variances: Vec<f64> = (0..dim).map(|_| draws.power(-5.0, 0.0)).collect();
        let roots = variances.iter().zip(&contrast);
        let delta = Symmetric::diagonal(roots.map(|(v, s)| v * s));
        let sigma = Symmetric::diagonal(variances.iter().copied());
        let problem = Mixture::new(&sigma, &delta).unwrap();
        let rho = if draws.chance(0.5) {
            draws.power(-300.0, 0.0)
        } else {
            1.0 - draws.power(-15.0, 0.0)
        };
        if rho <= 0.0 {
            return Some(0.0);
        }
        let left = limit::NeuralTangent::new(&problem).left(rho);
        // The eigenvalues that the problem works with: Δ was rounded.
        let form: Vec<Real> = problem.eigenvalues().iter().map(|&s| real(s)).collect();
        let trace = variances.iter().fold(real(0.0), |sum, &v| sum + v);
        let t: Vec<Real> = variances.iter().map(|&v| real(v) / trace).collect();
        let spanned = |ridge: Real| {
            let sum = t.iter().fold(real(0.0), |sum, &t| sum + t / (t + ridge));
            f64::from(sum - real(rho) * dim as f64) > 0.0
        };
        let (mut low, mut high) = (real(1e-30), real(1.0));
        while spanned(high) {
            high *= 1e6;
        }
        for _ in 0..160 {
            let middle = low.sqrt() * high.sqrt();
            if spanned(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        let sum = |term: &dyn Fn(usize) -> Real| (0..dim).fold(real(0.0), |sum, i| sum + term(i));
        let (off, both) = (
            |i: usize| low / (t[i] + low),
            |i: usize| low * t[i] / (t[i] + low) / (t[i] + low),
        );
        let total = sum(&|i| form[i] * form[i]);
        let mean = sum(&|i| form[i] * off(i) * form[i] * off(i));
        let along = sum(&|i| form[i] * both(i));
        let expected = (mean + along * (along / sum(&both))) / total;
        Some((left - f64::from(expected)).abs())
    });
}
