// Pages about oneself that no sale leads to. They are loaded together when the first of them is opened, so that a crowd of
// buyers never loads them.

import * as account from './account.js';
import * as apiKeys from './api-keys.js';
import * as messages from './messages.js';

/** The views by the names that the route table has for them. */
export const VIEWS = { account, apiKeys, messages };
