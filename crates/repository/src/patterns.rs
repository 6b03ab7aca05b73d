//! Text that somebody looks for, as `ilike` takes it.

/// A pattern for whatever contains `text` as it stands.
pub(crate) fn containing(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}
