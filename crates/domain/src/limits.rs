//! The limits of events and accounts. The database's CHECKs hold the same limits.

/// The most seats an event may have.
pub const CAPACITY_MAX: i32 = 1_000_000;

/// The most waiting people that one batch promotes. The transaction that frees or adds the seats promotes them while
/// the event's row is locked. The limit keeps that lock to about a second.
pub const PROMOTIONS_PER_BATCH_MAX: i32 = 20_000;

/// The most cancelled registrations of one person at one event, so that booking and cancelling in a loop does not add
/// rows without end.
pub const GIVEN_UP_PER_PERSON_MAX: usize = 20;

/// The most times that somebody is passed over at one event. Each leaves a cancelled registration, which counts for
/// nothing else.
pub const PASSED_PER_PERSON_MAX: usize = 10;

/// The most events that one account may create, with those that it has deleted or handed over since: a loop would add
/// rows without end. An account that runs as many cannot be handed another. Events from others do not count towards
/// what it may create, so that nobody can use up somebody else's limit.
pub const EVENTS_PER_ORGANIZER_MAX: i64 = 5_000;

/// The most characters of a public contact: as many as an e-mail address may have.
pub const PUBLIC_CONTACT_CHARACTERS_MAX: usize = EMAIL_CHARACTERS_MAX;

/// The most sessions of one account that ended while their tokens may still be valid. One more ends all sessions of the
/// account.
pub const ENDED_SESSIONS_MAX: usize = 100;

/// The most ticket types of one event.
pub const TICKET_TYPES_MAX: usize = 20;

/// The most prices of one event.
pub const PRICES_MAX: usize = 60;

/// The highest number of a price within its event, and of a ticket type: as many as there can be prices. A CHECK in the
/// database says the same.
pub const TICKET_NUMBER_MAX: i16 = 60;

/// The most seats of one registration. An organizer may allow fewer.
pub const SEATS_PER_REGISTRATION_MAX: i32 = 10;

/// The highest price of a seat, in minor units. Ten of them are far below what a 64-bit number holds.
pub const AMOUNT_MAX: i64 = 1_000_000_000;

/// The most that one registration can cost, in minor units: [`AMOUNT_MAX`] for each of its seats.
pub const REGISTRATION_AMOUNT_MAX: i64 = 10 * AMOUNT_MAX;

/// The fewest minutes for which unpaid seats are held.
pub const HOLD_MINUTES_MIN: i32 = 15;

/// The most minutes for which unpaid seats are held: 14 days.
pub const HOLD_MINUTES_MAX: i32 = 14 * 24 * 60;

/// How long seats from the line are held at a new event, in minutes.
pub const LINE_HOLD_MINUTES: i32 = 24 * 60;

/// How long the head of a line may leave seats idle at a new event, in minutes.
pub const LINE_PATIENCE_MINUTES: i32 = 24 * 60;

/// The most minutes for which seats are kept beyond what their buyers are told: 7 days.
pub const GRACE_MINUTES_MAX: i32 = 7 * 24 * 60;

/// The most holds that one person may let lapse at one event.
pub const LAPSES_PER_PERSON_MAX: usize = 3;

/// The most holds that one order lets lapse, which bounds the time of the lock.
pub const LAPSES_PER_ORDER_MAX: usize = 500;

/// The most registrations that one row of the journal names. A CHECK in the database says the same.
pub const NEWS_PER_ROW_MAX: i32 = 1_000;

/// The fewest hours between a reminder and the start of its event.
pub const REMINDER_HOURS_MIN: i16 = 1;

/// The most hours between a reminder and the start of its event: 14 days. The search for reminders looks no further
/// ahead.
pub const REMINDER_HOURS_MAX: i16 = 14 * 24;

/// The most announcements of one event, so that a loop does not write to people without end.
pub const ANNOUNCEMENTS_PER_EVENT_MAX: i64 = 50;

/// The most characters of an organizer's subject.
pub const SUBJECT_CHARACTERS_MAX: usize = 150;

/// The most characters of an organizer's own message.
pub const ANNOUNCEMENT_CHARACTERS_MAX: usize = 5_000;

/// The most endpoints for webhooks of one account. Each hears of every change, so they multiply what is sent.
pub const WEBHOOKS_PER_OWNER_MAX: i64 = 10;

/// The most characters of an endpoint's address.
pub const WEBHOOK_URL_CHARACTERS_MAX: usize = 1_000;

/// The most edits of one event. Each leaves an entry in the audit log for ever, so a loop would add rows without end.
pub const EDITS_PER_EVENT_MAX: i64 = 10_000;

