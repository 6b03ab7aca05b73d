// An event's part in the live stream: its numbers, and those of its ticket types.

/** @typedef {Api.EventSummary & { description?: string }} ReadEvent */

/**
 * An event with the stream's numbers, unless the event was read after a newer edit. The stream has no names and no prices
 * of ticket types: those stay.
 * @param {ReadEvent} event
 * @param {Api.LiveEvent | undefined} streamedLast
 * @returns {ReadEvent}
 */
export function withNumbers(event, streamedLast) {
  if (streamedLast === undefined || event.edit_version > streamedLast.edit_version) return event;
  const { last_decision: _decision, edit_version: _version, ticket_types: types, ...numbers } = streamedLast;
  const told = new Map(types.map((type) => [type.number, type]));
  // A type that the stream alone knows is new: the event is read again because of its newer edit.
  const merged = event.ticket_types.map((type) => ({ ...type, ...told.get(type.number) }));
  return { ...event, ...numbers, ticket_types: merged };
}
