import { aboutOneTenant, lists, pathParameters } from './__testUtils__/expectedAnswers';
import { startPortal, type TestPortal } from './__testUtils__/startPortal';

jest.setTimeout(120_000);

const api = '/tenant-releases';

/** Values that mean something to somebody: to paths, selectors, objects, query languages, terminals, or to memory. */
const hostile: Array<[name: string, value: string]> = [
  ['a way up', '../clusters'],
  ['an encoded way up', '..%2Fclusters'],
  ['two ways up', '../../../../etc/passwd'],
  ['a backslash', '..\\clusters'],
  ['a list', 'tenant-a,tenant-b'],
  ['a selector', 'tenant-a!=x'],
  ['another selector', 'app in (a,b)'],
  ['a new line', 'tenant-a\ntenant-b'],
  ['a carriage return', 'tenant-a\r\nX-Admin: 1'],
  ['a null byte', 'tenant-a\u0000'],
  ['a prototype', '__proto__'],
  ['a constructor', 'constructor'],
  ['PromQL', 'tenant-a"} or up{x="'],
  ['a pattern', '.*'],
  ['a query', 'tenant-a?project=other'],
  ['a fragment', 'tenant-a#x'],
  ['markup', '<script>alert(1)</script>'],
  ['a colour', '\u001b[31mred'],
  ['a look-alike', 'tenant-а'],
  ['white space', ' '],
  ['a very long one', 'a'.repeat(10_000)],
  ['another case', 'TENANT-A'],
];

const pathOf = (path: string, values: Record<string, string>) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name]));

