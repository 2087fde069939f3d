//! The figure: 1/n, and where the run of a seed is.

use super::ToySettings;
use crate::figure::{
    Axis, Chart, Dash, Hue, Line, Live, Marker, Origin, Panel, Picture, Reading, Readings, Role,
    Scene, SeededRun, Sheet, Solution, Subject, Traits, WantedRun,
};
use crate::setting::{Scope, SettingError};

static MEAN: Traits = Traits::new("nn", "mean", Hue::Green, Marker::Circle, Dash::Solid);

pub(super) static SHEET: Sheet<ToyMean> = Sheet::new("toy", Scope::PAGE, &[&RiskOfMean]);

/// The risk of the mean.
pub(super) struct ToyMean(f64);

impl Scene for ToyMean {
    type Settings = ToySettings;
    type Facts = SeededRun;
    type Answer = Solution;

    fn new(_: &'static Sheet<Self>, settings: &ToySettings) -> Result<Self, SettingError> {
        Ok(Self(1.0 / settings.samples as f64))
    }
    fn wanted(seen: &Live<Self>) -> Vec<WantedRun<SeededRun>> {
        let facts = SeededRun(seen.settings().seed);
        vec![WantedRun::new(Role::Handle, facts, "toy", seen.settings())]
    }
    fn readings(seen: &Live<Self>) -> Readings {
        let n = seen.settings().samples as f64;
        let trained = seen.runs().iter().next().and_then(|run| run.last(0));
        let (subject, risk) = (Subject::new(&MEAN), Some(seen.scene.0));
        let lines = vec![Reading::of(subject, "of n", risk, None, trained)];
        Readings::new(n, format!("n = {n}"), ("law", "by theory"), "n", lines)
    }
}

struct RiskOfMean;

impl Panel<ToyMean> for RiskOfMean {
    fn key(&self) -> &'static str {
        "risk"
    }
    fn title(&self) -> &'static str {
        "Risk against n"
    }
    fn lever(&self) -> Option<&'static str> {
        Some("samples")
    }
    fn picture(&self, seen: &Live<ToyMean>) -> Picture {
        let (subject, n) = (Subject::new(&MEAN), seen.settings().samples as f64);
        let points = (1..1000)
            .map(|n| (f64::from(n), 1.0 / f64::from(n)))
            .collect();
        let run = seen.runs().iter().next().map(|run| run.curve(0).to_vec());
        let run = run.map(|points| Line::new(subject, Origin::Run, points));
        let x = Axis::logarithmic("n", 1.0, 999.0);
        let mut chart = Chart::new(x, Axis::linear("risk", 0.0, 1.0));
        chart.lines = vec![Line::new(subject, Origin::Limit, points).called("mean")];
        chart.lines.extend(run);
        chart.handle = vec![n];
        Picture::Chart(chart)
    }
}
