use domain::ids::{DeliveryId, EventId, RegistrationId, WebhookId};
use domain::webhooks::{DeliveryState, WebhookKind};
use serde_json::json;

use super::{DeliveryBody, NewWebhook, OnOff, Rotation, Scope, TestBody, WebhookBody, WebhookChanges, WithSecret};
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::samples::{CONCERT, ENTRY, REGISTRATION, sale};
use crate::openapi::{Answer, Description, Tag};
use crate::resources::sign_ins::samples::hashing;

/// An example of a password.
const PASSWORD: &str = "correct horse battery";

pub(crate) fn list() -> Description {
    Description::of(Tag::Organizers, "List one's own webhooks")
        .details("All of them are on one page.")
        .answer(Answer::json(200, "The webhooks.", &Page::whole(vec![webhook()])))
}

pub(crate) fn create() -> Description {
    Description::of(Tag::Organizers, "Make a webhook")
        .details(
            "It tells an endpoint of changes at the caller's events, an administrator's of changes at all events. The \
             secret that signs them is told here and never again. Two webhooks of an account have different addresses.",
        )
        .request::<NewWebhook>(json!({
            "url": "https://hooks.example.org/onsale", "kinds": ["registration.confirmed", "registration.cancelled"],
            "current_password": PASSWORD,
        }))
        .answer(Answer::json(201, "The webhook, with its secret.", &with_secret()))
        .problems([Problem::TooManyWebhooks])
        .problems(hashing())
}

pub(crate) fn change() -> Description {
    Description::of(Tag::Organizers, "Change a webhook, or switch it on or off")
        .details("Another address takes the password of the account. Many changes one after the other are refused.")
        .request::<WebhookChanges>(json!({ "kinds": ["event.cancelled"], "state": "ON" }))
        .answer(Answer::json(200, "The webhook.", &webhook()))
        .problems([too_often()])
        .problems(hashing())
}

pub(crate) fn delete() -> Description {
    Description::of(Tag::Organizers, "Delete a webhook, with its log")
        .details("Its address and its secrets are forgotten at once. Its log goes in the time that follows.")
        .answer(Answer::empty(204, "Nothing more is sent to its endpoint."))
}

pub(crate) fn rotate() -> Description {
    Description::of(Tag::Organizers, "Give a webhook another secret")
        .details("The former secret signs along for 24 hours. The new one is told here and never again.")
        .request::<Rotation>(json!({ "current_password": PASSWORD }))
        .answer(Answer::json(200, "The webhook, with its new secret.", &with_secret()))
        .problems(hashing())
}

pub(crate) fn test() -> Description {
    Description::of(Tag::Organizers, "Send a test to a webhook's endpoint")
        .details("A delivery of the kind `ping`. Tests of the same second are one.")
        .answer(Answer::json(202, "It will be sent.", &TestBody { id: DeliveryId::from(ENTRY) }))
        .problems([Problem::WebhookOff])
}

pub(crate) fn list_deliveries() -> Description {
    let page = Page::of(vec![(), ()], 1, |()| DeliveryId::from(ENTRY).to_string(), |()| delivery());
    Description::of(Tag::Organizers, "List the deliveries of a webhook, the newest first").answer(Answer::json(
        200,
        "A page of deliveries.",
        &page,
    ))
}

pub(crate) fn resend() -> Description {
    Description::of(Tag::Organizers, "Have a delivery sent again")
        .details(
            "A delivery that has ended, with the same id. One that is due stays due. Of one webhook 60 are sent again \
             at once, and then one a second.",
        )
        .answer(Answer::empty(204, "It is due."))
        .problems([Problem::WebhookOff, too_often()])
}

fn too_often() -> Problem {
    Problem::WebhookTooOften { retry_after_seconds: 1 }
}

fn webhook() -> WebhookBody {
    WebhookBody {
        id: WebhookId::from(ENTRY),
        url: "https://hooks.example.org/onsale".to_owned(),
        kinds: vec![WebhookKind::Confirmed, WebhookKind::Cancelled],
        scope: Scope::Own,
        state: OnOff::On,
        off_reason: None,
        off_since: None,
        failing_since: None,
        former_secret_until: None,
        created_at: sale(),
    }
}

fn with_secret() -> WithSecret {
    let secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned();
    WithSecret { webhook: webhook(), secret }
}

fn delivery() -> DeliveryBody {
    DeliveryBody {
        id: DeliveryId::from(ENTRY),
        kind: WebhookKind::Confirmed,
        event_id: Some(EventId::from(CONCERT)),
        registration_id: Some(RegistrationId::from(REGISTRATION)),
        state: DeliveryState::Delivered,
        created_at: sale(),
        next_try_at: None,
        ended_at: Some(sale()),
        tries: 1,
        last_status: Some(200),
        last_error: None,
        last_answer: Some("ok".to_owned()),
    }
}
