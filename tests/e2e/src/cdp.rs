//! The DevTools protocol: the Chromium versions of the users' browsers, for which no driver program is at hand.

use crate::driver::{Argument, Driver, Element, Outcome, Stroke, base64};
use crate::http;
use crate::process::Process;
use serde_json::{Value, json};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

const LIMIT: Duration = Duration::from_secs(60);

/// Why an old engine cannot take part in a test with two windows.
const ONE_WINDOW: &str = "the old engines are driven with one window";

/// A connection to the browser's first page.
pub struct DevTools {
    socket: WebSocket<TcpStream>,
    next: u64,
    /// Names of events seen since they were last looked for.
    events: Vec<String>,
    downloads: PathBuf,
    process: Process,
}

impl DevTools {
    /// Connects to a browser that listens on this port.
    ///
    /// # Errors
    /// When there is no page to connect to.
    pub fn open(port: u16, downloads: PathBuf, process: Process) -> Outcome<Self> {
        let start = Instant::now();
        let path = loop {
            let listed = http::request(port, "GET", "/json", None).map_or(Value::Null, |(_, value)| value);
            let pages = listed.as_array().map(Vec::as_slice).unwrap_or_default();
            let page = pages.iter().find(|page| page["type"] == "page");
            if let Some(path) = page.and_then(|page| page["webSocketDebuggerUrl"].as_str()) {
                break path.to_owned();
            }
            if start.elapsed() > LIMIT {
                return Err("the browser shows no page".into());
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        let stream = TcpStream::connect(("127.0.0.1", port)).map_err(|error| error.to_string())?;
        stream
            .set_read_timeout(Some(LIMIT))
            .map_err(|error| error.to_string())?;
        let (socket, _) = tungstenite::client(path, stream).map_err(|error| error.to_string())?;
        let mut tools = Self {
            socket,
            next: 0,
            events: Vec::new(),
            downloads,
            process,
        };
        for domain in ["Page", "Runtime", "DOM"] {
            tools.call(&format!("{domain}.enable"), json!({}))?;
        }
        let folder = tools.downloads.to_string_lossy().into_owned();
        tools.call(
            "Page.setDownloadBehavior",
            json!({ "behavior": "allow", "downloadPath": folder }),
        )?;
        Ok(tools)
    }

    fn call(&mut self, method: &str, parameters: Value) -> Outcome<Value> {
        self.next += 1;
        let id = self.next;
        let text = json!({ "id": id, "method": method, "params": parameters }).to_string();
        self.socket
            .send(Message::text(text))
            .map_err(|error| format!("{method}: {error}"))?;
        let start = Instant::now();
        while start.elapsed() < LIMIT {
            let mut message = self.read().map_err(|error| format!("{method}: {error}"))?;
            if message["id"] == id {
                return match message["error"]["message"].as_str() {
                    Some(error) => Err(format!("{method}: {error}")),
                    None => Ok(message["result"].take()),
                };
            }
        }
        Err(format!("{method}: no answer"))
    }

    fn read(&mut self) -> Outcome<Value> {
        loop {
            let message = self.socket.read().map_err(|error| error.to_string())?;
            if let Message::Text(text) = message {
                let value: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
                if let Some(event) = value["method"].as_str() {
                    self.events.push(event.to_owned());
                }
                return Ok(value);
            }
        }
    }

    fn wait_for_load(&mut self) -> Outcome<()> {
        let start = Instant::now();
        while start.elapsed() < LIMIT {
            if self.events.iter().any(|event| event == "Page.loadEventFired") {
                return Ok(());
            }
            self.read()?;
        }
        Err("the page does not finish loading".into())
    }

    /// Calls a function body in the page; the protocol's name for the result, or its value.
    fn function(&mut self, body: &str, arguments: &[Argument], by_value: bool) -> Outcome<Value> {
        let global = self.call("Runtime.evaluate", json!({ "expression": "globalThis" }))?;
        let arguments: Vec<Value> = arguments
            .iter()
            .map(|argument| match argument {
                Argument::Json(value) => json!({ "value": value }),
                Argument::Element(element) => json!({ "objectId": element.0 }),
            })
            .collect();
        let mut answer = self.call(
            "Runtime.callFunctionOn",
            json!({
                "functionDeclaration": format!("function () {{ {body}\n }}"),
                "objectId": global["result"]["objectId"],
                "arguments": arguments,
                "awaitPromise": true,
                "returnByValue": by_value,
                "userGesture": true,
            }),
        )?;
        if let Some(details) = answer.get("exceptionDetails") {
            return Err(format!(
                "script: {}",
                details["exception"]["description"].as_str().unwrap_or("exception")
            ));
        }
        Ok(answer["result"].take())
    }

    fn key(&mut self, kind: &str, key: &str, modifiers: u8) -> Outcome<()> {
        let (name, code, number, text) = key_data(key)?;
        let text = if modifiers & !8 == 0 { text } else { None };
        let mut event =
            json!({ "type": kind, "key": name, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers });
        if let (Some(text), "keyDown") = (text, kind) {
            event["text"] = json!(text);
        }
        // Control and A selects all only where the platform's shortcut is named along.
        if modifiers == 2 && name == "a" && kind == "keyDown" {
            event["commands"] = json!(["selectAll"]);
        }
        self.call("Input.dispatchKeyEvent", event).map(drop)
    }
}

impl Driver for DevTools {
    fn goto(&mut self, address: &str) -> Outcome<()> {
        let here = self.function("return location.href", &[], true)?;
        let here = here["value"].as_str().unwrap_or_default();
        let document = |address: &str| address.split('#').next().map(str::to_owned);
        let same = here != address && address.contains('#') && document(here) == document(address);
        self.events.clear();
        let answer = self.call("Page.navigate", json!({ "url": address }))?;
        if let Some(error) = answer["errorText"].as_str() {
            return Err(format!("{address}: {error}"));
        }
        if same { Ok(()) } else { self.wait_for_load() }
    }

    fn reload(&mut self) -> Outcome<()> {
        self.events.clear();
        self.call("Page.reload", json!({}))?;
        self.wait_for_load()
    }

    fn back(&mut self) -> Outcome<()> {
        self.function("history.back()", &[], true).map(drop)
    }

    fn eval(&mut self, body: &str, arguments: &[Argument]) -> Outcome<Value> {
        Ok(self.function(body, arguments, true)?["value"].take())
    }

    fn elements(&mut self, body: &str, arguments: &[Argument]) -> Outcome<Vec<Element>> {
        let array = self.function(body, arguments, false)?;
        let listed = self.call(
            "Runtime.getProperties",
            json!({ "objectId": array["objectId"], "ownProperties": true }),
        )?;
        let properties = listed["result"].as_array().map(Vec::as_slice).unwrap_or_default();
        let elements = properties.iter().filter(|property| property["enumerable"] == true);
        Ok(elements
            .filter_map(|property| Some(Element(property["value"]["objectId"].as_str()?.to_owned())))
            .collect())
    }

    fn click(&mut self, element: &Element) -> Outcome<()> {
        let body = "
            const element = arguments[0];
            element.scrollIntoView({ block: 'center', inline: 'nearest' });
            const box = element.getBoundingClientRect();
            const x = box.left + box.width / 2, y = box.top + box.height / 2;
            const there = document.elementFromPoint(x, y);
            if (!there || !(element.contains(there) || there.contains(element))) {
              throw new Error('element click intercepted by ' + (there && there.outerHTML.slice(0, 120)));
            }
            return [x, y];";
        let place = self.eval(body, &[Argument::Element(element.clone())])?;
        for (kind, count) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 1)] {
            let button = if count == 0 { "none" } else { "left" };
            let event = json!({ "type": kind, "x": place[0], "y": place[1], "button": button, "clickCount": count });
            self.call("Input.dispatchMouseEvent", event)?;
        }
        Ok(())
    }

