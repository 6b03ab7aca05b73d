use super::*;
use serde_json::{Value, json};

fn json(text: &str) -> Value {
    serde_json::to_value(blocks(text)).unwrap()
}

fn text(text: &str) -> Value {
    json!({ "kind": "text", "text": text })
}

fn paragraph(inlines: &[Value]) -> Value {
    json!({ "kind": "paragraph", "inlines": inlines })
}

fn link(href: &str, says: &str) -> Value {
    json!({ "kind": "link", "href": href, "inlines": [text(says)] })
}

/// The depth of a tree, and its nodes.
fn size(blocks: &[Block]) -> (usize, usize) {
    let sizes = blocks.iter().map(|block| match block {
        Block::Paragraph { inlines } | Block::Heading { inlines } => size_of_inlines(inlines),
        Block::Quote { blocks } => size(blocks),
        Block::List { items, .. } => {
            let sizes: Vec<_> = items.iter().map(|item| size(item)).collect();
            let depth = sizes.iter().map(|(depth, _)| depth + 1).max().unwrap_or(0);
            (depth, sizes.iter().map(|(_, nodes)| nodes + 1).sum())
        }
        Block::Rule | Block::Code { .. } => (0, 0),
    });
    sum(sizes.collect())
}

fn size_of_inlines(inlines: &[Inline]) -> (usize, usize) {
    let sizes = inlines.iter().map(|inline| match inline {
        Inline::Strong { inlines } | Inline::Emphasis { inlines } | Inline::Link { inlines, .. } => {
            size_of_inlines(inlines)
        }
        Inline::Text { .. } | Inline::Break | Inline::Code { .. } => (0, 0),
    });
    sum(sizes.collect())
}

fn sum(sizes: Vec<(usize, usize)>) -> (usize, usize) {
    let depth = sizes.iter().map(|(depth, _)| depth + 1).max().unwrap_or(0);
    (depth, sizes.iter().map(|(_, nodes)| nodes + 1).sum())
}

#[test]
fn plain_text_looks_as_it_was_typed() {
    let line_break = json!({ "kind": "break" });
    assert_eq!(json(""), json!([]));
    assert_eq!(
        json("Doors at 7.\nMusic at 8!\r\n\r\n\n  Bring 2 < 3 friends & [a] #smile"),
        json!([
            paragraph(&[text("Doors at 7."), line_break.clone(), text("Music at 8!")]),
            paragraph(&[text("Bring 2 < 3 friends & [a] #smile")]),
        ])
    );
    // Neither code nor lost.
    assert_eq!(
        json("    Anna\n    Ben, [x]: y\n\n[Map]: https://example.org\n[Map]: twice"),
        json!([
            paragraph(&[text("Anna"), line_break.clone(), text("Ben, [x]: y")]),
            paragraph(&[
                text("[Map]: "),
                link("https://example.org", "https://example.org"),
                line_break,
                text("[Map]: twice"),
            ]),
        ])
    );
}

#[test]
fn the_known_formatting_is_a_tree() {
    let item = |says: &str| json!([paragraph(&[text(says)])]);
    for (markdown, expected) in [
        (
            "# Programme\nat night",
            json!([{ "kind": "heading", "inlines": [text("Programme")] }, paragraph(&[text("at night")])]),
        ),
        (
            "a **b _c_** `d<e`",
            json!([paragraph(&[
                text("a "),
                json!({ "kind": "strong", "inlines": [text("b "), { "kind": "emphasis", "inlines": [text("c")] }] }),
                text(" "),
                json!({ "kind": "code", "text": "d<e" }),
            ])]),
        ),
        (
            "With us:\n- Anna\n- Ben",
            json!([
                paragraph(&[text("With us:")]),
                { "kind": "list", "ordered": false, "start": 1, "items": [item("Anna"), item("Ben")] },
            ]),
        ),
        (
            "3. three\n4. four\n   - inner",
            json!([{ "kind": "list", "ordered": true, "start": 3, "items": [
                item("three"),
                [
                    paragraph(&[text("four")]),
                    { "kind": "list", "ordered": false, "start": 1, "items": [item("inner")] },
                ],
            ] }]),
        ),
        ("> said\n\n---", json!([{ "kind": "quote", "blocks": [paragraph(&[text("said")])] }, { "kind": "rule" }])),
        ("```\nlet a;\n\n  b]: c\n```", json!([{ "kind": "code", "text": "let a;\n\n  b]: c" }])),
    ] {
        assert_eq!(json(markdown), expected, "{markdown}");
    }
}

#[test]
fn markup_is_text() {
    let whole = "<script>alert(1)</script>";
    assert_eq!(json(whole), json!([paragraph(&[text(whole)])]));
    let within = "Hi <b onclick=\"x()\">there</b> <!-- no --> &lt;i&gt;";
    assert_eq!(json(within), json!([paragraph(&[text("Hi <b onclick=\"x()\">there</b> <!-- no --> <i>")])]));
    assert_eq!(
        json("![a *picture*](https://example.org/a.png)!"),
        json!([paragraph(&[text("a "), json!({ "kind": "emphasis", "inlines": [text("picture")] }), text("!"),])])
    );
}

