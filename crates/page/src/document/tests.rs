#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

const INDEX: &str = r#"<!doctype html>
<head>
  <!-- About. -->
  <title>Onsale</title>
  <meta name="description" content="Tickets.">
  <script src="/scripts/app/theme-first.js"></script>
  <link rel="stylesheet" href="/styles/one.css">
  <link rel="stylesheet" href="/styles/two.css">
  <script type="module" src="/scripts/app/main.js"></script>
</head>
<body><noscript><p>Scripts, please.</p></noscript></body>
"#;

#[test]
fn a_document_without_fillings_is_the_file() {
    assert_eq!(Document::parse(INDEX, None).filled(&Filling::default()), INDEX);
    for text in ["", "<html>another home</html>", "<title>", "</head>"] {
        assert_eq!(Document::parse(text, None).filled(&Filling::default()), text);
    }
}

#[test]
fn text_is_filled_in_as_text() {
    let filling = Filling {
        title: Some("</title><script>'\"&".to_owned()),
        description: Some("\"><script>".to_owned()),
        head: Some("<link rel=\"canonical\" href=\"/e/1\">".to_owned()),
        without_scripts: Some("<h1>One</h1>".to_owned()),
    };
    let html = Document::parse(INDEX, None).filled(&filling);
    assert!(html.contains("<title>&lt;/title&gt;&lt;script&gt;&#39;&quot;&amp;</title>"), "{html}");
    assert!(html.contains("content=\"&quot;&gt;&lt;script&gt;\">"), "{html}");
    assert!(html.contains("</script>\n<link rel=\"canonical\" href=\"/e/1\"></head>"), "{html}");
    assert!(html.contains("<noscript><h1>One</h1></noscript>"), "{html}");
}

#[test]
fn a_packed_document_names_the_files_of_its_version() {
    let files = Packed { assets: "/assets/1a", entry: "scripts/app/main.js", script: "page.js", sheet: "page.css" };
    let html = Document::parse(INDEX, Some(files)).filled(&Filling::default());
    assert_eq!(html.matches("<link rel=\"stylesheet\" href=\"/assets/1a/page.css\">").count(), 1, "{html}");
    assert!(html.contains("<script src=\"/assets/1a/theme-first.js\">") && html.contains("src=\"/assets/1a/page.js\""));
    assert!(!html.contains("/styles/") && !html.contains("/scripts/") && !html.contains("About"), "{html}");
    assert_eq!(styles(INDEX), ["styles/one.css", "styles/two.css"]);
}
