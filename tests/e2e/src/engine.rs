//! The engines: where each is found and how it is started.

use crate::cdp::DevTools;
use crate::driver::{Driver, Outcome};
use crate::process::{Process, free_port};
use crate::webdriver::WebDriver;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A browser engine the page must run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The system's current Chromium.
    Chromium,
    /// The system's current Firefox ESR.
    Firefox,
    /// WebKitGTK's MiniBrowser, for Safari and WeChat on iOS.
    Webkit,
    /// Chromium 86, the floor of the browsers in offices.
    Chromium86,
    /// Chromium 88.
    Chromium88,
    /// Chromium 91.
    Chromium91,
}

impl Engine {
    pub const ALL: [Self; 6] = [
        Self::Firefox,
        Self::Chromium,
        Self::Webkit,
        Self::Chromium86,
        Self::Chromium88,
        Self::Chromium91,
    ];

    /// The name used on the command line and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
            Self::Chromium86 => "chromium86",
            Self::Chromium88 => "chromium88",
            Self::Chromium91 => "chromium91",
        }
    }

    /// Whether this is one of the old engines, which run the short list only.
    pub fn is_old(self) -> bool {
        matches!(self, Self::Chromium86 | Self::Chromium88 | Self::Chromium91)
    }

    /// Whether tests can read files the page saves: MiniBrowser asks where to put them.
    pub fn has_downloads(self) -> bool {
        self != Self::Webkit
    }

    /// The smallest width of the page's area in CSS pixels; MiniBrowser's tool bar needs some.
    pub fn narrowest(self) -> u32 {
        if self == Self::Webkit { 450 } else { 320 }
    }

    /// Whether text may be selected: this build of Chromium 91 copies every selection to a clipboard it lacks,
    /// and ends.
    pub fn can_select_text(self) -> bool {
        self != Self::Chromium91
    }

    /// What is missing to run this engine here; fetches the old engines when they are not here yet.
    ///
    /// # Errors
    /// The missing programs, in words.
    pub fn prepare(self, cache: &Path) -> Outcome<()> {
        match self {
            Self::Chromium => needs(&["chromium", "chromedriver"]),
            Self::Firefox => needs(&["firefox-esr", "geckodriver"]),
            Self::Webkit => {
                needs(&["WebKitWebDriver", "Xvfb"])?;
                minibrowser()
                    .map(drop)
                    .ok_or_else(|| "MiniBrowser is not installed".into())
            }
            Self::Chromium86 | Self::Chromium88 | Self::Chromium91 => self.old_binary(cache).map(drop),
        }
    }

    /// Starts the browser with an empty profile in `profile`.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start(self, cache: &Path, profile: &Path) -> Outcome<Box<dyn Driver>> {
        if profile.exists() {
            fs::remove_dir_all(profile).map_err(|error| format!("{}: {error}", profile.display()))?;
        }
        self.start_again(cache, profile)
    }

    /// Starts the browser with the profile that it had before.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start_again(self, cache: &Path, profile: &Path) -> Outcome<Box<dyn Driver>> {
        let downloads = profile.join("Downloads");
        fs::create_dir_all(&downloads).map_err(|error| format!("{}: {error}", downloads.display()))?;
        match self {
            Self::Chromium => start_chromium(profile, downloads),
            Self::Firefox => start_firefox(profile, downloads),
            Self::Webkit => start_webkit(profile, downloads),
            Self::Chromium86 | Self::Chromium88 | Self::Chromium91 => {
                start_old(&self.old_binary(cache)?, profile, downloads)
            }
        }
    }

    /// Starts a current engine without a driver, as people do, with the profile that it had before.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start_alone(self, profile: &Path, address: &str) -> Outcome<Vec<Process>> {
        std::fs::create_dir_all(profile).map_err(|error| format!("{}: {error}", profile.display()))?;
        match self {
            Self::Chromium => {
                let mut command = Command::new("chromium");
                command.args(CHROMIUM).arg("--remote-debugging-port=0");
                command
                    .arg(format!("--user-data-dir={}", profile.display()))
                    .arg(address);
                Ok(vec![Process::start(&mut command)?])
            }
            Self::Firefox => {
                // After some ends without a word it would ask how to start.
                let prefs = "user_pref(\"toolkit.startup.max_resumed_crashes\", -1);
                    user_pref(\"browser.sessionstore.resume_from_crash\", false);
                    user_pref(\"datareporting.policy.dataSubmissionEnabled\", false);
                    user_pref(\"browser.aboutwelcome.enabled\", false);";
                fs::write(profile.join("user.js"), prefs).map_err(|error| error.to_string())?;
                let mut command = Command::new("firefox-esr");
                command
                    .args(["-headless", "-no-remote", "-profile"])
                    .arg(profile)
                    .arg(address);
                Ok(vec![Process::start(&mut command)?])
            }
            Self::Webkit => {
                let (display, number) = start_display()?;
                let mut command = Command::new(minibrowser().ok_or("MiniBrowser is not installed")?);
                webkit_environment(&mut command, profile, number);
                Ok(vec![display, Process::start(command.arg(address))?])
            }
            _ => Err(format!("{} is not started alone", self.name())),
        }
    }

    /// The program of an old engine, fetched from npm at first.
    fn old_binary(self, cache: &Path) -> Outcome<PathBuf> {
        let version = match self {
            Self::Chromium86 => "5.3.1",
            Self::Chromium88 => "5.5.0",
            _ => "9.0.0",
        };
        let folder = cache.join(format!("chrome-aws-lambda-{version}"));
        let binary = folder.join("package/bin/chromium");
        if folder.join("complete").exists() {
            return Ok(binary);
        }
        needs(&["node"])?;
        unpack_package(&folder, "chrome-aws-lambda", version)?;
        let unpack = "const z = require('zlib'), f = require('fs');
            for (const name of ['chromium', 'swiftshader.tar'])
              f.writeFileSync(name, z.brotliDecompressSync(f.readFileSync(name + '.br')), { mode: 0o755 });";
        let bin = folder.join("package/bin");
        run(Command::new("node").args(["-e", unpack]).current_dir(&bin))?;
        fs::create_dir_all(bin.join("swiftshader")).map_err(|error| error.to_string())?;
        run(Command::new("tar")
            .args(["xf", "swiftshader.tar", "-C", "swiftshader"])
            .current_dir(&bin))?;
        fs::write(folder.join("complete"), "").map_err(|error| error.to_string())?;
        Ok(binary)
    }
}

/// A package of npm, unpacked into `package` inside a folder.
fn unpack_package(folder: &Path, name: &str, version: &str) -> Outcome<()> {
    needs(&["npm", "tar"])?;
    println!("fetching {name}@{version} from npm");
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    run(Command::new("npm")
        .args(["pack", "--silent", &format!("{name}@{version}")])
        .current_dir(folder))?;
    run(Command::new("tar")
        .args(["xzf", &format!("{name}-{version}.tgz")])
        .current_dir(folder))
}

/// The text of axe-core, which finds what keeps people with disabilities out; fetched from npm at first.
///
/// # Errors
/// When it cannot be fetched.
pub fn axe(cache: &Path) -> Outcome<String> {
    const VERSION: &str = "4.10.3";
    let folder = cache.join(format!("axe-core-{VERSION}"));
    let script = folder.join("package/axe.min.js");
    if !script.exists() {
        unpack_package(&folder, "axe-core", VERSION)?;
    }
    fs::read_to_string(&script).map_err(|error| format!("{}: {error}", script.display()))
}

/// The text of ECharts, with whose drawing that of the page is compared; fetched from npm at first.
///
/// # Errors
/// When it cannot be fetched.
pub fn echarts(cache: &Path) -> Outcome<String> {
    const VERSION: &str = "6.1.0";
    let folder = cache.join(format!("echarts-{VERSION}"));
    let script = folder.join("package/dist/echarts.min.js");
    if !script.exists() {
        unpack_package(&folder, "echarts", VERSION)?;
    }
    fs::read_to_string(&script).map_err(|error| format!("{}: {error}", script.display()))
}

const CHROMIUM: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
    "--lang=zh-CN",
    "--window-size=1366,768",
];

