//! Webhooks: the endpoints of an organizer or an administrator, and the log of what was sent to them. Nobody else's are
//! found, by administrators neither: with a secret goes the owner's word.

pub(crate) mod describe;

use std::net::IpAddr;

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use domain::ids::{DeliveryId, EventId, OrderId, RegistrationId, UserId, WebhookId};
use domain::webhooks::{DeliveryState, OffReason, WebhookKind};
use repository::AsyncPgConnection;
use repository::webhook_deliveries::{self as deliveries, ListedDelivery};
use repository::webhooks::{self as stored, Changes, Endpoint, NewEndpoint, Order, Switch};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use webhooks::secrets::Secret;

use crate::http::access::Caller;
use crate::http::client_address::ClientAddress;
use crate::http::extractors::{DeliveryPath, Json, NoBody, WebhookPath, present};
use crate::http::problems::Problem;
use crate::http::query::{Page, Parameter, Parameters};
use crate::http::schemas::one_of;
use crate::openapi::formats::{ChosenWebhookKind, Password, WebhookSecret, WebhookUrl};
use crate::resources::sign_ins::{known_by_password, own_account};
use crate::state::State;

/// The state of deliveries.
pub(crate) const STATE: Parameter = Parameter::optional("state", "Only deliveries in this state.", || {
    one_of(DeliveryState::ALL.map(DeliveryState::as_str))
});

/// The most kinds of one webhook: all that there are to choose.
const KINDS_MAX: usize = WebhookKind::ALL.len() - 1;

/// The events that a webhook tells of.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = WebhookScope)]
enum Scope {
    /// The owner's own.
    Own,
    /// All. Its owner was an administrator when it was made; should they be one no more, it tells of their own.
    All,
}

/// Whether a webhook is sent.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = WebhookState)]
enum OnOff {
    /// It is.
    On,
    /// It is not, and hears of nothing. Deliveries that were due wait.
    Off,
}

/// A webhook.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Webhook)]
pub(crate) struct WebhookBody {
    id: WebhookId,
    #[schema(value_type = WebhookUrl)]
    url: String,
    /// The kinds of changes that it tells of.
    #[schema(value_type = Vec<ChosenWebhookKind>, min_items = 1, max_items = 10)]
    kinds: Vec<WebhookKind>,
    scope: Scope,
    state: OnOff,
    /// Why it is off. Null while it is on.
    #[schema(required)]
    off_reason: Option<OffReason>,
    /// Since when it is off. Null while it is on.
    #[schema(required)]
    off_since: Option<DateTime<Utc>>,
    /// Since when its endpoint has taken nothing. Null if it took the last delivery.
    #[schema(required)]
    failing_since: Option<DateTime<Utc>>,
    /// Until when the former secret signs along. Null if there is none.
    #[schema(required)]
    former_secret_until: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

impl From<&Endpoint> for WebhookBody {
    fn from(endpoint: &Endpoint) -> Self {
        let (off_since, off_reason) = endpoint.off.unzip();
        Self {
            id: endpoint.id,
            url: endpoint.url.clone(),
            kinds: endpoint.kinds.clone(),
            scope: if endpoint.hears_all { Scope::All } else { Scope::Own },
            state: if off_since.is_some() { OnOff::Off } else { OnOff::On },
            off_reason,
            off_since,
            failing_since: endpoint.failing_since,
            former_secret_until: endpoint.former_until,
            created_at: endpoint.created_at,
        }
    }
}

/// A webhook with its secret, which is told once.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookWithSecret)]
struct WithSecret {
    webhook: WebhookBody,
    #[schema(value_type = WebhookSecret)]
    secret: String,
}

/// A webhook to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWebhook {
    #[schema(value_type = WebhookUrl)]
    url: String,
    /// The kinds of changes that it tells of.
    #[schema(value_type = Vec<ChosenWebhookKind>, min_items = 1, max_items = 10)]
    kinds: Vec<WebhookKind>,
    #[schema(value_type = Password)]
    current_password: String,
}

/// Changes of a webhook. Fields that are left out stay as they are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookChanges {
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = WebhookUrl, required = false)]
    url: Option<String>,
    /// The kinds of changes that it tells of.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Vec<ChosenWebhookKind>, min_items = 1, max_items = 10, required = false)]
    kinds: Option<Vec<WebhookKind>>,
    /// `ON` also forgets that its endpoint failed.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = OnOff, required = false)]
    state: Option<OnOff>,
    /// Must be given with `url`.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Password, required = false)]
    current_password: Option<String>,
}

/// The order to give a webhook another secret.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookRotation)]
pub(crate) struct Rotation {
    #[schema(value_type = Password)]
    current_password: String,
}

