//! Axes: ranges, scales and ticks.

/// One axis of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What is measured.
    pub label: String,
    /// Lower end; positive on a logarithmic axis.
    pub min: f64,
    /// Upper end, above `min`.
    pub max: f64,
    /// Whether equal ratios, not equal differences, are equally long.
    pub log: bool,
}

/// A labelled place on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where.
    pub value: f64,
    /// What is written there.
    pub label: String,
}

impl Axis {
    /// One on which equal differences are equally long.
    pub fn linear(label: &str, min: f64, max: f64) -> Self {
        Self {
            label: label.to_owned(),
            min,
            max,
            log: false,
        }
    }

    /// One on which equal ratios are equally long.
    pub fn logarithmic(label: &str, min: f64, max: f64) -> Self {
        Self {
            log: true,
            ..Self::linear(label, min, max)
        }
    }

    /// Where `value` lies between the ends, 0 to 1 if inside. NaN for what has no place.
    pub fn unit(&self, value: f64) -> f64 {
        if self.log {
            (value / self.min).ln() / (self.max / self.min).ln()
        } else {
            (value - self.min) / (self.max - self.min)
        }
    }

    /// The value at a place between the ends; the inverse of [`Axis::unit`].
    pub fn value(&self, unit: f64) -> f64 {
        if self.log {
            self.min * (self.max / self.min).powf(unit)
        } else {
            self.min + unit * (self.max - self.min)
        }
    }

    /// At most about `most` ticks at round values. A logarithmic axis has powers of ten, and
    /// 2 and 5 between them where there is room; under a decade it is divided evenly.
    pub fn ticks(&self, most: usize) -> Vec<Tick> {
        let decades = (self.max / self.min).log10();
        let values = if self.log && decades >= 1.0 {
            log_ticks(self.min, self.max, most)
        } else {
            linear_ticks(self.min, self.max, most)
        };
        values
            .into_iter()
            .map(|value| Tick {
                value,
                label: if self.log && self.min < 0.005 && value < 0.02 {
                    // Short, however small it is.
                    format!("{value:.0e}")
                } else {
                    tick_label(value)
                },
            })
            .collect()
    }
}

fn log_ticks(min: f64, max: f64, most: usize) -> Vec<f64> {
    let (first, last) = (min.log10().floor() as i32, max.log10().ceil() as i32);
    let decades = (max / min).log10();
    let inside = |value: &f64| (min * 0.999_999..=max * 1.000_001).contains(value);
    if decades * 3.0 <= most as f64 {
        return (first..=last)
            .flat_map(|k| [1.0, 2.0, 5.0].map(|m| m * 10_f64.powi(k)))
            .filter(inside)
            .collect();
    }
    let stride = (decades / most.max(1) as f64).ceil().max(1.0) as usize;
    (first..=last)
        .step_by(stride)
        .map(|k| 10_f64.powi(k))
        .filter(inside)
        .collect()
}

fn linear_ticks(min: f64, max: f64, most: usize) -> Vec<f64> {
    let rough = (max - min) / most.max(1) as f64;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .map(|m| m * power)
        .into_iter()
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * power);
    let (first, last) = (
        (min / step).ceil() as i64,
        (max / step + 1e-9).floor() as i64,
    );
    (first..=last).map(|k| k as f64 * step).collect()
}

/// Counts from a thousand on as 1k, 2M; small numbers plainly.
fn tick_label(value: f64) -> String {
    let size = value.abs();
    for (scale, suffix) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")] {
        if size >= scale * 0.999_999 {
            return format!("{}{suffix}", trimmed(value / scale));
        }
    }
    trimmed(value)
}

/// Three significant digits without trailing zeros.
fn trimmed(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let digits = (2 - value.abs().log10().floor() as i32).clamp(0, 12) as usize;
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(min: f64, max: f64, log: bool, most: usize) -> String {
        let axis = Axis {
            label: String::new(),
            min,
            max,
            log,
        };
        let labels: Vec<String> = axis
            .ticks(most)
            .into_iter()
            .map(|tick| tick.label)
            .collect();
        labels.join(" ")
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(labels(0.0, 1.0, false, 5), "0 0.2 0.4 0.6 0.8 1");
        assert_eq!(labels(0.0, 3.0, false, 6), "0 0.5 1 1.5 2 2.5 3");
        assert_eq!(labels(0.01, 10.0, true, 5), "0.01 0.1 1 10");
        assert_eq!(
            labels(0.01, 10.0, true, 10),
            "0.01 0.02 0.05 0.1 0.2 0.5 1 2 5 10"
        );
        assert_eq!(labels(1e-4, 1.0, true, 5), "1e-4 1e-3 1e-2 0.1 1");
        assert_eq!(labels(2e-4, 2e-3, true, 4), "2e-4 5e-4 1e-3 2e-3");
        assert_eq!(labels(100.0, 4e7, true, 3), "100 10k 1M");
        assert_eq!(labels(1.0, 1e12, true, 4), "1 1k 1M 1G 1T");
        assert_eq!(labels(2.0, 9.0, true, 4), "2 4 6 8");
        assert_eq!(labels(-2.0, 2.0, false, 4), "-2 -1 0 1 2");
    }

    #[test]
    fn unit_and_value_are_inverse() {
        for log in [false, true] {
            let axis = Axis {
                label: String::new(),
                min: 0.01,
                max: 10.0,
                log,
            };
            for unit in [0.0, 0.1, 0.5, 1.0] {
                assert!((axis.unit(axis.value(unit)) - unit).abs() < 1e-12);
            }
        }
    }
}
