import { performance } from 'node:perf_hooks';
import tls from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { EventStream } from './__testUtils__/EventStream';
import { afflictions, FakeNames, type Affliction } from './__testUtils__/faults';
import { selfSigned } from '@internal/gitops/testUtils';
import { kinds, startTwoSites, type Kind, type TwoSites } from './__testUtils__/startTwoSites';

jest.setTimeout(280_000);

const release = '/releases/tenant-a/demo-api';
const other = '/releases/tenant-b/demo-api';
const views = [
  '/releases',
  release,
  `${release}/history`,
  `${release}/panels`,
  `${release}/resources`,
  `${release}/panels/request-rate`,
  `${release}/logs`,
  `${release}/logs?q=never-asked-for-before`,
  '/releases?counts=true&q=tenant',
  '/versions',
  '/sources',
  '/sources/report',
  '/sources/entries?source=git',
  '/openapi.json',
  '/argocd/applications/tenant-a',
  other,
  `${other}/panels/request-rate`,
  `${other}/logs`,
];
const secrets = /127\.0\.0\.1|upstream\.test|-token|secret-in-body/;
const joined: readonly Kind[] = ['git', 'argocd', 'kubernetes'];

interface Answer {
  status: number;
  body: any;
}

/** What was not as it should be while an upstream failed, by `<kind> <affliction>`. */
const findings = new Map<string, string[]>();

/** One portal, of which one upstream fails after the other; what is wrong is noted, not thrown. */
class Trial {
  #problems: string[] = [];
  #diff = release;
  #revision = release;

  constructor(readonly sites: TwoSites) {}

  async run(affliction: Affliction): Promise<void> {
    await this.#healthy();
    const events = await EventStream.open(this.sites.portal.server);
    try {
      await this.#runAll(affliction, events);
      this.#check(events.isOpen, 'the stream of events has ended');
      this.#check(!secrets.test(events.text), `events leak: ${secrets.exec(events.text)}`);
    } finally {
      events.close();
    }
  }

  async #runAll(affliction: Affliction, events: EventStream): Promise<void> {
    for (const kind of kinds) {
      this.#problems = [];
      findings.set(`${kind} ${affliction.name}`, this.#problems);
      const server = this.sites.upstream(kind);
      const told = events.hints.length;
      await affliction.begin(server);
      server.dropConnections();
      await this.#during(kind, affliction.isDown);
      const isTold = () => !affliction.isDown || events.hints.length > told;
      this.#check(await eventually(isTold, true, 2_000), 'nobody is told of the outage');
      await affliction.end(server);
      server.dropConnections();
      await this.#after();
    }
    const leaked = this.sites.log.filter(line => secrets.test(line));
    this.#check(leaked.length === 0, `leaked into the log: ${leaked[0]}`);
  }