/// A delivery of a webhook.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = WebhookDelivery)]
pub(crate) struct DeliveryBody {
    /// The `webhook-id` of all its tries.
    id: DeliveryId,
    kind: WebhookKind,
    /// Null for a test.
    #[schema(required)]
    event_id: Option<EventId>,
    /// Null if it is about the event as a whole, or a test.
    #[schema(required)]
    registration_id: Option<RegistrationId>,
    state: DeliveryState,
    created_at: DateTime<Utc>,
    /// When it is tried next. Null unless it is due.
    #[schema(required)]
    next_try_at: Option<DateTime<Utc>>,
    /// When its endpoint took it, or its last try failed. Null while it is due.
    #[schema(required)]
    ended_at: Option<DateTime<Utc>>,
    #[schema(minimum = 0)]
    tries: i16,
    /// The status of the endpoint's last answer. Null if there was none.
    #[schema(required, minimum = 100, maximum = 999)]
    last_status: Option<i16>,
    /// Why the last try failed. Null if it did not.
    #[schema(required)]
    last_error: Option<String>,
    /// The first 1,024 characters of the endpoint's last answer. Null if there was none.
    #[schema(required)]
    last_answer: Option<String>,
}

impl From<&ListedDelivery> for DeliveryBody {
    fn from(delivery: &ListedDelivery) -> Self {
        let delivery = delivery.clone();
        Self {
            id: delivery.id,
            kind: delivery.kind,
            event_id: delivery.event,
            registration_id: delivery.registration,
            state: delivery.state,
            created_at: delivery.created_at,
            next_try_at: (delivery.state == DeliveryState::Due).then_some(delivery.due_at),
            ended_at: delivery.ended_at,
            tries: delivery.tries,
            last_status: delivery.last_status,
            last_error: delivery.last_error,
            last_answer: delivery.last_answer,
        }
    }
}

/// A test that will be sent.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookTest)]
struct TestBody {
    /// Its delivery.
    id: DeliveryId,
}

/// The caller's webhooks, the oldest first.
pub(crate) async fn list(state: Data<State>, caller: Caller) -> Result<HttpResponse, Problem> {
    let list = async |connection: &mut AsyncPgConnection| stored::list(connection, caller.user).await;
    let found = state.pool.run(list).await?;
    Ok(HttpResponse::Ok().json(Page::whole(found.iter().map(WebhookBody::from).collect())))
}

/// Makes a webhook. It tells of bookings for longer than the session lasts that makes it, so the caller proves to know
/// the password.
pub(crate) async fn create(
    state: Data<State>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    Json(NewWebhook { url, kinds, current_password }): Json<NewWebhook>,
) -> Result<HttpResponse, Problem> {
    let (url, kinds) = (checked_url(&state, &url)?, checked_kinds(kinds)?);
    must_know_password(&state, caller, address, current_password).await?;
    let secret = new_secret()?;
    let order = order_of(caller, WebhookId::from(Uuid::now_v7()));
    let new = NewEndpoint { url: &url, kinds: &kinds, hears_all: caller.may_run_any(), secret: secret.expose() };
    let create = async |connection: &mut AsyncPgConnection| stored::create(connection, &order, &new).await;
    let made = state.pool.run(create).await?;
    Ok(HttpResponse::Created().json(with_secret(&made, &secret)))
}

/// Changes a webhook. Another address is as good as another webhook, so the caller proves to know the password.
pub(crate) async fn change(
    state: Data<State>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    WebhookPath(id): WebhookPath,
    Json(body): Json<WebhookChanges>,
) -> Result<HttpResponse, Problem> {
    let changes = Changes {
        url: body.url.map(|url| checked_url(&state, &url)).transpose()?,
        kinds: body.kinds.map(checked_kinds).transpose()?,
        switch: body.state.map(|state| match state {
            OnOff::On => Switch::On,
            OnOff::Off => Switch::Off,
        }),
    };
    match body.current_password {
        Some(password) => must_know_password(&state, caller, address, password).await?,
        None if changes.url.is_some() => {
            return Err(Problem::field("current_password", "must be given with another address"));
        }
        None => {}
    }
    let order = order_of(caller, id);
    let change = async |connection: &mut AsyncPgConnection| stored::change(connection, &order, &changes).await;
    let changed = state.pool.run(change).await.map_err(not_found)?;
    Ok(HttpResponse::Ok().json(WebhookBody::from(&changed)))
}

/// Deletes a webhook, with its log.
pub(crate) async fn delete(
    state: Data<State>,
    caller: Caller,
    WebhookPath(id): WebhookPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let order = order_of(caller, id);
    let delete = async |connection: &mut AsyncPgConnection| stored::delete(connection, &order).await;
    state.pool.run(delete).await.map_err(not_found)?;
    Ok(HttpResponse::NoContent().finish())
}

/// Gives a webhook another secret. Whoever has it can sign in the webhook's name, so the caller proves to know the
/// password.
pub(crate) async fn rotate(
    state: Data<State>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    WebhookPath(id): WebhookPath,
    Json(Rotation { current_password }): Json<Rotation>,
) -> Result<HttpResponse, Problem> {
    must_know_password(&state, caller, address, current_password).await?;
    let (secret, order) = (new_secret()?, order_of(caller, id));
    let rotate = async |connection: &mut AsyncPgConnection| stored::rotate(connection, &order, secret.expose()).await;
    let rotated = state.pool.run(rotate).await.map_err(not_found)?;
    Ok(HttpResponse::Ok().json(with_secret(&rotated, &secret)))
}

