//! Help pages and completions.

use std::fs;
use std::path::Path;

use lazy_limits::lazy::setting::{ProblemName, Settings};
use lazy_limits::setting::{Kind, Parameters, Scope};

use crate::{Run, line};

#[test]
fn help_explains_every_parameter() {
    for (command, scope) in [
        ("risk", Scope::RISK),
        ("exact", Scope::EXACT),
        ("train", Scope::TRAIN),
        ("risk", Scope::RISK.of(ProblemName::Mixture)),
        ("exact", Scope::EXACT.of(ProblemName::Mixture)),
    ] {
        for text in ["--help", "qf --help", "qf -h"] {
            let help = line(&format!("{command} {text}"));
            assert_eq!((help.code, help.stderr.as_str()), (Some(0), ""));
            // Lines are wrapped at the width of the terminal.
            let page: Vec<&str> = help.stdout.split_whitespace().collect();
            let page = page.join(" ");
            for parameter in Settings::rows(scope) {
                assert!(page.contains(&format!("--{} <", parameter.key)));
                assert!(page.contains(parameter.help), "{}", parameter.help);
                if text.ends_with("--help") && !matches!(parameter.kind, Kind::Choice(_)) {
                    let allowed = parameter.kind.allowed();
                    assert!(page.contains(&allowed), "{}: {allowed}", parameter.key);
                }
                if let Kind::Choice(choices) = parameter.kind {
                    for choice in choices {
                        assert!(page.contains(choice.name), "{}", choice.name);
                    }
                }
            }
            assert!(page.contains("Examples: lazy-limits"), "{page}");
        }
    }
}

#[test]
fn the_program_introduces_itself() {
    for text in ["--help", "-h", "help"] {
        let help = line(text);
        assert_eq!(help.code, Some(0));
        for part in [
            "risk",
            "exact",
            "train",
            "sweep",
            "merge",
            "completions",
            "Examples:",
        ] {
            assert!(help.stdout.contains(part), "{text}: {part}");
        }
    }
    let version = format!("lazy-limits {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(line("--version").stdout, version);
}

#[test]
fn commands_of_many_runs_explain_themselves() {
    for (command, parts) in [
        (
            "sweep",
            &[
                "PLAN",
                "--resume",
                "--part",
                "--dry-run",
                "--save-every",
                "vary",
            ][..],
        ),
        ("merge", &["DIR", "--out", "missing"]),
        (
            "figure",
            &["NAME", "--preset", "--draw", "--resume", "quick", "paper"],
        ),
    ] {
        for option in ["--help", "-h"] {
            let help = line(&format!("{command} {option}"));
            assert_eq!((help.code, help.stderr.as_str()), (Some(0), ""));
            assert!(help.stdout.contains("Examples:"));
            for part in parts
                .iter()
                .filter(|part| part.starts_with('-') || option == "--help")
            {
                assert!(help.stdout.contains(part), "{command} {option}: {part}");
            }
        }
    }
}

/// Examples are run as they stand, apart from those that need a file or a shell.
#[test]
fn examples_work() {
    let mut count = 0;
    // Some write a file beside them.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for page in ["--help", "risk --help", "exact --help", "train --help"] {
        let help = line(page).stdout;
        let examples = help.split("Examples:\n").nth(1).unwrap();
        for example in examples.lines() {
            let Some(command) = example.trim().strip_prefix("lazy-limits ") else {
                continue;
            };
            let command = command.split("   ").next().unwrap();
            if command.contains(".csv")
                || command.contains("--out")
                || command.contains("--rho 10 ")
            {
                continue; // a file, or large
            }
            // Small, whatever the example's size.
            let small = shortened(command);
            let mut program = crate::program();
            let words = program.args(small.split_whitespace());
            let run = Run::from(words.current_dir(&folder).output().unwrap());
            assert_eq!(run.code, Some(0), "{small}: {}", run.stderr);
            count += 1;
        }
    }
    assert!(count >= 20, "{count}");
}

/// The example with sizes that take no time.
fn shortened(command: &str) -> String {
    let mut words: Vec<&str> = command.split_whitespace().collect();
    for (option, small) in [
        ("--neurons", "4"),
        ("--steps", "20"),
        ("--samples", "2000"),
        ("--dim", "8"),
    ] {
        if let Some(at) = words.iter().position(|&word| word == option) {
            words[at + 1] = small;
        } else if option == "--dim" && !command.contains("4,3,2,1") && !command.contains("--help") {
            words.extend([option, small]);
        }
    }
    if words[0] == "train" && !words.contains(&"rf") && !words.contains(&"--steps") {
        words.extend(["--steps", "20"]);
    }
    words.join(" ")
}

#[test]
fn completions_know_options_and_names() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = line(&format!("completions {shell}"));
        assert_eq!(script.code, Some(0), "{}", script.stderr);
        for part in ["spectrum-seed", "exact"] {
            assert!(script.stdout.contains(part), "{shell}: {part}");
        }
        // The generators of the other two complete no values.
        let values = !matches!(shell, "elvish" | "powershell");
        for family in ["marchenko-pastur", "two-signed", "two-level"] {
            assert_eq!(script.stdout.contains(family), values, "{shell}: {family}");
        }
    }
}
