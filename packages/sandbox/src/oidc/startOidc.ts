import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import Provider from 'oidc-provider';
import { SandboxSettings, serverUrl, StartServer } from '../settings';
import { createProvider } from './createProvider';
import { loadKeys } from './keys';
import { people, personByLogin } from './people';
import { readForm } from './readForm';
import { choicePage, homePage, problemPage, signInHeaders } from './signInPages';
import { OidcStore } from './store';

/** Starts the OpenID provider: the portal's real sign-in, with people to choose from in place of passwords. */
export const startOidc: StartServer = async settings => {
  const folder = path.join(settings.stateDir, 'oidc');
  const [keys, store] = await Promise.all([
    loadKeys(path.join(folder, 'keys.json')),
    OidcStore.open(path.join(folder, 'state.json')),
  ]);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.ports.oidc, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = createProvider(url, settings, { keys, store });
  provider.on('server_error', (_, error) => log(`failed: ${error.stack}`));
  server.on('request', requestHandler(provider, settings));
  log(`listening on ${url}`);
  return {
    url,
    close: async () => {
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
};

function log(text: string): void {
  process.stdout.write(`${new Date().toISOString()} oidc ${text}\n`);
}

function requestHandler(provider: Provider, settings: SandboxSettings) {
  const protocol = provider.callback();
  const portal = serverUrl(settings, 'portal');
  return (request: IncomingMessage, response: ServerResponse) => {
    const send = (status: number, text: string) =>
      response.writeHead(status, signInHeaders).end(text);
    const { pathname } = new URL(request.url ?? '/', 'http://oidc');
    if (pathname === '/') send(200, homePage(portal));
    else if (pathname.startsWith('/interaction/')) {
      interact(provider, request, response, send).catch(error => {
        log(`refused: ${error.message}`);
        if (!response.headersSent) {
          send(400, problemPage('This sign-in has expired or was finished already.', portal));
        }
      });
    } else protocol(request, response);
  };
}

/** Shows the people, or takes the choice. Whose sign-in it is says a signed cookie. */
async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  send: (status: number, text: string) => void,
): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') {
    send(200, choicePage(`/interaction/${uid}`, people));
    return;
  }
  const person = personByLogin((await readForm(request)).get('person') ?? '');
  if (!person) {
    send(400, choicePage(`/interaction/${uid}`, people));
    return;
  }
  log(`${person.login} signs in`);
  await provider.interactionFinished(request, response, { login: { accountId: person.login } });
}
