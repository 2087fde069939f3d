//! Scripts by which schedulers run the parts of a plan: `sweep PLAN --script NAME`.

use std::fmt::Write as _;

use crate::linalg::ProductKernel;
use crate::setting::{Choice, Kind};

use super::arguments::Extra;

/// What runs the tasks.
pub(super) const SCRIPT: Extra = Extra {
    key: "script",
    kind: Kind::Choice(&[
        Choice::new("slurm", "a job array; submit it with sbatch"),
        Choice::new(
            "kubernetes",
            "an Indexed Job; submit it with kubectl apply -f",
        ),
        Choice::new(
            "parallel",
            "GNU parallel, on this machine or several; run it with sh",
        ),
    ]),
    default: "",
    help: "Print a script that runs the plan in parts, and run nothing",
};

/// How many parts a script makes.
pub(super) const TASKS: Extra = Extra {
    key: "tasks",
    kind: Kind::Integer {
        min: 1,
        max: 10_000,
    },
    default: "16",
    help: "Parts that the script runs",
};

/// What a script is about.
pub(super) struct Tasks<'a> {
    /// The plan as it was given, a path.
    pub(super) plan: &'a str,
    /// The directory under which each part has its own.
    pub(super) out: &'a str,
    /// How many there are.
    pub(super) count: usize,
    /// Threads of each; as many as its processors if none are given.
    pub(super) threads: Option<usize>,
    /// What makes their products.
    pub(super) kernel: ProductKernel,
}

impl Tasks<'_> {
    /// The script of that name; none if there is no such.
    pub(super) fn script(&self, name: &str) -> Option<String> {
        match name {
            "slurm" => Some(self.slurm()),
            "kubernetes" => Some(self.kubernetes()),
            "parallel" => Some(self.parallel()),
            _ => None,
        }
    }

    fn threads_option(&self) -> String {
        let option = |threads| format!(" --threads {threads}");
        self.threads.map_or_else(String::new, option)
    }

    /// An option where it is needed.
    fn kernel_option(&self) -> String {
        if self.kernel == ProductKernel::default() {
            return String::new();
        }
        format!(" --kernel {}", self.kernel.choice())
    }

    fn slurm(&self) -> String {
        let Self { count, .. } = self;
        let (plan, out) = (quoted(self.plan), quoted(self.out));
        let threads = self.threads.unwrap_or(1);
        let kernel = self.kernel_option();
        format!(
            r#"#!/bin/sh
#SBATCH --job-name=lazy-limits
#SBATCH --array=1-{count}
#SBATCH --cpus-per-task={threads}
#SBATCH --time=01:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=lazy-limits-%A_%a.log
#SBATCH --signal=B:TERM@60
#
# Submit it with
#     sbatch SCRIPT
# and put the parts together once all tasks have ended well:
#     lazy-limits merge {out}/part-* --out {out}/merged
#
# A task that has work left when its time is over saves it and ends with 75, and is put back into the queue; so are tasks that were
# preempted or whose machine was lost. Each goes on where it was, to the same bytes.

task= told=
trap 'told=$told.; [ -z "$task" ] || kill -TERM "$task" 2>/dev/null' TERM
lazy-limits sweep {plan} --out {out}/"part-$SLURM_ARRAY_TASK_ID" --part auto/{count} --resume{kernel} &
task=$!
[ -z "$told" ] || kill -TERM "$task"
# A signal ends the wait, not the task; of a task that has been waited for, another wait knows nothing (127).
status=0
while :; do
    seen=$told code=0
    wait "$task" || code=$?
    [ "$code" -eq 127 ] || status=$code
    [ "$told" != "$seen" ] || break
done
# Told to end before it could listen, it had nothing to save.
[ -z "$told" ] || [ "$status" -ne 143 ] || status=75
if [ "$status" -eq 75 ]; then
    # Not by SLURM_JOB_ID, which one of the tasks shares with the whole array.
    name="${{SLURM_ARRAY_JOB_ID}}_${{SLURM_ARRAY_TASK_ID}}"
    # What was cancelled, or what Slurm itself puts back, is completing: it must not come again by this.
    case $(scontrol --oneliner show job "$name") in
        *" JobState=COMPLETING "* | *" JobState=CANCELLED "*) ;;
        *) scontrol requeue "$name" ;;
    esac
fi
exit "$status"
"#
        )
    }

    fn kubernetes(&self) -> String {
        let Self {
            plan, out, count, ..
        } = self;
        let threads = self.threads.unwrap_or(1);
        let mut text = format!(
            r#"# An Indexed Job: each pod is the part of its index, and one that ends with 75 has saved its work and is started again.
# Fill in the image (the Containerfile makes one) and the claim of a volume that all pods share, with the plan on it.
# Afterwards, in a pod with the same volume:
#     lazy-limits merge {merge}/part-* --out {merge}/merged
apiVersion: batch/v1
kind: Job
metadata:
  name: lazy-limits
spec:
  completionMode: Indexed
  completions: {count}
  parallelism: {count}
  backoffLimitPerIndex: 100
  podFailurePolicy:
    rules:
      # Wrong input: every pod would fail alike.
      - action: FailJob
        onExitCodes:
          containerName: lazy-limits
          operator: In
          values: [2]
      # Preempted or drained: no failure of ours.
      - action: Ignore
        onPodConditions:
          - type: DisruptionTarget
            status: "True"
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 60
      # The image's user is not root, and has to write to the volume.
      securityContext:
        fsGroup: 1000
      containers:
        - name: lazy-limits
          image: IMAGE
          command: [sh, -c]
          args:
            - >-
              exec lazy-limits sweep "#,
            merge = quoted(out),
        );
        let command = format!(
            "{} --out {}/\"part-$JOB_COMPLETION_INDEX\" --part auto/{count} --resume{}{}",
            quoted(plan),
            quoted(out),
            self.threads_option(),
            self.kernel_option()
        );
        let _ = write!(
            text,
            r#"{command}
          resources:
            requests:
              cpu: "{threads}"
          volumeMounts:
            - name: shared
              mountPath: /work
          workingDir: /work
      volumes:
        - name: shared
          persistentVolumeClaim:
            claimName: CLAIM
"#
        );
        text
    }

    fn parallel(&self) -> String {
        let Self { count, .. } = self;
        let (plan, out) = (quoted(self.plan), quoted(self.out));
        let threads = self.threads.unwrap_or(1);
        let kernel = self.kernel_option();
        format!(
            r"#!/bin/sh
# Run it with sh, and again where it was stopped: finished tasks are not begun again. With --sshloginfile HOSTS it uses other
# machines that share this directory.
set -eu
mkdir -p {out}
seq {count} | parallel --quote --joblog {out}/tasks.log --resume-failed --retries 3 --termseq TERM,60000,KILL \
    lazy-limits sweep {plan} --out {out}/part-{{}} --part {{}}/{count} --resume --threads {threads}{kernel}
# Lines come into the file all at once: without any, merging was stopped.
if [ ! -s {out}/merged/records.jsonl ]; then
    rm -rf {out}/merged
    lazy-limits merge {out}/part-* --out {out}/merged
fi
"
        )
    }
}

/// A path as a shell reads it.
fn quoted(path: &str) -> String {
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "/._-+,=@%".contains(character);
    if !path.is_empty() && path.chars().all(is_plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_one_word_to_a_shell() {
        assert_eq!(quoted("runs/plan-1.json"), "runs/plan-1.json");
        assert_eq!(quoted("my plan"), "'my plan'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("$(rm)"), "'$(rm)'");
    }
}