describe('bad input', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await startPortal();
    // What is known after this is not asked again.
    for (const row of Object.keys(aboutOneTenant)) {
      const path = pathOf(row.replace('GET ', ''), { ...pathParameters, tenant: 'tenant-a' });
      await portal.call('platform', api + path);
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  });
  afterAll(() => portal.stop());

  /** What the upstreams were asked, but for what they are asked all the time. */
  const asked = () =>
    Object.values(portal.upstreams).flatMap(({ requests }) =>
      requests.filter(
        request =>
          !/buildinfo|labels|version|watch|stream|syncwindows|commits\?sha=main&per_page|v1\/(rules|query)\?|trees|pods\?|applications\?/.test(
            request,
          ),
      ),
    );

  const parameters = Object.keys({ ...aboutOneTenant, ...lists }).flatMap(row =>
    [...row.matchAll(/\{(\w+)\}/g)].map(([, name]) => [row.replace('GET ', ''), name] as const),
  );

  it.each(parameters)('%s refuses each bad %s, and asks nobody about it', async (path, name) => {
    const before = asked();
    const answers = await Promise.all(
      hostile.map(async ([what, value]) => {
        const target = pathOf(path, { ...pathParameters, tenant: 'tenant-a', [name]: value });
        const { status, text } = await portal.call('platform', api + target);
        // Of what may be a name the answer is that no tenant runs it, or that nobody onboards it.
        const isRefused =
          [400, 404].includes(status) || /"tenants":0,.*"versions":\[\]|^\{"source":/.test(text);
        return `${what}: ${isRefused ? 'refused' : `${status} ${text}`}`;
      }),
    );
    expect(answers).toEqual(hostile.map(([what]) => `${what}: refused`));
    expect(asked()).toEqual(before);
  });

  const queries = [
    '/releases?tier=X',
    '/releases?ring=X',
    '/releases?state=X',
    '/releases?fields=X',
    '/releases?limit=X',
    '/releases?cursor=X',
    '/releases?counts=X',
    '/releases/tenant-a/demo-api/history?cursor=X',
    '/releases/tenant-a/demo-api/history?limit=X',
    '/releases/tenant-a/demo-api/diff?from=X&to=X',
    '/releases/tenant-a/demo-api/panels/request-rate?start=X',
    '/releases/tenant-a/demo-api/panels/request-rate?step=X',
    '/releases/tenant-a/demo-api/logs?limit=X',
    '/releases/tenant-a/demo-api/logs?level=X',
    '/releases/tenant-a/demo-api/logs?direction=X',
    '/releases/tenant-a/demo-api/logs?end=X',
  ];

  it.each(queries)('%s refuses each bad value, and asks nobody about it', async query => {
    const before = asked();
    const answers = await Promise.all(
      hostile.map(async ([what, value]) => {
        const target = query.replace('X', encodeURIComponent(value));
        const { status, text } = await portal.call('platform', api + target);
        return `${what}: ${status === 400 ? 'refused' : `${status} ${text}`}`;
      }),
    );
    expect(answers).toEqual(hostile.map(([what]) => `${what}: refused`));
    expect(asked()).toEqual(before);
  });

  it.each([...Object.keys(aboutOneTenant), ...Object.keys(lists)])(
    '%s refuses what it does not know, and what is given twice',
    async row => {
      const path = pathOf(row.replace('GET ', ''), { ...pathParameters, tenant: 'tenant-a' });
      const before = asked();
      for (const query of ['nonsense=1', 'nonsense', '__proto__=1', 'limit=1&limit=1', '%00=']) {
        const { status } = await portal.call('platform', `${api}${path}?${query}`);
        expect([query, status]).toEqual([query, 400]);
      }
      expect(asked()).toEqual(before);
    },
  );

  it('a text or a version to look for in logs stays one, whatever it is', async () => {
    const { loki } = portal.upstreams;
    for (const [what, value] of hostile) {
      for (const name of ['q', 'version']) {
        const before = loki.requests.length;
        const query = `/releases/tenant-a/demo-api/logs?${name}=${encodeURIComponent(value)}`;
        const { status } = await portal.call('platform', api + query);
        expect([what, [200, 400].includes(status)]).toEqual([what, true]);
        const sent = loki.requests
          .slice(before)
          .map(request => new URL(request.split(' ')[1], 'http://loki').searchParams.get('query'))
          .filter(text => text !== null);
        for (const text of sent) {
          expect(text.startsWith('{namespace="tenant-a",app="demo-api"')).toBe(true);
        }
      }
    }
  });

  it.each(['tenant', 'service'])('a %s to look for is a name, or nothing is found', async name => {
    const before = asked();
    const values = hostile.filter(([what]) => what !== 'a list');
    for (const [, value] of values) {
      const query = `/releases?${name}=${encodeURIComponent(value)}`;
      const { status, text } = await portal.call('platform', api + query);
      expect(status === 200 ? JSON.parse(text).totalItems : status).toBe(
        value === 'constructor' ? 0 : 400,
      );
    }
    expect(asked()).toEqual(before);
  });

  it.each(['/releases', '/releases/tenant-a/demo-api/history'])(
    '%s takes no cursor made by hand',
    async path => {
      for (const made of [
        '0',
        '-1',
        '{}',
        'tenant-a',
        'history:-1',
        'history:99999',
        '["tenant-b","x"]',
      ]) {
        const cursor = Buffer.from(made).toString('base64url');
        const { status, text } = await portal.call('ownerA', `${api}${path}?cursor=${cursor}`);
        // A cursor is a place in one's own list, whatever is written in it.
        expect([made, status === 400 || (status === 200 && !text.includes('tenant-b'))]).toEqual([
          made,
          true,
        ]);
      }
    },
  );

  it("tells nothing to somebody with another person's tag", async () => {
    const path = `${api}/releases/tenant-a/demo-api`;
    const own = await portal.call('ownerA', path);
    const tag = own.headers.get('etag')!;
    // Without a word on caching, fetch asks for a fresh answer.
    const fromCache = { 'cache-control': 'max-age=0' };
    const withTag = { headers: { ...fromCache, 'if-none-match': tag } };
    expect((await portal.call('ownerA', path, withTag)).status).toBe(304);
    expect((await portal.call('platform', path, withTag)).status).toBe(200);
    expect((await portal.call('ownerB', path, withTag)).status).toBe(404);
    expect((await portal.call('anonymous', path, withTag)).status).toBe(401);
    for (const list of ['/releases', '/versions', '/sources']) {
      const { headers } = await portal.call('platform', api + list);
      const withOther = { headers: { ...fromCache, 'if-none-match': headers.get('etag')! } };
      expect((await portal.call('platform', api + list, withOther)).status).toBe(304);
      expect((await portal.call('ownerA', api + list, withOther)).status).toBe(200);
    }
    const everything = { headers: { ...fromCache, 'if-none-match': '*' } };
    expect((await portal.call('ownerB', path, everything)).status).toBe(404);
  });
});
