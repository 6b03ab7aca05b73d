select set_config('citus.multi_shard_modify_mode', 'sequential', true);

alter table registrations
    drop constraint registrations_cancellation,
    drop constraint registrations_split,
    alter column cancellation type text,
    alter column removal_reason type text,
    alter column split type smallint[],
    add constraint registrations_cancellation check (
        cancellation is null
        or status = 'CANCELLED' and cancellation in ('LAPSED', 'REMOVED', 'DEACTIVATED', 'PASSED', 'PASSED_ON')
    ),
    add constraint registrations_removal_reason_length check (char_length(removal_reason) between 1 and 500),
    add constraint registrations_split check (
        (price is null) = (split is not null) and (split is null or cardinality(split) between 4 and 20)
    );

alter table journal
    alter column news type text[],
    alter column registrations type uuid[],
    add constraint journal_news check (news <@ array['PUBLISHED', 'MOVED', 'CANCELLED']),
    add constraint journal_registrations_length check (cardinality(registrations) <= 1000);

alter table journal alter column registrations set storage external;

alter table event_figures
    alter column confirmed type integer,
    alter column waitlisted type integer,
    alter column promoted type integer,
    alter column cancelled type integer,
    add constraint event_figures_confirmed_range check (confirmed >= 0),
    add constraint event_figures_waitlisted_range check (waitlisted >= 0),
    add constraint event_figures_promoted_range check (promoted >= 0),
    add constraint event_figures_cancelled_range check (cancelled >= 0);

alter table prices
    alter column name type text,
    alter column amount type bigint,
    alter column seat_limit type integer,
    alter column code type text,
    alter column standing type integer,
    add constraint prices_name_length check (char_length(name) between 1 and 80),
    add constraint prices_amount_range check (amount between 0 and 1000000000),
    add constraint prices_seat_limit_range check (seat_limit between 0 and 1000000),
    add constraint prices_code_form check (code ~ '^[A-Z0-9_-]{1,40}$'),
    add constraint prices_standing_range check (standing >= 0);

alter table ticket_types
    drop constraint ticket_types_money,
    alter column name type text,
    alter column capacity type integer,
    alter column seats_per_registration type integer,
    alter column money_taken type bigint,
    alter column money_held type bigint,
    alter column money_owed type bigint,
    add constraint ticket_types_name_length check (char_length(name) between 1 and 80),
    add constraint ticket_types_capacity_range check (capacity between 0 and 1000000),
    add constraint ticket_types_party_range check (seats_per_registration between 1 and 10),
    add constraint ticket_types_money check (
        money_taken >= 0 and money_held >= 0 and money_owed between 0 and money_taken
    );

alter table events
    alter column title type text,
    alter column location type text,
    alter column description type text,
    alter column payment_instructions type text,
    alter column currency type text,
    alter column hold_minutes type integer,
    alter column line_hold_minutes type integer,
    alter column line_patience_minutes type integer,
    alter column grace_minutes type integer,
    alter column capacity type integer,
    alter column waiting type integer,
    add constraint events_title_length check (char_length(title) between 1 and 200),
    add constraint events_location_length check (char_length(location) between 1 and 300),
    add constraint events_description_length check (char_length(description) <= 10000),
    add constraint events_payment_instructions_length check (char_length(payment_instructions) <= 1000),
    add constraint events_currency check (currency ~ '^[A-Z]{3}$'),
    add constraint events_hold_minutes check (hold_minutes between 15 and 20160),
    add constraint events_line_hold_minutes check (line_hold_minutes between 15 and 20160),
    add constraint events_line_patience_minutes check (line_patience_minutes between 15 and 20160),
    add constraint events_grace_minutes check (grace_minutes between 0 and 10080),
    add constraint events_capacity_range check (capacity between 0 and 1000000),
    add constraint events_waiting_range check (waiting >= 0);

drop domain told_registrations;
drop domain event_news;
drop domain removal_reason;
drop domain cancellation_cause;
drop domain price_split;
drop domain price_code;
drop domain sum_of_money;
drop domain price_amount;
drop domain party_size;
drop domain ticket_name;
drop domain tally;
drop domain seat_count;
drop domain grace_minutes;
drop domain hold_minutes;
drop domain currency_code;
drop domain payment_instructions;
drop domain event_description;
drop domain event_location;
drop domain event_title;
