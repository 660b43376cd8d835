//! A static host on this machine. Each test has its own port, hence its own origin and empty storage.

use crate::deployment::Deployment;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The folder below which the page lies on the host: the page must not depend on standing at the root.
pub const FOLDER: &str = "/some/sub/";

/// Where scripts of tests send what must outlive the browser, below [`FOLDER`].
pub const NOTE: &str = "__e2e/note";

/// What was asked of the host.
#[derive(Clone, Debug)]
pub struct Request {
    /// Path with query.
    pub path: String,
    /// Status answered.
    pub status: u16,
}

struct State {
    deployment: Deployment,
    online: bool,
    html_for_missing: bool,
    requests: Vec<Request>,
    problems: Vec<String>,
    notes: Vec<String>,
}

/// A running host. It ends with the program.
#[derive(Clone)]
pub struct Site {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl Site {
    /// Starts a host for these files.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(deployment: Deployment) -> Result<Self, String> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| error.to_string())?;
        let port = listener.local_addr().map_err(|error| error.to_string())?.port();
        let state = State {
            deployment,
            online: true,
            html_for_missing: false,
            requests: Vec::new(),
            problems: Vec::new(),
            notes: Vec::new(),
        };
        let site = Self {
            port,
            state: Arc::new(Mutex::new(state)),
        };
        let served = site.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let site = served.clone();
                // A browser that goes away in the middle of an answer is no concern of the host.
                std::thread::spawn(move || site.answer(stream).unwrap_or_default());
            }
        });
        Ok(site)
    }

    /// `http://127.0.0.1:port`.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Address of the page; `rest` is what follows the folder, as `?sample#/map`.
    pub fn address(&self, rest: &str) -> String {
        format!("{}{FOLDER}{rest}", self.origin())
    }

    /// Off: every connection is dropped, as by a dead network.
    pub fn set_online(&self, online: bool) {
        self.state().online = online;
    }

    /// On: a missing file is answered with a page and status 200, as many hosts do.
    pub fn set_html_for_missing(&self, on: bool) {
        self.state().html_for_missing = on;
    }

    /// Uploads another build.
    pub fn deploy(&self, deployment: Deployment) {
        self.state().deployment = deployment;
    }

    /// Everything asked so far.
    pub fn requests(&self) -> Vec<Request> {
        self.state().requests.clone()
    }

    /// Errors, unhandled rejections and policy violations the pages reported.
    pub fn problems(&self) -> Vec<String> {
        self.state().problems.clone()
    }

    /// What scripts of tests sent to [`NOTE`], which outlives the browser.
    pub fn notes(&self) -> Vec<String> {
        self.state().notes.clone()
    }

    /// Forgets the problems reported so far.
    pub fn clear_problems(&self) {
        self.state().problems.clear();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        if !self.state().online {
            return Ok(());
        }
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let mut words = line.split_whitespace();
        let (Some(method), Some(path)) = (words.next(), words.next()) else {
            return Ok(());
        };
        let mut length = 0;
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header)? <= 2 {
                break;
            }
            if let Some((name, value)) = header.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        // A browser opens connections ahead; the network may have died since.
        if !self.state().online {
            return Ok(());
        }
        let (status, kind, bytes) = self.response(method, path, &body);
        let head = format!(
            "HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: max-age=600\r\nConnection: close\r\n\r\n",
            bytes.len()
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(&bytes)
    }

    fn response(&self, method: &str, path: &str, body: &[u8]) -> (u16, &'static str, Vec<u8>) {
        let mut state = self.state();
        let inside = path.split(['?', '#']).next().and_then(|path| path.strip_prefix(FOLDER));
        if method == "POST" && inside == Some("__e2e/problem") {
            state.problems.push(String::from_utf8_lossy(body).into_owned());
            return (204, "text/plain", Vec::new());
        }
        if method == "POST" && inside == Some(NOTE) {
            state.notes.push(String::from_utf8_lossy(body).into_owned());
            return (204, "text/plain", Vec::new());
        }
        let file = inside.map(|path| if path.is_empty() { "index.html" } else { path });
        let found = file.and_then(|file| Some((content_type(file), state.deployment.get(file)?.to_vec())));
        let (status, kind, bytes) = match found {
            Some((kind, bytes)) => (200, kind, bytes),
            None if state.html_for_missing => (200, "text/html", b"<!DOCTYPE html><title>404</title>".to_vec()),
            None => (404, "text/plain", b"not found".to_vec()),
        };
        state.requests.push(Request {
            path: path.to_owned(),
            status,
        });
        (status, kind, bytes)
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
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
