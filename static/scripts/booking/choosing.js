// Choosing: a ticket type, how many seats of which of its prices, and a code. What was chosen is kept in this tab.

import { serverNow } from '../server/clock.js';
import { element, setChildren, setShown, setText } from '../ui/dom.js';
import { stepper } from '../ui/stepper.js';
import { isolated } from '../words/bidi.js';
import { priceWords } from '../words/money.js';
import { counted } from '../words/numbers.js';
import * as rules from './choice.js';
import { codePart } from './code-part.js';
import { keepChoice, keptChoice } from './kept-choices.js';
import { windowOf } from './moments.js';

/** @import { Choice, Market, Price, TicketType, Unlocked } from './choice.js' */

const TEXTS = Object.freeze({
  ticketType: 'Ticket type',
  seats: 'Seats',
  price: 'Price',
  /** @param {string} most */
  seatsUpToPerBooking: (most) => `Seats, up to ${most} per booking`,
  thisTicketTypeNeedsA: 'This ticket type needs a code.',
});

let count = 0;

/**
 * The controls for a choice at an event. A simple event has nothing to choose, and `node` stays hidden.
 * @param {Api.Event} firstEvent
 * @param {object} options
 * @param {string} options.code comes from a link
 * @param {AbortSignal} options.signal
 * @param {() => void} options.onChosen called with each choice of the person's
 * @param {() => void} options.onUnlocked called when the prices of a code are known
 */
export function choosing(firstEvent, { code, signal, onChosen, onUnlocked }) {
  count += 1;
  const name = `choice-${count}`;
  const eventId = firstEvent.id;
  let event = firstEvent;
  /** @type {ReadonlySet<number>} */
  let taken = new Set();
  /** @type {Unlocked | null} */
  let unlocked = null;
  let kept = keptChoice(eventId);
  if (code !== '') kept = { ...kept, code };

  const types = element('fieldset', { class: 'choices' });
  const prices = element('fieldset', { class: 'choices' });
  const sum = element('p', { class: 'choice-sum', role: 'status' });
  const codes = codePart({
    eventId,
    code: kept.code,
    signal,
    onTyped(typed) {
      keep({ ...kept, code: typed });
    },
    onUnlocked(found) {
      unlocked = found;
      // One who came for a code's only price need not look for its type.
      const [only, ...others] = found?.prices ?? [];
      const mine = rules.fitted(kept, market());
      if (only !== undefined && others.length === 0 && mine.type === null) keep({ ...mine, type: only.ticket_type });
      onUnlocked();
    },
  });
  const node = element('div', { class: 'choosing' }, types, prices, codes.node, sum);
  const typeChoices = choices(types, TEXTS.ticketType);
  const priceChoices = choices(prices, TEXTS.seats);

  /** @returns {Market} */
  function market() {
    return { event, unlocked, taken, now: serverNow() };
  }

  /** @param {Choice} choice */
  function keep(choice) {
    kept = choice;
    keepChoice(eventId, choice);
  }

  /** @param {Choice} choice */
  function choose(choice) {
    keep(choice);
    onChosen();
  }

  /**
   * @param {Choice} choice
   * @param {Price} price
   * @param {number} seats
   * @param {boolean} single whether it is one seat of one of the prices
   */
  function choosePrice(choice, price, seats, single) {
    choose({ ...choice, counts: { ...(single ? {} : choice.counts), [price.number]: seats } });
  }

  function show() {
    const now = market();
    const choice = rules.fitted(kept, now);
    const simple = rules.isSimple(event) && unlocked === null && kept.code === '';
    const left = rules.typesLeft(now);
    setShown(node, !simple && left.length > 0);
    if (node.hidden) return;
    setShown(types, event.ticket_types.length > 1);
    if (!types.hidden) showTypes(choice, left);
    const type = rules.typeOf(choice, now);
    setShown(prices, type !== null);
    if (type !== null) showPrices(choice, type, now);
    setText(sum, rules.sumWords(rules.summed(choice, now), event.currency));
  }

  /**
   * @param {Choice} choice
   * @param {TicketType[]} left
   */
  function showTypes(choice, left) {
    typeChoices.show(
      left.map((type) => ({
        key: `${type.number} ${type.name}`,
        make: () =>
          radio(`${name}-type`, type.name, () => choose({ ...rules.fitted(kept, market()), type: type.number })),
        update: (made) => made.update(type.number === choice.type, rules.typeWords(type)),
      })),
    );
  }

  /**
   * @param {Choice} choice
   * @param {TicketType} type
   * @param {Market} now
   */
  function showPrices(choice, type, now) {
    const most = type.seats_per_registration;
    const offered = rules.pricesOf(type, now);
    priceChoices.rename(most === 1 ? TEXTS.price : TEXTS.seatsUpToPerBooking(counted(most)));
    priceChoices.show(
      offered.map((price) => {
        const coded = unlocked?.prices.some(({ number }) => number === price.number) ?? false;
        const hint = rules.priceHint(price, { now: now.now, zone: event.time_zone, coded });
        const amount = priceWords(price.amount, event.currency);
        const key = `${type.number} ${price.number} ${price.name} ${amount} ${most === 1}`;
        const chosen = choice.counts[price.number] ?? 0;
        if (most === 1)
          return {
            key,
            make: () =>
              radio(`${name}-price`, `${isolated(price.name)}, ${amount}`, () =>
                choosePrice(rules.fitted(kept, market()), price, 1, true),
              ),
            update: (made) => made.update(chosen === 1, hint, rules.priceState(price, now.now) !== 'open'),
          };
        return {
          key,
          make: () => stepperChoice(price, amount),
          update: (made) => made.update(chosen, hint, false, rules.boundsOf(price, choice, now)),
        };
      }),
      offered.length === 0 ? TEXTS.thisTicketTypeNeedsA : '',
    );
  }

  /**
   * @param {Price} price
   * @param {string} amount
   * @returns {Made}
   */
  function stepperChoice(price, amount) {
    const made = stepper({
      label: price.name,
      detail: amount,
      onChange: (value) => choosePrice(rules.fitted(kept, market()), price, value, false),
    });
    return {
      node: made.node,
      control: made.input,
      update: (chosen, hint, _disabled, bounds = { min: 0, max: 0 }) =>
        made.update({ value: Number(chosen), hint, ...bounds }),
    };
  }

  if (code !== '') keepChoice(eventId, kept);
  codes.lookUp();

  return {
    node,
    show,
    /**
     * @param {Api.Event} newest
     * @param {ReadonlySet<number>} nowTaken the types in which the person has a registration
     */
    update(newest, nowTaken) {
      event = newest;
      taken = nowTaken;
    },
    /** Whether a further booking is possible. */
    isPossible: () => rules.typesLeft(market()).length > 0,
    /** The panel's texts for the choice; null where there is nothing to choose. */
    words: () => (node.hidden ? null : rules.choiceWords(rules.fitted(kept, market()), market())),
    /** The missing part of the choice, in words, or null. */
    missing: () => rules.missingWords(rules.fitted(kept, market()), market()),
    wanted: () => rules.wantedOf(rules.fitted(kept, market()), market()),
    sum: () => (node.hidden ? null : rules.summed(rules.fitted(kept, market()), market())),
    /** Whether the ticket types are to be seen in it. */
    showsTypes: () => !node.hidden && !types.hidden,
    /** The times at which the prices of the code change by themselves. */
    moments: () => unlocked?.prices.flatMap(windowOf) ?? [],
    /** Goes to the first control. */
    focus() {
      const first = node.querySelector('fieldset:not([hidden]) input:not([disabled])');
      if (first instanceof HTMLElement) first.focus();
    },
    /** Looks a kept code up again, after a refusal. */
    lookAgain: codes.lookUp,
    /** Forgets the seats, because they are booked. The code may be of use for another ticket type. */
    forget() {
      keep({ ...rules.NOTHING_CHOSEN, code: kept.code });
    },
  };
}

