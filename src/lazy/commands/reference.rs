//! The reference documentation of the parameters.

use super::{ProblemName, Settings};
use crate::setting::Scope;
use crate::setting::reference::{difference, section};

/// For each place the parameters of qf, then those of mg that differ.
pub(super) fn reference() -> String {
    let mut sections = String::new();
    for (title, intro, mixture_title, scope) in [
        (
            "`lazy-limits risk qf`",
            "Limits N, d → ∞.",
            "`lazy-limits risk mg`",
            Scope::RISK,
        ),
        (
            "`lazy-limits exact qf`",
            "Exact risks at finite N and d.",
            "`lazy-limits exact mg`",
            Scope::EXACT,
        ),
        (
            "`lazy-limits train qf` and plans",
            "One run. In JSON the keys are the same, beside `\"schema\": 1` and `\"problem\": \"qf\"`.",
            "`lazy-limits train mg` and plans",
            Scope::TRAIN,
        ),
        (
            "`<lazy-limits figure=\"quadratic\">`",
            "Attributes, keys of `element.state`, and of the hash `#v=1&rho=0.3`.",
            "The figure of a mixture",
            Scope::PAGE,
        ),
    ] {
        sections += &section::<Settings>(title, intro, scope);
        sections += &difference::<Settings>(
            mixture_title,
            "A mixture of two Gaussians: as above without",
            scope,
            scope.of(ProblemName::Mixture),
        );
    }
    sections
}
