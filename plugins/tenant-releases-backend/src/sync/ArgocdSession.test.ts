import { FakeServer, sendJson } from '@internal/gitops/testUtils';
import { ArgocdClient } from './ArgocdClient';

const login = { username: 'reader', password: 'argo-secret' };

/** https://argo-cd.readthedocs.io/en/stable/developer-guide/api-docs/ */
describe('an Argo CD with user and password', () => {
  let server: FakeServer;
  let logins: unknown[];
  let client: ArgocdClient;

  const get = () =>
    client.revisionMetadata({ name: 'tenant-a', namespace: 'argocd' }, 'f'.repeat(40));
  const paths = () => server.requests.map(line => line.replace(/\?.*/, '').replace(/ .*\//, ' '));

  beforeEach(async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    logins = [];
    server = await new FakeServer((url, request, response) => {
      if (url.pathname !== '/api/v1/session') {
        if (request.headers.authorization === `Bearer token-${logins.length}`) {
          return sendJson(response, 200, { author: 'Ada' });
        }
        return sendJson(response, 401, { error: 'invalid session', code: 16 });
      }
      let body = '';
      request.on('data', data => (body += data));
      request.on('end', () => {
        const found = JSON.parse(body);
        const isRight = found.password === login.password;
        if (isRight) logins.push(found);
        if (isRight) sendJson(response, 200, { token: `token-${logins.length}` });
        else sendJson(response, 401, { error: 'Invalid username or password', code: 16 });
      });
      return true;
    }).start();
    client = new ArgocdClient({ url: server.url, login });
  });

  afterEach(async () => {
    jest.useRealTimers();
    await server.stop();
  });

  it('logs in once for all requests that wait', async () => {
    const answers = await Promise.all([get(), get(), get()]);
    expect(answers).toEqual([{ author: 'Ada' }, { author: 'Ada' }, { author: 'Ada' }]);
    expect(logins).toEqual([login]);
  });

  it('logs in again when the session has ended, and not for each request that hears of it', async () => {
    await get();
    logins.push('another session took its place');
    jest.setSystemTime(Date.now() + 24 * 3_600_000);
    await Promise.all([get(), get(), get()]);
    expect(paths().filter(path => path === 'POST session')).toHaveLength(2);
  });

  it('does not log in again and again for a token that is never taken', async () => {
    await get();
    logins.push('as if');
    await expect(get()).rejects.toMatchObject({ errorClass: 'unauthorized' });
    await expect(get()).rejects.toMatchObject({ errorClass: 'unauthorized' });
    expect(paths().filter(path => path === 'POST session')).toHaveLength(1);
  });

  it('leaves a refused login alone for two minutes, so that the account is not locked', async () => {
    client = new ArgocdClient({ url: server.url, login: { ...login, password: 'wrong-secret' } });
    const failure = await get().catch(error => error);
    expect(failure).toMatchObject({ name: 'UpstreamError', errorClass: 'unauthorized' });
    expect(`${failure.message} ${failure.stack}`).not.toMatch(/secret|reader/);
    await expect(get()).rejects.toMatchObject({ errorClass: 'unauthorized' });
    expect(paths()).toEqual(['POST session']);
    jest.advanceTimersByTime(121_000);
    await expect(get()).rejects.toMatchObject({ errorClass: 'unauthorized' });
    expect(paths()).toEqual(['POST session', 'POST session']);
  });

  it('tries again at once when the server had not answered', async () => {
    server.fault = { fault: { kind: 'status', status: 503 } };
    await expect(get()).rejects.toMatchObject({ errorClass: 'server-error' });
    server.fault = undefined;
    await expect(get()).resolves.toEqual({ author: 'Ada' });
  });
});
