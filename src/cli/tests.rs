//! What a part brings is there, and nothing of other parts with it.

use std::ffi::OsString;

use super::command::{self, Brought};
use super::{Failure, Page, PartCommand, run, training};
use crate::lazy::training::QF;
use crate::lazy::{self, setting::Settings};
use crate::setting::Scope;
use crate::toy;

/// What a command line prints, or how it is refused.
fn line_of(brought: Brought<'_>, line: &str) -> Result<String, String> {
    let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
    let mut out = Vec::new();
    match run(&arguments, brought, &mut out) {
        Ok(_) => Ok(String::from_utf8(out).unwrap()),
        Err(Failure::Usage(sentence)) => Err(sentence),
        Err(other) => panic!("{line}: {other:?}"),
    }
}

fn all() -> Vec<&'static PartCommand> {
    let toys = toy::PART.program.commands.iter();
    let mut brought = command::of_parts();
    if !cfg!(feature = "toy") {
        brought.extend(toys);
    }
    brought
}

/// What the first part and the smallest one bring: sentences name these problems, however many parts there are.
fn two() -> Vec<&'static PartCommand> {
    let parts = [lazy::PART.program, toy::PART.program];
    parts.iter().flat_map(|part| part.commands).collect()
}

/// What `lazy-limits` prints with these two.
fn line(line: &str) -> Result<String, String> {
    line_of(&two(), &format!("lazy-limits {line}"))
}

#[test]
fn what_parts_bring_can_be_reached() {
    let brought = all();
    for (index, one) in brought.iter().enumerate() {
        assert!(command::names(&brought).contains(&one.name), "{}", one.name);
        let first = brought
            .iter()
            .position(|other| (other.name, other.problem) == (one.name, one.problem));
        assert_eq!(first, Some(index), "{} {:?}", one.name, one.problem);
    }
}

#[test]
fn a_part_brings_commands_with_its_own_options() {
    let table = line("risk toy --samples 8 --color never").unwrap();
    assert!(
        table.starts_with("The mean of n numbers\nn = 8\n"),
        "{table}"
    );
    assert_eq!(
        line("risk toy --samples 8 --format csv").unwrap(),
        "risk\n0.125\n"
    );
    assert_eq!(line("--format csv risk toy").unwrap(), "risk\n0.01\n");
    assert_eq!(line("risk --format csv toy").unwrap(), "risk\n0.01\n");
    let json = line("risk toy --format json").unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["problem"], "toy");
    assert_eq!(json["settings"]["samples"], 100);
    assert_eq!(json["curve"][0]["risk"], 0.01);
    // Those of others stay as they are.
    assert!(
        line("risk qf --dim 8 --format csv")
            .unwrap()
            .starts_with("rho,neurons,")
    );
}

#[test]
fn a_help_page_has_the_options_of_one_problem() {
    let command = super::arguments::command(clap::ColorChoice::Never, &two());
    command.clone().debug_assert();
    let mut risk = command.find_subcommand("risk").unwrap().clone();
    let page = risk.render_help().to_string();
    for part in [
        "Usage: lazy-limits risk [OPTIONS] <PROBLEM>\n       lazy-limits risk toy [OPTIONS]\n",
        "--spectrum",
        "toy ",
        "The mean of n numbers: its risk",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let mut toy = risk.find_subcommand("toy").unwrap().clone();
    let page = toy.render_long_help().to_string();
    assert!(
        page.contains("--samples") && page.contains("[default: 100]"),
        "{page}"
    );
    assert!(
        !page.contains("--spectrum") && !page.contains("[PROBLEM]"),
        "{page}"
    );
}

#[test]
fn runs_of_any_kind_are_trained() {
    let csv = line("train toy --samples 3 --format csv -q").unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!((lines[0], lines.len()), ("steps,risk", 4));
    let table = line("train toy --samples 3 --seed 7 -q --color never").unwrap();
    assert!(table.contains("samples 3 · seed 7\n3 steps\n"), "{table}");
    assert!(table.contains("\nFinal risk 0."), "{table}");
    let json = line("train toy --samples 3 --format json -q").unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["problem"], "toy");
    assert_eq!(json["risk"].as_array().unwrap().len(), 3);
}

