//! What people do at the page. Each module is one subject; each test is one [`e2e::story`].

mod admin;
mod api_keys;
mod audience;
mod buying;
mod hostile_texts;
mod keyboard;
mod live;
mod messages;
mod organizer;
mod pages;
mod passing_on;
mod proofs;
mod races;
mod scanner;
mod selling;
mod tickets;
mod visitor;
mod webhooks;
mod weight;
