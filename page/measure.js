// Measures what each page costs a phone whose processor is slowed four times, and prints the table of docs/benchmarks.md.
// It needs chromium, chromedriver, and a server with the demo's data: it signs in and books seats there.
//
//   node page/measure.js http://localhost:8080
//   node page/measure.js http://localhost:8080 --only 'event|list' --width 1280 --height 1900 --rounds 1
//
// `--moved` names the elements that moved, and `--pictures FOLDER` keeps a picture of each page in light and in dark.

import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '360' },
    height: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    pictures: { type: 'string' },
    only: { type: 'string', default: '' },
    moved: { type: 'boolean', default: false },
  },
});
const SERVER = positionals[0] ?? 'http://localhost:8080';
const WIDTH = Number(values.width);
const HEIGHT = Number(values.height ?? (WIDTH < 600 ? 780 : 900));
const SLOWER = 4;
// Live numbers and the user's own bookings come within this time.
const SETTLED_MILLISECONDS = 2500;

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--no-proxy-server',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// Runs in the page. Browsers tell each of these to whoever asks later, too.
const FIGURES = `
  const done = arguments[arguments.length - 1];
  const entries = { 'layout-shift': [], longtask: [], paint: [], 'largest-contentful-paint': [] };
  for (const type of Object.keys(entries))
    new PerformanceObserver((list) => entries[type].push(...list.getEntries())).observe({ type, buffered: true });
  const [document] = performance.getEntriesByType('navigation');
  setTimeout(() => {
    const fetched = performance.getEntriesByType('resource').filter(({ transferSize }) => transferSize > 0);
    const sum = (values) => values.reduce((one, other) => one + other, 0);
    const shifts = entries['layout-shift'].filter(({ hadRecentInput }) => !hadRecentInput);
    const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
    done({
      requests: fetched.length + 1,
      bytes: sum([document, ...fetched].map(({ transferSize }) => transferSize)),
      paint: entries.paint.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? 0,
      content: entries['largest-contentful-paint'].at(-1)?.startTime ?? 0,
      shift: sum(shifts.map(({ value }) => value)),
      blocking: sum(entries.longtask.map(({ duration }) => Math.max(0, duration - 50))),
      moved: shifts.flatMap(({ value, startTime, sources }) =>
        sources.map(({ node, previousRect, currentRect }) =>
          [value.toFixed(4), Math.round(startTime), node?.className || node?.nodeName, box(previousRect), '->', box(currentRect)].join(' '))),
    });
  }, 0);`;

/** @param {string} path @param {{ method?: string, token?: string, body?: unknown, match?: string }} [options] */
async function api(path, { method = 'GET', token, body, match } = {}) {
  const headers = {
    'Content-Type': 'application/json',
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
    ...(match ? { 'If-Match': match } : {}),
  };
  const answer = await fetch(SERVER + path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok && answer.status !== 409) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return answer.status === 204 ? null : answer.json();
}

/** @param {string} email @param {string} password */
const signedIn = (email, password) => api('/auth/login', { method: 'POST', body: { email, password } });

/**
 * The demo's people, with two events more: one that is full, where Alice has the only seat and Bob waits, and one with
 * ticket types and prices, where Alice holds seats and Bob waits for three.
 */
async function people() {
  const [alice, bob, organizer, admin] = await Promise.all([
    signedIn('alice@student.com', 'user123'),
    signedIn('bob@engineer.com', 'user123'),
    signedIn('events@techcorp.com', 'org123'),
    signedIn('admin@eventbrite.local', 'admin123'),
  ]);
  const { items } = await api('/organizer/events?limit=100', { token: organizer.token });
  const full = items.find(({ title }) => title === 'A full house') ?? (await fullHouse(organizer.token));
  const concert = items.find(({ title }) => title === 'Concert') ?? (await concertOf(organizer.token));
  const open = items.find(({ title }) => title === 'Golang Microservices Summit');
  for (const [{ token }, { id }, body] of [
    [alice, full],
    [bob, full],
    [alice, open],
    [alice, concert, { ticket_type: 1, seats: [{ price: 1, count: 2 }], amount: 5000 }],
    [bob, concert, { ticket_type: 1, seats: [{ price: 1, count: 3 }], amount: 7500 }],
  ]) {
    const own = await api(`/me/registrations?event_id=${id}`, { token });
    if (!own.items.some(({ status }) => status !== 'CANCELLED'))
      await api(`/events/${id}/register`, { method: 'POST', token, body });
  }
  return { alice, bob, organizer, admin, full, concert, open };
}

