//! Whatever stands on the command line, the program answers and does not panic.

use proptest::prelude::*;

use crate::run;

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "qf", "mg", "--rho", "--spectrum", "--weights", "--activation", "--sampling", "--seed",
            "--spectrum-seed", "--multipliers", "--mix", "--format", "--color", "--quiet",
            "--network", "--regime", "--neurons", "--protocol", "--step-size", "--batch", "rf", "nt",
            "--delta", "--sigma", "--rotation", "random", "two-signed", "two-level", "0.5,-0.4",
            "published", "--", "-q", "--help", "json", "csv", "best", "aligned", "relu", "tanh",
            "1,2,3,4,5,6", "0.5,1", "0", "1", "-1", "semicircle", "spiked:2", "quantile", "1e300",
        ])
        .prop_map(str::to_owned),
        1 => "[-0-9.,e ]{0,12}",
        // A NUL cannot stand in an argument.
        1 => "\\PC{0,20}".prop_map(|text| text.replace('\0', "")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn the_program_answers(
        command in prop::sample::select(vec!["risk", "exact", "train", "completions", "help", "x"]),
        dim in prop::sample::select(vec!["6", "auto", "7.5", "-1", "x", ""]),
        problem in prop::sample::select(vec!["qf", "mg"]),
        words in prop::collection::vec(word(), 0..8),
    ) {
        let mut arguments = vec![command.to_owned()];
        arguments.extend(words);
        // Small, so that the answer does not take long.
        let small: &[&str] = match command {
            "exact" => &[problem, "--draws", "2"],
            "train" => &["qf", "--steps", "3", "--samples", "200"],
            "risk" => &[problem],
            _ => &[],
        };
        let dim = if small.is_empty() || dim != "auto" { dim } else { "6" };
        let head = small.iter().copied().chain(["--dim", dim]).map(str::to_owned);
        arguments.splice(1..1, head);
        let answer = run(&arguments);
        prop_assert!(matches!(answer.code, Some(0..=2)), "{arguments:?}: {:?}", answer.code);
        prop_assert!(!answer.stderr.contains("panicked"), "{arguments:?}: {}", answer.stderr);
        if answer.code == Some(2) {
            prop_assert_eq!(answer.stdout, "");
            prop_assert_eq!(answer.stderr.lines().count(), 1, "{:?}: {}", arguments, answer.stderr);
        }
    }
}
