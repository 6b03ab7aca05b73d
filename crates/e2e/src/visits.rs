//! The cost of a visit: requests, bytes, moves and waits.

use serde_json::Value;

use crate::browser::Browser;

/// A page's way from the first request to now. The page itself recorded it.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Requests that went to the server, with that of the document.
    pub requests: u64,
    /// The bytes of all answers with their heads, compressed as they came.
    pub bytes: u64,
    /// The paths of the files that came from the server, not from the browser's cache.
    pub loaded: Vec<String>,
    /// Whether the server answered that the browser has the current document.
    pub document_is_known: bool,
    /// The cumulative layout shift: by how much content moved that the person did not move. 0 if nothing did.
    pub layout_shift: f64,
    /// The time for which tasks longer than 50 ms kept the page from answering, in milliseconds beyond those 50.
    pub blocking_milliseconds: f64,
    /// The time until the first text or picture was painted, in milliseconds.
    pub first_paint_milliseconds: f64,
}

const VISIT: &str = "
    const done = arguments[arguments.length - 1];
    const entries = { 'layout-shift': [], longtask: [], paint: [] };
    for (const type of Object.keys(entries))
        new PerformanceObserver((list) => entries[type].push(...list.getEntries())).observe({ type, buffered: true });
    const [document] = performance.getEntriesByType('navigation');
    // The moves of the present frame are told after the next one.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
        const fetched = performance.getEntriesByType('resource').filter(({ transferSize }) => transferSize > 0);
        const sum = (values) => values.reduce((one, other) => one + other, 0);
        done({
            requests: fetched.length + 1,
            bytes: sum([document, ...fetched].map(({ transferSize }) => transferSize)),
            loaded: fetched.map(({ name }) => new URL(name).pathname),
            document_is_known: document.transferSize < document.encodedBodySize,
            layout_shift: sum(entries['layout-shift'].filter((one) => !one.hadRecentInput).map(({ value }) => value)),
            blocking_milliseconds: sum(entries.longtask.map(({ duration }) => Math.max(0, duration - 50))),
            first_paint_milliseconds: entries.paint.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? 0,
        });
    }, 0)));";

impl Browser {
    /// The cost of the page that is open, so far.
    pub async fn visit(&self) -> Visit {
        let visit = self.run_later(VISIT).await;
        let number = |name: &str| visit[name].as_f64().unwrap();
        let loaded = visit["loaded"].as_array().unwrap().iter();
        Visit {
            requests: visit["requests"].as_u64().unwrap(),
            bytes: visit["bytes"].as_u64().unwrap(),
            loaded: loaded.filter_map(Value::as_str).map(str::to_owned).collect(),
            document_is_known: visit["document_is_known"].as_bool().unwrap(),
            layout_shift: number("layout_shift"),
            blocking_milliseconds: number("blocking_milliseconds"),
            first_paint_milliseconds: number("first_paint_milliseconds"),
        }
    }

    /// Makes the processor so many times slower for the page.
    pub async fn slow_processor(&self, times: u32) {
        self.command("Emulation.setCPUThrottlingRate", serde_json::json!({ "rate": times })).await;
    }
}
