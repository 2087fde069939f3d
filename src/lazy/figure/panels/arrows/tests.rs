use super::*;
use crate::experiment::{Plan, Run};
use crate::lazy::figure::FigureName;
use crate::lazy::figure::seen::panel;
use crate::lazy::training::TrainingRun;
use crate::setting::Parameters;

fn state(changes: &[(&str, &str)]) -> Explorable {
    let mut state = Explorable::new(FigureName::Quadratic);
    let mut settings = state.settings().clone();
    for (key, text) in changes {
        settings.set(key, text).unwrap();
    }
    state.set(settings).unwrap();
    state
}

/// Trains what stands at the handle, and hands over what it has learnt, as workers do.
fn trained(state: &mut Explorable) {
    let plans = state.plans().take(REGIMES.len());
    let plans: Vec<_> = plans.map(|run| (run.id, run.wanted.plan.clone())).collect();
    for (id, plan) in plans {
        let mut run = TrainingRun::new(Plan::from_json(&plan.to_string()).unwrap()).unwrap();
        while !run.is_finished() {
            run.advance(1000);
        }
        state.set_learned(id, Run::learned(&run));
    }
}

fn gap(one: &[(f64, f64)], other: &[(f64, f64)]) -> f64 {
    assert_eq!(one.len(), other.len());
    let both = one.iter().zip(other);
    both.fold(0.0, |most, (a, b)| {
        most.max((a.0 - b.0).abs()).max((a.1 - b.1).abs())
    })
}

/// Few neurons and many, whose runs have as many columns as dimensions; weights of their own; another plane; more
/// dimensions than single entries of a matrix are told of.
const STATES: [&[(&str, &str)]; 5] = [
    &[("dim", "8"), ("rho", "0.5"), ("steps", "400")],
    &[
        ("dim", "8"),
        ("rho", "3"),
        ("steps", "400"),
        ("plane", "3,1"),
    ],
    &[
        ("dim", "6"),
        ("rho", "0.5"),
        ("steps", "200"),
        ("mix", "0.5"),
    ],
    &[("spectrum", "-1,4,0.5,2"), ("rho", "1"), ("steps", "200")],
    &[
        ("dim", "70"),
        ("rho", "0.1"),
        ("steps", "50"),
        ("plane", "2,7"),
    ],
];

#[test]
fn arrows_start_where_they_were_drawn_and_end_where_weights_are() {
    for changes in STATES {
        let mut state = state(changes);
        let before = arrows(&state);
        trained(&mut state);
        let after = arrows(&state);
        let (count, neurons) = (after.networks.len(), state.neurons());
        assert_eq!((count, before.networks.len()), (3, 3));
        for (own, untrained) in after.networks.iter().zip(&before.networks) {
            let name = format!("{changes:?} {}", own.label);
            assert!(untrained.now.is_empty() && untrained.ellipses.len() == 1);
            assert_eq!((untrained.start.len(), own.now.len()), (neurons, neurons));
            let near = gap(&untrained.start, &own.start);
            assert!(near < 1e-4, "{name}: {near}");
            let moved = gap(&own.start, &own.now);
            assert_eq!(moved > 1e-2, own.subject != Subject::RF, "{name}: {moved}");
        }
        // The mean square of the neurons of NN is what they make up.
        let network = &after.networks[2];
        let mean = |of: fn((f64, f64)) -> f64| {
            network.now.iter().copied().map(of).sum::<f64>() / neurons as f64
        };
        let found = [
            mean(|(x, _)| x * x),
            mean(|(x, y)| x * y),
            mean(|(_, y)| y * y),
        ];
        for (found, told) in found.iter().zip(network.ellipses[1].form) {
            assert!((found - told).abs() < 1e-4, "{changes:?}: {found} {told}");
        }
    }
}

#[test]
fn what_is_learnt_comes_near_what_is_to_be() {
    let mut state = state(&[
        ("dim", "8"),
        ("rho", "1"),
        ("steps", "4000"),
        ("plane", "2,1"),
    ]);
    trained(&mut state);
    let picture = arrows(&state);
    let [goal, learnt] = picture.networks[2].ellipses[..] else {
        panic!("two ellipses");
    };
    assert!(goal.form[0] < goal.form[2] && goal.form[1] == 0.0);
    for (goal, learnt) in goal.form.iter().zip(learnt.form) {
        assert!((goal - learnt).abs() < 0.1, "{goal} {learnt}");
    }
    let said = describe(&state);
    assert!(said.contains("eigenvectors 2 and 1 of B") && said.contains("NN has learnt"));
}

#[test]
fn ranks_beyond_the_dimension_stand_for_the_last() {
    for (spectrum, plane_set, seen_in) in [
        ("3,2,1", "5,16", [3, 2]),
        ("3,2,1", "16,2", [3, 2]),
        ("3,2,1", "2,16", [2, 3]),
        ("3,1", "9,1", [2, 1]),
        ("3,1", "1,9", [1, 2]),
    ] {
        let mut state = state(&[
            ("spectrum", spectrum),
            ("plane", plane_set),
            ("steps", "20"),
        ]);
        assert_eq!(plane(&state), seen_in, "{spectrum} {plane_set}");
        trained(&mut state);
        let picture = arrows(&state);
        assert!(picture.rails.iter().all(|rail| rail.most == state.dim()));
        assert_eq!(picture.networks[0].ellipses.len(), 2);
    }
}

#[test]
fn a_rail_that_takes_the_other_s_place_gives_its_own() {
    let mut state = state(&[]);
    let panel = panel(&state, "arrows");
    for (grip, rank, expected) in [
        ("up", 5.0, "1,5"),
        ("across", 5.0, "5,1"),
        ("across", 4.0, "4,1"),
        ("up", 4.0, "1,4"),
    ] {
        state.turn(panel, grip, rank).unwrap();
        assert_eq!(state.settings().get("plane").unwrap(), expected);
    }
    for bad in [0.0, 2.5, 17.0] {
        let refused = state.turn(panel, "up", bad).unwrap_err().to_string();
        assert!(refused.contains("two different whole numbers"), "{refused}");
    }
    state.release(panel).unwrap();
    assert_eq!(state.settings().plane, [1, 2]);
    assert!(panel.released(&state).is_none());
}

#[test]
fn a_run_that_has_diverged_is_drawn_as_far_as_it_can_be() {
    let mut state = state(&[("dim", "4"), ("rho", "0.5")]);
    let id = state.plans().next().unwrap().id;
    state.set_learned(id, vec![f32::NAN; 4 * 4 + 2 * 2 * 4]);
    state.set_status(id, Status::Diverged);
    let said = describe(&state);
    assert!(
        said.contains("NN has diverged") && !said.contains("NaN"),
        "{said}"
    );
    assert!(arrows(&state).extent.is_finite());
    let table = panel(&state, "arrows").table(&state);
    assert!(!table.rows.concat().contains(&"NaN".to_owned()));
}

#[test]
fn other_figures_have_no_plane() {
    for name in [FigureName::Mixture, FigureName::Activation] {
        let mut state = Explorable::new(name);
        assert!(state.panel("arrows").is_none());
        assert!(state.set_text("plane", "1,3").is_err());
    }
}
