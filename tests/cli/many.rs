//! As many runs as a plan may have. Nothing here is timed; what is quadratic in the runs would not come to an end.

use std::fs;
use std::path::PathBuf;

use crate::{file, line};

const RUNS: usize = 100_000;

fn place(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    path
}

/// Of one target, of as many targets, and of as many kinds.
#[test]
fn the_largest_plans_are_listed() {
    let list = |values: std::ops::Range<usize>| -> String {
        values
            .map(|value| value.to_string())
            .collect::<Vec<_>>()
            .join(",")
    };
    for (name, vary) in [
        ("seeds", format!(r#""seed":[{}]"#, list(0..RUNS))),
        ("targets", format!(r#""spectrum-seed":[{}]"#, list(0..RUNS))),
        (
            "kinds",
            format!(
                r#""neurons":[{}],"batch":[{}]"#,
                list(1..1001),
                list(1..101)
            ),
        ),
    ] {
        let plan = format!(
            r#"{{"schema":1,"groups":[{{"problem":"qf","dim":3,"steps":3,"vary":{{{vary}}}}}]}}"#
        );
        let plan = file(&format!("many-{name}.json"), plan);
        let run = line(&format!("sweep {} --dry-run --format csv", plan.display()));
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{name}");
        assert_eq!(run.stdout.lines().count(), 1 + RUNS, "{name}");
    }
}

#[test]
fn as_many_results_are_made_and_merged_and_continued() {
    let seeds: Vec<String> = (0..RUNS).map(|seed| seed.to_string()).collect();
    let plan = format!(
        r#"{{"schema":1,"groups":[{{"problem":"qf","dim":2,"neurons":1,"batch":1,"steps":1,"vary":{{"seed":[{}]}}}}]}}"#,
        seeds.join(",")
    );
    let plan = file("many-results.json", plan);
    let records =
        |directory: &PathBuf| fs::read_to_string(directory.join("records.jsonl")).unwrap();
    let fine = |command: &str| {
        let run = line(&format!("{command} --quiet --format json"));
        assert_eq!(run.code, Some(0), "{command}: {}", run.stderr);
        run.json()
    };
    let parts = ["1/2", "2/2"].map(|part| {
        let out = place(&format!("many-part-{}", &part[..1]));
        fine(&format!(
            "sweep {} --out {} --part {part}",
            plan.display(),
            out.display()
        ));
        out
    });
    let [one, two] = parts.each_ref().map(|part| part.display());
    let out = place("many-merged");
    let merged = fine(&format!("merge {one} {two} --out {}", out.display()));
    assert_eq!(merged["finished"], RUNS);
    let all = records(&out);
    assert_eq!(all.lines().count(), RUNS);
    // Nothing is left to do.
    let resume = format!("sweep {} --out {} --resume", plan.display(), out.display());
    let left = fine(&format!("{resume} --dry-run"));
    assert_eq!(left["runs"].as_array().unwrap().len(), 0);
    assert_eq!(fine(&resume)["finished"], RUNS);
    assert!(records(&out) == all);
    for directory in [&parts[0], &parts[1], &out] {
        fs::remove_dir_all(directory).unwrap();
    }
}
