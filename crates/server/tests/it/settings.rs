//! What the settings are: files, values, ranges, and how they fit together.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use server::settings::{AllowedOrigins, LogFormat, MetricsListen, Profile, Settings, SettingsError, Variables};

pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const URL: &str = "postgres://onsale:tiger@db:5432/onsale?sslmode=verify-full";

/// A folder of one test, gone when it ends.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("onsale-settings-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A home with the files that the project ships.
    pub(crate) fn home() -> Self {
        let folder = Self::new();
        fs::create_dir_all(folder.0.join("config")).unwrap();
        for name in ["default.toml", "production.toml"] {
            fs::copy(shipped_home().join("config").join(name), folder.0.join("config").join(name)).unwrap();
        }
        folder
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    /// Replaces a line of a shipped file.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
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

pub(crate) fn shipped_home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .find(|folder| folder.join("config/default.toml").is_file())
        .unwrap()
        .to_owned()
}

pub(crate) fn variables<const N: usize>(pairs: [(&str, &str); N]) -> Variables {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

pub(crate) fn load<const N: usize>(pairs: [(&str, &str); N]) -> Result<Settings, SettingsError> {
    Settings::load(&shipped_home(), &variables(pairs))
}

/// What is said of settings that are refused: one line.
pub(crate) fn refusal<const N: usize>(pairs: [(&str, &str); N]) -> String {
    let error = load(pairs).expect_err(&format!("{pairs:?} must be refused")).to_string();
    assert!(!error.contains('\n'), "{error}");
    error
}

pub(crate) fn assert_names(error: &str, parts: &[&str]) {
    for part in parts {
        assert!(error.contains(part), "{part:?} is not in: {error}");
    }
}

pub(crate) fn url(settings: &Settings) -> &str {
    settings.database.url.as_ref().unwrap().expose()
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
        ("ONSALE__SERVER__CORS_ALLOWED_ORIGINS", "https://Shop.example:443, http://localhost:3000"),
        ("ONSALE__SITE__TERMS_URL", " /terms.html "),
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
    let origins = ["https://shop.example", "http://localhost:3000"].map(str::to_owned).to_vec();
    assert_eq!(settings.server.cors_allowed_origins, AllowedOrigins::Listed(origins));
    assert_eq!((settings.site.terms_url.as_deref(), settings.site.contact), (Some("/terms.html"), None));
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
        (
            "ONSALE__SERVER__CORS_ALLOWED_ORIGINS",
            "server.cors_allowed_origins",
            "https://a.example/",
            "list of origins",
        ),
        ("ONSALE__SERVER__CORS_ALLOWED_ORIGINS", "server.cors_allowed_origins", "*,https://a.example", "* alone"),
        ("ONSALE__SITE__NAME", "site.name", "", "not empty"),
        ("ONSALE__SITE__IMPRINT_URL", "site.imprint_url", "imprint", "a path like /page"),
        ("ONSALE__SITE__CONTACT", "site.contact", "ring me", "an e-mail address"),
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
fn an_unknown_profile_is_refused() {
    for name in ["prod", "Production", "../default", "test"] {
        assert_names(&refusal([("ONSALE_PROFILE", name)]), &["ONSALE_PROFILE", "default or production", name]);
    }
    assert_eq!(load([("ONSALE_PROFILE", "")]).unwrap().profile, Profile::Default);
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
