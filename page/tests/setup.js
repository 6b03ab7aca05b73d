// Runs before each test file.

import { register } from 'node:module';

// The reader's time zone in all tests.
process.env.TZ = 'America/New_York';

register('./browser-modules.js', import.meta.url);
