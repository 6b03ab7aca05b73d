//! The page of this project, as browsers load it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use page::{Document, Filling, Page};

fn static_files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static")
}

#[test]
fn a_buyer_loads_few_files() {
    let page = Page::packed(&static_files()).unwrap();
    for (name, asset) in page.assets() {
        println!("{name} {} br {} gz {}", asset.bytes.plain.len(), asset.bytes.brotli.len(), asset.bytes.gzip.len());
    }
}
