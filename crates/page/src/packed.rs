//! All files of the page, under the address of their version.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::compressed::Compressed;
use crate::document::{Document, styles};
use crate::error::PageError;
use crate::graph::Graph;
use crate::linking::{self, VERSION_MARK};

const INDEX: &str = "index.html";
const ENTRY: &str = "scripts/app/main.js";
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
    /// The document of all its pages.
    pub document: Document,
    version: String,
    assets: BTreeMap<String, Asset>,
}

impl Page {
    /// Bundles the files of the folder `static`. The document's assets are expected under `/assets/{version}/`.
    ///
    /// This takes some tenths of a second.
    pub fn packed(folder: &Path) -> Result<Self, PageError> {
        let index = read(folder, INDEX)?;
        let mut texts: Vec<(String, &'static str, String)> = Vec::new();
        for (name, text) in linking::link(&Graph::read(folder, ENTRY)?)? {
            texts.push((name, JAVASCRIPT, text));
        }
        texts.push(("theme-first.js".to_owned(), JAVASCRIPT, read(folder, THEME_FIRST)?));
        let sheets: Result<Vec<String>, PageError> = styles(&index).iter().map(|path| read(folder, path)).collect();
        texts.push(("page.css".to_owned(), CSS, sheets?.concat()));

        let mut digest = Sha256::new();
        for (name, _, text) in &texts {
            digest.update(name);
            digest.update([0]);
            digest.update(text);
            digest.update([0]);
        }
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
        Ok(Self { document: Document::parse(&index, Some(&format!("/assets/{version}"))), version, assets })
    }

    /// The files of the folder `static` as they are, for whoever works on them: the document names each of them.
    pub fn unpacked(folder: &Path) -> Result<Self, PageError> {
        let document = Document::parse(&read(folder, INDEX)?, None);
        Ok(Self { document, version: String::new(), assets: BTreeMap::new() })
    }

    /// The name of this version, in the addresses of its assets.
    pub fn version(&self) -> &str {
        &self.version
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

fn read(folder: &Path, path: &str) -> Result<String, PageError> {
    let file = folder.join(path);
    fs::read_to_string(&file).map_err(|error| PageError::Unreadable { path: file, error })
}
