//! From settings to what they ask for: the problem, and the covariance of weights.

use super::{Mixture, MixtureError, Problem, ProblemError, Quadratic, Target, WeightCovariance};
use crate::lazy::setting::{ProblemName, Settings};
use crate::numbers::digits;
use crate::setting::{Parameters, Scope, SettingError, Weights};
use crate::spectrum::{Source, Spectrum, edited, random_rotation};

impl Settings {
    /// What is to be learnt.
    ///
    /// # Errors
    /// If the matrices make no problem, or their dimensions contradict each other or the one set.
    pub fn problem(&self) -> Result<Problem, SettingError> {
        self.edited(&self.plain_problem()?)
    }

    /// What is to be learnt before its eigenvalues are edited.
    ///
    /// # Errors
    /// As [`Settings::problem`].
    pub fn plain_problem(&self) -> Result<Problem, SettingError> {
        if let (Some(dim), Some((source_key, source_dim))) = (self.explicit_dim(), self.given_dim())
            && dim != source_dim
        {
            return Err(SettingError::Dimension {
                key: "dim",
                dim,
                source_key,
                source_dim,
            });
        }
        let dim = self.dim();
        match self.problem_name() {
            ProblemName::Quadratic => {
                let target = Quadratic::new(&self.spectrum.at(dim));
                target.map(Problem::from).map_err(SettingError::from)
            }
            ProblemName::Mixture => self.mixture(dim).map(Problem::from),
        }
        .map_err(|error| self.unless_default(dim, error))
    }

    /// An error that does not blame a value that nobody has given.
    fn unless_default(&self, dim: usize, error: SettingError) -> SettingError {
        let defaults = Self::new(Scope::RISK.of(self.problem_name()));
        let (key, source, default) = match error.key() {
            Some("sigma") => ("sigma", &self.sigma, &defaults.sigma),
            Some("delta") => ("delta", &self.spectrum.source, &defaults.spectrum.source),
            Some("spectrum") => ("spectrum", &self.spectrum.source, &defaults.spectrum.source),
            _ => return error,
        };
        match (source, error.reason()) {
            (Source::Family(family), Some(reason)) if source == default => SettingError::Default {
                key,
                value: family.to_string(),
                dim,
                reason,
            },
            _ => error,
        }
    }

    /// What is to be learnt, `plain` with its eigenvalues (of B, or of Σ^-½ΔΣ^-½) edited by the
    /// multipliers.
    ///
    /// # Errors
    /// If the result is no problem.
    pub fn edited(&self, plain: &Problem) -> Result<Problem, SettingError> {
        let multipliers = &self.spectrum.multipliers;
        if multipliers.is_empty() {
            return Ok(plain.clone());
        }
        let eigenvalues = edited(plain.form().eigenvalues(), multipliers);
        let edited = match plain {
            Problem::Quadratic(quadratic) => quadratic
                .with_eigenvalues(eigenvalues)
                .map(Problem::from)
                .map_err(|error| error.to_string()),
            Problem::Mixture(mixture) => mixture
                .with_eigenvalues(eigenvalues)
                .map(Problem::from)
                .map_err(|error| error.to_string()),
        };
        edited.map_err(|reason| SettingError::unusable("multipliers", &reason))
    }

    fn mixture(&self, dim: usize) -> Result<Mixture, SettingError> {
        if let Some(sigma_dim) = self.sigma.fixed_dim().filter(|&other| other != dim) {
            return Err(SettingError::Dimension {
                key: "sigma",
                dim: sigma_dim,
                source_key: "delta",
                source_dim: dim,
            });
        }
        let Spectrum { sampling, seed, .. } = self.spectrum;
        let sigma = self.sigma.at(dim, sampling, seed);
        let delta = self.spectrum.at(dim);
        // Turned or not is the same where Σ = I; and a turned matrix is much slower to work with.
        let delta = if self.is_rotated && !sigma.is_identity() {
            delta.in_basis(&random_rotation(seed, dim))
        } else {
            delta
        };
        Ok(Mixture::new(&sigma, &delta)?)
    }

