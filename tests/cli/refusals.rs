//! Bad input: exit 2, nothing on standard output, one sentence that names the field.

use std::ffi::OsString;

use lazy_limits::lazy::setting::{ProblemName, Settings};
use lazy_limits::setting::{Kind, Parameters, Scope};

use crate::{file, line, run, with_input};

const COMMANDS: [(&str, &str, Scope); 5] = [
    ("risk", "qf", Scope::RISK),
    ("exact", "qf", Scope::EXACT),
    ("train", "qf", Scope::TRAIN),
    ("risk", "mg", Scope::RISK.of(ProblemName::Mixture)),
    ("exact", "mg", Scope::EXACT.of(ProblemName::Mixture)),
];

/// Values that the kind must refuse.
fn bad_values(kind: &Kind) -> Vec<String> {
    let mut values: Vec<String> = ["", "abc", "NaN", "inf", "-inf", "1e400", "--help", "\u{7}"]
        .map(str::to_owned)
        .to_vec();
    match kind {
        Kind::Integer { min, max } | Kind::IntegerOrAuto { min, max } => {
            values.extend(["1.5".to_owned(), "-1".to_owned(), (max + 1).to_string()]);
            values.extend(min.checked_sub(1).map(|below| below.to_string()));
            values.push("99999999999999999999999".to_owned());
        }
        Kind::Real { min, max } | Kind::RealOrAuto { min, max } => {
            values.extend([format!("{}", min - 1.0), format!("{}", 2.0 * max)]);
        }
        Kind::Share { .. } => values.extend(["-0.1".to_owned(), "1.1".to_owned()]),
        Kind::Reals {
            min,
            max,
            least,
            most,
            ..
        } => {
            values.extend(["1,,2".to_owned(), "1,NaN".to_owned()]);
            values.extend([format!("1,{}", min - 1.0), format!("1,{}", 2.0 * max)]);
            values.push(vec!["1"; most + 1].join(","));
            if *least == 0 {
                values.retain(|value| !value.is_empty());
            }
        }
        Kind::Ranks { most } => {
            values.extend(["1", "1,1", "0,1", "1,2,3", "1.5,2"].map(str::to_owned));
            values.push(format!("1,{}", most + 1));
        }
        Kind::Choice(_) => values.push("1".to_owned()),
        Kind::Spectrum(_) | Kind::Weights => {
            values.extend(["0,0", "1,x", "1,NaN", "1e999", "1 2\n3 4"].map(str::to_owned));
            values.extend(["1 2 3\n4 5", "./no-such-file", "1e200"].map(str::to_owned));
        }
    }
    values
}

#[test]
fn every_parameter_refuses_what_is_out_of_its_range() {
    for (command, problem, scope) in COMMANDS {
        for parameter in Settings::rows(scope) {
            let option = format!("--{}", parameter.key);
            // Weights of two numbers are for d = 2, where the paper's Δ makes no classes.
            let others: &[&str] = match (problem, parameter.key) {
                ("mg", "weights") => &["--delta", "0.5,0.5"],
                _ => &[],
            };
            for value in bad_values(&parameter.kind) {
                if matches!(parameter.kind, Kind::Weights) && value == "1e200" {
                    continue; // weights are scaled to trace 1
                }
                let what = format!("{command} {problem} {option} {value:?}");
                let arguments = [&[command, problem, &option, &value], others].concat();
                let refused = run(&arguments);
                refused.refused(&what, &[&option]);
                if !matches!(parameter.kind, Kind::Spectrum(_) | Kind::Weights) {
                    refused.refused(&what, &[&parameter.kind.allowed()]);
                }
            }
            let what = format!("{command} {option} without a value");
            run(&[command, problem, &option]).refused(&what, &[&option]);
        }
    }
}

#[test]
fn wrong_usage_is_one_sentence() {
    for (text, part) in [
        ("", "a command is missing: risk, exact"),
        ("rist qf", "there is no command “rist”"),
        ("risk", "the problem is missing: one of qf"),
        ("risk mh", "problem is “mh”, but must be one of qf, mg"),
        ("train gm", "problem is “gm”, but must be one of qf, mg"),
        ("train mg --protocol published", "for mg it must be theorem"),
        (
            "train qf --second-layer fixed",
            "--second-layer belongs to mg, not to qf; leave it out",
        ),
        ("risk qf extra", "“extra”"),
        ("risk qf --spektrum paper", "did you mean --spectrum?"),
        ("risk qf --draws 3", "“--draws”"),
        ("risk qf --dim 5 --dim 6", "--dim is given more than once"),
        ("risk qf --quiet=1", "--quiet takes no value"),
        (
            "risk qf --format xml",
            "--format is “xml”, but must be one of table, csv, json",
        ),
        (
            "risk qf --color blue",
            "--color is “blue”, but must be one of auto",
        ),
        (
            "risk qf --threads 0",
            "--threads is “0”, but must be auto, or a whole number from 1",
        ),
        ("risk qf --threads 1e9", "--threads is “1e9”"),
        (
            "risk qf --mix 0.5 --weights best",
            "mix goes with isotropic weights",
        ),
        (
            "risk qf --spectrum 1,2 --dim 3",
            "--dim is 3, but spectrum has dimension 2",
        ),
        (
            "risk qf --spectrum 1,2 --weights 1,2,3",
            "--weights has dimension 3, but spectrum has dimension 2",
        ),
        (
            "risk qf --weights 1,2,3 --dim 2",
            "--weights has dimension 3, but dim is 2",
        ),
        ("risk qf --weights 1,-1,3", "negative eigenvalue"),
        ("risk qf --spectrum exponental", "or a file that exists"),
        (
            "exact qf --rho 1e6",
            "--rho cannot be used: N = 450000000 neurons",
        ),
        (
            "exact qf --network nowhere.txt",
            "the file “nowhere.txt” cannot be read",
        ),
        ("exact qf --network", "--network needs a value"),
        (
            "exact qf --network x --rho 1",
            "--network and --rho exclude each other",
        ),
        (
            "exact qf --network - --spectrum -",
            "cannot both be read from standard input",
        ),
        ("train qf --rho 1", "“--rho”"),
        (
            "train qf --dim 900 --neurons 1e6 --regime rf",
            "of memory, but must do with",
        ),
        (
            "train qf --protocol published --spectrum 1e140,1",
            "--protocol is published",
        ),
        ("completions", "the shell is missing: one of bash"),
        (
            "completions tcsh",
            "shell is “tcsh”, but must be one of bash",
        ),
    ] {
        line(text).refused(text, &[part]);
    }
}

