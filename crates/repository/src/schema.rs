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
        public_contact -> Nullable<Text>,
        calendar_digest -> Nullable<Bytea>,
        calendar_since -> Nullable<Timestamptz>,
        verified_at -> Nullable<Timestamptz>,
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
        currency -> Nullable<Text>,
        hold_minutes -> Nullable<Int4>,
        line_hold_minutes -> Nullable<Int4>,
        grace_minutes -> Int4,
        refund_until -> Nullable<Timestamptz>,
        payment_instructions -> Text,
        line_patience_minutes -> Nullable<Int4>,
        verified_buyers_only -> Bool,
    }
}

diesel::table! {
    registrations (event_id, id) {
        event_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        status -> Text,
        decision -> Int8,
        seated_decision -> Nullable<Int8>,
        cancelled_decision -> Nullable<Int8>,
        idempotency_key -> Nullable<Text>,
        registered_at -> Timestamptz,
        seated_at -> Nullable<Timestamptz>,
        cancelled_at -> Nullable<Timestamptz>,
        cancellation -> Nullable<Text>,
        removal_reason -> Nullable<Text>,
        may_book_again -> Nullable<Bool>,
        ticket_type -> Int2,
        seats_booked -> Int2,
        seats -> Int2,
        price -> Nullable<Int2>,
        split -> Nullable<Array<Int2>>,
        amount -> Int8,
        held_until -> Nullable<Timestamptz>,
        lapses_at -> Nullable<Timestamptz>,
        paid_decision -> Nullable<Int8>,
        paid_at -> Nullable<Timestamptz>,
        paid_amount -> Nullable<Int8>,
        owed -> Int8,
    }
}

diesel::table! {
    event_decisions (event_id, decision) {
        event_id -> Uuid,
        decision -> Int8,
        kind -> Text,
        value -> Nullable<Int8>,
        decided_at -> Timestamptz,
        ticket_type -> Nullable<Int2>,
        price -> Nullable<Int2>,
        registration_id -> Nullable<Uuid>,
        split -> Nullable<Array<Int2>>,
    }
}

