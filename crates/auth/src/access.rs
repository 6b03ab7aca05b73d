//! Permissions and the roles that have them. Routes name a permission; only this module says which roles have it.

use domain::accounts::Role;
use domain::api_keys::KeyPermission;
use domain::ids::UserId;

/// A permission that a route requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Read health, metrics and the description of the API.
    Observe,
    /// Read published events and their live updates.
    Browse,
    /// Use a secret address: read what is there, or refuse what was sent with it. The address is the proof.
    Subscribe,
    /// Create an account, sign in.
    SignIn,
    /// Read and change the own account, erase it, sign out.
    ManageOwnAccount,
    /// Book, cancel and read own bookings.
    Book,
    /// Check people in, where one runs the event or is of its door staff. Each request is also checked with
    /// [`may_check_in`].
    CheckIn,
    /// Create events and run them. Each request is also checked with [`may_run_event`].
    ManageOwnEvents,
    /// Hand own events over, and have other programs told of them for as long as nobody ends that. What an API key did
    /// would outlast the key, so it is not for keys.
    EntrustOwnEvents,
    /// Run any event.
    RunAnyEvent,
    /// Run the stress test and undo it.
    Simulate,
    /// Read accounts, change their roles, deactivate them, set their passwords.
    ManageUsers,
    /// Read the audit log.
    ReadAudit,
}

impl Permission {
    /// All permissions.
    pub const ALL: [Self; 13] = [
        Self::Observe,
        Self::Browse,
        Self::Subscribe,
        Self::SignIn,
        Self::ManageOwnAccount,
        Self::Book,
        Self::CheckIn,
        Self::ManageOwnEvents,
        Self::EntrustOwnEvents,
        Self::RunAnyEvent,
        Self::Simulate,
        Self::ManageUsers,
        Self::ReadAudit,
    ];
}

/// Whether somebody who is signed in with this role has the permission.
pub fn may(role: Role, permission: Permission) -> bool {
    match permission {
        Permission::Observe
        | Permission::Browse
        | Permission::Subscribe
        | Permission::SignIn
        | Permission::ManageOwnAccount
        | Permission::Book
        | Permission::CheckIn => match role {
            Role::Audience | Role::Organizer | Role::Admin => true,
        },
        Permission::ManageOwnEvents | Permission::EntrustOwnEvents => match role {
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

/// Whether the permission needs no sign-in. For all others, a request without a valid token gets 401.
pub fn anyone_may(permission: Permission) -> bool {
    match permission {
        Permission::Observe | Permission::Browse | Permission::Subscribe | Permission::SignIn => true,
        Permission::ManageOwnAccount
        | Permission::Book
        | Permission::CheckIn
        | Permission::ManageOwnEvents
        | Permission::EntrustOwnEvents
        | Permission::RunAnyEvent
        | Permission::Simulate
        | Permission::ManageUsers
        | Permission::ReadAudit => false,
    }
}

/// Whether the caller may read and change everything about an event: its organizer may, with
/// [`Permission::ManageOwnEvents`], and so may everybody with [`Permission::RunAnyEvent`]. `has` says which permissions
/// the caller has.
pub fn may_run_event(caller: UserId, has: impl Fn(Permission) -> bool, organizer: UserId) -> bool {
    has(Permission::RunAnyEvent) || (caller == organizer && has(Permission::ManageOwnEvents))
}

/// Whether somebody with this role may check people in at an event: they run it, or are of its door staff.
/// `runs_any` says whether they may run all events.
pub fn may_check_in(caller: UserId, role: Role, runs_any: bool, organizer: UserId, is_staff: bool) -> bool {
    is_staff || runs_any || (caller == organizer && may(role, Permission::ManageOwnEvents))
}

/// The permission that an API key needs where a route requires this one. `None`: the route is not for keys. A key must
/// not make more keys, nor change who has the account, nor read or change other accounts. Public routes need no key.
pub fn of_keys(permission: Permission) -> Option<KeyPermission> {
    match permission {
        Permission::Book => Some(KeyPermission::Book),
        Permission::CheckIn => Some(KeyPermission::CheckIn),
        Permission::ManageOwnEvents => Some(KeyPermission::ManageOwnEvents),
        Permission::RunAnyEvent => Some(KeyPermission::RunAnyEvent),
        Permission::Simulate => Some(KeyPermission::Simulate),
        Permission::ReadAudit => Some(KeyPermission::ReadAudit),
        Permission::Observe
        | Permission::Browse
        | Permission::Subscribe
        | Permission::SignIn
        | Permission::ManageOwnAccount
        | Permission::EntrustOwnEvents
        | Permission::ManageUsers => None,
    }
}

/// Whether somebody with this role may give a key this permission: the role has it.
pub fn may_grant(role: Role, granted: KeyPermission) -> bool {
    Permission::ALL.into_iter().any(|permission| of_keys(permission) == Some(granted) && may(role, permission))
}

/// Whether people may choose this role when they create an account.
pub fn may_choose_at_registration(role: Role) -> bool {
    match role {
        Role::Audience | Role::Organizer => true,
        Role::Admin => false,
    }
}
