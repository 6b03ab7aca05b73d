//! The picture of an event: made anew from an upload, for everybody, and gone without a trace.

use std::io::Cursor;

use domain::accounts::Role;
use image::{ImageFormat, Rgb, RgbImage};
use mail_parser::MessageParser;
use reqwest::Method;
use serde_json::Value;

use crate::client::{Answer, Audience, Client, Organizer, send};
use crate::mail_server::MailServer;
use crate::messages::stage_with_mail;
use crate::stage::Stage;

/// A file of a picture in one colour.
pub(crate) fn picture(colour: [u8; 3], format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    RgbImage::from_pixel(160, 90, Rgb(colour)).write_to(&mut file, format).unwrap();
    file.into_inner()
}

const RED: [u8; 3] = [220, 30, 30];
const BLUE: [u8; 3] = [30, 30, 220];

async fn upload_as(client: &Client, event: &str, media_type: &str, file: Vec<u8>) -> Answer {
    let request = client.request(Method::PUT, &format!("/organizer/events/{event}/picture"));
    send(request.header("Content-Type", media_type).body(file)).await
}

/// Gives the event a picture in one colour, and returns what the API says of it.
pub(crate) async fn upload(organizer: &Organizer, event: &str, colour: [u8; 3]) -> Value {
    upload_as(organizer, event, "image/png", picture(colour, ImageFormat::Png)).await.expect(200)
}

/// The colour of a picture that is sent.
async fn colour_at(client: &Client, path: &Value) -> [u8; 3] {
    let response = client.request(Method::GET, path.as_str().unwrap()).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let headers = response.headers().clone();
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(headers.get(name).unwrap(), value, "{name}");
    }
    let file = response.bytes().await.unwrap();
    let Rgb(colour) = *image::load_from_memory(&file).unwrap().into_rgb8().get_pixel(80, 45);
    colour
}

