// The pages that links open which somebody was sent. They are loaded together when the first of them is opened.

import * as forgotPassword from './forgot-password.js';
import * as invitation from './invitation.js';
import * as resetPassword from './reset-password.js';
import * as take from './take.js';
import * as unsubscribe from './unsubscribe.js';
import * as verify from './verify.js';

/** The views by the names that the route table has for them. */
export const VIEWS = { forgotPassword, invitation, resetPassword, take, unsubscribe, verify };
