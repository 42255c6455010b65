import { isMultiSource, OperationState, RevisionHistory } from '../application';

/** How many deployments an application remembers where its spec does not say. */
export const defaultHistoryLimit = 10;

/** The history with a finished sync added; the oldest entries go. Ids grow for ever. */
export function appendHistory(
  history: RevisionHistory[] | undefined,
  state: OperationState,
  deployedAt: string,
  limit = defaultHistoryLimit,
): RevisionHistory[] {
  const entries = history ?? [];
  const { syncResult, operation } = state;
  if (!syncResult) return entries;
  const entry: RevisionHistory = {
    ...(isMultiSource(syncResult)
      ? { sources: syncResult.sources, revisions: syncResult.revisions }
      : { revision: syncResult.revision }),
    deployedAt,
    id: (entries.at(-1)?.id ?? -1) + 1,
    source: syncResult.source,
    deployStartedAt: state.startedAt,
    initiatedBy: operation.initiatedBy ?? {},
  };
  return [...entries, entry].slice(-Math.max(limit, 1));
}
