//! Check-ins at one event beside the sale of another, and the list that gates load.

use std::sync::atomic::Ordering;

use crate::compare::rows::{LIST, SECOND, USUAL};
use crate::compare::run::{MEASURED_FOR, Run, check_still_running};
use crate::crowd::gates::{Door, Gates};
use crate::crowd::numbers::per_second;
use crate::crowd::play;
use crate::error::Error;
use crate::sale::script::Plan;

/// Tickets of the event that people come to: more than are scanned during a sale.
const TICKETS: usize = 50_000;

/// Scans per second, and the devices that send them.
const SCANS_PER_SECOND: u32 = 1_000;
const DEVICES: usize = 50;

impl<T: Fn(&str)> Run<'_, T> {
    /// The usual sale while people come to another event.
    pub(super) async fn with_check_ins(&mut self) -> Result<f64, Error> {
        let site = self.site.clone();
        let target = &site.server.target;
        let event = target.publish_event(TICKETS).await?;
        self.sell(&site, USUAL.0, Plan::new([event], &site.people, 0..TICKETS)).await?;
        let door = Door::open(target, event).await?;
        let listed = door.list(target).await?;
        if listed.tickets != TICKETS {
            self.findings.add(|| format!("the list of {TICKETS} tickets has {}", listed.tickets));
        }
        self.add(LIST, listed.took.as_secs_f64());
        self.add(SECOND, 1.0);

        let gates = Gates::at(door, target, SCANS_PER_SECOND).await?;
        let stopped = gates.stopped();
        let gates = tokio::spawn(play::play(target.address, DEVICES, gates));
        tokio::time::sleep(MEASURED_FOR / 8).await;
        let sold = self.sale(&site, USUAL.0, USUAL.1).await?;
        check_still_running(&gates)?;
        stopped.store(true, Ordering::Relaxed);
        let gates = gates.await.map_err(|error| Error::Failed(error.to_string()))??;
        let admitted = gates.script.admitted;
        self.add("check-ins per second, beside the sale", per_second(admitted, gates.took));
        self.findings.absorb(gates.script.findings);
        let kept = format!("select count(*) from check_ins where event_id = '{event}' and obstacle is null");
        let kept = self.test_bed.sql("main", &kept)?;
        if kept != admitted.to_string() {
            self.findings.add(|| format!("{admitted} were let in, and {kept} are in the database"));
        }
        Ok(sold.bookings_per_second)
    }
}
