use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use localpg::{OLDEST_MAJOR_VERSION, Programs};

use crate::child::Other;
use crate::folder::Folder;

fn found_with(variables: &[(&str, &str)]) -> String {
    let program = env::current_exe().unwrap();
    let mut other = Other::start_program(&program, "programs", "", variables);
    other.says()
}

#[test]
fn the_programs_of_this_machine_are_found() {
    let programs = Programs::find().unwrap();
    assert!(programs.major_version() >= OLDEST_MAJOR_VERSION);
    assert!(programs.path("initdb").is_file());
}

#[test]
fn without_a_path_they_are_found_in_the_usual_folders() {
    let said = found_with(&[("PATH", "/nowhere")]);
    assert!(said.ends_with("/postgres"), "{said}");
}

#[test]
fn a_folder_without_them_is_named_with_what_to_install() {
    let folder = Folder::new();
    let said = found_with(&[("ONSALE_PG_BIN", folder.path().to_str().unwrap())]);
    for part in [
        folder.path().to_str().unwrap(),
        "has no initdb, pg_ctl, postgres, pg_isready",
        "apt-get install postgresql",
        "create_main_cluster",
        "dnf install postgresql-server",
        "brew install postgresql@17",
        "ONSALE_PG_BIN",
        "DATABASE_URL",
    ] {
        assert!(said.contains(part), "{part} is not in: {said}");
    }
}

#[test]
fn programs_that_are_too_old_or_do_not_run_are_not_taken() {
    let folder = Folder::new();
    let write = |text: &str| {
        for name in ["initdb", "pg_ctl", "postgres", "pg_isready"] {
            let path = folder.join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        }
    };
    let bin: &Path = folder.path();
    let variable = [("ONSALE_PG_BIN", bin.to_str().unwrap())];
    write("#!/bin/sh\necho 'postgres (PostgreSQL) 13.9'\n");
    let said = found_with(&variable);
    assert!(said.contains("has version 13, older than 14"), "{said}");
    write("#!/bin/sh\nexit 1\n");
    let said = found_with(&variable);
    assert!(said.contains("prints no version"), "{said}");
}
