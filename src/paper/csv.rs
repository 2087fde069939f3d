//! A figure's numbers as one table.

use super::data::{FigureData, name};

/// One row a number: limits and exact values along lines, exact means over draws, dots, and risks
/// against samples. What does not apply to a row is empty.
pub fn csv(data: &FigureData) -> String {
    let mut out = "kind,regime,weights,activation,schedule,rho,neurons,samples,risk,sd,optimum,step_scale,step_size,run\n".to_owned();
    let mut row = |cells: [String; 14]| {
        out.push_str(&cells.join(","));
        out.push('\n');
    };
    let none = String::new;
    for line in &data.lines {
        let kind = if line.limit { "limit" } else { "finite" };
        for (rho, risk) in line.curve.rho.iter().zip(&line.curve.risk) {
            row([
                kind.to_owned(),
                name(line.subject).to_owned(),
                text(line.weights.as_deref()),
                line.activation.to_string(),
                none(),
                rho.to_string(),
                none(),
                none(),
                risk.to_string(),
                none(),
                none(),
                none(),
                none(),
                none(),
            ]);
        }
    }
    for exact in &data.exact {
        for point in &exact.points {
            row([
                "exact".to_owned(),
                name(exact.subject).to_owned(),
                exact.weights.to_string(),
                exact.activation.to_string(),
                none(),
                point.rho.to_string(),
                point.neurons.to_string(),
                none(),
                point.mean.to_string(),
                number(point.sd),
                none(),
                none(),
                none(),
                none(),
            ]);
        }
    }
    for dot in &data.dots {
        row([
            if dot.schedule.is_some() { "sgd" } else { "fit" }.to_owned(),
            name(dot.subject).to_owned(),
            text(dot.weights.as_deref()),
            dot.activation.to_string(),
            text(dot.schedule.as_deref()),
            dot.rho.to_string(),
            dot.neurons.to_string(),
            none(),
            number(dot.risk),
            none(),
            number(dot.optimum),
            number(dot.step_scale),
            number(dot.step_size),
            dot.run.clone().unwrap_or_default(),
        ]);
    }
    for run in &data.repeats {
        row([
            "repeat".to_owned(),
            name(run.subject).to_owned(),
            none(),
            run.activation.to_string(),
            "linear".to_owned(),
            run.rho.to_string(),
            run.neurons.to_string(),
            none(),
            number(run.risk),
            none(),
            number(run.optimum),
            none(),
            none(),
            run.run.clone(),
        ]);
    }
    for run in &data.trajectories {
        for (samples, risk) in run.samples.iter().zip(&run.risk) {
            row([
                "path".to_owned(),
                name(run.subject).to_owned(),
                none(),
                run.activation.to_string(),
                "linear".to_owned(),
                run.rho.to_string(),
                run.neurons.to_string(),
                samples.to_string(),
                risk.to_string(),
                none(),
                number(run.optimum),
                none(),
                none(),
                run.run.clone(),
            ]);
        }
    }
    out
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
