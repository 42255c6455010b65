import { eventually } from './__testUtils__/eventually';
import type { TestPortal } from './__testUtils__/startTestPortal';
import {
  authorizationOf,
  other,
  otherVersion,
  secret,
  startWatchedPortal,
  type Person,
} from './__testUtils__/startWatchedPortal';

jest.setTimeout(60_000);

type Caller = Person | 'unauthenticated';

/** Values for each parameter, by its name; those of paths are all tried, those of queries one by one. */
const values: Record<string, string[]> = {
  source: ['git', 'main', 'in-cluster'],
  list: ['left-out', 'unused'],
  tenant: ['tenant-a', other, 'nobody', 'pending', 'Not_a_name'],
  service: ['demo-api', 'none-such'],
  environment: ['none-such', other],
  panelId: ['request-rate', 'cpu', 'none-such'],
  revision: ['abcdef0', 'OWN', 'OTHER', 'x'],
  from: ['OWN', 'OTHER', 'sha-1111111', otherVersion],
  to: ['OWN', 'sha-2222222'],
  fields: ['desired,running,links,reasons,freeze,hold,synced,ringName,cluster'],
  q: ['acme', secret, otherVersion],
  state: ['degraded'],
  tier: ['standard'],
  ring: ['1', '9'],
  counts: ['true'],
  limit: ['1', '0'],
  cursor: ['eA'],
  start: ['2020-01-01T00:00:00Z'],
  end: ['2020-01-02T00:00:00Z'],
  step: ['60', '-1'],
  level: ['error'],
  version: ['sha-2222222', otherVersion],
  direction: ['forward'],
};

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
}

/** What leads to the operator's places. */
const places =
  /git\.example|argocd\.example|grafana\.example|acme\/platform|127\.0\.0\.1|10\.9\.9\.9|9014[23]/i;

