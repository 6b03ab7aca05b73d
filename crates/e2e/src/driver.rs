//! ChromeDriver, one for all stories, and the browsers that it starts.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::json;
use thirtyfour::{CapabilitiesHelper, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};

use crate::film::film;
use crate::guard::Guarded;

/// The clock that browsers show. The demo's events are in this zone, too.
const TIME_ZONE: &str = "Europe/Berlin";

const ARGUMENTS: [&str; 13] = [
    "--headless",
    // A desktop's size. Narrower than 500 it has no effect; `Browser::phone` does that.
    "--window-size=1280,900",
    // Chromium refuses its sandbox to root, and it only meets the server under test.
    "--no-sandbox",
    // Containers have a small /dev/shm.
    "--disable-dev-shm-usage",
    "--disable-gpu",
    // Colours and positions are read as they end up, not in the middle of a transition.
    "--force-prefers-reduced-motion",
    // Nothing but the page asks for anything.
    "--no-proxy-server",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Windows side by side all count as seen.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
];

struct Driver {
    url: String,
    /// What its browsers write, and what they are shown. It goes with the process.
    folder: PathBuf,
    /// Kept, so that the process lives as long as this one.
    _process: Guarded,
}

/// A new browser, with storage of its own. Its camera sees the QR code of this text, if there is one.
pub(crate) async fn browser(before_the_camera: Option<&str>) -> WebDriver {
    static DRIVER: OnceLock<Driver> = OnceLock::new();
    let Driver { url, folder, .. } = DRIVER.get_or_init(start);
    let mut wanted = DesiredCapabilities::chrome();
    wanted.set_binary(&program("chromium").display().to_string()).unwrap();
    for argument in ARGUMENTS {
        wanted.add_arg(argument).unwrap();
    }
    if let Some(text) = before_the_camera {
        wanted.add_arg("--use-fake-device-for-media-stream").unwrap();
        // Its user says yes when the page asks for the camera.
        wanted.add_arg("--use-fake-ui-for-media-stream").unwrap();
        let film = film(folder, text);
        wanted.add_arg(&format!("--use-file-for-fake-video-capture={}", film.display())).unwrap();
    }
    wanted.set("goog:loggingPrefs", json!({ "browser": "ALL" })).unwrap();
    // A dialog of the browser's own, such as an alert, is nothing that this page may open.
    wanted.set("unhandledPromptBehavior", "ignore").unwrap();
    WebDriver::new(url.as_str(), wanted).await.unwrap_or_else(|error| panic!("no browser: {error}"))
}

fn start() -> Driver {
    let folder = std::env::temp_dir().join(format!("onsale-e2e-{}", std::process::id()));
    // Fails if somebody else has made the folder: the browser writes into it.
    std::fs::create_dir(&folder).unwrap();
    let (process, out, err) = Guarded::start(&folder, &program("chromedriver"), &["--port=0"], |command| {
        command.env("TZ", TIME_ZONE).env("TMPDIR", &folder);
    });
    let mut out = BufReader::new(out).lines();
    let port = out
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.rsplit_once("successfully on port ")?.1.trim_end_matches('.').parse::<u16>().ok())
        .unwrap_or_else(|| panic!("ChromeDriver did not start"));
    // A pipe that nobody reads would stop it.
    std::thread::spawn(move || out.for_each(drop));
    std::thread::spawn(move || BufReader::new(err).lines().for_each(drop));
    Driver { url: format!("http://127.0.0.1:{port}"), folder, _process: process }
}

fn program(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found = std::env::split_paths(&path).map(|folder| folder.join(name));
    found.find(|file| Path::is_file(file)).unwrap_or_else(|| {
        panic!("there is no {name}: install Debian's chromium and chromium-driver, both of one version")
    })
}
