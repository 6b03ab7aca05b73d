//! Seats as requests name them: so many at a price.

use domain::limits::TICKET_NUMBER_MAX;
use domain::tickets::{Part, Split};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::extractors::WholeNumber;
use crate::http::problems::Problem;
use crate::openapi::formats::{SeatCount, TicketNumber};

/// So many seats at a price, in a request.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SeatsAtPrice)]
pub(crate) struct SeatsAtPrice {
    #[schema(value_type = TicketNumber)]
    price: WholeNumber,
    #[schema(value_type = SeatCount)]
    count: WholeNumber,
}

impl SeatsAtPrice {
    /// The seats that a request names.
    pub(crate) fn split(all: &[Self]) -> Result<Split, Problem> {
        let part = |one: &Self| {
            let price = i16::try_from(one.price.0).ok().filter(|price| (1..=TICKET_NUMBER_MAX).contains(price));
            let price = price.ok_or_else(|| Problem::field("seats.price", "must be the number of a price"))?;
            let seats = i16::try_from(one.count.0).ok().filter(|count| *count > 0);
            let seats = seats.ok_or_else(|| Problem::field("seats.count", "must be between 1 and 10"))?;
            Ok(Part { price: price.into(), seats })
        };
        let parts = all.iter().map(part).collect::<Result<Vec<_>, Problem>>()?;
        let must = "must have 1 to 10 seats in all, and each price once";
        Split::of(parts).ok_or_else(|| Problem::field("seats", must))
    }
}
