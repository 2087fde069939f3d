//! Its commands: `lazy-limits risk toy` and `lazy-limits train toy`.

use super::{TOY, ToySettings};
use crate::cli::report::{Column, Report, number};
use crate::cli::{Page, PartCommand, PartProgram, arguments, input, training};
use crate::setting::reference::section;
use crate::setting::{Parameters, Scope};

pub(super) const PROGRAM: PartProgram = PartProgram {
    rows: || ToySettings::TABLE.iter().map(|one| &one.row).collect(),
    commands: &[
        PartCommand {
            name: "risk",
            problem: Some(TOY.name),
            build: || arguments::of_table::<ToySettings>(RISK.command(TOY.name), Scope::RISK),
            run: |matches, _| {
                let toy: ToySettings = input::settings(Scope::RISK, matches)?;
                let about = format!("n = {}", toy.samples);
                let mut report = Report::answer("risk", TOY.name, "The mean of n numbers", about);
                report.fact("settings", toy.to_json(true));
                let columns = vec![Column::new("risk", "risk", "the mean of its square, 1/n")];
                report.table(columns, vec![vec![number(1.0 / toy.samples as f64)]]);
                Ok(report.into())
            },
        },
        PartCommand {
            name: "train",
            problem: Some(TOY.name),
            build: || training::command::<ToySettings>(&TRAIN, &TOY, Scope::TRAIN),
            run: |matches, terminal| {
                training::run::<ToySettings>(&TOY, Scope::TRAIN, matches, terminal)
            },
        },
    ],
    full_figures: None,
    reference: || section::<ToySettings>("The mean of n numbers", "For tests.", Scope::PAGE),
};

const RISK: Page = Page::short("The mean of n numbers: its risk", "lazy-limits risk toy");
const TRAIN: Page = Page::short("The mean of n numbers that come", "lazy-limits train toy");
