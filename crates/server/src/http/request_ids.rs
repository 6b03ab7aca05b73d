//! The ids of requests.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

/// The header that carries the id, in requests and answers.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is accepted. A longer one is replaced.
pub(crate) const CHARACTERS_MAX: usize = 64;

tokio::task_local! {
    /// The id of the request that is being answered.
    static CURRENT: RequestId;
}

/// The id of the request for which this code runs, if it runs for one.
pub(crate) fn current() -> Option<String> {
    CURRENT.try_with(|id| id.as_str().to_owned()).ok()
}

/// A request's id in the log and in its answer. The client or a proxy may give it; otherwise it is new.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(HeaderValue);

impl RequestId {
    /// The id of the request with these headers.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let given = headers.get(&HEADER).filter(|id| is_safe(id.as_bytes()));
        given.map_or_else(Self::new, |id| Self(id.clone()))
    }

    /// A new id: a prefix that no other process has, and a number. This is much cheaper than a random id.
    pub(crate) fn new() -> Self {
        static PREFIX: LazyLock<String> = LazyLock::new(|| uuid::Uuid::now_v7().simple().to_string());
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let id = HeaderValue::from_str(&format!("{}-{number}", *PREFIX));
        Self(id.unwrap_or(HeaderValue::from_static("unnamed")))
    }

    /// As text.
    pub(crate) fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    /// As a header's value.
    pub(crate) fn into_value(self) -> HeaderValue {
        self.0
    }

    /// Runs `answering` for this request, so that its log lines can carry the id.
    pub(crate) fn scope<F: Future>(&self, answering: F) -> impl Future<Output = F::Output> + use<F> {
        CURRENT.scope(self.clone(), answering)
    }

    /// Runs `work` for a request with this id.
    #[cfg(test)]
    pub(crate) fn scope_of<T>(id: &'static str, work: impl FnOnce() -> T) -> T {
        CURRENT.sync_scope(Self(HeaderValue::from_static(id)), work)
    }
}

/// Whether an id has only characters that have no meaning in any log format.
fn is_safe(id: &[u8]) -> bool {
    (1..=CHARACTERS_MAX).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn an_id_that_is_kept_means_nothing_to_any_log(id in "[A-Za-z0-9._ =\"\\[\u{e9}-]{0,3}|[a-z ._-]{62,66}") {
            let mut headers = HeaderMap::new();
            let Ok(value) = HeaderValue::from_bytes(id.as_bytes()) else { return Ok(()) };
            headers.insert(HEADER, value);
            let known = RequestId::of(&headers);
            let is_kept = known.as_str() == id;
            prop_assert_eq!(is_kept, is_safe(id.as_bytes()));
            let sound = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            prop_assert!(known.as_str().chars().all(sound) && (1..=CHARACTERS_MAX).contains(&known.as_str().len()));
        }

        #[test]
        fn every_sound_id_is_kept(id in "[A-Za-z0-9._-]{1,64}") {
            let mut headers = HeaderMap::new();
            headers.insert(HEADER, HeaderValue::from_str(&id).unwrap());
            let known = RequestId::of(&headers);
            prop_assert_eq!(known.as_str(), id);
        }
    }
}
