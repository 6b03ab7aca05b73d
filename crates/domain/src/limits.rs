//! Bounds on what an event or an account may hold. The database's CHECKs say the same.

/// The most seats an event may have.
pub const CAPACITY_MAX: i32 = 1_000_000;

/// The most waiting people that the changes of capacity in one batch may promote. They are promoted in the transaction
/// that adds the seats, while the event's row is locked; this keeps that lock to about a second.
pub const PROMOTIONS_PER_BATCH_MAX: i32 = 20_000;

/// How often one person may give up a place at one event and then book again: whoever does so in a loop would make rows
/// for ever.
pub const GIVEN_UP_PER_PERSON_MAX: usize = 20;

/// The most buyers that one stress test may simulate.
pub const SIMULATED_USERS_MAX: u32 = 100_000;

/// Characters in an event's title.
pub const TITLE_CHARACTERS_MAX: usize = 200;

/// Characters in an event's description.
pub const DESCRIPTION_CHARACTERS_MAX: usize = 10_000;

/// Characters in an event's location.
pub const LOCATION_CHARACTERS_MAX: usize = 300;

/// Characters in a person's name.
pub const NAME_CHARACTERS_MAX: usize = 120;

/// Characters in an e-mail address: RFC 5321, section 4.5.3.1.3 (a path of 256 with its brackets).
pub const EMAIL_CHARACTERS_MAX: usize = 254;

/// Characters in an idempotency key: room for a UUID with a prefix, small enough for the index that holds it.
pub const IDEMPOTENCY_KEY_CHARACTERS_MAX: usize = 128;

/// The last year that an event may be in: four digits, so that every client's date field can show it.
pub const YEAR_MAX: i32 = 9999;
