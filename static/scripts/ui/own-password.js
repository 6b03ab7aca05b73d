// The password of the signed-in user, asked for where an order outlives the session that it comes from.

import * as session from '../server/session.js';
import { element } from './dom.js';
import { passwordField } from './forms.js';

const TEXTS = Object.freeze({
  password: 'Your password',
});

/** A field for it, with the user name that password managers look for beside it. */
export function ownPassword() {
  const made = passwordField({ name: 'current_password', label: TEXTS.password, autocomplete: 'current-password' });
  const userName = element('input', {
    type: 'email',
    class: 'visually-hidden',
    autocomplete: 'username',
    value: session.user()?.email ?? '',
    readonly: true,
    tabindex: '-1',
    'aria-hidden': 'true',
  });
  return { field: made, content: [userName, made.node] };
}
