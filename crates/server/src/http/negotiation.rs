//! The client's choice among the media types of an answer (RFC 9110, section 12.5.1).

use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT, Accept, Header, HeaderMap, Quality, QualityItem};
use actix_web::mime::{self, Mime};
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::{Ready, ready};

use crate::http::arguments::{Argument, Part};
use crate::http::problems::Problem;

/// The format of a list. Clients without a preference get JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Csv,
}

impl Format {
    /// Clients without a preference get the first one.
    const ALL: [Self; 2] = [Self::Json, Self::Csv];

    fn media_type(self) -> Mime {
        match self {
            Self::Json => mime::APPLICATION_JSON,
            Self::Csv => mime::TEXT_CSV,
        }
    }

    /// The problem of a client that accepts none of the formats.
    pub(crate) fn not_acceptable() -> Problem {
        Problem::NotAcceptable { offered: Self::ALL.map(|format| format.media_type().to_string()).join(" or ") }
    }
}

impl FromRequest for Format {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let chosen = match accepted(request) {
            None => Some(Self::Json),
            Some(accepted) => choose(&accepted),
        };
        ready(chosen.ok_or_else(Self::not_acceptable))
    }
}

/// OpenAPI has no parameter for `Accept`. The answer's media types stand for it.
impl Argument for Format {
    fn parts() -> Vec<Part> {
        vec![Part::Problem(Self::not_acceptable())]
    }
}

/// Whether the client asks for a page rather than for data, as browsers do when they follow a link: it names HTML, and
/// prefers it to JSON. Clients without a preference are programs.
pub(crate) fn prefers_page(headers: &HeaderMap) -> bool {
    let accepted: Vec<QualityItem<Mime>> = headers
        .get_all(ACCEPT)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|item| item.trim().parse().ok())
        .collect();
    let best = |offered: &Mime| accepted.iter().filter_map(|item| matched(item, offered)).max();
    let (page, data) = (best(&mime::TEXT_HTML), best(&mime::APPLICATION_JSON));
    // By exactness, then by quality.
    let rank = |found: Option<(u8, Quality)>| found.map(|(exactness, quality)| (quality, exactness));
    page.is_some_and(|(exactness, quality)| exactness == NAMED && quality > Quality::ZERO) && rank(page) > rank(data)
}

/// The exactness of a range that names one type.
const NAMED: u8 = 2;

/// The media ranges that the client accepts. `None` means that the header is missing, empty or unreadable.
fn accepted(request: &HttpRequest) -> Option<Vec<QualityItem<Mime>>> {
    Accept::parse(request).ok().map(|accept| accept.0).filter(|ranges| !ranges.is_empty())
}

/// The format with the highest quality. Among equals, the one that is named more exactly wins.
fn choose(accepted: &[QualityItem<Mime>]) -> Option<Format> {
    let mut best: Option<((Quality, u8), Format)> = None;
    for format in Format::ALL {
        let Some((exactness, quality)) = accepted.iter().filter_map(|item| matched(item, &format.media_type())).max()
        else {
            continue;
        };
        let rank = (quality, exactness);
        if quality > Quality::ZERO && best.is_none_or(|(highest, _)| rank > highest) {
            best = Some((rank, format));
        }
    }
    best.map(|(_, format)| format)
}

