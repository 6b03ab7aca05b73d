//! Attendees as a CSV file (RFC 4180). It is streamed: each read of the database is sent before the next one.

use actix_web::HttpResponse;
use actix_web::body::None as NoBody;
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, VARY};
use actix_web::web::{Bytes, Data};
use boxoffice::lines::Snapshot;
use csv::{Terminator, WriterBuilder};
use domain::events::{Event, TicketedEvent};
use domain::ids::{PaymentId, RegistrationId, UserId};
use domain::registrations::{CancellationCause, RegistrationStatus};
use domain::text::is_invisible;
use domain::tickets::TypeNumber;
use domain::zones::Zone;
use futures_util::{StreamExt, TryStreamExt, stream};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use repository::attendees::{self, Filter};
use repository::searches::SearchPage;
use serde::Serialize;

use super::rows::{AttendeeBody, has_nobody, line_for};
use crate::http::access::Caller;
use crate::http::problems::{NoSession, Problem};
use crate::http::registrations::SeatsBody;
use crate::http::samples::concert;
use crate::resources::own_events::run_by;
use crate::state::State;

/// Rows of one read. They take a few hundred kilobytes of memory.
const CHUNK: i64 = 1_000;

/// Spreadsheets take a file without this mark for text in an old encoding, and spoil its letters.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A form of times that spreadsheets take as times. The column `time_zone` says whose clocks show them.
const TIME: &str = "%Y-%m-%d %H:%M:%S";

const COLUMNS: [&str; 25] = [
    "registration_id",
    "user_id",
    "name",
    "email",
    "status",
    "position",
    "registered_at",
    "confirmed_at",
    "cancelled_at",
    "cancellation",
    "removal_reason",
    "time_zone",
    "event_cancelled",
    "ticket_type",
    "ticket_type_name",
    "seats",
    "seat_count",
    "amount",
    "currency",
    "held_until",
    "paid_at",
    "payment_id",
    "owed_back",
    "admitted",
    "ticket_names",
];

/// The most of a title that is part of a file's name, in bytes. File systems allow 255 for the whole name.
const TITLE_BYTES_MAX: usize = 180;

/// The bytes that a parameter's value may hold without an escape, without those that some clients read in other ways
/// (RFC 8187, section 3.2.1).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// All wanted attendees, as a file. If a later read fails, the transfer is cut off, so that no client mistakes a part
/// for the whole.
pub(super) async fn answer(
    state: Data<State>,
    caller: Caller,
    event: TicketedEvent,
    wanted: Filter,
    method: &Method,
) -> Result<HttpResponse, Problem> {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8; header=present"))
        .insert_header((CONTENT_DISPOSITION, disposition(&event.event)))
        .insert_header((VARY, "accept"));
    if method == Method::HEAD {
        // actix-web would read the whole body only to drop it.
        return Ok(response
            .message_body(NoBody::new())
            .map_err(|error| Problem::internal(error.to_string()))?
            .map_into_boxed_body());
    }
    let export = Export {
        state,
        caller,
        zone: Zone::of(&event.event.details),
        has_nobody: has_nobody(&event.event, &wanted),
        event,
        wanted,
        next: Next::Begin,
        line: None,
    };
    let Some((first, export)) = Box::pin(export.chunk()).await? else {
        return Err(Problem::internal("an export has no header row"));
    };
    let rest = stream::try_unfold(export, |export| Box::pin(export.chunk()));
    let whole = stream::once(async { Ok(first) }).chain(rest);
    Ok(response.streaming(whole.inspect_err(|problem: &Problem| {
        tracing::warn!(%problem, cause = problem.cause(), "the export of attendees failed before its end");
    })))
}

/// An export that is being sent.
struct Export {
    state: Data<State>,
    caller: Caller,
    event: TicketedEvent,
    zone: Zone,
    has_nobody: bool,
    wanted: Filter,
    next: Next,
    /// Read once, so that all positions are from one moment. It is read again for people who join during the export.
    line: Option<Snapshot>,
}

