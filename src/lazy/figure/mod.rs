//! The figures of the first paper.

mod capture;
mod dial;
mod editing;
mod exact;
mod front;
mod heat;
mod limits;
mod panels;
mod planning;
mod readings;
mod results;
mod risks;
mod scene;
mod sheets;
mod subject;

pub use dial::LazyPoint;
pub use exact::ExactCurves;
pub use heat::Heat;
pub use planning::NetworkFacts;
pub use results::{Found, LazyFound, Own, Path};
pub use risks::{ExactRisks, LimitRisks, Risks, TrainedRisks};
pub use scene::{Explorable, FigureName, Theory};
pub use sheets::FIGURES;

/// What tests look at.
#[cfg(test)]
mod seen {
    use super::{Explorable, Theory};
    use crate::figure::{Bars, Chart, Panel, Picture};

    pub(super) fn panel(figure: &Explorable, key: &str) -> &'static dyn Panel<Theory> {
        figure.panel(key).expect("the figure has it")
    }

    pub(super) fn chart(figure: &Explorable, key: &str) -> Chart {
        match panel(figure, key).picture(figure) {
            Picture::Chart(chart) => chart,
            other => panic!("{key} is no chart: {other:?}"),
        }
    }

    pub(super) fn bars(figure: &Explorable) -> Bars {
        match panel(figure, "spectrum").picture(figure) {
            Picture::Bars(bars) => bars,
            other => panic!("the spectrum is no bars: {other:?}"),
        }
    }
}
