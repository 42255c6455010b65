import { randomBytes, timingSafeEqual } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import { ControlFile, Status } from './control';
import { claimFile } from './files';

/** What can be asked of the supervisor. */
export interface ControlHandlers {
  status(): Promise<Status> | Status;
  /** Starts or stops a server; throws an Error with a sentence for the user when there is none of that name. */
  change(action: 'start' | 'stop', server: string): Promise<void>;
}

/** Where the control file of a state directory is. */
export function controlFilePath(stateDir: string): string {
  return path.join(stateDir, 'run', 'control.json');
}

/**
 * Opens the supervisor's control endpoint on a loopback port of the system's choice and writes the control file:
 * `GET /status`, `POST /servers/<name>/<start|stop>`; JSON; the token as bearer.
 * What an earlier supervisor left behind must have been found dead before.
 * @returns how to close it and remove the file
 */
export async function startControlServer(
  stateDir: string,
  handlers: ControlHandlers,
): Promise<() => Promise<void>> {
  const token = randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    answer(request, response, token, handlers).catch(error => {
      send(response, 500, { error: String(error) });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const control: ControlFile = { url: `http://127.0.0.1:${port}`, token, pid: process.pid };
  try {
    await claimFile(controlFilePath(stateDir), JSON.stringify(control));
  } catch (error) {
    server.close();
    throw error;
  }
  return async () => {
    await rm(controlFilePath(stateDir), { force: true });
    server.close();
    server.closeAllConnections();
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  handlers: ControlHandlers,
): Promise<void> {
  if (!isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
    send(response, 401, { error: 'The token of the control file is needed.' });
    return;
  }
  const route = `${request.method} ${request.url}`;
  if (route === 'GET /status') {
    send(response, 200, await handlers.status());
    return;
  }
  const change = /^POST \/servers\/([^/]+)\/(start|stop)$/.exec(route);
  if (!change) {
    send(response, 404, { error: `There is no ${route}.` });
    return;
  }
  try {
    await handlers.change(change[2] as 'start' | 'stop', decodeURIComponent(change[1]));
    send(response, 200, await handlers.status());
  } catch (error) {
    send(response, 400, { error: (error as Error).message });
  }
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
