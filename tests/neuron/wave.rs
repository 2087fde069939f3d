//! The wave and the linear warm-up.
#![allow(clippy::float_cmp)] // some values are known to the last bit

use std::f64::consts::PI;

use lazy_limits::neuron::warm_up::{LinearWarmUp, linear_risk};
use lazy_limits::neuron::wave::{
    Waves, log10_leading_eigenvalue, relu_wave, relu_wave_reach, triangle_wave,
};
use lazy_limits::stream::{Purpose, Stream};
use nalgebra::{DMatrix, DVector};
use statrs::distribution::{Beta, Continuous, ContinuousCDF};

use crate::reference::{Entry, numbers};

/// Real dimensions and norms, small and large.
const DIMS: [f64; 9] = [2.0, 2.5, 3.0, 4.0, 5.5, 8.0, 20.0, 40.0, 1000.0];
const NORMS: [f64; 9] = [1e-6, 0.124, 0.126, 0.3, 0.9, 2.0, 7.7, 100.0, 1e6];

fn waves(dim: f64, norm: f64) -> Waves {
    Waves::new(dim, norm).unwrap()
}

#[test]
fn reference_waves_are_sums_of_relus_and_triangles() {
    for entry in Entry::all("psi_wave") {
        let dim = entry.number("dim") as u32;
        assert_eq!(relu_wave_reach(dim), entry.number("a"));
        let sign = if dim.is_multiple_of(2) { 1.0 } else { -1.0 };
        let values = entry.value().as_array().unwrap();
        for (x, expected) in numbers(entry.input("x")).into_iter().zip(values) {
            entry.agrees(relu_wave(dim, x), expected);
            entry.agrees(sign * triangle_wave(x), expected);
        }
    }
}

/// Both ends of the sum of ReLUs: −1 to the left, a falling line to the right.
#[test]
fn the_wave_of_relus_ends_at_a() {
    let a = relu_wave_reach(2);
    let last = relu_wave(2, a);
    assert!((last - triangle_wave(a)).abs() < 1e-12);
    assert_eq!(relu_wave(2, -a - 5.0), -1.0);
    assert!((relu_wave(2, a + 1.5) - (last - 1.5)).abs() < 1e-12);
}

#[test]
fn reference_eigenvalues_and_mean_squares() {
    for entry in Entry::all("psi_lambda1") {
        let found = waves(entry.number("dim"), entry.number("norm"));
        entry.agrees(found.largest_eigenvalue(), &entry.value()["lambda1"]);
        entry.agrees(found.mean_square(), &entry.value()["mean_square"]);
    }
}

/// Digits of an independent implementation, to half a unit of the last.
#[test]
fn eigenvalues_down_to_ten_to_the_minus_48() {
    let known = [
        (2.0, 2.0, "8.05e-2"),
        (3.0, 3.0, "1.41e-2"),
        (4.0, 4.0, "2.02e-3"),
        (5.0, 5.0, "2.47e-4"),
        (6.0, 6.0, "2.68e-5"),
        (8.0, 8.0, "2.42e-7"),
        (10.0, 10.0, "1.64e-9"),
        (20.0, 20.0, "1.66e-21"),
        (40.0, 40.0, "1.2e-48"),
        (20.0, 1.0, "7.9e-3"),
        (20.0, 2.0, "1.3e-4"),
        (20.0, 4.0, "9.3e-9"),
        (20.0, 8.0, "4.6e-14"),
    ];
    for (dim, norm, digits) in known {
        let found = waves(dim, norm).largest_eigenvalue();
        let written = match digits.find('e') {
            Some(3) => format!("{found:.1e}"),
            _ => format!("{found:.2e}"),
        };
        assert_eq!(written, digits, "{dim} {norm}");
    }
}

