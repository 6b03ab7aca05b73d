//! Patterns for `ilike`.

/// What contains `text`, each character of which stands for itself.
pub(crate) fn containing(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}
