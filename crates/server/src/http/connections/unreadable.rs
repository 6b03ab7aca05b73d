//! Answers to clients whose request was not read.

use actix_web::ResponseError;
use actix_web::body::MessageBody;
use actix_web::http::StatusCode;
use actix_web::http::header::DATE;

use crate::http::headers;
use crate::http::problems::Problem;
use crate::http::request_ids::RequestId;
use crate::http::traffic::Traffic;

/// The status, if these bytes are an error answer without a body.
pub(super) fn bare_status(bytes: &[u8]) -> Option<StatusCode> {
    const BARE_BYTES_MAX: usize = 512;
    // Most writes are longer. The length check saves scanning their bytes.
    let text = str::from_utf8(Some(bytes).filter(|bytes| bytes.len() <= BARE_BYTES_MAX)?).ok()?;
    let (status, rest) = text.strip_prefix("HTTP/1.1 ")?.split_once(' ')?;
    let is_whole = rest.find("\r\n\r\n").is_some_and(|end| end + 4 == rest.len());
    let status = status.parse::<StatusCode>().ok()?;
    let is_error = status.is_client_error() || status.is_server_error();
    (is_whole && is_error && rest.contains("content-length: 0\r\n")).then_some(status)
}

/// The problem behind a bare status, which the HTTP library writes if it cannot read a request.
pub(super) fn problem_of(status: StatusCode) -> Problem {
    match status {
        StatusCode::REQUEST_TIMEOUT => Problem::RequestTimeout,
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => Problem::HeadersTooLarge,
        status if status.is_client_error() => Problem::MalformedRequest,
        status => Problem::internal(format!("the HTTP library answered with {status}")),
    }
}

/// The whole answer to a client whose request was not read, as bytes for the wire. The connection closes after it.
/// `date` is a complete header line, or empty.
pub(super) fn answer(problem: &Problem, date: &str, traffic: &Traffic) -> Vec<u8> {
    let id = RequestId::new();
    let status = problem.status_code();
    tracing::info!(
        request_id = id.as_str(),
        status = status.as_u16(),
        problem = problem.code(),
        cause = problem.cause(),
        "refused a connection without reading a request"
    );
    traffic.unreadable(status);
    let mut response = problem.response(id.as_str());
    headers::add(response.headers_mut(), id);
    let mut head = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in response.headers().iter().filter(|(name, _)| *name != DATE) {
        head.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap_or_default()));
    }
    if !date.is_empty() {
        head.push_str(&format!("{date}\r\n"));
    }
    let body = response.into_body().try_into_bytes().unwrap_or_default();
    head.push_str(&format!("content-length: {}\r\nconnection: close\r\n\r\n", body.len()));
    [head.as_bytes(), &body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bare_error_is_replaced() {
        let bare =
            "HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\ndate: x\r\n\r\n";
        assert_eq!(bare_status(bare.as_bytes()), Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
        for other in [
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\nHTTP/1.1 400 Bad Request\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n",
            "",
        ] {
            assert_eq!(bare_status(other.as_bytes()), None, "{other:?}");
        }
    }
}
