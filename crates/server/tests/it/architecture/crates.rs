//! The edges between the crates are those that ARCHITECTURE.md draws.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// What each crate may depend on among ours, tests aside.
const EDGES: [(&str, &[&str]); 14] = [
    ("onsale-auth", &["onsale-domain"]),
    ("onsale-boxoffice", &["onsale-domain", "onsale-repository"]),
    ("onsale-domain", &[]),
    // Tests only.
    ("onsale-e2e", &["onsale-testdb"]),
    // The proxy that the tests cut connections with.
    ("onsale-loadtest", &["onsale-auth", "onsale-domain", "onsale-localpg", "onsale-repository", "onsale-testdb"]),
    ("onsale-localpg", &[]),
    ("onsale-notices", &["onsale-auth", "onsale-domain", "onsale-repository"]),
    ("onsale-page", &[]),
    ("onsale-pictures", &[]),
    ("onsale-printing", &[]),
    ("onsale-repository", &["onsale-domain"]),
    (
        "onsale-server",
        &[
            "onsale-auth",
            "onsale-boxoffice",
            "onsale-domain",
            "onsale-localpg",
            "onsale-notices",
            "onsale-page",
            "onsale-pictures",
            "onsale-printing",
            "onsale-repository",
            "onsale-webhooks",
        ],
    ),
    // Tests and the load test only.
    ("onsale-testdb", &["onsale-domain", "onsale-localpg", "onsale-repository"]),
    ("onsale-webhooks", &["onsale-domain", "onsale-repository"]),
];

/// Which crates may know a library, tests aside.
const OWNERS: [(&str, &[&str]); 19] = [
    ("actix-web", &["onsale-server"]),
    ("actix-files", &["onsale-server"]),
    ("diesel", &["onsale-repository"]),
    ("diesel-async", &["onsale-repository"]),
    ("bb8", &["onsale-repository"]),
    ("tokio-postgres", &["onsale-repository"]),
    ("tokio-postgres-rustls", &["onsale-repository"]),
    ("rustls", &["onsale-repository", "onsale-webhooks"]),
    ("hyper", &["onsale-webhooks"]),
    ("jsonwebtoken", &["onsale-auth"]),
    ("bcrypt", &["onsale-auth"]),
    ("image", &["onsale-pictures"]),
    ("fast_qr", &["onsale-e2e", "onsale-printing"]),
    ("icalendar", &["onsale-notices"]),
    ("krilla", &["onsale-printing"]),
    ("lettre", &["onsale-notices"]),
    ("minijinja", &["onsale-notices"]),
    ("parley", &["onsale-printing"]),
    // Beside serde: how values look outside. Domain and box office derive, and nothing more.
    ("utoipa", &["onsale-boxoffice", "onsale-domain", "onsale-server"]),
];

#[test]
fn crates_depend_on_each_other_and_on_libraries_only_where_the_design_says() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut dependencies: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap().to_owned();
        let normal =
            package["dependencies"].as_array().unwrap().iter().filter(|dependency| dependency["kind"].is_null());
        let names = normal.map(|dependency| dependency["name"].as_str().unwrap().to_owned());
        dependencies.insert(name, names.collect());
    }

    assert_eq!(dependencies.keys().map(String::as_str).collect::<Vec<_>>(), EDGES.map(|(name, _)| name));
    for (name, allowed) in EDGES {
        let ours = dependencies[name].iter().filter(|dependency| dependency.starts_with("onsale-"));
        assert_eq!(ours.map(String::as_str).collect::<Vec<_>>(), allowed, "{name}");
    }
    for (library, owners) in OWNERS {
        let users = dependencies.iter().filter(|(_, dependencies)| dependencies.contains(library));
        assert_eq!(users.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), owners, "{library}");
    }
}
