import type { HistoryEntry, Release } from '@internal/plugin-tenant-releases-common';
import { ownDiff, ownHistoryEntry, ownMarker } from './ownHistory';
import { ownRelease, ownVersion } from './ownRelease';

/** Stands for whatever names others: in each text that a release may hold, and in fields that come to it later. */
const foreign = 'globex #142';

const release = {
  tenant: 'tenant-a',
  service: 'demo-api',
  displayName: 'Acme Corp',
  tier: 'standard',
  ring: 1,
  ringName: foreign,
  owner: 'group:default/tenant-a-owners',
  contact: 'ops@example.com',
  cluster: 'in-cluster',
  namespace: 'tenant-a',
  desired: {
    version: 'v2',
    commit: 'c'.repeat(40),
    committedAt: '2026-01-01T00:00:00Z',
    author: foreign,
    pullRequest: { number: 142, url: foreign, title: foreign, mergedBy: foreign },
    firstSeen: foreign,
    source: { title: foreign },
  },
  synced: { version: 'v1', revision: foreign, status: 'OutOfSync' },
  health: { status: 'Healthy' },
  running: [{ version: 'v1', pods: 2, ready: 2, firstSeen: foreign }],
  state: 'held',
  delivery: 'held',
  serving: { status: 'not-measured', why: foreign },
  reasons: [
    { code: 'BAD_VERSION', text: foreign, link: { kind: 'policy', href: foreign, text: 'x' } },
    { code: 'SYNC_FAILED', text: foreign, since: '2026-01-01T00:00:00Z' },
    { code: 'CRASH_LOOPING', text: 'Its pods crash.' },
    {
      code: 'ALERT_FIRING',
      text: foreign,
      link: { kind: 'logs', href: foreign, text: 'Logs' },
    },
    { code: 'ALERT_FIRING', text: '2 more alerts fire.' },
    { code: 'HELD', text: 'Held at v1.', more: foreign },
  ],
  hold: { version: 'v1', reason: 'errors', by: 'user:default/otto', since: '2026-01-01T00:00:00Z' },
  freeze: { reason: foreign, until: '2027-01-01T00:00:00Z' },
  links: { grafana: foreign, argocd: foreign, values: foreign, policy: foreign, later: foreign },
  staleSeconds: 3,
  later: { anything: foreign },
} as unknown as Release;

describe('ownRelease', () => {
  it('holds nothing that was not chosen', () => {
    expect(JSON.stringify(ownRelease(release))).not.toContain('globex');
    expect(ownRelease(release)).toMatchInlineSnapshot(`
      {
        "cluster": "in-cluster",
        "contact": "ops@example.com",
        "delivery": "held",
        "desired": {
          "author": "the platform team",
          "commit": "cccccccccccccccccccccccccccccccccccccccc",
          "committedAt": "2026-01-01T00:00:00Z",
          "version": "v2",
        },
        "displayName": "Acme Corp",
        "freeze": {
          "reason": "The platform team makes no changes until 2027-01-01T00:00:00Z.",
          "until": "2027-01-01T00:00:00Z",
        },
        "health": {
          "status": "Healthy",
        },
        "hold": {
          "by": "user:default/otto",
          "reason": "errors",
          "since": "2026-01-01T00:00:00Z",
          "version": "v1",
        },
        "links": {},
        "namespace": "tenant-a",
        "owner": "group:default/tenant-a-owners",
        "reasons": [
          {
            "code": "BAD_VERSION",
            "text": "The platform team has put this version on its list of bad versions.",
          },
          {
            "code": "SYNC_FAILED",
            "since": "2026-01-01T00:00:00Z",
            "text": "The last change could not be applied. The platform team has to look at it.",
          },
          {
            "code": "CRASH_LOOPING",
            "text": "Its pods crash.",
          },
          {
            "code": "ALERT_FIRING",
            "link": {
              "href": "/catalog/default/resource/tenant-a/releases",
              "kind": "logs",
              "text": "Logs",
            },
            "text": "The monitoring of the platform team fires an alert about it.",
          },
          {
            "code": "HELD",
            "text": "Held at v1.",
          },
        ],
        "ring": 1,
        "running": [
          {
            "pods": 2,
            "ready": 2,
            "version": "v1",
          },
        ],
        "service": "demo-api",
        "serving": {
          "status": "not-measured",
          "why": "It is not measured in full.",
        },
        "staleSeconds": 3,
        "state": "held",
        "synced": {
          "status": "OutOfSync",
          "version": "v1",
        },
        "tenant": "tenant-a",
        "tier": "standard",
      }
    `);
  });

  it('of a part of a release is a part', () => {
    expect(
      ownRelease({ tenant: 'tenant-a', service: 'demo-api', state: 'held' } as Release),
    ).toEqual({ tenant: 'tenant-a', service: 'demo-api', state: 'held', links: {} });
  });
});

it('says of a version what the caller’s own tenants tell, and that it is bad', () => {
  const known = {
    version: 'v2',
    services: ['demo-api'],
    tenants: 1,
    lastUsedAt: '2026-01-01T00:00:00Z',
    healthy: 1,
    measured: 1,
    ready: 1,
  };
  const told = { ...known, firstSeen: foreign, source: { title: foreign }, later: foreign };
  expect(ownVersion(told as never)).toEqual(known);
  expect(ownVersion({ ...known, bad: foreign })).toEqual({
    ...known,
    bad: 'The platform team has put this version on its list of bad versions.',
  });
});

describe('what a history tells', () => {
  const entry = {
    version: 'v2',
    previousVersion: 'v1',
    commit: 'c'.repeat(40),
    author: foreign,
    message: foreign,
    committedAt: '2026-01-01T00:00:00Z',
    pullRequest: { number: 142, url: foreign, title: foreign },
    movedFrom: foreign,
    kind: 'release',
    later: foreign,
  } as unknown as HistoryEntry;

  it.each([
    ['a release', entry, 'The version changed'],
    ['the first', { ...entry, previousVersion: undefined }, 'The version was set'],
    ['settings', { ...entry, kind: 'settings' as const }, 'The settings of the tenant changed'],
  ])('of %s is made from the entry', (_, found, message) => {
    const own = ownHistoryEntry(found);
    expect(own).toMatchObject({ message, author: 'the platform team' });
    expect(JSON.stringify(own)).not.toContain('globex');
  });

  it('on a chart and in a comparison names nobody', () => {
    const side = { commit: 'c', author: foreign, committedAt: 'x', later: foreign };
    const values = { path: 'x', diff: '', keys: [], truncated: false };
    const told = [
      ownMarker({ time: 1, version: 'v2', kind: 'release', author: foreign }),
      ownDiff({
        tenant: 'a',
        service: 's',
        from: side,
        to: side,
        values,
        manifests: { unavailable: 'x' },
      }),
    ];
    expect(JSON.stringify(told)).not.toContain('globex');
  });
});
