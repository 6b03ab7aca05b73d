//! The steps that every request passes. The request gets an id. Its answer gets the common headers, and a body if it is
//! a problem. The log gets at most one line.

use std::fmt;
use std::io::{self, ErrorKind};
use std::mem;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderMap;
use actix_web::http::{ConnectionType, Method, StatusCode, Version};
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, ResponseError};
use auth::api_keys::has_key;
use futures_util::FutureExt;
use futures_util::future::{Either, ready};

use crate::http::access::Caller;
use crate::http::connections::phase::{BodyEnd, Phase};
use crate::http::cross_origin::{Origins, Sharing};
use crate::http::headers;
use crate::http::hosts::Hosts;
use crate::http::problems::Problem;
use crate::http::request_ids::RequestId;
use crate::http::traffic::Traffic;

/// The log has only the beginning of a longer path.
const LOGGED_PATH_CHARACTERS_MAX: usize = 200;

/// The layer in front of all routes.
#[derive(Debug, Clone)]
pub(crate) struct Front {
    /// The counts of requests.
    pub(crate) traffic: Arc<Traffic>,
    /// The host names under which the server answers.
    pub(crate) hosts: Arc<Hosts>,
    /// The origins whose pages may read the answers.
    pub(crate) origins: Origins,
}

/// As many requests in flight may keep the whole room that the HTTP library gives them, seven kilobytes each. Shrinking
/// takes a fiftieth of a server's time.
const ROOMY_REQUESTS_MAX: i64 = 2_000;

/// Passes a request on, finishes its answer and counts it.
pub(crate) fn finish<S>(
    mut request: ServiceRequest,
    service: &S,
    front: &Front,
) -> impl Future<Output = Result<ServiceResponse, Error>> + use<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse, Error = Error>,
{
    let in_flight = front.traffic.begin();
    if front.traffic.in_flight() > ROOMY_REQUESTS_MAX {
        shrink(request.headers_mut());
    }
    let phase = request.request().conn_data::<Rc<Phase>>().cloned();
    if let Some(phase) = &phase {
        let payload = phase.watch(request.take_payload());
        request.set_payload(payload);
    }
    let phase = phase.map(|phase| phase.begin());
    let id = RequestId::of(request.headers());
    let sharing = front.origins.sharing(request.headers());
    let answering = if !front.hosts.admit(request.uri(), request.headers()) {
        Either::Right(ready(Ok(request.error_response(Problem::MisdirectedRequest))))
    } else if let Some(allowed) = sharing.preflight(request.method(), request.headers()) {
        Either::Right(ready(Ok(request.into_response(allowed))))
    } else {
        Either::Left(service.call(request))
    };
    let answering = id.scope(AssertUnwindSafe(answering).catch_unwind());
    async move {
        let unfinished = |problem: Problem| {
            in_flight.lost(problem.status_code());
            Unfinished { problem, id: id.clone(), sharing: sharing.clone() }.into()
        };
        let mut response = match answering.await {
            Ok(Ok(response)) => response,
            // The error comes without its request, so there is no response to finish. The HTTP layer renders the error.
            Ok(Err(error)) => return Err(unfinished(problem_of(&error))),
            Err(_) => return Err(unfinished(Problem::internal("a handler panicked"))),
        };
        if let Some(rendered) = rendered(&response, &id, in_flight.began) {
            response = response.into_response(rendered);
        } else {
            log(response.request(), response.status(), None, &id, in_flight.began);
        }
        in_flight.answered(response.request(), response.status());
        headers::add(response.headers_mut(), id);
        sharing.add(response.headers_mut());
        let ends = end_of_body(&mut response);
        Ok(match phase {
            Some(answering) => response.map_body(|_, body| answering.watch(body, ends)),
            None => response,
        })
    }
}

/// Lets a body of unknown length end with the connection where the client knows no chunks, which came with HTTP/1.1.
fn end_of_body(response: &mut ServiceResponse) -> BodyEnd {
    if response.request().version() >= Version::HTTP_11 || response.response().body().size() != BodySize::Stream {
        return BodyEnd::Marked;
    }
    let head = response.response_mut().head_mut();
    head.no_chunking(true);
    head.set_connection_type(ConnectionType::Close);
    BodyEnd::Connection
}

/// Frees the unused room of a header map, which each waiting request would hold.
fn shrink(headers: &mut HeaderMap) {
    let small = HeaderMap::with_capacity(headers.len_keys());
    for (name, value) in mem::replace(headers, small) {
        headers.append(name, value);
    }
}

