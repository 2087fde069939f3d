//! Values written down once from native code, which native code and wasm are both held to.

use lazy_limits::activation::Activation;
use lazy_limits::experiment::{Plan, Run as _};
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Quadratic, WeightCovariance, covariant_weights};
use lazy_limits::spectrum::{Family, FamilyName, Sampling};
use lazy_limits::training::TrainingRun;
use lazy_limits::{finite, limit};

/// The first normals of `Stream::new(2019, Weights, 3)`. If they change, raise `stream::VERSION`.
pub(crate) const NORMALS: [u32; 4] = [1_057_155_504, 1_070_198_967, 1_053_407_319, 1_042_855_861];

/// Final risks of `final_risk`.
pub(crate) const FINAL_RISKS: [(&str, f64); 3] = [
    ("nn", 0.156_124_510_933_438_82),
    ("nt", 0.541_965_124_606_725_2),
    ("rf", 0.713_766_002_746_759),
];

/// Products are summed in another order by other kernels: 600 steps of relative error 6e-8,
/// which SGD contracts, stay far below this.
pub(crate) const TRAINING_TOLERANCE: f64 = 1e-5;

/// The risk at the end of a short run at d = 12.
pub(crate) fn final_risk(regime: &str) -> f64 {
    let plan = format!(
        r#"{{"schema":1,"problem":"qf","dim":12,"neurons":6,"batch":20,"steps":600,"samples":2000,"regime":"{regime}","seed":7}}"#
    );
    let mut state = TrainingRun::new(Plan::from_json(&plan).unwrap()).unwrap();
    while !state.is_finished() {
        state.advance(u64::MAX);
    }
    state.record().last.unwrap()
}

/// Limits and exact values at d = 30, with what native code says of them.
pub(crate) fn theory() -> Vec<(&'static str, f64, f64)> {
    let family = Family::parse(FamilyName::TARGETS, "exponential").unwrap();
    let values = family.eigenvalues(30, Sampling::Sampled, 5);
    let problem = Quadratic::new(&Symmetric::diagonal(values)).unwrap();
    let aligned = WeightCovariance::Aligned.at(&problem, 1.0);
    let relu = limit::RandomFeatures::new(&problem, &aligned, Activation::Relu);
    let w = covariant_weights(1, 0, &Symmetric::isotropic(30), 20);
    let exact = |sigma| {
        let features = finite::QuadraticFeatures::new(w.clone(), sigma);
        features.risks(&problem).last().unwrap().unwrap()
    };
    vec![
        (
            "trace ratio",
            problem.trace_ratio(),
            0.552_392_544_866_353_9,
        ),
        ("relu limit", relu.risk(0.7), 0.665_603_418_395_923_4),
        (
            "exact relu",
            exact(Activation::Relu),
            0.877_788_502_160_964_7,
        ),
        (
            "exact softplus",
            exact(Activation::Softplus),
            0.924_675_685_794_109_5,
        ),
        (
            "exact nt",
            finite::neural_tangent(&problem, &w).unwrap(),
            0.247_920_114_446_412_32,
        ),
        (
            "nn",
            limit::network(&problem, 20),
            0.010_673_782_005_011_678,
        ),
    ]
}