/// `E ψ_wψ_w'` of directions with cosine t: Fourier series of both waves, harmonics up to `most`, no Bessel functions.
fn kernel(norm: f64, one_less: f64, most: u32) -> f64 {
    let omega = |j: u32| f64::from(j) * PI * norm / 2.0;
    let mut sum = 0.0;
    for j in (1..=most).step_by(2) {
        for k in (1..=most).step_by(2) {
            let gap = (omega(j) - omega(k)).powi(2) / 2.0;
            if gap < 45.0 {
                let sign = if (j / 2 + k / 2) % 2 == 0 { 1.0 } else { -1.0 };
                let c = sign * 64.0 / PI.powi(4) / f64::from(j * k).powi(2);
                let z = omega(j) * omega(k);
                let both = (-gap - z * one_less).exp() - (-gap - z * (2.0 - one_less)).exp();
                sum += c * both / 2.0;
            }
        }
    }
    sum
}

/// Eigenvalues of degree 1, 3 and 5 by the trapezoidal rule in u, t = tanh u, where the weight is cosh^{1−d} u: for an integrand
/// that is even and analytic it converges exponentially.
fn eigenvalues(dim: f64, norm: f64, most: u32) -> [f64; 3] {
    const STEP: f64 = 0.02;
    let mut mass = 0.5;
    let mut sums = [0.0; 3];
    for node in 1..2000 {
        let u = STEP * f64::from(node);
        let one_less = 2.0 / (1.0 + (2.0 * u).exp());
        let t = 1.0 - one_less;
        let weight = u.cosh().powf(1.0 - dim);
        mass += weight;
        let value = kernel(norm, one_less, most) * weight;
        let mut polynomials = [1.0, t];
        for (l, sum) in (1..6).zip([Some(0), None, Some(1), None, Some(2)]) {
            if let Some(index) = sum {
                sums[index] += value * polynomials[1];
            }
            let l = f64::from(l);
            let [before, now] = polynomials;
            let next = ((2.0 * l + dim - 2.0) * t * now - l * before) / (l + dim - 2.0);
            polynomials = [now, next];
        }
    }
    sums.map(|sum| sum / mass)
}

/// Harmonics above 79 hold less than 10⁻⁸ of λ₁, where d = 2; rounding of the kernel, whose terms are of the size of λ₁ at small
/// norms, is less. λ₃ and λ₅ are below λ₁.
#[test]
fn the_largest_eigenvalue_is_that_of_degree_one_by_quadrature() {
    let places = [
        (2.0, 0.2),
        (2.0, 0.6),
        (2.0, 1.0),
        (2.0, 5.0),
        (2.7, 1.3),
        (3.0, 40.0),
        (4.5, 2.2),
        (5.0, 0.4),
        (10.0, 3.0),
        (20.0, 20.0),
        (33.3, 1.1),
        (40.0, 40.0),
    ];
    for (dim, norm) in places {
        let [first, third, fifth] = eigenvalues(dim, norm, 79);
        let found = waves(dim, norm).largest_eigenvalue();
        assert!(
            (found / first - 1.0).abs() < 1e-7,
            "{dim} {norm}: {found} {first}"
        );
        let rounding = 1e-12 * first;
        assert!(third < first && third > -rounding, "{dim} {norm}: {third}");
        assert!(fifth < third + rounding, "{dim} {norm}: {fifth}");
    }
}

/// Where no number holds λ₁: the first harmonic, which is all there, by the same quadrature from its largest value on.
#[test]
fn the_logarithm_goes_on_below_all_numbers() {
    for (dim, norm) in [(1000.0, 1000.0), (400.0, 400.0), (1000.0, 50.0)] {
        let z = (PI * norm / 2.0_f64).powi(2);
        // A peak of width (2d)^{−1/2}.
        let node = |i: u32| f64::from(i) * 1e-3;
        let ln_cosh = |u: f64| u + (-2.0 * u).exp().ln_1p() - 2.0_f64.ln();
        let ln_weight = |u: f64| (1.0 - dim) * ln_cosh(u);
        let ln_value = |u: f64| ln_weight(u) - z * 2.0 / (1.0 + (2.0 * u).exp()) + u.tanh().ln();
        let ln_sum = |ln: &dyn Fn(f64) -> f64, first: u32| {
            let values: Vec<f64> = (first..20_000).map(|i| ln(node(i))).collect();
            let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let scaled = values.iter().map(|value| (value - most).exp());
            most + scaled.sum::<f64>().ln()
        };
        // Twice the half line, without half of the middle.
        let mass = ln_sum(&ln_weight, 0);
        let mass = mass + (1.0 - 0.5 * (-mass).exp()).ln();
        let expected = (32.0 / PI.powi(4)).ln() + ln_sum(&ln_value, 1) - mass;
        let expected = expected / std::f64::consts::LN_10;
        let found = waves(dim, norm).log10_largest_eigenvalue();
        assert!(
            (found - expected).abs() < 1e-8,
            "{dim} {norm}: {found} {expected}"
        );
    }
    assert_eq!(waves(1000.0, 1000.0).largest_eigenvalue(), 0.0);
}

