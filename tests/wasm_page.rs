//! The page's half of the boundary, with a document and a canvas.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::float_cmp)] // what crosses the boundary crosses exactly

use js_sys::{Array, Object, Reflect};
use lazy_limits::web::controls::parameters;
use lazy_limits::web::page::{PageFigure, fresh_seed};
use lazy_limits::web::worker::{WorkerRun, solve};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, window};

wasm_bindgen_test_configure!(run_in_browser);

fn get(object: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(object.clone(), |value, key| {
        Reflect::get(&value, &key.into()).unwrap()
    })
}

fn number(object: &JsValue, path: &str) -> f64 {
    get(object, path).as_f64().unwrap_or(f64::NAN)
}

fn numbers(list: &JsValue) -> Vec<f64> {
    let list: Array = list.clone().unchecked_into();
    list.iter().filter_map(|value| value.as_f64()).collect()
}

fn canvas() -> HtmlCanvasElement {
    let document = window().unwrap().document().unwrap();
    document.create_element("canvas").unwrap().unchecked_into()
}

fn object(pairs: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in pairs {
        Reflect::set(&object, &(*key).into(), value).unwrap();
    }
    object.into()
}

#[wasm_bindgen_test]
fn risks_follow_a_setting_at_once() {
    let mut figure = PageFigure::new("quadratic").unwrap();
    figure.set("spectrum", "identity").unwrap();
    figure.set("rho", "0.25").unwrap();
    let risks = figure.risks().unwrap();
    assert_eq!(number(&risks, "neurons"), 16.0);
    // τ = 1: RF 1/(1+ρ), NT 1−ρ, NN 1−ρ.
    assert!((number(&risks, "limit.rf") - 0.8).abs() < 1e-12);
    assert!((number(&risks, "limit.rfAligned") - 0.8).abs() < 1e-12);
    assert!((number(&risks, "limit.nt") - 0.75).abs() < 1e-12);
    assert!((number(&risks, "limit.nn") - 0.75).abs() < 1e-12);
    assert!(get(&risks, "exact.rf").is_null());
    assert_eq!(figure.eigenvalues().unwrap(), vec![1.0; 64]);
}

#[wasm_bindgen_test]
fn refusals_are_errors_with_a_field_and_change_nothing() {
    let mut figure = PageFigure::new("quadratic").unwrap();
    let before = figure.hash();
    let refused = figure.set("rho", "many").unwrap_err();
    assert_eq!(get(&refused, "field"), "rho");
    let message = get(&refused, "message").as_string().unwrap();
    assert_eq!(
        message,
        "rho is “many”, but must be a number from 0.01 to 12"
    );
    assert!(figure.assign(JsValue::from("text")).is_err());
    assert!(figure.set("multipliers", "0,0").is_err());
    assert_eq!(figure.hash(), before);
    assert!(PageFigure::new("cubic").is_err());
}

#[wasm_bindgen_test]
fn of_several_values_each_bad_one_is_refused_alone() {
    let mut figure = PageFigure::new("quadratic").unwrap();
    let fields = |refusals: Vec<JsValue>| -> Vec<String> {
        let field = |refused| get(refused, "field").as_string().unwrap();
        refusals.iter().map(field).collect()
    };
    let values = object(&[
        ("seed", 3.into()),
        ("rho", "many".into()),
        ("colour", "red".into()),
    ]);
    let refused = figure.assign(values).unwrap();
    assert_eq!(fields(refused), ["colour", "rho"]);
    assert_eq!(figure.hash(), "v=1&seed=3");
    let values = object(&[("seed", JsValue::NULL), ("mix", 0.5.into())]);
    assert!(fields(figure.assign(values).unwrap()).is_empty());
    assert_eq!(figure.hash(), "v=1&mix=0.5");
    let values = object(&[("rho", f64::NAN.into()), ("dim", (-0.0).into())]);
    assert_eq!(fields(figure.assign(values).unwrap()), ["dim", "rho"]);
    assert!(figure.assign(object(&[("rho", true.into())])).is_err());
    assert!(figure.assign(js_sys::Array::of1(&1.into()).into()).is_err());
    assert_eq!(figure.hash(), "v=1&mix=0.5");
    let refused = figure.set_hash("rho=abc&seed=5&spectrum=0,0");
    assert_eq!(fields(refused), ["rho", "spectrum"]);
    assert_eq!(figure.hash(), "v=1&seed=5");
    assert_eq!(fields(figure.set_hash("v=99&seed=6")), ["v"]);
    assert_eq!(figure.hash(), "v=1&seed=5");
}

