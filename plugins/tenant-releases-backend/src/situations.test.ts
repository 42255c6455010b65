import { setTimeout as delay } from 'node:timers/promises';
import type { Release } from '@internal/plugin-tenant-releases-common';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { situations, type Commits, type Situation } from './__testUtils__/situations';
import { TestFleet } from './__testUtils__/TestFleet';

jest.setTimeout(180_000);

/** Every how many-th tenant of the large fleet is odd. */
const oddEvery = 5;
const large = 5_000;

/** Fills a fleet: which tenant is in which situation. */
function fill(fleet: TestFleet, tenants: ReadonlyMap<string, Situation>): void {
  const files = (version: string) =>
    Object.fromEntries(
      [...tenants.keys()].map(tenant => [tenantPath(tenant), tenantFile(tenant, version)]),
    );
  const old = fleet.git.commit({ 'charts/tenant/Chart.yaml': 'name: tenant', ...files('sha-1') });
  const bumped = fleet.git.commit(files('sha-2'));
  fleet.git.commit({ [tenantPath('other')]: tenantFile('other', 'sha-1') });
  const further = new Map<string, string>();
  const held = (commits: Commits) =>
    [...tenants].map(([tenant, situation]) => situation.hold(tenant, commits));
  // What situations commit is part of the head that they refer to.
  for (const { files: more } of held({ old, bumped, head: bumped })) {
    Object.entries(more ?? {}).forEach(([path, text]) => further.set(path, text));
  }
  const head = fleet.git.commit({ 'README.md': 'y', ...Object.fromEntries(further) });
  for (const { applications, answers = {}, pods = [] } of held({ old, bumped, head })) {
    for (const application of applications) {
      const { namespace, name } = (application as { metadata: Record<string, string> }).metadata;
      fleet.applications.set(`${namespace}/${name}`, application);
    }
    for (const pod of pods) {
      const { namespace, name } = (pod as { metadata: Record<string, string> }).metadata;
      fleet.pods.set(`${namespace}/${name}/${fleet.pods.size}`, pod);
    }
    Object.entries(answers).forEach(([key, answer]) => fleet.answers.set(key, answer));
  }
}

function releases(fleet: TestFleet): Map<string, Release> {
  return new Map(fleet.board.refs().map(ref => [ref.tenant, fleet.board.release(ref)]));
}

const verdictOf = ({ state, reasons }: Release) => [state, ...reasons.map(({ code }) => code)];
const expectedOf = ({ state, codes }: Situation) => [state, ...codes];

/** Waits until what is asked in the background has been answered. */
async function settled(fleet: TestFleet, tenants: ReadonlyMap<string, Situation>) {
  const wrong = () => {
    const found = releases(fleet);
    return [...tenants]
      .filter(([tenant, situation]) => {
        const release = found.get(tenant);
        return !release || String(verdictOf(release)) !== String(expectedOf(situation));
      })
      .map(([tenant, { name }]) => {
        const release = found.get(tenant);
        return `${name}: ${release ? verdictOf(release) : 'no release'}`;
      });
  };
  const deadline = Date.now() + 90_000;
  for (;;) {
    const found = wrong();
    if (found.length === 0 || Date.now() > deadline) return found;
    await delay(250);
  }
}

describe('situations that real installations are in', () => {
  const fleet = new TestFleet();
  const tenants = new Map(situations.map((situation, index) => [`tenant-${index}`, situation]));

  beforeAll(async () => {
    fill(fleet, tenants);
    fleet.start();
    await settled(fleet, tenants);
  });
  afterAll(() => fleet.stop());

  it.each([...tenants].map(([tenant, situation]) => [situation.name, tenant, situation] as const))(
    '%s',
    (_, tenant, situation) => {
      const release = releases(fleet).get(tenant)!;
      expect(verdictOf(release)).toEqual(expectedOf(situation));
      const { desired, synced, running, text = '' } = situation;
      expect({
        desired: release.desired?.version,
        synced: release.synced?.version,
        running: release.running.map(
          ({ version, pods, ready, canary }) => `${version} ${pods}/${ready}${canary ? '*' : ''}`,
        ),
      }).toMatchObject({
        ...(desired ? { desired } : {}),
        ...(synced ? { synced } : {}),
        ...(running ? { running } : {}),
      });
      const texts = release.reasons.map(reason => reason.text).join(' ');
      expect(texts).toMatch(text);
      expect(JSON.stringify(release)).not.toContain('hunter2');
      // Whoever reads it may own this tenant and no other.
      const others = [...tenants.keys(), 'other'].filter(other => other !== tenant);
      expect(others.filter(other => new RegExp(`\\b${other}\\b`).test(texts))).toEqual([]);
    },
  );

  it('tells the platform group of what looks like a tenant’s and is not', () => {
    const leftOut = fleet.board.leftOut().get('argocd:main') ?? [];
    const namesOf = (name: string) => {
      const [tenant] = [...tenants].find(([, situation]) => situation.name === name)!;
      return leftOut.filter(found => found.reason.includes(`for ${tenant} `));
    };
    const copy = namesOf('the same name twice');
    expect(copy).toEqual([
      {
        kind: 'application',
        name: expect.stringMatching(/^(tenant-\d+)-apps\/\1$/),
        reason: expect.stringContaining('its destination namespace scratch'),
      },
    ]);
    expect(namesOf('two Applications that deploy the tenant')).toHaveLength(1);
    expect(namesOf('in sync')).toEqual([]);
  });
});

describe('a fleet of 5,000 with 20 % odd ones', () => {
  it('has the right state for each: no false green, no false alarm', async () => {
    const fleet = new TestFleet();
    const [plain, ...odd] = situations;
    const tenants = new Map(
      Array.from({ length: large }, (_, index) => {
        const situation =
          index % oddEvery === 0 ? odd[Math.floor(index / oddEvery) % odd.length] : plain;
        return [`tenant-${index}`, situation] as const;
      }),
    );
    fill(fleet, tenants);
    fleet.start();
    try {
      expect(await settled(fleet, tenants)).toEqual([]);
      await delay(1_100);
      const found = releases(fleet);
      const green = ({ state }: { state: string }) => state === 'in-sync';
      const alarm = ({ state }: { state: string }) => state === 'drifted' || state === 'degraded';
      const count = (test: (release: Release, situation: Situation) => boolean) =>
        [...tenants].filter(([tenant, situation]) => test(found.get(tenant)!, situation)).length;
      expect(count((release, wanted) => green(release) && !green(wanted))).toBe(0);
      expect(count((release, wanted) => alarm(release) && !alarm(wanted))).toBe(0);
      expect(count(release => green(release))).toBeGreaterThan(large * 0.8);
    } finally {
      await fleet.stop();
    }
  });
});
