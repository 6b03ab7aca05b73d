//! Changes of access and sessions, in pages: every server reads them to know which tokens still hold.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::ids::SessionId;
use uuid::Uuid;

use crate::clocks::clock_timestamp;
use crate::errors::Error;
use crate::rows;
use crate::schema::users;
use crate::users::{Access, AccessChange, role_named};

/// A place in the order of changes: by time, and by account where times are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    changed_at: DateTime<Utc>,
    user: Uuid,
}

impl Place {
    /// Before every change that is later than this time.
    pub fn since(time: DateTime<Utc>) -> Self {
        Self { changed_at: time, user: Uuid::max() }
    }
}

/// A part of the accounts that changed, the earliest change first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The accounts as they are now.
    pub changes: Vec<AccessChange>,
    /// The place after the last of them; `None` after the last page.
    pub next: Option<Place>,
    /// The database's time before the read. A change becomes visible when it commits, and carries an earlier time. The
    /// next walk must begin earlier than the `read_at` of the first page of this one.
    pub read_at: DateTime<Utc>,
}

/// The accounts whose access or sessions changed after this place, at most `limit`. An account that changes during a
/// walk moves to its end. So a walk to the last page misses none that had changed before it.
pub async fn page(connection: &mut AsyncPgConnection, after: Place, limit: i64) -> Result<Page, Error> {
    let read_at: DateTime<Utc> = diesel::select(clock_timestamp()).get_result(connection).await?;
    // New accounts are no change.
    let is_changed = users::access_version.gt(1).or(users::ended_sessions.ne(Vec::<Uuid>::new()));
    let is_later = users::access_changed_at.gt(after.changed_at).or(users::id.gt(after.user));
    let mut rows: Vec<Row> = users::table
        // The first condition is the beginning of the index's range.
        .filter(users::access_changed_at.ge(after.changed_at).and(is_later).and(is_changed))
        .order((users::access_changed_at, users::id))
        .limit(limit.saturating_add(1))
        .select(Row::as_select())
        .load(connection)
        .await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let is_full = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| is_full).map(|row| Place { changed_at: row.access_changed_at, user: row.id });
    Ok(Page { changes: rows::all(rows)?, next, read_at })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = users, check_for_backend(diesel::pg::Pg))]
struct Row {
    access_changed_at: DateTime<Utc>,
    id: Uuid,
    role: String,
    is_active: bool,
    access_version: i64,
    ended_sessions: Vec<Uuid>,
}

impl TryFrom<Row> for AccessChange {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let Row { id, role, is_active, access_version, ended_sessions, .. } = row;
        let access = Access { user: id.into(), role: role_named(&role)?, is_active, access_version };
        Ok(Self { access, ended_sessions: ended_sessions.into_iter().map(SessionId::from).collect() })
    }
}
