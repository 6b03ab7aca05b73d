//! Counts of requests by route, method and status.
//!
//! Every request is counted here, on all threads. Its counters are looked up when the routes are mounted, or found in
//! an array. So counting is a few additions and never waits.

mod durations;

use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, NoLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::registry::Unit;

use durations::Durations;

/// Stands for all files of the page, which have no route.
const FILE: &str = "(file)";
/// Stands for all other paths. They share one entry, so that clients cannot fill the memory with made-up paths.
const UNKNOWN: &str = "(unknown)";
/// Stands for requests that could not be read.
const UNREADABLE: &str = "(unreadable)";

/// Methods by name; the last one stands for all others.
const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", OTHER];
const OTHER: &str = "other";

/// Statuses are 100 to 599.
const STATUSES: usize = 500;
const FIRST_STATUS: usize = 100;

/// All requests of a server.
#[derive(Debug)]
pub(crate) struct Traffic {
    in_flight: AtomicI64,
    routes: Mutex<Vec<Arc<Route>>>,
    file: Arc<Route>,
    unknown: Arc<Route>,
    unreadable: Arc<Route>,
}

/// Requests of one route, by method.
#[derive(Debug)]
pub(crate) struct Route {
    path: &'static str,
    methods: [OnceLock<Requests>; METHODS.len()],
}

#[derive(Debug)]
struct Requests {
    statuses: Vec<AtomicU64>,
    durations: Durations,
}

/// A request in flight, until it is dropped.
#[derive(Debug)]
pub(crate) struct InFlight {
    traffic: Arc<Traffic>,
    pub(crate) began: Instant,
}

impl InFlight {
    /// Counts the request with its answer's status.
    pub(crate) fn answered(&self, request: &HttpRequest, status: StatusCode) {
        let traffic = &self.traffic;
        let fallback = || if status.is_client_error() { &traffic.unknown } else { &traffic.file };
        let route = request.app_data::<Arc<Route>>().unwrap_or_else(fallback);
        route.add(request.method().as_str(), status, Some(self.began.elapsed()));
    }

    /// Counts a request that was lost before its answer was made. Its route and method are unknown.
    pub(crate) fn lost(&self, status: StatusCode) {
        self.traffic.unknown.add(OTHER, status, Some(self.began.elapsed()));
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.traffic.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Traffic {
    /// Counts that start at zero.
    pub(crate) fn new() -> Self {
        let [file, unknown, unreadable] = [FILE, UNKNOWN, UNREADABLE].map(|path| Arc::new(Route::new(path)));
        let routes = Mutex::new(vec![Arc::clone(&file), Arc::clone(&unknown), Arc::clone(&unreadable)]);
        Self { in_flight: AtomicI64::new(0), routes, file, unknown, unreadable }
    }

    /// The counts of a route. All callers with the same path share them.
    pub(crate) fn route(&self, path: &'static str) -> Arc<Route> {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(route) = routes.iter().find(|route| route.path == path) {
            return Arc::clone(route);
        }
        let route = Arc::new(Route::new(path));
        routes.push(Arc::clone(&route));
        route
    }

    /// Counts a request as in flight.
    pub(crate) fn begin(self: &Arc<Self>) -> InFlight {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight { traffic: Arc::clone(self), began: Instant::now() }
    }

    /// The requests in flight.
    pub(crate) fn in_flight(&self) -> i64 {
        self.in_flight.load(Ordering::Relaxed)
    }

    /// Counts an answer to a request that was not read.
    pub(crate) fn unreadable(&self, status: StatusCode) {
        self.unreadable.add(OTHER, status, None);
    }
}

impl Route {
    fn new(path: &'static str) -> Self {
        Self { path, methods: Default::default() }
    }

    /// The path, and the counts of each method that was requested.
    fn used(&self) -> impl Iterator<Item = (&'static str, &'static str, &Requests)> {
        let methods = METHODS.into_iter().zip(&self.methods);
        methods.filter_map(|(method, requests)| Some((self.path, method, requests.get()?)))
    }

    fn add(&self, method: &str, status: StatusCode, took: Option<Duration>) {
        let index = METHODS.iter().position(|known| *known == method).unwrap_or(METHODS.len() - 1);
        let Some(requests) = self.methods.get(index) else { return };
        let requests = requests.get_or_init(|| Requests {
            statuses: (0..STATUSES).map(|_| AtomicU64::new(0)).collect(),
            durations: Durations::default(),
        });
        if let Some(count) = requests.statuses.get(usize::from(status.as_u16()).saturating_sub(FIRST_STATUS)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        if let Some(took) = took {
            requests.durations.add(took);
        }
    }
}

impl Collector for Traffic {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let in_flight = self.in_flight();
        let help = "Requests that are being answered.";
        encoder
            .encode_descriptor("onsale_http_requests_in_flight", help, None, MetricType::Gauge)?
            .encode_gauge(&in_flight)?;

        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let used: Vec<(&str, &str, &Requests)> = routes.iter().flat_map(|route| route.used()).collect();
        let help = "Requests that were answered, by route, method and status.";
        let mut counter = encoder.encode_descriptor("onsale_http_requests", help, None, MetricType::Counter)?;
        for (route, method, requests) in &used {
            for (status, count) in (FIRST_STATUS..).zip(&requests.statuses) {
                let count = count.load(Ordering::Relaxed);
                if count > 0 {
                    let labels = [("route", *route), ("method", *method), ("status", &*status.to_string())];
                    counter.encode_family(&labels)?.encode_counter::<NoLabelSet, u64, u64>(&count, None)?;
                }
            }
        }
        let help = "From a request's head to its answer's head, by route and method.";
        let unit = Unit::Seconds;
        let mut histogram =
            encoder.encode_descriptor("onsale_http_request_duration", help, Some(&unit), MetricType::Histogram)?;
        for (route, method, requests) in &used {
            requests.durations.encode(histogram.encode_family(&[("route", *route), ("method", *method)])?)?;
        }
        Ok(())
    }
}
