//! A plan of many runs, as versioned JSON.

use std::collections::HashSet;
use std::sync::Arc;

use crc::{CRC_64_XZ, Crc, Table};
use serde_json::{Map, Value};

use super::{SweepError, Work};
use crate::experiment::plan::{COMMENT, KindByName};
use crate::experiment::{Outline, Plan, ReadContext};
use crate::part;
use crate::setting::VERSION;
use crate::stream;

/// Most runs of one plan.
pub const MOST_RUNS: usize = 100_000;

/// The checksum of xz.
static CHECKSUM: Crc<u64, Table<1>> = Crc::<u64, Table<1>>::new(&CRC_64_XZ);

/// One run of a plan.
#[derive(Clone, Debug)]
pub struct Job {
    id: String,
    group: usize,
    plan: Plan,
    outline: Outline,
}

impl Job {
    /// Sixteen hexadecimal digits: the CRC-64 of the run's plan in its canonical form and of the
    /// version of the random streams. The same run has it in every plan.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Which group it is of, counted from 0.
    pub fn group(&self) -> usize {
        self.group
    }

    /// What is run.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What is known of it before it is made.
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// How much work it is.
    pub fn work(&self) -> Work {
        self.outline.work
    }
}

/// A plan of many runs: groups of settings, each with some of them varied. To clone it costs nothing.
#[derive(Clone, Debug)]
pub struct Sweep {
    name: String,
    groups: Arc<[Value]>,
    jobs: Arc<[Job]>,
    /// The places of all jobs in the order of their ids.
    by_id: Arc<[u32]>,
}

impl Sweep {
    /// Reads a plan.
    ///
    /// # Errors
    /// If it is no plan, or any of its runs is refused.
    pub fn from_json(text: &str) -> Result<Self, SweepError> {
        let object =
            serde_json::from_str(text).map_err(|failure| SweepError::Json(failure.to_string()))?;
        Self::from_object(object)
    }

    /// Reads a plan that is a JSON object already.
    ///
    /// # Errors
    /// If it is no plan, or any of its runs is refused.
    pub fn from_object(object: Map<String, Value>) -> Result<Self, SweepError> {
        Self::from_object_if(object, |_, _| Ok(()))
    }

    /// The same; `admit` is asked before anything is made that takes much memory, which “a target needs” names, in bytes,
    /// and says why it must not be.
    ///
    /// # Errors
    /// If it is no plan, or any of its runs is refused.
    pub fn from_object_if(
        object: Map<String, Value>,
        admit: impl Fn(&str, f64) -> Result<(), String>,
    ) -> Result<Self, SweepError> {
        Self::from_object_among(object, &admit, &part::run_kind)
    }

    /// The same, of kinds that are found so.
    pub(crate) fn from_object_among(
        mut object: Map<String, Value>,
        admit: &dyn Fn(&str, f64) -> Result<(), String>,
        find: KindByName<'_>,
    ) -> Result<Self, SweepError> {
        let schema = object.remove("schema").unwrap_or(Value::Null);
        if schema.as_f64() != Some(VERSION as f64) {
            return Err(field("schema", &schema, "1"));
        }
        let name = match object.remove("name") {
            None => String::new(),
            Some(Value::String(name)) => name,
            Some(other) => return Err(field("name", &other, "a text")),
        };
        object.remove(COMMENT);
        let groups = object.remove("groups");
        // A slip in “groups” is better answered by the slip than by what is missing.
        if let Some(field) = object.keys().next() {
            return Err(SweepError::Unknown {
                field: shortened(field),
            });
        }
        let groups = match groups {
            Some(Value::Array(groups)) if !groups.is_empty() => groups,
            other => {
                let value = other.unwrap_or(Value::Null);
                return Err(field("groups", &value, "a list of at least one group"));
            }
        };
        let mut reader = PlanReader {
            jobs: Vec::new(),
            ids: HashSet::new(),
            texts: HashSet::new(),
            context: ReadContext::new(admit),
            find,
        };
        for (index, group) in groups.iter().enumerate() {
            reader.group(index, group)?;
        }
        let jobs = reader.jobs;
        let mut by_id: Vec<u32> = (0..jobs.len() as u32).collect();
        by_id.sort_unstable_by_key(|&job| jobs[job as usize].id());
        Ok(Self {
            name,
            groups: groups.into(),
            jobs: jobs.into(),
            by_id: by_id.into(),
        })
    }

