use std::fs;
use std::path::{Path, PathBuf};

use server::settings::Variables;
use server::settings::home::{HomeError, find_from};

/// A folder of one test, gone when it ends.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("onsale-home-{}-{test}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn folder(&self, name: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(&path).unwrap();
        path
    }

    fn home(&self, name: &str) -> PathBuf {
        self.folder(&format!("{name}/config"));
        self.folder(&format!("{name}/static"));
        let path = self.0.join(name);
        fs::write(path.join("config/default.toml"), "").unwrap();
        fs::write(path.join("static/index.html"), "").unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn named(home: &str) -> Variables {
    Variables::from([("ONSALE_HOME".to_owned(), home.to_owned())])
}

#[test]
fn the_named_home_comes_first() {
    let folder = Folder::new("named");
    let (here, there) = (folder.home("here"), folder.home("there"));
    assert_eq!(find_from(&named(there.to_str().unwrap()), Some(&here), Some(&here)).unwrap(), there);
    let below = folder.folder("here/below");
    assert_eq!(find_from(&named(""), Some(&below), None).unwrap(), here, "an empty name names nothing");
}

#[test]
fn a_relative_name_starts_at_the_current_folder() {
    let folder = Folder::new("relative");
    let there = folder.home("there");
    assert_eq!(find_from(&named("there"), Some(&folder.0), None).unwrap(), there);
}

#[test]
fn a_named_folder_that_is_no_home_is_refused_and_nothing_else_is_taken() {
    let folder = Folder::new("wrong");
    let here = folder.home("here");
    let empty = folder.folder("empty");
    let error = find_from(&named(empty.to_str().unwrap()), Some(&here), Some(&here)).unwrap_err();
    assert!(
        matches!(&error, HomeError::NotAHome { path, missing: "config/default.toml" } if *path == empty),
        "{error}"
    );
    assert!(error.to_string().contains("ONSALE_HOME"));
}

#[test]
fn the_current_folder_and_those_above_come_before_the_programs() {
    let folder = Folder::new("order");
    let (outer, program) = (folder.home("outer"), folder.home("program"));
    let inner = folder.home("outer/inner");
    let below = folder.folder("outer/inner/a/b");
    let beside = folder.folder("outer/c/d");
    let in_target = folder.folder("program/target/release");
    let none = Variables::new();
    assert_eq!(find_from(&none, Some(&below), Some(&in_target)).unwrap(), inner, "the nearest");
    assert_eq!(find_from(&none, Some(&beside), Some(&in_target)).unwrap(), outer);
    assert_eq!(find_from(&none, Some(Path::new("/")), Some(&in_target)).unwrap(), program);
    assert_eq!(find_from(&none, None, Some(&in_target)).unwrap(), program);
}

#[test]
fn a_program_that_cargo_runs_from_a_target_folder_elsewhere_finds_the_crate() {
    let folder = Folder::new("crate");
    let checkout = folder.home("checkout");
    let here = folder.home("here");
    let (crates, elsewhere) = (folder.folder("checkout/crates/server"), folder.folder("target/debug"));
    let by_cargo = Variables::from([("CARGO_MANIFEST_DIR".to_owned(), crates.to_str().unwrap().to_owned())]);
    assert_eq!(find_from(&by_cargo, Some(&elsewhere), Some(&elsewhere)).unwrap(), checkout);
    assert_eq!(find_from(&by_cargo, Some(&here), Some(&elsewhere)).unwrap(), here, "the current folder goes first");
    assert!(matches!(find_from(&Variables::new(), Some(&elsewhere), None), Err(HomeError::NotFound { .. })));
}

#[test]
fn a_folder_with_only_half_of_it_is_passed_over() {
    let folder = Folder::new("half");
    let outer = folder.home("outer");
    let half = folder.folder("outer/half");
    folder.folder("outer/half/config");
    fs::write(half.join("config/default.toml"), "").unwrap();
    assert_eq!(find_from(&Variables::new(), Some(&half), None).unwrap(), outer);
}

#[test]
fn without_a_home_the_error_says_where_it_looked() {
    let folder = Folder::new("nowhere");
    let (here, program) = (folder.folder("here"), folder.folder("bin"));
    let error = find_from(&Variables::new(), Some(&here), Some(&program)).unwrap_err().to_string();
    for part in
        [here.to_str().unwrap(), program.to_str().unwrap(), "ONSALE_HOME", "config/default.toml", "static/index.html"]
    {
        assert!(error.contains(part), "{part} is not in: {error}");
    }
}
