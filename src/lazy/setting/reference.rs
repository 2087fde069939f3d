//! The reference documentation of all parameters, as Markdown.

use super::{ProblemName, Settings};
use crate::setting::{Kind, Parameters, Row, Scope};

/// `docs/settings.md`, made from [`Settings::TABLE`]: for each place the parameters of qf, then those of mg
/// that differ.
pub fn reference() -> String {
    let mut lines = vec![
        "# Settings\n\n\
         Every parameter of the command line, of `<lazy-limits>` and its URL hash, and of plans in JSON. This page is made\n\
         from the table in `src/lazy/setting/table.rs`; to write it anew, run `UPDATE_DOCS=1 cargo test --test docs`.\n"
            .to_owned(),
    ];
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
        section(&mut lines, "##", title, intro);
        let defaults = Settings::new(scope);
        lines.extend(Settings::rows(scope).map(|parameter| line(parameter, &defaults)));
        mixture(&mut lines, mixture_title, scope);
    }
    lines.concat()
}

/// What is different for mg in the place of `scope`.
fn mixture(lines: &mut Vec<String>, title: &str, scope: Scope) {
    let other = scope.of(ProblemName::Mixture);
    let gone: Vec<String> = Settings::rows(scope)
        .filter(|parameter| !parameter.scope.contains(other))
        .map(|parameter| format!("`{}`", parameter.key))
        .collect();
    let intro = format!(
        "A mixture of two Gaussians: as above without {}, and with",
        gone.join(", ")
    );
    section(lines, "###", title, &intro);
    let (before, defaults) = (Settings::new(scope), Settings::new(other));
    for parameter in Settings::rows(other) {
        let line = line(parameter, &defaults);
        let is_new = !parameter.scope.contains(scope);
        if is_new || line != self::line(parameter, &before) {
            lines.push(line);
        }
    }
}

fn section(lines: &mut Vec<String>, level: &str, title: &str, intro: &str) {
    lines.push(format!(
        "\n{level} {title}\n\n{intro}\n\n| key | value | default | meaning |\n|---|---|---|---|\n"
    ));
}

fn line(parameter: &Row, defaults: &Settings) -> String {
    let default = defaults.get(parameter.key).unwrap_or_default();
    let default = if default.is_empty() {
        "none".to_owned()
    } else {
        format!("`{default}`")
    };
    format!(
        "| `{}` | {} | {default} | {}. |\n",
        parameter.key,
        allowed(&parameter.kind),
        parameter.help,
    )
}

/// What is allowed, choices with their meaning.
fn allowed(kind: &Kind) -> String {
    match kind {
        Kind::Choice(choices) => {
            let rows: Vec<String> = choices
                .iter()
                .map(|choice| format!("`{}`: {}", choice.name, choice.help))
                .collect();
            rows.join("; ")
        }
        other => other.allowed(),
    }
}
