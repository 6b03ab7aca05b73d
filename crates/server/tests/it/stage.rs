//! A server on a database of its own, and people with sessions.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use auth::passwords::Hasher;
use auth::tokens::{Subject, Tokens};
use chrono::{DateTime, Utc};
use domain::accounts::{Email, PersonName, Role};
use domain::ids::{EventId, UserId};
use domain::registrations::Registration;
use repository::users::{Access, NewUser, User};
use repository::{AsyncPgConnection, administration, pools, registrations, users};
use secrecy::ExposeSecret as _;
use server::application::{Application, listen};
use server::settings::{Settings, Variables};
use testdb::Wire;
use testdb::patience::LIMIT;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::client::{Admin, Anonymous, Audience, Client, Organizer};

pub(crate) const SECRET: &str = "a secret that every server of the tests has";
pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const TOKEN_LIFETIME: Duration = Duration::from_secs(720 * 60);

/// A database, and a server on it.
pub(crate) struct Stage {
    pub(crate) database: Arc<testdb::Database>,
    pub(crate) server: Server,
    tokens: Tokens,
}

/// A server that runs.
pub(crate) struct Server {
    pub(crate) base: String,
    pub(crate) metrics_port: Option<u16>,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

/// Somebody with an account.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: UserId,
    pub(crate) email: String,
    pub(crate) role: Role,
}

impl Stage {
    pub(crate) async fn set() -> Self {
        Self::set_with(&[]).await
    }

    /// With settings other than those of the other tests.
    pub(crate) async fn set_with(variables: &[(&str, &str)]) -> Self {
        let database = Arc::new(testdb::Database::new().await);
        let server = Server::start(&database.url(), variables).await;
        Self { database, server, tokens: tokens() }
    }

    /// With a wire between the server and its database.
    pub(crate) async fn set_behind_a_wire(variables: &[(&str, &str)]) -> (Self, Wire) {
        let database = Arc::new(testdb::Database::new().await);
        let (wire, url) = Wire::to(&database.url()).await.unwrap();
        let server = Server::start(&url, variables).await;
        (Self { database, server, tokens: tokens() }, wire)
    }

    /// One more server on the same database.
    pub(crate) async fn another_server(&self) -> Server {
        Server::start(&self.database.url(), &[]).await
    }

    pub(crate) async fn connection(&self) -> AsyncPgConnection {
        pools::connect_once(&self.database.url(), LIMIT).await.unwrap()
    }

    /// SQL, as nobody but a test would send it.
    pub(crate) async fn execute(&self, sql: &str) {
        let (client, connection) = tokio_postgres::connect(&self.database.url(), tokio_postgres::NoTls).await.unwrap();
        let connection = tokio::spawn(connection);
        client.batch_execute(sql).await.unwrap();
        drop(client);
        connection.await.unwrap().unwrap();
    }

    /// The number of rows that this names: a table, and perhaps a condition.
    pub(crate) async fn count(&self, rows: &str) -> i64 {
        let (client, connection) = tokio_postgres::connect(&self.database.url(), tokio_postgres::NoTls).await.unwrap();
        let connection = tokio::spawn(connection);
        let count = client.query_one(&format!("select count(*) from {rows}"), &[]).await.unwrap().get(0);
        drop(client);
        connection.await.unwrap().unwrap();
        count
    }

    /// An account, as if it had registered.
    pub(crate) async fn person(&self, role: Role) -> Person {
        self.people(role, 1).await.remove(0)
    }

    pub(crate) async fn people(&self, role: Role, count: usize) -> Vec<Person> {
        let mut connection = self.connection().await;
        let password_hash = Hasher::new(4).unwrap().hash(PASSWORD).unwrap();
        let mut people = Vec::with_capacity(count);
        for _ in 0..count {
            let id = Uuid::now_v7();
            let email = format!("{}@example.com", id.simple());
            let new = NewUser {
                id: id.into(),
                name: PersonName::parse("Somebody").unwrap(),
                email: Email::parse(&email).unwrap(),
                password_hash: password_hash.clone(),
                role,
            };
            users::insert(&mut connection, &new).await.unwrap();
            people.push(Person { id: id.into(), email, role });
        }
        people
    }

