//! Variations of the usual sale: with other load beside it, sold in another way, or of other tickets.

use std::sync::Arc;
use std::time::Duration;

use crate::compare::rows::{LIST, USUAL, Variation};
use crate::compare::run::{MEASURED_FOR, Run, check_still_running};
use crate::compare::sites::{REPEATS_PERCENT, Site, WARM_UP, mean};
use crate::crowd::numbers::{as_number, per_second};
use crate::crowd::play;
use crate::crowd::request_loop::{Request, RequestLoop};
use crate::crowd::streams::{self, Counters, Streams};
use crate::crowd::tickets::Tickets;
use crate::crowd::visits::Visits;
use crate::error::Error;
use crate::sale::script::{Plan, Sale};

/// Live streams that are open during a sale.
const STREAMS: usize = 2_000;

/// Sign-ins in flight at once, and for how long: more than the server can hash.
const SIGN_INS: usize = 100;
const SIGN_IN_TIME: Duration = Duration::from_secs(15);

/// People who open the page as the sale begins.
const VISITS: usize = 10_000;

/// Events that are sold at once, and the seats of each.
const MANY_EVENTS: usize = 1_000;

/// Families of one to six at an adult's and a child's price, for nothing.
const PARTIES: Tickets = Tickets { party: 6, ..Tickets::SIMPLE };

/// Five types of one event, which buyers ask for in turn.
const TYPES: Tickets = Tickets { types: 5, ..Tickets::SIMPLE };

/// Seats that are held until they are paid, with a deadline.
const PAID: Tickets = Tickets { amount: 2_500, ..Tickets::SIMPLE };

fn kilobytes(bytes: usize) -> f64 {
    as_number(bytes) / 1000.0
}

