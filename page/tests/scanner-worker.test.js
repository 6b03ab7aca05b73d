import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

const SOURCE = readFileSync(new URL('../../static/scripts/door/worker.js', import.meta.url), 'utf8');
const NO_RELEASE = "const RELEASE = { version: '', files: [] };";
const FILES = ['/door', '/assets/1a/door.js'];
const ORIGIN = 'https://tickets.example';

/**
 * Runs the worker as crates/page makes it, with caches that hold these files.
 * @param {Record<string, string[]>} kept
 * @param {string} [release]
 */
function worker(kept = {}, release = `const RELEASE = { version: '1a', files: ${JSON.stringify(FILES)} };`) {
  assert.ok(SOURCE.includes(NO_RELEASE));
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {};
  const caches = new Map(Object.entries(kept).map(([name, files]) => [name, new Set(files)]));
  const calls = { skipped: 0, claimed: 0 };
  const scope = {
    addEventListener: (/** @type {string} */ name, /** @type {any} */ listener) => {
      listeners[name] = listener;
    },
    skipWaiting: () => {
      calls.skipped += 1;
    },
    clients: {
      claim: () => {
        calls.claimed += 1;
        return Promise.resolve();
      },
    },
    location: { origin: ORIGIN },
  };
  runInNewContext(SOURCE.replace(NO_RELEASE, release), {
    self: scope,
    URL,
    Request: class {
      constructor(/** @type {string} */ url, /** @type {object} */ options) {
        Object.assign(this, { url, ...options });
      }
    },
    fetch: (/** @type {any} */ request) => Promise.resolve(`network ${request.url}`),
    caches: {
      open: (/** @type {string} */ name) => {
        if (!caches.has(name)) caches.set(name, new Set());
        const files = /** @type {Set<string>} */ (caches.get(name));
        return Promise.resolve({
          addAll: (/** @type {any[]} */ requests) => {
            for (const { url, cache } of requests) {
              assert.equal(cache, 'reload', 'an old copy of the browser must not become part of a new version');
              files.add(url);
            }
            return Promise.resolve();
          },
          match: (/** @type {string} */ path) => Promise.resolve(files.has(path) ? `kept ${path}` : undefined),
        });
      },
      keys: () => Promise.resolve([...caches.keys()]),
      delete: (/** @type {string} */ name) => Promise.resolve(caches.delete(name)),
    },
  });

  /** @param {string} name */
  async function lasting(name) {
    /** @type {Promise<unknown>} */
    let until = Promise.resolve();
    listeners[name]?.({
      waitUntil: (/** @type {Promise<unknown>} */ promise) => {
        until = promise;
      },
    });
    await until;
  }

  /** The worker's answer to a request; null: it leaves it to the browser. @param {string} url @param {string} method */
  function asked(url, method = 'GET') {
    /** @type {Promise<unknown> | null} */
    let answer = null;
    listeners.fetch?.({
      request: { url: new URL(url, ORIGIN).href, method },
      respondWith: (/** @type {Promise<unknown>} */ promise) => {
        answer = promise;
      },
    });
    return answer;
  }

  return { caches, calls, lasting, asked, tell: (/** @type {unknown} */ data) => listeners.message?.({ data }) };
}

test('the scanner’s files are kept, and served without a network', async () => {
  const { caches, lasting, asked } = worker();
  await lasting('install');
  assert.deepEqual([...(caches.get('onsale-door-1a') ?? [])], FILES);
  for (const file of FILES) assert.equal(await asked(file), `kept ${file}`);
  assert.equal(await asked('/door?gate=north'), 'kept /door');
});

test('a file that the browser threw away comes from the network', async () => {
  assert.equal(await worker().asked('/door'), `network ${ORIGIN}/door`);
});

test('no answer of the API, no token and no other page passes through the worker', () => {
  const { asked } = worker();
  for (const path of [
    '/me/doors',
    '/events/1/door',
    '/events/1/door/tickets?limit=5000',
    '/auth/me',
    '/',
    '/events',
    '/door/',
  ])
    assert.equal(asked(path), null, path);
  assert.equal(asked('/door', 'POST'), null);
  assert.equal(asked('https://other.example/door'), null);
});

test('a new version drops the files of the old ones, and nothing else', async () => {
  const { caches, calls, lasting } = worker({ 'onsale-door-0f': FILES, 'onsale-door-1a': FILES, other: [] });
  await lasting('activate');
  assert.deepEqual([...caches.keys()], ['onsale-door-1a', 'other']);
  assert.equal(calls.claimed, 1);
  assert.ok(!/indexedDB/.test(SOURCE), 'scans are none of its business');
});

test('a new version takes over when the page says so, and not before', async () => {
  const { calls, lasting, tell } = worker();
  await lasting('install');
  tell('something else');
  assert.equal(calls.skipped, 0);
  tell('take-over');
  assert.equal(calls.skipped, 1);
});

test('without a release the worker keeps nothing and serves nothing', async () => {
  const { caches, lasting, asked } = worker({}, NO_RELEASE);
  await lasting('install');
  assert.equal(caches.size, 0);
  assert.equal(asked('/door'), null);
});
