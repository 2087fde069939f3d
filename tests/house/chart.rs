//! A walk over everything that a figure shows: drawn, said, tabulated and taken hold of.

use std::path::Path;

use lazy_limits::chart::{SUBPIXELS, Theme, draw_picture};
use lazy_limits::figure::{Figure, OpenSheet, Place, PlannedRun};
use lazy_limits::part;
use plotters::prelude::{IntoDrawingArea, SVGBackend};

const SIZE: (u32, u32) = (720, 420);

const THEMES: [&str; 3] = ["light", "dark", "forced"];

/// Pictures that are kept as they were last looked at, besides the first of each figure; renewed by
/// `UPDATE_DOCS=1 cargo test`.
const KEPT: [(&str, &str); 4] = [
    ("quadratic", "spectrum"),
    ("quadratic", "arrows"),
    ("mixture", "spectrum"),
    ("activation", "activation"),
];

fn svg(seen: &dyn Figure, panel: usize, theme: Theme) -> String {
    let (fine, (width, height)) = (SUBPIXELS as u32, SIZE);
    let mut text = String::new();
    {
        let backend = SVGBackend::with_string(&mut text, (width * fine, height * fine));
        let area = backend.into_drawing_area();
        draw_picture(&area, SUBPIXELS, &seen.picture(panel), theme).unwrap();
        area.present().unwrap();
    }
    text
}

fn theme(name: &str) -> Theme {
    Theme::from_name(name).unwrap()
}

fn open(figure: &str) -> Box<dyn Figure> {
    part::open(figure).unwrap()
}

/// The place of a panel on the sheet.
fn place(seen: &dyn Figure, key: &str) -> usize {
    let panels = seen.panels();
    panels.iter().position(|panel| panel.key == key).unwrap()
}

/// One panel of a figure that has just been opened.
struct Stop {
    /// Figure and panel, for messages.
    at: String,
    figure: &'static str,
    seen: Box<dyn Figure>,
    panel: usize,
}

/// Every panel of every figure.
fn panels() -> impl Iterator<Item = Stop> {
    part::figures().flat_map(|sheet| {
        let panels = sheet.open().panels().into_iter().enumerate();
        panels.map(move |(panel, row)| Stop {
            at: format!("{} {}", sheet.name(), row.key),
            figure: sheet.name(),
            seen: sheet.open(),
            panel,
        })
    })
}

/// Where a grip of that name stands.
fn value_of(seen: &dyn Figure, panel: usize, grip: &str) -> f64 {
    let mut grips = seen.grips(panel).into_iter();
    grips.find(|known| known.name == grip).unwrap().value
}

