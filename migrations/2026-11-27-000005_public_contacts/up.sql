-- How the public reaches somebody who runs events. Nobody's sign-in address is published without being asked for.
alter table users
    add column public_contact text,
    add constraint users_public_contact_form check (
        public_contact is null
        or (char_length(public_contact) <= 254 and (public_contact like '_%@_%' or public_contact like 'https://_%'))
    ),
    add constraint users_erased_has_no_contact check (erased_at is null or public_contact is null);