impl<T: Fn(&str)> Run<'_, T> {
    /// Each variation of the usual sale, with the usual sale before and after it.
    pub(super) async fn variations(&mut self) -> Result<(), Error> {
        let needed: Vec<_> = Variation::ALL.into_iter().filter(|variation| self.needs_variation(*variation)).collect();
        if needed.is_empty() {
            return Ok(());
        }
        let mut before = self.usual_sale().await?;
        for variation in needed {
            let together = match variation {
                Variation::Streams => self.with_streams().await?,
                Variation::Logins => self.with_logins().await?,
                Variation::TwoServers => self.two_servers().await?,
                Variation::ManyEvents => self.many_events().await?,
                Variation::Parties => self.with_tickets(PARTIES).await?,
                Variation::Types => self.with_tickets(TYPES).await?,
                Variation::Paid => self.with_tickets(PAID).await?,
                Variation::Visits => self.with_visits().await?,
                Variation::CheckIns => self.with_check_ins().await?,
            };
            let after = self.usual_sale().await?;
            self.add(variation.name(), together);
            self.add(variation.usual(), mean(&[before, after]));
            before = after;
        }
        Ok(())
    }

    fn needs_variation(&self, variation: Variation) -> bool {
        self.needs(variation.name()) || (matches!(variation, Variation::CheckIns) && self.needs(LIST))
    }

    async fn with_streams(&mut self) -> Result<f64, Error> {
        let (site, (in_flight, buyers)) = (self.site.clone(), USUAL);
        let target = &site.server.target;
        let event = target.publish_event(buyers).await?;
        let streams = Streams::open(target.address, STREAMS, event).await?;
        let sold = self.sell(&site, in_flight, Plan::new([event], &site.people, 0..buyers)).await?;
        // Updates are throttled: the last message may come a moment later.
        tokio::time::sleep(MEASURED_FOR / 4).await;
        let counters = Counters::of(&mut target.database().await?, event).await?;
        let logs = streams.close()?;
        streams::check(&logs, counters, &mut self.findings);
        let messages = logs.iter().map(|stream| stream.messages).max().unwrap_or_default();
        self.add("messages of a live stream, in that sale", as_number(messages));
        Ok(sold.bookings_per_second)
    }

    async fn with_logins(&mut self) -> Result<f64, Error> {
        let logins = RequestLoop::new(Request::SignIn(self.accounts.clone()), SIGN_IN_TIME);
        let sign_ins = tokio::spawn(play::play(self.site.server.target.address, SIGN_INS, logins));
        tokio::time::sleep(MEASURED_FOR / 8).await;
        let sold = self.sale(&self.site.clone(), USUAL.0, USUAL.1).await?;
        check_still_running(&sign_ins)?;
        let sign_ins = sign_ins.await.map_err(|error| Error::Failed(error.to_string()))??.script;
        if sign_ins.answers == 0 {
            self.findings.add(|| "nobody could sign in".to_owned());
        }
        self.add("logins, during the storm", per_second(sign_ins.answers, SIGN_IN_TIME));
        self.add("logins told to come back", per_second(sign_ins.refusals, SIGN_IN_TIME));
        self.findings.absorb(sign_ins.findings);
        Ok(sold.bookings_per_second)
    }

    /// The visits begin with the sale, each on a connection of its own.
    async fn with_visits(&mut self) -> Result<f64, Error> {
        let (site, (in_flight, buyers)) = (self.site.clone(), USUAL);
        let target = &site.server.target;
        let event = target.publish_event(buyers).await?;
        let visits = Visits::of(target, event, VISITS).await?;
        let requests = visits.requests();
        let visits = tokio::spawn(play::play(target.address, VISITS, visits));
        let sold = self.sell(&site, in_flight, Plan::new([event], &site.people, 0..buyers)).await?;
        let visits = visits.await.map_err(|error| Error::Failed(error.to_string()))??;
        self.add("first visits per second, beside the sale", per_second(VISITS, visits.took));
        self.add("requests of a first visit", as_number(requests));
        self.add("KB of a first visit", kilobytes(visits.script.bytes / VISITS));
        self.findings.absorb(visits.script.findings);
        Ok(sold.bookings_per_second)
    }

    async fn two_servers(&mut self) -> Result<f64, Error> {
        let (site, (in_flight, buyers)) = (self.site.clone(), USUAL);
        let server = Arc::new(self.test_bed.serve_existing("main", &[]).await?);
        let second = Site { server, people: Arc::clone(&site.people) };
        self.sale(&second, WARM_UP.0, WARM_UP.1).await?;
        let event = site.server.target.publish_event(buyers).await?;
        self.checkpoint()?;
        let half = |at: &Site, half| {
            let plan = Plan::new([event], &site.people, half).repeating(REPEATS_PERCENT);
            play::play(at.server.target.address, in_flight / 2, Sale::new(plan))
        };
        let (one, other) = tokio::try_join!(half(&site, 0..buyers / 2), half(&second, buyers / 2..buyers))?;
        let ended = (one.began + one.took).max(other.began + other.took);
        let began = one.began.min(other.began);
        self.check(&site.server.target, vec![one, other]).await?;
        Ok(per_second(buyers, ended - began))
    }

    async fn many_events(&mut self) -> Result<f64, Error> {
        let (site, (in_flight, buyers)) = (self.site.clone(), USUAL);
        let events = site.server.target.publish_events(MANY_EVENTS, MANY_EVENTS).await?;
        let sold = self.sell(&site, in_flight, Plan::new(events, &site.people, 0..buyers)).await?;
        Ok(sold.bookings_per_second)
    }

    /// A sale of one event with these tickets, and seats for everybody.
    async fn with_tickets(&mut self, tickets: Tickets) -> Result<f64, Error> {
        let (site, (in_flight, buyers)) = (self.site.clone(), USUAL);
        let events = site.server.target.publish_with(tickets, 1, tickets.seats_for(buyers)).await?;
        let plan = Plan::new(events, &site.people, 0..buyers).asking(tickets.wishes()?);
        Ok(self.sell(&site, in_flight, plan).await?.bookings_per_second)
    }
}
