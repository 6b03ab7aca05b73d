--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: audit_log_refuses(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_log_refuses() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'the audit log is append only' using errcode = 'insufficient_privilege';
end
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: __diesel_schema_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.__diesel_schema_migrations (
    version character varying(50) NOT NULL,
    run_on timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);


--
-- Name: account_mails; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_mails (
    id uuid NOT NULL,
    kind text NOT NULL,
    user_id uuid,
    inviter_id uuid,
    email text NOT NULL,
    digest bytea,
    access_version bigint,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    used_by uuid,
    state text DEFAULT 'DUE'::text NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    tries smallint DEFAULT 0 NOT NULL,
    last_error text,
    ended_at timestamp with time zone,
    CONSTRAINT account_mails_digest_length CHECK ((octet_length(digest) = 32)),
    CONSTRAINT account_mails_email_length CHECK (((char_length(email) >= 3) AND (char_length(email) <= 254))),
    CONSTRAINT account_mails_end CHECK (((state = 'DUE'::text) = (ended_at IS NULL))),
    CONSTRAINT account_mails_expiry CHECK ((expires_at > created_at)),
    CONSTRAINT account_mails_inviter CHECK (((kind = 'INVITATION'::text) = (inviter_id IS NOT NULL))),
    CONSTRAINT account_mails_kind CHECK ((kind = ANY (ARRAY['VERIFY_ADDRESS'::text, 'RESET_PASSWORD'::text, 'CHANGE_ADDRESS'::text, 'INVITATION'::text, 'ADDRESS_TAKEN'::text, 'ADDRESS_CHANGED'::text, 'PASSWORD_RESET'::text, 'WEBHOOK_OFF'::text]))),
    CONSTRAINT account_mails_last_error_length CHECK ((char_length(last_error) <= 300)),
    CONSTRAINT account_mails_person CHECK (((kind = 'INVITATION'::text) OR (user_id IS NOT NULL))),
    CONSTRAINT account_mails_secret CHECK (((kind = ANY (ARRAY['VERIFY_ADDRESS'::text, 'RESET_PASSWORD'::text, 'CHANGE_ADDRESS'::text, 'INVITATION'::text])) = (digest IS NOT NULL))),
    CONSTRAINT account_mails_state CHECK ((state = ANY (ARRAY['DUE'::text, 'SENT'::text, 'FAILED'::text, 'OBSOLETE'::text]))),
    CONSTRAINT account_mails_use CHECK (((used_at IS NULL) = (used_by IS NULL)))
);


--
-- Name: announcement_refusals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.announcement_refusals (
    event_id uuid NOT NULL,
    user_id uuid NOT NULL,
    refused_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);


--
-- Name: announcements; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.announcements (
    event_id uuid NOT NULL,
    kind text NOT NULL,
    number bigint NOT NULL,
    decision bigint,
    audience text NOT NULL,
    subject text,
    body text,
    author_id uuid,
    idempotency_key text,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    walked_to uuid,
    people integer DEFAULT 0 NOT NULL,
    walked_at timestamp with time zone,
    seated_before timestamp with time zone,
    CONSTRAINT announcements_audience CHECK ((audience = ANY (ARRAY['CONFIRMED'::text, 'WAITING'::text, 'BOTH'::text]))),
    CONSTRAINT announcements_body_length CHECK (((char_length(body) >= 1) AND (char_length(body) <= 5000))),
    CONSTRAINT announcements_kind CHECK ((kind = ANY (ARRAY['MOVED'::text, 'EVENT_CANCELLED'::text, 'ANNOUNCEMENT'::text, 'REMINDER'::text]))),
    CONSTRAINT announcements_reminder CHECK (((kind = 'REMINDER'::text) = (seated_before IS NOT NULL))),
    CONSTRAINT announcements_subject_length CHECK (((char_length(subject) >= 1) AND (char_length(subject) <= 150))),
    CONSTRAINT announcements_words CHECK ((((kind = 'ANNOUNCEMENT'::text) = ((subject IS NOT NULL) AND (body IS NOT NULL))) AND ((subject IS NULL) = (body IS NULL))))
);


--
-- Name: api_keys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.api_keys (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    digest bytea NOT NULL,
    shown text NOT NULL,
    permissions text[] NOT NULL,
    event_ids uuid[],
    access_version bigint NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    CONSTRAINT api_keys_digest_length CHECK ((octet_length(digest) = 32)),
    CONSTRAINT api_keys_events CHECK (((cardinality(event_ids) >= 1) AND (cardinality(event_ids) <= 50))),
    CONSTRAINT api_keys_expiry CHECK (((expires_at > created_at) AND (expires_at <= (created_at + '8784:00:00'::interval)))),
    CONSTRAINT api_keys_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
    CONSTRAINT api_keys_permissions CHECK ((((cardinality(permissions) >= 1) AND (cardinality(permissions) <= 6)) AND (permissions <@ ARRAY['BOOK'::text, 'CHECK_IN'::text, 'MANAGE_OWN_EVENTS'::text, 'RUN_ANY_EVENT'::text, 'SIMULATE'::text, 'READ_AUDIT'::text]))),
    CONSTRAINT api_keys_shown_length CHECK (((char_length(shown) >= 12) AND (char_length(shown) <= 20)))
);


--
-- Name: audit_log; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_log (
    id uuid NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    actor_id uuid,
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    before jsonb,
    after jsonb,
    CONSTRAINT audit_log_action_length CHECK (((char_length(action) >= 1) AND (char_length(action) <= 60))),
    CONSTRAINT audit_log_subject_kind CHECK ((subject_kind = ANY (ARRAY['USER'::text, 'EVENT'::text])))
);


--
-- Name: check_ins; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.check_ins (
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    registration_id uuid NOT NULL,
    ticket smallint NOT NULL,
    gate text NOT NULL,
    device text NOT NULL,
    scanned_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    scanned_by uuid NOT NULL,
    obstacle text,
    undone_at timestamp with time zone,
    undone_by uuid,
    undone_reason text,
    CONSTRAINT check_ins_device_length CHECK (((char_length(device) >= 1) AND (char_length(device) <= 60))),
    CONSTRAINT check_ins_gate_length CHECK (((char_length(gate) >= 1) AND (char_length(gate) <= 40))),
    CONSTRAINT check_ins_obstacle CHECK ((obstacle = ANY (ARRAY['ALREADY_IN'::text, 'GIVEN_UP'::text, 'UNPAID'::text, 'EVENT_OFF'::text]))),
    CONSTRAINT check_ins_ticket CHECK (((ticket >= 1) AND (ticket <= 10))),
    CONSTRAINT check_ins_undone CHECK ((((undone_at IS NULL) = (undone_by IS NULL)) AND ((undone_at IS NULL) = (undone_reason IS NULL)))),
    CONSTRAINT check_ins_undone_reason_length CHECK (((char_length(undone_reason) >= 1) AND (char_length(undone_reason) <= 200)))
);


--
-- Name: door_staff; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.door_staff (
    event_id uuid NOT NULL,
    user_id uuid NOT NULL,
    added_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);


--
-- Name: event_decisions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event_decisions (
    event_id uuid NOT NULL,
    decision bigint NOT NULL,
    kind text NOT NULL,
    value bigint,
    decided_at timestamp with time zone NOT NULL,
    ticket_type smallint,
    price smallint,
    registration_id uuid,
    split smallint[],
    CONSTRAINT event_decisions_kind CHECK ((kind = ANY (ARRAY['CREATED'::text, 'CAPACITY'::text, 'LIMIT'::text, 'REDUCED'::text, 'PUBLISHED'::text, 'CANCELLED'::text, 'SIMULATION_BEGUN'::text, 'SIMULATION_UNDONE'::text]))),
    CONSTRAINT event_decisions_subject CHECK ((((ticket_type IS NOT NULL) = (kind = ANY (ARRAY['CREATED'::text, 'CAPACITY'::text, 'REDUCED'::text]))) AND ((registration_id IS NOT NULL) = (kind = 'REDUCED'::text)) AND (((price IS NOT NULL) OR (split IS NOT NULL)) = (kind = ANY (ARRAY['LIMIT'::text, 'REDUCED'::text]))) AND ((price IS NULL) OR (split IS NULL)))),
    CONSTRAINT event_decisions_value CHECK ((((value IS NOT NULL) OR (kind = 'LIMIT'::text)) = (kind = ANY (ARRAY['CREATED'::text, 'CAPACITY'::text, 'LIMIT'::text, 'REDUCED'::text, 'SIMULATION_UNDONE'::text]))))
);


--
-- Name: event_doors; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event_doors (
    event_id uuid NOT NULL,
    ticket_key bytea,
    key_since timestamp with time zone,
    opens_minutes_before integer DEFAULT 1440,
    names_minutes_before integer DEFAULT 0,
    transfers boolean DEFAULT true NOT NULL,
    attach_tickets boolean DEFAULT false NOT NULL,
    CONSTRAINT event_doors_key CHECK (((ticket_key IS NULL) = (key_since IS NULL))),
    CONSTRAINT event_doors_names_minutes_before CHECK (((names_minutes_before >= 0) AND (names_minutes_before <= 43200))),
    CONSTRAINT event_doors_opens_minutes_before CHECK (((opens_minutes_before >= 0) AND (opens_minutes_before <= 43200))),
    CONSTRAINT event_doors_ticket_key_length CHECK ((octet_length(ticket_key) = 32))
);


--
-- Name: event_figures; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event_figures (
    event_id uuid NOT NULL,
    minute timestamp with time zone NOT NULL,
    confirmed integer NOT NULL,
    waitlisted integer NOT NULL,
    promoted integer NOT NULL,
    cancelled integer NOT NULL,
    CONSTRAINT event_figures_cancelled_range CHECK ((cancelled >= 0)),
    CONSTRAINT event_figures_confirmed_range CHECK ((confirmed >= 0)),
    CONSTRAINT event_figures_minute CHECK ((minute = date_bin('00:01:00'::interval, minute, '2001-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT event_figures_promoted_range CHECK ((promoted >= 0)),
    CONSTRAINT event_figures_waitlisted_range CHECK ((waitlisted >= 0))
)
WITH (fillfactor='50');


--
-- Name: event_pictures; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event_pictures (
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    width smallint NOT NULL,
    height smallint NOT NULL,
    large bytea NOT NULL,
    small bytea NOT NULL,
    uploaded_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT event_pictures_height CHECK (((height >= 1) AND (height <= 1280))),
    CONSTRAINT event_pictures_large_length CHECK (((octet_length(large) >= 1) AND (octet_length(large) <= 1000000))),
    CONSTRAINT event_pictures_small_length CHECK (((octet_length(small) >= 1) AND (octet_length(small) <= 1000000))),
    CONSTRAINT event_pictures_width CHECK (((width >= 1) AND (width <= 1280)))
);
ALTER TABLE ONLY public.event_pictures ALTER COLUMN large SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.event_pictures ALTER COLUMN small SET STORAGE EXTERNAL;


--
-- Name: events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.events (
    id uuid NOT NULL,
    organizer_id uuid NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    location text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    time_zone text NOT NULL,
    sales_open_at timestamp with time zone,
    sales_close_at timestamp with time zone,
    capacity integer NOT NULL,
    seats_remaining integer NOT NULL,
    waiting integer DEFAULT 0 NOT NULL,
    last_decision bigint DEFAULT 1 NOT NULL,
    status text NOT NULL,
    under_test_since bigint,
    rehearsal_of uuid,
    edit_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    predates_length_limit boolean DEFAULT false NOT NULL,
    cancel_until timestamp with time zone,
    idempotency_key text,
    key_of uuid,
    currency text,
    hold_minutes integer,
    line_hold_minutes integer,
    grace_minutes integer DEFAULT 0 NOT NULL,
    refund_until timestamp with time zone,
    payment_instructions text DEFAULT ''::text NOT NULL,
    line_patience_minutes integer,
    verified_buyers_only boolean DEFAULT false NOT NULL,
    CONSTRAINT events_cancel_until CHECK ((cancel_until <= starts_at)),
    CONSTRAINT events_capacity_range CHECK (((capacity >= 0) AND (capacity <= 1000000))),
    CONSTRAINT events_currency CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT events_decisions CHECK (((last_decision >= 1) AND (under_test_since <= last_decision))),
    CONSTRAINT events_description_length CHECK ((char_length(description) <= 10000)),
    CONSTRAINT events_grace_minutes CHECK (((grace_minutes >= 0) AND (grace_minutes <= 10080))),
    CONSTRAINT events_hold_minutes CHECK (((hold_minutes >= 15) AND (hold_minutes <= 20160))),
    CONSTRAINT events_key_length CHECK (((char_length(idempotency_key) >= 1) AND (char_length(idempotency_key) <= 128))),
    CONSTRAINT events_length CHECK ((((ends_at - starts_at) <= '366 days'::interval) OR predates_length_limit OR (rehearsal_of IS NOT NULL))),
    CONSTRAINT events_line_hold_minutes CHECK (((line_hold_minutes >= 15) AND (line_hold_minutes <= 20160))),
    CONSTRAINT events_line_patience_minutes CHECK (((line_patience_minutes >= 15) AND (line_patience_minutes <= 20160))),
    CONSTRAINT events_location_length CHECK (((char_length(location) >= 1) AND (char_length(location) <= 300))),
    CONSTRAINT events_payment_instructions_length CHECK ((char_length(payment_instructions) <= 1000)),
    CONSTRAINT events_sales_window CHECK ((sales_open_at < sales_close_at)),
    CONSTRAINT events_seats_range CHECK (((seats_remaining >= 0) AND (seats_remaining <= capacity))),
    CONSTRAINT events_status CHECK ((status = ANY (ARRAY['DRAFT'::text, 'PUBLISHED'::text, 'CANCELLED'::text]))),
    CONSTRAINT events_times CHECK ((starts_at < ends_at)),
    CONSTRAINT events_title_length CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200))),
    CONSTRAINT events_waiting_range CHECK ((waiting >= 0))
)
WITH (fillfactor='50');


--
-- Name: journal; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.journal (
    event_id uuid NOT NULL,
    id bigint NOT NULL,
    decision bigint NOT NULL,
    written_at timestamp with time zone NOT NULL,
    news text[] NOT NULL,
    registrations uuid[] NOT NULL,
    retry_at timestamp with time zone,
    CONSTRAINT journal_news CHECK ((news <@ ARRAY['PUBLISHED'::text, 'MOVED'::text, 'CANCELLED'::text])),
    CONSTRAINT journal_not_empty CHECK (((cardinality(news) + cardinality(registrations)) > 0)),
    CONSTRAINT journal_registrations_length CHECK ((cardinality(registrations) <= 1000))
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');
ALTER TABLE ONLY public.journal ALTER COLUMN registrations SET STORAGE EXTERNAL;


--
-- Name: journal_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.journal ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.journal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: messages; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.messages (
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    registration_id uuid NOT NULL,
    kind text NOT NULL,
    number bigint NOT NULL,
    user_id uuid NOT NULL,
    state text DEFAULT 'DUE'::text NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    due_at timestamp with time zone NOT NULL,
    tries smallint DEFAULT 0 NOT NULL,
    last_error text,
    ended_at timestamp with time zone,
    sent_at timestamp with time zone,
    told jsonb,
    receiver_domain text NOT NULL,
    CONSTRAINT messages_end CHECK (((state = 'DUE'::text) = (ended_at IS NULL))),
    CONSTRAINT messages_facts CHECK (((state = ANY (ARRAY['SHOWN'::text, 'SENT'::text])) <= (told IS NOT NULL))),
    CONSTRAINT messages_kind CHECK ((kind = ANY (ARRAY['CONFIRMED'::text, 'IN_LINE'::text, 'PROMOTED'::text, 'HELD'::text, 'PAID'::text, 'ABOUT_TO_LAPSE'::text, 'LAPSED'::text, 'PASSED'::text, 'PASSED_ON'::text, 'REDUCED'::text, 'REMOVED'::text, 'MOVED'::text, 'EVENT_CANCELLED'::text, 'REMINDER'::text, 'ANNOUNCEMENT'::text]))),
    CONSTRAINT messages_last_error_length CHECK ((char_length(last_error) <= 300)),
    CONSTRAINT messages_state CHECK ((state = ANY (ARRAY['DUE'::text, 'SHOWN'::text, 'SENT'::text, 'FAILED'::text, 'OBSOLETE'::text])))
)
WITH (autovacuum_vacuum_scale_factor='0.01');


--
-- Name: payments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.payments (
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    registration_id uuid NOT NULL,
    method text DEFAULT 'OFFLINE'::text NOT NULL,
    amount bigint NOT NULL,
    decision bigint NOT NULL,
    marked_at timestamp with time zone NOT NULL,
    marked_by uuid,
    taken_back_decision bigint,
    taken_back_at timestamp with time zone,
    taken_back_by uuid,
    CONSTRAINT payments_amount CHECK ((amount > 0)),
    CONSTRAINT payments_method CHECK ((method = 'OFFLINE'::text)),
    CONSTRAINT payments_order CHECK (((decision >= 1) AND (taken_back_decision > decision))),
    CONSTRAINT payments_taken_back CHECK (((taken_back_decision IS NULL) = (taken_back_at IS NULL)))
);


--
-- Name: prices; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.prices (
    event_id uuid NOT NULL,
    number smallint NOT NULL,
    ticket_type smallint NOT NULL,
    name text NOT NULL,
    amount bigint NOT NULL,
    opens_at timestamp with time zone,
    closes_at timestamp with time zone,
    seat_limit integer,
    code text,
    is_closed boolean DEFAULT false NOT NULL,
    standing integer DEFAULT 0 NOT NULL,
    is_used boolean DEFAULT false NOT NULL,
    CONSTRAINT prices_amount_range CHECK (((amount >= 0) AND (amount <= 1000000000))),
    CONSTRAINT prices_code_form CHECK ((code ~ '^[A-Z0-9_-]{1,40}$'::text)),
    CONSTRAINT prices_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80))),
    CONSTRAINT prices_number_range CHECK (((number >= 1) AND (number <= 60))),
    CONSTRAINT prices_seat_limit_range CHECK (((seat_limit >= 0) AND (seat_limit <= 1000000))),
    CONSTRAINT prices_standing_limit CHECK ((standing <= seat_limit)),
    CONSTRAINT prices_standing_range CHECK ((standing >= 0)),
    CONSTRAINT prices_window CHECK ((opens_at < closes_at))
)
WITH (fillfactor='50');


--
-- Name: registrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.registrations (
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    status text NOT NULL,
    decision bigint NOT NULL,
    seated_decision bigint,
    cancelled_decision bigint,
    idempotency_key text,
    registered_at timestamp with time zone NOT NULL,
    seated_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    cancellation text,
    removal_reason text,
    may_book_again boolean,
    ticket_type smallint DEFAULT 1 NOT NULL,
    seats_booked smallint DEFAULT 1 NOT NULL,
    seats smallint DEFAULT 1 NOT NULL,
    price smallint DEFAULT 1,
    split smallint[],
    amount bigint DEFAULT 0 NOT NULL,
    held_until timestamp with time zone,
    lapses_at timestamp with time zone,
    paid_decision bigint,
    paid_at timestamp with time zone,
    paid_amount bigint,
    owed bigint DEFAULT 0 NOT NULL,
    CONSTRAINT registrations_amount CHECK (((amount >= 0) AND ((owed >= 0) AND (owed <= COALESCE(paid_amount, (0)::bigint))))),
    CONSTRAINT registrations_cancellation CHECK (((cancellation IS NULL) OR ((status = 'CANCELLED'::text) AND (cancellation = ANY (ARRAY['LAPSED'::text, 'REMOVED'::text, 'DEACTIVATED'::text, 'PASSED'::text, 'PASSED_ON'::text]))))),
    CONSTRAINT registrations_hold CHECK ((((held_until IS NULL) = (lapses_at IS NULL)) AND ((held_until IS NULL) OR (status = 'HELD'::text)) AND (held_until <= lapses_at))),
    CONSTRAINT registrations_key_length CHECK (((char_length(idempotency_key) >= 1) AND (char_length(idempotency_key) <= 128))),
    CONSTRAINT registrations_order CHECK (((decision >= 1) AND (seated_decision >= decision) AND ((paid_decision > seated_decision) OR ((paid_decision < decision) AND (seated_decision = decision))) AND (cancelled_decision > GREATEST(paid_decision, seated_decision, decision)))),
    CONSTRAINT registrations_removal CHECK (((((cancellation IS NOT NULL) AND (cancellation = 'REMOVED'::text)) = (removal_reason IS NOT NULL)) AND ((removal_reason IS NULL) = (may_book_again IS NULL)))),
    CONSTRAINT registrations_removal_reason_length CHECK (((char_length(removal_reason) >= 1) AND (char_length(removal_reason) <= 500))),
    CONSTRAINT registrations_seats CHECK ((((seats >= 1) AND (seats <= seats_booked)) AND (seats_booked <= 10))),
    CONSTRAINT registrations_split CHECK ((((price IS NULL) = (split IS NOT NULL)) AND ((split IS NULL) OR ((cardinality(split) >= 4) AND (cardinality(split) <= 20))))),
    CONSTRAINT registrations_status CHECK ((status = ANY (ARRAY['CONFIRMED'::text, 'HELD'::text, 'WAITLISTED'::text, 'CANCELLED'::text]))),
    CONSTRAINT registrations_status_is_its_history CHECK ((((status = 'CANCELLED'::text) = (cancelled_decision IS NOT NULL)) AND ((status <> 'WAITLISTED'::text) OR (seated_decision IS NULL)) AND ((status <> ALL (ARRAY['CONFIRMED'::text, 'HELD'::text])) OR ((seated_decision IS NOT NULL) AND ((status = 'HELD'::text) = ((amount > 0) AND (paid_decision IS NULL))))) AND ((seated_decision IS NULL) = (seated_at IS NULL)) AND ((paid_decision IS NULL) = (paid_at IS NULL)) AND ((paid_decision IS NULL) = (paid_amount IS NULL)) AND ((cancelled_decision IS NULL) = (cancelled_at IS NULL))))
);


--
-- Name: reminders; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.reminders (
    event_id uuid NOT NULL,
    hours smallint NOT NULL,
    told_start timestamp with time zone,
    CONSTRAINT reminders_hours CHECK (((hours >= 1) AND (hours <= 336)))
);


--
-- Name: simulations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.simulations (
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    state text DEFAULT 'RUNNING'::text NOT NULL,
    users integer NOT NULL,
    answered integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    failure text,
    report jsonb,
    idempotency_key text,
    CONSTRAINT simulations_answered_range CHECK (((answered >= 0) AND (answered <= users))),
    CONSTRAINT simulations_failure CHECK ((failure = ANY (ARRAY['UNAVAILABLE'::text, 'INTERNAL'::text]))),
    CONSTRAINT simulations_key_length CHECK (((char_length(idempotency_key) >= 1) AND (char_length(idempotency_key) <= 128))),
    CONSTRAINT simulations_state CHECK ((state = ANY (ARRAY['RUNNING'::text, 'DONE'::text, 'FAILED'::text]))),
    CONSTRAINT simulations_state_is_what_is_there CHECK ((((state = 'RUNNING'::text) = (finished_at IS NULL)) AND ((state = 'DONE'::text) = (report IS NOT NULL)) AND ((state = 'FAILED'::text) = (failure IS NOT NULL)))),
    CONSTRAINT simulations_users_range CHECK (((users >= 1) AND (users <= 100000)))
);


--
-- Name: ticket_names; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ticket_names (
    event_id uuid NOT NULL,
    registration_id uuid NOT NULL,
    ticket smallint NOT NULL,
    name text NOT NULL,
    CONSTRAINT ticket_names_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120))),
    CONSTRAINT ticket_names_ticket CHECK (((ticket >= 1) AND (ticket <= 10)))
);


--
-- Name: ticket_types; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ticket_types (
    event_id uuid NOT NULL,
    number smallint NOT NULL,
    name text NOT NULL,
    capacity integer NOT NULL,
    seats_remaining integer NOT NULL,
    waiting integer DEFAULT 0 NOT NULL,
    seats_wanted integer DEFAULT 0 NOT NULL,
    head_wants integer DEFAULT 0 NOT NULL,
    seats_per_registration integer DEFAULT 1 NOT NULL,
    is_used boolean DEFAULT false NOT NULL,
    money_taken bigint DEFAULT 0 NOT NULL,
    money_held bigint DEFAULT 0 NOT NULL,
    money_owed bigint DEFAULT 0 NOT NULL,
    idle_since timestamp with time zone,
    CONSTRAINT ticket_types_capacity_range CHECK (((capacity >= 0) AND (capacity <= 1000000))),
    CONSTRAINT ticket_types_idle CHECK (((idle_since IS NOT NULL) = ((waiting > 0) AND (seats_remaining > 0)))),
    CONSTRAINT ticket_types_line CHECK ((((waiting = 0) = (head_wants = 0)) AND ((head_wants = 0) OR (seats_remaining < head_wants)) AND (waiting >= 0) AND ((head_wants >= 0) AND (head_wants <= 10)) AND ((seats_wanted >= waiting) AND (seats_wanted <= (10 * (waiting)::bigint))))),
    CONSTRAINT ticket_types_money CHECK (((money_taken >= 0) AND (money_held >= 0) AND ((money_owed >= 0) AND (money_owed <= money_taken)))),
    CONSTRAINT ticket_types_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80))),
    CONSTRAINT ticket_types_number_range CHECK (((number >= 1) AND (number <= 60))),
    CONSTRAINT ticket_types_party_fits CHECK (((seats_per_registration = 1) OR (seats_per_registration <= capacity))),
    CONSTRAINT ticket_types_party_range CHECK (((seats_per_registration >= 1) AND (seats_per_registration <= 10))),
    CONSTRAINT ticket_types_seats_range CHECK (((seats_remaining >= 0) AND (seats_remaining <= capacity)))
)
WITH (fillfactor='50');


--
-- Name: transfers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.transfers (
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    registration_id uuid NOT NULL,
    price smallint NOT NULL,
    digest bytea NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT transfers_digest_length CHECK ((octet_length(digest) = 32))
);


--
-- Name: users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.users (
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    password_hash text NOT NULL,
    role text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    kind text NOT NULL,
    access_version bigint DEFAULT 1 NOT NULL,
    access_changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_sessions uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    erased_at timestamp with time zone,
    cleared_at timestamp with time zone,
    public_contact text,
    calendar_digest bytea,
    calendar_since timestamp with time zone,
    verified_at timestamp with time zone,
    CONSTRAINT users_calendar_digest_length CHECK ((octet_length(calendar_digest) = 32)),
    CONSTRAINT users_calendar_is_whole CHECK (((calendar_digest IS NULL) = (calendar_since IS NULL))),
    CONSTRAINT users_cleared_is_erased CHECK (((cleared_at IS NULL) OR (erased_at IS NOT NULL))),
    CONSTRAINT users_email_length CHECK (((char_length(email) >= 3) AND (char_length(email) <= 254))),
    CONSTRAINT users_ended_sessions_length CHECK ((cardinality(ended_sessions) <= 100)),
    CONSTRAINT users_erased_has_no_calendar CHECK (((erased_at IS NULL) OR (calendar_digest IS NULL))),
    CONSTRAINT users_erased_has_no_contact CHECK (((erased_at IS NULL) OR (public_contact IS NULL))),
    CONSTRAINT users_erased_is_nobody CHECK (((erased_at IS NULL) OR ((name = 'Erased account'::text) AND (email = (('erased-'::text || (id)::text) || '@erased.invalid'::text)) AND (password_hash = '!'::text) AND (role = 'AUDIENCE'::text) AND (NOT is_active) AND (cardinality(ended_sessions) = 0)))),
    CONSTRAINT users_kind CHECK ((kind = ANY (ARRAY['PERSON'::text, 'SIMULATED'::text]))),
    CONSTRAINT users_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120))),
    CONSTRAINT users_public_contact_form CHECK (((public_contact IS NULL) OR ((char_length(public_contact) <= 254) AND ((public_contact ~~ '_%@_%'::text) OR (public_contact ~~ 'https://_%'::text))))),
    CONSTRAINT users_role CHECK ((role = ANY (ARRAY['AUDIENCE'::text, 'ORGANIZER'::text, 'ADMIN'::text]))),
    CONSTRAINT users_simulated_are_audience CHECK (((kind = 'PERSON'::text) OR (role = 'AUDIENCE'::text)))
);


--
-- Name: webhook_deliveries; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.webhook_deliveries (
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    number bigint NOT NULL,
    event_number bigint NOT NULL,
    event_version bigint,
    status text,
    user_id uuid,
    seats smallint,
    ticket_type smallint,
    arrival bigint,
    cancellation text,
    occurred_at timestamp with time zone NOT NULL,
    state text DEFAULT 'DUE'::text NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    tries smallint DEFAULT 0 NOT NULL,
    ended_at timestamp with time zone,
    last_status smallint,
    last_error text,
    last_answer text,
    CONSTRAINT webhook_deliveries_end CHECK (((state = 'DUE'::text) = (ended_at IS NULL))),
    CONSTRAINT webhook_deliveries_kind CHECK ((kind = ANY (ARRAY['registration.confirmed'::text, 'registration.waitlisted'::text, 'registration.held'::text, 'registration.promoted'::text, 'registration.paid'::text, 'registration.reduced'::text, 'registration.cancelled'::text, 'event.published'::text, 'event.updated'::text, 'event.cancelled'::text, 'ping'::text]))),
    CONSTRAINT webhook_deliveries_last_answer_length CHECK ((char_length(last_answer) <= 1024)),
    CONSTRAINT webhook_deliveries_last_error_length CHECK ((char_length(last_error) <= 300)),
    CONSTRAINT webhook_deliveries_last_status CHECK (((last_status >= 100) AND (last_status <= 999))),
    CONSTRAINT webhook_deliveries_registration CHECK (((kind ~~ 'registration.%'::text) = ((user_id IS NOT NULL) AND (status IS NOT NULL) AND (seats IS NOT NULL) AND (ticket_type IS NOT NULL) AND (arrival IS NOT NULL)))),
    CONSTRAINT webhook_deliveries_state CHECK ((state = ANY (ARRAY['DUE'::text, 'DELIVERED'::text, 'FAILED'::text])))
)
WITH (autovacuum_vacuum_scale_factor='0.01');


--
-- Name: webhook_endpoints; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.webhook_endpoints (
    id uuid NOT NULL,
    owner_id uuid NOT NULL,
    url text,
    kinds text[] NOT NULL,
    hears_all boolean NOT NULL,
    secret text,
    former_secret text,
    former_until timestamp with time zone,
    listens_since timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    off_since timestamp with time zone,
    off_reason text,
    failing_since timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    changes_until timestamp with time zone,
    resends_until timestamp with time zone,
    CONSTRAINT webhook_endpoints_deletion CHECK (
CASE
    WHEN (deleted_at IS NULL) THEN (num_nulls(url, secret) = 0)
    ELSE ((num_nonnulls(url, secret, former_secret) = 0) AND (off_since IS NOT NULL))
END),
    CONSTRAINT webhook_endpoints_former CHECK (((former_secret IS NULL) = (former_until IS NULL))),
    CONSTRAINT webhook_endpoints_former_secret_length CHECK ((char_length(former_secret) = 50)),
    CONSTRAINT webhook_endpoints_kinds CHECK ((((cardinality(kinds) >= 1) AND (cardinality(kinds) <= 10)) AND (kinds <@ ARRAY['registration.confirmed'::text, 'registration.waitlisted'::text, 'registration.held'::text, 'registration.promoted'::text, 'registration.paid'::text, 'registration.reduced'::text, 'registration.cancelled'::text, 'event.published'::text, 'event.updated'::text, 'event.cancelled'::text]))),
    CONSTRAINT webhook_endpoints_off CHECK (((off_since IS NULL) = (off_reason IS NULL))),
    CONSTRAINT webhook_endpoints_off_reason CHECK ((off_reason = ANY (ARRAY['OWNER'::text, 'FAILING'::text, 'GONE'::text]))),
    CONSTRAINT webhook_endpoints_secret_length CHECK ((char_length(secret) = 50)),
    CONSTRAINT webhook_endpoints_url_length CHECK (((char_length(url) >= 1) AND (char_length(url) <= 1000)))
);


