//! Settings about this site and others: who runs it, and which other origins may read it.

use actix_web::http::Uri;
use domain::accounts::Email;

use super::error::SettingsError;
use super::reader::Reader;
use super::sections::{AllowedOrigins, Site};

const SCHEMES: [&str; 2] = ["https://", "http://"];

pub(super) fn site(reader: &mut Reader) -> Result<Site, SettingsError> {
    Ok(Site {
        name: reader.text("site.name")?,
        address: own_address(reader)?,
        imprint_url: address(reader, "site.imprint_url")?,
        privacy_url: address(reader, "site.privacy_url")?,
        terms_url: address(reader, "site.terms_url")?,
        contact: contact(reader)?,
    })
}

fn own_address(reader: &mut Reader) -> Result<Option<String>, SettingsError> {
    const KEY: &str = "site.address";
    let Some(text) = reader.optional_text(KEY)? else { return Ok(None) };
    match origin(&text) {
        Some(own) => Ok(Some(own)),
        None => {
            let problem = format!("must be an address without a path, like https://tickets.example.org, not {text:?}");
            Err(reader.invalid(KEY, problem))
        }
    }
}

fn address(reader: &mut Reader, key: &'static str) -> Result<Option<String>, SettingsError> {
    match reader.optional_text(key)? {
        Some(text) if !is_address(&text) => {
            let problem =
                format!("must be an address like https://example.org/page, or a path like /page, not {text:?}");
            Err(reader.invalid(key, problem))
        }
        text => Ok(text),
    }
}

fn contact(reader: &mut Reader) -> Result<Option<String>, SettingsError> {
    const KEY: &str = "site.contact";
    match reader.optional_text(KEY)? {
        Some(text) if !is_address(&text) && Email::parse(&text).is_err() => {
            let problem =
                format!("must be an e-mail address, an address like https://example.org, or a path, not {text:?}");
            Err(reader.invalid(KEY, problem))
        }
        text => Ok(text),
    }
}

/// Whether the text is an address of the web, or a path on this server.
fn is_address(text: &str) -> bool {
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || "\\\"<>".contains(c)) {
        return false;
    }
    // Two slashes begin the name of another server.
    let is_path = text.starts_with('/') && !text.starts_with("//");
    is_path || SCHEMES.iter().any(|scheme| text.strip_prefix(scheme).is_some_and(begins_with_host))
}

fn begins_with_host(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')
}

/// `*` is every origin, and stands alone.
pub(super) fn allowed_origins(reader: &mut Reader) -> Result<AllowedOrigins, SettingsError> {
    const KEY: &str = "server.cors_allowed_origins";
    let texts = reader.texts(KEY)?;
    if texts == ["*"] {
        return Ok(AllowedOrigins::Any);
    }
    let origins = texts.iter().map(|text| {
        origin(text).ok_or_else(|| {
            let problem =
                format!("must be * alone, or a list of origins like https://shop.example.org; {text:?} is none");
            reader.invalid(KEY, problem)
        })
    });
    origins.collect::<Result<_, _>>().map(AllowedOrigins::Listed)
}

/// The origin as browsers spell it (RFC 6454, section 6.2): scheme, host, and the port if it is not the scheme's own.
fn origin(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let scheme = SCHEMES.into_iter().find(|scheme| text.starts_with(scheme))?;
    let authority = text.strip_prefix(scheme).filter(|rest| begins_with_host(rest))?;
    if authority.contains(['/', '?', '#', '@', '*']) {
        return None;
    }
    let uri: Uri = text.parse().ok()?;
    let own = if scheme == "https://" { 443 } else { 80 };
    let has_port = authority.rsplit(']').next().is_some_and(|rest| rest.contains(':'));
    match uri.port_u16() {
        Some(port) if port == own => Some(format!("{scheme}{}", uri.host()?)),
        Some(_) => Some(text),
        None => (!has_port).then_some(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_spelled_as_browsers_do() {
        for (text, spelled) in [
            ("https://shop.example.org", "https://shop.example.org"),
            ("HTTPS://Shop.Example.org:443", "https://shop.example.org"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
            ("https://[::1]:8443", "https://[::1]:8443"),
        ] {
            assert_eq!(origin(text).as_deref(), Some(spelled));
        }
        for text in [
            "*",
            "null",
            "shop.example.org",
            "https://",
            "https://shop.example.org/",
            "https://*.example.org",
            "https://a@b",
            "ftp://a",
            "https://a:b",
            "https://a:",
            "https://a?b",
            "https:// a",
            "https://a:99999",
        ] {
            assert_eq!(origin(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_of_the_web_or_paths_here() {
        for text in ["https://example.org", "http://example.org/a?b#c", "/imprint.html", "/", "https://[::1]/"] {
            assert!(is_address(text), "{text}");
        }
        for text in
            ["", "imprint.html", "//example.org", "https://", "javascript:alert(1)", "/a b", "mailto:a@b", "/\\a"]
        {
            assert!(!is_address(text), "{text}");
        }
    }
}
