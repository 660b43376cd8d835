//! Building and serving the page.

use crate::process::{cargo, command, root, run};
use crate::{Outcome, flag, option, setup};
use std::net::TcpListener;
use std::path::PathBuf;

/// Where the built page lies.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds the page into `dist/`.
pub fn build(arguments: &[String]) -> Outcome<()> {
    prepare()?;
    let mut trunk = command("trunk", &["build", "--offline", "--locked", "--color", "never"]);
    if !flag(arguments, "--dev") {
        trunk.arg("--release");
    }
    run(&mut trunk)?;
    println!("The page is in {}", dist().display());
    Ok(())
}

/// Builds the page, serves it on this machine and builds anew when a source file changes.
pub fn serve(arguments: &[String]) -> Outcome<()> {
    prepare()?;
    let port = match option(arguments, "--port") {
        Some(text) => text.parse().map_err(|_| format!("`{text}` is no port number"))?,
        None => free_port(8080)?,
    };
    let mut trunk = command(
        "trunk",
        &["serve", "--offline", "--locked", "--no-autoreload", "--color", "never"],
    );
    trunk.args(["--address", "127.0.0.1", "--port", &port.to_string()]);
    if !flag(arguments, "--dev") {
        trunk.arg("--release");
    }
    println!(
        "The first build takes a few minutes. Then the page is at\n\n    http://127.0.0.1:{port}/\n    http://127.0.0.1:{port}/?sample   (with sample data)\n"
    );
    println!("Ctrl-C ends it.");
    run(&mut trunk)
}

/// Everything is fetched beforehand, so that trunk, which would fetch tools from elsewhere, can stay offline.
fn prepare() -> Outcome<()> {
    setup::for_page()?;
    run(&mut cargo(&["fetch", "--locked", "--quiet"]))
}

fn free_port(first: u16) -> Outcome<u16> {
    (first..first + 50)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .ok_or_else(|| format!("no free port from {first} on: name one with --port"))
}
