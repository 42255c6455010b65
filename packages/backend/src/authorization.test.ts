import { callers, type Caller } from './__testUtils__/callers';
import {
  aboutOneTenant,
  lists,
  pathParameters,
  targets,
  type Target,
} from './__testUtils__/expectedAnswers';
import {
  elsewhere,
  expectedFor,
  inWords,
  listsElsewhere,
  toldElsewhere,
} from './__testUtils__/expectedElsewhere';
import { startPortal, type Answer, type TestPortal } from './__testUtils__/startPortal';

jest.setTimeout(120_000);

const api = '/tenant-releases';

/** Who may do what with whose release: each route of the registry, each caller, each target. */
describe('authorization', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal.stop());

  const get = (caller: Caller, path: string) => portal.call(caller, api + path);

  /** A query for a difference that the tenant's own people may see. */
  const differenceOf = (tenant: string) => {
    const { commits } = portal.upstreams.github;
    const own = commits.find(({ files }) => files.has(`gitops/tenants/${tenant}-values.yaml`));
    const commit = own?.sha ?? 'f'.repeat(40);
    return `?from=${commit}&to=${commit}`;
  };

  const pathOf = (row: string, tenant: string) =>
    row
      .replace('GET ', '')
      .replace(/\{(\w+)\}/g, (_, name) => (name === 'tenant' ? tenant : pathParameters[name]))
      .concat(row.endsWith('/diff') ? differenceOf(tenant) : '')
      .concat(row.endsWith('/commits') ? '?from=sha-a&to=sha-b' : '')
      .concat(row.endsWith('/entries') ? '?source=git' : '');

  it('has a row for each route, and no other', async () => {
    const { paths } = JSON.parse((await get('platform', '/openapi.json')).text);
    const registered = Object.entries<object>(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
    );
    const rows = [...Object.keys(aboutOneTenant), ...Object.keys(lists)];
    // What writes has its own table of callers: plugin.changes.test.ts of the plugin.
    expect([...rows, 'POST /changes'].sort()).toEqual([...registered, 'GET /openapi.json'].sort());
  });

  it('has no other route that writes', async () => {
    const paths = [...Object.keys(aboutOneTenant), ...Object.keys(lists)]
      .map(row => pathOf(row, 'tenant-a'))
      .filter(path => path !== '/changes');
    const calls = ['POST', 'PUT', 'PATCH', 'DELETE'].flatMap(method =>
      paths.map(async path => (await portal.call('platform', api + path, { method })).status),
    );
    expect(new Set(await Promise.all(calls))).toEqual(new Set([404]));
  });

  const combinations = <T>(table: Record<string, Record<Caller, T>>) =>
    Object.entries(table).flatMap(([row, answers]) =>
      callers.map(caller => [row, caller, answers[caller]] as const),
    );

  describe('of one tenant', () => {
    it.each(combinations(aboutOneTenant))('%s by %s: %s', async (row, caller, expected) => {
      const answers: Record<string, Answer> = {};
      for (const [target, tenant] of Object.entries(targets)) {
        answers[target] = await get(caller, pathOf(row, tenant));
      }
      const statuses = Object.values(answers).map(({ status }) => status);
      expect(statuses.join(' ')).toBe(expected);
      const hidden = (['a', 'b'] as const).filter(target => answers[target].status === 404);
      const none = shape(answers.none, 'none');
      expect(hidden.map(target => shape(answers[target], target))).toEqual(hidden.map(() => none));
    });
  });

  /** What tells one answer from another, with the name of the tenant taken out. */
  function shape({ status, text, headers }: Answer, target: Target) {
    // The tag of an answer that holds another name is another one; its size is in it.
    const tag = headers.get('etag')?.replace(/-.*/, '');
    const others = [...headers].filter(([name]) => name !== 'date' && name !== 'etag');
    // The answer repeats what was asked for.
    const same = text.replaceAll(targets[target], 'X').replace(/[0-9a-f]{40}/g, 'C');
    return { status, size: text.length, text: same, tag, others };
  }

  describe('of all tenants', () => {
    it.each(combinations(lists))('%s by %s: %s', async (row, caller, expected) => {
      const path = pathOf(row, '');
      const { status, text } =
        path === '/events' ? await eventsOf(caller) : await get(caller, path);
      const told = ['a', 'b'].filter(
        name => text.includes(`tenant-${name}`) || text.includes(`"sha-${name}"`),
      );
      expect(status === 200 ? told.join(' ') : String(status)).toBe(expected);
    });
  });

  it('names no tenant to who owns the service', async () => {
    const { status, text } = await get('noTenant', '/services/demo-api');
    expect([status, JSON.parse(text).shows]).toEqual([200, 'numbers']);
    expect(text).not.toMatch(/tenant-[ab]/i);
    expect(JSON.parse((await get('viewer', '/services/demo-api')).text).shows).toBe('names');
  });

  it.each<[Caller, number, string?]>([
    ['noTenant', 0, 'NONE_VISIBLE'],
    ['viewer', 2],
    ['ownerA', 1],
    ['ownerB', 1],
    // And what belongs to nobody.
    ['platform', 3],
    ['service', 3],
    ['removed', 0, 'NONE_VISIBLE'],
    ['gone', 0, 'NONE_VISIBLE'],
  ])('counts for %s what the caller may see, %d, and says why it is none', async (...expected) => {
    const [caller, count, code] = expected;
    const { totalItems, items, notice } = JSON.parse((await get(caller, '/releases')).text);
    expect(totalItems).toBe(count);
    expect(items).toHaveLength(count);
    expect(notice?.code).toBe(code);
  });

  it.each<[Caller, string]>([
    ['noTenant', 'NONE_VISIBLE'],
    ['ownerA', 'NONE_MATCH'],
  ])('gives %s one reason for a list of a hidden tenant and of none: %s', async (caller, code) => {
    const answers = ['tenant-b', 'tenant-x'].map(async tenant => {
      const { sources: _, ...told } = JSON.parse(
        (await get(caller, `/releases?tenant=${tenant}`)).text,
      );
      return told;
    });
    const [hidden, none] = await Promise.all(answers);
    expect(hidden).toEqual(none);
    expect(hidden.notice.code).toBe(code);
  });

  describe('elsewhere', () => {
    const calls = elsewhere.flatMap(call =>
      callers.map(caller => [call.method, call.path, caller, call] as const),
    );

    it.each(calls)('%s %s by %s', async (method, path, caller, call) => {
      const { headers } = call;
      const body = call.body && JSON.stringify(call.body);
      const { status } = await portal.call(caller, path, { method, headers, body });
      const expected = expectedFor(call, caller);
      expect(inWords(status, expected)).toBe(expected);
    });

    const named = elsewhere.filter(call => JSON.stringify(call).includes('tenant-b'));
    const hiding = named.flatMap(call =>
      callers
        .filter(caller => ['403', '404'].includes(expectedFor(call, caller)))
        .map(caller => [call.method, call.path, caller, call] as const),
    );

    it.each(hiding)('%s %s: %s cannot tell it from none', async (method, path, caller, call) => {
      const answerOf = async (tenant: string) => {
        const body = call.body && JSON.stringify(call.body).replaceAll('tenant-b', tenant);
        const target = path.replaceAll('tenant-b', tenant);
        const { status, text, headers } = await portal.call(caller, target, {
          method,
          headers: call.headers,
          body,
        });
        const others = [...headers].filter(([name]) => name !== 'date' && name !== 'etag');
        return { status, text: text.replaceAll(tenant, 'X'), others };
      };
      expect(await answerOf('tenant-b')).toEqual(await answerOf('tenant-x'));
    });

    const furtherLists = listsElsewhere.flatMap(call =>
      callers.map(caller => [call.method, call.path, caller, call] as const),
    );

    it.each(furtherLists)(
      '%s %s tells %s of no other tenant',
      async (method, path, caller, call) => {
        const body = call.body && JSON.stringify(call.body);
        const { status, text } = await portal.call(caller, path, { method, body });
        expect(status < 500).toBe(true);
        const told = ['tenant-a', 'tenant-b'].filter(name => text.includes(name));
        expect(told.filter(name => !toldElsewhere[caller].includes(name))).toEqual([]);
      },
    );
  });

  /** What the stream tells of a change in each tenant. */
  async function eventsOf(caller: Caller): Promise<{ status: number; text: string }> {
    const end = new AbortController();
    const response = await portal.open(caller, `${api}/events`, { signal: end.signal });
    const { status, body } = response;
    if (status !== 200) return { status, text: await response.text() };
    let text = '';
    const reading = (async () => {
      for await (const part of body!) text += Buffer.from(part).toString();
    })().catch(error => {
      if (error.name !== 'AbortError') throw error;
    });
    for (const tenant of ['tenant-a', 'tenant-b']) {
      portal.upstreams.argocd.set(tenant, { revision: 'abcdef0', health: 'Degraded' });
    }
    await new Promise(resolve => setTimeout(resolve, 1_000));
    end.abort();
    await reading;
    return { status, text };
  }
});
