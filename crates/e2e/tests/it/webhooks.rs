//! Webhooks: an organizer has a program of their own told of changes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use e2e::{ALICE, ORGANIZER, story, until};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A program that takes every webhook.
async fn endpoint() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hooks", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = Vec::new();
                while !request.ends_with(b"}") {
                    let mut some = [0; 1_024];
                    match stream.read(&mut some).await {
                        Ok(read @ 1..) => request.extend_from_slice(&some[..read]),
                        _ => return,
                    }
                }
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nThank <b>you").await;
            });
        }
    });
    url
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn an_organizer_makes_a_webhook_and_sees_what_was_sent() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.publish("A talk on hooks", 5).await;
        let organizer = stage.browser_of(ORGANIZER).await;
        organizer.open("/studio").await;
        organizer.follow("Webhooks").await;
        organizer.arrive("Webhooks").await;
        organizer.see("No webhooks yet.").await;
        stage.expect("/organizer/webhooks", "422");
        organizer.fill("Address of the endpoint", "http://10.0.0.1/").await;
        organizer.fill("Your password", ORGANIZER.password).await;
        organizer.press("Create webhook").await;
        organizer.see("This must be on the public internet.").await;
        organizer.fill("Address of the endpoint", &endpoint().await).await;
        organizer.press("Create webhook").await;
        organizer.see("Copy it now.").await;
        organizer.press("Copy secret").await;
        organizer.see("Secret copied.").await;

        stage.api(ALICE).await.book(&event).await;
        organizer.press("Send test").await;
        organizer.see("A test is on its way.").await;
        organizer.press("Log").await;
        until("both are delivered", async || {
            organizer.press("Refresh").await;
            let both = organizer.shows("Booking confirmed").await && organizer.shows("1 try, answer 200").await;
            both.then_some(()).ok_or_else(|| "not yet".to_owned())
        })
        .await;

        organizer.press("Switch off").await;
        organizer.see("You switched it off.").await;
        organizer.press("Switch on").await;
        organizer.press("New secret…").await;
        organizer.see("Make a new secret?").await;
        organizer.fill("Your password", ORGANIZER.password).await;
        organizer.press("Make a new secret").await;
        organizer.see("The old secret signs along until").await;
        // The secret is shown no more.
        organizer.reload().await;
        organizer.see("The old secret signs along until").await;
        assert!(!organizer.shows("Copy it now.").await);
        organizer.press("Delete…").await;
        organizer.press("Delete the webhook").await;
        organizer.see("No webhooks yet.").await;
    })
    .await;
}
