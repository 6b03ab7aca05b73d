//! What goes wrong, named by what the caller can do about it.

use thiserror::Error;

/// Something cannot be printed.
#[derive(Debug, Error)]
pub enum Unprintable {
    /// No QR code of level M holds the text: it has more than 2,331 bytes, or 3,391 symbols of the dense mode.
    #[error("the text is too long for a QR code")]
    TooLong,
    /// A document needs a page.
    #[error("there is no ticket to print")]
    NoTickets,
    /// A font cannot be embedded, or the document exceeds a limit of its format.
    #[error("the document cannot be written")]
    Unwritable(#[source] Box<krilla::error::KrillaError>),
}
