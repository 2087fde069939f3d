//! A Slurm of one machine, with all of its own in a directory.

use std::fs::{self, File};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use super::deadline::wait_for;
use super::place::Place;
use crate::process;

/// By Debian's names.
pub(super) const PACKAGES: [&str; 4] = ["slurmctld", "slurmd", "slurm-client", "munge"];

/// What they must bring.
pub(super) const PROGRAMS: [&str; 6] = [
    "slurmctld",
    "slurmd",
    "sbatch",
    "scontrol",
    "scancel",
    "munged",
];

/// The daemons, as long as this lives.
pub(super) struct Site<'a> {
    place: &'a Place,
    host: String,
    daemons: Vec<Child>,
}

/// A task of an array, as Slurm knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Task {
    /// Its number in the array.
    pub(super) number: usize,
    /// What it is to Slurm's programs. Its number as a job alone would not do: one of the tasks shares it with the whole array.
    pub(super) name: String,
    /// Its own number as a job.
    pub(super) job: String,
    /// Such as `RUNNING`.
    pub(super) state: String,
    /// Exit status and signal, as in `75:0`.
    pub(super) exit: String,
    /// How often it was begun again.
    pub(super) restarts: usize,
}

/// States in which a task stays. While it runs it may be in several others for a moment, such as `SIGNALING`.
const ENDS: [&str; 8] = [
    "BOOT_FAIL",
    "CANCELLED",
    "COMPLETED",
    "DEADLINE",
    "FAILED",
    "NODE_FAIL",
    "OUT_OF_MEMORY",
    "TIMEOUT",
];

impl Task {
    pub(super) fn has_ended(&self) -> bool {
        ENDS.contains(&self.state.as_str())
    }
}

impl<'a> Site<'a> {
    /// Starts them, and waits until the machine takes jobs.
    pub(super) fn start(place: &'a Place) -> Result<Self> {
        let name = fs::read_to_string("/proc/sys/kernel/hostname")?;
        let host = name.trim().split('.').next().unwrap_or_default().to_owned();
        for directory in ["state", "spool"] {
            fs::create_dir(place.path(directory))?;
        }
        let mut site = Self {
            place,
            host,
            daemons: Vec::new(),
        };
        site.configure("")?;
        site.start_munge()?;
        site.daemon("slurmctld", &["-D", "-c"])?;
        site.daemon("slurmd", &["-D"])?;
        wait_for("Slurm's machine to be idle", || {
            site.look_at_daemons()?;
            Ok(site
                .state()
                .is_ok_and(|state| state == "idle")
                .then_some(()))
        })?;
        Ok(site)
    }

