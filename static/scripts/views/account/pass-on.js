// The panel in which the person of a booking passes a ticket on: makes a link, and sees what became of the links before.

import { ownPlaces } from '../../booking/own-places.js';
import { address } from '../../browser/navigation.js';
import { repeat } from '../../browser/polling.js';
import { isAbort, Unreachable } from '../../server/failures.js';
import { offerSeat, transfers, withdrawOffer } from '../../server/transfers-api.js';
import { copyField } from '../../ui/copy-field.js';
import { element, setChildren, setShown, setText } from '../../ui/dom.js';
import { field, form } from '../../ui/forms.js';
import { icon } from '../../ui/icons.js';
import { toast } from '../../ui/messages.js';
import { share } from '../../ui/sharing.js';
import { isolated } from '../../words/bidi.js';
import { sentenceOf } from '../../words/problems.js';
import { endingWords, moneyWords, offerWords, priceChoices, takenSince } from './pass-on-words.js';

const TEXTS = Object.freeze({
  heading: 'Pass a ticket on',
  about: 'Make a link and send it to the person who gets the ticket. It works once.',
  price: 'Which ticket',
  make: 'Make a link',
  making: 'Making…',
  link: 'Link for one ticket. It’s shown only now.',
  share: 'Share',
  links: 'Links',
  withdraw: 'Withdraw',
  withdrawn: 'Link withdrawn.',
  taken: 'Your ticket was taken.',
  /** @param {string} name */
  takenBy: (name) => `${isolated(name)} has taken the ticket.`,
  loading: 'Loading…',
  lost: 'No answer came. If a link is listed below that you don’t have, withdraw it and make another one.',
});

const EVERY_MILLISECONDS = 5000;

/**
 * The panel, which is closed until it is wanted: at a gate nobody passes a ticket on, and nothing is asked for.
 * @param {string} eventId
 * @param {string} registrationId
 * @param {{ signal: AbortSignal, onTaken: () => void }} options `onTaken` is called when a ticket has ended
 */
