//! How long exact risks of random ReLU features take, at all widths at once, beside other programs.
//!
//! `cargo xtask bench exact` starts it, and one like it for NumPy (`benches/peers/numpy_peer.py`). It says its version in a line of
//! JSON, then answers each line `{"features": r, "dim": d, "directions": m}` of its input by `{"seconds": the time of one solve,
//! "risk": that of the last direction}`.

use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};
use std::time::Instant;

use lazy_limits::neuron::exact::{
    FeatureKind, NestedFeatures, random_directions, target_directions,
};
use lazy_limits::neuron::problem::SingleNeuron;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    say(&json!({ "version": env!("CARGO_PKG_VERSION") }))?;
    for line in stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let number = |key: &str| request[key].as_u64().unwrap_or(1) as usize;
        let (features, dim) = (number("features"), number("dim"));
        let weights = random_directions(1, 0, dim, features);
        let targets = target_directions(1, 0, dim, number("directions"));
        let begin = Instant::now();
        let features = NestedFeatures::new(weights, FeatureKind::Relu, true)?;
        let risks = features.fit(&SingleNeuron::PLAIN, &targets)?.risks();
        let seconds = begin.elapsed().as_secs_f64();
        let risk = risks.as_slice().last().copied();
        say(&json!({ "seconds": seconds, "risk": risk }))?;
    }
    Ok(())
}

fn say(line: &Value) -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
