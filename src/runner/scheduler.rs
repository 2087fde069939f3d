//! What a scheduler says of the task that a process is, by its environment.

use std::time::Duration;

use crate::experiment::sweep::PlanPart;

/// An environment: the value of a variable, if it is set.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// How a scheduler tells a task of an array which it is.
struct Array {
    /// The variable with its number.
    number: &'static str,
    /// Whether numbers begin at 0; else they are those that the array was asked for with, of which the first stands for part 1.
    from_zero: bool,
    /// The variables with the array's first number, the step from one to the next, and how many there are, as far as there are any.
    /// What is missing is 1, but the count, which then has to be given.
    first: Option<&'static str>,
    step: Option<&'static str>,
    count: Count,
}

/// Where the number of tasks stands.
enum Count {
    /// In a variable.
    In(&'static str),
    /// It follows from the last number, which a variable has.
    Last(&'static str),
    /// Nowhere.
    Unknown,
}

/// The schedulers whose arrays are known. One that runs inside another's allocation comes first.
const ARRAYS: [Array; 6] = [
    // HyperQueue
    Array {
        number: "HQ_TASK_ID",
        from_zero: false,
        first: None,
        step: None,
        count: Count::Unknown,
    },
    // Slurm
    Array {
        number: "SLURM_ARRAY_TASK_ID",
        from_zero: false,
        first: Some("SLURM_ARRAY_TASK_MIN"),
        step: Some("SLURM_ARRAY_TASK_STEP"),
        count: Count::In("SLURM_ARRAY_TASK_COUNT"),
    },
    // Indexed Jobs of Kubernetes
    Array {
        number: "JOB_COMPLETION_INDEX",
        from_zero: true,
        first: None,
        step: None,
        count: Count::Unknown,
    },
    // PBS Pro and OpenPBS
    Array {
        number: "PBS_ARRAY_INDEX",
        from_zero: false,
        first: None,
        step: None,
        count: Count::Unknown,
    },
    // Grid Engine, which says “undefined” outside of arrays
    Array {
        number: "SGE_TASK_ID",
        from_zero: false,
        first: Some("SGE_TASK_FIRST"),
        step: Some("SGE_TASK_STEPSIZE"),
        count: Count::Last("SGE_TASK_LAST"),
    },
    // AWS Batch
    Array {
        number: "AWS_BATCH_JOB_ARRAY_INDEX",
        from_zero: true,
        first: None,
        step: None,
        count: Count::In("AWS_BATCH_JOB_ARRAY_SIZE"),
    },
];

/// Why an environment does not say which part of a plan a task is. Each message is one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TaskError {
    /// There is no array.
    #[error(
        "part is “auto”, but none of {} is set, by which a scheduler numbers the tasks of an array; give it as I/K",
        numbers()
    )]
    NoArray,
    /// The number of tasks is not known.
    #[error(
        "part is “auto”, but {0} does not say how many tasks there are; give their number, as in “auto/16”"
    )]
    NoCount(&'static str),
    /// A variable is not what it should be.
    #[error("part is “auto”, but {name} is “{value}”, and must be {allowed}")]
    Strange {
        /// The variable.
        name: &'static str,
        /// What it is.
        value: String,
        /// What it must be.
        allowed: String,
    },
}

fn numbers() -> String {
    ARRAYS.map(|array| array.number).join(", ")
}

/// Which part of a plan the task of this environment is. Where `count` is given, there are that many tasks, and the scheduler's
/// numbers are 1 … count (0 … count − 1 with those that begin at 0), whichever of them have been started this time. Else the array
/// that was started is the whole.
///
/// # Errors
/// If there is no array, or its numbers do not fit.
pub fn part(environment: Environment<'_>, count: Option<usize>) -> Result<PlanPart, TaskError> {
    let found = ARRAYS.iter().find_map(|array| {
        let value = environment(array.number).filter(|value| value != "undefined")?;
        Some((array, value))
    });
    let Some((array, value)) = found else {
        return Err(TaskError::NoArray);
    };
    let at = whole(array.number, &value)?;
    let of = |name: Option<&'static str>| {
        let value = name.and_then(|name| Some((name, environment(name)?)));
        value.map_or(Ok(1), |(name, value)| whole(name, &value))
    };
    let (first, step, count) = if let Some(count) = count {
        (usize::from(!array.from_zero), 1, count)
    } else {
        let first = if array.from_zero { 0 } else { of(array.first)? };
        let step = of(array.step)?.max(1);
        let known = |name: &'static str| {
            let value = environment(name).ok_or(TaskError::NoCount(array.number))?;
            whole(name, &value)
        };
        let count = match array.count {
            Count::In(name) => known(name)?,
            Count::Last(name) => known(name)?.saturating_sub(first) / step + 1,
            Count::Unknown => return Err(TaskError::NoCount(array.number)),
        };
        (first, step, count)
    };
    let place = at.checked_sub(first).filter(|past| past % step == 0);
    let part = place.and_then(|past| PlanPart::new(past / step + 1, count));
    part.ok_or_else(|| {
        let last = (first + step * count).saturating_sub(step);
        let steps = if step > 1 {
            format!(" in steps of {step}")
        } else {
            String::new()
        };
        strange(
            array.number,
            &value,
            format!(
                "a whole number from {first} to {last}{steps}; where some tasks of an array are started again, say how many there are in all, as in “auto/16”"
            ),
        )
    })
}

