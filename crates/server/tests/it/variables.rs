//! The environment's variables, and the file `.env`.

use std::fs;

use server::settings::{Settings, Variables, with_dotenv};

use crate::settings::{Folder, SECRET, URL, assert_names, load, refusal, shipped_home, url, variables};

#[test]
fn every_variable_of_the_example_is_known_and_all_of_them_load() {
    let text = fs::read_to_string(shipped_home().join(".env.example")).unwrap();
    let folder = Folder::new();
    folder.write(".env", &text);
    assert_eq!(with_dotenv(&folder.0, Variables::new()).unwrap(), Variables::new(), "copied, it sets nothing");

    let is_assignment = |line: &&str| {
        let name = line.split_once('=').map(|(name, _)| name);
        name.is_some_and(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
    };
    let assignments: Vec<_> = text.lines().filter_map(|line| line.strip_prefix('#')).filter(is_assignment).collect();
    folder.write(".env", &assignments.join("\n"));
    let set = with_dotenv(&folder.0, Variables::new()).unwrap();
    assert_eq!(set.len(), assignments.len(), "none stands there twice");
    // Those of ours that nothing knows are refused.
    let settings = Settings::load(&shipped_home(), &set).unwrap();
    assert_eq!(settings.server.port, 8080);
    assert_eq!(url(&settings), set["DATABASE_URL"]);
    assert!(settings.data.programs.is_some() && !settings.demo.enabled);

    let (ours, others): (Vec<_>, Vec<_>) = set.into_keys().partition(|name| name.starts_with("ONSALE"));
    assert!(ours.len() > 5);
    assert_eq!(
        others,
        ["DATABASE_URL", "DB_HOST", "DB_NAME", "DB_PASSWORD", "DB_PORT", "DB_USER", "JWT_SECRET", "PORT"]
    );
}

#[test]
fn an_unknown_variable_of_ours_is_refused() {
    for name in [
        "ONSALE__SERVER__PROT",
        "ONSALE__SERVERS__PORT",
        "ONSALE_SERVER__PORT",
        "ONSALE_SERVER_PORT",
        "ONSALE__SERVER_PORT",
        "ONSALE__SERVER__PORT__X",
        "ONSALE__SERVER___PORT",
        "ONSALE__SERVER__PORT_",
        "ONSALE__SERVER",
        "ONSALE__",
        "ONSALE",
        "ONSALE_PORT",
        "ONSALE__server__port",
        "onsale__server__port",
        "Onsale__Server__Port",
        "ONSALE__SERVER__PO[0]",
        "ONSALE__SERVER__PO.RT",
    ] {
        assert_names(&refusal([(name, "9000")]), &[name]);
    }
}

#[test]
fn variables_that_set_no_key_and_those_of_others_are_let_be() {
    let settings = load([
        ("ONSALE_PROFILE", "default"),
        ("ONSALE_HOME", "/somewhere"),
        ("ONSALE_PG_BIN", "/usr/lib/postgresql/15/bin"),
        ("ONSET", "x"),
        ("PATH", "/bin"),
        ("SERVER__PORT", "1"),
    ]);
    assert_eq!(settings.unwrap().server.port, 8080);
}

#[test]
fn the_original_systems_variables_are_understood() {
    let settings = load([
        ("PORT", "3000"),
        ("JWT_SECRET", SECRET),
        ("DB_HOST", "db.example.com"),
        ("DB_PORT", "5433"),
        ("DB_USER", "postgres"),
        ("DB_PASSWORD", "postgres"),
        ("DB_NAME", "eventbrite"),
    ])
    .unwrap();
    assert_eq!(settings.server.port, 3000);
    assert_eq!(settings.auth.secret.as_ref().unwrap().expose(), SECRET);
    assert_eq!(url(&settings), "postgres://postgres:postgres@db.example.com:5433/eventbrite");
}

#[test]
fn special_characters_in_an_address_are_encoded() {
    let built = |host, password| {
        let settings = load([("DB_HOST", host), ("DB_USER", "a b"), ("DB_PASSWORD", password), ("DB_NAME", "x/y?z")]);
        url(&settings.unwrap()).to_owned()
    };
    assert_eq!(built("db", "p@ss:w/ö%#"), "postgres://a%20b:p%40ss%3Aw%2F%C3%B6%25%23@db:5432/x%2Fy%3Fz");
    assert_eq!(built("::1", ""), "postgres://a%20b@[::1]:5432/x%2Fy%3Fz");
    assert_eq!(built("/run/postgresql", "p"), "postgres://a%20b:p@%2Frun%2Fpostgresql:5432/x%2Fy%3Fz");
}

#[test]
fn half_a_database_is_refused_and_none_is_fine() {
    assert_names(&refusal([("DB_PASSWORD", "tiger")]), &["DB_HOST", "DB_PASSWORD"]);
    assert_names(&refusal([("DB_HOST", "db"), ("DB_NAME", "x")]), &["DB_USER"]);
    let port = [("DB_HOST", "db"), ("DB_USER", "u"), ("DB_NAME", "x"), ("DB_PORT", "0")];
    assert_names(&refusal(port), &["DB_PORT", "1 to 65535"]);
    let unset =
        [("DB_HOST", ""), ("DB_PORT", ""), ("DB_USER", ""), ("DB_PASSWORD", ""), ("DATABASE_URL", ""), ("PORT", "")];
    assert!(load(unset).unwrap().database.url.is_none());
}

#[test]
fn of_two_addresses_of_the_database_the_more_specific_wins() {
    let old = [("DB_HOST", "old"), ("DB_USER", "u"), ("DB_NAME", "x"), ("DATABASE_URL", URL)];
    assert_eq!(url(&load(old).unwrap()), URL);
    let newest = "postgresql://newest/x";
    assert_eq!(url(&load([("DATABASE_URL", URL), ("ONSALE__DATABASE__URL", newest)]).unwrap()), newest);
}

#[test]
fn a_dotenv_file_gives_what_the_environment_lacks() {
    let folder = Folder::new();
    folder.write(".env", "# a comment\nPORT=3000\nexport JWT_SECRET='a $b \"c\"'\n\nDB_NAME=\"x y\"\n");
    let merged = with_dotenv(&folder.0, variables([("PORT", "4000"), ("DB_NAME", "")])).unwrap();
    assert_eq!(merged, variables([("PORT", "4000"), ("JWT_SECRET", "a $b \"c\""), ("DB_NAME", "")]));
}

#[test]
fn a_dotenv_file_with_a_byte_order_mark_is_read() {
    let folder = Folder::new();
    folder.write(".env", "\u{feff}PORT=3000\r\nDB_NAME=x\r\n");
    assert_eq!(with_dotenv(&folder.0, Variables::new()).unwrap(), variables([("PORT", "3000"), ("DB_NAME", "x")]));
}

#[test]
fn without_a_dotenv_file_the_environment_is_as_it_is() {
    let folder = Folder::new();
    assert_eq!(with_dotenv(&folder.0, variables([("PORT", "1")])).unwrap(), variables([("PORT", "1")]));
}

#[test]
fn a_malformed_dotenv_file_is_refused_without_showing_its_lines() {
    let folder = Folder::new();
    folder.write(".env", "PORT=3000\nJWT_SECRET=tiger in the tank\n");
    let error = with_dotenv(&folder.0, Variables::new()).unwrap_err().to_string();
    assert_names(&error, &[".env", "variable 2"]);
    assert!(!error.contains("tiger"), "{error}");
    fs::remove_file(folder.0.join(".env")).unwrap();
    fs::create_dir(folder.0.join(".env")).unwrap();
    assert!(with_dotenv(&folder.0, Variables::new()).is_err());
}