    pub(crate) fn token(&self, person: &Person) -> String {
        self.token_of_version(person, 1)
    }

    pub(crate) fn token_of_version(&self, person: &Person, access_version: i64) -> String {
        let subject = Subject { user: person.id, role: person.role, access_version, is_verified: false };
        issue(&self.tokens, subject, Utc::now())
    }

    pub(crate) fn anonymous(&self) -> Anonymous {
        Anonymous(Client::new(&self.server.base, None))
    }

    pub(crate) fn session(&self, person: &Person) -> Client {
        Client::new(&self.server.base, Some(self.token(person)))
    }

    pub(crate) async fn audience(&self) -> Audience {
        Audience(self.session(&self.person(Role::Audience).await))
    }

    pub(crate) async fn crowd(&self, count: usize) -> Vec<Audience> {
        self.people(Role::Audience, count).await.iter().map(|person| Audience(self.session(person))).collect()
    }

    pub(crate) async fn organizer(&self) -> Organizer {
        Organizer(Audience(self.session(&self.person(Role::Organizer).await)))
    }

    pub(crate) async fn admin(&self) -> Admin {
        Admin(Organizer(Audience(self.session(&self.person(Role::Admin).await))))
    }

    /// What an administrator's command on any server does.
    pub(crate) async fn set_access(&self, person: &Person, role: Role, is_active: bool) -> Access {
        administration::set_access(&mut self.connection().await, person.id, role, is_active).await.unwrap()
    }

    pub(crate) async fn user(&self, email: &str) -> Option<User> {
        users::find_by_email(&mut self.connection().await, email).await.unwrap()
    }

    pub(crate) async fn registrations(&self, event: &str) -> Vec<Registration> {
        let event: EventId = event.parse().unwrap();
        registrations::list_of_event(&mut self.connection().await, event).await.unwrap()
    }

    /// P1 to P4, as SQL finds them, in the whole database.
    pub(crate) async fn assert_promises(&self) {
        testdb::assert_promises(&mut self.connection().await).await;
    }
}

impl Server {
    pub(crate) async fn start(database_url: &str, variables: &[(&str, &str)]) -> Self {
        let settings = settings(variables);
        let listener = listen(&settings.server).unwrap();
        let application = Application::build(listener, &settings, database_url).await.unwrap();
        let base = format!("http://127.0.0.1:{}", application.port());
        let metrics_port = application.metrics_port();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(async move {
            let stopped = async { drop(stopped.await) };
            application.run_until_stopped(stopped).await.unwrap();
        });
        Self { base, metrics_port, stop, running }
    }

    pub(crate) fn session(&self, token: String) -> Client {
        Client::new(&self.base, Some(token))
    }

    pub(crate) fn anonymous(&self) -> Anonymous {
        Anonymous(Client::new(&self.base, None))
    }

    /// Stops it as a signal does.
    pub(crate) async fn stop(self) {
        drop(self.stop);
        tokio::time::timeout(LIMIT, self.running).await.expect("the server does not stop").unwrap();
    }
}

/// The settings that the project ships, but for what tests need.
pub(crate) fn settings(variables: &[(&str, &str)]) -> Settings {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let of_tests = [
        ("ONSALE__SERVER__PORT", "0"),
        ("ONSALE__SERVER__WORKERS", "2"),
        ("ONSALE__AUTH__SECRET", SECRET),
        ("ONSALE__AUTH__BCRYPT_COST", "4"),
        ("ONSALE__AUTH__HASHING_CONCURRENCY", "2"),
        ("ONSALE__DATABASE__READ_CONNECTIONS", "4"),
        ("ONSALE__DATABASE__BOX_OFFICE_CONNECTIONS", "4"),
    ];
    let variables: Variables =
        of_tests.iter().chain(variables).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let settings = Settings::load(&project, &variables).unwrap();
    Settings { home: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/home"), ..settings }
}

pub(crate) fn tokens() -> Tokens {
    Tokens::new(SECRET.as_bytes(), TOKEN_LIFETIME).unwrap()
}

/// A token of these, issued at that time.
pub(crate) fn issue(tokens: &Tokens, subject: Subject, at: DateTime<Utc>) -> String {
    tokens.issue(subject, at).unwrap().token.expose_secret().to_owned()
}
