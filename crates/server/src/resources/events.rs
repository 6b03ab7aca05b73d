//! Published events, visible to everybody.

pub(crate) mod describe;

use std::fmt;
use std::str::FromStr;

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use auth::addresses::AddressKey;
use chrono::DateTime;
use repository::listings::{After, PublishedFilter};
use repository::searches::SearchPage;
use uuid::Uuid;
use uuid::fmt::Simple;

use crate::http::access::{Caller, unused_token};
use crate::http::client_address::ClientAddress;
use crate::http::etags::{public, unless_known};
use crate::http::extractors::{EventPath, Timestamp};
use crate::http::problems::Problem;
use crate::http::query::{Page, Parameter, Parameters};
use crate::http::schemas::{boolean, string, time};
use crate::resources::event_bodies::{EventSummary, answer};
use crate::resources::own_events::run_to_show;
use crate::resources::public_reads::{public_event, read};
use crate::services::cache::ReadFailed;
use crate::services::public_events::PageKey;
use crate::state::State;

/// The text to search the list for.
pub(crate) const SEARCH: Parameter = Parameter::search(
    "Words of the title or the location, in any order. Case and accents do not matter: `cafe` finds `Café`. In a word of \
     four letters or more, one typing error is forgiven: `concret` finds `Concert`.",
);

/// The place of the events to list.
pub(crate) const PLACE: Parameter = Parameter::sought("place", "Words of the location, found as those of `q` are.");

/// The start of a time in which the events to list take place.
pub(crate) const FROM: Parameter =
    Parameter::optional("from", "Only events that end after this time (RFC 3339, with `+` as `%2B`).", time);

/// The end of a time in which the events to list take place.
pub(crate) const TO: Parameter =
    Parameter::optional("to", "Only events that start before this time (RFC 3339, with `+` as `%2B`).", time);

/// Whether the events to list cost nothing.
pub(crate) const FREE: Parameter = Parameter::optional(
    "free",
    "Only events with a price of 0 that everybody can see, or only those without.",
    boolean,
);

/// The start of a page, see [`Cursor`].
pub(crate) const CURSOR: Parameter =
    Parameter::cursor(|| string().pattern(Some("^(0|[1-9][0-9]{0,17})_[0-9a-f]{32}$")));

/// Published events that are not over, the next one first.
///
/// Pages of searches are not cached: there is no end of texts, so few would be found again. Pages of a time are, because
/// a crowd in one time zone asks for the same day.
pub(crate) async fn list(
    state: Data<State>,
    ClientAddress(address): ClientAddress,
    parameters: Parameters,
) -> Result<HttpResponse, Problem> {
    let after = parameters.cursor()?.map(|Cursor(after)| after);
    let key = PageKey { filter: filter_of(&parameters)?, after, limit: parameters.limit()? };
    let body = if key.filter.is_search() {
        let _permit = state.public_searches.acquire(AddressKey::of(address)).await?;
        Box::pin(read_page(&state, &key)).await?
    } else {
        state.public_events.page(&key, async || read_page(&state, &key).await).await?
    };
    Ok(public().content_type("application/json").body(body))
}

fn filter_of(parameters: &Parameters) -> Result<PublishedFilter, Problem> {
    let time = |name| parameters.parsed::<Timestamp>(name, Timestamp::EXPECTED);
    Ok(PublishedFilter {
        text: parameters.search()?,
        place: parameters.sought(PLACE.name)?,
        from: time(FROM.name)?.map(|Timestamp(at)| at),
        to: time(TO.name)?.map(|Timestamp(at)| at),
        is_free: parameters.parsed(FREE.name, "must be true or false")?,
    })
}

/// One event. Everybody sees published and cancelled events. Only its managers see a draft.
pub(crate) async fn show(
    state: Data<State>,
    caller: Option<Caller>,
    EventPath(id): EventPath,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    match (public_event(&state, id).await?, caller) {
        (Some(shown), _) => Ok(unless_known(&request, &shown.etag, &shown.body)),
        (None, Some(caller)) => {
            let (event, presentation) = run_to_show(&state, caller, id).await?;
            Ok(answer(HttpResponse::Ok(), &event, presentation))
        }
        // It may be the caller's own draft. A request without a token learns nothing.
        (None, None) => Err(unused_token(&request).unwrap_or(Problem::NotFound("event"))),
    }
}

