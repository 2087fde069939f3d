//! Families of eigenvalues.

use crate::elementary;
use std::f64::consts::PI;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::numbers::decimal;
use crate::stream::{Purpose, Stream};

/// How a distribution becomes `d` eigenvalues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sampling {
    /// Independent draws from the spectrum seed.
    #[default]
    Sampled,
    /// The quantiles at (i − ½)/d, largest first: no randomness.
    Quantile,
}

/// A family without its parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FamilyName {
    /// Exponential with mean 1, the paper's choice.
    Exponential,
    /// The eigenvalues of the authors' released experiments: `RandomState(100).exponential(1, d)`
    /// of legacy NumPy, whatever the seed.
    Paper,
    /// All equal to 1: the worst case of NT, the best of RF.
    Identity,
    /// Uniform on (0, 1); by quantile, a linear decay.
    Uniform,
    /// `λ_i = i^{−α}`; the parameter is α.
    PowerLaw,
    /// k eigenvalues 1 above a floor of 0.1; the parameter is k.
    Spiked,
    /// The Marchenko–Pastur law of mean 1; the parameter is its aspect ratio in (0, 1].
    MarchenkoPastur,
    /// The semicircle law on [−2, 2]: indefinite, trace near zero.
    Semicircle,
    /// Uniform on {2, 1.5, 1}/√d: the paper's Δ.
    Levels,
    /// All equal to c/√d; the parameter is c.
    Flat,
    /// ±c/√d, half and half: trace zero, or 1/d of that of `Flat` for odd d; the parameter is c.
    TwoSigned,
    /// k eigenvalues 0.5, all others 0; the parameter is k.
    LowRank,
    /// Half of the eigenvalues 1, half of them c; the parameter is c.
    TwoLevel,
}

impl FamilyName {
    /// Those of B in the order they are offered.
    pub const TARGETS: &[Self] = &[
        Self::Exponential,
        Self::Paper,
        Self::Identity,
        Self::Uniform,
        Self::PowerLaw,
        Self::Spiked,
        Self::MarchenkoPastur,
        Self::Semicircle,
    ];

    /// Those of Δ, half the difference between the covariances of a mixture's classes.
    pub const DIFFERENCES: &[Self] = &[Self::Levels, Self::Flat, Self::TwoSigned, Self::LowRank];

    /// Those of Σ, the mean of the covariances.
    pub const COVARIANCES: &[Self] = &[Self::Identity, Self::TwoLevel, Self::PowerLaw];

    /// The name used everywhere; unique among those of one matrix.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exponential => "exponential",
            Self::Paper | Self::Levels => "paper",
            Self::Identity => "identity",
            Self::Uniform => "uniform",
            Self::PowerLaw => "power-law",
            Self::Spiked => "spiked",
            Self::MarchenkoPastur => "marchenko-pastur",
            Self::Semicircle => "semicircle",
            Self::Flat => "flat",
            Self::TwoSigned => "two-signed",
            Self::LowRank => "low-rank",
            Self::TwoLevel => "two-level",
        }
    }

    /// What it is called where it is chosen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Paper | Self::Levels => "the paper’s",
            Self::PowerLaw => "power law",
            Self::MarchenkoPastur => "Marchenko–Pastur",
            Self::TwoSigned => "two signs",
            Self::LowRank => "low rank",
            Self::TwoLevel => "two levels",
            other => other.name(),
        }
    }

    /// What it is, in a few words.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Exponential => "exponential with mean 1, as in the paper",
            Self::Paper => "the eigenvalues of the authors' released code",
            Self::Identity => "all equal: the best case of RF, the worst of NT",
            Self::Uniform => "uniform on (0, 1)",
            Self::PowerLaw => "λ_i = i^−α",
            Self::Spiked => "k eigenvalues of 1 above a floor of 0.1",
            Self::MarchenkoPastur => "Marchenko–Pastur of mean 1, by aspect ratio",
            Self::Semicircle => "semicircle on [−2, 2]: trace near zero, so RF is blind",
            Self::Levels => "2, 1.5 or 1 over √d, a third each, as in the paper",
            Self::Flat => "all c/√d: the best case of RF",
            Self::TwoSigned => "±c/√d, half and half: RF is blind, and NT can beat NN",
            Self::LowRank => "k eigenvalues of 0.5, the others 0",
            Self::TwoLevel => "1 and c in turn",
        }
    }

    /// Whether it is a distribution, which `Sampling` turns into eigenvalues.
    pub const fn is_distribution(self) -> bool {
        matches!(
            self,
            Self::Exponential
                | Self::Uniform
                | Self::MarchenkoPastur
                | Self::Semicircle
                | Self::Levels
        )
    }

    /// Its parameter's default, smallest and largest value; `None` if it has none.
    pub const fn parameter(self) -> Option<(f64, f64, f64)> {
        match self {
            Self::PowerLaw => Some((1.0, 0.0, 10.0)),
            Self::Spiked => Some((4.0, 1.0, 1000.0)),
            Self::MarchenkoPastur => Some((0.5, 0.01, 1.0)),
            // ‖Δ‖_F² is about that of the paper's Δ, 29/12.
            Self::Flat | Self::TwoSigned => Some((1.5545, 0.01, 100.0)),
            Self::LowRank => Some((10.0, 1.0, 1000.0)),
            Self::TwoLevel => Some((0.5, 0.01, 100.0)),
            _ => None,
        }
    }
}

