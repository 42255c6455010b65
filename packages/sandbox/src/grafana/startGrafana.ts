import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { pageHeaders } from '../pages';
import { StartServer } from '../settings';
import { dashboardPage, explorePage, homePage, missingPage } from './grafanaPages';

/** The version that this page stands in for. */
const version = '12.2.0';

/** Starts the page that stands in for Grafana. It keeps no state. */
export const startGrafana: StartServer = async settings => {
  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.ports.grafana, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  process.stdout.write(`${new Date().toISOString()} grafana listening on ${url}\n`);
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

function answer(request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const [path, search] = (request.url ?? '/').split(/\?(.*)/s);
  const query = new URLSearchParams(search ?? '');
  const now = Date.now();
  const send = (status: number, text: string) => response.writeHead(status, pageHeaders).end(text);
  const segments = decodePath(path);
  if (path === '/api/health') {
    const body = { database: 'ok', version, commit: 'embedded' };
    response
      .writeHead(200, { 'Content-Type': 'application/json; charset=UTF-8' })
      .end(JSON.stringify(body, undefined, 2));
  } else if (path === '/') send(200, homePage());
  else if (path === '/explore') {
    const { status, text } = explorePage(query, now);
    send(status, text);
  } else if (segments?.[0] === 'd' && segments[1] && segments.length <= 3) {
    send(200, dashboardPage(segments[1], segments[2] || undefined, query, now));
  } else send(404, missingPage());
}

function decodePath(path: string): string[] | undefined {
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