export function passOnPanel(eventId, registrationId, { signal, onTaken }) {
  let isAllowed = true;
  let tickets = 0;
  /** @type {Api.OwnRegistration | null} */
  let booking = null;
  /** Null while they are not known. @type {Api.Transfer[] | null} */
  let offers = null;
  /** The offer whose link is shown. @type {string | null} */
  let linked = null;
  /** How many links were made or withdrawn here. */
  let acts = 0;
  let title = '';
  /** By their ids. @type {Map<string, ReturnType<typeof offerRow>>} */
  let rows = new Map();
  let formOf = '';

  const ending = element('p', { class: 'soft' });
  const money = element('p', { class: 'soft' });
  const place = element('div', {});
  const link = copyField({ id: 'transfer-link', label: TEXTS.link });
  const sharing = element('button', { type: 'button', class: 'button' }, icon('share'), TEXTS.share);
  const made = element(
    'div',
    { class: 'stack', hidden: true },
    link.node,
    typeof navigator.share === 'function' && element('div', { class: 'actions' }, sharing),
  );
  const giving = element(
    'div',
    { class: 'stack' },
    element('p', { class: 'soft' }, TEXTS.about),
    ending,
    money,
    place,
    made,
  );
  const heading = element('h2', {}, TEXTS.links);
  const list = element('ul', { class: 'staff' });
  const problem = element('p', { class: 'form-error', role: 'alert' });
  const loading = element('p', { class: 'soft' }, TEXTS.loading);
  const summary = element('summary', {}, TEXTS.heading);
  const node = element(
    'details',
    { class: 'panel', hidden: true },
    summary,
    element('div', { class: 'stack' }, loading, giving, problem, heading, list),
  );

  async function read() {
    const begun = acts;
    const [places, newest] = await Promise.all([
      ownPlaces(eventId, signal),
      transfers(eventId, registrationId, signal),
    ]);
    // A list that was asked for before may lack the newest link.
    if (begun !== acts) return;
    const taken = takenSince(offers ?? [], newest);
    booking = places.find(({ id }) => id === registrationId) ?? null;
    offers = newest;
    setText(problem, '');
    show();
    for (const { taken_by: name } of taken) toast(name === null ? TEXTS.taken : TEXTS.takenBy(name), 'good');
    if (taken.length > 0) onTaken();
  }

  async function readOrTell() {
    try {
      await read();
    } catch (error) {
      if (!isAbort(error)) setText(problem, sentenceOf(error));
      setShown(loading, false);
      throw error;
    }
  }

  function show() {
    const gives = isAllowed && tickets > 0 && booking?.status === 'CONFIRMED';
    const listed = (offers ?? []).flatMap((offer) => {
      const words = offerWords(offer, booking?.currency ?? null);
      return words === null ? [] : [{ offer, words }];
    });
    setShown(node, (isAllowed && tickets > 0) || listed.length > 0);
    setShown(loading, offers === null);
    setShown(giving, gives);
    setText(ending, endingWords(tickets));
    if (gives && booking !== null) showForm(booking);
    // The link cannot be shown again, so it goes only with the offer.
    if ((offers ?? []).some(({ id, state }) => id === linked && state !== 'OPEN')) linked = null;
    setShown(made, linked !== null);
    if (linked === null) link.input.value = '';
    rows = new Map(listed.map(({ offer }) => [offer.id, rows.get(offer.id) ?? offerRow(offer.id)]));
    for (const { offer, words } of listed) rows.get(offer.id)?.update(words);
    setChildren(
      list,
      [...rows.values()].map((row) => row.node),
    );
    setShown(heading, listed.length > 0);
    setShown(list, listed.length > 0);
  }

  /** @param {Api.OwnRegistration} own */
  function showForm(own) {
    setText(money, moneyWords(own));
    setShown(money, own.amount > 0);
    const choices = priceChoices(own);
    const shown = JSON.stringify(choices);
    if (shown === formOf) return;
    formOf = shown;
    place.replaceChildren(offerForm(choices));
  }

  /** @param {[value: string, label: string][]} choices */
  function offerForm(choices) {
    const price = field({ name: 'price', label: TEXTS.price, tag: 'select', required: true });
    price.input.append(...choices.map(([value, label]) => element('option', { value }, label)));
    const offering = form({
      name: TEXTS.heading,
      fields: choices.length > 1 ? [price] : [],
      label: TEXTS.make,
      busyLabel: TEXTS.making,
      async send() {
        const { transfer, token } = await offerSeat(eventId, registrationId, Number(price.value()));
        acts += 1;
        offers = [transfer, ...(offers ?? [])];
        linked = transfer.id;
        link.input.value = `${location.origin}${address('take', eventId)}#${token}`;
        show();
        link.input.focus();
      },
      explain(error) {
        if (!(error instanceof Unreachable)) return false;
        offering.showMessage(TEXTS.lost);
        read().catch(() => {});
        return true;
      },
    });
    return offering.node;
  }

  /** @param {string} id */
  function offerRow(id) {
    const main = element('span', { class: 'cell-main', dir: 'auto', id: `transfer-${id}` });
    const second = element('span', { class: 'cell-second' });
    const button = element(
      'button',
      { type: 'button', class: 'button button-small', 'aria-describedby': `transfer-${id}` },
      TEXTS.withdraw,
    );
    button.addEventListener('click', () => withdraw(id, button));
    return {
      node: element('li', { class: 'staff-row' }, element('div', {}, main, second), button),
      /** @param {NonNullable<ReturnType<typeof offerWords>>} words */
      update(words) {
        setText(main, words.main);
        setText(second, words.second);
        setShown(button, words.isOpen);
      },
    };
  }

  /**
   * @param {string} id
   * @param {HTMLButtonElement} button
   */
  async function withdraw(id, button) {
    if (button.getAttribute('aria-disabled')) return;
    button.setAttribute('aria-disabled', 'true');
    setText(problem, '');
    try {
      await withdrawOffer(eventId, registrationId, id);
      acts += 1;
      offers = (offers ?? []).filter((one) => one.id !== id);
      if (linked === id) linked = null;
      show();
      toast(TEXTS.withdrawn, 'good');
      // The pressed button is gone.
      summary.focus();
    } catch (error) {
      if (isAbort(error)) return;
      // Somebody may have taken the seat.
      await read().catch(() => {});
      setText(problem, sentenceOf(error));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }

  sharing.addEventListener('click', () => share({ title, url: link.input.value }));
  node.addEventListener('toggle', () => {
    if (node.open) readOrTell().catch(() => {});
  });
  repeat(EVERY_MILLISECONDS, () => (node.open ? readOrTell() : null), signal);
  return {
    node,
    /** @param {Api.BookingTickets} answer */
    update(answer) {
      const isOther = tickets !== answer.tickets.length;
      tickets = answer.tickets.length;
      // An answer that was kept by an earlier version of the page does not say.
      isAllowed = answer.transfers !== false;
      title = answer.event.title;
      show();
      if (isOther && node.open) readOrTell().catch(() => {});
    },
  };
}