/**
 * One control of a group. `disabled` says that it cannot be chosen now.
 * @typedef {object} Made
 * @property {HTMLElement} node
 * @property {HTMLElement} control
 * @property {(chosen: boolean | number, hint: string, disabled?: boolean, bounds?: { min: number, max: number }) => void} update
 *
 * @typedef {{ key: string, make: () => Made, update: (made: Made) => void }} Row
 */

/**
 * A group of controls with a legend. Controls that stay keep their nodes, and with them the focus and a press.
 * @param {HTMLElement} group
 * @param {string} name
 */
function choices(group, name) {
  const legend = element('legend', {}, name);
  const rows = element('div', { class: 'choice-rows' });
  const none = element('p', { class: 'hint', hidden: true });
  group.append(legend, rows, none);
  /** @type {Map<string, Made>} */
  let made = new Map();
  return {
    /** @param {string} newName */
    rename: (newName) => setText(legend, newName),
    /**
     * @param {Row[]} wanted
     * @param {string} [empty] words for no rows
     */
    show(wanted, empty = '') {
      const newest = new Map(wanted.map(({ key, make }) => [key, made.get(key) ?? make()]));
      made = newest;
      setChildren(
        rows,
        [...newest.values()].map(({ node }) => node),
      );
      for (const { key, update } of wanted) {
        const one = made.get(key);
        if (one !== undefined) update(one);
      }
      setText(none, empty);
      setShown(none, empty !== '');
    },
  };
}

/**
 * @param {string} group
 * @param {string} label
 * @param {() => void} onChosen
 * @returns {Made}
 */
function radio(group, label, onChosen) {
  count += 1;
  const id = `choice-${count}`;
  const input = element('input', {
    type: 'radio',
    name: group,
    'aria-labelledby': `${id}-name`,
    'aria-describedby': `${id}-hint`,
    onchange: onChosen,
  });
  const hint = element('span', { class: 'hint', id: `${id}-hint` });
  const words = element('span', {}, element('span', { id: `${id}-name` }, label), hint);
  return {
    node: element('label', { class: 'choice' }, input, words),
    control: input,
    update(chosen, text, disabled = false) {
      input.checked = Boolean(chosen);
      input.disabled = disabled;
      setText(hint, text);
      setShown(hint, text !== '');
    },
  };
}
