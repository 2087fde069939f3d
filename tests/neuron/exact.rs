//! Exact risks for given weights.

use lazy_limits::neuron::exact::{
    FeatureKind, NestedFeatures, UnknownRisk, random_directions, target_directions,
};
use lazy_limits::neuron::kernel::{CrossMoments, FEATURE_MEAN, arc_cosine};
use lazy_limits::neuron::problem::SingleNeuron;
use lazy_limits::stream::{Purpose, Stream};
use nalgebra::{DMatrix, DVector};

use crate::reference::{Entry, numbers};

pub(crate) const BOTH: [FeatureKind; 2] = [FeatureKind::Relu, FeatureKind::Tangent];

/// The matrix whose columns are the rows of a list.
fn columns(list: &serde_json::Value) -> DMatrix<f64> {
    let rows: Vec<Vec<f64>> = list.as_array().unwrap().iter().map(numbers).collect();
    DMatrix::from_vec(rows[0].len(), rows.len(), rows.concat())
}

pub(crate) fn features(
    weights: &DMatrix<f64>,
    kind: FeatureKind,
    has_constant: bool,
) -> NestedFeatures {
    NestedFeatures::new(weights.clone(), kind, has_constant).unwrap()
}

fn risk(
    weights: &DMatrix<f64>,
    kind: FeatureKind,
    has_constant: bool,
    target: &SingleNeuron,
    direction: &DMatrix<f64>,
) -> f64 {
    let features = features(weights, kind, has_constant);
    let fit = features.fit(target, direction).unwrap();
    fit.risk(weights.ncols(), 0).unwrap()
}

/// A target of the reference: its weights, its direction and itself.
fn case(entry: &Entry) -> (DMatrix<f64>, DMatrix<f64>, SingleNeuron) {
    let direction = numbers(entry.input("target_direction"));
    (
        columns(entry.input("weights_rows_are_features")),
        DMatrix::from_column_slice(direction.len(), 1, &direction),
        SingleNeuron {
            norm: entry.number("target_norm"),
            bias: entry.number("target_bias"),
        },
    )
}

#[test]
fn risks_of_random_features_are_those_of_the_reference() {
    for entry in Entry::all("neuron_rf_risk") {
        let (w, direction, target) = case(&entry);
        let value = entry.value();
        entry.agrees(target.second_moment(), &value["target_second_moment"]);
        entry.agrees(target.mean(), &value["target_mean"]);
        let moments = CrossMoments::new(&target);
        for (w, moment) in w.column_iter().zip(numbers(&value["cross_moments"])) {
            let cosine = w.dot(&direction.column(0)) / w.norm();
            let found = target.norm * moments.with_relu(cosine, false);
            entry.agrees(found, &moment.into());
        }
        let risk = |has_constant| risk(&w, FeatureKind::Relu, has_constant, &target, &direction);
        let square = target.second_moment();
        entry.agrees(square * risk(false), &value["risk_without_constant"]);
        entry.agrees(square * risk(true), &value["risk_with_constant"]);
        entry.agrees(risk(true), &value["normalised_with_constant"]);
    }
}

#[test]
fn risks_of_tangent_features_are_those_of_the_reference() {
    for entry in Entry::all("neuron_nt_risk") {
        let (w, direction, target) = case(&entry);
        let risk = risk(&w, FeatureKind::Tangent, true, &target, &direction);
        entry.agrees(
            target.second_moment() * risk,
            &entry.value()["risk_with_constant"],
        );
        entry.agrees(risk, &entry.value()["normalised_with_constant"]);
    }
}

/// Means of an independent simulation at d = 20, over draws and directions. A draw of 64 directions differs from them by what its
/// features have in common: 3 % of the mean were found over ten draws, of which three are allowed.
#[test]
fn the_default_dots_are_where_they_were_found() {
    let target = SingleNeuron::PLAIN;
    let w = random_directions(1, 0, 20, 512);
    let features = features(&w, FeatureKind::Relu, true);
    let directions = target_directions(1, 0, 20, 64);
    let fit = features.fit(&target, &directions).unwrap();
    for (neurons, expected) in [(16, 0.44), (64, 0.203), (256, 0.062), (512, 0.032)] {
        let found = fit.mean_risk(neurons).unwrap().unwrap().mean;
        assert!((found / expected - 1.0).abs() < 0.09, "{neurons}: {found}");
    }
}