fn rendered(response: &ServiceResponse, id: &RequestId, began: Instant) -> Option<HttpResponse> {
    let error = response.response().error()?;
    let foreign;
    let problem = match error.as_error::<Problem>() {
        Some(problem) => problem,
        None => {
            foreign = problem_of(error);
            &foreign
        }
    };
    log(response.request(), problem.status_code(), Some(problem), id, began);
    Some(problem.response(id.as_str()))
}

/// The problem of a library's error, such as a path out of the folder or a method that files do not take.
fn problem_of(error: &Error) -> Problem {
    if let Some(error) = error.as_error::<io::Error>() {
        return match error.kind() {
            // `InvalidFilename` means that the path is too long.
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidInput | ErrorKind::InvalidFilename => {
                Problem::NotFound("page")
            }
            _ => Problem::Unavailable(format!("a file cannot be read: {error}").into()),
        };
    }
    match error.as_response_error().status_code() {
        StatusCode::METHOD_NOT_ALLOWED => Problem::method_not_allowed(&[Method::GET, Method::HEAD]),
        status if status.is_client_error() => Problem::NotFound("page"),
        _ => Problem::internal(error.to_string()),
    }
}

/// Writes the request's line. A sale makes tens of thousands of answers a second. So successes and refusals by the
/// sale's rules are logged for debugging only.
fn log(request: &HttpRequest, status: StatusCode, problem: Option<&Problem>, id: &RequestId, began: Instant) {
    // It names the program of its owner that asked.
    let api_key = request.extensions().get::<Caller>().and_then(|caller| caller.key).map(|key| key.id);
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(
                request_id = id.as_str(),
                method = %request.method(),
                path = shown(request.path()),
                status = status.as_u16(),
                api_key = api_key.map(tracing::field::display),
                problem = problem.map(Problem::code),
                cause = problem.and_then(Problem::cause),
                microseconds = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
                "request"
            )
        };
    }
    match problem {
        None
        | Some(
            Problem::Busy { .. }
            | Problem::TooManyAttempts { .. }
            | Problem::TooManyAccounts { .. }
            | Problem::EditConflict { .. },
        ) => line!(debug),
        Some(_) if status == StatusCode::CONFLICT => line!(debug),
        Some(_) if status.is_client_error() => line!(info),
        // A load balancer asks every second. The log has a line when the answer changes.
        Some(Problem::NotReady { .. }) => line!(debug),
        Some(Problem::OutcomeUnknown | Problem::Unavailable(_)) => line!(warn),
        Some(_) => line!(error),
    }
}

/// The addresses below these are secrets: whoever reads the log must not learn them.
const SECRET: [&str; 2] = ["/calendar/", "/unsubscribe/"];

fn shown(path: &str) -> &str {
    if has_key(path) {
        return "(an API key)";
    }
    SECRET.into_iter().find(|secret| path.starts_with(secret)).unwrap_or_else(|| beginning(path))
}

fn beginning(path: &str) -> &str {
    path.char_indices().nth(LOGGED_PATH_CHARACTERS_MAX).and_then(|(end, _)| path.get(..end)).unwrap_or(path)
}

/// A problem of a request that has no response.
struct Unfinished {
    problem: Problem,
    id: RequestId,
    sharing: Sharing,
}

impl ResponseError for Unfinished {
    fn status_code(&self) -> StatusCode {
        self.problem.status_code()
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        tracing::error!(request_id = self.id.as_str(), cause = self.problem.cause(), "request");
        let mut response = self.problem.response(self.id.as_str());
        headers::add(response.headers_mut(), self.id.clone());
        self.sharing.clone().add(response.headers_mut());
        response
    }
}

