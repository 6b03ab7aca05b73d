//! All files of the page, under the address of their version.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::compressed::Compressed;
use crate::document::{Document, Packed, styles};
use crate::error::PageError;
use crate::graph::Graph;
use crate::linking::{self, VERSION_MARK};

/// A document, and the files that it loads at first.
struct Source {
    document: &'static str,
    entry: &'static str,
    script: &'static str,
    sheet: &'static str,
}

/// Of every page but one.
const SITE: Source =
    Source { document: "index.html", entry: "scripts/app/main.js", script: "page.js", sheet: "page.css" };
/// Of the scanner.
const DOOR: Source =
    Source { document: "door.html", entry: "scripts/door/main.js", script: "door.js", sheet: "door.css" };

/// The scanner's service worker, and its line that a packed page replaces.
const DOOR_WORKER: &str = "scripts/door/worker.js";
const NO_RELEASE: &str = "const RELEASE = { version: '', files: [] };";
/// The addresses that the scanner needs beside its own files.
const DOOR_BESIDE: [&str; 2] = ["/door", "/favicon.svg"];

/// A classic script, which runs before the first paint.
const THEME_FIRST: &str = "scripts/app/theme-first.js";

/// The bytes of SHA-256 that name a version: enough that no two versions ever have one name.
const VERSION_BYTES: usize = 8;

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

/// A file that the document names, or that a script loads.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Compressed,
}

/// The page of one version.
#[derive(Debug)]
pub struct Page {
    /// The document of all its pages but the scanner.
    pub document: Document,
    /// The document of the scanner at the door.
    pub door: Document,
    door_worker: String,
    version: String,
    assets: BTreeMap<String, Asset>,
}

impl Page {
    /// Bundles the files of the folder `static`. The document's assets are expected under `/assets/{version}/`.
    ///
    /// This takes some tenths of a second.
    pub fn packed(folder: &Path) -> Result<Self, PageError> {
        let (index, door) = (read(folder, SITE.document)?, read(folder, DOOR.document)?);
        let mut texts = files_of(folder, &SITE, &index)?;
        texts.push(("theme-first.js".to_owned(), JAVASCRIPT, read(folder, THEME_FIRST)?));
        let of_door = files_of(folder, &DOOR, &door)?;
        let mut kept: Vec<String> = of_door.iter().map(|(name, ..)| name.clone()).collect();
        kept.push("theme-first.js".to_owned());
        for (name, media_type, text) in of_door {
            if texts.iter().any(|(known, ..)| *known == name) {
                let fault = "is a late file of both documents".to_owned();
                return Err(PageError::Script { script: name, fault });
            }
            texts.push((name, media_type, text));
        }

        let mut digest = Sha256::new();
        for (name, _, text) in &texts {
            digest.update(name);
            digest.update([0]);
            digest.update(text);
            digest.update([0]);
        }
        // The worker keeps this document with the files, so another one is another version.
        digest.update(&door);
        let mut version = String::new();
        for byte in digest.finalize().iter().take(VERSION_BYTES) {
            let _ = write!(version, "{byte:02x}");
        }
        let mark = format!("$v{version}");
        let compressed = texts.into_iter().map(|(name, media_type, text)| {
            let bytes = Compressed::of(text.replace(VERSION_MARK, &mark).into_bytes());
            let bytes = bytes.map_err(|error| PageError::Unreadable { path: folder.join(&name), error })?;
            Ok((name, Asset { media_type, bytes }))
        });
        let assets = compressed.collect::<Result<_, PageError>>()?;
        let folder_address = format!("/assets/{version}");
        let parsed = |text: &str, source: &Source| {
            let Source { entry, script, sheet, .. } = *source;
            Document::parse(text, Some(Packed { assets: &folder_address, entry, script, sheet }))
        };
        let (document, door) = (parsed(&index, &SITE), parsed(&door, &DOOR));
        let kept = kept.iter().map(|name| format!("{folder_address}/{name}"));
        let kept: Vec<String> = DOOR_BESIDE.into_iter().map(str::to_owned).chain(kept).collect();
        let door_worker = released(&read(folder, DOOR_WORKER)?, &version, &kept)?;
        Ok(Self { document, door, door_worker, version, assets })
    }

    /// The files of the folder `static` as they are, for whoever works on them: the document names each of them.
    pub fn unpacked(folder: &Path) -> Result<Self, PageError> {
        let document = Document::parse(&read(folder, SITE.document)?, None);
        let door = Document::parse(&read(folder, DOOR.document)?, None);
        let door_worker = read(folder, DOOR_WORKER)?;
        Ok(Self { document, door, door_worker, version: String::new(), assets: BTreeMap::new() })
    }

    /// The name of this version, in the addresses of its assets.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The text of the scanner's service worker. It names the version and its files, so each version has another one;
    /// unpacked, it names none and keeps nothing.
    pub fn door_worker(&self) -> &str {
        &self.door_worker
    }

    /// The asset with this name.
    pub fn asset(&self, name: &str) -> Option<&Asset> {
        self.assets.get(name)
    }

    /// All assets with their names.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.assets.iter().map(|(name, asset)| (name.as_str(), asset))
    }
}

/// The scripts and the style sheet of a document: their names, media types and texts.
fn files_of(folder: &Path, source: &Source, document: &str) -> Result<Vec<(String, &'static str, String)>, PageError> {
    let linked = linking::link(&Graph::read(folder, source.entry)?, source.script)?;
    let mut texts: Vec<_> = linked.into_iter().map(|(name, text)| (name, JAVASCRIPT, text)).collect();
    let sheets: Result<Vec<String>, PageError> = styles(document).iter().map(|path| read(folder, path)).collect();
    texts.push((source.sheet.to_owned(), CSS, sheets?.concat()));
    Ok(texts)
}

/// The worker's text, with the version and the addresses that it keeps. Both are made here, and need no escapes.
fn released(worker: &str, version: &str, kept: &[String]) -> Result<String, PageError> {
    if !worker.contains(NO_RELEASE) {
        let fault = format!("lacks the line {NO_RELEASE}");
        return Err(PageError::Script { script: DOOR_WORKER.to_owned(), fault });
    }
    let files = kept.iter().map(|address| format!("'{address}'")).collect::<Vec<_>>().join(", ");
    Ok(worker.replacen(NO_RELEASE, &format!("const RELEASE = {{ version: '{version}', files: [{files}] }};"), 1))
}

fn read(folder: &Path, path: &str) -> Result<String, PageError> {
    let file = folder.join(path);
    fs::read_to_string(&file).map_err(|error| PageError::Unreadable { path: file, error })
}
