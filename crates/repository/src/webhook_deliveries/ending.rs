//! How tries to send deliveries ended, and the endpoints that are switched off because of it.

use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Nullable, SmallInt, Text, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::account_mails::AccountMailKind;
use domain::ids::{AccountMailId, DeliveryId, WebhookId};
use domain::webhooks::DeliveryState;
use uuid::Uuid;

use super::taking::DueDelivery;
use crate::account_mails::{self, NewMail};
use crate::errors::Error;
use crate::messages::reason_to_store;

/// How a try to send a delivery ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The endpoint took it.
    Delivered,
    /// It is to be tried again after so many seconds, for this reason.
    Again(i32, String),
    /// It was tried for the last time, and failed for this reason.
    Failed(String),
    /// The endpoint answered that it is gone.
    Gone,
}

/// How a try to send a delivery ended, to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    event: Uuid,
    id: DeliveryId,
    endpoint: WebhookId,
    end: End,
    status: Option<i16>,
    answer: Option<String>,
}

impl Ended {
    /// The end of a try to send this delivery. `status` and `answer` are the endpoint's, if it answered.
    pub fn of(delivery: &DueDelivery, end: End, status: Option<u16>, answer: Option<String>) -> Self {
        let status = status.and_then(|status| i16::try_from(status).ok());
        Self { event: delivery.event, id: delivery.id, endpoint: delivery.endpoint, end, status, answer }
    }

    /// How.
    pub fn end(&self) -> &End {
        &self.end
    }
}

/// The most characters of an endpoint's answer that are kept.
pub const ANSWER_CHARACTERS_MAX: usize = 1_024;

/// An answer without what cannot be stored or shown. Its lines stay.
fn answer_to_store(answer: String) -> String {
    answer.chars().filter(|c| !c.is_control() || *c == '\n').take(ANSWER_CHARACTERS_MAX).collect()
}

/// For how many hours an endpoint has taken nothing when it is switched off with a delivery's last failure: somewhat
/// less than the schedule of one delivery.
const FAILING_HOURS: i32 = 60;

/// The same with any failure: where many deliveries wait, the last try of the first one is far away.
const FAILING_HOURS_MAX: i32 = 72;

const GONE: &str = "the endpoint answered that it is gone";

/// Stores how tries ended, atomically. A delivery that somebody else has ended meanwhile stays as it is.
///
/// An endpoint that is gone, or has taken nothing for three days, is switched off. Its owner gets a mail with an id
/// from `make_mail`, where mail is set up. Returns how many were switched off.
pub async fn end(
    connection: &mut AsyncPgConnection,
    ended: &[Ended],
    make_mail: Option<fn() -> AccountMailId>,
) -> Result<usize, Error> {
    let ids_of = |is: fn(&End) -> bool| -> Vec<Uuid> {
        let some = ended.iter().filter(|one| is(&one.end));
        some.map(|one| Uuid::from(one.endpoint)).collect()
    };
    connection
        .transaction(async |connection| {
            // Owners, endpoints, deliveries: whoever erases an account or deletes an endpoint locks them in this order.
            let (gone, failed) = (ids_of(|end| *end == End::Gone), ids_of(|end| matches!(end, End::Failed(_))));
            let refusing = ids_of(|end| *end != End::Delivered);
            if !refusing.is_empty() {
                diesel::sql_query(
                    "select from users where id in (select owner_id from webhook_endpoints where id = any($1)) \
                     order by id for no key update",
                )
                .bind::<Array<PgUuid>, _>(&refusing)
                .execute(connection)
                .await?;
            }
            diesel::sql_query("select from webhook_endpoints where id = any($1) order by id for no key update")
                .bind::<Array<PgUuid>, _>(ids_of(|_| true))
                .execute(connection)
                .await?;
            store_ends_in_txn(connection, ended).await?;
            diesel::sql_query(
                "update webhook_endpoints set failing_since = case when id = any($1) then null \
                 else coalesce(failing_since, statement_timestamp()) end \
                 where id = any($1) and failing_since is not null or id = any($2) and failing_since is null \
                 and id <> all($1)",
            )
            .bind::<Array<PgUuid>, _>(ids_of(|end| *end == End::Delivered))
            .bind::<Array<PgUuid>, _>(&refusing)
            .execute(connection)
            .await?;
            switch_off_in_txn(connection, gone, failed, refusing, make_mail).await
        })
        .await
}

