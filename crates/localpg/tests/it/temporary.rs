use std::path::Path;

use localpg::{Cluster, Durability};

use crate::child::{Other, becomes, lives, within_limit};
use crate::folder::exists;
use crate::psql::psql;

fn ask(cluster: &Cluster, statement: &str) -> String {
    psql(&cluster.socket_path(), statement).unwrap()
}

#[test]
fn a_committed_row_is_there_after_sigkill_and_recovery() {
    let cluster = Cluster::temporary(Durability::Durable).unwrap();
    assert_eq!(ask(&cluster, "show fsync"), "on");
    ask(&cluster, "create table kept(number int)");
    for round in 1..=3 {
        ask(&cluster, &format!("insert into kept values ({round})"));
        let url = cluster.url("postgres");
        cluster.kill();
        assert_eq!(cluster.postmaster_pid(), None);
        assert!(psql(&cluster.socket_path(), "select 1").is_err());
        cluster.start_again().unwrap();
        assert_eq!(ask(&cluster, "select max(number) from kept"), round.to_string());
        assert_eq!(cluster.url("postgres"), url);
    }
    cluster.start_again().unwrap();
    cluster.restart().unwrap();
    assert_eq!(ask(&cluster, "select count(*) from kept"), "3");
}

#[test]
fn a_temporary_cluster_is_gone_when_dropped_or_stopped() {
    for stop in [true, false] {
        let cluster = Cluster::temporary(Durability::None).unwrap();
        assert_eq!(ask(&cluster, "show fsync"), "off");
        assert_eq!(ask(&cluster, "show max_connections"), "300");
        let pid = cluster.postmaster_pid().unwrap();
        let base = cluster.data_path().parent().unwrap().parent().unwrap().to_path_buf();
        within_limit(move || if stop { cluster.stop().unwrap() } else { drop(cluster) });
        assert!(!lives(pid) && !exists(&base));
    }
}

#[test]
fn a_temporary_cluster_is_gone_when_its_process_is_killed() {
    let mut other = Other::start("temporary", "");
    let data = other.says();
    let data = Path::new(&data);
    let pid = std::fs::read_to_string(data.join("postmaster.pid")).unwrap();
    let pid: u32 = pid.lines().next().unwrap().parse().unwrap();
    other.kill();
    let base = data.parent().unwrap().parent().unwrap();
    assert!(becomes(|| !lives(pid) && !exists(base)));
}

#[test]
fn two_temporary_clusters_know_nothing_of_each_other() {
    let first = Cluster::temporary(Durability::None).unwrap();
    let second = Cluster::temporary(Durability::None).unwrap();
    ask(&first, "create table mine()");
    first.kill();
    assert_eq!(ask(&second, "select to_regclass('mine') is null"), "t");
}
