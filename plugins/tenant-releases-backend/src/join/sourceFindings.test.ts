import { ago, ok, parts } from './__testUtils__/parts';
import { sourceFindings } from './sourceFindings';

describe('sourceFindings', () => {
  it('begin when the source names it, whenever they are asked for: ages in whole seconds would make it waver', () => {
    const currentAt = ago(125.4);
    const since = [0, 0.3, 0.9].map(later => {
      const given = parts();
      const now = new Date(given.now.getTime() + later * 1_000);
      const argocd = { state: 'stale', ageSeconds: 125, currentAt } as const;
      const [{ reason }] = sourceFindings({
        ...given,
        now,
        freshness: { git: ok, argocd, kubernetes: ok },
      });
      return reason.since;
    });
    expect(since).toEqual([currentAt, currentAt, currentAt]);
  });
});
