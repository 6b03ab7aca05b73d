//! HTTP itself: connections, requests, hosts, extractors, problems, conditional requests, access, the files of the
//! page.

pub(crate) mod access;
pub(crate) mod api_docs;
pub(crate) mod arguments;
pub(crate) mod client_address;
pub(crate) mod connections;
pub(crate) mod cross_origin;
pub mod endpoints;
pub(crate) mod etags;
pub(crate) mod extractors;
pub(crate) mod headers;
pub(crate) mod hosts;
pub(crate) mod negotiation;
pub(crate) mod page_files;
pub(crate) mod problems;
pub(crate) mod query;
pub(crate) mod registrations;
pub(crate) mod request_ids;
pub(crate) mod requests;
pub(crate) mod samples;
pub(crate) mod schemas;
pub(crate) mod traffic;