/** Every call that the document describes, by every person. */
describe('what an answer tells somebody who does not see the fleet', () => {
  let portal: TestPortal;
  let paths: Array<[path: string, parameters: Parameter[]]>;
  const told: Array<[caller: Caller, path: string, status: number, text: string]> = [];

  const get = async (path: string, caller: Caller) => {
    const response = await fetch(
      `http://localhost:${portal.server.port()}/api/tenant-releases${path}`,
      { headers: { authorization: authorizationOf(caller) } },
    );
    const headers = [...response.headers].map(header => header.join(': ')).join('\n');
    return { status: response.status, text: `${headers}\n\n${await response.text()}` };
  };

  beforeAll(async () => {
    portal = await startWatchedPortal();
    await eventually(
      async () => {
        const { text } = await get('/releases/tenant-a/demo-api', 'platform');
        return ['asked for', 'ALERT_FIRING', 'SYNC_FAILED', 'BAD_VERSION', '90142'].filter(
          part => !text.includes(part),
        );
      },
      [],
      20_000,
    );
    await eventually(
      async () => (await get('/pending-tenants', 'platform')).text.includes(secret),
      true,
    );
    const document = JSON.parse((await get('/openapi.json', 'platform')).text.split('\n\n')[1]);
    paths = Object.entries<{ get: { parameters: Parameter[] } }>(document.paths).map(
      ([path, operation]) => [path, operation.get.parameters],
    );
    const callers: Caller[] = [
      'owner',
      'developer',
      'trusted',
      'nobody',
      'unauthenticated',
      'platform',
    ];
    const calls = [...paths.flatMap(([path, parameters]) => addressesOf(path, parameters))];
    for (const call of calls.filter(address => !address.startsWith('/events'))) {
      for (const caller of callers) {
        const { status, text } = await get(call, caller);
        told.push([caller, call, status, text]);
      }
    }
  }, 120_000);

  afterAll(() => portal.stop());

  /** A path with each value of its parameters, and with each value of each query that it takes. */
  function addressesOf(path: string, parameters: Parameter[]): string[] {
    const { commits } = portal.github;
    const real = (text: string) =>
      text.replace('OWN', commits[1].sha).replace('OTHER', commits[0].sha);
    const filled = parameters
      .filter(({ in: place }) => place === 'path')
      .reduce(
        (all, { name }) =>
          all.flatMap(each => values[name].map(value => each.replace(`{${name}}`, real(value)))),
        [path],
      );
    const query = parameters.filter(({ in: place }) => place === 'query');
    const needed = query.filter(({ required }) => required);
    const base = needed.map(({ name }) => `${name}=${real(values[name][0])}`);
    const queries = [
      base,
      ...query.flatMap(({ name }) =>
        [...(values[name] ?? []), '\u202e'].map(value => [
          ...base.filter(part => !part.startsWith(`${name}=`)),
          `${name}=${encodeURIComponent(real(value))}`,
        ]),
      ),
      [...base, 'unknown=1'],
    ];
    return filled.flatMap(each =>
      queries.map(parts => each + (parts.length ? '?' : '') + parts.join('&')),
    );
  }

  it('knows a value for each parameter', () => {
    const names = paths.flatMap(([, parameters]) => parameters.map(({ name }) => name));
    expect(names.filter(name => !values[name])).toEqual([]);
  });

  /** What was answered, without the words of the question, which an error repeats. */
  const answersTo = (...callers: Caller[]) =>
    told
      .filter(([caller]) => callers.includes(caller))
      .map(([caller, path, status, text]) => {
        const asked = decodeURIComponent(path)
          .split(/[/?&=,]/)
          .filter(Boolean);
        const rest = asked.reduce((left, word) => left.replaceAll(word, '·'), text);
        return { caller, path, status, rest: rest.replaceAll(encodeURIComponent('\u202e'), '·') };
      });

  const leaking = (callers: Caller[], ...traces: RegExp[]) =>
    answersTo(...callers)
      .filter(({ rest }) => traces.some(trace => trace.test(rest)))
      .map(({ caller, path, status, rest }) => `${caller} ${path} ${status} ${rest}`);

  it('holds no word that was written about others, or leads to the operator', () => {
    const names = new RegExp(`${secret}|${other}`, 'i');
    expect(leaking(['owner', 'nobody', 'unauthenticated'], names, places, /bbbbbbb/)).toEqual([]);
  });

  it('holds no name for who sees numbers, and beside commits of the own service no other word', () => {
    const names = new RegExp(`"tenant":"|${other}|${secret.toUpperCase()}|90142`, 'i');
    const found = answersTo('developer').filter(({ rest }) => {
      const plain = rest
        .replace(/"source":\{.*?\}/g, '')
        .replace(/https:\/\/git\.example\.com\/acme\/demo-api/g, '');
      return names.test(plain) || places.test(plain);
    });
    expect(found).toEqual([]);
  });

  it('holds nothing but the service’s tenants for who sees names', () => {
    const elsewhere = answersTo('trusted').filter(({ path }) => !path.startsWith('/services/'));
    expect(
      elsewhere.filter(({ rest }) => new RegExp(`${secret}|${other}`, 'i').test(rest)),
    ).toEqual([]);
  });

  it('fails in one sentence, without a stack, a path of the machine or a word of the cause', () => {
    const failed = answersTo('owner', 'developer', 'trusted', 'nobody', 'unauthenticated').filter(
      ({ status }) => status >= 400,
    );
    expect(failed.length).toBeGreaterThan(500);
    expect(failed.filter(({ status }) => status === 500)).toEqual([]);
    expect(
      failed.filter(({ rest }) => /\n\s+at |"stack"|\/src\/|node_modules|ECONN/.test(rest)),
    ).toEqual([]);
  });

  it('lets in nobody who is not signed in', () => {
    const statuses = answersTo('unauthenticated').map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([401]));
  });

  it('tells the platform all of it, so that the words above could be found', () => {
    const all = told
      .filter(([caller]) => caller === 'platform')
      .map(([, , , text]) => text)
      .join('\n');
    const words = [secret, other, otherVersion, '90142', '90143', 'git.example'];
    expect(words.filter(word => !all.includes(word))).toEqual([]);
  });
});
