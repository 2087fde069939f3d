//! What a move of the hand costs at d = 450: the theory, and the figure as plain data.
//!
//! `cargo bench --bench figure`

use divan::{Bencher, black_box};
use lazy_limits::figure::Panel;
use lazy_limits::lazy::figure::{Explorable, FigureName, Theory};

fn main() {
    divan::main();
}

fn figure(name: FigureName) -> Explorable {
    let mut figure = Explorable::new(name);
    figure
        .set_text("dim", "450")
        .expect("the figures go to d = 450");
    figure
}

fn panel(figure: &Explorable, key: &str) -> &'static dyn Panel<Theory> {
    figure.panel(key).expect("every figure has it")
}

const FIGURES: [FigureName; 2] = [FigureName::Quadratic, FigureName::Mixture];

/// All five lines anew, as after a move of a bar.
#[divan::bench(args = FIGURES)]
fn change_of_the_spectrum(bencher: Bencher<'_, '_>, name: FigureName) {
    let mut figure = figure(name);
    let spectrum = panel(&figure, "spectrum");
    let mut multiplier = 1.0;
    bencher.bench_local(|| {
        multiplier = if multiplier > 0.5 {
            multiplier - 0.001
        } else {
            1.0
        };
        figure.turn(spectrum, "group:0", multiplier)
    });
}

#[divan::bench(args = FIGURES)]
fn change_of_rho(bencher: Bencher<'_, '_>, name: FigureName) {
    let mut figure = figure(name);
    let risk = panel(&figure, "risk");
    let mut x = 100.0;
    bencher.bench_local(|| {
        x = if x < 600.0 { x + 1.0 } else { 100.0 };
        figure.drag(risk, "rho", (800.0, 400.0), (x, 200.0))
    });
}

#[divan::bench(args = FIGURES)]
fn risks(bencher: Bencher<'_, '_>, name: FigureName) {
    let figure = figure(name);
    bencher.bench_local(|| black_box(&figure).risks());
}

#[divan::bench(args = FIGURES)]
fn risk_chart(bencher: Bencher<'_, '_>, name: FigureName) {
    let figure = figure(name);
    let risk = panel(&figure, "risk");
    bencher.bench_local(|| risk.picture(black_box(&figure)));
}

#[divan::bench(args = FIGURES)]
fn risk_handle(bencher: Bencher<'_, '_>, name: FigureName) {
    let figure = figure(name);
    let risk = panel(&figure, "risk");
    bencher.bench_local(|| risk.over(black_box(&figure)));
}

#[divan::bench(args = FIGURES)]
fn samples_chart(bencher: Bencher<'_, '_>, name: FigureName) {
    let figure = figure(name);
    let samples = panel(&figure, "samples");
    bencher.bench_local(|| samples.picture(black_box(&figure)));
}

#[divan::bench(args = FIGURES)]
fn bars(bencher: Bencher<'_, '_>, name: FigureName) {
    let figure = figure(name);
    let spectrum = panel(&figure, "spectrum");
    bencher.bench_local(|| spectrum.picture(black_box(&figure)));
}
