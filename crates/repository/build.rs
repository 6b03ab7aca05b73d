//! Recompiles when a migration changes, and hashes the migrations for the names of template databases.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

fn main() -> std::io::Result<()> {
    let migrations = Path::new("../../migrations");
    println!("cargo:rerun-if-changed={}", migrations.display());
    let mut hasher = DefaultHasher::new();
    let mut folders: Vec<_> = migrations.read_dir()?.collect::<Result<_, _>>()?;
    folders.sort_by_key(std::fs::DirEntry::file_name);
    for folder in folders {
        folder.file_name().hash(&mut hasher);
        std::fs::read(folder.path().join("up.sql"))?.hash(&mut hasher);
    }
    println!("cargo:rustc-env=MIGRATIONS_FINGERPRINT={:016x}", hasher.finish());
    Ok(())
}
