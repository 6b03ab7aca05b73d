// The shapes of what a gate sends and gets. A gate without a network makes answers of its own.

/**
 * An answer to a scan, by the server or by this device.
 * @typedef {Omit<Api.ScanAnswer, 'opens_at'> & { opens_at?: string | null }} Answer
 *
 * A scan with the id that this device has made, so that it never counts twice.
 * @typedef {Omit<Api.Scan, 'id' | 'let_in' | 'code' | 'registration_id' | 'number'> & {
 *   id: string, let_in: boolean, code?: string, registration_id?: string, number?: number }} Scan
 *
 * @typedef {Pick<Api.DoorEntry, 'at' | 'gate'>} Entry when and where somebody came in
 */

export {};
