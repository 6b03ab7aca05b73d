use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use server::settings::{
    LogFormat, MetricsListen, Profile, Settings, SettingsError, Variables, token_secret, with_dotenv,
};

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const URL: &str = "postgres://onsale:tiger@db:5432/onsale?sslmode=verify-full";

/// A folder of one test, gone when it ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("onsale-settings-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A home with the files that the project ships.
    fn home() -> Self {
        let folder = Self::new();
        fs::create_dir_all(folder.0.join("config")).unwrap();
        for name in ["default.toml", "production.toml"] {
            fs::copy(shipped_home().join("config").join(name), folder.0.join("config").join(name)).unwrap();
        }
        folder
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    /// Replaces a line of a shipped file.
    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.0.join(name)).unwrap();
        assert!(text.contains(from), "{from}");
        self.write(name, &text.replacen(from, to, 1));
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn shipped_home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .find(|folder| folder.join("config/default.toml").is_file())
        .unwrap()
        .to_owned()
}

fn variables<const N: usize>(pairs: [(&str, &str); N]) -> Variables {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn load<const N: usize>(pairs: [(&str, &str); N]) -> Result<Settings, SettingsError> {
    Settings::load(&shipped_home(), &variables(pairs))
}

/// What is said of settings that are refused: one line.
fn refusal<const N: usize>(pairs: [(&str, &str); N]) -> String {
    let error = load(pairs).expect_err(&format!("{pairs:?} must be refused")).to_string();
    assert!(!error.contains('\n'), "{error}");
    error
}

fn assert_names(error: &str, parts: &[&str]) {
    for part in parts {
        assert!(error.contains(part), "{part:?} is not in: {error}");
    }
}

fn url(settings: &Settings) -> &str {
    settings.database.url.as_ref().unwrap().expose()
}

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
fn with_nothing_set_the_shipped_defaults_hold() {
    let settings = load([]).unwrap();
    assert_eq!(settings.profile, Profile::Default);
    assert_eq!((settings.server.host.to_string().as_str(), settings.server.port), ("127.0.0.1", 8080));
    assert!(settings.server.workers >= 1 && settings.auth.hashing_concurrency >= 1, "0 means by the cores");
    assert!(settings.server.trusted_proxies.is_empty());
    assert!(settings.database.url.is_none() && settings.auth.secret.is_none());
    assert_eq!((settings.database.read_connections, settings.database.box_office_connections), (8, 16));
    assert_eq!(settings.database.lock_timeout, Duration::from_millis(3000));
    assert_eq!(settings.database.idle_in_transaction, Duration::from_millis(1500));
    assert_eq!(settings.database.statement_timeout, Duration::from_secs(10));
    assert_eq!(settings.data.folder, shipped_home().join("data"));
    assert_eq!(settings.auth.token_lifetime, Duration::from_secs(12 * 3600));
    assert_eq!(settings.auth.bcrypt_cost, 12);
    assert_eq!(settings.auth.new_accounts_per_address, 200);
    let box_office = &settings.box_office;
    assert_eq!((box_office.queue_per_event, box_office.queue_total, box_office.batch_limit), (20_000, 50_000, 4096));
    assert_eq!((box_office.queued, box_office.backoff), (Duration::from_secs(10), Duration::from_millis(500)));
    assert_eq!(settings.simulation.window, 2000);
    assert_eq!((settings.live.streams, settings.live.streams_per_address), (10_000, 2_000));
    assert!(settings.demo.enabled);
    assert_eq!(settings.server.allowed_hosts, ["localhost"]);
    assert_eq!(settings.metrics.listen, MetricsListen::Server);
    assert_eq!((settings.log.format, settings.log.filter.as_str()), (LogFormat::Text, "info,actix_server=warn"));
}

#[test]
fn each_source_is_stronger_than_the_one_before() {
    let home = Folder::home();
    let port = |pairs: &[(&str, &str)]| {
        let all: BTreeMap<_, _> = pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Settings::load(&home.0, &all).unwrap().server.port
    };
    let base = [
        ("ONSALE_PROFILE", "production"),
        ("DATABASE_URL", URL),
        ("JWT_SECRET", SECRET),
        ("ONSALE__SERVER__TRUSTED_PROXIES", "none"),
    ];
    assert_eq!(port(&base), 8080);
    home.edit("config/production.toml", "[server]", "[server]\nport = 8081");
    assert_eq!(port(&base), 8081);
    assert_eq!(port(&[&base[..], &[("PORT", "8082")]].concat()), 8082);
    assert_eq!(port(&[&base[..], &[("PORT", "8082"), ("ONSALE__SERVER__PORT", "8083")]].concat()), 8083);
}

#[test]
fn the_default_profile_does_not_read_the_production_file() {
    let home = Folder::home();
    home.write("config/production.toml", "nonsense");
    assert!(Settings::load(&home.0, &Variables::new()).is_ok());
}

#[test]
fn every_key_of_the_default_file_can_be_set_by_its_variable() {
    let text = fs::read_to_string(shipped_home().join("config/default.toml")).unwrap();
    let mut section = String::new();
    let mut keys = 0;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_owned();
        } else if let Some((key, value)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            let variable = format!("ONSALE__{section}__{key}").to_uppercase();
            let value = value.trim_matches(['"', '[', ']']);
            let loaded = load([(&variable, value)]);
            assert!(loaded.is_ok(), "{variable}={value}: {}", loaded.unwrap_err());
            keys += 1;
        }
    }
    assert!(keys > 30, "{keys} keys found in config/default.toml");
}

