//! What a test holds: one page in one engine, and the host it comes from.
//!
//! Elements are named as people name them, by role and label, and every step waits for its element.

use crate::deployment::Deployment;
use crate::driver::{Argument, Driver, Element, Outcome, Stroke};
use crate::engine::Engine;
use crate::site::Site;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const FIND: &str = include_str!("script/find.js");
const SETTLED: &str = include_str!("script/settled.js");
/// How long something is waited for: WebKitGTK on two cores takes more than 20 s for a step now and then.
const PATIENCE: Duration = Duration::from_secs(40);
const PAUSE: Duration = Duration::from_millis(40);

/// How an element is named.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// ARIA role and accessible name: exact if there is one, else a name that contains the text; empty for any.
    Role(&'a str, &'a str),
    /// The innermost elements whose text contains this.
    Text(&'a str),
    /// A CSS selector, for what people do not name.
    Css(&'a str),
}

/// One page in one engine.
pub struct Page<'a> {
    driver: &'a mut Box<dyn Driver>,
    engine: Engine,
    /// Folders of old engines and of the browser's profile.
    folders: (PathBuf, PathBuf),
    site: Site,
    /// Hosts that the page came from before.
    others: Vec<Site>,
    build: Deployment,
    allowed: Vec<String>,
}

impl<'a> Page<'a> {
    pub fn new(
        driver: &'a mut Box<dyn Driver>,
        engine: Engine,
        folders: (PathBuf, PathBuf),
        site: Site,
        build: Deployment,
    ) -> Self {
        // Chromium 86 and 88 report the compiling of WebAssembly although 'unsafe-eval' allows it, and go on.
        let quirk =
            matches!(engine, Engine::Chromium86 | Engine::Chromium88).then(|| "csp: script-src eval".to_owned());
        Self {
            driver,
            engine,
            folders,
            site,
            others: Vec::new(),
            build,
            allowed: quirk.into_iter().collect(),
        }
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The host: its requests, going offline, other builds.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// From now on the page comes from another host: to the browser another origin, with storage of its own.
    pub fn turn_to_host(&mut self, site: Site) {
        self.others.push(std::mem::replace(&mut self.site, site));
    }

    /// The build under test, to be changed and deployed.
    pub fn build(&self) -> Deployment {
        self.build.clone()
    }

    // ---- Going places ----

    /// Opens the page and waits until it is ready; `rest` follows its folder, as `?sample#/map`.
    pub fn open(&mut self, rest: &str) -> Outcome<()> {
        self.goto(rest)?;
        self.wait_ready()
    }

    /// Takes a step to another page, again where nothing came of it: Chromium lets a page take 200 steps in ten seconds,
    /// Back included, and drops what is more; a step back that was asked for before may come after.
    pub fn step_to(&mut self, hash: &str) -> Outcome<()> {
        let step = format!(
            "if (location.hash !== '{hash}') location.hash = '{hash}';
             return new Promise((done) => setTimeout(() => done(location.hash === '{hash}'), 50))"
        );
        self.wait_until(hash, &step)
    }

    /// Opens an address below the page's folder without waiting for the page.
    pub fn goto(&mut self, rest: &str) -> Outcome<()> {
        let address = self.site.address(rest);
        // Engines differ in what going to the address one is at means: here it loads the page anew.
        if rest.contains('#') && self.eval("return location.href") == Ok(json!(address)) {
            return self.driver.reload();
        }
        self.driver.goto(&address)
    }

    /// Loads the page anew and waits until it is ready.
    pub fn reload(&mut self) -> Outcome<()> {
        self.driver.reload()?;
        self.wait_ready()
    }

    /// Loads anew without waiting for the page.
    pub fn reload_only(&mut self) -> Outcome<()> {
        self.driver.reload()
    }

    pub fn back(&mut self) -> Outcome<()> {
        self.driver.back()
    }

    /// Waits for `data-ready` on the root element.
    pub fn wait_ready(&mut self) -> Outcome<()> {
        self.wait_until(
            "the page is ready",
            "return document.documentElement.hasAttribute('data-ready')",
        )
    }

    // ---- Looking ----

    /// Runs a function body in the page (may return a promise).
    pub fn eval(&mut self, body: &str) -> Outcome<Value> {
        self.driver.eval(body, &[])
    }

    /// The same with an argument, read as `arguments[0]`.
    pub fn eval_with(&mut self, body: &str, argument: Value) -> Outcome<Value> {
        self.driver.eval(body, &[Argument::Json(argument)])
    }

    /// The same with an element, read as `arguments[0]`.
    pub fn eval_on(&mut self, body: &str, element: &Element) -> Outcome<Value> {
        self.driver.eval(body, &[Argument::Element(element.clone())])
    }

    /// All visible elements that match now; no waiting.
    pub fn all(&mut self, by: By) -> Outcome<Vec<Element>> {
        self.all_within(None, by)
    }

    /// All visible elements inside another that match now; no waiting.
    pub fn all_within(&mut self, scope: Option<&Element>, by: By) -> Outcome<Vec<Element>> {
        let (kind, role, name) = match by {
            By::Role(role, name) => ("role", role, name),
            By::Text(text) => ("text", "", text),
            By::Css(selector) => ("css", "", selector),
        };
        let scope = scope.map_or(Argument::Json(Value::Null), |element| {
            Argument::Element(element.clone())
        });
        let words = [role, name, kind].map(|word| Argument::Json(json!(word)));
        let arguments: Vec<Argument> = std::iter::once(scope).chain(words).collect();
        self.driver.elements(FIND, &arguments)
    }

    /// The first element that matches, waited for.
    pub fn find(&mut self, by: By) -> Outcome<Element> {
        self.find_within(None, by)
    }

    /// The first element inside another that matches, waited for.
    pub fn find_within(&mut self, scope: Option<&Element>, by: By) -> Outcome<Element> {
        let start = Instant::now();
        loop {
            let found = self.all_within(scope, by);
            if let Ok([first, ..]) = found.as_deref() {
                return Ok(first.clone());
            }
            if start.elapsed() > PATIENCE {
                found?;
                return Err(format!(
                    "nothing visible is {by:?}\n  the page says: {}",
                    self.summary()
                ));
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Waits until nothing visible matches.
    pub fn wait_gone(&mut self, by: By) -> Outcome<()> {
        let start = Instant::now();
        while !self.all(by)?.is_empty() {
            if start.elapsed() > PATIENCE {
                return Err(format!("still visible: {by:?}"));
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Waits for a visible text.
    pub fn see(&mut self, text: &str) -> Outcome<()> {
        self.find(By::Text(text)).map(drop)
    }

    /// The visible text of an element, blanks collapsed.
    pub fn text(&mut self, element: &Element) -> Outcome<String> {
        let text = self.eval_on(
            "return arguments[0].innerText || arguments[0].textContent || ''",
            element,
        )?;
        Ok(text
            .as_str()
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "))
    }

    /// The value of a field.
    pub fn value(&mut self, element: &Element) -> Outcome<String> {
        Ok(self
            .eval_on("return arguments[0].value", element)?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// Waits until a function body returns something true; `what` is said when it does not.
    pub fn wait_until(&mut self, what: &str, body: &str) -> Outcome<()> {
        self.wait_for(what, PATIENCE, |page| {
            let value = page.eval(body)?;
            Ok(!matches!(value, Value::Null | Value::Bool(false)) && value != json!(0) && value != json!(""))
        })
    }

    /// Waits until `holds` says so; an error counts as not yet, as while the page loads.
    pub fn wait_for(
        &mut self,
        what: &str,
        limit: Duration,
        mut holds: impl FnMut(&mut Self) -> Outcome<bool>,
    ) -> Outcome<()> {
        let start = Instant::now();
        loop {
            let now = holds(self);
            if now == Ok(true) {
                return Ok(());
            }
            if start.elapsed() > limit {
                let why = now.err().map(|error| format!(" ({error})")).unwrap_or_default();
                return Err(format!(
                    "waited in vain: {what}{why}\n  the page says: {}",
                    self.summary()
                ));
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// The beginning of the visible text, for messages.
    fn summary(&mut self) -> String {
        let text = self.eval("return location.href + ' ' + (document.body ? document.body.innerText : '')");
        let text = text
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default();
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .take(400)
            .collect()
    }

    // ---- Doing ----

    /// Clicks what has this role and name.
    pub fn click(&mut self, role: &str, name: &str) -> Outcome<()> {
        self.click_by(By::Role(role, name))
    }

    /// Clicks the first match; once more when the page replaced or moved it meanwhile.
    pub fn click_by(&mut self, by: By) -> Outcome<()> {
        let start = Instant::now();
        loop {
            let element = self.find(by)?;
            self.settle(&element)?;
            let heard = self.clicks_heard();
            match self.driver.click(&element) {
                Ok(()) if start.elapsed() > PATIENCE || self.has_heard(heard) => return Ok(()),
                Ok(()) => {}
                Err(error) if start.elapsed() > PATIENCE => {
                    return Err(format!("{by:?}: {error}"));
                }
                Err(_) => {
                    // What lies under a bar at the edge is scrolled away from it, as people do.
                    // One that the page replaced meanwhile is found anew.
                    drop(self.eval_on("arguments[0].scrollIntoView({ block: 'center' })", &element));
                    std::thread::sleep(PAUSE);
                }
            }
        }
    }

    /// How many clicks the page has heard, in WebKit: its driver loses one now and then on a busy machine. From now on
    /// the page counts.
    fn clicks_heard(&mut self) -> Option<Value> {
        let count = "if (window.e2eClicks === undefined) {
                       window.e2eClicks = 0;
                       window.addEventListener('click', () => { window.e2eClicks += 1; }, true);
                     }
                     return window.e2eClicks";
        (self.engine == Engine::Webkit).then(|| self.eval(count).ok()).flatten()
    }

    /// Whether the page heard a click since then, or is another page now; it has a second for it.
    fn has_heard(&mut self, before: Option<Value>) -> bool {
        let Some(before) = before else { return true };
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(1) {
            if self.eval("return window.e2eClicks") != Ok(before.clone()) {
                return true;
            }
            std::thread::sleep(PAUSE);
        }
        false
    }

    /// Waits, for two seconds at most, until an element stands still and nothing lies over its middle: some drivers
    /// click whatever is there, as a message that is about to go.
    fn settle(&mut self, element: &Element) -> Outcome<()> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(2) {
            match self.eval_on(SETTLED, element) {
                Ok(Value::Bool(false)) => std::thread::sleep(PAUSE),
                // Gone meanwhile, or no page to ask: the click itself says so.
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    /// Clicks an element found before.
    pub fn click_on(&mut self, element: &Element) -> Outcome<()> {
        self.settle(element)?;
        self.driver.click(element)
    }

    /// Replaces the content of a field by typing; the field keeps the focus. Fields with a picker (dates, months)
    /// are set and told so, since each engine types them differently.
    pub fn fill(&mut self, role: &str, name: &str, text: &str) -> Outcome<()> {
        self.on_found(By::Role(role, name), |page, element| page.fill_on(element, text))
    }

    /// Does something to the first match; once more when the page replaced it between finding and doing, as it does when
    /// the records have been read.
    fn on_found(&mut self, by: By, act: impl Fn(&mut Self, &Element) -> Outcome<()>) -> Outcome<()> {
        let element = self.find(by)?;
        match act(self, &element) {
            Err(error) if error.contains("stale element") => {
                let element = self.find(by)?;
                act(self, &element)
            }
            outcome => outcome,
        }
    }

    /// The same for an element found before.
    pub fn fill_on(&mut self, element: &Element, text: &str) -> Outcome<()> {
        let body = "
            const [field, text, clear] = arguments;
            field.focus();
            if (clear && 'value' in field) {
              const kind = field.localName === 'textarea' ? HTMLTextAreaElement : HTMLInputElement;
              Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(field, '');
            }
            if (['date', 'month', 'time', 'datetime-local', 'week', 'color', 'range'].includes(field.type)) {
              Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, text);
              field.dispatchEvent(new Event('input', { bubbles: true }));
              field.dispatchEvent(new Event('change', { bubbles: true }));
              return 'set';
            }
            return field.value ? 'full' : 'empty';";
        let clear = !self.engine.can_select_text();
        let arguments = [
            Argument::Element(element.clone()),
            Argument::Json(json!(text)),
            Argument::Json(json!(clear)),
        ];
        let state = self.driver.eval(body, &arguments)?;
        if state == "set" {
            return Ok(());
        }
        if state == "full" {
            self.press_with("a", true, false, false)?;
            self.press("Delete")?;
        }
        self.driver.type_text(element, text)?;
        self.typed_through(element, text)
    }

    /// WebKit's driver answers before its keys have arrived, and on a busy machine loses some: waits for all of them,
    /// and gives what is missing.
    fn typed_through(&mut self, element: &Element, text: &str) -> Outcome<()> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(2) {
            // A field that is gone or is no field has taken what it wanted.
            let Ok(value) = self.eval_on(
                "return arguments[0].isConnected ? arguments[0].value : undefined",
                element,
            ) else {
                return Ok(());
            };
            let Some(value) = value.as_str() else {
                return Ok(());
            };
            if value.chars().count() >= text.chars().count() {
                return Ok(());
            }
            std::thread::sleep(PAUSE);
        }
        let body = "
            const [field, text] = arguments;
            if (field.maxLength > 0 && text.length > field.maxLength) return;
            const kind = field.localName === 'textarea' ? HTMLTextAreaElement : HTMLInputElement;
            Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(field, text);
            field.dispatchEvent(new Event('input', { bubbles: true }));";
        let arguments = [Argument::Element(element.clone()), Argument::Json(json!(text))];
        self.driver.eval(body, &arguments).map(drop)
    }

    /// Types into a field of the page itself (not of its frame, whose search has a list too) and takes the first of
    /// what its list offers.
    pub fn choose(&mut self, name: &str, text: &str) -> Outcome<()> {
        let start = Instant::now();
        let field = loop {
            let main = self.find(By::Css("main"))?;
            if let Some(field) = self
                .all_within(Some(&main), By::Role("combobox", name))?
                .into_iter()
                .next()
            {
                break field;
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("no choice `{name}`\n  the page says: {}", self.summary()));
            }
            std::thread::sleep(PAUSE);
        };
        self.fill_on(&field, text)?;
        while self.all(By::Css("main [role=option]"))?.is_empty() {
            if start.elapsed() > PATIENCE {
                return Err(format!("no list of `{name}`\n  the page says: {}", self.summary()));
            }
            // A page that came late may have taken the focus.
            if self.eval_on("return document.activeElement === arguments[0]", &field)? == false {
                self.click_on(&field)?;
            }
            std::thread::sleep(PAUSE);
        }
        self.press("Enter")
    }

    /// Types into a field after what it holds.
    pub fn type_on(&mut self, element: &Element, text: &str) -> Outcome<()> {
        self.driver.type_text(element, text)
    }

    /// Presses a key: `Enter`, `Escape`, `Tab`, `ArrowDown`, `/`, …
    pub fn press(&mut self, key: &str) -> Outcome<()> {
        self.press_with(key, false, false, false)
    }

    /// Presses a key with others held down.
    pub fn press_with(&mut self, key: &str, ctrl: bool, shift: bool, alt: bool) -> Outcome<()> {
        self.driver.press(Stroke { key, ctrl, shift, alt })
    }

    /// Chooses the option with this text in a select.
    pub fn select(&mut self, name: &str, option: &str) -> Outcome<()> {
        let element = self.find(By::Role("combobox", name))?;
        let body = "
            const [select, text] = arguments;
            const clean = (words) => words.replace(/\\s+/g, ' ').trim();
            const found = Array.from(select.options).find((option) => clean(option.textContent) === text);
            if (!found) throw new Error('no option ' + text + ' among ' + Array.from(select.options, (option) => clean(option.textContent)));
            select.focus();
            select.value = found.value;
            select.dispatchEvent(new Event('input', { bubbles: true }));
            select.dispatchEvent(new Event('change', { bubbles: true }));";
        self.driver
            .eval(body, &[Argument::Element(element), Argument::Json(json!(option))])
            .map(drop)
    }

    /// Hands files to the file input with this name (empty for the first).
    pub fn upload(&mut self, name: &str, files: &[PathBuf]) -> Outcome<()> {
        self.on_found(By::Role("file", name), |page, element| {
            page.driver.upload(element, files)
        })
    }

    /// Size of the page's area in CSS pixels. See [`Engine::narrowest`].
    pub fn set_viewport(&mut self, width: u32, height: u32) -> Outcome<()> {
        self.driver.set_viewport(width, height)
    }

    // ---- Windows and the browser itself ----

    /// Opens another window and turns to it; what names it.
    pub fn open_window(&mut self) -> Outcome<String> {
        self.driver.open_window()
    }

    /// What names the window that is driven now.
    pub fn window(&mut self) -> Outcome<String> {
        self.driver.window()
    }

    /// Turns to a window.
    pub fn turn_to(&mut self, window: &str) -> Outcome<()> {
        self.driver.turn_to(window)
    }

    /// Closes this window and turns to another one.
    pub fn close_window(&mut self, then: &str) -> Outcome<()> {
        self.driver.close_window()?;
        self.driver.turn_to(then)
    }

    /// Makes the page so many times slower, where the engine can.
    pub fn slow_down(&mut self, times: f64) -> Outcome<bool> {
        self.driver.slow_down(times)
    }

    /// Makes the computer stand in another time zone, from the next page on; false where the engine cannot.
    pub fn set_time_zone(&mut self, zone: &str) -> Outcome<bool> {
        self.driver.set_time_zone(zone)
    }

    /// Styles the page as it is printed, or as it is shown again; false where the engine cannot.
    pub fn as_on_paper(&mut self, on: bool) -> Outcome<bool> {
        self.driver.as_on_paper(on)
    }

    /// The folder that outlives the run, for what tests fetch or keep on the disk.
    pub fn cache(&self) -> &Path {
        &self.folders.0
    }

    // ---- Files and pictures ----

    /// Waits for a saved file whose name contains `part` and returns its path.
    pub fn wait_download(&mut self, part: &str) -> Outcome<PathBuf> {
        let folder = self.driver.downloads().to_path_buf();
        let start = Instant::now();
        loop {
            if let Some(file) = downloaded(&folder, part) {
                return Ok(file);
            }
            if start.elapsed() > PATIENCE {
                return Err(format!(
                    "no file with `{part}` in its name arrived in {}",
                    folder.display()
                ));
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// A file for the page to read, with this name and content.
    pub fn file(&self, name: &str, content: &[u8]) -> Outcome<PathBuf> {
        let folder = self.driver.downloads().with_file_name("Uploads");
        let path = folder.join(name);
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(&path, content))
            .map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    }

    /// Writes a picture of what is visible.
    pub fn screenshot(&mut self, path: &Path) -> Outcome<()> {
        let picture = self.driver.screenshot()?;
        fs::write(path, picture).map_err(|error| format!("{}: {error}", path.display()))
    }

    // ---- What must not happen ----

    /// From now on, problems that contain this text do not fail the test.
    pub fn allow_problems(&mut self, containing: &str) {
        self.allowed.push(containing.to_owned());
    }

    /// Errors on the console, unhandled rejections and policy violations that no test allowed.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = self.site.problems();
        problems.extend(self.others.iter().flat_map(Site::problems));
        problems.retain(|problem| !self.allowed.iter().any(|allowed| problem.contains(allowed)));
        problems
    }
}

fn downloaded(folder: &Path, part: &str) -> Option<PathBuf> {
    let files = fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let name = |file: &Path| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let all: Vec<PathBuf> = files.collect();
    // A browser writes under another name until the file is whole.
    if all
        .iter()
        .any(|file| name(file).ends_with(".crdownload") || name(file).ends_with(".part"))
    {
        return None;
    }
    all.into_iter()
        .find(|file| name(file).contains(part) && fs::metadata(file).is_ok_and(|data| data.len() > 0))
}