/** @param {string} token */
async function fullHouse(token) {
  return published(await draft('A full house', token), token);
}

/** @param {string} token */
async function concertOf(token) {
  const event = await draft('Concert', token);
  const price = { number: null, opens_at: null, closes_at: null, limit: null, code: null, is_closed: false };
  const type = { number: null, capacity: 4, seats_per_registration: 4 };
  const terms = { line_hold_minutes: null, grace_minutes: 0, refund_until: null };
  const path = `/organizer/events/${event.id}/tickets`;
  const seen = await fetch(SERVER + path, { headers: { Authorization: `Bearer ${token}` } });
  await api(path, {
    method: 'PUT',
    token,
    match: seen.headers.get('etag'),
    body: {
      ...terms,
      currency: 'EUR',
      hold_minutes: 600,
      payment_instructions: 'Please transfer the sum,\nwith your name.',
      ticket_types: [
        { ...type, number: 1, name: 'Standing', prices: [{ ...price, number: 1, name: 'Adult', amount: 2500 }] },
        { ...type, name: 'Balcony', prices: [{ ...price, name: 'Seat', amount: 4000 }] },
      ],
    },
  });
  return published(event, token);
}

const published = ({ id }, token) => api(`/organizer/events/${id}/publish`, { method: 'POST', token });

/** @param {string} title @param {string} token */
function draft(title, token) {
  return api('/organizer/events', {
    method: 'POST',
    token,
    body: {
      title,
      location: 'A hall',
      description: 'An evening.',
      time_zone: 'Europe/Berlin',
      starts_at: '2090-03-01T19:00:00Z',
      ends_at: '2090-03-01T22:00:00Z',
      capacity: 1,
    },
  });
}

/** @param {Awaited<ReturnType<typeof people>>} known */
function pagesOf({ alice, bob, organizer, admin, full, concert, open }) {
  return [
    ['list', '/events', null],
    ['event', `/e/${open.slug}`, null],
    ['sign in', '/sign-in', null],
    ['sign up', '/sign-up', null],
    ['event, booked', `/e/${open.slug}`, alice],
    ['event, on the waitlist', `/e/${full.slug}`, bob],
    ['event, held', `/e/${concert.slug}`, alice],
    ['my tickets', '/tickets', alice],
    ['messages', '/messages', alice],
    ['account', '/account', alice],
    ['studio', '/studio', organizer],
    ['dashboard', `/studio/${full.id}`, organizer],
    ['dashboard, ticket types', `/studio/${concert.id}`, organizer],
    ['details', `/studio/${full.id}/details`, organizer],
    ['ticket types', `/studio/${full.id}/tickets`, organizer],
    ['attendees', `/studio/${full.id}/attendees`, organizer],
    ['messages to attendees', `/studio/${full.id}/messages`, organizer],
    ['new event', '/studio/new', organizer],
    ['all events', '/admin', admin],
    ['people', '/admin/people', admin],
    ['all messages', '/admin/messages', admin],
    ['log', '/admin/log', admin],
    ['stress test', `/admin/tests/${full.id}`, admin],
  ];
}

