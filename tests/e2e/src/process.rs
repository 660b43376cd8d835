//! Programs started for the tests; each ends with its value here.

use crate::driver::Outcome;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running program, in a process group of its own so that its helpers end with it.
pub struct Process(Child);

impl Process {
    /// Starts a program without input and output.
    pub fn start(command: &mut Command) -> Outcome<Self> {
        Self::spawn(command.stdout(Stdio::null()).stderr(Stdio::null()))
    }

    /// Starts a program and returns the first line it prints that `wanted` turns into something.
    pub fn start_reading<T: Send + 'static>(
        command: &mut Command,
        errors: bool,
        wanted: fn(&str) -> Option<T>,
    ) -> Outcome<(Self, T)> {
        let name = command.get_program().to_string_lossy().into_owned();
        if errors {
            command.stderr(Stdio::piped()).stdout(Stdio::null());
        } else {
            command.stdout(Stdio::piped()).stderr(Stdio::null());
        }
        let mut process = Self::spawn(command)?;
        let output: Box<dyn std::io::Read + Send> = match (process.0.stderr.take(), process.0.stdout.take()) {
            (Some(errors), _) => Box::new(errors),
            (None, Some(output)) => Box::new(output),
            (None, None) => return Err(format!("{name} has no output")),
        };
        let (sender, receiver) = std::sync::mpsc::channel();
        // Reads on to the end, so that the program never waits for a full pipe.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(found) = wanted(&line) {
                    // Only the first is waited for.
                    sender.send(found).unwrap_or_default();
                }
            }
        });
        let found = receiver
            .recv_timeout(Duration::from_secs(30))
            .map_err(|_| format!("{name} did not come up"))?;
        Ok((process, found))
    }

    /// Ends this program and everything it started, at once and without a word.
    pub fn kill_tree(&mut self) {
        let mut all = vec![self.0.id()];
        let mut next = 0;
        while let Some(parent) = all.get(next).copied() {
            all.extend(children(parent));
            next += 1;
        }
        let ids: Vec<String> = all.iter().map(u32::to_string).collect();
        let _ = Command::new("kill")
            .arg("-KILL")
            .args(&ids)
            .stderr(Stdio::null())
            .status();
        let _ = self.0.wait();
    }

    fn spawn(command: &mut Command) -> Outcome<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let name = command.get_program().to_string_lossy().into_owned();
        command
            .stdin(Stdio::null())
            .spawn()
            .map(Self)
            .map_err(|error| format!("{name}: {error}"))
    }
}

/// The programs that this one started, where the system lists them.
fn children(parent: u32) -> Vec<u32> {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    let is_child = |id: &u32| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        // `pid (name) state parent …`; the name may hold anything.
        let parent_of = stat
            .rsplit_once(')')
            .and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
        parent_of == Some(parent)
    };
    let ids = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter(is_child).collect()
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        // A group that has already ended cannot be signalled, which is as good.
        for signal in ["-TERM", "-KILL"] {
            let _ = Command::new("kill")
                .args([signal, "--", &group])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            let start = Instant::now();
            while start.elapsed() < Duration::from_millis(500) {
                if matches!(self.0.try_wait(), Ok(Some(_))) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port nobody listens on at this moment.
pub fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| error.to_string())?;
    listener
        .local_addr()
        .map(|address| address.port())
        .map_err(|error| error.to_string())
}
