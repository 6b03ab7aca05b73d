// The editor of an event's types and prices: its fields, its preview, and the consequences of saving.

import { element, setShown } from '../../../ui/dom.js';
import { form } from '../../../ui/forms.js';
import { icon } from '../../../ui/icons.js';
import { consequencesOf } from './consequences.js';
import { ticketsPreview } from './preview.js';
import { problemPlace } from './problem-places.js';
import { documentOf, newType, PRICES_MAX, sheetOf, TYPES_MAX } from './sheet.js';
import { termsFields } from './terms-fields.js';
import { typeCard } from './type-card.js';

/** @import { Problem } from '../../../server/failures.js' */
/** @import { Field, FormOptions } from '../../../ui/forms.js' */
/** @import { Refusal, Tickets } from './consequences.js' */
/** @import { Sheet, TypeSheet } from './sheet.js' */
/** @import { TypeCard } from './type-card.js' */

const TEXTS = Object.freeze({
  addATicketType: 'Add a ticket type',
  tickets: 'Tickets',
  saveTickets: 'Save tickets',
  saving: 'Saving…',
});

/**
 * @param {object} options
 * @param {() => Tickets} options.tickets as they were read last
 * @param {() => Pick<Api.Event, 'time_zone' | 'status'>} options.event
 * @param {FormOptions['send']} options.send is called when nothing speaks against the document
 * @param {FormOptions['explain']} options.explain
 */
export function ticketsEditor({ tickets, event, send, explain }) {
  const zone = () => event().time_zone;
  /** All fields, also those that come and go. The form reads this list when it is sent. @type {Field[]} */
  const fields = [];
  /** @type {TypeCard[]} */
  let cards = [];
  const list = element('div', { class: 'stack' });
  const add = element(
    'button',
    { type: 'button', class: 'button', onclick: () => addType() },
    icon('plus'),
    TEXTS.addATicketType,
  );
  const terms = termsFields(zone);
  const preview = ticketsPreview();
  const refused = element('ul', { class: 'consequences is-refused' });
  const notes = element('ul', { class: 'consequences' });
  const coming = element('div', { class: 'stack', role: 'status' }, refused, notes);
  const made = form({
    name: TEXTS.tickets,
    fields,
    content: [list, element('div', { class: 'actions' }, add), terms.node, coming],
    label: TEXTS.saveTickets,
    busyLabel: TEXTS.saving,
    async send() {
      const { refusals } = consequences();
      for (const refusal of [...refusals].reverse()) point(refusal);
      if (refusals.length === 0) await send();
    },
    explain,
  });
  // The text of all fields as one, so that it is kept as a draft like the fields of other forms.
  const whole = element('input', { type: 'hidden' });
  /** @type {Field} */
  const text = {
    name: 'tickets',
    node: whole,
    input: whole,
    setError: () => {},
    value: () => JSON.stringify(sheet()),
    error: () => null,
  };
  whole.addEventListener('input', () => {
    if (whole.value !== '') show(JSON.parse(whole.value));
  });

  /** @param {TypeSheet} one */
  function makeCard(one) {
    /** @type {TypeCard} */
    const card = typeCard(one, { zone, currency: terms.currency, onChange: changed, onRemove: () => removeType(card) });
    cards.push(card);
    list.append(card.node);
    return card;
  }

  function addType() {
    const card = makeCard(newType());
    changed();
    card.focus();
  }

  /** @param {TypeCard} card */
  function removeType(card) {
    cards = cards.filter((one) => one !== card);
    card.node.remove();
    changed();
    add.focus();
  }

  /** Changes that are no typing reach the draft as typing does. */
  function changed() {
    made.node.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** @returns {Sheet} */
  function sheet() {
    return { ...terms.sheet(), types: cards.map((card) => card.sheet()) };
  }

  /** The document that the fields stand for. */
  function document() {
    return documentOf(sheet(), zone(), tickets().document);
  }

  /** @param {Sheet} one */
  function show(one) {
    cards = [];
    list.replaceChildren();
    terms.fill(one);
    for (const type of one.types) makeCard(type);
    update();
  }

  function consequences() {
    return consequencesOf(tickets(), document(), { isDraft: event().status === 'DRAFT' });
  }

  /** Shows the newest counts, and what the typed document does. */
  function update() {
    fields.splice(0, fields.length, ...cards.flatMap((card) => card.fields()), ...terms.fields);
    const prices = cards.reduce((sum, card) => sum + card.prices().length, 0);
    for (const card of cards) {
      card.update(tickets(), { isOnly: cards.length === 1, mayAddPrice: prices < PRICES_MAX });
      card.setError('');
    }
    setShown(add, cards.length < TYPES_MAX && prices < PRICES_MAX);
    preview.update(document(), tickets().counts, zone());
    // A document with a wrong field has no consequences that could be told.
    const isSound = fields.every((one) => one.error() === null);
    const { refusals, notes: words } = isSound ? consequences() : { refusals: [], notes: [] };
    fill(
      refused,
      refusals.map((refusal) => refusal.text),
    );
    fill(notes, words);
  }

  /**
   * Shows a refusal at its field, or with the type that it is about.
   * @param {Refusal} refusal
   */
  function point({ type, price, field = '', text: words }) {
    const card = type === undefined ? undefined : cards[type];
    const row = price === undefined ? undefined : card?.prices()[price];
    const named = (row ?? card ?? terms).named[field];
    if (named !== undefined) {
      named.setError(words);
      named.input.focus();
    } else if (card !== undefined) {
      card.setError(words);
      card.focus();
    } else {
      made.showMessage(words);
    }
  }

  made.node.addEventListener('input', update);
  return {
    node: made.node,
    form: made,
    preview: preview.node,
    text,
    document,
    question: () => consequences().question,
    /** @param {Api.TicketsDocument} one */
    fill: (one) => show(sheetOf(one, zone())),
    update,
    /**
     * Shows a refusal of the server at the type or price that it names. False if it names none.
     * @param {Problem} problem
     * @param {string} words
     */
    pointAt(problem, words) {
      const place = problemPlace(problem, document());
      if (place !== null) point({ ...place, text: words });
      return place !== null;
    },
    focus: () => cards[0]?.focus(),
  };
}

/**
 * Sets a list's lines if they differ. Setting the same again would make screen readers repeat them.
 * @param {HTMLElement} list
 * @param {string[]} lines
 */
function fill(list, lines) {
  const shown = [...list.children].map((line) => line.textContent);
  if (shown.length !== lines.length || lines.some((line, index) => line !== shown[index]))
    list.replaceChildren(...lines.map((line) => element('li', {}, line)));
  setShown(list, lines.length > 0);
}
