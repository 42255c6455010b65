import { ago, createRow, now } from '../testing/fixtures';
import { fleetCsv, fleetCsvName } from './fleetCsv';

describe('fleetCsv', () => {
  it('has a line a release, with what the table shows', () => {
    const [header, line, empty, rest] = fleetCsv([
      createRow({
        displayName: '=Acme, "Corp"',
        state: 'degraded',
        reasons: [{ code: 'SYNC_FAILED', text: 'quota', since: ago(60) }],
        staleSeconds: 12.4,
        ringName: 'canary',
        contact: 'ops@example.com',
        desired: {
          ...createRow().desired!,
          source: { commit: 'c', title: 'feat: answer faster', author: 'Lin Zhao' },
        },
      }),
      createRow({ ring: -1, desired: undefined, synced: undefined, running: [], state: 'unknown' }),
    ]).split('\r\n');
    expect(header).toBe(
      'tenant,display_name,service,tier,ring,owner,desired,synced,running,pods_ready,pods,state,reason,since,changed_by,changed_at,pull_request,stale_seconds,ring_name,first_seen,commit_title,commit_author,environment,contact',
    );
    expect(line).toBe(
      `tenant-a,"'=Acme, ""Corp""",demo-api,standard,1,group:default/tenant-a-owners,sha-1a2b3c4,sha-1a2b3c4,sha-1a2b3c4,3,3,degraded,quota,${ago(
        60,
      )},Ada,${ago(7_231)},https://git.test/acme/platform/pull/142,12,canary,${ago(
        7_300,
      )},feat: answer faster,Lin Zhao,,ops@example.com`,
    );
    expect(empty).toBe(
      'tenant-a,Acme Corp,demo-api,standard,,group:default/tenant-a-owners,,,,0,0,unknown,,,,,,,,,,,,',
    );
    expect(rest).toBe('');
  });

  it('is named after its time', () => {
    expect(fleetCsvName(now)).toBe('tenants-20261123T1200Z.csv');
  });
});
