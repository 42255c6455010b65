import type { DesiredEntry } from '../desired/DesiredEntries';
import type { HistoryCommit } from '../desired/FileHistories';
import { listVersions } from './listVersions';

const entry = (tenant: string, tag?: string) =>
  ({ tenant, service: 'demo-api', ...(tag ? { file: { image: { tag } } } : {}) } as DesiredEntry);
const commit = (version: string | undefined, committedAt: string) =>
  ({ version, committedAt } as HistoryCommit);

const firstSeen: Record<string, string> = { v1: '2026-01-01', v2: '2026-01-02' };
const facts = (_: string, version: string) =>
  firstSeen[version] ? { firstSeen: firstSeen[version] } : {};

const services = ['demo-api'];

describe('listVersions', () => {
  it('counts tenants, and puts the version first that was seen last for the first time', () => {
    const history: Record<string, HistoryCommit[]> = {
      a: [commit('v2', '2026-01-03'), commit(undefined, '2026-01-04'), commit('v1', '2026-01-01')],
      b: [commit('v1', '2026-01-05'), commit('v2', '2026-01-02')],
    };
    const entries = [entry('a', 'v2'), entry('b', 'v1'), entry('c', 'v2'), entry('d')];
    expect(
      listVersions([...entries, entry('e', 'v0')], ({ tenant }) => history[tenant] ?? [], facts, [
        ['other-api', 'v9'],
        ['demo-api', 'v0'],
      ]),
    ).toEqual([
      { version: 'v2', services, tenants: 2, lastUsedAt: '2026-01-03', firstSeen: '2026-01-02' },
      { version: 'v1', services, tenants: 1, lastUsedAt: '2026-01-05', firstSeen: '2026-01-01' },
      { version: 'v0', services, tenants: 1 },
      { version: 'v9', services: ['other-api'], tenants: 0 },
    ]);
  });

  it('tells of a tag of two services when the first of them had it', () => {
    const times: Record<string, string> = { 'a-api': '2026-03-01', 'b-api': '2026-01-01' };
    const two = Object.keys(times).map(service => ({ ...entry('a', 'v1'), service }));
    const found = listVersions(
      two,
      () => [],
      service => ({ firstSeen: times[service] }),
    );
    expect(found).toMatchObject([
      { version: 'v1', services: ['a-api', 'b-api'], firstSeen: '2026-01-01' },
    ]);
  });

  it('lists nothing when there is nothing', () => {
    expect(listVersions([], () => [], facts)).toEqual([]);
  });
});