/// Simulated means of an independent program: (d, b, r, risk). Ours are of 6 draws with 64 directions: the same 3 %
/// of a draw, so four standard errors are 5 %, and theirs may have as much.
#[test]
fn means_are_those_of_an_independent_simulation() {
    let mean = |kind, dim, bias, neurons| {
        let risks = (0..6).map(|draw| {
            let w = random_directions(5, draw, dim, neurons);
            let features = features(&w, kind, true);
            let target = SingleNeuron { norm: 1.0, bias };
            let directions = target_directions(5, draw, dim, 64);
            let fit = features.fit(&target, &directions).unwrap();
            fit.mean_risk(neurons).unwrap().unwrap().mean
        });
        risks.sum::<f64>() / 6.0
    };
    for (dim, bias, neurons, expected) in [
        (10, 0.0, 16, 0.2837),
        (10, 0.0, 256, 0.01882),
        (20, 0.0, 16, 0.434),
        (20, 0.0, 64, 0.2030),
        (40, 0.0, 64, 0.3125),
        (6, 0.0, 256, 0.00604),
        (10, 1.0, 32, 0.0506),
        (10, -1.0, 256, 0.2135),
        (20, -1.0, 32, 0.639),
    ] {
        let found = mean(FeatureKind::Relu, dim, bias, neurons);
        assert!(
            (found / expected - 1.0).abs() < 0.07,
            "{dim} {bias} {neurons}: {found}"
        );
    }
    for (dim, neurons, expected) in [
        (20, 8, 0.176),
        (20, 16, 0.105),
        (20, 32, 0.0556),
        (10, 64, 0.0204),
    ] {
        let found = mean(FeatureKind::Tangent, dim, 0.0, neurons);
        assert!(
            (found / expected - 1.0).abs() < 0.09,
            "NT {dim} {neurons}: {found}"
        );
    }
}

const TARGETS: [SingleNeuron; 5] = [
    SingleNeuron::PLAIN,
    SingleNeuron {
        norm: 1e-3,
        bias: 2e-3,
    },
    SingleNeuron {
        norm: 1.0,
        bias: -0.7,
    },
    SingleNeuron {
        norm: 30.0,
        bias: 300.0,
    },
    SingleNeuron {
        norm: 2.0,
        bias: -16.0,
    },
];

#[test]
fn more_features_are_never_worse_and_none_is_worse_than_the_constant() {
    for kind in BOTH {
        for has_constant in [true, false] {
            for dim in [2, 3, 7] {
                let w = random_directions(2, 0, dim, 24);
                let features = features(&w, kind, has_constant);
                for target in TARGETS {
                    let fit = features
                        .fit(&target, &target_directions(2, 0, dim, 5))
                        .unwrap();
                    let risks = fit.risks();
                    for at in 0..5 {
                        let mut last = fit.risk(0, at).unwrap();
                        let none = target.variance() / target.second_moment();
                        assert!((last - if has_constant { none } else { 1.0 }).abs() < 1e-14);
                        for neurons in 1..=24 {
                            let risk = fit.risk(neurons, at).unwrap();
                            assert!((0.0..=last).contains(&risk), "{kind:?} {dim} {target:?}");
                            assert_eq!(risk.to_bits(), risks[(neurons - 1, at)].to_bits());
                            last = risk;
                        }
                    }
                }
            }
        }
    }
}

/// Tangent features have the plain ones among them, so NT is never above RF of the same neurons, nor RF with the constant above
/// RF without; rounding is that of 10⁻¹².
#[test]
fn larger_classes_are_never_worse() {
    let w = random_directions(3, 0, 5, 12);
    for target in TARGETS {
        let direction = target_directions(3, 0, 5, 1);
        let of = |kind, has_constant| risk(&w, kind, has_constant, &target, &direction);
        for has_constant in [true, false] {
            let pair = BOTH.map(|kind| of(kind, has_constant));
            assert!(pair[1] <= pair[0] + 1e-12, "{target:?}: {pair:?}");
        }
        for kind in BOTH {
            assert!(of(kind, true) <= of(kind, false) + 1e-12, "{target:?}");
        }
    }
}

/// An orthogonal matrix, by the Gram–Schmidt of some other one.
fn rotation(dim: usize) -> DMatrix<f64> {
    random_directions(77, 0, dim, dim).qr().q()
}

/// Rotated, with weights of any lengths, for a target of any norm and the same b/s: cosines differ by some roundings, 10⁻¹⁵, and
/// coefficients here are below 10³, so risks by less than 10⁻⁹.
#[test]
fn risks_depend_on_angles_and_on_bias_over_norm_alone() {
    let dim = 6;
    let (w, direction) = (
        random_directions(4, 0, dim, 15),
        target_directions(4, 0, dim, 1),
    );
    let turn = rotation(dim);
    let mut turned = &turn * &w;
    for (index, mut column) in turned.column_iter_mut().enumerate() {
        column *= 10_f64.powi(21 * index as i32 - 147);
    }
    for kind in BOTH {
        for has_constant in [true, false] {
            let of = |w: &DMatrix<f64>, direction: &DMatrix<f64>, norm, bias| {
                let target = SingleNeuron { norm, bias };
                risk(w, kind, has_constant, &target, direction)
            };
            for shift in [0.0, 0.9, -1.3, 40.0] {
                let plain = of(&w, &direction, 1.0, shift);
                for norm in [1e-6, 3.0, 1e6] {
                    let other = of(&turned, &(&turn * &direction * 5.0), norm, norm * shift);
                    assert!(
                        (plain - other).abs() < 1e-9,
                        "{kind:?} {shift}: {plain} {other}"
                    );
                }
            }
        }
    }
}