enum Next {
    Begin,
    After(RegistrationId),
    End,
}

impl Export {
    /// The next lines, and the rest of the export. The lines may be empty. `None` is the end.
    async fn chunk(mut self) -> Result<Option<(Bytes, Self)>, Problem> {
        let (header, after) = match self.next {
            Next::Begin => (Some(COLUMNS), None),
            Next::After(last) => (None, Some(last)),
            Next::End => return Ok(None),
        };
        let (event, wanted) = (self.event.event.id, &self.wanted);
        let state = self.state.clone();
        let _permit = state.exports.acquire(self.caller.user).await?;
        if after.is_some() {
            // Since the file began, the event may have been handed over, and the caller may have lost the right to it.
            if !self.state.access_list.still_admits(self.caller) {
                return Err(Problem::Unauthenticated(NoSession::AccessChanged));
            }
            if let Some(key) = self.caller.key
                && !self.state.api_keys.is_kept(key.id).await?
            {
                return Err(Problem::Unauthenticated(NoSession::NoSuchKey));
            }
            run_by(&self.state, self.caller, event).await?;
        }
        let SearchPage { found, next } = if self.has_nobody {
            SearchPage { found: Vec::new(), next: None }
        } else {
            self.state
                .pool
                .run(async |connection| attendees::list(connection, event, wanted, after, CHUNK).await)
                .await?
        };
        self.line = line_for(&self.state, event, &found, self.line.take()).await?;
        self.next = next.map_or(Next::End, Next::After);
        let rows = found.iter().map(|attendee| AttendeeBody::new(attendee, &self.event, self.line.as_ref()));
        let lines = lines(header, rows, self.zone).map_err(|error| Problem::Internal(error.into()))?;
        Ok(Some((lines, self)))
    }
}

/// A line of the file, in the order of [`COLUMNS`].
#[derive(Serialize)]
struct Line {
    registration_id: RegistrationId,
    user_id: UserId,
    name: String,
    email: String,
    status: RegistrationStatus,
    position: Option<i64>,
    registered_at: String,
    confirmed_at: Option<String>,
    cancelled_at: Option<String>,
    cancellation: Option<CancellationCause>,
    removal_reason: Option<String>,
    time_zone: &'static str,
    event_cancelled: bool,
    ticket_type: TypeNumber,
    ticket_type_name: String,
    /// Each price with its number of seats, such as `2 x Adult, 1 x Child`.
    seats: String,
    seat_count: i32,
    amount: i64,
    currency: Option<&'static str>,
    held_until: Option<String>,
    paid_at: Option<String>,
    payment_id: Option<PaymentId>,
    owed_back: i64,
    admitted: i64,
    /// One behind the other, such as `Ada Lovelace; Bob`.
    ticket_names: String,
}

impl Line {
    fn new(row: AttendeeBody, zone: Zone) -> Self {
        let clock = |at| zone.clock(at).format(TIME).to_string();
        Self {
            registration_id: row.registration_id,
            user_id: row.user_id,
            name: harmless(&row.name),
            email: harmless(&row.email),
            status: row.status,
            position: row.position,
            registered_at: clock(row.registered_at),
            confirmed_at: row.confirmed_at.map(clock),
            cancelled_at: row.cancelled_at.map(clock),
            cancellation: row.cancellation,
            removal_reason: row.removal_reason.as_deref().map(harmless),
            time_zone: zone.name(),
            event_cancelled: row.event_cancelled,
            ticket_type: row.ticket_type,
            ticket_type_name: harmless(&row.ticket_type_name),
            seats: harmless(&SeatsBody::in_words(&row.seats)),
            seat_count: row.seat_count,
            amount: row.amount,
            currency: row.currency,
            held_until: row.held_until.map(clock),
            paid_at: row.paid_at.map(clock),
            payment_id: row.payment_id,
            owed_back: row.owed_back,
            admitted: row.admitted,
            ticket_names: harmless(&row.ticket_names.join("; ")),
        }
    }
}