  async #healthy(): Promise<void> {
    const ok = () => this.#states();
    await eventually(ok, states(), 20_000);
    const state = async () => (await this.#get(release)).body.state;
    await eventually(state, 'in-sync', 20_000);
    const commit = (await this.#get(`${release}/history`)).body.items[0]?.commit;
    this.#diff = `${release}/diff?from=${commit}&to=${commit}`;
    this.#revision = `/argocd/applications/tenant-a/revisions/${commit}/metadata`;
    await this.#viewAll();
  }

  async #during(kind: Kind, isDown: boolean): Promise<void> {
    await this.#viewAll();
    if (isDown) {
      const seen = await eventually(() => this.#states(), states(kind), 10_000);
      this.#check(same(seen, states(kind)), `not down after 10 s: ${JSON.stringify(seen)}`);
    } else {
      await delay(3_000);
    }
    const seen = await this.#viewAll();
    this.#lastKnown(kind, isDown, seen);
  }

  #lastKnown(kind: Kind, isDown: boolean, seen: Map<string, Answer>): void {
    const codes = (path: string) => seen.get(path)?.body.reasons?.map((one: any) => one.code) ?? [];
    const { body } = seen.get(release)!;
    this.#check(
      body.desired?.version === 'sha-1' &&
        body.synced?.version === 'sha-1' &&
        body.running?.[0]?.version === 'sha-1' &&
        body.state === 'in-sync',
      `the last known state is gone: ${JSON.stringify(body)}`,
    );
    const stale = isDown && joined.includes(kind);
    if (isDown) {
      this.#check(same(codes(release), stale ? ['SOURCE_STALE'] : []), `reasons ${codes(release)}`);
      this.#check('staleSeconds' in body === stale, `staleSeconds is ${body.staleSeconds}`);
    }
    const ofOther = isDown && kind === 'git' ? ['SOURCE_STALE'] : [];
    if (kind !== 'git' || isDown) {
      this.#check(same(codes(other), ofOther), `another tenant's reasons: ${codes(other)}`);
    }
    for (const path of [`${other}/logs`, `${other}/panels/request-rate`]) {
      this.#check(seen.get(path)?.body.source?.state === 'ok', `${path} is not ok`);
    }
    if (!isDown) return;
    const sources = { logs: 'loki', 'panels/request-rate': 'prometheus' } as const;
    for (const [path, source] of Object.entries(sources)) {
      const state = seen.get(`${release}/${path}`)?.body.source?.state;
      const expected = source === kind ? 'stale' : 'ok';
      this.#check(state === expected, `${path} is ${state}, not ${expected}`);
    }
    const resources = seen.get(`${release}/resources`)?.body;
    this.#check(resources.items?.length === 1, 'the resources are gone');
    const expected = kind === 'argocd' ? 'stale' : 'ok';
    this.#check(resources.source?.state === expected, `resources are ${resources.source?.state}`);
    this.#check(seen.get(this.#revision)?.body.message === 'bump', 'the revision is gone');
    this.#check(seen.get(this.#diff)?.body.values?.diff === '', 'the difference is gone');
    this.#check(seen.get(`${release}/history`)?.body.items?.length === 1, 'the history is gone');
  }

  async #after(): Promise<void> {
    const seen = await eventually(() => this.#states(), states(), 10_000);
    this.#check(same(seen, states()), `not ok 10 s after: ${JSON.stringify(seen)}`);
    const whole = async () => {
      const { body } = await this.#get(release);
      return [body.state, body.reasons, 'staleSeconds' in body];
    };
    const expected = ['in-sync', [], false];
    const left = await eventually(whole, expected, 3_000);
    this.#check(same(left, expected), `not whole again: ${JSON.stringify(left)}`);
  }

  /** Asks for every view at once. What this process itself was held up is not the portal's. */
  async #viewAll(): Promise<Map<string, Answer>> {
    const before = performance.eventLoopUtilization();
    const answers = await Promise.all(
      [...views, this.#diff, this.#revision].map(async path => {
        const startedAt = performance.now();
        const answer = await this.#get(path);
        return { path, ...answer, ms: performance.now() - startedAt };
      }),
    );
    const limit = 2_000 + performance.eventLoopUtilization(before).active;
    for (const { path, status, body, text, ms } of answers) {
      this.#check(ms <= limit, `${path} took ${Math.round(ms)} ms of ${Math.round(limit)}`);
      this.#check(!secrets.test(text), `${path} leaks: ${secrets.exec(text)}`);
      const isTyped = status === 200 || (status === 503 && body.error?.name);
      this.#check(isTyped, `${path} answers ${status} ${text.slice(0, 200)}`);
    }
    return new Map(answers.map(answer => [answer.path, answer]));
  }

  async #states(): Promise<Record<string, string>> {
    const { body } = await this.#get('/sources');
    return Object.fromEntries(
      body.items.map(({ id, state }: Record<string, string>) => [id, state]),
    );
  }

  async #get(path: string) {
    const { status, body, text } = await request(this.sites.portal.server).get(
      `/api/tenant-releases${path}`,
    );
    return { status, body, text };
  }

  #check(isRight: unknown, problem: string): void {
    if (!isRight) this.#problems.push(problem);
  }
}

/** The states of all sources, with the first site's of a kind down. */
function states(down?: Kind): Record<string, string> {
  const first = {
    git: 'git',
    argocd: 'argocd:main',
    kubernetes: 'kubernetes:in-cluster',
    prometheus: 'prometheus:in-cluster',
    loki: 'loki:in-cluster',
  };
  const second = ['argocd', 'kubernetes', 'prometheus', 'loki'].map(kind => `${kind}:second`);
  const all = [...Object.values(first), ...second].map(id => [id, 'ok']);
  return { ...Object.fromEntries(all), ...(down ? { [first[down]]: 'down' } : {}) };
}

function same(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown) =>
    JSON.stringify(value, (_, part) =>
      part && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort())
        : part,
    );
  return sorted(a) === sorted(b);
}

const names = new FakeNames();
const trusted = selfSigned('*.upstream.test');
const authorities = tls.getCACertificates('default');
const all = afflictions(names, trusted);

/** So that the trials do not all want the processor in the same moment. Milliseconds. */
const staggerMs = 250;

/** All at once: most of the time is spent waiting. Jest itself fails when a rejection is left unhandled. */
beforeAll(async () => {
  tls.setDefaultCACertificates([...authorities, trusted.cert]);
  await Promise.all(
    all.map(async (affliction, index) => {
      await delay(index * staggerMs);
      const isTls = affliction.name.includes('certificate');
      const sites = await startTwoSites(isTls ? trusted : undefined);
      try {
        await new Trial(sites).run(affliction);
      } finally {
        await sites.stop();
      }
    }),
  );
});

afterAll(() => {
  tls.setDefaultCACertificates(authorities);
  names.restore();
});

describe.each(all.map(({ name }) => name))('an upstream that %s', name => {
  it.each(kinds)('%s: every view answers in time, the rest goes on, and it recovers', kind => {
    expect(findings.get(`${kind} ${name}`)).toEqual([]);
  });
});
