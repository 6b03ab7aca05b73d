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
    curve jsonb,
    stop_requested_at timestamp with time zone,
    classic_curve jsonb,
    CONSTRAINT simulations_answered_range CHECK (((answered >= 0) AND (answered <= users))),
    CONSTRAINT simulations_classic_curve_size CHECK ((octet_length((classic_curve)::text) <= 65536)),
    CONSTRAINT simulations_curve_size CHECK ((octet_length((curve)::text) <= 65536)),
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
	('20261122000001', '2026-11-28 20:59:47.180973'),
	('20261122000002', '2026-11-28 20:59:47.188288'),
	('20261122000003', '2026-11-28 20:59:47.191399'),
	('20261122000004', '2026-11-28 20:59:47.193837'),
	('20261126000001', '2026-11-28 20:59:47.196197'),
	('20261126000003', '2026-11-28 20:59:47.197939'),
	('20261126000004', '2026-11-28 20:59:47.199333'),
	('20261126000005', '2026-11-28 20:59:47.20027'),
	('20261126000006', '2026-11-28 20:59:47.201158'),
	('20261126000008', '2026-11-28 20:59:47.202043'),
	('20261127000001', '2026-11-28 20:59:47.203633'),
	('20261127000004', '2026-11-28 20:59:47.218233'),
	('20261127000005', '2026-11-28 20:59:47.21951'),
	('20261127000006', '2026-11-28 20:59:47.220368'),
	('20261127000010', '2026-11-28 20:59:47.221528'),
	('20261128000010', '2026-11-28 20:59:47.226801'),
	('20261128000011', '2026-11-28 20:59:47.228188'),
	('20261128000020', '2026-11-28 20:59:47.228874'),
	('20261128000021', '2026-11-28 20:59:47.230313'),
	('20261128000040', '2026-11-28 20:59:47.231869'),
	('20261129000001', '2026-11-28 20:59:47.234984'),
	('20261129000002', '2026-11-28 20:59:47.239109'),
	('20261129000010', '2026-11-28 20:59:47.241191'),
	('20261129000011', '2026-11-28 20:59:47.241994'),
	('20261130000001', '2026-11-28 20:59:47.243441'),
	('20261130000002', '2026-11-28 20:59:47.245039'),
	('20261201000001', '2026-11-28 20:59:47.246202'),
	('20261202000001', '2026-11-28 20:59:47.250019'),
	('20261202000002', '2026-11-28 20:59:47.251968'),
	('20261205000001', '2026-11-28 20:59:47.254466');


--
-- Data for Name: account_mails; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.account_mails VALUES
	('0409ae19-4c06-449c-a6e5-ade1460a6b2c', 'VERIFY_ADDRESS', '01a223f4-ff98-7717-875b-61ef91455fc8', NULL, '01a223f4ff987717875b61ef91455fc8@example.com', '\x0decf857673c2760a085dc4f6e8167d765040737685e4d446e9c716d3fd6d214', 1, '2026-11-28 20:59:48.536322+00', '2026-11-28 21:59:48.536322+00', '2026-11-28 20:59:48.545679+00', '01a223f4-ffbc-76ff-bd09-87540e4256fa', 'OBSOLETE', '2026-11-28 21:02:49.844041+00', 1, NULL, '2026-11-28 20:59:49.856725+00'),
	('01a223f4-ff90-76a8-b8fd-778328d9a606', 'VERIFY_ADDRESS', '01a223f4-ff70-752a-ba89-2ccac08d7edb', NULL, '01a223f4ff70752aba892ccac08d7edb@example.com', '\xb0d6734c6075fe1d5380b49db5ca4e825fcce13ca28f2f2214740875144e43f0', 1, '2026-11-28 20:59:48.498832+00', '2026-11-28 21:59:48.498832+00', NULL, NULL, 'SENT', '2026-11-28 21:02:49.844041+00', 1, NULL, '2026-11-28 20:59:49.903868+00'),
	('01a223f4-ffec-7559-9370-d2b8841c2a0d', 'CHANGE_ADDRESS', '01a223f4-ffc9-7529-89d5-ee7ab8917f28', NULL, '01a223f4ffe671a1972f7d23fc670e9f@example.org', '\x05cb1bad39ba72510edea80052f9e4e0c229d34b591b5576b9aabd9661d8d1f9', 1, '2026-11-28 20:59:48.590317+00', '2026-11-28 21:59:48.590317+00', NULL, NULL, 'SENT', '2026-11-28 21:02:49.844041+00', 1, NULL, '2026-11-28 20:59:49.908178+00'),
	('01a223f4-fe78-73af-9ef3-229e49a46591', 'VERIFY_ADDRESS', '01a223f4-fe76-7394-9bd6-c8af5eaa5df2', NULL, '01a223f4fe717656aa27898ae75a9b65@example.org', '\x52354f731ad5bfe300f59fca5958238e150b73a4a31e91520045593819f351f2', 1, '2026-11-28 20:59:48.218381+00', '2026-11-28 21:59:48.218381+00', NULL, NULL, 'SENT', '2026-11-28 21:02:49.844041+00', 1, NULL, '2026-11-28 20:59:49.908895+00'),
	('b52e5c41-8b5e-45ac-801c-dad11f043496', 'RESET_PASSWORD', '01a223f5-01c4-71d9-8b32-0ab2721ac433', NULL, '01a223f501c471d98b320ab2721ac433@example.com', '\xebc9c9c7d2d107ab82e6c2edd68d6d840b3386b9433b86b2618b43d6d741ddb5', 1, '2026-11-28 20:59:49.06724+00', '2026-11-28 21:59:49.06724+00', '2026-11-28 20:59:49.078431+00', '01a223f5-01d2-728b-828c-3f1c872c8193', 'OBSOLETE', '2026-11-28 21:02:49.904732+00', 1, NULL, '2026-11-28 20:59:49.90928+00'),
	('af986993-ac92-41fb-a78d-93f67907eb7f', 'INVITATION', '01a223f5-0205-750a-9b80-fbe0d4859113', '01a223f5-01fa-751a-95ef-3ee0c2a928bd', '01a223f501fc7486880234a81e6fe223@example.org', '\xbeb2bd0ad3606f7b1148f18f77d2f6ea5d9ec830ee75a697fe4a9be057ee4749', 1, '2026-11-28 20:59:49.119596+00', '2026-11-28 21:59:49.119596+00', '2026-11-28 20:59:49.126792+00', '01a223f5-0202-7646-a270-b2a245976673', 'OBSOLETE', '2026-11-28 21:02:49.910178+00', 1, NULL, '2026-11-28 20:59:49.917375+00'),
	('01a223f5-01d2-728b-828c-3f1d739b8ce0', 'PASSWORD_RESET', '01a223f5-01c4-71d9-8b32-0ab2721ac433', NULL, '01a223f501c471d98b320ab2721ac433@example.com', NULL, 1, '2026-11-28 20:59:49.081336+00', '2026-12-01 20:59:49.081336+00', NULL, NULL, 'SENT', '2026-11-28 21:02:49.904732+00', 1, NULL, '2026-11-28 20:59:49.954556+00'),
	('01a223f5-0011-777c-8617-cd739ba06368', 'RESET_PASSWORD', '01a223f4-fff3-7105-ba39-b936e880d268', NULL, '01a223f4fff37105ba39b936e880d268@example.com', '\xe5555807986c840f9c3b3befd4f1c58cd81015b390504b09a4ea5178d31a6e7c', 1, '2026-11-28 20:59:48.627027+00', '2026-11-28 21:59:48.627027+00', NULL, NULL, 'SENT', '2026-11-28 21:02:49.904732+00', 1, NULL, '2026-11-28 20:59:49.964512+00'),
	('01a223f5-8bf3-7048-9d9c-c7ffd8f5064d', 'INVITATION', NULL, '01a223f5-8bd8-73ed-a318-07d4da0527ae', '01a223f58bf07270a420fe920fb3812c@example.org', '\x6ad9e5117cae08d90d2920c9cb6efc8b1c086f19284669aacf7c9a07f60d8247', NULL, '2026-11-28 21:00:24.437858+00', '2026-12-05 21:00:24.437858+00', NULL, NULL, 'SENT', '2026-11-28 21:03:25.036984+00', 1, NULL, '2026-11-28 21:00:25.084812+00');


--
-- Data for Name: announcement_refusals; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.announcement_refusals VALUES
	('01a223f5-041a-73b8-af54-085c66686b4c', '01a223f5-0416-70d3-adc6-532126a68ed1', '2026-11-28 20:59:49.708991+00');


--
-- Data for Name: announcements; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.announcements VALUES
	('01a223f5-07ee-7167-8926-24d01bd63356', 'EVENT_CANCELLED', 48, 3, 'BOTH', NULL, NULL, NULL, NULL, '2026-11-28 20:59:51.053634+00', NULL, 0, '2026-11-28 20:59:51.059103+00', NULL),
	('01a223f5-8766-72f3-a192-5f631f13237d', 'ANNOUNCEMENT', 1, NULL, 'BOTH', 'Doors', 'They open at six.', '01a223f5-875c-710c-8aff-ea3fedba3ebc', NULL, '2026-11-28 21:00:23.389463+00', NULL, 0, '2026-11-28 21:00:23.778383+00', NULL);


--
-- Data for Name: api_keys; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.api_keys VALUES
	('01a223f5-03c1-7375-8405-11e185c04fe0', '01a223f5-0392-730e-910f-e857e35bfe76', 'A program', '\x8cce388d72040e0f8a39afc9a726b41c1f0425cab1c4a23aac0626e1f6dd78b9', 'onsale_live_XFLb', '{BOOK}', NULL, 1, '2026-11-28 20:59:49.573819+00', '2027-02-26 20:59:49.573819+00', NULL);


