//! Production, encryption, and the secret that signs tokens.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::thread;

use server::settings::{LogFormat, MetricsListen, Profile, Settings, SettingsError, Variables, token_secret};

use crate::settings::{Folder, SECRET, URL, assert_names, load, refusal, shipped_home, url, variables};

/// The production profile with the least that it needs, and then some.
fn production<const N: usize>(pairs: [(&str, &str); N]) -> Result<Settings, SettingsError> {
    let mut all = variables([
        ("ONSALE_PROFILE", "production"),
        ("DATABASE_URL", URL),
        ("ONSALE__AUTH__SECRET", SECRET),
        ("ONSALE__SERVER__TRUSTED_PROXIES", "none"),
    ]);
    all.extend(variables(pairs));
    all.retain(|_, value| value != "(unset)");
    Settings::load(&shipped_home(), &all)
}

#[test]
fn a_short_secret_is_refused_in_every_profile() {
    for variable in ["JWT_SECRET", "ONSALE__AUTH__SECRET"] {
        assert_names(&refusal([(variable, &SECRET[1..])]), &["auth.secret", variable, "32 bytes", "31"]);
    }
}

#[test]
fn production_starts_with_a_database_and_a_secret() {
    let settings = production([]).unwrap();
    assert_eq!(settings.profile, Profile::Production);
    assert!(!settings.demo.enabled);
    assert_eq!(settings.server.host.to_string(), "0.0.0.0");
    assert_eq!(settings.log.format, LogFormat::Json);
    assert_eq!(settings.metrics.listen, MetricsListen::Address("0.0.0.0:9464".parse().unwrap()));
    assert_eq!((settings.server.trusted_proxies.len(), settings.server.allowed_hosts.len()), (0, 0));
    assert_eq!(settings.token_secret().unwrap().expose(), SECRET);
}

#[test]
fn production_refuses_what_is_careless() {
    for (variable, value, parts) in [
        ("DATABASE_URL", "(unset)", ["database.url", "DATABASE_URL"]),
        ("DATABASE_URL", "postgres://u:p@db/x", ["database.url (DATABASE_URL): the connection to db", "database.tls"]),
        ("DATABASE_URL", "postgres://u:p@db/x?sslmode=disable", ["the connection to db", "verify-full"]),
        ("DATABASE_URL", "postgres://u:p@db/x?sslmode=prefer", ["the connection to db", "verify-full"]),
        ("DATABASE_URL", "postgres://u:p@localhost,10.0.0.1,db2/x", ["the connection to 10.0.0.1, db2", "Unix socket"]),
        ("ONSALE__DATABASE__TLS", "disable", ["sslmode=verify-full", "database.tls says disable"]),
        ("ONSALE__AUTH__SECRET", "(unset)", ["auth.secret", "32 bytes"]),
        ("ONSALE__AUTH__SECRET", &SECRET[1..], ["auth.secret", "32 bytes"]),
        ("ONSALE__AUTH__SECRET", &"x".repeat(40), ["auth.secret", "few different"]),
        ("ONSALE__AUTH__SECRET", &"abcdefgh".repeat(5), ["auth.secret", "repeats"]),
        ("ONSALE__AUTH__SECRET", "Change-Me! 0123456789abcdef0123456789", ["auth.secret", "placeholder"]),
        ("ONSALE__AUTH__SECRET", "your_super_secret_jwt_key_0123456789", ["auth.secret", "placeholder"]),
        ("ONSALE__SERVER__TRUSTED_PROXIES", "(unset)", ["server.trusted_proxies", "none"]),
        ("ONSALE__SERVER__TRUSTED_PROXIES", "", ["server.trusted_proxies", "none"]),
        ("ONSALE__SERVER__TRUSTED_PROXIES", "0.0.0.0/0", ["server.trusted_proxies", "every address"]),
        ("ONSALE__SERVER__TRUSTED_PROXIES", "10.0.0.0/8,::/0", ["server.trusted_proxies", "::/0"]),
        ("ONSALE__AUTH__BCRYPT_COST", "9", ["auth.bcrypt_cost", "10 to 15"]),
        ("ONSALE__DEMO__ENABLED", "true", ["demo.enabled", ""]),
    ] {
        assert_names(&production([(variable, value)]).unwrap_err().to_string(), &parts);
    }
    let demo = [("ONSALE__DEMO__ENABLED", "true"), ("ONSALE__DEMO__ALLOW_PUBLIC", "true")];
    assert_names(&production(demo).unwrap_err().to_string(), &["demo.enabled", "production"]);
    assert!(production([("ONSALE__AUTH__BCRYPT_COST", "10")]).is_ok());
}

#[test]
fn production_takes_a_database_on_this_machine_or_one_that_is_verified() {
    for address in [
        "postgres://u:p@127.0.0.1:5432/x",
        "postgres://u:p@localhost,[::1]/x",
        "postgres://u@%2Fvar%2Frun%2Fpostgresql/x",
        "postgres://u:p@db1,db2:5433/x?target_session_attrs=read-write&sslmode=require",
    ] {
        let settings = production([("DATABASE_URL", address)]).unwrap();
        assert_eq!(url(&settings), address);
    }
    let plain = ("DATABASE_URL", "postgres://u:p@db/x?application_name=a");
    let settings = production([plain, ("ONSALE__DATABASE__TLS", "verify-full")]).unwrap();
    assert_eq!(url(&settings), "postgres://u:p@db/x?application_name=a&sslmode=verify-full");
    let by_parts = [
        ("DATABASE_URL", "(unset)"),
        ("DB_HOST", "db"),
        ("DB_USER", "u"),
        ("DB_NAME", "x"),
        ("ONSALE__DATABASE__TLS", "verify-full"),
        ("ONSALE__DATABASE__TLS_ROOTS", "/etc/ca.pem"),
    ];
    let roots = "?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem";
    assert_eq!(url(&production(by_parts).unwrap()), format!("postgres://u@db:5432/x{roots}"));
}

