alter table users drop column public_contact;
