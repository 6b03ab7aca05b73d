//! Mails about accounts: why each is sent, and for how long what it offers holds.

use std::time::Duration;

use crate::limits::WEBHOOKS_PER_OWNER_MAX;

/// The kinds of mails about accounts. They belong to no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountMailKind {
    /// A link that proves the account's address.
    VerifyAddress,
    /// A link that sets another password.
    ResetPassword,
    /// A link that gives the account the address that it was sent to.
    ChangeAddress,
    /// A link that makes an organizer's account.
    Invitation,
    /// Tells the owner that somebody wanted another account with the same address.
    AddressTaken,
    /// Tells the address of before that the account has another one.
    AddressChanged,
    /// Tells the owner that the password was set by a link.
    PasswordReset,
    /// Tells the owner of an endpoint for webhooks that it was switched off.
    WebhookOff,
}

impl AccountMailKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::VerifyAddress,
        Self::ResetPassword,
        Self::ChangeAddress,
        Self::Invitation,
        Self::AddressTaken,
        Self::AddressChanged,
        Self::PasswordReset,
        Self::WebhookOff,
    ];

    /// The name that the database uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VerifyAddress => "VERIFY_ADDRESS",
            Self::ResetPassword => "RESET_PASSWORD",
            Self::ChangeAddress => "CHANGE_ADDRESS",
            Self::Invitation => "INVITATION",
            Self::AddressTaken => "ADDRESS_TAKEN",
            Self::AddressChanged => "ADDRESS_CHANGED",
            Self::PasswordReset => "PASSWORD_RESET",
            Self::WebhookOff => "WEBHOOK_OFF",
        }
    }

    /// Whether the mail has a link with a secret, which works once.
    pub fn has_secret(self) -> bool {
        match self {
            Self::VerifyAddress | Self::ResetPassword | Self::ChangeAddress | Self::Invitation => true,
            Self::AddressTaken | Self::AddressChanged | Self::PasswordReset | Self::WebhookOff => false,
        }
    }

    /// The longest pause between two tries to send it, in seconds; `None` if it is tried like any message. A link that
    /// works for an hour is tried until the hour is over.
    pub fn pause_seconds_max(self) -> Option<i32> {
        match self {
            Self::VerifyAddress | Self::ResetPassword | Self::ChangeAddress => Some(300),
            Self::Invitation | Self::AddressTaken | Self::AddressChanged | Self::PasswordReset | Self::WebhookOff => {
                None
            }
        }
    }

    /// For how long the link works. A mail without a secret is tried for this long.
    pub fn valid_for(self) -> Duration {
        const HOUR: u64 = 3_600;
        Duration::from_secs(match self {
            Self::VerifyAddress | Self::ResetPassword | Self::ChangeAddress => HOUR,
            Self::Invitation => 7 * 24 * HOUR,
            Self::AddressTaken | Self::AddressChanged | Self::PasswordReset | Self::WebhookOff => 72 * HOUR,
        })
    }

    /// The most mails of this kind to one address within an hour. The owner of a taken address is told once: whoever
    /// tries again and again is not to fill a mailbox.
    pub fn per_hour_max(self) -> i64 {
        match self {
            Self::VerifyAddress | Self::ResetPassword | Self::ChangeAddress | Self::Invitation => 5,
            Self::AddressTaken => 1,
            // These follow from something that was done, once each.
            Self::AddressChanged | Self::PasswordReset => i64::MAX,
            // One tells enough: the page shows all endpoints.
            Self::WebhookOff => WEBHOOKS_PER_OWNER_MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_a_known_account_works_for_an_hour_and_an_invitation_for_a_week() {
        let hours = |kind: AccountMailKind| kind.valid_for().as_secs() / 3_600;
        let secret = AccountMailKind::ALL.into_iter().filter(|kind| kind.has_secret());
        assert_eq!(secret.map(hours).collect::<Vec<_>>(), [1, 1, 1, 168]);
    }
}
