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
    pub(crate) access_version: i64,
    /// Whether the person had proven the account's e-mail address when the token was issued.
    pub(crate) is_verified: bool,
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
        let is_public = anyone_may(permission);
        let session = match self.session(request) {
            Ok(Some(session)) => session,
            Ok(None) if is_public => return Ok(()),
            Ok(None) => return Err(Problem::Unauthenticated(NoSession::NoToken)),
            // Everybody may read this. A token that has ended since is no reason to show less than to a stranger.
            Err(problem) if is_public => {
                request.extensions_mut().insert(UnusedToken(problem));
                return Ok(());
            }
            Err(problem) => return Err(problem),
        };
        if !may(session.role, permission) {
            return Err(Problem::Forbidden);
        }
        request.extensions_mut().insert(Caller {
            user: session.user,
            role: session.role,
            session: session.id,
            access_version: session.access_version,
            is_verified: session.is_verified,
        });
        Ok(())
    }

    /// The session of the request's token, if it has one.
    fn session(&self, request: &HttpRequest) -> Result<Option<Session>, Problem> {
        let Some(token) = bearer_token(request)? else { return Ok(None) };
        let session = self.tokens.verify(token, Utc::now())?;
        if (self.is_current)(&session) {
            Ok(Some(session))
        } else {
            Err(Problem::Unauthenticated(NoSession::AccessChanged))
        }
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