async fn store_ends_in_txn(connection: &mut AsyncPgConnection, ended: &[Ended]) -> Result<(), Error> {
    let (mut states, mut errors, mut pauses) = (Vec::new(), Vec::new(), Vec::new());
    for one in ended {
        let (state, error, pause) = match &one.end {
            End::Delivered => (DeliveryState::Delivered, None, None),
            End::Again(seconds, reason) => (DeliveryState::Due, Some(reason.clone()), Some(*seconds)),
            End::Failed(reason) => (DeliveryState::Failed, Some(reason.clone()), None),
            End::Gone => (DeliveryState::Failed, Some(GONE.to_owned()), None),
        };
        states.push(state.as_str());
        errors.push(error.map(reason_to_store));
        pauses.push(pause);
    }
    diesel::sql_query(
        "update webhook_deliveries d set state = ends.state, last_error = ends.error, last_status = ends.status, \
         last_answer = ends.answer, ended_at = case when ends.state <> 'DUE' then statement_timestamp() end, \
         due_at = coalesce(statement_timestamp() + make_interval(secs => ends.pause), d.due_at) \
         from unnest($1, $2, $3, $4, $5, $6, $7) as ends (event_id, id, state, error, pause, status, answer) \
         where d.event_id = ends.event_id and d.id = ends.id and d.state = 'DUE'",
    )
    .bind::<Array<PgUuid>, _>(ended.iter().map(|one| one.event).collect::<Vec<_>>())
    .bind::<Array<PgUuid>, _>(ended.iter().map(|one| Uuid::from(one.id)).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(states)
    .bind::<Array<Nullable<Text>>, _>(errors)
    .bind::<Array<Nullable<Integer>>, _>(pauses)
    .bind::<Array<Nullable<SmallInt>>, _>(ended.iter().map(|one| one.status).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(
        ended.iter().map(|one| one.answer.clone().map(answer_to_store)).collect::<Vec<_>>(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn switch_off_in_txn(
    connection: &mut AsyncPgConnection,
    gone: Vec<Uuid>,
    failed: Vec<Uuid>,
    refusing: Vec<Uuid>,
    make_mail: Option<fn() -> AccountMailId>,
) -> Result<usize, Error> {
    #[derive(QueryableByName)]
    struct Off {
        #[diesel(sql_type = PgUuid)]
        owner_id: Uuid,
    }
    if refusing.is_empty() {
        return Ok(0);
    }
    let off: Vec<Off> = diesel::sql_query(
        "update webhook_endpoints set off_since = statement_timestamp(), \
         off_reason = case when id = any($1) then 'GONE' else 'FAILING' end \
         where off_since is null and (id = any($1) \
         or id = any($2) and failing_since < statement_timestamp() - make_interval(hours => $3) \
         or id = any($4) and failing_since < statement_timestamp() - make_interval(hours => $5)) returning owner_id",
    )
    .bind::<Array<PgUuid>, _>(gone)
    .bind::<Array<PgUuid>, _>(failed)
    .bind::<Integer, _>(FAILING_HOURS)
    .bind::<Array<PgUuid>, _>(refusing)
    .bind::<Integer, _>(FAILING_HOURS_MAX)
    .load(connection)
    .await?;
    if let Some(make_mail) = make_mail {
        for one in &off {
            let mail = NewMail { id: make_mail(), kind: AccountMailKind::WebhookOff, digest: None };
            account_mails::write(connection, one.owner_id.into(), None, &mail).await?;
        }
    }
    Ok(off.len())
}