async fn read_page(state: &State, key: &PageKey) -> Result<Bytes, ReadFailed> {
    let SearchPage { found, next } = read(state, key).await?;
    let page = SearchPage { found, next: next.map(Cursor) };
    ReadFailed::json(&Page::of_search(&page, |event| EventSummary::from(event)))
}

/// A position in a list of events: a start in microseconds, and an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor(pub(crate) After);

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.0.starts_at.timestamp_micros(), Uuid::from(self.0.id).simple())
    }
}

/// The largest number of 18 digits, so that the API's description can say which cursors there are. It is a time after
/// every event, and PostgreSQL knows its year.
const MICROSECONDS_MAX: i64 = 999_999_999_999_999_999;

/// The text is not a cursor of this server.
#[derive(Debug)]
pub(crate) struct InvalidCursor;

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let (starts_at, id) = text.split_once('_').ok_or(InvalidCursor)?;
        let starts_at = starts_at.parse().ok().and_then(DateTime::from_timestamp_micros).ok_or(InvalidCursor)?;
        // No event starts outside of these years, and PostgreSQL knows no year before -4713.
        if !(0..=MICROSECONDS_MAX).contains(&starts_at.timestamp_micros()) {
            return Err(InvalidCursor);
        }
        let id: Simple = id.parse().map_err(|_| InvalidCursor)?;
        let cursor = Self(After { starts_at, id: id.into_uuid().into() });
        // Each cursor has exactly one text. Other spellings are refused, so that edits by hand are noticed.
        if cursor.to_string() == text { Ok(cursor) } else { Err(InvalidCursor) }
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::EventId;

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cursor_reads_back_from_its_text() {
        let starts_at = DateTime::from_timestamp_micros(1_900_000_000_123_456).unwrap();
        let cursor = Cursor(After { starts_at, id: EventId::from(Uuid::now_v7()) });
        assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
    }

    #[test]
    fn other_texts_are_not_cursors() {
        let id = Uuid::now_v7().simple();
        for text in ["", "_", "1", &format!("x_{id}"), &format!("01_{id}"), &format!("1_{id}_"), "1_2"] {
            assert!(text.parse::<Cursor>().is_err(), "{text:?}");
        }
        assert!(format!("{}_{id}", i64::MAX).parse::<Cursor>().is_err());
        assert!(format!("{}_{id}", MICROSECONDS_MAX + 1).parse::<Cursor>().is_err());
        assert!(format!("{MICROSECONDS_MAX}_{id}").parse::<Cursor>().is_ok());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_cursor_reads_back_and_has_no_other_spelling(
            micros in 0..=MICROSECONDS_MAX, id: u128, at in 0_usize..52, to in "[0-9a-fA-F_+. -]",
        ) {
            let starts_at = DateTime::from_timestamp_micros(micros).unwrap();
            let cursor = Cursor(After { starts_at, id: EventId::from(Uuid::from_u128(id)) });
            let text = cursor.to_string();
            prop_assert_eq!(text.parse::<Cursor>().unwrap(), cursor);
            let mut changed = text.clone();
            let at = at % text.len();
            changed.replace_range(at..=at, &to);
            if changed != text {
                prop_assert_ne!(changed.parse::<Cursor>().ok(), Some(cursor));
            }
        }

        #[test]
        fn every_text_that_is_taken_for_a_cursor_is_the_one_that_this_server_writes(
            text in "[+-]?0?[0-9]{1,19}_[0-9a-fA-F]{32}|\\PC{0,60}",
        ) {
            if let Ok(cursor) = text.parse::<Cursor>() {
                prop_assert_eq!(cursor.to_string(), text);
            }
        }
    }
}
