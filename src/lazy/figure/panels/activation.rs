//! An activation, and what of it lies in polynomials of each degree.

use crate::activation::Activation;
use crate::figure::{Axis, Panel, Picture, Sigma, Table};
use crate::lazy::figure::scene::{Explorable, Theory};

/// How far from 0 the activation is drawn: further out hardly any Gaussian number comes.
const REACH: f64 = 3.0;

/// The activation and its Hermite coefficients.
pub(in crate::lazy::figure) struct ActivationPanel;

impl Panel<Theory> for ActivationPanel {
    fn key(&self) -> &'static str {
        "activation"
    }

    fn title(&self) -> &'static str {
        "The activation"
    }

    fn picture(&self, seen: &Explorable) -> Picture {
        Picture::Sigma(sigma(seen.front().settings().activation))
    }

    fn table(&self, seen: &Explorable) -> Table {
        table(seen.front().settings().activation)
    }

    fn describe(&self, seen: &Explorable) -> String {
        describe(seen.front().settings().activation)
    }
}

/// Shares of the variance of σ(G) by degree, from 1.
fn shares(activation: Activation) -> Vec<f64> {
    let hermite = activation.hermite();
    let variance = hermite.lambda_tilde + hermite.lambda1 * hermite.lambda1;
    activation.hermite_series()[1..]
        .iter()
        .map(|value| value * value / variance)
        .collect()
}

fn sigma(activation: Activation) -> Sigma {
    let points: Vec<(f64, f64)> = (-60..=60)
        .map(|k| f64::from(k) * REACH / 60.0)
        .map(|u| (u, activation.value(u)))
        .collect();
    let values = points.iter().map(|point| point.1);
    let (low, high) = (
        values.clone().fold(0.0, f64::min),
        values.fold(0.0, f64::max),
    );
    let room = 0.06 * (high - low);
    let axis = |label: &str, min, max| Axis {
        label: label.to_owned(),
        min,
        max,
        log: false,
    };
    Sigma {
        x: axis("u", -REACH, REACH),
        y: axis("σ(u)", low - room, high + room),
        points,
        share: axis("share of the variance of σ(G)", 0.0, 1.05),
        shares: shares(activation),
        verdict: verdict(activation),
    }
}

fn verdict(activation: Activation) -> String {
    if activation.is_odd() {
        "σ is odd: nothing of degree 2, so RF is blind to a quadratic target".to_owned()
    } else {
        format!(
            "{:.0} % of degree 2: what RF can see of a quadratic target",
            100.0 * shares(activation)[1]
        )
    }
}

fn describe(activation: Activation) -> String {
    format!(
        "The activation {activation} and the shares of its variance by degree. {}.",
        verdict(activation)
    )
}

fn table(activation: Activation) -> Table {
    let series = activation.hermite_series();
    let shares = shares(activation);
    let rows = (1..series.len()).map(|k| {
        vec![
            k.to_string(),
            format!("{:.5}", series[k]),
            format!("{:.5}", shares[k - 1]),
        ]
    });
    Table {
        columns: ["degree k", "λ_k/√k!", "share of the variance"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
    }
}