/// A family with its parameter, written `name` or `name:parameter`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Family {
    /// Which family.
    pub name: FamilyName,
    /// Its parameter; not used by families without one.
    pub parameter: f64,
}

impl Family {
    /// A family with its default parameter.
    pub fn new(name: FamilyName) -> Self {
        Self {
            name,
            parameter: name.parameter().map_or(0.0, |(default, ..)| default),
        }
    }

    /// Reads `name` or `name:parameter`. `None` for another name, a parameter out of its range,
    /// or one where there is none. Only `names` are known.
    pub fn parse(names: &[FamilyName], text: &str) -> Option<Self> {
        let (name, parameter) = match text.split_once(':') {
            Some((name, parameter)) => (name, Some(parameter)),
            None => (text, None),
        };
        let name = names.iter().copied().find(|f| f.name() == name)?;
        let mut family = Self::new(name);
        if let Some(parameter) = parameter {
            let (_, min, max) = name.parameter()?;
            let value = decimal(parameter)?;
            let counts = matches!(name, FamilyName::Spiked | FamilyName::LowRank);
            let whole = !counts || value.fract() == 0.0;
            if !(min..=max).contains(&value) || !whole {
                return None;
            }
            family.parameter = value;
        }
        Some(family)
    }

    /// The `dim` eigenvalues. `seed` matters for sampled distributions only.
    pub fn eigenvalues(&self, dim: usize, sampling: Sampling, seed: u64) -> Vec<f64> {
        match self.name {
            FamilyName::Identity => vec![1.0; dim],
            FamilyName::Paper => numpy_exponential(100, dim),
            FamilyName::PowerLaw => (1..=dim)
                .map(|i| elementary::pow(i as f64, -self.parameter))
                .collect(),
            FamilyName::Spiked => (0..dim)
                .map(|i| {
                    if (i as f64) < self.parameter {
                        1.0
                    } else {
                        0.1
                    }
                })
                .collect(),
            FamilyName::Flat => vec![self.parameter / (dim as f64).sqrt(); dim],
            FamilyName::TwoSigned => {
                let size = self.parameter / (dim as f64).sqrt();
                (0..dim)
                    .map(|i| if i % 2 == 0 { size } else { -size })
                    .collect()
            }
            FamilyName::LowRank => (0..dim)
                .map(|i| {
                    if (i as f64) < self.parameter {
                        0.5
                    } else {
                        0.0
                    }
                })
                .collect(),
            FamilyName::TwoLevel => (0..dim)
                .map(|i| if i % 2 == 0 { 1.0 } else { self.parameter })
                .collect(),
            _ => {
                let scale = if self.name == FamilyName::Levels {
                    1.0 / (dim as f64).sqrt()
                } else {
                    1.0
                };
                let mut stream = Stream::new(seed, Purpose::Spectrum, 0);
                (0..dim)
                    .map(|i| match sampling {
                        Sampling::Sampled => stream.uniform(),
                        Sampling::Quantile => 1.0 - (i as f64 + 0.5) / dim as f64,
                    })
                    .map(|u| scale * self.quantile(u))
                    .collect()
            }
        }
    }

    /// The quantile function of the families that are distributions, for `u` in [0, 1).
    fn quantile(&self, u: f64) -> f64 {
        match self.name {
            FamilyName::Exponential => -elementary::log1p(-u),
            FamilyName::Uniform => u,
            FamilyName::Semicircle => {
                // x = 2 sin φ turns the density into (2/π)cos²φ.
                let phi = invert(-PI / 2.0, PI / 2.0, u, |phi| {
                    0.5 + (phi + elementary::sin(phi) * elementary::cos(phi)) / PI
                });
                2.0 * elementary::sin(phi)
            }
            FamilyName::MarchenkoPastur => {
                // x = 1 + c − 2√c cos θ turns the density into 2 sin²θ/(πx), whose integral is
                // elementary.
                let r = self.parameter.sqrt();
                let theta = invert(0.0, PI, u, |theta| {
                    let angle = elementary::atan2(
                        r * elementary::sin(theta),
                        1.0 - r * elementary::cos(theta),
                    );
                    (theta + elementary::sin(theta) / r - (1.0 / (r * r) - 1.0) * angle) / PI
                });
                (1.0 + r * r - 2.0 * r * elementary::cos(theta)).max(0.0)
            }
            FamilyName::Levels => [1.0, 1.5, 2.0][((3.0 * u) as usize).min(2)],
            FamilyName::Paper
            | FamilyName::Identity
            | FamilyName::PowerLaw
            | FamilyName::Spiked
            | FamilyName::Flat
            | FamilyName::TwoSigned
            | FamilyName::LowRank
            | FamilyName::TwoLevel => 1.0,
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name.name())?;
        match self.name.parameter() {
            Some((default, ..)) if default.total_cmp(&self.parameter).is_ne() => {
                write!(f, ":{}", self.parameter)
            }
            _ => Ok(()),
        }
    }
}

