/**
 * A stress test as the audit log has it. `by` is null if the server began it.
 * @typedef {{ at: string, by: string | null, isDry: boolean }} Run
 */

/**
 * The stress tests of an event among the log's entries: those of the event itself and of hidden copies of it.
 * @param {Pick<Api.AuditEntry, 'at' | 'action' | 'actor' | 'subject_id' | 'after'>[]} entries
 * @param {string} id the event's
 * @returns {Run[]}
 */
export function runsOf(entries, id) {
  return entries
    .filter(({ action, subject_id: subject, after }) => {
      return action === 'SIMULATION_BEGUN' && (subject === id || after?.rehearsal_of === id);
    })
    .map(({ at, actor, subject_id: subject }) => ({ at, by: actor?.name ?? null, isDry: subject !== id }));
}
