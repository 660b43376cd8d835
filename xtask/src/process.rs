//! Running other programs and saying so.

use crate::Outcome;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder with the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    // `cargo run` says where it found this crate; the folder it was compiled in is the second choice.
    let manifest = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").into());
    let manifest = Path::new(&manifest);
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// A command that starts in the workspace folder.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// `cargo` as it was used to start this program, without the variables meant for this crate alone.
pub fn cargo(arguments: &[&str]) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut command = command(&cargo, arguments);
    command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_PKG_NAME");
    command
}

/// Announces and runs a command; its output goes to the terminal.
pub fn run(command: &mut Command) -> Outcome<()> {
    let shown = shown(command);
    println!("  $ {shown}");
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("could not start `{shown}`: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{shown}` failed ({status})"))
    }
}

/// Runs a command, passing each line it prints to `line` and to the terminal; true when it succeeded.
pub fn run_reading(command: &mut Command, mut line: impl FnMut(&str)) -> Outcome<bool> {
    let shown = shown(command);
    println!("  $ {shown}");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("could not start `{shown}`: {error}"))?;
    if let Some(stdout) = child.stdout.take() {
        for read in BufReader::new(stdout).split(b'\n') {
            let bytes = read.map_err(|error| format!("reading from `{shown}`: {error}"))?;
            let text = String::from_utf8_lossy(&bytes);
            println!("{text}");
            line(text.trim_end());
        }
    }
    let status = child
        .wait()
        .map_err(|error| format!("waiting for `{shown}`: {error}"))?;
    Ok(status.success())
}

/// What a command prints, or nothing when it cannot be started or fails.
pub fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = command(program, arguments).stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or(command.get_program());
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    std::iter::once(program.to_string_lossy())
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}