/// The lines of these rows. The first lines of a file begin with the header.
fn lines(
    header: Option<[&str; COLUMNS.len()]>,
    rows: impl Iterator<Item = AttendeeBody>,
    zone: Zone,
) -> Result<Bytes, csv::Error> {
    let begin = if header.is_some() { BYTE_ORDER_MARK.as_bytes().to_vec() } else { Vec::new() };
    let mut writer = WriterBuilder::new().has_headers(false).terminator(Terminator::CRLF).from_writer(begin);
    if let Some(columns) = header {
        writer.write_record(columns)?;
    }
    for row in rows {
        writer.serialize(Line::new(row, zone))?;
    }
    let text = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(Bytes::from(text))
}

/// A file with one row, for the API's description.
pub(super) fn sample(row: AttendeeBody) -> String {
    let file = lines(Some(COLUMNS), [row].into_iter(), Zone::of(&concert().event.details)).unwrap_or_default();
    String::from_utf8_lossy(&file).into_owned()
}

/// The text as a cell that no spreadsheet takes for a formula (OWASP, CSV injection). Some spreadsheets split cells at
/// other characters than commas, as in countries with decimal commas. So each part of the text is checked.
fn harmless(text: &str) -> String {
    let parts = text.split_inclusive(ENDS_OF_CELLS).enumerate();
    parts
        .flat_map(|(at, part)| [if is_formula(part) || (at == 0 && is_blank(part)) { "'" } else { "" }, part])
        .collect()
}

/// Characters at which some spreadsheets split cells or lines.
const ENDS_OF_CELLS: [char; 5] = [';', '|', '\t', '\r', '\n'];

/// Signs that begin a formula, with their Unicode variants that spreadsheets accept.
const SIGNS: [char; 13] = [
    '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{2212}', '\u{fe62}', '\u{fe63}', '\u{fe66}',
    '\u{fe6b}',
];

/// Whether the part begins with such a sign. Invisible characters before it are skipped, as a spreadsheet may do.
fn is_formula(part: &str) -> bool {
    part.trim_start_matches(|c: char| c.is_control() || is_invisible(c)).starts_with(SIGNS)
}

/// Whether the part is only a tab or a line break.
fn is_blank(part: &str) -> bool {
    matches!(part, "\t" | "\r" | "\n")
}

/// The file's name, with the title's letters (RFC 6266, with RFC 8187), and in ASCII for clients that know no other.
fn disposition(event: &Event) -> String {
    let ascii = file_name(event, |c| c.is_ascii_alphanumeric()).to_ascii_lowercase();
    let name = file_name(event, is_of_word);
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(&name, ESCAPED))
}

/// A file name of the words of the event's title, and the day on which it starts where it takes place.
fn file_name(event: &Event, is_kept: fn(char) -> bool) -> String {
    let words = event.details.title.split(|c: char| !is_kept(c)).filter(|word| !word.is_empty());
    let mut title = words.collect::<Vec<_>>().join("-");
    title.truncate(title.floor_char_boundary(TITLE_BYTES_MAX));
    let day = Zone::of(&event.details).clock(event.details.starts_at).format("%Y-%m-%d").to_string();
    let parts = ["attendees", title.trim_end_matches('-'), &day];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.csv", parts.join("-"))
}

