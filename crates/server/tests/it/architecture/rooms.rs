//! Rooms: a folder, or a file beside the folders, is a room with one purpose, and imports run one way between them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::imports::{self, Imports};

/// The rooms of one folder of sources, from the top down, each with the rooms that it may import.
struct House {
    folder: &'static str,
    rooms: &'static [(&'static str, &'static [&'static str])],
}

const HOUSES: &[House] = &[
    House {
        folder: "crates/domain/src",
        rooms: &[
            ("lib", &[]),
            (
                "model",
                &[
                    "commands",
                    "transfers",
                    "registrations",
                    "events",
                    "accounts",
                    "tickets",
                    "money",
                    "seats",
                    "limits",
                    "text",
                    "ids",
                ],
            ),
            (
                "tables",
                &[
                    "admission",
                    "history",
                    "commands",
                    "transfers",
                    "registrations",
                    "events",
                    "accounts",
                    "tickets",
                    "ids",
                ],
            ),
            (
                "admission",
                &[
                    "news",
                    "commands",
                    "transfers",
                    "registrations",
                    "events",
                    "figures",
                    "accounts",
                    "tickets",
                    "money",
                    "seats",
                    "limits",
                    "text",
                    "ids",
                ],
            ),
            ("history", &["registrations", "events", "tickets", "ids"]),
            ("webhooks", &["news", "registrations", "names"]),
            ("ticket_names", &["check_ins", "registrations", "events", "limits", "text"]),
            ("check_ins", &["registrations", "events", "names", "limits", "text", "ids"]),
            ("messages", &["registrations", "events", "names", "limits", "text"]),
            ("news", &["events", "ids"]),
            ("commands", &["registrations", "events", "accounts", "tickets", "text", "ids"]),
            ("registrations", &["events", "accounts", "tickets", "money", "names", "limits", "text", "ids"]),
            ("figures", &["zones", "events"]),
            ("slugs", &["search", "ids"]),
            ("zones", &["events"]),
            ("transfers", &["tickets", "limits", "ids"]),
            ("events", &["tickets", "money", "seats", "names", "limits", "text", "ids"]),
            ("tickets", &["money", "seats", "limits", "text"]),
            ("money", &["limits", "text"]),
            ("api_keys", &["accounts", "names", "limits", "text", "ids"]),
            ("accounts", &["names", "limits", "text"]),
            ("account_mails", &["names", "limits"]),
            ("pictures", &["ids"]),
            ("names", &[]),
            ("seats", &["limits", "text"]),
            ("limits", &[]),
            ("search", &["text"]),
            ("text", &[]),
            ("ids", &[]),
        ],
    },
    House {
        folder: "crates/repository/src",
        rooms: &[
            ("lib", &["errors"]),
            ("figures", &["events", "tickets", "errors"]),
            ("rehearsals", &["events", "tickets", "databases", "schema", "errors"]),
            ("drafts", &["audit", "reminders", "pictures", "doors", "tickets", "rows", "schema", "errors"]),
            ("tallies", &["statements", "rows", "schema", "errors"]),
            (
                "own_accounts",
                &[
                    "ticket_names",
                    "administration",
                    "webhooks",
                    "account_mails",
                    "api_keys",
                    "messages",
                    "registrations",
                    "users",
                    "audit",
                    "clocks",
                    "schema",
                    "errors",
                ],
            ),
            ("ticket_names", &["doors", "events", "registrations", "clocks", "schema", "errors"]),
            ("message_subjects", &["doors", "messages", "presentations", "registrations", "rows", "schema", "errors"]),
            ("doors", &["events", "audit", "tickets", "clocks", "schema", "errors"]),
            ("door_staff", &["events", "audit", "rows", "schema", "errors"]),
            ("check_ins", &["statements", "rows", "schema", "errors"]),
            ("pictures", &["events", "audit", "clocks", "schema", "errors"]),
            ("events", &["audit", "tickets", "clocks", "rows", "schema", "errors"]),
            ("classic_bookings", &["statements", "connections", "errors"]),
            ("line_heads", &["errors"]),
            ("listings", &["searches", "rows", "schema", "errors"]),
            ("histories", &["promises", "rows", "schema", "errors"]),
            ("pools", &["settlement", "sessions", "connections", "databases", "errors"]),
            (
                "settlement",
                &[
                    "organizers",
                    "users",
                    "audit",
                    "statements",
                    "tickets",
                    "transfers",
                    "rows",
                    "connections",
                    "schema",
                    "errors",
                ],
            ),
            (
                "journal",
                &["webhook_deliveries", "announcements", "messages", "registrations", "rows", "schema", "errors"],
            ),
            ("webhook_deliveries", &["webhooks", "account_mails", "messages", "rows", "schema", "errors"]),
            ("announcements", &["messages", "rows", "errors"]),
            ("transfers", &["clocks", "schema", "errors"]),
            ("reminders", &["schema", "errors"]),
            ("presentations", &["organizers", "schema", "errors"]),
            ("organizers", &["users", "audit", "schema", "errors"]),
            ("statements", &["rows", "schema"]),
            ("attendees", &["searches", "rows", "errors"]),
            ("calendar_feeds", &["users", "clocks", "rows", "schema", "errors"]),
            ("webhooks", &["audit", "rows", "errors"]),
            ("account_mails", &["messages", "users", "audit", "clocks", "rows", "schema", "errors"]),
            ("api_keys", &["users", "audit", "schema", "errors"]),
            ("messages", &["rows", "errors"]),
            ("registrations", &["tickets", "rows", "schema", "errors"]),
            ("tickets", &["rows", "schema", "errors"]),
            ("simulations", &["users", "audit", "databases", "clocks", "rows", "schema", "errors"]),
            ("administration", &["users", "audit", "clocks", "rows", "schema", "errors"]),
            ("sign_outs", &["users", "clocks", "schema", "errors"]),
            ("access_changes", &["users", "clocks", "rows", "schema", "errors"]),
            ("users", &["searches", "clocks", "rows", "schema", "errors"]),
            ("audit", &["schema", "errors"]),
            ("searches", &["errors"]),
            ("promises", &["errors"]),
            ("migrations", &["databases", "errors"]),
            ("rows", &["schema", "errors"]),
            ("sessions", &["addresses", "databases", "errors"]),
            ("databases", &["errors"]),
            ("connections", &[]),
            ("addresses", &["certificates"]),
            ("certificates", &[]),
            ("clocks", &[]),
            ("schema", &[]),
            ("errors", &[]),
        ],
    },
    House {
        folder: "crates/boxoffice/src",
        rooms: &[
            ("lib", &["office", "answers", "limits"]),
            ("simulation", &["office", "answers"]),
            ("office", &["engine", "observer", "answers", "limits", "places"]),
            ("engine", &["limits"]),
            ("observer", &["answers", "places"]),
            ("lines", &["places"]),
            ("places", &[]),
            ("answers", &[]),
            ("limits", &[]),
        ],
    },
    House {
        folder: "crates/notices/src",
        rooms: &[
            ("lib", &[]),
            ("telling", &["words", "mail", "calendar", "facts", "places"]),
            ("mail", &["words", "calendar"]),
            ("words", &["facts", "places"]),
            ("facts", &[]),
            ("calendar", &["times"]),
            ("places", &[]),
            ("times", &[]),
        ],
    },
    House {
        folder: "crates/webhooks/src",
        rooms: &[
            ("lib", &[]),
            ("delivering", &["sender", "payloads", "secrets", "schedule"]),
            ("sender", &["urls", "guard"]),
            ("urls", &["guard"]),
            ("guard", &[]),
            ("payloads", &[]),
            ("secrets", &[]),
            ("schedule", &[]),
        ],
    },
    House {
        folder: "crates/printing/src",
        rooms: &[
            ("lib", &["tickets", "codes", "errors"]),
            ("tickets", &["texts", "fonts", "codes", "errors"]),
            ("texts", &["fonts"]),
            ("fonts", &[]),
            ("codes", &["errors"]),
            ("errors", &[]),
        ],
    },
    House {
        folder: "crates/page/src",
        rooms: &[
            ("lib", &["packed", "document", "compressed", "error"]),
            ("packed", &["linking", "graph", "document", "compressed", "error"]),
            ("linking", &["graph", "modules", "error"]),
            ("graph", &["modules", "error"]),
            ("modules", &["error"]),
            ("document", &[]),
            ("compressed", &[]),
            ("error", &[]),
        ],
    },
    House {
        folder: "crates/auth/src",
        rooms: &[
            ("lib", &[]),
            ("access", &[]),
            ("passwords", &[]),
            ("throttle", &["addresses"]),
            ("api_keys", &["secrets"]),
            ("ticket_codes", &["secrets"]),
            ("secrets", &["tokens"]),
            ("tokens", &[]),
            ("addresses", &[]),
        ],
    },
    House {
        folder: "crates/loadtest/src",
        rooms: &[
            ("main", &[]),
            ("lib", &[]),
            ("cli", &["chaos", "compare", "trouble", "sale", "machine", "crowd", "error"]),
            ("chaos", &["sale", "machine", "crowd", "error"]),
            ("compare", &["sale", "machine", "crowd", "error"]),
            ("trouble", &["sale", "machine", "crowd", "error"]),
            ("sale", &["crowd", "error"]),
            ("machine", &["crowd", "error"]),
            ("crowd", &["error"]),
            ("error", &[]),
        ],
    },
    House {
        folder: "crates/localpg/src",
        rooms: &[
            ("lib", &["cluster", "shared", "programs", "settings", "error", "versions"]),
            (
                "cluster",
                &["places", "instance", "watchdog", "folders", "programs", "settings", "layout", "user", "error"],
            ),
            ("shared", &["places", "instance", "watchdog", "folders", "programs", "settings", "user", "error"]),
            ("places", &["folders", "settings", "layout", "user", "error"]),
            ("instance", &["folders", "programs", "processes", "greeting", "settings", "layout", "user", "error"]),
            ("watchdog", &["user", "error"]),
            ("folders", &["user", "error"]),
            ("programs", &["user", "error", "versions"]),
            ("processes", &[]),
            ("greeting", &["layout"]),
            ("settings", &["layout"]),
            ("layout", &[]),
            ("user", &["error"]),
            ("error", &["versions"]),
            ("versions", &[]),
        ],
    },
    House {
        folder: "crates/server/src",
        rooms: &[
            ("main", &[]),
            ("lib", &["application"]),
            ("process", &["application", "routes", "resources", "state", "services", "openapi", "http", "settings"]),
            ("application", &["routes", "resources", "state", "services", "openapi", "http", "settings"]),
            ("routes", &["resources", "state", "services", "openapi", "http", "settings"]),
            ("resources", &["state", "services", "openapi", "http", "settings"]),
            ("state", &["services", "openapi", "http", "settings"]),
            ("services", &["openapi", "http", "settings"]),
            ("openapi", &["http", "settings"]),
            ("http", &["settings"]),
            ("settings", &[]),
        ],
    },
    House {
        folder: "crates/testdb/src",
        rooms: &[
            ("lib", &["wire", "promises", "patience"]),
            ("promises", &[]),
            ("wire", &["patience"]),
            ("patience", &[]),
        ],
    },
    House {
        folder: "static/scripts",
        rooms: &[
            (
                "app",
                &["views/public", "views/account", "views/studio", "views/admin", "ui", "words", "server", "browser"],
            ),
            ("door", &["door/kept", "door/rules", "ui", "words", "server", "browser"]),
            ("door/kept", &["door/rules", "server", "browser"]),
            ("door/rules", &["words", "server"]),
            ("views/public", &["booking", "ui", "words", "server", "browser"]),
            ("views/account", &["booking", "ui", "words", "server", "browser"]),
            ("views/admin", &["views/studio", "ui", "words", "server", "browser"]),
            ("views/studio", &["drafts", "ui", "words", "server", "browser"]),
            ("booking", &["ui", "words", "server", "browser"]),
            ("drafts", &["ui", "server", "browser"]),
            ("ui", &["words", "server", "browser"]),
            ("words", &["server"]),
            ("server", &["browser"]),
            ("browser", &[]),
        ],
    },
];

