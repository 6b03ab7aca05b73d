//! Encrypted connections, to a PostgreSQL with a certificate that the test makes.

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use diesel::sql_types::Bool;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use localpg::{Cluster, Durability};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use repository::pools::{self, Pool, PoolSettings, Purpose};
use testdb::patience::{LIMIT, eventually};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::runtime::Handle;

use crate::stage::{connect, in_one_line};

/// The name in the server's certificate. No resolver is asked for it.
const NAME: &str = "db.example";

/// One that signs certificates, and the file of its own.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }
}

/// A PostgreSQL that takes encrypted connections with a password, and no others.
struct Server {
    postgres: Child,
    port: u16,
    /// Gives the folder, and removes it.
    cluster: Cluster,
}

impl Server {
    async fn start(authority: &Authority) -> Self {
        let cluster = Cluster::temporary(Durability::None).unwrap();
        let mut admin = connect(&cluster.url("postgres")).await;
        admin.batch_execute("create role buyer login password 'secret'").await.unwrap();
        // Commits of this cluster are not flushed, and it is killed next.
        admin.batch_execute("checkpoint").await.unwrap();
        drop(admin);
        cluster.kill();

        let data = cluster.data_path();
        let owner = fs::metadata(&data).unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![NAME.to_owned()]).unwrap();
        let certificate = certificate.signed_by(&key, &authority.issuer).unwrap();
        for (name, text) in [
            ("server.crt", certificate.pem()),
            ("server.key", key.serialize_pem()),
            ("pg_hba.conf", "hostssl all all 127.0.0.1/32 scram-sha-256\n".to_owned()),
        ] {
            let file = data.join(name);
            fs::write(&file, text).unwrap();
            fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
            chown(&file, Some(owner.uid()), Some(owner.gid())).unwrap();
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let postgres = Command::new(cluster.programs().path("postgres"))
            .arg("-D")
            .arg(&data)
            .args(["-c", "listen_addresses=127.0.0.1", "-c", &format!("port={port}")])
            .args(["-c", "unix_socket_directories=", "-c", "ssl=on"])
            .env("LC_ALL", "C")
            .current_dir(&data)
            .uid(owner.uid())
            .gid(owner.gid())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { postgres, port, cluster };
        eventually("PostgreSQL listens", async || tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok()).await;
        server
    }

    /// A file of certificates, as `sslrootcert` names it.
    fn roots(&self, name: &str, pem: &str) -> String {
        let file = self.cluster.log_path().with_file_name(name);
        fs::write(&file, pem).unwrap();
        file.to_str().unwrap().to_owned()
    }

    fn url(&self, host: &str, parameters: &str) -> String {
        let port = self.port;
        format!("postgres://buyer:secret@{host}:{port}/postgres?hostaddr=127.0.0.1&{parameters}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.postgres.kill();
        let _ = self.postgres.wait();
    }
}

async fn is_encrypted(session: &mut AsyncPgConnection) -> bool {
    let ssl = diesel::dsl::sql::<Bool>("(select ssl from pg_stat_ssl where pid = pg_backend_pid())");
    diesel::select(ssl).get_result(session).await.unwrap()
}

/// The reasons for which a session is not opened.
async fn refusal(url: &str) -> String {
    let Err(error) = pools::connect_once(url, LIMIT).await else { panic!("{url} must be refused") };
    in_one_line(&error)
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_encrypted_and_the_server_is_verified() {
    let [authority, stranger, successor] = ["Ours", "Another", "Ours"].map(Authority::new);
    let server = Server::start(&authority).await;
    let right = server.roots("right.pem", &authority.pem);
    eventually("PostgreSQL accepts connections", async || {
        let url = server.url(NAME, &format!("sslmode=verify-full&sslrootcert={right}"));
        pools::connect_once(&url, LIMIT).await.ok()
    })
    .await;

    // libpq's weaker modes are verified as well. Channel binding ties the password's proof to this certificate.
    for mode in ["verify-full", "verify-ca", "require", "require&channel_binding=require"] {
        let url = server.url(NAME, &format!("sslrootcert={right}&sslmode={mode}"));
        assert!(is_encrypted(&mut pools::connect_once(&url, LIMIT).await.unwrap()).await, "{mode}");
        let pool = Pool::new(&url, Purpose::General, &PoolSettings::default(), Handle::current()).unwrap();
        assert!(is_encrypted(&mut pool.connection().await.unwrap()).await, "{mode}");
    }

    let wrong = server.roots("wrong.pem", &stranger.pem);
    let renewed = server.roots("renewed.pem", &successor.pem);
    let both = server.roots("both.pem", &format!("{}{}", stranger.pem, authority.pem));
    let full = |host: &str, roots: &str| server.url(host, &format!("sslmode=verify-full&sslrootcert={roots}"));
    pools::connect_once(&full(NAME, &both), LIMIT).await.unwrap();
    for (url, parts) in [
        (full(NAME, &wrong), ["not signed by a known root", "database.tls_roots"]),
        (full(NAME, &renewed), ["not signed by a known root", "BadSignature"]),
        (full("other.example", &right), ["not for this host name", "hostaddr"]),
        (server.url(NAME, "sslmode=disable"), ["no encryption", "pg_hba.conf"]),
        (server.url(NAME, "sslmode=prefer"), ["no encryption", "pg_hba.conf"]),
    ] {
        let text = refusal(&url).await;
        assert!(parts.iter().all(|part| text.contains(part)), "{parts:?} are not in: {text}");
        assert!(!text.contains("secret"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_offers_no_tls_is_not_talked_to() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let roots = std::env::temp_dir().join(format!("onsale-roots-{}-{port}.pem", std::process::id()));
    fs::write(&roots, Authority::new("Ours").pem).unwrap();
    let listening = tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        client.read_exact(&mut [0; 8]).await.unwrap();
        client.write_all(b"N").await.unwrap();
        client.read_to_end(&mut Vec::new()).await.unwrap()
    });
    let parameters = format!("sslmode=require&sslrootcert={}", roots.display());
    let text = refusal(&format!("postgres://buyer:secret@localhost:{port}/x?hostaddr=127.0.0.1&{parameters}")).await;
    fs::remove_file(&roots).unwrap();
    assert!(text.contains("does not support TLS"), "{text}");
    assert_eq!(listening.await.unwrap(), 0, "nothing was said in the clear");
}

#[tokio::test]
async fn a_file_of_roots_that_holds_none_is_named() {
    let empty = std::env::temp_dir().join(format!("onsale-roots-{}.pem", std::process::id()));
    fs::write(&empty, "nothing\n").unwrap();
    for (file, reason) in [(empty.as_path(), "no certificate"), (Path::new("/nowhere/roots.pem"), "No such file")] {
        let text = refusal(&format!("postgres://x@db.example/x?sslmode=require&sslrootcert={}", file.display())).await;
        assert!(text.contains(file.to_str().unwrap()) && text.contains(reason), "{text}");
    }
    fs::remove_file(&empty).unwrap();
}
