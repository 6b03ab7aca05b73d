//! All routes, with the permission of each.

use std::sync::LazyLock;

use actix_web::http::Method;
use auth::access::Permission;
use utoipa::openapi::OpenApi;

use crate::http::endpoints::{Endpoint, endpoint};
use crate::http::query::{CURSOR, LIMIT, Parameter};
use crate::openapi::Operation;
use crate::resources::openapi::{Document, Served};
use crate::resources::{
    accounts, analytics, announcements, api_keys, attendees, audit, bookings, calendars, check_ins, codes, door,
    door_settings, door_staff, events, handing_over, health, invitations, live, messages, metrics, openapi, organizer,
    own_tickets, pages, payments, pictures, problems, proofs, refusals, reminders, removals, simulations, site,
    tickets, transfers, users, webhooks,
};

/// A route to a handler, with the description of the handler's name, see `crate::openapi`.
macro_rules! endpoint {
    ($method:expr, $path:literal, $permission:expr, $module:ident::$handler:ident) => {
        Operation::new(endpoint($method, $path, $permission, $module::$handler), $module::describe::$handler)
    };
}

/// All routes. Any other path is a file of the page, or does not exist.
pub fn table() -> Vec<Endpoint> {
    operations().into_iter().map(|operation| operation.endpoint).collect()
}

/// The paths of the page, which browsers get documents at.
pub fn page_paths() -> impl Iterator<Item = &'static str> {
    pages::paths()
}

/// The description of all routes.
pub fn description() -> OpenApi {
    crate::openapi::document(&operations())
}

/// The description of all routes, for the handler that sends it.
pub(crate) fn served_description() -> Served {
    static DOCUMENT: LazyLock<Result<Document, serde_json::Error>> = LazyLock::new(|| Document::new(&description()));
    Served(&DOCUMENT)
}