    fn type_text(&mut self, element: &Element, text: &str) -> Outcome<()> {
        let body = "if (document.activeElement !== arguments[0]) { arguments[0].focus(); }";
        self.eval(body, &[Argument::Element(element.clone())])?;
        for letter in text.chars() {
            if letter.is_ascii() {
                let letter = if letter == '\n' {
                    "Enter".to_owned()
                } else {
                    letter.to_string()
                };
                self.key("keyDown", &letter, 0)?;
                self.key("keyUp", &letter, 0)?;
            } else {
                self.call("Input.insertText", json!({ "text": letter.to_string() }))?;
            }
        }
        Ok(())
    }

    fn press(&mut self, stroke: Stroke) -> Outcome<()> {
        let modifiers = u8::from(stroke.alt) | u8::from(stroke.ctrl) << 1 | u8::from(stroke.shift) << 3;
        self.key("keyDown", stroke.key, modifiers)?;
        self.key("keyUp", stroke.key, modifiers)
    }

    fn upload(&mut self, element: &Element, files: &[PathBuf]) -> Outcome<()> {
        let files: Vec<String> = files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        self.call(
            "DOM.setFileInputFiles",
            json!({ "files": files, "objectId": element.0 }),
        )
        .map(drop)
    }

    fn set_viewport(&mut self, width: u32, height: u32) -> Outcome<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", metrics).map(drop)
    }

    fn screenshot(&mut self) -> Outcome<Vec<u8>> {
        let picture = self.call("Page.captureScreenshot", json!({ "format": "png" }))?;
        Ok(base64(picture["data"].as_str().unwrap_or_default()))
    }

    fn downloads(&self) -> &Path {
        &self.downloads
    }

    fn open_window(&mut self) -> Outcome<String> {
        Err(ONE_WINDOW.into())
    }

    fn window(&mut self) -> Outcome<String> {
        Err(ONE_WINDOW.into())
    }

    fn turn_to(&mut self, _window: &str) -> Outcome<()> {
        Err(ONE_WINDOW.into())
    }

    fn close_window(&mut self) -> Outcome<()> {
        Err(ONE_WINDOW.into())
    }

    fn slow_down(&mut self, times: f64) -> Outcome<bool> {
        self.call("Emulation.setCPUThrottlingRate", json!({ "rate": times }))
            .map(|_| true)
    }

    fn as_on_paper(&mut self, on: bool) -> Outcome<bool> {
        let media = if on { "print" } else { "" };
        self.call("Emulation.setEmulatedMedia", json!({ "media": media }))
            .map(|_| true)
    }

    fn kill(&mut self) -> Outcome<()> {
        self.process.kill_tree();
        Ok(())
    }
}