#[wasm_bindgen_test]
fn colours_of_the_page_are_those_of_the_chart() {
    let mut figure = PageFigure::new("quadratic").unwrap();
    let pixel = |figure: &PageFigure| {
        let canvas = canvas();
        figure
            .draw("risk", canvas.clone(), 300.0, 200.0, 1.0)
            .unwrap();
        let context: CanvasRenderingContext2d =
            canvas.get_context("2d").unwrap().unwrap().unchecked_into();
        context.get_image_data(0.0, 0.0, 1.0, 1.0).unwrap().data()[..3].to_vec()
    };
    figure.set_theme("dark", "serif".to_owned()).unwrap();
    figure.paint("ground", 0x12_34_56);
    assert_eq!(pixel(&figure), [0x12, 0x34, 0x56]);
    figure.set_theme("light", "serif".to_owned()).unwrap();
    assert_eq!(pixel(&figure), [255, 255, 255]);
    assert!(figure.set_theme("blue", "serif".to_owned()).is_err());
}

#[wasm_bindgen_test]
fn every_panel_is_drawn_sharp_on_a_canvas() {
    let mut figure = PageFigure::new("mixture").unwrap();
    for panel in ["risk", "samples", "spectrum", "classes"] {
        for theme in ["light", "dark", "forced"] {
            let canvas = canvas();
            figure.set_theme(theme, "serif".to_owned()).unwrap();
            figure
                .draw(panel, canvas.clone(), 300.0, 200.0, 2.0)
                .unwrap();
            assert_eq!((canvas.width(), canvas.height()), (600, 400));
            let context: CanvasRenderingContext2d =
                canvas.get_context("2d").unwrap().unwrap().unchecked_into();
            let pixels = context
                .get_image_data(0.0, 0.0, 600.0, 400.0)
                .unwrap()
                .data();
            let ground = &pixels[..4];
            let drawn = pixels
                .chunks_exact(4)
                .filter(|pixel| pixel != &ground)
                .count();
            assert!(drawn > 2000 && ground[3] == 255, "{panel} {theme}: {drawn}");
        }
    }
    assert!(figure.draw("pie", canvas(), 300.0, 200.0, 1.0).is_err());
    // Nothing panics on a canvas without room.
    figure.draw("risk", canvas(), 0.0, 0.0, 1.0).unwrap();
}

#[wasm_bindgen_test]
fn heat_maps_and_legend_are_images() {
    let figure = PageFigure::new("quadratic").unwrap();
    let target = figure.heat("target").unwrap().unwrap();
    assert_eq!((target.width(), target.height()), (64, 64));
    assert!(figure.heat("nn").unwrap().is_none());
    assert_eq!(figure.legend().unwrap().unwrap().height(), 1);
}

#[wasm_bindgen_test]
fn drags_move_rho_and_bars() {
    let mut figure = PageFigure::new("quadratic").unwrap();
    let handle = figure
        .grip_at("risk", 600.0, 400.0, 300.0, 100.0, 8.0)
        .unwrap();
    assert_eq!(handle.as_deref(), Some("rho"));
    figure
        .drag("risk", "rho", 600.0, 400.0, 1e6, 100.0)
        .unwrap();
    assert_eq!(number(&figure.risks().unwrap(), "rho"), 12.0);
    let group = figure
        .grip_at("spectrum", 600.0, 200.0, 100.0, 100.0, 0.0)
        .unwrap()
        .unwrap();
    figure
        .drag("spectrum", &group, 600.0, 200.0, 100.0, 180.0)
        .unwrap();
    assert!(figure.hash().contains("multipliers="));
}

