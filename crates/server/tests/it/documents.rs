//! The documents at the root and in `docs/` name only what exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use server::routes;
use tokio::task::spawn_blocking;

use crate::stage::Stage;

/// Folders whose files are named by their whole path.
const FOLDERS: [&str; 7] = [".ci/", "config/", "crates/", "docs/", "migrations/", "page/", "static/"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every document, with its text.
fn documents() -> Vec<(PathBuf, String)> {
    let files = [root(), root().join("docs")].into_iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let paths = files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "md"));
    paths.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The text of a file, by its path from the root.
pub(crate) fn read(document: &str) -> String {
    fs::read_to_string(root().join(document)).unwrap()
}

/// The texts between backticks, blocks of code aside.
pub(crate) fn quoted(text: &str) -> BTreeSet<&str> {
    let blocks = text.split("```").step_by(2);
    blocks.flat_map(|prose| prose.lines()).flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// The address of the server in the example.
const EXAMPLE_SERVER: &str = "http://127.0.0.1:8080";

#[tokio::test(flavor = "multi_thread")]
async fn the_example_of_the_api_leads_from_no_account_to_a_seat() {
    let stage = Stage::set().await;
    let readme = read("README.md");
    let (_, section) = readme.split_once("## Use the API").unwrap();
    let script = section.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert!(script.contains(EXAMPLE_SERVER), "{script}");
    let script = script.replace(EXAMPLE_SERVER, &stage.server.base);
    let has_curl = Command::new("curl").arg("--version").output().is_ok();
    assert!(has_curl, "curl is missing: install curl 7.82 or newer, as the example in README.md needs it");
    // A proxy of the machine is not asked for this server.
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", &script]).env("NO_PROXY", "*").env("no_proxy", "*");
    let ran = spawn_blocking(move || shell.output()).await.unwrap().unwrap();
    let (said, errors) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && errors.is_empty(), "{said}\n{errors}");
    // The answers are about the published event, the booking, and the buyer's list.
    for part in ["\"status\":\"PUBLISHED\"", "\"status\":\"CONFIRMED\"", "\"items\":[{", "A concert"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    stage.assert_promises().await;
}

#[test]
fn links_and_paths_lead_to_files() {
    let mut found = 0;
    for (document, text) in documents() {
        let links = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
        let links = links.filter(|target| !target.contains("://") && !target.starts_with('#'));
        let links = links.map(|target| document.with_file_name(target.split('#').next().unwrap()));
        let paths = quoted(&text).into_iter().filter(|quoted| FOLDERS.iter().any(|folder| quoted.starts_with(folder)));
        let paths = paths.filter(|path| !path.contains(['{', '*', ' '])).map(|path| root().join(path));
        for target in links.chain(paths) {
            assert!(target.exists(), "{} names {}", document.display(), target.display());
            found += 1;
        }
    }
    assert!(found > 20, "{found} links and paths");
}

#[test]
fn variables_of_settings_are_keys() {
    let mut keys = BTreeSet::new();
    let mut section = "";
    let defaults = read("config/default.toml");
    for line in defaults.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            keys.insert(format!("ONSALE__{section}__{key}").to_uppercase());
        }
    }
    let mut found = 0;
    for (document, text) in documents() {
        for name in quoted(&text).into_iter().filter(|quoted| quoted.starts_with("ONSALE__")) {
            let variable = name.split('=').next().unwrap();
            let is_example = variable == "ONSALE__SECTION__KEY";
            assert!(is_example || keys.contains(variable), "{} names {variable}", document.display());
            found += 1;
        }
    }
    assert!(found > 5, "{found} variables");
}

#[test]
fn the_page_on_the_api_lists_the_routes() {
    let page = read("docs/api.md");
    let cells = page.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" |")).map(|(route, _)| route);
    let listed: BTreeSet<String> = cells.filter(|cell| cell.contains(" /")).map(str::to_owned).collect();
    let routes: BTreeSet<String> =
        routes::table().iter().map(|endpoint| format!("{} {}", endpoint.method, endpoint.path)).collect();
    assert_eq!(listed, routes);
}

#[test]
fn the_image_can_verify_servers() {
    let image = read("Dockerfile");
    let (_, shipped) = image.rsplit_once("\nFROM ").unwrap();
    assert!(shipped.contains(" ca-certificates "), "the image that ships has no root certificates");
}
