//! Loops beside the requests. Each has a thread of its own, starts again when it fails, and tells when it last worked.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use tokio::runtime;
use tokio::sync::{oneshot, watch};

#[cfg(test)]
pub(crate) mod faults;
#[cfg(test)]
mod tests;

/// The pause before a loop that failed starts again. It doubles with each failure.
const PAUSE_MIN: Duration = Duration::from_millis(100);

/// The longest pause.
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// A loop that has worked for this long begins with the shortest pause again.
const SOUND_AFTER: Duration = Duration::from_secs(60);

/// The time between two signs of life while a loop rests.
const REST_BEAT: Duration = Duration::from_secs(1);

/// The longest wait for the loops at a stop. All that they do may be abandoned.
const STOP_WITHIN: Duration = Duration::from_millis(500);

/// How a loop failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It panicked.
    Panicked,
    /// It came to an end, which no loop does by itself.
    Ended,
    /// It showed no sign of life for too long.
    Stalled,
}

impl Failure {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Panicked, Self::Ended, Self::Stalled];

    /// Its name in metrics and in the log.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Panicked => "panicked",
            Self::Ended => "ended",
            Self::Stalled => "stalled",
        }
    }
}

/// The signs of life of one loop.
pub(crate) struct Pulse {
    name: &'static str,
    stall_after: Duration,
    /// The end of its last round, or its creation.
    beaten_at: Mutex<Instant>,
    panicked: AtomicU64,
    ended: AtomicU64,
    stalled: AtomicU64,
    /// Faults that a test has ordered.
    #[cfg(test)]
    pub(crate) faults: faults::Orders,
}

impl Pulse {
    /// The pulse of a loop that shows a sign of life more often than every `stall_after`, whatever it waits for.
    pub(crate) fn new(name: &'static str, stall_after: Duration) -> Self {
        Self {
            name,
            stall_after,
            beaten_at: Mutex::new(Instant::now()),
            panicked: AtomicU64::new(0),
            ended: AtomicU64::new(0),
            stalled: AtomicU64::new(0),
            #[cfg(test)]
            faults: faults::Orders::default(),
        }
    }

    /// A round of the loop, or a part of a long one, has come to its end.
    pub(crate) async fn beat(&self) {
        *self.beaten_at() = Instant::now();
        #[cfg(test)]
        self.faults.carry_out().await;
    }

    /// Rests for so long, with signs of life.
    pub(crate) async fn rest(&self, pause: Duration) {
        let until = Instant::now() + pause;
        while Instant::now() < until {
            self.beat().await;
            tokio::time::sleep(REST_BEAT).await;
        }
    }

    /// Its name in metrics and in the log.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// The time since the last sign of life.
    pub(crate) fn age(&self) -> Duration {
        self.beaten_at().elapsed()
    }

    /// How often the loop has failed in this way, and was started again.
    pub(crate) fn restarts(&self, failure: Failure) -> u64 {
        self.count_of(failure).load(Ordering::Relaxed)
    }

    fn count_of(&self, failure: Failure) -> &AtomicU64 {
        match failure {
            Failure::Panicked => &self.panicked,
            Failure::Ended => &self.ended,
            Failure::Stalled => &self.stalled,
        }
    }

    fn beaten_at(&self) -> std::sync::MutexGuard<'_, Instant> {
        self.beaten_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the loop that began then has shown no sign of life for too long.
    async fn stall(&self, began: Instant) {
        loop {
            let silent_for = self.age().min(began.elapsed());
            match self.stall_after.checked_sub(silent_for) {
                None | Some(Duration::ZERO) => return,
                Some(left) => tokio::time::sleep(left).await,
            }
        }
    }
}

impl fmt::Debug for Pulse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pulse").field("name", &self.name).field("age", &self.age()).finish_non_exhaustive()
    }
}

/// The running loops, until they are stopped or dropped.
pub(crate) struct Background {
    stop: watch::Sender<()>,
    running: Vec<(Arc<Pulse>, oneshot::Receiver<Infallible>)>,
}

impl Background {
    /// No loops yet.
    pub(crate) fn new() -> Self {
        Self { stop: watch::Sender::new(()), running: Vec::new() }
    }

    /// Starts a loop. It starts again whenever it panics, ends or stalls.
    ///
    /// It has a thread of its own, so that one that blocks holds up no other. It is not a task, because the compiler
    /// cannot prove that the futures of a pool are `Send`.
    pub(crate) fn start(
        &mut self,
        pulse: Arc<Pulse>,
        work: impl AsyncFn(&Pulse) + Send + 'static,
    ) -> Result<(), io::Error> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let (end, ended) = oneshot::channel();
        let mut stopped = self.stop.subscribe();
        self.running.push((Arc::clone(&pulse), ended));
        thread::Builder::new().name(pulse.name.to_owned()).spawn(move || {
            let _end = end;
            runtime.block_on(async {
                tokio::select! {
                    // Nothing is ever sent: this is the drop of the sender.
                    _ = stopped.changed() => {}
                    () = supervise(&pulse, work) => {}
                }
            });
        })?;
        Ok(())
    }

    /// Stops each loop at its next await point, and waits for their ends. A loop that blocks is left to itself.
    pub(crate) async fn stop(self) {
        drop(self.stop);
        let all = async {
            for (pulse, ended) in self.running {
                let _ = ended.await;
                tracing::debug!(task = pulse.name, "stopped");
            }
        };
        if tokio::time::timeout(STOP_WITHIN, all).await.is_err() {
            tracing::warn!("a background loop did not stop in time");
        }
    }
}

/// Runs the loop again and again. Never returns.
async fn supervise(pulse: &Pulse, work: impl AsyncFn(&Pulse)) {
    let mut pause = PAUSE_MIN;
    loop {
        let began = Instant::now();
        let failure = tokio::select! {
            ended = AssertUnwindSafe(work(pulse)).catch_unwind() => match ended {
                Ok(()) => Failure::Ended,
                Err(_) => Failure::Panicked,
            },
            () = pulse.stall(began) => Failure::Stalled,
        };
        pulse.count_of(failure).fetch_add(1, Ordering::Relaxed);
        tracing::error!(task = pulse.name, failure = failure.as_str(), "a background loop failed and starts again");
        if began.elapsed() >= SOUND_AFTER {
            pause = PAUSE_MIN;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(PAUSE_MAX);
    }
}
