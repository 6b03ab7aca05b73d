//! The background thread.

use std::convert::Infallible;
use std::io;
use std::thread;

use tokio::runtime;
use tokio::sync::oneshot;

/// Runs background work on its own thread, until it is stopped or dropped.
///
/// It is not a task, because the compiler cannot prove that the futures of a pool are `Send`.
pub(crate) struct Background {
    stop: oneshot::Sender<Infallible>,
    ended: oneshot::Receiver<Infallible>,
}

impl Background {
    /// Starts the future that `work` makes.
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

    /// Stops the work at its next await point, and waits for the end of it.
    pub(crate) async fn stop(self) {
        drop(self.stop);
        let _ = self.ended.await;
    }
}
