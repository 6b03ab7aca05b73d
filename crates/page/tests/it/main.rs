//! The page of this project, as browsers load it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use page::{Filling, Page};

/// A buyer's first visit may load 100 KB in all. Answers of the API, headers and the document have the rest.
const BUYER_BYTES_MAX: usize = 70_000;

/// Bundled once for all tests.
fn project() -> &'static Page {
    static PROJECT: LazyLock<Page> =
        LazyLock::new(|| Page::packed(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static")).unwrap());
    &PROJECT
}

/// A folder of its own with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::remove_dir_all(&folder).ok();
    for (path, text) in files {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

const INDEX: &str = "<title>A page</title>\n<link rel=\"stylesheet\" href=\"/styles/a.css\">\n\
                     <script type=\"module\" src=\"/scripts/app/main.js\"></script>\n";

/// A scanner's document, script and worker.
const DOOR: [(&str, &str); 4] = [
    ("door.html", "<title>A door</title>\n<script type=\"module\" src=\"/scripts/door/main.js\"></script>\n"),
    ("styles/door.css", ""),
    ("scripts/door/main.js", ""),
    ("scripts/door/worker.js", "const RELEASE = { version: '', files: [] };\n"),
];

#[test]
fn a_buyer_loads_three_small_files() {
    let page = project();
    let html = page.document.filled(&Filling::default());
    let loaded: Vec<&str> =
        page.assets().map(|(name, _)| name).filter(|name| html.contains(&format!("/{name}\""))).collect();
    assert_eq!(loaded, ["page.css", "page.js", "theme-first.js"]);
    let bytes: usize = loaded.iter().map(|name| page.asset(name).unwrap().bytes.gzip.len()).sum();
    assert!(bytes <= BUYER_BYTES_MAX, "{bytes} bytes with gzip");
}

#[test]
fn scripts_that_no_sale_needs_are_loaded_later() {
    let page = project();
    let text = |name: &str| String::from_utf8(page.asset(name).unwrap().bytes.plain.to_vec()).unwrap();
    for name in
        ["views-account-routes.js", "views-account-ticket-routes.js", "views-studio-routes.js", "views-admin-routes.js"]
    {
        assert!(text("page.js").contains(&format!("./{name}")), "{name}");
        // Only the first file of the same version has this name.
        assert!(text(name).contains(&format!("$v{}", page.version())), "{name}");
    }
}

#[test]
fn every_encoding_has_the_same_bytes() {
    let page = project();
    for (name, asset) in page.assets() {
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&asset.bytes.gzip[..]).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, asset.bytes.plain, "{name}");
        let mut plain = Vec::new();
        brotli::Decompressor::new(&asset.bytes.brotli[..], 4096).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, asset.bytes.plain, "{name}");
    }
}

#[test]
fn the_version_changes_with_any_file_and_with_nothing_else() {
    let files = [
        ("index.html", INDEX),
        ("styles/a.css", "p { color: red; }"),
        ("scripts/app/theme-first.js", "1;"),
        ("scripts/app/main.js", "import { b } from './b.js';\nb();\n"),
        ("scripts/app/b.js", "// About.\nexport function b() { return 1; }\n"),
    ];
    let version = |name: &str, files: &[(&str, &str)]| {
        let files = [files, &DOOR].concat();
        Page::packed(&folder(name, &files)).unwrap().version().to_owned()
    };
    let first = version("first", &files);
    assert_eq!(version("same", &files), first);
    for (index, text) in [(1, "p { color: blue; }"), (2, "2;"), (4, "export function b() { return 2; }\n")] {
        let mut changed = files;
        changed[index].1 = text;
        assert_ne!(version("changed", &changed), first, "{}", files[index].0);
    }
}

#[test]
fn a_fault_names_its_script() {
    let files = |main: &'static str, b: &'static str| {
        [
            ("index.html", INDEX),
            ("styles/a.css", ""),
            ("scripts/app/theme-first.js", ""),
            ("scripts/app/main.js", main),
            ("scripts/app/b.js", b),
        ]
    };
    for (main, b, fault) in [
        ("import './b.js';", "import './main.js';", "circle"),
        ("import './b.js';\nimport('./b.js');", "", "at once and when it is needed"),
        ("import './c.js';", "", "c.js"),
        ("import './b.js';", "const = 1;", "b.js"),
    ] {
        let files = [&files(main, b)[..], &DOOR].concat();
        let error = Page::packed(&folder("faulty", &files)).unwrap_err().to_string();
        assert!(error.contains(fault), "{error}");
    }
}

#[test]
fn a_worker_names_its_version_and_every_file_that_the_scanner_loads() {
    let page = project();
    let html = page.door.filled(&Filling::default());
    let worker = page.door_worker();
    assert!(worker.contains(&format!("const RELEASE = {{ version: '{}', files: ['/door', ", page.version())));
    let address = |name: &str| format!("/assets/{}/{name}", page.version());
    for name in ["door.js", "door.css", "theme-first.js"] {
        assert!(html.contains(&format!("\"{}\"", address(name))), "{name}: {html}");
    }
    for name in ["door.js", "door.css", "theme-first.js", "vendor-jsqr.js"] {
        assert!(worker.contains(&format!("'{}'", address(name))), "{name}");
        assert!(page.asset(name).is_some(), "{name}");
    }
    assert!(!worker.contains("page.js"), "the scanner needs nothing of the other pages");
    assert!(!html.contains("/scripts/") && !html.contains("/styles/"), "{html}");
}

#[test]
fn a_release_is_another_one_with_another_scanner() {
    let files = |changed: (&'static str, &'static str)| {
        let site = [
            ("index.html", INDEX),
            ("styles/a.css", ""),
            ("scripts/app/theme-first.js", ""),
            ("scripts/app/main.js", ""),
        ];
        [&site[..], &DOOR, &[changed]].concat()
    };
    let worker = |name: &str, changed| Page::packed(&folder(name, &files(changed))).unwrap().door_worker().to_owned();
    let first = worker("door-first", ("unrelated.txt", ""));
    assert_eq!(worker("door-same", ("unrelated.txt", "1")), first);
    for changed in [("scripts/door/main.js", "document.title = 'b';"), ("door.html", "<title>Another</title>\n")] {
        assert_ne!(worker("door-changed", changed), first, "{changed:?}");
    }
    let folder = folder("door-fault", &files(("scripts/door/worker.js", "const RELEASE = 1;")));
    let error = Page::packed(&folder).unwrap_err().to_string();
    assert!(error.starts_with("scripts/door/worker.js: lacks"), "{error}");
    assert_eq!(Page::unpacked(&folder).unwrap().door_worker(), "const RELEASE = 1;");
}
