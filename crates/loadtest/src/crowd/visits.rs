//! First visits: the requests that a browser without a cache sends for the page of an event.

use std::io;
use std::time::Duration;

use domain::ids::EventId;

use crate::crowd::connection::Reply;
use crate::crowd::findings::Findings;
use crate::crowd::play::{Next, Script, Timing};
use crate::crowd::target::Target;
use crate::error::Error;

/// The beginning of the addresses of the files that the document names.
const ASSETS: &str = "\"/assets/";

/// Sends the requests of so many visits. The connections take them in turn, so a visit's files come over several.
pub struct Visits {
    requests: Vec<Vec<u8>>,
    unsent: usize,
    /// Answers 200.
    pub answers: usize,
    /// The bodies' bytes of all answers.
    pub bytes: usize,
    /// Other answers, and requests without one.
    pub findings: Findings,
}

impl Visits {
    /// So many visits of the event's page: its document, the files that this names, and the page's first questions.
    ///
    /// # Errors
    /// [`Error::Failed`] if the document is not answered, or names no files.
    pub async fn of(target: &Target, event: EventId, visits: usize) -> Result<Self, Error> {
        let page = format!("/e/{event}");
        let (status, document) = target.get(&page).await?;
        let assets = document.split(ASSETS).skip(1).filter_map(|rest| rest.split('"').next());
        let mut paths: Vec<String> = assets.map(|rest| format!("/assets/{rest}")).collect();
        if status != 200 || paths.is_empty() {
            return Err(Error::Failed(format!("{page} was answered with {status}, and names {} files", paths.len())));
        }
        paths.insert(0, page);
        paths.extend(["/favicon.svg".to_owned(), "/site".to_owned(), format!("/events/{event}")]);
        let requests: Vec<Vec<u8>> = paths.iter().map(|path| request(path)).collect();
        let unsent = visits * requests.len();
        Ok(Self { requests, unsent, answers: 0, bytes: 0, findings: Findings::default() })
    }

    /// The requests of one visit.
    pub fn requests(&self) -> usize {
        self.requests.len()
    }
}

fn request(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n").into_bytes()
}

impl Script for Visits {
    type Tag = ();

    fn next(&mut self, request: &mut Vec<u8>) -> Option<()> {
        self.unsent = self.unsent.checked_sub(1)?;
        request.extend_from_slice(self.requests.get(self.unsent % self.requests.len().max(1))?);
        Some(())
    }

    fn answered(&mut self, (): (), reply: &Reply<'_>, _: Timing) -> Next {
        if reply.status == 200 {
            self.answers += 1;
            self.bytes += reply.body.len();
        } else if let (429 | 503, Some(seconds)) = (reply.status, reply.retry_after_seconds) {
            return Next::Retry(Duration::from_secs(seconds));
        } else {
            self.findings.add(|| format!("a visit was answered with {}", reply.status));
        }
        Next::Done
    }

    fn failed(&mut self, (): (), error: &io::Error, is_final: bool) {
        if is_final {
            self.findings.add(|| format!("a visit got no answer: {error}"));
        }
    }
}
