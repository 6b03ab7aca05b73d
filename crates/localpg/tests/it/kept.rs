use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use localpg::{Cluster, Error};

use crate::child::{Other, becomes, lives, signal};
use crate::folder::{Folder, exists, running_as_root};
use crate::psql::{command, psql};

fn ask(cluster: &Cluster, statement: &str) -> String {
    psql(&cluster.socket_path(), statement).unwrap()
}

#[test]
fn a_kept_cluster_is_durable_and_listens_nowhere_else() {
    let folder = Folder::new();
    let cluster = Cluster::open(&folder.join("data")).unwrap();
    let settings = [
        ("listen_addresses", ""),
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("max_connections", "100"),
        ("server_encoding", "UTF8"),
        ("TimeZone", "UTC"),
    ];
    for (name, value) in settings {
        assert_eq!(ask(&cluster, &format!("show {name}")), value, "{name}");
    }
    let home = cluster.data_path().parent().unwrap().to_path_buf();
    for private in [home, cluster.data_path()] {
        let mode = fs::metadata(&private).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{}", private.display());
    }
    let url = cluster.url("on sale");
    assert!(url.starts_with("postgres://postgres@%2F"), "{url}");
    assert!(url.ends_with("%2Fsocket/on%20sale"), "{url}");
}

#[test]
fn its_folder_and_its_log_are_the_owners_alone_also_a_log_from_before() {
    let folder = Folder::new();
    let data = folder.join("made/data");
    let mode = |path: &PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let cluster = Cluster::open(&data).unwrap();
    let log = cluster.log_path();
    drop(cluster);
    assert_eq!((mode(&data) & 0o066, mode(&log)), (0, 0o600));
    fs::set_permissions(&log, Permissions::from_mode(0o644)).unwrap();
    drop(Cluster::open(&data).unwrap());
    assert_eq!(mode(&log), 0o600);
}

#[test]
fn upper_and_lower_case_match_beyond_ascii_and_order_is_by_bytes() {
    let folder = Folder::new();
    let cluster = Cluster::open(folder.path()).unwrap();
    assert_eq!(ask(&cluster, "select 'ZÜRICH' ilike '%ü%'"), "t");
    assert_eq!(ask(&cluster, "select 'Z' < 'a'"), "t");
}

