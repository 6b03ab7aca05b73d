//! Attendees as a CSV file (RFC 4180). It is streamed: each read of the database is sent before the next one.

use actix_web::HttpResponse;
use actix_web::body::None as NoBody;
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, VARY};
use actix_web::web::{Bytes, Data};
use boxoffice::lines::Snapshot;
use csv::{Terminator, WriterBuilder};
use domain::events::Event;
use domain::ids::{EventId, RegistrationId};
use domain::text::is_invisible;
use futures_util::{StreamExt, TryStreamExt, stream};
use repository::attendees::{self, Filter};
use repository::searches::SearchPage;

use super::rows::{AttendeeBody, has_nobody, line_for};
use crate::http::problems::Problem;
use crate::state::State;

/// Rows of one read. They take a few hundred kilobytes of memory.
const CHUNK: i64 = 1_000;

const COLUMNS: [&str; 11] = [
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
];

const TITLE_CHARACTERS_MAX: usize = 60;

/// All wanted attendees, as a file. If a later read fails, the transfer is cut off, so that no client mistakes a part
/// for the whole.
pub(super) async fn answer(
    state: Data<State>,
    event: &Event,
    wanted: Filter,
    method: &Method,
) -> Result<HttpResponse, Problem> {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8; header=present"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file_name(event))))
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
        event: event.id,
        has_nobody: has_nobody(event, &wanted),
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
    event: EventId,
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
        let (event, wanted) = (self.event, &self.wanted);
        let SearchPage { found, next } = if self.has_nobody {
            SearchPage { found: Vec::new(), next: None }
        } else {
            let _permit = self.state.exports.acquire().await?;
            self.state
                .pool
                .run(async |connection| attendees::list(connection, event, wanted, after, CHUNK).await)
                .await?
        };
        self.line = line_for(&self.state, event, &found, self.line.take()).await?;
        self.next = next.map_or(Next::End, Next::After);
        let rows = found.iter().map(|attendee| AttendeeBody::new(attendee, self.line.as_ref()));
        let lines = lines(header, rows).map_err(|error| Problem::Internal(error.into()))?;
        Ok(Some((lines, self)))
    }
}

fn lines(header: Option<[&str; 11]>, rows: impl Iterator<Item = AttendeeBody>) -> Result<Bytes, csv::Error> {
    let mut writer = WriterBuilder::new().has_headers(false).terminator(Terminator::CRLF).from_writer(Vec::new());
    if let Some(columns) = header {
        writer.write_record(columns)?;
    }
    for row in rows {
        let removal_reason = row.removal_reason.as_deref().map(harmless);
        let (name, email) = (harmless(&row.name), harmless(&row.email));
        writer.serialize(AttendeeBody { name, email, removal_reason, ..row })?;
    }
    let text = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(Bytes::from(text))
}

/// A file with one row, for the API's description.
pub(super) fn sample(row: AttendeeBody) -> String {
    let file = lines(Some(COLUMNS), [row].into_iter()).unwrap_or_default();
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

/// A file name of the event's title and date. Only ASCII letters and digits are kept, which every file system accepts.
fn file_name(event: &Event) -> String {
    let words = event.details.title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let title: String =
        words.collect::<Vec<_>>().join("-").to_ascii_lowercase().chars().take(TITLE_CHARACTERS_MAX).collect();
    let parts = ["attendees", title.trim_end_matches('-'), &event.details.starts_at.format("%Y-%m-%d").to_string()];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.csv", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use domain::registrations::RegistrationStatus;
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
            registered_at: DateTime::from_timestamp_micros(1_900_000_000_123_456).unwrap(),
            confirmed_at: None,
            cancelled_at: None,
            cancellation: None,
            removal_reason: None,
        }
    }

    #[test]
    fn a_file_has_the_columns_of_the_list() {
        let Value::Object(body) = serde_json::to_value(row("a", "b")).unwrap() else { panic!("no object") };
        let (mut listed, mut columns) = (body.keys().map(String::as_str).collect::<Vec<_>>(), COLUMNS.to_vec());
        listed.sort_unstable();
        columns.sort_unstable();
        assert_eq!(listed, columns);
        let text = lines(Some(COLUMNS), [row("Ann", "ann@example.com")].into_iter()).unwrap();
        let nil = Uuid::nil();
        assert_eq!(
            std::str::from_utf8(&text).unwrap(),
            format!(
                "registration_id,user_id,name,email,status,position,registered_at,confirmed_at,cancelled_at,\
                 cancellation,removal_reason\r\n\
                 {nil},{nil},Ann,ann@example.com,WAITLISTED,3,2030-03-17T17:46:40.123456Z,,,,\r\n"
            )
        );
    }

    #[test]
    fn special_characters_in_a_name_stay_in_its_cell() {
        let names = ["Ann, \"the\" Great", "Zoë Ångström", "two\nlines", "semi;colon", "'quoted'", ""];
        let text = lines(None, names.iter().map(|name| row(name, "a@example.com"))).unwrap();
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
            let removed = AttendeeBody { removal_reason: Some(formula.to_owned()), ..row(formula, formula) };
            let text = lines(None, [removed].into_iter()).unwrap();
            assert_eq!(String::from_utf8_lossy(&text).matches('\'').count(), 3, "{formula:?}");
        }
        for name in ["Ann", "Jean-Luc", "a@example.com", " x", "1", "'=1", "Ann; Bo | Cy=1"] {
            assert_eq!(harmless(name), name);
        }
    }
}
