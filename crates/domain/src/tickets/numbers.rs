//! The numbers of ticket types and prices, which are small and count within their event.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        pub struct $name(i16);

        impl $name {
            /// The first number, which every event has.
            pub const FIRST: Self = Self(1);
        }

        impl From<i16> for $name {
            fn from(number: i16) -> Self {
                Self(number)
            }
        }

        impl From<$name> for i16 {
            fn from(number: $name) -> Self {
                number.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

numbers! {
    /// The number of a ticket type within its event.
    TypeNumber;
    /// The number of a price within its event.
    PriceNumber;
}
