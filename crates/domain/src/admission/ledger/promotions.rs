//! Who gets seats from the lines: first come, first served.

use super::{EntryState, Index, Ledger};
use crate::admission::decision::Inconsistent;
use crate::commands::{Command, Done, Order, Outcome};
use crate::ids::RegistrationId;
use crate::registrations::{Registration, RegistrationStatus};
use crate::tickets::TypeNumber;

impl Ledger {
    /// A new registration stands at the end of its line. The caller has counted it.
    pub(super) fn joined(&mut self, of: TypeNumber, index: Index, wanted: i32) {
        self.lines.joined(of, index);
        if self.tickets.ticket_type(of).is_some_and(|one| one.seats.waiting() == 1) {
            self.offer(of, Some((index, wanted)));
        }
    }

    /// Whether a registration joined in this batch, behind others that were not looked up. The head of the line is then
    /// one of those, whatever becomes of it.
    pub(super) fn is_behind_unseen(&self, index: Index) -> bool {
        self.entries.get(index).is_some_and(|entry| {
            let Registration { status, ticket_type, .. } = entry.registration;
            entry.state == EntryState::Inserted && status.waits() && self.lines.has_unseen(ticket_type)
        })
    }

    /// Gives free seats to the head of the line, for as long as all that it wants are free (P2).
    pub(super) fn move_line(&mut self, of: TypeNumber) -> Result<(), Inconsistent> {
        while let Some((index, wanted)) = self.head(of)? {
            let ticket_type = self.tickets.ticket_type(of).ok_or(Inconsistent::UnknownTicket)?;
            if wanted > ticket_type.seats.remaining() {
                self.offer(of, Some((index, wanted)));
                return Ok(());
            }
            self.promote(index)?;
        }
        self.offer(of, None);
        Ok(())
    }

    /// Notes how many seats the head of a line wants, and since when it leaves free ones idle. The time begins anew
    /// with another head, and when no seat was free.
    pub(super) fn offer(&mut self, of: TypeNumber, head: Option<(Index, i32)>) {
        let is_same = self.lines.headed_by(of, head.map(|(index, _)| index));
        let now = self.now;
        let Some(ticket_type) = self.tickets.ticket_type_mut(of) else { return };
        let since = ticket_type.idle_since.filter(|_| is_same).unwrap_or(now);
        ticket_type.head_wants = head.map_or(0, |(_, wanted)| wanted);
        ticket_type.idle_since = head.filter(|_| ticket_type.seats.remaining() > 0).map(|_| since);
    }

    /// The first who waits, and how many seats that one wants.
    pub(super) fn head(&mut self, of: TypeNumber) -> Result<Option<(Index, i32)>, Inconsistent> {
        let waiting = self.tickets.ticket_type(of).map_or(0, |one| one.seats.waiting());
        if waiting == 0 {
            return Ok(None);
        }
        while let Some(index) = self.lines.first(of) {
            let entry = self.entries.get(index).ok_or(Inconsistent::LineTooShort)?;
            if !entry.registration.status.waits() {
                self.lines.skip(of);
                continue;
            }
            if entry.state == EntryState::Inserted && self.lines.has_unseen(of) {
                return Err(Inconsistent::LineTooShort);
            }
            return Ok(Some((index, entry.registration.seats())));
        }
        Err(Inconsistent::LineTooShort)
    }

    fn promote(&mut self, index: Index) -> Result<(), Inconsistent> {
        let number = self.next_number();
        let (now, hold) = (self.now, self.hold(true));
        self.change(index, |registration| {
            registration.status = RegistrationStatus::of_seated(registration.amount, false);
            registration.seated_decision = Some(number);
            registration.seated_at = Some(now);
            registration.hold = hold.filter(|_| registration.status == RegistrationStatus::Held);
        })?;
        self.promoted += 1;
        self.count(|figures| figures.promoted += 1);
        Ok(())
    }

    /// Gives these holds from the line their whole length from now on, where that is longer. Where the terms give no
    /// deadline any more, these holds have none.
    pub(super) fn extend(&mut self, registrations: &[RegistrationId]) -> Result<Outcome, Inconsistent> {
        let mut extended = 0;
        if self.still_changes().is_err() {
            return Ok(Ok(Done::Extended(extended)));
        }
        for id in registrations {
            let found = self.find(*id).and_then(|(index, registration)| {
                let until = registration.hold.filter(|_| registration.is_from_line())?.until;
                let longer = self.hold(true);
                longer.is_none_or(|longer| longer.until > until).then_some((index, longer))
            });
            let Some((index, hold)) = found else { continue };
            self.change(index, |registration| registration.hold = hold)?;
            extended += 1;
        }
        Ok(Ok(Done::Extended(extended)))
    }

    /// The most people that an order might promote.
    pub(super) fn promotions_of(&self, order: &Order) -> i32 {
        match &order.command {
            Command::GiveUp { registration, .. }
            | Command::Reduce { registration, .. }
            | Command::Release { registration, .. }
            | Command::Remove { registration, .. }
            | Command::Pass { registration, .. } => self.promotions_without(*registration),
            Command::Lapse { registrations } => registrations.iter().map(|id| self.promotions_without(*id)).sum(),
            Command::Edit { changes, .. } => match (self.tickets.only_type(), changes.capacity) {
                (Some(only), Some(capacity)) => only.seats.promotions_at(capacity),
                _ => 0,
            },
            Command::EditTickets { document, .. } => {
                let most = document.capacities().max().unwrap_or(0);
                self.tickets.types.iter().map(|one| one.seats.promotions_at(most)).sum()
            }
            Command::Register { .. }
            | Command::TakeOver { .. }
            | Command::MarkPaid { .. }
            | Command::NotPaid { .. }
            | Command::Extend { .. }
            | Command::HandOver { .. }
            | Command::Publish
            | Command::Cancel
            | Command::BeginSimulation
            | Command::UndoSimulation { .. } => 0,
        }
    }

    /// The most people who might be promoted if this registration goes: as many as it has seats, and seats are idle.
    fn promotions_without(&self, id: RegistrationId) -> i32 {
        let Some((_, registration)) = self.find(id) else { return 0 };
        let ticket_type = self.tickets.ticket_type(registration.ticket_type);
        ticket_type.map_or(0, |one| one.seats.waiting().min(registration.seats() + one.seats.remaining()))
    }
}
