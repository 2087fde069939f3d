//! The poster's Figure 3 at its own size: the plan of it that lies in `examples`, and what the page ships of its runs.

use lazy_limits::experiment::sweep::{Job, Sweep};
use lazy_limits::figure::Subject;
use lazy_limits::full_size::PresetSize;
use lazy_limits::paper::{BestRun, FigureData, Preset, WidthFigure};

const PLAN: &str = include_str!("../../examples/poster/plan.json");
const SHIPPED: &str = include_str!("../../www/data/activation.json");

fn preset() -> Preset {
    Preset::new(WidthFigure::Activation, PresetSize::Paper)
}

#[test]
fn the_plan_in_examples_is_that_of_the_figure() {
    let ids = |sweep: &Sweep| -> Vec<String> {
        let ids = sweep.jobs().iter().map(Job::id);
        ids.map(str::to_owned).collect()
    };
    let (theirs, ours) = (Sweep::from_json(PLAN).unwrap(), preset().sweep().unwrap());
    assert_eq!(theirs.name(), ours.name());
    assert_eq!(ids(&theirs), ids(&ours));
}

/// Networks of an activation, by width.
fn networks<'a>(data: &'a FigureData, subject: Subject, activation: &str) -> Vec<&'a BestRun> {
    let mut dots: Vec<&BestRun> = data
        .dots
        .iter()
        .filter(|dot| dot.subject == subject && dot.activation == activation)
        .filter(|dot| dot.schedule.is_some())
        .collect();
    dots.sort_by_key(|dot| dot.neurons);
    dots
}

#[test]
fn all_runs_are_shipped_and_networks_that_move_their_features_are_ahead() {
    let (data, preset) = (FigureData::from_json(SHIPPED).unwrap(), preset());
    let all = preset.sweep().unwrap().jobs().len();
    assert_eq!((data.complete, data.runs), (true, [all, all]));
    assert_eq!((data.dim, data.steps), (450, preset.steps));
    for (subject, widths) in [Subject::NN, Subject::NT].into_iter().zip(&preset.widths) {
        let relu = networks(&data, subject, "relu");
        assert!(
            relu.iter()
                .map(|dot| dot.neurons)
                .eq(widths.iter().copied())
        );
        // More neurons can do what fewer can, and steps that decay leave less noise than a width is worth.
        assert!(relu.is_sorted_by(|narrow, wide| narrow.risk > wide.risk));
        // What is odd learns nothing of what is even, and loses what the last of its steps leave of noise.
        let tanh = networks(&data, subject, "tanh");
        assert!(tanh.iter().map(|dot| dot.neurons).eq(preset.shown));
        for dot in tanh {
            let above = dot.risk.unwrap() - 1.0;
            assert!(above > 0.0 && above < 0.03, "{} {above}", dot.neurons);
        }
    }
    let (nn, nt) = (
        networks(&data, Subject::NN, "relu"),
        networks(&data, Subject::NT, "relu"),
    );
    for (moving, tangent) in nn.iter().zip(&nt) {
        assert_eq!(moving.neurons, tangent.neurons);
        assert!(moving.risk < tangent.risk);
    }
}
