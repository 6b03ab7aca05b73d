import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

globalThis.window ??= /** @type {any} */ ({ addEventListener() {} });
const doors = await import('../../static/scripts/server/door-settings-api.js');
const gates = await import('../../static/scripts/server/door-api.js');
const { attendees, attendeesFile, nameTickets, ownTickets } = await import('../../static/scripts/server/api.js');

const CHOICE = { opens_minutes_before: null, names_minutes_before: 60, transfers: true, attach_tickets: false };
const { signal } = new AbortController();
/** The requests: method, address and body. */
let asked = [];

beforeEach(() => {
  asked = [];
  globalThis.fetch = (path, { method, body }) => {
    asked.push([method, path, ...(body === undefined ? [] : [JSON.parse(body)])]);
    return Promise.resolve(new Response('{"items":[]}'));
  };
});

test('tickets and the door are asked for at their addresses, and no id leads elsewhere', async () => {
  await ownTickets('e', 'a/b', signal);
  await nameTickets('e', 'a/b', ['Ada', null]);
  await gates.door('e?', signal);
  await doors.doorSettings('e', signal);
  await doors.changeDoor('e', CHOICE);
  await doors.renewCodes('e');
  await doors.doorStaff('e', signal);
  await doors.addDoorPerson('e', 'a@example.com');
  await doors.removeDoorPerson('e', 'u/1');
  await gates.undoCheckIn('e', 'c', 'twice');
  assert.deepEqual(asked, [
    ['GET', '/events/e/registrations/a%2Fb/tickets'],
    ['PUT', '/events/e/registrations/a%2Fb/tickets/names', { names: ['Ada', null] }],
    ['GET', '/events/e%3F/door'],
    ['GET', '/organizer/events/e/door'],
    ['PUT', '/organizer/events/e/door', CHOICE],
    ['POST', '/organizer/events/e/door/key'],
    ['GET', '/organizer/events/e/door/staff'],
    ['POST', '/organizer/events/e/door/staff', { email: 'a@example.com' }],
    ['DELETE', '/organizer/events/e/door/staff/u%2F1'],
    ['POST', '/events/e/check-ins/c/undo', { reason: 'twice' }],
  ]);
});

test('check-ins are filtered by state, and continued', async () => {
  await doors.checkIns('e', {}, signal);
  await doors.checkIns('e', { state: 'DOUBLE', cursor: 'a&b', limit: 5 }, signal);
  assert.deepEqual(asked, [
    ['GET', '/organizer/events/e/check-ins?limit=50'],
    ['GET', '/organizer/events/e/check-ins?limit=5&state=DOUBLE&cursor=a%26b'],
  ]);
});

test('the list of attendees and its file are of the same people', async () => {
  const criteria = { q: 'a', status: 'CONFIRMED', ticket_type: '2', arrived: 'false' };
  await attendees('e', { ...criteria, cursor: 'c' }, signal);
  await attendeesFile('e', criteria, signal);
  await attendeesFile('e', { arrived: '' }, signal);
  const query = 'q=a&status=CONFIRMED&ticket_type=2&arrived=false';
  assert.deepEqual(asked, [
    ['GET', `/organizer/events/e/attendees?${query}&cursor=c&limit=50`],
    ['GET', `/organizer/events/e/attendees?${query}`],
    ['GET', '/organizer/events/e/attendees'],
  ]);
});
