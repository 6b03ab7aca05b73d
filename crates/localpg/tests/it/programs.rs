use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use localpg::{Cluster, OLDEST_MAJOR_VERSION, Programs};

use crate::child::{Other, copy_of_this_program};
use crate::folder::Folder;

const NEEDED: [&str; 3] = ["initdb", "pg_ctl", "postgres"];

/// A folder with links to the needed programs and no others. PostgreSQL's programs find their files behind a link.
fn only_the_needed(folder: &Path) {
    let found = Programs::find().unwrap();
    fs::create_dir_all(folder).unwrap();
    for name in NEEDED {
        symlink(fs::canonicalize(found.path(name)).unwrap(), folder.join(name)).unwrap();
    }
}

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
        "has no initdb, pg_ctl, postgres|",
        "apt-get install postgresql",
        "create_main_cluster",
        "dnf install postgresql-server",
        "zypper install postgresql-server",
        "pacman -S postgresql",
        "apk add postgresql",
        "brew install postgresql@17",
        "nix-shell -p postgresql",
        "embedded-postgres",
        "beside the program",
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
        for name in NEEDED {
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

#[test]
fn a_cluster_needs_no_program_but_these_three() {
    let folder = Folder::new();
    let (programs, data) = (folder.join("programs"), folder.join("data"));
    only_the_needed(&programs);
    let variable = [("ONSALE_PG_BIN", programs.to_str().unwrap())];
    let mut other = Other::start_program(&env::current_exe().unwrap(), "open", data.to_str().unwrap(), &variable);
    let pid: u32 = other.says().parse().unwrap();
    other.kill();
    // Whether the server that was left behind still answers is asked without a program.
    let cluster = Cluster::open_with(&data, Some(&programs)).unwrap();
    assert_eq!(cluster.postmaster_pid(), Some(pid));
    assert_eq!(cluster.programs().folder(), programs);
}

#[test]
fn programs_that_came_with_the_program_go_before_those_of_the_system() {
    for rest in ["", "postgresql/bin", "pgsql/bin"] {
        let target = Folder::new();
        let program = copy_of_this_program(target.path());
        let folder = target.join(rest);
        only_the_needed(&folder);
        let mut other = Other::start_program(&program, "programs", "", &[("ONSALE_PG_BIN", "")]);
        assert_eq!(Path::new(&other.says()), folder.join("postgres"));
    }
}