fn start_chromium(profile: &Path, downloads: PathBuf) -> Outcome<Box<dyn Driver>> {
    let port = free_port()?;
    let driver = Process::start(Command::new("chromedriver").arg(format!("--port={port}")))?;
    let mut arguments: Vec<String> = CHROMIUM.iter().map(|argument| (*argument).to_owned()).collect();
    arguments.push(format!("--user-data-dir={}", profile.join("profile").display()));
    let capabilities = json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "binary": located("chromium"), "args": arguments },
    });
    Ok(Box::new(WebDriver::open(port, &capabilities, downloads, vec![driver])?))
}

fn start_firefox(profile: &Path, downloads: PathBuf) -> Outcome<Box<dyn Driver>> {
    let port = free_port()?;
    let mut command = Command::new("geckodriver");
    command.args([
        "--port",
        &port.to_string(),
        "--websocket-port",
        &free_port()?.to_string(),
    ]);
    let kept = profile.join("profile");
    fs::create_dir_all(&kept).map_err(|error| format!("{}: {error}", kept.display()))?;
    let driver = Process::start(&mut command)?;
    let capabilities = json!({
        "browserName": "firefox",
        "webSocketUrl": true,
        "moz:firefoxOptions": {
            "binary": located("firefox-esr"),
            "args": ["-headless", "--width=1366", "--height=768", "-profile", kept],
            "prefs": {
                "intl.accept_languages": "zh-CN",
                "browser.download.folderList": 2,
                "browser.download.dir": downloads.to_string_lossy(),
                "browser.download.useDownloadDir": true,
                "browser.download.alwaysOpenPanel": false,
                "browser.helperApps.neverAsk.saveToDisk": "application/json,application/octet-stream,text/csv,text/plain,image/png",
                "datareporting.policy.dataSubmissionEnabled": false,
            },
        },
    });
    Ok(Box::new(WebDriver::open(port, &capabilities, downloads, vec![driver])?))
}