/// A picture that is drawn later must not lie in memory that is used for something else by then.
#[wasm_bindgen_test]
fn a_heat_map_has_its_pixels_for_itself() {
    let figure = PageFigure::new("quadratic").unwrap();
    let image = JsValue::from(figure.heat("target").unwrap().unwrap());
    let shared = get(&wasm_bindgen::memory(), "buffer");
    for picture in [image, JsValue::from(figure.legend().unwrap().unwrap())] {
        assert_ne!(get(&get(&picture, "data"), "buffer"), shared);
    }
}

/// A plan crosses to a worker, runs there, and its reports come back as a dot.
#[wasm_bindgen_test]
fn a_planned_run_runs_and_is_shown() {
    let mut figure = PageFigure::new("quadratic").unwrap();
    figure
        .assign(object(&[("steps", 60.into()), ("dim", 8.into())]))
        .unwrap();
    let plans: Array = figure.plans().unwrap().unchecked_into();
    let first = plans.get(0);
    let id = number(&first, "id") as u32;
    let mut run = WorkerRun::new(get(&first, "plan")).unwrap();
    let mut status = JsValue::NULL;
    // It has 60 steps.
    for _ in 0..60 {
        let progress = run.advance(7).unwrap();
        for report in get(&progress, "reports").unchecked_into::<Array>().iter() {
            figure.report(id, &numbers(&report));
        }
        status = get(&progress, "status");
    }
    assert_eq!(status, "finished");
    figure.finish(id, "finished").unwrap();
    figure.learned(id, run.learned());
    assert!(
        figure
            .heat(&get(&first, "facts.0.1").as_string().unwrap())
            .unwrap()
            .is_some()
    );
    assert!(WorkerRun::new(object(&[("schema", 1.into())])).is_err());
}

/// Has a figure's order solved, as a worker does.
fn solved(order: &JsValue) -> JsValue {
    let figure = get(order, "figure").as_string().unwrap();
    solve(&figure, get(order, "order")).unwrap()
}

/// Gives a worker's answer to a figure, as the page does.
fn hand_over(figure: &mut PageFigure, id: u32, answer: &JsValue) {
    let lengths = numbers(&get(answer, "lengths"));
    let lengths: Vec<u32> = lengths.into_iter().map(|length| length as u32).collect();
    figure.answer(id, &numbers(&get(answer, "values")), &lengths, None);
}

#[wasm_bindgen_test]
fn exact_risks_come_back_to_the_state_that_asked() {
    let mut figure = PageFigure::new("quadratic").unwrap();
    figure.set("dim", "6").unwrap();
    let request = figure.order().unwrap();
    let answer = solved(&request);
    // The first list is that of RF.
    let rf = numbers(&get(&answer, "values"));
    let id = number(&request, "id") as u32;
    assert_eq!(numbers(&get(&answer, "lengths"))[0], 72.0);
    hand_over(&mut figure, id + 1, &answer);
    assert!(get(&figure.risks().unwrap(), "exact.rf").is_null());
    hand_over(&mut figure, id, &answer);
    assert_eq!(number(&figure.risks().unwrap(), "exact.rf"), rf[2]);
    assert!(figure.order().unwrap().is_null());
    figure.set("spectrum", "uniform").unwrap();
    assert!(get(&figure.risks().unwrap(), "exact.rf").is_null());
}

