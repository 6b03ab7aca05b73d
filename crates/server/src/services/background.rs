//! Work that goes on beside the requests.

use std::convert::Infallible;
use std::io;
use std::thread;

use tokio::runtime;
use tokio::sync::oneshot;

/// Work on a thread of its own, until it is stopped or dropped.
///
/// Not a task: the compiler cannot tell that what a pool runs for its callers is `Send`.
pub(crate) struct Background {
    stop: oneshot::Sender<Infallible>,
    ended: oneshot::Receiver<Infallible>,
}

impl Background {
    /// Starts what `work` makes.
    pub(crate) fn start<Work: Future<Output = ()>>(work: impl FnOnce() -> Work + Send + 'static) -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let (end, ended) = oneshot::channel();
        thread::Builder::new().name("background".to_owned()).spawn(move || {
            let _end = end;
            runtime.block_on(async {
                tokio::select! {
                    _ = stopped => {}
                    () = work() => {}
                }
            });
        })?;
        Ok(Self { stop, ended })
    }

    /// Stops it at the next point at which it waits, and waits for that.
    pub(crate) async fn stop(self) {
        drop(self.stop);
        let _ = self.ended.await;
    }
}
