//! `lazy-limits risk wave`, `risk linear` and `train polynomial`.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::program::{self, json};

/// What a command line prints; or its refusal, one line.
fn line(text: &str) -> Result<String, String> {
    let left = program::line(text);
    if left.code == Some(0) {
        return Ok(left.stdout);
    }
    left.refused(&[]);
    Err(left.stderr)
}

fn is_near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found / expected - 1.0).abs() < 1e-6, "{found} {expected}");
}

#[test]
fn risk_wave_answers_for_one_feature_or_many() {
    let one = json("risk wave --dim 5 --norm 2.5");
    is_near(&one["lambda1"], 0.003_390_842_569_696_768_7);
    is_near(&one["mean_square"], 0.333_333_333_3);
    is_near(&one["risk"], 0.989_827_472_3);
    assert_eq!(one["curve"], json!([{"features": 1, "risk": one["risk"]}]));
    let many = json("risk wave --dim 5 --norm 2.5 --features 10,98.5,1e30");
    assert_eq!(many["risk"], many["curve"][0]["risk"]);
    is_near(&many["risk"], 0.898_274_723);
    assert_eq!(many["curve"][1]["features"], 98.5);
    assert_eq!(many["curve"][2]["risk"], 0.0);
    let table = line("risk wave --dim 5 --norm 2.5").unwrap();
    assert!(table.contains("takes 50 features or more"), "{table}");
}

/// λ₁ of d = s = 1000 is no number, its logarithm is.
#[test]
fn risk_wave_says_what_no_number_holds() {
    let found = json("risk wave --dim 1000 --norm 1000 --features 1e30");
    assert_eq!(
        (&found["lambda1"], &found["risk"]),
        (&Value::Null, &json!(1.0))
    );
    is_near(&found["log10_lambda1"], -1_911.925_862);
    let table = line("risk wave --dim 1000 --norm 1000").unwrap();
    assert!(table.contains("λ₁ = 10^-1911.926"), "{table}");
    assert!(table.contains("1.4·10^1911 features"), "{table}");
}

#[test]
fn risk_linear_answers_for_up_to_d_features() {
    let found = json("risk linear --dim 12 --features 5,12");
    is_near(&found["curve"][0]["mean"], 7.0 / 12.0);
    assert_eq!(
        found["curve"][1],
        json!({"features": 12, "mean": 0.0, "quarter": 1.0})
    );
    // Those that stand in for none given: as many as there can be.
    let small = json("risk linear --dim 4");
    assert_eq!(small["curve"].as_array().unwrap().len(), 2);
    assert_eq!(small["settings"]["features"], "1,2");
    is_near(&small["curve"][1]["quarter"], 0.25);
    let refused = line("risk linear --dim 4 --features 2,5").unwrap_err();
    assert!(
        refused.contains("--features is “5”, but must be at most d = 4"),
        "{refused}"
    );
    assert!(
        line("risk wave --norm 0")
            .unwrap_err()
            .contains("--norm is “0”")
    );
    assert!(line("risk linear --norm 2").unwrap_err().contains("--norm"));
}

#[test]
fn train_polynomial_reports_saves_and_goes_on() {
    let asked = "train polynomial --features 5 --steps 40 --layers output --seed 4";
    let found = json(asked);
    assert_eq!(found["steps"].as_array().unwrap().len(), 20);
    for measure in ["error", "hinge"] {
        assert_eq!(found[measure].as_array().unwrap().len(), 20);
    }
    assert_eq!(found["settings"]["layers"], "output");
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("polynomial.run");
    let _ = std::fs::remove_file(&file);
    let file = file.display();
    let saved = json(&format!("{asked} --save {file}"));
    assert_eq!(saved, found);
    assert_eq!(json(&format!("train polynomial --resume {file}")), found);
    let refused = line("train polynomial --polynomial x3").unwrap_err();
    assert!(
        refused.contains("--polynomial is “x3”, but must be one of x1x2"),
        "{refused}"
    );
}
