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
-- Name: event_decisions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event_decisions (
    event_id uuid NOT NULL,
    decision bigint NOT NULL,
    kind text NOT NULL,
    value bigint,
    decided_at timestamp with time zone NOT NULL,
    CONSTRAINT event_decisions_kind CHECK ((kind = ANY (ARRAY['CREATED'::text, 'CAPACITY'::text, 'PUBLISHED'::text, 'CANCELLED'::text, 'SIMULATION_BEGUN'::text, 'SIMULATION_UNDONE'::text]))),
    CONSTRAINT event_decisions_value CHECK (((value IS NOT NULL) = (kind = ANY (ARRAY['CREATED'::text, 'CAPACITY'::text, 'SIMULATION_UNDONE'::text]))))
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
    CONSTRAINT events_capacity_range CHECK (((capacity >= 0) AND (capacity <= 1000000))),
    CONSTRAINT events_decisions CHECK (((last_decision >= 1) AND (under_test_since <= last_decision))),
    CONSTRAINT events_description_length CHECK ((char_length(description) <= 10000)),
    CONSTRAINT events_location_length CHECK (((char_length(location) >= 1) AND (char_length(location) <= 300))),
    CONSTRAINT events_no_seat_beside_the_line CHECK (((seats_remaining = 0) OR (waiting = 0))),
    CONSTRAINT events_sales_window CHECK ((sales_open_at < sales_close_at)),
    CONSTRAINT events_seats_range CHECK (((seats_remaining >= 0) AND (seats_remaining <= capacity))),
    CONSTRAINT events_status CHECK ((status = ANY (ARRAY['DRAFT'::text, 'PUBLISHED'::text, 'CANCELLED'::text]))),
    CONSTRAINT events_times CHECK ((starts_at < ends_at)),
    CONSTRAINT events_title_length CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200))),
    CONSTRAINT events_waiting_range CHECK ((waiting >= 0))
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
    confirmed_decision bigint,
    cancelled_decision bigint,
    idempotency_key text,
    registered_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    CONSTRAINT registrations_key_length CHECK (((char_length(idempotency_key) >= 1) AND (char_length(idempotency_key) <= 128))),
    CONSTRAINT registrations_order CHECK (((decision >= 1) AND (confirmed_decision >= decision) AND (cancelled_decision > COALESCE(confirmed_decision, decision)))),
    CONSTRAINT registrations_status CHECK ((status = ANY (ARRAY['CONFIRMED'::text, 'WAITLISTED'::text, 'CANCELLED'::text]))),
    CONSTRAINT registrations_status_is_its_history CHECK ((((status = 'CANCELLED'::text) = (cancelled_decision IS NOT NULL)) AND ((status <> 'CONFIRMED'::text) OR (confirmed_decision IS NOT NULL)) AND ((status <> 'WAITLISTED'::text) OR (confirmed_decision IS NULL)) AND ((confirmed_decision IS NULL) = (confirmed_at IS NULL)) AND ((cancelled_decision IS NULL) = (cancelled_at IS NULL))))
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
    CONSTRAINT simulations_answered_range CHECK (((answered >= 0) AND (answered <= users))),
    CONSTRAINT simulations_failure CHECK ((failure = ANY (ARRAY['UNAVAILABLE'::text, 'INTERNAL'::text]))),
    CONSTRAINT simulations_state CHECK ((state = ANY (ARRAY['RUNNING'::text, 'DONE'::text, 'FAILED'::text]))),
    CONSTRAINT simulations_state_is_what_is_there CHECK ((((state = 'RUNNING'::text) = (finished_at IS NULL)) AND ((state = 'DONE'::text) = (report IS NOT NULL)) AND ((state = 'FAILED'::text) = (failure IS NOT NULL)))),
    CONSTRAINT simulations_users_range CHECK (((users >= 1) AND (users <= 100000)))
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
    CONSTRAINT users_email_length CHECK (((char_length(email) >= 3) AND (char_length(email) <= 254))),
    CONSTRAINT users_kind CHECK ((kind = ANY (ARRAY['PERSON'::text, 'SIMULATED'::text]))),
    CONSTRAINT users_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120))),
    CONSTRAINT users_role CHECK ((role = ANY (ARRAY['AUDIENCE'::text, 'ORGANIZER'::text, 'ADMIN'::text]))),
    CONSTRAINT users_simulated_are_audience CHECK (((kind = 'PERSON'::text) OR (role = 'AUDIENCE'::text)))
);


--
-- Data for Name: __diesel_schema_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.__diesel_schema_migrations VALUES
	('20261122000001', '2026-11-28 19:40:09.003019'),
	('20261122000002', '2026-11-28 19:40:09.050752'),
	('20261122000003', '2026-11-28 19:40:09.070669'),
	('20261122000004', '2026-11-28 19:40:09.094793');


