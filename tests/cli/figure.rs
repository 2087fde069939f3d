//! `figure`: from runs to files.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{Run, line, program};

/// A directory that is not there, for one test.
fn place(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    path
}

fn figure(name: &str, out: &Path, options: &str) -> Run {
    let mut command = program();
    command
        .args(["figure", name, "--preset", "quick", "--out"])
        .arg(out)
        .args(options.split_whitespace());
    command.output().unwrap().into()
}

/// A few runs of the quick preset, and what is drawn of them.
fn drawn(name: &str, parts: &[&str]) -> (PathBuf, Value) {
    let mut made = Vec::new();
    for part in parts {
        let out = place(&format!("figure-{name}-{}", part.replace('/', "-of-")));
        let run = figure(name, &out, &format!("--part {part}"));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(!out.join(format!("{name}.json")).exists());
        made.push(out);
    }
    let out = place(&format!("figure-{name}"));
    let mut merge = program();
    merge.arg("merge").args(&made).arg("--out").arg(&out);
    let run = Run::from(merge.output().unwrap());
    assert!(run.stderr.contains("runs are missing"), "{}", run.stderr);
    let run = figure(name, &out, "--draw");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("not all runs are finished"));
    let json = fs::read_to_string(out.join(format!("{name}.json"))).unwrap();
    (out, serde_json::from_str(&json).unwrap())
}

#[test]
fn a_figure_has_its_data_and_its_pictures() {
    let (out, data) = drawn("quadratic", &["1/9", "5/9"]);
    assert_eq!(data["schema"], 1);
    assert_eq!(data["complete"], false);
    assert_eq!(data["target"]["dim"], 64);
    // What the runs took, by kind, is what stands beside their records.
    let took = fs::read_to_string(out.join("seconds.jsonl")).unwrap();
    let took = took
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let took: f64 = took.map(|run| run["seconds"].as_f64().unwrap()).sum();
    let kinds = data["seconds"].as_object().unwrap().values();
    let kinds: Vec<f64> = kinds.map(|seconds| seconds.as_f64().unwrap()).collect();
    assert!(took > 0.0 && (kinds.iter().sum::<f64>() - took).abs() < 1e-9 * took);
    assert!(kinds.iter().all(|&seconds| seconds < took));
    assert_eq!(data["command"][1], "figure");
    let list = |key: &str| data[key].as_array().unwrap().clone();
    let names: Vec<Value> = list("lines").iter().map(|l| l["name"].clone()).collect();
    for name in ["RF isotropic", "RF aligned", "RF best", "NT", "NN"] {
        assert!(names.contains(&name.into()), "{name}");
    }
    // Exact random features are what the command exact says.
    let isotropic = list("exact")
        .into_iter()
        .find(|e| e["weights"] == "isotropic");
    let point = isotropic.unwrap()["points"][5].clone();
    let exact = line("exact qf --dim 64 --rho 0.5 --format json").json();
    assert_eq!(point["neurons"], 32);
    assert_eq!(point["mean"], exact["curve"][0]["rf"]);
    assert_eq!(point["sd"], exact["curve"][0]["rf_sd"]);
    // Every dot is the best of its runs, and each of these is in the records.
    let records = fs::read_to_string(out.join("records.jsonl")).unwrap();
    let dots = list("dots");
    assert!(dots.len() > 8, "{}", dots.len());
    for dot in &dots {
        let risk = dot["risk"].as_f64().unwrap();
        assert!(records.contains(dot["run"].as_str().unwrap()));
        for run in dot["grid"].as_array().unwrap() {
            assert!(run["diverged_at"].is_u64() || run["risk"].as_f64().unwrap() >= risk);
        }
        // Those of few steps are above the optimum, fits of few samples near it.
        assert!(risk > 0.97 * dot["optimum"].as_f64().unwrap());
    }
    let csv = fs::read_to_string(out.join("quadratic.csv")).unwrap();
    let columns = csv.lines().next().unwrap().split(',').count();
    assert!(csv.lines().all(|line| line.split(',').count() == columns));
    let count = |kind: &str| csv.lines().filter(|line| line.starts_with(kind)).count();
    assert_eq!(count("sgd,") + count("fit,"), dots.len());
    let svg = fs::read_to_string(out.join("quadratic.svg")).unwrap();
    for words in [
        "RF best",
        "NN, constant step",
        "risk against samples",
        "incomplete",
    ] {
        assert!(svg.contains(words), "{words}");
    }
    assert!(svg.contains("<svg width=\"1040\" height=\"500\" viewBox=\"0 0 8320 4000\""));
    let png = fs::read(out.join("quadratic.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG") && png.len() > 50_000);
    // Width and height stand in the first chunk.
    assert_eq!(png[16..24], [0, 0, 8, 32, 0, 0, 3, 232]);
    // Drawn again, it is the same, without the exact solves.
    let again = figure("quadratic", &out, "--draw --quiet");
    assert_eq!((again.code, again.stderr.as_str()), (Some(0), ""));
    let json = fs::read_to_string(out.join("quadratic.json")).unwrap();
    let mut drawn_again: Value = serde_json::from_str(&json).unwrap();
    let command = drawn_again["command"].as_array_mut().unwrap();
    assert_eq!(command.pop(), Some("--quiet".into()));
    assert_eq!(drawn_again, data);
    reported(&out.join("quadratic.json"), &dots);
    made_on_two_machines(&out, &data);
}

