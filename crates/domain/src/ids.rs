//! Typed ids, so that an event's id cannot be passed as a user's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! ids {
    ($form:literal $($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        ///
        #[doc = $form]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse::<uuid::fmt::Hyphenated>().map(|id| Self(id.into_uuid()))
            }
        }
    )*};
}

ids! {
    "A version 7 UUID made by the server; its text form is the hyphenated one."
    /// A person, or a simulated buyer.
    UserId;
    /// An event.
    EventId;
    /// A registration.
    RegistrationId;
    /// A payment, or the mark of one that came by another way.
    PaymentId;
    /// An offer to pass a seat on. The registration that comes of it has the same id.
    TransferId;
    /// A message to a person.
    MessageId;
    /// A mail about an account.
    AccountMailId;
    /// A picture of an event.
    PictureId;
    /// An API key.
    ApiKeyId;
    /// An endpoint that webhooks are sent to.
    WebhookId;
    /// A webhook to one endpoint. Receivers know it by this id, which all tries have.
    DeliveryId;
    /// A session: from signing in to signing out, or to the expiry of its token.
    SessionId;
    /// A stress test.
    SimulationId;
    /// One sending of a command. The audit log stores a change of an event as a whole under this id.
    OrderId;
}

ids! {
    "A UUID of any version made by the device that scans; its text form is the hyphenated one."
    /// A scan of a ticket. A scan that is sent twice has one id.
    ScanId;
}

impl TransferId {
    /// The registration that is made when the seat is taken, so that no repeat makes two.
    pub fn registration(self) -> RegistrationId {
        RegistrationId(self.0)
    }
}

impl RegistrationId {
    /// The id of the registration that is made from this one: by a late payment after it has lapsed, or at the end of
    /// the line after it was passed over. It follows from this one, so that no repeat makes two, and stands right
    /// behind it in lists.
    pub fn successor(self) -> Self {
        Self(Uuid::from_u128(self.0.as_u128().wrapping_add(1)))
    }
}