#[test]
fn more_dimensions_leave_less_in_common() {
    for norm in NORMS {
        for pair in DIMS.windows(2) {
            let [low, high] = [0, 1].map(|i| waves(pair[i], norm).log10_largest_eigenvalue());
            assert!(high < low, "{pair:?} {norm}");
        }
    }
    for pair in DIMS.windows(2) {
        let [low, high] = [0, 1].map(|i| waves(pair[i], pair[i]).log10_largest_eigenvalue());
        assert!(high < low, "{pair:?}");
    }
}

/// At small norms the wave is the line ⟨w,x⟩, of mean square s², which d directions share. At s = 1/8 it turns 8 standard
/// deviations out, at what is less than 10⁻¹³ of the whole, so that both formulas agree there.
#[test]
fn small_waves_are_lines_and_large_ones_have_mean_square_one_third() {
    for dim in DIMS {
        for norm in [0.125, 0.124_999_999, 0.12] {
            let found = waves(dim, norm);
            assert!((found.mean_square() / (norm * norm) - 1.0).abs() < 1e-12);
            let expected = norm * norm / dim;
            let share = found.largest_eigenvalue() / expected;
            assert!((share - 1.0).abs() < 1e-9, "{dim} {norm} {share}");
        }
    }
    let mut before = 0.0;
    for norm in [1e-6, 0.1, 0.125, 0.126, 0.3, 0.7, 1.0, 1.5] {
        let found = waves(3.0, norm).mean_square();
        assert!(found > before && found < 1.0 / 3.0, "{norm}");
        before = found;
    }
    for norm in [3.0, 20.0, 1e6] {
        assert!((waves(3.0, norm).mean_square() - 1.0 / 3.0).abs() < 1e-15);
    }
}

#[test]
fn the_leading_term_is_as_close_as_it_says() {
    for dim in DIMS {
        for norm in [0.9, 1.0, 1.2, 1.5, 2.0, 7.0, 60.0, 3600.0] {
            let leading = log10_leading_eigenvalue(dim, norm).unwrap();
            let gap = leading - waves(dim, norm).log10_largest_eigenvalue();
            let most = if dim < 5.0 { 2.2e-3 } else { 4e-4 };
            assert!(gap.abs() <= most, "{dim} {norm}: {gap}");
        }
        for norm in [1e-6, 0.126, 0.5, 0.8] {
            let leading = log10_leading_eigenvalue(dim, norm).unwrap();
            let gap = leading - waves(dim, norm).log10_largest_eigenvalue();
            let most = if norm >= 0.5 { 0.032 } else { 0.21 };
            assert!(gap > -1e-3 && gap < most, "{dim} {norm}: {gap}");
        }
    }
}

/// The bound starts at 1, falls by λ₁/E ψ² a feature, and ends at 0: never below, and never no number. λ₁ is shared by d functions,
/// which cannot hold more than all.
#[test]
fn the_bound_falls_from_one_to_zero() {
    for dim in DIMS {
        for norm in NORMS {
            let found = waves(dim, norm);
            let share = found.largest_eigenvalue() / found.mean_square();
            assert!(share * dim <= 1.0 + 1e-9, "{dim} {norm}: {share}");
            assert_eq!(found.risk_at_least(0.0), 1.0);
            assert_eq!(found.risk_at_least(-1.0), 1.0);
            let mut before = 1.0;
            for features in [0.5, 1.0, 2.0, 100.0, 1e6, 1e30] {
                let risk = found.risk_at_least(features);
                let expected = (1.0 - features * share).max(0.0);
                assert!((risk - expected).abs() < 1e-9, "{dim} {norm} {features}");
                assert!(risk <= before);
                before = risk;
            }
        }
    }
    assert_eq!(waves(5.0, 1.0).risk_at_least(1e30), 0.0);
    for (dim, norm) in [
        (1.9, 1.0),
        (f64::NAN, 1.0),
        (5.0, 0.0),
        (5.0, f64::INFINITY),
    ] {
        assert_eq!(Waves::new(dim, norm), None);
        assert_eq!(log10_leading_eigenvalue(dim, norm), None);
    }
}