/// Had one run been made elsewhere, the figure and its report would say so.
fn made_on_two_machines(out: &Path, data: &Value) {
    let machines = data["machines"].as_array().unwrap();
    let here = machines[0]["cores"].as_u64().unwrap();
    assert!(machines.len() == 1 && here > 0);
    let file = out.join("seconds.jsonl");
    let took = fs::read_to_string(&file).unwrap();
    let mut took: Vec<Value> = took
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let longer = 1.0 + 2.0 * machines[0]["seconds"].as_f64().unwrap();
    took[0]["seconds"] = longer.into();
    took[0]["cpu"] = "Abacus".into();
    took[0]["cores"] = 3.into();
    let lines: Vec<String> = took.iter().map(Value::to_string).collect();
    fs::write(&file, lines.join("\n")).unwrap();
    figure("quadratic", out, "--draw");
    let json = fs::read_to_string(out.join("quadratic.json")).unwrap();
    let machines = &serde_json::from_str::<Value>(&json).unwrap()["machines"];
    assert_eq!(machines.as_array().unwrap().len(), 2);
    assert_eq!(
        (&machines[0]["cpu"], &machines[0]["cores"]),
        (&"Abacus".into(), &3.into())
    );
    assert_eq!(machines[0]["seconds"], longer);
    assert_eq!(machines[1]["cores"], here);
    let report = report(&out.join("quadratic.json")).stdout;
    let hours = format!("on Abacus, 3 cores ({:.1}), and on ", longer / 3600.0);
    assert!(report.contains(&hours), "{report}");
}

fn report(file: &Path) -> Run {
    let mut command = program();
    command.arg("report").arg(file).output().unwrap().into()
}

/// What the report says of each dot is what the data say.
fn reported(file: &Path, dots: &[Value]) {
    let run = report(file);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.starts_with("# Reproduction"));
    assert!(run.stdout.contains("## Figure 1") && !run.stdout.contains("## Figure 2"));
    let decaying = run
        .stdout
        .split("### ")
        .find(|part| part.starts_with("Networks, decaying"));
    let decaying = decaying.unwrap();
    let linear = dots.iter().filter(|dot| dot["schedule"] == "linear");
    for dot in linear {
        let (risk, optimum) = (&dot["risk"], &dot["optimum"]);
        let (risk, optimum) = (risk.as_f64().unwrap(), optimum.as_f64().unwrap());
        let name = dot["regime"].as_str().unwrap().to_uppercase();
        let start = format!("| {name} | {} |", dot["neurons"]);
        let row = decaying.lines().find(|line| line.starts_with(&start));
        let row = row.unwrap_or_else(|| panic!("no row {start}"));
        // Where five decimals are all 0 it has more.
        if risk - optimum > 1e-4 && (optimum == 0.0 || optimum > 1e-4) {
            let numbers = format!("| {optimum:.5} | {risk:.5} | {:+.5} |", risk - optimum);
            assert!(row.contains(&numbers), "{row} lacks {numbers}");
        }
    }
}

