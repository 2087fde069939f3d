//! Tasks of schedulers' arrays: which part they are, when they have to end, and who writes where.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::sweep::{command as sweep, place, records};
use crate::{Run, program};

const PLAN: &str = r#"{"schema":1,"name":"array","groups":[
    {"problem":"qf","dim":12,"steps":2000,"vary":{"neurons":[4,8,16],"regime":["nn","nt"]}},
    {"problem":"mg","dim":8,"regime":"rf","samples":3000}]}"#;

/// Runs of half a second each.
const LONGER: &str = r#"{"schema":1,"groups":[
    {"problem":"qf","dim":24,"steps":40000,"vary":{"neurons":[12,20],"seed":[1,2]}}]}"#;

fn made(command: &mut Command) -> Run {
    command.output().unwrap().into()
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

/// A script on disk, and the directory that it is run in, where a program named `scontrol` says that tasks are in the state that a
/// variable has, and notes what else it is asked.
#[cfg(unix)]
fn scripted(name: &str, plan: &str, options: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join("my plan.json"), plan).unwrap();
    let mut command = program();
    command
        .current_dir(&directory)
        .args(["sweep", "my plan.json", "--script"]);
    let run = made(command.args(options.split_whitespace()));
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    fs::write(directory.join("script"), run.stdout).unwrap();
    let scontrol = directory.join("scontrol");
    let answer = r#"#!/bin/sh
case $* in
    *"show job 77_"*) echo "JobId=78 ArrayJobId=77 JobState=$STATE Reason=None" ;;
    *) echo "$*" >> asked ;;
esac
"#;
    fs::write(&scontrol, answer).unwrap();
    fs::set_permissions(&scontrol, fs::Permissions::from_mode(0o755)).unwrap();
    directory
}

/// Starts a script as a task with these variables.
#[cfg(unix)]
fn task(directory: &Path, variables: &[(&str, &str)]) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_lazy-limits"))
        .parent()
        .unwrap();
    let path = std::env::var("PATH").unwrap();
    let mut command = Command::new("sh");
    command
        .arg("script")
        .current_dir(directory)
        .env(
            "PATH",
            format!("{}:{}:{path}", directory.display(), program.display()),
        )
        .env_remove("SLURM_JOB_END_TIME")
        .envs(variables.iter().copied());
    command
}

/// A task of a Slurm array that is told to end saves its work and is put back into the queue, over and over, until it is done; the
/// parts then are the whole.
#[cfg(unix)]
#[test]
fn the_script_for_slurm_is_started_again_until_all_is_done() {
    let (plan, whole) = place("cluster-slurm-whole", LONGER);
    assert_eq!(made(&mut sweep(&plan, &whole, "")).code, Some(0));
    let directory = scripted("cluster-slurm", LONGER, "slurm --tasks 2 --out it's");
    let out = directory.join("it's");
    let mut stopped = 0;
    for number in ["1", "2"] {
        let variables = [
            ("SLURM_ARRAY_TASK_ID", number),
            ("SLURM_ARRAY_JOB_ID", "77"),
            ("STATE", "RUNNING"),
        ];
        loop {
            let part = out.join(format!("part-{number}"));
            let lease = part.join("lease.json");
            // Whoever had nothing to save may have left it.
            let _ = fs::remove_file(&lease);
            let mut child = task(&directory, &variables).spawn().unwrap();
            if stopped < 2 && crate::runs_until(&mut child, || lease.exists()) {
                let killed = Command::new("kill")
                    .args(["-TERM", &child.id().to_string()])
                    .status();
                assert!(killed.unwrap().success());
            }
            match child.wait().unwrap().code() {
                Some(0) => break,
                code => assert_eq!(code, Some(75)),
            }
            stopped += 1;
        }
    }
    let asked = fs::read_to_string(directory.join("asked")).unwrap_or_default();
    assert_eq!(asked.lines().count(), stopped);
    assert!(
        asked
            .lines()
            .all(|line| line == "requeue 77_1" || line == "requeue 77_2"),
        "{asked}"
    );
    assert!(stopped > 0, "no task was stopped while it was at work");
    let mut merge = program();
    merge
        .arg("merge")
        .args([out.join("part-1"), out.join("part-2")]);
    let run = made(merge.arg("--out").arg(out.join("merged")));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(records(&out.join("merged")), records(&whole));
}

