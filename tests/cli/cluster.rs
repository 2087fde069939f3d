//! Tasks of schedulers' arrays: which part they are, when they have to end, and who writes where.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::{Run, file, program};

const PLAN: &str = r#"{"schema":1,"name":"array","groups":[
    {"problem":"qf","dim":12,"steps":2000,"vary":{"neurons":[4,8,16],"regime":["nn","nt"]}},
    {"problem":"mg","dim":8,"regime":"rf","samples":3000}]}"#;

/// Runs of half a second each.
const LONGER: &str = r#"{"schema":1,"groups":[
    {"problem":"qf","dim":24,"steps":40000,"vary":{"neurons":[12,20],"seed":[1,2]}}]}"#;

fn place(name: &str, plan: &str) -> (PathBuf, PathBuf) {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-results"));
    let _ = fs::remove_dir_all(&directory);
    (file(&format!("{name}.json"), plan), directory)
}

fn sweep(plan: &Path, out: &Path, options: &str) -> Command {
    let mut command = program();
    let words = options.split_whitespace();
    command
        .arg("sweep")
        .arg(plan)
        .arg("--out")
        .arg(out)
        .args(words);
    command.env_remove("SLURM_JOB_END_TIME");
    command
}

fn made(command: &mut Command) -> Run {
    command.output().unwrap().into()
}

fn records(directory: &Path) -> String {
    fs::read_to_string(directory.join("records.jsonl")).unwrap()
}

#[test]
fn one_command_serves_every_task_of_an_array() {
    let (plan, whole) = place("cluster-whole", PLAN);
    assert_eq!(made(&mut sweep(&plan, &whole, "")).code, Some(0));
    let (_, parts) = place("cluster-parts", PLAN);
    let mut merge = program();
    merge.arg("merge");
    for task in 0..3 {
        let out = parts.join(task.to_string());
        // It begins where nothing is, and a task that is started again finds nothing to do.
        for _ in 0..2 {
            let mut command = sweep(&plan, &out, "--part auto/3 --resume");
            let run = made(command.env("JOB_COMPLETION_INDEX", task.to_string()));
            assert_eq!(run.code, Some(0), "{}", run.stderr);
        }
        merge.arg(out);
    }
    let (_, merged) = place("cluster-merged", PLAN);
    let run = made(merge.arg("--out").arg(&merged));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(records(&merged), records(&whole));
}

#[test]
fn what_no_scheduler_says_is_refused() {
    let (plan, out) = place("cluster-refused", PLAN);
    let refused = |part: &str, variables: &[(&str, &str)], parts: &[&str]| {
        let mut command = sweep(&plan, &out, &format!("--part {part}"));
        for name in [
            "SLURM_ARRAY_TASK_ID",
            "JOB_COMPLETION_INDEX",
            "PBS_ARRAY_INDEX",
            "SGE_TASK_ID",
            "HQ_TASK_ID",
        ] {
            command.env_remove(name);
        }
        made(command.envs(variables.iter().copied())).refused(part, parts);
        assert!(!out.exists());
    };
    refused("auto", &[], &["--part is “auto”, but none of", "I/K"]);
    refused("auto", &[("JOB_COMPLETION_INDEX", "1")], &["auto/16"]);
    let zero = [("PBS_ARRAY_INDEX", "0")];
    refused("auto/4", &zero, &["PBS_ARRAY_INDEX is “0”", "from 1 to 4"]);
    refused("auto/x", &zero, &["--part is “auto/x”", "auto/k"]);
    refused("automatic", &zero, &["--part is “automatic”"]);
    for time in ["soon", "-5m", "400d", ""] {
        let mut command = sweep(&plan, &out, "");
        made(command.arg(format!("--until={time}"))).refused(time, &["--until is", "55m"]);
    }
}

#[test]
fn work_ends_in_time_with_everything_saved() {
    let (plan, whole) = place("cluster-endless", LONGER);
    assert_eq!(made(&mut sweep(&plan, &whole, "")).code, Some(0));
    let (plan, out) = place("cluster-timed", LONGER);
    // Its time was over before it began.
    let mut command = sweep(&plan, &out, "--format json");
    let run = made(command.env("SLURM_JOB_END_TIME", "1000000000"));
    assert_eq!(run.code, Some(75), "{}", run.stderr);
    let summary: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        (&summary["interrupted"], &summary["finished"]),
        (&true.into(), &0.into())
    );
    // Some time, over and over: however little it is, what is done is not done again.
    let mut sessions = 0;
    loop {
        sessions += 1;
        let run = made(&mut sweep(
            &plan,
            &out,
            "--resume --until 300ms --threads 1",
        ));
        if run.code == Some(0) {
            break;
        }
        assert_eq!(run.code, Some(75), "{}", run.stderr);
        assert!(sessions < 1000, "nothing is ever done");
    }
    assert!(sessions > 1, "it was all done in the time of a session");
    assert_eq!(records(&out), records(&whole));
    // And whoever does not want that says so.
    fs::remove_dir_all(&out).unwrap();
    let mut command = sweep(&plan, &out, "--until never");
    let run = made(command.env("SLURM_JOB_END_TIME", "1000000000"));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

#[test]
fn threads_are_what_slurm_gives() {
    let (plan, out) = place("cluster-threads", PLAN);
    let mut command = sweep(&plan, &out, "--dry-run --format json");
    let json = made(command.env("SLURM_CPUS_PER_TASK", "1")).json();
    assert_eq!(json["threads"], 1);
    let mut command = sweep(&plan, &out, "--dry-run --format json --threads 3");
    assert_eq!(
        made(command.env("SLURM_CPUS_PER_TASK", "1")).json()["threads"],
        3
    );
}

#[test]
fn a_directory_that_another_machine_writes_to_is_refused() {
    let (plan, out) = place("cluster-lease", PLAN);
    fs::create_dir_all(&out).unwrap();
    let is_over = AtomicBool::new(false);
    let lease = |renewals: u64| {
        let text = format!(r#"{{"host":"elsewhere","process":7,"since":1,"renewals":{renewals}}}"#);
        // Whole, as whoever writes leases does.
        let temporary = out.join("other.tmp");
        fs::write(&temporary, text).unwrap();
        fs::rename(&temporary, out.join("lease.json")).unwrap();
    };
    lease(0);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut renewals = 0;
            while !is_over.load(Ordering::SeqCst) {
                renewals += 1;
                lease(renewals);
                thread::sleep(Duration::from_millis(20));
            }
        });
        let run = made(&mut sweep(&plan, &out, "--resume"));
        is_over.store(true, Ordering::SeqCst);
        assert_eq!(run.code, Some(1));
        let said = "error: process 7 on elsewhere is writing to";
        assert!(run.stderr.contains(said), "{}", run.stderr);
    });
    assert!(!out.join("records.jsonl").exists());
}
