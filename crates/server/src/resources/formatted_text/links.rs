//! Links: which addresses may be linked to, and addresses that stand in a text by themselves.

use linkify::{LinkFinder, LinkKind};

use super::tree::Inline;

/// The schemes of links, as addresses begin. Others could run scripts (`javascript:`), or ask for programs.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// The address as links have it, with its scheme in small letters; `None` if it may not be linked to.
pub(super) fn href(address: &str) -> Option<String> {
    // Browsers drop white space and control characters, so the address would not be the one that was checked.
    if address.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    SCHEMES.into_iter().find_map(|scheme| {
        let (start, rest) = address.split_at_checked(scheme.len())?;
        // `https://bank.example@evil.example` looks like the bank's address.
        let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        let is_plain = scheme == "mailto:" || !host.contains('@');
        (start.eq_ignore_ascii_case(scheme) && !rest.is_empty() && is_plain).then(|| format!("{scheme}{rest}"))
    })
}

/// The text with links where it has addresses of web pages or mail boxes. It costs at most `more` nodes beyond its own.
pub(super) fn linked(text: String, more: usize) -> Vec<Inline> {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let mut inlines = Vec::new();
    let mut plain = String::new();
    let mut left = more.saturating_add(1);
    for span in finder.spans(&text) {
        let address = span.kind().and_then(|kind| match kind {
            LinkKind::Url => href(span.as_str()).or_else(|| href(&of_host(span.as_str())?)),
            LinkKind::Email => href(&format!("mailto:{}", span.as_str())),
            _ => None,
        });
        // A link, its text, the text before it, and the text after all links.
        match address.filter(|_| left > 3) {
            Some(href) => {
                left -= 2;
                if !plain.is_empty() {
                    left -= 1;
                    inlines.push(Inline::Text { text: std::mem::take(&mut plain) });
                }
                inlines.push(Inline::Link { href, inlines: vec![Inline::Text { text: span.as_str().to_owned() }] });
            }
            None => plain.push_str(span.as_str()),
        }
    }
    if !plain.is_empty() {
        inlines.push(Inline::Text { text: plain });
    }
    inlines
}

/// `www.example.org` has no scheme, and is meant as an address nevertheless. `file.txt` is not.
fn of_host(address: &str) -> Option<String> {
    let start = address.get(..4)?;
    start.eq_ignore_ascii_case("www.").then(|| format!("https://{address}"))
}
