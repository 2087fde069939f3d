//! How much work a run is, before it is run.

/// The work of a run, in multiplications of single-precision products or what takes as long. Good to a factor of two or
/// so: enough to share runs out evenly, and to measure only some.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Work {
    /// Of one step.
    pub step: f64,
    /// Of each report.
    pub report: f64,
    /// Of what comes after the last step.
    pub end: f64,
    /// How many steps.
    pub steps: f64,
    /// How many reports.
    pub reports: f64,
}

impl Work {
    /// Of the whole run.
    pub fn total(&self) -> f64 {
        self.until(self.steps, self.reports) + self.end
    }

    /// Of so many steps and reports.
    pub fn until(&self, steps: f64, reports: f64) -> f64 {
        steps * self.step + reports * self.report
    }
}
