//! Files that people have, and what is said about them.

use crate::{file, line, run, with_input};

/// What the program says on standard error when it reads numbers for `option`.
fn said(problem: &str, option: &str, value: &str) -> String {
    let run = run(&["risk", problem, option, value, "--rho", "1"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run.stderr
}

#[test]
fn what_is_read_is_always_said() {
    for (name, text, what) in [
        ("said-vector.txt", "3 2 1\n", "has 3 numbers"),
        ("said-matrix.csv", "2,1\n1,3\n", "has a 2×2 matrix"),
        (
            "said-triangle.txt",
            "2\n1 3\n0.5 0.2 4\n",
            "has a lower triangle, 3×3",
        ),
        (
            "said-wrapped.txt",
            "1 2 3\n4 5 6\n",
            "has 6 numbers, wrapped into 2 lines of 3",
        ),
        (
            "said-pandas.csv",
            ",0,1\n0,2,1\n1,1,3\n",
            "has a 2×2 matrix; line 1 is taken for headings; the first column is taken for names",
        ),
        (
            "said-uneven.txt",
            "4 1\n1.000003 2\n",
            "differed by up to 3e-6, with a largest entry of 4, and are averaged",
        ),
    ] {
        let path = file(name, text);
        let path = path.to_str().unwrap();
        let stderr = said("qf", "--spectrum", path);
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        let start = "note: --spectrum: the file “";
        assert!(
            stderr.starts_with(start) && stderr.contains(what),
            "{stderr}"
        );
    }
    assert_eq!(
        said("qf", "--spectrum", "3,2,1"),
        "note: --spectrum is 3 numbers\n"
    );
    assert_eq!(
        said("qf", "--spectrum", "2\n1 3"),
        "note: --spectrum is a lower triangle, 2×2\n"
    );
    assert_eq!(said("qf", "--spectrum", "identity"), "");
    let piped = with_input(&["risk", "qf", "--spectrum", "-"], "[[2, 1], [1, 3]]");
    assert_eq!(
        piped.stderr,
        "note: --spectrum: standard input has a 2×2 matrix\n"
    );
    let network = file("said-network.txt", "1 2 3\n4 5 6\n");
    let judged = run(&["exact", "qf", "--network", network.to_str().unwrap()]);
    let stderr = judged.stderr;
    assert!(
        stderr.contains("has a 2×3 matrix: 2 neurons in 3 dimensions"),
        "{stderr}"
    );
}

#[test]
fn a_triangle_is_its_matrix() {
    let full = file("t-full.txt", "2 1 0.5\n1 3 0.2\n0.5 0.2 4\n");
    let lower = file("t-lower.txt", "2\n1 3\n0.5 0.2 4\n");
    let curve = |path: &std::path::Path| {
        let path = path.to_str().unwrap();
        run(&["risk", "qf", "--spectrum", path, "--format", "csv"]).stdout
    };
    assert_eq!(curve(&full), curve(&lower));
    assert!(curve(&full).lines().count() > 3);
}

/// A matrix of rank one has one eigenvalue, and what rounding leaves of two zeros.
#[test]
fn what_rounding_leaves_of_zero_is_no_negative_eigenvalue() {
    let entry = |i: usize, j: usize| ((i + 1) as f64).sin() * ((j + 1) as f64).sin();
    let row = |i| (0..12).map(|j| entry(i, j).to_string()).collect::<Vec<_>>();
    let lines: Vec<String> = (0..12).map(|i| row(i).join(",")).collect();
    let gram = file("rank-one.csv", lines.join("\n"));
    let answer = run(&["risk", "qf", "--spectrum", gram.to_str().unwrap()]);
    assert_eq!(answer.code, Some(0));
    assert!(
        !answer.stdout.contains("negative eigenvalues"),
        "{}",
        answer.stdout
    );
    assert!(
        answer.stderr.contains("as 0: rounding"),
        "{}",
        answer.stderr
    );
    // As a covariance of weights and as Δ of one sign it is the same.
    let answer = run(&["risk", "qf", "--weights", gram.to_str().unwrap()]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    let answer = run(&["risk", "mg", "--delta", gram.to_str().unwrap()]);
    assert!(
        !answer.stdout.contains("eigenvalues of both signs"),
        "{}",
        answer.stdout
    );
    // Σ must be more than that, and is told what it is.
    run(&[
        "risk",
        "mg",
        "--delta",
        "flat:0.1",
        "--sigma",
        gram.to_str().unwrap(),
    ])
    .refused(
        "a singular Σ",
        &["Σ is singular", "counts as 0 beside its largest, 6.28932"],
    );
}

#[test]
fn asymmetry_is_refused_with_its_size_or_averaged_on_request() {
    let path = file("uneven.txt", "4 1\n1.5 2\n");
    let path = path.to_str().unwrap();
    run(&["risk", "qf", "--spectrum", path]).refused(
        "asymmetric",
        &[
            "--spectrum: the file “",
            "entries (2, 1) and (1, 2) differ by 0.5, with a largest entry of 4",
            "--symmetrize averages",
        ],
    );
    let averaged = run(&[
        "risk",
        "qf",
        "--symmetrize",
        "--spectrum",
        path,
        "--format",
        "json",
    ]);
    assert_eq!(averaged.json()["settings"]["spectrum"], "4,1.25\n1.25,2");
    assert!(
        averaged.stderr.contains("differed by up to 0.5"),
        "{}",
        averaged.stderr
    );
    run(&["risk", "qf", "--spectrum", "4 1\n1.5 2"])
        .refused("a value", &["--spectrum cannot be used", "--symmetrize"]);
    let idle = run(&["risk", "qf", "--symmetrize"]);
    assert!(
        idle.stderr.contains("no matrix is given"),
        "{}",
        idle.stderr
    );
}

#[test]
fn a_refusal_speaks_of_what_was_given() {
    let matrix = file("of-three.txt", "2 1 0\n1 3 0\n0 0 1\n");
    let vector = file("of-two.txt", "0.5 0.25\n");
    let (matrix, vector) = (matrix.to_str().unwrap(), vector.to_str().unwrap());
    for (arguments, parts) in [
        (
            &["risk", "mg", "--delta", "0.1,0.1", "--sigma", matrix][..],
            &[
                "--sigma: the matrix in the file “",
                "of-three.txt” is 3×3, but Δ has dimension 2",
            ][..],
        ),
        (
            &["risk", "qf", "--dim", "4", "--spectrum", matrix],
            &[
                "--dim is 4, but the matrix in the file “",
                "is 3×3; leave --dim out",
            ],
        ),
        (
            &["risk", "qf", "--spectrum", matrix, "--weights", vector],
            &[
                "--weights: the file “",
                "of-two.txt” has 2 numbers, but the matrix in the file",
            ],
        ),
        (
            &["train", "mg", "--dim", "1"],
            &["“paper”, the default of delta, cannot be used at dim 1: Σ"],
        ),
        (
            &["risk", "qf", "--multipliers", "0"],
            &["--multipliers cannot be used: B is zero"],
        ),
        (
            &["exact", "qf", "--dim", "10000"],
            &["N = 40000 neurons at d = 10000", "or a smaller --rho"],
        ),
        (
            &[
                "risk",
                "mg",
                "--delta",
                "0.5,0.5",
                "--sigma",
                "0.333333333333,1",
            ],
            &["but one is 1.5\n"],
        ),
        (
            &[
                "risk",
                "qf",
                "--weights",
                "1,-0.333333333333,3",
                "--dim",
                "3",
            ],
            &["a negative eigenvalue, -0.333333, beside a largest of 3;"],
        ),
    ] {
        let refused = run(arguments);
        refused.refused(&arguments.join(" "), parts);
        if arguments.contains(&"mg") && arguments[0] == "train" {
            assert!(!refused.stderr.contains("--delta"), "{}", refused.stderr);
        }
    }
}

#[test]
fn files_of_other_kinds_are_named() {
    let wide: Vec<u8> = "1 2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes, part) in [
        ("k-wide.txt", wide, "UTF-16"),
        ("k-packed.gz", b"\x1f\x8b\x08\0\0".to_vec(), "gzip"),
        (
            "k-archive.npz",
            [b"PK\x03\x04", &[0; 26][..], b"B.npy"].concat(),
            ".npz archive of NumPy",
        ),
    ] {
        let path = file(name, bytes);
        let path = path.to_str().unwrap();
        for option in ["--spectrum", "--weights"] {
            run(&["risk", "qf", option, path]).refused(name, &[option, name, part]);
        }
        run(&["exact", "qf", "--network", path]).refused(name, &["--network", name, part]);
    }
}

#[test]
fn a_range_of_rho_is_its_numbers() {
    let json = line("risk qf --dim 10 --rho lin:0.1:0.4:4,1,log:2:8:3 --format json").json();
    assert_eq!(json["settings"]["rho"], "0.1,0.2,0.3,0.4,1,2,4,8");
    line("risk qf --rho log:0:1:4").refused(
        "log from 0",
        &["--rho is “log:0:1:4”", "log:first:last:count"],
    );
    line("risk qf --rho lin:0.1:1:99999").refused("many", &["--rho is “lin:0.1:1:99999”"]);
}

#[test]
fn csv_says_beside_its_rows_that_a_run_diverged() {
    let run = line("train qf --dim 8 --neurons 4 --steps 400 --step-size 100 --format csv -q");
    assert_eq!(run.code, Some(0));
    let header = "samples,risk,movement,alignment\n";
    assert!(run.stdout.starts_with(header), "{}", run.stdout);
    let stderr = run.stderr;
    assert!(stderr.starts_with("note: Diverged at step "), "{stderr}");
}

#[test]
fn samples_need_not_be_whole_batches() {
    let json = line("train qf --regime rf --dim 6 --neurons 4 --samples 250 --format json").json();
    assert_eq!(
        json["risk"].as_array().unwrap().last().unwrap()["samples"],
        250
    );
}

#[test]
fn empty_paths_have_a_subject() {
    for (arguments, part) in [
        (
            &["sweep", "plan.json", "--out", ""][..],
            "--out is “”, but must name a directory",
        ),
        (&["figure", "quadratic", "--out", ""], "--out is “”"),
        (
            &["merge", "", "--out", "x"],
            "a part to merge is “”, but must name a directory",
        ),
        (
            &["sweep", "", "--dry-run"],
            "the plan is “”, but must name a file",
        ),
        (&["report", ""], "a figure is “”, but must name a file"),
        (
            &["exact", "qf", "--network", ""],
            "--network is “”, but must name a file",
        ),
    ] {
        run(arguments).refused(&arguments.join(" "), &[part]);
    }
}

#[test]
fn slips_in_plans_and_values_are_answered_with_what_was_meant() {
    for (plan, part) in [
        (
            r#"{"schema":1,"group":[{"problem":"qf"}]}"#,
            "did you mean groups?",
        ),
        (
            r#"{"schema":1,"groups":[{"problem":"qf","neuron":3}]}"#,
            "did you mean neurons?",
        ),
        (
            r#"{"schema":1,"groups":[{"problem":"qf","varry":{}}]}"#,
            "did you mean vary?",
        ),
        (
            r#"{"schema":1,"groups":[{"problem":"qf","regime":"NT"}]}"#,
            "did you mean nt?",
        ),
        (
            r#"{"schema":1,"groups":[{"problem":"qf","vary":{"schedule":["lineal"]}}]}"#,
            "did you mean linear?",
        ),
    ] {
        with_input(&["sweep", "-", "--dry-run"], plan).refused(plan, &[part]);
    }
    line("train qf --schedule Constant").refused("case", &["did you mean constant?"]);
    line("risk qf --spectrum exponental").refused("family", &["did you mean exponential?"]);
    let plan = r#"{"schema":1,"comment":"why","groups":[{"problem":"qf","dim":4,"steps":10,
        "comment":1,"vary":{"comment":"two","seed":[1,2]}}]}"#;
    let listed = with_input(&["sweep", "-", "--dry-run", "--format", "json"], plan).json();
    assert_eq!(listed["runs"].as_array().unwrap().len(), 2);
}
