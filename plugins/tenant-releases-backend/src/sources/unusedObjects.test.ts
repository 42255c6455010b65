import type { PodRecord } from '../running/PodRecord';
import type { ApplicationRecord } from '../sync/ApplicationRecord';
import { surveyApplications, surveyPods } from './unusedObjects';

const application = (name: string, part: Partial<ApplicationRecord> = {}) =>
  ({ name, namespace: 'argocd', unreadable: [], ...part } as unknown as ApplicationRecord);
const pod = (name: string, part: Partial<PodRecord> = {}) =>
  ({
    name,
    namespace: 'acme',
    tenant: 'acme',
    service: 'api',
    unreadable: [],
    ...part,
  } as PodRecord);
const rendering = (part: object) =>
  ({ gitops: { files: [], ...part } } as unknown as Partial<ApplicationRecord>);
const counted = (counts: Array<{ count: number }>) => counts.map(({ count }) => count);

const sets = (used: ApplicationRecord[], strays: ApplicationRecord[] = []) => ({
  used: new Set(used),
  strays: new Set(strays),
});

describe('surveyApplications', () => {
  it('puts each Application into one part, whatever is odd about it', () => {
    const used = application('used');
    const usedOdd = application('used-odd', { unreadable: ['status.health'] });
    const stray = application('stray', rendering({ folder: 'apps' }));
    const records = [
      used,
      usedOdd,
      stray,
      application('told', rendering({ folder: 'apps' })),
      application('odd', { unreadable: ['the whole object'] }),
      application('own', rendering({ files: ['t/acme.yaml'], folder: 'apps' })),
      application('root', rendering({ folder: '' })),
      application('foreign'),
    ];
    const told = [{ kind: 'application' as const, name: 'argocd/told', reason: 'Not counted.' }];
    const { counts, leftOut, unused } = surveyApplications(
      records,
      sets([used, usedOdd], [stray]),
      told,
    );
    expect(counted(counts)).toEqual([8, 2, 3, 2, 1]);
    expect(leftOut.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'argocd/told: Not counted.',
      'argocd/used-odd: What cannot be read of it is left out: status.health. Correct the object.',
      'argocd/odd: What cannot be read of it is left out: the whole object. Correct the object.',
      expect.stringMatching(/^argocd\/stray: .* Git holds no file of that tenant/),
    ]);
    expect(unused.map(({ name, reason }) => `${name}: ${reason.slice(0, 24)}`)).toEqual([
      'argocd/own: It renders t/acme.yaml o',
      'argocd/root: It renders the root of t',
      'argocd/foreign: It takes nothing from th',
    ]);
  });

  it('names the first of many fields that cannot be read', () => {
    const odd = application('odd', { unreadable: ['a', 'b', 'c', 'd', 'e'] });
    expect(surveyApplications([odd], sets([]), []).leftOut[0].reason).toContain(
      'a, b, c and 2 more',
    );
  });

  it('tells two of one name in two namespaces apart', () => {
    const used = application('acme');
    const other = application('acme', { namespace: 'team-a' });
    const { unused } = surveyApplications([used, other], sets([used]), []);
    expect(unused.map(({ name }) => name)).toEqual(['team-a/acme']);
  });
});

describe('surveyPods', () => {
  it('tells those of no release by their labels', () => {
    const used = pod('used');
    const records = [
      used,
      pod('idle'),
      pod('labelled', { sets: ['a'] }),
      pod('odd', { unreadable: ['spec'] }),
    ];
    const { counts, leftOut, unused } = surveyPods(records, new Set([used]), []);
    expect(counted(counts)).toEqual([4, 1, 3]);
    expect(leftOut.map(({ name }) => name)).toEqual(['acme/odd']);
    expect(unused.map(({ name }) => name)).toEqual(['acme/idle', 'acme/labelled', 'acme/odd']);
  });

  it('has nothing to tell of an empty cluster', () => {
    const { counts, ...lists } = surveyPods([], new Set(), []);
    expect([counted(counts), lists]).toEqual([[0, 0, 0], { leftOut: [], unused: [] }]);
  });
});
