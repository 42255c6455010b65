import type { DesiredEntry } from '../desired/DesiredEntries';
import type { DesiredIndex } from '../desired/DesiredIndex';
import type { RunningIndex } from '../running/RunningIndex';
import type { SyncIndex } from '../sync/SyncIndex';
import type { ApplicationRecord } from '../sync/ApplicationRecord';
import { HistoryService } from './HistoryService';

const committedAt = '2026-01-01T00:00:00Z';
const syncedAt = '2026-01-01T00:01:00Z';
const entry = { tenant: 'acme', service: 'demo-api' } as DesiredEntry;

const application = { gitops: { files: [] } } as unknown as ApplicationRecord;

/** A history of one release, with what the other indexes know of it. */
async function historyOf({
  at,
  isWitnessed = false,
  deployments = [{ revision: 'r', deployedAt: syncedAt }],
}: {
  at: string;
  isWitnessed?: boolean;
  deployments?: object[];
}) {
  const commit = { commit: 'c', author: 'Ada', message: 'm', committedAt, version: 'a', sha: 's' };
  const desired = { history: async () => [commit], contentAt: async () => 's' };
  const sync = { withDetails: async () => ({ details: { history: deployments } }) };
  const running = {
    startOf: (_: object, version: string) => ({ version, at, isWitnessed }),
  };
  const service = new HistoryService({
    desired: desired as unknown as DesiredIndex,
    sync: sync as unknown as SyncIndex,
    running: running as unknown as RunningIndex,
    commits: { find: () => undefined, settled: async () => {} },
    board: { place: ref => ({ ...ref, namespace: ref.tenant }) },
  });
  const ref = { tenant: 'acme', service: 'demo-api', entry, application };
  const [found] = await service.history(ref, 10);
  return [found.syncedAt, found.runningAt];
}

describe('HistoryService', () => {
  it.each([
    ['pods that came soon after the sync', { at: '2026-01-01T00:02:00Z' }, true],
    ['pods that may have replaced the first ones', { at: '2026-01-05T00:00:00Z' }, false],
    ['late pods whose start was seen', { at: '2026-01-05T00:00:00Z', isWitnessed: true }, true],
  ])('tells after a restart when a version began to run: %s', async (_, known, isTold) => {
    expect(await historyOf(known)).toEqual([syncedAt, isTold ? known.at : undefined]);
  });

  it('goes by the commit where Argo CD remembers no sync', async () => {
    const deployments: object[] = [];
    const soon = '2026-01-01T00:10:00Z';
    expect(await historyOf({ at: soon, deployments })).toEqual([undefined, soon]);
    const late = '2026-01-01T01:00:00Z';
    expect(await historyOf({ at: late, deployments })).toEqual([undefined, undefined]);
  });
});