#[test]
fn every_key_of_the_default_file_is_explained_above_it() {
    let text = fs::read_to_string(shipped_home().join("config/default.toml")).unwrap();
    let lines: Vec<_> = text.lines().collect();
    for pair in lines.windows(2) {
        if pair[1].contains(" = ") && !pair[1].starts_with('#') {
            assert!(pair[0].starts_with("# "), "{}", pair[1]);
        }
    }
}

#[test]
fn values_arrive_as_what_they_are() {
    let settings = load([
        ("ONSALE__SERVER__HOST", "::1"),
        ("ONSALE__SERVER__PORT", "0"),
        ("ONSALE__SERVER__WORKERS", "3"),
        ("ONSALE__SERVER__TRUSTED_PROXIES", "10.0.0.1, 2001:db8::1"),
        ("ONSALE__SERVER__BODY_LIMIT_BYTES", "2048"),
        ("ONSALE__AUTH__TOKEN_LIFETIME_MINUTES", "2"),
        ("ONSALE__AUTH__HASHING_CONCURRENCY", "5"),
        ("ONSALE__BOX_OFFICE__BACKOFF_MILLISECONDS", "250"),
        ("ONSALE__DEMO__ENABLED", "false"),
        ("ONSALE__LOG__FORMAT", "json"),
        ("ONSALE__LOG__FILTER", "warn,server=debug"),
        ("ONSALE__DATA__FOLDER", "/var/lib/onsale"),
    ])
    .unwrap();
    assert_eq!((settings.server.host.to_string().as_str(), settings.server.port), ("::1", 0));
    assert_eq!((settings.server.workers, settings.server.body_limit_bytes), (3, 2048));
    let proxies: Vec<_> = settings.server.trusted_proxies.iter().map(ToString::to_string).collect();
    assert_eq!(proxies, ["10.0.0.1/32", "2001:db8::1/128"]);
    assert_eq!(settings.auth.token_lifetime, Duration::from_secs(120));
    assert_eq!(settings.auth.hashing_concurrency, 5);
    assert_eq!(settings.box_office.backoff, Duration::from_millis(250));
    assert!(!settings.demo.enabled);
    assert_eq!((settings.log.format, settings.log.filter.as_str()), (LogFormat::Json, "warn,server=debug"));
    assert_eq!(settings.data.folder, Path::new("/var/lib/onsale"));
}

#[test]
fn metrics_may_be_off_or_on_an_address_of_their_own() {
    let listen = |text| load([("ONSALE__METRICS__LISTEN", text)]).unwrap().metrics.listen;
    assert_eq!(listen("off"), MetricsListen::Off);
    assert_eq!(listen("server"), MetricsListen::Server);
    assert_eq!(listen("[::1]:9464"), MetricsListen::Address("[::1]:9464".parse().unwrap()));
}

