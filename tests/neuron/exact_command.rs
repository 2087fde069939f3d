//! `exact neuron`, and what it averages.

use std::ops::ControlFlow;

use lazy_limits::neuron::exact::{FeaturePlan, MeanAndSd, random_directions, target_directions};
use lazy_limits::neuron::problem::SingleNeuron;
use serde_json::Value;

use crate::exact::{BOTH, features};
use crate::program::{file, line};
use crate::reference::{Entry, numbers};

fn plan() -> FeaturePlan {
    FeaturePlan {
        dim: 5,
        target: SingleNeuron {
            norm: 2.0,
            bias: 0.5,
        },
        features: vec![8, 1, 3],
        has_constant: true,
        seed: 3,
        draws: 4,
        directions: 3,
    }
}

#[test]
fn a_point_is_what_the_library_says_of_each_draw_and_direction() {
    let plan = plan();
    let found = plan.clone().run(2, |_| ControlFlow::Continue(())).unwrap();
    let alone = plan.clone().run(1, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(found, alone);
    assert_eq!(found.draws, 4);
    for point in found.points {
        let expected = BOTH.map(|kind| {
            let risks: Vec<f64> = (0..4)
                .flat_map(|draw| {
                    let w = random_directions(3, draw, 5, point.neurons);
                    let features = features(&w, kind, true);
                    let fit = features
                        .fit(&plan.target, &target_directions(3, draw, 5, 3))
                        .unwrap();
                    (0..3)
                        .map(|at| fit.risk(point.neurons, at).unwrap())
                        .collect::<Vec<_>>()
                })
                .collect();
            assert_eq!(risks.len(), 12);
            MeanAndSd::of(&risks).unwrap()
        });
        for (found, expected) in [point.rf, point.nt].into_iter().zip(expected) {
            let found = found.unwrap();
            assert!((found.mean - expected.mean).abs() < 1e-12);
            assert!((found.sd.unwrap() - expected.sd.unwrap()).abs() < 1e-12);
        }
    }
}

#[test]
fn a_watcher_ends_the_draws() {
    let mut plan = plan();
    plan.draws = 100_000;
    let watch = |done| match done {
        0..3 => ControlFlow::Continue(()),
        _ => ControlFlow::Break(()),
    };
    let found = plan.run(2, watch).unwrap();
    assert!((3..100_000).contains(&found.draws));
    assert!(found.points[0].rf.is_some());
}

#[test]
fn files_have_the_risks_of_the_reference() {
    for (index, (rf, nt)) in Entry::all("neuron_rf_risk")
        .iter()
        .zip(Entry::all("neuron_nt_risk"))
        .enumerate()
    {
        let row = |list: &Value| {
            let numbers: Vec<String> = numbers(list).iter().map(f64::to_string).collect();
            numbers.join(" ")
        };
        let rows = rf.input("weights_rows_are_features").as_array().unwrap();
        let rows: Vec<String> = rows.iter().map(row).collect();
        let network = file(&format!("features-{index}.txt"), &rows.join("\n"));
        let direction = row(rf.input("target_direction"));
        let target = file(&format!("target-{index}.txt"), &direction);
        let (norm, bias) = (rf.number("target_norm"), rf.number("target_bias"));
        let json = line(&format!(
            "exact neuron --network {network} --target {target} --norm {norm} --bias {bias} --format json"
        ))
        .json();
        let point = &json["curve"][0];
        assert_eq!(point["features"], rows.len());
        let value = rf.value();
        rf.agrees(
            point["rf"].as_f64().unwrap(),
            &value["normalised_with_constant"],
        );
        if nt.input("weights_rows_are_features") == rf.input("weights_rows_are_features") {
            nt.agrees(
                point["nt"].as_f64().unwrap(),
                &nt.value()["normalised_with_constant"],
            );
        }
        assert!(point["size"].as_f64().unwrap() > 0.0);
    }
}

#[test]
fn the_first_lines_of_a_file_are_a_narrow_network() {
    let network = file("nested.txt", "1 0\n0 2\n-1 1\n");
    let target = file("nested-target.txt", "0.6 0.8\n");
    let options = format!("--network {network} --target {target} --format json");
    let all = line(&format!("exact neuron {options} --features 1,2,3")).json();
    let last = line(&format!("exact neuron {options}")).json();
    assert_eq!(last["curve"][0], all["curve"][2]);
    assert_eq!(last["curve"].as_array().unwrap().len(), 1);
    // The length of the target's weights is its norm, which sizes are in, unless another one is given.
    let twice = file("nested-twice.txt", "1.2 1.6\n");
    let long = line(&format!(
        "exact neuron --network {network} --target {twice} --format json"
    ))
    .json();
    let norm = line(&format!("exact neuron {options} --norm 2")).json();
    assert_eq!(long["settings"]["norm"], 2.0);
    let sizes = [&long, &norm, &last].map(|json| json["curve"][0]["size"].as_f64().unwrap());
    assert!((sizes[0] / sizes[1] - 1.0).abs() < 1e-12 && (sizes[0] / sizes[2] - 2.0).abs() < 1e-12);
    // CSV and a table have the same.
    let csv = line(&format!(
        "exact neuron --network {network} --target {target} --format csv"
    ));
    assert!(
        csv.stdout.starts_with("features,rf,nt,size\n3,"),
        "{}",
        csv.stdout
    );
}

#[test]
fn draws_have_a_mean_and_a_spread() {
    let text = "exact neuron --dim 5 --features log:1:16:5 --seed 4 --format json --draws";
    let json = line(&format!("{text} 3 --directions 3")).json();
    assert_eq!(
        (&json["draws"], &json["interrupted"]),
        (&3.into(), &false.into())
    );
    let curve = json["curve"].as_array().unwrap();
    assert_eq!(curve.len(), 5);
    for (point, neurons) in curve.iter().zip([1, 2, 4, 8, 16]) {
        assert_eq!(point["features"], neurons);
        for key in ["rf", "rf_sd", "nt", "nt_sd"] {
            let value = point[key].as_f64().unwrap();
            assert!(value > 0.0 && value < 1.0, "{key} {value}");
        }
    }
    let one = line(&format!("{text} 1 --directions 1")).json();
    assert!(one["curve"][0]["rf"].is_f64() && one["curve"][0]["rf_sd"].is_null());
    let table = line("exact neuron --dim 20 --features 1,205 --draws 1 --directions 1");
    for part in [
        "r·max|u_i|",
        "left out beyond rd = 4096",
        "the best constant 0.6817",
    ] {
        assert!(table.stdout.contains(part), "{}", table.stdout);
    }
}

#[test]
fn what_cannot_be_solved_is_one_sentence() {
    let network = file("refused.txt", "1 0 0\n0 2 0\n");
    let zero = file("refused-zero.txt", "1 0 0\n0 0 0\n");
    let target = file("refused-target.txt", "0.6 0.8 0\n");
    let wide = file("refused-wide.txt", "0.6 0.8 0 0\n");
    let narrow = file("refused-narrow.txt", "1\n2\n");
    for (options, parts) in [
        (
            "--features 1,2.5".to_owned(),
            vec!["--features has 2.5", "whole numbers"],
        ),
        (
            "--features 1e30".to_owned(),
            vec!["--features", "r = 1e30", "of memory", "fewer neurons"],
        ),
        (
            "--dim 20.5".to_owned(),
            vec!["--dim is “20.5”", "a whole number from 2 to 1000"],
        ),
        ("--draws 0".to_owned(), vec!["--draws is “0”"]),
        (
            "--bias much".to_owned(),
            vec!["--bias is “much”", "a number"],
        ),
        (
            format!("--network {network}"),
            vec!["--network needs --target"],
        ),
        (
            format!("--target {target}"),
            vec!["--target needs --network"],
        ),
        (
            format!("--network {zero} --target {target}"),
            vec!["neuron 2 is 0"],
        ),
        (
            format!("--network {network} --target {zero}"),
            vec!["--target", "2 lines of 3 numbers", "one of 3"],
        ),
        (
            format!("--network {network} --target {wide}"),
            vec!["--target", "1 line of 4 numbers"],
        ),
        (
            format!("--network {narrow} --target {narrow}"),
            vec!["--target", "2 lines of 1 number"],
        ),
        (
            format!("--network {network} --target {target} --features 3"),
            vec!["--features has 3", "2 neurons"],
        ),
        (
            format!("--network {network} --target {target} --dim 4"),
            vec!["3 numbers a line", "--dim is 4"],
        ),
        (
            format!("--network {network} --target {target} --draws 4"),
            vec!["--draws is of random features"],
        ),
        (
            "--network - --target -".to_owned(),
            vec!["cannot both be read from standard input"],
        ),
    ] {
        let parts: Vec<&str> = parts;
        line(&format!("exact neuron {options}")).refused(&parts);
    }
    // Rounding decides, or there is nothing: no number, and why.
    let near = file("near.txt", "0.6 0.8 0\n0.6 0.8 1e-9\n");
    let other = file("near-target.txt", "0.1 0.8 0.3\n");
    let json = line(&format!(
        "exact neuron --network {near} --target {other} --format json"
    ))
    .json();
    assert!(json["curve"][0]["rf"].is_null() && json["curve"][0]["size"].is_null());
    assert!(
        json["notes"][0]
            .as_str()
            .unwrap()
            .starts_with("RF: the exact risk of 2 neurons")
    );
    let json = line("exact neuron --bias -1000 --features 2 --draws 1 --format json").json();
    assert!(json["curve"][0]["nt"].is_null());
    assert!(
        json["notes"]
            .to_string()
            .contains("the target is 0 to double precision")
    );
}
