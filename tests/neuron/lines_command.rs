//! `lazy-limits risk neuron`.

use lazy_limits::neuron::bound::AnyFeatures;
use lazy_limits::neuron::line::ExpectedRisk;
use lazy_limits::neuron::problem::SingleNeuron;
use lazy_limits::neuron::tangent_line::ExpectedTangentRisk;
use serde_json::Value;

use crate::program::{json, told};

#[test]
fn the_command_says_what_the_library_does() {
    let answer = json("risk neuron --dim 10 --features 4,64,1e12 --risk 0.01 --norm 2");
    let line = ExpectedRisk::new(10.0, &SingleNeuron::PLAIN, true).unwrap();
    let any = AnyFeatures::new(10.0, &SingleNeuron::PLAIN).unwrap();
    let tangent = ExpectedTangentRisk::new(10.0, true).unwrap();
    let curve = answer["curve"].as_array().unwrap();
    assert_eq!(curve.len(), 3);
    for row in curve {
        let features = row["features"].as_f64().unwrap();
        assert_eq!(row["rf"].as_f64(), line.risk(features));
        assert_eq!(row["any"], any.risk(features));
        let nt = tangent.risk(features).filter(|_| features >= 8.0);
        assert_eq!(row["nt"].as_f64(), nt);
    }
    assert_eq!(answer["needed"]["any"].as_f64(), any.features_for(0.01));
    assert_eq!(answer["needed"]["rf"].as_f64(), line.features_for(0.01));
    // E y² = 2.
    assert_eq!(answer["threshold"]["risk"], 0.01);
    assert_eq!(answer["threshold"]["rf"], answer["needed"]["rf"]);
    assert_eq!(answer["settings"]["norm"], 2.0);
    assert_eq!(answer["schema"], 1);
    let without = json("risk neuron --dim 10 --features 4 --constant no");
    assert!(without["curve"][0]["rf"].as_f64() > curve[0]["rf"].as_f64());
    assert!(without.get("needed").is_none());
}

#[test]
fn what_the_command_does_not_know_is_null_and_explained() {
    let notes = |answer: &Value| answer["notes"].to_string();
    let low = json("risk neuron --dim 4.9 --features 100 --risk 0.1");
    assert_eq!(low["curve"][0]["rf"], Value::Null);
    assert_eq!(low["curve"][0]["nt"], Value::Null);
    assert_eq!(low["threshold"]["rf"], Value::Null);
    assert_eq!(low["needed"]["rf"], Value::Null);
    assert!(low["needed"]["any"].is_f64() && low["threshold"]["any"].is_f64());
    assert!(notes(&low).contains("from d = 5 on"));
    let few = json("risk neuron --features 7,8");
    assert_eq!(few["curve"][0]["nt"], Value::Null);
    assert!(few["curve"][1]["nt"].is_f64());
    assert!(notes(&few).contains("from 8 neurons on"));
    let biased = json("risk neuron --dim 10 --bias -1 --features 100 --risk 0.1");
    assert_eq!(biased["curve"][0]["nt"], Value::Null);
    assert!(biased["curve"][0]["rf"].is_f64());
    assert_eq!(biased["needed"]["rf"], Value::Null);
    assert!(notes(&biased).contains("they stop at 0.193"));
    assert!(notes(&biased).contains("b = 0 alone"));
    let rare = json("risk neuron --bias -1e6 --norm 1e-6 --features 100");
    assert_eq!(rare["curve"][0]["any"], Value::Null);
    assert_eq!(rare["threshold"]["any"], 0.0);
    assert!(notes(&rare).contains("below -16"));
    let far = json("risk neuron --dim 1000 --features 1e30 --risk 1e-12");
    assert!(far["curve"][0]["rf"].is_f64());
    assert!(notes(&far).contains("more than 10²⁸⁵"));
    let plain = json("risk neuron --features 100");
    assert!(plain.get("notes").is_none());
}

#[test]
fn the_table_of_the_command_teaches() {
    let table = told("risk neuron --features 1000,1e12");
    for part in [
        "d = 20, s = 1, b = 0",
        "no r fixed features have less",
        "0.0235   0.0179   0.0138",
        "1000000000000",
        "is risk 0.0400 here: no fewer than 202 features of any kind, 385 random ones.",
    ] {
        assert!(table.contains(part), "{part} is not in {table}");
    }
    let help = told("risk neuron --help");
    for part in ["Theorem 4.2", "--constant", "--norm", "Examples:"] {
        assert!(help.contains(part), "{part}");
    }
    assert!(!help.contains("--draws"));
}
