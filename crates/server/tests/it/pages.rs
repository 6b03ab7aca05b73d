//! The page's documents and files, as browsers ask for them.

use std::fs;
use std::path::Path;

use reqwest::Method;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, IF_NONE_MATCH};
use serde_json::json;

use crate::client::{Anonymous, Answer, send};
use crate::stage::Stage;

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

async fn browse(client: &Anonymous, path: &str) -> Answer {
    send(client.request(Method::GET, path).header(ACCEPT, BROWSER)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_events_page_says_what_it_is_without_scripts() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(3).await;
    let title = "</title><script>alert(1)</script> & “Café”";
    let description = "Bring </script><img src=x onerror=alert(1)> and a friend.";
    organizer.edit(&event, &json!({ "title": title, "description": description })).await;
    let slug = organizer.get(&format!("/events/{event}")).await.body["slug"].as_str().unwrap().to_owned();
    assert!(slug.starts_with("title-script-alert-1-script-cafe-"), "{slug}");

    let anonymous = stage.anonymous();
    let page = browse(&anonymous, &format!("/e/{slug}")).await;
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(
        page.text.contains("<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; “Café”"),
        "{}",
        page.text
    );
    assert!(page.text.contains("3 of 3 seats available"), "{}", page.text);
    // The scripts of index.html and the data for search engines, and no others.
    assert_eq!(page.text.matches("<script").count(), 3, "{}", page.text);
    assert!(!page.text.contains("<img"), "{}", page.text);

    // Whatever the words before the id, and by the id alone, also where the API answers programs.
    let code = slug.rsplit('-').next().unwrap();
    for path in [
        format!("/e/{code}"),
        format!("/e/another-title-{code}"),
        format!("/e/{event}"),
        format!("/events/{event}"),
        format!("/events/{slug}"),
    ] {
        let same = browse(&anonymous, &path).await;
        assert_eq!((same.status, &same.text), (200, &page.text), "{path}");
        let tag = same.header("etag").unwrap();
        let request = anonymous.request(Method::GET, &path).header(ACCEPT, BROWSER).header(IF_NONE_MATCH, tag);
        assert_eq!(send(request).await.status, 304, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_says_only_of_seats_that_can_be_booked() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let says = async |event: &str, words: &str| {
        let page = browse(&stage.anonymous(), &format!("/e/{event}")).await;
        assert!(
            page.text.contains(words) && (words.contains("available") || !page.text.contains("available")),
            "{}",
            page.text
        );
    };
    let event = organizer.published(1).await;
    says(&event, "1 of 1 seat available").await;
    for (changes, words) in [
        (json!({ "sales_open_at": "2089-01-01T00:00:00Z" }), "Sale opens soon"),
        (json!({ "sales_open_at": null, "sales_close_at": "2020-01-01T00:00:00Z" }), "Sale closed"),
    ] {
        organizer.edit(&event, &changes).await.expect(200);
        says(&event, words).await;
    }
    organizer.edit(&event, &json!({ "sales_close_at": null })).await.expect(200);
    stage.audience().await.book(&event).await.expect(201);
    says(&event, "Sold out, with a waitlist").await;
    organizer.cancel(&event).await.expect(200);
    says(&event, "Cancelled").await;
    says(&organizer.published(0).await, "No seats yet").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_get_the_page_where_programs_get_data() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(3).await;
    let anonymous = stage.anonymous();
    for path in ["/events".to_owned(), format!("/events/{event}")] {
        let page = browse(&anonymous, &path).await;
        assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")), "{path}");
        let data = anonymous.get(&path).await;
        assert_eq!((data.status, data.header("content-type")), (200, Some("application/json")), "{path}");
        for answer in [page, data] {
            assert!(answer.header("vary").unwrap().to_lowercase().contains("accept"), "{path}");
        }
    }
    for path in ["/events", "/"] {
        assert!(browse(&anonymous, path).await.text.contains("<li><a href=\"/e/"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_nobody_and_of_nothing_are_not_found_and_still_pages() {
    let stage = Stage::set().await;
    let draft = stage.organizer().await.draft(3).await;
    let anonymous = stage.anonymous();
    for path in ["/nothing".to_owned(), "/e/nothing".to_owned(), format!("/e/{draft}"), "/events/nothing".to_owned()] {
        let page = browse(&anonymous, &path).await;
        assert_eq!((page.status, page.header("content-type")), (404, Some("text/html; charset=utf-8")), "{path}");
        assert!(page.text.contains("<title>a page</title>"), "{path}: {}", page.text);
    }
    anonymous.get("/nothing").await.expect_problem(404, "not-found");
    anonymous.get("/events/nothing").await.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_versions_files_are_kept_for_ever_and_come_compressed() {
    let stage = Stage::set().await;
    let anonymous = stage.anonymous();
    let page = browse(&anonymous, "/").await;
    let script = page.text.split('"').find(|part| part.ends_with("/page.js")).unwrap().to_owned();
    let ask = async |path: &str, encodings: &str| {
        send(anonymous.request(Method::GET, path).header(ACCEPT_ENCODING, encodings)).await
    };
    for (accepted, encoding) in [
        ("gzip, deflate, br, zstd", Some("br")),
        ("gzip", Some("gzip")),
        ("br;q=0, gzip;q=0", None),
        ("identity", None),
    ] {
        let answer = ask(&script, accepted).await;
        assert_eq!((answer.status, answer.header("content-encoding")), (200, encoding), "{accepted}");
        assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(answer.header("vary"), Some("Accept-Encoding"));
        assert_eq!(answer.header("content-type"), Some("text/javascript; charset=utf-8"));
    }
    // The document may come from another server than its files, while servers are replaced one by one. Later files may
    // not.
    let (folder, _) = script.rsplit_once('/').unwrap();
    let other = "/assets/0123456789abcdef";
    let answer = ask(&format!("{other}/page.js"), "identity").await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")));
    assert_eq!(ask(&format!("{folder}/later.js"), "identity").await.status, 200);
    anonymous.get(&format!("{other}/later.js")).await.expect_problem(404, "not-found");
    anonymous.get(&format!("{folder}/nothing.js")).await.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scanner_sees_with_the_camera_and_registers_its_worker_and_no_other_page_does() {
    let stage = Stage::set().await;
    let anonymous = stage.anonymous();
    let door = browse(&anonymous, "/door").await;
    assert_eq!((door.status, door.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(door.text.contains("<title>a door</title>") && door.text.contains("/door.js\""), "{}", door.text);
    let site = browse(&anonymous, "/").await;
    let of = |answer: &Answer, name: &str| answer.header(name).unwrap().to_owned();
    assert_eq!(
        of(&door, "permissions-policy"),
        of(&site, "permissions-policy").replace("camera=()", "camera=(self)"),
        "nothing but the camera is looser"
    );
    assert_eq!(
        of(&door, "content-security-policy"),
        of(&site, "content-security-policy").replace("trusted-types 'none'", "trusted-types onsale-worker"),
        "nothing but the worker's policy is looser"
    );
    assert_ne!(of(&door, "permissions-policy"), of(&site, "permissions-policy"));
    assert_ne!(of(&door, "content-security-policy"), of(&site, "content-security-policy"));
    for name in ["x-content-type-options", "referrer-policy", "cross-origin-opener-policy", "cache-control"] {
        assert_eq!(of(&door, name), of(&site, name), "{name}");
    }

    // A browser that has the document keeps its policies.
    let request = anonymous.request(Method::GET, "/door").header(IF_NONE_MATCH, door.header("etag").unwrap());
    let same = send(request).await;
    assert_eq!((same.status, same.text.as_str()), (304, ""));
    for name in ["permissions-policy", "content-security-policy"] {
        assert_eq!(of(&same, name), of(&door, name), "{name}");
    }
    for path in ["/door/", "/doors", "/door.html", "/e/door", "/sign-in", "/studio"] {
        let other = browse(&anonymous, path).await;
        assert!(of(&other, "permissions-policy").contains("camera=()"), "{path}");
        assert!(of(&other, "content-security-policy").contains("trusted-types 'none'"), "{path}");
    }
    assert_eq!(anonymous.post("/door").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scanners_worker_is_asked_for_again_and_names_files_that_exist() {
    let stage = Stage::set().await;
    let anonymous = stage.anonymous();
    let worker = anonymous.get("/door-worker.js").await;
    assert_eq!((worker.status, worker.header("content-type")), (200, Some("text/javascript; charset=utf-8")));
    assert_eq!(worker.header("cache-control"), Some("no-cache"));
    // Without it, the worker may serve nothing outside of its own path, and it should not.
    assert_eq!(worker.header("service-worker-allowed"), None);
    let request =
        anonymous.request(Method::GET, "/door-worker.js").header(IF_NONE_MATCH, worker.header("etag").unwrap());
    assert_eq!(send(request).await.status, 304);

    let kept: Vec<&str> = worker.text.split('\'').filter(|part| part.starts_with('/')).collect();
    assert!(kept.contains(&"/door") && kept.iter().any(|path| path.ends_with("/door.js")), "{}", worker.text);
    for path in kept.iter().filter(|path| path.starts_with("/assets/")) {
        assert_eq!(anonymous.get(path).await.status, 200, "{path}");
    }
    let html = browse(&anonymous, "/door").await.text;
    for loaded in html.split('"').filter(|part| part.starts_with("/assets/")) {
        assert!(kept.contains(&loaded), "{loaded} would be missing without a network");
    }
}

#[test]
fn the_server_knows_every_page_that_the_scripts_know() {
    let main = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/scripts/app/main.js");
    let text = fs::read_to_string(main).unwrap();
    let paths = text.split("{ path: '").skip(1).filter_map(|rest| rest.split('\'').next());
    let mut of_scripts: Vec<String> = paths
        .map(|path| {
            path.split('/').map(|part| if part.starts_with(':') { "{}" } else { part }).collect::<Vec<_>>().join("/")
        })
        .collect();
    let in_braces = |path: &str| {
        let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let mut of_server: Vec<String> = server::routes::page_paths().map(in_braces).collect();
    of_scripts.sort_unstable();
    of_server.sort_unstable();
    assert_eq!(of_scripts, of_server);
}