#[test]
fn links_lead_to_the_web_and_to_mail_boxes_only() {
    for (markdown, expected) in [
        ("[here](https://example.org/a?b=c#d)", link("https://example.org/a?b=c#d", "here")),
        ("[here](HTTP://example.org)", link("http://example.org", "here")),
        ("[us](mailto:us@example.org)", link("mailto:us@example.org", "us")),
        ("<https://example.org>", link("https://example.org", "https://example.org")),
        ("<us@example.org>", link("mailto:us@example.org", "us@example.org")),
        ("https://example.org/a_b_(c)", link("https://example.org/a_b_(c)", "https://example.org/a_b_(c)")),
        ("www.example.org", link("https://www.example.org", "www.example.org")),
        ("us@example.org", link("mailto:us@example.org", "us@example.org")),
        ("[https://a.example](https://b.example)", link("https://b.example", "https://a.example")),
    ] {
        assert_eq!(json(markdown), json!([paragraph(&[expected])]), "{markdown}");
    }
    for (markdown, says) in [
        ("[here](javascript:alert(1))", "here"),
        ("[here](JaVaScRiPt:alert(1))", "here"),
        ("[here](java&#10;script:alert(1))", "here"),
        ("[here](&#1;https://example.org)", "here"),
        ("[here](<https://exa mple.org>)", "here"),
        ("[here](data:text/html,x)", "here"),
        ("[here](//example.org)", "here"),
        ("[here](/events)", "here"),
        ("[here](https://)", "here"),
        ("<javascript:alert(1)>", "javascript:alert(1)"),
        ("ftp://example.org file.txt e.g. this", "ftp://example.org file.txt e.g. this"),
    ] {
        assert_eq!(json(markdown), json!([paragraph(&[text(says)])]), "{markdown}");
    }
    let stop = "See https://example.org/x, or (www.example.org).";
    assert_eq!(
        json(stop),
        json!([paragraph(&[
            text("See "),
            link("https://example.org/x", "https://example.org/x"),
            text(", or ("),
            link("https://www.example.org", "www.example.org"),
            text(")."),
        ])])
    );
}

#[test]
fn the_rest_of_a_text_is_as_it_was_typed_once_it_nests_too_deep() {
    let mut expected = paragraph(&[text("kept")]);
    for _ in 0..DEPTH_MAX - 1 {
        expected = json!({ "kind": "quote", "blocks": [expected] });
    }
    assert_eq!(json(&format!("{}kept", "> ".repeat(DEPTH_MAX - 1))), json!([expected]));

    let deep = format!("before\n\n{}lost *depth*\n\n[x]: y", "> ".repeat(DEPTH_MAX));
    let blocks = blocks(&deep);
    assert_eq!(serde_json::to_value(&blocks[0]).unwrap(), paragraph(&[text("before")]));
    let rest = serde_json::to_value(blocks.last().unwrap()).unwrap();
    assert_eq!(rest, paragraph(&[text("lost *depth*\n\n[x]: y")]));
}

#[test]
fn no_text_makes_a_tree_beyond_the_bounds() {
    const LENGTH: usize = 10_000;
    for part in [
        "> ",
        "- ",
        "1. ",
        "* a\n",
        "a\n",
        "a\n\n",
        "*a* ",
        "**a _b_** ",
        "*",
        "_a",
        "[",
        "[a](",
        "![",
        "![a](b)",
        "`a` ",
        "`",
        "<a>",
        "<a>\n",
        "<",
        "&amp;",
        "# a\n",
        "---\n",
        "```\n",
        "\\",
        "]:",
        "[a]: b\n",
        "> [a]: b\n",
        "a@b.cc ",
        "www.a.bc ",
        "http://a.b ",
        "http://",
        "a.",
        "@",
        "    a\n",
        "\n",
        "é",
        "* * ",
        "> - ",
    ] {
        let text = part.repeat(LENGTH / part.len());
        for text in [text.clone(), format!("{text}\n{text}"), format!("# a\n\n{text}\n")] {
            let (depth, nodes) = size(&blocks(&text));
            assert!(depth <= DEPTH_MAX + 1, "{part:?} x {}: {depth} deep", text.len());
            assert!(nodes <= NODES_MAX + 2, "{part:?} x {}: {nodes} nodes", text.len());
        }
    }
    // No line is lost.
    let lines = serde_json::to_string(&blocks(&"z\n".repeat(LENGTH / 2))).unwrap();
    assert_eq!(lines.matches('z').count(), LENGTH / 2);
}

#[test]
fn no_link_names_another_host_before_its_own() {
    for text in [
        "[https://bank.example](https://user@evil.example)",
        "https://bank.example@evil.example/a",
        "<http://bank.example:80@evil.example>",
    ] {
        let tree = json(text).to_string();
        let mut links = tree.split("\"href\":\"").skip(1).filter(|link| link.starts_with("http"));
        assert!(!links.any(|link| link.split('"').next().unwrap().contains("evil")), "{text}: {tree}");
    }
    assert_eq!(json("a@b.example")[0]["inlines"][0]["href"], "mailto:a@b.example");
    assert_eq!(json("https://a.example/@b")[0]["inlines"][0]["href"], "https://a.example/@b");
}

#[test]
fn previews_have_the_words_alone() {
    let text = "# Jazz\n\n**Bold** [site](https://x.example)\n\n- one\n- `two`\n";
    assert_eq!(plain(text).split_whitespace().collect::<Vec<_>>(), ["Jazz", "Bold", "site", "one", "two"]);
}
