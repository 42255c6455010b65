import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { peopleAreKnown, portalAnswers, untilPortalAnswers } from './portalReady';

const guest = {
  backstageIdentity: { token: 'a-token', identity: { userEntityRef: 'user:default/ada' } },
};

describe('the portal is ready', () => {
  let server: Server;
  let url: string;
  let answers: Record<string, [status: number, body: string]>;
  let adaAsked: number;

  beforeEach(async () => {
    adaAsked = 0;
    answers = {
      '/.backstage/health/v1/readiness': [200, '{}'],
      '/': [200, '<html></html>'],
      '/api/auth/guest/refresh': [200, JSON.stringify(guest)],
      '/api/catalog/entities/by-name/user/default/ada': [200, '{}'],
    };
    const answer: RequestListener = ({ url: path, headers }, response) => {
      const isAda = path!.endsWith('/ada');
      if (isAda) adaAsked += 1;
      const [status, body] = answers[path!] ?? [404, ''];
      const allowed = !isAda || headers.authorization === 'Bearer a-token';
      response.writeHead(allowed ? status : 401).end(body);
    };
    server = createServer(answer);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it.each<[string, string, [number, string], boolean]>([
    ['all is well', '/', [200, '<html></html>'], true],
    ['the backend starts', '/.backstage/health/v1/readiness', [503, '{}'], false],
    ['another page is served', '/', [200, 'hello'], false],
  ])('when %s', async (_, path, answer, expected) => {
    answers[path] = answer;
    expect(await portalAnswers(url)).toBe(expected);
  });

  it.each<[string, string, [number, string], boolean]>([
    ['the catalog has them', '/', [200, ''], true],
    [
      'the catalog has not read them',
      '/api/catalog/entities/by-name/user/default/ada',
      [404, ''],
      false,
    ],
    ['guests are not let in', '/api/auth/guest/refresh', [404, ''], true],
    ['something else answers', '/api/auth/guest/refresh', [200, '<html>'], false],
  ])('people are known when %s', async (_, path, answer, expected) => {
    answers[path] = answer;
    expect(await peopleAreKnown(url)).toBe(expected);
  });

  it('waits for the people', async () => {
    const path = '/api/catalog/entities/by-name/user/default/ada';
    answers[path] = [404, ''];
    setTimeout(() => {
      answers[path] = [200, '{}'];
    }, 300);
    expect(await untilPortalAnswers(url, AbortSignal.timeout(10_000))).toBe(true);
    expect(adaAsked).toBeGreaterThan(1);
  });

  it('gives up at a signal', async () => {
    answers['/'] = [500, ''];
    expect(await untilPortalAnswers(url, AbortSignal.timeout(100))).toBe(false);
  });
});