    /// A call of one of Slurm's programs.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = self.place.command(program);
        command.env("SLURM_CONF", self.place.path("slurm.conf"));
        command
    }

    /// Calls one of them.
    pub(super) fn ask(&self, program: &str, arguments: &[&str]) -> Result<String> {
        process::output(self.command(program).args(arguments))
    }

    /// From now on the site puts back into the queue what ends with 75, of which few sites know.
    pub(super) fn requeue_exit(&self) -> Result<()> {
        self.configure("RequeueExit=75\n")?;
        self.ask("scontrol", &["reconfigure"])?;
        Ok(())
    }

    /// The machine is lost, with all that runs on it; and there it is again.
    pub(super) fn lose_machine(&self) -> Result<()> {
        let name = format!("NodeName={}", self.host);
        let down = ["update", &name, "State=DOWN", "Reason=lost"];
        self.ask("scontrol", &down)?;
        wait_for("the lost machine", || {
            let is_down = self.state()?.starts_with("down");
            if is_down {
                // It may have come back by itself just now, which is refused.
                let _ = self.ask("scontrol", &["update", &name, "State=RESUME"]);
            }
            Ok((!is_down).then_some(()))
        })
    }

    /// The machine's, in Slurm's words.
    fn state(&self) -> Result<String> {
        self.ask("sinfo", &["--noheader", "--format=%T"])
    }

    /// All tasks of an array that have been begun once; those that never were are one, which is left out.
    pub(super) fn tasks(&self, array: &str) -> Result<Vec<Task>> {
        let text = self.ask("scontrol", &["--oneliner", "show", "job", array])?;
        Ok(tasks(&text))
    }

    /// How often Slurm announced that a task's time is about to end.
    pub(super) fn announced(&self) -> usize {
        let log = fs::read_to_string(self.place.path("slurmctld.log")).unwrap_or_default();
        log.lines()
            .filter(|line| line.contains("send_job_warn_signal"))
            .count()
    }

    fn configure(&self, more: &str) -> Result<()> {
        let directory = self.place.path("");
        let directory = directory.to_string_lossy();
        let directory = directory.trim_end_matches('/');
        let file = self.place.path("slurm.conf");
        // Ports stay as they were.
        let old = fs::read_to_string(&file).unwrap_or_default();
        let port = |name: &str| {
            let line = old.lines().find_map(|line| line.strip_prefix(name));
            line.map(str::to_owned)
        };
        let known = (port("SlurmctldPort="), port("SlurmdPort="));
        let (controller, node) = if let (Some(controller), Some(node)) = known {
            (controller, node)
        } else {
            let [controller, node] = free_ports()?;
            (controller.to_string(), node.to_string())
        };
        let host = &self.host;
        let text = format!(
            "ClusterName=lazy
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
# A requeue waits until credentials are over, else for two minutes.
AuthInfo=socket={directory}/munge.socket,cred_expire=5
SlurmctldPort={controller}
SlurmdPort={node}
SlurmctldPidFile={directory}/slurmctld.pid
SlurmdPidFile={directory}/slurmd.pid
SlurmctldLogFile={directory}/slurmctld.log
SlurmdLogFile={directory}/slurmd.log
SlurmctldDebug=debug
StateSaveLocation={directory}/state
SlurmdSpoolDir={directory}/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=requeue_delay=1,sched_interval=2
# Ended jobs are asked about as long as a test lasts.
MinJobAge=86400
ReturnToService=2
KillWait=5
JobRequeue=1
# Two tasks at once, whatever the machine has.
SlurmdParameters=config_overrides
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
{more}"
        );
        fs::write(file, text)?;
        Ok(())
    }

    /// What Slurm's programs know each other by.
    fn start_munge(&mut self) -> Result<()> {
        let key = self.place.path("munge.key");
        let bytes: Vec<u8> = (0..1024).map(|_| fastrand::u8(..)).collect();
        fs::write(&key, bytes)?;
        process::output(Command::new("chmod").arg("400").arg(&key))?;
        let option = |name: &str, file: &str| {
            let path = self.place.path(file);
            format!("--{name}={}", path.display())
        };
        let options = [
            option("key-file", "munge.key"),
            option("socket", "munge.socket"),
            option("pid-file", "munged.pid"),
            option("log-file", "munged.log"),
            option("seed-file", "munged.seed"),
            "--foreground".to_owned(),
        ];
        self.daemon("munged", &options.each_ref().map(String::as_str))?;
        let socket = self.place.path("munge.socket");
        wait_for("munge's socket", || {
            self.look_at_daemons()?;
            Ok(socket.exists().then_some(()))
        })
    }

    /// Starts one in the foreground, so that it ends with this program, however that ends.
    fn daemon(&mut self, name: &str, arguments: &[&str]) -> Result<()> {
        let output = File::create(self.place.path(&format!("{name}.output")))?;
        let mut command = self.command("setpriv");
        command
            .args(["--pdeathsig", "KILL", name])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        let child = command.spawn();
        self.daemons
            .push(child.with_context(|| format!("cannot start {name}"))?);
        Ok(())
    }

    fn look_at_daemons(&mut self) -> Result<()> {
        for daemon in &mut self.daemons {
            if let Some(status) = daemon.try_wait()? {
                self.place.show_tails(".output");
                bail!("one of Slurm's daemons has ended ({status})");
            }
        }
        Ok(())
    }
}

impl Drop for Site<'_> {
    fn drop(&mut self) {
        // Those that know the others by it come before munged.
        for daemon in self.daemons.iter_mut().rev() {
            let _ = daemon.kill();
            let _ = daemon.wait();
        }
    }
}

/// Two ports that nobody has, below those that the system gives to whoever asks for any.
fn free_ports() -> Result<[u16; 2]> {
    let first = 20_000 + (std::process::id() % 10_000) as u16;
    let mut free = (first..32_000).filter(|&port| TcpListener::bind(("127.0.0.1", port)).is_ok());
    match (free.next(), free.next()) {
        (Some(one), Some(other)) => Ok([one, other]),
        _ => bail!("there are no free ports"),
    }
}

/// What `scontrol --oneliner show job` says.
fn tasks(text: &str) -> Vec<Task> {
    let task = |line: &str| {
        let value = |name: &str| {
            let mut words = line.split_whitespace();
            words.find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
        };
        Some(Task {
            // It is a range for those that were never begun.
            number: value("ArrayTaskId")?.parse().ok()?,
            name: format!("{}_{}", value("ArrayJobId")?, value("ArrayTaskId")?),
            job: value("JobId")?.to_owned(),
            state: value("JobState")?.to_owned(),
            exit: value("ExitCode")?.to_owned(),
            restarts: value("Restarts")?.parse().ok()?,
        })
    };
    text.lines().filter_map(task).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_read_from_what_slurm_prints() {
        let text = "\
JobId=9 ArrayJobId=9 ArrayTaskId=3-8%2 JobName=j JobState=PENDING Reason=JobArrayTaskLimit Restarts=0 ExitCode=0:0
JobId=11 ArrayJobId=9 ArrayTaskId=2 JobName=j JobState=FAILED Reason=NonZeroExitCode Requeue=1 Restarts=4 ExitCode=137:0
";
        let found = tasks(text);
        let wanted = Task {
            number: 2,
            name: "9_2".to_owned(),
            job: "11".to_owned(),
            state: "FAILED".to_owned(),
            exit: "137:0".to_owned(),
            restarts: 4,
        };
        assert_eq!(found, [wanted]);
        assert!(found[0].has_ended());
        assert_eq!(tasks("No jobs in the system\n"), []);
    }

    #[test]
    fn ports_are_two() {
        let [one, other] = free_ports().unwrap();
        assert_ne!(one, other);
    }
}