diesel::table! {
    ticket_types (event_id, number) {
        event_id -> Uuid,
        number -> Int2,
        name -> Text,
        capacity -> Int4,
        seats_remaining -> Int4,
        waiting -> Int4,
        seats_wanted -> Int4,
        head_wants -> Int4,
        seats_per_registration -> Int4,
        is_used -> Bool,
        money_taken -> Int8,
        money_held -> Int8,
        money_owed -> Int8,
        idle_since -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    prices (event_id, number) {
        event_id -> Uuid,
        number -> Int2,
        ticket_type -> Int2,
        name -> Text,
        amount -> Int8,
        opens_at -> Nullable<Timestamptz>,
        closes_at -> Nullable<Timestamptz>,
        seat_limit -> Nullable<Int4>,
        code -> Nullable<Text>,
        is_closed -> Bool,
        standing -> Int4,
        is_used -> Bool,
    }
}

diesel::table! {
    payments (event_id, id) {
        event_id -> Uuid,
        id -> Uuid,
        registration_id -> Uuid,
        method -> Text,
        amount -> Int8,
        decision -> Int8,
        marked_at -> Timestamptz,
        marked_by -> Nullable<Uuid>,
        taken_back_decision -> Nullable<Int8>,
        taken_back_at -> Nullable<Timestamptz>,
        taken_back_by -> Nullable<Uuid>,
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
        curve -> Nullable<Jsonb>,
        stop_requested_at -> Nullable<Timestamptz>,
        classic_curve -> Nullable<Jsonb>,
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

diesel::table! {
    journal (event_id, id) {
        event_id -> Uuid,
        id -> Int8,
        decision -> Int8,
        written_at -> Timestamptz,
        news -> Array<Text>,
        registrations -> Array<Uuid>,
        retry_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    announcements (event_id, kind, number) {
        event_id -> Uuid,
        kind -> Text,
        number -> Int8,
        decision -> Nullable<Int8>,
        audience -> Text,
        subject -> Nullable<Text>,
        body -> Nullable<Text>,
        author_id -> Nullable<Uuid>,
        idempotency_key -> Nullable<Text>,
        created_at -> Timestamptz,
        walked_to -> Nullable<Uuid>,
        people -> Int4,
        walked_at -> Nullable<Timestamptz>,
        seated_before -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    announcement_refusals (event_id, user_id) {
        event_id -> Uuid,
        user_id -> Uuid,
        refused_at -> Timestamptz,
    }
}

diesel::table! {
    reminders (event_id) {
        event_id -> Uuid,
        hours -> Int2,
        told_start -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    messages (event_id, id) {
        event_id -> Uuid,
        id -> Uuid,
        registration_id -> Uuid,
        kind -> Text,
        number -> Int8,
        user_id -> Uuid,
        state -> Text,
        created_at -> Timestamptz,
        due_at -> Timestamptz,
        tries -> Int2,
        last_error -> Nullable<Text>,
        ended_at -> Nullable<Timestamptz>,
        sent_at -> Nullable<Timestamptz>,
        told -> Nullable<Jsonb>,
        receiver_domain -> Text,
    }
}

diesel::table! {
    account_mails (id) {
        id -> Uuid,
        kind -> Text,
        user_id -> Nullable<Uuid>,
        inviter_id -> Nullable<Uuid>,
        email -> Text,
        digest -> Nullable<Bytea>,
        access_version -> Nullable<Int8>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
        used_by -> Nullable<Uuid>,
        state -> Text,
        due_at -> Timestamptz,
        tries -> Int2,
        last_error -> Nullable<Text>,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    api_keys (id) {
        id -> Uuid,
        user_id -> Uuid,
        name -> Text,
        digest -> Bytea,
        shown -> Text,
        permissions -> Array<Text>,
        event_ids -> Nullable<Array<Uuid>>,
        access_version -> Int8,
        created_at -> Timestamptz,
        expires_at -> Nullable<Timestamptz>,
        last_used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    webhook_endpoints (id) {
        id -> Uuid,
        owner_id -> Uuid,
        url -> Nullable<Text>,
        kinds -> Array<Text>,
        hears_all -> Bool,
        secret -> Nullable<Text>,
        former_secret -> Nullable<Text>,
        former_until -> Nullable<Timestamptz>,
        listens_since -> Timestamptz,
        off_since -> Nullable<Timestamptz>,
        off_reason -> Nullable<Text>,
        failing_since -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        changes_until -> Nullable<Timestamptz>,
        resends_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    webhook_deliveries (event_id, id) {
        event_id -> Uuid,
        id -> Uuid,
        endpoint_id -> Uuid,
        kind -> Text,
        subject_id -> Uuid,
        number -> Int8,
        event_number -> Int8,
        event_version -> Nullable<Int8>,
        status -> Nullable<Text>,
        user_id -> Nullable<Uuid>,
        seats -> Nullable<Int2>,
        ticket_type -> Nullable<Int2>,
        arrival -> Nullable<Int8>,
        cancellation -> Nullable<Text>,
        occurred_at -> Timestamptz,
        state -> Text,
        created_at -> Timestamptz,
        due_at -> Timestamptz,
        tries -> Int2,
        ended_at -> Nullable<Timestamptz>,
        last_status -> Nullable<Int2>,
        last_error -> Nullable<Text>,
        last_answer -> Nullable<Text>,
    }
}

diesel::table! {
    event_pictures (event_id) {
        event_id -> Uuid,
        id -> Uuid,
        width -> Int2,
        height -> Int2,
        large -> Bytea,
        small -> Bytea,
        uploaded_at -> Timestamptz,
    }
}

diesel::table! {
    event_doors (event_id) {
        event_id -> Uuid,
        ticket_key -> Nullable<Bytea>,
        key_since -> Nullable<Timestamptz>,
        opens_minutes_before -> Nullable<Int4>,
        names_minutes_before -> Nullable<Int4>,
        transfers -> Bool,
        attach_tickets -> Bool,
    }
}

diesel::table! {
    door_staff (event_id, user_id) {
        event_id -> Uuid,
        user_id -> Uuid,
        added_at -> Timestamptz,
    }
}

diesel::table! {
    check_ins (event_id, id) {
        event_id -> Uuid,
        id -> Uuid,
        registration_id -> Uuid,
        ticket -> Int2,
        gate -> Text,
        device -> Text,
        scanned_at -> Timestamptz,
        received_at -> Timestamptz,
        scanned_by -> Uuid,
        obstacle -> Nullable<Text>,
        undone_at -> Nullable<Timestamptz>,
        undone_by -> Nullable<Uuid>,
        undone_reason -> Nullable<Text>,
    }
}

diesel::table! {
    transfers (event_id, id) {
        event_id -> Uuid,
        id -> Uuid,
        registration_id -> Uuid,
        price -> Int2,
        digest -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        withdrawn_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    ticket_names (event_id, registration_id, ticket) {
        event_id -> Uuid,
        registration_id -> Uuid,
        ticket -> Int2,
        name -> Text,
    }
}

diesel::joinable!(events -> users (organizer_id));
diesel::joinable!(registrations -> events (event_id));
diesel::allow_tables_to_appear_in_same_query!(users, events, registrations, event_decisions, audit_log, simulations);
diesel::allow_tables_to_appear_in_same_query!(users, event_pictures);
diesel::allow_tables_to_appear_in_same_query!(users, door_staff);
diesel::allow_tables_to_appear_in_same_query!(events, door_staff);
