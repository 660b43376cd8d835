//! Serves the page on this machine and builds it anew when a source file changes.

use crate::process::root;
use crate::{Outcome, flag, option, page, setup};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime};
use tiny_http::{Header, Request, Response, Server};

/// What the page is made of.
const SOURCES: &[&str] = &[
    "src",
    "style",
    "pwa",
    "office",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo",
];
/// How often they are looked at.
const EVERY: Duration = Duration::from_secs(1);

/// Builds the page, serves it and prints its address; ends with Ctrl-C.
pub fn serve(arguments: &[String]) -> Outcome<()> {
    setup::for_page()?;
    let release = !flag(arguments, "--dev");
    println!("Building the page; the first time this takes a few minutes.");
    let mut built = newest();
    page::compile(release)?;
    let (server, port) = match option(arguments, "--port") {
        Some(text) => listen(text.parse().map_err(|_| format!("`{text}` is no port number"))?)?,
        None => (8080..8130)
            .find_map(|port| listen(port).ok())
            .ok_or("no free port: name one with --port")?,
    };
    println!("\n    http://127.0.0.1:{port}/\n    http://127.0.0.1:{port}/?sample   (with sample data)\n");
    println!("A change of a source file builds the page anew. Ctrl-C ends it.");
    std::thread::spawn(move || {
        for request in server.incoming_requests() {
            // A browser that goes away in the middle of an answer is no concern of the host.
            answer(request, &page::dist()).unwrap_or_default();
        }
    });
    loop {
        std::thread::sleep(EVERY);
        let now = newest();
        if now > built {
            built = now;
            if let Err(message) = page::compile(release) {
                println!("The page stays as it was: {message}");
            }
        }
    }
}

fn listen(port: u16) -> Outcome<(Server, u16)> {
    let server = Server::http(("127.0.0.1", port)).map_err(|error| format!("port {port}: {error}"))?;
    Ok((server, port))
}

fn answer(request: Request, folder: &Path) -> std::io::Result<()> {
    let found = file_of(request.url(), folder).and_then(|path| Some((content_type(&path), fs::read(&path).ok()?)));
    match found {
        Some((kind, bytes)) => {
            let mut response = Response::from_data(bytes);
            // Names follow the content; only these two keep theirs, and a build anew must be seen.
            for (name, value) in [("Content-Type", kind), ("Cache-Control", "no-cache")] {
                if let Ok(header) = Header::from_bytes(name, value) {
                    response.add_header(header);
                }
            }
            request.respond(response)
        }
        None => request.respond(Response::from_string("not found").with_status_code(404)),
    }
}

/// The file an address means; nothing outside of `folder`.
fn file_of(url: &str, folder: &Path) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.trim_start_matches('/');
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    path.components()
        .all(|part| matches!(part, Component::Normal(_)))
        .then(|| folder.join(path))
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// When a source of the page was last changed.
fn newest() -> SystemTime {
    SOURCES
        .iter()
        .map(|source| changed(&root().join(source)))
        .max()
        .unwrap_or(SystemTime::UNIX_EPOCH)
}

fn changed(path: &Path) -> SystemTime {
    let Ok(about) = fs::metadata(path) else {
        return SystemTime::UNIX_EPOCH;
    };
    let own = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    match fs::read_dir(path) {
        Ok(entries) => entries
            .flatten()
            .map(|entry| changed(&entry.path()))
            .fold(own, SystemTime::max),
        Err(_) => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_files_of_the_folder_alone() {
        let folder = Path::new("dist");
        assert_eq!(file_of("/?sample", folder), Some(folder.join("index.html")));
        assert_eq!(file_of("/a.js?x#y", folder), Some(folder.join("a.js")));
        assert_eq!(file_of("/../Cargo.toml", folder), None);
        assert_eq!(file_of("//etc/passwd", folder), Some(folder.join("etc/passwd")));
    }
}