/// The classic way is there to be compared with. No booking's path may lead to it.
#[test]
fn only_the_comparison_of_a_stress_test_sells_the_classic_way() {
    let mut knowing = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let sources = imports::sources(&folder.join("src"), "rs").into_iter();
        let of_module = sources.filter(|(_, text)| text.contains("classic_bookings"));
        knowing.extend(of_module.map(|(file, _)| format!("{name}/{file}")));
    }
    knowing.sort_unstable();
    assert_eq!(knowing, ["boxoffice/simulation/classic.rs", "repository/lib.rs"]);
}

#[test]
fn imports_between_rooms_run_one_way_and_no_files_import_each_other() {
    let mut faults = Vec::new();
    for house in HOUSES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(house.folder);
        let imports = if house.folder.starts_with("crates/") {
            imports::of_modules(&imports::sources(&folder, "rs"))
        } else {
            imports::of_scripts(&imports::sources(&folder, "js"))
        };
        faults.extend(faults_of(house.rooms, &imports).into_iter().map(|fault| format!("{}: {fault}", house.folder)));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// All that is wrong with the imports of these rooms.
fn faults_of(rooms: &[(&str, &[&str])], imports: &Imports) -> Vec<String> {
    let mut faults = Vec::new();
    let mut inhabited = BTreeSet::new();
    for (file, targets) in imports {
        let Some(room) = room_of(rooms, file) else {
            faults.push(format!("{file} is in no room of the table"));
            continue;
        };
        inhabited.insert(room);
        let (_, allowed) = rooms[room];
        for target in targets {
            let Some(other) = room_of(rooms, target) else { continue };
            let name = rooms[other].0;
            if other != room && !allowed.contains(&name) {
                faults.push(format!("{file} imports {target}: {} may not import {name}", rooms[room].0));
            }
        }
    }
    for (place, (room, allowed)) in rooms.iter().enumerate() {
        if !inhabited.contains(&place) {
            faults.push(format!("{room} has no files"));
        }
        for name in *allowed {
            if !rooms[place + 1..].iter().any(|(below, _)| below == name) {
                faults.push(format!("{room} may import {name}, which is not below it in the table"));
            }
        }
    }
    faults.extend(circles(imports).into_iter().map(|circle| format!("a circle of imports: {}", circle.join(", "))));
    faults
}

/// The room that a file is in: the longest name of which its path is part.
fn room_of(rooms: &[(&str, &[&str])], file: &str) -> Option<usize> {
    let path = file.rsplit_once('.').map_or(file, |(path, _)| path);
    let inside = |room: &str| path == room || path.strip_prefix(room).is_some_and(|rest| rest.starts_with('/'));
    let found = rooms.iter().enumerate().filter(|(_, (room, _))| inside(room));
    found.max_by_key(|(_, (room, _))| room.len()).map(|(place, _)| place)
}

/// The files that reach each other by their imports, one list for each circle.
fn circles(imports: &Imports) -> Vec<Vec<&str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        imports.keys().map(|file| (file.as_str(), reachable(imports, file))).collect();
    let mut circles = BTreeSet::new();
    for (file, reached) in &reach {
        let circle: Vec<&str> =
            reached.iter().copied().filter(|other| reach.get(other).is_some_and(|back| back.contains(file))).collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

/// All files that `file` imports, directly or not.
fn reachable<'a>(imports: &'a Imports, file: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = imports.get(file).into_iter().flatten().map(String::as_str).collect();
    while let Some(file) = next.pop() {
        if reached.insert(file) {
            next.extend(imports.get(file).into_iter().flatten().map(String::as_str));
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOMS: &[(&str, &[&str])] =
        &[("views", &["ui"]), ("views/admin", &["ui", "words"]), ("ui", &[]), ("words", &[])];

    fn imports_of(files: &[(&str, &[&str])]) -> Imports {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        files.iter().map(|(file, targets)| ((*file).to_owned(), owned(targets))).collect()
    }

    #[test]
    fn a_room_imports_what_the_table_allows() {
        let imports = imports_of(&[
            ("views/a.js", &["ui/a.js"]),
            ("views/admin/a.js", &["ui/a.js", "words.js"]),
            ("ui/a.js", &["ui/b.js"]),
            ("ui/b.js", &[]),
            ("words.js", &[]),
        ]);
        assert_eq!(faults_of(ROOMS, &imports), [""; 0]);
    }

    #[test]
    fn a_planted_import_a_circle_a_stray_file_and_an_empty_room_are_faults() {
        let imports = imports_of(&[
            ("views/a.js", &["words.js"]),
            ("views/admin/a.js", &[]),
            ("ui/a.js", &["ui/b.js"]),
            ("ui/b.js", &["ui/c.js"]),
            ("ui/c.js", &["ui/a.js"]),
            ("stray.js", &[]),
        ]);
        assert_eq!(
            faults_of(ROOMS, &imports),
            [
                "stray.js is in no room of the table",
                "views/a.js imports words.js: views may not import words",
                "words has no files",
                "a circle of imports: ui/a.js, ui/b.js, ui/c.js",
            ]
        );
    }

    #[test]
    fn a_table_that_allows_both_ways_is_a_fault() {
        let rooms: &[(&str, &[&str])] = &[("a", &["b"]), ("b", &["a"])];
        let imports = imports_of(&[("a.rs", &[]), ("b.rs", &[])]);
        assert_eq!(faults_of(rooms, &imports), ["b may import a, which is not below it in the table"]);
    }
}