--
-- Data for Name: __diesel_schema_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.__diesel_schema_migrations VALUES
	('20261122000001', '2026-11-28 19:39:03.187619'),
	('20261122000002', '2026-11-28 19:39:03.193696'),
	('20261122000003', '2026-11-28 19:39:03.196254'),
	('20261122000004', '2026-11-28 19:39:03.198303'),
	('20261126000001', '2026-11-28 19:39:03.20054'),
	('20261126000003', '2026-11-28 19:39:03.202119'),
	('20261126000004', '2026-11-28 19:39:03.203559'),
	('20261126000005', '2026-11-28 19:39:03.204503'),
	('20261126000006', '2026-11-28 19:39:03.205279'),
	('20261126000008', '2026-11-28 19:39:03.206104'),
	('20261127000001', '2026-11-28 19:39:03.207562'),
	('20261127000004', '2026-11-28 19:39:03.21557'),
	('20261127000005', '2026-11-28 19:39:03.216724'),
	('20261127000006', '2026-11-28 19:39:03.217552'),
	('20261127000010', '2026-11-28 19:39:03.218778'),
	('20261128000010', '2026-11-28 19:39:03.223603'),
	('20261128000011', '2026-11-28 19:39:03.224959'),
	('20261128000020', '2026-11-28 19:39:03.225635'),
	('20261128000021', '2026-11-28 19:39:03.226958'),
	('20261128000040', '2026-11-28 19:39:03.228408'),
	('20261129000001', '2026-11-28 19:39:03.231378'),
	('20261129000002', '2026-11-28 19:39:03.235068'),
	('20261129000010', '2026-11-28 19:39:03.237152'),
	('20261129000011', '2026-11-28 19:39:03.23769'),
	('20261130000001', '2026-11-28 19:39:03.238919'),
	('20261130000002', '2026-11-28 19:39:03.240159'),
	('20261201000001', '2026-11-28 19:39:03.241036'),
	('20261202000001', '2026-11-28 19:39:03.244393'),
	('20261202000002', '2026-11-28 19:39:03.246083');


--
-- Data for Name: account_mails; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.account_mails VALUES
	('b580d678-a9fe-426b-b35c-4070ed85ed19', 'VERIFY_ADDRESS', '01a223ab-12a5-7690-9c33-b8499d9723ba', NULL, '01a223ab12a576909c33b8499d9723ba@example.com', '\x3b4a7c4bce7556d35b2e8cbaca7919b9dc03e882d69473ad8d9976e05e625d1c', 1, '2026-11-28 19:39:03.741549+00', '2026-11-28 20:39:03.741549+00', '2026-11-28 19:39:03.747155+00', '01a223ab-12c0-7757-b268-dacea48b528a', 'OBSOLETE', '2026-11-28 19:42:05.365154+00', 1, NULL, '2026-11-28 19:39:05.377493+00'),
	('01a223ab-12e0-72ff-87ae-7adb7215f3c1', 'CHANGE_ADDRESS', '01a223ab-12c8-7457-8d6f-f331e168a0df', NULL, '01a223ab12dc7641be14d7708fcba141@example.org', '\x48ad35d15ad77ecb8ffdc09d8ad25cb6db2999c0fd1b8e428c2a6aa591d8f6e8', 1, '2026-11-28 19:39:03.778224+00', '2026-11-28 20:39:03.778224+00', NULL, NULL, 'SENT', '2026-11-28 19:42:05.365154+00', 1, NULL, '2026-11-28 19:39:05.415235+00'),
	('01a223ab-12a0-715f-8925-961806009882', 'VERIFY_ADDRESS', '01a223ab-1286-7731-9643-8b6e2575d042', NULL, '01a223ab1286773196438b6e2575d042@example.com', '\x209a681e1036f9208ba625e277fa8c413f6bfd73d885663c4e8de86730c5f0ec', 1, '2026-11-28 19:39:03.713751+00', '2026-11-28 20:39:03.713751+00', NULL, NULL, 'SENT', '2026-11-28 19:42:05.365154+00', 1, NULL, '2026-11-28 19:39:05.415729+00'),
	('01a223ab-11e4-7521-8dbf-bad2823072f2', 'VERIFY_ADDRESS', '01a223ab-11e2-745d-a930-3449ce1146af', NULL, '01a223ab11df723bbc7b0b26dbc2adaf@example.org', '\xcda2b13768933975d904b94625cc898832f00521182cb4590513b2d99e234840', 1, '2026-11-28 19:39:03.525487+00', '2026-11-28 20:39:03.525487+00', NULL, NULL, 'SENT', '2026-11-28 19:42:05.365154+00', 1, NULL, '2026-11-28 19:39:05.416199+00'),
	('ba27bc6d-b382-48bb-979c-cb55f7061986', 'RESET_PASSWORD', '01a223ab-14a6-72a1-9467-b51401fc3861', NULL, '01a223ab14a672a19467b51401fc3861@example.com', '\xf5607ce9cbe1356927700abc94787d1d449e41af04e058e961d892c0c7e26b41', 1, '2026-11-28 19:39:04.235818+00', '2026-11-28 20:39:04.235818+00', '2026-11-28 19:39:04.242967+00', '01a223ab-14ae-7467-815c-24813e8788df', 'OBSOLETE', '2026-11-28 19:42:05.416829+00', 1, NULL, '2026-11-28 19:39:05.421905+00'),
	('8b23ad71-97cf-4ff6-be9c-d9595d743d39', 'INVITATION', '01a223ab-14d9-70e8-acc8-e8a7eb1de229', '01a223ab-14cf-73c7-9689-afc2fb59638f', '01a223ab14d076519f01414e63c3b093@example.org', '\x1da46306c8731db336142e092e6dd26521b17dca166f4af8778cffcd994b6ae2', 1, '2026-11-28 19:39:04.27553+00', '2026-11-28 20:39:04.27553+00', '2026-11-28 19:39:04.282594+00', '01a223ab-14d6-71a8-901e-687f2b8f25ca', 'OBSOLETE', '2026-11-28 19:42:05.416829+00', 1, NULL, '2026-11-28 19:39:05.422411+00'),
	('01a223ab-12fd-730f-a459-e3becf235051', 'RESET_PASSWORD', '01a223ab-12e6-7761-8922-523853dde5df', NULL, '01a223ab12e677618922523853dde5df@example.com', '\xaac64ce6767083035068efde7e3a0f5e7cf9a2bc4cdbfef52fc0144cf3f8711c', 1, '2026-11-28 19:39:03.806877+00', '2026-11-28 20:39:03.806877+00', NULL, NULL, 'SENT', '2026-11-28 19:42:05.416829+00', 1, NULL, '2026-11-28 19:39:05.463508+00'),
	('01a223ab-14ae-7467-815c-2482130f9051', 'PASSWORD_RESET', '01a223ab-14a6-72a1-9467-b51401fc3861', NULL, '01a223ab14a672a19467b51401fc3861@example.com', NULL, 1, '2026-11-28 19:39:04.245436+00', '2026-12-01 19:39:04.245436+00', NULL, NULL, 'SENT', '2026-11-28 19:42:05.416829+00', 1, NULL, '2026-11-28 19:39:05.464197+00'),
	('01a223ab-1ce0-77c6-9e5d-f40d5e32f563', 'INVITATION', NULL, '01a223ab-1cc8-704e-a2f9-9a1df3943b62', '01a223ab1cde703a9b27ab5ade49051c@example.org', '\x3909161a8c827d71bb5502f59c6ee54a2fe8f784eff3bc9cd117cfb7431e315d', NULL, '2026-11-28 19:39:06.338344+00', '2026-12-05 19:39:06.338344+00', NULL, NULL, 'SENT', '2026-11-28 19:42:07.699831+00', 1, NULL, '2026-11-28 19:39:07.747299+00');


--
-- Data for Name: announcement_refusals; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.announcement_refusals VALUES
	('01a223ab-1563-70f4-914f-d90cc922f46c', '01a223ab-155f-7474-a34d-62a5f1ef92dc', '2026-11-28 19:39:04.447858+00');


--
-- Data for Name: announcements; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.announcements VALUES
	('01a223ab-181b-70dd-b8c4-b5649e4b20f5', 'EVENT_CANCELLED', 48, 3, 'BOTH', NULL, NULL, NULL, NULL, '2026-11-28 19:39:05.534518+00', NULL, 0, '2026-11-28 19:39:05.544189+00', NULL),
	('01a223ab-1a7c-723b-a1fd-38ad7493331e', 'ANNOUNCEMENT', 1, NULL, 'BOTH', 'Doors', 'They open at six.', '01a223ab-1a79-73b0-9a18-874e303b65a3', NULL, '2026-11-28 19:39:05.746158+00', NULL, 0, '2026-11-28 19:39:06.094118+00', NULL);


--
-- Data for Name: api_keys; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.api_keys VALUES
	('01a223ab-1532-72a7-948e-a38832588472', '01a223ab-1519-70d0-a786-310bb30b58dd', 'A program', '\x045c3dcc064a09f170bfcb8a3b8ec743fac815a353e28955aaefcdc240b57ce3', 'onsale_live_b7o5', '{BOOK}', NULL, 1, '2026-11-28 19:39:04.371995+00', '2027-02-26 19:39:04.371995+00', NULL);