/// A neuron twice, or any pair and its reverse where all linear functions are there already, adds nothing, and is known to.
#[test]
fn what_adds_nothing_is_known_to() {
    let dim = 3;
    let w = random_directions(6, 0, dim, 8);
    let direction = target_directions(6, 0, dim, 1);
    let with = |extra: Vec<DVector<f64>>| {
        let mut columns: Vec<DVector<f64>> = w.column_iter().map(Into::into).collect();
        columns.extend(extra);
        DMatrix::from_columns(&columns)
    };
    let reverse = |count: usize| {
        let first = w.columns(0, count);
        with(first.column_iter().map(|column| -2.0 * column).collect())
    };
    let twice = with(vec![w.column(3) * 7.0, w.column(0).into_owned()]);
    for target in TARGETS {
        for kind in BOTH {
            let of = |w: &DMatrix<f64>| risk(w, kind, true, &target, &direction);
            assert!((of(&w) - of(&twice)).abs() < 1e-12);
            // With d linear functions, or at once with NT's; a pair less is less.
            let enough = if kind == FeatureKind::Relu { dim } else { 1 };
            let all = of(&reverse(enough));
            assert!((all - of(&reverse(8))).abs() < 1e-9, "{kind:?} {target:?}");
            assert!(all < of(&w) + 1e-12, "{kind:?}");
        }
    }
}

/// Neurons that nearly agree, so that rounding decides what the difference of the two adds.
#[test]
fn what_rounding_decides_is_not_given() {
    let direction = target_directions(1, 0, 3, 1);
    for kind in BOTH {
        let w = DMatrix::from_column_slice(3, 2, &[0.6, 0.8, 0.0, 0.6, 0.8, 1e-9]);
        let features = features(&w, kind, true);
        let fit = features.fit(&SingleNeuron::PLAIN, &direction).unwrap();
        assert!(fit.risk(1, 0).is_ok());
        let error = fit.risk(2, 0).unwrap_err();
        assert!(matches!(error, UnknownRisk::Rounding { neurons: 2, .. }));
        assert!(
            error.to_string().contains("of 2 neurons is not known"),
            "{error}"
        );
    }
}

#[test]
fn what_is_no_feature_and_no_target_is_refused() {
    for (entries, sentence) in [
        (
            [1.0, 0.0, 0.0, 0.0],
            "neuron 2 is 0, but weights must have a direction",
        ),
        (
            [1.0, f64::NAN, 1.0, 0.0],
            "neuron 1 has a weight that is not finite",
        ),
        (
            [1.0, 0.0, 1.0, f64::INFINITY],
            "neuron 2 has a weight that is not finite",
        ),
    ] {
        let w = DMatrix::from_column_slice(2, 2, &entries);
        let error = NestedFeatures::new(w, FeatureKind::Relu, true).unwrap_err();
        assert!(error.to_string().starts_with(sentence), "{error}");
    }
    let features = features(&random_directions(1, 0, 4, 3), FeatureKind::Relu, true);
    let directions = target_directions(1, 0, 4, 2);
    for bias in [-1e-2, -1e6] {
        let target = SingleNeuron { norm: 1e-6, bias };
        let error = features.fit(&target, &directions).unwrap_err();
        assert!(matches!(error, UnknownRisk::Silent { .. }), "{error}");
    }
}

/// Whatever the settings admit: a number from 0 to 1, or an error.
#[test]
fn no_target_makes_a_risk_that_is_none() {
    for dim in [2, 20] {
        let w = random_directions(8, 0, dim, 9);
        for kind in BOTH {
            for has_constant in [true, false] {
                let features = features(&w, kind, has_constant);
                for exponent in -6..=12 {
                    for sign in [-1.0, 1.0] {
                        let bias = sign * 10_f64.powi(exponent) * 3.5;
                        let target = SingleNeuron { norm: 1.0, bias };
                        let Ok(fit) = features.fit(&target, &w) else {
                            assert!(bias < -30.0);
                            continue;
                        };
                        for neurons in 0..=9 {
                            let risk = fit.risk(neurons, 4).unwrap();
                            assert!((0.0..=1.0).contains(&risk), "{bias}: {risk}");
                        }
                    }
                }
            }
        }
    }
}

