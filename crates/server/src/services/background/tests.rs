use super::*;
use crate::services::background::faults::Fault;
use testdb::patience::{LIMIT, QUIET, eventually, scaled};

/// Longer than a round of these loops on a slow machine.
const STALL: Duration = scaled(Duration::from_millis(250));

fn pulse(name: &'static str) -> Arc<Pulse> {
    Arc::new(Pulse::new(name, STALL))
}

async fn rounds(pulse: &Pulse) {
    loop {
        pulse.beat().await;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn failures(pulse: &Pulse) -> [u64; 3] {
    Failure::ALL.map(|failure| pulse.restarts(failure))
}

async fn beats(pulse: &Pulse) {
    let before = *pulse.beaten_at();
    eventually(format!("{} beats", pulse.name()), async || (*pulse.beaten_at() > before).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loop_that_fails_starts_again_and_the_others_do_not_notice() {
    let (one, other) = (pulse("one"), pulse("other"));
    let mut background = Background::new();
    background.start(Arc::clone(&one), rounds).unwrap();
    background.start(Arc::clone(&other), rounds).unwrap();
    for (fault, expected) in [(Fault::Panic, [1, 0, 0]), (Fault::Stall, [1, 0, 1])] {
        one.faults.place(fault);
        eventually("the failure is counted", async || (failures(&one) == expected).then_some(())).await;
        beats(&one).await;
    }
    beats(&other).await;
    assert_eq!(failures(&other), [0, 0, 0]);
    background.stop().await;
    let silent = *one.beaten_at();
    tokio::time::sleep(QUIET).await;
    assert_eq!(*one.beaten_at(), silent, "it was stopped");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loop_that_ends_starts_again() {
    let ending = pulse("ending");
    let mut background = Background::new();
    background.start(Arc::clone(&ending), async |_: &Pulse| {}).unwrap();
    eventually("two ends", async || (ending.restarts(Failure::Ended) >= 2).then_some(())).await;
    background.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loop_that_blocks_its_thread_holds_up_no_other_and_its_age_tells() {
    let (blocked, other) = (pulse("blocked"), pulse("other"));
    let (release, released) = std::sync::mpsc::channel::<()>();
    let released = Mutex::new(released);
    let mut background = Background::new();
    background
        .start(Arc::clone(&blocked), async move |_: &Pulse| {
            let _ = released.lock().unwrap().recv_timeout(LIMIT);
        })
        .unwrap();
    background.start(Arc::clone(&other), rounds).unwrap();
    eventually("the blocked one is old", async || (blocked.age() > STALL).then_some(())).await;
    beats(&other).await;
    assert!(other.age() < blocked.age());
    // The stop waits for it only for a moment.
    background.stop().await;
    assert_eq!(failures(&blocked), [0, 0, 0], "it is still blocked");
    drop(release);
}