#[test]
fn files_that_are_no_numbers_are_named() {
    let huge = "1 ".repeat((1 << 24) + 1);
    for (name, content, part) in [
        ("word.txt", &b"1 2\n3 x\n"[..], "line 2 has “x”"),
        ("empty.txt", b"", "no numbers"),
        ("blank.txt", b" \n\n", "no numbers"),
        ("nan.txt", b"1\nNaN\n", "line 2 has “NaN”"),
        ("infinite.txt", b"1,inf", "“inf”"),
        ("asymmetric.txt", b"1 2\n3 4\n", "must be symmetric"),
        (
            "rectangle.json",
            b"[[1, 2, 3], [4, 5, 6]]\n",
            "neither one vector nor a square",
        ),
        ("cut.txt", b"1 2 3\n4 5 6\n7\n", "line 3 has 1 number"),
        (
            "decimal.txt",
            b"0,5\t0,25\t0,125\n",
            "with a comma inside as a decimal comma",
        ),
        ("ragged.txt", b"1 2 3\n4 5\n6 7 8\n", "line 2 has 2 numbers"),
        ("zero.bin", b"1 \x00 2", "it is not text"),
        ("latin.txt", b"1 \xe9 2", "it is not text"),
        ("escape.txt", b"1 \x1b[31m", "not a finite number"),
        ("huge.txt", huge.as_bytes(), "more than 16777216 numbers"),
    ] {
        let path = file(name, content);
        let path = path.to_str().unwrap();
        for (problem, option) in [
            ("qf", "--spectrum"),
            ("qf", "--weights"),
            ("mg", "--delta"),
            ("mg", "--sigma"),
        ] {
            let refused = run(&["risk", problem, option, path]);
            refused.refused(name, &[option, name, part]);
            assert!(!refused.stderr.contains('\u{1b}'));
        }
    }
    let folder = env!("CARGO_TARGET_TMPDIR");
    run(&["risk", "qf", "--spectrum", folder]).refused("folder", &["cannot be read"]);
    with_input(&["risk", "qf", "--spectrum", "-"], "1,x")
        .refused("standard input", &["--spectrum: standard input", "“x”"]);
}

#[test]
fn networks_that_do_not_fit_are_refused() {
    for (name, content, options, part) in [
        (
            "n-ragged.txt",
            "1 2\n3\n",
            "",
            "line 2, neuron 2, has 1 number and",
        ),
        (
            "n-spectrum.txt",
            "1 2\n3 4\n",
            "--spectrum 1,2,3",
            "--spectrum has dimension 3",
        ),
        ("n-dim.txt", "1 2\n3 4\n", "--dim 3", "--dim is 3"),
        ("n-word.txt", "1 two\n", "", "“two”"),
        ("n-large.txt", "1e200 1\n", "", "beyond 10⁷⁰"),
    ] {
        let path = file(name, content);
        let path = path.to_str().unwrap();
        let mut arguments = vec!["exact", "qf", "--network", path];
        arguments.extend(options.split_whitespace());
        run(&arguments).refused(name, &["--network", name, part]);
    }
    let path = file("n-sigma.txt", "1 2\n3 4\n");
    let path = path.to_str().unwrap();
    run(&["exact", "mg", "--network", path, "--sigma", "1,1,1"])
        .refused("n-sigma.txt", &["--sigma has dimension 3"]);
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_refused() {
    use std::os::unix::ffi::OsStringExt;
    let bad = || OsString::from_vec(vec![b'a', 0xff]);
    let text = |text: &str| OsString::from(text);
    run(&[bad()]).refused("command", &["there is no command"]);
    run(&[text("risk"), bad()]).refused("problem", &["problem is"]);
    for parameter in Settings::TABLE
        .iter()
        .filter(|p| p.scope.contains(Scope::EXACT))
    {
        let option = format!("--{}", parameter.key);
        let refused = run(&[text("exact"), text("qf"), text(&option), bad()]);
        refused.refused(&option, &[&option]);
    }
    let network = run(&[text("exact"), text("qf"), text("--network"), bad()]);
    network.refused("network", &["--network", "cannot be read"]);
    let mut option = text("--");
    option.push(bad());
    run(&[text("risk"), text("qf"), option]).refused("option", &["there is no option"]);
}
