//! WebDriver: current Chromium, Firefox and WebKitGTK.

use crate::driver::{Argument, Driver, Element, Outcome, Stroke, base64};
use crate::http;
use crate::process::Process;
use serde_json::{Value, json};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

/// The key under which WebDriver passes an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const START_LIMIT: Duration = Duration::from_secs(30);

/// A session with a driver program.
pub struct WebDriver {
    port: u16,
    session: String,
    downloads: PathBuf,
    chromium: bool,
    /// Firefox's second protocol, for what WebDriver cannot say.
    second: Option<WebSocket<TcpStream>>,
    /// Ended with the session, the driver before what it needs.
    processes: Vec<Process>,
}

impl WebDriver {
    /// Waits for the driver program to listen and opens a window.
    ///
    /// # Errors
    /// When the driver refuses the capabilities or does not come up.
    pub fn open(port: u16, capabilities: &Value, downloads: PathBuf, processes: Vec<Process>) -> Outcome<Self> {
        let start = Instant::now();
        while http::request(port, "GET", "/status", None).is_err() {
            if start.elapsed() > START_LIMIT {
                return Err("the driver program does not answer".into());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let (_, answer) = http::request(port, "POST", "/session", Some(&body))?;
        let session = answer["value"]["sessionId"]
            .as_str()
            .ok_or_else(|| format!("no session: {answer}"))?;
        let chromium = capabilities.get("goog:chromeOptions").is_some();
        let second = match answer["value"]["capabilities"]["webSocketUrl"].as_str() {
            Some(address) => Some(connect(address)?),
            None => None,
        };
        let mut driver = Self {
            second,
            port,
            session: session.to_owned(),
            downloads,
            chromium,
            processes,
        };
        driver.post(
            "timeouts",
            json!({ "script": 60_000, "pageLoad": 60_000, "implicit": 0 }),
        )?;
        if chromium {
            let path = driver.downloads.to_string_lossy().into_owned();
            driver.devtools(
                "Browser.setDownloadBehavior",
                json!({ "behavior": "allow", "downloadPath": path }),
            )?;
        }
        Ok(driver)
    }

    fn call(&mut self, method: &str, path: &str, body: Option<&Value>) -> Outcome<Value> {
        let path = format!("/session/{}/{path}", self.session);
        let (status, mut answer) = http::request(self.port, method, &path, body)?;
        if status == 200 {
            return Ok(answer["value"].take());
        }
        let value = &answer["value"];
        let message = value["message"]
            .as_str()
            .unwrap_or_default()
            .lines()
            .next()
            .unwrap_or_default();
        Err(format!(
            "{}: {message}",
            value["error"].as_str().unwrap_or("driver error")
        ))
    }

    fn post(&mut self, path: &str, body: Value) -> Outcome<Value> {
        self.call("POST", path, Some(&body))
    }

    fn devtools(&mut self, command: &str, parameters: Value) -> Outcome<Value> {
        self.post("goog/cdp/execute", json!({ "cmd": command, "params": parameters }))
    }

    /// Sets the area of Firefox's page, which may be narrower than its window can be.
    fn second_viewport(&mut self, width: u32, height: u32) -> Outcome<bool> {
        let window = self.call("GET", "window", None)?;
        let Some(socket) = &mut self.second else {
            return Ok(false);
        };
        let parameters = json!({ "context": window, "viewport": { "width": width, "height": height } });
        let command = json!({ "id": 1, "method": "browsingContext.setViewport", "params": parameters });
        socket
            .send(Message::text(command.to_string()))
            .map_err(|error| error.to_string())?;
        loop {
            let Message::Text(text) = socket.read().map_err(|error| error.to_string())? else {
                continue;
            };
            let answer: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            match answer["type"].as_str() {
                Some("success") => return Ok(true),
                Some("error") => return Err(format!("viewport: {}", answer["message"])),
                _ => {}
            }
        }
    }

    fn script(&mut self, body: &str, arguments: &[Argument]) -> Outcome<Value> {
        let script = format!(
            "const given = Array.from(arguments), done = given.pop();
             const act = function () {{ {body}\n }};
             new Promise((resolve) => resolve(act.apply(null, given))).then((value) => done({{ value: value === undefined ? null : value }}), (error) => done({{ error: String(error && error.stack || error) }}));"
        );
        let arguments: Vec<Value> = arguments
            .iter()
            .map(|argument| match argument {
                Argument::Json(value) => value.clone(),
                Argument::Element(element) => json!({ ELEMENT: element.0 }),
            })
            .collect();
        let mut answer = self.post("execute/async", json!({ "script": script, "args": arguments }))?;
        match answer["error"].as_str() {
            Some(error) => Err(format!("script: {error}")),
            None => Ok(answer["value"].take()),
        }
    }
}

impl Driver for WebDriver {
    fn goto(&mut self, address: &str) -> Outcome<()> {
        self.post("url", json!({ "url": address })).map(drop)
    }

    fn reload(&mut self) -> Outcome<()> {
        // The driver's own command passes the service worker by in Firefox, as a reload with Shift does.
        self.script("window.e2eBefore = true; setTimeout(() => location.reload(), 0)", &[])?;
        let start = Instant::now();
        let fresh = "return !window.e2eBefore && document.readyState === 'complete'";
        while self.script(fresh, &[]) != Ok(Value::Bool(true)) {
            if start.elapsed() > START_LIMIT {
                return Err("the page does not finish reloading".into());
            }
            std::thread::sleep(Duration::from_millis(30));
        }
        Ok(())
    }

    fn back(&mut self) -> Outcome<()> {
        self.post("back", json!({})).map(drop)
    }

    fn eval(&mut self, body: &str, arguments: &[Argument]) -> Outcome<Value> {
        self.script(body, arguments)
    }

    fn elements(&mut self, body: &str, arguments: &[Argument]) -> Outcome<Vec<Element>> {
        // What the page replaces between the search and its naming is no longer there: the search is done again.
        // A scope that is gone for good says so after a second.
        let mut again = 25;
        let found = loop {
            match self.script(body, arguments) {
                Err(error) if error.starts_with("stale element") && again > 0 => {
                    again -= 1;
                    std::thread::sleep(Duration::from_millis(40));
                }
                other => break other?,
            }
        };
        let found = found.as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(found
            .iter()
            .filter_map(|value| Some(Element(value[ELEMENT].as_str()?.to_owned())))
            .collect())
    }

    fn click(&mut self, element: &Element) -> Outcome<()> {
        self.post(&format!("element/{}/click", element.0), json!({})).map(drop)
    }

    fn type_text(&mut self, element: &Element, text: &str) -> Outcome<()> {
        self.post(&format!("element/{}/value", element.0), json!({ "text": text }))
            .map(drop)
    }

    fn press(&mut self, stroke: Stroke) -> Outcome<()> {
        let held = [
            (stroke.ctrl, '\u{e009}'),
            (stroke.shift, '\u{e008}'),
            (stroke.alt, '\u{e00a}'),
        ];
        let held: Vec<char> = held.iter().filter(|(on, _)| *on).map(|(_, key)| *key).collect();
        let key = key_code(stroke.key)?;
        let step = |kind: &str, key: char| json!({ "type": kind, "value": key.to_string() });
        let mut actions: Vec<Value> = held.iter().map(|key| step("keyDown", *key)).collect();
        actions.extend([step("keyDown", key), step("keyUp", key)]);
        actions.extend(held.iter().rev().map(|key| step("keyUp", *key)));
        self.post(
            "actions",
            json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] }),
        )
        .map(drop)
    }

    fn upload(&mut self, element: &Element, files: &[PathBuf]) -> Outcome<()> {
        let paths: Vec<String> = files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        self.type_text(element, &paths.join("\n"))
    }

    fn set_viewport(&mut self, width: u32, height: u32) -> Outcome<()> {
        if self.chromium {
            let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            return self.devtools("Emulation.setDeviceMetricsOverride", metrics).map(drop);
        }
        if self.second_viewport(width, height)? {
            return Ok(());
        }
        // The window is larger than the page's area by what surrounds it, which is known only afterwards.
        let (mut outer_width, mut outer_height) = (i64::from(width), i64::from(height));
        for _ in 0..4 {
            self.post("window/rect", json!({ "width": outer_width, "height": outer_height }))?;
            std::thread::sleep(Duration::from_millis(100));
            let inner = self.script("return [innerWidth, innerHeight]", &[])?;
            let missing = |at: usize, wanted: u32| i64::from(wanted) - inner[at].as_i64().unwrap_or_default();
            let (more_width, more_height) = (missing(0, width), missing(1, height));
            if (more_width, more_height) == (0, 0) {
                return Ok(());
            }
            outer_width += more_width;
            outer_height += more_height;
        }
        Err(format!(
            "the window cannot be made {width}×{height}, its page stays {}",
            self.script("return innerWidth + '×' + innerHeight", &[])?
        ))
    }

    fn screenshot(&mut self) -> Outcome<Vec<u8>> {
        let picture = self.call("GET", "screenshot", None)?;
        Ok(base64(picture.as_str().unwrap_or_default()))
    }

    fn downloads(&self) -> &Path {
        &self.downloads
    }

    fn open_window(&mut self) -> Outcome<String> {
        let opened = self.post("window/new", json!({ "type": "window" }))?;
        let name = opened["handle"]
            .as_str()
            .ok_or("the new window has no name")?
            .to_owned();
        self.turn_to(&name)?;
        Ok(name)
    }

    fn window(&mut self) -> Outcome<String> {
        let window = self.call("GET", "window", None)?;
        Ok(window.as_str().ok_or("the window has no name")?.to_owned())
    }

    fn turn_to(&mut self, window: &str) -> Outcome<()> {
        self.post("window", json!({ "handle": window })).map(drop)
    }

    fn close_window(&mut self) -> Outcome<()> {
        self.call("DELETE", "window", None).map(drop)
    }

    fn slow_down(&mut self, times: f64) -> Outcome<bool> {
        // Only Chromium's driver knows the command.
        Ok(self
            .devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times }))
            .is_ok())
    }

    fn set_time_zone(&mut self, zone: &str) -> Outcome<bool> {
        // Only Chromium's driver knows the command.
        Ok(self
            .devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": zone }))
            .is_ok())
    }

    fn as_on_paper(&mut self, on: bool) -> Outcome<bool> {
        let media = if on { "print" } else { "" };
        // Only Chromium's driver knows the command.
        Ok(self
            .devtools("Emulation.setEmulatedMedia", json!({ "media": media }))
            .is_ok())
    }

    fn kill(&mut self) -> Outcome<()> {
        for process in &mut self.processes {
            process.kill_tree();
        }
        self.processes.clear();
        Ok(())
    }
}

fn connect(address: &str) -> Outcome<WebSocket<TcpStream>> {
    let host = address
        .trim_start_matches("ws://")
        .split('/')
        .next()
        .unwrap_or_default();
    let stream = TcpStream::connect(host).map_err(|error| format!("{address}: {error}"))?;
    stream
        .set_read_timeout(Some(START_LIMIT))
        .map_err(|error| error.to_string())?;
    let (socket, _) = tungstenite::client(address, stream).map_err(|error| format!("{address}: {error}"))?;
    Ok(socket)
}

impl Drop for WebDriver {
    fn drop(&mut self) {
        if self.processes.is_empty() {
            return;
        }
        // The processes are ended in any case; this lets the browser close its files first.
        self.call("DELETE", "", None).unwrap_or_default();
    }
}

fn key_code(key: &str) -> Outcome<char> {
    Ok(match key {
        "Backspace" => '\u{e003}',
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "End" => '\u{e010}',
        "Home" => '\u{e011}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Delete" => '\u{e017}',
        "F2" => '\u{e032}',
        other => {
            let mut letters = other.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => letter,
                _ => return Err(format!("`{other}` is no key known here")),
            }
        }
    })
}