#[test]
fn encryption_is_said_once() {
    let home = shipped_home();
    let settings = load([
        ("DATABASE_URL", "postgres://db/x"),
        ("ONSALE__DATABASE__TLS", "verify-full"),
        ("ONSALE__DATABASE__TLS_ROOTS", "config/ca.pem"),
    ]);
    let shown = url(&settings.unwrap()).replace("%2F", "/");
    assert!(shown.ends_with(&format!("sslrootcert={}/config/ca.pem", home.display())), "{shown}");
    for (address, tls, roots, parts) in [
        ("postgres://db/x?sslmode=disable", "verify-full", "", ["sslmode=disable", "database.tls says verify-full"]),
        ("postgres://db/x?sslmode=require", "disable", "", ["sslmode=verify-full", "database.tls says disable"]),
        ("postgres://db/x?sslrootcert=/a", "verify-full", "/b", ["sslrootcert=/a", "database.tls_roots says /b"]),
        ("postgres://db/x", "disable", "/b", ["database.tls_roots", "verify-full"]),
        ("postgres://db/x?sslmode=yes", "disable", "", ["sslmode", "verify-full"]),
        ("postgres://db/x", "on", "", ["database.tls", "disable or verify-full"]),
    ] {
        let all = [("DATABASE_URL", address), ("ONSALE__DATABASE__TLS", tls), ("ONSALE__DATABASE__TLS_ROOTS", roots)];
        assert_names(&refusal(all), &parts);
    }
}

#[test]
fn no_secret_is_in_debug_or_in_errors() {
    let password = "tiger-in-the-tank";
    let address = format!("postgres://onsale:{password}@db/onsale");
    let settings = load([("DATABASE_URL", &address), ("JWT_SECRET", SECRET)]).unwrap();
    let shown = format!("{settings:?} {settings:#?}");
    assert!(!shown.contains(password) && !shown.contains(SECRET), "{shown}");
    let wrong = format!("mysql://onsale:{password}@db/onsale");
    let errors = [
        refusal([("DATABASE_URL", &wrong)]),
        refusal([("DATABASE_URL", &format!("postgres://onsale:x@y?{password}=1@db/onsale"))]),
        refusal([("JWT_SECRET", password)]),
        refusal([("DB_PASSWORD", password)]),
        production([("JWT_SECRET", password), ("ONSALE__AUTH__SECRET", "(unset)")]).unwrap_err().to_string(),
    ];
    assert!(errors.iter().all(|error| !error.contains(password)), "{errors:?}");
}

#[test]
fn a_token_secret_is_made_once_and_private() {
    let folder = Folder::new();
    let data = folder.0.join("deep/data");
    let first = token_secret(&data).unwrap();
    assert_eq!(first.expose().len(), 96);
    assert!(first.expose().bytes().all(|byte| byte.is_ascii_hexdigit()));
    let mode = fs::metadata(data.join("token-secret")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(fs::read_dir(&data).unwrap().count(), 1, "nothing temporary is left");
    assert_eq!(token_secret(&data).unwrap().expose(), first.expose());
    assert_ne!(token_secret(&folder.0.join("other")).unwrap().expose(), first.expose());
}

#[test]
fn servers_that_start_at_once_share_one_token_secret() {
    for _ in 0..20 {
        let folder = Folder::new();
        let secrets: Vec<_> = thread::scope(|scope| {
            let starts: Vec<_> =
                (0..8).map(|_| scope.spawn(|| token_secret(&folder.0).unwrap().expose().to_owned())).collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert!(secrets.iter().all(|secret| *secret == secrets[0]));
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
    }
}

#[test]
fn a_token_secret_that_cannot_be_used_is_refused_and_kept() {
    let folder = Folder::new();
    let refusal = || token_secret(&folder.0).unwrap_err().to_string();
    folder.write("token-secret", "tiger\n");
    assert_names(&refusal(), &["token-secret", "32 bytes", "not 5", "delete"]);
    folder.write("token-secret", "");
    assert_names(&refusal(), &["token-secret", "not 0"]);
    fs::write(folder.0.join("token-secret"), [0xff; 64]).unwrap();
    assert_names(&refusal(), &["token-secret", "cannot be read"]);
    assert_eq!(fs::read(folder.0.join("token-secret")).unwrap(), [0xff; 64]);
    fs::remove_file(folder.0.join("token-secret")).unwrap();
    fs::create_dir(folder.0.join("token-secret")).unwrap();
    assert_names(&refusal(), &["token-secret", "cannot be read"]);
}

#[test]
fn a_data_folder_that_cannot_be_made_is_refused() {
    let folder = Folder::new();
    folder.write("data", "a file");
    assert_names(&token_secret(&folder.0.join("data")).unwrap_err().to_string(), &["token-secret"]);
}

#[test]
fn the_token_secret_that_was_set_is_used_and_else_the_kept_one() {
    let home = Folder::home();
    let set = Settings::load(&home.0, &variables([("JWT_SECRET", SECRET)])).unwrap();
    assert_eq!(set.token_secret().unwrap().expose(), SECRET);
    assert!(!home.0.join("data").exists());
    let kept = Settings::load(&home.0, &Variables::new()).unwrap();
    assert_eq!(kept.token_secret().unwrap().expose(), token_secret(&home.0.join("data")).unwrap().expose());
}
