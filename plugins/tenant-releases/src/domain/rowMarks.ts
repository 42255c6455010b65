import { type Concern, hasConcern } from './concern';
import type { FleetRow } from './fleet';

/** What a row is marked with beside its state, which does not say it. */
export const rowMarks = ['bad-version', 'held', 'frozen'] as const satisfies readonly Concern[];
export type RowMark = (typeof rowMarks)[number];

/** Whether a hold keeps the version of a release whose state says something worse. One that somebody has gone past holds nothing. */
function isHeldBeside({ state, hold, desired }: FleetRow): boolean {
  return state !== 'held' && hold !== undefined && hold.version === desired?.version;
}

/** The marks of a release. */
export function marksOf(row: FleetRow): RowMark[] {
  return rowMarks.filter(mark => (mark === 'held' ? isHeldBeside(row) : hasConcern(row, mark)));
}