#[test]
fn what_a_part_refuses_is_refused_in_its_words() {
    for (text, sentence) in [
        (
            "risk toy --samples 0",
            "--samples is “0”, but must be a whole number from 1 to 999",
        ),
        (
            "risk toy --dim 5",
            "there is no option “--dim” here; try --help",
        ),
        (
            "risk --dim 5 toy",
            "there is no option “--dim” here; write options after toy, or try --help",
        ),
        ("risk toy qf", "there is no argument “qf” here; try --help"),
        ("risk qf toy", "there is no argument “toy” here; try --help"),
        ("risk", "the problem is missing: one of qf, mg, toy"),
        ("exact", "the problem is missing: one of qf, mg"),
        (
            "risk toys",
            "problem is “toys”, but must be one of qf, mg, toy",
        ),
        ("exact toy", "problem is “toy”, but must be one of qf, mg"),
        (
            "train toy --save-every 3",
            "--save-every needs --save, the file to save the run in",
        ),
    ] {
        assert_eq!(line(text).unwrap_err(), sentence, "{text}");
    }
}

#[test]
fn where_no_part_is_about_several_problems_a_command_takes_one() {
    let toys: Vec<&PartCommand> = toy::PART.program.commands.iter().collect();
    let line = |text: &str| line_of(&toys, &format!("lazy-limits {text}"));
    assert_eq!(line("risk toy --format csv").unwrap(), "risk\n0.01\n");
    assert_eq!(
        line("risk").unwrap_err(),
        "the problem is missing: one of toy"
    );
    assert_eq!(
        line("risk qf").unwrap_err(),
        "problem is “qf”, but must be one of toy"
    );
    let unknown = line("exact toy").unwrap_err();
    let commands = "the commands are risk, train, sweep, merge, figure, report and completions";
    assert_eq!(unknown, format!("there is no command “exact”; {commands}"));
}

/// Runs of the first paper, as any other part would bring them.
static PLAIN: PartCommand = PartCommand {
    name: "train",
    problem: Some("plain"),
    build: || training::command::<Settings>(&PAGE, &QF, Scope::TRAIN),
    run: |matches, terminal| training::run::<Settings>(&QF, Scope::TRAIN, matches, terminal),
};

const PAGE: Page = Page {
    about: "One run",
    long_about: "One run: risk against samples.",
    examples: "",
};

#[test]
fn runs_of_any_kind_are_saved_and_go_on() {
    let mut brought = all();
    brought.push(&PLAIN);
    let name = format!("lazy-limits-plain-{}", std::process::id());
    let file = std::env::temp_dir().join(name);
    let path = file.to_str().unwrap();
    let line = |text: &str| line_of(&brought, &format!("lazy-limits train {text} -q"));
    let whole = line("plain --dim 8 --steps 60 --format json").unwrap();
    // The record of the kind, whoever brings the command.
    assert_eq!(line("qf --dim 8 --steps 60 --format json").unwrap(), whole);
    let both = format!("--save {path} --resume {path} --format json");
    assert_eq!(
        line(&format!("plain --dim 8 --steps 60 {both}")).unwrap(),
        whole
    );
    assert_eq!(line(&format!("plain {both}")).unwrap(), whole);
    let refused = line(&format!("plain --steps 70 --resume {path}")).unwrap_err();
    assert!(
        refused.starts_with("--steps is 70, but the run in the file"),
        "{refused}"
    );
    assert!(
        refused.ends_with("has 60; leave it out, or start another run"),
        "{refused}"
    );
    let refused = line(&format!("toy --resume {path}")).unwrap_err();
    assert!(
        refused.ends_with("holds a run of qf, not of toy"),
        "{refused}"
    );
    let refused = line(&format!("plain --save {path}")).unwrap_err();
    assert!(refused.contains("exists already"), "{refused}");
    std::fs::remove_file(&file).unwrap();
}
