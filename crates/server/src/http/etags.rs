//! Entity tags: answers that browsers may keep, with 304 for clients that have the current version, and the tags in
//! conditional headers (RFC 9110, sections 8.8.3 and 13).

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderMap, HeaderName, IF_NONE_MATCH, VARY};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

/// The values of a conditional header that [`Tags::of`] reads, for the description of the API.
pub(crate) const PATTERN: &str = "^(\\*|(,[ \\t]*)*(W/)?\"[!#-~\\u0080-\\u00ff]*\"\
    ([ \\t]*,([ \\t]*(W/)?\"[!#-~\\u0080-\\u00ff]*\")?)*)$";

/// The tag of these bytes.
pub(crate) fn tag_of(body: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

/// An answer that browsers may keep but must revalidate before each use. The page has documents under the same paths,
/// which browsers get by their `Accept`.
pub(crate) fn public() -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "no-cache")).insert_header((VARY, "Accept"));
    response
}

/// JSON for everybody, or 304 for clients that have this version.
pub(crate) fn unless_known(request: &HttpRequest, etag: &str, body: &Bytes) -> HttpResponse {
    if is_known(etag, request.headers()) {
        let mut known = HttpResponse::build(StatusCode::NOT_MODIFIED);
        return known
            .insert_header((CACHE_CONTROL, "no-cache"))
            .insert_header((VARY, "Accept"))
            .insert_header((ETAG, etag))
            .finish();
    }
    public().content_type("application/json").insert_header((ETAG, etag)).body(body.clone())
}

/// Whether the client has this version. A header that cannot be read names none, and the client gets the whole answer.
pub(crate) fn is_known(etag: &str, headers: &HeaderMap) -> bool {
    let opaque = etag.trim_matches('"').as_bytes();
    match Tags::of(headers, &IF_NONE_MATCH) {
        Ok(Some(Tags::Any)) => true,
        Ok(Some(Tags::Listed(tags))) => tags.iter().any(|tag| tag == opaque),
        Ok(None) | Err(MalformedTags) => false,
    }
}

/// The tags in a conditional header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tags {
    /// `*`: any version.
    Any,
    /// These, at least one, without their quotes. A weak tag is taken as the strong one: a proxy that compresses an
    /// answer weakens its tag, and the version is the same.
    Listed(Vec<Vec<u8>>),
}

/// The header does not hold a list of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MalformedTags;

impl Tags {
    /// The tags in all headers of this name; `None` without such a header.
    pub(crate) fn of(headers: &HeaderMap, name: &HeaderName) -> Result<Option<Self>, MalformedTags> {
        let values: Vec<&[u8]> = headers.get_all(name).map(|value| value.as_bytes()).collect();
        if values.is_empty() {
            return Ok(None);
        }
        parse(&values.join(&b","[..])).map(Some).ok_or(MalformedTags)
    }
}

/// The list may have empty elements (RFC 9110, section 5.6.1.2).
fn parse(text: &[u8]) -> Option<Tags> {
    let text = text.trim_ascii();
    if text == b"*" {
        return Some(Tags::Any);
    }
    let mut tags = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if !rest.starts_with(b",") {
            let (tag, after) = first(rest)?;
            tags.push(tag.to_vec());
            rest = after.trim_ascii_start();
        }
        rest = match rest.split_first() {
            Some((b',', after)) => after.trim_ascii_start(),
            Some(_) => return None,
            None => rest,
        };
    }
    (!tags.is_empty()).then_some(Tags::Listed(tags))
}

/// The first tag of a text, and the rest of the text. A tag may contain commas.
fn first(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let quoted = text.strip_prefix(b"W/").unwrap_or(text).strip_prefix(b"\"")?;
    let end = quoted.iter().position(|byte| *byte == b'"')?;
    let (tag, rest) = quoted.split_at_checked(end)?;
    let is_sound = tag.iter().all(|byte| matches!(*byte, 0x21 | 0x23..=0x7e | 0x80..=0xff));
    Some((tag, rest.strip_prefix(b"\"")?)).filter(|_| is_sound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;
    use proptest::prelude::*;
    use regex::Regex;

    fn listed(tags: &[&str]) -> Option<Tags> {
        Some(Tags::Listed(tags.iter().map(|tag| tag.as_bytes().to_vec()).collect()))
    }

    #[test]
    fn tags_are_read_as_they_are_written_and_the_pattern_says_the_same() {
        let pattern = Regex::new(PATTERN).unwrap();
        for (text, expected) in [
            ("*", Some(Tags::Any)),
            ("\"2.2\"", listed(&["2.2"])),
            ("W/\"2.2\"", listed(&["2.2"])),
            ("\"\"", listed(&[""])),
            ("\"a\", W/\"b\",\"c\" ,\t\"d\"", listed(&["a", "b", "c", "d"])),
            ("\"a,b\"", listed(&["a,b"])),
            (", ,\"a\", ,", listed(&["a"])),
            ("\"\u{e9}\"", listed(&["\u{e9}"])),
            ("", None),
            (",", None),
            ("2.2", None),
            ("\"2.2", None),
            ("2.2\"", None),
            ("w/\"2.2\"", None),
            ("W/ \"2.2\"", None),
            ("\"a b\"", None),
            ("\"a\" \"b\"", None),
            ("\"a\"\"b\"", None),
            ("*, \"a\"", None),
            ("\"a\", *", None),
        ] {
            assert_eq!(parse(text.as_bytes()), expected, "{text}");
            assert_eq!(pattern.is_match(text), expected.is_some(), "{text}");
        }
    }

    #[test]
    fn headers_of_one_name_are_one_list() {
        let mut headers = HeaderMap::new();
        assert_eq!(Tags::of(&headers, &IF_NONE_MATCH), Ok(None));
        for value in ["\"a\"", "W/\"b\", \"c\""] {
            headers.append(IF_NONE_MATCH, HeaderValue::from_static(value));
        }
        assert_eq!(Tags::of(&headers, &IF_NONE_MATCH), Ok(listed(&["a", "b", "c"])));
        assert!(is_known("\"b\"", &headers) && !is_known("\"d\"", &headers));
        headers.append(IF_NONE_MATCH, HeaderValue::from_static("*"));
        assert_eq!(Tags::of(&headers, &IF_NONE_MATCH), Err(MalformedTags));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_pattern_says_of_every_text_whether_it_is_read(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "*", "W/", "w/", "\"", "\"a\"", "\"\"", "\"a b\"", ",", " ", "\t", "\u{e9}", "\u{7f}", "\u{1}",
                ]),
                0..6,
            ),
        ) {
            let text = parts.concat();
            let text = text.trim();
            prop_assert_eq!(parse(text.as_bytes()).is_some(), Regex::new(PATTERN).unwrap().is_match(text));
        }

        #[test]
        fn every_list_of_tags_reads_back(
            tags in prop::collection::vec(("[!#-~\u{e9}]{0,9}", "(W/)?", "[ \t]{0,2},[ \t,]{0,3}"), 1..6),
        ) {
            let written: String = tags.iter().map(|(tag, weak, comma)| format!("{weak}\"{tag}\"{comma}")).collect();
            let opaque: Vec<_> = tags.iter().map(|(tag, ..)| tag.as_bytes().to_vec()).collect();
            prop_assert_eq!(parse(written.as_bytes()), Some(Tags::Listed(opaque)));
        }
    }
}