fn operations() -> Vec<Operation> {
    use Permission::{
        Book, Browse, CheckIn, EntrustOwnEvents, ManageOwnAccount, ManageOwnEvents, ManageUsers, Observe, ReadAudit,
        SignIn, Simulate, Subscribe,
    };
    const GET: Method = Method::GET;
    const POST: Method = Method::POST;
    const PUT: Method = Method::PUT;
    const PATCH: Method = Method::PATCH;
    const DELETE: Method = Method::DELETE;
    const PUBLISHED: &[Parameter] =
        &[events::SEARCH, events::PLACE, events::FROM, events::TO, events::FREE, LIMIT, events::CURSOR];
    const RUN: &[Parameter] = &[organizer::SEARCH, organizer::STATUS, organizer::SORT, LIMIT, events::CURSOR];
    const PEOPLE: &[Parameter] = &[users::SEARCH, users::ROLE, users::IS_ACTIVE, LIMIT, CURSOR];
    const OWN: &[Parameter] = &[bookings::EVENT, bookings::STATUS, LIMIT, CURSOR];
    const TOLD: &[Parameter] = &[messages::STATE, LIMIT, CURSOR];
    const SENT: &[Parameter] = &[webhooks::STATE, LIMIT, CURSOR];
    const SCANNED: &[Parameter] = &[check_ins::STATE, LIMIT, CURSOR];
    const LOG: &[Parameter] = &[audit::ACTOR, audit::SUBJECT, audit::ACTION, LIMIT, CURSOR];
    vec![
        // First, because a path is compared with one pattern after the other, and crowds come to this one.
        endpoint!(POST, "/events/{id}/register", Book, bookings::register),
        endpoint!(POST, "/auth/register", SignIn, accounts::register),
        endpoint!(POST, "/auth/login", SignIn, accounts::login),
        endpoint!(POST, "/auth/logout", ManageOwnAccount, accounts::logout).taking(&[accounts::EVERYWHERE]),
        endpoint!(GET, "/auth/me", ManageOwnAccount, accounts::me),
        endpoint!(PATCH, "/auth/me", ManageOwnAccount, accounts::change),
        endpoint!(POST, "/auth/erase", ManageOwnAccount, accounts::erase),
        endpoint!(POST, "/auth/password", ManageOwnAccount, accounts::change_password),
        endpoint!(POST, "/auth/verification", ManageOwnAccount, proofs::send_again),
        endpoint!(POST, "/auth/verify", ManageOwnAccount, proofs::verify),
        endpoint!(POST, "/auth/address", ManageOwnAccount, proofs::change_address),
        endpoint!(POST, "/auth/password-resets", SignIn, proofs::forget_password),
        endpoint!(POST, "/auth/password-resets/use", SignIn, proofs::reset_password),
        endpoint!(POST, "/auth/invitations/accept", SignIn, invitations::accept),
        endpoint!(GET, "/auth/me/calendar", ManageOwnAccount, calendars::show),
        endpoint!(POST, "/auth/me/calendar", ManageOwnAccount, calendars::create),
        endpoint!(DELETE, "/auth/me/calendar", ManageOwnAccount, calendars::revoke),
        endpoint!(GET, "/auth/me/api-keys", ManageOwnAccount, api_keys::list),
        endpoint!(POST, "/auth/me/api-keys", ManageOwnAccount, api_keys::create),
        endpoint!(DELETE, "/auth/me/api-keys/{key_id}", ManageOwnAccount, api_keys::revoke),
        endpoint!(GET, "/events", Browse, events::list).taking(PUBLISHED),
        // Before the event itself: an id may be anything, also something that ends like this.
        endpoint!(GET, "/events/{id}.ics", Browse, calendars::event),
        endpoint!(GET, "/events/{id}", Browse, events::show),
        endpoint!(GET, "/events/{id}/pictures/{picture_id}/{size}", Browse, pictures::show),
        endpoint!(GET, "/calendar/{secret}.ics", Subscribe, calendars::feed),
        endpoint!(POST, "/unsubscribe/{id}/{registration_id}/{secret}", Subscribe, refusals::refuse),
        endpoint!(DELETE, "/unsubscribe/{id}/{registration_id}/{secret}", Subscribe, refusals::allow),
        endpoint!(GET, "/live", Browse, live::watch).taking(&[live::EVENTS]),
        endpoint!(DELETE, "/events/{id}/registrations/{registration_id}", Book, bookings::give_up),
        endpoint!(PATCH, "/events/{id}/registrations/{registration_id}", Book, bookings::reduce),
        endpoint!(POST, "/events/{id}/code", Book, codes::unlock),
        endpoint!(GET, "/me/registrations", Book, bookings::list_own).taking(OWN),
        endpoint!(GET, "/events/{id}/registrations/{registration_id}/tickets", Book, own_tickets::show),
        endpoint!(GET, "/events/{id}/registrations/{registration_id}/tickets.pdf", Book, own_tickets::print),
        endpoint!(GET, "/events/{id}/registrations/{registration_id}/transfers", Book, transfers::list),
        endpoint!(POST, "/events/{id}/registrations/{registration_id}/transfers", Book, transfers::offer),
        endpoint!(
            DELETE,
            "/events/{id}/registrations/{registration_id}/transfers/{transfer_id}",
            Book,
            transfers::withdraw
        ),
        endpoint!(POST, "/events/{id}/transfers/look", Browse, transfers::look),
        endpoint!(POST, "/events/{id}/transfers/accept", Book, transfers::accept),
        endpoint!(PUT, "/events/{id}/registrations/{registration_id}/tickets/names", Book, own_tickets::name),
        endpoint!(GET, "/me/doors", CheckIn, door::list_own),
        endpoint!(GET, "/events/{id}/door", CheckIn, door::show),
        endpoint!(GET, "/events/{id}/door/tickets", CheckIn, door::tickets).taking(&[door::LIMIT, CURSOR]),
        endpoint!(POST, "/events/{id}/check-ins", CheckIn, check_ins::scan),
        endpoint!(POST, "/events/{id}/check-ins/batch", CheckIn, check_ins::scan_all),
        endpoint!(POST, "/events/{id}/check-ins/{check_in_id}/undo", CheckIn, check_ins::undo),
        endpoint!(GET, "/me/messages", Book, messages::list_own).taking(&[LIMIT, CURSOR]),
        endpoint!(GET, "/organizer/events", ManageOwnEvents, organizer::list).taking(RUN),
        endpoint!(POST, "/organizer/events", ManageOwnEvents, organizer::create),
        endpoint!(GET, "/organizer/events/{id}", ManageOwnEvents, organizer::show),
        endpoint!(PATCH, "/organizer/events/{id}", ManageOwnEvents, organizer::edit),
        endpoint!(DELETE, "/organizer/events/{id}", ManageOwnEvents, organizer::delete),
        endpoint!(POST, "/organizer/events/{id}/publish", ManageOwnEvents, organizer::publish),
        endpoint!(POST, "/organizer/events/{id}/cancel", ManageOwnEvents, organizer::cancel),
        endpoint!(POST, "/organizer/events/{id}/hand-over", EntrustOwnEvents, handing_over::hand_over),
        endpoint!(PUT, "/organizer/events/{id}/picture", ManageOwnEvents, pictures::replace),
        endpoint!(DELETE, "/organizer/events/{id}/picture", ManageOwnEvents, pictures::remove),
        endpoint!(GET, "/organizer/events/{id}/analytics", ManageOwnEvents, analytics::show),
        endpoint!(GET, "/organizer/events/{id}/attendees", ManageOwnEvents, attendees::list).taking(&[
            attendees::SEARCH,
            attendees::STATUS,
            attendees::TICKET_TYPE,
            attendees::ARRIVED,
            LIMIT,
            CURSOR,
        ]),
        endpoint!(
            POST,
            "/organizer/events/{id}/registrations/{registration_id}/remove",
            ManageOwnEvents,
            removals::remove
        ),
        endpoint!(
            POST,
            "/organizer/events/{id}/registrations/{registration_id}/payments",
            ManageOwnEvents,
            payments::mark
        ),
        endpoint!(
            DELETE,
            "/organizer/events/{id}/registrations/{registration_id}/payments/{payment_id}",
            ManageOwnEvents,
            payments::take_back
        ),
        endpoint!(GET, "/organizer/events/{id}/messages", ManageOwnEvents, messages::list_of_event).taking(TOLD),
        endpoint!(
            POST,
            "/organizer/events/{id}/messages/{message_id}/resend",
            ManageOwnEvents,
            messages::resend_of_event
        ),
        endpoint!(GET, "/organizer/events/{id}/announcements", ManageOwnEvents, announcements::list),
        endpoint!(POST, "/organizer/events/{id}/announcements", ManageOwnEvents, announcements::write),
        endpoint!(GET, "/organizer/events/{id}/audience", ManageOwnEvents, announcements::count),
        endpoint!(GET, "/organizer/events/{id}/reminder", ManageOwnEvents, reminders::show),
        endpoint!(PUT, "/organizer/events/{id}/reminder", ManageOwnEvents, reminders::choose),
        endpoint!(GET, "/organizer/events/{id}/tickets", ManageOwnEvents, tickets::show),
        endpoint!(PUT, "/organizer/events/{id}/tickets", ManageOwnEvents, tickets::replace),
        endpoint!(GET, "/organizer/events/{id}/check-ins", ManageOwnEvents, check_ins::list).taking(SCANNED),
        endpoint!(GET, "/organizer/events/{id}/door", ManageOwnEvents, door_settings::show),
        endpoint!(PUT, "/organizer/events/{id}/door", ManageOwnEvents, door_settings::choose),
        endpoint!(POST, "/organizer/events/{id}/door/key", ManageOwnEvents, door_settings::renew),
        endpoint!(GET, "/organizer/events/{id}/door/staff", ManageOwnEvents, door_staff::list),
        endpoint!(POST, "/organizer/events/{id}/door/staff", ManageOwnEvents, door_staff::add),
        endpoint!(DELETE, "/organizer/events/{id}/door/staff/{user_id}", ManageOwnEvents, door_staff::remove),
        endpoint!(GET, "/organizer/webhooks", EntrustOwnEvents, webhooks::list),
        endpoint!(POST, "/organizer/webhooks", EntrustOwnEvents, webhooks::create),
        endpoint!(PATCH, "/organizer/webhooks/{webhook_id}", EntrustOwnEvents, webhooks::change),
        endpoint!(DELETE, "/organizer/webhooks/{webhook_id}", EntrustOwnEvents, webhooks::delete),
        endpoint!(POST, "/organizer/webhooks/{webhook_id}/secret", EntrustOwnEvents, webhooks::rotate),
        endpoint!(POST, "/organizer/webhooks/{webhook_id}/test", EntrustOwnEvents, webhooks::test),
        endpoint!(GET, "/organizer/webhooks/{webhook_id}/deliveries", EntrustOwnEvents, webhooks::list_deliveries)
            .taking(SENT),
        endpoint!(
            POST,
            "/organizer/webhooks/{webhook_id}/deliveries/{delivery_id}/resend",
            EntrustOwnEvents,
            webhooks::resend
        ),
        endpoint!(POST, "/admin/events/{id}/simulate", Simulate, simulations::run).taking(&[
            simulations::USERS,
            simulations::MIX,
            simulations::DRY_RUN,
            simulations::CLASSIC,
        ]),
        endpoint!(GET, "/admin/events/{id}/simulation", Simulate, simulations::show),
        endpoint!(DELETE, "/admin/events/{id}/simulation", Simulate, simulations::undo),
        endpoint!(GET, "/admin/events/{id}/simulations", Simulate, simulations::list),
        endpoint!(POST, "/admin/events/{id}/simulations/{simulation_id}/stop", Simulate, simulations::stop),
        endpoint!(GET, "/admin/users", ManageUsers, users::list).taking(PEOPLE),
        endpoint!(PATCH, "/admin/users/{id}", ManageUsers, users::change),
        endpoint!(POST, "/admin/users/{id}/password", ManageUsers, users::reset_password),
        endpoint!(GET, "/admin/invitations", ManageUsers, invitations::list).taking(&[LIMIT, CURSOR]),
        endpoint!(POST, "/admin/invitations", ManageUsers, invitations::invite),
        endpoint!(DELETE, "/admin/invitations/{invitation_id}", ManageUsers, invitations::revoke),
        endpoint!(GET, "/admin/outbox", ManageUsers, messages::show_outbox),
        endpoint!(GET, "/admin/outbox/messages", ManageUsers, messages::list_all).taking(TOLD),
        endpoint!(POST, "/admin/outbox/messages/{message_id}/resend", ManageUsers, messages::resend),
        endpoint!(GET, "/admin/audit", ReadAudit, audit::list).taking(LOG),
        endpoint!(GET, "/health/live", Observe, health::live),
        endpoint!(GET, "/health/ready", Observe, health::ready),
        endpoint!(GET, "/metrics", Observe, metrics::show_to_everybody),
        endpoint!(GET, "/openapi.json", Observe, openapi::show),
        endpoint!(GET, "/site", Browse, site::show),
        endpoint!(GET, "/problems/{code}", Observe, problems::show),
    ]
}

/// The routes of the listener that metrics may have for themselves.
pub(crate) fn table_of_metrics() -> Vec<Endpoint> {
    vec![endpoint!(Method::GET, "/metrics", Permission::Observe, metrics::show).endpoint]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_name_stands_for_one_schema() {
        let mut known = BTreeMap::new();
        for (name, schema) in crate::openapi::schemas(&operations()) {
            let schema = serde_json::to_value(schema).unwrap();
            let first = known.entry(name.clone()).or_insert_with(|| schema.clone());
            assert_eq!(*first, schema, "{name}");
        }
    }
}