    /// The covariance of random-feature weights for `problem`.
    ///
    /// # Errors
    /// If a given one has another dimension, a negative eigenvalue, or no positive trace.
    pub fn covariance(&self, problem: &Problem) -> Result<WeightCovariance, SettingError> {
        if self.mix > 0.0 && self.weights != Weights::Isotropic {
            return Err(SettingError::Conflict(
                "mix goes with isotropic weights only; leave out mix or weights",
            ));
        }
        match &self.weights {
            Weights::Isotropic if self.mix > 0.0 => Ok(WeightCovariance::Mixed(self.mix)),
            Weights::Isotropic => Ok(WeightCovariance::Isotropic),
            Weights::Aligned => Ok(WeightCovariance::Aligned),
            Weights::Best => Ok(WeightCovariance::Best),
            Weights::Given(gamma) => {
                if gamma.dim() != problem.dim() {
                    let source_key = self.given_dim().map_or("dim", |(key, _)| key);
                    return Err(SettingError::Dimension {
                        key: "weights",
                        dim: gamma.dim(),
                        source_key,
                        source_dim: problem.dim(),
                    });
                }
                let eigenvalues = gamma.eigenvalues();
                let (least, trace) = (eigenvalues.min(), eigenvalues.sum());
                if !(trace.is_finite() && trace > 1e-290) {
                    let reason = format!(
                        "its trace is {}; a covariance needs a positive one",
                        digits(trace)
                    );
                    return Err(SettingError::unusable("weights", &reason));
                }
                if least < -1e-9 * eigenvalues.amax() {
                    let reason = format!(
                        "it has a negative eigenvalue, {}, beside a largest of {}; a covariance has none",
                        digits(least),
                        digits(eigenvalues.max())
                    );
                    return Err(SettingError::unusable("weights", &reason));
                }
                let working = problem.working_covariance(&gamma.scaled(1.0 / trace));
                let trace = working.trace();
                Ok(WeightCovariance::Given(working.scaled(1.0 / trace)))
            }
        }
    }
}

impl From<ProblemError> for SettingError {
    fn from(error: ProblemError) -> Self {
        Self::unusable("spectrum", &error)
    }
}

impl From<MixtureError> for SettingError {
    fn from(error: MixtureError) -> Self {
        let key = match error {
            MixtureError::Mean { .. }
            | MixtureError::Entries { matrix: "Σ" }
            | MixtureError::NotSymmetric { matrix: "Σ", .. } => "sigma",
            _ => "delta",
        };
        Self::unusable(key, &error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setting::Scope;

    #[test]
    fn a_given_spectrum_fixes_the_dimension() {
        let mut settings = Settings::new(Scope::RISK);
        settings.set("spectrum", "3,2,1").unwrap();
        assert_eq!(settings.problem().unwrap().dim(), 3);
        settings.set("dim", "4").unwrap();
        let message = settings.problem().unwrap_err().to_string();
        assert_eq!(
            message,
            "dim is 4, but spectrum has dimension 3; leave dim out or make them equal"
        );
    }

    #[test]
    fn given_weights_are_checked() {
        for (weights, part) in [
            (
                "1,2",
                "weights has dimension 2, but spectrum has dimension 3",
            ),
            ("0,0,0", "trace is 0"),
            ("1,-0.5,1", "negative eigenvalue"),
        ] {
            let mut settings = Settings::new(Scope::RISK);
            settings.set("spectrum", "3,2,1").unwrap();
            settings.set("weights", weights).unwrap();
            let problem = settings.problem().unwrap();
            let message = settings.covariance(&problem).unwrap_err().to_string();
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn given_weights_fix_the_dimension_of_a_family() {
        let mut settings = Settings::new(Scope::RISK);
        settings.set("weights", "3,2,1").unwrap();
        let problem = settings.problem().unwrap();
        assert_eq!(problem.dim(), 3);
        settings.covariance(&problem).unwrap();
        settings.set("dim", "4").unwrap();
        let problem = settings.problem().unwrap();
        let message = settings.covariance(&problem).unwrap_err().to_string();
        assert!(
            message.contains("weights has dimension 3, but dim is 4"),
            "{message}"
        );
    }
}