/** A browser, by WebDriver's protocol. */
async function browser() {
  const driver = spawn('chromedriver', ['--port=0'], { env: { ...process.env, TZ: 'Europe/Berlin' } });
  const port = await new Promise((found) => {
    driver.stdout.on('data', (data) => {
      const [, number] = /successfully on port (\d+)/.exec(data) ?? [];
      if (number) found(number);
    });
  });
  const base = `http://127.0.0.1:${port}/session`;
  /** @param {string} method @param {string} path @param {unknown} [body] */
  const send = async (method, path, body) => {
    const options = method === 'POST' ? { method, body: JSON.stringify(body ?? {}) } : { method };
    const { value } = await (await fetch(base + path, options)).json();
    if (value?.error) throw new Error(value.message);
    return value;
  };
  const { sessionId } = await send('POST', '', {
    capabilities: { alwaysMatch: { browserName: 'chrome', 'goog:chromeOptions': { args: ARGUMENTS } } },
  });
  const of = `/${sessionId}`;
  return {
    /** @param {string} url */
    open: (url) => send('POST', `${of}/url`, { url }),
    /** @param {string} cmd @param {object} params */
    command: (cmd, params) => send('POST', `${of}/goog/cdp/execute`, { cmd, params }),
    /** @param {string} script @param {unknown[]} args */
    run: (script, args = []) => send('POST', `${of}/execute/sync`, { script, args }),
    /** @param {string} script */
    later: (script) => send('POST', `${of}/execute/async`, { script, args: [] }),
    async quit() {
      await send('DELETE', of).catch(() => {});
      driver.kill();
    },
  };
}

const print = (text) => process.stdout.write(`${text}\n`);
const pause = (milliseconds) => new Promise((over) => setTimeout(over, milliseconds));

/** @param {Awaited<ReturnType<typeof browser>>} tab @param {any} session @param {string} theme */
async function become(tab, session, theme = '') {
  await tab.open(`${SERVER}/favicon.svg`);
  const kept = session && { token: session.token, user: session.user, expires: Date.now() + session.expires_in * 1000 };
  await tab.run(
    'localStorage.clear(); if (arguments[0]) localStorage.setItem("onsale.session", arguments[0]); if (arguments[1]) localStorage.setItem("onsale.theme", arguments[1])',
    [kept && JSON.stringify(kept), theme],
  );
}

const tab = await browser();
try {
  const pages = pagesOf(await people()).filter(([name]) => new RegExp(values.only).test(name));
  await tab.command('Emulation.setDeviceMetricsOverride', {
    width: WIDTH,
    height: HEIGHT,
    deviceScaleFactor: 1,
    mobile: WIDTH < 600,
  });
  if (values.pictures) mkdirSync(values.pictures, { recursive: true });
  print(
    '| page | requests | KB | first paint, ms | content, ms | layout shift | blocking, ms |\n|---|---|---|---|---|---|---|',
  );
  for (const [name, path, session] of pages) {
    const rounds = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      await become(tab, session);
      await tab.open('about:blank');
      await tab.command('Network.clearBrowserCache', {});
      await tab.command('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      await tab.open(SERVER + path);
      await pause(SETTLED_MILLISECONDS);
      rounds.push(await tab.later(FIGURES));
      await tab.command('Emulation.setCPUThrottlingRate', { rate: 1 });
    }
    // Other programs on this machine only add to a figure.
    const of = (figure) => Math.min(...rounds.map((one) => one[figure]));
    const shift = Math.max(...rounds.map((one) => one.shift));
    const cells = [
      of('requests'),
      (of('bytes') / 1000).toFixed(1),
      ...['paint', 'content'].map((one) => Math.round(of(one))),
    ];
    print(`| ${[name, ...cells, shift.toFixed(4), Math.round(of('blocking'))].join(' | ')} |`);
    if (values.moved) print(rounds[0].moved.join('\n'));
    for (const theme of values.pictures ? ['light', 'dark'] : []) {
      await become(tab, session, theme);
      await tab.open(SERVER + path);
      await pause(1500);
      const { data } = await tab.command('Page.captureScreenshot', { captureBeyondViewport: true });
      writeFileSync(
        `${values.pictures}/${name.replaceAll(/\W+/g, '-')}-${WIDTH}-${theme}.png`,
        Buffer.from(data, 'base64'),
      );
    }
  }
} finally {
  await tab.quit();
}
