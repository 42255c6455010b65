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
    const real = fetch;
    const fetched = jest.spyOn(globalThis, 'fetch');
    let opened = 0;
    fetched.mockImplementation(async (url, init) => {
      const isOurs = String(url).endsWith('/pulls') && init?.method === 'POST';
      if (opened > 0) {
        return new Response(body, { status: 200, headers: { 'content-type': type } });
      }
      if (isOurs) opened += 1;
      return real(url, init);
    });
    const run = await fleet.bump();
    expect(run).toMatchObject({
      code: 1,
      err: '',
      pullRequests: [{ outcome: 'opened', branch: 'bump/demo-api/ring-1' }],
      failed: expect.stringMatching(/^The Git host answered GET \S+ with something else/),
    });
    fetched.mockRestore();
    expect(await fleet.bump()).toMatchObject({
      code: 0,
      pullRequests: [{ outcome: 'unchanged' }, { outcome: 'opened' }],
    });
  });
});