--
-- Data for Name: audit_log; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit_log VALUES
	('01a223ac-15d9-72ab-a26e-b5fe022c9eeb', '2026-11-28 19:40:10.073383+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_CREATED', 'EVENT', '019b7766-0000-7000-8000-000000010000', NULL, '{"title": "Golang Microservices Summit", "status": "DRAFT", "ends_at": "2026-12-28T17:00:00Z", "capacity": 10, "location": "TechCorp Campus, Hall A", "starts_at": "2026-12-28T08:00:00Z", "time_zone": "Europe/Berlin", "under_test": false, "description": "A day on services in Go: boundaries, contracts, and what to do when everybody arrives at once.\n\nTen seats, and a waiting list.", "sales_open_at": null, "sales_close_at": null}'),
	('01a223ac-15da-70d1-aa6f-aafda9239ffe', '2026-11-28 19:40:10.092298+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_PUBLISHED', 'EVENT', '019b7766-0000-7000-8000-000000010000', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ac-15f0-761d-89f7-180d4f5666ce', '2026-11-28 19:40:10.097167+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_CREATED', 'EVENT', '019b7766-0000-7000-8000-000000020000', NULL, '{"title": "Introduction to PostgreSQL Locking", "status": "DRAFT", "ends_at": "2027-01-12T11:00:00Z", "capacity": 5, "location": "Online", "starts_at": "2027-01-12T08:00:00Z", "time_zone": "Europe/Berlin", "under_test": false, "description": "Row locks from the ground up: SELECT ... FOR UPDATE, what waits for what, and how five seats are sold to five people.", "sales_open_at": null, "sales_close_at": null}'),
	('01a223ac-15f4-7221-93ab-03c2de9792a6', '2026-11-28 19:40:10.102317+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_PUBLISHED', 'EVENT', '019b7766-0000-7000-8000-000000020000', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ac-15f9-733f-8d8c-3ce07e5ac430', '2026-11-28 19:40:10.10595+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_CREATED', 'EVENT', '019b7766-0000-7000-8000-000000030000', NULL, '{"title": "Rust for Event-Driven Systems", "status": "DRAFT", "ends_at": "2027-01-27T14:00:00Z", "capacity": 40, "location": "TechCorp Campus, Room 2", "starts_at": "2027-01-27T08:00:00Z", "time_zone": "Europe/Berlin", "under_test": false, "description": "Still a draft: its organizer and admins see it.", "sales_open_at": null, "sales_close_at": null}'),
	('01a223ac-1808-706f-9fd7-a7866cfac64c', '2026-11-28 19:40:10.633275+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_CREATED', 'EVENT', '01a223ac-1805-77f9-a6d4-911c9a214d68', NULL, '{"title": "Zoë''s night", "status": "DRAFT", "ends_at": "2040-03-01T22:00:00Z", "capacity": 3, "location": "Halle 5", "starts_at": "2040-03-01T19:00:00Z", "time_zone": "Europe/Berlin", "under_test": false, "description": "A\nline", "sales_open_at": null, "sales_close_at": null}'),
	('01a223ac-1815-76e8-8dba-56e01b1416f2', '2026-11-28 19:40:10.647008+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_PUBLISHED', 'EVENT', '01a223ac-1805-77f9-a6d4-911c9a214d68', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ac-2529-77ee-801b-29adbcb54b0c', '2026-11-28 19:40:13.995121+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_EDITED', 'EVENT', '01a223ac-1805-77f9-a6d4-911c9a214d68', '{"capacity": 3}', '{"capacity": 4}'),
	('01a223ac-2543-7789-8129-7a7d444fb833', '2026-11-28 19:40:14.019613+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_CREATED', 'EVENT', '01a223ac-2540-7180-9efc-ae961514e826', NULL, '{"title": "Zoë''s night", "status": "DRAFT", "ends_at": "2040-03-01T22:00:00Z", "capacity": 9, "location": "Halle 5", "starts_at": "2040-03-01T19:00:00Z", "time_zone": "Europe/Berlin", "under_test": false, "description": "A\nline", "sales_open_at": null, "sales_close_at": null}'),
	('01a223ac-2554-771f-b0c2-f817cacde39c', '2026-11-28 19:40:14.036699+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_CREATED', 'EVENT', '01a223ac-2551-71dd-af81-dbb2ac3e6abc', NULL, '{"title": "Zoë''s night", "status": "DRAFT", "ends_at": "2040-03-01T22:00:00Z", "capacity": 2, "location": "Halle 5", "starts_at": "2040-03-01T19:00:00Z", "time_zone": "Europe/Berlin", "under_test": false, "description": "A\nline", "sales_open_at": null, "sales_close_at": null}'),
	('01a223ac-2564-7609-811f-2bdf1afd920c', '2026-11-28 19:40:14.054247+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_PUBLISHED', 'EVENT', '01a223ac-2551-71dd-af81-dbb2ac3e6abc', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ac-2588-77d3-8c8a-cc01d01aca00', '2026-11-28 19:40:14.089734+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_CANCELLED', 'EVENT', '01a223ac-2551-71dd-af81-dbb2ac3e6abc', '{"status": "PUBLISHED"}', '{"status": "CANCELLED"}'),
	('01a223ac-25a4-75fe-a410-7f65f600dab3', '2026-11-28 19:40:14.116471+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_CREATED', 'EVENT', '01a223ac-259e-7537-979c-8da6c2fd3eb7', NULL, '{"title": "Zoë''s night", "status": "DRAFT", "ends_at": "2040-03-01T22:00:00Z", "capacity": 2, "location": "Halle 5", "starts_at": "2040-03-01T19:00:00Z", "time_zone": "Europe/Berlin", "under_test": false, "description": "A\nline", "sales_open_at": null, "sales_close_at": null}'),
	('01a223ac-25b0-7606-b13d-2f17a3dffa9f', '2026-11-28 19:40:14.130704+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_PUBLISHED', 'EVENT', '01a223ac-259e-7537-979c-8da6c2fd3eb7', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ac-25c5-77b4-b43f-4106d098dabc', '2026-11-28 19:40:14.150312+00', '01a223ac-1319-7411-a590-ad8b253b8938', 'SIMULATION_BEGUN', 'EVENT', '01a223ac-259e-7537-979c-8da6c2fd3eb7', '{"under_test": false}', '{"under_test": true}'),
	('01a223ac-25fc-70de-a2b3-b5242e9952c4', '2026-11-28 19:40:14.206634+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_CREATED', 'EVENT', '01a223ac-25f9-73a6-9ccd-05495106dc3c', NULL, '{"title": "Zoë''s night", "status": "DRAFT", "ends_at": "2040-03-01T22:00:00Z", "capacity": 2, "location": "Halle 5", "starts_at": "2040-03-01T19:00:00Z", "time_zone": "Europe/Berlin", "under_test": false, "description": "A\nline", "sales_open_at": null, "sales_close_at": null}'),
	('01a223ac-260c-7036-aefd-eae1b40ed071', '2026-11-28 19:40:14.221815+00', '01a223ac-13f5-7699-8f64-61753f62066e', 'EVENT_PUBLISHED', 'EVENT', '01a223ac-25f9-73a6-9ccd-05495106dc3c', '{"status": "DRAFT"}', '{"status": "PUBLISHED"}'),
	('01a223ac-261e-7609-adf8-803b8f230efe', '2026-11-28 19:40:14.241682+00', '01a223ac-1319-7411-a590-ad8b253b8938', 'SIMULATION_BEGUN', 'EVENT', '01a223ac-25f9-73a6-9ccd-05495106dc3c', '{"under_test": false}', '{"under_test": true}'),
	('01a223ac-265f-76cb-9f3b-d4d626ea3205', '2026-11-28 19:40:14.304948+00', '01a223ac-1319-7411-a590-ad8b253b8938', 'SIMULATION_UNDONE', 'EVENT', '01a223ac-25f9-73a6-9ccd-05495106dc3c', '{"under_test": true}', '{"under_test": false}'),
	('01a223ac-268b-72a0-a6cc-f0626fb3e750', '2026-11-28 19:40:14.348414+00', '01a223ac-1319-7411-a590-ad8b253b8938', 'SIMULATION_BEGUN', 'EVENT', '01a223ac-2689-7433-b443-57da50dce85f', '{"under_test": false}', '{"under_test": true, "rehearsal_of": "01a223ac-1805-77f9-a6d4-911c9a214d68"}'),
	('01a223ac-26a2-7785-88be-36ac2436b11b', '2026-11-28 19:40:14.371439+00', NULL, 'SIMULATION_UNDONE', 'EVENT', '01a223ac-2689-7433-b443-57da50dce85f', '{"under_test": true}', '{"under_test": false, "rehearsal_of": "01a223ac-1805-77f9-a6d4-911c9a214d68"}'),
	('01a223ac-26c8-7517-ab39-08b379c0eb36', '2026-11-28 19:40:14.409313+00', '01a223ac-1319-7411-a590-ad8b253b8938', 'USER_ROLE_CHANGED', 'USER', '01a223ac-1f33-746c-b392-e6da7458f45d', '{"role": "AUDIENCE"}', '{"role": "ORGANIZER"}'),
	('01a223ac-26f3-745e-a3c2-81db63490da7', '2026-11-28 19:40:14.451835+00', '01a223ac-1319-7411-a590-ad8b253b8938', 'USER_DEACTIVATED', 'USER', '01a223ac-1d24-778d-ae9f-b8b1d4897619', '{"is_active": true}', '{"is_active": false}');


--
-- Data for Name: event_decisions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_decisions VALUES
	('019b7766-0000-7000-8000-000000010000', 1, 'CREATED', 10, '2026-11-28 19:40:10.071544+00'),
	('019b7766-0000-7000-8000-000000010000', 2, 'PUBLISHED', NULL, '2026-11-28 19:40:10.091232+00'),
	('019b7766-0000-7000-8000-000000020000', 1, 'CREATED', 5, '2026-11-28 19:40:10.095951+00'),
	('019b7766-0000-7000-8000-000000020000', 2, 'PUBLISHED', NULL, '2026-11-28 19:40:10.101395+00'),
	('019b7766-0000-7000-8000-000000030000', 1, 'CREATED', 40, '2026-11-28 19:40:10.104547+00'),
	('01a223ac-1805-77f9-a6d4-911c9a214d68', 1, 'CREATED', 3, '2026-11-28 19:40:10.631589+00'),
	('01a223ac-1805-77f9-a6d4-911c9a214d68', 2, 'PUBLISHED', NULL, '2026-11-28 19:40:10.645932+00'),
	('01a223ac-1805-77f9-a6d4-911c9a214d68', 12, 'CAPACITY', 4, '2026-11-28 19:40:13.993832+00'),
	('01a223ac-2540-7180-9efc-ae961514e826', 1, 'CREATED', 9, '2026-11-28 19:40:14.01829+00'),
	('01a223ac-2551-71dd-af81-dbb2ac3e6abc', 1, 'CREATED', 2, '2026-11-28 19:40:14.03512+00'),
	('01a223ac-2551-71dd-af81-dbb2ac3e6abc', 2, 'PUBLISHED', NULL, '2026-11-28 19:40:14.053285+00'),
	('01a223ac-2551-71dd-af81-dbb2ac3e6abc', 4, 'CANCELLED', NULL, '2026-11-28 19:40:14.088828+00'),
	('01a223ac-259e-7537-979c-8da6c2fd3eb7', 1, 'CREATED', 2, '2026-11-28 19:40:14.115382+00'),
	('01a223ac-259e-7537-979c-8da6c2fd3eb7', 2, 'PUBLISHED', NULL, '2026-11-28 19:40:14.129552+00'),
	('01a223ac-259e-7537-979c-8da6c2fd3eb7', 3, 'SIMULATION_BEGUN', NULL, '2026-11-28 19:40:14.149794+00'),
	('01a223ac-25f9-73a6-9ccd-05495106dc3c', 1, 'CREATED', 2, '2026-11-28 19:40:14.203557+00'),
	('01a223ac-25f9-73a6-9ccd-05495106dc3c', 2, 'PUBLISHED', NULL, '2026-11-28 19:40:14.220666+00'),
	('01a223ac-25f9-73a6-9ccd-05495106dc3c', 3, 'SIMULATION_BEGUN', NULL, '2026-11-28 19:40:14.238997+00'),
	('01a223ac-25f9-73a6-9ccd-05495106dc3c', 8, 'SIMULATION_UNDONE', 3, '2026-11-28 19:40:14.304224+00');


--
-- Data for Name: event_figures; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_figures VALUES
	('01a223ac-2551-71dd-af81-dbb2ac3e6abc', '2026-11-28 19:40:00+00', 1, 0, 0, 0),
	('01a223ac-1805-77f9-a6d4-911c9a214d68', '2026-11-28 19:40:00+00', 3, 3, 2, 3),
	('01a223ac-25f9-73a6-9ccd-05495106dc3c', '2026-11-28 19:40:00+00', 1, 0, 0, 1);


--
-- Data for Name: events; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.events VALUES
	('019b7766-0000-7000-8000-000000010000', '01a223ac-13f5-7699-8f64-61753f62066e', 'Golang Microservices Summit', 'A day on services in Go: boundaries, contracts, and what to do when everybody arrives at once.

Ten seats, and a waiting list.', 'TechCorp Campus, Hall A', '2026-12-28 08:00:00+00', '2026-12-28 17:00:00+00', 'Europe/Berlin', NULL, NULL, 10, 10, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:40:10.071544+00', '2026-11-28 19:40:10.091232+00'),
	('019b7766-0000-7000-8000-000000020000', '01a223ac-13f5-7699-8f64-61753f62066e', 'Introduction to PostgreSQL Locking', 'Row locks from the ground up: SELECT ... FOR UPDATE, what waits for what, and how five seats are sold to five people.', 'Online', '2027-01-12 08:00:00+00', '2027-01-12 11:00:00+00', 'Europe/Berlin', NULL, NULL, 5, 5, 0, 2, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:40:10.095951+00', '2026-11-28 19:40:10.101395+00'),
	('019b7766-0000-7000-8000-000000030000', '01a223ac-13f5-7699-8f64-61753f62066e', 'Rust for Event-Driven Systems', 'Still a draft: its organizer and admins see it.', 'TechCorp Campus, Room 2', '2027-01-27 08:00:00+00', '2027-01-27 14:00:00+00', 'Europe/Berlin', NULL, NULL, 40, 40, 0, 1, 'DRAFT', NULL, NULL, 1, '2026-11-28 19:40:10.104547+00', '2026-11-28 19:40:10.104547+00'),
	('01a223ac-259e-7537-979c-8da6c2fd3eb7', '01a223ac-13f5-7699-8f64-61753f62066e', 'Zoë''s night', 'A
line', 'Halle 5', '2040-03-01 19:00:00+00', '2040-03-01 22:00:00+00', 'Europe/Berlin', NULL, NULL, 2, 0, 3, 8, 'PUBLISHED', 3, NULL, 2, '2026-11-28 19:40:14.115382+00', '2026-11-28 19:40:14.129552+00'),
	('01a223ac-2540-7180-9efc-ae961514e826', '01a223ac-13f5-7699-8f64-61753f62066e', 'Zoë''s night', 'A
line', 'Halle 5', '2040-03-01 19:00:00+00', '2040-03-01 22:00:00+00', 'Europe/Berlin', NULL, NULL, 9, 9, 0, 1, 'DRAFT', NULL, NULL, 1, '2026-11-28 19:40:14.01829+00', '2026-11-28 19:40:14.01829+00'),
	('01a223ac-2551-71dd-af81-dbb2ac3e6abc', '01a223ac-13f5-7699-8f64-61753f62066e', 'Zoë''s night', 'A
line', 'Halle 5', '2040-03-01 19:00:00+00', '2040-03-01 22:00:00+00', 'Europe/Berlin', NULL, NULL, 2, 1, 0, 4, 'CANCELLED', NULL, NULL, 3, '2026-11-28 19:40:14.03512+00', '2026-11-28 19:40:14.088828+00'),
	('01a223ac-1805-77f9-a6d4-911c9a214d68', '01a223ac-13f5-7699-8f64-61753f62066e', 'Zoë''s night', 'A
line', 'Halle 5', '2040-03-01 19:00:00+00', '2040-03-01 22:00:00+00', 'Europe/Berlin', NULL, NULL, 4, 1, 0, 14, 'PUBLISHED', NULL, NULL, 3, '2026-11-28 19:40:10.631589+00', '2026-11-28 19:40:13.993832+00'),
	('01a223ac-25f9-73a6-9ccd-05495106dc3c', '01a223ac-13f5-7699-8f64-61753f62066e', 'Zoë''s night', 'A
line', 'Halle 5', '2040-03-01 19:00:00+00', '2040-03-01 22:00:00+00', 'Europe/Berlin', NULL, NULL, 2, 2, 0, 10, 'PUBLISHED', NULL, NULL, 2, '2026-11-28 19:40:14.203557+00', '2026-11-28 19:40:14.220666+00');


--
-- Data for Name: registrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.registrations VALUES
	('01a223ac-1805-77f9-a6d4-911c9a214d68', '01a223ac-24b6-724d-8bae-1426215930c1', '01a223ac-1aff-73c7-8142-1b8bf22360d4', 'CONFIRMED', 4, 4, NULL, 'k1', '2026-11-28 19:40:13.879061+00', '2026-11-28 19:40:13.879061+00', NULL),
	('01a223ac-1805-77f9-a6d4-911c9a214d68', '01a223ac-24a7-7471-84ca-b02f9d6bcd3e', '01a223ac-18f7-77ee-97be-170b257be5ae', 'CANCELLED', 3, 3, 9, 'k0', '2026-11-28 19:40:13.86399+00', '2026-11-28 19:40:13.86399+00', '2026-11-28 19:40:13.961279+00'),
	('01a223ac-1805-77f9-a6d4-911c9a214d68', '01a223ac-24d3-76ce-9d18-f7f8c21522e2', '01a223ac-1f33-746c-b392-e6da7458f45d', 'CONFIRMED', 6, 10, NULL, 'k3', '2026-11-28 19:40:13.910818+00', '2026-11-28 19:40:13.961279+00', NULL),
	('01a223ac-1805-77f9-a6d4-911c9a214d68', '01a223ac-24fd-7000-94cd-0abae0e009e5', '01a223ac-236a-733f-befe-0983acdcb797', 'CANCELLED', 8, NULL, 11, 'k5', '2026-11-28 19:40:13.949961+00', NULL, '2026-11-28 19:40:13.972321+00'),
	('01a223ac-1805-77f9-a6d4-911c9a214d68', '01a223ac-24ec-76b8-bfc4-8631fde491f3', '01a223ac-2178-74bc-b0b2-92400d2f22d0', 'CONFIRMED', 7, 13, NULL, 'k4', '2026-11-28 19:40:13.933475+00', '2026-11-28 19:40:13.993832+00', NULL),
	('01a223ac-2551-71dd-af81-dbb2ac3e6abc', '01a223ac-2573-72af-bdef-ddf0c1910dad', '01a223ac-1aff-73c7-8142-1b8bf22360d4', 'CONFIRMED', 3, 3, NULL, NULL, '2026-11-28 19:40:14.068253+00', '2026-11-28 19:40:14.068253+00', NULL),
	('01a223ac-259e-7537-979c-8da6c2fd3eb7', '01a223ac-25d5-73d2-800e-910980eb5d58', '01a223ac-25cd-7160-ab1c-0cf6a33326b9', 'CONFIRMED', 4, 4, NULL, NULL, '2026-11-28 19:40:14.165751+00', '2026-11-28 19:40:14.165751+00', NULL),
	('01a223ac-259e-7537-979c-8da6c2fd3eb7', '01a223ac-25d5-73d2-800e-910bb8417be8', '01a223ac-25cd-7160-ab1c-0cf72fbd6859', 'CONFIRMED', 5, 5, NULL, NULL, '2026-11-28 19:40:14.16704+00', '2026-11-28 19:40:14.16704+00', NULL),
	('01a223ac-259e-7537-979c-8da6c2fd3eb7', '01a223ac-25d5-73d2-800e-910d6bb09eff', '01a223ac-25cd-7160-ab1c-0cf8df4b625e', 'WAITLISTED', 6, NULL, NULL, NULL, '2026-11-28 19:40:14.16704+00', NULL, NULL),
	('01a223ac-259e-7537-979c-8da6c2fd3eb7', '01a223ac-25d5-73d2-800e-910f60b06f95', '01a223ac-25cd-7160-ab1c-0cf98f8473ff', 'WAITLISTED', 7, NULL, NULL, NULL, '2026-11-28 19:40:14.16704+00', NULL, NULL),
	('01a223ac-259e-7537-979c-8da6c2fd3eb7', '01a223ac-25d5-73d2-800e-911160b359e8', '01a223ac-25cd-7160-ab1c-0cfab258c738', 'WAITLISTED', 8, NULL, NULL, NULL, '2026-11-28 19:40:14.16704+00', NULL, NULL),
	('01a223ac-1805-77f9-a6d4-911c9a214d68', '01a223ac-24c4-7364-9b93-0a9e80a86e8d', '01a223ac-1d24-778d-ae9f-b8b1d4897619', 'CANCELLED', 5, 5, 14, 'k2', '2026-11-28 19:40:13.893165+00', '2026-11-28 19:40:13.893165+00', '2026-11-28 19:40:14.463668+00'),
	('01a223ac-25f9-73a6-9ccd-05495106dc3c', '01a223ac-2672-7184-a39a-5ea33ed7daac', '01a223ac-1d24-778d-ae9f-b8b1d4897619', 'CANCELLED', 9, 9, 10, NULL, '2026-11-28 19:40:14.323423+00', '2026-11-28 19:40:14.323423+00', '2026-11-28 19:40:14.467225+00');


--
-- Data for Name: simulations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.simulations VALUES
	('01a223ac-259e-7537-979c-8da6c2fd3eb7', '01a223ac-25c4-7327-a56d-5559d7b5d6d5', 'DONE', 5, 5, '2026-11-28 19:40:14.155261+00', '2026-11-28 19:40:14.181911+00', NULL, '{"batches": 2, "capacity": 2, "event_id": "01a223ac-259e-7537-979c-8da6c2fd3eb7", "failures": {}, "promises": [{"checks": [{"what": "confirmed places + seats remaining = capacity, and the line is as long as the event says", "violations": 0}, {"what": "at no number of its history had an event more confirmed places than seats", "violations": 0}], "passed": true, "promise": "P1"}, {"checks": [{"what": "no event has a free seat while somebody waits", "violations": 0}, {"what": "nobody who came was given a seat while somebody else waited", "violations": 0}], "passed": true, "promise": "P2"}, {"checks": [{"what": "nobody has two places that are not cancelled at one event", "violations": 0}], "passed": true, "promise": "P3"}, {"checks": [{"what": "people who waited got their seats in the order in which they came", "violations": 0}, {"what": "no number of an event''s history was used twice, and none lies beyond its last", "violations": 0}, {"what": "no number of an event''s history is missing, but those of undone stress tests", "violations": 0}], "passed": true, "promise": "P4"}], "rehearsal": false, "failed_count": 0, "in_flight_max": 5, "success_count": 2, "batch_size_max": 4, "total_attempted": 5, "waitlisted_count": 3, "latency_milliseconds": {"max": 3.586, "p50": 3.584, "p95": 3.586, "p99": 3.586, "mean": 3.31}, "duration_milliseconds": 3.772, "final_seats_remaining": 0, "throughput_per_second": 1325.578, "lock_held_milliseconds": {"max": 1.711, "p50": 0.865, "p95": 1.711, "p99": 1.711, "mean": 1.288}, "lock_wait_milliseconds": {"max": 0.515, "p50": 0.322, "p95": 0.515, "p99": 0.515, "mean": 0.419}}'),
	('01a223ac-25f9-73a6-9ccd-05495106dc3c', '01a223ac-261d-75a3-b139-71912b064ffb', 'DONE', 4, 4, '2026-11-28 19:40:14.243112+00', '2026-11-28 19:40:14.283912+00', NULL, '{"batches": 2, "capacity": 2, "event_id": "01a223ac-25f9-73a6-9ccd-05495106dc3c", "failures": {}, "promises": [{"checks": [{"what": "confirmed places + seats remaining = capacity, and the line is as long as the event says", "violations": 0}, {"what": "at no number of its history had an event more confirmed places than seats", "violations": 0}], "passed": true, "promise": "P1"}, {"checks": [{"what": "no event has a free seat while somebody waits", "violations": 0}, {"what": "nobody who came was given a seat while somebody else waited", "violations": 0}], "passed": true, "promise": "P2"}, {"checks": [{"what": "nobody has two places that are not cancelled at one event", "violations": 0}], "passed": true, "promise": "P3"}, {"checks": [{"what": "people who waited got their seats in the order in which they came", "violations": 0}, {"what": "no number of an event''s history was used twice, and none lies beyond its last", "violations": 0}, {"what": "no number of an event''s history is missing, but those of undone stress tests", "violations": 0}], "passed": true, "promise": "P4"}], "rehearsal": false, "failed_count": 0, "in_flight_max": 4, "success_count": 2, "batch_size_max": 3, "total_attempted": 4, "waitlisted_count": 2, "latency_milliseconds": {"max": 10.721, "p50": 10.707, "p95": 10.721, "p99": 10.721, "mean": 9.962}, "duration_milliseconds": 10.848, "final_seats_remaining": 0, "throughput_per_second": 368.72, "lock_held_milliseconds": {"max": 4.925, "p50": 3.423, "p95": 4.925, "p99": 4.925, "mean": 4.174}, "lock_wait_milliseconds": {"max": 1.706, "p50": 0.418, "p95": 1.706, "p99": 1.706, "mean": 1.062}}'),
	('01a223ac-1805-77f9-a6d4-911c9a214d68', '01a223ac-2687-702a-9848-aab41073ae7a', 'DONE', 4, 4, '2026-11-28 19:40:14.349511+00', '2026-11-28 19:40:14.377548+00', NULL, '{"batches": 2, "capacity": 4, "event_id": "01a223ac-1805-77f9-a6d4-911c9a214d68", "failures": {}, "promises": [{"checks": [{"what": "confirmed places + seats remaining = capacity, and the line is as long as the event says", "violations": 0}, {"what": "at no number of its history had an event more confirmed places than seats", "violations": 0}], "passed": true, "promise": "P1"}, {"checks": [{"what": "no event has a free seat while somebody waits", "violations": 0}, {"what": "nobody who came was given a seat while somebody else waited", "violations": 0}], "passed": true, "promise": "P2"}, {"checks": [{"what": "nobody has two places that are not cancelled at one event", "violations": 0}], "passed": true, "promise": "P3"}, {"checks": [{"what": "people who waited got their seats in the order in which they came", "violations": 0}, {"what": "no number of an event''s history was used twice, and none lies beyond its last", "violations": 0}, {"what": "no number of an event''s history is missing, but those of undone stress tests", "violations": 0}], "passed": true, "promise": "P4"}], "rehearsal": true, "failed_count": 0, "in_flight_max": 4, "success_count": 4, "batch_size_max": 3, "total_attempted": 4, "waitlisted_count": 0, "latency_milliseconds": {"max": 10.429, "p50": 10.423, "p95": 10.429, "p99": 10.429, "mean": 8.428}, "duration_milliseconds": 10.507, "final_seats_remaining": 0, "throughput_per_second": 380.686, "lock_held_milliseconds": {"max": 3.988, "p50": 1.835, "p95": 3.988, "p99": 3.988, "mean": 2.912}, "lock_wait_milliseconds": {"max": 3.917, "p50": 0.473, "p95": 3.917, "p99": 3.917, "mean": 2.195}}');


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.users VALUES
	('01a223ac-1319-7411-a590-ad8b253b8938', 'Ada Admin', 'admin@eventbrite.local', '$2b$12$46Eofd9ySgvMFxYgSy./XOfo8YfPsT0DONuq6NqtdI.3WeUsy95G2', 'ADMIN', true, 'PERSON', 1, '2026-11-28 19:40:09.37089+00', '2026-11-28 19:40:09.37089+00', '2026-11-28 19:40:09.37089+00'),
	('01a223ac-13f5-7699-8f64-61753f62066e', 'TechCorp Events', 'events@techcorp.com', '$2b$12$Hmw5YAcTc8AqIkQWfNcZ0.sFoaLkjYUamO2IJX4JgEWcdrvSULpue', 'ORGANIZER', true, 'PERSON', 1, '2026-11-28 19:40:09.590231+00', '2026-11-28 19:40:09.590231+00', '2026-11-28 19:40:09.590231+00'),
	('01a223ac-14e8-768a-8c1a-d86e1d09260b', 'Alice Student', 'alice@student.com', '$2b$12$Bph76zYmejRDKl0fhOF7/OKlfTeHA3k99WGOaa4S7goOlNIXko7M2', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:40:09.832895+00', '2026-11-28 19:40:09.832895+00', '2026-11-28 19:40:09.832895+00'),
	('01a223ac-15cc-76f3-96f2-e4306d7a9b12', 'Bob Engineer', 'bob@engineer.com', '$2b$12$kX8j5SxtI5iAmVR.ObN7OOyOMGnRc8wB208qxkZOmtcXZiBxNoeMi', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:40:10.062589+00', '2026-11-28 19:40:10.062589+00', '2026-11-28 19:40:10.062589+00'),
	('01a223ac-18f7-77ee-97be-170b257be5ae', 'Buyer 1', 'buyer1@example.com', '$2b$12$gMCRJ83RHT6waGexouiO5.rEtLKzc.fxfqUlrkiGu2vytOLXP5IZS', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:40:10.872899+00', '2026-11-28 19:40:10.872899+00', '2026-11-28 19:40:10.872899+00'),
	('01a223ac-1aff-73c7-8142-1b8bf22360d4', 'Buyer 2', 'buyer2@example.com', '$2b$12$D1JZxWcUFTuT7V9TKABTeeVb24jks4y1IfxE9P9IRGDahNTKfR5Sy', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:40:11.392581+00', '2026-11-28 19:40:11.392581+00', '2026-11-28 19:40:11.392581+00'),
	('01a223ac-2178-74bc-b0b2-92400d2f22d0', 'Buyer 5', 'buyer5@example.com', '$2b$12$/YfVc9n8UAd03kW.prT/wuHFl7ipAuFl5pmzRmaliHbco2aJQFTRG', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:40:13.049128+00', '2026-11-28 19:40:13.049128+00', '2026-11-28 19:40:13.049128+00'),
	('01a223ac-236a-733f-befe-0983acdcb797', 'Buyer 6', 'buyer6@example.com', '$2b$12$ScSmF1e7McsUubJj19RxhOTbn.Pjz8Ucg8/HjinD.dBprgGpfOApu', 'AUDIENCE', true, 'PERSON', 1, '2026-11-28 19:40:13.548177+00', '2026-11-28 19:40:13.548178+00', '2026-11-28 19:40:13.548178+00'),
	('01a223ac-25cd-7160-ab1c-0cf6a33326b9', 'Simulated buyer', 'simulated-000001@simulation.invalid', '!', 'AUDIENCE', true, 'SIMULATED', 1, '2026-11-28 19:40:14.16271+00', '2026-11-28 19:40:14.16271+00', '2026-11-28 19:40:14.16271+00'),
	('01a223ac-25cd-7160-ab1c-0cf72fbd6859', 'Simulated buyer', 'simulated-000002@simulation.invalid', '!', 'AUDIENCE', true, 'SIMULATED', 1, '2026-11-28 19:40:14.162788+00', '2026-11-28 19:40:14.162788+00', '2026-11-28 19:40:14.162788+00'),
	('01a223ac-25cd-7160-ab1c-0cf8df4b625e', 'Simulated buyer', 'simulated-000003@simulation.invalid', '!', 'AUDIENCE', true, 'SIMULATED', 1, '2026-11-28 19:40:14.162794+00', '2026-11-28 19:40:14.162794+00', '2026-11-28 19:40:14.162794+00'),
	('01a223ac-25cd-7160-ab1c-0cf98f8473ff', 'Simulated buyer', 'simulated-000004@simulation.invalid', '!', 'AUDIENCE', true, 'SIMULATED', 1, '2026-11-28 19:40:14.162799+00', '2026-11-28 19:40:14.162799+00', '2026-11-28 19:40:14.162799+00'),
	('01a223ac-25cd-7160-ab1c-0cfab258c738', 'Simulated buyer', 'simulated-000005@simulation.invalid', '!', 'AUDIENCE', true, 'SIMULATED', 1, '2026-11-28 19:40:14.162803+00', '2026-11-28 19:40:14.162803+00', '2026-11-28 19:40:14.162803+00'),
	('01a223ac-1f33-746c-b392-e6da7458f45d', 'Buyer 4', 'buyer4@example.com', '$2b$12$w1M93FEED8XiHqCby63X.ebQkZVWK.OuXp9ZD7hgUoYakEajtvaIq', 'ORGANIZER', true, 'PERSON', 2, '2026-11-28 19:40:14.40873+00', '2026-11-28 19:40:12.474236+00', '2026-11-28 19:40:14.40873+00'),
	('01a223ac-1d24-778d-ae9f-b8b1d4897619', 'Buyer 3', 'buyer3@example.com', '$2b$12$dKuyxyef.rve.Q0M3Yx8fuHs5G05vRRjyljf.VfKXYap09iBH/8.W', 'AUDIENCE', false, 'PERSON', 2, '2026-11-28 19:40:14.451246+00', '2026-11-28 19:40:11.943273+00', '2026-11-28 19:40:14.451246+00');


--
-- Name: __diesel_schema_migrations __diesel_schema_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.__diesel_schema_migrations
    ADD CONSTRAINT __diesel_schema_migrations_pkey PRIMARY KEY (version);


--
-- Name: audit_log audit_log_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);


--
-- Name: event_decisions event_decisions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_decisions
    ADD CONSTRAINT event_decisions_pkey PRIMARY KEY (event_id, decision);


--
-- Name: event_figures event_figures_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_figures
    ADD CONSTRAINT event_figures_pkey PRIMARY KEY (event_id, minute);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);


--
-- Name: registrations registrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_pkey PRIMARY KEY (event_id, id);


--
-- Name: simulations simulations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.simulations
    ADD CONSTRAINT simulations_pkey PRIMARY KEY (event_id, id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


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
-- Name: events_by_organizer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_by_organizer ON public.events USING btree (organizer_id, id) WHERE (rehearsal_of IS NULL);


--
-- Name: events_published; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_published ON public.events USING btree (starts_at, id) WHERE ((status = 'PUBLISHED'::text) AND (rehearsal_of IS NULL));


--
-- Name: events_rehearsals; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_rehearsals ON public.events USING btree (rehearsal_of, id) WHERE (rehearsal_of IS NOT NULL);


--
-- Name: registrations_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registrations_by_user ON public.registrations USING btree (user_id);


--
-- Name: registrations_given_up; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registrations_given_up ON public.registrations USING btree (event_id, user_id) WHERE (status = 'CANCELLED'::text);


--
-- Name: registrations_line; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registrations_line ON public.registrations USING btree (event_id, decision) WHERE (status = 'WAITLISTED'::text);


--
-- Name: registrations_one_per_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX registrations_one_per_key ON public.registrations USING btree (event_id, user_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);


--
-- Name: registrations_one_place; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX registrations_one_place ON public.registrations USING btree (event_id, user_id) WHERE (status <> 'CANCELLED'::text);


--
-- Name: users_access_changed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_access_changed ON public.users USING btree (access_changed_at);


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
-- Name: audit_log audit_log_append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION public.audit_log_refuses();


--
-- Name: audit_log audit_log_actor_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_actor_fkey FOREIGN KEY (actor_id) REFERENCES public.users(id);


--
-- Name: event_decisions event_decisions_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_decisions
    ADD CONSTRAINT event_decisions_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: event_figures event_figures_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_figures
    ADD CONSTRAINT event_figures_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- Name: events events_organizer_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_organizer_fkey FOREIGN KEY (organizer_id) REFERENCES public.users(id);


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
-- Name: simulations simulations_event_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.simulations
    ADD CONSTRAINT simulations_event_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);


--
-- PostgreSQL database dump complete
--


