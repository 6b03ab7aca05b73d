import { ownTab } from '../browser/storage.js';
import { byId, element } from '../ui/dom.js';
import { choosing } from './choosing.js';
import { serveOffline } from './offline.js';
import { goToWork, isAtWork, lastPlace, stopWork } from './places.js';
import { scanner } from './scanner.js';

/** @import { Place } from './gate.js' */

const TEXTS = Object.freeze({
  scanner: 'Scanner · Onsale',
  at: (/** @type {string} */ title) => `${title} · Scanner`,
  newVersion: 'A new version of the scanner is ready. Your scans stay.',
  take: 'Use it now',
});

const TAKEN = 'onsale.door.version-taken';
/** While servers are replaced one by one, each may offer its own version: the page must not reload again and again. */
const TAKEN_MILLISECONDS = 5 * 60_000;

const main = byId('main');
let shown = new AbortController();
let isWorking = false;

/** @param {(signal: AbortSignal) => Element} make */
function show(make) {
  shown.abort();
  shown = new AbortController();
  main.replaceChildren(make(shown.signal));
  main.querySelector('h1')?.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function choose() {
  isWorking = false;
  stopWork();
  document.title = TEXTS.scanner;
  show((signal) => choosing({ onChoice: work, signal }));
}

/** @param {Place} place */
function work(place) {
  isWorking = true;
  goToWork(place);
  document.title = TEXTS.at(place.event.title);
  show((signal) => scanner(place, { onChange: choose, signal }));
}

/** @param {() => void} take */
function offer(take) {
  const isNewlyTaken = Date.now() - Number(ownTab.read(TAKEN) ?? 0) < TAKEN_MILLISECONDS;
  if (!isWorking && !isNewlyTaken) {
    ownTab.write(TAKEN, String(Date.now()));
    take();
    return;
  }
  const button = element('button', { type: 'button', class: 'button button-small', onclick: take }, TEXTS.take);
  main.before(element('div', { class: 'door-update', role: 'status' }, element('span', {}, TEXTS.newVersion), button));
}

const last = lastPlace();
if (isAtWork() && last !== null) work(last);
else choose();
serveOffline(offer).catch(reportError);
