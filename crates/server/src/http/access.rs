//! The caller of a request, and whether the route admits it. The token, or the API key, and the route's permission
//! decide this, before anything else of the request is read.

use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use auth::access::{Permission, anyone_may, may, may_check_in, may_run_event, of_keys};
use auth::api_keys::ApiKey;
use auth::tokens::{Session, Tokens};
use chrono::Utc;
use domain::accounts::Role;
use domain::api_keys::KeyPermissions;
use domain::ids::{ApiKeyId, EventId, SessionId, UserId};
use futures_util::future::{LocalBoxFuture, Ready, ready};
use repository::api_keys::Holder;

use crate::http::arguments::Argument;
use crate::http::problems::{KeyRefusal, NoSession, Problem};

/// The caller of a request. The token or the API key is valid, the account has not changed since it was issued, and the
/// role, and the key, have the route's permission. Handlers that anyone may call take an `Option` of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller {
    pub(crate) user: UserId,
    pub(crate) role: Role,
    /// The token's session. Tokens from before sessions had ids have none, and neither have API keys.
    pub(crate) session: Option<SessionId>,
    /// The API key, if the request has one in the place of a token.
    pub(crate) key: Option<CallersKey>,
    pub(crate) access_version: i64,
    /// Whether the person had proven the account's e-mail address when the token was issued.
    pub(crate) is_verified: bool,
}

/// The API key that a caller has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CallersKey {
    pub(crate) id: ApiKeyId,
    permissions: KeyPermissions,
}

impl Caller {
    /// Whether the role has the permission, and so has the key, if there is one.
    fn has(&self, permission: Permission) -> bool {
        let key_has = |key: CallersKey| of_keys(permission).is_some_and(|needed| key.permissions.has(needed));
        may(self.role, permission) && self.key.is_none_or(key_has)
    }

    /// Whether the caller may view and change this organizer's events.
    pub(crate) fn may_run_events_of(&self, organizer: UserId) -> bool {
        may_run_event(self.user, |permission| self.has(permission), organizer)
    }

    /// Whether the caller may check people in at an event of this organizer. An API key for check-ins needs no
    /// permission to run the owner's own events, but those of others it reaches only if it may run any.
    pub(crate) fn may_check_in(&self, organizer: UserId, is_staff: bool) -> bool {
        may_check_in(self.user, self.role, self.has(Permission::RunAnyEvent), organizer, is_staff)
    }

    /// Whether the caller may run the events of all organizers.
    pub(crate) fn may_run_any(&self) -> bool {
        self.has(Permission::RunAnyEvent)
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Self>().copied();
        ready(caller.ok_or(Problem::Unauthenticated(NoSession::NoToken)))
    }
}

impl Argument for Caller {}

impl Argument for Option<Caller> {}

/// Looks the key up that a text is meant to be: a key that works, or the problem of it.
pub(crate) type FindKey = Box<dyn Fn(&str) -> LocalBoxFuture<'static, Result<Arc<Holder>, Problem>> + Send + Sync>;

/// Decides which requests reach a handler. The server sets it on every route.
pub(crate) struct Access {
    tokens: Arc<Tokens>,
    is_current: Box<dyn Fn(&Session) -> bool + Send + Sync>,
    find_key: FindKey,
}

impl Access {
    /// Verifies tokens with `tokens`. `is_current` says whether the account is unchanged since the token was issued.
    /// `find_key` looks API keys up.
    pub(crate) fn new(
        tokens: Arc<Tokens>,
        is_current: impl Fn(&Session) -> bool + Send + Sync + 'static,
        find_key: FindKey,
    ) -> Self {
        Self { tokens, is_current: Box::new(is_current), find_key }
    }

