// The shapes of what the door's routes take and answer.

/**
 * @typedef {'ADMITTED' | 'ALREADY_IN' | 'DOUBLE' | 'GIVEN_UP' | 'UNPAID' | 'OTHER_EVENT' | 'UNKNOWN' | 'MISTYPED'
 *   | 'TOO_EARLY' | 'EVENT_OFF' | 'UNDONE'} Outcome
 *
 * @typedef {object} CheckIn
 * @property {string} id
 * @property {string} at by the clock of the device that scanned
 * @property {string} received_at
 * @property {string} gate
 * @property {string} device
 * @property {string} by
 *
 * @typedef {object} TicketShown
 * @property {string} registration_id
 * @property {number} number
 * @property {number} seats of its booking
 * @property {string} name
 * @property {{ number: number, name: string }} ticket_type
 * @property {number[]} admitted the numbers of its booking that are in
 *
 * The server's answer to a scan.
 * @typedef {object} Answer
 * @property {Outcome} outcome
 * @property {string} id of the scan
 * @property {CheckIn | null} check_in of `ADMITTED` this one, of `ALREADY_IN` and `DOUBLE` the earlier one
 * @property {TicketShown | null} ticket
 * @property {string} [opens_at] only of `TOO_EARLY`
 *
 * A scan as the server takes it: with a code, or with a registration and a number.
 * @typedef {object} Scan
 * @property {string} id made here, so that the same scan never counts twice
 * @property {string} [code]
 * @property {string} [registration_id]
 * @property {number} [number]
 * @property {string} gate
 * @property {string} device
 * @property {string} scanned_at
 * @property {boolean} let_in whether this device was alone, and has let the person in already
 *
 * @typedef {{ at: string, gate: string }} Entry when and where somebody came in
 *
 * @typedef {object} DoorEvent
 * @property {string} id
 * @property {string} title
 * @property {string} location
 * @property {string} starts_at
 * @property {string} ends_at
 * @property {string} time_zone
 *
 * @typedef {object} Door
 * @property {DoorEvent} event
 * @property {'PUBLISHED' | 'CANCELLED'} status
 * @property {string | null} opens_at null: any time
 * @property {{ number: number, name: string, tickets: number, admitted: number }[]} ticket_types
 * @property {{ gate: string, admitted: number }[]} gates
 * @property {number} doubles
 * @property {string} now
 *
 * @typedef {object} ListedTicket
 * @property {string} registration_id
 * @property {number} number
 * @property {string} digest
 * @property {string} name
 * @property {number} ticket_type
 * @property {'CONFIRMED' | 'HELD'} status
 * @property {{ id: string, at: string, gate: string } | null} checked_in
 */

export {};
