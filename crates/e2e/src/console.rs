//! The consoles of the browsers: scripts that fail, resources that the policy refuses, requests that fail.

use std::fmt;

/// A line of the console that a story expects: one with both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// Part of the address that was asked: `/register`.
    pub address: &'static str,
    /// Part of what went wrong: `409`, `net::ERR_`.
    pub fault: &'static str,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} … {}", self.address, self.fault)
    }
}

/// Compares the console's lines with what is expected: each line must be, and each that is expected must have come.
/// Gives what is wrong.
pub(crate) fn compare(lines: &[String], expected: &[Expected]) -> Result<(), String> {
    let fits = |line: &String, one: &Expected| line.contains(one.address) && line.contains(one.fault);
    let strange = lines.iter().filter(|line| !expected.iter().any(|one| fits(line, one)));
    let strange = strange.map(|line| format!("not expected in the console: {line}"));
    let missing = expected.iter().filter(|one| !lines.iter().any(|line| fits(line, one)));
    let missing = missing.map(|one| format!("expected in the console, and not there: {one}"));
    let wrong: Vec<String> = strange.chain(missing).collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSED: Expected = Expected { address: "/register", fault: "409" };

    #[test]
    fn only_expected_lines_may_come_and_each_of_them_must() {
        let refused = "http://127.0.0.1:1/events/1/register - status of 409 (Conflict)".to_owned();
        let other = "http://127.0.0.1:1/scripts/main.js 3:1 Uncaught TypeError".to_owned();
        assert_eq!(compare(&[], &[]), Ok(()));
        assert_eq!(compare(std::slice::from_ref(&refused), &[REFUSED]), Ok(()));
        assert!(compare(std::slice::from_ref(&refused), &[]).is_err());
        assert!(compare(&[refused, other], &[REFUSED]).unwrap_err().contains("TypeError"));
        assert!(compare(&[], &[REFUSED]).unwrap_err().contains("not there"));
    }
}