/// The highest version of an event that can still be handed over. Events that have had all their edits can be handed
/// over some more times, since nobody else could take them over from an organizer who leaves.
pub const HAND_OVER_VERSION_MAX: i64 = EDITS_PER_EVENT_MAX + 100;

/// The most API keys of one account, with those that work no more.
pub const API_KEYS_PER_PERSON_MAX: i64 = 20;

/// Characters in the name of an API key.
pub const API_KEY_NAME_CHARACTERS_MAX: usize = 100;

/// The most events that an API key can be restricted to.
pub const API_KEY_EVENTS_MAX: usize = 50;

/// The most days for which an API key works, unless it works until it is revoked.
pub const API_KEY_DAYS_MAX: i32 = 366;

/// The days for which an API key works, unless its owner says otherwise.
pub const API_KEY_DAYS: i32 = 90;

/// The most accounts of the door staff of one event.
pub const DOOR_STAFF_MAX: i64 = 100;

/// The most minutes before its start at which an event begins to let people in: 30 days.
pub const DOOR_OPENS_MINUTES_MAX: i32 = 30 * 24 * 60;

/// The minutes before its start at which an event begins to let people in, unless its organizer says otherwise: a day.
pub const DOOR_OPENS_MINUTES: i32 = 24 * 60;

/// The most minutes before an event's start at which the names of its tickets close: 30 days.
pub const NAMES_CLOSE_MINUTES_MAX: i32 = 30 * 24 * 60;

/// The minutes before its start at which the names of an event's tickets close, unless its organizer says otherwise:
/// they can be filled in until the start.
pub const NAMES_CLOSE_MINUTES: i32 = 0;

/// Characters in the name of a gate.
pub const GATE_CHARACTERS_MAX: usize = 40;

/// Characters in the name of a device that scans tickets.
pub const DEVICE_CHARACTERS_MAX: usize = 60;

/// Characters in the reason for which a check-in is undone.
pub const UNDO_REASON_CHARACTERS_MAX: usize = 200;

/// The most scans of one request.
pub const SCANS_MAX: usize = 100;

/// The most simulated buyers of one stress test.
pub const SIMULATED_USERS_MAX: u32 = 100_000;

/// The most days from an event's start to its end: a year, with room for a leap day. The public list looks no further
/// back for events that have started and not ended.
pub const EVENT_DAYS_MAX: i32 = 366;

/// Characters in an event's title.
pub const TITLE_CHARACTERS_MAX: usize = 200;

/// Characters in an event's description.
pub const DESCRIPTION_CHARACTERS_MAX: usize = 10_000;

/// Characters in an event's location.
pub const LOCATION_CHARACTERS_MAX: usize = 300;

/// Characters in the reason for which a registration is taken away: some sentences to its person.
pub const REMOVAL_REASON_CHARACTERS_MAX: usize = 500;

/// Characters in the name of a ticket type or a price.
pub const TICKET_NAME_CHARACTERS_MAX: usize = 80;

/// Characters in a code that unlocks prices.
pub const CODE_CHARACTERS_MAX: usize = 40;

/// Characters in the words that tell buyers how to pay.
pub const PAYMENT_INSTRUCTIONS_CHARACTERS_MAX: usize = 1_000;

/// Characters in a person's name.
pub const NAME_CHARACTERS_MAX: usize = 120;

/// Characters in an e-mail address: RFC 5321, section 4.5.3.1.3 (a path of 256 with its brackets).
pub const EMAIL_CHARACTERS_MAX: usize = 254;

/// Characters before the `@` of an e-mail address: RFC 5321, section 4.5.3.1.1.
pub const EMAIL_LOCAL_CHARACTERS_MAX: usize = 64;

/// Characters of one label of a host name: RFC 1035, section 2.3.4.
pub const HOST_LABEL_CHARACTERS_MAX: usize = 63;

/// Characters in an idempotency key: room for a UUID with a prefix, small enough for the index that holds it.
pub const IDEMPOTENCY_KEY_CHARACTERS_MAX: usize = 128;

/// The last year of an event. It has four digits, so that every client's date field can show it.
pub const YEAR_MAX: i32 = 9999;

/// How long an offer to pass a seat on can be taken, in hours.
pub const TRANSFER_HOURS: i64 = 7 * 24;

/// The most offers to pass on seats of one registration that are stored: open ones, and those that were taken.
pub const TRANSFERS_PER_REGISTRATION_MAX: i64 = 20;