#[test]
fn a_second_open_of_the_same_data_is_refused_and_names_the_holder() {
    let folder = Folder::new();
    let cluster = Cluster::open(folder.path()).unwrap();
    let error = Cluster::open(folder.path()).unwrap_err();
    let Error::InUse { holder, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(*holder, Some(std::process::id()));
    let mut other = Other::start("open", folder.path().to_str().unwrap());
    let said = other.says();
    assert!(said.contains("in use by another server (process"), "{said}");
    other.finish();
    assert_eq!(ask(&cluster, "select 1"), "1");
}

#[test]
fn a_cluster_that_somebody_has_open_can_be_worked_on_beside_it() {
    let folder = Folder::new();
    let data = folder.join("data");
    assert!(!Cluster::exists(&data) && Cluster::url_of_running(&data, "postgres").is_none());
    assert!(!data.exists(), "nothing is made by asking");
    let cluster = Cluster::open(&data).unwrap();
    assert!(Cluster::exists(&data));
    assert_eq!(Cluster::url_of_running(&data, "on sale"), Some(cluster.url("on sale")));
    cluster.kill();
    assert_eq!(Cluster::url_of_running(&data, "postgres"), None, "its file is still there, and it is not");
    cluster.start_again().unwrap();
    assert_eq!(Cluster::url_of_running(&data, "postgres"), Some(cluster.url("postgres")));
    cluster.stop().unwrap();
    assert!(Cluster::exists(&data) && Cluster::url_of_running(&data, "postgres").is_none());
}

#[test]
fn programs_are_taken_from_the_folder_that_is_named_and_from_no_other() {
    let folder = Folder::new();
    let (data, programs) = (folder.join("data"), folder.join("programs"));
    let error = Cluster::open_with(&data, Some(&programs)).unwrap_err();
    assert!(matches!(error, Error::ProgramsMissing { .. }), "{error:?}");
    assert!(error.to_string().contains(programs.to_str().unwrap()), "{error}");
    assert!(!data.exists());
    let found = localpg::Programs::find().unwrap();
    Cluster::open_with(&data, Some(found.folder())).unwrap().stop().unwrap();
}

#[test]
fn a_cluster_keeps_its_tables_between_opens_and_takes_what_alter_system_sets() {
    let folder = Folder::new();
    let cluster = Cluster::open(folder.path()).unwrap();
    ask(&cluster, "create table kept as select 7 as number");
    ask(&cluster, "alter system set work_mem = '11MB'");
    ask(&cluster, "alter system set listen_addresses = '*'");
    let pid = cluster.postmaster_pid().unwrap();
    let socket = cluster.socket_path();
    cluster.stop().unwrap();
    assert!(!lives(pid) && !exists(&socket));
    let cluster = Cluster::open(folder.path()).unwrap();
    assert_eq!(ask(&cluster, "select number from kept"), "7");
    assert_eq!(ask(&cluster, "show work_mem"), "11MB");
    assert_eq!(ask(&cluster, "show listen_addresses"), "");
    // With a client connected and in a transaction: no smart shutdown.
    let mut client = command(&cluster.socket_path(), "begin; select pg_sleep(60)")
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    assert!(becomes(|| { ask(&cluster, "select count(*) from pg_stat_activity where query like 'begin%'") == "1" }));
    drop(cluster);
    assert!(!client.wait().unwrap().success(), "the client's session was ended, not waited for");
}

#[test]
fn a_postmaster_left_alive_by_a_killed_server_is_adopted() {
    let folder = Folder::new();
    let mut other = Other::start("open", folder.path().to_str().unwrap());
    let pid: u32 = other.says().parse().unwrap();
    other.kill();
    let cluster = Cluster::open(folder.path()).unwrap();
    assert_eq!(cluster.postmaster_pid(), Some(pid));
    assert!(cluster.notices().iter().any(|line| line.contains("still running")));
    cluster.stop().unwrap();
    assert!(!lives(pid));
}

#[test]
fn a_postmaster_left_alive_that_does_not_answer_is_replaced() {
    let folder = Folder::new();
    let mut other = Other::start("open", folder.path().to_str().unwrap());
    let pid: u32 = other.says().parse().unwrap();
    other.kill();
    assert!(signal("STOP", pid));
    let cluster = Cluster::open(folder.path()).unwrap();
    assert_ne!(cluster.postmaster_pid(), Some(pid));
    assert_eq!(ask(&cluster, "select 1"), "1");
}

#[test]
fn a_postmaster_left_alive_with_settings_of_another_build_is_replaced() {
    let folder = Folder::new();
    let mut other = Other::start("open", folder.path().to_str().unwrap());
    let pid: u32 = other.says().parse().unwrap();
    other.kill();
    fs::write(folder.join("postgres/data/onsale.conf"), "max_connections = 10\n").unwrap();
    let cluster = Cluster::open(folder.path()).unwrap();
    assert_ne!(cluster.postmaster_pid(), Some(pid));
    assert_eq!(ask(&cluster, "show max_connections"), "100");
}

#[test]
fn a_cluster_recovers_when_server_and_postmaster_were_killed_and_a_busy_backend_lives_on() {
    let folder = Folder::new();
    let mut other = Other::start("open", folder.path().to_str().unwrap());
    let pid: u32 = other.says().parse().unwrap();
    let socket = folder.join("postgres/socket/.s.PGSQL.5432");
    psql(&socket, "create table kept as select 7 as number").unwrap();
    let mut client = command(&socket, "do $$ begin loop perform 1; end loop; end $$")
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let busy = "select pid from pg_stat_activity where query like 'do %'";
    assert!(becomes(|| !psql(&socket, busy).unwrap().is_empty()));
    let backend: u32 = psql(&socket, busy).unwrap().parse().unwrap();
    signal("KILL", pid);
    other.kill();
    assert!(lives(backend), "the orphan is what this is about");
    let cluster = Cluster::open(folder.path()).unwrap();
    assert_eq!(ask(&cluster, "select number from kept"), "7");
    assert!(!lives(backend));
    client.wait().unwrap();
}

#[test]
fn a_pid_file_whose_number_another_process_has_by_now_does_no_harm() {
    let folder = Folder::new();
    let cluster = Cluster::open(folder.path()).unwrap();
    let pid_file = cluster.data_path().join("postmaster.pid");
    let text = fs::read_to_string(&pid_file).unwrap();
    let pid = cluster.postmaster_pid().unwrap().to_string();
    cluster.stop().unwrap();
    let own = std::process::id().to_string();
    fs::write(&pid_file, text.replacen(&pid, &own, 1)).unwrap();
    let lock = folder.join("postgres/socket/.s.PGSQL.5432.lock");
    fs::write(&lock, text.replacen(&pid, &own, 1)).unwrap();
    let cluster = Cluster::open(folder.path()).unwrap();
    assert_eq!(ask(&cluster, "select 1"), "1");
}

#[test]
fn a_half_made_cluster_is_cleared_away() {
    let folder = Folder::new();
    let half_made = folder.join("postgres/data.new-1-1");
    fs::create_dir_all(half_made.join("base")).unwrap();
    let cluster = Cluster::open(folder.path()).unwrap();
    assert_eq!(ask(&cluster, "select 1"), "1");
    assert!(!exists(&half_made));
}

#[test]
fn a_server_killed_while_it_makes_the_cluster_leaves_nothing_in_the_way() {
    let folder = Folder::new();
    let other = Other::start("open", folder.path().to_str().unwrap());
    let half_made = || fs::read_dir(folder.join("postgres")).is_ok_and(|mut entries| entries.next().is_some());
    assert!(becomes(half_made));
    other.kill();
    let cluster = Cluster::open(folder.path()).unwrap();
    assert_eq!(ask(&cluster, "select 1"), "1");
}

#[test]
fn a_cluster_of_another_major_version_is_left_alone_and_both_versions_are_named() {
    let folder = Folder::new();
    let data = folder.join("postgres/data");
    fs::create_dir_all(&data).unwrap();
    if running_as_root() {
        std::process::Command::new("chown").args(["-R", "nobody"]).arg(folder.join("postgres")).status().unwrap();
    }
    fs::write(data.join("PG_VERSION"), "9.6\n").unwrap();
    let error = Cluster::open(folder.path()).unwrap_err();
    let Error::OtherVersion { programs, .. } = &error else {
        panic!("{error:?}");
    };
    let text = error.to_string();
    assert!(text.contains("PostgreSQL 9.6") && text.contains(&programs.to_string()), "{text}");
    assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
    fs::rename(data.join("PG_VERSION"), data.join("something")).unwrap();
    let error = Cluster::open(folder.path()).unwrap_err();
    assert!(matches!(error, Error::NotACluster { .. }), "{error:?}");
    assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
}

#[test]
fn a_folder_with_a_strange_or_a_long_name_works() {
    for name in [r#"it's, "$HOME" `id` \ ü"#.to_owned(), "long".repeat(40)] {
        let folder = Folder::new();
        let data_dir = folder.join(&name);
        let cluster = Cluster::open(&data_dir).unwrap();
        assert!(cluster.data_path().starts_with(&data_dir));
        let socket = cluster.socket_path();
        assert!(!socket.starts_with(&data_dir) && socket.as_os_str().len() < 60);
        assert_eq!(ask(&cluster, "create table kept(); select 1"), "1");
        cluster.stop().unwrap();
        assert!(!exists(socket.parent().unwrap()));
        let cluster = Cluster::open(&data_dir).unwrap();
        assert_eq!(cluster.socket_path(), socket);
        assert_eq!(ask(&cluster, "select count(*) from kept"), "0");
    }
}

#[test]
fn a_short_socket_folder_that_others_made_first_is_not_used() {
    let folder = Folder::new();
    let data_dir = folder.join(&"long".repeat(40));
    let cluster = Cluster::open(&data_dir).unwrap();
    let first = cluster.socket_path().parent().unwrap().to_path_buf();
    cluster.stop().unwrap();
    // Everybody may write: as bad as another owner, and a test needs no second user for it.
    fs::create_dir(&first).unwrap();
    fs::set_permissions(&first, Permissions::from_mode(0o777)).unwrap();
    let cluster = Cluster::open(&data_dir).unwrap();
    let second = cluster.socket_path();
    assert!(!second.starts_with(&first), "{}", second.display());
    assert_eq!(ask(&cluster, "select 1"), "1");
    fs::remove_dir(&first).unwrap();
    let private = folder.join("private");
    fs::create_dir(&private).unwrap();
    fs::set_permissions(&private, Permissions::from_mode(0o700)).unwrap();
    std::os::unix::fs::symlink(&private, &first).unwrap();
    cluster.stop().unwrap();
    let cluster = Cluster::open(&data_dir).unwrap();
    assert_eq!(cluster.socket_path(), second);
    cluster.stop().unwrap();
    fs::remove_file(&first).unwrap();
}

#[test]
fn a_data_folder_that_is_a_file_is_an_error_that_names_it() {
    let folder = Folder::new();
    let file = folder.join("file");
    fs::write(&file, "").unwrap();
    let text = Cluster::open(&file).unwrap_err().to_string();
    assert!(text.contains(file.to_str().unwrap()), "{text}");
}

/// Removes a cluster that went elsewhere.
struct Elsewhere(PathBuf);

impl Drop for Elsewhere {
    fn drop(&mut self) {
        assert!(self.0.file_name().unwrap().to_str().unwrap().starts_with("onsale-"));
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_cluster_in_a_folder_that_its_user_cannot_reach_goes_elsewhere_and_is_found_again() {
    if !running_as_root() {
        return;
    }
    let folder = Folder::new();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
    let data_dir = folder.join("data");
    let cluster = Cluster::open(&data_dir).unwrap();
    let place = cluster.data_path();
    let elsewhere = Elsewhere(place.parent().unwrap().parent().unwrap().to_path_buf());
    assert!(!place.starts_with(folder.path()));
    let notice = |cluster: &Cluster| cluster.notices().join("\n");
    assert!(notice(&cluster).contains(place.parent().unwrap().to_str().unwrap()));
    ask(&cluster, "create table kept()");
    cluster.stop().unwrap();

    let cluster = Cluster::open(&data_dir).unwrap();
    assert_eq!(cluster.data_path(), place);
    assert!(notice(&cluster).contains("because user postgres cannot work in"));
    assert_eq!(ask(&cluster, "select count(*) from kept"), "0");
    cluster.stop().unwrap();

    // Moved, the data folder takes its cluster along; a copy does not get the original's.
    let moved = folder.join("moved");
    fs::rename(&data_dir, &moved).unwrap();
    let cluster = Cluster::open(&moved).unwrap();
    assert_eq!(cluster.data_path(), place);
    cluster.stop().unwrap();
    fs::create_dir(&data_dir).unwrap();
    fs::copy(moved.join("postgres.location"), data_dir.join("postgres.location")).unwrap();
    let error = Cluster::open(&data_dir).unwrap_err();
    assert!(error.to_string().contains("seems to be a copy"), "{error}");

    // A cluster that is gone is not silently replaced by an empty one.
    drop(elsewhere);
    let error = Cluster::open(&moved).unwrap_err();
    assert!(matches!(error, Error::Vanished { .. }), "{error:?}");
}

#[test]
fn a_data_folder_made_again_at_the_same_path_does_not_revive_the_cluster_elsewhere() {
    if !running_as_root() {
        return;
    }
    let folder = Folder::new();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
    let data_dir = folder.join("data");
    let mut places = Vec::new();
    for _ in 0..2 {
        let cluster = Cluster::open(&data_dir).unwrap();
        let place = cluster.data_path();
        places.push(Elsewhere(place.ancestors().nth(2).unwrap().to_path_buf()));
        cluster.stop().unwrap();
        fs::remove_dir_all(&data_dir).unwrap();
    }
    assert_ne!(places[0].0, places[1].0);
}

#[test]
fn a_cluster_that_its_user_can_no_longer_reach_is_an_error_and_no_new_one_is_made() {
    if !running_as_root() {
        return;
    }
    let folder = Folder::new();
    let data_dir = folder.join("data");
    Cluster::open(&data_dir).unwrap().stop().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
    let error = Cluster::open(&data_dir).unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    assert!(!exists(&data_dir.join("postgres.location")));
}

#[test]
fn root_runs_an_existing_cluster_as_its_owner() {
    if !running_as_root() {
        return;
    }
    let folder = Folder::new();
    Cluster::open(folder.path()).unwrap().stop().unwrap();
    let chown =
        std::process::Command::new("chown").args(["-R", "nobody"]).arg(folder.join("postgres")).status().unwrap();
    assert!(chown.success());
    let cluster = Cluster::open(folder.path()).unwrap();
    assert_eq!(ask(&cluster, "select 1"), "1");
}