#[test]
fn reference_warm_ups() {
    for entry in Entry::all("linear_warmup") {
        let (d, r) = (entry.number("dim"), entry.number("features"));
        let rows = entry.input("weights_rows_are_features").as_array().unwrap();
        let weights: Vec<f64> = rows.iter().flat_map(numbers).collect();
        let weights = DMatrix::from_vec(d as usize, r as usize, weights);
        let target = DVector::from_vec(numbers(entry.input("target")));
        let value = entry.value();
        entry.agrees(linear_risk(&weights, &target).unwrap(), &value["risk"]);
        let law = LinearWarmUp::new(d, r).unwrap();
        entry.agrees(law.mean(), &value["mean_risk"]);
        entry.agrees(law.below(0.25), &value["probability_risk_below_quarter"]);
    }
}

/// Another implementation of the beta law; its own error is about 10⁻¹².
#[test]
fn the_law_is_that_of_statistics_libraries() {
    for (d, r) in [
        (2.0, 1.0),
        (3.0, 0.7),
        (10.0, 9.5),
        (20.0, 10.0),
        (57.3, 12.2),
        (400.0, 390.0),
        (1000.0, 500.0),
    ] {
        let law = LinearWarmUp::new(d, r).unwrap();
        let beta = Beta::new((d - r) / 2.0, r / 2.0).unwrap();
        for x in [1e-4, 0.03, 0.25, 0.5, 0.71, 0.98] {
            let (found, expected) = (law.below(x), beta.cdf(x));
            let close = 1e-10 * expected.abs() + 1e-13;
            assert!(
                (found - expected).abs() <= close,
                "{d} {r} {x}: {found} {expected}"
            );
            let (found, expected) = (law.density(x), beta.pdf(x));
            // Both may be too small for a number.
            let close = 1e-9 * expected + f64::MIN_POSITIVE;
            assert!((found - expected).abs() <= close, "{d} {r} {x}: {found}");
        }
        assert_eq!(
            [law.below(-0.1), law.below(0.0), law.below(1.0)],
            [0.0, 0.0, 1.0]
        );
        assert_eq!([law.density(-0.1), law.density(1.1)], [0.0, 0.0]);
    }
}

/// 4000 random sets of weights. A mean differs from the law's by less than 5 standard errors; its variance is
/// `ab/((a + b)²(a + b + 1))`, that of a share p is p(1 − p).
#[test]
fn random_directions_have_that_law() {
    const DRAWS: usize = 4000;
    let mut draw = 0;
    for (d, r) in [(4, 2), (10, 3), (16, 12)] {
        let target = DVector::from_fn(d, |i, _| (i as f64 - 1.3) * 7.0);
        let (mut sum, mut below) = (0.0, 0.0);
        for _ in 0..DRAWS {
            draw += 1;
            let mut normals = vec![0.0; d * r];
            Stream::new(5, Purpose::Weights, draw).fill_normal(&mut normals);
            let weights = DMatrix::from_iterator(d, r, normals.into_iter().map(f64::from));
            let risk = linear_risk(&weights, &target).unwrap();
            sum += risk;
            below += f64::from(risk < 0.25);
        }
        let law = LinearWarmUp::new(d as f64, r as f64).unwrap();
        let [a, b] = [(d - r) as f64 / 2.0, r as f64 / 2.0];
        let variance = a * b / ((a + b).powi(2) * (a + b + 1.0));
        let quarter = law.below(0.25);
        for (found, expected, variance) in [
            (sum, law.mean(), variance),
            (below, quarter, quarter * (1.0 - quarter)),
        ] {
            let found = found / DRAWS as f64;
            let error = (variance / DRAWS as f64).sqrt();
            assert!(
                (found - expected).abs() < 5.0 * error,
                "{d} {r}: {found} {expected}"
            );
        }
    }
}

