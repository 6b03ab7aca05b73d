-- Limits of single values become types of their own. PostgreSQL reads the constraints of a table again for each
-- statement that writes to it, all of them, whatever the statement sets: for a single booking, the 55 of these tables
-- were a quarter of its time. 26 move. The others are about several columns, or about columns of a key or of a partial
-- index, which a change of type would build again. Those of a type are read once for each session, and only a value
-- that is set is compared with them.
--
-- A type gets its limit after its columns: so no table is rewritten, only read.

-- For a database that Citus distributes: the nodes change one after the other.
select set_config('citus.multi_shard_modify_mode', 'sequential', true);

create domain event_title as text;
create domain event_location as text;
create domain event_description as text;
create domain payment_instructions as text;
create domain currency_code as text;
create domain hold_minutes as integer;
create domain grace_minutes as integer;
create domain seat_count as integer;
create domain tally as integer;
create domain ticket_name as text;
create domain party_size as integer;
create domain price_amount as bigint;
create domain sum_of_money as bigint;
create domain price_code as text;
create domain price_split as smallint[];
create domain cancellation_cause as text;
create domain removal_reason as text;
create domain event_news as text[];
create domain told_registrations as uuid[];

alter table events
    drop constraint events_title_length,
    drop constraint events_location_length,
    drop constraint events_description_length,
    drop constraint events_payment_instructions_length,
    drop constraint events_currency,
    drop constraint events_hold_minutes,
    drop constraint events_line_hold_minutes,
    drop constraint events_line_patience_minutes,
    drop constraint events_grace_minutes,
    drop constraint events_capacity_range,
    drop constraint events_waiting_range,
    alter column title type event_title,
    alter column location type event_location,
    alter column description type event_description,
    alter column payment_instructions type payment_instructions,
    alter column currency type currency_code,
    alter column hold_minutes type hold_minutes,
    alter column line_hold_minutes type hold_minutes,
    alter column line_patience_minutes type hold_minutes,
    alter column grace_minutes type grace_minutes,
    alter column capacity type seat_count,
    alter column waiting type tally;

alter table ticket_types
    drop constraint ticket_types_name_length,
    drop constraint ticket_types_capacity_range,
    drop constraint ticket_types_party_range,
    drop constraint ticket_types_money,
    alter column name type ticket_name,
    alter column capacity type seat_count,
    alter column seats_per_registration type party_size,
    alter column money_taken type sum_of_money,
    alter column money_held type sum_of_money,
    alter column money_owed type sum_of_money,
    add constraint ticket_types_money check (money_owed <= money_taken);

alter table prices
    drop constraint prices_name_length,
    drop constraint prices_amount_range,
    drop constraint prices_seat_limit_range,
    drop constraint prices_code_form,
    drop constraint prices_standing_range,
    alter column name type ticket_name,
    alter column amount type price_amount,
    alter column seat_limit type seat_count,
    alter column code type price_code,
    alter column standing type tally;

alter table event_figures
    drop constraint event_figures_confirmed_range,
    drop constraint event_figures_waitlisted_range,
    drop constraint event_figures_promoted_range,
    drop constraint event_figures_cancelled_range,
    alter column confirmed type tally,
    alter column waitlisted type tally,
    alter column promoted type tally,
    alter column cancelled type tally;

alter table journal
    drop constraint journal_news,
    drop constraint journal_registrations_length,
    alter column news type event_news,
    alter column registrations type told_registrations;

-- Another type has its own storage: ids hardly compress, and the batch holds a lock.
alter table journal alter column registrations set storage external;

alter table registrations
    drop constraint registrations_cancellation,
    drop constraint registrations_removal_reason_length,
    drop constraint registrations_split,
    alter column cancellation type cancellation_cause,
    alter column removal_reason type removal_reason,
    alter column split type price_split,
    add constraint registrations_cancellation check (cancellation is null or status = 'CANCELLED'),
    add constraint registrations_split check ((price is null) = (split is not null));

alter domain event_title add constraint event_title_length check (char_length(value) between 1 and 200);
alter domain event_location add constraint event_location_length check (char_length(value) between 1 and 300);
alter domain event_description add constraint event_description_length check (char_length(value) <= 10000);
alter domain payment_instructions add constraint payment_instructions_length check (char_length(value) <= 1000);
alter domain currency_code add constraint currency_code_form check (value ~ '^[A-Z]{3}$');
alter domain hold_minutes add constraint hold_minutes_range check (value between 15 and 20160);
alter domain grace_minutes add constraint grace_minutes_range check (value between 0 and 10080);
alter domain seat_count add constraint seat_count_range check (value between 0 and 1000000);
alter domain tally add constraint tally_range check (value >= 0);
alter domain ticket_name add constraint ticket_name_length check (char_length(value) between 1 and 80);
alter domain party_size add constraint party_size_range check (value between 1 and 10);
alter domain price_amount add constraint price_amount_range check (value between 0 and 1000000000);
alter domain sum_of_money add constraint sum_of_money_range check (value >= 0);
alter domain price_code add constraint price_code_form check (value ~ '^[A-Z0-9_-]{1,40}$');
alter domain price_split add constraint price_split_length check (cardinality(value) between 4 and 20);
alter domain cancellation_cause add constraint cancellation_cause_known
    check (value in ('LAPSED', 'REMOVED', 'DEACTIVATED', 'PASSED', 'PASSED_ON'));
alter domain removal_reason add constraint removal_reason_length check (char_length(value) between 1 and 500);
alter domain event_news add constraint event_news_known check (value <@ array['PUBLISHED', 'MOVED', 'CANCELLED']);
alter domain told_registrations add constraint told_registrations_length check (cardinality(value) <= 1000);