    /// The plan as JSON, as it was read.
    pub fn to_object(&self) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("schema".to_owned(), VERSION.into());
        object.insert("name".to_owned(), self.name.clone().into());
        object.insert("groups".to_owned(), self.groups.to_vec().into());
        object
    }

    /// Whether a JSON object is this plan as [`to_object`](Self::to_object) writes it: a sure sign, and quickly
    /// seen, that the runs are the same.
    #[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
    pub(crate) fn is_written_as(&self, object: &Map<String, Value>) -> bool {
        let groups = object.get("groups").and_then(Value::as_array);
        object.len() == 3
            && object.get("schema").is_some_and(|it| *it == VERSION)
            && object.get("name").is_some_and(|it| *it == self.name)
            && groups.is_some_and(|groups| **groups == *self.groups)
    }

    /// What it is called; empty if nothing.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All runs, in the order of the plan: group after group, in each the varied settings in the
    /// order of their keys, the last one changing fastest. A run that comes again is left out.
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// The place of the run of that id among [`jobs`](Self::jobs), if the plan has it.
    pub fn place(&self, id: &str) -> Option<usize> {
        let id_of = |&job: &u32| self.jobs[job as usize].id();
        let found = self.by_id.binary_search_by_key(&id, id_of);
        found.ok().map(|place| self.by_id[place] as usize)
    }
}

/// Runs as they are read.
struct PlanReader<'a> {
    jobs: Vec<Job>,
    ids: HashSet<String>,
    /// Texts of outlines, each once.
    texts: HashSet<Arc<str>>,
    context: ReadContext<'a>,
    find: KindByName<'a>,
}

impl PlanReader<'_> {
    fn group(&mut self, index: usize, group: &Value) -> Result<(), SweepError> {
        let number = index + 1;
        let Value::Object(group) = group else {
            let name = format!("group {number}");
            return Err(field(&name, group, "an object of settings"));
        };
        let mut fixed = group.clone();
        fixed.remove(COMMENT);
        let mut vary = match fixed.remove("vary") {
            None => Map::new(),
            Some(Value::Object(vary)) => vary,
            Some(other) => {
                let name = format!("vary of group {number}");
                return Err(field(&name, &other, "an object of lists"));
            }
        };
        vary.remove(COMMENT);
        fixed.insert("schema".to_owned(), VERSION.into());
        let mut runs = vec![fixed];
        for (key, values) in vary {
            if runs[0].contains_key(&key) {
                let key = shortened(&key);
                return Err(SweepError::Twice { group: number, key });
            }
            let values = match values {
                Value::Array(values) if !values.is_empty() => values,
                other => {
                    let name = format!("{} in vary of group {number}", shortened(&key));
                    return Err(field(&name, &other, "a list of at least one value"));
                }
            };
            if runs.len().saturating_mul(values.len()) > MOST_RUNS {
                return Err(SweepError::Many);
            }
            runs = runs
                .iter()
                .flat_map(|run| {
                    values.iter().map(|value| {
                        let mut run = run.clone();
                        run.insert(key.clone(), value.clone());
                        run
                    })
                })
                .collect();
        }
        for run in runs {
            self.run(index, run)?;
        }
        Ok(())
    }

    fn run(&mut self, group: usize, run: Map<String, Value>) -> Result<(), SweepError> {
        let refused = |error| SweepError::Run {
            group: group + 1,
            error,
        };
        let plan = Plan::from_object_among(run, self.find).map_err(refused)?;
        let outline = (plan.kind().outline)(&plan, &mut self.context).map_err(refused)?;
        let id = id(&plan);
        if self.ids.insert(id.clone()) {
            if self.jobs.len() == MOST_RUNS {
                return Err(SweepError::Many);
            }
            let outline = Outline {
                words: self.once(outline.words),
                pace: self.once(outline.pace),
                shares: outline.shares.map(|text| self.once(text)),
                ..outline
            };
            self.jobs.push(Job {
                id,
                group,
                plan,
                outline,
            });
        }
        Ok(())
    }

    /// The same text where it was met first: few of them stand in many runs.
    fn once(&mut self, text: Arc<str>) -> Arc<str> {
        if let Some(known) = self.texts.get(&text) {
            return known.clone();
        }
        self.texts.insert(text.clone());
        text
    }
}

