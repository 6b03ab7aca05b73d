//! Who asks, and whether they may: from the token and the route's permission, before anything else of a request is
//! read.

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use auth::access::{Permission, anyone_may, may, may_run_event};
use chrono::Utc;
use domain::accounts::Role;
use domain::ids::UserId;
use futures_util::future::{Ready, ready};

use crate::http::arguments::Argument;
use crate::http::problems::{NoSession, Problem};
use crate::state::State;

/// Who asks: somebody whose token was valid, whose account has not changed since it was issued, and whose role allows
/// what the route does. For a handler that anyone may call, an `Option` of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller {
    pub(crate) user: UserId,
    pub(crate) role: Role,
}

impl Caller {
    /// Whether the caller may see and change everything of events of this organizer.
    pub(crate) fn may_run_events_of(&self, organizer: UserId) -> bool {
        may_run_event(self.user, self.role, organizer)
    }

    /// Whether the caller may run everybody's events.
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

/// Lets the request pass, or says why not.
pub(crate) fn admit(state: &State, request: &HttpRequest, permission: Permission) -> Result<(), Problem> {
    if !reads_token(permission) {
        return Ok(());
    }
    let Some(token) = bearer_token(request)? else {
        return if anyone_may(permission) { Ok(()) } else { Err(Problem::Unauthenticated(NoSession::NoToken)) };
    };
    let session = state.tokens.verify(token, Utc::now())?;
    if !state.access_list.admits(&session) {
        return Err(Problem::Unauthenticated(NoSession::AccessChanged));
    }
    if !may(session.role, permission) {
        return Err(Problem::Forbidden);
    }
    request.extensions_mut().insert(Caller { user: session.user, role: session.role });
    Ok(())
}

/// Whether a token that comes along is looked at, and refused if it is not valid. Whoever signs in or asks for the
/// server's health is nobody yet, whatever old token a client still sends along.
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