--
-- Data for Name: audit_log; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit_log VALUES
	('01a223ab-1165-772c-8f98-e5ea7dc7a32c', '2026-11-28 19:39:03.397759+00', '01a223ab-112b-701e-937f-bee84529f96f', 'EVENT_CREATED', 'EVENT', '01a223ab-115f-7432-bf4a-22f39530d74f', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-11c7-73bd-865d-0c008b3b9109', '2026-11-28 19:39:03.511133+00', '01a223ab-112b-701e-937f-bee84529f96f', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-115f-7432-bf4a-22f39530d74f', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-11f3-753b-9177-99d5c3d56fb7', '2026-11-28 19:39:03.539889+00', '01a223ab-11ea-7458-9515-0e547930dbba', 'EVENT_CREATED', 'EVENT', '01a223ab-11ee-7584-8609-f62c7103dd7b', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-11f9-7798-af16-a866920c70af', '2026-11-28 19:39:03.546818+00', '01a223ab-11ea-7458-9515-0e547930dbba', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-11ee-7584-8609-f62c7103dd7b', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1211-7141-8320-c43ae2446e79', '2026-11-28 19:39:03.569825+00', '01a223ab-1208-7685-98cb-1e73ac9aa9c1', 'EVENT_CREATED', 'EVENT', '01a223ab-120c-7226-aa7f-37602bc70221', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1216-75d0-bd59-f34077928117', '2026-11-28 19:39:03.576301+00', '01a223ab-1208-7685-98cb-1e73ac9aa9c1', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-120c-7226-aa7f-37602bc70221', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-122d-716d-98db-e59e640c800e', '2026-11-28 19:39:03.598208+00', '01a223ab-1226-7354-be8f-1ca4ae2379df', 'EVENT_CREATED', 'EVENT', '01a223ab-122a-7367-af71-6724da5e277a', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1232-7309-afd1-fc4a56237c17', '2026-11-28 19:39:03.603569+00', '01a223ab-1226-7354-be8f-1ca4ae2379df', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-122a-7367-af71-6724da5e277a', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-124c-748a-a565-55769e2b5c2e', '2026-11-28 19:39:03.629054+00', '01a223ab-1245-75da-83cc-98f37b7076a3', 'EVENT_CREATED', 'EVENT', '01a223ab-1249-724f-89dc-39f30dff2736', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1251-7153-987b-b322ca247ab0', '2026-11-28 19:39:03.634528+00', '01a223ab-1245-75da-83cc-98f37b7076a3', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1249-724f-89dc-39f30dff2736', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-125c-731e-8d87-fb2a4a01c0ce', '2026-11-28 19:39:03.652652+00', '01a223ab-1240-7687-8daa-da7adf32b571', 'USER_ERASED', 'USER', '01a223ab-1240-7687-8daa-da7adf32b571', NULL, NULL),
	('01a223ab-1270-7494-b717-fbfb86af92ea', '2026-11-28 19:39:03.665016+00', '01a223ab-126a-72a1-b8a4-46bd70545328', 'EVENT_CREATED', 'EVENT', '01a223ab-126c-73f9-862c-effa6fcc05b1', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1274-728a-8c6a-7be37a2285fb', '2026-11-28 19:39:03.670468+00', '01a223ab-126a-72a1-b8a4-46bd70545328', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-126c-73f9-862c-effa6fcc05b1', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1280-7273-ac90-fa9a0096f7f3', '2026-11-28 19:39:03.681756+00', '01a223ab-126a-72a1-b8a4-46bd70545328', 'USER_PASSWORD_CHANGED', 'USER', '01a223ab-126a-72a1-b8a4-46bd70545328', NULL, NULL),
	('01a223ab-128e-713f-b162-4c32b2d6c86e', '2026-11-28 19:39:03.695055+00', '01a223ab-1286-7731-9643-8b6e2575d042', 'EVENT_CREATED', 'EVENT', '01a223ab-1289-76ed-816c-2f1fb82ae3d5', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1293-70ba-832a-a67d1bf3a14f', '2026-11-28 19:39:03.701438+00', '01a223ab-1286-7731-9643-8b6e2575d042', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1289-76ed-816c-2f1fb82ae3d5', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-12ad-7294-8ebc-30b159aab360', '2026-11-28 19:39:03.726171+00', '01a223ab-12a5-7690-9c33-b8499d9723ba', 'EVENT_CREATED', 'EVENT', '01a223ab-12aa-76f9-9c34-11fd23e1b1c2', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-12b2-770d-a17b-5d1b50490abb', '2026-11-28 19:39:03.731959+00', '01a223ab-12a5-7690-9c33-b8499d9723ba', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-12aa-76f9-9c34-11fd23e1b1c2', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-12cf-74eb-bc9d-0231b682a0dc', '2026-11-28 19:39:03.759951+00', '01a223ab-12c8-7457-8d6f-f331e168a0df', 'EVENT_CREATED', 'EVENT', '01a223ab-12cb-710a-a994-faf2f727b2b9', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-12d4-7507-ac87-076e4d381e85', '2026-11-28 19:39:03.766262+00', '01a223ab-12c8-7457-8d6f-f331e168a0df', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-12cb-710a-a994-faf2f727b2b9', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-12ee-75a1-bad6-3c1b89eacf59', '2026-11-28 19:39:03.790663+00', '01a223ab-12e6-7761-8922-523853dde5df', 'EVENT_CREATED', 'EVENT', '01a223ab-12ea-711a-a74f-3d01dcf2cf16', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-12f2-77ae-aabc-41544fc0027e', '2026-11-28 19:39:03.796199+00', '01a223ab-12e6-7761-8922-523853dde5df', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-12ea-711a-a74f-3d01dcf2cf16', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-149f-7490-8ae2-488d72917ce5', '2026-11-28 19:39:04.225224+00', '01a223ab-1493-7043-a7bb-fdb9c72841d1', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1496-7204-849e-7487d217fc10', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-149b-76f9-9bb7-973096dbce43', '2026-11-28 19:39:04.219563+00', '01a223ab-1493-7043-a7bb-fdb9c72841d1', 'EVENT_CREATED', 'EVENT', '01a223ab-1496-7204-849e-7487d217fc10', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1506-76a0-b098-aeed0091af52', '2026-11-28 19:39:04.326462+00', '01a223ab-14fd-7597-9e29-58015601a9a4', 'EVENT_CREATED', 'EVENT', '01a223ab-1501-7794-b1f8-3391e4ecaf1e', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1568-764d-9e95-0ca5943e1239', '2026-11-28 19:39:04.425517+00', '01a223ab-155f-7474-a34d-62a5f1ef92dc', 'EVENT_CREATED', 'EVENT', '01a223ab-1563-70f4-914f-d90cc922f46c', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-160e-7682-9643-919d046dc7c3', '2026-11-28 19:39:04.590544+00', '01a223ab-1606-759a-bad0-49c8f3e194d2', 'EVENT_CREATED', 'EVENT', '01a223ab-160a-743c-a28f-c501f88009c9', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-18b8-7615-a215-e02807f3b643', '2026-11-28 19:39:05.273286+00', '01a223ab-18b2-7487-a255-f7740e158884', 'EVENT_CREATED', 'EVENT', '01a223ab-18b4-700e-8d69-b0db3da3d1c9', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-18d6-774a-9849-94d8a50b1520', '2026-11-28 19:39:05.302436+00', '01a223ab-18cf-7659-a9d2-f91092cb403d', 'EVENT_CREATED', 'EVENT', '01a223ab-18d2-7179-b19e-61f92ebcec69', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1ab6-7306-8af6-8b588dbaa443', '2026-11-28 19:39:05.782972+00', '01a223ab-1ab0-7764-b795-aba3ad25036f', 'EVENT_CREATED', 'EVENT', '01a223ab-1ab2-746f-adba-0aefb87392a0', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1ad4-74c2-97fb-2534f7cc9199', '2026-11-28 19:39:05.812894+00', '01a223ab-1acd-7062-bccb-a089e5a51bba', 'EVENT_CREATED', 'EVENT', '01a223ab-1acf-7532-b5fb-5a1d96a0eabf', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1aef-711c-baa2-c27b9492858e', '2026-11-28 19:39:05.839427+00', '01a223ab-1ae9-7358-8b26-0ed2555448b7', 'EVENT_CREATED', 'EVENT', '01a223ab-1aec-7373-ade6-c0dea1ba12c2', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1b08-7618-99f5-e54dca04a0dc', '2026-11-28 19:39:05.86438+00', '01a223ab-1b01-7106-81c1-12443fa9d98d', 'EVENT_CREATED', 'EVENT', '01a223ab-1b04-72ea-9e9c-5a2dc6707a7a', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1b34-7209-8d64-0b9e7aa3b822', '2026-11-28 19:39:05.908487+00', '01a223ab-1b1f-72d8-9903-e54bb4ddfe10', 'DOOR_STAFF_ADDED', 'EVENT', '01a223ab-1b21-7645-a2db-e14e5c987e6f', NULL, '{"user": "01a223ab-1b2f-774a-881e-77dc24be633c"}'),
	('01a223ab-1b46-75fc-90f6-1be5f74eeb7f', '2026-11-28 19:39:05.927115+00', '01a223ab-1b40-7761-ba8f-86062a5f8aa3', 'EVENT_CREATED', 'EVENT', '01a223ab-1b43-7307-a8dc-a48f74fdc2b2', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1b75-7792-bca3-1789120e93d1', '2026-11-28 19:39:05.976293+00', '01a223ab-1b5a-7588-bde6-db8194406d8a', 'WEBHOOK_CHANGED', 'USER', '01a223ab-1b5a-7588-bde6-db8194406d8a', '{"kinds": ["event.published"]}', '{"host": "hooks.invalid", "kinds": ["event.cancelled"], "webhook": "01a223ab-1b69-71a0-9730-ae62cbe0ad05"}'),
	('01a223ab-1bcb-760c-8640-3fdb3b7cb455', '2026-11-28 19:39:06.061395+00', '01a223ab-1bbd-72a8-b63c-33babf7ebd22', 'WEBHOOK_CREATED', 'USER', '01a223ab-1bbd-72a8-b63c-33babf7ebd22', NULL, '{"host": "hooks.invalid", "kinds": ["event.published"], "webhook": "01a223ab-1bcb-760c-8640-3fdab3c26421", "all_events": false}'),
	('01a223ab-1bec-76ce-9374-90024d444399', '2026-11-28 19:39:06.09576+00', '01a223ab-1bdb-76ea-b57f-f546bfcb90d2', 'WEBHOOK_CREATED', 'USER', '01a223ab-1bdb-76ea-b57f-f546bfcb90d2', NULL, '{"host": "hooks.invalid", "kinds": ["event.published"], "webhook": "01a223ab-1bec-76ce-9374-9001491d7c37", "all_events": false}'),
	('01a223ab-1ca3-7522-83ea-3880480e3076', '2026-11-28 19:39:06.275479+00', '01a223ab-1c82-7151-8d53-b8bda2c7f765', 'USER_ROLE_CHANGED', 'USER', '01a223ab-1c97-7377-988c-1df3d284940f', '{"role": "AUDIENCE"}', '{"role": "ORGANIZER"}'),
	('01a223ab-14ae-7467-815c-24813e8788df', '2026-11-28 19:39:04.244538+00', '01a223ab-14a6-72a1-9467-b51401fc3861', 'USER_PASSWORD_RESET', 'USER', '01a223ab-14a6-72a1-9467-b51401fc3861', NULL, NULL),
	('01a223ab-14ea-77d9-9e19-47c52b5840b3', '2026-11-28 19:39:04.298412+00', '01a223ab-14e2-742c-8263-210f39f0fe1e', 'EVENT_CREATED', 'EVENT', '01a223ab-14e6-7795-a5d2-f12721985459', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1521-76b4-8a2e-fafa3b5c97e5', '2026-11-28 19:39:04.353412+00', '01a223ab-1519-70d0-a786-310bb30b58dd', 'EVENT_CREATED', 'EVENT', '01a223ab-151b-713e-9c1e-37d06892ba99', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1544-7776-b371-48c4acbafb22', '2026-11-28 19:39:04.389253+00', '01a223ab-153b-7284-9e81-a3a024ae839f', 'EVENT_CREATED', 'EVENT', '01a223ab-1540-709f-b165-d89390a75020', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-15ab-7036-9640-b56fc4a9e3d3', '2026-11-28 19:39:04.491778+00', '01a223ab-15a3-7693-a893-451f17e8eb55', 'EVENT_CREATED', 'EVENT', '01a223ab-15a7-7137-8a68-6e79a76b2adc', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1636-73e5-a207-517d58aeee36', '2026-11-28 19:39:04.630912+00', '01a223ab-162d-766c-84b3-8c025a1e68c9', 'EVENT_CREATED', 'EVENT', '01a223ab-1632-7011-95b0-fc40963c3a26', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-16b9-77e7-b21f-680abd5f265c', '2026-11-28 19:39:04.762079+00', '01a223ab-16b1-77dd-bb31-80402952fd69', 'EVENT_CREATED', 'EVENT', '01a223ab-16b6-7118-a1b6-c440915c3762', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1714-706a-825a-68ed65729c95', '2026-11-28 19:39:04.853073+00', '01a223ab-170c-77c9-8d7c-a1abdbe176f0', 'EVENT_CREATED', 'EVENT', '01a223ab-1711-7054-988a-a7010f7c9d07', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-174f-72f3-a938-cfa50fcc56ff', '2026-11-28 19:39:04.911556+00', '01a223ab-1748-7721-b039-01bdb7e4f7a5', 'EVENT_CREATED', 'EVENT', '01a223ab-174b-7559-b28d-0b39ee761306', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-17c9-77e8-9f73-19c17e534a48', '2026-11-28 19:39:05.033547+00', '01a223ab-17c0-7617-af36-ac013ea84790', 'EVENT_CREATED', 'EVENT', '01a223ab-17c5-7007-a1f4-e9a32a36b565', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-17ea-75b9-bcfd-ffa8e1d8859f', '2026-11-28 19:39:05.066693+00', '01a223ab-17e2-75cf-8461-e5aa0cd5cf85', 'EVENT_CREATED', 'EVENT', '01a223ab-17e6-714c-abd2-4ea5cc15af61', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-17f5-7555-ad95-0e877045ef19', '2026-11-28 19:39:05.078847+00', '01a223ab-17e2-75cf-8461-e5aa0cd5cf85', 'EVENT_DELETED', 'EVENT', '01a223ab-17e6-714c-abd2-4ea5cc15af61', '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}', NULL),
	('01a223ab-186a-74b5-bbbe-bf0727259a5f', '2026-11-28 19:39:05.195199+00', '01a223ab-184f-72e2-96d0-19824d51af6a', 'EVENT_PICTURE_CHANGED', 'EVENT', '01a223ab-1853-7353-a470-a1e8147be97c', '{"picture": null}', '{"picture": "01a223ab-1869-72f9-9e15-c1db71fd6d79"}'),
	('01a223ab-1a9d-715c-8803-cdcf8517adb9', '2026-11-28 19:39:05.757702+00', '01a223ab-1a96-7782-8d16-ca42e3be82a9', 'EVENT_CREATED', 'EVENT', '01a223ab-1a9a-710d-91aa-4fb1c05d056e', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1b84-75dd-ab86-18eb9055ce16', '2026-11-28 19:39:05.99028+00', '01a223ab-1b7c-7168-be8d-41ea360bcffc', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1b7e-73e5-a3c4-566f412de389', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1ba5-7214-8c3b-9b171997b89b', '2026-11-28 19:39:06.022789+00', '01a223ab-1b9c-717c-a03f-7647ce5d2575', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1b9e-73a2-bb09-81a13f272b1f', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1bc6-773b-9bcc-d585be007eb0', '2026-11-28 19:39:06.056101+00', '01a223ab-1bbd-72a8-b63c-33babf7ebd22', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1bc0-7679-ba69-c893c90c189a', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-14c2-7626-9c39-37fec73a0a90', '2026-11-28 19:39:04.259323+00', '01a223ab-14ba-712c-b89a-c51e1dd76abf', 'EVENT_CREATED', 'EVENT', '01a223ab-14bf-7607-8db2-8462c5e65ef6', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-158a-7792-a964-7fb2cbf49108', '2026-11-28 19:39:04.459024+00', '01a223ab-1584-717d-a3ee-5cd60106609b', 'EVENT_CREATED', 'EVENT', '01a223ab-1586-77c2-b448-38668673a261', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-15ec-773a-991c-d9ed5ef4bcb1', '2026-11-28 19:39:04.557055+00', '01a223ab-15e4-73ef-879a-d5e09dcdb172', 'EVENT_CREATED', 'EVENT', '01a223ab-15e8-7722-a938-8c7ad7dc597e', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-16eb-702a-9834-b9f05de07c61', '2026-11-28 19:39:04.811338+00', '01a223ab-16e3-7759-87bc-b8fa336c02b6', 'EVENT_CREATED', 'EVENT', '01a223ab-16e7-709d-a577-2780496a86ef', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1733-7272-84c0-104841a623f2', '2026-11-28 19:39:04.883284+00', '01a223ab-172b-759f-80ee-d598117593e8', 'EVENT_CREATED', 'EVENT', '01a223ab-172f-7103-b0f5-68ea7189f7dc', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1758-7226-8942-229d55bbf4c5', '2026-11-28 19:39:04.921153+00', '01a223ab-1748-7721-b039-01bdb7e4f7a5', 'DOOR_CHANGED', 'EVENT', '01a223ab-174b-7559-b28d-0b39ee761306', '{"transfers": true, "attach_tickets": false, "names_minutes_before": 0, "opens_minutes_before": 1440}', '{"transfers": true, "attach_tickets": false, "names_minutes_before": 0, "opens_minutes_before": null}'),
	('01a223ab-1799-747a-a0b3-4de455510317', '2026-11-28 19:39:04.986284+00', '01a223ab-178f-7537-a52b-93168822a478', 'EVENT_CREATED', 'EVENT', '01a223ab-1793-74ec-9ef6-11d71d2cb5fe', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-17b7-755f-b933-6e9cbfab65ed', '2026-11-28 19:39:05.015969+00', '01a223ab-178f-7537-a52b-93168822a478', 'EVENT_CREATED', 'EVENT', '01a223ab-17b2-75eb-a7c8-17555109b2c4', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1806-77eb-82d0-7c5d48a72d08', '2026-11-28 19:39:05.094903+00', '01a223ab-17ff-74c6-a9ab-f0186699dea6', 'EVENT_CREATED', 'EVENT', '01a223ab-1803-7000-99a0-c78d156c4b25', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-181f-70f7-b20c-8d8577927582', '2026-11-28 19:39:05.119948+00', '01a223ab-1819-77b6-a2c3-8d46b8d8f2cb', 'EVENT_CREATED', 'EVENT', '01a223ab-181b-70dd-b8c4-b5649e4b20f5', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-183a-76a8-abd9-4f83c1c5a48e', '2026-11-28 19:39:05.14675+00', '01a223ab-1833-7268-abb1-b56dc9c967f8', 'EVENT_CREATED', 'EVENT', '01a223ab-1837-714d-8ddf-5fdbd4c8690b', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1856-73cd-ba29-33c6944f035c', '2026-11-28 19:39:05.175048+00', '01a223ab-184f-72e2-96d0-19824d51af6a', 'EVENT_CREATED', 'EVENT', '01a223ab-1853-7353-a470-a1e8147be97c', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1876-70eb-a917-ed945889eae1', '2026-11-28 19:39:05.207302+00', '01a223ab-1870-73ed-a1bf-e438992608ba', 'EVENT_CREATED', 'EVENT', '01a223ab-1873-71e0-925b-1f0d6b1d8121', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1be7-75f2-96c9-c355f502fdce', '2026-11-28 19:39:06.089164+00', '01a223ab-1bdb-76ea-b57f-f546bfcb90d2', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1bdd-71a5-b952-2657ace92481', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1c14-7196-ac06-3e2ff93fab60', '2026-11-28 19:39:06.133674+00', '01a223ab-1c07-717b-be01-2ec3c9529be0', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1c0b-761a-8627-5772fecbc5d3', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1c21-729a-9017-b445b33a2029', '2026-11-28 19:39:06.145979+00', '01a223ab-1c01-7337-ac2d-2cedaa979fe9', 'SIMULATION_BEGUN', 'EVENT', '01a223ab-1c0b-761a-8627-5772fecbc5d3', '{"under_test": false}', '{"under_test": true}'),
	('01a223ab-14c7-77ba-bda4-949993797087', '2026-11-28 19:39:04.265309+00', '01a223ab-14ba-712c-b89a-c51e1dd76abf', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-14bf-7607-8db2-8462c5e65ef6', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-14ee-775d-8feb-c8c60ae46ad3', '2026-11-28 19:39:04.303698+00', '01a223ab-14e2-742c-8263-210f39f0fe1e', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-14e6-7795-a5d2-f12721985459', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-150a-7033-b6ed-00878c1f740a', '2026-11-28 19:39:04.332067+00', '01a223ab-14fd-7597-9e29-58015601a9a4', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1501-7794-b1f8-3391e4ecaf1e', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1525-7692-9c75-aafab7de30e3', '2026-11-28 19:39:04.35882+00', '01a223ab-1519-70d0-a786-310bb30b58dd', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-151b-713e-9c1e-37d06892ba99', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1548-76c8-8095-d2c530ac8507', '2026-11-28 19:39:04.394541+00', '01a223ab-153b-7284-9e81-a3a024ae839f', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1540-709f-b165-d89390a75020', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-156e-7573-b705-fe92c740f4fb', '2026-11-28 19:39:04.432798+00', '01a223ab-155f-7474-a34d-62a5f1ef92dc', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1563-70f4-914f-d90cc922f46c', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-158f-7741-9c57-6fc4c563b793', '2026-11-28 19:39:04.464485+00', '01a223ab-1584-717d-a3ee-5cd60106609b', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1586-77c2-b448-38668673a261', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-15af-7615-8a9f-a091f3f806c9', '2026-11-28 19:39:04.497298+00', '01a223ab-15a3-7693-a893-451f17e8eb55', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-15a7-7137-8a68-6e79a76b2adc', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-15cd-7343-9624-3cd741438723', '2026-11-28 19:39:04.527505+00', '01a223ab-15c1-74f5-84e6-9244217b4f8d', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-15c6-75df-a147-6624ad5f67c5', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-15f2-7638-aa37-d7d9bce142c0', '2026-11-28 19:39:04.563858+00', '01a223ab-15e4-73ef-879a-d5e09dcdb172', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-15e8-7722-a938-8c7ad7dc597e', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1612-74b5-a8ed-47d1dba6ecf6', '2026-11-28 19:39:04.595478+00', '01a223ab-1606-759a-bad0-49c8f3e194d2', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-160a-743c-a28f-c501f88009c9', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1619-7196-8b3a-f007d12276ef', '2026-11-28 19:39:04.603137+00', '01a223ab-1606-759a-bad0-49c8f3e194d2', 'EVENT_EDITED', 'EVENT', '01a223ab-160a-743c-a28f-c501f88009c9', '{"prices": [{"code": null, "name": "Admission", "limit": null, "amount": 0, "number": 1, "opens_at": null, "closes_at": null, "is_closed": false, "ticket_type": 1}]}', '{"prices": [{"code": "MEMBERS", "name": "Admission", "limit": null, "amount": 0, "number": 1, "opens_at": null, "closes_at": null, "is_closed": false, "ticket_type": 1}]}'),
	('01a223ab-163b-7648-9ab6-8ebbc0d63087', '2026-11-28 19:39:04.636925+00', '01a223ab-162d-766c-84b3-8c025a1e68c9', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1632-7011-95b0-fc40963c3a26', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1662-7702-b579-047347304a64', '2026-11-28 19:39:04.676063+00', '01a223ab-1656-71e8-a3af-131fabdcd292', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-165b-7712-93aa-9e66b41c07ce', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-168c-7698-893c-ac5a2485de5d', '2026-11-28 19:39:04.718312+00', '01a223ab-1682-71e0-aed8-f29528a36ed3', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1685-7756-8ca0-83cd66674ef6', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-16be-7425-890c-3a658825c1ef', '2026-11-28 19:39:04.768042+00', '01a223ab-16b1-77dd-bb31-80402952fd69', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-16b6-7118-a1b6-c440915c3762', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-16ef-718e-9614-9c91d833ac31', '2026-11-28 19:39:04.816689+00', '01a223ab-16e3-7759-87bc-b8fa336c02b6', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-16e7-709d-a577-2780496a86ef', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1718-7717-9c0d-bd594206c1d2', '2026-11-28 19:39:04.858563+00', '01a223ab-170c-77c9-8d7c-a1abdbe176f0', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1711-7054-988a-a7010f7c9d07', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1737-71af-ab9f-24f90b55b8ab', '2026-11-28 19:39:04.888905+00', '01a223ab-172b-759f-80ee-d598117593e8', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-172f-7103-b0f5-68ea7189f7dc', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1753-761b-9e37-d1d70ee0cb11', '2026-11-28 19:39:04.916766+00', '01a223ab-1748-7721-b039-01bdb7e4f7a5', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-174b-7559-b28d-0b39ee761306', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-17a0-7131-8513-2d330b7861a0', '2026-11-28 19:39:04.994545+00', '01a223ab-178f-7537-a52b-93168822a478', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1793-74ec-9ef6-11d71d2cb5fe', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-17cd-70fc-bbbb-13e56a1e59ea', '2026-11-28 19:39:05.039397+00', '01a223ab-17c0-7617-af36-ac013ea84790', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-17c5-7007-a1f4-e9a32a36b565', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-17db-76ef-bd5e-76ed3a452df0', '2026-11-28 19:39:05.05285+00', '01a223ab-17c0-7617-af36-ac013ea84790', 'EVENT_EDITED', 'EVENT', '01a223ab-17c5-7007-a1f4-e9a32a36b565', '{"capacity": 5}', '{"capacity": 6}'),
	('01a223ab-180a-730b-8521-3287cc53244e', '2026-11-28 19:39:05.099965+00', '01a223ab-17ff-74c6-a9ab-f0186699dea6', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1803-7000-99a0-c78d156c4b25', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1823-717e-9828-01420fe92891', '2026-11-28 19:39:05.124543+00', '01a223ab-1819-77b6-a2c3-8d46b8d8f2cb', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-181b-70dd-b8c4-b5649e4b20f5', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-182d-7163-a389-f698e0d3c4bf', '2026-11-28 19:39:05.135094+00', '01a223ab-1819-77b6-a2c3-8d46b8d8f2cb', 'EVENT_CANCELLED', 'EVENT', '01a223ab-181b-70dd-b8c4-b5649e4b20f5', '{"status": "PUBLISHED"}', '{"status": "CANCELLED"}'),
	('01a223ab-183e-7110-8f65-74e1f275b957', '2026-11-28 19:39:05.152055+00', '01a223ab-1833-7268-abb1-b56dc9c967f8', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1837-714d-8ddf-5fdbd4c8690b', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-185b-7276-a4fe-18493e18ceee', '2026-11-28 19:39:05.181015+00', '01a223ab-184f-72e2-96d0-19824d51af6a', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1853-7353-a470-a1e8147be97c', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}');
INSERT INTO public.audit_log VALUES
	('01a223ab-187b-746f-9e27-78960fd383b4', '2026-11-28 19:39:05.213204+00', '01a223ab-1870-73ed-a1bf-e438992608ba', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1873-71e0-925b-1f0d6b1d8121', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-189e-76af-a3fb-d0ed8ff54b98', '2026-11-28 19:39:05.248389+00', '01a223ab-1890-7387-bd6c-8d521580a8c2', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1895-77b9-88ae-f2072e3a5d2c', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-18ac-7705-842d-43d8c79a59d7', '2026-11-28 19:39:05.26125+00', '01a223ab-1890-7387-bd6c-8d521580a8c2', 'REGISTRATION_REMOVED', 'EVENT', '01a223ab-1895-77b9-88ae-f2072e3a5d2c', '{}', '{"user_id": "01a223ab-1890-7387-bd6c-8d521580a8c2", "may_book_again": false, "registration_id": "01a223ab-18a2-70bf-82f7-0b41b603400a"}'),
	('01a223ab-18bc-7582-bc4e-8ca7e2083284', '2026-11-28 19:39:05.278104+00', '01a223ab-18b2-7487-a255-f7740e158884', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-18b4-700e-8d69-b0db3da3d1c9', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-18d9-74ed-9797-27cd4551eabc', '2026-11-28 19:39:05.307285+00', '01a223ab-18cf-7659-a9d2-f91092cb403d', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-18d2-7179-b19e-61f92ebcec69', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-18e0-7583-a42e-c37935a5acb1', '2026-11-28 19:39:05.31415+00', '01a223ab-18cf-7659-a9d2-f91092cb403d', 'EVENT_EDITED', 'EVENT', '01a223ab-18d2-7179-b19e-61f92ebcec69', '{"prices": [{"code": null, "name": "Admission", "limit": null, "amount": 0, "number": 1, "opens_at": null, "closes_at": null, "is_closed": false, "ticket_type": 1}], "currency": null}', '{"prices": [{"code": null, "name": "Admission", "limit": null, "amount": 500, "number": 1, "opens_at": null, "closes_at": null, "is_closed": false, "ticket_type": 1}], "currency": "EUR"}'),
	('01a223ab-1910-76d2-ab6b-e1c46fe93d66', '2026-11-28 19:39:05.361618+00', '01a223ab-1904-727b-9e7e-283c83c5485e', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1906-70aa-b0af-c82debf8785b', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1a84-759f-8188-710b2cff726f', '2026-11-28 19:39:05.733817+00', '01a223ab-1a79-73b0-9a18-874e303b65a3', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1a7c-723b-a1fd-38ad7493331e', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1aa1-70c8-8112-0679368e9c44', '2026-11-28 19:39:05.762678+00', '01a223ab-1a96-7782-8d16-ca42e3be82a9', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1a9a-710d-91aa-4fb1c05d056e', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1aba-76bd-b528-0c78035f595e', '2026-11-28 19:39:05.787916+00', '01a223ab-1ab0-7764-b795-aba3ad25036f', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1ab2-746f-adba-0aefb87392a0', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1ad8-770d-9258-d19c0d45ba10', '2026-11-28 19:39:05.81755+00', '01a223ab-1acd-7062-bccb-a089e5a51bba', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1acf-7532-b5fb-5a1d96a0eabf', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1af2-77d2-8fce-e8f4c2317cb8', '2026-11-28 19:39:05.84367+00', '01a223ab-1ae9-7358-8b26-0ed2555448b7', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1aec-7373-ade6-c0dea1ba12c2', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1b0b-751e-aa11-8ed11a44a7d3', '2026-11-28 19:39:05.869244+00', '01a223ab-1b01-7106-81c1-12443fa9d98d', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1b04-72ea-9e9c-5a2dc6707a7a', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1b29-773c-a7fe-951ea0351f84', '2026-11-28 19:39:05.898572+00', '01a223ab-1b1f-72d8-9903-e54bb4ddfe10', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1b21-7645-a2db-e14e5c987e6f', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1b4a-7332-bba2-c8b037eb87eb', '2026-11-28 19:39:05.931525+00', '01a223ab-1b40-7761-ba8f-86062a5f8aa3', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1b43-7307-a8dc-a48f74fdc2b2', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1b64-7180-b67c-a8d7dddfafe5', '2026-11-28 19:39:05.957746+00', '01a223ab-1b5a-7588-bde6-db8194406d8a', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1b5e-762b-a5e0-7113b7440230', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-14d6-71a8-901e-687f2b8f25ca', '2026-11-28 19:39:04.284785+00', '01a223ab-14cf-73c7-9689-afc2fb59638f', 'USER_INVITED', 'USER', '01a223ab-14d9-70e8-acc8-e8a7eb1de229', NULL, NULL),
	('01a223ab-1532-72a7-948e-a38832588472', '2026-11-28 19:39:04.373214+00', '01a223ab-1519-70d0-a786-310bb30b58dd', 'API_KEY_CREATED', 'USER', '01a223ab-1519-70d0-a786-310bb30b58dd', NULL, '{"events": null, "api_key": "01a223ab-1532-72a7-948e-a38832588472", "expires_at": "2027-02-26T19:39:04.371995Z", "permissions": ["BOOK"]}'),
	('01a223ab-1559-7241-a993-dd0a2c9f034f', '2026-11-28 19:39:04.410754+00', '01a223ab-153b-7284-9e81-a3a024ae839f', 'API_KEY_REVOKED', 'USER', '01a223ab-153b-7284-9e81-a3a024ae839f', '{"api_key": "01a223ab-154c-7248-896c-d0bf23f38f58"}', NULL),
	('01a223ab-15c9-751d-93e9-1e01b6d7ff74', '2026-11-28 19:39:04.521998+00', '01a223ab-15c1-74f5-84e6-9244217b4f8d', 'EVENT_CREATED', 'EVENT', '01a223ab-15c6-75df-a147-6624ad5f67c5', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-165e-75eb-9f29-04b5ce5df228', '2026-11-28 19:39:04.67098+00', '01a223ab-1656-71e8-a3af-131fabdcd292', 'EVENT_CREATED', 'EVENT', '01a223ab-165b-7712-93aa-9e66b41c07ce', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1689-731d-b824-f0c0e20ba9db', '2026-11-28 19:39:04.713377+00', '01a223ab-1682-71e0-aed8-f29528a36ed3', 'EVENT_CREATED', 'EVENT', '01a223ab-1685-7756-8ca0-83cd66674ef6', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-190c-762c-add5-5d5edb2ab898', '2026-11-28 19:39:05.356674+00', '01a223ab-1904-727b-9e7e-283c83c5485e', 'EVENT_CREATED', 'EVENT', '01a223ab-1906-70aa-b0af-c82debf8785b', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1a80-7005-a038-88b031aea569', '2026-11-28 19:39:05.728621+00', '01a223ab-1a79-73b0-9a18-874e303b65a3', 'EVENT_CREATED', 'EVENT', '01a223ab-1a7c-723b-a1fd-38ad7493331e', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1ae3-7617-9861-13b25d780529', '2026-11-28 19:39:05.827843+00', '01a223ab-1acd-7062-bccb-a089e5a51bba', 'DOOR_CHANGED', 'EVENT', '01a223ab-1acf-7532-b5fb-5a1d96a0eabf', '{"transfers": true, "attach_tickets": false, "names_minutes_before": 0, "opens_minutes_before": 1440}', '{"transfers": true, "attach_tickets": false, "names_minutes_before": 0, "opens_minutes_before": 60}'),
	('01a223ab-1afc-71c7-9836-d27caa0d571c', '2026-11-28 19:39:05.852426+00', '01a223ab-1ae9-7358-8b26-0ed2555448b7', 'DOOR_KEY_RENEWED', 'EVENT', '01a223ab-1aec-7373-ade6-c0dea1ba12c2', '{}', '{}'),
	('01a223ab-1b54-7640-9637-d580cf4b9953', '2026-11-28 19:39:05.942756+00', '01a223ab-1b40-7761-ba8f-86062a5f8aa3', 'WEBHOOK_CREATED', 'USER', '01a223ab-1b40-7761-ba8f-86062a5f8aa3', NULL, '{"host": "hooks.invalid", "kinds": ["event.published"], "webhook": "01a223ab-1b54-7640-9637-d57f9d29940e", "all_events": false}'),
	('01a223ab-1b96-7203-94f9-085b58610532', '2026-11-28 19:39:06.008646+00', '01a223ab-1b7c-7168-be8d-41ea360bcffc', 'WEBHOOK_DELETED', 'USER', '01a223ab-1b7c-7168-be8d-41ea360bcffc', '{"host": "hooks.invalid", "webhook": "01a223ab-1b89-7103-ad93-6d103ad45d6e"}', NULL),
	('01a223ab-1bc3-7684-8cca-aed10aa83cc8', '2026-11-28 19:39:06.051748+00', '01a223ab-1bbd-72a8-b63c-33babf7ebd22', 'EVENT_CREATED', 'EVENT', '01a223ab-1bc0-7679-ba69-c893c90c189a', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1be1-7579-b048-f4d523c543be', '2026-11-28 19:39:06.082337+00', '01a223ab-1bdb-76ea-b57f-f546bfcb90d2', 'EVENT_CREATED', 'EVENT', '01a223ab-1bdd-71a5-b952-2657ace92481', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1c8d-778d-b6f4-2644db0694af', '2026-11-28 19:39:06.254115+00', '01a223ab-1c87-7379-b96e-0c866a7ff177', 'EVENT_CREATED', 'EVENT', '01a223ab-1c8a-769a-b891-8b1691f9e61f', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1cc3-7147-a96b-99294d0b08f7', '2026-11-28 19:39:06.308983+00', '01a223ab-1ca7-7251-b74d-76f00e69cc78', 'USER_PASSWORD_RESET', 'USER', '01a223ab-1cbc-7010-9c0f-758f07cdeffb', NULL, NULL),
	('01a223ab-189a-74d8-8bb0-ca4edf61b6d9', '2026-11-28 19:39:05.242406+00', '01a223ab-1890-7387-bd6c-8d521580a8c2', 'EVENT_CREATED', 'EVENT', '01a223ab-1895-77b9-88ae-f2072e3a5d2c', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1b19-76ab-a879-5c73d3bb309f', '2026-11-28 19:39:05.882219+00', '01a223ab-1b01-7106-81c1-12443fa9d98d', 'DOOR_STAFF_ADDED', 'EVENT', '01a223ab-1b04-72ea-9e9c-5a2dc6707a7a', NULL, '{"user": "01a223ab-1b01-7106-81c1-12443fa9d98d"}'),
	('01a223ab-1b3d-74fa-b732-ea13c4733074', '2026-11-28 19:39:05.917334+00', '01a223ab-1b1f-72d8-9903-e54bb4ddfe10', 'DOOR_STAFF_REMOVED', 'EVENT', '01a223ab-1b21-7645-a2db-e14e5c987e6f', '{"user": "01a223ab-1b2f-774a-881e-77dc24be633c"}', NULL),
	('01a223ab-1b61-7582-a109-6e9124abebcb', '2026-11-28 19:39:05.953453+00', '01a223ab-1b5a-7588-bde6-db8194406d8a', 'EVENT_CREATED', 'EVENT', '01a223ab-1b5e-762b-a5e0-7113b7440230', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1b89-7103-ad93-6d116a9aefb0', '2026-11-28 19:39:05.996191+00', '01a223ab-1b7c-7168-be8d-41ea360bcffc', 'WEBHOOK_CREATED', 'USER', '01a223ab-1b7c-7168-be8d-41ea360bcffc', NULL, '{"host": "hooks.invalid", "kinds": ["event.published"], "webhook": "01a223ab-1b89-7103-ad93-6d103ad45d6e", "all_events": false}'),
	('01a223ab-1ba1-7158-83b6-b3332bdc240d', '2026-11-28 19:39:06.018177+00', '01a223ab-1b9c-717c-a03f-7647ce5d2575', 'EVENT_CREATED', 'EVENT', '01a223ab-1b9e-73a2-bb09-81a13f272b1f', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1cf1-71be-84cb-a2a14dc706ec', '2026-11-28 19:39:06.354119+00', '01a223ab-1ceb-74bd-be06-011d794fbb2b', 'EVENT_CREATED', 'EVENT', '01a223ab-1cee-73b9-90a9-a8fad9857610', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1d20-71aa-85b5-a4cc4c903437', '2026-11-28 19:39:06.400548+00', '01a223ab-1d1a-7531-8d9d-603e95b1f4c4', 'EVENT_CREATED', 'EVENT', '01a223ab-1d1d-71c4-8720-9ca99b8bcafc', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1b25-7079-8bec-e2ee3d7b8fbf', '2026-11-28 19:39:05.893783+00', '01a223ab-1b1f-72d8-9903-e54bb4ddfe10', 'EVENT_CREATED', 'EVENT', '01a223ab-1b21-7645-a2db-e14e5c987e6f', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1b69-71a0-9730-ae634e5ed06b', '2026-11-28 19:39:05.963371+00', '01a223ab-1b5a-7588-bde6-db8194406d8a', 'WEBHOOK_CREATED', 'USER', '01a223ab-1b5a-7588-bde6-db8194406d8a', NULL, '{"host": "hooks.invalid", "kinds": ["event.published"], "webhook": "01a223ab-1b69-71a0-9730-ae62cbe0ad05", "all_events": false}'),
	('01a223ab-1b81-7782-96b2-5a7f93f45dda', '2026-11-28 19:39:05.985879+00', '01a223ab-1b7c-7168-be8d-41ea360bcffc', 'EVENT_CREATED', 'EVENT', '01a223ab-1b7e-73e5-a3c4-566f412de389', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1baa-750d-9867-015ceb4183a4', '2026-11-28 19:39:06.028312+00', '01a223ab-1b9c-717c-a03f-7647ce5d2575', 'WEBHOOK_CREATED', 'USER', '01a223ab-1b9c-717c-a03f-7647ce5d2575', NULL, '{"host": "hooks.invalid", "kinds": ["event.published"], "webhook": "01a223ab-1baa-750d-9867-015bdec9a936", "all_events": false}'),
	('01a223ab-1bb7-711d-ad9d-1eb8b43fbbe8', '2026-11-28 19:39:06.041134+00', '01a223ab-1b9c-717c-a03f-7647ce5d2575', 'WEBHOOK_SECRET_CHANGED', 'USER', '01a223ab-1b9c-717c-a03f-7647ce5d2575', '{}', '{"host": "hooks.invalid", "webhook": "01a223ab-1baa-750d-9867-015bdec9a936"}'),
	('01a223ab-1c0f-73a7-958c-2a1cff82cb8f', '2026-11-28 19:39:06.127977+00', '01a223ab-1c07-717b-be01-2ec3c9529be0', 'EVENT_CREATED', 'EVENT', '01a223ab-1c0b-761a-8627-5772fecbc5d3', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1c4a-7032-9b89-48903f9b392f', '2026-11-28 19:39:06.186221+00', '01a223ab-1c44-723b-8a7e-ad74de2ea2c2', 'EVENT_CREATED', 'EVENT', '01a223ab-1c47-71a8-b24a-1720ecb671d6', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1cb2-7581-bd94-22b9fcf7b97a', '2026-11-28 19:39:06.290916+00', '01a223ab-1cab-761b-9a33-b1d3b8b4dc7c', 'EVENT_CREATED', 'EVENT', '01a223ab-1cae-7111-b641-1ab0da613eb3', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-22b2-70b1-8ae8-92cd925dd76c', '2026-11-28 19:39:07.827163+00', '01a223ab-22ad-72c1-b440-3a370fb7d522', 'EVENT_CREATED', 'EVENT', '01a223ab-22af-70ee-b868-57e1788b62a4', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 2, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223ab-1c4d-70b5-99cc-77bde6164b7e', '2026-11-28 19:39:06.190777+00', '01a223ab-1c44-723b-8a7e-ad74de2ea2c2', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1c47-71a8-b24a-1720ecb671d6', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1c59-773f-9cad-139f6d4af01d', '2026-11-28 19:39:06.202741+00', '01a223ab-1c53-7742-beb3-3509ba3d659b', 'SIMULATION_BEGUN', 'EVENT', '01a223ab-1c47-71a8-b24a-1720ecb671d6', '{"under_test": false}', '{"under_test": true}'),
	('01a223ab-1c7b-7167-90b3-00a2e2448f73', '2026-11-28 19:39:06.235908+00', '01a223ab-1c3e-7411-b50f-3a2a5c71f292', 'SIMULATION_UNDONE', 'EVENT', '01a223ab-1c47-71a8-b24a-1720ecb671d6', '{"under_test": true}', '{"under_test": false}'),
	('01a223ab-1c91-7407-87a1-1a12a9508945', '2026-11-28 19:39:06.259111+00', '01a223ab-1c87-7379-b96e-0c866a7ff177', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1c8a-769a-b891-8b1691f9e61f', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1cb6-73fc-ad75-900e9417e7da', '2026-11-28 19:39:06.29557+00', '01a223ab-1cab-761b-9a33-b1d3b8b4dc7c', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1cae-7111-b641-1ab0da613eb3', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1cd7-771a-b01b-72161af8ef16', '2026-11-28 19:39:06.32874+00', '01a223ab-1ccc-76b1-8479-be3c1e3ba4d0', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1ccf-7449-9ec6-42209160e3d8', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1cf5-7685-95e4-9618e0a7a737', '2026-11-28 19:39:06.359129+00', '01a223ab-1ceb-74bd-be06-011d794fbb2b', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1cee-73b9-90a9-a8fad9857610', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1d23-7723-98da-cb746d8f91d4', '2026-11-28 19:39:06.405008+00', '01a223ab-1d1a-7531-8d9d-603e95b1f4c4', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-1d1d-71c4-8720-9ca99b8bcafc', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-22b7-70ec-bfc6-0c1709df364f', '2026-11-28 19:39:07.833335+00', '01a223ab-22ad-72c1-b440-3a370fb7d522', 'EVENT_PUBLISHED', 'EVENT', '01a223ab-22af-70ee-b868-57e1788b62a4', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ab-1cd3-728c-a223-2c03a52c85fe', '2026-11-28 19:39:06.323317+00', '01a223ab-1ccc-76b1-8479-be3c1e3ba4d0', 'EVENT_CREATED', 'EVENT', '01a223ab-1ccf-7449-9ec6-42209160e3d8', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}');


--
-- Data for Name: check_ins; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.check_ins VALUES
	('01a223ab-174b-7559-b28d-0b39ee761306', '01a223ab-1770-70b5-b229-e874accce324', '01a223ab-1762-7040-9ada-e0c39e15222c', 1, 'North', 'Phone 1', '2026-11-28 19:39:04.94381+00', '2026-11-28 19:39:04.955554+00', '01a223ab-1748-7721-b039-01bdb7e4f7a5', NULL, '2026-11-28 19:39:04.96832+00', '01a223ab-1748-7721-b039-01bdb7e4f7a5', 'Scanned by mistake');


--
-- Data for Name: door_staff; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.door_staff VALUES
	('01a223ab-1b04-72ea-9e9c-5a2dc6707a7a', '01a223ab-1b01-7106-81c1-12443fa9d98d', '2026-11-28 19:39:05.881549+00');


--
-- Data for Name: event_decisions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_decisions VALUES
	('01a223ab-115f-7432-bf4a-22f39530d74f', 1, 'CREATED', 5, '2026-11-28 19:39:03.394236+00', 1, NULL, NULL, NULL),
	('01a223ab-115f-7432-bf4a-22f39530d74f', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:03.509773+00', NULL, NULL, NULL, NULL),
	('01a223ab-11ee-7584-8609-f62c7103dd7b', 1, 'CREATED', 5, '2026-11-28 19:39:03.536707+00', 1, NULL, NULL, NULL),
	('01a223ab-11ee-7584-8609-f62c7103dd7b', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:03.545575+00', NULL, NULL, NULL, NULL),
	('01a223ab-120c-7226-aa7f-37602bc70221', 1, 'CREATED', 5, '2026-11-28 19:39:03.566574+00', 1, NULL, NULL, NULL),
	('01a223ab-120c-7226-aa7f-37602bc70221', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:03.575218+00', NULL, NULL, NULL, NULL),
	('01a223ab-122a-7367-af71-6724da5e277a', 1, 'CREATED', 5, '2026-11-28 19:39:03.595797+00', 1, NULL, NULL, NULL),
	('01a223ab-122a-7367-af71-6724da5e277a', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:03.602541+00', NULL, NULL, NULL, NULL),
	('01a223ab-1249-724f-89dc-39f30dff2736', 1, 'CREATED', 5, '2026-11-28 19:39:03.62645+00', 1, NULL, NULL, NULL),
	('01a223ab-1249-724f-89dc-39f30dff2736', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:03.63339+00', NULL, NULL, NULL, NULL),
	('01a223ab-126c-73f9-862c-effa6fcc05b1', 1, 'CREATED', 5, '2026-11-28 19:39:03.662407+00', 1, NULL, NULL, NULL),
	('01a223ab-126c-73f9-862c-effa6fcc05b1', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:03.669381+00', NULL, NULL, NULL, NULL),
	('01a223ab-1289-76ed-816c-2f1fb82ae3d5', 1, 'CREATED', 5, '2026-11-28 19:39:03.692338+00', 1, NULL, NULL, NULL),
	('01a223ab-1289-76ed-816c-2f1fb82ae3d5', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:03.700285+00', NULL, NULL, NULL, NULL),
	('01a223ab-12aa-76f9-9c34-11fd23e1b1c2', 1, 'CREATED', 5, '2026-11-28 19:39:03.72352+00', 1, NULL, NULL, NULL),
	('01a223ab-12aa-76f9-9c34-11fd23e1b1c2', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:03.730884+00', NULL, NULL, NULL, NULL),
	('01a223ab-12cb-710a-a994-faf2f727b2b9', 1, 'CREATED', 5, '2026-11-28 19:39:03.756948+00', 1, NULL, NULL, NULL),
	('01a223ab-12cb-710a-a994-faf2f727b2b9', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:03.765202+00', NULL, NULL, NULL, NULL),
	('01a223ab-12ea-711a-a74f-3d01dcf2cf16', 1, 'CREATED', 5, '2026-11-28 19:39:03.787992+00', 1, NULL, NULL, NULL),
	('01a223ab-12ea-711a-a74f-3d01dcf2cf16', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:03.7951+00', NULL, NULL, NULL, NULL),
	('01a223ab-1496-7204-849e-7487d217fc10', 1, 'CREATED', 5, '2026-11-28 19:39:04.216492+00', 1, NULL, NULL, NULL),
	('01a223ab-1496-7204-849e-7487d217fc10', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.224167+00', NULL, NULL, NULL, NULL),
	('01a223ab-14bf-7607-8db2-8462c5e65ef6', 1, 'CREATED', 5, '2026-11-28 19:39:04.256655+00', 1, NULL, NULL, NULL),
	('01a223ab-14bf-7607-8db2-8462c5e65ef6', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.26417+00', NULL, NULL, NULL, NULL),
	('01a223ab-14e6-7795-a5d2-f12721985459', 1, 'CREATED', 5, '2026-11-28 19:39:04.295789+00', 1, NULL, NULL, NULL),
	('01a223ab-14e6-7795-a5d2-f12721985459', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.30265+00', NULL, NULL, NULL, NULL),
	('01a223ab-1501-7794-b1f8-3391e4ecaf1e', 1, 'CREATED', 5, '2026-11-28 19:39:04.323035+00', 1, NULL, NULL, NULL),
	('01a223ab-1501-7794-b1f8-3391e4ecaf1e', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.331056+00', NULL, NULL, NULL, NULL),
	('01a223ab-151b-713e-9c1e-37d06892ba99', 1, 'CREATED', 5, '2026-11-28 19:39:04.350863+00', 1, NULL, NULL, NULL),
	('01a223ab-151b-713e-9c1e-37d06892ba99', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.357593+00', NULL, NULL, NULL, NULL),
	('01a223ab-1540-709f-b165-d89390a75020', 1, 'CREATED', 5, '2026-11-28 19:39:04.38679+00', 1, NULL, NULL, NULL),
	('01a223ab-1540-709f-b165-d89390a75020', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.393247+00', NULL, NULL, NULL, NULL),
	('01a223ab-1563-70f4-914f-d90cc922f46c', 1, 'CREATED', 5, '2026-11-28 19:39:04.421668+00', 1, NULL, NULL, NULL),
	('01a223ab-1563-70f4-914f-d90cc922f46c', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.431438+00', NULL, NULL, NULL, NULL),
	('01a223ab-1586-77c2-b448-38668673a261', 1, 'CREATED', 5, '2026-11-28 19:39:04.456484+00', 1, NULL, NULL, NULL),
	('01a223ab-1586-77c2-b448-38668673a261', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.463396+00', NULL, NULL, NULL, NULL),
	('01a223ab-15a7-7137-8a68-6e79a76b2adc', 1, 'CREATED', 5, '2026-11-28 19:39:04.489384+00', 1, NULL, NULL, NULL),
	('01a223ab-15a7-7137-8a68-6e79a76b2adc', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.496153+00', NULL, NULL, NULL, NULL),
	('01a223ab-15c6-75df-a147-6624ad5f67c5', 1, 'CREATED', 5, '2026-11-28 19:39:04.519516+00', 1, NULL, NULL, NULL),
	('01a223ab-15c6-75df-a147-6624ad5f67c5', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.526393+00', NULL, NULL, NULL, NULL),
	('01a223ab-15e8-7722-a938-8c7ad7dc597e', 1, 'CREATED', 5, '2026-11-28 19:39:04.554416+00', 1, NULL, NULL, NULL),
	('01a223ab-15e8-7722-a938-8c7ad7dc597e', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.562647+00', NULL, NULL, NULL, NULL),
	('01a223ab-160a-743c-a28f-c501f88009c9', 1, 'CREATED', 5, '2026-11-28 19:39:04.588134+00', 1, NULL, NULL, NULL),
	('01a223ab-160a-743c-a28f-c501f88009c9', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.594437+00', NULL, NULL, NULL, NULL),
	('01a223ab-1632-7011-95b0-fc40963c3a26', 1, 'CREATED', 5, '2026-11-28 19:39:04.62814+00', 1, NULL, NULL, NULL),
	('01a223ab-1632-7011-95b0-fc40963c3a26', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.635849+00', NULL, NULL, NULL, NULL),
	('01a223ab-165b-7712-93aa-9e66b41c07ce', 1, 'CREATED', 5, '2026-11-28 19:39:04.668384+00', 1, NULL, NULL, NULL),
	('01a223ab-165b-7712-93aa-9e66b41c07ce', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.675013+00', NULL, NULL, NULL, NULL),
	('01a223ab-1685-7756-8ca0-83cd66674ef6', 1, 'CREATED', 5, '2026-11-28 19:39:04.710953+00', 1, NULL, NULL, NULL),
	('01a223ab-1685-7756-8ca0-83cd66674ef6', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.717246+00', NULL, NULL, NULL, NULL),
	('01a223ab-16b6-7118-a1b6-c440915c3762', 1, 'CREATED', 5, '2026-11-28 19:39:04.759712+00', 1, NULL, NULL, NULL),
	('01a223ab-16b6-7118-a1b6-c440915c3762', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.766916+00', NULL, NULL, NULL, NULL),
	('01a223ab-16e7-709d-a577-2780496a86ef', 1, 'CREATED', 5, '2026-11-28 19:39:04.808816+00', 1, NULL, NULL, NULL),
	('01a223ab-16e7-709d-a577-2780496a86ef', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.815559+00', NULL, NULL, NULL, NULL),
	('01a223ab-1711-7054-988a-a7010f7c9d07', 1, 'CREATED', 5, '2026-11-28 19:39:04.850682+00', 1, NULL, NULL, NULL),
	('01a223ab-1711-7054-988a-a7010f7c9d07', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.857358+00', NULL, NULL, NULL, NULL),
	('01a223ab-172f-7103-b0f5-68ea7189f7dc', 1, 'CREATED', 5, '2026-11-28 19:39:04.880889+00', 1, NULL, NULL, NULL),
	('01a223ab-172f-7103-b0f5-68ea7189f7dc', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.887733+00', NULL, NULL, NULL, NULL),
	('01a223ab-174b-7559-b28d-0b39ee761306', 1, 'CREATED', 5, '2026-11-28 19:39:04.909253+00', 1, NULL, NULL, NULL),
	('01a223ab-174b-7559-b28d-0b39ee761306', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.915703+00', NULL, NULL, NULL, NULL),
	('01a223ab-1793-74ec-9ef6-11d71d2cb5fe', 1, 'CREATED', 5, '2026-11-28 19:39:04.982155+00', 1, NULL, NULL, NULL),
	('01a223ab-1793-74ec-9ef6-11d71d2cb5fe', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:04.993086+00', NULL, NULL, NULL, NULL),
	('01a223ab-17b2-75eb-a7c8-17555109b2c4', 1, 'CREATED', 5, '2026-11-28 19:39:05.012234+00', 1, NULL, NULL, NULL),
	('01a223ab-17c5-7007-a1f4-e9a32a36b565', 1, 'CREATED', 5, '2026-11-28 19:39:05.030596+00', 1, NULL, NULL, NULL),
	('01a223ab-17c5-7007-a1f4-e9a32a36b565', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.03826+00', NULL, NULL, NULL, NULL),
	('01a223ab-17c5-7007-a1f4-e9a32a36b565', 3, 'CAPACITY', 6, '2026-11-28 19:39:05.051679+00', 1, NULL, NULL, NULL),
	('01a223ab-1803-7000-99a0-c78d156c4b25', 1, 'CREATED', 5, '2026-11-28 19:39:05.092355+00', 1, NULL, NULL, NULL),
	('01a223ab-1803-7000-99a0-c78d156c4b25', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.098848+00', NULL, NULL, NULL, NULL),
	('01a223ab-181b-70dd-b8c4-b5649e4b20f5', 1, 'CREATED', 5, '2026-11-28 19:39:05.117293+00', 1, NULL, NULL, NULL),
	('01a223ab-181b-70dd-b8c4-b5649e4b20f5', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.123642+00', NULL, NULL, NULL, NULL),
	('01a223ab-181b-70dd-b8c4-b5649e4b20f5', 3, 'CANCELLED', NULL, '2026-11-28 19:39:05.134017+00', NULL, NULL, NULL, NULL),
	('01a223ab-1837-714d-8ddf-5fdbd4c8690b', 1, 'CREATED', 5, '2026-11-28 19:39:05.144395+00', 1, NULL, NULL, NULL),
	('01a223ab-1837-714d-8ddf-5fdbd4c8690b', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.150891+00', NULL, NULL, NULL, NULL),
	('01a223ab-1853-7353-a470-a1e8147be97c', 1, 'CREATED', 5, '2026-11-28 19:39:05.172358+00', 1, NULL, NULL, NULL),
	('01a223ab-1853-7353-a470-a1e8147be97c', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.179698+00', NULL, NULL, NULL, NULL),
	('01a223ab-1873-71e0-925b-1f0d6b1d8121', 1, 'CREATED', 5, '2026-11-28 19:39:05.204586+00', 1, NULL, NULL, NULL),
	('01a223ab-1873-71e0-925b-1f0d6b1d8121', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.211883+00', NULL, NULL, NULL, NULL),
	('01a223ab-1895-77b9-88ae-f2072e3a5d2c', 1, 'CREATED', 5, '2026-11-28 19:39:05.239535+00', 1, NULL, NULL, NULL),
	('01a223ab-1895-77b9-88ae-f2072e3a5d2c', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.247284+00', NULL, NULL, NULL, NULL),
	('01a223ab-18b4-700e-8d69-b0db3da3d1c9', 1, 'CREATED', 5, '2026-11-28 19:39:05.270291+00', 1, NULL, NULL, NULL),
	('01a223ab-18b4-700e-8d69-b0db3da3d1c9', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.277207+00', NULL, NULL, NULL, NULL),
	('01a223ab-18d2-7179-b19e-61f92ebcec69', 1, 'CREATED', 5, '2026-11-28 19:39:05.300288+00', 1, NULL, NULL, NULL),
	('01a223ab-18d2-7179-b19e-61f92ebcec69', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.30626+00', NULL, NULL, NULL, NULL),
	('01a223ab-1906-70aa-b0af-c82debf8785b', 1, 'CREATED', 5, '2026-11-28 19:39:05.353725+00', 1, NULL, NULL, NULL),
	('01a223ab-1906-70aa-b0af-c82debf8785b', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.360703+00', NULL, NULL, NULL, NULL),
	('01a223ab-1a7c-723b-a1fd-38ad7493331e', 1, 'CREATED', 5, '2026-11-28 19:39:05.726299+00', 1, NULL, NULL, NULL),
	('01a223ab-1a7c-723b-a1fd-38ad7493331e', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.732669+00', NULL, NULL, NULL, NULL),
	('01a223ab-1a9a-710d-91aa-4fb1c05d056e', 1, 'CREATED', 5, '2026-11-28 19:39:05.75542+00', 1, NULL, NULL, NULL),
	('01a223ab-1a9a-710d-91aa-4fb1c05d056e', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.761613+00', NULL, NULL, NULL, NULL),
	('01a223ab-1ab2-746f-adba-0aefb87392a0', 1, 'CREATED', 5, '2026-11-28 19:39:05.780664+00', 1, NULL, NULL, NULL),
	('01a223ab-1ab2-746f-adba-0aefb87392a0', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.786885+00', NULL, NULL, NULL, NULL),
	('01a223ab-1acf-7532-b5fb-5a1d96a0eabf', 1, 'CREATED', 5, '2026-11-28 19:39:05.810193+00', 1, NULL, NULL, NULL),
	('01a223ab-1aec-7373-ade6-c0dea1ba12c2', 1, 'CREATED', 5, '2026-11-28 19:39:05.837256+00', 1, NULL, NULL, NULL),
	('01a223ab-1b04-72ea-9e9c-5a2dc6707a7a', 1, 'CREATED', 5, '2026-11-28 19:39:05.862081+00', 1, NULL, NULL, NULL),
	('01a223ab-1b43-7307-a8dc-a48f74fdc2b2', 1, 'CREATED', 5, '2026-11-28 19:39:05.924964+00', 1, NULL, NULL, NULL),
	('01a223ab-1ccf-7449-9ec6-42209160e3d8', 1, 'CREATED', 5, '2026-11-28 19:39:06.321041+00', 1, NULL, NULL, NULL),
	('01a223ab-1acf-7532-b5fb-5a1d96a0eabf', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.816571+00', NULL, NULL, NULL, NULL),
	('01a223ab-1aec-7373-ade6-c0dea1ba12c2', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.842764+00', NULL, NULL, NULL, NULL),
	('01a223ab-1b04-72ea-9e9c-5a2dc6707a7a', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.868212+00', NULL, NULL, NULL, NULL),
	('01a223ab-1b21-7645-a2db-e14e5c987e6f', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.897476+00', NULL, NULL, NULL, NULL);
INSERT INTO public.event_decisions VALUES
	('01a223ab-1b43-7307-a8dc-a48f74fdc2b2', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.930596+00', NULL, NULL, NULL, NULL),
	('01a223ab-1b5e-762b-a5e0-7113b7440230', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.956816+00', NULL, NULL, NULL, NULL),
	('01a223ab-1b7e-73e5-a3c4-566f412de389', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:05.989287+00', NULL, NULL, NULL, NULL),
	('01a223ab-1b9e-73a2-bb09-81a13f272b1f', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:06.021751+00', NULL, NULL, NULL, NULL),
	('01a223ab-1bc0-7679-ba69-c893c90c189a', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:06.055175+00', NULL, NULL, NULL, NULL),
	('01a223ab-1bdd-71a5-b952-2657ace92481', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:06.08752+00', NULL, NULL, NULL, NULL),
	('01a223ab-1c0b-761a-8627-5772fecbc5d3', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:06.132478+00', NULL, NULL, NULL, NULL),
	('01a223ab-1c0b-761a-8627-5772fecbc5d3', 3, 'SIMULATION_BEGUN', NULL, '2026-11-28 19:39:06.145514+00', NULL, NULL, NULL, NULL),
	('01a223ab-1c47-71a8-b24a-1720ecb671d6', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:06.189792+00', NULL, NULL, NULL, NULL),
	('01a223ab-1c47-71a8-b24a-1720ecb671d6', 3, 'SIMULATION_BEGUN', NULL, '2026-11-28 19:39:06.202161+00', NULL, NULL, NULL, NULL),
	('01a223ab-1c47-71a8-b24a-1720ecb671d6', 7, 'SIMULATION_UNDONE', 3, '2026-11-28 19:39:06.235313+00', NULL, NULL, NULL, NULL),
	('01a223ab-1c8a-769a-b891-8b1691f9e61f', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:06.25807+00', NULL, NULL, NULL, NULL),
	('01a223ab-1cae-7111-b641-1ab0da613eb3', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:06.294583+00', NULL, NULL, NULL, NULL),
	('01a223ab-1ccf-7449-9ec6-42209160e3d8', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:06.327655+00', NULL, NULL, NULL, NULL),
	('01a223ab-1cee-73b9-90a9-a8fad9857610', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:06.358024+00', NULL, NULL, NULL, NULL),
	('01a223ab-1d1d-71c4-8720-9ca99b8bcafc', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:06.404064+00', NULL, NULL, NULL, NULL),
	('01a223ab-22af-70ee-b868-57e1788b62a4', 2, 'PUBLISHED', NULL, '2026-11-28 19:39:07.832078+00', NULL, NULL, NULL, NULL),
	('01a223ab-1b21-7645-a2db-e14e5c987e6f', 1, 'CREATED', 5, '2026-11-28 19:39:05.891539+00', 1, NULL, NULL, NULL),
	('01a223ab-1b7e-73e5-a3c4-566f412de389', 1, 'CREATED', 5, '2026-11-28 19:39:05.983823+00', 1, NULL, NULL, NULL),
	('01a223ab-1c0b-761a-8627-5772fecbc5d3', 1, 'CREATED', 5, '2026-11-28 19:39:06.125094+00', 1, NULL, NULL, NULL),
	('01a223ab-1c47-71a8-b24a-1720ecb671d6', 1, 'CREATED', 5, '2026-11-28 19:39:06.184273+00', 1, NULL, NULL, NULL),
	('01a223ab-1cae-7111-b641-1ab0da613eb3', 1, 'CREATED', 5, '2026-11-28 19:39:06.288243+00', 1, NULL, NULL, NULL),
	('01a223ab-22af-70ee-b868-57e1788b62a4', 1, 'CREATED', 2, '2026-11-28 19:39:07.824873+00', 1, NULL, NULL, NULL),
	('01a223ab-1b5e-762b-a5e0-7113b7440230', 1, 'CREATED', 5, '2026-11-28 19:39:05.951279+00', 1, NULL, NULL, NULL),
	('01a223ab-1b9e-73a2-bb09-81a13f272b1f', 1, 'CREATED', 5, '2026-11-28 19:39:06.016093+00', 1, NULL, NULL, NULL),
	('01a223ab-1cee-73b9-90a9-a8fad9857610', 1, 'CREATED', 5, '2026-11-28 19:39:06.351959+00', 1, NULL, NULL, NULL),
	('01a223ab-1d1d-71c4-8720-9ca99b8bcafc', 1, 'CREATED', 5, '2026-11-28 19:39:06.398592+00', 1, NULL, NULL, NULL),
	('01a223ab-1bc0-7679-ba69-c893c90c189a', 1, 'CREATED', 5, '2026-11-28 19:39:06.049411+00', 1, NULL, NULL, NULL),
	('01a223ab-1bdd-71a5-b952-2657ace92481', 1, 'CREATED', 5, '2026-11-28 19:39:06.079881+00', 1, NULL, NULL, NULL),
	('01a223ab-1c8a-769a-b891-8b1691f9e61f', 1, 'CREATED', 5, '2026-11-28 19:39:06.252011+00', 1, NULL, NULL, NULL);


--
-- Data for Name: event_doors; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_doors VALUES
	('01a223ab-16e7-709d-a577-2780496a86ef', '\x6853fc394162833466704fdaaf3f625c79b47b8b969ac4b57f646d2d9fb35632', '2026-11-28 19:39:04.836809+00', 1440, 0, true, false),
	('01a223ab-174b-7559-b28d-0b39ee761306', '\xe3739e14f39dab6f695c9b34cf75f05f4f31d4e79ae0fd1db92a30bcbaae4a30', '2026-11-28 19:39:04.938137+00', NULL, 0, true, false),
	('01a223ab-1acf-7532-b5fb-5a1d96a0eabf', NULL, NULL, 60, 0, true, false),
	('01a223ab-1aec-7373-ade6-c0dea1ba12c2', '\x9baf75e79a75914fb0b0d7d74062e39e71d1956627814eac1638205812751c8e', '2026-11-28 19:39:05.852013+00', 1440, 0, true, false),
	('01a223ab-22af-70ee-b868-57e1788b62a4', '\x8ac16a4d69ded8feeb8659f4b6b38ad6863789291dcf3b6346b8c4c7eb77a57a', '2026-11-28 19:39:07.868946+00', 1440, 0, true, false);


--
-- Data for Name: event_figures; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_figures VALUES
	('01a223ab-1563-70f4-914f-d90cc922f46c', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-1586-77c2-b448-38668673a261', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-15a7-7137-8a68-6e79a76b2adc', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-15c6-75df-a147-6624ad5f67c5', '2026-11-28 19:39:00+00', 1, 0, 0, 1),
	('01a223ab-15e8-7722-a938-8c7ad7dc597e', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-1632-7011-95b0-fc40963c3a26', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-165b-7712-93aa-9e66b41c07ce', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-1685-7756-8ca0-83cd66674ef6', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-16b6-7118-a1b6-c440915c3762', '2026-11-28 19:39:00+00', 2, 0, 0, 1),
	('01a223ab-16e7-709d-a577-2780496a86ef', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-174b-7559-b28d-0b39ee761306', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-1895-77b9-88ae-f2072e3a5d2c', '2026-11-28 19:39:00+00', 1, 0, 0, 1),
	('01a223ab-18b4-700e-8d69-b0db3da3d1c9', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-18d2-7179-b19e-61f92ebcec69', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-1906-70aa-b0af-c82debf8785b', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-1d1d-71c4-8720-9ca99b8bcafc', '2026-11-28 19:39:00+00', 1, 0, 0, 0),
	('01a223ab-22af-70ee-b868-57e1788b62a4', '2026-11-28 19:39:00+00', 2, 3, 1, 1);


--
-- Data for Name: event_pictures; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_pictures VALUES
	('01a223ab-1853-7353-a470-a1e8147be97c', '01a223ab-1869-72f9-9e15-c1db71fd6d79', 160, 90, '\xffd8ffe000104a46494600010200000100010000ffc0001108005a00a003011100021101031101ffdb0043000604040504040605050506060607090e0909080809120d0d0a0e1512161615121414171a211c17181f1914141d271d1f2223252525161c292c28242b21242524ffdb00430106060609080911090911241814182424242424242424242424242424242424242424242424242424242424242424242424242424242424242424242424242424ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffc4001f0100030101010101010101010000000000000102030405060708090a0bffc400b51100020102040403040705040400010277000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9faffda000c03010002110311003f00e22be50fdfc2800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002803ffd9', '\xffd8ffe000104a46494600010200000100010000ffc0001108005a00a003011100021101031101ffdb0043000604040504040605050506060607090e0909080809120d0d0a0e1512161615121414171a211c17181f1914141d271d1f2223252525161c292c28242b21242524ffdb00430106060609080911090911241814182424242424242424242424242424242424242424242424242424242424242424242424242424242424242424242424242424ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffc4001f0100030101010101010101010000000000000102030405060708090a0bffc400b51100020102040403040705040400010277000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9faffda000c03010002110311003f00e22be50fdfc2800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002803ffd9', '2026-11-28 19:39:05.194437+00');


--
-- Data for Name: events; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.events VALUES
	('01a223ab-115f-7432-bf4a-22f39530d74f', '01a223ab-112b-701e-937f-bee84529f96f', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:03.394236+00', '2026-11-28 19:39:03.509773+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-11ee-7584-8609-f62c7103dd7b', '01a223ab-11ea-7458-9515-0e547930dbba', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:03.536707+00', '2026-11-28 19:39:03.545575+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-120c-7226-aa7f-37602bc70221', '01a223ab-1208-7685-98cb-1e73ac9aa9c1', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:03.566574+00', '2026-11-28 19:39:03.575218+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-122a-7367-af71-6724da5e277a', '01a223ab-1226-7354-be8f-1ca4ae2379df', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:03.595797+00', '2026-11-28 19:39:03.602541+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1249-724f-89dc-39f30dff2736', '01a223ab-1245-75da-83cc-98f37b7076a3', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:03.62645+00', '2026-11-28 19:39:03.63339+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-126c-73f9-862c-effa6fcc05b1', '01a223ab-126a-72a1-b8a4-46bd70545328', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:03.662407+00', '2026-11-28 19:39:03.669381+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1289-76ed-816c-2f1fb82ae3d5', '01a223ab-1286-7731-9643-8b6e2575d042', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:03.692338+00', '2026-11-28 19:39:03.700285+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-12aa-76f9-9c34-11fd23e1b1c2', '01a223ab-12a5-7690-9c33-b8499d9723ba', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:03.72352+00', '2026-11-28 19:39:03.730884+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-12cb-710a-a994-faf2f727b2b9', '01a223ab-12c8-7457-8d6f-f331e168a0df', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:03.756948+00', '2026-11-28 19:39:03.765202+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-12ea-711a-a74f-3d01dcf2cf16', '01a223ab-12e6-7761-8922-523853dde5df', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:03.787992+00', '2026-11-28 19:39:03.7951+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-14e6-7795-a5d2-f12721985459', '01a223ab-14e2-742c-8263-210f39f0fe1e', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.295789+00', '2026-11-28 19:39:04.30265+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-151b-713e-9c1e-37d06892ba99', '01a223ab-1519-70d0-a786-310bb30b58dd', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.350863+00', '2026-11-28 19:39:04.357593+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1540-709f-b165-d89390a75020', '01a223ab-153b-7284-9e81-a3a024ae839f', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.38679+00', '2026-11-28 19:39:04.393247+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-15a7-7137-8a68-6e79a76b2adc', '01a223ab-15a3-7693-a893-451f17e8eb55', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.489384+00', '2026-11-28 19:39:04.496153+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-15c6-75df-a147-6624ad5f67c5', '01a223ab-15c1-74f5-84e6-9244217b4f8d', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 4, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.519516+00', '2026-11-28 19:39:04.526393+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1685-7756-8ca0-83cd66674ef6', '01a223ab-1682-71e0-aed8-f29528a36ed3', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.710953+00', '2026-11-28 19:39:04.717246+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1632-7011-95b0-fc40963c3a26', '01a223ab-162d-766c-84b3-8c025a1e68c9', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.62814+00', '2026-11-28 19:39:04.635849+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-165b-7712-93aa-9e66b41c07ce', '01a223ab-1656-71e8-a3af-131fabdcd292', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.668384+00', '2026-11-28 19:39:04.675013+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-16b6-7118-a1b6-c440915c3762', '01a223ab-16b1-77dd-bb31-80402952fd69', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 5, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.759712+00', '2026-11-28 19:39:04.766916+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1496-7204-849e-7487d217fc10', '01a223ab-1493-7043-a7bb-fdb9c72841d1', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.216492+00', '2026-11-28 19:39:04.224167+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1501-7794-b1f8-3391e4ecaf1e', '01a223ab-14fd-7597-9e29-58015601a9a4', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.323035+00', '2026-11-28 19:39:04.331056+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1aec-7373-ade6-c0dea1ba12c2', '01a223ab-1ae9-7358-8b26-0ed2555448b7', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.837256+00', '2026-11-28 19:39:05.842764+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1563-70f4-914f-d90cc922f46c', '01a223ab-155f-7474-a34d-62a5f1ef92dc', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.421668+00', '2026-11-28 19:39:04.431438+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-160a-743c-a28f-c501f88009c9', '01a223ab-1606-759a-bad0-49c8f3e194d2', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 3, '2026-11-28 19:39:04.588134+00', '2026-11-28 19:39:04.601524+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1b04-72ea-9e9c-5a2dc6707a7a', '01a223ab-1b01-7106-81c1-12443fa9d98d', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.862081+00', '2026-11-28 19:39:05.868212+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-18b4-700e-8d69-b0db3da3d1c9', '01a223ab-18b2-7487-a255-f7740e158884', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.270291+00', '2026-11-28 19:39:05.277207+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-18d2-7179-b19e-61f92ebcec69', '01a223ab-18cf-7659-a9d2-f91092cb403d', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 5, 'PUBLISHED', NULL, NULL, 3, '2026-11-28 19:39:05.300288+00', '2026-11-28 19:39:05.312744+00', false, NULL, NULL, NULL, 'EUR', NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1ab2-746f-adba-0aefb87392a0', '01a223ab-1ab0-7764-b795-aba3ad25036f', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.780664+00', '2026-11-28 19:39:05.786885+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1acf-7532-b5fb-5a1d96a0eabf', '01a223ab-1acd-7062-bccb-a089e5a51bba', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.810193+00', '2026-11-28 19:39:05.816571+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1b43-7307-a8dc-a48f74fdc2b2', '01a223ab-1b40-7761-ba8f-86062a5f8aa3', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.924964+00', '2026-11-28 19:39:05.930596+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1ccf-7449-9ec6-42209160e3d8', '01a223ab-1ccc-76b1-8479-be3c1e3ba4d0', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:06.321041+00', '2026-11-28 19:39:06.327655+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-14bf-7607-8db2-8462c5e65ef6', '01a223ab-14ba-712c-b89a-c51e1dd76abf', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.256655+00', '2026-11-28 19:39:04.26417+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1586-77c2-b448-38668673a261', '01a223ab-1584-717d-a3ee-5cd60106609b', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.456484+00', '2026-11-28 19:39:04.463396+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-15e8-7722-a938-8c7ad7dc597e', '01a223ab-15e4-73ef-879a-d5e09dcdb172', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.554416+00', '2026-11-28 19:39:04.562647+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-16e7-709d-a577-2780496a86ef', '01a223ab-16e3-7759-87bc-b8fa336c02b6', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.808816+00', '2026-11-28 19:39:04.815559+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-172f-7103-b0f5-68ea7189f7dc', '01a223ab-172b-759f-80ee-d598117593e8', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.880889+00', '2026-11-28 19:39:04.887733+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1793-74ec-9ef6-11d71d2cb5fe', '01a223ab-178f-7537-a52b-93168822a478', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.982155+00', '2026-11-28 19:39:04.993086+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1711-7054-988a-a7010f7c9d07', '01a223ab-170c-77c9-8d7c-a1abdbe176f0', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.850682+00', '2026-11-28 19:39:04.857358+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-174b-7559-b28d-0b39ee761306', '01a223ab-1748-7721-b039-01bdb7e4f7a5', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:04.909253+00', '2026-11-28 19:39:04.915703+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-17c5-7007-a1f4-e9a32a36b565', '01a223ab-17c0-7617-af36-ac013ea84790', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 6, 6, 0, 3, 'PUBLISHED', NULL, NULL, 3, '2026-11-28 19:39:05.030596+00', '2026-11-28 19:39:05.051679+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1a9a-710d-91aa-4fb1c05d056e', '01a223ab-1a96-7782-8d16-ca42e3be82a9', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.75542+00', '2026-11-28 19:39:05.761613+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1b21-7645-a2db-e14e5c987e6f', '01a223ab-1b1f-72d8-9903-e54bb4ddfe10', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.891539+00', '2026-11-28 19:39:05.897476+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1b7e-73e5-a3c4-566f412de389', '01a223ab-1b7c-7168-be8d-41ea360bcffc', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.983823+00', '2026-11-28 19:39:05.989287+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1c0b-761a-8627-5772fecbc5d3', '01a223ab-1c07-717b-be01-2ec3c9529be0', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 2, 0, 6, 'PUBLISHED', 3, NULL, 2, '2026-11-28 19:39:06.125094+00', '2026-11-28 19:39:06.132478+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1c47-71a8-b24a-1720ecb671d6', '01a223ab-1c44-723b-8a7e-ad74de2ea2c2', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 7, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:06.184273+00', '2026-11-28 19:39:06.189792+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-17b2-75eb-a7c8-17555109b2c4', '01a223ab-178f-7537-a52b-93168822a478', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 1, 'DRAFT', NULL, NULL, 1, '2026-11-28 19:39:05.012234+00', '2026-11-28 19:39:05.012234+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1803-7000-99a0-c78d156c4b25', '01a223ab-17ff-74c6-a9ab-f0186699dea6', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.092355+00', '2026-11-28 19:39:05.098848+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1895-77b9-88ae-f2072e3a5d2c', '01a223ab-1890-7387-bd6c-8d521580a8c2', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 4, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.239535+00', '2026-11-28 19:39:05.247284+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-181b-70dd-b8c4-b5649e4b20f5', '01a223ab-1819-77b6-a2c3-8d46b8d8f2cb', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 3, 'CANCELLED', NULL, NULL, 3, '2026-11-28 19:39:05.117293+00', '2026-11-28 19:39:05.134017+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1837-714d-8ddf-5fdbd4c8690b', '01a223ab-1833-7268-abb1-b56dc9c967f8', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.144395+00', '2026-11-28 19:39:05.150891+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1853-7353-a470-a1e8147be97c', '01a223ab-184f-72e2-96d0-19824d51af6a', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.172358+00', '2026-11-28 19:39:05.179698+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1873-71e0-925b-1f0d6b1d8121', '01a223ab-1870-73ed-a1bf-e438992608ba', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.204586+00', '2026-11-28 19:39:05.211883+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1d1d-71c4-8720-9ca99b8bcafc', '01a223ab-1d1a-7531-8d9d-603e95b1f4c4', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:06.398592+00', '2026-11-28 19:39:06.404064+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1b5e-762b-a5e0-7113b7440230', '01a223ab-1b5a-7588-bde6-db8194406d8a', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.951279+00', '2026-11-28 19:39:05.956816+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1b9e-73a2-bb09-81a13f272b1f', '01a223ab-1b9c-717c-a03f-7647ce5d2575', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:06.016093+00', '2026-11-28 19:39:06.021751+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1cee-73b9-90a9-a8fad9857610', '01a223ab-1ceb-74bd-be06-011d794fbb2b', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:06.351959+00', '2026-11-28 19:39:06.358024+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1906-70aa-b0af-c82debf8785b', '01a223ab-1904-727b-9e7e-283c83c5485e', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.353725+00', '2026-11-28 19:39:05.360703+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1a7c-723b-a1fd-38ad7493331e', '01a223ab-1a79-73b0-9a18-874e303b65a3', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:05.726299+00', '2026-11-28 19:39:05.732669+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1bc0-7679-ba69-c893c90c189a', '01a223ab-1bbd-72a8-b63c-33babf7ebd22', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:06.049411+00', '2026-11-28 19:39:06.055175+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1bdd-71a5-b952-2657ace92481', '01a223ab-1bdb-76ea-b57f-f546bfcb90d2', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:06.079881+00', '2026-11-28 19:39:06.08752+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1c8a-769a-b891-8b1691f9e61f', '01a223ab-1c87-7379-b96e-0c866a7ff177', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:06.252011+00', '2026-11-28 19:39:06.25807+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-1cae-7111-b641-1ab0da613eb3', '01a223ab-1cab-761b-9a33-b1d3b8b4dc7c', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:06.288243+00', '2026-11-28 19:39:06.294583+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223ab-22af-70ee-b868-57e1788b62a4', '01a223ab-22ad-72c1-b440-3a370fb7d522', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 2, 0, 2, 9, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:39:07.824873+00', '2026-11-28 19:39:07.832078+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false);


--
-- Data for Name: journal; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.journal OVERRIDING SYSTEM VALUE VALUES
	('01a223ab-22af-70ee-b868-57e1788b62a4', 84, 2, '2026-11-28 19:39:07.832078+00', '{PUBLISHED}', '{}', NULL),
	('01a223ab-22af-70ee-b868-57e1788b62a4', 85, 3, '2026-11-28 19:39:07.844241+00', '{}', '{01a223ab-22c3-717c-95e4-d33ed4fbe6d3}', NULL),
	('01a223ab-22af-70ee-b868-57e1788b62a4', 86, 4, '2026-11-28 19:39:07.848533+00', '{}', '{01a223ab-22c8-76ed-8bc7-1205df3560c5}', NULL),
	('01a223ab-22af-70ee-b868-57e1788b62a4', 87, 5, '2026-11-28 19:39:07.852115+00', '{}', '{01a223ab-22cb-7169-8316-eca3b8b5cde4}', NULL),
	('01a223ab-22af-70ee-b868-57e1788b62a4', 88, 6, '2026-11-28 19:39:07.855475+00', '{}', '{01a223ab-22cf-76af-918f-8a387bd9706c}', NULL),
	('01a223ab-22af-70ee-b868-57e1788b62a4', 89, 8, '2026-11-28 19:39:07.858415+00', '{}', '{01a223ab-22c3-717c-95e4-d33ed4fbe6d3,01a223ab-22cb-7169-8316-eca3b8b5cde4}', NULL),
	('01a223ab-22af-70ee-b868-57e1788b62a4', 90, 9, '2026-11-28 19:39:07.884273+00', '{}', '{01a223ab-22eb-7313-92c3-97d9574fa48a}', '2026-11-28 20:39:07.88415+00');


--
-- Data for Name: messages; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.messages VALUES
	('01a223ab-1563-70f4-914f-d90cc922f46c', '01a223ab-176c-7797-b94e-3e5e224506b3', '01a223ab-1573-77b2-a487-f697bb1af2e9', 'CONFIRMED', 3, '01a223ab-155f-7474-a34d-62a5f1ef92dc', 'SENT', '2026-11-28 19:39:04.942025+00', '2026-11-28 19:42:05.465964+00', 1, NULL, '2026-11-28 19:39:05.523747+00', '2026-11-28 19:39:05.523747+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-1586-77c2-b448-38668673a261', '01a223ab-1774-74f4-9f85-3e3c500b15c7', '01a223ab-1592-779e-8034-971d8fdaf904', 'CONFIRMED', 3, '01a223ab-1584-717d-a3ee-5cd60106609b', 'SENT', '2026-11-28 19:39:04.949046+00', '2026-11-28 19:42:05.465964+00', 1, NULL, '2026-11-28 19:39:05.523747+00', '2026-11-28 19:39:05.523747+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-15a7-7137-8a68-6e79a76b2adc', '01a223ab-177a-763f-a3fb-c44bcec717da', '01a223ab-15bb-7242-8a67-4b2a39731992', 'CONFIRMED', 3, '01a223ab-15a3-7693-a893-451f17e8eb55', 'SENT', '2026-11-28 19:39:04.954718+00', '2026-11-28 19:42:05.465964+00', 1, NULL, '2026-11-28 19:39:05.523747+00', '2026-11-28 19:39:05.523747+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-15e8-7722-a938-8c7ad7dc597e', '01a223ab-1787-7328-95ad-d4d6a5d3c30f', '01a223ab-15f6-73dc-9da5-6ad099edbe91', 'CONFIRMED', 3, '01a223ab-15e4-73ef-879a-d5e09dcdb172', 'SENT', '2026-11-28 19:39:04.9682+00', '2026-11-28 19:42:05.465964+00', 1, NULL, '2026-11-28 19:39:05.523747+00', '2026-11-28 19:39:05.523747+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-1632-7011-95b0-fc40963c3a26', '01a223ab-1797-76dd-ae71-88bed2eadc52', '01a223ab-163f-7052-a42d-371ab0af2aa8', 'CONFIRMED', 3, '01a223ab-162d-766c-84b3-8c025a1e68c9', 'SENT', '2026-11-28 19:39:04.983818+00', '2026-11-28 19:42:05.525059+00', 1, NULL, '2026-11-28 19:39:05.58482+00', '2026-11-28 19:39:05.58482+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-165b-7712-93aa-9e66b41c07ce', '01a223ab-1799-747a-a0b3-4de5822f1dc2', '01a223ab-1666-75f2-9f05-00e7e94bd817', 'CONFIRMED', 3, '01a223ab-1656-71e8-a3af-131fabdcd292', 'SENT', '2026-11-28 19:39:04.986469+00', '2026-11-28 19:42:05.525059+00', 1, NULL, '2026-11-28 19:39:05.58482+00', '2026-11-28 19:39:05.58482+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-16b6-7118-a1b6-c440915c3762', '01a223ab-17a8-7242-85da-1d70964d93df', '01a223ab-16d2-73b0-a446-40564bcb8113', 'CONFIRMED', 5, '01a223ab-16b1-77dd-bb31-80402952fd69', 'SENT', '2026-11-28 19:39:05.000545+00', '2026-11-28 19:42:05.585875+00', 1, NULL, '2026-11-28 19:39:05.639925+00', '2026-11-28 19:39:05.639925+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-16e7-709d-a577-2780496a86ef', '01a223ab-17aa-7253-becd-b427c55c8395', '01a223ab-16f3-754a-ad20-49097ce29638', 'CONFIRMED', 3, '01a223ab-16e3-7759-87bc-b8fa336c02b6', 'SENT', '2026-11-28 19:39:05.003287+00', '2026-11-28 19:42:05.585875+00', 1, NULL, '2026-11-28 19:39:05.639925+00', '2026-11-28 19:39:05.639925+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-174b-7559-b28d-0b39ee761306', '01a223ab-17b6-7169-ba4f-29513d82cc8d', '01a223ab-1762-7040-9ada-e0c39e15222c', 'CONFIRMED', 3, '01a223ab-175e-7573-8c5d-59e85d81df05', 'SENT', '2026-11-28 19:39:05.014909+00', '2026-11-28 19:42:05.585875+00', 1, NULL, '2026-11-28 19:39:05.64423+00', '2026-11-28 19:39:05.64423+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-18b4-700e-8d69-b0db3da3d1c9', '01a223ab-19da-7797-9ac5-cb39c9e665bb', '01a223ab-18bf-75b4-a35c-223434dcdebd', 'CONFIRMED', 3, '01a223ab-18b2-7487-a255-f7740e158884', 'SENT', '2026-11-28 19:39:05.56254+00', '2026-11-28 19:42:05.645168+00', 1, NULL, '2026-11-28 19:39:05.69559+00', '2026-11-28 19:39:05.69559+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-1685-7756-8ca0-83cd66674ef6', '01a223ab-179f-72a8-b660-97c6245b6ef3', '01a223ab-169a-7158-8601-bc789b10babc', 'CONFIRMED', 3, '01a223ab-1698-751d-983a-638e354da534', 'SENT', '2026-11-28 19:39:04.991886+00', '2026-11-28 19:42:05.525059+00', 1, NULL, '2026-11-28 19:39:05.58482+00', '2026-11-28 19:39:05.58482+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-16b6-7118-a1b6-c440915c3762', '01a223ab-17a3-7669-a97c-e870bac5e26e', '01a223ab-16ce-71de-a36e-4dc1202d2c01', 'PASSED_ON', 4, '01a223ab-16ca-712e-b5ee-70c2744df3ef', 'SENT', '2026-11-28 19:39:04.995785+00', '2026-11-28 19:42:05.525059+00', 1, NULL, '2026-11-28 19:39:05.58482+00', '2026-11-28 19:39:05.58482+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CANCELLED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-1895-77b9-88ae-f2072e3a5d2c', '01a223ab-19d6-71df-8dc7-3d379a5a3e1b', '01a223ab-18a2-70bf-82f7-0b41b603400a', 'REMOVED', 4, '01a223ab-1890-7387-bd6c-8d521580a8c2', 'SENT', '2026-11-28 19:39:05.559054+00', '2026-11-28 19:42:05.585875+00', 1, NULL, '2026-11-28 19:39:05.639925+00', '2026-11-28 19:39:05.639925+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CANCELLED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": "Not a member", "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-18d2-7179-b19e-61f92ebcec69', '01a223ab-19de-7785-833c-8b7d2c6dd480', '01a223ab-18e5-70b6-a8e9-8bfe612f9095', 'HELD', 3, '01a223ab-18cf-7659-a9d2-f91092cb403d', 'SENT', '2026-11-28 19:39:05.56659+00', '2026-11-28 19:42:05.645168+00', 1, NULL, '2026-11-28 19:39:05.69559+00', '2026-11-28 19:39:05.69559+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": "EUR 5.00", "status": "HELD", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-1906-70aa-b0af-c82debf8785b', '01a223ab-19e2-712b-8139-6b79d1b1a20b', '01a223ab-191d-741c-a851-64a5ec3f3935', 'CONFIRMED', 3, '01a223ab-1917-710f-b206-fa63b49490be', 'SENT', '2026-11-28 19:39:05.570749+00', '2026-11-28 19:42:07.700907+00', 1, NULL, '2026-11-28 19:39:07.752308+00', '2026-11-28 19:39:05.69559+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223ab-1d1d-71c4-8720-9ca99b8bcafc', '01a223ab-1e1d-7492-99a7-ea02ddd5cea4', '01a223ab-1d2c-75a4-b170-846342a08eb3', 'CONFIRMED', 3, '01a223ab-1d29-72de-89f8-1d270e284e11', 'DUE', '2026-11-28 19:39:06.65356+00', '2026-11-28 19:39:07.817748+00', 0, 'no such mailbox', NULL, '2026-11-28 19:39:07.803535+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com');


--
-- Data for Name: payments; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.payments VALUES
	('01a223ab-18d2-7179-b19e-61f92ebcec69', 'ad28eda6-de65-5276-b703-50db5af29f2b', '01a223ab-18e5-70b6-a8e9-8bfe612f9095', 'OFFLINE', 500, 4, '2026-11-28 19:39:05.321698+00', '01a223ab-18cf-7659-a9d2-f91092cb403d', 5, '2026-11-28 19:39:05.341686+00', '01a223ab-18cf-7659-a9d2-f91092cb403d');


--
-- Data for Name: prices; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.prices VALUES
	('01a223ab-115f-7432-bf4a-22f39530d74f', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-11ee-7584-8609-f62c7103dd7b', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-120c-7226-aa7f-37602bc70221', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-122a-7367-af71-6724da5e277a', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1249-724f-89dc-39f30dff2736', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-126c-73f9-862c-effa6fcc05b1', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1289-76ed-816c-2f1fb82ae3d5', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-12aa-76f9-9c34-11fd23e1b1c2', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-12cb-710a-a994-faf2f727b2b9', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-12ea-711a-a74f-3d01dcf2cf16', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1496-7204-849e-7487d217fc10', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-14bf-7607-8db2-8462c5e65ef6', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-14e6-7795-a5d2-f12721985459', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1501-7794-b1f8-3391e4ecaf1e', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-151b-713e-9c1e-37d06892ba99', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1540-709f-b165-d89390a75020', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1563-70f4-914f-d90cc922f46c', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-1586-77c2-b448-38668673a261', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-15a7-7137-8a68-6e79a76b2adc', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-15c6-75df-a147-6624ad5f67c5', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, true),
	('01a223ab-15e8-7722-a938-8c7ad7dc597e', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-160a-743c-a28f-c501f88009c9', 1, 1, 'Admission', 0, NULL, NULL, NULL, 'MEMBERS', false, 0, false),
	('01a223ab-1632-7011-95b0-fc40963c3a26', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-165b-7712-93aa-9e66b41c07ce', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-1685-7756-8ca0-83cd66674ef6', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-16b6-7118-a1b6-c440915c3762', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-16e7-709d-a577-2780496a86ef', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-1711-7054-988a-a7010f7c9d07', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-172f-7103-b0f5-68ea7189f7dc', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-174b-7559-b28d-0b39ee761306', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-1793-74ec-9ef6-11d71d2cb5fe', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-17b2-75eb-a7c8-17555109b2c4', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1803-7000-99a0-c78d156c4b25', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-181b-70dd-b8c4-b5649e4b20f5', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1837-714d-8ddf-5fdbd4c8690b', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1853-7353-a470-a1e8147be97c', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1873-71e0-925b-1f0d6b1d8121', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1895-77b9-88ae-f2072e3a5d2c', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, true),
	('01a223ab-1b5e-762b-a5e0-7113b7440230', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1b9e-73a2-bb09-81a13f272b1f', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1cee-73b9-90a9-a8fad9857610', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1d1d-71c4-8720-9ca99b8bcafc', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-17c5-7007-a1f4-e9a32a36b565', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1a9a-710d-91aa-4fb1c05d056e', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1b21-7645-a2db-e14e5c987e6f', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1b7e-73e5-a3c4-566f412de389', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1c0b-761a-8627-5772fecbc5d3', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 3, false),
	('01a223ab-1c47-71a8-b24a-1720ecb671d6', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1cae-7111-b641-1ab0da613eb3', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-22af-70ee-b868-57e1788b62a4', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 4, true),
	('01a223ab-18b4-700e-8d69-b0db3da3d1c9', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-18d2-7179-b19e-61f92ebcec69', 1, 1, 'Admission', 500, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-1ab2-746f-adba-0aefb87392a0', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1acf-7532-b5fb-5a1d96a0eabf', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1aec-7373-ade6-c0dea1ba12c2', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1b04-72ea-9e9c-5a2dc6707a7a', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1b43-7307-a8dc-a48f74fdc2b2', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1ccf-7449-9ec6-42209160e3d8', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1906-70aa-b0af-c82debf8785b', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223ab-1a7c-723b-a1fd-38ad7493331e', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1bc0-7679-ba69-c893c90c189a', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1bdd-71a5-b952-2657ace92481', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223ab-1c8a-769a-b891-8b1691f9e61f', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false);


--
-- Data for Name: registrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.registrations VALUES
	('01a223ab-1563-70f4-914f-d90cc922f46c', '01a223ab-1573-77b2-a487-f697bb1af2e9', '01a223ab-155f-7474-a34d-62a5f1ef92dc', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:39:04.436184+00', '2026-11-28 19:39:04.436184+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-1586-77c2-b448-38668673a261', '01a223ab-1592-779e-8034-971d8fdaf904', '01a223ab-1584-717d-a3ee-5cd60106609b', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:39:04.467086+00', '2026-11-28 19:39:04.467086+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-15a7-7137-8a68-6e79a76b2adc', '01a223ab-15bb-7242-8a67-4b2a39731992', '01a223ab-15a3-7693-a893-451f17e8eb55', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:39:04.507591+00', '2026-11-28 19:39:04.507591+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-15c6-75df-a147-6624ad5f67c5', '01a223ab-15d1-725c-b2e1-51aab6777d9c', '01a223ab-15c1-74f5-84e6-9244217b4f8d', 'CANCELLED', 3, 3, 4, NULL, '2026-11-28 19:39:04.530403+00', '2026-11-28 19:39:04.530403+00', '2026-11-28 19:39:04.541391+00', NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-15e8-7722-a938-8c7ad7dc597e', '01a223ab-15f6-73dc-9da5-6ad099edbe91', '01a223ab-15e4-73ef-879a-d5e09dcdb172', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:39:04.566846+00', '2026-11-28 19:39:04.566846+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-1632-7011-95b0-fc40963c3a26', '01a223ab-163f-7052-a42d-371ab0af2aa8', '01a223ab-162d-766c-84b3-8c025a1e68c9', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:39:04.639819+00', '2026-11-28 19:39:04.639819+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-165b-7712-93aa-9e66b41c07ce', '01a223ab-1666-75f2-9f05-00e7e94bd817', '01a223ab-1656-71e8-a3af-131fabdcd292', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:39:04.678494+00', '2026-11-28 19:39:04.678494+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-1685-7756-8ca0-83cd66674ef6', '01a223ab-169a-7158-8601-bc789b10babc', '01a223ab-1698-751d-983a-638e354da534', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:39:04.732718+00', '2026-11-28 19:39:04.732718+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-16b6-7118-a1b6-c440915c3762', '01a223ab-16ce-71de-a36e-4dc1202d2c01', '01a223ab-16ca-712e-b5ee-70c2744df3ef', 'CANCELLED', 3, 3, 4, NULL, '2026-11-28 19:39:04.782799+00', '2026-11-28 19:39:04.782799+00', '2026-11-28 19:39:04.795519+00', 'PASSED_ON', NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-16b6-7118-a1b6-c440915c3762', '01a223ab-16d2-73b0-a446-40564bcb8113', '01a223ab-16b1-77dd-bb31-80402952fd69', 'CONFIRMED', 5, 5, NULL, NULL, '2026-11-28 19:39:04.795519+00', '2026-11-28 19:39:04.795519+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-16e7-709d-a577-2780496a86ef', '01a223ab-16f3-754a-ad20-49097ce29638', '01a223ab-16e3-7759-87bc-b8fa336c02b6', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:39:04.819439+00', '2026-11-28 19:39:04.819439+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-174b-7559-b28d-0b39ee761306', '01a223ab-1762-7040-9ada-e0c39e15222c', '01a223ab-175e-7573-8c5d-59e85d81df05', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:39:04.931522+00', '2026-11-28 19:39:04.931522+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-1895-77b9-88ae-f2072e3a5d2c', '01a223ab-18a2-70bf-82f7-0b41b603400a', '01a223ab-1890-7387-bd6c-8d521580a8c2', 'CANCELLED', 3, 3, 4, NULL, '2026-11-28 19:39:05.251003+00', '2026-11-28 19:39:05.251003+00', '2026-11-28 19:39:05.260639+00', 'REMOVED', 'Not a member', false, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-18b4-700e-8d69-b0db3da3d1c9', '01a223ab-18bf-75b4-a35c-223434dcdebd', '01a223ab-18b2-7487-a255-f7740e158884', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:39:05.280314+00', '2026-11-28 19:39:05.280314+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-18d2-7179-b19e-61f92ebcec69', '01a223ab-18e5-70b6-a8e9-8bfe612f9095', '01a223ab-18cf-7659-a9d2-f91092cb403d', 'HELD', 3, 3, NULL, NULL, '2026-11-28 19:39:05.317579+00', '2026-11-28 19:39:05.317579+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 500, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-1906-70aa-b0af-c82debf8785b', '01a223ab-191d-741c-a851-64a5ec3f3935', '01a223ab-1917-710f-b206-fa63b49490be', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:39:05.373926+00', '2026-11-28 19:39:05.373926+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-1c0b-761a-8627-5772fecbc5d3', '01a223ab-1c26-70bc-adf1-5e8d593c7859', '01a223ab-1c25-7652-b8aa-912b3820964f', 'CONFIRMED', 4, 4, NULL, NULL, '2026-11-28 19:39:06.150804+00', '2026-11-28 19:39:06.150804+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-1c0b-761a-8627-5772fecbc5d3', '01a223ab-1c26-70bc-adf1-5e8fa348217d', '01a223ab-1c25-7652-b8aa-912c296a6b58', 'CONFIRMED', 5, 5, NULL, NULL, '2026-11-28 19:39:06.152186+00', '2026-11-28 19:39:06.152186+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-1c0b-761a-8627-5772fecbc5d3', '01a223ab-1c26-70bc-adf1-5e91473a4b01', '01a223ab-1c25-7652-b8aa-912d892925bc', 'CONFIRMED', 6, 6, NULL, NULL, '2026-11-28 19:39:06.152186+00', '2026-11-28 19:39:06.152186+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-1d1d-71c4-8720-9ca99b8bcafc', '01a223ab-1d2c-75a4-b170-846342a08eb3', '01a223ab-1d29-72de-89f8-1d270e284e11', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:39:06.412934+00', '2026-11-28 19:39:06.412934+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-22af-70ee-b868-57e1788b62a4', '01a223ab-22c8-76ed-8bc7-1205df3560c5', '01a223ab-22c1-7720-8f00-9d0e0b284d7e', 'CONFIRMED', 4, 4, NULL, NULL, '2026-11-28 19:39:07.848533+00', '2026-11-28 19:39:07.848533+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-22af-70ee-b868-57e1788b62a4', '01a223ab-22cf-76af-918f-8a387bd9706c', '01a223ab-22c1-7720-8f00-9d108998f79d', 'WAITLISTED', 6, NULL, NULL, NULL, '2026-11-28 19:39:07.855475+00', NULL, NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-22af-70ee-b868-57e1788b62a4', '01a223ab-22c3-717c-95e4-d33ed4fbe6d3', '01a223ab-22bf-715e-bade-316c09be8d1b', 'CANCELLED', 3, 3, 7, NULL, '2026-11-28 19:39:07.844241+00', '2026-11-28 19:39:07.844241+00', '2026-11-28 19:39:07.858415+00', NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-22af-70ee-b868-57e1788b62a4', '01a223ab-22cb-7169-8316-eca3b8b5cde4', '01a223ab-22c1-7720-8f00-9d0f84fa33b2', 'CONFIRMED', 5, 8, NULL, NULL, '2026-11-28 19:39:07.852115+00', '2026-11-28 19:39:07.858415+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223ab-22af-70ee-b868-57e1788b62a4', '01a223ab-22eb-7313-92c3-97d9574fa48a', '01a223ab-22e7-7171-87ab-4119f20544c4', 'WAITLISTED', 9, NULL, NULL, NULL, '2026-11-28 19:39:07.884273+00', NULL, NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0);


--
-- Data for Name: reminders; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.reminders VALUES
	('01a223ab-1a9a-710d-91aa-4fb1c05d056e', 24, NULL);


--
-- Data for Name: simulations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.simulations VALUES
	('01a223ab-1c0b-761a-8627-5772fecbc5d3', '01a223ab-1c20-771f-9e6d-1cf6cfc67719', 'DONE', 3, 3, '2026-11-28 19:39:06.147141+00', '2026-11-28 19:39:06.169355+00', NULL, '{"batches": 2, "history": {"passed": true, "answers": 3, "examples": [], "decisions": 6, "violations": 0}, "capacity": 5, "event_id": "01a223ab-1c0b-761a-8627-5772fecbc5d3", "failures": {}, "promises": [{"checks": [{"sql": "select count(*) as violations, min(coalesce(t.event_id, r.event_id)::text) as example from (select * from ticket_types where event_id = $1) t full join (select event_id, ticket_type, coalesce(sum(seats) filter (where status in (''CONFIRMED'', ''HELD'')), 0) as taken, count(*) filter (where status = ''WAITLISTED'') as waiting, coalesce(sum(seats) filter (where status = ''WAITLISTED''), 0) as wanted from registrations where event_id = $1 group by event_id, ticket_type) r on r.event_id = t.event_id and r.ticket_type = t.number where (t.number is null and r.taken + r.waiting > 0) or coalesce(r.taken, 0) + t.seats_remaining <> t.capacity or t.seats_remaining not between 0 and t.capacity or coalesce(r.waiting, 0) <> t.waiting or coalesce(r.wanted, 0) <> t.seats_wanted", "what": "seats taken + seats remaining = capacity for each ticket type, and each counts its line correctly", "violations": 0}, {"sql": "select count(*) as violations, min(e.event_id::text) as example from (select *, id as event_id from events) e left join (select event_id, sum(capacity) as capacity, sum(seats_remaining) as remaining, sum(waiting) as waiting from ticket_types where event_id = $1 group by event_id) t using (event_id) where e.event_id = $1 and (e.capacity, e.seats_remaining, e.waiting) is distinct from (t.capacity, t.remaining, t.waiting)", "what": "the counts of each event are the sums over its ticket types", "violations": 0}, {"sql": "with parts as (select event_id, id, status, decision, cancelled_decision, price, seats::integer as seats from registrations where event_id = $1 and split is null union all select event_id, id, status, decision, cancelled_decision, split[n], split[n + 1] from registrations cross join lateral generate_series(1, cardinality(split), 2) n where event_id = $1 and split is not null) select count(*) as violations, min(coalesce(p.event_id, s.event_id)::text) as example from (select * from prices where event_id = $1) p full join (select event_id, price, sum(seats) as standing from parts where status <> ''CANCELLED'' group by event_id, price) s on s.event_id = p.event_id and s.price = p.number where p.number is null or coalesce(s.standing, 0) <> p.standing or coalesce(s.standing, 0) > p.seat_limit", "what": "no more seats stand at a price than its limit, and each price counts them correctly", "violations": 0}, {"sql": "with steps as (select event_id, ticket_type, seated_decision as number, seats::integer as taken, null::bigint as capacity from registrations where event_id = $1 and seated_decision is not null union all select event_id, ticket_type, cancelled_decision, -seats, null from registrations where event_id = $1 and seated_decision is not null and cancelled_decision is not null union all select d.event_id, d.ticket_type, step.number, step.taken, null from (select * from event_decisions where event_id = $1 and kind = ''REDUCED'') d join registrations r on r.event_id = d.event_id and r.id = d.registration_id and r.seated_decision < d.decision cross join lateral (values (r.seated_decision, d.value::integer), (d.decision, -d.value::integer)) as step (number, taken) union all select event_id, ticket_type, decision, 0, value from event_decisions where event_id = $1 and kind in (''CREATED'', ''CAPACITY'')), sums as (select event_id, ticket_type, number, capacity, sum(taken) over history as taken, count(capacity) over history as era from steps window history as (partition by event_id, ticket_type order by number)), states as (select event_id, taken, first_value(capacity) over (partition by event_id, ticket_type, era order by number, capacity) as capacity from sums) select count(*) as violations, min(event_id::text) as example from states where taken <> 0 and (capacity is null or taken not between 0 and capacity)", "what": "at no point were more seats of a ticket type taken than its capacity", "violations": 0}, {"sql": "with parts as (select event_id, id, status, decision, cancelled_decision, price, seats::integer as seats from registrations where event_id = $1 and split is null union all select event_id, id, status, decision, cancelled_decision, split[n], split[n + 1] from registrations cross join lateral generate_series(1, cardinality(split), 2) n where event_id = $1 and split is not null), taken_away as (select d.event_id, d.registration_id, d.decision, d.price, d.value::integer as seats from event_decisions d where event_id = $1 and d.kind = ''REDUCED'' and d.split is null union all select d.event_id, d.registration_id, d.decision, d.split[n], d.split[n + 1] from event_decisions d cross join lateral generate_series(1, cardinality(d.split), 2) n where event_id = $1 and d.kind = ''REDUCED'' and d.split is not null), price_steps as (select event_id, price, decision as number, seats, null::integer as seat_limit, false as is_limit from parts union all select event_id, price, cancelled_decision, -seats, null, false from parts where cancelled_decision is not null union all select t.event_id, t.price, step.number, step.seats, null, false from taken_away t join registrations r on r.event_id = t.event_id and r.id = t.registration_id cross join lateral (values (r.decision, t.seats), (t.decision, -t.seats)) as step (number, seats) union all select event_id, price, decision, 0, value::integer, true from event_decisions where event_id = $1 and kind = ''LIMIT'') select count(*) as violations, min(event_id::text) as example from (select event_id, standing, first_value(seat_limit) over (partition by event_id, price, era order by number, is_limit desc) as seat_limit from (select *, sum(seats) over history as standing, count(*) filter (where is_limit) over history as era from price_steps window history as (partition by event_id, price order by number)) sums) states where standing < 0 or standing > seat_limit", "what": "at no point did more seats stand at a price than its limit", "violations": 0}], "passed": true, "promise": "P1"}, {"checks": [{"sql": "select count(*) as violations, min(t.event_id::text) as example from (select * from ticket_types where event_id = $1) t left join (select distinct on (event_id, ticket_type) event_id, ticket_type, seats from registrations where event_id = $1 and status = ''WAITLISTED'' order by event_id, ticket_type, decision) head on head.event_id = t.event_id and head.ticket_type = t.number where t.head_wants <> coalesce(head.seats, 0) or t.seats_remaining >= head.seats", "what": "whoever is first in a line wants more seats than are available", "violations": 0}, {"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id, id, decision, seated_decision, max(case when seated_decision is distinct from decision then coalesce(least(seated_decision, cancelled_decision), 9223372036854775807) end) over (partition by event_id, ticket_type order by decision rows between unbounded preceding and 1 preceding) as line_empty_from from registrations where event_id = $1) places where seated_decision < line_empty_from and not exists (select from transfers t join registrations giver on giver.event_id = t.event_id and giver.id = t.registration_id where t.event_id = places.event_id and t.id = places.id and (giver.cancellation = ''PASSED_ON'' or giver.seats < giver.seats_booked)) and seated_decision = decision", "what": "nobody got a seat ahead of the waitlist", "violations": 0}], "passed": true, "promise": "P2"}, {"checks": [{"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id from registrations where event_id = $1 and status <> ''CANCELLED'' group by event_id, user_id, ticket_type having count(*) > 1) twice", "what": "nobody holds two active bookings of one ticket type", "violations": 0}], "passed": true, "promise": "P3"}, {"checks": [{"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id, id, decision, seated_decision, max(case when seated_decision is distinct from decision then coalesce(least(seated_decision, cancelled_decision), 9223372036854775807) end) over (partition by event_id, ticket_type order by decision rows between unbounded preceding and 1 preceding) as line_empty_from from registrations where event_id = $1) places where seated_decision < line_empty_from and not exists (select from transfers t join registrations giver on giver.event_id = t.event_id and giver.id = t.registration_id where t.event_id = places.event_id and t.id = places.id and (giver.cancellation = ''PASSED_ON'' or giver.seats < giver.seats_booked)) and seated_decision <> decision", "what": "the waitlist got its seats in the order of booking", "violations": 0}, {"sql": "with numbers as (select event_id, decision as number from registrations where event_id = $1 union all select event_id, seated_decision from registrations where event_id = $1 and seated_decision <> decision union all select event_id, cancelled_decision from registrations where event_id = $1 and cancelled_decision is not null union all select event_id, decision from payments where event_id = $1 union all select event_id, taken_back_decision from payments where event_id = $1 and taken_back_decision is not null union all select event_id, decision from event_decisions where event_id = $1) select count(*) as violations, min(event_id::text) as example from (select n.event_id from numbers n join events e on e.id = n.event_id group by n.event_id, n.number having count(*) > 1 or n.number < 1 or n.number > max(e.last_decision)) wrong", "what": "no decision number is used twice, and none exceeds the event''s last", "violations": 0}, {"sql": "with numbers as (select event_id, decision as number from registrations where event_id = $1 union all select event_id, seated_decision from registrations where event_id = $1 and seated_decision <> decision union all select event_id, cancelled_decision from registrations where event_id = $1 and cancelled_decision is not null union all select event_id, decision from payments where event_id = $1 union all select event_id, taken_back_decision from payments where event_id = $1 and taken_back_decision is not null union all select event_id, decision from event_decisions where event_id = $1) select count(*) as violations, min(event_id::text) as example from (select event_id, number, coalesce(lead(number) over (partition by event_id order by number), last_decision + 1) as next from (select event_id, number, last_decision from numbers join events on id = event_id union all select id, 0, last_decision from (select id as event_id, * from events) e where event_id = $1) all_of_them) gaps where next > number + 1 and not exists (select from event_decisions undone where undone.event_id = gaps.event_id and undone.kind = ''SIMULATION_UNDONE'' and undone.value <= gaps.number and undone.decision >= gaps.next)", "what": "no decision number is missing, except those of undone stress tests", "violations": 0}], "passed": true, "promise": "P4"}], "rehearsal": false, "failed_count": 0, "ticket_types": [{"name": "Admission", "number": 1, "capacity": 5, "attempted": 3, "seats_given": 3, "success_count": 3, "waitlisted_count": 0, "final_seats_remaining": 2}], "in_flight_max": 3, "success_count": 3, "batch_size_max": 2, "total_attempted": 3, "waitlisted_count": 0, "latency_milliseconds": {"max": 2.416, "p50": 2.414, "p95": 2.416, "p99": 2.416, "mean": 2.078}, "duration_milliseconds": 2.508, "final_seats_remaining": 2, "throughput_per_second": 1196.128, "lock_held_milliseconds": {"max": 0.903, "p50": 0.682, "p95": 0.903, "p99": 0.903, "mean": 0.793}, "lock_wait_milliseconds": {"max": 0.379, "p50": 0.285, "p95": 0.379, "p99": 0.379, "mean": 0.332}}', NULL),
	('01a223ab-1c47-71a8-b24a-1720ecb671d6', '01a223ab-1c59-773f-9cad-139e19c665b1', 'DONE', 3, 3, '2026-11-28 19:39:06.203603+00', '2026-11-28 19:39:06.223615+00', NULL, '{"batches": 2, "history": {"passed": true, "answers": 3, "examples": [], "decisions": 6, "violations": 0}, "capacity": 5, "event_id": "01a223ab-1c47-71a8-b24a-1720ecb671d6", "failures": {}, "promises": [{"checks": [{"sql": "select count(*) as violations, min(coalesce(t.event_id, r.event_id)::text) as example from (select * from ticket_types where event_id = $1) t full join (select event_id, ticket_type, coalesce(sum(seats) filter (where status in (''CONFIRMED'', ''HELD'')), 0) as taken, count(*) filter (where status = ''WAITLISTED'') as waiting, coalesce(sum(seats) filter (where status = ''WAITLISTED''), 0) as wanted from registrations where event_id = $1 group by event_id, ticket_type) r on r.event_id = t.event_id and r.ticket_type = t.number where (t.number is null and r.taken + r.waiting > 0) or coalesce(r.taken, 0) + t.seats_remaining <> t.capacity or t.seats_remaining not between 0 and t.capacity or coalesce(r.waiting, 0) <> t.waiting or coalesce(r.wanted, 0) <> t.seats_wanted", "what": "seats taken + seats remaining = capacity for each ticket type, and each counts its line correctly", "violations": 0}, {"sql": "select count(*) as violations, min(e.event_id::text) as example from (select *, id as event_id from events) e left join (select event_id, sum(capacity) as capacity, sum(seats_remaining) as remaining, sum(waiting) as waiting from ticket_types where event_id = $1 group by event_id) t using (event_id) where e.event_id = $1 and (e.capacity, e.seats_remaining, e.waiting) is distinct from (t.capacity, t.remaining, t.waiting)", "what": "the counts of each event are the sums over its ticket types", "violations": 0}, {"sql": "with parts as (select event_id, id, status, decision, cancelled_decision, price, seats::integer as seats from registrations where event_id = $1 and split is null union all select event_id, id, status, decision, cancelled_decision, split[n], split[n + 1] from registrations cross join lateral generate_series(1, cardinality(split), 2) n where event_id = $1 and split is not null) select count(*) as violations, min(coalesce(p.event_id, s.event_id)::text) as example from (select * from prices where event_id = $1) p full join (select event_id, price, sum(seats) as standing from parts where status <> ''CANCELLED'' group by event_id, price) s on s.event_id = p.event_id and s.price = p.number where p.number is null or coalesce(s.standing, 0) <> p.standing or coalesce(s.standing, 0) > p.seat_limit", "what": "no more seats stand at a price than its limit, and each price counts them correctly", "violations": 0}, {"sql": "with steps as (select event_id, ticket_type, seated_decision as number, seats::integer as taken, null::bigint as capacity from registrations where event_id = $1 and seated_decision is not null union all select event_id, ticket_type, cancelled_decision, -seats, null from registrations where event_id = $1 and seated_decision is not null and cancelled_decision is not null union all select d.event_id, d.ticket_type, step.number, step.taken, null from (select * from event_decisions where event_id = $1 and kind = ''REDUCED'') d join registrations r on r.event_id = d.event_id and r.id = d.registration_id and r.seated_decision < d.decision cross join lateral (values (r.seated_decision, d.value::integer), (d.decision, -d.value::integer)) as step (number, taken) union all select event_id, ticket_type, decision, 0, value from event_decisions where event_id = $1 and kind in (''CREATED'', ''CAPACITY'')), sums as (select event_id, ticket_type, number, capacity, sum(taken) over history as taken, count(capacity) over history as era from steps window history as (partition by event_id, ticket_type order by number)), states as (select event_id, taken, first_value(capacity) over (partition by event_id, ticket_type, era order by number, capacity) as capacity from sums) select count(*) as violations, min(event_id::text) as example from states where taken <> 0 and (capacity is null or taken not between 0 and capacity)", "what": "at no point were more seats of a ticket type taken than its capacity", "violations": 0}, {"sql": "with parts as (select event_id, id, status, decision, cancelled_decision, price, seats::integer as seats from registrations where event_id = $1 and split is null union all select event_id, id, status, decision, cancelled_decision, split[n], split[n + 1] from registrations cross join lateral generate_series(1, cardinality(split), 2) n where event_id = $1 and split is not null), taken_away as (select d.event_id, d.registration_id, d.decision, d.price, d.value::integer as seats from event_decisions d where event_id = $1 and d.kind = ''REDUCED'' and d.split is null union all select d.event_id, d.registration_id, d.decision, d.split[n], d.split[n + 1] from event_decisions d cross join lateral generate_series(1, cardinality(d.split), 2) n where event_id = $1 and d.kind = ''REDUCED'' and d.split is not null), price_steps as (select event_id, price, decision as number, seats, null::integer as seat_limit, false as is_limit from parts union all select event_id, price, cancelled_decision, -seats, null, false from parts where cancelled_decision is not null union all select t.event_id, t.price, step.number, step.seats, null, false from taken_away t join registrations r on r.event_id = t.event_id and r.id = t.registration_id cross join lateral (values (r.decision, t.seats), (t.decision, -t.seats)) as step (number, seats) union all select event_id, price, decision, 0, value::integer, true from event_decisions where event_id = $1 and kind = ''LIMIT'') select count(*) as violations, min(event_id::text) as example from (select event_id, standing, first_value(seat_limit) over (partition by event_id, price, era order by number, is_limit desc) as seat_limit from (select *, sum(seats) over history as standing, count(*) filter (where is_limit) over history as era from price_steps window history as (partition by event_id, price order by number)) sums) states where standing < 0 or standing > seat_limit", "what": "at no point did more seats stand at a price than its limit", "violations": 0}], "passed": true, "promise": "P1"}, {"checks": [{"sql": "select count(*) as violations, min(t.event_id::text) as example from (select * from ticket_types where event_id = $1) t left join (select distinct on (event_id, ticket_type) event_id, ticket_type, seats from registrations where event_id = $1 and status = ''WAITLISTED'' order by event_id, ticket_type, decision) head on head.event_id = t.event_id and head.ticket_type = t.number where t.head_wants <> coalesce(head.seats, 0) or t.seats_remaining >= head.seats", "what": "whoever is first in a line wants more seats than are available", "violations": 0}, {"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id, id, decision, seated_decision, max(case when seated_decision is distinct from decision then coalesce(least(seated_decision, cancelled_decision), 9223372036854775807) end) over (partition by event_id, ticket_type order by decision rows between unbounded preceding and 1 preceding) as line_empty_from from registrations where event_id = $1) places where seated_decision < line_empty_from and not exists (select from transfers t join registrations giver on giver.event_id = t.event_id and giver.id = t.registration_id where t.event_id = places.event_id and t.id = places.id and (giver.cancellation = ''PASSED_ON'' or giver.seats < giver.seats_booked)) and seated_decision = decision", "what": "nobody got a seat ahead of the waitlist", "violations": 0}], "passed": true, "promise": "P2"}, {"checks": [{"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id from registrations where event_id = $1 and status <> ''CANCELLED'' group by event_id, user_id, ticket_type having count(*) > 1) twice", "what": "nobody holds two active bookings of one ticket type", "violations": 0}], "passed": true, "promise": "P3"}, {"checks": [{"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id, id, decision, seated_decision, max(case when seated_decision is distinct from decision then coalesce(least(seated_decision, cancelled_decision), 9223372036854775807) end) over (partition by event_id, ticket_type order by decision rows between unbounded preceding and 1 preceding) as line_empty_from from registrations where event_id = $1) places where seated_decision < line_empty_from and not exists (select from transfers t join registrations giver on giver.event_id = t.event_id and giver.id = t.registration_id where t.event_id = places.event_id and t.id = places.id and (giver.cancellation = ''PASSED_ON'' or giver.seats < giver.seats_booked)) and seated_decision <> decision", "what": "the waitlist got its seats in the order of booking", "violations": 0}, {"sql": "with numbers as (select event_id, decision as number from registrations where event_id = $1 union all select event_id, seated_decision from registrations where event_id = $1 and seated_decision <> decision union all select event_id, cancelled_decision from registrations where event_id = $1 and cancelled_decision is not null union all select event_id, decision from payments where event_id = $1 union all select event_id, taken_back_decision from payments where event_id = $1 and taken_back_decision is not null union all select event_id, decision from event_decisions where event_id = $1) select count(*) as violations, min(event_id::text) as example from (select n.event_id from numbers n join events e on e.id = n.event_id group by n.event_id, n.number having count(*) > 1 or n.number < 1 or n.number > max(e.last_decision)) wrong", "what": "no decision number is used twice, and none exceeds the event''s last", "violations": 0}, {"sql": "with numbers as (select event_id, decision as number from registrations where event_id = $1 union all select event_id, seated_decision from registrations where event_id = $1 and seated_decision <> decision union all select event_id, cancelled_decision from registrations where event_id = $1 and cancelled_decision is not null union all select event_id, decision from payments where event_id = $1 union all select event_id, taken_back_decision from payments where event_id = $1 and taken_back_decision is not null union all select event_id, decision from event_decisions where event_id = $1) select count(*) as violations, min(event_id::text) as example from (select event_id, number, coalesce(lead(number) over (partition by event_id order by number), last_decision + 1) as next from (select event_id, number, last_decision from numbers join events on id = event_id union all select id, 0, last_decision from (select id as event_id, * from events) e where event_id = $1) all_of_them) gaps where next > number + 1 and not exists (select from event_decisions undone where undone.event_id = gaps.event_id and undone.kind = ''SIMULATION_UNDONE'' and undone.value <= gaps.number and undone.decision >= gaps.next)", "what": "no decision number is missing, except those of undone stress tests", "violations": 0}], "passed": true, "promise": "P4"}], "rehearsal": false, "failed_count": 0, "ticket_types": [{"name": "Admission", "number": 1, "capacity": 5, "attempted": 3, "seats_given": 3, "success_count": 3, "waitlisted_count": 0, "final_seats_remaining": 2}], "in_flight_max": 3, "success_count": 3, "batch_size_max": 2, "total_attempted": 3, "waitlisted_count": 0, "latency_milliseconds": {"max": 2.151, "p50": 2.15, "p95": 2.151, "p99": 2.151, "mean": 1.841}, "duration_milliseconds": 2.24, "final_seats_remaining": 2, "throughput_per_second": 1339.353, "lock_held_milliseconds": {"max": 0.72, "p50": 0.641, "p95": 0.72, "p99": 0.72, "mean": 0.681}, "lock_wait_milliseconds": {"max": 0.383, "p50": 0.268, "p95": 0.383, "p99": 0.383, "mean": 0.326}}', NULL);


--
-- Data for Name: ticket_names; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.ticket_names VALUES
	('01a223ab-22af-70ee-b868-57e1788b62a4', '01a223ab-22c8-76ed-8bc7-1205df3560c5', 1, 'Zoë O''Hara');


--
-- Data for Name: ticket_types; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.ticket_types VALUES
	('01a223ab-115f-7432-bf4a-22f39530d74f', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-11ee-7584-8609-f62c7103dd7b', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-120c-7226-aa7f-37602bc70221', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-122a-7367-af71-6724da5e277a', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1249-724f-89dc-39f30dff2736', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-126c-73f9-862c-effa6fcc05b1', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1289-76ed-816c-2f1fb82ae3d5', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-12aa-76f9-9c34-11fd23e1b1c2', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-12cb-710a-a994-faf2f727b2b9', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-12ea-711a-a74f-3d01dcf2cf16', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1496-7204-849e-7487d217fc10', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-14bf-7607-8db2-8462c5e65ef6', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-14e6-7795-a5d2-f12721985459', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1501-7794-b1f8-3391e4ecaf1e', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-151b-713e-9c1e-37d06892ba99', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1540-709f-b165-d89390a75020', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1563-70f4-914f-d90cc922f46c', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-1586-77c2-b448-38668673a261', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-15a7-7137-8a68-6e79a76b2adc', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-15c6-75df-a147-6624ad5f67c5', 1, 'Admission', 5, 5, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-15e8-7722-a938-8c7ad7dc597e', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-160a-743c-a28f-c501f88009c9', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1632-7011-95b0-fc40963c3a26', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-165b-7712-93aa-9e66b41c07ce', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-1685-7756-8ca0-83cd66674ef6', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-16b6-7118-a1b6-c440915c3762', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-16e7-709d-a577-2780496a86ef', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-1711-7054-988a-a7010f7c9d07', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-172f-7103-b0f5-68ea7189f7dc', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-174b-7559-b28d-0b39ee761306', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-1793-74ec-9ef6-11d71d2cb5fe', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-17b2-75eb-a7c8-17555109b2c4', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-17c5-7007-a1f4-e9a32a36b565', 1, 'Admission', 6, 6, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1a9a-710d-91aa-4fb1c05d056e', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1b21-7645-a2db-e14e5c987e6f', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1b7e-73e5-a3c4-566f412de389', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1c0b-761a-8627-5772fecbc5d3', 1, 'Admission', 5, 2, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1c47-71a8-b24a-1720ecb671d6', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1cae-7111-b641-1ab0da613eb3', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-22af-70ee-b868-57e1788b62a4', 1, 'Admission', 2, 0, 2, 2, 1, 1, true, 0, 0, 0, NULL),
	('01a223ab-1803-7000-99a0-c78d156c4b25', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-181b-70dd-b8c4-b5649e4b20f5', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1837-714d-8ddf-5fdbd4c8690b', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1853-7353-a470-a1e8147be97c', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1873-71e0-925b-1f0d6b1d8121', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1895-77b9-88ae-f2072e3a5d2c', 1, 'Admission', 5, 5, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-1b5e-762b-a5e0-7113b7440230', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1b9e-73a2-bb09-81a13f272b1f', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1cee-73b9-90a9-a8fad9857610', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1d1d-71c4-8720-9ca99b8bcafc', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-18b4-700e-8d69-b0db3da3d1c9', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-18d2-7179-b19e-61f92ebcec69', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 500, 0, NULL),
	('01a223ab-1ab2-746f-adba-0aefb87392a0', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1acf-7532-b5fb-5a1d96a0eabf', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1aec-7373-ade6-c0dea1ba12c2', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1b04-72ea-9e9c-5a2dc6707a7a', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1b43-7307-a8dc-a48f74fdc2b2', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1ccf-7449-9ec6-42209160e3d8', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1906-70aa-b0af-c82debf8785b', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223ab-1a7c-723b-a1fd-38ad7493331e', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1bc0-7679-ba69-c893c90c189a', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1bdd-71a5-b952-2657ace92481', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223ab-1c8a-769a-b891-8b1691f9e61f', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL);


--
-- Data for Name: transfers; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.transfers VALUES
	('01a223ab-1632-7011-95b0-fc40963c3a26', '01a223ab-164a-759f-9a5b-f7ad200b00c4', '01a223ab-163f-7052-a42d-371ab0af2aa8', 1, '\xc6f8baacee2854b56c3c81f5d6240049a4715d39cbce03614b182af001ff2eee', '2026-11-28 19:39:04.656926+00', '2026-12-05 19:39:04.655505+00', NULL),
	('01a223ab-165b-7712-93aa-9e66b41c07ce', '01a223ab-166c-715a-bc6f-58cbe53f612c', '01a223ab-1666-75f2-9f05-00e7e94bd817', 1, '\x9e579c9e31c30950e5d58ba00780dc1cb7add56213d447f7232ac25212be9f88', '2026-11-28 19:39:04.690438+00', '2026-12-05 19:39:04.68909+00', '2026-11-28 19:39:04.702184+00'),
	('01a223ab-1685-7756-8ca0-83cd66674ef6', '01a223ab-16a0-716c-a6d7-1cb133013457', '01a223ab-169a-7158-8601-bc789b10babc', 1, '\x2b1c9353e401020a707710fece998cc62c55a564358b87902e51a9918d92c746', '2026-11-28 19:39:04.742273+00', '2026-12-05 19:39:04.741107+00', NULL),
	('01a223ab-16b6-7118-a1b6-c440915c3762', '01a223ab-16d2-73b0-a446-40564bcb8113', '01a223ab-16ce-71de-a36e-4dc1202d2c01', 1, '\xb0d264f65a93d2b46a49d18ea0d9de9ca932aa9a2829b21f0d75bb68041e1a37', '2026-11-28 19:39:04.790899+00', '2026-12-05 19:39:04.78984+00', NULL);


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.users VALUES
	('01a223ab-112b-701e-937f-bee84529f96f', 'Somebody', '01a223ab112b701e937fbee84529f96f@example.com', '$2b$04$Hp9AYOcjL.K8WLkAbJFrhedR02PJQVFl7eZOyJx4MPWo4haJY6/jq', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:03.341834+00', '2026-11-28 19:39:03.341834+00', '2026-11-28 19:39:03.341834+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-11dd-746f-9234-2774f144978b', 'Somebody', '01a223ab11dd746f92342774f144978b@example.com', '$2b$04$q6iCTDXK5IcqJQdGvSeAzuR3p5EgJxqPRo/xCbER3fzSQxvm3ZDjC', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:03.518597+00', '2026-11-28 19:39:03.518597+00', '2026-11-28 19:39:03.518597+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-11e2-745d-a930-3449ce1146af', 'New', '01a223ab11df723bbc7b0b26dbc2adaf@example.org', '$2b$04$0hrifcL62KaMChNjg1FpOuAa3sUyUzXek9CS.lc2Zp07f/6IvBo1e', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:03.5238+00', '2026-11-28 19:39:03.5238+00', '2026-11-28 19:39:03.5238+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-11ea-7458-9515-0e547930dbba', 'Somebody', '01a223ab11ea745895150e547930dbba@example.com', '$2b$04$ZGhtApcE9Xpc7VfPmfSodOtLKCDKz5TnU0EV8H1EzuREDhfsQXrBC', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:03.531059+00', '2026-11-28 19:39:03.531059+00', '2026-11-28 19:39:03.531059+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1200-7310-9508-510170057b06', 'Somebody', '01a223ab120073109508510170057b06@example.com', '$2b$04$AYD8YjNSKTWuxaPOO4tDYec9Q4t3OD8wHVrLHFSpnpogKPdaB/zIC', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:03.552709+00', '2026-11-28 19:39:03.552709+00', '2026-11-28 19:39:03.552709+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-121d-7590-8912-1108e650dc93', 'Somebody', '01a223ab121d759089121108e650dc93@example.com', '$2b$04$NkZBizWp7FZSM8BRN/JuIuhO/K3AKvv2SlBY5bd32/hlCHxhT7ijW', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:03.58221+00', '2026-11-28 19:39:03.58221+00', '2026-11-28 19:39:03.58221+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1208-7685-98cb-1e73ac9aa9c1', 'Somebody', '01a223ab1208768598cb1e73ac9aa9c1@example.com', '$2b$04$c.Y3YVM8cv2lqPxKE.B33e2MK1qJQvhIrQ1bzRfCXMO3UcdJTcCBS', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:03.586255+00', '2026-11-28 19:39:03.561659+00', '2026-11-28 19:39:03.561659+00', '{01a223ab-121e-73bc-9821-3c2098fab5fb}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1238-7088-9564-521baa6fe05f', 'Somebody', '01a223ab123870889564521baa6fe05f@example.com', '$2b$04$hcDNyHNHkaxsxc6jBWfZi.edql7mWYgARtoTuKCUPeCo.Q/4LOMFS', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:03.609127+00', '2026-11-28 19:39:03.609127+00', '2026-11-28 19:39:03.609127+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1226-7354-be8f-1ca4ae2379df', 'Somebody else', '01a223ab12267354be8f1ca4ae2379df@example.com', '$2b$04$7vqygSVP1mkEkESM4NrSleXGjI/r.xWVw4DODe1G5CQNyphcBgWNW', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:03.591435+00', '2026-11-28 19:39:03.591435+00', '2026-11-28 19:39:03.612827+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1245-75da-83cc-98f37b7076a3', 'Somebody', '01a223ab124575da83cc98f37b7076a3@example.com', '$2b$04$VTL.9dsfT3/TVjLrArObleoQggsP/PSvff/6rDn1R6R27qgcfHv12', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:03.621942+00', '2026-11-28 19:39:03.621942+00', '2026-11-28 19:39:03.621942+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1257-75f7-8515-198703a53bfc', 'Somebody', '01a223ab125775f78515198703a53bfc@example.com', '$2b$04$bVnaLvb0dFSLQq93hhj70e/z3wqCtRBp5T6JUtwRLkHJZkcjAivuG', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:03.640249+00', '2026-11-28 19:39:03.640249+00', '2026-11-28 19:39:03.640249+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1240-7687-8daa-da7adf32b571', 'Erased account', 'erased-01a223ab-1240-7687-8daa-da7adf32b571@erased.invalid', '!', 'AUDIENCE', false, 'PERSON', 2, '2026-11-28 19:39:03.64674+00', '2026-11-28 19:39:03.617491+00', '2026-11-28 19:39:03.64674+00', '{}', '2026-11-28 19:39:03.64674+00', NULL, NULL, NULL, NULL, NULL),
	('01a223ab-127b-7759-9bfe-0ed689529bb4', 'Somebody', '01a223ab127b77599bfe0ed689529bb4@example.com', '$2b$04$MFuIpTS48.smw5L4cjzCSuMlF3VRe9lbCekTJGT92J1Sw5wfwI6iK', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:03.676271+00', '2026-11-28 19:39:03.676271+00', '2026-11-28 19:39:03.676271+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-126a-72a1-b8a4-46bd70545328', 'Somebody', '01a223ab126a72a1b8a446bd70545328@example.com', '$2b$04$bFE49DkFcD1LAoedMpmGG.kgHzTm8X./eErFsJB.r4sxtXGQRFnoy', 'ORGANIZER', true, 'PERSON', 2, '2026-11-28 19:39:03.681211+00', '2026-11-28 19:39:03.65888+00', '2026-11-28 19:39:03.681211+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1286-7731-9643-8b6e2575d042', 'Somebody', '01a223ab1286773196438b6e2575d042@example.com', '$2b$04$MvZUSPS6IbMB9EJvB77Z0eoEn5VJ2DQulLXH8eKPPuv53nNej2/3y', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:03.687361+00', '2026-11-28 19:39:03.687361+00', '2026-11-28 19:39:03.687361+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-129b-700d-bba3-d9aff6941039', 'Somebody', '01a223ab129b700dbba3d9aff6941039@example.com', '$2b$04$RZclDdZneM25MGf/MCN1F.8EJ58obJlsNAg8wQJW5mVpQwM2iOlku', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:03.708229+00', '2026-11-28 19:39:03.708229+00', '2026-11-28 19:39:03.708229+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-12b8-7042-bb4f-64eb2f4d4a5c', 'Somebody', '01a223ab12b87042bb4f64eb2f4d4a5c@example.com', '$2b$04$K.R7lWaH4w/mrgdAvQmsdeRBl5D/C49ZqVZdbQ0zDlTmVOKv7nage', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:03.73774+00', '2026-11-28 19:39:03.73774+00', '2026-11-28 19:39:03.73774+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-12a5-7690-9c33-b8499d9723ba', 'Somebody', '01a223ab12a576909c33b8499d9723ba@example.com', '$2b$04$wgP/.BEqDLEHd7jmLSUlQuRPuuWheCfxl73qUZE7a5OkfzVoYYqU6', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:03.718722+00', '2026-11-28 19:39:03.718722+00', '2026-11-28 19:39:03.747645+00', '{}', NULL, NULL, NULL, NULL, NULL, '2026-11-28 19:39:03.747645+00'),
	('01a223ab-12c8-7457-8d6f-f331e168a0df', 'Somebody', '01a223ab12c874578d6ff331e168a0df@example.com', '$2b$04$JedCoI5y7i/erYKuw/L89un6TbXgvhr1C5YhMI/U34Njj6S/mgCl.', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:03.752978+00', '2026-11-28 19:39:03.752978+00', '2026-11-28 19:39:03.752978+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-12db-741c-abef-8035bc391692', 'Somebody', '01a223ab12db741cabef8035bc391692@example.com', '$2b$04$YGDtWKWbytubjzsLK0Vo2ONqZXnkM.3bJhGoj.KkQCJU/UvzBmssK', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:03.772322+00', '2026-11-28 19:39:03.772323+00', '2026-11-28 19:39:03.772323+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-12e6-7761-8922-523853dde5df', 'Somebody', '01a223ab12e677618922523853dde5df@example.com', '$2b$04$Q6yVgB8wY6dQ8ZtdkpKg..eASxK3OrKzOadrRRPND1.GlJGBldBkG', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:03.783431+00', '2026-11-28 19:39:03.783431+00', '2026-11-28 19:39:03.783431+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-12f9-73e2-865b-9c495f5c9a5b', 'Somebody', '01a223ab12f973e2865b9c495f5c9a5b@example.com', '$2b$04$BMgMz2LlEKGjW4BLspqu1uoVwXRosfUaWdt9ZN2TbsmB/K35WxIdy', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:03.801986+00', '2026-11-28 19:39:03.801986+00', '2026-11-28 19:39:03.801986+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1493-7043-a7bb-fdb9c72841d1', 'Somebody', '01a223ab14937043a7bbfdb9c72841d1@example.com', '$2b$04$wSVzk3.NSs9J73Ntr9ErIu/txCr4gspo6ywT27c6UlYTZecUghop.', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.212521+00', '2026-11-28 19:39:04.212521+00', '2026-11-28 19:39:04.212521+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-14a6-72a1-9467-b51401fc3861', 'Somebody', '01a223ab14a672a19467b51401fc3861@example.com', '$2b$04$Kec5gVU5ArF6CCTEsb6MR.lLZ7/iqPXUSejH8HHaD2jz2tfYvAEC6', 'AUDIENCE', true, 'PERSON', 2, '2026-11-28 19:39:04.243904+00', '2026-11-28 19:39:04.231338+00', '2026-11-28 19:39:04.243904+00', '{}', NULL, NULL, NULL, NULL, NULL, '2026-11-28 19:39:04.243904+00'),
	('01a223ab-14ba-712c-b89a-c51e1dd76abf', 'Somebody', '01a223ab14ba712cb89ac51e1dd76abf@example.com', '$2b$04$wGbmBY8wilIfQFFJGX0uSO3756CL83f/KZo/aYTvShOvF.RMn4qGC', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.251791+00', '2026-11-28 19:39:04.251791+00', '2026-11-28 19:39:04.251791+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-14cf-73c7-9689-afc2fb59638f', 'Somebody', '01a223ab14cf73c79689afc2fb59638f@example.com', '$2b$04$Zlh2ApMwNJ3agmzYPXqeg.Psc2wdwPef3Rrd34.1dZlKOgiV5CRhu', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.271797+00', '2026-11-28 19:39:04.271797+00', '2026-11-28 19:39:04.271797+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-14d9-70e8-acc8-e8a7eb1de229', 'New', '01a223ab14d076519f01414e63c3b093@example.org', '$2b$04$odK4elXkUJatJRD7ren6f.x3eM9TDaXb4/eqTvUkItuEXckUfhyra', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.283151+00', '2026-11-28 19:39:04.283151+00', '2026-11-28 19:39:04.283151+00', '{}', NULL, NULL, NULL, NULL, NULL, '2026-11-28 19:39:04.284317+00'),
	('01a223ab-14f4-767d-909e-13fd70d03224', 'Somebody', '01a223ab14f4767d909e13fd70d03224@example.com', '$2b$04$3eOmzfdrNWtafXhA0oAj8ukNiBSa31UDIgrEc322av3Jq//0v/Sqa', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.30965+00', '2026-11-28 19:39:04.30965+00', '2026-11-28 19:39:04.30965+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-14e2-742c-8263-210f39f0fe1e', 'Somebody', '01a223ab14e2742c8263210f39f0fe1e@example.com', '$2b$04$hvWWfCkfApDqnX1UduKQo.4bV9Yhm2P0IWl2v4madomgurSyC8XcW', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.291095+00', '2026-11-28 19:39:04.291095+00', '2026-11-28 19:39:04.291095+00', '{}', NULL, NULL, NULL, '\xba983547d3daef97b5d374110581a8d01308dc22b1b0c9393aaff5669bd06052', '2026-11-28 19:39:04.313312+00', NULL),
	('01a223ab-1511-742e-a76a-92aff3357b1f', 'Somebody', '01a223ab1511742ea76a92aff3357b1f@example.com', '$2b$04$kZZWJY1cKzr.opL5v6BDU.vm4ztArNoPV9QMCDiAJpQ/okJLfY2fq', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.338088+00', '2026-11-28 19:39:04.338088+00', '2026-11-28 19:39:04.338088+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-14fd-7597-9e29-58015601a9a4', 'Somebody', '01a223ab14fd75979e2958015601a9a4@example.com', '$2b$04$soja0XS487MeYSs6pS8Oqe3zqXe5hiFwq7ODzWYmL1NRUZW6Ep8we', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.31827+00', '2026-11-28 19:39:04.318271+00', '2026-11-28 19:39:04.318271+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1519-70d0-a786-310bb30b58dd', 'Somebody', '01a223ab151970d0a786310bb30b58dd@example.com', '$2b$04$npfQqOzLg2jKZd1cy0jQ4OJSkY8BIDL20e2QIzQF7SSUyAg9IGbhW', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.346384+00', '2026-11-28 19:39:04.346384+00', '2026-11-28 19:39:04.346384+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-152c-7017-9c35-16c768ed112f', 'Somebody', '01a223ab152c70179c3516c768ed112f@example.com', '$2b$04$o2LYb6sL.ucqhyNtnXPUZu4bZiAlF5TJS/ILM58iN23f4jFjwjYhO', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.364854+00', '2026-11-28 19:39:04.364854+00', '2026-11-28 19:39:04.364854+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-153b-7284-9e81-a3a024ae839f', 'Somebody', '01a223ab153b72849e81a3a024ae839f@example.com', '$2b$04$WQ.EzJe1S/TWKXMoGASvVuCsVmZWHanmF9MiH/POO8HE0xsja8ehO', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.382322+00', '2026-11-28 19:39:04.382322+00', '2026-11-28 19:39:04.382322+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1554-74b0-b724-4a7350bbca73', 'Somebody', '01a223ab155474b0b7244a7350bbca73@example.com', '$2b$04$Di/9YTGP4ldSbGtZqUCLHeD9trtXqtBd3CMo/DxLxHzMjJoXT7.5e', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.405681+00', '2026-11-28 19:39:04.405681+00', '2026-11-28 19:39:04.405681+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-155f-7474-a34d-62a5f1ef92dc', 'Somebody', '01a223ab155f7474a34d62a5f1ef92dc@example.com', '$2b$04$YN/Z04ZzSmSso5wgji0DJeLn5uGqXZBjoQCiIlPX8bxepbSehWKKW', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.416719+00', '2026-11-28 19:39:04.416719+00', '2026-11-28 19:39:04.416719+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-157b-7591-97c7-763a2d4285bf', 'Somebody', '01a223ab157b759197c7763a2d4285bf@example.com', '$2b$04$8sLI8y75N8/ttto45RwL8.l2pEJmT71rs7ckZbWodUGpulAxOosrm', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.444105+00', '2026-11-28 19:39:04.444105+00', '2026-11-28 19:39:04.444105+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1584-717d-a3ee-5cd60106609b', 'Somebody', '01a223ab1584717da3ee5cd60106609b@example.com', '$2b$04$w2C5gO89nVbQO8SN77CWEuRPRdazggHZXhRvYyzje7vWv85Wlf9NK', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.452937+00', '2026-11-28 19:39:04.452937+00', '2026-11-28 19:39:04.452937+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1599-73f2-bc9e-fde0eb21c737', 'Somebody', '01a223ab159973f2bc9efde0eb21c737@example.com', '$2b$04$adds0H1usWtt0NaOsTqHCe8WQlYGPW/CqOTmO5zAR0xTd99HndvZ6', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.474425+00', '2026-11-28 19:39:04.474425+00', '2026-11-28 19:39:04.474425+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-15a3-7693-a893-451f17e8eb55', 'Somebody', '01a223ab15a37693a893451f17e8eb55@example.com', '$2b$04$4VKy5yG0va7JtgJYyy2SQu8oB8SBC0/IUPmV74ijpD5PBhrJ5dSF6', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.484572+00', '2026-11-28 19:39:04.484572+00', '2026-11-28 19:39:04.484572+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-15b6-721a-9ffb-250577e8deb7', 'Somebody', '01a223ab15b6721a9ffb250577e8deb7@example.com', '$2b$04$xMjGkuuTSfkXPwyXzvN/d.9DC7uV7wqYXAiuTgrVu/dzBOJo65a6C', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.503418+00', '2026-11-28 19:39:04.503418+00', '2026-11-28 19:39:04.503418+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-15c1-74f5-84e6-9244217b4f8d', 'Somebody', '01a223ab15c174f584e69244217b4f8d@example.com', '$2b$04$KMC5g4E5dJ7kIEgJjCn.Z.unYF7/KLolozStvr1WljA2K4E53KViq', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.514555+00', '2026-11-28 19:39:04.514555+00', '2026-11-28 19:39:04.514555+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-15d8-7102-9378-a215a39da62a', 'Somebody', '01a223ab15d871029378a215a39da62a@example.com', '$2b$04$A/hFPRAjEwHx32PvcKB0PeggMdT9QkwGRRCTcXKu9IyYeOh7iiJzq', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.537222+00', '2026-11-28 19:39:04.537222+00', '2026-11-28 19:39:04.537222+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-15e4-73ef-879a-d5e09dcdb172', 'Somebody', '01a223ab15e473ef879ad5e09dcdb172@example.com', '$2b$04$ac2EzYcxtvd9BRN/5kO3uO7L2eCMXOpc2aocdHO/fPLKGvskDY9/S', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.549039+00', '2026-11-28 19:39:04.549039+00', '2026-11-28 19:39:04.549039+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-15fd-738a-b1d6-4d494b65a7c6', 'Somebody', '01a223ab15fd738ab1d64d494b65a7c6@example.com', '$2b$04$gMGwWkl8nRZBAEoaKFLpV.I2r0iR7pHfrh8c0WZPd7UUM8qkkR1ty', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.573904+00', '2026-11-28 19:39:04.573904+00', '2026-11-28 19:39:04.573904+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1606-759a-bad0-49c8f3e194d2', 'Somebody', '01a223ab1606759abad049c8f3e194d2@example.com', '$2b$04$mfLv042swXq.B5CQKPCc3OMvquC4aPfoDGArN.iEEOBuvQbu56lY6', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.583735+00', '2026-11-28 19:39:04.583735+00', '2026-11-28 19:39:04.583735+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1621-7155-a117-5363f7e7bac8', 'Somebody', '01a223ab16217155a1175363f7e7bac8@example.com', '$2b$04$8kX8C.JmjzxdyzWFwl5kUemKnoDY8GJaF8gZH17QU7bgw2s2jw8Nm', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.609978+00', '2026-11-28 19:39:04.609978+00', '2026-11-28 19:39:04.609978+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-162d-766c-84b3-8c025a1e68c9', 'Somebody', '01a223ab162d766c84b38c025a1e68c9@example.com', '$2b$04$m2xZ4DKQtlS4jF/zdmj.He5LSJ9qe30GUHfwPwJzl0qCDgH0YnVhu', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.622064+00', '2026-11-28 19:39:04.622064+00', '2026-11-28 19:39:04.622064+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1645-71a3-8586-3bd89000d232', 'Somebody', '01a223ab164571a385863bd89000d232@example.com', '$2b$04$loCvV7JK3vcJO0eiLN8vQ.gasj1CeSATZXw404ckGdRHR693c2a.G', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.646698+00', '2026-11-28 19:39:04.646698+00', '2026-11-28 19:39:04.646698+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1656-71e8-a3af-131fabdcd292', 'Somebody', '01a223ab165671e8a3af131fabdcd292@example.com', '$2b$04$uLOgqAcgxH1NAjqLipPjmuFcytgWdLh26x6kRGa.o0OIwVtLhxvQq', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.663759+00', '2026-11-28 19:39:04.663759+00', '2026-11-28 19:39:04.663759+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1678-764f-a9a6-f209c940f702', 'Somebody', '01a223ab1678764fa9a6f209c940f702@example.com', '$2b$04$Ch9spetZIOwPWR1dfpc4g.3JDrbblBD2U3pkVpQ2yxg3mXyUbeCle', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.697012+00', '2026-11-28 19:39:04.697013+00', '2026-11-28 19:39:04.697013+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1682-71e0-aed8-f29528a36ed3', 'Somebody', '01a223ab168271e0aed8f29528a36ed3@example.com', '$2b$04$N4rCSskIv/Fn.1FfFIcmZ.jud9BfKdfyfBYQUprxSKWDM0/plIXti', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.706738+00', '2026-11-28 19:39:04.706738+00', '2026-11-28 19:39:04.706738+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1693-7516-8ff0-208b5e4cd841', 'Somebody', '01a223ab169375168ff0208b5e4cd841@example.com', '$2b$04$qPxeeDrv3ac/I1EjdI8RG.GHWHQiWnPjppgjLy7rqzHlYWCdyTXqO', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.724185+00', '2026-11-28 19:39:04.724185+00', '2026-11-28 19:39:04.724185+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1698-751d-983a-638e354da534', 'Somebody', '01a223ab1698751d983a638e354da534@example.com', '$2b$04$wQ2wmwzdy4spAsSUd9ux0Ouqtx05slHE9B05p4cPdVjlieOYirYI2', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.729026+00', '2026-11-28 19:39:04.729026+00', '2026-11-28 19:39:04.729026+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-16b1-77dd-bb31-80402952fd69', 'Somebody', '01a223ab16b177ddbb3180402952fd69@example.com', '$2b$04$AbU14Cyn8DRScPludYXY4OcdA9k93EKYY6dvj1Pb1M4FsvOHXb2cq', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.754237+00', '2026-11-28 19:39:04.754237+00', '2026-11-28 19:39:04.754237+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-16c5-739d-9dd4-c82ac2f13cc1', 'Somebody', '01a223ab16c5739d9dd4c82ac2f13cc1@example.com', '$2b$04$5z1LBfuJBPlILcRN5p83vOWCppjV5o1cyKdCAHQ2pfslNinfze5Ii', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.774246+00', '2026-11-28 19:39:04.774246+00', '2026-11-28 19:39:04.774246+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-16ca-712e-b5ee-70c2744df3ef', 'Somebody', '01a223ab16ca712eb5ee70c2744df3ef@example.com', '$2b$04$FYV57h4dQINwo.DmsZk9Q.b623m1B2EqXKp1/uolzO.hAQyxYRTa6', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.77911+00', '2026-11-28 19:39:04.77911+00', '2026-11-28 19:39:04.77911+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-16e3-7759-87bc-b8fa336c02b6', 'Somebody', '01a223ab16e3775987bcb8fa336c02b6@example.com', '$2b$04$QQCX/7iy4Hkho86wW1kskO7GnkhLuHz.HktbHJFIF4sEcozr9boy6', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.803892+00', '2026-11-28 19:39:04.803892+00', '2026-11-28 19:39:04.803892+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-16f9-72b4-b9f6-bb2aa20cfd6a', 'Somebody', '01a223ab16f972b4b9f6bb2aa20cfd6a@example.com', '$2b$04$wb/5Rl3x9Axbl2Fd.wtRVuLDw64xK8Le44Ef48KWwx0OKPyZr3pGu', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.825951+00', '2026-11-28 19:39:04.825951+00', '2026-11-28 19:39:04.825951+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-170c-77c9-8d7c-a1abdbe176f0', 'Somebody', '01a223ab170c77c98d7ca1abdbe176f0@example.com', '$2b$04$Wq.8xLyxE2CBu020Ni1tQuSnnXRq1ZfLQfduF1nUJGvmMcpdNnoQ2', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.845724+00', '2026-11-28 19:39:04.845724+00', '2026-11-28 19:39:04.845724+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1720-7205-8477-84d8296dca4e', 'Somebody', '01a223ab17207205847784d8296dca4e@example.com', '$2b$04$43qgZXyXzAHLDjEFkz8XDO9JSyTS5KDgnkn5PW7mgSYRGlF9rZJye', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.864918+00', '2026-11-28 19:39:04.864918+00', '2026-11-28 19:39:04.864918+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-172b-759f-80ee-d598117593e8', 'Somebody', '01a223ab172b759f80eed598117593e8@example.com', '$2b$04$D3hdipZggohEQli8VddINOmRfSQmKkAadszH8P5YBdxIx2LzAbS7i', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.876551+00', '2026-11-28 19:39:04.876551+00', '2026-11-28 19:39:04.876551+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-173e-7078-8c44-53d21b36c12f', 'Somebody', '01a223ab173e70788c4453d21b36c12f@example.com', '$2b$04$mu4RsKNXI8VUvBKCKn8dOObqW9j6C9zHkbUsQ2IBY6lqNqOsTXw.i', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.895075+00', '2026-11-28 19:39:04.895075+00', '2026-11-28 19:39:04.895075+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1748-7721-b039-01bdb7e4f7a5', 'Somebody', '01a223ab17487721b03901bdb7e4f7a5@example.com', '$2b$04$UCMmhuKZi/V4d4mzWAedKenz5EUrePEPT7KaY40ixiXmqz1zRovue', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.905129+00', '2026-11-28 19:39:04.905129+00', '2026-11-28 19:39:04.905129+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-175e-7573-8c5d-59e85d81df05', 'Somebody', '01a223ab175e75738c5d59e85d81df05@example.com', '$2b$04$gDB1Nn9pqih0YY6nOZnWneSAvB6gj8ig3O09QzTUM2rL91aklWueG', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.927752+00', '2026-11-28 19:39:04.927752+00', '2026-11-28 19:39:04.927752+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1782-7117-a7e4-eecbdb8bdce3', 'Somebody', '01a223ab17827117a7e4eecbdb8bdce3@example.com', '$2b$04$cwcWtm/XdFczftvTT2qmZexAnZSB7T21hIZ.agPN15BXb.mRs2IwC', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:04.963367+00', '2026-11-28 19:39:04.963367+00', '2026-11-28 19:39:04.963367+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-178f-7537-a52b-93168822a478', 'Somebody', '01a223ab178f7537a52b93168822a478@example.com', '$2b$04$7OWLHFo.lrOPZ2nAy7rip.1cT/HTNDKsJmu03/Y1YguFT5AY3l24W', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:04.976478+00', '2026-11-28 19:39:04.976478+00', '2026-11-28 19:39:04.976478+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-17ac-763d-8475-e68780b69519', 'Somebody', '01a223ab17ac763d8475e68780b69519@example.com', '$2b$04$Y6s5LzUjsraY7UEfYhG7XOz0.GjqqyBYMW8S8Ll1NmWLRql93UFca', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.005161+00', '2026-11-28 19:39:05.005161+00', '2026-11-28 19:39:05.005161+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-17c0-7617-af36-ac013ea84790', 'Somebody', '01a223ab17c07617af36ac013ea84790@example.com', '$2b$04$K8sSEV2wpQ/TkEsLdVb3pOBTT.tniL2rU8w3pUEPrma4bbO6Acgyy', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.025316+00', '2026-11-28 19:39:05.025316+00', '2026-11-28 19:39:05.025316+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-17d4-7362-ad8c-3d36c42fdd1f', 'Somebody', '01a223ab17d47362ad8c3d36c42fdd1f@example.com', '$2b$04$lbxKMMcJrtPnHJ29xlQf4uar0SrxZ.2lsHM.q9.vNCmdTm1suFCFm', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.04583+00', '2026-11-28 19:39:05.04583+00', '2026-11-28 19:39:05.04583+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-17e2-75cf-8461-e5aa0cd5cf85', 'Somebody', '01a223ab17e275cf8461e5aa0cd5cf85@example.com', '$2b$04$p7z4NmlzGhlTEPz.TJN2peYHIfaWWD.RdpLpW2HheNlj9RQWfqDYW', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.059379+00', '2026-11-28 19:39:05.059379+00', '2026-11-28 19:39:05.059379+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-17f0-739a-ae4b-810ca04124a6', 'Somebody', '01a223ab17f0739aae4b810ca04124a6@example.com', '$2b$04$QZ1sKLMiocx1jWOVF4S4iOglB4LAbrVjsK8mjhuMV3iA.A9yIt9aW', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.073236+00', '2026-11-28 19:39:05.073236+00', '2026-11-28 19:39:05.073236+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-17ff-74c6-a9ab-f0186699dea6', 'Somebody', '01a223ab17ff74c6a9abf0186699dea6@example.com', '$2b$04$AYUtZM3RYM1bDcf09BnigOthGHO7vrxSdQInks1QLD4kLcCp.I6lK', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.088469+00', '2026-11-28 19:39:05.088469+00', '2026-11-28 19:39:05.088469+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1810-74a0-9141-db21e22e1d04', 'Somebody', '01a223ab181074a09141db21e22e1d04@example.com', '$2b$04$vgCZTToAf3LkOMiKnjSslupkbiTMMAkSm.WML4AegWaJVY/YTPoXm', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.105243+00', '2026-11-28 19:39:05.105243+00', '2026-11-28 19:39:05.105243+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1819-77b6-a2c3-8d46b8d8f2cb', 'Somebody', '01a223ab181977b6a2c38d46b8d8f2cb@example.com', '$2b$04$b4301frivCgiGaraUm/DyOpA7.Yoiy0z/ZTozxz88XsNvhnxJdy5S', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.114001+00', '2026-11-28 19:39:05.114001+00', '2026-11-28 19:39:05.114001+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1829-7751-b0d5-1661defc28d9', 'Somebody', '01a223ab18297751b0d51661defc28d9@example.com', '$2b$04$KapAjxnxoAGuMowfu1c//uzVKPJ3h8F9oBpPuahIlPbzaQ7TDRhlW', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.129783+00', '2026-11-28 19:39:05.129783+00', '2026-11-28 19:39:05.129783+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1833-7268-abb1-b56dc9c967f8', 'Somebody', '01a223ab18337268abb1b56dc9c967f8@example.com', '$2b$04$5oYohH4nhtDk.j0cDIUeZ.EUNU2Pc6KhMMnZuJc01NL45mqo85w.m', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.14057+00', '2026-11-28 19:39:05.14057+00', '2026-11-28 19:39:05.14057+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1845-70af-b90f-5de4af55ad58', 'Somebody', '01a223ab184570afb90f5de4af55ad58@example.com', '$2b$04$ug1fQgAG7qOKOmQjEVozteEMkoM14E2f.ly6WOAyYwDLX0d4utOau', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.158107+00', '2026-11-28 19:39:05.158107+00', '2026-11-28 19:39:05.158107+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-184f-72e2-96d0-19824d51af6a', 'Somebody', '01a223ab184f72e296d019824d51af6a@example.com', '$2b$04$flMiKipTsCedM5GTdTgLyetUeNO3ZqiGUiV.HMKnibc0rB1rMeROy', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.168203+00', '2026-11-28 19:39:05.168203+00', '2026-11-28 19:39:05.168203+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1862-735e-b7d2-c38693ea9ee6', 'Somebody', '01a223ab1862735eb7d2c38693ea9ee6@example.com', '$2b$04$TpTZlAmstD7AqayoyAVZ/uXSXuy3rG37XzmwO5fozv6otVbWW.eWW', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.187864+00', '2026-11-28 19:39:05.187864+00', '2026-11-28 19:39:05.187864+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1870-73ed-a1bf-e438992608ba', 'Somebody', '01a223ab187073eda1bfe438992608ba@example.com', '$2b$04$RqqTbuw7uvhMZ6gI6f5KAORv0M7T1ZCFqRNkC6ox6wwvW8MuBDj4K', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.200938+00', '2026-11-28 19:39:05.200938+00', '2026-11-28 19:39:05.200938+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1883-7103-bf69-ab0d614c3ab0', 'Somebody', '01a223ab18837103bf69ab0d614c3ab0@example.com', '$2b$04$qreT7kDYhZHF.gtpXCcbHeMZ/YuWFjgUFArNwdV3wamyJzQyE.Fj2', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.220809+00', '2026-11-28 19:39:05.220809+00', '2026-11-28 19:39:05.220809+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1890-7387-bd6c-8d521580a8c2', 'Somebody', '01a223ab18907387bd6c8d521580a8c2@example.com', '$2b$04$TztPmh8ufnkpVXx9L7miSeLThheV98cIhXsLfbHClGk63PKqoqBP6', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.233169+00', '2026-11-28 19:39:05.233169+00', '2026-11-28 19:39:05.233169+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-18a8-73e2-9bb2-4f0f6c91eb94', 'Somebody', '01a223ab18a873e29bb24f0f6c91eb94@example.com', '$2b$04$TYTGNcP0toeLKwLLZ/TIuuWlhUCvJPRd59bfuPLk15Jb1YhFQMj1q', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.257621+00', '2026-11-28 19:39:05.257621+00', '2026-11-28 19:39:05.257621+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-18b2-7487-a255-f7740e158884', 'Somebody', '01a223ab18b27487a255f7740e158884@example.com', '$2b$04$h2C6q9pNeYzc496A.qMzYuN.sIH4tsYtDEloC0xY1e859OWo4CCRS', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.267229+00', '2026-11-28 19:39:05.267229+00', '2026-11-28 19:39:05.267229+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-18c5-7602-9a9a-ab4b726cfe9c', 'Somebody', '01a223ab18c576029a9aab4b726cfe9c@example.com', '$2b$04$l2MIqKmKk6wghBHHZqCFtu4h/xUD0J696TV8vHCTXDzHX0d1VAH/y', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.286155+00', '2026-11-28 19:39:05.286155+00', '2026-11-28 19:39:05.286155+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-18cf-7659-a9d2-f91092cb403d', 'Somebody', '01a223ab18cf7659a9d2f91092cb403d@example.com', '$2b$04$MQmnWheDXaa8jH8FVic2f.RjFFyxh7XmixjX.UBMtWtces67ybPly', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.296549+00', '2026-11-28 19:39:05.296549+00', '2026-11-28 19:39:05.296549+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-18f8-7371-a521-3098c142dc58', 'Somebody', '01a223ab18f87371a5213098c142dc58@example.com', '$2b$04$ZBPRb6ntbObTrxWhet374.KZtq8rH5.jmGqGbHIvpxEm8vI3UQZmm', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.337326+00', '2026-11-28 19:39:05.337326+00', '2026-11-28 19:39:05.337326+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1904-727b-9e7e-283c83c5485e', 'Somebody', '01a223ab1904727b9e7e283c83c5485e@example.com', '$2b$04$7afWpuxbPH3g83vdNeejNep4luDNxwINXj4JT9ZFABtyCVpQV7Vh.', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.349341+00', '2026-11-28 19:39:05.349341+00', '2026-11-28 19:39:05.349342+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1917-710f-b206-fa63b49490be', 'Somebody', '01a223ab1917710fb206fa63b49490be@example.com', '$2b$04$34Tkc0.D.jdOs2mRnEE7TO3kukx1O95EaXFsgwDF7i1Z3tqslUxvq', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.369036+00', '2026-11-28 19:39:05.369036+00', '2026-11-28 19:39:05.369036+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1925-7616-a41e-acd9716364b1', 'Somebody', '01a223ab19257616a41eacd9716364b1@example.com', '$2b$04$OkJQ/hd2JfGF94mztT43NeVX2NB.11y2Eo6EjyTgim45GAPJHgo3.', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:39:05.382923+00', '2026-11-28 19:39:05.382923+00', '2026-11-28 19:39:05.382923+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1a71-703b-bb39-cf59678803b8', 'Somebody', '01a223ab1a71703bbb39cf59678803b8@example.com', '$2b$04$bcay3.p9TOG5.sh/8VJHnecuhaWNJ79rsuSQU0x0AtQF1OOrDRfNG', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.714664+00', '2026-11-28 19:39:05.714664+00', '2026-11-28 19:39:05.714664+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1a79-73b0-9a18-874e303b65a3', 'Somebody', '01a223ab1a7973b09a18874e303b65a3@example.com', '$2b$04$NsVl02CCpRyiqrEeuwc0/uVgLJyZKb8ohDx2I9344hm0o33e2SqPW', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.722593+00', '2026-11-28 19:39:05.722593+00', '2026-11-28 19:39:05.722593+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1a8b-7037-8373-4a40c93ab707', 'Somebody', '01a223ab1a8b703783734a40c93ab707@example.com', '$2b$04$kBJcRy5eViXTISAFwN61le8v59Zi4Ieg54HjkBxUHycmsDJGnucIK', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.73991+00', '2026-11-28 19:39:05.73991+00', '2026-11-28 19:39:05.73991+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1a96-7782-8d16-ca42e3be82a9', 'Somebody', '01a223ab1a9677828d16ca42e3be82a9@example.com', '$2b$04$9sJ05iVrSiwQ1VxA0PGk.uVVlCQYisDLrRmrmkPwDferYZ9ew7QLi', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.75133+00', '2026-11-28 19:39:05.75133+00', '2026-11-28 19:39:05.75133+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1aa7-7437-80b9-e54a7f534c08', 'Somebody', '01a223ab1aa7743780b9e54a7f534c08@example.com', '$2b$04$T1kUWTJboi.q5D9XuzfNXuNfojdYj8S6zDi32C7W/qMKtMka42PBm', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.768155+00', '2026-11-28 19:39:05.768155+00', '2026-11-28 19:39:05.768155+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1ab0-7764-b795-aba3ad25036f', 'Somebody', '01a223ab1ab07764b795aba3ad25036f@example.com', '$2b$04$IQyBC79IXY4FqaL3M4yWFubvDdeSSsZhBwlwhBdj/equXMC.qSoN2', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.776812+00', '2026-11-28 19:39:05.776812+00', '2026-11-28 19:39:05.776812+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1ac0-7465-b93b-4ff6d6d8e5d5', 'Somebody', '01a223ab1ac07465b93b4ff6d6d8e5d5@example.com', '$2b$04$tRNgfUkzIiic30CxlkacIu0oOGoBjVgmR5MpeOy9d5pGLGis4r8Ca', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.793642+00', '2026-11-28 19:39:05.793642+00', '2026-11-28 19:39:05.793642+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1acd-7062-bccb-a089e5a51bba', 'Somebody', '01a223ab1acd7062bccba089e5a51bba@example.com', '$2b$04$wl4/abay1ajBmKI4fQ/sq.una6Hn4kNzBHvuG5Tw75RTzJ2HIzDW6', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.806437+00', '2026-11-28 19:39:05.806437+00', '2026-11-28 19:39:05.806437+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1ade-75f3-9d16-ac74653661d6', 'Somebody', '01a223ab1ade75f39d16ac74653661d6@example.com', '$2b$04$i7thhhbY3gxFZkA7CyfTbuTkts50DnmwsFPx6yX1pQzxpStLlVjqC', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.822865+00', '2026-11-28 19:39:05.822865+00', '2026-11-28 19:39:05.822865+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.users VALUES
	('01a223ab-1ae9-7358-8b26-0ed2555448b7', 'Somebody', '01a223ab1ae973588b260ed2555448b7@example.com', '$2b$04$4Gfw6LaCl7slH7zqlUs.deTcvgthh5o.ZEk81.egRATLgWbc0xSPS', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.833737+00', '2026-11-28 19:39:05.833737+00', '2026-11-28 19:39:05.833737+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1af8-7555-af79-ecb487a824c3', 'Somebody', '01a223ab1af87555af79ecb487a824c3@example.com', '$2b$04$9ohQIM7xyDcfogs6.NL6IOOXwCvzzbwxlwwyk.rJmb5ovTfAviwh.', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.84876+00', '2026-11-28 19:39:05.84876+00', '2026-11-28 19:39:05.84876+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1b01-7106-81c1-12443fa9d98d', 'Somebody', '01a223ab1b01710681c112443fa9d98d@example.com', '$2b$04$.kR0KwvhNtIwmA4gdCBNgurgn1kMj7rOVNXGBt7AUUeA0cajvnOz2', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.858156+00', '2026-11-28 19:39:05.858156+00', '2026-11-28 19:39:05.858156+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1b12-774f-a041-ad2d0cced04a', 'Somebody', '01a223ab1b12774fa041ad2d0cced04a@example.com', '$2b$04$v57iG1E0NVFUwLse4zfZOe4x.nQxjjmnRrNzn4XzOtj6gtH36d6yy', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.87518+00', '2026-11-28 19:39:05.87518+00', '2026-11-28 19:39:05.87518+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1b1f-72d8-9903-e54bb4ddfe10', 'Somebody', '01a223ab1b1f72d89903e54bb4ddfe10@example.com', '$2b$04$eIEpkcyefd6xcl4yPGksT.NxILyXrKOz5JSEnwVNvDOXnd8DM1JtO', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.887705+00', '2026-11-28 19:39:05.887705+00', '2026-11-28 19:39:05.887705+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1b2f-774a-881e-77dc24be633c', 'Somebody', '01a223ab1b2f774a881e77dc24be633c@example.com', '$2b$04$QsAKGUiA9r6BG9fNpb9jie9zAO5Y7nsx9iSgCEo7tyT8bok0XD6f.', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.903812+00', '2026-11-28 19:39:05.903812+00', '2026-11-28 19:39:05.903812+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1b38-777c-af45-4b569901b6d2', 'Somebody', '01a223ab1b38777caf454b569901b6d2@example.com', '$2b$04$q8srAc8g9Ok5lfMEi/jgaOO.jic9aER3jbNFUZOyQ3AKCZqUyH2u.', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.913352+00', '2026-11-28 19:39:05.913352+00', '2026-11-28 19:39:05.913352+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1b40-7761-ba8f-86062a5f8aa3', 'Somebody', '01a223ab1b407761ba8f86062a5f8aa3@example.com', '$2b$04$zs8ewI1jVONGtpJZDgmT1eRZOiMh1del.by80YZMrRSKUPCzAHyHC', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.921448+00', '2026-11-28 19:39:05.921448+00', '2026-11-28 19:39:05.921448+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1b4f-7204-af41-a8a308522bae', 'Somebody', '01a223ab1b4f7204af41a8a308522bae@example.com', '$2b$04$u1fbQTL4XMIAqOBW8fWDtOHJJU5ieLG3X603HU3YATWjKYU20oI.q', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.936544+00', '2026-11-28 19:39:05.936544+00', '2026-11-28 19:39:05.936544+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1b5a-7588-bde6-db8194406d8a', 'Somebody', '01a223ab1b5a7588bde6db8194406d8a@example.com', '$2b$04$.8fFCAr2K1RDr1OBc7hKcu28be3Ln5JSZMNf.ewAn.VMikVtvFbGi', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.947587+00', '2026-11-28 19:39:05.947587+00', '2026-11-28 19:39:05.947587+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1b72-75f8-b251-ce6272782ad2', 'Somebody', '01a223ab1b7275f8b251ce6272782ad2@example.com', '$2b$04$VZ68Gy9bxnory938yV8j1.XoAodsC8O5JMQvc4U9GQQY4QHfrr0hm', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:05.970709+00', '2026-11-28 19:39:05.970709+00', '2026-11-28 19:39:05.970709+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1b7c-7168-be8d-41ea360bcffc', 'Somebody', '01a223ab1b7c7168be8d41ea360bcffc@example.com', '$2b$04$qdfFjl6CQvbI9s/WcIl.oeqBADGaR75fw7x2K9cXOHSPuaEVningu', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:05.980726+00', '2026-11-28 19:39:05.980726+00', '2026-11-28 19:39:05.980726+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1b93-7003-aa57-f16867d4423f', 'Somebody', '01a223ab1b937003aa57f16867d4423f@example.com', '$2b$04$1zD4WQ0cdaYT0NSmZkWs0uxBKKQSGV856T/Y8Ae5T50ws42o8LIxu', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:06.003797+00', '2026-11-28 19:39:06.003797+00', '2026-11-28 19:39:06.003797+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1b9c-717c-a03f-7647ce5d2575', 'Somebody', '01a223ab1b9c717ca03f7647ce5d2575@example.com', '$2b$04$aFYiMmio6/cn5MJyAQDYIuY0ryPiDsIAWxJqLBZ6Qha2q7N/n3iRS', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:06.012868+00', '2026-11-28 19:39:06.012868+00', '2026-11-28 19:39:06.012868+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1bb2-7050-8f13-2d28012810ee', 'Somebody', '01a223ab1bb270508f132d28012810ee@example.com', '$2b$04$QW7e5kT5J4KLZpB.n8V9x.RuiP/CzU1Y/jppf32RILYUmCBMsmw8S', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:06.035413+00', '2026-11-28 19:39:06.035413+00', '2026-11-28 19:39:06.035413+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1bbd-72a8-b63c-33babf7ebd22', 'Somebody', '01a223ab1bbd72a8b63c33babf7ebd22@example.com', '$2b$04$AloTcCN7rDRcG2nm9hw5beg.GxTFcBBQVJdljgA/GsTFRTKso./MG', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:06.045701+00', '2026-11-28 19:39:06.045701+00', '2026-11-28 19:39:06.045701+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1bd3-7580-b946-2c62b8922938', 'Somebody', '01a223ab1bd37580b9462c62b8922938@example.com', '$2b$04$wlj9PPnhOiaPTs58OGHLduEZr8grsU5zchD9Geo7jU7sw7iq3LPCW', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:06.068461+00', '2026-11-28 19:39:06.068461+00', '2026-11-28 19:39:06.068461+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1bdb-76ea-b57f-f546bfcb90d2', 'Somebody', '01a223ab1bdb76eab57ff546bfcb90d2@example.com', '$2b$04$AjD4Z500D/pBLfAMN5PZSeDacl6p1Gqk8pZd3YUx7P5/fEydA0CES', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:06.076184+00', '2026-11-28 19:39:06.076184+00', '2026-11-28 19:39:06.076184+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1bf7-7283-ac46-5153abcf58dd', 'Somebody', '01a223ab1bf77283ac465153abcf58dd@example.com', '$2b$04$kl8HDUebs7yzSrzrinGlc.4JO6HBMPrKFe4sHn403lAEFQI1kIthO', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:06.104191+00', '2026-11-28 19:39:06.104191+00', '2026-11-28 19:39:06.104192+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c01-7337-ac2d-2cedaa979fe9', 'Somebody', '01a223ab1c017337ac2d2cedaa979fe9@example.com', '$2b$04$BxCMvojUUHIBxRD4ZuKiuuQhaDfX.Xiu8NfKshiiS9R4kPB9Efrt.', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:39:06.114395+00', '2026-11-28 19:39:06.114395+00', '2026-11-28 19:39:06.114395+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c07-717b-be01-2ec3c9529be0', 'Somebody', '01a223ab1c07717bbe012ec3c9529be0@example.com', '$2b$04$yMU/CQdAvixPO.6LM6SftulAuTxMD8ztKbkHZLOjl4hnU8sZFyNba', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:06.120691+00', '2026-11-28 19:39:06.120691+00', '2026-11-28 19:39:06.120691+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c1a-70aa-b4b2-e44743393ae9', 'Somebody', '01a223ab1c1a70aab4b2e44743393ae9@example.com', '$2b$04$qruw7OdkBWEpCvVfguDYZ.PcwGrkxJjBMs1L0UfOxcrNDMutsITv2', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:06.139015+00', '2026-11-28 19:39:06.139015+00', '2026-11-28 19:39:06.139015+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c25-7652-b8aa-912b3820964f', 'Simulated buyer', 'simulated-000001@simulation.invalid', '!', 'AUDIENCE', true, 'SIMULATED', 1, '2026-11-28 19:39:06.149648+00', '2026-11-28 19:39:06.149648+00', '2026-11-28 19:39:06.149648+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c25-7652-b8aa-912c296a6b58', 'Simulated buyer', 'simulated-000002@simulation.invalid', '!', 'AUDIENCE', true, 'SIMULATED', 1, '2026-11-28 19:39:06.149734+00', '2026-11-28 19:39:06.149734+00', '2026-11-28 19:39:06.149734+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c25-7652-b8aa-912d892925bc', 'Simulated buyer', 'simulated-000003@simulation.invalid', '!', 'AUDIENCE', true, 'SIMULATED', 1, '2026-11-28 19:39:06.149741+00', '2026-11-28 19:39:06.149741+00', '2026-11-28 19:39:06.149741+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c3e-7411-b50f-3a2a5c71f292', 'Somebody', '01a223ab1c3e7411b50f3a2a5c71f292@example.com', '$2b$04$uFJ2y1Xx6wqBh2.Qmm3.we8acdKOvwYp7KTOyeMa9MPeltjmCy4wW', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:39:06.175377+00', '2026-11-28 19:39:06.175377+00', '2026-11-28 19:39:06.175377+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c44-723b-8a7e-ad74de2ea2c2', 'Somebody', '01a223ab1c44723b8a7ead74de2ea2c2@example.com', '$2b$04$ekRY/0BqhYEF411dPUluA.GIOrvVP1ZEaz.OjQ00PethFFggY646O', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:06.18084+00', '2026-11-28 19:39:06.18084+00', '2026-11-28 19:39:06.18084+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c53-7742-beb3-3509ba3d659b', 'Somebody', '01a223ab1c537742beb33509ba3d659b@example.com', '$2b$04$ADPaz4xX94F7OjDcdMEL7eyar8SYpUkfYGONBPBFmDN5njAiMuukW', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:39:06.19583+00', '2026-11-28 19:39:06.19583+00', '2026-11-28 19:39:06.19583+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c74-7288-b21a-63bdaf2ec4ba', 'Somebody', '01a223ab1c747288b21a63bdaf2ec4ba@example.com', '$2b$04$cn3rjqIm1AMiK6nvyfMjYOFkvUbm05FwHt6ZCnZb1vr7RezA3CavO', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:06.229032+00', '2026-11-28 19:39:06.229032+00', '2026-11-28 19:39:06.229032+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c82-7151-8d53-b8bda2c7f765', 'Somebody', '01a223ab1c8271518d53b8bda2c7f765@example.com', '$2b$04$.0OiV6v1MI2WLGKo9pmkjef09gasGSz5WTkfSFf4gu3I0yFVfhTs6', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:39:06.242989+00', '2026-11-28 19:39:06.242989+00', '2026-11-28 19:39:06.242989+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c87-7379-b96e-0c866a7ff177', 'Somebody', '01a223ab1c877379b96e0c866a7ff177@example.com', '$2b$04$qoa.H1u1OzIsLByCk0.nzuUdsWJ2Vlcbx74EBbx7O2KSPyIu4vQXG', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:06.248197+00', '2026-11-28 19:39:06.248197+00', '2026-11-28 19:39:06.248197+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c9d-71af-8985-7afbccf037ae', 'Somebody', '01a223ab1c9d71af89857afbccf037ae@example.com', '$2b$04$mUDKNSRFukmHD2LrZ3UCcOCDbnSq78zyml/Y2eM.YNhpBhwuM0nmu', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:06.270556+00', '2026-11-28 19:39:06.270556+00', '2026-11-28 19:39:06.270556+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1c97-7377-988c-1df3d284940f', 'Somebody', '01a223ab1c977377988c1df3d284940f@example.com', '$2b$04$jmyCOKHIqOKLBI86mSwQ/.g1MNeVghpiHgzHgGWfpctbZtJ9oKOw2', 'ORGANIZER', true, 'PERSON', 2, '2026-11-28 19:39:06.27496+00', '2026-11-28 19:39:06.264493+00', '2026-11-28 19:39:06.27496+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1ca7-7251-b74d-76f00e69cc78', 'Somebody', '01a223ab1ca77251b74d76f00e69cc78@example.com', '$2b$04$M/9K2.uEF9VEnqe7DkvQU.BX3u3PU09JFsRwRtUdX/TqYmBabU0Wy', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:39:06.280172+00', '2026-11-28 19:39:06.280172+00', '2026-11-28 19:39:06.280172+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1cab-761b-9a33-b1d3b8b4dc7c', 'Somebody', '01a223ab1cab761b9a33b1d3b8b4dc7c@example.com', '$2b$04$A86E7VGDlMgsTM9jzlMMnu88mPSplDLcOnhPtyUETMYeM5E8QIsBq', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:06.284608+00', '2026-11-28 19:39:06.284608+00', '2026-11-28 19:39:06.284608+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1cc0-709f-b288-f3f5a90f58bc', 'Somebody', '01a223ab1cc0709fb288f3f5a90f58bc@example.com', '$2b$04$WQC9gmDK4yPmE0tuU//CseOwe2N2kjcX/TG/6mezBwEQV2rFp528i', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:06.304827+00', '2026-11-28 19:39:06.304827+00', '2026-11-28 19:39:06.304827+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1cbc-7010-9c0f-758f07cdeffb', 'Somebody', '01a223ab1cbc70109c0f758f07cdeffb@example.com', '$2b$04$W8IdX3cevgh0Ygy4IPjC5uU4aDgcnKBkh9XJO4045qTewS4LXL6Py', 'AUDIENCE', true, 'PERSON', 2, '2026-11-28 19:39:06.308494+00', '2026-11-28 19:39:06.300769+00', '2026-11-28 19:39:06.308494+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1cc8-704e-a2f9-9a1df3943b62', 'Somebody', '01a223ab1cc8704ea2f99a1df3943b62@example.com', '$2b$04$KXcxn4igKs3S9myvw7RM1eEbrv35UAOO6kRDqo7IFx30VPkU0pPk.', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:39:06.313105+00', '2026-11-28 19:39:06.313105+00', '2026-11-28 19:39:06.313105+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1ccc-76b1-8479-be3c1e3ba4d0', 'Somebody', '01a223ab1ccc76b18479be3c1e3ba4d0@example.com', '$2b$04$rhgqEnZSYtCLpqwy.DlSTu1x4l56G7cOhHKG8UCrSlabXLR5yEaOu', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:06.31736+00', '2026-11-28 19:39:06.31736+00', '2026-11-28 19:39:06.31736+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1cdd-7101-a6c5-fb2427dc05c9', 'Somebody', '01a223ab1cdd7101a6c5fb2427dc05c9@example.com', '$2b$04$Su4TFpCNTAo4Ou3f0Up.rOIi8vs96b68ah4UxXh7zBR6fDhMtmdYS', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:06.334111+00', '2026-11-28 19:39:06.334111+00', '2026-11-28 19:39:06.334111+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1ce5-7182-9dc4-587c099b402c', 'Somebody', '01a223ab1ce571829dc4587c099b402c@example.com', '$2b$04$OOsQuZ4XlduWtUBdm1.ux.rx.6WIS7e079X0eYCPJBCWNYj5WW8HW', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:39:06.342498+00', '2026-11-28 19:39:06.342498+00', '2026-11-28 19:39:06.342498+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1ceb-74bd-be06-011d794fbb2b', 'Somebody', '01a223ab1ceb74bdbe06011d794fbb2b@example.com', '$2b$04$UqbHSohgWD/T2NtaDqZQSe3yKwkRnWLbgDFv4n9cvexK1EsPkRTe.', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:06.347961+00', '2026-11-28 19:39:06.347961+00', '2026-11-28 19:39:06.347961+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1cfb-741e-a0ac-16210072f0ab', 'Somebody', '01a223ab1cfb741ea0ac16210072f0ab@example.com', '$2b$04$rxePyZBDFC9lezQb970pZOZsPhvpgLrVloxg/LeypuUlDgonMrDUS', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:39:06.364549+00', '2026-11-28 19:39:06.364549+00', '2026-11-28 19:39:06.364549+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1d04-77ce-99e6-c0936b1662ce', 'Somebody', '01a223ab1d0477ce99e6c0936b1662ce@example.com', '$2b$04$LrxEZ4r4euzz2iB1uYGySuQlQgueE/k7DyD7CANWqNbnsccT09RrO', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:39:06.373171+00', '2026-11-28 19:39:06.373171+00', '2026-11-28 19:39:06.373171+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1d0b-77e5-8a12-63ea321707d5', 'Somebody', '01a223ab1d0b77e58a1263ea321707d5@example.com', '$2b$04$lG7G3JqM5OvY1jrJ8SeghObOxkzfIoPb9X6E2DHPNjpHIqxbKfDvC', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:06.380931+00', '2026-11-28 19:39:06.380931+00', '2026-11-28 19:39:06.380931+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1d14-71b6-9522-c19fbdd77aff', 'Somebody', '01a223ab1d1471b69522c19fbdd77aff@example.com', '$2b$04$2vTdYodg9zGEkJv/m4LHpeb3rKTVVaN3J9qORoe6iP2IKgRAijZFu', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:39:06.389468+00', '2026-11-28 19:39:06.389468+00', '2026-11-28 19:39:06.389468+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1d1a-7531-8d9d-603e95b1f4c4', 'Somebody', '01a223ab1d1a75318d9d603e95b1f4c4@example.com', '$2b$04$4WRGvP6CRYfCe0Tb8XhPpewb6qbACE3lQSa8xyNHohOU3imjId4Wq', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:06.394658+00', '2026-11-28 19:39:06.394658+00', '2026-11-28 19:39:06.394658+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1d29-72de-89f8-1d270e284e11', 'Somebody', '01a223ab1d2972de89f81d270e284e11@example.com', '$2b$04$NYaL5NiLe0gANwxNX26wS.CHoDVL.zqAjgyjYS0ZyzSxoS6mm./dG', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:06.410086+00', '2026-11-28 19:39:06.410086+00', '2026-11-28 19:39:06.410086+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-1d31-70f2-9fd4-3c053b343922', 'Somebody', '01a223ab1d3170f29fd43c053b343922@example.com', '$2b$04$JfFPzwZny8whureUOWkpy.zTYrh0OJSQXNNewAIeGjUePkxk2GmG6', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:39:06.418513+00', '2026-11-28 19:39:06.418513+00', '2026-11-28 19:39:06.418513+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-22a5-7758-bf1c-c699109de679', 'Somebody', '01a223ab22a57758bf1cc699109de679@example.com', '$2b$04$gg3MqOWkFeLtSg9tNhfGBeh7GM48xpspK2zkjWrdGjeInXxXDRgrO', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:07.814468+00', '2026-11-28 19:39:07.814468+00', '2026-11-28 19:39:07.814468+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-22ad-72c1-b440-3a370fb7d522', 'Somebody', '01a223ab22ad72c1b4403a370fb7d522@example.com', '$2b$04$r20Pj4If7V77wDJwJNpaVepYVfNuADO3L07HyY1lMkRRzaGqkjAjG', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:39:07.822138+00', '2026-11-28 19:39:07.822139+00', '2026-11-28 19:39:07.822139+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-22bf-715e-bade-316c09be8d1b', 'Somebody', '01a223ab22bf715ebade316c09be8d1b@example.com', '$2b$04$IhjhBzY4HgB3UB1cqSsCweGjsEINQnnlaEGRVnn70x3BDXF.Wf5A.', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:07.840679+00', '2026-11-28 19:39:07.840679+00', '2026-11-28 19:39:07.840679+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-22c1-7720-8f00-9d0e0b284d7e', 'Somebody', '01a223ab22c177208f009d0e0b284d7e@example.com', '$2b$04$IhjhBzY4HgB3UB1cqSsCweGjsEINQnnlaEGRVnn70x3BDXF.Wf5A.', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:07.841577+00', '2026-11-28 19:39:07.841577+00', '2026-11-28 19:39:07.841577+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-22c1-7720-8f00-9d0f84fa33b2', 'Somebody', '01a223ab22c177208f009d0f84fa33b2@example.com', '$2b$04$IhjhBzY4HgB3UB1cqSsCweGjsEINQnnlaEGRVnn70x3BDXF.Wf5A.', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:07.841859+00', '2026-11-28 19:39:07.841859+00', '2026-11-28 19:39:07.841859+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-22c1-7720-8f00-9d108998f79d', 'Somebody', '01a223ab22c177208f009d108998f79d@example.com', '$2b$04$IhjhBzY4HgB3UB1cqSsCweGjsEINQnnlaEGRVnn70x3BDXF.Wf5A.', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:07.8421+00', '2026-11-28 19:39:07.8421+00', '2026-11-28 19:39:07.8421+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223ab-22e7-7171-87ab-4119f20544c4', 'Somebody', '01a223ab22e7717187ab4119f20544c4@example.com', '$2b$04$13Gz0phSOVvWcjQHawSfoewe0vpsGP5HT7.hdtjm5VQ2OXS/tzkA.', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:39:07.880795+00', '2026-11-28 19:39:07.880795+00', '2026-11-28 19:39:07.880795+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL);


--
-- Data for Name: webhook_deliveries; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.webhook_deliveries VALUES
	('00000000-0000-0000-0000-000000000000', '01a223ab-1b8e-779a-a49f-bc4b20d2f4b7', '01a223ab-1b89-7103-ad93-6d103ad45d6e', 'ping', '01a223ab-1b89-7103-ad93-6d103ad45d6e', 179589474, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-28 19:39:05.999091+00', 'DUE', '2026-11-28 19:39:05.999091+00', '2026-11-28 19:39:05.999091+00', 0, NULL, NULL, NULL, NULL),
	('00000000-0000-0000-0000-000000000000', '01a223ab-1b6d-76ab-ad47-fb7598686940', '01a223ab-1b69-71a0-9730-ae62cbe0ad05', 'ping', '01a223ab-1b69-71a0-9730-ae62cbe0ad05', 179589474, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-28 19:39:05.966209+00', 'DUE', '2026-11-28 19:39:05.966209+00', '2026-11-28 19:39:11.386611+00', 1, NULL, NULL, 'the name was not found: failed to lookup address information: Name or service not known', NULL),
	('00000000-0000-0000-0000-000000000000', '01a223ab-1bae-748a-8db0-e78cf292d2fe', '01a223ab-1baa-750d-9867-015bdec9a936', 'ping', '01a223ab-1baa-750d-9867-015bdec9a936', 179589474, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-28 19:39:06.031041+00', 'DUE', '2026-11-28 19:39:06.031041+00', '2026-11-28 19:39:11.386611+00', 1, NULL, NULL, 'the name was not found: failed to lookup address information: Name or service not known', NULL),
	('00000000-0000-0000-0000-000000000000', '01a223ab-1bcf-70fa-874a-109da85f2065', '01a223ab-1bcb-760c-8640-3fdab3c26421', 'ping', '01a223ab-1bcb-760c-8640-3fdab3c26421', 179589474, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-28 19:39:06.06414+00', 'DUE', '2026-11-28 19:39:06.06414+00', '2026-11-28 19:39:11.386611+00', 1, NULL, NULL, 'the name was not found: failed to lookup address information: Name or service not known', NULL),
	('00000000-0000-0000-0000-000000000000', '01a223ab-1bf2-753d-8078-2b2953748609', '01a223ab-1bec-76ce-9374-9001491d7c37', 'ping', '01a223ab-1bec-76ce-9374-9001491d7c37', 179589474, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-28 19:39:06.098453+00', 'DUE', '2026-11-28 19:39:06.098453+00', '2026-11-28 19:39:11.386611+00', 1, NULL, NULL, 'the name was not found: failed to lookup address information: Name or service not known', NULL);


--
-- Data for Name: webhook_endpoints; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.webhook_endpoints VALUES
	('01a223ab-1b54-7640-9637-d57f9d29940e', '01a223ab-1b40-7761-ba8f-86062a5f8aa3', 'https://hooks.invalid/', '{event.published}', false, 'whsec_tK0JTgVGUWXPKoQGtCbVJtX6oczmTC26NJo27T+KDIE=', NULL, NULL, '2026-11-28 19:39:05.9421+00', NULL, NULL, NULL, '2026-11-28 19:39:05.9421+00', NULL, NULL, NULL),
	('01a223ab-1b89-7103-ad93-6d103ad45d6e', '01a223ab-1b7c-7168-be8d-41ea360bcffc', NULL, '{event.published}', false, NULL, NULL, NULL, '2026-11-28 19:39:05.995549+00', '2026-11-28 19:39:06.008092+00', 'OWNER', NULL, '2026-11-28 19:39:05.995549+00', '2026-11-28 19:39:06.008092+00', NULL, NULL),
	('01a223ab-1b69-71a0-9730-ae62cbe0ad05', '01a223ab-1b5a-7588-bde6-db8194406d8a', 'https://hooks.invalid/', '{event.cancelled}', false, 'whsec_tAjlxq9ZlKmxsZIVJpuvDgLGnz9HAXTelfGMiS3D74M=', NULL, NULL, '2026-11-28 19:39:05.962747+00', NULL, NULL, '2026-11-28 19:39:06.387046+00', '2026-11-28 19:39:05.962747+00', NULL, '2026-11-28 19:40:05.975744+00', NULL),
	('01a223ab-1baa-750d-9867-015bdec9a936', '01a223ab-1b9c-717c-a03f-7647ce5d2575', 'https://hooks.invalid/', '{event.published}', false, 'whsec_WEGOj/9iHsbDW8noJ4SQ7Q6OwJCrycpTIHsY8wL4qy4=', 'whsec_Y/3m+zBm/zzQMhrFo9c2brEH6c4Uu3adJPGbr5JbQ/A=', '2026-11-29 19:39:06.040723+00', '2026-11-28 19:39:06.027739+00', NULL, NULL, '2026-11-28 19:39:06.387046+00', '2026-11-28 19:39:06.027739+00', NULL, NULL, NULL),
	('01a223ab-1bcb-760c-8640-3fdab3c26421', '01a223ab-1bbd-72a8-b63c-33babf7ebd22', 'https://hooks.invalid/', '{event.published}', false, 'whsec_Y94wOZz5Jl2UnaFni/j4o3+aRx3Ie31rNWHqNKp4Nhw=', NULL, NULL, '2026-11-28 19:39:06.060823+00', NULL, NULL, '2026-11-28 19:39:06.387046+00', '2026-11-28 19:39:06.060823+00', NULL, NULL, NULL),
	('01a223ab-1bec-76ce-9374-9001491d7c37', '01a223ab-1bdb-76ea-b57f-f546bfcb90d2', 'https://hooks.invalid/', '{event.published}', false, 'whsec_3FQY2+hyczV3678Hoqqs919/jdlK04ZM4JYO5D/EmSU=', NULL, NULL, '2026-11-28 19:39:06.095041+00', NULL, NULL, '2026-11-28 19:39:06.387046+00', '2026-11-28 19:39:06.095041+00', NULL, NULL, '2026-11-28 19:39:07.108537+00');


--
-- Name: journal_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.journal_id_seq', 90, true);


--
-- Name: __diesel_schema_migrations __diesel_schema_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.__diesel_schema_migrations
    ADD CONSTRAINT __diesel_schema_migrations_pkey PRIMARY KEY (version);


--
-- Name: account_mails account_mails_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_mails
    ADD CONSTRAINT account_mails_pkey PRIMARY KEY (id);


--
-- Name: announcement_refusals announcement_refusals_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.announcement_refusals
    ADD CONSTRAINT announcement_refusals_pkey PRIMARY KEY (event_id, user_id);


--
-- Name: announcements announcements_one_per_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.announcements
    ADD CONSTRAINT announcements_one_per_key UNIQUE (event_id, author_id, idempotency_key);


--
-- Name: announcements announcements_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.announcements
    ADD CONSTRAINT announcements_pkey PRIMARY KEY (event_id, kind, number);


--
-- Name: api_keys api_keys_digest_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_digest_key UNIQUE (digest);


--
-- Name: api_keys api_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);


--
-- Name: audit_log audit_log_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);


--
-- Name: check_ins check_ins_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.check_ins
    ADD CONSTRAINT check_ins_pkey PRIMARY KEY (event_id, id);


--
-- Name: door_staff door_staff_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.door_staff
    ADD CONSTRAINT door_staff_pkey PRIMARY KEY (event_id, user_id);


--
-- Name: event_decisions event_decisions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_decisions
    ADD CONSTRAINT event_decisions_pkey PRIMARY KEY (event_id, decision);


--
-- Name: event_doors event_doors_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_doors
    ADD CONSTRAINT event_doors_pkey PRIMARY KEY (event_id);


--
-- Name: event_figures event_figures_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_figures
    ADD CONSTRAINT event_figures_pkey PRIMARY KEY (event_id, minute);


--
-- Name: event_pictures event_pictures_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_pictures
    ADD CONSTRAINT event_pictures_pkey PRIMARY KEY (event_id);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);


--
-- Name: journal journal_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY (event_id, id);


--
-- Name: messages messages_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_once UNIQUE (event_id, registration_id, kind, number);


--
-- Name: messages messages_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (event_id, id);


--
-- Name: payments payments_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_pkey PRIMARY KEY (event_id, id);


--
-- Name: prices prices_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.prices
    ADD CONSTRAINT prices_pkey PRIMARY KEY (event_id, number);


--
-- Name: registrations registrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_pkey PRIMARY KEY (event_id, id);


--
-- Name: reminders reminders_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT reminders_pkey PRIMARY KEY (event_id);


--
-- Name: simulations simulations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.simulations
    ADD CONSTRAINT simulations_pkey PRIMARY KEY (event_id, id);


--
-- Name: ticket_names ticket_names_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_names
    ADD CONSTRAINT ticket_names_pkey PRIMARY KEY (event_id, registration_id, ticket);


--
-- Name: ticket_types ticket_types_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_types
    ADD CONSTRAINT ticket_types_pkey PRIMARY KEY (event_id, number);


--
-- Name: transfers transfers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transfers
    ADD CONSTRAINT transfers_pkey PRIMARY KEY (event_id, id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: webhook_deliveries webhook_deliveries_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_once UNIQUE (event_id, endpoint_id, subject_id, kind, number);


--
-- Name: webhook_deliveries webhook_deliveries_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (event_id, id);


--
-- Name: webhook_endpoints webhook_endpoints_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (id);


--
-- Name: account_mails_by_digest; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX account_mails_by_digest ON public.account_mails USING btree (digest) WHERE (digest IS NOT NULL);


--
-- Name: account_mails_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_mails_due ON public.account_mails USING btree (due_at) WHERE (state = 'DUE'::text);


--
-- Name: account_mails_expired; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_mails_expired ON public.account_mails USING btree (expires_at);


--
-- Name: account_mails_invitations; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_mails_invitations ON public.account_mails USING btree (id) WHERE (kind = 'INVITATION'::text);


--
-- Name: account_mails_of_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_mails_of_person ON public.account_mails USING btree (user_id);


--
-- Name: account_mails_to_address; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_mails_to_address ON public.account_mails USING btree (lower(email), kind, created_at);


--
-- Name: announcement_refusals_of_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX announcement_refusals_of_person ON public.announcement_refusals USING btree (user_id);


--
-- Name: announcements_to_walk; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX announcements_to_walk ON public.announcements USING btree (created_at) WHERE (walked_at IS NULL);


--
-- Name: api_keys_of_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_keys_of_person ON public.api_keys USING btree (user_id);


--
-- Name: audit_log_by_action; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_log_by_action ON public.audit_log USING btree (action, id);


--
-- Name: audit_log_by_actor; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_log_by_actor ON public.audit_log USING btree (actor_id, id);


--
-- Name: audit_log_by_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_log_by_subject ON public.audit_log USING btree (subject_id, id);


--
-- Name: audit_log_creations; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_log_creations ON public.audit_log USING btree (actor_id) WHERE (action = 'EVENT_CREATED'::text);


--
-- Name: check_ins_by_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX check_ins_by_time ON public.check_ins USING btree (event_id, received_at, id);


--
-- Name: check_ins_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX check_ins_open ON public.check_ins USING btree (event_id, received_at, id) WHERE ((obstacle IS NOT NULL) AND (undone_at IS NULL));


--
-- Name: check_ins_ticket_once; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX check_ins_ticket_once ON public.check_ins USING btree (event_id, registration_id, ticket) WHERE ((obstacle IS NULL) AND (undone_at IS NULL));


--
-- Name: door_staff_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX door_staff_user ON public.door_staff USING btree (user_id, event_id);


--
-- Name: event_decisions_reductions; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_decisions_reductions ON public.event_decisions USING btree (event_id, registration_id) WHERE (kind = 'REDUCED'::text);


--
-- Name: events_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_by_key ON public.events USING btree (COALESCE(key_of, organizer_id), idempotency_key) WHERE (idempotency_key IS NOT NULL);


--
-- Name: events_by_organizer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_by_organizer ON public.events USING btree (organizer_id, id) WHERE (rehearsal_of IS NULL);


--
-- Name: events_by_organizer_and_start; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_by_organizer_and_start ON public.events USING btree (organizer_id, starts_at, id) WHERE (rehearsal_of IS NULL);


--
-- Name: events_by_start; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_by_start ON public.events USING btree (starts_at, id) WHERE (rehearsal_of IS NULL);


--
-- Name: events_listed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_listed ON public.events USING btree (starts_at, id, ends_at) WHERE ((status = 'PUBLISHED'::text) AND (rehearsal_of IS NULL));


--
-- Name: events_rehearsals; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_rehearsals ON public.events USING btree (rehearsal_of, id) WHERE (rehearsal_of IS NOT NULL);


--
-- Name: journal_oldest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX journal_oldest ON public.journal USING btree (written_at, id);


--
-- Name: messages_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX messages_due ON public.messages USING btree (due_at) WHERE (state = 'DUE'::text);


--
-- Name: messages_due_to; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX messages_due_to ON public.messages USING btree (receiver_domain, ((kind = 'ANNOUNCEMENT'::text)), due_at) WHERE (state = 'DUE'::text);


--
-- Name: messages_ended; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX messages_ended ON public.messages USING btree (ended_at) WHERE (ended_at IS NOT NULL);


--
-- Name: messages_failed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX messages_failed ON public.messages USING btree (event_id, id) WHERE (state = 'FAILED'::text);


--
-- Name: messages_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX messages_newest ON public.messages USING btree (id);


--
-- Name: messages_of_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX messages_of_person ON public.messages USING btree (user_id, id);


--
-- Name: messages_urgent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX messages_urgent ON public.messages USING btree (due_at) WHERE ((state = 'DUE'::text) AND (kind <> 'ANNOUNCEMENT'::text));


--
-- Name: payments_by_registration; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX payments_by_registration ON public.payments USING btree (registration_id);


--
-- Name: registrations_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registrations_due ON public.registrations USING btree (lapses_at) WHERE (lapses_at IS NOT NULL);


--
-- Name: registrations_given_up; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registrations_given_up ON public.registrations USING btree (user_id, event_id) WHERE (status = 'CANCELLED'::text);


--
-- Name: registrations_line; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registrations_line ON public.registrations USING btree (event_id, ticket_type, decision) WHERE (status = 'WAITLISTED'::text);


--
-- Name: registrations_one_per_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX registrations_one_per_key ON public.registrations USING btree (event_id, user_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);


--
-- Name: registrations_one_place; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX registrations_one_place ON public.registrations USING btree (user_id, event_id, ticket_type) WHERE (status <> 'CANCELLED'::text);


--
-- Name: simulations_one_per_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX simulations_one_per_key ON public.simulations USING btree (event_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);


--
-- Name: ticket_types_idle; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ticket_types_idle ON public.ticket_types USING btree (idle_since) WHERE (idle_since IS NOT NULL);


--
-- Name: transfers_by_registration; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX transfers_by_registration ON public.transfers USING btree (event_id, registration_id, id);


--
-- Name: transfers_digest; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX transfers_digest ON public.transfers USING btree (event_id, digest);


--
-- Name: users_access_changed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_access_changed ON public.users USING btree (access_changed_at);


--
-- Name: users_by_calendar; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX users_by_calendar ON public.users USING btree (calendar_digest) WHERE (calendar_digest IS NOT NULL);


--
-- Name: users_deactivated; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_deactivated ON public.users USING btree (access_changed_at) WHERE ((kind = 'PERSON'::text) AND (NOT is_active));


--
-- Name: users_email_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX users_email_key ON public.users USING btree (lower(email));


--
-- Name: users_people; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_people ON public.users USING btree (id) WHERE (kind = 'PERSON'::text);


--
-- Name: users_people_by_role; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_people_by_role ON public.users USING btree (role, id) WHERE (kind = 'PERSON'::text);


--
-- Name: users_to_clear; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_to_clear ON public.users USING btree (id) WHERE ((erased_at IS NOT NULL) AND (cleared_at IS NULL));


--
-- Name: webhook_deliveries_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (endpoint_id, due_at) WHERE (state = 'DUE'::text);


--
-- Name: webhook_deliveries_ended; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX webhook_deliveries_ended ON public.webhook_deliveries USING btree (ended_at) WHERE (ended_at IS NOT NULL);


--
-- Name: webhook_deliveries_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX webhook_deliveries_newest ON public.webhook_deliveries USING btree (endpoint_id, id);


--
-- Name: webhook_endpoints_deleted; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX webhook_endpoints_deleted ON public.webhook_endpoints USING btree (id) WHERE (deleted_at IS NOT NULL);


--
-- Name: webhook_endpoints_of_all; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX webhook_endpoints_of_all ON public.webhook_endpoints USING btree (id) WHERE hears_all;


--
-- Name: webhook_endpoints_of_owner; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX webhook_endpoints_of_owner ON public.webhook_endpoints USING btree (owner_id);


--
-- Name: audit_log audit_log_append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION public.audit_log_refuses();


--
-- Name: account_mails account_mails_inviter_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_mails
    ADD CONSTRAINT account_mails_inviter_fkey FOREIGN KEY (inviter_id) REFERENCES public.users(id);


--
-- Name: account_mails account_mails_user_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_mails
    ADD CONSTRAINT account_mails_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: announcement_refusals announcement_refusals_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.announcement_refusals
    ADD CONSTRAINT announcement_refusals_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: announcement_refusals announcement_refusals_user_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.announcement_refusals
    ADD CONSTRAINT announcement_refusals_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: announcements announcements_author_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.announcements
    ADD CONSTRAINT announcements_author_fkey FOREIGN KEY (author_id) REFERENCES public.users(id);


--
-- Name: announcements announcements_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.announcements
    ADD CONSTRAINT announcements_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: api_keys api_keys_user_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: audit_log audit_log_actor_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_actor_fkey FOREIGN KEY (actor_id) REFERENCES public.users(id);


--
-- Name: check_ins check_ins_registration_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.check_ins
    ADD CONSTRAINT check_ins_registration_fkey FOREIGN KEY (event_id, registration_id) REFERENCES public.registrations(event_id, id);


--
-- Name: door_staff door_staff_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.door_staff
    ADD CONSTRAINT door_staff_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: door_staff door_staff_user_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.door_staff
    ADD CONSTRAINT door_staff_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: event_decisions event_decisions_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_decisions
    ADD CONSTRAINT event_decisions_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: event_doors event_doors_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_doors
    ADD CONSTRAINT event_doors_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: event_figures event_figures_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_figures
    ADD CONSTRAINT event_figures_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: event_pictures event_pictures_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_pictures
    ADD CONSTRAINT event_pictures_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: events events_organizer_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_organizer_fkey FOREIGN KEY (organizer_id) REFERENCES public.users(id);


--
-- Name: journal journal_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal
    ADD CONSTRAINT journal_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: messages messages_registration_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_registration_fkey FOREIGN KEY (event_id, registration_id) REFERENCES public.registrations(event_id, id);


--
-- Name: messages messages_user_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: payments payments_registration_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_registration_fkey FOREIGN KEY (event_id, registration_id) REFERENCES public.registrations(event_id, id);


--
-- Name: prices prices_type_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.prices
    ADD CONSTRAINT prices_type_fkey FOREIGN KEY (event_id, ticket_type) REFERENCES public.ticket_types(event_id, number);


--
-- Name: registrations registrations_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: registrations registrations_user_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: reminders reminders_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT reminders_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: simulations simulations_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.simulations
    ADD CONSTRAINT simulations_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: ticket_names ticket_names_registration_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_names
    ADD CONSTRAINT ticket_names_registration_fkey FOREIGN KEY (event_id, registration_id) REFERENCES public.registrations(event_id, id);


--
-- Name: ticket_types ticket_types_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_types
    ADD CONSTRAINT ticket_types_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: transfers transfers_registration_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transfers
    ADD CONSTRAINT transfers_registration_fkey FOREIGN KEY (event_id, registration_id) REFERENCES public.registrations(event_id, id);


--
-- Name: webhook_deliveries webhook_deliveries_endpoint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_endpoint_fkey FOREIGN KEY (endpoint_id) REFERENCES public.webhook_endpoints(id) ON DELETE CASCADE;


--
-- Name: webhook_endpoints webhook_endpoints_owner_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_owner_fkey FOREIGN KEY (owner_id) REFERENCES public.users(id);


--
-- PostgreSQL database dump complete
--


