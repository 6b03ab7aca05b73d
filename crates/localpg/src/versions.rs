//! PostgreSQL's programs and versions.

use std::ffi::OsStr;

/// The oldest major version of PostgreSQL that Onsale works with: the first with `client_connection_check_interval`.
/// The tests run with versions 15 to 18. Version 14 is accepted, so that an older private cluster still opens; nothing
/// tests it.
pub const OLDEST_MAJOR_VERSION: u32 = 14;

/// The programs that a cluster needs. Packages for embedding have these, and sometimes no others.
pub(crate) const NEEDED: [&str; 3] = ["initdb", "pg_ctl", "postgres"];

/// The major version in the output of `postgres --version`: 15 of "postgres (PostgreSQL) 15.13 (Debian 15.13-1)", 18 of
/// "postgres (PostgreSQL) 18beta1".
pub(crate) fn parse_major(version: &str) -> Option<u32> {
    let number = version.split_whitespace().nth(2)?;
    let end = number.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(number.len());
    number.get(..end)?.parse().ok()
}

/// A number by which the folders of several versions are sorted: 1700 of "postgresql@17", 906 of "pgsql-9.6", 0 of a
/// name without a version ("latest"). `None` if the name does not begin with `prefix`.
pub(crate) fn version_after(name: &OsStr, prefix: &str) -> Option<u64> {
    let rest = name.to_str()?.strip_prefix(prefix)?;
    let mut parts = rest.split('.');
    let major: u64 = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    let minor: u64 = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    major.checked_mul(100)?.checked_add(minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_versions_are_read_from_releases_and_betas() {
        assert_eq!(parse_major("postgres (PostgreSQL) 15.13 (Debian 15.13-1)"), Some(15));
        assert_eq!(parse_major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(parse_major("postgres (PostgreSQL) devel"), None);
        assert_eq!(parse_major(""), None);
    }

    #[test]
    fn folder_names_sort_by_number_not_by_letter() {
        let version = |name: &str, start| version_after(OsStr::new(name), start);
        assert_eq!(version("9.6", ""), Some(906));
        assert_eq!(version("17", ""), Some(1700));
        assert_eq!(version("postgresql@17", "postgresql@"), Some(1700));
        assert_eq!(version("postgresql", "postgresql"), Some(0));
        assert_eq!(version("perl5", "postgresql"), None);
    }
}
