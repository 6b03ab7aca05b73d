//! The caller of a request, and whether the route admits it. The token and the route's permission decide this, before
//! anything else of the request is read.

use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use auth::access::{Permission, anyone_may, may, may_run_event};
use auth::tokens::{Session, Tokens};
use chrono::Utc;
use domain::accounts::Role;
use domain::ids::{SessionId, UserId};
use futures_util::future::{Ready, ready};

use crate::http::arguments::Argument;
use crate::http::problems::{NoSession, Problem};

/// The caller of a request. The token is valid, the account has not changed since it was issued, and the role has the
/// route's permission. Handlers that anyone may call take an `Option` of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller {
    pub(crate) user: UserId,
    pub(crate) role: Role,
    /// The token's session. Tokens from before sessions had ids have none.
    pub(crate) session: Option<SessionId>,
}

impl Caller {
    /// Whether the caller may view and change this organizer's events.
    pub(crate) fn may_run_events_of(&self, organizer: UserId) -> bool {
        may_run_event(self.user, self.role, organizer)
    }

    /// Whether the caller may run the events of all organizers.
    pub(crate) fn may_run_any(&self) -> bool {
        may(self.role, Permission::RunAnyEvent)
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

/// Decides which requests reach a handler. The server sets it on every route.
pub(crate) struct Access {
    tokens: Arc<Tokens>,
    is_current: Box<dyn Fn(&Session) -> bool + Send + Sync>,
}

impl Access {
    /// Verifies tokens with `tokens`. `is_current` says whether the account is unchanged since the token was issued.
    pub(crate) fn new(tokens: Arc<Tokens>, is_current: impl Fn(&Session) -> bool + Send + Sync + 'static) -> Self {
        Self { tokens, is_current: Box::new(is_current) }
    }

    /// Admits the request and stores its [`Caller`], or refuses it.
    pub(crate) fn admit(&self, request: &HttpRequest, permission: Permission) -> Result<(), Problem> {
        if !reads_token(permission) {
            return Ok(());
        }
        let Some(token) = bearer_token(request)? else {
            return if anyone_may(permission) { Ok(()) } else { Err(Problem::Unauthenticated(NoSession::NoToken)) };
        };
        let session = self.tokens.verify(token, Utc::now())?;
        if !(self.is_current)(&session) {
            return Err(Problem::Unauthenticated(NoSession::AccessChanged));
        }
        if !may(session.role, permission) {
            return Err(Problem::Forbidden);
        }
        request.extensions_mut().insert(Caller { user: session.user, role: session.role, session: session.id });
        Ok(())
    }
}

/// Whether the route reads a token and refuses an invalid one. Sign-in and health checks need no account, so a stale
/// token does no harm there.
pub(crate) fn reads_token(permission: Permission) -> bool {
    !anyone_may(permission) || permission == Permission::Browse
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
