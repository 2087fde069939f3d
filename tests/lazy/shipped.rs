//! What the page ships of the figure on laziness, held against what must hold of it.

use lazy_limits::experiment::sweep::Job;
use lazy_limits::finite::LazyStart;
use lazy_limits::full_size::PresetSize;
use lazy_limits::paper::laziness::{LazinessData, LazinessPreset};
use lazy_limits::problem::Target;

const SHIPPED: &str = include_str!("../../www/data/laziness.json");

/// Numbers are shipped with six digits.
const DIGITS: f64 = 1e-5;

fn shipped() -> LazinessData {
    serde_json::from_str(SHIPPED).unwrap()
}

#[test]
fn every_network_of_the_plan_is_there_and_none_diverged() {
    let data = shipped();
    let sweep = LazinessPreset::new(PresetSize::Paper).sweep().unwrap();
    assert!(data.complete);
    let mut planned: Vec<&str> = sweep.jobs().iter().map(Job::id).collect();
    let mut runs: Vec<&str> = data.dots.iter().map(|dot| dot.run.as_str()).collect();
    planned.sort_unstable();
    runs.sort_unstable();
    assert_eq!(runs, planned);
    assert!(data.dots.iter().all(|dot| dot.diverged_at.is_none()));
}

#[test]
fn exact_values_are_those_of_the_core() {
    let data = shipped();
    let preset = LazinessPreset::new(PresetSize::Paper);
    let problem = preset.settings().unwrap().problem().unwrap();
    let near = |one: f64, two: f64| (one - two).abs() <= DIGITS * two.abs();
    for (line, alpha) in data.exact.iter().zip([0.05, 1.0, 20.0]) {
        let start = LazyStart::drawn(problem.form(), line.neurons, data.seed, 0);
        let best = start.optimum(alpha);
        let [risk, movement, alignment] = line.at(alpha).unwrap();
        assert!(near(risk, best.risk) && near(movement, best.movement));
        assert!(near(alignment, best.alignment));
        assert!(near(line.nn, problem.network_exact(line.neurons)));
        assert!(near(line.nt, start.optimum(1e12).risk));
    }
}

#[test]
fn exact_lines_go_from_nn_to_nt_and_move_ever_less() {
    for line in shipped().exact {
        assert!(line.laziness.len() >= 40 && line.laziness.is_sorted());
        assert!(line.risk.is_sorted() && line.risk[0] >= line.nn);
        assert!(
            line.risk
                .iter()
                .all(|&risk| risk <= line.nt * (1.0 + DIGITS))
        );
        assert!(line.movement.iter().rev().is_sorted());
    }
}

#[test]
fn networks_are_on_the_exact_lines() {
    let data = shipped();
    for dot in &data.dots {
        let mut lines = data.exact.iter();
        let line = lines.find(|line| line.neurons == dot.neurons).unwrap();
        let [optimum, movement, alignment] = line.at(dot.laziness).unwrap();
        assert_eq!(dot.optimum, Some(optimum), "{dot:?}");
        assert_eq!(
            (dot.least_movement, dot.best_alignment),
            (Some(movement), Some(alignment))
        );
        // What finitely many steps leave: docs/reproduction.md says why, and of how many it is more than 0.01.
        let risk = dot.risk.unwrap();
        assert!(risk >= optimum, "{dot:?}");
        assert!(risk <= (optimum + 0.01).max(1.05 * optimum), "{dot:?}");
        // The lazy ones need the farthest ways for the last of the risk, and have not gone all of them.
        let share = if dot.laziness <= 5.0 { 1.0 } else { 0.85 };
        assert!(dot.movement.unwrap() >= share * movement - 1e-6, "{dot:?}");
        assert!((dot.alignment.unwrap() - alignment).abs() < 0.02, "{dot:?}");
    }
}