#[test]
fn every_figure_has_its_own_name_and_one_large_picture() {
    let mut names: Vec<&str> = part::figures().map(OpenSheet::name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    for sheet in part::figures() {
        let panels = sheet.open().panels();
        let places: Vec<Place> = panels.iter().map(|panel| panel.place).collect();
        let large = places.iter().filter(|&&place| place == Place::Main);
        assert_eq!(large.count(), 1, "{}", sheet.name());
        assert!(!sheet.rows().is_empty(), "{}", sheet.name());
    }
    assert!(part::open("nobody").is_none());
}

#[test]
fn every_panel_is_drawn_in_every_theme() {
    for Stop {
        at, seen, panel, ..
    } in panels()
    {
        let pictures = THEMES.map(|name| svg(&*seen, panel, theme(name)));
        for text in &pictures {
            assert!(text.contains("<polyline") || text.contains("<rect"), "{at}");
            assert!(!text.contains("NaN") && !text.contains("inf"), "{at}");
        }
        assert_ne!(pictures[0], pictures[1], "{at}");
    }
}

#[test]
fn every_panel_has_a_sentence_and_a_table_without_gaps() {
    for Stop {
        at, seen, panel, ..
    } in panels()
    {
        let sentence = seen.describe(panel);
        assert!(
            sentence.ends_with('.') && !sentence.contains("NaN"),
            "{at}: {sentence}"
        );
        assert!(!seen.panels()[panel].title.is_empty(), "{at}");
        let table = seen.table(panel);
        assert!(!table.columns.is_empty(), "{at}");
        for row in &table.rows {
            assert_eq!(row.len(), table.columns.len(), "{at}: {row:?}");
            for cell in row {
                assert!(!cell.is_empty() && cell != "NaN", "{at}: {row:?}");
            }
        }
    }
}

#[test]
fn every_grip_turns_where_it_can_and_says_where_it_cannot() {
    for Stop {
        at,
        figure,
        seen,
        panel,
    } in panels()
    {
        for grip in seen.grips(panel) {
            let at = format!("{at} {}", grip.name);
            assert!((grip.min..=grip.max).contains(&grip.value), "{at}");
            // What may be negative has no factors to grow by.
            assert!(
                grip.fine > 1.0 && (grip.least > 0.0 || grip.min < 0.0),
                "{at}"
            );
            assert!(!grip.label.is_empty() && !grip.text.is_empty(), "{at}");
            let mut turned = open(figure);
            let value = if grip.whole {
                (grip.value + 1.0).min(grip.max)
            } else {
                let less = (0.9 * grip.value).max(grip.min);
                if less < grip.value {
                    less
                } else {
                    grip.value + 0.1 * (grip.max - grip.value)
                }
            };
            let key = turned.turn(panel, &grip.name, value).unwrap().unwrap();
            assert!(turned.state(true).contains_key(key), "{at}");
            let mut now = turned.grips(panel).into_iter();
            let now = now.find(|now| now.name == grip.name).unwrap();
            assert!(
                (now.value - value).abs() < 1e-12,
                "{at}: {} {value}",
                now.value
            );
            assert_ne!(now.text, grip.text, "{at}");
            for bad in [
                grip.max * 2.0,
                grip.min - 1.0 - grip.min.abs(),
                f64::NAN,
                f64::INFINITY,
            ] {
                let before = turned.state(true);
                let refused = turned.turn(panel, &grip.name, bad).unwrap_err().to_string();
                assert!(
                    refused.contains("must be") && !refused.contains('\n'),
                    "{at}: {refused}"
                );
                assert_eq!(turned.state(true), before, "{at}");
            }
        }
        let mut turned = open(figure);
        for nobody in ["", "group:24", "group:x", "nobody"] {
            assert_eq!(turned.turn(panel, nobody, 1.0), Ok(None));
            let size = (600.0, 400.0);
            assert_eq!(turned.drag(panel, nobody, size, (9.0, 9.0)), Ok(None));
        }
        assert_eq!(turned.state(true), seen.state(true));
    }
}

/// What a pointer finds is a grip of the keyboard's, and where it is dragged to is where that could be turned to.
#[test]
fn what_a_pointer_takes_is_a_grip() {
    for Stop {
        at,
        figure,
        seen,
        panel,
    } in panels()
    {
        let size = (600.0, 400.0);
        let grips = seen.grips(panel);
        let mut found = 0;
        for x in (0..600).step_by(7) {
            for y in (0..400).step_by(40) {
                let place = (f64::from(x), f64::from(y));
                let Some(grip) = seen.grip_at(panel, size, place, 0.0) else {
                    continue;
                };
                assert!(grips.iter().any(|known| known.name == grip), "{at}: {grip}");
                let mut dragged = open(figure);
                if dragged.drag(panel, &grip, size, place).is_ok() {
                    let mut turned = open(figure);
                    let value = value_of(&*dragged, panel, &grip);
                    turned.turn(panel, &grip, value).unwrap();
                    assert_eq!(turned.hash(), dragged.hash(), "{at}: {grip}");
                }
                found += 1;
            }
        }
        assert_eq!(found == 0, grips.is_empty(), "{at}");
    }
}

#[test]
fn the_runs_of_a_figure_are_plans_of_their_own() {
    for sheet in part::figures() {
        let mut seen = sheet.open();
        let ids = |plans: Vec<PlannedRun<'_>>| -> Vec<u32> {
            for plan in &plans {
                assert!(!plan.name.is_empty() && !plan.about.is_empty(), "{plan:?}");
                assert!(plan.facts.iter().any(|fact| fact.0 == "seed"), "{plan:?}");
            }
            plans.into_iter().map(|plan| plan.id).collect()
        };
        let first = ids(seen.plans());
        assert_eq!(ids(seen.plans()), first, "{}", sheet.name());
    }
}

#[test]
fn every_line_has_its_direct_label() {
    let seen = open("quadratic");
    let text = svg(&*seen, place(&*seen, "risk"), Theme::LIGHT);
    for label in [
        "RF isotropic",
        "RF aligned",
        "RF best",
        "NT",
        "NN",
        "normalised risk",
    ] {
        assert!(text.contains(&format!("\n{label}\n")), "{label}");
    }
}

/// A text without its numbers, and these.
fn parts(text: &str) -> (String, Vec<f64>) {
    let mut rest = String::new();
    let mut numbers = Vec::new();
    let mut digits = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() || c == '.' {
            digits.push(c);
            continue;
        }
        match digits.parse() {
            Ok(number) => numbers.push(number),
            Err(_) => rest.push_str(&digits),
        }
        digits.clear();
        rest.push(c);
    }
    (rest, numbers)
}

/// To within a pixel of the backend, an eighth of one on the page: the last digit of a risk may be another where logarithms
/// are others.
#[test]
fn pictures_are_as_they_were_last_looked_at() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let firsts = part::figures().map(|figure| (figure.name(), figure.open().panels()[0].key));
    for (figure, key) in firsts.chain(KEPT) {
        let seen = open(figure);
        let text = svg(&*seen, place(&*seen, key), Theme::LIGHT);
        let file = directory.join(format!("{figure}-{key}.svg"));
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::create_dir_all(&directory).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        let ((words, places), (kept_words, kept_places)) = (parts(&text), parts(&kept));
        let mut both = places.iter().zip(&kept_places);
        let is_same = words == kept_words
            && places.len() == kept_places.len()
            && both.all(|(place, kept)| (place - kept).abs() <= 1.0);
        assert!(
            is_same,
            "{} is another picture now; look at both",
            file.display()
        );
    }
}