fn is_near(found: [u8; 3], expected: [u8; 3]) -> bool {
    found.into_iter().zip(expected).all(|(found, expected)| found.abs_diff(expected) <= 12)
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_the_picture_and_the_addresses_of_the_one_before_lead_to_it() {
    let stage = Stage::set().await;
    let (organizer, anybody) = (stage.organizer().await, stage.anonymous());
    let event = organizer.published(5).await;
    let without = anybody.event(&event).await;
    assert_eq!(without.body["picture"], Value::Null);

    let first = upload(&organizer, &event, RED).await;
    assert_eq!((first["width"].as_i64(), first["height"].as_i64()), (Some(160), Some(90)));
    let with = anybody.event(&event).await;
    assert_eq!(with.body["picture"], first);
    assert_ne!(with.header("etag"), without.header("etag"), "browsers ask again");
    assert_eq!(organizer.own_event(&event).await.body["picture"], first);
    for size in ["large", "small"] {
        assert!(is_near(colour_at(&anybody, &first[size]).await, RED), "{size}");
    }

    let second = upload(&organizer, &event, BLUE).await;
    assert_eq!(anybody.event(&event).await.body["picture"], second);
    for size in ["large", "small"] {
        assert!(is_near(colour_at(&anybody, &second[size]).await, BLUE), "{size}");
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let before = format!("{}{}", stage.server.base, first[size].as_str().unwrap());
        let answer = send(http.get(before)).await;
        assert_eq!((answer.status, answer.header("location")), (302, second[size].as_str()));
    }

    let path = format!("/organizer/events/{event}/picture");
    organizer.delete(&path).await.expect(204);
    organizer.delete(&path).await.expect(204);
    assert_eq!(anybody.event(&event).await.body["picture"], Value::Null);
    for gone in [&first["large"], &second["small"]] {
        anybody.get(gone.as_str().unwrap()).await.expect_problem(404, "not-found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drafts_picture_is_seen_by_whoever_knows_its_address_and_goes_with_the_draft() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let draft = organizer.draft(5).await;
    let first = upload(&organizer, &draft, RED).await;
    assert!(is_near(colour_at(&stage.anonymous(), &first["large"]).await, RED));
    let second = upload(&organizer, &draft, BLUE).await;
    let before = stage.anonymous().get(first["large"].as_str().unwrap()).await;
    before.expect_problem(404, "not-found");
    assert!(is_near(colour_at(&stage.anonymous(), &second["large"]).await, BLUE));
    organizer.delete_draft(&draft).await.expect(204);
    let gone = stage.anonymous().get(second["large"].as_str().unwrap()).await;
    gone.expect_problem(404, "not-found");
    let late = upload_as(&organizer, &draft, "image/png", picture(RED, ImageFormat::Png)).await;
    late.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_of_a_stranger_and_no_file_that_is_no_picture_is_taken() {
    let stage = Stage::set().await;
    let (organizer, other, person) = (stage.organizer().await, stage.organizer().await, stage.audience().await);
    let event = organizer.published(5).await;
    let present = upload(&organizer, &event, RED).await;
    let file = || picture(BLUE, ImageFormat::Jpeg);
    upload_as(&other, &event, "image/jpeg", file()).await.expect_problem(404, "not-found");
    upload_as(&person, &event, "image/jpeg", file()).await.expect_problem(403, "forbidden");
    upload_as(&stage.anonymous(), &event, "image/jpeg", file()).await.expect_problem(401, "unauthenticated");
    other.delete(&format!("/organizer/events/{event}/picture")).await.expect_problem(404, "not-found");

    for media_type in ["image/svg+xml", "application/json", "image/webp", "multipart/form-data; boundary=x"] {
        let refused = upload_as(&organizer, &event, media_type, file()).await;
        let problem = refused.expect_problem(415, "unsupported-media-type");
        assert_eq!(problem["expected"], "image/jpeg or image/png", "{media_type}");
    }
    let half = |mut file: Vec<u8>| {
        file.truncate(file.len() / 2);
        file
    };
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    for unusable in [Vec::new(), svg, half(picture(BLUE, ImageFormat::Png))] {
        let refused = upload_as(&organizer, &event, "image/png", unusable).await;
        refused.expect_problem(422, "unusable-picture");
    }
    let too_large = upload_as(&organizer, &event, "image/png", vec![0; 10 * 1024 * 1024 + 1]).await;
    assert_eq!(too_large.expect_problem(413, "body-too-large")["limit_bytes"], 10 * 1024 * 1024);
    let request = organizer.request(Method::PUT, &format!("/organizer/events/{event}/picture"));
    let packed = request.header("Content-Type", "image/png").header("Content-Encoding", "gzip").body(file());
    send(packed).await.expect_problem(415, "unsupported-encoding");
    assert_eq!(stage.anonymous().event(&event).await.body["picture"], present, "nothing has changed");
    let unknown = present["large"].as_str().unwrap().replace("/large", "/medium");
    stage.anonymous().get(&unknown).await.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_at_once_leave_one_picture_and_each_stands_in_the_log() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    // One account's uploads wait for each other.
    let mut people = vec![organizer.clone()];
    for _ in 0..3 {
        people.push(Organizer(Audience(stage.session(&stage.person(Role::Admin).await))));
    }
    let uploads = futures_util::future::join_all(people.iter().map(|one| upload(one, &event, RED))).await;
    let present = stage.anonymous().event(&event).await.body["picture"].clone();
    assert!(uploads.contains(&present), "{present}");
    organizer.delete(&format!("/organizer/events/{event}/picture")).await.expect(204);
    let log = stage.admin().await.get("/admin/audit?action=EVENT_PICTURE_CHANGED&limit=100").await.expect(200);
    let entries: Vec<&Value> = log["items"].as_array().unwrap().iter().collect();
    assert_eq!(entries.len(), 5);
    assert!(entries.iter().all(|entry| entry["subject_id"] == event.as_str()));
    // Each has replaced the one before it.
    let chain = |of: &str| entries.iter().map(|entry| entry[of]["picture"].clone()).collect::<Vec<_>>();
    let (before, after) = (chain("before"), chain("after"));
    assert_eq!((&after[0], &before[4]), (&Value::Null, &Value::Null));
    assert_eq!(before[..4], after[1..], "{before:?} {after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_and_previews_have_the_picture_by_its_whole_address() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    let slug = stage.anonymous().event(&event).await.body["slug"].as_str().unwrap().to_owned();
    let document = async || {
        let page = stage.anonymous().request(Method::GET, &format!("/e/{slug}")).header("Accept", "text/html");
        send(page).await.text
    };
    let book = async || {
        let person = stage.person(Role::Audience).await;
        Audience(stage.session(&person)).book(&event).await.expect(201);
        let mail = server.mails_to(&person.email, 1).await.remove(0);
        let read = MessageParser::default().parse(mail.text.as_bytes()).unwrap();
        read.body_html(0).unwrap().replace("&#x2f;", "/")
    };
    let without = (document().await, book().await);
    assert!(!without.0.contains("og:image") && !without.1.contains("<img"), "{without:?}");

    let picture = upload(&organizer, &event, RED).await;
    let address = |size: &str| format!("https://onsale.example{}", picture[size].as_str().unwrap());
    let page = document().await;
    assert!(page.contains(&format!("<meta property=\"og:image\" content=\"{}\">", address("large"))), "{page}");
    assert!(page.contains("<meta property=\"og:image:width\" content=\"160\">"), "{page}");
    assert!(page.contains(&format!("\"image\":[\"{}\"]", address("large"))), "structured data: {page}");
    let mail = book().await;
    assert!(mail.contains(&format!("<img src=\"{}\" alt=\"\"", address("small"))), "{mail}");
}
