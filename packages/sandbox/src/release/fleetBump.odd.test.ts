import http from 'node:http';
import { FakeServer } from '@internal/gitops/testUtils';
import { startFleet, type Fleet } from './__testUtils__/fleet';

jest.setTimeout(120_000);

describe('a host that stops answering as GitHub does, between two rings', () => {
  let fleet: Fleet;
  afterEach(() => fleet.close());

  it.each([
    ['a page to sign in', '<html>Sign in</html>', 'text/html'],
    ['cut JSON', '{"number": 1', 'application/json'],
    ['an empty object', '{}', 'application/json'],
  ])('leaves what was opened before told: %s', async (_, body, type) => {
    fleet = await startFleet(2);
    await fleet.onMain({
      name: fleet.names[1],
      edit: text => text.replace('ring: 1', 'ring: 2'),
    });
    const odd = await new FakeServer((_url, _request, response) => {
      response.writeHead(200, { 'content-type': type }).end(body);
      return true;
    }).start();
    const { request } = http;
    let opened = 0;
    const requested = jest.spyOn(http, 'request').mockImplementation(((
      options: http.RequestOptions,
      listener: (answer: http.IncomingMessage) => void,
    ) => {
      const { hostname, port } = new URL(odd.url);
      if (opened > 0) return request({ ...options, hostname, port }, listener);
      if (options.method === 'POST' && options.path?.endsWith('/pulls')) opened += 1;
      return request(options, listener);
    }) as typeof http.request);
    const run = await fleet.bump();
    expect(run).toMatchObject({
      code: 1,
      err: '',
      pullRequests: [{ outcome: 'opened', branch: 'bump/demo-api/ring-1' }],
      failed: expect.stringMatching(/^The Git host answered GET \S+ with something else/),
    });
    requested.mockRestore();
    await odd.stop();
    expect(await fleet.bump()).toMatchObject({
      code: 0,
      pullRequests: [{ outcome: 'unchanged' }, { outcome: 'opened' }],
    });
  });
});
