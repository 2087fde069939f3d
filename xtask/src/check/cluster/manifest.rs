//! What a manifest of an Indexed Job says, as Kubernetes reads it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::process;

/// The oldest version with a limit for each index that need not be switched on, and the newest that is known.
const VERSIONS: [&str; 2] = ["1.29", "1.37"];

/// An Indexed Job.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) completions: usize,
    pub(super) parallelism: usize,
    /// Failures of an index after which it has failed for good.
    pub(super) backoff_limit: usize,
    /// From TERM to KILL.
    pub(super) grace: Duration,
    /// The program and its arguments.
    pub(super) words: Vec<String>,
    rules: Vec<Rule>,
}

/// What is done about a pod that has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// The whole Job has failed.
    FailJob,
    /// It is begun again, as if nothing had happened.
    Ignore,
    /// It is begun again, as often as the limit allows.
    Count,
}

/// For which pods what is done.
#[derive(Debug)]
struct Rule {
    action: Action,
    /// Exit statuses, and whether it is these or all others.
    codes: Option<(Vec<i64>, bool)>,
    /// Conditions of pods.
    conditions: Vec<String>,
}

impl Manifest {
    /// Reads one that is valid.
    pub(super) fn read(python: &Path, file: &Path) -> Result<Self> {
        let mut command = process::program(python);
        command.arg("xtask/python/manifest.py").arg(file);
        let text = process::output(command.args(VERSIONS))?;
        Self::from_json(&serde_json::from_str(&text)?)
    }

    fn from_json(job: &Value) -> Result<Self> {
        let spec = &job["spec"];
        ensure!(
            (&job["kind"], &spec["completionMode"]) == (&"Job".into(), &"Indexed".into()),
            "it is no Indexed Job"
        );
        let pod = &spec["template"]["spec"];
        // Kubernetes takes a policy only then.
        ensure!(
            pod["restartPolicy"] == "Never",
            "pods would be begun again where they are"
        );
        let number = |value: &Value, name: &str| {
            let number = value[name].as_u64();
            number.with_context(|| format!("{name} is not given"))
        };
        let container = &pod["containers"][0];
        let words = ["command", "args"]
            .iter()
            .flat_map(|name| container[name].as_array().into_iter().flatten())
            .map(|word| word.as_str().map(str::to_owned));
        let words = words.collect::<Option<Vec<_>>>();
        let rules = spec["podFailurePolicy"]["rules"].as_array();
        let rules = rules.into_iter().flatten().map(Rule::from_json);
        let name = &container["name"];
        let rules = rules
            .map(|rule| rule.and_then(|(rule, of)| named(rule, of.as_ref(), name)))
            .collect::<Result<_>>()?;
        Ok(Self {
            completions: number(spec, "completions")? as usize,
            parallelism: number(spec, "parallelism")? as usize,
            backoff_limit: number(spec, "backoffLimitPerIndex")? as usize,
            grace: Duration::from_secs(number(pod, "terminationGracePeriodSeconds")?),
            words: words
                .filter(|words| !words.is_empty())
                .context("there is no command")?,
            rules,
        })
    }

    /// What is done about a pod that ended with `code`, which was evicted or was not: by the first rule that is about it.
    pub(super) fn action(&self, code: i64, is_evicted: bool) -> Action {
        let rule = self.rules.iter().find(|rule| {
            let by_code = rule
                .codes
                .as_ref()
                .is_some_and(|(codes, is_in)| codes.contains(&code) == *is_in);
            let by_condition = is_evicted
                && rule
                    .conditions
                    .iter()
                    .any(|kind| kind == "DisruptionTarget");
            by_code || by_condition
        });
        rule.map_or(Action::Count, |rule| rule.action)
    }
}

/// A rule about exit statuses names the container, which must be there.
fn named(rule: Rule, of: Option<&Value>, name: &Value) -> Result<Rule> {
    ensure!(
        of.is_none_or(|of| of == name),
        "a rule is about a container that is not there"
    );
    Ok(rule)
}

impl Rule {
    /// It, and the name of the container that it is about.
    fn from_json(rule: &Value) -> Result<(Self, Option<Value>)> {
        let action = match rule["action"].as_str() {
            Some("FailJob") => Action::FailJob,
            Some("Ignore") => Action::Ignore,
            Some("Count") => Action::Count,
            other => anyhow::bail!("an action is {other:?}"),
        };
        let exit = &rule["onExitCodes"];
        let codes = exit["values"].as_array().map(|values| {
            let codes = values.iter().filter_map(Value::as_i64).collect();
            (codes, exit["operator"] == "In")
        });
        let conditions = rule["onPodConditions"].as_array().into_iter().flatten();
        let conditions = conditions
            .filter_map(|condition| condition["type"].as_str().map(str::to_owned))
            .collect();
        let of = exit.get("containerName").cloned();
        let rule = Self {
            action,
            codes,
            conditions,
        };
        Ok((rule, of))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn job() -> Value {
        json!({"kind": "Job", "spec": {
            "completionMode": "Indexed", "completions": 8, "parallelism": 4, "backoffLimitPerIndex": 3,
            "podFailurePolicy": {"rules": [
                {"action": "FailJob", "onExitCodes": {"containerName": "it", "operator": "In", "values": [2]}},
                {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]},
            "template": {"spec": {"restartPolicy": "Never", "terminationGracePeriodSeconds": 60,
                "containers": [{"name": "it", "command": ["sh", "-c"], "args": ["true"]}]}}}})
    }

    #[test]
    fn the_first_rule_that_is_about_a_pod_counts() {
        let manifest = Manifest::from_json(&job()).unwrap();
        assert_eq!(manifest.words, ["sh", "-c", "true"]);
        assert_eq!(manifest.grace, Duration::from_secs(60));
        assert_eq!(manifest.action(2, true), Action::FailJob);
        assert_eq!(manifest.action(75, true), Action::Ignore);
        assert_eq!(manifest.action(75, false), Action::Count);
    }

    #[test]
    fn a_job_that_would_not_do_is_refused() {
        let refused = |change: fn(&mut Value)| {
            let mut job = job();
            change(&mut job["spec"]);
            Manifest::from_json(&job).unwrap_err().to_string()
        };
        let text = refused(|spec| spec["completionMode"] = "NonIndexed".into());
        assert!(text.contains("no Indexed Job"));
        let text = refused(|spec| spec["template"]["spec"]["restartPolicy"] = "OnFailure".into());
        assert!(text.contains("begun again"));
        let text = refused(|spec| spec["template"]["spec"]["containers"][0]["name"] = "a".into());
        assert!(text.contains("not there"));
        let text = refused(|spec| spec["backoffLimitPerIndex"] = Value::Null);
        assert!(text.contains("backoffLimitPerIndex is not given"));
    }
}
