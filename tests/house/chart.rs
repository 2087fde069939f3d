//! A walk over everything that a figure shows: drawn, said, tabulated and taken hold of.

use std::path::Path;

use lazy_limits::chart::{SUBPIXELS, Theme, draw_picture};
use lazy_limits::figure::{Explorable, FigureName, Panel};
use lazy_limits::setting::Parameters;
use plotters::prelude::{IntoDrawingArea, SVGBackend};

const SIZE: (u32, u32) = (720, 420);

const THEMES: [&str; 3] = ["light", "dark", "forced"];

/// Pictures that are kept as they were last looked at; renewed by `UPDATE_DOCS=1 cargo test`.
const KEPT: [(FigureName, &str); 5] = [
    (FigureName::Quadratic, "risk"),
    (FigureName::Quadratic, "spectrum"),
    (FigureName::Mixture, "risk"),
    (FigureName::Mixture, "spectrum"),
    (FigureName::Activation, "activation"),
];

fn svg(panel: &dyn Panel, seen: &Explorable, theme: Theme) -> String {
    let (fine, (width, height)) = (SUBPIXELS as u32, SIZE);
    let mut text = String::new();
    {
        let backend = SVGBackend::with_string(&mut text, (width * fine, height * fine));
        let area = backend.into_drawing_area();
        draw_picture(&area, SUBPIXELS, &panel.picture(seen), theme).unwrap();
        area.present().unwrap();
    }
    text
}

fn theme(name: &str) -> Theme {
    Theme::from_name(name).unwrap()
}

/// Every panel of every figure.
fn panels() -> impl Iterator<Item = (FigureName, Explorable, &'static dyn Panel)> {
    FigureName::ALL.into_iter().flat_map(|name| {
        let panels = name.sheet().panels.iter();
        panels.map(move |&panel| (name, Explorable::new(name), panel))
    })
}

#[test]
fn every_panel_is_drawn_in_every_theme() {
    for (name, seen, panel) in panels() {
        let pictures = THEMES.map(|name| svg(panel, &seen, theme(name)));
        for text in &pictures {
            let (name, key) = (name.name(), panel.key());
            assert!(
                text.contains("<polyline") || text.contains("<rect"),
                "{name} {key}"
            );
            assert!(
                !text.contains("NaN") && !text.contains("inf"),
                "{name} {key}"
            );
        }
        assert_ne!(pictures[0], pictures[1]);
    }
}

#[test]
fn every_panel_has_a_sentence_and_a_table_without_gaps() {
    for (name, seen, panel) in panels() {
        let (name, key) = (name.name(), panel.key());
        let sentence = panel.describe(&seen);
        assert!(
            sentence.ends_with('.') && !sentence.contains("NaN"),
            "{name} {key}: {sentence}"
        );
        assert!(!panel.title().is_empty(), "{name} {key}");
        let table = panel.table(&seen);
        assert!(!table.columns.is_empty(), "{name} {key}");
        for row in &table.rows {
            assert_eq!(row.len(), table.columns.len(), "{name} {key}: {row:?}");
            for cell in row {
                assert!(!cell.is_empty() && cell != "NaN", "{name} {key}: {row:?}");
            }
        }
    }
}

#[test]
fn every_grip_turns_where_it_can_and_says_where_it_cannot() {
    for (name, seen, panel) in panels() {
        for grip in panel.grips(&seen) {
            let at = format!("{} {} {}", name.name(), panel.key(), grip.name);
            assert!((grip.min..=grip.max).contains(&grip.value), "{at}");
            assert!(grip.fine > 1.0 && grip.least > 0.0, "{at}");
            assert!(!grip.label.is_empty() && !grip.text.is_empty(), "{at}");
            let mut turned = seen.clone();
            let value = (0.9 * grip.value).max(grip.min);
            let key = turned.turn(panel, &grip.name, value).unwrap();
            assert!(turned.settings().get(key.unwrap()).is_some(), "{at}");
            let now = panel
                .grips(&turned)
                .into_iter()
                .find(|now| now.name == grip.name)
                .unwrap();
            assert!(
                (now.value - value).abs() < 1e-12,
                "{at}: {} {value}",
                now.value
            );
            assert_ne!(now.text, grip.text, "{at}");
            for bad in [grip.max * 2.0, -1.0, f64::NAN, f64::INFINITY] {
                let before = turned.settings().clone();
                let refused = turned.turn(panel, &grip.name, bad).unwrap_err().to_string();
                assert!(
                    refused.contains("must be") && !refused.contains('\n'),
                    "{at}: {refused}"
                );
                assert_eq!(*turned.settings(), before, "{at}");
            }
        }
        let mut turned = seen.clone();
        for nobody in ["", "group:24", "group:x", "nobody"] {
            assert_eq!(turned.turn(panel, nobody, 1.0), Ok(None));
            let size = (600.0, 400.0);
            assert_eq!(turned.drag(panel, nobody, size, (9.0, 9.0)), Ok(None));
        }
        assert_eq!(turned.settings(), seen.settings());
    }
}

/// What a pointer finds is a grip of the keyboard's, and where it is dragged to is where it then stands.
#[test]
fn what_a_pointer_takes_is_a_grip() {
    for (name, seen, panel) in panels() {
        let size = (600.0, 400.0);
        let grips = panel.grips(&seen);
        let mut found = Vec::new();
        for x in (0..600).step_by(7) {
            for y in (0..400).step_by(40) {
                let at = (f64::from(x), f64::from(y));
                let Some(grip) = panel.grip_at(&seen, size, at, 0.0) else {
                    continue;
                };
                assert!(
                    grips.iter().any(|known| known.name == grip),
                    "{}: {grip}",
                    name.name()
                );
                let value = panel.value_at(&seen, &grip, size, at).unwrap();
                let mut dragged = seen.clone();
                if dragged.drag(panel, &grip, size, at).is_ok() {
                    let mut now = panel.grips(&dragged).into_iter();
                    let now = now.find(|now| now.name == grip).unwrap();
                    assert!((now.value - value).abs() < 1e-12, "{}: {grip}", name.name());
                }
                found.push(grip);
            }
        }
        assert_eq!(
            found.is_empty(),
            grips.is_empty(),
            "{} {}",
            name.name(),
            panel.key()
        );
    }
}

#[test]
fn every_line_has_its_direct_label() {
    let seen = Explorable::new(FigureName::Quadratic);
    let text = svg(seen.panel("risk").unwrap(), &seen, Theme::LIGHT);
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
    for (name, key) in KEPT {
        let seen = Explorable::new(name);
        let text = svg(seen.panel(key).unwrap(), &seen, Theme::LIGHT);
        let file = directory.join(format!("{}-{key}.svg", name.name()));
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::create_dir_all(&directory).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&file).unwrap();
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
