//! `--kernel`: products that are the same everywhere, and what is said where they are not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::sweep::{command as sweep, place, records};
use crate::{Run, program};

/// Something of all that is trained, in sizes that are no multiples of a tile's.
const PLAN: &str = r#"{"schema":1,"name":"portable","groups":[
    {"problem":"qf","dim":21,"steps":60,"vary":{"regime":["nn","nt"],"neurons":[13,34]}},
    {"problem":"qf","dim":21,"steps":60,"neurons":19,"activation":"relu","vary":{"regime":["nn","nt"]}},
    {"problem":"qf","dim":21,"steps":60,"neurons":19,"activation":"softplus"},
    {"problem":"qf","dim":21,"steps":60,"neurons":19,"protocol":"published","vary":{"regime":["nn","nt"]}},
    {"problem":"qf","dim":21,"steps":60,"neurons":19,"laziness":4},
    {"problem":"qf","dim":21,"samples":700,"regime":"rf","vary":{"neurons":[13,34],"activation":["quadratic","relu"]}},
    {"problem":"mg","dim":21,"steps":60,"neurons":17,"vary":{"regime":["nn","nt"]}},
    {"problem":"mg","dim":21,"samples":700,"neurons":17,"regime":"rf"},
    {"problem":"neuron","dim":21,"steps":200}]}"#;

/// A plan of a moment.
const SMALL: &str =
    r#"{"schema":1,"groups":[{"problem":"qf","dim":8,"steps":50,"vary":{"seed":[1,2,3,4]}}]}"#;

/// What the plan came to when it was first made.
const MADE: &str = "tests/cli/portable.jsonl";

fn made(command: &mut Command) -> Run {
    command.output().unwrap().into()
}

/// Bytes that were made on one machine are made on every other; `UPDATE_RECORDS=1` makes them anew.
#[test]
fn portable_results_are_the_same_bytes_everywhere() {
    let (plan, out) = place("portable", PLAN);
    let run = made(&mut sweep(&plan, &out, "--kernel portable"));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let records = records(&out);
    if std::env::var_os("UPDATE_RECORDS").is_some() {
        fs::write(MADE, &records).unwrap();
    }
    let known = fs::read_to_string(MADE).unwrap();
    for (line, known) in records.lines().zip(known.lines()) {
        assert_eq!(line, known);
    }
    assert_eq!(records, known);
    for line in seconds(&out) {
        assert_eq!(line["product_kernel"], "portable");
        assert!(line["cores"].is_u64());
    }
}

fn seconds(directory: &Path) -> Vec<Value> {
    let text = fs::read_to_string(directory.join("seconds.jsonl")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn one_directory_has_one_kernel() {
    let (plan, out) = place("portable-one", SMALL);
    let begun = made(&mut sweep(&plan, &out, "--kernel portable --until 0s"));
    assert_eq!(begun.code, Some(75), "{}", begun.stderr);
    let resumed = |options: &str| made(&mut sweep(&plan, &out, options));
    resumed("--resume").refused(
        "fastest",
        &["results made with --kernel portable", "another --out"],
    );
    let run = resumed("--resume --kernel portable");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    // Those of a program that knew no other are of the fastest.
    let header = out.join("sweep.json");
    let text = fs::read_to_string(&header).unwrap();
    fs::write(
        &header,
        text.replace("\"product_kernel\": \"portable\",", ""),
    )
    .unwrap();
    resumed("--resume --kernel portable").refused("portable", &["made with --kernel fastest"]);
    fs::write(&header, text.replace("\"portable\"", "\"best\"")).unwrap();
    resumed("--resume").refused(
        "strange",
        &["a product kernel that this program does not have"],
    );
    resumed("--kernel best").refused("unknown", &["--kernel is “best”", "fastest, portable"]);
}

#[test]
fn merging_says_where_runs_were_made_in_different_ways() {
    let plan = place("portable-mixed", SMALL).0;
    let part = |name: &str, options: &str| {
        let out = place(&format!("portable-mixed-{name}"), SMALL).1;
        let run = made(&mut sweep(&plan, &out, options));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        out
    };
    let merge = |parts: [&PathBuf; 2]| {
        let out = place("portable-mixed-out", SMALL).1;
        let mut command = program();
        command.arg("merge").args(parts).arg("--out").arg(&out);
        let run = made(command.args(["--format", "json"]));
        (run.stderr.clone(), run.json(), out)
    };
    let (one, two) = (
        part("one", "--part 1/2 --kernel portable"),
        part("two", "--part 2/2 --kernel portable"),
    );
    let (said, summary, out) = merge([&one, &two]);
    assert_eq!(said, "");
    assert_eq!(summary["makers"][0]["product_kernel"], "portable");
    assert_eq!(summary["makers"][0]["runs"], 4);
    // What is there goes on as it was begun.
    let run = made(&mut sweep(&plan, &out, "--resume --kernel portable"));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    // Made on another machine, the portable kernel's are the same.
    let elsewhere = |directory: &PathBuf| {
        let file = directory.join("seconds.jsonl");
        let mut lines = seconds(directory);
        for line in &mut lines {
            line["cpu"] = "Another Processor".into();
        }
        let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
        fs::write(file, lines.join("\n") + "\n").unwrap();
    };
    elsewhere(&two);
    let (said, summary, _) = merge([&one, &two]);
    assert_eq!(said, "");
    assert_eq!(summary["makers"][1]["cpu"], "Another Processor");
    // Those of the fastest may not be, even with the same vector units.
    let (three, four) = (part("three", "--part 1/2"), part("four", "--part 2/2"));
    assert_eq!(merge([&three, &four]).0, "");
    elsewhere(&four);
    for two in [&two, &four] {
        let (said, summary, out) = merge([&three, two]);
        assert!(
            said.contains("2 by ") && said.contains("on Another Processor"),
            "{said}"
        );
        assert!(said.contains("--kernel portable"), "{said}");
        assert_eq!(summary["makers"].as_array().unwrap().len(), 2);
        // The whole is no more portable than its parts.
        made(&mut sweep(&plan, &out, "--resume --kernel portable"))
            .refused("mixed", &["made with --kernel fastest"]);
    }
}