fn start_display() -> Outcome<(Process, u32)> {
    let mut display = Command::new("Xvfb");
    display.args(["-displayfd", "1", "-screen", "0", "2000x1400x24", "-nolisten", "tcp"]);
    Process::start_reading(&mut display, false, |line| line.trim().parse::<u32>().ok())
}

fn webkit_environment(command: &mut Command, profile: &Path, display: u32) {
    command
        .env("DISPLAY", format!(":{display}"))
        .env("HOME", profile)
        .env("XDG_DATA_HOME", profile.join("data"));
    command
        .env("XDG_CACHE_HOME", profile.join("cache"))
        .env("XDG_CONFIG_HOME", profile.join("config"));
    command.env("GDK_BACKEND", "x11").env("LIBGL_ALWAYS_SOFTWARE", "1");
    command.env_remove("WAYLAND_DISPLAY").env("LANG", "C.UTF-8");
    // WebKitGTK 2.50.6 loses values in compiled code. The same page, loaded again and again on a busy machine with the
    // second compiler off (which makes it frequent), stopped in 17 of 680 loads at places that cannot fail; in none of
    // 180 interpreted. With bounds checked by the code and no change of code within a loop, a run of all tests still
    // stopped two or three times, in the plain loop that cuts the cells of the map.
    command.env("JSC_useBBQJIT", "0").env("JSC_useOMGJIT", "0");
}

fn start_webkit(profile: &Path, downloads: PathBuf) -> Outcome<Box<dyn Driver>> {
    let (display, number) = start_display()?;
    let port = free_port()?;
    let mut command = Command::new("WebKitWebDriver");
    command.arg(format!("--port={port}"));
    webkit_environment(&mut command, profile, number);
    let driver = Process::start(&mut command)?;
    let capabilities = json!({
        "browserName": "MiniBrowser",
        "webkitgtk:browserOptions": { "binary": minibrowser(), "args": ["--automation"] },
    });
    Ok(Box::new(WebDriver::open(
        port,
        &capabilities,
        downloads,
        vec![driver, display],
    )?))
}

fn start_old(binary: &Path, profile: &Path, downloads: PathBuf) -> Outcome<Box<dyn Driver>> {
    let mut command = Command::new(binary);
    command
        .args(CHROMIUM)
        .args(["--single-process", "--no-zygote", "--remote-debugging-port=0"]);
    command
        .arg(format!("--user-data-dir={}", profile.join("profile").display()))
        .arg("about:blank");
    let (process, port) = Process::start_reading(&mut command, true, |line| {
        line.strip_prefix("DevTools listening on ws://127.0.0.1:")?
            .split('/')
            .next()?
            .parse::<u16>()
            .ok()
    })?;
    Ok(Box::new(DevTools::open(port, downloads, process)?))
}

fn run(command: &mut Command) -> Outcome<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(|error| format!("{name}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{name} failed ({status})"))
    }
}

fn needs(programs: &[&str]) -> Outcome<()> {
    let missing: Vec<&str> = programs
        .iter()
        .copied()
        .filter(|program| located(program).is_none())
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("not installed: {}", missing.join(", ")))
    }
}

fn located(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

fn minibrowser() -> Option<PathBuf> {
    let version = |name: &str| -> Vec<PathBuf> {
        [
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/lib",
            "/usr/libexec",
        ]
        .iter()
        .map(|folder| Path::new(folder).join(name).join("MiniBrowser"))
        .collect()
    };
    ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"]
        .iter()
        .flat_map(|name| version(name))
        .find(|file| file.is_file())
}