/// What is cancelled is told to end just as what has run out of time, but must not come back.
#[cfg(unix)]
#[test]
fn the_script_for_slurm_puts_nothing_back_that_was_cancelled() {
    let endless = r#"{"schema":1,"groups":[{"problem":"qf","dim":12,"steps":1000000000}]}"#;
    let directory = scripted("cluster-cancelled", endless, "slurm --tasks 1 --out out");
    for (state, asked) in [("COMPLETING", ""), ("SIGNALING", "requeue 77_1\n")] {
        let variables = [
            ("SLURM_ARRAY_TASK_ID", "1"),
            ("SLURM_ARRAY_JOB_ID", "77"),
            ("STATE", state),
        ];
        let lease = directory.join("out/part-1/lease.json");
        // Whoever had nothing to save may have left it.
        let _ = fs::remove_file(&lease);
        let mut child = task(&directory, &variables).spawn().unwrap();
        assert!(crate::runs_until(&mut child, || lease.exists()));
        let killed = Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status();
        assert!(killed.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(75));
        let found = fs::read_to_string(directory.join("asked")).unwrap_or_default();
        assert_eq!(found, asked);
    }
}

/// The second copy of a task on one machine hears who is at work.
#[test]
fn a_directory_that_another_process_writes_to_is_refused() {
    let endless = r#"{"schema":1,"groups":[{"problem":"qf","dim":12,"steps":1000000000}]}"#;
    let (plan, out) = place("cluster-busy", endless);
    let mut first = sweep(&plan, &out, "").spawn().unwrap();
    let begun = crate::runs_until(&mut first, || out.join("checkpoints").exists());
    let second = made(&mut sweep(&plan, &out, "--resume"));
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(begun);
    assert_eq!(second.code, Some(1));
    let said = format!("error: process {} on ", first.id());
    assert!(second.stderr.contains(&said), "{}", second.stderr);
}

#[test]
fn scripts_say_what_was_asked() {
    let (plan, _) = place("cluster-scripts", PLAN);
    let script = |options: &str| {
        let mut command = program();
        command
            .arg("sweep")
            .arg(&plan)
            .args(options.split_whitespace());
        made(&mut command)
    };
    let slurm = script("--script slurm --tasks 3 --threads 4").stdout;
    for line in [
        "#SBATCH --array=1-3",
        "#SBATCH --cpus-per-task=4",
        "--part auto/3 --resume",
    ] {
        assert!(slurm.contains(line), "{slurm}");
    }
    let job = script("--script kubernetes --tasks 3 --threads 4 --out runs").stdout;
    for line in [
        "  completions: 3\n",
        "cpu: \"4\"",
        "runs/\"part-$JOB_COMPLETION_INDEX\" --part auto/3",
        "--threads 4",
    ] {
        assert!(job.contains(line), "{job}");
    }
    let parallel = script("--script parallel --tasks 3").stdout;
    assert!(
        parallel.contains("seq 3 |") && parallel.contains("--part {}/3"),
        "{parallel}"
    );
    let many = script("--script slurm --tasks 16");
    assert!(
        many.stderr.contains("16 tasks for 7 runs"),
        "{}",
        many.stderr
    );
    script("--script cron").refused(
        "cron",
        &["--script is “cron”", "slurm, kubernetes, parallel"],
    );
    script("--script slurm --tasks 0").refused("none", &["--tasks is “0”"]);
    script("--script slurm --resume").refused("both", &["--resume"]);
    let mut command = program();
    made(command.args(["sweep", "-", "--script", "slurm"])).refused("stdin", &["the plan"]);
}
