// The log of a webhook: its deliveries, newest first.

import { isAbort } from '../../server/failures.js';
import { deliveries, resendDelivery } from '../../server/webhooks-api.js';
import { dataTable } from '../../ui/data-table.js';
import { openPanel } from '../../ui/dialogs.js';
import { element } from '../../ui/dom.js';
import { toast } from '../../ui/messages.js';
import { pagedList } from '../../ui/paged-list.js';
import { badge } from '../../ui/seats.js';
import { sentenceOf } from '../../words/problems.js';
import { dateAndTime } from '../../words/times.js';
import { deliveryLabel, deliveryWords, webhookKindWords } from '../../words/webhooks.js';

/** @import { Column } from '../../ui/data-table.js' */

const TEXTS = Object.freeze({
  caption: 'Deliveries, newest first',
  kind: 'Change',
  written: 'Written',
  state: 'Delivery',
  actions: 'Actions',
  none: 'Nothing was sent yet.',
  again: 'Send again',
  sentAgain: 'It will be sent again.',
  answer: 'Answer',
  answerTitle: 'Answer of the endpoint',
  empty: '(nothing)',
  /** @param {string} kind @param {string} time */
  about: (kind, time) => ` “${kind}” of ${time}`,
});

/**
 * Loads the first page of a webhook's log.
 * @param {string} id
 * @param {AbortSignal} signal
 */
export async function deliveryTable(id, signal) {
  /** @type {Column<Api.WebhookDelivery>[]} */
  const columns = [
    { label: TEXTS.kind, cell: ({ kind }) => element('span', { class: 'cell-main' }, webhookKindWords(kind)) },
    { label: TEXTS.written, kind: 'cell-time', cell: ({ created_at: at }) => dateAndTime(at) },
    {
      label: TEXTS.state,
      kind: 'cell-wrap message-cell',
      cell(delivery) {
        const words = deliveryWords(delivery);
        return [
          badge(...deliveryLabel(delivery)),
          words !== null && element('span', { class: 'cell-second', dir: 'auto' }, words),
        ];
      },
    },
    {
      purpose: TEXTS.actions,
      cell: (delivery) =>
        element(
          'div',
          { class: 'row-actions' },
          delivery.last_answer !== null && action(TEXTS.answer, delivery, () => showAnswer(delivery)),
          delivery.state !== 'DUE' && action(TEXTS.again, delivery, (button) => sendAgain(delivery, button)),
        ),
    },
  ];
  const { node, body, row } = dataTable({ caption: TEXTS.caption, columns });

  /**
   * @param {string} label
   * @param {Api.WebhookDelivery} delivery
   * @param {(button: HTMLButtonElement) => void} act
   */
  function action(label, { kind, created_at: at }, act) {
    const words = TEXTS.about(webhookKindWords(kind), dateAndTime(at));
    const about = element('span', { class: 'visually-hidden' }, words);
    const button = element('button', { type: 'button', class: 'button button-small' }, label, about);
    button.addEventListener('click', () => act(button));
    return button;
  }

  /**
   * @param {Api.WebhookDelivery} delivery
   * @param {HTMLButtonElement} button
   */
  async function sendAgain(delivery, button) {
    if (button.getAttribute('aria-disabled')) return;
    button.setAttribute('aria-disabled', 'true');
    try {
      await resendDelivery(id, delivery.id);
      toast(TEXTS.sentAgain, 'good');
      await list.find({});
    } catch (error) {
      if (!isAbort(error)) toast(sentenceOf(error));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }

  const first = await deliveries(id, {}, signal);
  const list = pagedList({
    signal,
    /** @param {Record<string, string>} _ @param {string | null} cursor @param {AbortSignal} both */
    load: (_, cursor, both) => deliveries(id, { cursor }, both),
    make: (delivery) => ({ node: row(delivery) }),
    keyOf: (delivery) => delivery.id,
    rows: body,
    frame: node,
    nouns: ['delivery', 'deliveries'],
    empty: () => TEXTS.none,
  });
  list.begin({}, first);
  return element('div', { class: 'stack' }, element('div', { class: 'actions' }, list.again), list.node);
}

/** @param {Api.WebhookDelivery} delivery */
function showAnswer({ last_answer: answer }) {
  openPanel({
    title: TEXTS.answerTitle,
    content: element('pre', { class: 'sql', dir: 'auto' }, answer || TEXTS.empty),
  });
}
