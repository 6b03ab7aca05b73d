//! Who may do what. Routes name a permission; this is the only place that says which roles have it.

use domain::accounts::Role;
use domain::ids::UserId;

/// Something that a route lets people do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Look at health, metrics and the description of the API.
    Observe,
    /// Look at published events, and at their live updates.
    Browse,
    /// Open an account, sign in.
    SignIn,
    /// See the own account and change its password.
    ManageOwnAccount,
    /// Book, give up and see own places.
    Book,
    /// Create events and run those; each request is also checked with [`may_run_event`].
    ManageOwnEvents,
    /// Run everybody's events.
    RunAnyEvent,
    /// Run the stress test and undo it.
    Simulate,
    /// See people, change their roles, deactivate them, set their passwords.
    ManageUsers,
    /// Read who did what.
    ReadAudit,
}

impl Permission {
    /// All permissions.
    pub const ALL: [Self; 10] = [
        Self::Observe,
        Self::Browse,
        Self::SignIn,
        Self::ManageOwnAccount,
        Self::Book,
        Self::ManageOwnEvents,
        Self::RunAnyEvent,
        Self::Simulate,
        Self::ManageUsers,
        Self::ReadAudit,
    ];
}

/// Whether somebody who is signed in with that role may do that.
pub fn may(role: Role, permission: Permission) -> bool {
    match permission {
        Permission::Observe
        | Permission::Browse
        | Permission::SignIn
        | Permission::ManageOwnAccount
        | Permission::Book => match role {
            Role::Audience | Role::Organizer | Role::Admin => true,
        },
        Permission::ManageOwnEvents => match role {
            Role::Organizer | Role::Admin => true,
            Role::Audience => false,
        },
        Permission::RunAnyEvent | Permission::Simulate | Permission::ManageUsers | Permission::ReadAudit => {
            match role {
                Role::Admin => true,
                Role::Audience | Role::Organizer => false,
            }
        }
    }
}

/// Whether somebody who is not signed in may do that. Where this says no, a request without a valid token gets 401.
pub fn anyone_may(permission: Permission) -> bool {
    match permission {
        Permission::Observe | Permission::Browse | Permission::SignIn => true,
        Permission::ManageOwnAccount
        | Permission::Book
        | Permission::ManageOwnEvents
        | Permission::RunAnyEvent
        | Permission::Simulate
        | Permission::ManageUsers
        | Permission::ReadAudit => false,
    }
}

/// Whether the caller may see and change everything of an event: its organizer may while the role allows it, and
/// whoever may [`Permission::RunAnyEvent`].
pub fn may_run_event(caller: UserId, role: Role, organizer: UserId) -> bool {
    may(role, Permission::RunAnyEvent) || (caller == organizer && may(role, Permission::ManageOwnEvents))
}

/// Whether people may give themselves that role when they open an account.
pub fn may_choose_at_registration(role: Role) -> bool {
    match role {
        Role::Audience | Role::Organizer => true,
        Role::Admin => false,
    }
}