/// Whether a character is part of a word: a letter, a digit, or a sign of a script that writes parts of letters as
/// characters of their own. Signs that mean something to a file system are not among them.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{17d3}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::samples::concert as sample_concert;
    use actix_web::http::header::HeaderValue;
    use chrono::DateTime;
    use proptest::prelude::*;
    use serde_json::Value;
    use uuid::Uuid;

    fn row(name: &str, email: &str) -> AttendeeBody {
        AttendeeBody {
            registration_id: Uuid::nil().into(),
            user_id: Uuid::nil().into(),
            name: name.to_owned(),
            email: email.to_owned(),
            status: RegistrationStatus::Waitlisted,
            position: Some(3),
            ticket_type: TypeNumber::FIRST,
            ticket_type_name: "Standing".to_owned(),
            seats: Vec::new(),
            seat_count: 1,
            amount: 2_500,
            currency: Some("EUR"),
            held_until: None,
            paid_at: None,
            payment_id: None,
            owed_back: 0,
            admitted: 2,
            ticket_names: Vec::new(),
            registered_at: DateTime::from_timestamp_micros(1_900_000_000_123_456).unwrap(),
            confirmed_at: None,
            cancelled_at: None,
            cancellation: None,
            removal_reason: None,
            event_cancelled: false,
        }
    }

    fn berlin() -> Zone {
        Zone::of(&concert().event.details)
    }

    #[test]
    fn a_file_is_named_by_its_title_in_every_script_and_by_the_day_there() {
        for (title, zone, ascii, name) in [
            ("Café — «Été»/..\\x\"", "UTC", "caf-t-x", "Caf%C3%A9-%C3%89t%C3%A9-x"),
            ("\u{645}\u{647}\u{631}", "UTC", "", "%D9%85%D9%87%D8%B1"),
            ("\u{939}\u{93f}\u{928}\u{94d}", "UTC", "", "%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D"),
            ("\u{1f389}", "UTC", "", ""),
            ("Late", "Asia/Tokyo", "late", "Late"),
        ] {
            let mut event = concert().event;
            event.details.title = title.to_owned();
            event.details.time_zone = zone.to_owned();
            event.details.starts_at = DateTime::from_timestamp(1_900_000_800, 0).unwrap();
            // 18:00 in London, and the next morning in Tokyo.
            let day = if zone == "Asia/Tokyo" { "2030-03-18" } else { "2030-03-17" };
            let named =
                |title: &str| [title, day].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
            let expected = format!(
                "attachment; filename=\"attendees-{}.csv\"; filename*=UTF-8''attendees-{}.csv",
                named(ascii),
                named(name)
            );
            assert_eq!(disposition(&event), expected, "{title}");
        }
        let mut event = concert().event;
        event.details.title = "\u{1f389}é".repeat(100);
        assert!(file_name(&event, is_of_word).len() < 255);
    }

    #[test]
    fn a_file_has_the_columns_of_the_list() {
        let Value::Object(body) = serde_json::to_value(row("a", "b")).unwrap() else { panic!("no object") };
        let (mut listed, mut columns) = (body.keys().map(String::as_str).collect::<Vec<_>>(), COLUMNS.to_vec());
        listed.push("time_zone");
        listed.sort_unstable();
        columns.sort_unstable();
        assert_eq!(listed, columns);
        let text = lines(Some(COLUMNS), [row("Ann", "ann@example.com")].into_iter(), berlin()).unwrap();
        let nil = Uuid::nil();
        assert_eq!(
            std::str::from_utf8(&text).unwrap(),
            format!(
                "\u{feff}registration_id,user_id,name,email,status,position,registered_at,confirmed_at,cancelled_at,\
                 cancellation,removal_reason,time_zone,event_cancelled,ticket_type,ticket_type_name,seats,seat_count,\
                 amount,currency,held_until,paid_at,payment_id,owed_back,admitted,ticket_names\r\n\
                 {nil},{nil},Ann,ann@example.com,WAITLISTED,3,2030-03-17 18:46:40,,,,,Europe/Berlin,false,\
                 1,Standing,,1,2500,EUR,,,,0,2,\r\n"
            )
        );
    }

    #[test]
    fn special_characters_in_a_name_stay_in_its_cell() {
        let names = ["Ann, \"the\" Great", "Zoë Ångström", "two\nlines", "semi;colon", "'quoted'", ""];
        let text = lines(None, names.iter().map(|name| row(name, "a@example.com")), berlin()).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&text[..]);
        let read: Vec<_> = reader.records().map(|record| record.unwrap().get(2).unwrap().to_owned()).collect();
        assert_eq!(read, names);
    }

    #[test]
    fn no_cell_is_a_formula_wherever_cells_end() {
        for (text, expected) in [
            ("Ann;=1+1", "Ann;'=1+1"),
            ("Ann| \u{200b}+1;x;-2", "Ann|' \u{200b}+1;x;'-2"),
            ("Ann\t@x\r\n=1", "Ann\t'@x\r\n'=1"),
            ("=1;=2", "'=1;'=2"),
            ("\t=1", "'\t'=1"),
            (";=1", ";'=1"),
        ] {
            assert_eq!(harmless(text), expected);
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        for formula in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\rx",
            "  =1",
            "\u{a0}=1",
            "\u{3000}=1",
            "\u{feff}=1",
            "\u{200b}-1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "−1",
            "\u{fe62}1",
            "\u{fe63}1",
            "\u{fe66}1",
            "\u{fe6b}x",
            "\u{3164}=1",
            "\u{34f}=1",
            "\u{180e}=1",
            "\u{fe0f}=1",
            "\u{e0020}=1",
        ] {
            assert_eq!(harmless(formula), format!("'{formula}"));
            let (reason, type_name) = (Some(formula.to_owned()), formula.to_owned());
            let ticket_names = vec![formula.to_owned()];
            let removed = AttendeeBody {
                removal_reason: reason,
                ticket_type_name: type_name,
                ticket_names,
                ..row(formula, formula)
            };
            let text = lines(None, [removed].into_iter(), berlin()).unwrap();
            assert_eq!(String::from_utf8_lossy(&text).matches('\'').count(), 5, "{formula:?}");
        }
        let named =
            AttendeeBody { ticket_names: vec!["=1".to_owned(), "Ann".to_owned(), "+2".to_owned()], ..row("a", "b") };
        let text = lines(None, [named].into_iter(), berlin()).unwrap();
        assert!(String::from_utf8_lossy(&text).contains("'=1; Ann;' +2"), "wherever cells end");
        for name in ["Ann", "Jean-Luc", "a@example.com", " x", "1", "'=1", "Ann; Bo | Cy=1"] {
            assert_eq!(harmless(name), name);
        }
    }

    /// What ends cells, begins formulas, hides and quotes, among letters.
    const HOSTILE: &str = "([=+@;|\\t\\r\\n\"', \\-]|\u{ff1d}|\u{200b}|\u{a0}|\u{202e}|a|\u{e9}){0,12}";

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_cell_of_any_text_is_a_formula_and_nothing_of_it_is_lost(name in HOSTILE, ticket in HOSTILE) {
            let mut row = row(&name, "a@example.com");
            row.ticket_names = vec![ticket];
            let text = lines(None, [row].into_iter(), berlin()).unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&text[..]);
            let records: Vec<_> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!((records.len(), records[0].len()), (1, COLUMNS.len()));
            for cell in &records[0] {
                let parts = cell.split(ENDS_OF_CELLS).map(|part| part.trim_start_matches(|c: char| is_invisible(c)));
                prop_assert!(!cell.starts_with(['\t', '\r', '\n']), "{cell:?}");
                parts.for_each(|part| assert!(!part.starts_with(SIGNS), "{cell:?}"));
            }
            prop_assert_eq!(records[0][2].replace('\'', ""), name.replace('\'', ""));
        }

        #[test]
        fn the_header_with_the_files_name_is_one_line_of_ascii_whatever_the_title(
            title in "\\PC{0,80}|[\"\\\\;\r\n/.]{0,9}",
        ) {
            let mut event = sample_concert().event;
            event.details.title = title;
            let header = disposition(&event);
            prop_assert!(header.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{header}");
            prop_assert!(HeaderValue::from_str(&header).is_ok());
            let (plain, encoded) = header.split_once("; filename*=UTF-8''").unwrap();
            let name = plain.strip_prefix("attachment; filename=\"").and_then(|rest| rest.strip_suffix('"')).unwrap();
            for name in [name, encoded] {
                let is_sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-._%".contains(&byte);
                prop_assert!(name.bytes().all(is_sound) && name.ends_with(".csv") && name.len() < 255 * 3, "{header}");
                prop_assert!(!name.contains(".."), "{header}");
            }
        }
    }
}
