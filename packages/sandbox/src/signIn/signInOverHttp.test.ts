import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { signInOverHttp } from './signInOverHttp';

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

const redirect = (response: ServerResponse, location: string, cookie?: string) =>
  response.writeHead(302, { location, ...(cookie ? { 'set-cookie': cookie } : {}) }).end();

async function listen(answer: Answer): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) =>
    answer(request, response, new URL(request.url!, 'http://here')),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}` };
}

describe('signInOverHttp', () => {
  let portal: { server: Server; url: string };
  let issuer: { server: Server; url: string };
  let loggedOut: boolean;
  /** Cookies by the page that they were sent to. */
  let cookies: Record<string, string | undefined>;

  beforeEach(async () => {
    loggedOut = false;
    cookies = {};
    issuer = await listen(async (request, response, { pathname, searchParams }) => {
      if (pathname === '/auth') redirect(response, '/people', 'who=asked; Path=/people');
      else if (searchParams.has('down')) response.writeHead(500).end();
      else if (request.method !== 'POST') response.end('<form>');
      else {
        let body = '';
        for await (const part of request) body += part;
        cookies.people = request.headers.cookie;
        const person = new URLSearchParams(body).get('person');
        redirect(response, `${portal.url}/api/auth/oidc/handler/frame?code=${person}`);
      }
    });
    portal = await listen((request, response, { pathname, searchParams }) => {
      const part = pathname.split('/').at(-1);
      if (part === 'start') {
        redirect(response, `${issuer.url}/auth`, 'nonce=1; Path=/api/auth/oidc/handler');
      } else if (part === 'frame') {
        cookies.frame = request.headers.cookie;
        const gone = searchParams.get('code') === 'carl';
        redirect(
          response,
          gone ? `${portal.url}/?error=User+not+found` : `${portal.url}/`,
          'refresh=r; Path=/api/auth/oidc; Max-Age=1000',
        );
      } else if (part === 'refresh') {
        cookies.refresh = request.headers.cookie;
        if (!request.headers['x-requested-with']) response.writeHead(403);
        response.end(JSON.stringify({ backstageIdentity: { token: 'a-token' } }));
      } else {
        loggedOut = part === 'logout' && request.method === 'POST';
        response.end();
      }
    });
  });
  afterEach(async () => {
    for (const { server } of [portal, issuer]) {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    }
  });

  it('answers the token and leaves no session behind', async () => {
    expect(await signInOverHttp(portal.url, 'otto')).toBe('a-token');
    expect(loggedOut).toBe(true);
    expect(cookies).toEqual({ people: 'who=asked', frame: 'nonce=1', refresh: 'refresh=r' });
  });

  it('says why the portal refuses somebody', async () => {
    await expect(signInOverHttp(portal.url, 'carl')).rejects.toThrow('User not found');
  });
});