--
-- Data for Name: audit_log; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit_log VALUES
	('01a223f4-fd3a-71dc-9223-d0a5e5c7ac95', '2026-11-28 20:59:47.898879+00', '01a223f4-fc97-71f4-9c96-ebf255e0d405', 'EVENT_CREATED', 'EVENT', '01a223f4-fd26-7374-9df1-a0995b7fc735', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f4-fe33-7316-9692-3d3c86826c6f', '2026-11-28 20:59:48.187293+00', '01a223f4-fc97-71f4-9c96-ebf255e0d405', 'EVENT_PUBLISHED', 'EVENT', '01a223f4-fd26-7374-9df1-a0995b7fc735', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f4-fe8e-7049-ae31-478aa23eeef0', '2026-11-28 20:59:48.238653+00', '01a223f4-fe84-7104-b0dd-4b4a3ef3bee0', 'EVENT_CREATED', 'EVENT', '01a223f4-fe87-7729-a331-50b27c5fdb0d', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f4-fe94-709d-8ae8-5fbc7d9b9172', '2026-11-28 20:59:48.246489+00', '01a223f4-fe84-7104-b0dd-4b4a3ef3bee0', 'EVENT_PUBLISHED', 'EVENT', '01a223f4-fe87-7729-a331-50b27c5fdb0d', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f4-feae-728b-86f0-7ec2b53b534c', '2026-11-28 20:59:48.270556+00', '01a223f4-fea6-7607-9784-6b47474d30ae', 'EVENT_CREATED', 'EVENT', '01a223f4-fea8-7775-9070-6662d9d70163', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f4-feb4-7382-9006-2b80f4cd5564', '2026-11-28 20:59:48.278676+00', '01a223f4-fea6-7607-9784-6b47474d30ae', 'EVENT_PUBLISHED', 'EVENT', '01a223f4-fea8-7775-9070-6662d9d70163', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f4-fee5-72d8-a351-531f7402656b', '2026-11-28 20:59:48.325915+00', '01a223f4-fed8-7186-9b69-cc3e3185e3da', 'EVENT_CREATED', 'EVENT', '01a223f4-fedf-74a9-9871-b53512786efc', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f4-feed-7033-ab11-dd7576e0e52e', '2026-11-28 20:59:48.335535+00', '01a223f4-fed8-7186-9b69-cc3e3185e3da', 'EVENT_PUBLISHED', 'EVENT', '01a223f4-fedf-74a9-9871-b53512786efc', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f4-ff1c-7493-afe6-a22f75cc83fd', '2026-11-28 20:59:48.380923+00', '01a223f4-ff10-7744-8a14-ebb53e376cea', 'EVENT_CREATED', 'EVENT', '01a223f4-ff17-77b2-926e-9dc276648884', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f4-ff22-75d4-97f9-b2e410acf8ff', '2026-11-28 20:59:48.388692+00', '01a223f4-ff10-7744-8a14-ebb53e376cea', 'EVENT_PUBLISHED', 'EVENT', '01a223f4-ff17-77b2-926e-9dc276648884', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f4-ff35-7553-aca7-85c4eef78fff', '2026-11-28 20:59:48.415845+00', '01a223f4-ff08-7565-8eee-c5d4ff0a1949', 'USER_ERASED', 'USER', '01a223f4-ff08-7565-8eee-c5d4ff0a1949', NULL, NULL),
	('01a223f4-ff50-7115-8a36-3d738d5ae8f5', '2026-11-28 20:59:48.433227+00', '01a223f4-ff46-779c-9349-24e3b0379144', 'EVENT_CREATED', 'EVENT', '01a223f4-ff4b-7117-a6ad-afcafa07b7bc', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f4-ff58-7638-bb35-9f5e58824f3b', '2026-11-28 20:59:48.443201+00', '01a223f4-ff46-779c-9349-24e3b0379144', 'EVENT_PUBLISHED', 'EVENT', '01a223f4-ff4b-7117-a6ad-afcafa07b7bc', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f4-ff69-74d9-93e5-bdb9ae25243d', '2026-11-28 20:59:48.459085+00', '01a223f4-ff46-779c-9349-24e3b0379144', 'USER_PASSWORD_CHANGED', 'USER', '01a223f4-ff46-779c-9349-24e3b0379144', NULL, NULL),
	('01a223f4-ff7a-7640-affa-5e28fdbe82bf', '2026-11-28 20:59:48.474606+00', '01a223f4-ff70-752a-ba89-2ccac08d7edb', 'EVENT_CREATED', 'EVENT', '01a223f4-ff75-76ab-bdf4-2e48c0647607', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f4-ff80-76a2-901b-bad81de31f9f', '2026-11-28 20:59:48.482676+00', '01a223f4-ff70-752a-ba89-2ccac08d7edb', 'EVENT_PUBLISHED', 'EVENT', '01a223f4-ff75-76ab-bdf4-2e48c0647607', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f4-ffa3-7423-8b91-46d9ea7bdf52', '2026-11-28 20:59:48.515966+00', '01a223f4-ff98-7717-875b-61ef91455fc8', 'EVENT_CREATED', 'EVENT', '01a223f4-ff9e-71f6-9fce-e3347edf7f02', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f4-ffa8-7539-a36b-0b57932a3e11', '2026-11-28 20:59:48.522638+00', '01a223f4-ff98-7717-875b-61ef91455fc8', 'EVENT_PUBLISHED', 'EVENT', '01a223f4-ff9e-71f6-9fce-e3347edf7f02', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f4-ffd6-7288-bc03-9ba08197b995', '2026-11-28 20:59:48.566554+00', '01a223f4-ffc9-7529-89d5-ee7ab8917f28', 'EVENT_CREATED', 'EVENT', '01a223f4-ffd0-763c-9d00-8a0c0007cd93', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f4-ffdb-7228-a326-d1c875c18983', '2026-11-28 20:59:48.573773+00', '01a223f4-ffc9-7529-89d5-ee7ab8917f28', 'EVENT_PUBLISHED', 'EVENT', '01a223f4-ffd0-763c-9d00-8a0c0007cd93', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f4-fffd-75d0-8037-7a01d7f65416', '2026-11-28 20:59:48.605957+00', '01a223f4-fff3-7105-ba39-b936e880d268', 'EVENT_CREATED', 'EVENT', '01a223f4-fff8-708a-858f-12e05c8f4399', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-0003-7136-8806-6cddde041055', '2026-11-28 20:59:48.613099+00', '01a223f4-fff3-7105-ba39-b936e880d268', 'EVENT_PUBLISHED', 'EVENT', '01a223f4-fff8-708a-858f-12e05c8f4399', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-01bc-70e5-996d-71ffb8062030', '2026-11-28 20:59:49.054044+00', '01a223f5-01ab-7781-a5ac-7808033f0987', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-01af-7185-8001-41348d39d786', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-01b6-754a-91d7-c7e644f69288', '2026-11-28 20:59:49.046902+00', '01a223f5-01ab-7781-a5ac-7808033f0987', 'EVENT_CREATED', 'EVENT', '01a223f5-01af-7185-8001-41348d39d786', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-0292-7227-8262-28433354a6e9', '2026-11-28 20:59:49.269086+00', '01a223f5-0234-74cf-9a41-ea9289597b55', 'EVENT_CREATED', 'EVENT', '01a223f5-0239-730b-b479-19a5208f04b4', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-03c1-7375-8405-11e185c04fe0', '2026-11-28 20:59:49.582796+00', '01a223f5-0392-730e-910f-e857e35bfe76', 'API_KEY_CREATED', 'USER', '01a223f5-0392-730e-910f-e857e35bfe76', NULL, '{"events": null, "api_key": "01a223f5-03c1-7375-8405-11e185c04fe0", "expires_at": "2027-02-26T20:59:49.573819Z", "permissions": ["BOOK"]}'),
	('01a223f5-048b-7757-abac-71df02d5ccdc', '2026-11-28 20:59:49.772377+00', '01a223f5-047e-7039-9b3b-31d75197d595', 'EVENT_CREATED', 'EVENT', '01a223f5-0486-766b-a1bb-10c06d75790a', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-051c-7109-83b8-072f905ef6fc', '2026-11-28 20:59:49.917574+00', '01a223f5-0508-7391-b162-4039d435a9a4', 'EVENT_CREATED', 'EVENT', '01a223f5-050f-75f6-89ad-9f8ed4922353', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-05a6-7583-b42a-80624c9d655f', '2026-11-28 20:59:50.055141+00', '01a223f5-0599-76c4-9c87-391c56bcd1a6', 'EVENT_CREATED', 'EVENT', '01a223f5-059f-7133-aa1f-ab2ae83b5ed8', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-0767-70a1-b89a-54393e968688', '2026-11-28 20:59:50.503859+00', '01a223f5-0741-77b3-a994-37b43c4ab483', 'EVENT_CREATED', 'EVENT', '01a223f5-0762-73b9-bef2-541ecb07bd12', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-086f-751b-955f-91e1a03e3975', '2026-11-28 20:59:50.767757+00', '01a223f5-0865-7387-b27e-4172a06ecce9', 'EVENT_CREATED', 'EVENT', '01a223f5-086a-753d-85c6-a5cf0573df0f', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-0890-7393-a6af-9ae3c6b3c832', '2026-11-28 20:59:50.800614+00', '01a223f5-0889-74de-b181-9d0b4c4caf18', 'EVENT_CREATED', 'EVENT', '01a223f5-088c-770a-a959-99a810a5d795', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-08ec-7342-9623-7110d921c254', '2026-11-28 20:59:50.892515+00', '01a223f5-08e2-745f-92bd-0944781451da', 'EVENT_CREATED', 'EVENT', '01a223f5-08e7-737f-89e7-12694fbaad6f', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-877b-73f7-87d0-fdb389535c75', '2026-11-28 21:00:23.292032+00', '01a223f5-875c-710c-8aff-ea3fedba3ebc', 'EVENT_CREATED', 'EVENT', '01a223f5-8766-72f3-a192-5f631f13237d', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-88db-7206-b1e3-c9003d5c8f77', '2026-11-28 21:00:23.644051+00', '01a223f5-88b4-719a-a8fa-7a723fd946a5', 'DOOR_STAFF_ADDED', 'EVENT', '01a223f5-88b7-71da-9d41-4794e4b4ece2', NULL, '{"user": "01a223f5-88b4-719a-a8fa-7a723fd946a5"}'),
	('01a223f5-890d-773f-adda-33bdbd9bc604', '2026-11-28 21:00:23.693398+00', '01a223f5-88e2-70c2-8ba0-a340c463617c', 'DOOR_STAFF_REMOVED', 'EVENT', '01a223f5-88e6-71b0-94c5-0a304ad92248', '{"user": "01a223f5-88f9-75c6-ba14-adf794c17484"}', NULL),
	('01a223f5-893e-77c9-9535-a7e83603a9c5', '2026-11-28 21:00:23.742607+00', '01a223f5-8937-74a1-be5f-26a1a59181b7', 'EVENT_CREATED', 'EVENT', '01a223f5-893b-7517-b9b3-a56c474ee366', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-895f-7560-89fd-2df5e6e5f445', '2026-11-28 21:00:23.78074+00', '01a223f5-8937-74a1-be5f-26a1a59181b7', 'WEBHOOK_CHANGED', 'USER', '01a223f5-8937-74a1-be5f-26a1a59181b7', '{"kinds": ["event.published"]}', '{"host": "hooks.invalid", "kinds": ["event.cancelled"], "webhook": "01a223f5-8947-73c4-8f15-7e472b5f236b"}'),
	('01a223f5-897c-735c-8696-0106105679eb', '2026-11-28 21:00:23.807594+00', '01a223f5-896a-72ba-a0d6-f6a8ac4e5952', 'WEBHOOK_CREATED', 'USER', '01a223f5-896a-72ba-a0d6-f6a8ac4e5952', NULL, '{"host": "hooks.invalid", "kinds": ["event.published"], "webhook": "01a223f5-897c-735c-8696-0105fd6287c6", "all_events": false}'),
	('01a223f5-89a4-75cf-9900-3f2e12ba0d3f', '2026-11-28 21:00:23.847675+00', '01a223f5-896a-72ba-a0d6-f6a8ac4e5952', 'WEBHOOK_DELETED', 'USER', '01a223f5-896a-72ba-a0d6-f6a8ac4e5952', '{"host": "hooks.invalid", "webhook": "01a223f5-897c-735c-8696-0105fd6287c6"}', NULL),
	('01a223f5-01d2-728b-828c-3f1c872c8193', '2026-11-28 20:59:49.080423+00', '01a223f5-01c4-71d9-8b32-0ab2721ac433', 'USER_PASSWORD_RESET', 'USER', '01a223f5-01c4-71d9-8b32-0ab2721ac433', NULL, NULL),
	('01a223f5-021c-7190-acee-3c09fd6059c3', '2026-11-28 20:59:49.14864+00', '01a223f5-0210-71cf-afe8-d4083cb3b4be', 'EVENT_CREATED', 'EVENT', '01a223f5-0217-72a9-a574-fe7057310828', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-03e7-7091-8678-193a2c10abf9', '2026-11-28 20:59:49.608014+00', '01a223f5-03d9-77da-bf7d-4a859e3fb5c4', 'EVENT_CREATED', 'EVENT', '01a223f5-03df-75aa-80c1-849ddfe149b0', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-045e-76c0-9a0d-302322b3d01c', '2026-11-28 20:59:49.726938+00', '01a223f5-0453-7597-85d8-2d23cef785ac', 'EVENT_CREATED', 'EVENT', '01a223f5-0459-7577-8ed7-d0b48888e2fe', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-0567-7297-b608-cd981130a673', '2026-11-28 20:59:49.992641+00', '01a223f5-055c-7385-98af-21a69753c447', 'EVENT_CREATED', 'EVENT', '01a223f5-0560-74df-aba2-72de0fb13790', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-05e3-7681-9a35-1843c55454d3', '2026-11-28 20:59:50.115627+00', '01a223f5-05db-7501-8ea3-899190c2be41', 'EVENT_CREATED', 'EVENT', '01a223f5-05df-7180-8f29-39c3b70c91c8', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-074d-730f-8a04-2093741972f1', '2026-11-28 20:59:50.478406+00', '01a223f5-0741-77b3-a994-37b43c4ab483', 'EVENT_CREATED', 'EVENT', '01a223f5-0747-730c-b313-19760292f1fa', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-0777-7789-98bc-cba90b44e819', '2026-11-28 20:59:50.520047+00', '01a223f5-076f-74dd-ae57-d952d814b730', 'EVENT_CREATED', 'EVENT', '01a223f5-0773-76c0-ba91-3d06f711ee4f', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-07a1-729b-a692-b4206362de22', '2026-11-28 20:59:50.561947+00', '01a223f5-0797-76c0-8760-036991a72a0d', 'EVENT_CREATED', 'EVENT', '01a223f5-079d-7041-8ae5-b09a59a97384', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-07b3-73b3-a3e9-0644bf0fcdd3', '2026-11-28 20:59:50.580622+00', '01a223f5-0797-76c0-8760-036991a72a0d', 'EVENT_DELETED', 'EVENT', '01a223f5-079d-7041-8ae5-b09a59a97384', '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}', NULL),
	('01a223f5-08c1-7266-a444-9c75d93e4999', '2026-11-28 20:59:50.84958+00', '01a223f5-08b6-7433-a248-90e32d50d48a', 'EVENT_CREATED', 'EVENT', '01a223f5-08bb-74a2-94ed-c5acb4b96262', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-092f-71cc-9a03-40a19472691b', '2026-11-28 20:59:50.95977+00', '01a223f5-0925-72b3-834e-9df4978ace0f', 'EVENT_CREATED', 'EVENT', '01a223f5-092a-73f2-86b4-efcf1d9e1238', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-886e-7756-bc89-787dff004df0', '2026-11-28 21:00:23.534561+00', '01a223f5-8862-7747-bb27-dfb5a07b0338', 'EVENT_CREATED', 'EVENT', '01a223f5-8865-7132-a5cf-f19b2e32a2ef', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-889f-726a-8ce5-f8e969a964d6', '2026-11-28 21:00:23.583834+00', '01a223f5-8896-7366-80ac-b780feabdde3', 'EVENT_CREATED', 'EVENT', '01a223f5-889a-721b-8340-d0578d49bd69', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-01ec-77b4-be46-c76c65c935ce', '2026-11-28 20:59:49.100786+00', '01a223f5-01e0-70ee-8aea-2fa356526251', 'EVENT_CREATED', 'EVENT', '01a223f5-01e6-7126-80df-82c19817ea33', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-03a6-7216-acbe-7800d3c03c22', '2026-11-28 20:59:49.542811+00', '01a223f5-0392-730e-910f-e857e35bfe76', 'EVENT_CREATED', 'EVENT', '01a223f5-039a-71d1-a656-70e9a524e4ae', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-040a-72ec-b1bd-1b958a41a0e3', '2026-11-28 20:59:49.648573+00', '01a223f5-03d9-77da-bf7d-4a859e3fb5c4', 'API_KEY_REVOKED', 'USER', '01a223f5-03d9-77da-bf7d-4a859e3fb5c4', '{"api_key": "01a223f5-03f4-7372-a957-269f064ef1be"}', NULL),
	('01a223f5-0621-71f4-a8be-7e7189cd6754', '2026-11-28 20:59:50.177941+00', '01a223f5-0618-71ee-96cd-1b53f2845b6a', 'EVENT_CREATED', 'EVENT', '01a223f5-061c-769d-af03-f079e09b06eb', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-069c-75f7-8639-d3d877e4dd4a', '2026-11-28 20:59:50.301415+00', '01a223f5-0692-7299-bca4-c6142502eaaa', 'EVENT_CREATED', 'EVENT', '01a223f5-0698-711a-a7fa-9020509c0915', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-06e5-7067-9333-21de6c604e68', '2026-11-28 20:59:50.374272+00', '01a223f5-06dd-7722-9219-8a90f0f9819d', 'EVENT_CREATED', 'EVENT', '01a223f5-06e1-7637-be31-144fcea5fff7', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-87f7-736d-9ded-f397f060fcc1', '2026-11-28 21:00:23.416302+00', '01a223f5-87e6-71dc-b9e5-fa15979e6569', 'EVENT_CREATED', 'EVENT', '01a223f5-87ee-76cc-a3e9-d576208330ee', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8825-729e-adfa-6474bc459588', '2026-11-28 21:00:23.462133+00', '01a223f5-881f-75d7-9d81-2dc8e3f5e09a', 'EVENT_CREATED', 'EVENT', '01a223f5-8822-72ee-bb20-a6c51704702a', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8884-7736-8f13-3efda035fe2a', '2026-11-28 21:00:23.556689+00', '01a223f5-8862-7747-bb27-dfb5a07b0338', 'DOOR_CHANGED', 'EVENT', '01a223f5-8865-7132-a5cf-f19b2e32a2ef', '{"transfers": true, "attach_tickets": false, "names_minutes_before": 0, "opens_minutes_before": 1440}', '{"transfers": true, "attach_tickets": false, "names_minutes_before": 0, "opens_minutes_before": 60}'),
	('01a223f5-88ad-7624-8138-2fa04c0f0ba5', '2026-11-28 21:00:23.597806+00', '01a223f5-8896-7366-80ac-b780feabdde3', 'DOOR_KEY_RENEWED', 'EVENT', '01a223f5-889a-721b-8340-d0578d49bd69', '{}', '{}'),
	('01a223f5-892c-7692-b7cf-078a05b1ce23', '2026-11-28 21:00:23.729512+00', '01a223f5-8911-776b-9f33-3299e935eaef', 'WEBHOOK_CREATED', 'USER', '01a223f5-8911-776b-9f33-3299e935eaef', NULL, '{"host": "hooks.invalid", "kinds": ["event.published"], "webhook": "01a223f5-892c-7692-b7cf-07895fc971e6", "all_events": false}'),
	('01a223f5-8971-729a-b459-19db0305d9c5', '2026-11-28 21:00:23.794309+00', '01a223f5-896a-72ba-a0d6-f6a8ac4e5952', 'EVENT_CREATED', 'EVENT', '01a223f5-896e-751d-883f-f346d6701e4a', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-89e7-769d-bd84-c993354c7efa', '2026-11-28 21:00:23.913525+00', '01a223f5-89d6-719d-9a5d-3e0d9fe259b3', 'WEBHOOK_CREATED', 'USER', '01a223f5-89d6-719d-9a5d-3e0d9fe259b3', NULL, '{"host": "hooks.invalid", "kinds": ["event.published"], "webhook": "01a223f5-89e7-769d-bd84-c99256342edf", "all_events": false}'),
	('01a223f5-8a43-720b-a28a-0f27aa8fec5a', '2026-11-28 21:00:24.003399+00', '01a223f5-8a3d-77d6-8320-fdc6e1229f80', 'EVENT_CREATED', 'EVENT', '01a223f5-8a3f-7539-86f6-a30518b0d43d', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8bd1-7278-809e-cbab591c6c78', '2026-11-28 21:00:24.403279+00', '01a223f5-8bb3-719b-9aec-b4717539ab06', 'USER_PASSWORD_RESET', 'USER', '01a223f5-8bc7-7197-b574-4a16cfe1e9a8', NULL, NULL),
	('01a223f5-8c35-70f8-a7ae-f2151a0c73df', '2026-11-28 21:00:24.501744+00', '01a223f5-8c2f-714b-8207-f7f88fab49c2', 'EVENT_CREATED', 'EVENT', '01a223f5-8c31-734f-9aa3-5d674232e962', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-01f2-7605-a704-4441a33957d8', '2026-11-28 20:59:49.107754+00', '01a223f5-01e0-70ee-8aea-2fa356526251', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-01e6-7126-80df-82c19817ea33', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0221-7386-b3db-93c7023a5ced', '2026-11-28 20:59:49.155761+00', '01a223f5-0210-71cf-afe8-d4083cb3b4be', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-0217-72a9-a574-fe7057310828', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-031c-70d7-beb8-07705be84099', '2026-11-28 20:59:49.419885+00', '01a223f5-0234-74cf-9a41-ea9289597b55', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-0239-730b-b479-19a5208f04b4', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-03ae-7479-b075-e85cb296e4d5', '2026-11-28 20:59:49.552758+00', '01a223f5-0392-730e-910f-e857e35bfe76', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-039a-71d1-a656-70e9a524e4ae', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-03ef-7126-aa39-233344d187f4', '2026-11-28 20:59:49.617472+00', '01a223f5-03d9-77da-bf7d-4a859e3fb5c4', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-03df-75aa-80c1-849ddfe149b0', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0429-75d1-9976-3fc19b872311', '2026-11-28 20:59:49.675398+00', '01a223f5-0416-70d3-adc6-532126a68ed1', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-041a-73b8-af54-085c66686b4c', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0464-71c0-97c2-120418c79d15', '2026-11-28 20:59:49.734735+00', '01a223f5-0453-7597-85d8-2d23cef785ac', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-0459-7577-8ed7-d0b48888e2fe', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0491-7231-abf5-72f4731b622a', '2026-11-28 20:59:49.779819+00', '01a223f5-047e-7039-9b3b-31d75197d595', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-0486-766b-a1bb-10c06d75790a', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-04b6-7396-a815-263606218799', '2026-11-28 20:59:49.816191+00', '01a223f5-04a6-743d-ab2b-888e3aa09fdf', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-04ab-778c-8436-ac9fb0cd9870', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-04ee-755c-bfe7-1d8355eb777c', '2026-11-28 20:59:49.872246+00', '01a223f5-04db-737e-9163-283dbbcbe470', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-04df-76d1-bb42-29b62413bda7', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0529-719a-806b-41b6d320d4e8', '2026-11-28 20:59:49.931559+00', '01a223f5-0508-7391-b162-4039d435a9a4', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-050f-75f6-89ad-9f8ed4922353', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-053a-70e4-8d2f-73c53c4b5842', '2026-11-28 20:59:49.949278+00', '01a223f5-0508-7391-b162-4039d435a9a4', 'EVENT_EDITED', 'EVENT', '01a223f5-050f-75f6-89ad-9f8ed4922353', '{"prices": [{"code": null, "name": "Admission", "limit": null, "amount": 0, "number": 1, "opens_at": null, "closes_at": null, "is_closed": false, "ticket_type": 1}]}', '{"prices": [{"code": "MEMBERS", "name": "Admission", "limit": null, "amount": 0, "number": 1, "opens_at": null, "closes_at": null, "is_closed": false, "ticket_type": 1}]}'),
	('01a223f5-056c-74cf-8432-2bcf7762f0a8', '2026-11-28 20:59:49.998159+00', '01a223f5-055c-7385-98af-21a69753c447', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-0560-74df-aba2-72de0fb13790', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-05ae-708e-9b02-dfb7aaa0b430', '2026-11-28 20:59:50.065457+00', '01a223f5-0599-76c4-9c87-391c56bcd1a6', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-059f-7133-aa1f-ab2ae83b5ed8', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-05e8-75b3-8d3a-5e49b2b445a3', '2026-11-28 20:59:50.121848+00', '01a223f5-05db-7501-8ea3-899190c2be41', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-05df-7180-8f29-39c3b70c91c8', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0627-7285-bcdb-a4de36ece081', '2026-11-28 20:59:50.185333+00', '01a223f5-0618-71ee-96cd-1b53f2845b6a', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-061c-769d-af03-f079e09b06eb', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0669-70de-bc6e-9331de20a2fa', '2026-11-28 20:59:50.2511+00', '01a223f5-0659-7494-ab2b-98581d547427', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-065d-71c7-a77f-e8947afa4a6b', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-06a2-7265-bdee-91f65d0c2a9e', '2026-11-28 20:59:50.308327+00', '01a223f5-0692-7299-bca4-c6142502eaaa', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-0698-711a-a7fa-9020509c0915', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-06c8-72a6-b573-e964154f0ede', '2026-11-28 20:59:50.346819+00', '01a223f5-06b9-7757-b317-68b28f2efed9', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-06bc-767c-85ae-d03721058a00', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-06ea-7774-935e-15fbe5940113', '2026-11-28 20:59:50.381258+00', '01a223f5-06dd-7722-9219-8a90f0f9819d', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-06e1-7637-be31-144fcea5fff7', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0754-7589-9216-2116fda5414b', '2026-11-28 20:59:50.486308+00', '01a223f5-0741-77b3-a994-37b43c4ab483', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-0747-730c-b313-19760292f1fa', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-077c-7082-8e6d-785b1b0d5f83', '2026-11-28 20:59:50.53002+00', '01a223f5-076f-74dd-ae57-d952d814b730', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-0773-76c0-ba91-3d06f711ee4f', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-078e-70ac-bd2f-e3d407c3b514', '2026-11-28 20:59:50.544311+00', '01a223f5-076f-74dd-ae57-d952d814b730', 'EVENT_EDITED', 'EVENT', '01a223f5-0773-76c0-ba91-3d06f711ee4f', '{"capacity": 5}', '{"capacity": 6}'),
	('01a223f5-07d1-708e-b7e1-8908b330061c', '2026-11-28 20:59:50.611457+00', '01a223f5-07c0-702d-a96c-46d2b1ee5dec', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-07c6-77a0-b5cf-d3a0ca9e5d93', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-07f9-72bb-a72f-3da4cf1aae6f', '2026-11-28 20:59:50.651608+00', '01a223f5-07e8-7382-8359-853d552536d8', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-07ee-7167-8926-24d01bd63356', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0808-7119-86d7-737f665fbf0b', '2026-11-28 20:59:50.666355+00', '01a223f5-07e8-7382-8359-853d552536d8', 'EVENT_CANCELLED', 'EVENT', '01a223f5-07ee-7167-8926-24d01bd63356', '{"status": "PUBLISHED"}', '{"status": "CANCELLED"}'),
	('01a223f5-0823-70e1-8ca5-8bf70b6a9dc0', '2026-11-28 20:59:50.693642+00', '01a223f5-0811-72ea-91b9-6c5a4df02715', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-0817-72c1-9d7a-014ac5785069', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0849-7299-b0e6-f76d8d34c180', '2026-11-28 20:59:50.731826+00', '01a223f5-083a-763d-9109-7172ae8dd385', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-083e-75ff-8c6c-2fffb6dda2c2', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0874-7734-ae8a-6aaba5f78a24', '2026-11-28 20:59:50.775017+00', '01a223f5-0865-7387-b27e-4172a06ecce9', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-086a-753d-85c6-a5cf0573df0f', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0895-74b8-8dc2-13181ee7f9f2', '2026-11-28 20:59:50.807021+00', '01a223f5-0889-74de-b181-9d0b4c4caf18', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-088c-770a-a959-99a810a5d795', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}');
INSERT INTO public.audit_log VALUES
	('01a223f5-08ac-76af-a128-579d9ea11eeb', '2026-11-28 20:59:50.829845+00', '01a223f5-0889-74de-b181-9d0b4c4caf18', 'REGISTRATION_REMOVED', 'EVENT', '01a223f5-088c-770a-a959-99a810a5d795', '{}', '{"user_id": "01a223f5-0889-74de-b181-9d0b4c4caf18", "may_book_again": false, "registration_id": "01a223f5-0899-768f-9f2e-03abd94f06de"}'),
	('01a223f5-08c6-7256-931a-822362d7a927', '2026-11-28 20:59:50.856873+00', '01a223f5-08b6-7433-a248-90e32d50d48a', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-08bb-74a2-94ed-c5acb4b96262', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-08f1-72f2-9624-225fa780a9b1', '2026-11-28 20:59:50.899199+00', '01a223f5-08e2-745f-92bd-0944781451da', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-08e7-737f-89e7-12694fbaad6f', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-08fa-76e1-8ed7-d634db68aafb', '2026-11-28 20:59:50.908973+00', '01a223f5-08e2-745f-92bd-0944781451da', 'EVENT_EDITED', 'EVENT', '01a223f5-08e7-737f-89e7-12694fbaad6f', '{"prices": [{"code": null, "name": "Admission", "limit": null, "amount": 0, "number": 1, "opens_at": null, "closes_at": null, "is_closed": false, "ticket_type": 1}], "currency": null}', '{"prices": [{"code": null, "name": "Admission", "limit": null, "amount": 500, "number": 1, "opens_at": null, "closes_at": null, "is_closed": false, "ticket_type": 1}], "currency": "EUR"}'),
	('01a223f5-0934-7629-99a1-6985bf4a1db1', '2026-11-28 20:59:50.966085+00', '01a223f5-0925-72b3-834e-9df4978ace0f', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-092a-73f2-86b4-efcf1d9e1238', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8791-75a0-b19c-857621521d16', '2026-11-28 21:00:23.342111+00', '01a223f5-875c-710c-8aff-ea3fedba3ebc', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8766-72f3-a192-5f631f13237d', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-87ff-730b-9f98-e95a441a8d82', '2026-11-28 21:00:23.425458+00', '01a223f5-87e6-71dc-b9e5-fa15979e6569', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-87ee-76cc-a3e9-d576208330ee', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8829-71c2-8b0d-df6a050d344a', '2026-11-28 21:00:23.467233+00', '01a223f5-881f-75d7-9d81-2dc8e3f5e09a', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8822-72ee-bb20-a6c51704702a', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8873-71b5-84ef-6a262908d9df', '2026-11-28 21:00:23.540701+00', '01a223f5-8862-7747-bb27-dfb5a07b0338', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8865-7132-a5cf-f19b2e32a2ef', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-88a3-7166-99b5-e67761bf777c', '2026-11-28 21:00:23.588346+00', '01a223f5-8896-7366-80ac-b780feabdde3', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-889a-721b-8340-d0578d49bd69', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-88be-7056-99a6-1c46bf271f70', '2026-11-28 21:00:23.615747+00', '01a223f5-88b4-719a-a8fa-7a723fd946a5', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-88b7-71da-9d41-4794e4b4ece2', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-88f3-72a3-b683-b5efcc1b961c', '2026-11-28 21:00:23.668381+00', '01a223f5-88e2-70c2-8ba0-a340c463617c', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-88e6-71b0-94c5-0a304ad92248', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-891b-77e0-8961-25ba39a718c0', '2026-11-28 21:00:23.708906+00', '01a223f5-8911-776b-9f33-3299e935eaef', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8914-70c0-9cf3-f30dbba3dcc0', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8941-75d0-8457-9296a4c9a721', '2026-11-28 21:00:23.747223+00', '01a223f5-8937-74a1-be5f-26a1a59181b7', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-893b-7517-b9b3-a56c474ee366', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-0202-7646-a270-b2a245976673', '2026-11-28 20:59:49.129665+00', '01a223f5-01fa-751a-95ef-3ee0c2a928bd', 'USER_INVITED', 'USER', '01a223f5-0205-750a-9b80-fbe0d4859113', NULL, NULL),
	('01a223f5-0423-7771-98d2-c08e006717dc', '2026-11-28 20:59:49.667474+00', '01a223f5-0416-70d3-adc6-532126a68ed1', 'EVENT_CREATED', 'EVENT', '01a223f5-041a-73b8-af54-085c66686b4c', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-04b0-7255-a9b7-3aa040d719b0', '2026-11-28 20:59:49.809254+00', '01a223f5-04a6-743d-ab2b-888e3aa09fdf', 'EVENT_CREATED', 'EVENT', '01a223f5-04ab-778c-8436-ac9fb0cd9870', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-04e8-7717-8253-e2e839764a09', '2026-11-28 20:59:49.865023+00', '01a223f5-04db-737e-9163-283dbbcbe470', 'EVENT_CREATED', 'EVENT', '01a223f5-04df-76d1-bb42-29b62413bda7', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-0663-71ab-be9f-8ab142801d27', '2026-11-28 20:59:50.243607+00', '01a223f5-0659-7494-ab2b-98581d547427', 'EVENT_CREATED', 'EVENT', '01a223f5-065d-71c7-a77f-e8947afa4a6b', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-06c2-736d-a574-681fcf2fce01', '2026-11-28 20:59:50.338752+00', '01a223f5-06b9-7757-b317-68b28f2efed9', 'EVENT_CREATED', 'EVENT', '01a223f5-06bc-767c-85ae-d03721058a00', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-06f2-720f-98ac-8c208100e8ba', '2026-11-28 20:59:50.38735+00', '01a223f5-06dd-7722-9219-8a90f0f9819d', 'DOOR_CHANGED', 'EVENT', '01a223f5-06e1-7637-be31-144fcea5fff7', '{"transfers": true, "attach_tickets": false, "names_minutes_before": 0, "opens_minutes_before": 1440}', '{"transfers": true, "attach_tickets": false, "names_minutes_before": 0, "opens_minutes_before": null}'),
	('01a223f5-07cb-768d-b85d-a5a9eeae8f17', '2026-11-28 20:59:50.603574+00', '01a223f5-07c0-702d-a96c-46d2b1ee5dec', 'EVENT_CREATED', 'EVENT', '01a223f5-07c6-77a0-b5cf-d3a0ca9e5d93', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-07f3-73aa-b84b-8579e865b48a', '2026-11-28 20:59:50.644107+00', '01a223f5-07e8-7382-8359-853d552536d8', 'EVENT_CREATED', 'EVENT', '01a223f5-07ee-7167-8926-24d01bd63356', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-081d-701c-b431-75fa38b34b45', '2026-11-28 20:59:50.686212+00', '01a223f5-0811-72ea-91b9-6c5a4df02715', 'EVENT_CREATED', 'EVENT', '01a223f5-0817-72c1-9d7a-014ac5785069', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-0843-7513-94d8-e59931d58e07', '2026-11-28 20:59:50.724033+00', '01a223f5-083a-763d-9109-7172ae8dd385', 'EVENT_CREATED', 'EVENT', '01a223f5-083e-75ff-8c6c-2fffb6dda2c2', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-085f-75e9-bf61-a187a0c7da3c', '2026-11-28 20:59:50.752161+00', '01a223f5-083a-763d-9109-7172ae8dd385', 'EVENT_PICTURE_CHANGED', 'EVENT', '01a223f5-083e-75ff-8c6c-2fffb6dda2c2', '{"picture": null}', '{"picture": "01a223f5-085d-72a3-8b51-8133115e1703"}'),
	('01a223f5-88ed-727a-bf02-55a9cb2efd6e', '2026-11-28 21:00:23.662065+00', '01a223f5-88e2-70c2-8ba0-a340c463617c', 'EVENT_CREATED', 'EVENT', '01a223f5-88e6-71b0-94c5-0a304ad92248', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8947-73c4-8f15-7e48c95b9f28', '2026-11-28 21:00:23.755133+00', '01a223f5-8937-74a1-be5f-26a1a59181b7', 'WEBHOOK_CREATED', 'USER', '01a223f5-8937-74a1-be5f-26a1a59181b7', NULL, '{"host": "hooks.invalid", "kinds": ["event.published"], "webhook": "01a223f5-8947-73c4-8f15-7e472b5f236b", "all_events": false}'),
	('01a223f5-89b2-74be-a284-fa70fa857471', '2026-11-28 21:00:23.85846+00', '01a223f5-89ac-70f6-b968-aed5c584baa5', 'EVENT_CREATED', 'EVENT', '01a223f5-89ae-76bc-9802-82aa32e58caf', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8a08-705b-bf9a-572fece4466b', '2026-11-28 21:00:23.947184+00', '01a223f5-89fa-75e8-b3e0-615b52ad9d18', 'WEBHOOK_CREATED', 'USER', '01a223f5-89fa-75e8-b3e0-615b52ad9d18', NULL, '{"host": "hooks.invalid", "kinds": ["event.published"], "webhook": "01a223f5-8a08-705b-bf9a-572e496aab3e", "all_events": false}'),
	('01a223f5-88ba-7558-a2a2-333e30da3c8e', '2026-11-28 21:00:23.611168+00', '01a223f5-88b4-719a-a8fa-7a723fd946a5', 'EVENT_CREATED', 'EVENT', '01a223f5-88b7-71da-9d41-4794e4b4ece2', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8902-7530-88e8-8ee5e798eae0', '2026-11-28 21:00:23.682562+00', '01a223f5-88e2-70c2-8ba0-a340c463617c', 'DOOR_STAFF_ADDED', 'EVENT', '01a223f5-88e6-71b0-94c5-0a304ad92248', NULL, '{"user": "01a223f5-88f9-75c6-ba14-adf794c17484"}'),
	('01a223f5-8918-77ac-bd46-bab4d33d1ea8', '2026-11-28 21:00:23.704417+00', '01a223f5-8911-776b-9f33-3299e935eaef', 'EVENT_CREATED', 'EVENT', '01a223f5-8914-70c0-9cf3-f30dbba3dcc0', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-89bb-7428-bb2a-fd7e2f35e42b', '2026-11-28 21:00:23.870977+00', '01a223f5-89ac-70f6-b968-aed5c584baa5', 'WEBHOOK_CREATED', 'USER', '01a223f5-89ac-70f6-b968-aed5c584baa5', NULL, '{"host": "hooks.invalid", "kinds": ["event.published"], "webhook": "01a223f5-89bb-7428-bb2a-fd7d26157132", "all_events": false}'),
	('01a223f5-89cc-72c0-948d-62e7fdd14cb3', '2026-11-28 21:00:23.88793+00', '01a223f5-89ac-70f6-b968-aed5c584baa5', 'WEBHOOK_SECRET_CHANGED', 'USER', '01a223f5-89ac-70f6-b968-aed5c584baa5', '{}', '{"host": "hooks.invalid", "webhook": "01a223f5-89bb-7428-bb2a-fd7d26157132"}'),
	('01a223f5-8a00-75cd-833d-872afb0e2c96', '2026-11-28 21:00:23.936673+00', '01a223f5-89fa-75e8-b3e0-615b52ad9d18', 'EVENT_CREATED', 'EVENT', '01a223f5-89fd-72e9-8a6a-95f84a3a078d', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8bad-75a1-bd64-3e1fffdf0b0c', '2026-11-28 21:00:24.365683+00', '01a223f5-8b7c-74bc-b76d-3f97c2f8ab92', 'USER_ROLE_CHANGED', 'USER', '01a223f5-8b9e-7525-ab0f-c36d095476f7', '{"role": "AUDIENCE"}', '{"role": "ORGANIZER"}'),
	('01a223f5-8be5-72ac-b3c0-a421b1cc3ca9', '2026-11-28 21:00:24.421891+00', '01a223f5-8bdf-727e-b8c2-fa2d663b4c2f', 'EVENT_CREATED', 'EVENT', '01a223f5-8be2-70fe-b7de-30bf0febad01', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8976-76e1-9b8e-a1349f145c6f', '2026-11-28 21:00:23.800147+00', '01a223f5-896a-72ba-a0d6-f6a8ac4e5952', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-896e-751d-883f-f346d6701e4a', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-89b5-77d0-9392-65c8c7b95a39', '2026-11-28 21:00:23.863868+00', '01a223f5-89ac-70f6-b968-aed5c584baa5', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-89ae-76bc-9802-82aa32e58caf', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-89e1-7598-af18-fab7bcf87f22', '2026-11-28 21:00:23.90706+00', '01a223f5-89d6-719d-9a5d-3e0d9fe259b3', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-89da-74fe-b4dd-ab81139fa85d', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8a03-7620-bfc6-df92a54897ae', '2026-11-28 21:00:23.941155+00', '01a223f5-89fa-75e8-b3e0-615b52ad9d18', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-89fd-72e9-8a6a-95f84a3a078d', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8a46-74b8-b61e-6b269753fdf7', '2026-11-28 21:00:24.007942+00', '01a223f5-8a3d-77d6-8320-fdc6e1229f80', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8a3f-7539-86f6-a30518b0d43d', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8a5d-74fa-9ed4-86db36d82b0a', '2026-11-28 21:00:24.030394+00', '01a223f5-8a38-7202-92e0-3f3b3aec6e2d', 'SIMULATION_BEGUN', 'EVENT', '01a223f5-8a3f-7539-86f6-a30518b0d43d', '{"under_test": false}', '{"under_test": true}'),
	('01a223f5-8ad2-77e9-9dc0-064b37b346de', '2026-11-28 21:00:24.147852+00', '01a223f5-8ac7-7189-84bf-3a9685f4a56d', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8acb-7431-b798-8dea6a556fbd', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8ae1-75fd-a9a0-741d07f55fe9', '2026-11-28 21:00:24.162256+00', '01a223f5-8ad9-7640-8f8a-e7b73aae26ae', 'SIMULATION_BEGUN', 'EVENT', '01a223f5-8acb-7431-b798-8dea6a556fbd', '{"under_test": false}', '{"under_test": true}'),
	('01a223f5-8b12-71fc-8480-98bc118bac01', '2026-11-28 21:00:24.212599+00', '01a223f5-8ac2-754a-9b35-197441233053', 'SIMULATION_UNDONE', 'EVENT', '01a223f5-8acb-7431-b798-8dea6a556fbd', '{"under_test": true}', '{"under_test": false}'),
	('01a223f5-8b34-7000-8d65-332d6ff83a5b', '2026-11-28 21:00:24.245828+00', '01a223f5-8b2a-74fb-a2b6-27dadd36a9b0', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8b2d-711f-ab83-8101d1f3f2b6', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8b43-74c7-949a-601bac23e6db', '2026-11-28 21:00:24.259798+00', '01a223f5-8b3b-734f-a141-82d225a47d93', 'SIMULATION_BEGUN', 'EVENT', '01a223f5-8b2d-711f-ab83-8101d1f3f2b6', '{"under_test": false}', '{"under_test": true}'),
	('01a223f5-8b96-7349-bb01-da066d15f77e', '2026-11-28 21:00:24.344405+00', '01a223f5-8b82-7500-9388-dc049d4dbb8f', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8b88-74c6-8857-a9b35e426a50', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8bc1-72a0-8c5f-54333ff3087d', '2026-11-28 21:00:24.38697+00', '01a223f5-8bb8-7074-a975-da8af8725235', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8bbb-712c-b52b-50d28d998fc6', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8be9-7116-a943-a1b00e390fef', '2026-11-28 21:00:24.42663+00', '01a223f5-8bdf-727e-b8c2-fa2d663b4c2f', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8be2-70fe-b7de-30bf0febad01', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8c08-7146-889e-fa8825174fec', '2026-11-28 21:00:24.457809+00', '01a223f5-8bff-758b-8762-cf2022ff6f1d', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8c02-7648-947e-6387ce451ee2', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8c38-77ef-a63f-1edb3db1071b', '2026-11-28 21:00:24.506116+00', '01a223f5-8c2f-714b-8207-f7f88fab49c2', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8c31-734f-9aa3-5d674232e962', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-8ee2-739a-bb85-22d890f01874', '2026-11-28 21:00:25.187707+00', '01a223f5-8ed7-74d0-a66c-9cbfd8568f78', 'EVENT_PUBLISHED', 'EVENT', '01a223f5-8edb-74f0-94db-62acc52e0403', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223f5-89dd-73c9-b426-59a20492eb0a', '2026-11-28 21:00:23.901627+00', '01a223f5-89d6-719d-9a5d-3e0d9fe259b3', 'EVENT_CREATED', 'EVENT', '01a223f5-89da-74fe-b4dd-ab81139fa85d', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8ace-721a-9129-81316c6a7906', '2026-11-28 21:00:24.14283+00', '01a223f5-8ac7-7189-84bf-3a9685f4a56d', 'EVENT_CREATED', 'EVENT', '01a223f5-8acb-7431-b798-8dea6a556fbd', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8b30-706c-8d7a-3f76818bd2b4', '2026-11-28 21:00:24.240974+00', '01a223f5-8b2a-74fb-a2b6-27dadd36a9b0', 'EVENT_CREATED', 'EVENT', '01a223f5-8b2d-711f-ab83-8101d1f3f2b6', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8bbe-7157-9fab-f80b1d147785', '2026-11-28 21:00:24.382509+00', '01a223f5-8bb8-7074-a975-da8af8725235', 'EVENT_CREATED', 'EVENT', '01a223f5-8bbb-712c-b52b-50d28d998fc6', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8b91-7233-9733-c11bab1ad5e6', '2026-11-28 21:00:24.338472+00', '01a223f5-8b82-7500-9388-dc049d4dbb8f', 'EVENT_CREATED', 'EVENT', '01a223f5-8b88-74c6-8857-a9b35e426a50', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8c05-708a-be81-981c0a25780e', '2026-11-28 21:00:24.453327+00', '01a223f5-8bff-758b-8762-cf2022ff6f1d', 'EVENT_CREATED', 'EVENT', '01a223f5-8c02-7648-947e-6387ce451ee2', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 5, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}'),
	('01a223f5-8ede-77e6-b749-1c63b282ca75', '2026-11-28 21:00:25.182769+00', '01a223f5-8ed7-74d0-a66c-9cbfd8568f78', 'EVENT_CREATED', 'EVENT', '01a223f5-8edb-74f0-94db-62acc52e0403', NULL, '{"title": "A concert", "status": "DRAFT", "ends_at": "2090-03-01T22:00:00Z", "capacity": 2, "currency": null, "location": "A hall", "starts_at": "2090-03-01T19:00:00Z", "time_zone": "UTC", "under_test": false, "description": "", "cancel_until": null, "hold_minutes": null, "refund_until": null, "grace_minutes": 0, "sales_open_at": null, "sales_close_at": null, "line_hold_minutes": 1440, "payment_instructions": "", "verified_buyers_only": false, "line_patience_minutes": 1440}');


--
-- Data for Name: check_ins; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.check_ins VALUES
	('01a223f5-06e1-7637-be31-144fcea5fff7', '01a223f5-070d-7655-908e-e57f6819c75c', '01a223f5-06ff-74aa-87e6-ed4a06182e1d', 1, 'North', 'Phone 1', '2026-11-28 20:59:50.412603+00', '2026-11-28 20:59:50.433626+00', '01a223f5-06dd-7722-9219-8a90f0f9819d', NULL, '2026-11-28 20:59:50.456811+00', '01a223f5-06dd-7722-9219-8a90f0f9819d', 'Scanned by mistake');


--
-- Data for Name: door_staff; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.door_staff VALUES
	('01a223f5-88b7-71da-9d41-4794e4b4ece2', '01a223f5-88b4-719a-a8fa-7a723fd946a5', '2026-11-28 21:00:23.642624+00');


--
-- Data for Name: event_decisions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_decisions VALUES
	('01a223f4-fd26-7374-9df1-a0995b7fc735', 1, 'CREATED', 5, '2026-11-28 20:59:47.88336+00', 1, NULL, NULL, NULL),
	('01a223f4-fd26-7374-9df1-a0995b7fc735', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:48.184836+00', NULL, NULL, NULL, NULL),
	('01a223f4-fe87-7729-a331-50b27c5fdb0d', 1, 'CREATED', 5, '2026-11-28 20:59:48.234556+00', 1, NULL, NULL, NULL),
	('01a223f4-fe87-7729-a331-50b27c5fdb0d', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:48.245182+00', NULL, NULL, NULL, NULL),
	('01a223f4-fea8-7775-9070-6662d9d70163', 1, 'CREATED', 5, '2026-11-28 20:59:48.266159+00', 1, NULL, NULL, NULL),
	('01a223f4-fea8-7775-9070-6662d9d70163', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:48.277403+00', NULL, NULL, NULL, NULL),
	('01a223f4-fedf-74a9-9871-b53512786efc', 1, 'CREATED', 5, '2026-11-28 20:59:48.322102+00', 1, NULL, NULL, NULL),
	('01a223f4-fedf-74a9-9871-b53512786efc', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:48.333878+00', NULL, NULL, NULL, NULL),
	('01a223f4-ff17-77b2-926e-9dc276648884', 1, 'CREATED', 5, '2026-11-28 20:59:48.377321+00', 1, NULL, NULL, NULL),
	('01a223f4-ff17-77b2-926e-9dc276648884', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:48.387403+00', NULL, NULL, NULL, NULL),
	('01a223f4-ff4b-7117-a6ad-afcafa07b7bc', 1, 'CREATED', 5, '2026-11-28 20:59:48.430251+00', 1, NULL, NULL, NULL),
	('01a223f4-ff4b-7117-a6ad-afcafa07b7bc', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:48.440821+00', NULL, NULL, NULL, NULL),
	('01a223f4-ff75-76ab-bdf4-2e48c0647607', 1, 'CREATED', 5, '2026-11-28 20:59:48.471092+00', 1, NULL, NULL, NULL),
	('01a223f4-ff75-76ab-bdf4-2e48c0647607', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:48.481098+00', NULL, NULL, NULL, NULL),
	('01a223f4-ff9e-71f6-9fce-e3347edf7f02', 1, 'CREATED', 5, '2026-11-28 20:59:48.511691+00', 1, NULL, NULL, NULL),
	('01a223f4-ff9e-71f6-9fce-e3347edf7f02', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:48.521566+00', NULL, NULL, NULL, NULL),
	('01a223f4-ffd0-763c-9d00-8a0c0007cd93', 1, 'CREATED', 5, '2026-11-28 20:59:48.562785+00', 1, NULL, NULL, NULL),
	('01a223f4-ffd0-763c-9d00-8a0c0007cd93', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:48.572228+00', NULL, NULL, NULL, NULL),
	('01a223f4-fff8-708a-858f-12e05c8f4399', 1, 'CREATED', 5, '2026-11-28 20:59:48.602141+00', 1, NULL, NULL, NULL),
	('01a223f4-fff8-708a-858f-12e05c8f4399', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:48.611807+00', NULL, NULL, NULL, NULL),
	('01a223f5-01af-7185-8001-41348d39d786', 1, 'CREATED', 5, '2026-11-28 20:59:49.042027+00', 1, NULL, NULL, NULL),
	('01a223f5-01af-7185-8001-41348d39d786', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.052931+00', NULL, NULL, NULL, NULL),
	('01a223f5-01e6-7126-80df-82c19817ea33', 1, 'CREATED', 5, '2026-11-28 20:59:49.097203+00', 1, NULL, NULL, NULL),
	('01a223f5-01e6-7126-80df-82c19817ea33', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.106556+00', NULL, NULL, NULL, NULL),
	('01a223f5-0217-72a9-a574-fe7057310828', 1, 'CREATED', 5, '2026-11-28 20:59:49.144866+00', 1, NULL, NULL, NULL),
	('01a223f5-0217-72a9-a574-fe7057310828', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.154078+00', NULL, NULL, NULL, NULL),
	('01a223f5-0239-730b-b479-19a5208f04b4', 1, 'CREATED', 5, '2026-11-28 20:59:49.179288+00', 1, NULL, NULL, NULL),
	('01a223f5-0239-730b-b479-19a5208f04b4', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.413235+00', NULL, NULL, NULL, NULL),
	('01a223f5-039a-71d1-a656-70e9a524e4ae', 1, 'CREATED', 5, '2026-11-28 20:59:49.536717+00', 1, NULL, NULL, NULL),
	('01a223f5-039a-71d1-a656-70e9a524e4ae', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.550905+00', NULL, NULL, NULL, NULL),
	('01a223f5-03df-75aa-80c1-849ddfe149b0', 1, 'CREATED', 5, '2026-11-28 20:59:49.602301+00', 1, NULL, NULL, NULL),
	('01a223f5-03df-75aa-80c1-849ddfe149b0', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.615837+00', NULL, NULL, NULL, NULL),
	('01a223f5-041a-73b8-af54-085c66686b4c', 1, 'CREATED', 5, '2026-11-28 20:59:49.662163+00', 1, NULL, NULL, NULL),
	('01a223f5-041a-73b8-af54-085c66686b4c', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.674131+00', NULL, NULL, NULL, NULL),
	('01a223f5-0459-7577-8ed7-d0b48888e2fe', 1, 'CREATED', 5, '2026-11-28 20:59:49.723272+00', 1, NULL, NULL, NULL),
	('01a223f5-0459-7577-8ed7-d0b48888e2fe', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.733261+00', NULL, NULL, NULL, NULL),
	('01a223f5-0486-766b-a1bb-10c06d75790a', 1, 'CREATED', 5, '2026-11-28 20:59:49.768354+00', 1, NULL, NULL, NULL),
	('01a223f5-0486-766b-a1bb-10c06d75790a', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.778194+00', NULL, NULL, NULL, NULL),
	('01a223f5-04ab-778c-8436-ac9fb0cd9870', 1, 'CREATED', 5, '2026-11-28 20:59:49.8057+00', 1, NULL, NULL, NULL),
	('01a223f5-04ab-778c-8436-ac9fb0cd9870', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.815025+00', NULL, NULL, NULL, NULL),
	('01a223f5-04df-76d1-bb42-29b62413bda7', 1, 'CREATED', 5, '2026-11-28 20:59:49.861322+00', 1, NULL, NULL, NULL),
	('01a223f5-04df-76d1-bb42-29b62413bda7', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.871018+00', NULL, NULL, NULL, NULL),
	('01a223f5-050f-75f6-89ad-9f8ed4922353', 1, 'CREATED', 5, '2026-11-28 20:59:49.90721+00', 1, NULL, NULL, NULL),
	('01a223f5-050f-75f6-89ad-9f8ed4922353', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.929663+00', NULL, NULL, NULL, NULL),
	('01a223f5-0560-74df-aba2-72de0fb13790', 1, 'CREATED', 5, '2026-11-28 20:59:49.987688+00', 1, NULL, NULL, NULL),
	('01a223f5-0560-74df-aba2-72de0fb13790', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:49.997071+00', NULL, NULL, NULL, NULL),
	('01a223f5-059f-7133-aa1f-ab2ae83b5ed8', 1, 'CREATED', 5, '2026-11-28 20:59:50.04973+00', 1, NULL, NULL, NULL),
	('01a223f5-059f-7133-aa1f-ab2ae83b5ed8', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.06347+00', NULL, NULL, NULL, NULL),
	('01a223f5-05df-7180-8f29-39c3b70c91c8', 1, 'CREATED', 5, '2026-11-28 20:59:50.113363+00', 1, NULL, NULL, NULL),
	('01a223f5-05df-7180-8f29-39c3b70c91c8', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.120789+00', NULL, NULL, NULL, NULL),
	('01a223f5-061c-769d-af03-f079e09b06eb', 1, 'CREATED', 5, '2026-11-28 20:59:50.174377+00', 1, NULL, NULL, NULL),
	('01a223f5-061c-769d-af03-f079e09b06eb', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.18355+00', NULL, NULL, NULL, NULL),
	('01a223f5-065d-71c7-a77f-e8947afa4a6b', 1, 'CREATED', 5, '2026-11-28 20:59:50.239607+00', 1, NULL, NULL, NULL),
	('01a223f5-065d-71c7-a77f-e8947afa4a6b', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.249495+00', NULL, NULL, NULL, NULL),
	('01a223f5-0698-711a-a7fa-9020509c0915', 1, 'CREATED', 5, '2026-11-28 20:59:50.298234+00', 1, NULL, NULL, NULL),
	('01a223f5-0698-711a-a7fa-9020509c0915', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.306682+00', NULL, NULL, NULL, NULL),
	('01a223f5-06bc-767c-85ae-d03721058a00', 1, 'CREATED', 5, '2026-11-28 20:59:50.335661+00', 1, NULL, NULL, NULL),
	('01a223f5-06bc-767c-85ae-d03721058a00', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.344862+00', NULL, NULL, NULL, NULL),
	('01a223f5-06e1-7637-be31-144fcea5fff7', 1, 'CREATED', 5, '2026-11-28 20:59:50.371481+00', 1, NULL, NULL, NULL),
	('01a223f5-06e1-7637-be31-144fcea5fff7', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.379265+00', NULL, NULL, NULL, NULL),
	('01a223f5-0747-730c-b313-19760292f1fa', 1, 'CREATED', 5, '2026-11-28 20:59:50.474478+00', 1, NULL, NULL, NULL),
	('01a223f5-0747-730c-b313-19760292f1fa', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.485027+00', NULL, NULL, NULL, NULL),
	('01a223f5-0762-73b9-bef2-541ecb07bd12', 1, 'CREATED', 5, '2026-11-28 20:59:50.500525+00', 1, NULL, NULL, NULL),
	('01a223f5-0773-76c0-ba91-3d06f711ee4f', 1, 'CREATED', 5, '2026-11-28 20:59:50.517392+00', 1, NULL, NULL, NULL),
	('01a223f5-0773-76c0-ba91-3d06f711ee4f', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.525245+00', NULL, NULL, NULL, NULL),
	('01a223f5-0773-76c0-ba91-3d06f711ee4f', 3, 'CAPACITY', 6, '2026-11-28 20:59:50.543109+00', 1, NULL, NULL, NULL),
	('01a223f5-07c6-77a0-b5cf-d3a0ca9e5d93', 1, 'CREATED', 5, '2026-11-28 20:59:50.600213+00', 1, NULL, NULL, NULL),
	('01a223f5-07c6-77a0-b5cf-d3a0ca9e5d93', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.609996+00', NULL, NULL, NULL, NULL),
	('01a223f5-07ee-7167-8926-24d01bd63356', 1, 'CREATED', 5, '2026-11-28 20:59:50.640189+00', 1, NULL, NULL, NULL),
	('01a223f5-07ee-7167-8926-24d01bd63356', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.650373+00', NULL, NULL, NULL, NULL),
	('01a223f5-07ee-7167-8926-24d01bd63356', 3, 'CANCELLED', NULL, '2026-11-28 20:59:50.664796+00', NULL, NULL, NULL, NULL),
	('01a223f5-0817-72c1-9d7a-014ac5785069', 1, 'CREATED', 5, '2026-11-28 20:59:50.68295+00', 1, NULL, NULL, NULL),
	('01a223f5-0817-72c1-9d7a-014ac5785069', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.692312+00', NULL, NULL, NULL, NULL),
	('01a223f5-083e-75ff-8c6c-2fffb6dda2c2', 1, 'CREATED', 5, '2026-11-28 20:59:50.720749+00', 1, NULL, NULL, NULL),
	('01a223f5-083e-75ff-8c6c-2fffb6dda2c2', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.73027+00', NULL, NULL, NULL, NULL),
	('01a223f5-086a-753d-85c6-a5cf0573df0f', 1, 'CREATED', 5, '2026-11-28 20:59:50.76462+00', 1, NULL, NULL, NULL),
	('01a223f5-086a-753d-85c6-a5cf0573df0f', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.773346+00', NULL, NULL, NULL, NULL),
	('01a223f5-088c-770a-a959-99a810a5d795', 1, 'CREATED', 5, '2026-11-28 20:59:50.797783+00', 1, NULL, NULL, NULL),
	('01a223f5-088c-770a-a959-99a810a5d795', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.805733+00', NULL, NULL, NULL, NULL),
	('01a223f5-08bb-74a2-94ed-c5acb4b96262', 1, 'CREATED', 5, '2026-11-28 20:59:50.84642+00', 1, NULL, NULL, NULL),
	('01a223f5-08bb-74a2-94ed-c5acb4b96262', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.855282+00', NULL, NULL, NULL, NULL),
	('01a223f5-08e7-737f-89e7-12694fbaad6f', 1, 'CREATED', 5, '2026-11-28 20:59:50.88934+00', 1, NULL, NULL, NULL),
	('01a223f5-08e7-737f-89e7-12694fbaad6f', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.898043+00', NULL, NULL, NULL, NULL),
	('01a223f5-092a-73f2-86b4-efcf1d9e1238', 1, 'CREATED', 5, '2026-11-28 20:59:50.956578+00', 1, NULL, NULL, NULL),
	('01a223f5-092a-73f2-86b4-efcf1d9e1238', 2, 'PUBLISHED', NULL, '2026-11-28 20:59:50.965+00', NULL, NULL, NULL, NULL),
	('01a223f5-8766-72f3-a192-5f631f13237d', 1, 'CREATED', 5, '2026-11-28 21:00:23.276944+00', 1, NULL, NULL, NULL),
	('01a223f5-8766-72f3-a192-5f631f13237d', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.33161+00', NULL, NULL, NULL, NULL),
	('01a223f5-87ee-76cc-a3e9-d576208330ee', 1, 'CREATED', 5, '2026-11-28 21:00:23.409593+00', 1, NULL, NULL, NULL),
	('01a223f5-87ee-76cc-a3e9-d576208330ee', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.424107+00', NULL, NULL, NULL, NULL),
	('01a223f5-8822-72ee-bb20-a6c51704702a', 1, 'CREATED', 5, '2026-11-28 21:00:23.460147+00', 1, NULL, NULL, NULL),
	('01a223f5-8822-72ee-bb20-a6c51704702a', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.466115+00', NULL, NULL, NULL, NULL),
	('01a223f5-8865-7132-a5cf-f19b2e32a2ef', 1, 'CREATED', 5, '2026-11-28 21:00:23.527777+00', 1, NULL, NULL, NULL),
	('01a223f5-889a-721b-8340-d0578d49bd69', 1, 'CREATED', 5, '2026-11-28 21:00:23.581025+00', 1, NULL, NULL, NULL),
	('01a223f5-88b7-71da-9d41-4794e4b4ece2', 1, 'CREATED', 5, '2026-11-28 21:00:23.609086+00', 1, NULL, NULL, NULL),
	('01a223f5-8914-70c0-9cf3-f30dbba3dcc0', 1, 'CREATED', 5, '2026-11-28 21:00:23.701947+00', 1, NULL, NULL, NULL),
	('01a223f5-89fd-72e9-8a6a-95f84a3a078d', 1, 'CREATED', 5, '2026-11-28 21:00:23.93453+00', 1, NULL, NULL, NULL),
	('01a223f5-8be2-70fe-b7de-30bf0febad01', 1, 'CREATED', 5, '2026-11-28 21:00:24.419717+00', 1, NULL, NULL, NULL),
	('01a223f5-8865-7132-a5cf-f19b2e32a2ef', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.539607+00', NULL, NULL, NULL, NULL),
	('01a223f5-889a-721b-8340-d0578d49bd69', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.587422+00', NULL, NULL, NULL, NULL),
	('01a223f5-88b7-71da-9d41-4794e4b4ece2', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.614846+00', NULL, NULL, NULL, NULL);
INSERT INTO public.event_decisions VALUES
	('01a223f5-88e6-71b0-94c5-0a304ad92248', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.667389+00', NULL, NULL, NULL, NULL),
	('01a223f5-8914-70c0-9cf3-f30dbba3dcc0', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.707945+00', NULL, NULL, NULL, NULL),
	('01a223f5-893b-7517-b9b3-a56c474ee366', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.746267+00', NULL, NULL, NULL, NULL),
	('01a223f5-896e-751d-883f-f346d6701e4a', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.798962+00', NULL, NULL, NULL, NULL),
	('01a223f5-89ae-76bc-9802-82aa32e58caf', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.862939+00', NULL, NULL, NULL, NULL),
	('01a223f5-89da-74fe-b4dd-ab81139fa85d', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.905958+00', NULL, NULL, NULL, NULL),
	('01a223f5-89fd-72e9-8a6a-95f84a3a078d', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:23.940138+00', NULL, NULL, NULL, NULL),
	('01a223f5-8a3f-7539-86f6-a30518b0d43d', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:24.006991+00', NULL, NULL, NULL, NULL),
	('01a223f5-8a3f-7539-86f6-a30518b0d43d', 3, 'SIMULATION_BEGUN', NULL, '2026-11-28 21:00:24.029698+00', NULL, NULL, NULL, NULL),
	('01a223f5-8acb-7431-b798-8dea6a556fbd', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:24.146884+00', NULL, NULL, NULL, NULL),
	('01a223f5-8acb-7431-b798-8dea6a556fbd', 3, 'SIMULATION_BEGUN', NULL, '2026-11-28 21:00:24.161671+00', NULL, NULL, NULL, NULL),
	('01a223f5-8acb-7431-b798-8dea6a556fbd', 7, 'SIMULATION_UNDONE', 3, '2026-11-28 21:00:24.210935+00', NULL, NULL, NULL, NULL),
	('01a223f5-8b2d-711f-ab83-8101d1f3f2b6', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:24.244951+00', NULL, NULL, NULL, NULL),
	('01a223f5-8b2d-711f-ab83-8101d1f3f2b6', 3, 'SIMULATION_BEGUN', NULL, '2026-11-28 21:00:24.259287+00', NULL, NULL, NULL, NULL),
	('01a223f5-8b88-74c6-8857-a9b35e426a50', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:24.343301+00', NULL, NULL, NULL, NULL),
	('01a223f5-8bbb-712c-b52b-50d28d998fc6', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:24.386035+00', NULL, NULL, NULL, NULL),
	('01a223f5-8be2-70fe-b7de-30bf0febad01', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:24.425697+00', NULL, NULL, NULL, NULL),
	('01a223f5-8c02-7648-947e-6387ce451ee2', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:24.456902+00', NULL, NULL, NULL, NULL),
	('01a223f5-8c31-734f-9aa3-5d674232e962', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:24.505165+00', NULL, NULL, NULL, NULL),
	('01a223f5-8edb-74f0-94db-62acc52e0403', 2, 'PUBLISHED', NULL, '2026-11-28 21:00:25.18664+00', NULL, NULL, NULL, NULL),
	('01a223f5-88e6-71b0-94c5-0a304ad92248', 1, 'CREATED', 5, '2026-11-28 21:00:23.656694+00', 1, NULL, NULL, NULL),
	('01a223f5-89ae-76bc-9802-82aa32e58caf', 1, 'CREATED', 5, '2026-11-28 21:00:23.856246+00', 1, NULL, NULL, NULL),
	('01a223f5-8b88-74c6-8857-a9b35e426a50', 1, 'CREATED', 5, '2026-11-28 21:00:24.333342+00', 1, NULL, NULL, NULL),
	('01a223f5-8c02-7648-947e-6387ce451ee2', 1, 'CREATED', 5, '2026-11-28 21:00:24.451218+00', 1, NULL, NULL, NULL),
	('01a223f5-8edb-74f0-94db-62acc52e0403', 1, 'CREATED', 2, '2026-11-28 21:00:25.180384+00', 1, NULL, NULL, NULL),
	('01a223f5-893b-7517-b9b3-a56c474ee366', 1, 'CREATED', 5, '2026-11-28 21:00:23.740315+00', 1, NULL, NULL, NULL),
	('01a223f5-89da-74fe-b4dd-ab81139fa85d', 1, 'CREATED', 5, '2026-11-28 21:00:23.899386+00', 1, NULL, NULL, NULL),
	('01a223f5-8acb-7431-b798-8dea6a556fbd', 1, 'CREATED', 5, '2026-11-28 21:00:24.140646+00', 1, NULL, NULL, NULL),
	('01a223f5-8b2d-711f-ab83-8101d1f3f2b6', 1, 'CREATED', 5, '2026-11-28 21:00:24.238551+00', 1, NULL, NULL, NULL),
	('01a223f5-8bbb-712c-b52b-50d28d998fc6', 1, 'CREATED', 5, '2026-11-28 21:00:24.380354+00', 1, NULL, NULL, NULL),
	('01a223f5-896e-751d-883f-f346d6701e4a', 1, 'CREATED', 5, '2026-11-28 21:00:23.79158+00', 1, NULL, NULL, NULL),
	('01a223f5-8a3f-7539-86f6-a30518b0d43d', 1, 'CREATED', 5, '2026-11-28 21:00:24.000979+00', 1, NULL, NULL, NULL),
	('01a223f5-8c31-734f-9aa3-5d674232e962', 1, 'CREATED', 5, '2026-11-28 21:00:24.499483+00', 1, NULL, NULL, NULL);


--
-- Data for Name: event_doors; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_doors VALUES
	('01a223f5-065d-71c7-a77f-e8947afa4a6b', '\x4fe73841a3a93a464c07af12d0da897f782e5e73e84dbe4639c1a33bddf3fa42', '2026-11-28 20:59:50.279626+00', 1440, 0, true, false),
	('01a223f5-06e1-7637-be31-144fcea5fff7', '\x777a405778785fa27a753b8c4099c5877fcaefbcb8d26aaa05d85fb768ea31cb', '2026-11-28 20:59:50.407365+00', NULL, 0, true, false),
	('01a223f5-8865-7132-a5cf-f19b2e32a2ef', NULL, NULL, 60, 0, true, false),
	('01a223f5-889a-721b-8340-d0578d49bd69', '\x3500b94f857c391525ee7f74643194fec4175e441a214f4a4ce8d1651d636926', '2026-11-28 21:00:23.597337+00', 1440, 0, true, false),
	('01a223f5-8edb-74f0-94db-62acc52e0403', '\xcdd24006b068942e0aeca4a204d0379b1bbf05935cb7a674689d60cb5dcdb416', '2026-11-28 21:00:25.231274+00', 1440, 0, true, false);


--
-- Data for Name: event_figures; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_figures VALUES
	('01a223f5-041a-73b8-af54-085c66686b4c', '2026-11-28 20:59:00+00', 1, 0, 0, 0),
	('01a223f5-0459-7577-8ed7-d0b48888e2fe', '2026-11-28 20:59:00+00', 1, 0, 0, 0),
	('01a223f5-0486-766b-a1bb-10c06d75790a', '2026-11-28 20:59:00+00', 1, 0, 0, 0),
	('01a223f5-04ab-778c-8436-ac9fb0cd9870', '2026-11-28 20:59:00+00', 1, 0, 0, 1),
	('01a223f5-04df-76d1-bb42-29b62413bda7', '2026-11-28 20:59:00+00', 1, 0, 0, 0),
	('01a223f5-0560-74df-aba2-72de0fb13790', '2026-11-28 20:59:00+00', 1, 0, 0, 0),
	('01a223f5-059f-7133-aa1f-ab2ae83b5ed8', '2026-11-28 20:59:00+00', 1, 0, 0, 0),
	('01a223f5-05df-7180-8f29-39c3b70c91c8', '2026-11-28 20:59:00+00', 1, 0, 0, 0),
	('01a223f5-061c-769d-af03-f079e09b06eb', '2026-11-28 20:59:00+00', 2, 0, 0, 1),
	('01a223f5-065d-71c7-a77f-e8947afa4a6b', '2026-11-28 20:59:00+00', 1, 0, 0, 0),
	('01a223f5-06e1-7637-be31-144fcea5fff7', '2026-11-28 20:59:00+00', 1, 0, 0, 0),
	('01a223f5-088c-770a-a959-99a810a5d795', '2026-11-28 20:59:00+00', 1, 0, 0, 1),
	('01a223f5-08bb-74a2-94ed-c5acb4b96262', '2026-11-28 20:59:00+00', 1, 0, 0, 0),
	('01a223f5-08e7-737f-89e7-12694fbaad6f', '2026-11-28 20:59:00+00', 1, 0, 0, 0),
	('01a223f5-092a-73f2-86b4-efcf1d9e1238', '2026-11-28 20:59:00+00', 1, 0, 0, 0),
	('01a223f5-8c31-734f-9aa3-5d674232e962', '2026-11-28 21:00:00+00', 1, 0, 0, 0),
	('01a223f5-8edb-74f0-94db-62acc52e0403', '2026-11-28 21:00:00+00', 2, 3, 1, 1);


--
-- Data for Name: event_pictures; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_pictures VALUES
	('01a223f5-083e-75ff-8c6c-2fffb6dda2c2', '01a223f5-085d-72a3-8b51-8133115e1703', 160, 90, '\xffd8ffe000104a46494600010200000100010000ffc0001108005a00a003011100021101031101ffdb0043000604040504040605050506060607090e0909080809120d0d0a0e1512161615121414171a211c17181f1914141d271d1f2223252525161c292c28242b21242524ffdb00430106060609080911090911241814182424242424242424242424242424242424242424242424242424242424242424242424242424242424242424242424242424ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffc4001f0100030101010101010101010000000000000102030405060708090a0bffc400b51100020102040403040705040400010277000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9faffda000c03010002110311003f00e22be50fdfc2800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002803ffd9', '\xffd8ffe000104a46494600010200000100010000ffc0001108005a00a003011100021101031101ffdb0043000604040504040605050506060607090e0909080809120d0d0a0e1512161615121414171a211c17181f1914141d271d1f2223252525161c292c28242b21242524ffdb00430106060609080911090911241814182424242424242424242424242424242424242424242424242424242424242424242424242424242424242424242424242424ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffc4001f0100030101010101010101010000000000000102030405060708090a0bffc400b51100020102040403040705040400010277000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9faffda000c03010002110311003f00e22be50fdfc2800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002800a002803ffd9', '2026-11-28 20:59:50.751114+00');


--
-- Data for Name: events; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.events VALUES
	('01a223f4-fd26-7374-9df1-a0995b7fc735', '01a223f4-fc97-71f4-9c96-ebf255e0d405', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:47.88336+00', '2026-11-28 20:59:48.184836+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f4-fe87-7729-a331-50b27c5fdb0d', '01a223f4-fe84-7104-b0dd-4b4a3ef3bee0', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:48.234556+00', '2026-11-28 20:59:48.245182+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f4-fea8-7775-9070-6662d9d70163', '01a223f4-fea6-7607-9784-6b47474d30ae', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:48.266159+00', '2026-11-28 20:59:48.277403+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f4-fedf-74a9-9871-b53512786efc', '01a223f4-fed8-7186-9b69-cc3e3185e3da', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:48.322102+00', '2026-11-28 20:59:48.333878+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f4-ff17-77b2-926e-9dc276648884', '01a223f4-ff10-7744-8a14-ebb53e376cea', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:48.377321+00', '2026-11-28 20:59:48.387403+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f4-ff4b-7117-a6ad-afcafa07b7bc', '01a223f4-ff46-779c-9349-24e3b0379144', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:48.430251+00', '2026-11-28 20:59:48.440821+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f4-ff75-76ab-bdf4-2e48c0647607', '01a223f4-ff70-752a-ba89-2ccac08d7edb', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:48.471092+00', '2026-11-28 20:59:48.481098+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f4-ff9e-71f6-9fce-e3347edf7f02', '01a223f4-ff98-7717-875b-61ef91455fc8', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:48.511691+00', '2026-11-28 20:59:48.521566+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-01af-7185-8001-41348d39d786', '01a223f5-01ab-7781-a5ac-7808033f0987', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:49.042027+00', '2026-11-28 20:59:49.052931+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-0239-730b-b479-19a5208f04b4', '01a223f5-0234-74cf-9a41-ea9289597b55', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:49.179288+00', '2026-11-28 20:59:49.413235+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-0762-73b9-bef2-541ecb07bd12', '01a223f5-0741-77b3-a994-37b43c4ab483', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 1, 'DRAFT', NULL, NULL, 1, '2026-11-28 20:59:50.500525+00', '2026-11-28 20:59:50.500525+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-0486-766b-a1bb-10c06d75790a', '01a223f5-047e-7039-9b3b-31d75197d595', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:49.768354+00', '2026-11-28 20:59:49.778194+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-050f-75f6-89ad-9f8ed4922353', '01a223f5-0508-7391-b162-4039d435a9a4', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 3, '2026-11-28 20:59:49.90721+00', '2026-11-28 20:59:49.946809+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-89da-74fe-b4dd-ab81139fa85d', '01a223f5-89d6-719d-9a5d-3e0d9fe259b3', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.899386+00', '2026-11-28 21:00:23.905958+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-059f-7133-aa1f-ab2ae83b5ed8', '01a223f5-0599-76c4-9c87-391c56bcd1a6', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.04973+00', '2026-11-28 20:59:50.06347+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-086a-753d-85c6-a5cf0573df0f', '01a223f5-0865-7387-b27e-4172a06ecce9', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.76462+00', '2026-11-28 20:59:50.773346+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-08e7-737f-89e7-12694fbaad6f', '01a223f5-08e2-745f-92bd-0944781451da', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 5, 'PUBLISHED', NULL, NULL, 3, '2026-11-28 20:59:50.88934+00', '2026-11-28 20:59:50.907249+00', false, NULL, NULL, NULL, 'EUR', NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-088c-770a-a959-99a810a5d795', '01a223f5-0889-74de-b181-9d0b4c4caf18', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 4, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.797783+00', '2026-11-28 20:59:50.805733+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8766-72f3-a192-5f631f13237d', '01a223f5-875c-710c-8aff-ea3fedba3ebc', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.276944+00', '2026-11-28 21:00:23.33161+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-893b-7517-b9b3-a56c474ee366', '01a223f5-8937-74a1-be5f-26a1a59181b7', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.740315+00', '2026-11-28 21:00:23.746267+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8acb-7431-b798-8dea6a556fbd', '01a223f5-8ac7-7189-84bf-3a9685f4a56d', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 7, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:24.140646+00', '2026-11-28 21:00:24.146884+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8bbb-712c-b52b-50d28d998fc6', '01a223f5-8bb8-7074-a975-da8af8725235', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:24.380354+00', '2026-11-28 21:00:24.386035+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8b2d-711f-ab83-8101d1f3f2b6', '01a223f5-8b2a-74fb-a2b6-27dadd36a9b0', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 2, 0, 6, 'PUBLISHED', 3, NULL, 2, '2026-11-28 21:00:24.238551+00', '2026-11-28 21:00:24.244951+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f4-ffd0-763c-9d00-8a0c0007cd93', '01a223f4-ffc9-7529-89d5-ee7ab8917f28', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:48.562785+00', '2026-11-28 20:59:48.572228+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f4-fff8-708a-858f-12e05c8f4399', '01a223f4-fff3-7105-ba39-b936e880d268', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:48.602141+00', '2026-11-28 20:59:48.611807+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-01e6-7126-80df-82c19817ea33', '01a223f5-01e0-70ee-8aea-2fa356526251', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:49.097203+00', '2026-11-28 20:59:49.106556+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-039a-71d1-a656-70e9a524e4ae', '01a223f5-0392-730e-910f-e857e35bfe76', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:49.536717+00', '2026-11-28 20:59:49.550905+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-06e1-7637-be31-144fcea5fff7', '01a223f5-06dd-7722-9219-8a90f0f9819d', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.371481+00', '2026-11-28 20:59:50.379265+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-061c-769d-af03-f079e09b06eb', '01a223f5-0618-71ee-96cd-1b53f2845b6a', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 5, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.174377+00', '2026-11-28 20:59:50.18355+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-0698-711a-a7fa-9020509c0915', '01a223f5-0692-7299-bca4-c6142502eaaa', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.298234+00', '2026-11-28 20:59:50.306682+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-87ee-76cc-a3e9-d576208330ee', '01a223f5-87e6-71dc-b9e5-fa15979e6569', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.409593+00', '2026-11-28 21:00:23.424107+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8822-72ee-bb20-a6c51704702a', '01a223f5-881f-75d7-9d81-2dc8e3f5e09a', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.460147+00', '2026-11-28 21:00:23.466115+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-896e-751d-883f-f346d6701e4a', '01a223f5-896a-72ba-a0d6-f6a8ac4e5952', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.79158+00', '2026-11-28 21:00:23.798962+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8a3f-7539-86f6-a30518b0d43d', '01a223f5-8a3d-77d6-8320-fdc6e1229f80', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 2, 0, 6, 'PUBLISHED', 3, NULL, 2, '2026-11-28 21:00:24.000979+00', '2026-11-28 21:00:24.006991+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8c31-734f-9aa3-5d674232e962', '01a223f5-8c2f-714b-8207-f7f88fab49c2', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:24.499483+00', '2026-11-28 21:00:24.505165+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-0217-72a9-a574-fe7057310828', '01a223f5-0210-71cf-afe8-d4083cb3b4be', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:49.144866+00', '2026-11-28 20:59:49.154078+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-03df-75aa-80c1-849ddfe149b0', '01a223f5-03d9-77da-bf7d-4a859e3fb5c4', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:49.602301+00', '2026-11-28 20:59:49.615837+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-0459-7577-8ed7-d0b48888e2fe', '01a223f5-0453-7597-85d8-2d23cef785ac', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:49.723272+00', '2026-11-28 20:59:49.733261+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-0560-74df-aba2-72de0fb13790', '01a223f5-055c-7385-98af-21a69753c447', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:49.987688+00', '2026-11-28 20:59:49.997071+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-05df-7180-8f29-39c3b70c91c8', '01a223f5-05db-7501-8ea3-899190c2be41', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.113363+00', '2026-11-28 20:59:50.120789+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-0747-730c-b313-19760292f1fa', '01a223f5-0741-77b3-a994-37b43c4ab483', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.474478+00', '2026-11-28 20:59:50.485027+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-07c6-77a0-b5cf-d3a0ca9e5d93', '01a223f5-07c0-702d-a96c-46d2b1ee5dec', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.600213+00', '2026-11-28 20:59:50.609996+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-041a-73b8-af54-085c66686b4c', '01a223f5-0416-70d3-adc6-532126a68ed1', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:49.662163+00', '2026-11-28 20:59:49.674131+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-04ab-778c-8436-ac9fb0cd9870', '01a223f5-04a6-743d-ab2b-888e3aa09fdf', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 4, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:49.8057+00', '2026-11-28 20:59:49.815025+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-88e6-71b0-94c5-0a304ad92248', '01a223f5-88e2-70c2-8ba0-a340c463617c', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.656694+00', '2026-11-28 21:00:23.667389+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-04df-76d1-bb42-29b62413bda7', '01a223f5-04db-737e-9163-283dbbcbe470', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:49.861322+00', '2026-11-28 20:59:49.871018+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-065d-71c7-a77f-e8947afa4a6b', '01a223f5-0659-7494-ab2b-98581d547427', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.239607+00', '2026-11-28 20:59:50.249495+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-06bc-767c-85ae-d03721058a00', '01a223f5-06b9-7757-b317-68b28f2efed9', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.335661+00', '2026-11-28 20:59:50.344862+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-07ee-7167-8926-24d01bd63356', '01a223f5-07e8-7382-8359-853d552536d8', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 3, 'CANCELLED', NULL, NULL, 3, '2026-11-28 20:59:50.640189+00', '2026-11-28 20:59:50.664796+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-0817-72c1-9d7a-014ac5785069', '01a223f5-0811-72ea-91b9-6c5a4df02715', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.68295+00', '2026-11-28 20:59:50.692312+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-083e-75ff-8c6c-2fffb6dda2c2', '01a223f5-083a-763d-9109-7172ae8dd385', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.720749+00', '2026-11-28 20:59:50.73027+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-89ae-76bc-9802-82aa32e58caf', '01a223f5-89ac-70f6-b968-aed5c584baa5', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.856246+00', '2026-11-28 21:00:23.862939+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8b88-74c6-8857-a9b35e426a50', '01a223f5-8b82-7500-9388-dc049d4dbb8f', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:24.333342+00', '2026-11-28 21:00:24.343301+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8c02-7648-947e-6387ce451ee2', '01a223f5-8bff-758b-8762-cf2022ff6f1d', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:24.451218+00', '2026-11-28 21:00:24.456902+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8edb-74f0-94db-62acc52e0403', '01a223f5-8ed7-74d0-a66c-9cbfd8568f78', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 2, 0, 2, 9, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:25.180384+00', '2026-11-28 21:00:25.18664+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-88b7-71da-9d41-4794e4b4ece2', '01a223f5-88b4-719a-a8fa-7a723fd946a5', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.609086+00', '2026-11-28 21:00:23.614846+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-0773-76c0-ba91-3d06f711ee4f', '01a223f5-076f-74dd-ae57-d952d814b730', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 6, 6, 0, 3, 'PUBLISHED', NULL, NULL, 3, '2026-11-28 20:59:50.517392+00', '2026-11-28 20:59:50.543109+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-08bb-74a2-94ed-c5acb4b96262', '01a223f5-08b6-7433-a248-90e32d50d48a', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.84642+00', '2026-11-28 20:59:50.855282+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8914-70c0-9cf3-f30dbba3dcc0', '01a223f5-8911-776b-9f33-3299e935eaef', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.701947+00', '2026-11-28 21:00:23.707945+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-092a-73f2-86b4-efcf1d9e1238', '01a223f5-0925-72b3-834e-9df4978ace0f', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 4, 0, 3, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 20:59:50.956578+00', '2026-11-28 20:59:50.965+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8865-7132-a5cf-f19b2e32a2ef', '01a223f5-8862-7747-bb27-dfb5a07b0338', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.527777+00', '2026-11-28 21:00:23.539607+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-889a-721b-8340-d0578d49bd69', '01a223f5-8896-7366-80ac-b780feabdde3', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.581025+00', '2026-11-28 21:00:23.587422+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-89fd-72e9-8a6a-95f84a3a078d', '01a223f5-89fa-75e8-b3e0-615b52ad9d18', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:23.93453+00', '2026-11-28 21:00:23.940138+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false),
	('01a223f5-8be2-70fe-b7de-30bf0febad01', '01a223f5-8bdf-727e-b8c2-fa2d663b4c2f', 'A concert', '', 'A hall', '2090-03-01 19:00:00+00', '2090-03-01 22:00:00+00', 'UTC', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 21:00:24.419717+00', '2026-11-28 21:00:24.425697+00', false, NULL, NULL, NULL, NULL, NULL, 1440, 0, NULL, '', 1440, false);


--
-- Data for Name: journal; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.journal OVERRIDING SYSTEM VALUE VALUES
	('01a223f5-8edb-74f0-94db-62acc52e0403', 91, 9, '2026-11-28 21:00:25.263463+00', '{}', '{01a223f5-8f2d-729e-baa5-41e8741f545a}', '2026-11-28 22:00:25.262416+00');


--
-- Data for Name: messages; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.messages VALUES
	('01a223f5-0459-7577-8ed7-d0b48888e2fe', '01a223f5-0537-721a-9a4c-0454ee6930ae', '01a223f5-046a-777e-b767-d0ef3eb64579', 'CONFIRMED', 3, '01a223f5-0453-7597-85d8-2d23cef785ac', 'SENT', '2026-11-28 20:59:49.943514+00', '2026-11-28 21:02:49.966736+00', 1, NULL, '2026-11-28 20:59:50.038783+00', '2026-11-28 20:59:50.038783+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-041a-73b8-af54-085c66686b4c', '01a223f5-0530-726f-93dd-52383c7e94e4', '01a223f5-042e-7493-8253-750d97cb7ea9', 'CONFIRMED', 3, '01a223f5-0416-70d3-adc6-532126a68ed1', 'SENT', '2026-11-28 20:59:49.937054+00', '2026-11-28 21:02:49.966736+00', 1, NULL, '2026-11-28 20:59:50.048269+00', '2026-11-28 20:59:50.048269+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-0486-766b-a1bb-10c06d75790a', '01a223f5-0539-7492-a5dc-41c7c155f8f0', '01a223f5-049e-705a-ab55-40fa950aec4b', 'CONFIRMED', 3, '01a223f5-047e-7039-9b3b-31d75197d595', 'SENT', '2026-11-28 20:59:49.945691+00', '2026-11-28 21:02:49.966736+00', 1, NULL, '2026-11-28 20:59:50.048269+00', '2026-11-28 20:59:50.048269+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-04df-76d1-bb42-29b62413bda7', '01a223f5-0548-7641-9412-7cdeeb47af5a', '01a223f5-04f2-7263-9592-7ee8b0fa7f4e', 'CONFIRMED', 3, '01a223f5-04db-737e-9163-283dbbcbe470', 'SENT', '2026-11-28 20:59:49.961017+00', '2026-11-28 21:02:50.049471+00', 1, NULL, '2026-11-28 20:59:50.104523+00', '2026-11-28 20:59:50.104523+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-061c-769d-af03-f079e09b06eb', '01a223f5-0965-74f6-bb72-0c37cb3f4b33', '01a223f5-063c-7415-8515-5eba4b03ec75', 'PASSED_ON', 4, '01a223f5-0636-764c-80ef-3b98229d827d', 'SENT', '2026-11-28 20:59:51.013576+00', '2026-11-28 21:03:22.725633+00', 1, NULL, '2026-11-28 21:00:22.873711+00', '2026-11-28 21:00:22.873711+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CANCELLED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-0560-74df-aba2-72de0fb13790', '01a223f5-0956-7632-b35d-cf949073e8ea', '01a223f5-0570-74e6-b6e3-c4edade2e6e8', 'CONFIRMED', 3, '01a223f5-055c-7385-98af-21a69753c447', 'SENT', '2026-11-28 20:59:50.998949+00', '2026-11-28 21:03:22.725633+00', 1, NULL, '2026-11-28 21:00:22.893321+00', '2026-11-28 21:00:22.893321+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-061c-769d-af03-f079e09b06eb', '01a223f5-096b-7709-b487-08df3b0cb104', '01a223f5-0641-7501-91ff-dc48287da795', 'CONFIRMED', 5, '01a223f5-0618-71ee-96cd-1b53f2845b6a', 'SENT', '2026-11-28 20:59:51.019922+00', '2026-11-28 21:03:22.901279+00', 1, NULL, '2026-11-28 21:00:22.96272+00', '2026-11-28 21:00:22.96272+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-065d-71c7-a77f-e8947afa4a6b', '01a223f5-096e-72f3-98f4-60187038fea5', '01a223f5-066e-747e-954d-d02dfefb3699', 'CONFIRMED', 3, '01a223f5-0659-7494-ab2b-98581d547427', 'SENT', '2026-11-28 20:59:51.023118+00', '2026-11-28 21:03:22.901279+00', 1, NULL, '2026-11-28 21:00:22.96272+00', '2026-11-28 21:00:22.96272+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-08bb-74a2-94ed-c5acb4b96262', '01a223f5-09ad-74b4-b1ca-6006bdcd401a', '01a223f5-08cb-75a1-8fb7-fe6ce72a0e9c', 'CONFIRMED', 3, '01a223f5-08b6-7433-a248-90e32d50d48a', 'SENT', '2026-11-28 20:59:51.086255+00', '2026-11-28 21:03:22.965388+00', 1, NULL, '2026-11-28 21:00:23.022809+00', '2026-11-28 21:00:23.022809+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-8c31-734f-9aa3-5d674232e962', '01a223f5-8daf-7374-9621-16b71bd93867', '01a223f5-8c43-7124-93f9-2368ecdd59a6', 'CONFIRMED', 3, '01a223f5-8c3e-757a-8b2f-85dd4f174996', 'DUE', '2026-11-28 21:00:24.879659+00', '2026-11-28 21:00:25.171389+00', 0, 'no such mailbox', NULL, '2026-11-28 21:00:25.14867+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-059f-7133-aa1f-ab2ae83b5ed8', '01a223f5-095a-76c2-b81a-15aa566e87a8', '01a223f5-05b4-73e8-ae4a-3d313c73077a', 'CONFIRMED', 3, '01a223f5-0599-76c4-9c87-391c56bcd1a6', 'SENT', '2026-11-28 20:59:51.002407+00', '2026-11-28 21:03:22.725633+00', 1, NULL, '2026-11-28 21:00:22.893321+00', '2026-11-28 21:00:22.893321+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-05df-7180-8f29-39c3b70c91c8', '01a223f5-0960-74a2-9a22-711327edc64f', '01a223f5-05fe-73f6-8ede-b424bb3cbea1', 'CONFIRMED', 3, '01a223f5-05fa-73fa-8303-70eb1165d60c', 'SENT', '2026-11-28 20:59:51.009568+00', '2026-11-28 21:03:22.725633+00', 1, NULL, '2026-11-28 21:00:22.893321+00', '2026-11-28 21:00:22.893321+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-8edb-74f0-94db-62acc52e0403', '01a223f5-8fb7-76a8-9269-2e47e51cac8b', '01a223f5-8eef-721b-acef-06f0cf323b0e', 'CONFIRMED', 4, '01a223f5-8ee9-7148-bd82-fd03843a0b89', 'DUE', '2026-11-28 21:00:25.399758+00', '2026-11-28 21:00:25.399758+00', 0, NULL, NULL, NULL, NULL, 'example.com'),
	('01a223f5-8edb-74f0-94db-62acc52e0403', '01a223f5-8fb7-76a8-9269-2e481d828757', '01a223f5-8ef2-72cd-ad63-f185f711c424', 'PROMOTED', 8, '01a223f5-8ee9-7148-bd82-fd046126c4e1', 'DUE', '2026-11-28 21:00:25.399758+00', '2026-11-28 21:00:25.399758+00', 0, NULL, NULL, NULL, NULL, 'example.com'),
	('01a223f5-06e1-7637-be31-144fcea5fff7', '01a223f5-097a-71ee-a100-a09956876772', '01a223f5-06ff-74aa-87e6-ed4a06182e1d', 'CONFIRMED', 3, '01a223f5-06fa-7299-bd3f-d42bba5ebea2', 'SENT', '2026-11-28 20:59:51.035018+00', '2026-11-28 21:03:22.901279+00', 1, NULL, '2026-11-28 21:00:22.96272+00', '2026-11-28 21:00:22.96272+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-088c-770a-a959-99a810a5d795', '01a223f5-09aa-774e-9c79-79632c0ccb8d', '01a223f5-0899-768f-9f2e-03abd94f06de', 'REMOVED', 4, '01a223f5-0889-74de-b181-9d0b4c4caf18', 'SENT', '2026-11-28 20:59:51.082906+00', '2026-11-28 21:03:22.901279+00', 1, NULL, '2026-11-28 21:00:22.96272+00', '2026-11-28 21:00:22.96272+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CANCELLED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": "Not a member", "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-08e7-737f-89e7-12694fbaad6f', '01a223f5-09b2-701a-a48d-bbb331ad5c34', '01a223f5-0900-7402-a65b-c5d917053d45', 'HELD', 3, '01a223f5-08e2-745f-92bd-0944781451da', 'SENT', '2026-11-28 20:59:51.09097+00', '2026-11-28 21:03:22.965388+00', 1, NULL, '2026-11-28 21:00:23.022809+00', '2026-11-28 21:00:23.022809+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": "EUR 5.00", "status": "HELD", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-092a-73f2-86b4-efcf1d9e1238', '01a223f5-09b9-7175-b2bc-7083d72ca105', '01a223f5-0940-7584-b3f2-ea269ffbe478', 'CONFIRMED', 3, '01a223f5-093b-73e5-a24e-f28ddbec2ea3', 'SENT', '2026-11-28 20:59:51.097622+00', '2026-11-28 21:03:25.038179+00', 1, NULL, '2026-11-28 21:00:25.092894+00', '2026-11-28 21:00:23.022809+00', '{"line": {"position": null, "seats_ahead": null}, "event": {"ends": "22:00", "zone": "UTC", "title": "A concert", "starts": "Wednesday, 1 March 2090, 19:00", "location": "A hall"}, "person": {"name": "Somebody"}, "booking": {"seats": 1, "amount": null, "status": "CONFIRMED", "pay_until": null, "payment_instructions": ""}, "removal": {"reason": null, "may_book_again": false}, "organizer": {"name": "Somebody", "contact": null}, "announcement": {"text": null, "subject": null}}', 'example.com'),
	('01a223f5-8edb-74f0-94db-62acc52e0403', '01a223f5-8fbf-77a3-a705-40b6e186f245', '01a223f5-8ef5-7177-b4b5-f5e520dcf5ef', 'IN_LINE', 6, '01a223f5-8ee9-7148-bd82-fd0523b28bd3', 'DUE', '2026-11-28 21:00:25.407532+00', '2026-11-28 21:00:25.407532+00', 0, NULL, NULL, NULL, NULL, 'example.com');


--
-- Data for Name: payments; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.payments VALUES
	('01a223f5-08e7-737f-89e7-12694fbaad6f', '5c6e442f-af89-5244-83c8-1818034357e0', '01a223f5-0900-7402-a65b-c5d917053d45', 'OFFLINE', 500, 4, '2026-11-28 20:59:50.91825+00', '01a223f5-08e2-745f-92bd-0944781451da', 5, '2026-11-28 20:59:50.940587+00', '01a223f5-08e2-745f-92bd-0944781451da');


--
-- Data for Name: prices; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.prices VALUES
	('01a223f4-fd26-7374-9df1-a0995b7fc735', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f4-fe87-7729-a331-50b27c5fdb0d', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f4-fea8-7775-9070-6662d9d70163', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f4-fedf-74a9-9871-b53512786efc', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f4-ff17-77b2-926e-9dc276648884', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f4-ff4b-7117-a6ad-afcafa07b7bc', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f4-ff75-76ab-bdf4-2e48c0647607', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f4-ff9e-71f6-9fce-e3347edf7f02', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f4-ffd0-763c-9d00-8a0c0007cd93', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f4-fff8-708a-858f-12e05c8f4399', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-01af-7185-8001-41348d39d786', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-01e6-7126-80df-82c19817ea33', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-0217-72a9-a574-fe7057310828', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-0239-730b-b479-19a5208f04b4', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-039a-71d1-a656-70e9a524e4ae', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-03df-75aa-80c1-849ddfe149b0', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-041a-73b8-af54-085c66686b4c', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-0459-7577-8ed7-d0b48888e2fe', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-0486-766b-a1bb-10c06d75790a', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-04ab-778c-8436-ac9fb0cd9870', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, true),
	('01a223f5-04df-76d1-bb42-29b62413bda7', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-050f-75f6-89ad-9f8ed4922353', 1, 1, 'Admission', 0, NULL, NULL, NULL, 'MEMBERS', false, 0, false),
	('01a223f5-0560-74df-aba2-72de0fb13790', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-059f-7133-aa1f-ab2ae83b5ed8', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-05df-7180-8f29-39c3b70c91c8', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-061c-769d-af03-f079e09b06eb', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-065d-71c7-a77f-e8947afa4a6b', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-0698-711a-a7fa-9020509c0915', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-06bc-767c-85ae-d03721058a00', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-06e1-7637-be31-144fcea5fff7', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-0747-730c-b313-19760292f1fa', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-0773-76c0-ba91-3d06f711ee4f', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-08bb-74a2-94ed-c5acb4b96262', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-092a-73f2-86b4-efcf1d9e1238', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-8865-7132-a5cf-f19b2e32a2ef', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-889a-721b-8340-d0578d49bd69', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-88b7-71da-9d41-4794e4b4ece2', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-8914-70c0-9cf3-f30dbba3dcc0', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-89fd-72e9-8a6a-95f84a3a078d', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-8be2-70fe-b7de-30bf0febad01', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-0762-73b9-bef2-541ecb07bd12', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-086a-753d-85c6-a5cf0573df0f', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-088c-770a-a959-99a810a5d795', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, true),
	('01a223f5-08e7-737f-89e7-12694fbaad6f', 1, 1, 'Admission', 500, NULL, NULL, NULL, NULL, false, 1, true),
	('01a223f5-8766-72f3-a192-5f631f13237d', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-893b-7517-b9b3-a56c474ee366', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-89da-74fe-b4dd-ab81139fa85d', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-8acb-7431-b798-8dea6a556fbd', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-8b2d-711f-ab83-8101d1f3f2b6', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 3, false),
	('01a223f5-8bbb-712c-b52b-50d28d998fc6', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-07c6-77a0-b5cf-d3a0ca9e5d93', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-07ee-7167-8926-24d01bd63356', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-0817-72c1-9d7a-014ac5785069', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-083e-75ff-8c6c-2fffb6dda2c2', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-88e6-71b0-94c5-0a304ad92248', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-89ae-76bc-9802-82aa32e58caf', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-8b88-74c6-8857-a9b35e426a50', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-8c02-7648-947e-6387ce451ee2', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-8edb-74f0-94db-62acc52e0403', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 4, true),
	('01a223f5-87ee-76cc-a3e9-d576208330ee', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-8822-72ee-bb20-a6c51704702a', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-896e-751d-883f-f346d6701e4a', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 0, false),
	('01a223f5-8a3f-7539-86f6-a30518b0d43d', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 3, false),
	('01a223f5-8c31-734f-9aa3-5d674232e962', 1, 1, 'Admission', 0, NULL, NULL, NULL, NULL, false, 1, true);


--
-- Data for Name: registrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.registrations VALUES
	('01a223f5-041a-73b8-af54-085c66686b4c', '01a223f5-042e-7493-8253-750d97cb7ea9', '01a223f5-0416-70d3-adc6-532126a68ed1', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 20:59:49.679233+00', '2026-11-28 20:59:49.679233+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-0459-7577-8ed7-d0b48888e2fe', '01a223f5-046a-777e-b767-d0ef3eb64579', '01a223f5-0453-7597-85d8-2d23cef785ac', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 20:59:49.739123+00', '2026-11-28 20:59:49.739123+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-0486-766b-a1bb-10c06d75790a', '01a223f5-049e-705a-ab55-40fa950aec4b', '01a223f5-047e-7039-9b3b-31d75197d595', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 20:59:49.791476+00', '2026-11-28 20:59:49.791476+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-04ab-778c-8436-ac9fb0cd9870', '01a223f5-04ba-74b4-b9ca-846b5cb9416d', '01a223f5-04a6-743d-ab2b-888e3aa09fdf', 'CANCELLED', 3, 3, 4, NULL, '2026-11-28 20:59:49.818971+00', '2026-11-28 20:59:49.818971+00', '2026-11-28 20:59:49.835347+00', NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-04df-76d1-bb42-29b62413bda7', '01a223f5-04f2-7263-9592-7ee8b0fa7f4e', '01a223f5-04db-737e-9163-283dbbcbe470', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 20:59:49.875479+00', '2026-11-28 20:59:49.875479+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-0560-74df-aba2-72de0fb13790', '01a223f5-0570-74e6-b6e3-c4edade2e6e8', '01a223f5-055c-7385-98af-21a69753c447', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 20:59:50.000948+00', '2026-11-28 20:59:50.000948+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-059f-7133-aa1f-ab2ae83b5ed8', '01a223f5-05b4-73e8-ae4a-3d313c73077a', '01a223f5-0599-76c4-9c87-391c56bcd1a6', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 20:59:50.068784+00', '2026-11-28 20:59:50.068784+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-05df-7180-8f29-39c3b70c91c8', '01a223f5-05fe-73f6-8ede-b424bb3cbea1', '01a223f5-05fa-73fa-8303-70eb1165d60c', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 20:59:50.143516+00', '2026-11-28 20:59:50.143516+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-061c-769d-af03-f079e09b06eb', '01a223f5-063c-7415-8515-5eba4b03ec75', '01a223f5-0636-764c-80ef-3b98229d827d', 'CANCELLED', 3, 3, 4, NULL, '2026-11-28 20:59:50.205003+00', '2026-11-28 20:59:50.205003+00', '2026-11-28 20:59:50.223743+00', 'PASSED_ON', NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-061c-769d-af03-f079e09b06eb', '01a223f5-0641-7501-91ff-dc48287da795', '01a223f5-0618-71ee-96cd-1b53f2845b6a', 'CONFIRMED', 5, 5, NULL, NULL, '2026-11-28 20:59:50.223743+00', '2026-11-28 20:59:50.223743+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-065d-71c7-a77f-e8947afa4a6b', '01a223f5-066e-747e-954d-d02dfefb3699', '01a223f5-0659-7494-ab2b-98581d547427', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 20:59:50.254414+00', '2026-11-28 20:59:50.254414+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-06e1-7637-be31-144fcea5fff7', '01a223f5-06ff-74aa-87e6-ed4a06182e1d', '01a223f5-06fa-7299-bd3f-d42bba5ebea2', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 20:59:50.40053+00', '2026-11-28 20:59:50.40053+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-088c-770a-a959-99a810a5d795', '01a223f5-0899-768f-9f2e-03abd94f06de', '01a223f5-0889-74de-b181-9d0b4c4caf18', 'CANCELLED', 3, 3, 4, NULL, '2026-11-28 20:59:50.809847+00', '2026-11-28 20:59:50.809847+00', '2026-11-28 20:59:50.828539+00', 'REMOVED', 'Not a member', false, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-08bb-74a2-94ed-c5acb4b96262', '01a223f5-08cb-75a1-8fb7-fe6ce72a0e9c', '01a223f5-08b6-7433-a248-90e32d50d48a', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 20:59:50.860291+00', '2026-11-28 20:59:50.860291+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-08e7-737f-89e7-12694fbaad6f', '01a223f5-0900-7402-a65b-c5d917053d45', '01a223f5-08e2-745f-92bd-0944781451da', 'HELD', 3, 3, NULL, NULL, '2026-11-28 20:59:50.913048+00', '2026-11-28 20:59:50.913048+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 500, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-092a-73f2-86b4-efcf1d9e1238', '01a223f5-0940-7584-b3f2-ea269ffbe478', '01a223f5-093b-73e5-a24e-f28ddbec2ea3', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 20:59:50.976634+00', '2026-11-28 20:59:50.976634+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-8a3f-7539-86f6-a30518b0d43d', '01a223f5-8a7b-70a6-bfbb-55d216363aa2', '01a223f5-8a65-73ab-b29e-919b4998b909', 'CONFIRMED', 4, 4, NULL, NULL, '2026-11-28 21:00:24.06011+00', '2026-11-28 21:00:24.06011+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-8a3f-7539-86f6-a30518b0d43d', '01a223f5-8a7b-70a6-bfbb-55d407b4a54d', '01a223f5-8a65-73ab-b29e-919cb4908b42', 'CONFIRMED', 5, 5, NULL, NULL, '2026-11-28 21:00:24.069229+00', '2026-11-28 21:00:24.069229+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-8a3f-7539-86f6-a30518b0d43d', '01a223f5-8a7b-70a6-bfbb-55d61a6347e9', '01a223f5-8a65-73ab-b29e-919ddc2f5559', 'CONFIRMED', 6, 6, NULL, NULL, '2026-11-28 21:00:24.069229+00', '2026-11-28 21:00:24.069229+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-8b2d-711f-ab83-8101d1f3f2b6', '01a223f5-8b47-743a-be57-b3927870cb48', '01a223f5-8a65-73ab-b29e-919b4998b909', 'CONFIRMED', 4, 4, NULL, NULL, '2026-11-28 21:00:24.264123+00', '2026-11-28 21:00:24.264123+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-8b2d-711f-ab83-8101d1f3f2b6', '01a223f5-8b47-743a-be57-b3948002c43a', '01a223f5-8a65-73ab-b29e-919cb4908b42', 'CONFIRMED', 5, 5, NULL, NULL, '2026-11-28 21:00:24.266046+00', '2026-11-28 21:00:24.266046+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-8b2d-711f-ab83-8101d1f3f2b6', '01a223f5-8b47-743a-be57-b3960dd5b397', '01a223f5-8a65-73ab-b29e-919ddc2f5559', 'CONFIRMED', 6, 6, NULL, NULL, '2026-11-28 21:00:24.266046+00', '2026-11-28 21:00:24.266046+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-8c31-734f-9aa3-5d674232e962', '01a223f5-8c43-7124-93f9-2368ecdd59a6', '01a223f5-8c3e-757a-8b2f-85dd4f174996', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 21:00:24.516192+00', '2026-11-28 21:00:24.516192+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-8edb-74f0-94db-62acc52e0403', '01a223f5-8eef-721b-acef-06f0cf323b0e', '01a223f5-8ee9-7148-bd82-fd03843a0b89', 'CONFIRMED', 4, 4, NULL, NULL, '2026-11-28 21:00:25.199706+00', '2026-11-28 21:00:25.199706+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-8edb-74f0-94db-62acc52e0403', '01a223f5-8ef5-7177-b4b5-f5e520dcf5ef', '01a223f5-8ee9-7148-bd82-fd0523b28bd3', 'WAITLISTED', 6, NULL, NULL, NULL, '2026-11-28 21:00:25.205783+00', NULL, NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-8edb-74f0-94db-62acc52e0403', '01a223f5-8eeb-75c0-b294-257d6721428a', '01a223f5-8ee8-71b4-b754-9d96e69784f7', 'CANCELLED', 3, 3, 7, NULL, '2026-11-28 21:00:25.196006+00', '2026-11-28 21:00:25.196006+00', '2026-11-28 21:00:25.209813+00', NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-8edb-74f0-94db-62acc52e0403', '01a223f5-8ef2-72cd-ad63-f185f711c424', '01a223f5-8ee9-7148-bd82-fd046126c4e1', 'CONFIRMED', 5, 8, NULL, NULL, '2026-11-28 21:00:25.202343+00', '2026-11-28 21:00:25.209813+00', NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0),
	('01a223f5-8edb-74f0-94db-62acc52e0403', '01a223f5-8f2d-729e-baa5-41e8741f545a', '01a223f5-8f2b-7620-a57e-6077b42015a2', 'WAITLISTED', 9, NULL, NULL, NULL, '2026-11-28 21:00:25.263463+00', NULL, NULL, NULL, NULL, NULL, 1, 1, 1, 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0);


--
-- Data for Name: reminders; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.reminders VALUES
	('01a223f5-87ee-76cc-a3e9-d576208330ee', 24, NULL);


--
-- Data for Name: simulations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.simulations VALUES
	('01a223f5-8a3f-7539-86f6-a30518b0d43d', '01a223f5-8a5a-7194-aa99-991c5ef776ac', 'DONE', 3, 3, '2026-11-28 21:00:24.032967+00', '2026-11-28 21:00:24.118627+00', NULL, '{"batches": 2, "classic": null, "history": {"passed": true, "answers": 3, "examples": [], "decisions": 6, "violations": 0}, "machine": {"cores": 2, "durable": false, "settings": [{"name": "fsync", "value": "off"}, {"name": "full_page_writes", "value": "off"}, {"name": "synchronous_commit", "value": "on"}], "processor": "AMD EPYC", "postgresql": "15.18 (Debian 15.18-0+deb12u1)"}, "stopped": false, "capacity": 5, "event_id": "01a223f5-8a3f-7539-86f6-a30518b0d43d", "failures": {}, "promises": [{"checks": [{"sql": "select count(*) as violations, min(coalesce(t.event_id, r.event_id)::text) as example from (select * from ticket_types where event_id = $1) t full join (select event_id, ticket_type, coalesce(sum(seats) filter (where status in (''CONFIRMED'', ''HELD'')), 0) as taken, count(*) filter (where status = ''WAITLISTED'') as waiting, coalesce(sum(seats) filter (where status = ''WAITLISTED''), 0) as wanted from registrations where event_id = $1 group by event_id, ticket_type) r on r.event_id = t.event_id and r.ticket_type = t.number where (t.number is null and r.taken + r.waiting > 0) or coalesce(r.taken, 0) + t.seats_remaining <> t.capacity or t.seats_remaining not between 0 and t.capacity or coalesce(r.waiting, 0) <> t.waiting or coalesce(r.wanted, 0) <> t.seats_wanted", "what": "seats taken + seats remaining = capacity for each ticket type, and each counts its line correctly", "violations": 0}, {"sql": "select count(*) as violations, min(e.event_id::text) as example from (select *, id as event_id from events) e left join (select event_id, sum(capacity) as capacity, sum(seats_remaining) as remaining, sum(waiting) as waiting from ticket_types where event_id = $1 group by event_id) t using (event_id) where e.event_id = $1 and (e.capacity, e.seats_remaining, e.waiting) is distinct from (t.capacity, t.remaining, t.waiting)", "what": "the counts of each event are the sums over its ticket types", "violations": 0}, {"sql": "with parts as (select event_id, id, status, decision, cancelled_decision, price, seats::integer as seats from registrations where event_id = $1 and split is null union all select event_id, id, status, decision, cancelled_decision, split[n], split[n + 1] from registrations cross join lateral generate_series(1, cardinality(split), 2) n where event_id = $1 and split is not null) select count(*) as violations, min(coalesce(p.event_id, s.event_id)::text) as example from (select * from prices where event_id = $1) p full join (select event_id, price, sum(seats) as standing from parts where status <> ''CANCELLED'' group by event_id, price) s on s.event_id = p.event_id and s.price = p.number where p.number is null or coalesce(s.standing, 0) <> p.standing or coalesce(s.standing, 0) > p.seat_limit", "what": "no more seats stand at a price than its limit, and each price counts them correctly", "violations": 0}, {"sql": "with steps as (select event_id, ticket_type, seated_decision as number, seats::integer as taken, null::bigint as capacity from registrations where event_id = $1 and seated_decision is not null union all select event_id, ticket_type, cancelled_decision, -seats, null from registrations where event_id = $1 and seated_decision is not null and cancelled_decision is not null union all select d.event_id, d.ticket_type, step.number, step.taken, null from (select * from event_decisions where event_id = $1 and kind = ''REDUCED'') d join registrations r on r.event_id = d.event_id and r.id = d.registration_id and r.seated_decision < d.decision cross join lateral (values (r.seated_decision, d.value::integer), (d.decision, -d.value::integer)) as step (number, taken) union all select event_id, ticket_type, decision, 0, value from event_decisions where event_id = $1 and kind in (''CREATED'', ''CAPACITY'')), sums as (select event_id, ticket_type, number, capacity, sum(taken) over history as taken, count(capacity) over history as era from steps window history as (partition by event_id, ticket_type order by number)), states as (select event_id, taken, first_value(capacity) over (partition by event_id, ticket_type, era order by number, capacity) as capacity from sums) select count(*) as violations, min(event_id::text) as example from states where taken <> 0 and (capacity is null or taken not between 0 and capacity)", "what": "at no point were more seats of a ticket type taken than its capacity", "violations": 0}, {"sql": "with parts as (select event_id, id, status, decision, cancelled_decision, price, seats::integer as seats from registrations where event_id = $1 and split is null union all select event_id, id, status, decision, cancelled_decision, split[n], split[n + 1] from registrations cross join lateral generate_series(1, cardinality(split), 2) n where event_id = $1 and split is not null), taken_away as (select d.event_id, d.registration_id, d.decision, d.price, d.value::integer as seats from event_decisions d where event_id = $1 and d.kind = ''REDUCED'' and d.split is null union all select d.event_id, d.registration_id, d.decision, d.split[n], d.split[n + 1] from event_decisions d cross join lateral generate_series(1, cardinality(d.split), 2) n where event_id = $1 and d.kind = ''REDUCED'' and d.split is not null), price_steps as (select event_id, price, decision as number, seats, null::integer as seat_limit, false as is_limit from parts union all select event_id, price, cancelled_decision, -seats, null, false from parts where cancelled_decision is not null union all select t.event_id, t.price, step.number, step.seats, null, false from taken_away t join registrations r on r.event_id = t.event_id and r.id = t.registration_id cross join lateral (values (r.decision, t.seats), (t.decision, -t.seats)) as step (number, seats) union all select event_id, price, decision, 0, value::integer, true from event_decisions where event_id = $1 and kind = ''LIMIT'') select count(*) as violations, min(event_id::text) as example from (select event_id, standing, first_value(seat_limit) over (partition by event_id, price, era order by number, is_limit desc) as seat_limit from (select *, sum(seats) over history as standing, count(*) filter (where is_limit) over history as era from price_steps window history as (partition by event_id, price order by number)) sums) states where standing < 0 or standing > seat_limit", "what": "at no point did more seats stand at a price than its limit", "violations": 0}], "passed": true, "promise": "P1"}, {"checks": [{"sql": "select count(*) as violations, min(t.event_id::text) as example from (select * from ticket_types where event_id = $1) t left join (select distinct on (event_id, ticket_type) event_id, ticket_type, seats from registrations where event_id = $1 and status = ''WAITLISTED'' order by event_id, ticket_type, decision) head on head.event_id = t.event_id and head.ticket_type = t.number where t.head_wants <> coalesce(head.seats, 0) or t.seats_remaining >= head.seats", "what": "whoever is first in a line wants more seats than are available", "violations": 0}, {"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id, id, decision, seated_decision, max(case when seated_decision is distinct from decision then coalesce(least(seated_decision, cancelled_decision), 9223372036854775807) end) over (partition by event_id, ticket_type order by decision rows between unbounded preceding and 1 preceding) as line_empty_from from registrations where event_id = $1) places where seated_decision < line_empty_from and not exists (select from transfers t join registrations giver on giver.event_id = t.event_id and giver.id = t.registration_id where t.event_id = places.event_id and t.id = places.id and (giver.cancellation = ''PASSED_ON'' or giver.seats < giver.seats_booked)) and seated_decision = decision", "what": "nobody got a seat ahead of the waitlist", "violations": 0}], "passed": true, "promise": "P2"}, {"checks": [{"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id from registrations where event_id = $1 and status <> ''CANCELLED'' group by event_id, user_id, ticket_type having count(*) > 1) twice", "what": "nobody holds two active bookings of one ticket type", "violations": 0}], "passed": true, "promise": "P3"}, {"checks": [{"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id, id, decision, seated_decision, max(case when seated_decision is distinct from decision then coalesce(least(seated_decision, cancelled_decision), 9223372036854775807) end) over (partition by event_id, ticket_type order by decision rows between unbounded preceding and 1 preceding) as line_empty_from from registrations where event_id = $1) places where seated_decision < line_empty_from and not exists (select from transfers t join registrations giver on giver.event_id = t.event_id and giver.id = t.registration_id where t.event_id = places.event_id and t.id = places.id and (giver.cancellation = ''PASSED_ON'' or giver.seats < giver.seats_booked)) and seated_decision <> decision", "what": "the waitlist got its seats in the order of booking", "violations": 0}, {"sql": "with numbers as (select event_id, decision as number from registrations where event_id = $1 union all select event_id, seated_decision from registrations where event_id = $1 and seated_decision <> decision union all select event_id, cancelled_decision from registrations where event_id = $1 and cancelled_decision is not null union all select event_id, decision from payments where event_id = $1 union all select event_id, taken_back_decision from payments where event_id = $1 and taken_back_decision is not null union all select event_id, decision from event_decisions where event_id = $1) select count(*) as violations, min(event_id::text) as example from (select n.event_id from numbers n join events e on e.id = n.event_id group by n.event_id, n.number having count(*) > 1 or n.number < 1 or n.number > max(e.last_decision)) wrong", "what": "no decision number is used twice, and none exceeds the event''s last", "violations": 0}, {"sql": "with numbers as (select event_id, decision as number from registrations where event_id = $1 union all select event_id, seated_decision from registrations where event_id = $1 and seated_decision <> decision union all select event_id, cancelled_decision from registrations where event_id = $1 and cancelled_decision is not null union all select event_id, decision from payments where event_id = $1 union all select event_id, taken_back_decision from payments where event_id = $1 and taken_back_decision is not null union all select event_id, decision from event_decisions where event_id = $1) select count(*) as violations, min(event_id::text) as example from (select event_id, number, coalesce(lead(number) over (partition by event_id order by number), last_decision + 1) as next from (select event_id, number, last_decision from numbers join events on id = event_id union all select id, 0, last_decision from (select id as event_id, * from events) e where event_id = $1) all_of_them) gaps where next > number + 1 and not exists (select from event_decisions undone where undone.event_id = gaps.event_id and undone.kind = ''SIMULATION_UNDONE'' and undone.value <= gaps.number and undone.decision >= gaps.next)", "what": "no decision number is missing, except those of undone stress tests", "violations": 0}], "passed": true, "promise": "P4"}], "rehearsal": false, "failed_count": 0, "ticket_types": [{"name": "Admission", "number": 1, "capacity": 5, "attempted": 3, "seats_given": 3, "success_count": 3, "waitlisted_count": 0, "final_seats_remaining": 2}], "in_flight_max": 3, "success_count": 3, "batch_size_max": 2, "total_attempted": 3, "waitlisted_count": 0, "latency_milliseconds": {"max": 10.689, "p50": 10.683, "p95": 10.689, "p99": 10.689, "mean": 10.186}, "duration_milliseconds": 28.181, "final_seats_remaining": 2, "throughput_per_second": 106.453, "lock_held_milliseconds": {"max": 8.297, "p50": 1.001, "p95": 8.297, "p99": 8.297, "mean": 4.649}, "lock_wait_milliseconds": {"max": 0.57, "p50": 0.541, "p95": 0.57, "p99": 0.57, "mean": 0.556}}', NULL, '{"seated": [0, 0, 3], "refused": [0, 0, 0], "waiting": [0, 0, 0], "answered": [0, 0, 3], "latencies": [{"buyers": 3, "to_milliseconds": 12.8, "from_milliseconds": 9.05}], "seats_left": [5, 5, 2], "at_milliseconds": [0.002, 26.735, 28.181]}', NULL, NULL),
	('01a223f5-8acb-7431-b798-8dea6a556fbd', '01a223f5-8ae0-7030-aae5-03237dd4b37f', 'DONE', 3, 3, '2026-11-28 21:00:24.163389+00', '2026-11-28 21:00:24.194933+00', NULL, '{"batches": 2, "classic": null, "history": {"passed": true, "answers": 3, "examples": [], "decisions": 6, "violations": 0}, "machine": {"cores": 2, "durable": false, "settings": [{"name": "fsync", "value": "off"}, {"name": "full_page_writes", "value": "off"}, {"name": "synchronous_commit", "value": "on"}], "processor": "AMD EPYC", "postgresql": "15.18 (Debian 15.18-0+deb12u1)"}, "stopped": false, "capacity": 5, "event_id": "01a223f5-8acb-7431-b798-8dea6a556fbd", "failures": {}, "promises": [{"checks": [{"sql": "select count(*) as violations, min(coalesce(t.event_id, r.event_id)::text) as example from (select * from ticket_types where event_id = $1) t full join (select event_id, ticket_type, coalesce(sum(seats) filter (where status in (''CONFIRMED'', ''HELD'')), 0) as taken, count(*) filter (where status = ''WAITLISTED'') as waiting, coalesce(sum(seats) filter (where status = ''WAITLISTED''), 0) as wanted from registrations where event_id = $1 group by event_id, ticket_type) r on r.event_id = t.event_id and r.ticket_type = t.number where (t.number is null and r.taken + r.waiting > 0) or coalesce(r.taken, 0) + t.seats_remaining <> t.capacity or t.seats_remaining not between 0 and t.capacity or coalesce(r.waiting, 0) <> t.waiting or coalesce(r.wanted, 0) <> t.seats_wanted", "what": "seats taken + seats remaining = capacity for each ticket type, and each counts its line correctly", "violations": 0}, {"sql": "select count(*) as violations, min(e.event_id::text) as example from (select *, id as event_id from events) e left join (select event_id, sum(capacity) as capacity, sum(seats_remaining) as remaining, sum(waiting) as waiting from ticket_types where event_id = $1 group by event_id) t using (event_id) where e.event_id = $1 and (e.capacity, e.seats_remaining, e.waiting) is distinct from (t.capacity, t.remaining, t.waiting)", "what": "the counts of each event are the sums over its ticket types", "violations": 0}, {"sql": "with parts as (select event_id, id, status, decision, cancelled_decision, price, seats::integer as seats from registrations where event_id = $1 and split is null union all select event_id, id, status, decision, cancelled_decision, split[n], split[n + 1] from registrations cross join lateral generate_series(1, cardinality(split), 2) n where event_id = $1 and split is not null) select count(*) as violations, min(coalesce(p.event_id, s.event_id)::text) as example from (select * from prices where event_id = $1) p full join (select event_id, price, sum(seats) as standing from parts where status <> ''CANCELLED'' group by event_id, price) s on s.event_id = p.event_id and s.price = p.number where p.number is null or coalesce(s.standing, 0) <> p.standing or coalesce(s.standing, 0) > p.seat_limit", "what": "no more seats stand at a price than its limit, and each price counts them correctly", "violations": 0}, {"sql": "with steps as (select event_id, ticket_type, seated_decision as number, seats::integer as taken, null::bigint as capacity from registrations where event_id = $1 and seated_decision is not null union all select event_id, ticket_type, cancelled_decision, -seats, null from registrations where event_id = $1 and seated_decision is not null and cancelled_decision is not null union all select d.event_id, d.ticket_type, step.number, step.taken, null from (select * from event_decisions where event_id = $1 and kind = ''REDUCED'') d join registrations r on r.event_id = d.event_id and r.id = d.registration_id and r.seated_decision < d.decision cross join lateral (values (r.seated_decision, d.value::integer), (d.decision, -d.value::integer)) as step (number, taken) union all select event_id, ticket_type, decision, 0, value from event_decisions where event_id = $1 and kind in (''CREATED'', ''CAPACITY'')), sums as (select event_id, ticket_type, number, capacity, sum(taken) over history as taken, count(capacity) over history as era from steps window history as (partition by event_id, ticket_type order by number)), states as (select event_id, taken, first_value(capacity) over (partition by event_id, ticket_type, era order by number, capacity) as capacity from sums) select count(*) as violations, min(event_id::text) as example from states where taken <> 0 and (capacity is null or taken not between 0 and capacity)", "what": "at no point were more seats of a ticket type taken than its capacity", "violations": 0}, {"sql": "with parts as (select event_id, id, status, decision, cancelled_decision, price, seats::integer as seats from registrations where event_id = $1 and split is null union all select event_id, id, status, decision, cancelled_decision, split[n], split[n + 1] from registrations cross join lateral generate_series(1, cardinality(split), 2) n where event_id = $1 and split is not null), taken_away as (select d.event_id, d.registration_id, d.decision, d.price, d.value::integer as seats from event_decisions d where event_id = $1 and d.kind = ''REDUCED'' and d.split is null union all select d.event_id, d.registration_id, d.decision, d.split[n], d.split[n + 1] from event_decisions d cross join lateral generate_series(1, cardinality(d.split), 2) n where event_id = $1 and d.kind = ''REDUCED'' and d.split is not null), price_steps as (select event_id, price, decision as number, seats, null::integer as seat_limit, false as is_limit from parts union all select event_id, price, cancelled_decision, -seats, null, false from parts where cancelled_decision is not null union all select t.event_id, t.price, step.number, step.seats, null, false from taken_away t join registrations r on r.event_id = t.event_id and r.id = t.registration_id cross join lateral (values (r.decision, t.seats), (t.decision, -t.seats)) as step (number, seats) union all select event_id, price, decision, 0, value::integer, true from event_decisions where event_id = $1 and kind = ''LIMIT'') select count(*) as violations, min(event_id::text) as example from (select event_id, standing, first_value(seat_limit) over (partition by event_id, price, era order by number, is_limit desc) as seat_limit from (select *, sum(seats) over history as standing, count(*) filter (where is_limit) over history as era from price_steps window history as (partition by event_id, price order by number)) sums) states where standing < 0 or standing > seat_limit", "what": "at no point did more seats stand at a price than its limit", "violations": 0}], "passed": true, "promise": "P1"}, {"checks": [{"sql": "select count(*) as violations, min(t.event_id::text) as example from (select * from ticket_types where event_id = $1) t left join (select distinct on (event_id, ticket_type) event_id, ticket_type, seats from registrations where event_id = $1 and status = ''WAITLISTED'' order by event_id, ticket_type, decision) head on head.event_id = t.event_id and head.ticket_type = t.number where t.head_wants <> coalesce(head.seats, 0) or t.seats_remaining >= head.seats", "what": "whoever is first in a line wants more seats than are available", "violations": 0}, {"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id, id, decision, seated_decision, max(case when seated_decision is distinct from decision then coalesce(least(seated_decision, cancelled_decision), 9223372036854775807) end) over (partition by event_id, ticket_type order by decision rows between unbounded preceding and 1 preceding) as line_empty_from from registrations where event_id = $1) places where seated_decision < line_empty_from and not exists (select from transfers t join registrations giver on giver.event_id = t.event_id and giver.id = t.registration_id where t.event_id = places.event_id and t.id = places.id and (giver.cancellation = ''PASSED_ON'' or giver.seats < giver.seats_booked)) and seated_decision = decision", "what": "nobody got a seat ahead of the waitlist", "violations": 0}], "passed": true, "promise": "P2"}, {"checks": [{"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id from registrations where event_id = $1 and status <> ''CANCELLED'' group by event_id, user_id, ticket_type having count(*) > 1) twice", "what": "nobody holds two active bookings of one ticket type", "violations": 0}], "passed": true, "promise": "P3"}, {"checks": [{"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id, id, decision, seated_decision, max(case when seated_decision is distinct from decision then coalesce(least(seated_decision, cancelled_decision), 9223372036854775807) end) over (partition by event_id, ticket_type order by decision rows between unbounded preceding and 1 preceding) as line_empty_from from registrations where event_id = $1) places where seated_decision < line_empty_from and not exists (select from transfers t join registrations giver on giver.event_id = t.event_id and giver.id = t.registration_id where t.event_id = places.event_id and t.id = places.id and (giver.cancellation = ''PASSED_ON'' or giver.seats < giver.seats_booked)) and seated_decision <> decision", "what": "the waitlist got its seats in the order of booking", "violations": 0}, {"sql": "with numbers as (select event_id, decision as number from registrations where event_id = $1 union all select event_id, seated_decision from registrations where event_id = $1 and seated_decision <> decision union all select event_id, cancelled_decision from registrations where event_id = $1 and cancelled_decision is not null union all select event_id, decision from payments where event_id = $1 union all select event_id, taken_back_decision from payments where event_id = $1 and taken_back_decision is not null union all select event_id, decision from event_decisions where event_id = $1) select count(*) as violations, min(event_id::text) as example from (select n.event_id from numbers n join events e on e.id = n.event_id group by n.event_id, n.number having count(*) > 1 or n.number < 1 or n.number > max(e.last_decision)) wrong", "what": "no decision number is used twice, and none exceeds the event''s last", "violations": 0}, {"sql": "with numbers as (select event_id, decision as number from registrations where event_id = $1 union all select event_id, seated_decision from registrations where event_id = $1 and seated_decision <> decision union all select event_id, cancelled_decision from registrations where event_id = $1 and cancelled_decision is not null union all select event_id, decision from payments where event_id = $1 union all select event_id, taken_back_decision from payments where event_id = $1 and taken_back_decision is not null union all select event_id, decision from event_decisions where event_id = $1) select count(*) as violations, min(event_id::text) as example from (select event_id, number, coalesce(lead(number) over (partition by event_id order by number), last_decision + 1) as next from (select event_id, number, last_decision from numbers join events on id = event_id union all select id, 0, last_decision from (select id as event_id, * from events) e where event_id = $1) all_of_them) gaps where next > number + 1 and not exists (select from event_decisions undone where undone.event_id = gaps.event_id and undone.kind = ''SIMULATION_UNDONE'' and undone.value <= gaps.number and undone.decision >= gaps.next)", "what": "no decision number is missing, except those of undone stress tests", "violations": 0}], "passed": true, "promise": "P4"}], "rehearsal": false, "failed_count": 0, "ticket_types": [{"name": "Admission", "number": 1, "capacity": 5, "attempted": 3, "seats_given": 3, "success_count": 3, "waitlisted_count": 0, "final_seats_remaining": 2}], "in_flight_max": 3, "success_count": 3, "batch_size_max": 2, "total_attempted": 3, "waitlisted_count": 0, "latency_milliseconds": {"max": 2.789, "p50": 2.783, "p95": 2.789, "p99": 2.789, "mean": 2.434}, "duration_milliseconds": 2.891, "final_seats_remaining": 2, "throughput_per_second": 1037.544, "lock_held_milliseconds": {"max": 1.171, "p50": 0.703, "p95": 1.171, "p99": 1.171, "mean": 0.937}, "lock_wait_milliseconds": {"max": 0.416, "p50": 0.335, "p95": 0.416, "p99": 0.416, "mean": 0.376}}', NULL, '{"seated": [0, 3], "refused": [0, 0], "waiting": [0, 0], "answered": [0, 3], "latencies": [{"buyers": 1, "to_milliseconds": 2.262, "from_milliseconds": 1.6}, {"buyers": 2, "to_milliseconds": 3.2, "from_milliseconds": 2.262}], "seats_left": [5, 2], "at_milliseconds": [0.001, 2.891]}', NULL, NULL),
	('01a223f5-8b2d-711f-ab83-8101d1f3f2b6', '01a223f5-8b42-72a2-9c35-f295effb666c', 'DONE', 3, 3, '2026-11-28 21:00:24.260663+00', '2026-11-28 21:00:24.282345+00', NULL, '{"batches": 2, "classic": null, "history": {"passed": true, "answers": 3, "examples": [], "decisions": 6, "violations": 0}, "machine": {"cores": 2, "durable": false, "settings": [{"name": "fsync", "value": "off"}, {"name": "full_page_writes", "value": "off"}, {"name": "synchronous_commit", "value": "on"}], "processor": "AMD EPYC", "postgresql": "15.18 (Debian 15.18-0+deb12u1)"}, "stopped": false, "capacity": 5, "event_id": "01a223f5-8b2d-711f-ab83-8101d1f3f2b6", "failures": {}, "promises": [{"checks": [{"sql": "select count(*) as violations, min(coalesce(t.event_id, r.event_id)::text) as example from (select * from ticket_types where event_id = $1) t full join (select event_id, ticket_type, coalesce(sum(seats) filter (where status in (''CONFIRMED'', ''HELD'')), 0) as taken, count(*) filter (where status = ''WAITLISTED'') as waiting, coalesce(sum(seats) filter (where status = ''WAITLISTED''), 0) as wanted from registrations where event_id = $1 group by event_id, ticket_type) r on r.event_id = t.event_id and r.ticket_type = t.number where (t.number is null and r.taken + r.waiting > 0) or coalesce(r.taken, 0) + t.seats_remaining <> t.capacity or t.seats_remaining not between 0 and t.capacity or coalesce(r.waiting, 0) <> t.waiting or coalesce(r.wanted, 0) <> t.seats_wanted", "what": "seats taken + seats remaining = capacity for each ticket type, and each counts its line correctly", "violations": 0}, {"sql": "select count(*) as violations, min(e.event_id::text) as example from (select *, id as event_id from events) e left join (select event_id, sum(capacity) as capacity, sum(seats_remaining) as remaining, sum(waiting) as waiting from ticket_types where event_id = $1 group by event_id) t using (event_id) where e.event_id = $1 and (e.capacity, e.seats_remaining, e.waiting) is distinct from (t.capacity, t.remaining, t.waiting)", "what": "the counts of each event are the sums over its ticket types", "violations": 0}, {"sql": "with parts as (select event_id, id, status, decision, cancelled_decision, price, seats::integer as seats from registrations where event_id = $1 and split is null union all select event_id, id, status, decision, cancelled_decision, split[n], split[n + 1] from registrations cross join lateral generate_series(1, cardinality(split), 2) n where event_id = $1 and split is not null) select count(*) as violations, min(coalesce(p.event_id, s.event_id)::text) as example from (select * from prices where event_id = $1) p full join (select event_id, price, sum(seats) as standing from parts where status <> ''CANCELLED'' group by event_id, price) s on s.event_id = p.event_id and s.price = p.number where p.number is null or coalesce(s.standing, 0) <> p.standing or coalesce(s.standing, 0) > p.seat_limit", "what": "no more seats stand at a price than its limit, and each price counts them correctly", "violations": 0}, {"sql": "with steps as (select event_id, ticket_type, seated_decision as number, seats::integer as taken, null::bigint as capacity from registrations where event_id = $1 and seated_decision is not null union all select event_id, ticket_type, cancelled_decision, -seats, null from registrations where event_id = $1 and seated_decision is not null and cancelled_decision is not null union all select d.event_id, d.ticket_type, step.number, step.taken, null from (select * from event_decisions where event_id = $1 and kind = ''REDUCED'') d join registrations r on r.event_id = d.event_id and r.id = d.registration_id and r.seated_decision < d.decision cross join lateral (values (r.seated_decision, d.value::integer), (d.decision, -d.value::integer)) as step (number, taken) union all select event_id, ticket_type, decision, 0, value from event_decisions where event_id = $1 and kind in (''CREATED'', ''CAPACITY'')), sums as (select event_id, ticket_type, number, capacity, sum(taken) over history as taken, count(capacity) over history as era from steps window history as (partition by event_id, ticket_type order by number)), states as (select event_id, taken, first_value(capacity) over (partition by event_id, ticket_type, era order by number, capacity) as capacity from sums) select count(*) as violations, min(event_id::text) as example from states where taken <> 0 and (capacity is null or taken not between 0 and capacity)", "what": "at no point were more seats of a ticket type taken than its capacity", "violations": 0}, {"sql": "with parts as (select event_id, id, status, decision, cancelled_decision, price, seats::integer as seats from registrations where event_id = $1 and split is null union all select event_id, id, status, decision, cancelled_decision, split[n], split[n + 1] from registrations cross join lateral generate_series(1, cardinality(split), 2) n where event_id = $1 and split is not null), taken_away as (select d.event_id, d.registration_id, d.decision, d.price, d.value::integer as seats from event_decisions d where event_id = $1 and d.kind = ''REDUCED'' and d.split is null union all select d.event_id, d.registration_id, d.decision, d.split[n], d.split[n + 1] from event_decisions d cross join lateral generate_series(1, cardinality(d.split), 2) n where event_id = $1 and d.kind = ''REDUCED'' and d.split is not null), price_steps as (select event_id, price, decision as number, seats, null::integer as seat_limit, false as is_limit from parts union all select event_id, price, cancelled_decision, -seats, null, false from parts where cancelled_decision is not null union all select t.event_id, t.price, step.number, step.seats, null, false from taken_away t join registrations r on r.event_id = t.event_id and r.id = t.registration_id cross join lateral (values (r.decision, t.seats), (t.decision, -t.seats)) as step (number, seats) union all select event_id, price, decision, 0, value::integer, true from event_decisions where event_id = $1 and kind = ''LIMIT'') select count(*) as violations, min(event_id::text) as example from (select event_id, standing, first_value(seat_limit) over (partition by event_id, price, era order by number, is_limit desc) as seat_limit from (select *, sum(seats) over history as standing, count(*) filter (where is_limit) over history as era from price_steps window history as (partition by event_id, price order by number)) sums) states where standing < 0 or standing > seat_limit", "what": "at no point did more seats stand at a price than its limit", "violations": 0}], "passed": true, "promise": "P1"}, {"checks": [{"sql": "select count(*) as violations, min(t.event_id::text) as example from (select * from ticket_types where event_id = $1) t left join (select distinct on (event_id, ticket_type) event_id, ticket_type, seats from registrations where event_id = $1 and status = ''WAITLISTED'' order by event_id, ticket_type, decision) head on head.event_id = t.event_id and head.ticket_type = t.number where t.head_wants <> coalesce(head.seats, 0) or t.seats_remaining >= head.seats", "what": "whoever is first in a line wants more seats than are available", "violations": 0}, {"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id, id, decision, seated_decision, max(case when seated_decision is distinct from decision then coalesce(least(seated_decision, cancelled_decision), 9223372036854775807) end) over (partition by event_id, ticket_type order by decision rows between unbounded preceding and 1 preceding) as line_empty_from from registrations where event_id = $1) places where seated_decision < line_empty_from and not exists (select from transfers t join registrations giver on giver.event_id = t.event_id and giver.id = t.registration_id where t.event_id = places.event_id and t.id = places.id and (giver.cancellation = ''PASSED_ON'' or giver.seats < giver.seats_booked)) and seated_decision = decision", "what": "nobody got a seat ahead of the waitlist", "violations": 0}], "passed": true, "promise": "P2"}, {"checks": [{"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id from registrations where event_id = $1 and status <> ''CANCELLED'' group by event_id, user_id, ticket_type having count(*) > 1) twice", "what": "nobody holds two active bookings of one ticket type", "violations": 0}], "passed": true, "promise": "P3"}, {"checks": [{"sql": "select count(*) as violations, min(event_id::text) as example from (select event_id, id, decision, seated_decision, max(case when seated_decision is distinct from decision then coalesce(least(seated_decision, cancelled_decision), 9223372036854775807) end) over (partition by event_id, ticket_type order by decision rows between unbounded preceding and 1 preceding) as line_empty_from from registrations where event_id = $1) places where seated_decision < line_empty_from and not exists (select from transfers t join registrations giver on giver.event_id = t.event_id and giver.id = t.registration_id where t.event_id = places.event_id and t.id = places.id and (giver.cancellation = ''PASSED_ON'' or giver.seats < giver.seats_booked)) and seated_decision <> decision", "what": "the waitlist got its seats in the order of booking", "violations": 0}, {"sql": "with numbers as (select event_id, decision as number from registrations where event_id = $1 union all select event_id, seated_decision from registrations where event_id = $1 and seated_decision <> decision union all select event_id, cancelled_decision from registrations where event_id = $1 and cancelled_decision is not null union all select event_id, decision from payments where event_id = $1 union all select event_id, taken_back_decision from payments where event_id = $1 and taken_back_decision is not null union all select event_id, decision from event_decisions where event_id = $1) select count(*) as violations, min(event_id::text) as example from (select n.event_id from numbers n join events e on e.id = n.event_id group by n.event_id, n.number having count(*) > 1 or n.number < 1 or n.number > max(e.last_decision)) wrong", "what": "no decision number is used twice, and none exceeds the event''s last", "violations": 0}, {"sql": "with numbers as (select event_id, decision as number from registrations where event_id = $1 union all select event_id, seated_decision from registrations where event_id = $1 and seated_decision <> decision union all select event_id, cancelled_decision from registrations where event_id = $1 and cancelled_decision is not null union all select event_id, decision from payments where event_id = $1 union all select event_id, taken_back_decision from payments where event_id = $1 and taken_back_decision is not null union all select event_id, decision from event_decisions where event_id = $1) select count(*) as violations, min(event_id::text) as example from (select event_id, number, coalesce(lead(number) over (partition by event_id order by number), last_decision + 1) as next from (select event_id, number, last_decision from numbers join events on id = event_id union all select id, 0, last_decision from (select id as event_id, * from events) e where event_id = $1) all_of_them) gaps where next > number + 1 and not exists (select from event_decisions undone where undone.event_id = gaps.event_id and undone.kind = ''SIMULATION_UNDONE'' and undone.value <= gaps.number and undone.decision >= gaps.next)", "what": "no decision number is missing, except those of undone stress tests", "violations": 0}], "passed": true, "promise": "P4"}], "rehearsal": false, "failed_count": 0, "ticket_types": [{"name": "Admission", "number": 1, "capacity": 5, "attempted": 3, "seats_given": 3, "success_count": 3, "waitlisted_count": 0, "final_seats_remaining": 2}], "in_flight_max": 3, "success_count": 3, "batch_size_max": 2, "total_attempted": 3, "waitlisted_count": 0, "latency_milliseconds": {"max": 3.006, "p50": 3.001, "p95": 3.006, "p99": 3.006, "mean": 2.68}, "duration_milliseconds": 3.081, "final_seats_remaining": 2, "throughput_per_second": 973.636, "lock_held_milliseconds": {"max": 1.51, "p50": 0.665, "p95": 1.51, "p99": 1.51, "mean": 1.088}, "lock_wait_milliseconds": {"max": 0.402, "p50": 0.258, "p95": 0.402, "p99": 0.402, "mean": 0.33}}', NULL, '{"seated": [0, 3], "refused": [0, 0], "waiting": [0, 0], "answered": [0, 3], "latencies": [{"buyers": 1, "to_milliseconds": 2.262, "from_milliseconds": 1.6}, {"buyers": 2, "to_milliseconds": 3.2, "from_milliseconds": 2.262}], "seats_left": [5, 2], "at_milliseconds": [0.001, 3.081]}', NULL, NULL);


--
-- Data for Name: ticket_names; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.ticket_names VALUES
	('01a223f5-8edb-74f0-94db-62acc52e0403', '01a223f5-8eef-721b-acef-06f0cf323b0e', 1, 'Zoë O''Hara');


--
-- Data for Name: ticket_types; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.ticket_types VALUES
	('01a223f4-fd26-7374-9df1-a0995b7fc735', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f4-fe87-7729-a331-50b27c5fdb0d', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f4-fea8-7775-9070-6662d9d70163', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f4-fedf-74a9-9871-b53512786efc', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f4-ff17-77b2-926e-9dc276648884', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f4-ff4b-7117-a6ad-afcafa07b7bc', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f4-ff75-76ab-bdf4-2e48c0647607', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f4-ff9e-71f6-9fce-e3347edf7f02', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f4-ffd0-763c-9d00-8a0c0007cd93', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f4-fff8-708a-858f-12e05c8f4399', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-01af-7185-8001-41348d39d786', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-01e6-7126-80df-82c19817ea33', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-0217-72a9-a574-fe7057310828', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-0239-730b-b479-19a5208f04b4', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-039a-71d1-a656-70e9a524e4ae', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-03df-75aa-80c1-849ddfe149b0', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-041a-73b8-af54-085c66686b4c', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-0459-7577-8ed7-d0b48888e2fe', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-0486-766b-a1bb-10c06d75790a', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-04ab-778c-8436-ac9fb0cd9870', 1, 'Admission', 5, 5, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-04df-76d1-bb42-29b62413bda7', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-050f-75f6-89ad-9f8ed4922353', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-0560-74df-aba2-72de0fb13790', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-059f-7133-aa1f-ab2ae83b5ed8', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-05df-7180-8f29-39c3b70c91c8', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-061c-769d-af03-f079e09b06eb', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-065d-71c7-a77f-e8947afa4a6b', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-0698-711a-a7fa-9020509c0915', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-06bc-767c-85ae-d03721058a00', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-06e1-7637-be31-144fcea5fff7', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-0747-730c-b313-19760292f1fa', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-0762-73b9-bef2-541ecb07bd12', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-0773-76c0-ba91-3d06f711ee4f', 1, 'Admission', 6, 6, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-08bb-74a2-94ed-c5acb4b96262', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-092a-73f2-86b4-efcf1d9e1238', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-8865-7132-a5cf-f19b2e32a2ef', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-889a-721b-8340-d0578d49bd69', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-88b7-71da-9d41-4794e4b4ece2', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-8914-70c0-9cf3-f30dbba3dcc0', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-89fd-72e9-8a6a-95f84a3a078d', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-8be2-70fe-b7de-30bf0febad01', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-07c6-77a0-b5cf-d3a0ca9e5d93', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-07ee-7167-8926-24d01bd63356', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-0817-72c1-9d7a-014ac5785069', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-083e-75ff-8c6c-2fffb6dda2c2', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-88e6-71b0-94c5-0a304ad92248', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-89ae-76bc-9802-82aa32e58caf', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-8b88-74c6-8857-a9b35e426a50', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-8c02-7648-947e-6387ce451ee2', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-8edb-74f0-94db-62acc52e0403', 1, 'Admission', 2, 0, 2, 2, 1, 1, true, 0, 0, 0, NULL),
	('01a223f5-086a-753d-85c6-a5cf0573df0f', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-088c-770a-a959-99a810a5d795', 1, 'Admission', 5, 5, 0, 0, 0, 1, true, 0, 0, 0, NULL),
	('01a223f5-08e7-737f-89e7-12694fbaad6f', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 500, 0, NULL),
	('01a223f5-8766-72f3-a192-5f631f13237d', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-893b-7517-b9b3-a56c474ee366', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-89da-74fe-b4dd-ab81139fa85d', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-8acb-7431-b798-8dea6a556fbd', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-8b2d-711f-ab83-8101d1f3f2b6', 1, 'Admission', 5, 2, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-8bbb-712c-b52b-50d28d998fc6', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-87ee-76cc-a3e9-d576208330ee', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-8822-72ee-bb20-a6c51704702a', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-896e-751d-883f-f346d6701e4a', 1, 'Admission', 5, 5, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-8a3f-7539-86f6-a30518b0d43d', 1, 'Admission', 5, 2, 0, 0, 0, 1, false, 0, 0, 0, NULL),
	('01a223f5-8c31-734f-9aa3-5d674232e962', 1, 'Admission', 5, 4, 0, 0, 0, 1, true, 0, 0, 0, NULL);


--
-- Data for Name: transfers; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.transfers VALUES
	('01a223f5-0560-74df-aba2-72de0fb13790', '01a223f5-0584-7480-a776-c15d6d4ef234', '01a223f5-0570-74e6-b6e3-c4edade2e6e8', 1, '\x64c7edc56ecc0f696809e3298d4343dd0188dd885a4156023cfb13de44f7c105', '2026-11-28 20:59:50.03134+00', '2026-12-05 20:59:50.028803+00', NULL),
	('01a223f5-059f-7133-aa1f-ab2ae83b5ed8', '01a223f5-05bd-76be-a6f0-525ad2a65e67', '01a223f5-05b4-73e8-ae4a-3d313c73077a', 1, '\x11e1c12d80c395baa7080201712b754c221517496161e8b1e00047e821d34b34', '2026-11-28 20:59:50.083514+00', '2026-12-05 20:59:50.081976+00', '2026-11-28 20:59:50.100783+00'),
	('01a223f5-05df-7180-8f29-39c3b70c91c8', '01a223f5-0604-746b-bdc2-6eab272dd69a', '01a223f5-05fe-73f6-8ede-b424bb3cbea1', 1, '\xcf2052e9f4f168622531b5c976787bd0bfc82e4b93683a655626da217eae51e2', '2026-11-28 20:59:50.155697+00', '2026-12-05 20:59:50.153719+00', NULL),
	('01a223f5-061c-769d-af03-f079e09b06eb', '01a223f5-0641-7501-91ff-dc48287da795', '01a223f5-063c-7415-8515-5eba4b03ec75', 1, '\xce338ac392fc07ac37d11f02c65875e5c23b49474583b7f49750d76320235801', '2026-11-28 20:59:50.216878+00', '2026-12-05 20:59:50.215138+00', NULL);


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.users VALUES
	('01a223f4-fc97-71f4-9c96-ebf255e0d405', 'Somebody', '01a223f4fc9771f49c96ebf255e0d405@example.com', '$2b$04$QrfhkWEK9wMmcf7a6r7yY.NmXvGjNLENmP2z.a5h3CZb7nS1kLhca', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:47.755164+00', '2026-11-28 20:59:47.755164+00', '2026-11-28 20:59:47.755164+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-fe6e-7773-8ab6-8c5834127074', 'Somebody', '01a223f4fe6e77738ab68c5834127074@example.com', '$2b$04$G4PokPtumg04HiYMZ7BDwOvH5IWE51kdm9VmDbaeTv5nbNiqfpj5e', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:48.207754+00', '2026-11-28 20:59:48.207754+00', '2026-11-28 20:59:48.207754+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-fe76-7394-9bd6-c8af5eaa5df2', 'New', '01a223f4fe717656aa27898ae75a9b65@example.org', '$2b$04$Nwoaz1WjDgZ8WhQ5cPodFe4Tjonx39AKdFqetx4imYHpISviJ/yUG', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:48.215524+00', '2026-11-28 20:59:48.215524+00', '2026-11-28 20:59:48.215524+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-fe84-7104-b0dd-4b4a3ef3bee0', 'Somebody', '01a223f4fe847104b0dd4b4a3ef3bee0@example.com', '$2b$04$0SPYwxyxZD1OJeugPdC9rOLDbPRCn6Z/nIx9RcQj0RrM8XGOsnxzi', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:48.229664+00', '2026-11-28 20:59:48.229665+00', '2026-11-28 20:59:48.229665+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-fe9c-7525-829c-e09fb4066cbc', 'Somebody', '01a223f4fe9c7525829ce09fb4066cbc@example.com', '$2b$04$QnMRkkFfGY1heGbibgpk6uGgXq36.ZS.cHYlg6zCUKCxJygrj7aii', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:48.253603+00', '2026-11-28 20:59:48.253603+00', '2026-11-28 20:59:48.253603+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-febc-7236-b03b-113b8d4785bb', 'Somebody', '01a223f4febc7236b03b113b8d4785bb@example.com', '$2b$04$/MJ3OfH6yI5w0gJjEHDYU.cUU7VkU3S4I0aOAHhWdCzqw3R35MaAa', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:48.285882+00', '2026-11-28 20:59:48.285882+00', '2026-11-28 20:59:48.285882+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-fea6-7607-9784-6b47474d30ae', 'Somebody', '01a223f4fea6760797846b47474d30ae@example.com', '$2b$04$yAg2FsXxQnS/KmU/OltZUeOjnjm9i5ZALtGlIF4H/7HfX8YYCPMqy', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:48.298123+00', '2026-11-28 20:59:48.26284+00', '2026-11-28 20:59:48.26284+00', '{01a223f4-febf-7d34-a02c-9dd6bf5a8ae1}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-fef9-7460-a4e6-b2c614e072be', 'Somebody', '01a223f4fef97460a4e6b2c614e072be@example.com', '$2b$04$OmwEmhMzpNEs0mDlbYlPO.m6AQVuRPRnIvgu6btubDSWk6wU5.4.O', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:48.346346+00', '2026-11-28 20:59:48.346346+00', '2026-11-28 20:59:48.346346+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-fed8-7186-9b69-cc3e3185e3da', 'Somebody else', '01a223f4fed871869b69cc3e3185e3da@example.com', '$2b$04$UUtFJgsPTl7SwvPC5UQrgeH60bQeP1aZF8E94Ffk.kHOrkCvJzPYS', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:48.313522+00', '2026-11-28 20:59:48.313522+00', '2026-11-28 20:59:48.350277+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-ff10-7744-8a14-ebb53e376cea', 'Somebody', '01a223f4ff1077448a14ebb53e376cea@example.com', '$2b$04$WVYn2x0o1ua.uo02m87G4.CpB5K8mYtIruY9dcqgFY4/WnX.sv9BW', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:48.369434+00', '2026-11-28 20:59:48.369434+00', '2026-11-28 20:59:48.369434+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-ff2c-75e8-bf8e-adad0658a21b', 'Somebody', '01a223f4ff2c75e8bf8eadad0658a21b@example.com', '$2b$04$aIeujyew3qa8aVipmedhuu6kbwFW6CziMfwhXTTwfU9TQpVRoVFFa', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:48.397626+00', '2026-11-28 20:59:48.397626+00', '2026-11-28 20:59:48.397626+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-ff08-7565-8eee-c5d4ff0a1949', 'Erased account', 'erased-01a223f4-ff08-7565-8eee-c5d4ff0a1949@erased.invalid', '!', 'AUDIENCE', false, 'PERSON', 2, '2026-11-28 20:59:48.40817+00', '2026-11-28 20:59:48.361927+00', '2026-11-28 20:59:48.40817+00', '{}', '2026-11-28 20:59:48.40817+00', NULL, NULL, NULL, NULL, NULL),
	('01a223f4-ff61-773e-bc08-eae5968890ec', 'Somebody', '01a223f4ff61773ebc08eae5968890ec@example.com', '$2b$04$/LDa0YROxhOTOtmW6AgfJ.TQiLQOyphah8UQRldS.WdMiHqwei6LG', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:48.450542+00', '2026-11-28 20:59:48.450542+00', '2026-11-28 20:59:48.450542+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-ff46-779c-9349-24e3b0379144', 'Somebody', '01a223f4ff46779c934924e3b0379144@example.com', '$2b$04$kK5Oi699G3waZ4xBE59g9OcCdHZk/.Lgo/0ASa2kqzJlQUMNHYk.S', 'ORGANIZER', true, 'PERSON', 2, '2026-11-28 20:59:48.458465+00', '2026-11-28 20:59:48.423136+00', '2026-11-28 20:59:48.458465+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-ff70-752a-ba89-2ccac08d7edb', 'Somebody', '01a223f4ff70752aba892ccac08d7edb@example.com', '$2b$04$6ntKEduidm1iie8CP27wW.gvcIWxf/SKx0U4AzRTwM5JBsZ0hR0dW', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:48.465304+00', '2026-11-28 20:59:48.465304+00', '2026-11-28 20:59:48.465305+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-ff89-7056-90d2-16fc670714d0', 'Somebody', '01a223f4ff89705690d216fc670714d0@example.com', '$2b$04$fAJydU3aqDbAjNQstymdnePyKl45OGXNBNf9VmPObS7N843ELHEOi', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:48.490828+00', '2026-11-28 20:59:48.490828+00', '2026-11-28 20:59:48.490829+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-ffb1-728c-8fb8-abcc59794e6b', 'Somebody', '01a223f4ffb1728c8fb8abcc59794e6b@example.com', '$2b$04$7cQWPIlNaSFExDEYo7fluOzWlYumHtYf5PwEwYbULU9/dnQl8nnxm', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:48.530479+00', '2026-11-28 20:59:48.530479+00', '2026-11-28 20:59:48.530479+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-ff98-7717-875b-61ef91455fc8', 'Somebody', '01a223f4ff987717875b61ef91455fc8@example.com', '$2b$04$grwy.a/ej08bf2XZ.JeequbrjtneRCRl.ITh0R61G6UaTN6cAuSgm', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:48.505575+00', '2026-11-28 20:59:48.505575+00', '2026-11-28 20:59:48.54646+00', '{}', NULL, NULL, NULL, NULL, NULL, '2026-11-28 20:59:48.54646+00'),
	('01a223f4-ffc9-7529-89d5-ee7ab8917f28', 'Somebody', '01a223f4ffc9752989d5ee7ab8917f28@example.com', '$2b$04$RyCyWib5czNLsW9Bz99hg.Ufui6jAv4QvkD6DG1Chh0MYb2sVRfKa', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:48.555229+00', '2026-11-28 20:59:48.555229+00', '2026-11-28 20:59:48.555229+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-ffe4-77da-ba36-90db8e7841b1', 'Somebody', '01a223f4ffe477daba3690db8e7841b1@example.com', '$2b$04$34hES4.jYPL7lOHPrQCw0.JuGeofzxCi3OIiJHzLx9aHABwdd4srG', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:48.581557+00', '2026-11-28 20:59:48.581557+00', '2026-11-28 20:59:48.581557+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f4-fff3-7105-ba39-b936e880d268', 'Somebody', '01a223f4fff37105ba39b936e880d268@example.com', '$2b$04$o39HpsyBC17v.rEZd7TJROG0hIP8VWhe31r4WaxssinzvSLCs9Z2C', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:48.596578+00', '2026-11-28 20:59:48.596578+00', '2026-11-28 20:59:48.596578+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-000b-7475-9d9c-d57d135cc3a7', 'Somebody', '01a223f5000b74759d9cd57d135cc3a7@example.com', '$2b$04$CAEcUpLUFGxvRX0h7jy2G.FP6scsnbk8FYRGbdz6mgFZ3FaNce6T.', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:48.620558+00', '2026-11-28 20:59:48.620558+00', '2026-11-28 20:59:48.620558+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-01ab-7781-a5ac-7808033f0987', 'Somebody', '01a223f501ab7781a5ac7808033f0987@example.com', '$2b$04$dFKuyCuqBMqXV2480IS2ieSqcsfbkVdLRd0PKx8i2DOm5YYL.lZom', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.036587+00', '2026-11-28 20:59:49.036587+00', '2026-11-28 20:59:49.036587+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-01c4-71d9-8b32-0ab2721ac433', 'Somebody', '01a223f501c471d98b320ab2721ac433@example.com', '$2b$04$JAD6gxcwHP1IUDSysayoRudcbhWsziWZyf7SYUh.gQdt5MiJ0OEu.', 'AUDIENCE', true, 'PERSON', 2, '2026-11-28 20:59:49.079722+00', '2026-11-28 20:59:49.061769+00', '2026-11-28 20:59:49.079722+00', '{}', NULL, NULL, NULL, NULL, NULL, '2026-11-28 20:59:49.079722+00'),
	('01a223f5-01e0-70ee-8aea-2fa356526251', 'Somebody', '01a223f501e070ee8aea2fa356526251@example.com', '$2b$04$k7g71RMuXwR5MOE5Vdyt7.89li5sYJoP767AeXobzyE6wbbukkoOq', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.089314+00', '2026-11-28 20:59:49.089314+00', '2026-11-28 20:59:49.089314+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-01fa-751a-95ef-3ee0c2a928bd', 'Somebody', '01a223f501fa751a95ef3ee0c2a928bd@example.com', '$2b$04$5s/PUG/SrqzYGNKzeAEEOOrwjMJtyHRMTkMJYibVYzt.qHQqYQbw2', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:49.115438+00', '2026-11-28 20:59:49.115438+00', '2026-11-28 20:59:49.115438+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0205-750a-9b80-fbe0d4859113', 'New', '01a223f501fc7486880234a81e6fe223@example.org', '$2b$04$hxPVBZ3QvwuoGfgQyP4Fg.t6q7Z8e7/Spc87Fo97lXFtudOgC2NHW', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.127322+00', '2026-11-28 20:59:49.127323+00', '2026-11-28 20:59:49.127323+00', '{}', NULL, NULL, NULL, NULL, NULL, '2026-11-28 20:59:49.129134+00'),
	('01a223f5-022b-762d-9303-a3bf9ad4efd1', 'Somebody', '01a223f5022b762d9303a3bf9ad4efd1@example.com', '$2b$04$kDe4jxAMNX/gElTIAe4kO.iijSzc2d41rC1WRJQtjzwkY0PEo7ceS', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:49.16399+00', '2026-11-28 20:59:49.16399+00', '2026-11-28 20:59:49.16399+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0210-71cf-afe8-d4083cb3b4be', 'Somebody', '01a223f5021071cfafe8d4083cb3b4be@example.com', '$2b$04$l9SkJlDbbJA00Ji7sPn0I.SJx7dhBaX5XizfJyvfxS/RdOxNQyF4G', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.137708+00', '2026-11-28 20:59:49.137708+00', '2026-11-28 20:59:49.137708+00', '{}', NULL, NULL, NULL, '\xae36a5bb88e1ea1373daff320976d0a0f433870e59b2e7838835ba0ecfc71c84', '2026-11-28 20:59:49.166949+00', NULL),
	('01a223f5-036a-7731-9c65-0ae49fcb68f5', 'Somebody', '01a223f5036a77319c650ae49fcb68f5@example.com', '$2b$04$erd2SL9KVNhEd0rgTc7toOP356Ih66oo4y37M2kl.Eo/2VD0OvqCC', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:49.490354+00', '2026-11-28 20:59:49.490354+00', '2026-11-28 20:59:49.490354+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0234-74cf-9a41-ea9289597b55', 'Somebody', '01a223f5023474cf9a41ea9289597b55@example.com', '$2b$04$rxesSwB7svbJ9km83nyjfuNSKbYAXdWexNRuuvlyX1auKJIdE73US', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.173218+00', '2026-11-28 20:59:49.173218+00', '2026-11-28 20:59:49.173218+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0392-730e-910f-e857e35bfe76', 'Somebody', '01a223f50392730e910fe857e35bfe76@example.com', '$2b$04$4dzSY/Sm2mfXpUOhF47iROJ/huB2xEHR5DNDNKt.xKTwC2KUL4pSO', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.52485+00', '2026-11-28 20:59:49.52485+00', '2026-11-28 20:59:49.52485+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-03b8-71a9-9af9-14a29db7534d', 'Somebody', '01a223f503b871a99af914a29db7534d@example.com', '$2b$04$2bssYp5TZ.CcbDTCiYZSbe69vxmZ7Vgfwoj7ktP8lSA.AGHTWlxKe', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:49.56172+00', '2026-11-28 20:59:49.56172+00', '2026-11-28 20:59:49.56172+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-03d9-77da-bf7d-4a859e3fb5c4', 'Somebody', '01a223f503d977dabf7d4a859e3fb5c4@example.com', '$2b$04$unWrx95GySpoEVq59zEa8.JcCcJWWuHBjyxDTKrMt/jktqo1GN2pu', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.594066+00', '2026-11-28 20:59:49.594066+00', '2026-11-28 20:59:49.594066+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0406-7304-a136-e74cc4c1318f', 'Somebody', '01a223f504067304a136e74cc4c1318f@example.com', '$2b$04$gEwd//YQNFsCWa4b2M2ka.HQjDrkKwn26/VS/Z6jqWfJciPQUgl/q', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:49.639188+00', '2026-11-28 20:59:49.639189+00', '2026-11-28 20:59:49.639189+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0416-70d3-adc6-532126a68ed1', 'Somebody', '01a223f5041670d3adc6532126a68ed1@example.com', '$2b$04$SWInxHegvaIc7x/AV7cqCexZeQpaC.duNDl.Q.SV//oYwlPLECrLa', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.655486+00', '2026-11-28 20:59:49.655486+00', '2026-11-28 20:59:49.655486+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0444-7233-9039-0c7da45759d9', 'Somebody', '01a223f50444723390390c7da45759d9@example.com', '$2b$04$5yFJAXOgN.4lU1MvPFeFiu/N7020ueKYhiCTI8dCBrnLTqUAeMB2m', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:49.70145+00', '2026-11-28 20:59:49.70145+00', '2026-11-28 20:59:49.70145+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0453-7597-85d8-2d23cef785ac', 'Somebody', '01a223f50453759785d82d23cef785ac@example.com', '$2b$04$0Kk4bt5li5PwR5Ga8Qg6Se3Ij0CC1ytj0/ekgfqMw3pC5ARjzcxu2', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.71634+00', '2026-11-28 20:59:49.716342+00', '2026-11-28 20:59:49.716342+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0472-75e2-88c1-410399286d2f', 'Somebody', '01a223f5047275e288c1410399286d2f@example.com', '$2b$04$3zYuGJiXA4KTNPwB/xHd7O3LB12mxyRlgUt/Qfid/R1r4hmfgRWGy', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:49.74777+00', '2026-11-28 20:59:49.74777+00', '2026-11-28 20:59:49.74777+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-047e-7039-9b3b-31d75197d595', 'Somebody', '01a223f5047e70399b3b31d75197d595@example.com', '$2b$04$iOgZNPTc.ey3O2kqe9dRTeUhb/9F.MXCi6/jbrXkq8N8v3wQAGw3q', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.759433+00', '2026-11-28 20:59:49.759433+00', '2026-11-28 20:59:49.759433+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-049a-767d-bb84-08b388f6581c', 'Somebody', '01a223f5049a767dbb8408b388f6581c@example.com', '$2b$04$m0cOUSv2igKaVHTpfGtJOONrqKJkXoOlQzbEG06HkBpMUYIQXV9j2', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:49.787747+00', '2026-11-28 20:59:49.787747+00', '2026-11-28 20:59:49.787747+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-04a6-743d-ab2b-888e3aa09fdf', 'Somebody', '01a223f504a6743dab2b888e3aa09fdf@example.com', '$2b$04$8cu0eAyntT9C.JL3rU2RG.jhLBJi.wGtAhyX7PpIlgfxEengLfu.2', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.79997+00', '2026-11-28 20:59:49.79997+00', '2026-11-28 20:59:49.79997+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-04c3-7476-95a4-0e4c19fa147c', 'Somebody', '01a223f504c3747695a40e4c19fa147c@example.com', '$2b$04$udicHMF4sdwq46EHRRjZwe3P9fEJ1jXNi.FBYCJI5bhVOOCcCCfue', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:49.8298+00', '2026-11-28 20:59:49.8298+00', '2026-11-28 20:59:49.8298+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-04db-737e-9163-283dbbcbe470', 'Somebody', '01a223f504db737e9163283dbbcbe470@example.com', '$2b$04$Z8a2NMX60xLn6AA/yEKT8uCRyoHf9fdHUp.EizE3miGaR/6/R67RO', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.852887+00', '2026-11-28 20:59:49.852887+00', '2026-11-28 20:59:49.852887+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-04fb-71b5-82a0-5287b221b724', 'Somebody', '01a223f504fb71b582a05287b221b724@example.com', '$2b$04$4XGdLglego2zweXT5z3o9.ar/joJVXp1p19sQD/Ni8Y5njUxLR3cK', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:49.884192+00', '2026-11-28 20:59:49.884192+00', '2026-11-28 20:59:49.884192+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0508-7391-b162-4039d435a9a4', 'Somebody', '01a223f505087391b1624039d435a9a4@example.com', '$2b$04$WuRNZS5IrzyZFlAlq9v8hOdH6/kbBAW.gXUIODrHT8ibslBE89bki', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.89749+00', '2026-11-28 20:59:49.89749+00', '2026-11-28 20:59:49.89749+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-054d-703f-89fb-c0fbeadce432', 'Somebody', '01a223f5054d703f89fbc0fbeadce432@example.com', '$2b$04$iamu3sgBGSkLCq/cM1zI0.3drYuetRm4uDoLm9n.P0PRtvn1SRtF6', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:49.966925+00', '2026-11-28 20:59:49.966925+00', '2026-11-28 20:59:49.966925+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-055c-7385-98af-21a69753c447', 'Somebody', '01a223f5055c738598af21a69753c447@example.com', '$2b$04$OkdxkvytiWlzkECwdkdWNOpFULFFK8Q9QXSHZX6Gbo4byrXP5DADG', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:49.981985+00', '2026-11-28 20:59:49.981985+00', '2026-11-28 20:59:49.981985+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-057a-7394-a05a-c93627708af7', 'Somebody', '01a223f5057a7394a05ac93627708af7@example.com', '$2b$04$vM4kPT0YVVNw7Uyqp0Ofveio5R2zyh1P7SqvWXEwj33KlhdH8aYV2', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.012862+00', '2026-11-28 20:59:50.012862+00', '2026-11-28 20:59:50.012862+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0599-76c4-9c87-391c56bcd1a6', 'Somebody', '01a223f5059976c49c87391c56bcd1a6@example.com', '$2b$04$5WDZx2X4CkFcU34UhtE4yOPQ4d8uAh6I2xPwRfulguIfNPRGXe1fG', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.043019+00', '2026-11-28 20:59:50.04302+00', '2026-11-28 20:59:50.04302+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-05ca-7413-92dd-41cd3edc7507', 'Somebody', '01a223f505ca741392dd41cd3edc7507@example.com', '$2b$04$SRVOXEn5N9.dLEGfgo6Yv.lai58TLzeTuZDxZL1ZqAiyqKFe8ssSe', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.091521+00', '2026-11-28 20:59:50.091521+00', '2026-11-28 20:59:50.091521+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-05db-7501-8ea3-899190c2be41', 'Somebody', '01a223f505db75018ea3899190c2be41@example.com', '$2b$04$9ngzDrUtB.Sfg79JSB/2J.rFyrPiyusr86CAVwiSil2KtSbiznz0m', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.108136+00', '2026-11-28 20:59:50.108136+00', '2026-11-28 20:59:50.108136+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-05f0-719a-8f4d-b436673fdca3', 'Somebody', '01a223f505f0719a8f4db436673fdca3@example.com', '$2b$04$rzWudMstO/dreHVbZdqqUue3EE5Ou74TOTs7LtcY8z6aX1dydRcRO', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.129807+00', '2026-11-28 20:59:50.129807+00', '2026-11-28 20:59:50.129807+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-05fa-73fa-8303-70eb1165d60c', 'Somebody', '01a223f505fa73fa830370eb1165d60c@example.com', '$2b$04$MZyEZD12Myeigz.osm7AiuTh.ZpheGHZt3FLBjpg.1aG10PP/2iKi', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.139038+00', '2026-11-28 20:59:50.139038+00', '2026-11-28 20:59:50.139038+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0618-71ee-96cd-1b53f2845b6a', 'Somebody', '01a223f5061871ee96cd1b53f2845b6a@example.com', '$2b$04$QJo8bQCpVLYIme61Bk4s6OsrKUdN1fyOnFB2HjTvCtT9wxkcN1Uay', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.169155+00', '2026-11-28 20:59:50.169155+00', '2026-11-28 20:59:50.169155+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0630-7646-a1f8-bd550ac4c7fe', 'Somebody', '01a223f506307646a1f8bd550ac4c7fe@example.com', '$2b$04$xoD0Rou2D71SeyUceHenvur4RZGQ8ZhaaAkcBsHjHwrPhhy0PK/qi', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.193757+00', '2026-11-28 20:59:50.193757+00', '2026-11-28 20:59:50.193757+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0636-764c-80ef-3b98229d827d', 'Somebody', '01a223f50636764c80ef3b98229d827d@example.com', '$2b$04$jEqKyEV4BbnZC48upiWMN.Zry7Otjeju8w.RhK9F/zwMiTB6p4w.O', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.199625+00', '2026-11-28 20:59:50.199625+00', '2026-11-28 20:59:50.199625+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0659-7494-ab2b-98581d547427', 'Somebody', '01a223f506597494ab2b98581d547427@example.com', '$2b$04$IsyamdZxdZCKwD.Ow4R3VeMVgnY1fTLsedLFjPiGFJ04.OOumh37e', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.235028+00', '2026-11-28 20:59:50.235028+00', '2026-11-28 20:59:50.235028+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0675-766e-a6fa-4fc83a6b65fd', 'Somebody', '01a223f50675766ea6fa4fc83a6b65fd@example.com', '$2b$04$dpsnyfPtrsGRoYvDD2xtOu6ZEMYO1V9AhwPUiWT2XxAw/BUDz4vOe', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.262792+00', '2026-11-28 20:59:50.262792+00', '2026-11-28 20:59:50.262792+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0692-7299-bca4-c6142502eaaa', 'Somebody', '01a223f506927299bca4c6142502eaaa@example.com', '$2b$04$3BXz34Ucyu.woVXGnThIlOFGs673Evycpkha0gGSsmk3VBXC4ghaO', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.292006+00', '2026-11-28 20:59:50.292006+00', '2026-11-28 20:59:50.292006+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-06aa-765b-ae8c-ce8bd477d9e9', 'Somebody', '01a223f506aa765bae8cce8bd477d9e9@example.com', '$2b$04$1LP/7mhzhphFWHQnRF8VFeI2wlHaE/MMG2fgFEHSFoIP8Z11YDFBG', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.315753+00', '2026-11-28 20:59:50.315753+00', '2026-11-28 20:59:50.315753+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-06b9-7757-b317-68b28f2efed9', 'Somebody', '01a223f506b97757b31768b28f2efed9@example.com', '$2b$04$zEKCmt3K3zJAFA3RHULoS.AE3TIS1l5mjn7zYtdzxruUEVBUsCV8W', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.330172+00', '2026-11-28 20:59:50.330172+00', '2026-11-28 20:59:50.330172+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-06d1-7195-b0a6-5db608bdcf3c', 'Somebody', '01a223f506d17195b0a65db608bdcf3c@example.com', '$2b$04$SUdHNcAJcWTtdfQ2yILRJ.NH7eMedsfU9rIzG54N.gXEeIyoxFzsK', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.354331+00', '2026-11-28 20:59:50.354331+00', '2026-11-28 20:59:50.354331+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-06dd-7722-9219-8a90f0f9819d', 'Somebody', '01a223f506dd772292198a90f0f9819d@example.com', '$2b$04$ejWEgqZMXWSPp6KnF/K7QeyDQJxRQelcY76xKoBbgtEeQJikRmPFu', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.366314+00', '2026-11-28 20:59:50.366314+00', '2026-11-28 20:59:50.366314+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-06fa-7299-bd3f-d42bba5ebea2', 'Somebody', '01a223f506fa7299bd3fd42bba5ebea2@example.com', '$2b$04$crAWRoyux208wLvtT98VC.m2h58zCVF0oL/nEaKFdfjrLA.w4Zu3e', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.395455+00', '2026-11-28 20:59:50.395455+00', '2026-11-28 20:59:50.395455+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-072f-75e2-839e-c41dcae4c534', 'Somebody', '01a223f5072f75e2839ec41dcae4c534@example.com', '$2b$04$..s9mrZh3oJwphhuXocoreG3MRXoZ2f8cT90KMTbt20zQF7YoZqDG', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.448943+00', '2026-11-28 20:59:50.448943+00', '2026-11-28 20:59:50.448943+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0741-77b3-a994-37b43c4ab483', 'Somebody', '01a223f5074177b3a99437b43c4ab483@example.com', '$2b$04$KI/kWc8UDSHDotiUNsWMieGhIf6xau6/hDdxgZ.4u0cJGBh5aIY4G', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.466818+00', '2026-11-28 20:59:50.466818+00', '2026-11-28 20:59:50.466818+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-075d-74c4-bfb8-6ee8825ac1b2', 'Somebody', '01a223f5075d74c4bfb86ee8825ac1b2@example.com', '$2b$04$Rwa4Pju0sN7y5D4cfEfBDe8hqOHpSjl.PjxAvSuV91DnRj9Ncz9LO', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.494727+00', '2026-11-28 20:59:50.494727+00', '2026-11-28 20:59:50.494727+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-076f-74dd-ae57-d952d814b730', 'Somebody', '01a223f5076f74ddae57d952d814b730@example.com', '$2b$04$W1f1HIvXUYX8KE9xjLS5NOjVelV64yDAySYFa3aSqohFVIjar9BNC', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.5124+00', '2026-11-28 20:59:50.5124+00', '2026-11-28 20:59:50.5124+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0789-75e5-9c8c-3e19c8d6d408', 'Somebody', '01a223f5078975e59c8c3e19c8d6d408@example.com', '$2b$04$EEaOp4j5xJItprjji3tRlu0yzzuCTaGhepM3Ij6nwBXUxCj9DPQQa', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.53836+00', '2026-11-28 20:59:50.53836+00', '2026-11-28 20:59:50.53836+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0797-76c0-8760-036991a72a0d', 'Somebody', '01a223f5079776c08760036991a72a0d@example.com', '$2b$04$lkm/VT.OhTz.17Z9vrOkhO.VmiK4Ctd1BgoB3ATuvaBUfU2buNcw.', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.552185+00', '2026-11-28 20:59:50.552185+00', '2026-11-28 20:59:50.552185+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-07ab-74a6-9c37-d5c1baa300a6', 'Somebody', '01a223f507ab74a69c37d5c1baa300a6@example.com', '$2b$04$1sDFWsI9P0Tn4eps.AbJOe0sFnaTE/UlWirVuAcfFkl7fxKm/ZICG', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.573174+00', '2026-11-28 20:59:50.573174+00', '2026-11-28 20:59:50.573174+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-07c0-702d-a96c-46d2b1ee5dec', 'Somebody', '01a223f507c0702da96c46d2b1ee5dec@example.com', '$2b$04$2FH6W.MxUQJYxOKf7QQMBOWfUDuILmn1pbwaPQFw8Q8aorRkyl7AO', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.593636+00', '2026-11-28 20:59:50.593636+00', '2026-11-28 20:59:50.593636+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-07d9-711e-8e3e-02e41a445eaf', 'Somebody', '01a223f507d9711e8e3e02e41a445eaf@example.com', '$2b$04$dBs3T0LHGOLrPEDoX4PCB.fJNQ5Ie.nCHtaZW7/nAGwlm5I0mA5fe', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.618834+00', '2026-11-28 20:59:50.618834+00', '2026-11-28 20:59:50.618834+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-07e8-7382-8359-853d552536d8', 'Somebody', '01a223f507e873828359853d552536d8@example.com', '$2b$04$8Nc5DmdzCQbAyZ/r9ItYzOh5hAujT74/8yjxGl5I5aaYW5Jrp4cu.', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.633311+00', '2026-11-28 20:59:50.633311+00', '2026-11-28 20:59:50.633311+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0802-745c-9e96-d1ee9e70f3da', 'Somebody', '01a223f50802745c9e96d1ee9e70f3da@example.com', '$2b$04$FyqUSmKA7kRu3R5FMbLwTO3j4.atPROoy8QeOsKlHyZF/4mgWwLvW', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.659934+00', '2026-11-28 20:59:50.659934+00', '2026-11-28 20:59:50.659934+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0811-72ea-91b9-6c5a4df02715', 'Somebody', '01a223f5081172ea91b96c5a4df02715@example.com', '$2b$04$pfNj0ddiBzLkuEo8cqB7dOL33QNLHAp2Nla0k89d5Wsxl4d3YPASq', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.674777+00', '2026-11-28 20:59:50.674777+00', '2026-11-28 20:59:50.674777+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-082c-73b0-8f11-5afbb885c450', 'Somebody', '01a223f5082c73b08f115afbb885c450@example.com', '$2b$04$ypk6DeMpEsOiKxoUBh1CQu4rbh9Wv5gwmTOHgjGhK6DZ0ikgojTm.', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.701476+00', '2026-11-28 20:59:50.701476+00', '2026-11-28 20:59:50.701476+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-083a-763d-9109-7172ae8dd385', 'Somebody', '01a223f5083a763d91097172ae8dd385@example.com', '$2b$04$Rzbx.4RPrMjVTHu1DuUW9OCvEob/9FUu5h2FjBHtB7CEmCIHKLzAK', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.715326+00', '2026-11-28 20:59:50.715327+00', '2026-11-28 20:59:50.715327+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0853-7732-bfd5-919a1d3b3a63', 'Somebody', '01a223f508537732bfd5919a1d3b3a63@example.com', '$2b$04$DqyeijgELAgxkABL96v1Pe5fGUTmKXwxNibRB/gplxFyr6mnrb1.u', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.740398+00', '2026-11-28 20:59:50.740398+00', '2026-11-28 20:59:50.740398+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0865-7387-b27e-4172a06ecce9', 'Somebody', '01a223f508657387b27e4172a06ecce9@example.com', '$2b$04$g7BPtR81QAU9nUBgDy.Xj.5R5uE2H2OCOfIT.eZeB28RxFsHKVwWy', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.758772+00', '2026-11-28 20:59:50.758772+00', '2026-11-28 20:59:50.758772+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-087d-74a9-9535-d027f482a991', 'Somebody', '01a223f5087d74a99535d027f482a991@example.com', '$2b$04$Z3YRDDuklVF17ih7cYrJYeLZ0lxrDUkpaX.wddshYsfVGJDbAHuL.', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.782256+00', '2026-11-28 20:59:50.782256+00', '2026-11-28 20:59:50.782256+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0889-74de-b181-9d0b4c4caf18', 'Somebody', '01a223f5088974deb1819d0b4c4caf18@example.com', '$2b$04$LtkexUhtdA6KH15eQ8YT8upL29pgzPeQnQv3mvvexqbu8QIgwFj0S', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.794068+00', '2026-11-28 20:59:50.794068+00', '2026-11-28 20:59:50.794068+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-08a1-7165-a967-e81f754ef11e', 'Somebody', '01a223f508a17165a967e81f754ef11e@example.com', '$2b$04$P9bm7hFeEgPQ6E7xu7/OkekdTl6aR/u97bGdOw.Tz6Hkmg77Ccmsm', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.819855+00', '2026-11-28 20:59:50.819855+00', '2026-11-28 20:59:50.819855+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-08b6-7433-a248-90e32d50d48a', 'Somebody', '01a223f508b67433a24890e32d50d48a@example.com', '$2b$04$G2aiW/5Hvp/opApflNODDu6QMzD2DrZN85CoUJWCben9oBimht3w6', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.839169+00', '2026-11-28 20:59:50.839169+00', '2026-11-28 20:59:50.839169+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-08d3-751f-9903-2ab364c565dc', 'Somebody', '01a223f508d3751f99032ab364c565dc@example.com', '$2b$04$TR2tri9hC8F/DhUg.FWRX.AdQCJBXCoRFQqLFv3nZPwzI9.vgcp7y', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.868787+00', '2026-11-28 20:59:50.868787+00', '2026-11-28 20:59:50.868787+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-08e2-745f-92bd-0944781451da', 'Somebody', '01a223f508e2745f92bd0944781451da@example.com', '$2b$04$UyOhgW/z9iSGoxGVA3ugKeoeO2kR7phJajby6zjnur1rrCNeDaLlq', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.883917+00', '2026-11-28 20:59:50.883917+00', '2026-11-28 20:59:50.883917+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0915-713b-98d5-48c7e9b0ac35', 'Somebody', '01a223f50915713b98d548c7e9b0ac35@example.com', '$2b$04$T5o3lZtfnowJzrNetXdeJezD02o3i2xYxsm9MBHTAlEmCJShcpL/2', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.93469+00', '2026-11-28 20:59:50.93469+00', '2026-11-28 20:59:50.93469+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0925-72b3-834e-9df4978ace0f', 'Somebody', '01a223f5092572b3834e9df4978ace0f@example.com', '$2b$04$3X7cxRJR8aNM6Myt5wfX/O3J.Dxa.Y/MpbSfzzkM8NWYtZV6OzXNO', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 20:59:50.950544+00', '2026-11-28 20:59:50.950544+00', '2026-11-28 20:59:50.950544+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-093b-73e5-a24e-f28ddbec2ea3', 'Somebody', '01a223f5093b73e5a24ef28ddbec2ea3@example.com', '$2b$04$BaGLtmpp5ymyYa.nJIxhqe19JXLARqAkIsbBykbhQwrMB606hq/Gu', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 20:59:50.972803+00', '2026-11-28 20:59:50.972803+00', '2026-11-28 20:59:50.972803+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-0947-72d1-9f29-8bacdd302bef', 'Somebody', '01a223f5094772d19f298bacdd302bef@example.com', '$2b$04$auS8zsxBlZwZrMATTYapZ.STHBiOpQ/jhQpjY6QnVkbu4h4w.vshm', 'ADMIN', true, 'PERSON', 1, '2026-11-28 20:59:50.984608+00', '2026-11-28 20:59:50.984608+00', '2026-11-28 20:59:50.984608+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-871c-743c-834d-14683b676af3', 'Somebody', '01a223f5871c743c834d14683b676af3@example.com', '$2b$04$/iTGRDa.wfZbYAlYGiflSeSrlZI4UPOhiTSg.R9UBLBwRAlqAJ4Xi', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.207168+00', '2026-11-28 21:00:23.207168+00', '2026-11-28 21:00:23.207168+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-875c-710c-8aff-ea3fedba3ebc', 'Somebody', '01a223f5875c710c8affea3fedba3ebc@example.com', '$2b$04$3ly5jF4CK3N6wJr94JUTxeaEBFIUXPWkWIpkRDnIiAbU.TpgF6uOm', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.261818+00', '2026-11-28 21:00:23.261818+00', '2026-11-28 21:00:23.261818+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-87cb-70c9-9d0b-2ac8f7a8a745', 'Somebody', '01a223f587cb70c99d0b2ac8f7a8a745@example.com', '$2b$04$KrkMIzNgLSyMhoVSIA7mN.acEAvQbiFyjVTbY2qEclZFL9T57V7vC', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.37209+00', '2026-11-28 21:00:23.37209+00', '2026-11-28 21:00:23.37209+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-87e6-71dc-b9e5-fa15979e6569', 'Somebody', '01a223f587e671dcb9e5fa15979e6569@example.com', '$2b$04$tE5TnjPdBu9dG0I.cqtYQurweYZ57VK3nOdEdUaaOIYrFMrAatr8u', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.402735+00', '2026-11-28 21:00:23.402735+00', '2026-11-28 21:00:23.402735+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-880c-7489-a3cc-da3ae29a5e60', 'Somebody', '01a223f5880c7489a3ccda3ae29a5e60@example.com', '$2b$04$dEbtZ74UyIIYAQ3IzELPwuInx92ODsJ.6BzsrXL3jOfFWybn18bn2', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.437183+00', '2026-11-28 21:00:23.437183+00', '2026-11-28 21:00:23.437183+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-881f-75d7-9d81-2dc8e3f5e09a', 'Somebody', '01a223f5881f75d79d812dc8e3f5e09a@example.com', '$2b$04$Df06pMEkUtCHBLYycIrBV.LivFJ49gxbAkYERTXPREHgXLoWhZYWi', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.45624+00', '2026-11-28 21:00:23.45624+00', '2026-11-28 21:00:23.45624+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8830-774e-b1da-8320fae3827f', 'Somebody', '01a223f58830774eb1da8320fae3827f@example.com', '$2b$04$2MNbJLsW/2crZa5xHv.uT.U0BUn/3m0WvCoHbH4p8kPKEBLg4QXJi', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.47341+00', '2026-11-28 21:00:23.47341+00', '2026-11-28 21:00:23.47341+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8862-7747-bb27-dfb5a07b0338', 'Somebody', '01a223f588627747bb27dfb5a07b0338@example.com', '$2b$04$iaqSebLYKM4wzIVBJrbKKubQKaayLaqBXH1s/l5uBJfFHEs.80CQW', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.523659+00', '2026-11-28 21:00:23.523659+00', '2026-11-28 21:00:23.52366+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-887a-7353-badc-076528b8f0fc', 'Somebody', '01a223f5887a7353badc076528b8f0fc@example.com', '$2b$04$w4Cv.R8IhbSWF/FQxt5HwOqZHxqAMfdcdaJDF2hR4FkmMw7W.OoEG', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.547463+00', '2026-11-28 21:00:23.547463+00', '2026-11-28 21:00:23.547463+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.users VALUES
	('01a223f5-8896-7366-80ac-b780feabdde3', 'Somebody', '01a223f58896736680acb780feabdde3@example.com', '$2b$04$DT2w2zKcgtx63tPlmEic7OGDpV/5ikAV7Vw0aqQyx1HiCLB1pGDyi', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.57552+00', '2026-11-28 21:00:23.57552+00', '2026-11-28 21:00:23.57552+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-88a9-71fa-9943-f86bda0bffd0', 'Somebody', '01a223f588a971fa9943f86bda0bffd0@example.com', '$2b$04$LnDQjAwbCTwaU8TMJn5Souk1se4q0sEn6dPLlwOjoaBfqktf.8vR.', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.593662+00', '2026-11-28 21:00:23.593662+00', '2026-11-28 21:00:23.593662+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-88b4-719a-a8fa-7a723fd946a5', 'Somebody', '01a223f588b4719aa8fa7a723fd946a5@example.com', '$2b$04$hok4Hz/agyOjiRb0yiqRwOMoPYVIVt9xLIWIYBSfd6f9J7c0okcau', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.60475+00', '2026-11-28 21:00:23.60475+00', '2026-11-28 21:00:23.60475+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-88c4-72c4-aa0d-83dab2145d35', 'Somebody', '01a223f588c472c4aa0d83dab2145d35@example.com', '$2b$04$/UFdiSDh5cpnXV3LcCBRA.jclYz9U/K/TpyFNTuZJrMz95cQ88yKi', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.623741+00', '2026-11-28 21:00:23.623741+00', '2026-11-28 21:00:23.623741+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-88e2-70c2-8ba0-a340c463617c', 'Somebody', '01a223f588e270c28ba0a340c463617c@example.com', '$2b$04$1YBMWrOxNQkSHJBUpDVuGubsXfOh2WFxLh0AXthq/hl0jFPL.CIly', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.651376+00', '2026-11-28 21:00:23.651376+00', '2026-11-28 21:00:23.651376+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-88f9-75c6-ba14-adf794c17484', 'Somebody', '01a223f588f975c6ba14adf794c17484@example.com', '$2b$04$Ch24N.WG2R4YDINK5k3tN.8j7Qm/AGwZqbj60KkfmckrT61Y34lQu', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.674395+00', '2026-11-28 21:00:23.674395+00', '2026-11-28 21:00:23.674395+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8907-72f8-b073-2a22b0833b41', 'Somebody', '01a223f5890772f8b0732a22b0833b41@example.com', '$2b$04$UdyqTnT0tuxycBkd18AQYesffbW/ePOsg9vAY/zP1I5A19Q5kceji', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.687905+00', '2026-11-28 21:00:23.687905+00', '2026-11-28 21:00:23.687905+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8911-776b-9f33-3299e935eaef', 'Somebody', '01a223f58911776b9f333299e935eaef@example.com', '$2b$04$/Od/EkHl9TKMioWp4Z/77egMPLvIZYuD6H8Zw/CGv3Qwp7FeK3iuS', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.698236+00', '2026-11-28 21:00:23.698236+00', '2026-11-28 21:00:23.698236+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8922-77d7-971b-1f25f8bbb7b3', 'Somebody', '01a223f5892277d7971b1f25f8bbb7b3@example.com', '$2b$04$fzqyERdbMk8fPQ.3.A96DuYK/8xuyZrXakrZ5itndvzCMJISsguMq', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.714847+00', '2026-11-28 21:00:23.714847+00', '2026-11-28 21:00:23.714847+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8937-74a1-be5f-26a1a59181b7', 'Somebody', '01a223f5893774a1be5f26a1a59181b7@example.com', '$2b$04$e/I.BwbyRfnYUlTlWDw0LO9SSlbytYV84pRIVkkNJNHh80QBwWDHa', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.736344+00', '2026-11-28 21:00:23.736344+00', '2026-11-28 21:00:23.736344+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8959-7602-a5bf-b696344184f6', 'Somebody', '01a223f589597602a5bfb696344184f6@example.com', '$2b$04$LrXbEWWlGOK9598B8ykQXu3RNE.wBcb9U8P1tjmq6RuEIScUH4zSW', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.770032+00', '2026-11-28 21:00:23.770032+00', '2026-11-28 21:00:23.770032+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-896a-72ba-a0d6-f6a8ac4e5952', 'Somebody', '01a223f5896a72baa0d6f6a8ac4e5952@example.com', '$2b$04$pFIZcgMo4h48gswqycvKM.hjPvck6YA4MvFXbNeN.5HOjxbnusGs2', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.786831+00', '2026-11-28 21:00:23.786831+00', '2026-11-28 21:00:23.786831+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-898b-70ba-a09e-076fb3195acc', 'Somebody', '01a223f5898b70baa09e076fb3195acc@example.com', '$2b$04$cXb6.51d1TFQarZeIGEbF.OfRtBbhPqNzrXYwmYwC8.RWTltaUWie', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.823032+00', '2026-11-28 21:00:23.823032+00', '2026-11-28 21:00:23.823032+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-89ac-70f6-b968-aed5c584baa5', 'Somebody', '01a223f589ac70f6b968aed5c584baa5@example.com', '$2b$04$szhyTYSJkeSIudE8zAueeebSfcUYjz2w6YhX1TxPsa5wncObxxeaG', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.853134+00', '2026-11-28 21:00:23.853134+00', '2026-11-28 21:00:23.853134+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-89c6-724c-b0b6-2dec42e4596f', 'Somebody', '01a223f589c6724cb0b62dec42e4596f@example.com', '$2b$04$g6Fms5fXnq3wvw2sNQ5oy.qZMEp9uRf7sz8cTFdvKdeehuXq5PUkS', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.87893+00', '2026-11-28 21:00:23.87893+00', '2026-11-28 21:00:23.87893+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-89d6-719d-9a5d-3e0d9fe259b3', 'Somebody', '01a223f589d6719d9a5d3e0d9fe259b3@example.com', '$2b$04$8mUj50XUCe2yg11qP2/WMO0Ui53Mp1ibN2D0LBLxdLe9yFo32RKPC', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.895558+00', '2026-11-28 21:00:23.895558+00', '2026-11-28 21:00:23.895558+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-89f0-7581-adb2-6ddb89690a5d', 'Somebody', '01a223f589f07581adb26ddb89690a5d@example.com', '$2b$04$Lv10WbjiGV4MIcQ7OrKXyujgir.7pUjgz/iUNg.GuApOYX12X/IgO', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.921573+00', '2026-11-28 21:00:23.921573+00', '2026-11-28 21:00:23.921573+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-89fa-75e8-b3e0-615b52ad9d18', 'Somebody', '01a223f589fa75e8b3e0615b52ad9d18@example.com', '$2b$04$ETEcneTCsdInoepojfi/6OLPZHn1i2lG3nUE0s2dC5z099w4LoDwG', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.9308+00', '2026-11-28 21:00:23.9308+00', '2026-11-28 21:00:23.9308+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8a25-75e0-b6e4-394259546dc3', 'Somebody', '01a223f58a2575e0b6e4394259546dc3@example.com', '$2b$04$mfCS3zxznmirJ15osqQXle2KF3YsliZzJ02E2Um8.KYxSBbxGVH2S', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:23.976613+00', '2026-11-28 21:00:23.976613+00', '2026-11-28 21:00:23.976613+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8a38-7202-92e0-3f3b3aec6e2d', 'Somebody', '01a223f58a38720292e03f3b3aec6e2d@example.com', '$2b$04$Qi3q/Qt4887qZujvu6nN4e.Zk5l0kAnSOe1gF3S8z55t9UjFpwFxa', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:23.993155+00', '2026-11-28 21:00:23.993155+00', '2026-11-28 21:00:23.993155+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8a3d-77d6-8320-fdc6e1229f80', 'Somebody', '01a223f58a3d77d68320fdc6e1229f80@example.com', '$2b$04$CvV8FcSvK4EKYxZw7xHcpeUf3.MebUJyk07Eu7tk2z71h1L0qyjDi', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:23.998023+00', '2026-11-28 21:00:23.998023+00', '2026-11-28 21:00:23.998023+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8a4c-7523-ade6-38fd45d4d4a8', 'Somebody', '01a223f58a4c7523ade638fd45d4d4a8@example.com', '$2b$04$8YRCxlUxyTAOWm5p9w/5U.Rv8mBGjnjn4p.e7tQUgKVkD5qFKrl/2', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:24.01351+00', '2026-11-28 21:00:24.01351+00', '2026-11-28 21:00:24.01351+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8a65-73ab-b29e-919b4998b909', 'Simulated buyer', 'simulated-000001@simulation.invalid', '!', 'AUDIENCE', true, 'SIMULATED', 1, '2026-11-28 21:00:24.037861+00', '2026-11-28 21:00:24.037861+00', '2026-11-28 21:00:24.037861+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8a65-73ab-b29e-919cb4908b42', 'Simulated buyer', 'simulated-000002@simulation.invalid', '!', 'AUDIENCE', true, 'SIMULATED', 1, '2026-11-28 21:00:24.038189+00', '2026-11-28 21:00:24.03819+00', '2026-11-28 21:00:24.03819+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8a65-73ab-b29e-919ddc2f5559', 'Simulated buyer', 'simulated-000003@simulation.invalid', '!', 'AUDIENCE', true, 'SIMULATED', 1, '2026-11-28 21:00:24.038197+00', '2026-11-28 21:00:24.038197+00', '2026-11-28 21:00:24.038197+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8ac2-754a-9b35-197441233053', 'Somebody', '01a223f58ac2754a9b35197441233053@example.com', '$2b$04$3IcSUlKN1hru.yXyUo8vYeU08lOuXHt.G5Phs1n.BxUFPN6as2fX2', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.131212+00', '2026-11-28 21:00:24.131212+00', '2026-11-28 21:00:24.131212+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8ac7-7189-84bf-3a9685f4a56d', 'Somebody', '01a223f58ac7718984bf3a9685f4a56d@example.com', '$2b$04$2pkyhxkCEsIBevolqDM/oOMRFTBfUMQjbM71QRGc89h0bVUVzev5i', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:24.136305+00', '2026-11-28 21:00:24.136305+00', '2026-11-28 21:00:24.136305+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8ad9-7640-8f8a-e7b73aae26ae', 'Somebody', '01a223f58ad976408f8ae7b73aae26ae@example.com', '$2b$04$5ZSX72r5/cXJIoS1jG0F6.tjDNaTxtc/P2XxEf3Mc6LmkU6UNAH3i', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.154003+00', '2026-11-28 21:00:24.154003+00', '2026-11-28 21:00:24.154003+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8b0a-7166-b4a3-380013349dce', 'Somebody', '01a223f58b0a7166b4a3380013349dce@example.com', '$2b$04$w9Ds08dLkSwFUdVqP5/d..0/0CHP6Gf1LNOGHRDlS8EOlAeHbQy2q', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:24.203044+00', '2026-11-28 21:00:24.203044+00', '2026-11-28 21:00:24.203044+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8b25-70e1-b031-c029c7c8f701', 'Somebody', '01a223f58b2570e1b031c029c7c8f701@example.com', '$2b$04$YpQuZovRJFBnI1JIjRrNDuVb6TFlQ4HCN2Tl9QGWUWSXYiJNMkz.S', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.230067+00', '2026-11-28 21:00:24.230067+00', '2026-11-28 21:00:24.230067+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8b2a-74fb-a2b6-27dadd36a9b0', 'Somebody', '01a223f58b2a74fba2b627dadd36a9b0@example.com', '$2b$04$ewNOTzCmzJyU0GnaYokF7e4dVzdsWp65pmdTCVxHdhfmjXquZZ0ye', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:24.234851+00', '2026-11-28 21:00:24.234851+00', '2026-11-28 21:00:24.234851+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8b3b-734f-a141-82d225a47d93', 'Somebody', '01a223f58b3b734fa14182d225a47d93@example.com', '$2b$04$GRMJqdimMo7hQjDg06DFX.coBhEiuT32BG8t6ourMIeqGMZHDWoZO', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.251793+00', '2026-11-28 21:00:24.251793+00', '2026-11-28 21:00:24.251793+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8b61-73a3-b4d3-5bd15f022797', 'Somebody', '01a223f58b6173a3b4d35bd15f022797@example.com', '$2b$04$JjyXYoZwcmm93NshRQWx9OeUVYCDRzQgDw0TtFmF62VWDXbFzJdh6', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.290496+00', '2026-11-28 21:00:24.290496+00', '2026-11-28 21:00:24.290496+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8b71-72c5-83ea-efe4f5da91d3', 'Somebody', '01a223f58b7172c583eaefe4f5da91d3@example.com', '$2b$04$DhUAmUUwJAdfjF/XKnyQPenvM0l5IBUpufFXd99V1jcZq9ihuJVSC', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:24.306582+00', '2026-11-28 21:00:24.306582+00', '2026-11-28 21:00:24.306582+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8b7c-74bc-b76d-3f97c2f8ab92', 'Somebody', '01a223f58b7c74bcb76d3f97c2f8ab92@example.com', '$2b$04$iXvq.Y.oHLpTmAN9xGY/KOQE/sC.E8vLOhLzV6k5ze2bLn0H02Awa', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.317217+00', '2026-11-28 21:00:24.317217+00', '2026-11-28 21:00:24.317217+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8b82-7500-9388-dc049d4dbb8f', 'Somebody', '01a223f58b8275009388dc049d4dbb8f@example.com', '$2b$04$drc62oLTnFwYYDB2o1SuZu2CJqxm3m45nVW.w//EgGLjq2MKdO0F6', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:24.324214+00', '2026-11-28 21:00:24.324214+00', '2026-11-28 21:00:24.324214+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8ba3-7452-bd69-93d3c24ec555', 'Somebody', '01a223f58ba37452bd6993d3c24ec555@example.com', '$2b$04$FKJ7fpCMq8pcZO7aLUgG8eoUdRt8Op4.YKgUUrKN3b0c6b1Vs/h46', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:24.355733+00', '2026-11-28 21:00:24.355733+00', '2026-11-28 21:00:24.355733+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8b9e-7525-ab0f-c36d095476f7', 'Somebody', '01a223f58b9e7525ab0fc36d095476f7@example.com', '$2b$04$3xaB9AHVKZDu1wt9R6oEdObqTrnrIZc/HJavpEYPFtivsgd3js9Ba', 'ORGANIZER', true, 'PERSON', 2, '2026-11-28 21:00:24.364715+00', '2026-11-28 21:00:24.35124+00', '2026-11-28 21:00:24.364715+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8bb3-719b-9aec-b4717539ab06', 'Somebody', '01a223f58bb3719b9aecb4717539ab06@example.com', '$2b$04$IJneLS1esL7MXt2.mjXkeuqFDh8NABqphRfEZm.O8OESOQ57eS5ha', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.371817+00', '2026-11-28 21:00:24.371817+00', '2026-11-28 21:00:24.371817+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8bb8-7074-a975-da8af8725235', 'Somebody', '01a223f58bb87074a975da8af8725235@example.com', '$2b$04$fYAyjg42WaQmIuqQVKn6Yeo4/mfd.bAbXqvl1FOK/X5noXrwFRaE6', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:24.376715+00', '2026-11-28 21:00:24.376715+00', '2026-11-28 21:00:24.376715+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8bcc-73ff-9b82-910953ff9b0d', 'Somebody', '01a223f58bcc73ff9b82910953ff9b0d@example.com', '$2b$04$u7B/X/7sVVAZ5wB.7dNtb.M..C9o8pR6/MrtC5K1.YLAXLvSOhW46', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:24.396723+00', '2026-11-28 21:00:24.396723+00', '2026-11-28 21:00:24.396723+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8bc7-7197-b574-4a16cfe1e9a8', 'Somebody', '01a223f58bc77197b5744a16cfe1e9a8@example.com', '$2b$04$0PA0b1Gb7/2.sK4E563s2.q3G4O1Yvdi46ZDWS82qTThUWlifwNN2', 'AUDIENCE', true, 'PERSON', 2, '2026-11-28 21:00:24.402791+00', '2026-11-28 21:00:24.391917+00', '2026-11-28 21:00:24.402791+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8bd8-73ed-a318-07d4da0527ae', 'Somebody', '01a223f58bd873eda31807d4da0527ae@example.com', '$2b$04$P5mU9mM3z.It6bvh22mYw.li0pJLVVRQY1xPdFRbvMe9idxIHut..', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.408873+00', '2026-11-28 21:00:24.408873+00', '2026-11-28 21:00:24.408873+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8bdf-727e-b8c2-fa2d663b4c2f', 'Somebody', '01a223f58bdf727eb8c2fa2d663b4c2f@example.com', '$2b$04$m.1qAQDmfKgiyWfJl8yQgewpetrDdAsjPk1.9Ter2v93fwl9jxFRu', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:24.415936+00', '2026-11-28 21:00:24.415936+00', '2026-11-28 21:00:24.415936+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8bef-7309-8d6b-afeff589dcf1', 'Somebody', '01a223f58bef73098d6bafeff589dcf1@example.com', '$2b$04$lWi1GRZKk9cGClq11JVpKeU2wvG3A/FGFWTcWF5MtMcYjz5e3eRkm', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:24.431846+00', '2026-11-28 21:00:24.431846+00', '2026-11-28 21:00:24.431846+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8bfb-7574-83d1-82edc6fa8be7', 'Somebody', '01a223f58bfb757483d182edc6fa8be7@example.com', '$2b$04$Q2zXCKf0lg1cmlNz4yYLauk2AGbLbPxPF8KqZunLRcWLM8ahUVE96', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.443742+00', '2026-11-28 21:00:24.443742+00', '2026-11-28 21:00:24.443742+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8bff-758b-8762-cf2022ff6f1d', 'Somebody', '01a223f58bff758b8762cf2022ff6f1d@example.com', '$2b$04$7mpmCJWX2o/ksGpfDdM66e8O89NweSMsnx3y10KDwwziV11R749wC', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:24.447835+00', '2026-11-28 21:00:24.447835+00', '2026-11-28 21:00:24.447835+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8c0e-72d6-8fc1-544f72429ea8', 'Somebody', '01a223f58c0e72d68fc1544f72429ea8@example.com', '$2b$04$pY1LBNVvmPu4KJYbcOKKGOlr4e/PyEQMtZ07/ByIUyRf7/HQpKNzm', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.463218+00', '2026-11-28 21:00:24.463218+00', '2026-11-28 21:00:24.463218+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8c18-7559-8e9f-26f44b95aff5', 'Somebody', '01a223f58c1875598e9f26f44b95aff5@example.com', '$2b$04$m3fElih.Naf65chbv/3MH.SJmzNXTvgr4/XUtsQtpHs6m8l6fVxZC', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.473736+00', '2026-11-28 21:00:24.473736+00', '2026-11-28 21:00:24.473736+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8c22-7159-b2a7-82e428a37623', 'Somebody', '01a223f58c227159b2a782e428a37623@example.com', '$2b$04$HxcGhOChx8cbNqScSvwDkul1Io.FrxM/Vz.Za3MmcDVzT9PFzCojS', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:24.482926+00', '2026-11-28 21:00:24.482926+00', '2026-11-28 21:00:24.482926+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8c2b-73c7-8dbe-c96332097d64', 'Somebody', '01a223f58c2b73c78dbec96332097d64@example.com', '$2b$04$VTDsbn2FKNA7G1tkGTMuHOAfW1e8OhXLEiTMwm/ZcuE3Zd.r4C1pe', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.491856+00', '2026-11-28 21:00:24.491856+00', '2026-11-28 21:00:24.491856+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8c2f-714b-8207-f7f88fab49c2', 'Somebody', '01a223f58c2f714b8207f7f88fab49c2@example.com', '$2b$04$ahASYKkGmgi4EZNqjYX./ek3YUFZA9.x3.FXP5lR/3Azkzo8Odcuy', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:24.496497+00', '2026-11-28 21:00:24.496498+00', '2026-11-28 21:00:24.496498+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8c3e-757a-8b2f-85dd4f174996', 'Somebody', '01a223f58c3e757a8b2f85dd4f174996@example.com', '$2b$04$NuWBZSS1./R53Q5Fa9ciLuoRV38gPHelmgKjgauoG0OXNB/EBuHEe', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:24.511685+00', '2026-11-28 21:00:24.511685+00', '2026-11-28 21:00:24.511685+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8c51-7147-8be6-a1a6b363aa47', 'Somebody', '01a223f58c5171478be6a1a6b363aa47@example.com', '$2b$04$TwDsQd98.EWUZ6TGAOJxd.172TvwdVL7cl5IaL7fJE.r1FkH8/SwO', 'ADMIN', true, 'PERSON', 1, '2026-11-28 21:00:24.530573+00', '2026-11-28 21:00:24.530573+00', '2026-11-28 21:00:24.530573+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8ecf-7050-8af7-00a07322884d', 'Somebody', '01a223f58ecf70508af700a07322884d@example.com', '$2b$04$dr7ay/oL92FodIhdsf61zuWdymrSH6zaXfzmC4w80v0JRgY7HUi.m', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:25.167972+00', '2026-11-28 21:00:25.167972+00', '2026-11-28 21:00:25.167972+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8ed7-74d0-a66c-9cbfd8568f78', 'Somebody', '01a223f58ed774d0a66c9cbfd8568f78@example.com', '$2b$04$Me7HjCwp920/yaLhicKOL.tA1TesV8JN.H2.n09Thm4fQAHpjwKkW', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 21:00:25.176075+00', '2026-11-28 21:00:25.176075+00', '2026-11-28 21:00:25.176075+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8ee8-71b4-b754-9d96e69784f7', 'Somebody', '01a223f58ee871b4b7549d96e69784f7@example.com', '$2b$04$7s6naHGoR8os/3AgAho2PeC9dRF7910XAzFkNHvNbPtb62vKisSNu', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:25.192921+00', '2026-11-28 21:00:25.192921+00', '2026-11-28 21:00:25.192921+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8ee9-7148-bd82-fd03843a0b89', 'Somebody', '01a223f58ee97148bd82fd03843a0b89@example.com', '$2b$04$7s6naHGoR8os/3AgAho2PeC9dRF7910XAzFkNHvNbPtb62vKisSNu', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:25.193564+00', '2026-11-28 21:00:25.193564+00', '2026-11-28 21:00:25.193564+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8ee9-7148-bd82-fd046126c4e1', 'Somebody', '01a223f58ee97148bd82fd046126c4e1@example.com', '$2b$04$7s6naHGoR8os/3AgAho2PeC9dRF7910XAzFkNHvNbPtb62vKisSNu', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:25.193861+00', '2026-11-28 21:00:25.193861+00', '2026-11-28 21:00:25.193861+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8ee9-7148-bd82-fd0523b28bd3', 'Somebody', '01a223f58ee97148bd82fd0523b28bd3@example.com', '$2b$04$7s6naHGoR8os/3AgAho2PeC9dRF7910XAzFkNHvNbPtb62vKisSNu', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:25.194121+00', '2026-11-28 21:00:25.194121+00', '2026-11-28 21:00:25.194121+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a223f5-8f2b-7620-a57e-6077b42015a2', 'Somebody', '01a223f58f2b7620a57e6077b42015a2@example.com', '$2b$04$yUrpyGoS7Ci0Vqt7dqh5E.ZZokjMYYC2zQaUiiMXji4wrSPS6Wd5G', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 21:00:25.259867+00', '2026-11-28 21:00:25.259867+00', '2026-11-28 21:00:25.259867+00', '{}', NULL, NULL, NULL, NULL, NULL, NULL);


--
-- Data for Name: webhook_deliveries; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.webhook_deliveries VALUES
	('00000000-0000-0000-0000-000000000000', '01a223f5-8982-74ce-b9ef-3d036de426aa', '01a223f5-897c-735c-8696-0105fd6287c6', 'ping', '01a223f5-897c-735c-8696-0105fd6287c6', 179589962, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-28 21:00:23.81189+00', 'DUE', '2026-11-28 21:00:23.81189+00', '2026-11-28 21:00:23.81189+00', 0, NULL, NULL, NULL, NULL),
	('00000000-0000-0000-0000-000000000000', '01a223f5-894f-75d6-80b0-438d44f7a747', '01a223f5-8947-73c4-8f15-7e472b5f236b', 'ping', '01a223f5-8947-73c4-8f15-7e472b5f236b', 179589962, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-28 21:00:23.761619+00', 'DUE', '2026-11-28 21:00:23.761619+00', '2026-11-28 21:00:29.527809+00', 1, NULL, NULL, 'the name was not found: failed to lookup address information: Name or service not known', NULL),
	('00000000-0000-0000-0000-000000000000', '01a223f5-89c1-75f6-94a0-86c03b02545f', '01a223f5-89bb-7428-bb2a-fd7d26157132', 'ping', '01a223f5-89bb-7428-bb2a-fd7d26157132', 179589962, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-28 21:00:23.874001+00', 'DUE', '2026-11-28 21:00:23.874001+00', '2026-11-28 21:00:29.527809+00', 1, NULL, NULL, 'the name was not found: failed to lookup address information: Name or service not known', NULL),
	('00000000-0000-0000-0000-000000000000', '01a223f5-89eb-7772-bb25-b419767e164e', '01a223f5-89e7-769d-bd84-c99256342edf', 'ping', '01a223f5-89e7-769d-bd84-c99256342edf', 179589962, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-28 21:00:23.916603+00', 'DUE', '2026-11-28 21:00:23.916603+00', '2026-11-28 21:00:29.527809+00', 1, NULL, NULL, 'the name was not found: failed to lookup address information: Name or service not known', NULL),
	('00000000-0000-0000-0000-000000000000', '01a223f5-8a0d-763e-81fa-909139b8781a', '01a223f5-8a08-705b-bf9a-572e496aab3e', 'ping', '01a223f5-8a08-705b-bf9a-572e496aab3e', 179589962, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-28 21:00:23.950928+00', 'DUE', '2026-11-28 21:00:23.950928+00', '2026-11-28 21:00:29.527809+00', 1, NULL, NULL, 'the name was not found: failed to lookup address information: Name or service not known', NULL);


--
-- Data for Name: webhook_endpoints; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.webhook_endpoints VALUES
	('01a223f5-892c-7692-b7cf-07895fc971e6', '01a223f5-8911-776b-9f33-3299e935eaef', 'https://hooks.invalid/', '{event.published}', false, 'whsec_1b9eXFGuGcfX07Jb4O/DI34RfYw7MqlO4SDe/Ton6ks=', NULL, NULL, '2026-11-28 21:00:23.727687+00', NULL, NULL, NULL, '2026-11-28 21:00:23.727687+00', NULL, NULL, NULL),
	('01a223f5-897c-735c-8696-0105fd6287c6', '01a223f5-896a-72ba-a0d6-f6a8ac4e5952', NULL, '{event.published}', false, NULL, NULL, NULL, '2026-11-28 21:00:23.806506+00', '2026-11-28 21:00:23.84693+00', 'OWNER', NULL, '2026-11-28 21:00:23.806506+00', '2026-11-28 21:00:23.84693+00', NULL, NULL),
	('01a223f5-8947-73c4-8f15-7e472b5f236b', '01a223f5-8937-74a1-be5f-26a1a59181b7', 'https://hooks.invalid/', '{event.cancelled}', false, 'whsec_a1lWpgP2BAEfBJEDdwq7IPYuTpF/sQE8xxMRoMbSDL0=', NULL, NULL, '2026-11-28 21:00:23.753542+00', NULL, NULL, '2026-11-28 21:00:24.528338+00', '2026-11-28 21:00:23.753542+00', NULL, '2026-11-28 21:01:23.78005+00', NULL),
	('01a223f5-89bb-7428-bb2a-fd7d26157132', '01a223f5-89ac-70f6-b968-aed5c584baa5', 'https://hooks.invalid/', '{event.published}', false, 'whsec_bGk9coIrDdg7DjE7u1W8Gxf0Tv2YJV5U3MAxmHLtNkE=', 'whsec_BzY+AQFhQp53U2jZ3c9HpbKuY6k7cEJPnBd0kNyk1kM=', '2026-11-29 21:00:23.886575+00', '2026-11-28 21:00:23.869766+00', NULL, NULL, '2026-11-28 21:00:24.528338+00', '2026-11-28 21:00:23.869766+00', NULL, NULL, NULL),
	('01a223f5-89e7-769d-bd84-c99256342edf', '01a223f5-89d6-719d-9a5d-3e0d9fe259b3', 'https://hooks.invalid/', '{event.published}', false, 'whsec_2BRBQOBQsn2evjf091/pxfz/MlpxFgbNaorIgD2BG1w=', NULL, NULL, '2026-11-28 21:00:23.91275+00', NULL, NULL, '2026-11-28 21:00:24.528338+00', '2026-11-28 21:00:23.91275+00', NULL, NULL, NULL),
	('01a223f5-8a08-705b-bf9a-572e496aab3e', '01a223f5-89fa-75e8-b3e0-615b52ad9d18', 'https://hooks.invalid/', '{event.published}', false, 'whsec_tWn2/AnJG0k9JFTgWmFtN626S3V0PIBuqitOFwcg7Xs=', NULL, NULL, '2026-11-28 21:00:23.946413+00', NULL, NULL, '2026-11-28 21:00:24.528338+00', '2026-11-28 21:00:23.946413+00', NULL, NULL, '2026-11-28 21:00:24.986862+00');


--
-- Name: journal_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.journal_id_seq', 91, true);


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