/// More features, and a higher place: never less below it.
#[test]
fn more_directions_leave_less() {
    for d in [2.0, 7.3, 60.0, 1000.0] {
        let mut before = [0.0; 3];
        for step in 0..=40 {
            let law = LinearWarmUp::new(d, d * f64::from(step) / 40.0).unwrap();
            assert!((law.mean() - (1.0 - f64::from(step) / 40.0)).abs() < 1e-15);
            let now = [0.1, 0.25, 0.8].map(|x| law.below(x));
            for (now, before) in now.into_iter().zip(before) {
                assert!(now >= before - 1e-13 && now <= 1.0, "{d} {step}: {now}");
            }
            assert!(now[0] <= now[1] && now[1] <= now[2]);
            before = now;
        }
    }
}

/// Without features and with d of them the law has one place; beyond that there is none.
#[test]
fn ends_of_the_warm_up() {
    let none = LinearWarmUp::new(9.0, 0.0).unwrap();
    assert_eq!(none.mean(), 1.0);
    assert_eq!(
        [0.0, 0.5, 1.0, 1.1].map(|x| none.below(x)),
        [0.0, 0.0, 0.0, 1.0]
    );
    assert_eq!(
        [0.0, 0.5, 1.0].map(|x| none.density(x)),
        [0.0, 0.0, f64::INFINITY]
    );
    let all = LinearWarmUp::new(9.0, 9.0).unwrap();
    assert_eq!(all.mean(), 0.0);
    assert_eq!([0.0, 1e-300, 0.5].map(|x| all.below(x)), [0.0, 1.0, 1.0]);
    assert_eq!(
        [0.0, 0.5, 1.0].map(|x| all.density(x)),
        [f64::INFINITY, 0.0, 0.0]
    );
    for (d, r) in [
        (9.0, 9.1),
        (9.0, -0.1),
        (9.0, f64::NAN),
        (f64::INFINITY, 1.0),
        (0.0, 0.0),
    ] {
        assert_eq!(LinearWarmUp::new(d, r), None);
    }
    // A uniform law, and next to the ends.
    let uniform = LinearWarmUp::new(4.0, 2.0).unwrap();
    assert_eq!([0.0, 0.3, 1.0].map(|x| uniform.density(x)), [1.0; 3]);
    for features in [1e-300, 1e-12, 1.0, 3.0, 4.0 - 1e-12] {
        let law = LinearWarmUp::new(4.0, features).unwrap();
        for x in [0.0, 1e-300, 0.25, 1.0 - 1e-16, 1.0] {
            assert!(!law.density(x).is_nan() && law.density(x) >= 0.0);
            assert!((0.0..=1.0).contains(&law.below(x)), "{features} {x}");
        }
    }
}

#[test]
fn risks_for_given_directions_are_shares_outside_their_span() {
    let weights = DMatrix::from_column_slice(3, 2, &[1e-200, 0.0, 0.0, 2e-200, 1e-200, 0.0]);
    for length in [1e-180, 1.0, 1e180] {
        let target = DVector::from_vec(vec![3.0, 0.0, 4.0]) * length;
        assert!((linear_risk(&weights, &target).unwrap() - 0.64).abs() < 1e-15);
    }
    let target = DVector::from_vec(vec![3.0, 0.0, 4.0]);
    assert_eq!(linear_risk(&DMatrix::zeros(3, 0), &target), Some(1.0));
    assert_eq!(linear_risk(&DMatrix::zeros(3, 2), &target), Some(1.0));
    assert!(linear_risk(&DMatrix::identity(3, 3), &target).unwrap() < 1e-30);
    assert_eq!(linear_risk(&DMatrix::zeros(2, 2), &target), None);
    assert_eq!(linear_risk(&weights, &DVector::zeros(3)), None);
    assert_eq!(linear_risk(&(weights * f64::NAN), &target), None);
}
