import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactAddress, linkAddress, mapAddress } from '../../static/scripts/ui/links.js';

test('only addresses of the web and for mail become links', () => {
  assert.equal(linkAddress('https://example.com/a?b=c#d'), 'https://example.com/a?b=c#d');
  assert.equal(linkAddress('mailto:info@example.com'), 'mailto:info@example.com');
  for (const href of [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//example.com',
    '/e/x',
    'mailto:',
    'mailto:a@b.example?bcc=all@b.example',
    'http://',
    '',
    null,
    7,
  ])
    assert.equal(linkAddress(href), null, String(href));
});

test('a contact is an e-mail address or a web address', () => {
  assert.equal(contactAddress('info@example.com'), 'mailto:info@example.com');
  assert.equal(contactAddress('a+b%c@example.com'), 'mailto:a%2Bb%25c@example.com');
  assert.equal(contactAddress('http://example.com'), 'http://example.com/');
  for (const contact of ['call me', '@', 'a@b@c', 'a b@c', 'javascript:a@b'])
    assert.equal(contactAddress(contact), null, contact);
});

test('a place is looked for on a map, unless it is on none', () => {
  assert.equal(
    mapAddress('Hall 1 & 2, Berlin'),
    'https://www.openstreetmap.org/search?query=Hall%201%20%26%202%2C%20Berlin',
  );
  assert.equal(mapAddress('היכל'), 'https://www.openstreetmap.org/search?query=%D7%94%D7%99%D7%9B%D7%9C');
  for (const place of ['', ' ', 'Online', 'online (Zoom)', 'https://example.com/room'])
    assert.equal(mapAddress(place), null);
});
