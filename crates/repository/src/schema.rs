//! The tables, as the migrations leave them. A test compares this file with a migrated database.

diesel::table! {
    users (id) {
        id -> Uuid,
        name -> Text,
        email -> Text,
        password_hash -> Text,
        role -> Text,
        is_active -> Bool,
        kind -> Text,
        access_version -> Int8,
        access_changed_at -> Timestamptz,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        ended_sessions -> Array<Uuid>,
        erased_at -> Nullable<Timestamptz>,
        cleared_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    events (id) {
        id -> Uuid,
        organizer_id -> Uuid,
        title -> Text,
        description -> Text,
        location -> Text,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        time_zone -> Text,
        sales_open_at -> Nullable<Timestamptz>,
        sales_close_at -> Nullable<Timestamptz>,
        capacity -> Int4,
        seats_remaining -> Int4,
        waiting -> Int4,
        last_decision -> Int8,
        status -> Text,
        under_test_since -> Nullable<Int8>,
        rehearsal_of -> Nullable<Uuid>,
        edit_version -> Int8,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        predates_length_limit -> Bool,
        cancel_until -> Nullable<Timestamptz>,
        idempotency_key -> Nullable<Text>,
        key_of -> Nullable<Uuid>,
    }
}

diesel::table! {
    registrations (event_id, id) {
        event_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        status -> Text,
        decision -> Int8,
        confirmed_decision -> Nullable<Int8>,
        cancelled_decision -> Nullable<Int8>,
        idempotency_key -> Nullable<Text>,
        registered_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
        cancelled_at -> Nullable<Timestamptz>,
        cancellation -> Nullable<Text>,
        removal_reason -> Nullable<Text>,
        may_book_again -> Nullable<Bool>,
    }
}

diesel::table! {
    event_decisions (event_id, decision) {
        event_id -> Uuid,
        decision -> Int8,
        kind -> Text,
        value -> Nullable<Int8>,
        decided_at -> Timestamptz,
    }
}

diesel::table! {
    audit_log (id) {
        id -> Uuid,
        at -> Timestamptz,
        actor_id -> Nullable<Uuid>,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Uuid,
        before -> Nullable<Jsonb>,
        after -> Nullable<Jsonb>,
    }
}

diesel::table! {
    simulations (event_id, id) {
        event_id -> Uuid,
        id -> Uuid,
        state -> Text,
        users -> Int4,
        answered -> Int4,
        started_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        failure -> Nullable<Text>,
        report -> Nullable<Jsonb>,
        idempotency_key -> Nullable<Text>,
    }
}

diesel::table! {
    event_figures (event_id, minute) {
        event_id -> Uuid,
        minute -> Timestamptz,
        confirmed -> Int4,
        waitlisted -> Int4,
        promoted -> Int4,
        cancelled -> Int4,
    }
}

diesel::joinable!(events -> users (organizer_id));
diesel::joinable!(registrations -> events (event_id));
diesel::allow_tables_to_appear_in_same_query!(users, events, registrations, event_decisions, audit_log, simulations);
