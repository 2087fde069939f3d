//! A program that answers lines of JSON; what they say is told in `benches/throughput.rs`.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// A running program. It ends with its input.
pub(crate) struct Program {
    name: String,
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// What it said of itself.
    pub(crate) version: String,
}

impl Program {
    /// Starts it and waits for its first line.
    pub(crate) fn start(name: &str, command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Peers say a lot there that nobody asked for.
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let input = child.stdin.take();
        let output = child.stdout.take().context("its output is piped")?;
        let mut program = Self {
            name: name.to_owned(),
            child,
            input,
            output: BufReader::new(output),
            version: String::new(),
        };
        let greeting = program.receive()?;
        greeting["version"]
            .as_str()
            .unwrap_or_default()
            .clone_into(&mut program.version);
        Ok(program)
    }

    /// Sends a request; the answer is to be received.
    pub(crate) fn send(&mut self, request: &Value) -> Result<()> {
        let input = self.input.as_mut().context("its input is open")?;
        writeln!(input, "{request}")
            .and_then(|()| input.flush())
            .with_context(|| format!("{} has ended", self.name))
    }

    /// Waits for the next answer.
    pub(crate) fn receive(&mut self) -> Result<Value> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        if line.is_empty() {
            bail!("{} has ended without an answer", self.name);
        }
        let answer: Value = serde_json::from_str(&line)
            .with_context(|| format!("{} said: {}", self.name, line.trim()))?;
        if let Some(error) = answer["error"].as_str() {
            bail!("{}: {error}", self.name);
        }
        Ok(answer)
    }

    /// Asks and waits.
    pub(crate) fn ask(&mut self, request: &Value) -> Result<Value> {
        self.send(request)?;
        self.receive()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.input.take());
        // One that does not end by itself has failed anyway.
        let _ = self.child.wait();
    }
}