fn id(plan: &Plan) -> String {
    // Keys of a JSON object are sorted, and numbers are written in one way.
    let text = Value::Object(plan.to_object()).to_string();
    let mut digest = CHECKSUM.digest();
    digest.update(&stream::VERSION.to_le_bytes());
    digest.update(text.as_bytes());
    format!("{:016x}", digest.finalize())
}

fn field(name: &str, value: &Value, allowed: &'static str) -> SweepError {
    SweepError::Field {
        field: name.to_owned(),
        value: shortened(&value.to_string()),
        allowed,
    }
}

fn shortened(text: &str) -> String {
    const LENGTH: usize = 60;
    let mut out: String = text.chars().take(LENGTH).collect();
    if text.chars().nth(LENGTH).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{PlanPart, cohorts};
    use super::*;

    const PLAN: &str = r#"{"schema":1,"name":"test","groups":[
        {"problem":"qf","dim":6,"steps":50,"vary":{"neurons":[2,9,4],"seed":[1,2]}},
        {"problem":"qf","dim":6,"steps":50,"neurons":4,"vary":{"step-scale":[0.5,1,2]}},
        {"problem":"mg","dim":6,"regime":"rf","samples":500,"delta":"flat:1"}]}"#;

    #[test]
    fn a_plan_is_the_product_of_its_lists_without_repetitions() {
        let sweep = Sweep::from_json(PLAN).unwrap();
        let short = |job: &Job| {
            let setting = |key: &str| job.plan().settings().get(key).and_then(Value::as_u64);
            // The default seed is left out.
            let seed = setting("seed").unwrap_or(1);
            (job.group(), setting("neurons"), seed)
        };
        let jobs: Vec<_> = sweep.jobs().iter().map(short).collect();
        // step-scale 1 of the second group is a run of the first.
        let expected = [
            (0, Some(2), 1),
            (0, Some(2), 2),
            (0, Some(9), 1),
            (0, Some(9), 2),
            (0, Some(4), 1),
            (0, Some(4), 2),
            (1, Some(4), 1),
            (1, Some(4), 1),
            (2, None, 1),
        ];
        assert_eq!(jobs, expected);
        let again = Sweep::from_object(sweep.to_object()).unwrap();
        let ids = |sweep: &Sweep| -> Vec<String> {
            sweep.jobs().iter().map(|job| job.id().to_owned()).collect()
        };
        assert_eq!(ids(&again), ids(&sweep));
        assert_eq!(sweep.name(), "test");
        // Results are filed under it: only another version of the random streams may change it.
        assert_eq!(sweep.jobs()[0].id(), "daafb1c1d4090aae");
    }

    #[test]
    fn runs_are_found_by_their_ids() {
        let sweep = Sweep::from_json(PLAN).unwrap();
        for (place, job) in sweep.jobs().iter().enumerate() {
            assert_eq!(sweep.place(job.id()), Some(place));
        }
        for id in [
            "",
            "0000000000000000",
            "daafb1c1d4090aa",
            "fffffffffffffffff",
        ] {
            assert_eq!(sweep.place(id), None);
        }
    }

    #[test]
    fn comments_stand_anywhere_and_change_nothing() {
        let said = PLAN
            .replace("\"groups\"", "\"comment\": \"why\", \"groups\"")
            .replace("\"steps\":50", "\"steps\":50,\"comment\":[1,2]")
            .replace("\"vary\":{", "\"vary\":{\"comment\":{},");
        let ids = |text: &str| -> Vec<String> {
            let sweep = Sweep::from_json(text).unwrap();
            sweep.jobs().iter().map(|job| job.id().to_owned()).collect()
        };
        assert_eq!(ids(&said), ids(PLAN));
    }

    #[test]
    fn parts_are_disjoint_and_complete_and_balanced() {
        let sweep = Sweep::from_json(
            r#"{"schema":1,"groups":[{"problem":"qf","steps":1000,
            "vary":{"neurons":[30,60,90,120,150,180,210,240,270,300],"seed":[1,2,3,4]}}]}"#,
        )
        .unwrap();
        let jobs = sweep.jobs();
        let parts: Vec<Vec<usize>> = (1..=4)
            .map(|k| format!("{k}/4").parse::<PlanPart>().unwrap().of(jobs))
            .collect();
        let mut all = parts.concat();
        all.sort_unstable();
        assert_eq!(all, (0..40).collect::<Vec<_>>());
        let work = |part: &[usize]| {
            part.iter()
                .map(|&job| jobs[job].work().total())
                .sum::<f64>()
        };
        let mean = work(&all) / 4.0;
        for part in &parts {
            assert!((work(part) / mean - 1.0).abs() < 0.05);
        }
        assert_eq!(PlanPart::WHOLE.of(jobs), all);
        for text in ["0/4", "5/4", "1", "1/0", "a/b", "-1/4", "1/99999"] {
            let error = text.parse::<PlanPart>().unwrap_err().to_string();
            assert!(error.contains(text), "{error}");
        }
    }

    #[test]
    fn cohorts_share_what_there_is_to_share() {
        let sweep = Sweep::from_json(
            r#"{"schema":1,"groups":[
            {"problem":"qf","dim":20,"vary":{"neurons":[2,10,9,11],"seed":[1,2]}},
            {"problem":"qf","dim":20,"regime":"nt","vary":{"neurons":[15,16],"step-scale":[0.5,2]}},
            {"problem":"qf","dim":20,"regime":"rf","samples":500,"vary":{"neurons":[2,3]}}]}"#,
        )
        .unwrap();
        let all = PlanPart::WHOLE.of(sweep.jobs());
        let sets = cohorts(sweep.jobs(), &all, 2);
        // Narrow networks of one seed, NT of one width; a wide NN and a fit are on their own.
        let nn = [vec![6], vec![7], vec![2, 4, 0], vec![3, 5, 1]];
        let rest = [vec![10, 11], vec![8, 9], vec![13], vec![12]];
        assert_eq!(sets, [nn, rest].concat());
        // On many threads each runs alone.
        let single = cohorts(sweep.jobs(), &all, 14);
        assert!(single.iter().all(|cohort| cohort.len() == 1));
        assert_eq!(single.len(), sweep.jobs().len());
    }

    #[test]
    fn plans_that_are_none_say_why() {
        for (text, part) in [
            ("[]", "JSON object"),
            (r#"{"groups":[]}"#, "schema is null, but must be 1"),
            (r#"{"schema":2,"groups":[]}"#, "schema is 2"),
            (r#"{"schema":1}"#, "groups is null, but must be a list"),
            (r#"{"schema":1,"groups":[]}"#, "groups is []"),
            (
                r#"{"schema":1,"groups":[7]}"#,
                "group 1 is 7, but must be an object",
            ),
            (
                r#"{"schema":1,"name":3,"groups":[{"problem":"qf"}]}"#,
                "name is 3",
            ),
            (
                r#"{"schema":1,"colour":3,"groups":[{"problem":"qf"}]}"#,
                "no field “colour”",
            ),
            (
                r#"{"schema":1,"group":[{"problem":"qf"}]}"#,
                "no field “group”",
            ),
            (
                r#"{"schema":1,"groups":[{"problem":"qf"},{"problem":"gm"}]}"#,
                "group 2: problem is \"gm\", but must be \"qf\" or \"mg\"",
            ),
            (
                r#"{"schema":1,"groups":[{"problem":"qf","vary":[1]}]}"#,
                "vary of group 1 is [1], but must be an object of lists",
            ),
            (
                r#"{"schema":1,"groups":[{"problem":"qf","vary":{"seed":[]}}]}"#,
                "seed in vary of group 1 is [], but must be a list",
            ),
            (
                r#"{"schema":1,"groups":[{"problem":"qf","seed":1,"vary":{"seed":[2]}}]}"#,
                "seed stands both beside vary and in it",
            ),
            (
                r#"{"schema":1,"groups":[{"problem":"qf","vary":{"neurons":[2,0]}}]}"#,
                "group 1: neurons is “0”, but must be auto, or a whole number from 1",
            ),
            (
                r#"{"schema":1,"groups":[{"problem":"mg","activation":"relu"}]}"#,
                "group 1: activation must be quadratic",
            ),
            (
                r#"{"schema":1,"groups":[{"problem":"qf","rho":1}]}"#,
                "no setting “rho”",
            ),
        ] {
            let error = Sweep::from_json(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
        let list: Vec<String> = (0..400).map(|k| k.to_string()).collect();
        let list = list.join(",");
        let many = format!(
            r#"{{"schema":1,"groups":[{{"problem":"qf","vary":{{"seed":[{list}],"spectrum-seed":[{list}]}}}}]}}"#
        );
        assert_eq!(Sweep::from_json(&many).unwrap_err(), SweepError::Many);
    }
}