#[wasm_bindgen_test]
fn controls_are_described() {
    let rows: Array = parameters("quadratic").unwrap().unchecked_into();
    let keys: Vec<String> = rows
        .iter()
        .map(|row| get(&row, "key").as_string().unwrap())
        .collect();
    for key in ["dim", "spectrum", "rho", "seed", "step-size", "axis"] {
        assert!(keys.iter().any(|k| k == key), "{key}");
    }
    let spectrum = rows
        .iter()
        .find(|row| get(row, "key") == "spectrum")
        .unwrap();
    assert!(number(&get(&spectrum, "families"), "length") >= 8.0);
    let rows: Array = parameters("mixture").unwrap().unchecked_into();
    let keys: Vec<String> = rows
        .iter()
        .map(|row| get(&row, "key").as_string().unwrap())
        .collect();
    for key in ["delta", "sigma", "rotation", "second-layer", "rho"] {
        assert!(keys.iter().any(|k| k == key), "{key}");
    }
    assert!(!keys.iter().any(|k| k == "spectrum"));
    assert!((0.0..1e6).contains(&fresh_seed().unwrap()));
}

#[wasm_bindgen_test]
fn a_mixture_is_shown_with_bayes_and_exact_tangents() {
    let mut figure = PageFigure::new("mixture").unwrap();
    figure.set("delta", "two-signed").unwrap();
    figure.set("rho", "0.25").unwrap();
    let risks = figure.risks().unwrap();
    // Two signs: the trace vanishes, and NT is below NN.
    assert!((number(&risks, "limit.rf") - 1.0).abs() < 1e-12);
    assert!(number(&risks, "limit.nt") < number(&risks, "limit.nn"));
    assert!(number(&risks, "limit.bayes") < number(&risks, "limit.nt"));
    assert!(get(&risks, "exact.nt").is_null());
    let request = figure.order().unwrap();
    let answer = solved(&request);
    let id = number(&request, "id") as u32;
    hand_over(&mut figure, id, &answer);
    assert!(number(&figure.risks().unwrap(), "exact.nt") < 1.0);
    // Dragged to the top, both classes keep a covariance.
    figure.set("delta", "paper").unwrap();
    figure
        .drag("spectrum", "group:0", 600.0, 200.0, 40.0, 0.0)
        .unwrap();
    assert!(figure.eigenvalues().unwrap()[0] < 1.0);
}

#[wasm_bindgen_test]
fn results_are_in_front_of_the_figure_until_something_else_is_asked_for() {
    let mut figure = PageFigure::new("quadratic").unwrap();
    let before = figure.hash();
    let paper = || object(&[("spectrum", "paper".into())]);
    figure.lay_results(paper(), 450).unwrap();
    figure
        .add_result("nn", "quadratic", 225, 0.034, None, true)
        .unwrap();
    figure
        .add_path("nt", "quadratic", 225, Some(0.37), &[0.0, 1.0, 100.0, 0.9])
        .unwrap();
    assert!(figure.shows_results());
    let risks = figure.risks().unwrap();
    assert_eq!(number(&risks, "dim"), 450.0);
    assert_eq!(number(&risks, "trained.nn"), 0.034);
    assert!(get(&risks, "trained.nt").is_null());
    assert!(
        figure
            .add_result("cnn", "relu", 1, 0.5, None, true)
            .is_err()
    );
    assert!(figure.add_path("nn", "gelu", 1, None, &[]).is_err());
    let refused = figure.lay_results(object(&[("spectrum", "fractal".into())]), 450);
    assert_eq!(get(&refused.unwrap_err(), "field"), "spectrum");
    assert!(figure.shows_results());

    figure.set("spectrum", "identity").unwrap();
    assert!(!figure.shows_results());
    assert!(get(&figure.risks().unwrap(), "trained").is_undefined());
    figure.show_results().unwrap();
    assert_eq!((figure.shows_results(), figure.hash()), (true, before));
    figure.remove_results().unwrap();
    assert!(!figure.shows_results());
}
