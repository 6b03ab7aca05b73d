use auth::access::{
    Permission, anyone_may, may, may_check_in, may_choose_at_registration, may_grant, may_run_event, of_keys,
};
use std::collections::HashSet;

use domain::accounts::Role;
use domain::api_keys::KeyPermission;
use domain::ids::UserId;
use uuid::Uuid;

/// The whole matrix, as a person reads it: audience, organizer, admin, anyone.
const MATRIX: [(Permission, [bool; 4]); 13] = [
    (Permission::Observe, [true, true, true, true]),
    (Permission::Browse, [true, true, true, true]),
    (Permission::Subscribe, [true, true, true, true]),
    (Permission::SignIn, [true, true, true, true]),
    (Permission::ManageOwnAccount, [true, true, true, false]),
    (Permission::Book, [true, true, true, false]),
    (Permission::CheckIn, [true, true, true, false]),
    (Permission::ManageOwnEvents, [false, true, true, false]),
    (Permission::EntrustOwnEvents, [false, true, true, false]),
    (Permission::RunAnyEvent, [false, false, true, false]),
    (Permission::Simulate, [false, false, true, false]),
    (Permission::ManageUsers, [false, false, true, false]),
    (Permission::ReadAudit, [false, false, true, false]),
];

/// A number per permission without a wildcard: a new one does not compile here until somebody looks at this test.
fn position(permission: Permission) -> usize {
    match permission {
        Permission::Observe => 0,
        Permission::Browse => 1,
        Permission::Subscribe => 2,
        Permission::SignIn => 3,
        Permission::ManageOwnAccount => 4,
        Permission::Book => 5,
        Permission::CheckIn => 6,
        Permission::ManageOwnEvents => 7,
        Permission::EntrustOwnEvents => 8,
        Permission::RunAnyEvent => 9,
        Permission::Simulate => 10,
        Permission::ManageUsers => 11,
        Permission::ReadAudit => 12,
    }
}

#[test]
fn all_lists_every_permission_once() {
    let positions: Vec<_> = Permission::ALL.into_iter().map(position).collect();
    assert_eq!(positions, (0..MATRIX.len()).collect::<Vec<_>>());
}

#[test]
fn every_role_may_do_exactly_what_the_matrix_says() {
    assert_eq!(MATRIX.map(|(permission, _)| permission), Permission::ALL);
    for (permission, [audience, organizer, admin, anyone]) in MATRIX {
        assert_eq!(may(Role::Audience, permission), audience, "audience, {permission:?}");
        assert_eq!(may(Role::Organizer, permission), organizer, "organizer, {permission:?}");
        assert_eq!(may(Role::Admin, permission), admin, "admin, {permission:?}");
        assert_eq!(anyone_may(permission), anyone, "anyone, {permission:?}");
    }
}

#[test]
fn signing_in_takes_nothing_away() {
    for permission in Permission::ALL.into_iter().filter(|permission| anyone_may(*permission)) {
        assert!(Role::ALL.into_iter().all(|role| may(role, permission)), "{permission:?}");
    }
}

#[test]
fn people_are_checked_in_by_those_who_run_the_event_and_by_its_staff() {
    let (one, other) = (UserId::from(Uuid::from_u128(1)), UserId::from(Uuid::from_u128(2)));
    for (caller, role, is_staff, may) in [
        (one, Role::Organizer, false, true),
        (one, Role::Audience, false, false),
        (other, Role::Organizer, false, false),
        (other, Role::Organizer, true, true),
        (other, Role::Audience, true, true),
        (other, Role::Admin, false, true),
    ] {
        let runs_any = auth::access::may(role, Permission::RunAnyEvent);
        assert_eq!(may_check_in(caller, role, runs_any, one, is_staff), may, "{caller} {role:?} {is_staff}");
    }
}

#[test]
fn an_event_is_run_by_its_organizer_and_by_admins() {
    let (one, other) = (UserId::from(Uuid::from_u128(1)), UserId::from(Uuid::from_u128(2)));
    assert!(may_run_event(one, |permission| may(Role::Organizer, permission), one));
    assert!(!may_run_event(other, |permission| may(Role::Organizer, permission), one));
    assert!(may_run_event(one, |permission| may(Role::Admin, permission), one));
    assert!(may_run_event(other, |permission| may(Role::Admin, permission), one));
    assert!(!may_run_event(other, |permission| may(Role::Audience, permission), one));
}

#[test]
fn an_organizer_who_lost_the_role_no_longer_runs_their_events() {
    let one = UserId::from(Uuid::from_u128(1));
    assert!(!may_run_event(one, |permission| may(Role::Audience, permission), one));
}

#[test]
fn a_key_has_at_most_what_its_owner_has_and_never_the_account() {
    for permission in
        [Permission::ManageOwnAccount, Permission::EntrustOwnEvents, Permission::ManageUsers, Permission::SignIn]
    {
        assert_eq!(of_keys(permission), None, "{permission:?}");
    }
    for role in Role::ALL {
        for permission in Permission::ALL {
            if let Some(granted) = of_keys(permission) {
                assert_eq!(may_grant(role, granted), may(role, permission), "{role} {permission:?}");
            }
        }
    }
    let known = Permission::ALL.into_iter().filter_map(of_keys);
    assert_eq!(known.collect::<HashSet<_>>(), KeyPermission::ALL.into_iter().collect::<HashSet<_>>());
}

#[test]
fn nobody_registers_as_an_admin() {
    assert_eq!(Role::ALL.map(may_choose_at_registration), [true, true, false]);
}

#[test]
fn an_event_can_be_handed_over_to_those_who_may_run_events() {
    assert_eq!(Role::ALL.map(Role::may_run_events), Role::ALL.map(|role| may(role, Permission::ManageOwnEvents)));
}