#[test]
fn localhost_is_an_address_too() {
    assert!(load([("ONSALE__SERVER__HOST", "localhost")]).unwrap().server.host.is_loopback());
}

#[test]
fn proxies_in_a_file_are_an_array() {
    let home = Folder::home();
    home.edit("config/default.toml", "trusted_proxies = []", "trusted_proxies = [\"10.0.0.1\", \"10.0.0.2\"]");
    let proxies = || {
        let loaded = Settings::load(&home.0, &Variables::new());
        loaded.map(|settings| settings.server.trusted_proxies.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(proxies().unwrap(), ["10.0.0.1/32", "10.0.0.2/32"]);
    home.edit("config/default.toml", "\"10.0.0.2\"", "\"10.0.0.9/8\"");
    assert_eq!(proxies().unwrap(), ["10.0.0.1/32", "10.0.0.0/8"]);
    home.edit("config/default.toml", "\"10.0.0.9/8\"", "\"10.0.0.0/33\"");
    assert_names(&proxies().unwrap_err().to_string(), &["server.trusted_proxies", "10.0.0.0/33"]);
}

#[test]
fn a_value_out_of_range_is_refused_with_its_key_its_variable_and_the_range() {
    for (variable, key, value, range) in [
        ("ONSALE__SERVER__PORT", "server.port", "65536", "from 0 to 65535"),
        ("ONSALE__SERVER__PORT", "server.port", "-1", "from 0 to 65535"),
        ("ONSALE__SERVER__PORT", "server.port", "http", "from 0 to 65535"),
        ("ONSALE__SERVER__PORT", "server.port", "80.5", "from 0 to 65535"),
        ("ONSALE__SERVER__PORT", "server.port", "", "from 0 to 65535"),
        ("ONSALE__SERVER__PORT", "server.port", "99999999999999999999", "from 0 to 65535"),
        ("PORT", "server.port", "70000", "from 0 to 65535"),
        ("ONSALE__DATABASE__READ_CONNECTIONS", "database.read_connections", "0", "from 1 to 1000"),
        ("ONSALE__AUTH__BCRYPT_COST", "auth.bcrypt_cost", "3", "from 4 to 15"),
        ("ONSALE__AUTH__BCRYPT_COST", "auth.bcrypt_cost", "16", "from 4 to 15"),
        ("ONSALE__AUTH__NEW_ACCOUNTS_PER_ADDRESS", "auth.new_accounts_per_address", "0", "from 1 to 1000000"),
        ("ONSALE__BOX_OFFICE__BATCH_LIMIT", "box_office.batch_limit", "0", "from 1 to 20000"),
        ("ONSALE__SIMULATION__WINDOW", "simulation.window", "0", "from 1 to 100000"),
        ("ONSALE__LIVE__STREAMS", "live.streams", "0", "from 1 to 1000000"),
    ] {
        assert_names(&refusal([(variable, value)]), &[key, variable, range, value]);
    }
    for (variable, key, value, allowed) in [
        ("ONSALE__DEMO__ENABLED", "demo.enabled", "yes", "true or false"),
        ("ONSALE__LOG__FORMAT", "log.format", "xml", "text or json"),
        ("ONSALE__METRICS__LISTEN", "metrics.listen", "9464", "127.0.0.1:9464"),
        ("ONSALE__SERVER__HOST", "server.host", "example.com", "an IP address or localhost"),
        ("ONSALE__SERVER__TRUSTED_PROXIES", "server.trusted_proxies", "proxy", "IP addresses"),
        ("ONSALE__DATA__FOLDER", "data.folder", "", "not empty"),
        ("ONSALE__DATABASE__URL", "database.url", "mysql://db", "postgres://"),
    ] {
        assert_names(&refusal([(variable, value)]), &[key, variable, allowed]);
    }
}

#[test]
fn a_value_of_the_wrong_kind_in_a_file_is_refused_with_the_file() {
    for (from, to, key) in [
        ("port = 8080", "port = 80.5", "server.port"),
        ("port = 8080", "port = true", "server.port"),
        ("port = 8080", "port = [1]", "server.port"),
        ("enabled = true", "enabled = 1", "demo.enabled"),
        ("filter = \"info,actix_server=warn\"", "filter = 5", "log.filter"),
        ("secret = \"\"", "secret = 123", "auth.secret"),
    ] {
        let home = Folder::home();
        home.edit("config/default.toml", from, to);
        let error = Settings::load(&home.0, &Variables::new()).unwrap_err().to_string();
        assert_names(&error, &[key, "config/default.toml"]);
    }
}

#[test]
fn a_key_that_nothing_reads_is_refused() {
    for (from, to, key) in [
        ("port = 8080", "port = 8080\nprot = 8081", "server.prot"),
        ("port = 8080", "port = 8080\nPort = 8081", "server.Port"),
        ("[server]", "title = \"x\"\n[server]", "title"),
        ("[log]", "[logs]\nx = 1\n[log]", "logs.x"),
        ("[log]", "[log.deep]\nx = 1\n[log]", "log.deep.x"),
    ] {
        let home = Folder::home();
        home.edit("config/default.toml", from, to);
        let error = Settings::load(&home.0, &Variables::new()).unwrap_err();
        assert!(matches!(error, SettingsError::UnknownKey { .. }), "{error}");
        assert_names(&error.to_string(), &[key, "config/default.toml"]);
    }
}

#[test]
fn a_missing_key_is_refused() {
    let home = Folder::home();
    home.edit("config/default.toml", "port = 8080", "");
    assert_names(&Settings::load(&home.0, &Variables::new()).unwrap_err().to_string(), &["server.port", "missing"]);
}

#[test]
fn a_missing_or_malformed_file_is_refused_in_one_line_that_shows_none_of_its_lines() {
    let home = Folder::home();
    home.edit("config/default.toml", "secret = \"\"", "secret = \"tiger");
    let error = Settings::load(&home.0, &Variables::new()).unwrap_err().to_string();
    assert_names(&error, &["config/default.toml", "line "]);
    assert!(!error.contains("tiger") && !error.contains('\n'), "{error}");
    fs::remove_file(home.0.join("config/default.toml")).unwrap();
    assert_names(&Settings::load(&home.0, &Variables::new()).unwrap_err().to_string(), &["config/default.toml"]);
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
fn an_unknown_profile_is_refused() {
    for name in ["prod", "Production", "../default", "test"] {
        assert_names(&refusal([("ONSALE_PROFILE", name)]), &["ONSALE_PROFILE", "default or production", name]);
    }
    assert_eq!(load([("ONSALE_PROFILE", "")]).unwrap().profile, Profile::Default);
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
fn timeouts_and_bounds_must_fit_together() {
    for (variable, value, parts) in [
        (
            "ONSALE__DATABASE__IDLE_IN_TRANSACTION_MILLISECONDS",
            "3000",
            ["database.idle_in_transaction_milliseconds", "lock_timeout"],
        ),
        (
            "ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS",
            "10000",
            ["database.lock_timeout_milliseconds", "statement_timeout"],
        ),
        ("ONSALE__BOX_OFFICE__QUEUE_PER_EVENT", "50001", ["box_office.queue_per_event", "queue_total"]),
        ("ONSALE__SERVER__DRAIN_SECONDS", "3", ["server.drain_seconds", "shutdown_seconds"]),
        ("ONSALE__SIMULATION__WINDOW", "20001", ["simulation.window", "queue_per_event"]),
        ("ONSALE__LIVE__STREAMS_PER_ADDRESS", "10001", ["live.streams_per_address", "live.streams"]),
    ] {
        assert_names(&refusal([(variable, value)]), &parts);
    }
}

#[test]
fn demo_data_needs_loopback_or_the_switch() {
    let public = ("ONSALE__SERVER__HOST", "0.0.0.0");
    assert_names(&refusal([public]), &["demo.enabled", "demo.allow_public", "0.0.0.0"]);
    assert_names(&refusal([("ONSALE__SERVER__HOST", "::ffff:10.0.0.1")]), &["demo.enabled"]);
    assert!(load([public, ("ONSALE__DEMO__ALLOW_PUBLIC", "true")]).unwrap().demo.enabled);
    assert!(!load([public, ("ONSALE__DEMO__ENABLED", "false")]).unwrap().demo.enabled);
    assert!(load([("ONSALE__SERVER__HOST", "::ffff:127.0.0.1")]).is_ok());
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