impl fmt::Debug for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.problem, f)
    }
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.problem, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::problems::Check;
    use crate::process::telemetry::captured::Lines;
    use actix_web::body::to_bytes;
    use actix_web::http::header::{HeaderName, HeaderValue};
    use actix_web::test::{TestRequest, init_service};
    use actix_web::{App, web};
    use serde_json::Value;

    type Make = fn() -> Problem;

    async fn answer(problem: Option<Make>) -> (HttpResponse, Vec<String>) {
        let lines = Lines::default();
        let log = tracing_subscriber::fmt().with_writer(lines.clone()).with_ansi(false).finish();
        let _log = tracing::subscriber::set_default(log);
        let handler = move || async move {
            match problem {
                Some(problem) => HttpResponse::from_error(problem()),
                None => panic!("on purpose"),
            }
        };
        let front = Front { traffic: Arc::new(Traffic::new()), hosts: Arc::default(), origins: Origins::default() };
        let app = init_service(
            App::new().route("/", web::to(handler)).wrap_fn(move |request, service| finish(request, service, &front)),
        )
        .await;
        let request = TestRequest::get().uri("/").insert_header(("x-request-id", "the-request")).to_request();
        let response = match app.call(request).await {
            Ok(response) => response.into_parts().1,
            Err(error) => error.error_response(),
        };
        let lines = lines.text();
        (response, lines.lines().map(str::to_owned).collect())
    }

    #[actix_web::test]
    async fn a_panic_is_a_problem_like_others() {
        let (response, lines) = answer(None).await;
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers().get("x-request-id").unwrap(), "the-request");
        assert!(response.headers().contains_key("content-security-policy"));
        let body: Value = serde_json::from_slice(&to_bytes(response.into_body()).await.unwrap()).unwrap();
        assert_eq!(body["type"], "/problems/internal");
        assert_eq!(body["request_id"], "the-request");
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains("ERROR") && lines[0].contains("the-request"), "{lines:?}");
    }

    #[test]
    fn small_headers_are_all_headers() {
        let (name, other) = (HeaderName::from_static("x-one"), HeaderName::from_static("x-two"));
        let mut headers = HeaderMap::with_capacity(16);
        for value in ["first", "second"] {
            headers.append(name.clone(), HeaderValue::from_static(value));
        }
        headers.append(other.clone(), HeaderValue::from_static("third"));
        let room = headers.capacity();
        shrink(&mut headers);
        assert!(headers.capacity() < room);
        assert_eq!(headers.get_all(&name).collect::<Vec<_>>(), ["first", "second"]);
        assert_eq!(headers.get(&other).unwrap(), "third");
        assert_eq!(headers.len(), 3);
    }

    #[test]
    fn the_log_has_the_beginning_of_a_long_path() {
        let (short, long) = ("/é".repeat(100), "/é".repeat(30_000));
        assert_eq!(beginning(&short), short);
        assert_eq!(beginning(&long), short);
    }

    #[test]
    fn the_log_has_no_api_key() {
        let key = auth::api_keys::ApiKey::random().unwrap();
        let logged = shown(&format!("/events/{}", key.expose())).to_owned();
        assert!(!logged.contains(key.shown()), "{logged}");
        assert_eq!(shown("/events/onsale%5Flive%5F0123456789abcdefghijklmnopqrstuv"), "(an API key)");
    }

    #[test]
    fn the_log_has_no_secret_address() {
        assert_eq!(shown("/calendar/0123456789abcdefghijklmnopqrstuv.ics"), "/calendar/");
        assert_eq!(shown("/events"), "/events");
    }

    #[actix_web::test]
    async fn a_problem_is_logged_once_at_its_level() {
        let unavailable = || {
            let error = io::Error::other("no route");
            Problem::Unavailable(Box::new(repository::Error::Unavailable(Box::new(error))))
        };
        let cases: [(Make, Option<&str>); 7] = [
            (|| Problem::NotFound("event"), Some("INFO")),
            (|| Problem::field("title", "must not be empty"), Some("INFO")),
            (|| Problem::internal("a bug"), Some("ERROR")),
            (unavailable, Some("WARN")),
            // A sale makes tens of thousands of these a second.
            (|| Problem::EventUnderTest, None),
            (|| Problem::Busy { retry_after_seconds: 1 }, None),
            // Probes ask again and again.
            (|| Problem::NotReady { failed: Check::Database }, None),
        ];
        for (problem, level) in cases {
            let (_, lines) = answer(Some(problem)).await;
            let what = problem();
            match level {
                Some(level) => {
                    assert_eq!(lines.len(), 1, "{what:?}: {lines:?}");
                    for part in [level, "request_id=\"the-request\"", "path=\"/\"", what.code()] {
                        assert!(lines[0].contains(part), "{what:?}: {lines:?}");
                    }
                    assert!(what.cause().is_none_or(|cause| lines[0].contains(&cause)), "{what:?}: {lines:?}");
                }
                None => assert_eq!(lines.len(), 0, "{what:?}: {lines:?}"),
            }
        }
    }
}
