use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use webhooks::guard::Guard;
use webhooks::sender::{Answer, LookUp, NoAnswer, Sender};
use webhooks::urls::{Encryption, UrlError};

const HEADERS: [(&str, &str); 3] = [("webhook-id", "1"), ("webhook-timestamp", "2"), ("webhook-signature", "v1,x")];

/// Every name leads to these addresses.
fn names(addresses: &'static [&'static str]) -> LookUp {
    Arc::new(move |_| {
        Box::pin(async move { Ok(addresses.iter().map(|one| one.parse().unwrap()).collect::<Vec<IpAddr>>()) })
    })
}

fn sender(allowed: &[&str], look_up: LookUp) -> Sender {
    let guard = Guard::new(allowed.iter().map(|network| network.parse().unwrap()).collect());
    Sender::trusting(guard, Encryption::Optional, RootCertStore::empty(), look_up).unwrap()
}

async fn send(sender: &Sender, url: &str) -> Result<Answer, NoAnswer> {
    sender.send(url, &HEADERS, b"{}".to_vec()).await
}

/// A server on this machine that answers so, and counts its connections.
async fn server(answer: &'static str) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, count) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
    let connections = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            connections.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(reply(stream, answer));
        }
    });
    (port, count)
}

/// Reads a request with the body `{}` and answers, and leaves the connection open.
async fn reply(mut stream: impl AsyncRead + AsyncWrite + Unpin, answer: &str) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n{}") {
        let mut some = [0; 1_024];
        match stream.read(&mut some).await {
            Ok(read) if read > 0 => request.extend_from_slice(&some[..read]),
            _ => return,
        }
    }
    stream.write_all(answer.as_bytes()).await.unwrap();
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn a_name_is_called_only_if_all_its_addresses_are_public() {
    let (port, connections) = server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
    let url = format!("http://hooks.example.org:{port}/path?query");
    for addresses in [
        &["127.0.0.1"][..],
        &["8.8.8.8", "127.0.0.1"],
        &["127.0.0.1", "8.8.8.8"],
        &["2606:4700::1111", "::ffff:127.0.0.1"],
        &["169.254.169.254"],
    ] {
        assert_eq!(send(&sender(&[], names(addresses)), &url).await, Err(NoAnswer::NotPublic), "{addresses:?}");
    }
    assert!(matches!(send(&sender(&[], names(&[])), &url).await, Err(NoAnswer::NotFound(_))));
    assert_eq!(connections.load(Ordering::SeqCst), 0);
    let answer = send(&sender(&["127.0.0.0/8"], names(&["127.0.0.1"])), &url).await.unwrap();
    assert_eq!((answer.status, answer.text.as_str()), (200, "ok"));
}

#[tokio::test]
async fn an_address_in_numbers_is_checked_when_it_is_called() {
    let (port, connections) = server("HTTP/1.1 200 OK\r\n\r\n").await;
    for host in ["127.0.0.1", "2130706433", "[::ffff:127.0.0.1]"] {
        let sent = send(&sender(&[], names(&["8.8.8.8"])), &format!("http://{host}:{port}")).await;
        assert_eq!(sent, Err(NoAnswer::Address(UrlError::NotPublic)), "{host}");
    }
    assert_eq!(connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_leads_nowhere() {
    let (secret, connections) = server("HTTP/1.1 200 OK\r\n\r\n").await;
    let answer = format!("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{secret}/\r\nContent-Length: 0\r\n\r\n");
    let (port, _) = server(Box::leak(answer.into_boxed_str())).await;
    let sent = send(&sender(&["127.0.0.0/8"], names(&["127.0.0.1"])), &format!("http://a.example:{port}")).await;
    assert_eq!(sent.unwrap().status, 302);
    assert_eq!(connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn the_beginning_of_an_answer_is_kept_and_an_answer_that_never_comes_is_given_up() {
    let endless = format!("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n{}", "x".repeat(100_000));
    let (port, _) = server(Box::leak(endless.into_boxed_str())).await;
    let allowed = sender(&["127.0.0.0/8"], names(&["127.0.0.1"]));
    let answer = send(&allowed, &format!("http://a.example:{port}")).await.unwrap();
    assert_eq!((answer.status, answer.text.len()), (200, 1_024));

    let (asked, _) = server("HTTP/1.1 503 Busy\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n").await;
    let answer = send(&allowed, &format!("http://a.example:{asked}")).await.unwrap();
    assert_eq!((answer.status, answer.retry_after.as_deref()), (503, Some("30")));

    // Both wait for the limit, together: a head that never comes, and a body that never comes.
    let (silent, _) = server("").await;
    let (headed, _) = server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok").await;
    let (silent, headed) = (format!("http://a.example:{silent}"), format!("http://a.example:{headed}"));
    let (silent, headed) = tokio::join!(send(&allowed, &silent), send(&allowed, &headed));
    assert_eq!(silent, Err(NoAnswer::TooLate));
    assert_eq!(headed.map(|answer| (answer.status, answer.text)), Ok((200, "ok".to_owned())));
}

#[tokio::test]
async fn a_server_is_verified_by_its_name() {
    let key = rcgen::generate_simple_self_signed(vec!["hooks.example.org".to_owned()]).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![key.cert.der().clone()], private)
        .unwrap();
    let (listener, tls) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), TlsAcceptor::from(Arc::new(config)));
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let tls = tls.clone();
            tokio::spawn(async move {
                if let Ok(stream) = tls.accept(stream).await {
                    reply(stream, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
                }
            });
        }
    });
    let mut roots = RootCertStore::empty();
    roots.add(key.cert.der().clone()).unwrap();
    let guard = Guard::new(vec!["127.0.0.0/8".parse().unwrap()]);
    let trusting = Sender::trusting(guard, Encryption::Required, roots, names(&["127.0.0.1"])).unwrap();
    let sent = send(&trusting, &format!("https://hooks.example.org:{port}")).await;
    assert_eq!(sent.map(|answer| answer.status), Ok(200));
    let other = send(&trusting, &format!("https://other.example.org:{port}")).await;
    assert!(matches!(&other, Err(NoAnswer::Broken(_))), "{other:?}");
    let untrusting = sender(&["127.0.0.0/8"], names(&["127.0.0.1"]));
    let unknown = send(&untrusting, &format!("https://hooks.example.org:{port}")).await;
    assert!(matches!(&unknown, Err(NoAnswer::Broken(_))), "{unknown:?}");
}