#[test]
fn a_report_of_no_figure_is_refused() {
    let out = place("report-refused");
    fs::create_dir_all(&out).unwrap();
    let file = out.join("it.json");
    for (text, part) in [
        ("", "not the JSON of a figure"),
        ("[1,2]", "not the JSON of a figure"),
        (r#"{"schema":1,"problem":"qf"}"#, "missing field `figure`"),
    ] {
        fs::write(&file, text).unwrap();
        report(&file).refused(text, &["it.json", part]);
    }
    report(&out.join("none.json")).refused("none", &["none.json"]);
    line("report").refused("nothing", &["FILE"]);
    line("report x --format json").refused("format", &["Markdown only"]);
}

#[test]
fn a_mixture_has_bayes_and_activations_have_two_frames() {
    let (out, data) = drawn("mixture", &["3/40"]);
    let lines = data["lines"].as_array().unwrap();
    assert!(lines.iter().any(|line| line["regime"] == "bayes"));
    assert!(out.join("mixture.png").exists());
    let (out, data) = drawn("activation", &["8/20"]);
    let notes = data["notes"].to_string();
    assert!(notes.contains("no lift"), "{notes}");
    let svg = fs::read_to_string(out.join("activation.svg")).unwrap();
    assert!(svg.contains("σ = relu") && svg.contains("σ = tanh"));
}

#[test]
fn the_figure_on_laziness_is_made_whole() {
    let out = place("figure-laziness");
    let run = figure("laziness", &out, "--quiet");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let read = |ending: &str| fs::read_to_string(out.join(format!("laziness.{ending}"))).unwrap();
    let data: Value = serde_json::from_str(&read("json")).unwrap();
    assert_eq!(
        (&data["complete"], &data["runs"][0]),
        (&true.into(), &15.into())
    );
    let list = |key: &str| data[key].as_array().unwrap().clone();
    let (lines, exact, dots) = (list("lines"), list("exact"), list("dots"));
    assert_eq!((lines.len(), exact.len(), dots.len()), (3, 3, 15));
    let number = |value: &Value| value.as_f64().unwrap();
    let at = |line: &Value, member: &str, alpha: f64| {
        let laziness = line["laziness"].as_array().unwrap().iter();
        let place = laziness
            .map(number)
            .position(|value| value.total_cmp(&alpha).is_eq());
        number(&line[member][place.unwrap()])
    };
    // Limits of NT are what the command risk says; risks rise from NN to NT.
    let known = line("risk qf --dim 64 --rho 0.5 --format json").json();
    assert_eq!(known["curve"][0]["nt"], lines[1]["nt"]);
    for line in &exact {
        let mut risks = vec![line["nn"].clone()];
        risks.extend(line["risk"].as_array().unwrap().clone());
        risks.push(line["nt"].clone());
        let risks: Vec<f64> = risks.iter().map(number).collect();
        assert!(risks.len() > 40 && risks.is_sorted());
    }
    // Each dot is the end of its run, beside the best network of its laziness.
    let records = fs::read_to_string(out.join("records.jsonl")).unwrap();
    for dot in &dots {
        let mut records = records.lines();
        let run = dot["run"].as_str().unwrap();
        let record: Value =
            serde_json::from_str(records.find(|line| line.contains(run)).unwrap()).unwrap();
        let last = record["risk"].as_array().unwrap().last().unwrap();
        for member in ["risk", "movement", "alignment"] {
            assert_eq!(dot[member], last[member]);
        }
        let line = exact
            .iter()
            .find(|line| line["neurons"] == dot["neurons"])
            .unwrap();
        let alpha = number(&dot["laziness"]);
        assert!((number(&dot["optimum"]) - at(line, "risk", alpha)).abs() < 1e-12);
        assert_eq!(dot["least_movement"], at(line, "movement", alpha));
        assert_eq!(dot["best_alignment"], at(line, "alignment", alpha));
    }
    let csv = read("csv");
    let columns = csv.lines().next().unwrap().split(',').count();
    assert!(csv.lines().all(|line| line.split(',').count() == columns));
    let count = |kind: &str| csv.lines().filter(|line| line.starts_with(kind)).count();
    assert_eq!(count("sgd,lazy,"), 15);
    assert_eq!(
        count("exact,lazy,"),
        3 * exact[0]["risk"].as_array().unwrap().len()
    );
    assert_eq!(count("limit,n"), 6);
    let svg = read("svg");
    for words in ["ρ = 0.5", "risk against movement", "NT, the lazy end"] {
        assert!(svg.contains(words), "{words}");
    }
    assert!(
        fs::read(out.join("laziness.png"))
            .unwrap()
            .starts_with(b"\x89PNG")
    );
    // Drawn again, it is the same, without the exact solves.
    figure("laziness", &out, "--draw");
    let again: Value = serde_json::from_str(&read("json")).unwrap();
    assert_eq!(again["exact"], data["exact"]);
    reported_by_laziness(&out.join("laziness.json"), &dots);
}

/// What the report says of each network is what the data say.
fn reported_by_laziness(file: &Path, dots: &[Value]) {
    let run = report(file);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.contains("## Beyond the paper: laziness"));
    assert!(!run.stdout.contains("## Figure") && !run.stdout.contains("## Errors"));
    let mut close = 0;
    for dot in dots {
        let (risk, optimum) = (&dot["risk"], &dot["optimum"]);
        let (risk, optimum) = (risk.as_f64().unwrap(), optimum.as_f64().unwrap());
        let numbers = format!("| {optimum:.5} | {risk:.5} | {:+.5} |", risk - optimum);
        let row = run.stdout.lines().find(|line| line.contains(&numbers));
        let row = row.unwrap_or_else(|| panic!("no row with {numbers}"));
        assert!(row.starts_with(&format!("| {} |", dot["neurons"])));
        let is_close = risk - optimum <= 0.01 && (optimum <= 0.01 || risk <= 1.1 * optimum);
        let named = format!(
            "N = {}, α = {} (",
            dot["neurons"],
            dot["laziness"].as_f64().unwrap()
        );
        assert_eq!(row.ends_with("| yes |"), is_close, "{row}");
        assert_eq!(run.stdout.contains(&named), !is_close, "{named}");
        close += usize::from(is_close);
    }
    let count = format!("{close} of {} dots within 0.01 and 10 %", dots.len());
    assert!(run.stdout.contains(&count), "{count}");
}

#[test]
fn what_is_no_figure_is_refused() {
    let out = place("figure-refused");
    figure("cubic", &out, "").refused("name", &["name is “cubic”", "quadratic, mixture"]);
    figure("mixture", &out, "--preset").refused("twice", &["--preset"]);
    line("figure").refused("missing", &["the name is missing", "activation"]);
    line("figure mixture").refused("out", &["--out is missing"]);
    figure("mixture", &out, "--draw").refused("nothing", &["no results of a plan"]);
    assert!(!out.exists());
    let run = figure("activation", &out, "--part 60/60");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    figure("mixture", &out, "--draw").refused("other", &["another plan than this figure's"]);
    figure("mixture", &out, "--resume").refused("resume", &["another plan", "activation quick"]);
    let json = line("figure quadratic --dry-run --part 1/500 --format json").json();
    assert_eq!(json["plan_runs"], 408);
}
