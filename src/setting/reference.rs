//! Settings as the reference documentation has them, in Markdown.

use super::{Kind, Parameters, Row, Scope};

/// A place where settings of a part are set: what it is called, what it is, and a line for each of its parameters.
pub(crate) fn section<P: Parameters>(title: &str, intro: &str, scope: Scope) -> String {
    let defaults = P::new(scope);
    let lines = P::rows(scope).map(|parameter| line(parameter, &defaults));
    head("##", title, intro) + &lines.collect::<String>()
}

/// What is different for `other` in the place of `scope`; after the words `intro` stand the keys that it does not have.
pub(crate) fn difference<P: Parameters>(
    title: &str,
    intro: &str,
    scope: Scope,
    other: Scope,
) -> String {
    let gone: Vec<String> = P::rows(scope)
        .filter(|parameter| !parameter.scope.contains(other))
        .map(|parameter| format!("`{}`", parameter.key))
        .collect();
    let intro = format!("{intro} {}, and with", gone.join(", "));
    let (before, defaults) = (P::new(scope), P::new(other));
    let lines = P::rows(other).filter_map(|parameter| {
        let line = line(parameter, &defaults);
        let is_new = !parameter.scope.contains(scope);
        (is_new || line != self::line(parameter, &before)).then_some(line)
    });
    head("###", title, &intro) + &lines.collect::<String>()
}

fn head(level: &str, title: &str, intro: &str) -> String {
    format!(
        "\n{level} {title}\n\n{intro}\n\n| key | value | default | meaning |\n|---|---|---|---|\n"
    )
}

fn line<P: Parameters>(parameter: &Row, defaults: &P) -> String {
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
