//! The drawing code on SVG: everything that the figure says is drawn, inside the picture.

use lazy_limits::chart::{SUBPIXELS, Theme, draw_bars, draw_chart};
use lazy_limits::figure::{Explorable, FigureName};
use plotters::prelude::{IntoDrawingArea, SVGBackend};

const SIZE: (u32, u32) = (720, 420);

enum Picture {
    Risk,
    Samples,
    Spectrum,
}

fn svg(state: &Explorable, picture: &Picture, (width, height): (u32, u32), theme: Theme) -> String {
    let fine = SUBPIXELS as u32;
    let mut text = String::new();
    {
        let backend = SVGBackend::with_string(&mut text, (width * fine, height * fine));
        let area = backend.into_drawing_area();
        match picture {
            Picture::Risk => draw_chart(&area, SUBPIXELS, &state.risk_chart(), theme),
            Picture::Samples => draw_chart(&area, SUBPIXELS, &state.samples_chart(), theme),
            Picture::Spectrum => draw_bars(&area, SUBPIXELS, &state.bars(), theme),
        }
        .unwrap();
        area.present().unwrap();
    }
    text
}

#[test]
fn every_line_has_its_direct_label() {
    let state = Explorable::new(FigureName::Quadratic);
    let text = svg(&state, &Picture::Risk, SIZE, Theme::LIGHT);
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
    std::fs::create_dir_all("target/artefacts").unwrap();
    for (name, picture) in [
        ("risk", Picture::Risk),
        ("samples", Picture::Samples),
        ("spectrum", Picture::Spectrum),
    ] {
        for (theme_name, theme) in [("light", Theme::LIGHT), ("dark", Theme::DARK)] {
            let path = format!("target/artefacts/{name}-{theme_name}.svg");
            std::fs::write(path, svg(&state, &picture, SIZE, theme)).unwrap();
        }
    }
}
