import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { followStream } from '../../static/scripts/server/live-stream.js';

globalThis.window = /** @type {any} */ (new EventTarget());

const skip = typeof AbortSignal.any !== 'function' && 'this Node has no AbortSignal.any';

/** Follows a stream of which the test sends each part, and tells what is heard of it. */
async function followed(context) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const leaving = new AbortController();
  const told = [];
  /** @type {ReadableStreamDefaultController[]} */
  const streams = [];
  context.mock.method(globalThis, 'fetch', (_path, { signal }) => {
    const body = new ReadableStream({
      start(controller) {
        streams.push(controller);
        signal.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  });
  followStream('/live', {
    signal: leaving.signal,
    onUp: () => {},
    onDown: (end) => told.push(end),
    onMessage: (name, data) => told.push([name, data]),
  });
  context.after(() => leaving.abort());
  await setImmediate();
  const send = async (text) => {
    streams.at(-1)?.enqueue(new TextEncoder().encode(text));
    await setImmediate();
  };
  const wait = async (milliseconds) => {
    context.mock.timers.tick(milliseconds);
    await setImmediate();
  };
  return { told, streams, send, wait };
}

test('messages are told whole, however they are cut', { skip }, async (context) => {
  const { told, send } = await followed(context);
  await send('event: event\nda');
  await send('ta: {"id":1}\n\n:\n\nevent: gone\ndata: {"id":2}\n\n');
  assert.deepEqual(told, [
    ['event', { id: 1 }],
    ['gone', { id: 2 }],
  ]);
});

test('a stream that misses a heartbeat by three seconds is dead, and is followed anew', { skip }, async (context) => {
  const { told, streams, send, wait } = await followed(context);
  await wait(15_000);
  await send(':\n\n');
  await wait(17_999);
  assert.deepEqual(told, []);
  await wait(1);
  assert.deepEqual(told, ['dead']);
  await wait(1000);
  assert.equal(streams.length, 2);
});

test('a stream is dead when the network is gone, and followed anew when it is back', { skip }, async (context) => {
  const { told, streams, send } = await followed(context);
  await send(':\n\n');
  window.dispatchEvent(new Event('offline'));
  await setImmediate();
  assert.deepEqual([told, streams.length], [['dead'], 1]);
  window.dispatchEvent(new Event('online'));
  await setImmediate();
  assert.equal(streams.length, 2);
});

test('a stream that runs is left alone when the network is back', { skip }, async (context) => {
  const { told, streams, send } = await followed(context);
  await send(':\n\n');
  window.dispatchEvent(new Event('online'));
  await setImmediate();
  assert.deepEqual([told, streams.length], [[], 1]);
});

test('a stream that the server ends is not dead', { skip }, async (context) => {
  const { told, streams } = await followed(context);
  streams[0]?.close();
  await setImmediate();
  assert.deepEqual(told, ['ended']);
});
