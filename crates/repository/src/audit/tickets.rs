//! How an entry tells of changed ticket types and prices: those that differ, before and after.

use domain::tickets::{Price, TicketType, Tickets};
use serde_json::{Map, Value, json};

pub(super) fn describe(old: &Tickets, new: &Tickets, before: &mut Map<String, Value>, after: &mut Map<String, Value>) {
    let types = |tickets: &Tickets| tickets.types.iter().map(type_facts).collect();
    let prices = |tickets: &Tickets| tickets.prices.iter().map(price_facts).collect();
    for (name, old, new) in [("ticket_types", types(old), types(new)), ("prices", prices(old), prices(new))] {
        let (old, new): (Vec<Value>, Vec<Value>) = (old, new);
        let only_in = |these: &[Value], others: &[Value]| -> Vec<Value> {
            these.iter().filter(|value| !others.contains(value)).cloned().collect()
        };
        let (gone, come) = (only_in(&old, &new), only_in(&new, &old));
        if !gone.is_empty() || !come.is_empty() {
            before.insert(name.to_owned(), gone.into());
            after.insert(name.to_owned(), come.into());
        }
    }
}

fn type_facts(one: &TicketType) -> Value {
    json!({
        "number": one.number,
        "name": one.name,
        "capacity": one.seats.capacity(),
        "seats_per_registration": one.seats_per_registration,
    })
}

fn price_facts(price: &Price) -> Value {
    json!({
        "number": price.number,
        "ticket_type": price.ticket_type,
        "name": price.name,
        "amount": price.amount,
        "opens_at": price.opens_at,
        "closes_at": price.closes_at,
        "limit": price.limit,
        "code": price.code.as_ref().map(|code| code.as_str()),
        "is_closed": price.is_closed,
    })
}