/// Has a test sent.
pub(crate) async fn test(
    state: Data<State>,
    caller: Caller,
    WebhookPath(id): WebhookPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    must_be_on(&own(&state, caller.user, id).await?)?;
    let delivery = DeliveryId::from(Uuid::now_v7());
    let test = async |connection: &mut AsyncPgConnection| deliveries::test(connection, caller.user, id, delivery).await;
    let made = state.pool.run(test).await.map_err(not_found)?;
    Ok(HttpResponse::Accepted().json(TestBody { id: made }))
}

/// The log of a webhook, the newest delivery first.
pub(crate) async fn list_deliveries(
    state: Data<State>,
    caller: Caller,
    WebhookPath(id): WebhookPath,
    parameters: Parameters,
) -> Result<HttpResponse, Problem> {
    let (limit, before) = (parameters.limit()?, parameters.cursor::<DeliveryId>()?);
    let of = parameters.named(STATE.name, DeliveryState::ALL.map(|state| (state.as_str(), state)))?;
    own(&state, caller.user, id).await?;
    let list = async |connection: &mut AsyncPgConnection| {
        deliveries::list(connection, caller.user, id, of, before, limit + 1).await
    };
    let found = state.pool.run(list).await?;
    let page = Page::of(found, limit, |delivery| delivery.id.to_string(), |delivery| DeliveryBody::from(delivery));
    Ok(HttpResponse::Ok().json(page))
}

/// Has a delivery sent once more.
pub(crate) async fn resend(
    state: Data<State>,
    caller: Caller,
    WebhookPath(id): WebhookPath,
    DeliveryPath(delivery): DeliveryPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    must_be_on(&own(&state, caller.user, id).await?)?;
    let resend =
        async |connection: &mut AsyncPgConnection| deliveries::resend(connection, caller.user, id, delivery).await;
    let sent = state.pool.run(resend).await;
    sent.map_err(|error| match error {
        repository::Error::NotFound => Problem::NotFound("delivery"),
        error => error.into(),
    })?;
    Ok(HttpResponse::NoContent().finish())
}

/// The password is that of the account as it is now. If its access has changed since the caller's token was issued, the
/// order is refused all the same.
async fn must_know_password(
    state: &State,
    caller: Caller,
    address: IpAddr,
    current_password: String,
) -> Result<(), Problem> {
    let user = own_account(state, caller).await?;
    known_by_password(state, address, user, current_password).await?;
    Ok(())
}

fn order_of(caller: Caller, endpoint: WebhookId) -> Order {
    let id = OrderId::from(Uuid::now_v7());
    Order { id, owner: caller.user, access_version: caller.access_version, endpoint }
}

async fn own(state: &State, owner: UserId, id: WebhookId) -> Result<Endpoint, Problem> {
    let find = async |connection: &mut AsyncPgConnection| stored::find(connection, owner, id).await;
    state.pool.run(find).await?.ok_or(Problem::NotFound("webhook"))
}

fn must_be_on(endpoint: &Endpoint) -> Result<(), Problem> {
    if endpoint.off.is_none() { Ok(()) } else { Err(Problem::WebhookOff) }
}

fn not_found(error: repository::Error) -> Problem {
    match error {
        repository::Error::NotFound => Problem::NotFound("webhook"),
        error => error.into(),
    }
}

/// The address in its own spelling.
fn checked_url(state: &State, url: &str) -> Result<String, Problem> {
    let checked = state.webhook_sender.check(url.trim());
    checked.map(|url| url.as_str().to_owned()).map_err(|error| Problem::field("url", error.to_string()))
}

/// Each kind once, in one order.
fn checked_kinds(mut kinds: Vec<WebhookKind>) -> Result<Vec<WebhookKind>, Problem> {
    if !(1..=KINDS_MAX).contains(&kinds.len()) || !kinds.iter().all(|kind| kind.can_be_chosen()) {
        let names = WebhookKind::ALL.into_iter().filter(|kind| kind.can_be_chosen()).map(WebhookKind::as_str);
        let names = names.collect::<Vec<_>>().join(", ");
        return Err(Problem::field("kinds", format!("must be 1 to {KINDS_MAX} of {names}")));
    }
    kinds.sort_unstable();
    kinds.dedup();
    Ok(kinds)
}

fn new_secret() -> Result<Secret, Problem> {
    Secret::random().map_err(|error| Problem::Internal(error.into()))
}

fn with_secret(endpoint: &Endpoint, secret: &Secret) -> WithSecret {
    WithSecret { webhook: WebhookBody::from(endpoint), secret: secret.expose().to_owned() }
}