/// Least squares on samples: in expectation, with n samples and p features, the mean square on the fitted samples is
/// (1 − p/n) times the risk, with a relative standard deviation of about √(k/n), k = E e⁴/(E e²)² − 1, below 4 for these errors:
/// with n = 200 000, 0.45 %, of which five are allowed.
#[test]
fn least_squares_on_samples_agree() {
    let (dim, neurons, samples) = (4, 6, 200_000);
    let w = random_directions(9, 0, dim, neurons);
    let direction = target_directions(9, 0, dim, 1);
    let mut singles = vec![0.0_f32; dim];
    for target in [
        TARGETS[0],
        TARGETS[2],
        SingleNeuron {
            norm: 3.0,
            bias: 1.5,
        },
    ] {
        for kind in BOTH {
            let width = if kind == FeatureKind::Relu { 1 } else { dim };
            let count = neurons * width + 1;
            let mut gram = DMatrix::<f64>::zeros(count, count);
            let mut moments = DVector::<f64>::zeros(count);
            let mut square = 0.0;
            let mut stream = Stream::new(9, Purpose::Batch, 0);
            for _ in 0..samples {
                stream.fill_normal(&mut singles);
                let x = DVector::from_iterator(dim, singles.iter().copied().map(f64::from));
                let mut features = DVector::zeros(count);
                features[count - 1] = 1.0;
                for (i, w) in w.column_iter().enumerate() {
                    let input = w.dot(&x);
                    if input > 0.0 && kind == FeatureKind::Relu {
                        features[i] = input;
                    } else if input > 0.0 {
                        features.rows_mut(i * dim, dim).copy_from(&x);
                    }
                }
                let y = (target.norm * direction.column(0).dot(&x) + target.bias).max(0.0);
                gram.ger(1.0, &features, &features, 1.0);
                moments.axpy(y, &features, 1.0);
                square += y * y;
            }
            let solution = gram.cholesky().unwrap().solve(&moments);
            let left = square - solution.dot(&moments);
            let found = left / (samples - count) as f64 / target.second_moment();
            let exact = risk(&w, kind, true, &target, &direction);
            assert!(
                (found / exact - 1.0).abs() < 0.0225,
                "{kind:?} {target:?}: {found} {exact}"
            );
        }
    }
}

/// The combination has the risk: by the quadratic form of moments written out here, one by one.
#[test]
fn the_combination_has_its_risk() {
    let (dim, neurons) = (5, 7);
    let mut w = random_directions(11, 0, dim, neurons);
    w.column_mut(2).scale_mut(40.0);
    let direction = target_directions(11, 0, dim, 1);
    let target = SingleNeuron {
        norm: 1.5,
        bias: -0.6,
    };
    let moments = CrossMoments::new(&target);
    for has_constant in [true, false] {
        let features = features(&w, FeatureKind::Relu, has_constant);
        let fit = features.fit(&target, &direction).unwrap();
        let best = fit.combination(neurons, 0);
        let (u, c) = (&best.coefficients, best.constant);
        assert_eq!(c == 0.0, !has_constant);
        let length = |i: usize| w.column(i).norm();
        let mut square = target.second_moment() + c * c - 2.0 * c * target.mean();
        for i in 0..neurons {
            let cosine = w.column(i).dot(&direction) / length(i);
            square -= 2.0 * u[i] * length(i) * target.norm * moments.with_relu(cosine, false);
            square += 2.0 * c * u[i] * length(i) * FEATURE_MEAN;
            for j in 0..neurons {
                let cosine = w.column(i).dot(&w.column(j)) / (length(i) * length(j));
                square += u[i] * u[j] * length(i) * length(j) * arc_cosine(cosine);
            }
        }
        let (risk, size) = fit.risk_and_size(neurons, 0).unwrap();
        assert!((square / target.second_moment() - risk).abs() < 1e-10);
        let largest = u.iter().fold(0.0_f64, |most, u| most.max(u.abs()));
        assert!((size / (7.0 * largest) - 1.0).abs() < 1e-14);
    }
}

#[test]
fn draws_are_nested_and_their_own() {
    let few = random_directions(1, 2, 5, 3);
    assert_eq!(few, random_directions(1, 2, 5, 9).columns(0, 3));
    assert_eq!(
        target_directions(1, 2, 5, 3),
        target_directions(1, 2, 5, 9).columns(0, 3)
    );
    for other in [
        random_directions(2, 2, 5, 3),
        random_directions(1, 3, 5, 3),
        target_directions(1, 2, 5, 3),
    ] {
        assert_ne!(few, other);
    }
    for column in few.column_iter() {
        assert!((column.norm() - 1.0).abs() < 1e-15);
    }
}