/// How exactly an accepted range names this type, and its quality. The most exact range decides the quality.
fn matched(item: &QualityItem<Mime>, offered: &Mime) -> Option<(u8, Quality)> {
    let range = &item.item;
    let exactness = if range.type_() == mime::STAR {
        0
    } else if range.type_() != offered.type_() {
        return None;
    } else if range.subtype() == mime::STAR {
        1
    } else if range.subtype() == offered.subtype() {
        NAMED
    } else {
        return None;
    };
    Some((exactness, item.quality))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use proptest::prelude::*;

    fn chosen(accept: &[&str]) -> Option<Format> {
        let mut request = TestRequest::get();
        for value in accept {
            request = request.append_header((ACCEPT, *value));
        }
        Format::from_request(&request.to_http_request(), &mut Payload::None).into_inner().ok()
    }

    #[test]
    fn browsers_get_pages_and_programs_data() {
        let prefers = |accept: &[&str]| {
            let mut request = TestRequest::get();
            for value in accept {
                request = request.append_header((ACCEPT, *value));
            }
            prefers_page(request.to_http_request().headers())
        };
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
        for accept in [&[browser][..], &["text/html"], &["text/html", "*/*"], &["application/json;q=0.5, text/html"]] {
            assert!(prefers(accept), "{accept:?}");
        }
        for accept in [
            &[][..],
            &["*/*"],
            &["text/*"],
            &["application/json, application/problem+json"],
            &["text/html;q=0"],
            &["text/html;q=0.5, application/json"],
            &["text/html, application/json"],
            &["nonsense"],
        ] {
            assert!(!prefers(accept), "{accept:?}");
        }
    }

    #[test]
    fn a_client_gets_its_preferred_format_and_json_without_a_preference() {
        use Format::{Csv, Json};
        let cases: [(&[&str], Option<Format>); 23] = [
            (&[], Some(Json)),
            (&[""], Some(Json)),
            (&["*/*"], Some(Json)),
            (&["application/*"], Some(Json)),
            (&["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"], Some(Json)),
            (&["text/csv"], Some(Csv)),
            (&["TEXT/CSV; Charset=UTF-8"], Some(Csv)),
            (&["text/*"], Some(Csv)),
            (&["text/csv, */*"], Some(Csv)),
            (&["text/csv, */*;q=0.1"], Some(Csv)),
            (&["text/csv", "application/json;q=0.5"], Some(Csv)),
            (&["text/csv, application/json"], Some(Json)),
            (&["text/csv;q=0.5, application/json;q=0.4"], Some(Csv)),
            (&["text/csv;q=0.4, application/json;q=0.5"], Some(Json)),
            (&["text/csv;q=0, */*"], Some(Json)),
            (&["application/json;q=0, */*"], Some(Csv)),
            (&["text/csv;q=0.1, */*;q=0.9"], Some(Json)),
            (&["text/html"], None),
            (&["text/csv;q=0"], None),
            (&["*/*;q=0"], None),
            (&["nonsense"], Some(Json)),
            (&["*/*;q=x"], Some(Json)),
            (&["nonsense, text/csv"], Some(Csv)),
        ];
        for (accept, expected) in cases {
            assert_eq!(chosen(accept), expected, "{accept:?}");
        }
    }

    /// The quality that a client gives a format: that of the range that names it most exactly.
    fn quality(ranges: &[(&str, u16)], names: [&str; 3]) -> Option<u16> {
        let of = |name: &str| ranges.iter().filter(|(range, _)| *range == name).map(|(_, quality)| *quality).max();
        names.into_iter().find_map(of)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_client_gets_what_it_accepts_and_nothing_that_it_likes_less(
            ranges in prop::collection::vec(
                (
                    prop::sample::select(vec!["application/json", "application/*", "text/csv", "text/*", "*/*"]),
                    0_u16..=10,
                ),
                1..5,
            ),
        ) {
            let written: Vec<_> =
                ranges.iter().map(|(range, tenths)| format!("{range};q={}.{}", tenths / 10, tenths % 10)).collect();
            let json = quality(&ranges, ["application/json", "application/*", "*/*"]).unwrap_or(0);
            let csv = quality(&ranges, ["text/csv", "text/*", "*/*"]).unwrap_or(0);
            match chosen(&[&written.join(", ")]) {
                Some(Format::Json) => prop_assert!(json > 0 && json >= csv),
                Some(Format::Csv) => prop_assert!(csv > 0 && csv >= json),
                None => prop_assert_eq!((json, csv), (0, 0)),
            }
        }
    }
}
