//! The reference documentation of all parameters, as Markdown.

use super::{Kind, Scope, Settings, TABLE};

/// `docs/settings.md`, made from [`TABLE`].
pub fn reference() -> String {
    let mut lines = vec![
        "# Settings\n\n\
         Every parameter of the command line, of `<lazy-limits>` and its URL hash, and of plans in JSON. This page is made\n\
         from the table in `src/setting/table.rs`; to write it anew, run `UPDATE_DOCS=1 cargo test --test docs`.\n"
            .to_owned(),
    ];
    for (title, intro, scope) in [
        ("`lazy-limits risk`", "Limits N, d → ∞.", Scope::RISK),
        (
            "`lazy-limits exact`",
            "Exact risks at finite N and d.",
            Scope::EXACT,
        ),
        (
            "`lazy-limits train` and plans",
            "One run. In JSON the keys are the same, beside `\"schema\": 1` and `\"problem\": \"qf\"`.",
            Scope::TRAIN,
        ),
        (
            "`<lazy-limits figure=\"quadratic\">`",
            "Attributes, keys of `element.state`, and of the hash `#v=1&rho=0.3`.",
            Scope::PAGE,
        ),
    ] {
        lines.push(format!(
            "\n## {title}\n\n{intro}\n\n| key | value | default | meaning |\n|---|---|---|---|\n"
        ));
        let defaults = Settings::new(scope);
        for parameter in TABLE.iter().filter(|row| row.scope.contains(scope)) {
            let default = defaults.get(scope, parameter.key).unwrap_or_default();
            let default = if default.is_empty() {
                "none".to_owned()
            } else {
                format!("`{default}`")
            };
            lines.push(format!(
                "| `{}` | {} | {default} | {}. |\n",
                parameter.key,
                allowed(&parameter.kind),
                parameter.help,
            ));
        }
    }
    lines.concat()
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
