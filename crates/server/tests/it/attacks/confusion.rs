//! Each secret that the server gives to somebody, in the place of each other one.

use auth::secrets::LinkKey;
use domain::accounts::Role;
use domain::api_keys::KeyPermission;
use serde_json::{Value, json};

use super::stored::stored;
use crate::api_keys::Key;
use crate::check_ins::{codes_of, open_event, scan};
use crate::client::{Audience, Client, Organizer};
use crate::proofs::link;
use crate::stage::{PASSWORD, SECRET, Stage};
use crate::transfers::offer;

/// Where a secret is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Bearer,
    Verify,
    Reset,
    Invitation,
    Transfer,
    Calendar,
    Refusal,
    Gate,
}

impl Place {
    const ALL: [Self; 8] = [
        Self::Bearer,
        Self::Verify,
        Self::Reset,
        Self::Invitation,
        Self::Transfer,
        Self::Calendar,
        Self::Refusal,
        Self::Gate,
    ];
}

/// An event, one of its bookings, and those who try.
struct Hall {
    stage: Stage,
    organizer: Organizer,
    event: String,
    booked: Value,
    /// Whose address a link proves.
    owner: Client,
    stranger: Client,
}

impl Hall {
    /// Whether the secret is good for anything there.
    async fn takes(&self, place: Place, secret: &str) -> bool {
        let Self { stage, event, stranger, .. } = self;
        let answer = match place {
            Place::Bearer => stage.anonymous().with_token(secret).get("/me/registrations").await,
            Place::Verify => self.owner.post_json("/auth/verify", &json!({ "token": secret })).await,
            Place::Reset => {
                let body = json!({ "token": secret, "new_password": "another one, longer" });
                stage.anonymous().post_json("/auth/password-resets/use", &body).await
            }
            Place::Invitation => {
                let body = json!({ "token": secret, "name": "New", "password": PASSWORD });
                stage.anonymous().post_json("/auth/invitations/accept", &body).await
            }
            Place::Transfer => {
                stranger.post_json(&format!("/events/{event}/transfers/accept"), &json!({ "token": secret })).await
            }
            Place::Calendar => stage.anonymous().get(&format!("/calendar/{secret}.ics")).await,
            Place::Refusal => {
                let booked = self.booked["id"].as_str().unwrap();
                stage.anonymous().post(&format!("/unsubscribe/{event}/{booked}/{secret}")).await
            }
            Place::Gate if secret.len() > 100 => return false,
            Place::Gate => return scan(&self.organizer, event, secret).await["outcome"] == "ADMITTED",
        };
        assert!([200, 201, 204, 400, 401, 403, 404, 410, 422].contains(&answer.status), "{place:?}: {}", answer.text);
        answer.status < 300
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_good_where_it_belongs_and_nowhere_else() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = open_event(&organizer, 5).await;
    let [person, inviter] = [stage.person(Role::Audience).await, stage.person(Role::Admin).await];
    let (owner, stranger) = (stage.session(&person), stage.session(&stage.person(Role::Audience).await));
    let (giver, guest) = (stage.audience().await, stage.audience().await);
    let booked = Audience(owner.clone()).book(&event).await.expect(201);
    let given = giver.book(&event).await.expect(201);
    let seat = guest.book(&event).await.expect(201);
    let calendar = owner.post("/auth/me/calendar").await.expect(201)["path"].as_str().unwrap().to_owned();
    let calendar = calendar.rsplit_once('/').unwrap().1.strip_suffix(".ics").unwrap().to_owned();
    let offered = offer(&giver, &given).await.1["token"].as_str().unwrap().to_owned();
    let refusal = LinkKey::new(SECRET.as_bytes()).unwrap().refusal_of(booked["id"].as_str().unwrap().parse().unwrap());
    let secrets = [
        (Place::Bearer, stage.token(&person)),
        (Place::Bearer, stage.api_key(&person, &Key::of(&[KeyPermission::Book])).await.text),
        (Place::Verify, link(&stage, "VERIFY_ADDRESS", &person).await),
        (Place::Reset, link(&stage, "RESET_PASSWORD", &person).await),
        (Place::Invitation, link(&stage, "INVITATION", &inviter).await),
        (Place::Transfer, offered),
        (Place::Calendar, calendar),
        (Place::Refusal, refusal.expose().to_owned()),
        (Place::Gate, codes_of(&guest, &seat).await.remove(0)),
    ];
    let hall = Hall { stage, organizer, event, booked, owner, stranger };

    let before = stored(&hall.stage).await;
    for (own, secret) in &secrets {
        for place in Place::ALL.into_iter().filter(|place| place != own) {
            assert!(!hall.takes(place, secret).await, "the secret for {own:?} is taken at {place:?}");
        }
    }
    assert_eq!(stored(&hall.stage).await, before);
    // A new password ends the sessions and keys.
    for (own, secret) in secrets.iter().filter(|(own, _)| *own != Place::Reset) {
        assert!(hall.takes(*own, secret).await, "the secret for {own:?} is none");
    }
    let (_, reset) = secrets.iter().find(|(own, _)| *own == Place::Reset).unwrap();
    assert!(hall.takes(Place::Reset, reset).await);
}