    /// Admits the request and stores its [`Caller`], or refuses it. Requests with tokens do not wait for anything.
    pub(crate) async fn admit(&self, request: &HttpRequest, permission: Permission) -> Result<(), Problem> {
        if !reads_token(permission) {
            return Ok(());
        }
        let caller = match bearer_token(request) {
            // Few requests have a key, so the others have no room for it.
            Ok(Some(key)) if ApiKey::is_meant(key) => Box::pin(self.by_key(key, request, permission)).await.map(Some),
            Ok(Some(token)) => self.by_token(token, permission).map(Some),
            Ok(None) => Ok(None),
            Err(problem) => Err(problem),
        };
        let is_public = anyone_may(permission);
        match caller {
            Ok(Some(caller)) => {
                request.extensions_mut().insert(caller);
            }
            Ok(None) if is_public => {}
            Ok(None) => return Err(Problem::Unauthenticated(NoSession::NoToken)),
            // Everybody may read this. A token that has ended since is no reason to show less than to a stranger.
            Err(problem) if is_public => {
                request.extensions_mut().insert(UnusedToken(problem));
            }
            Err(problem) => return Err(problem),
        }
        Ok(())
    }

    fn by_token(&self, token: &str, permission: Permission) -> Result<Caller, Problem> {
        let session = self.tokens.verify(token, Utc::now())?;
        if !(self.is_current)(&session) {
            return Err(Problem::Unauthenticated(NoSession::AccessChanged));
        }
        if !may(session.role, permission) {
            return Err(Problem::Forbidden);
        }
        Ok(Caller {
            user: session.user,
            role: session.role,
            session: session.id,
            key: None,
            access_version: session.access_version,
            is_verified: session.is_verified,
        })
    }

    async fn by_key(&self, key: &str, request: &HttpRequest, permission: Permission) -> Result<Caller, Problem> {
        let holder = (self.find_key)(key).await?;
        if !takes_keys(permission) {
            return Err(Problem::KeyForbidden(KeyRefusal::NeedsSession));
        }
        if let Some(needed) = of_keys(permission)
            && !holder.permissions.has(needed)
        {
            return Err(Problem::KeyForbidden(KeyRefusal::Lacks(needed)));
        }
        if !may(holder.role, permission) {
            return Err(Problem::Forbidden);
        }
        // All routes of keys that have an id in this place are about an event. A test holds this.
        let event: Option<EventId> = request.match_info().get("id").and_then(|id| id.parse().ok());
        if !holder.events.reach(event) {
            return Err(Problem::KeyForbidden(KeyRefusal::OtherEvents));
        }
        Ok(Caller {
            user: holder.owner,
            role: holder.role,
            session: None,
            key: Some(CallersKey { id: holder.id, permissions: holder.permissions }),
            access_version: holder.access_version,
            is_verified: holder.is_verified,
        })
    }
}

/// The reason why the token of a request to a public route is not used.
struct UnusedToken(Problem);

/// The reason why the request's token was not used, if the route is public and the token is not valid. For an answer
/// that not everybody gets.
pub(crate) fn unused_token(request: &HttpRequest) -> Option<Problem> {
    request.extensions_mut().remove::<UnusedToken>().map(|UnusedToken(problem)| problem)
}

/// Whether the route reads a token. Sign-in and health checks need no account. Public routes use a valid token, and
/// ignore any other.
pub(crate) fn reads_token(permission: Permission) -> bool {
    !anyone_may(permission) || permission == Permission::Browse
}

/// Whether the route takes API keys in the place of tokens. Public routes show their owners more than strangers.
pub(crate) fn takes_keys(permission: Permission) -> bool {
    of_keys(permission).is_some() || permission == Permission::Browse
}

fn bearer_token(request: &HttpRequest) -> Result<Option<&str>, Problem> {
    let mut credentials = request.headers().get_all(AUTHORIZATION);
    let Some(first) = credentials.next() else { return Ok(None) };
    let token = first.to_str().ok().and_then(|text| text.split_once(' '));
    match token {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && credentials.next().is_none() => {
            Ok(Some(token.trim()))
        }
        _ => Err(Problem::Unauthenticated(NoSession::InvalidToken)),
    }
}