/// The root of an increasing `cdf` at `u` by bisection to the last bit that matters.
fn invert(mut low: f64, mut high: f64, u: f64, cdf: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..52 {
        let middle = 0.5 * (low + high);
        if cdf(middle) < u {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Legacy NumPy's `RandomState(seed).exponential(1, count)`: `−ln(1 − U)` of 53-bit uniforms
/// from MT19937.
fn numpy_exponential(seed: u32, count: usize) -> Vec<f64> {
    let mut mt = rand_mt::Mt::new(seed);
    (0..count)
        .map(|_| {
            let high = f64::from(mt.next_u32() >> 5);
            let low = f64::from(mt.next_u32() >> 6);
            let uniform = (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0;
            -elementary::log(1.0 - uniform)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First values and sums of the authors' B, from NumPy.
    #[test]
    fn paper_spectrum_is_numpys() {
        let values = Family::new(FamilyName::Paper).eigenvalues(450, Sampling::Sampled, 0);
        for (value, expected) in values
            .iter()
            .zip([0.783_958_37, 0.326_241_88, 0.552_546_62])
        {
            assert!((value - expected).abs() < 1e-8);
        }
        let sum: f64 = values.iter().sum();
        let squares: f64 = values.iter().map(|x| x * x).sum();
        assert!((sum - 456.057_136_71).abs() < 1e-8);
        assert!((squares - 945.545_251_38).abs() < 1e-8);
    }

    /// Means of 20 000 quantiles against the laws' moments; the midpoint rule's error is below
    /// 1e-3 for these densities.
    #[test]
    fn quantiles_have_the_laws_moments() {
        for (text, mean, square) in [
            ("exponential", 1.0, 2.0),
            ("uniform", 0.5, 1.0 / 3.0),
            ("semicircle", 0.0, 1.0),
            ("marchenko-pastur", 1.0, 1.5),
            ("marchenko-pastur:1", 1.0, 2.0),
            ("marchenko-pastur:0.01", 1.0, 1.01),
        ] {
            let n = 20_000;
            let values = Family::parse(FamilyName::TARGETS, text)
                .unwrap()
                .eigenvalues(n, Sampling::Quantile, 0);
            let average = |k| values.iter().map(|x: &f64| x.powi(k)).sum::<f64>() / n as f64;
            assert!((average(1) - mean).abs() < 1e-3, "{text}: {}", average(1));
            assert!((average(2) - square).abs() < 2e-3, "{text}: {}", average(2));
            assert!(values.is_sorted_by(|a, b| a >= b), "{text}");
        }
    }

    /// `‖Δ‖_F²` of the paper's mixture tends to the mean of 4, 2.25 and 1, 29/12.
    #[test]
    fn differences_of_classes_have_the_size_of_the_papers() {
        for name in ["paper", "flat", "two-signed"] {
            let family = Family::parse(FamilyName::DIFFERENCES, name).unwrap();
            let values = family.eigenvalues(450, Sampling::Quantile, 0);
            let square: f64 = values.iter().map(|x| x * x).sum();
            assert!((square - 29.0 / 12.0).abs() < 1e-3, "{name}: {square}");
        }
        let family = Family::parse(FamilyName::DIFFERENCES, "two-signed").unwrap();
        let values = family.eigenvalues(450, Sampling::Quantile, 0);
        assert!(values.iter().sum::<f64>().abs() < 1e-12);
    }

    #[test]
    fn names_and_parameters_round_trip() {
        let matrices = [
            FamilyName::TARGETS,
            FamilyName::DIFFERENCES,
            FamilyName::COVARIANCES,
        ];
        for names in matrices {
            for &name in names {
                let family = Family::new(name);
                assert_eq!(Family::parse(names, &family.to_string()), Some(family));
            }
        }
        let family = Family::parse(FamilyName::TARGETS, "power-law:0.5").unwrap();
        assert_eq!(family.to_string(), "power-law:0.5");
        for bad in [
            "",
            "Exponential",
            "identity:1",
            "power-law:",
            "power-law:-1",
            "spiked:1.5",
            "power-law:NaN",
        ] {
            assert_eq!(Family::parse(FamilyName::TARGETS, bad), None, "{bad}");
        }
    }
}