/// Key, code, virtual key code, text typed.
fn key_data(key: &str) -> Outcome<(String, String, u32, Option<String>)> {
    let named = match key {
        "Backspace" => Some((8, None)),
        "Tab" => Some((9, None)),
        "Enter" => Some((13, Some("\r"))),
        "Escape" => Some((27, None)),
        "PageUp" => Some((33, None)),
        "PageDown" => Some((34, None)),
        "End" => Some((35, None)),
        "Home" => Some((36, None)),
        "ArrowLeft" => Some((37, None)),
        "ArrowUp" => Some((38, None)),
        "F2" => Some((113, None)),
        "ArrowRight" => Some((39, None)),
        "ArrowDown" => Some((40, None)),
        "Delete" => Some((46, None)),
        _ => None,
    };
    if let Some((number, text)) = named {
        return Ok((key.to_owned(), key.to_owned(), number, text.map(str::to_owned)));
    }
    let key = if key == "Space" { " " } else { key };
    let mut letters = key.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        return Err(format!("`{key}` is no key known here"));
    };
    let upper = letter.to_ascii_uppercase();
    let code = match upper {
        ' ' => "Space".to_owned(),
        'A'..='Z' => format!("Key{upper}"),
        '0'..='9' => format!("Digit{upper}"),
        '/' => "Slash".to_owned(),
        _ => String::new(),
    };
    let number = if upper.is_ascii_alphanumeric() || upper == ' ' {
        upper as u32
    } else {
        0
    };
    Ok((letter.to_string(), code, number, Some(letter.to_string())))
}