fn whole(name: &'static str, value: &str) -> Result<usize, TaskError> {
    let number = value.trim().parse::<u32>().ok();
    number
        .map(|number| number as usize)
        .ok_or_else(|| strange(name, value, "a whole number".to_owned()))
}

fn strange(name: &'static str, value: &str, allowed: String) -> TaskError {
    TaskError::Strange {
        name,
        value: value.chars().take(40).collect(),
        allowed,
    }
}

/// The processors that a scheduler gives to the task, if it says so.
pub fn processors(environment: Environment<'_>) -> Option<usize> {
    let value = environment("SLURM_CPUS_PER_TASK")?;
    value
        .trim()
        .parse()
        .ok()
        .filter(|&processors| processors > 0)
}

/// How long the task may still work until it has to save, `now` being the time since 1970; nothing if that is past. None if the
/// scheduler does not say when its time ends.
pub fn left(environment: Environment<'_>, now: Duration) -> Option<Duration> {
    let end = environment("SLURM_JOB_END_TIME")?;
    let end = Duration::from_secs(end.trim().parse().ok()?);
    let left = end.saturating_sub(now);
    // A tenth, a minute at most. Runs are saved within a second or so, but disks of many machines can be slow.
    let reserve = (left / 10).min(Duration::from_secs(60));
    Some(left.saturating_sub(reserve))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(variables: &[(&str, &str)], count: Option<usize>) -> Result<String, String> {
        let environment = |name: &str| {
            let mut own = variables.iter();
            own.find(|(own, _)| *own == name)
                .map(|(_, value)| (*value).to_owned())
        };
        part(&environment, count)
            .map(|part| part.to_string())
            .map_err(|error| error.to_string())
    }

    const SLURM: [(&str, &str); 4] = [
        ("SLURM_ARRAY_TASK_ID", "12"),
        ("SLURM_ARRAY_TASK_MIN", "4"),
        ("SLURM_ARRAY_TASK_STEP", "4"),
        ("SLURM_ARRAY_TASK_COUNT", "5"),
    ];

    #[test]
    fn each_scheduler_says_which_task_it_is() {
        assert_eq!(found(&SLURM, None).unwrap(), "3/5");
        assert_eq!(found(&SLURM, Some(16)).unwrap(), "12/16");
        let zero = [("JOB_COMPLETION_INDEX", "0")];
        assert_eq!(found(&zero, Some(16)).unwrap(), "1/16");
        for name in ["PBS_ARRAY_INDEX", "HQ_TASK_ID"] {
            assert_eq!(found(&[(name, "16")], Some(16)).unwrap(), "16/16");
        }
        let engine = [
            ("SGE_TASK_ID", "5"),
            ("SGE_TASK_FIRST", "1"),
            ("SGE_TASK_LAST", "10"),
            ("SGE_TASK_STEPSIZE", "2"),
        ];
        assert_eq!(found(&engine, None).unwrap(), "3/5");
        let batch = [
            ("AWS_BATCH_JOB_ARRAY_INDEX", "3"),
            ("AWS_BATCH_JOB_ARRAY_SIZE", "4"),
        ];
        assert_eq!(found(&batch, None).unwrap(), "4/4");
    }

    #[test]
    fn one_inside_another_counts() {
        let mut both = SLURM.to_vec();
        both.push(("HQ_TASK_ID", "2"));
        assert_eq!(found(&both, Some(8)).unwrap(), "2/8");
        let outside = [("SGE_TASK_ID", "undefined"), ("PBS_ARRAY_INDEX", "2")];
        assert_eq!(found(&outside, Some(8)).unwrap(), "2/8");
    }

    #[test]
    fn what_does_not_fit_is_one_sentence() {
        let refused = |variables: &[(&str, &str)], count| found(variables, count).unwrap_err();
        assert!(refused(&[], None).contains("SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX"));
        assert!(refused(&[("SGE_TASK_ID", "undefined")], Some(2)).contains("none of"));
        let index = [("JOB_COMPLETION_INDEX", "0")];
        assert!(
            refused(&index, None).contains("JOB_COMPLETION_INDEX does not say how many"),
            "{}",
            refused(&index, None)
        );
        for (value, count) in [("x", 4), ("-1", 4), ("4", 4), ("99999999999", 4)] {
            let text = refused(&[("JOB_COMPLETION_INDEX", value)], Some(count));
            assert!(text.contains(&format!("“{value}”, and must be")), "{text}");
        }
        // Two tasks of sixteen, started again: their count is not that of the parts.
        let some = [
            ("SLURM_ARRAY_TASK_ID", "7"),
            ("SLURM_ARRAY_TASK_MIN", "3"),
            ("SLURM_ARRAY_TASK_STEP", "1"),
            ("SLURM_ARRAY_TASK_COUNT", "2"),
        ];
        assert!(refused(&some, None).contains("as in “auto/16”"));
        assert_eq!(found(&some, Some(16)).unwrap(), "7/16");
    }

    #[test]
    fn there_is_time_to_save() {
        let environment = |name: &str| (name == "SLURM_JOB_END_TIME").then(|| "1000".to_owned());
        let seconds = Duration::from_secs;
        assert_eq!(left(&environment, seconds(400)), Some(seconds(540)));
        assert_eq!(left(&environment, seconds(950)), Some(seconds(45)));
        assert_eq!(left(&environment, seconds(4000)), Some(seconds(0)));
        assert_eq!(left(&|_| None, seconds(4)), None);
    }
}
