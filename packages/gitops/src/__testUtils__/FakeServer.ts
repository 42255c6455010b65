import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './selfSigned';

/** How a fake server misbehaves. */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  | { kind: 'html' }
  | { kind: 'cut' }
  | { kind: 'reset' }
  | { kind: 'hang' }
  /** The answer is sent after some milliseconds. It is what was true before them. */
  | { kind: 'late'; ms: number }
  /** Every other answer has this status. */
  | { kind: 'flap'; status: number }
  | { kind: 'redirect'; location: string };

/** Answers a request; undefined when it is not for this handler. */
export type Handler = (
  url: URL,
  request: http.IncomingMessage,
  response: http.ServerResponse,
) => boolean;

/** A small HTTP server on loopback that plays an upstream, counts what it is asked, and fails on demand. */
export class FakeServer {
  readonly requests: string[] = [];
  /** Applies to requests whose path matches; all, when there is no pattern. */
  fault: { fault: Fault; path?: RegExp } | undefined;
  /** Name that the server is asked for by; one that is no address has to be made to lead here. */
  host = '127.0.0.1';
  /** Changes what is answered as JSON. */
  rewrite: ((url: URL, body: unknown, request: http.IncomingMessage) => unknown) | undefined;
  #certificate: Certificate | undefined;
  #server: http.Server | https.Server;
  readonly #handle: Handler;
  #port = 0;
  #flaps = 0;

  constructor(handle: Handler) {
    this.#handle = handle;
    this.#server = http.createServer(this.#listener);
  }

  /** Speaks TLS with this certificate from now on. Before the start, or to change the certificate. */
  secure(certificate: Certificate): void {
    if (this.#server instanceof https.Server) this.#server.setSecureContext(certificate);
    else this.#server = https.createServer(certificate, this.#listener);
    this.#certificate = certificate;
  }

  get url(): string {
    return `${this.#certificate ? 'https' : 'http'}://${this.host}:${this.#port}`;
  }

  /** Starts, or starts again on the same port. */
  async start(): Promise<this> {
    await new Promise<void>(resolve => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  /** Stops listening and ends every connection. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Ends every connection that is open now. */
  dropConnections(): void {
    this.#server.closeAllConnections();
  }

  readonly #listener: http.RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    this.requests.push(`${request.method} ${request.url}`);
    const { rewrite } = this;
    if (rewrite) changeJson(response, body => rewrite(url, body, request));
    const { fault, path } = this.fault ?? {};
    const answer = () => {
      if (!this.#handle(url, request, response)) sendJson(response, 404, { message: 'Not Found' });
    };
    if (fault && (!path || path.test(url.pathname)))
      this.#misbehave(fault, request, response, answer);
    else answer();
  };

  #misbehave(
    fault: Fault,
    request: http.IncomingMessage,
    response: http.ServerResponse,
    answer: () => void,
  ): void {
    switch (fault.kind) {
      case 'late': {
        const end = response.end.bind(response) as (body?: unknown) => http.ServerResponse;
        response.end = ((body?: unknown) => {
          setTimeout(() => end(body), fault.ms).unref();
          return response;
        }) as typeof response.end;
        answer();
        break;
      }
      case 'flap':
        this.#flaps += 1;
        if (this.#flaps % 2 === 0) answer();
        else misbehave({ kind: 'status', status: fault.status }, request, response);
        break;
      default:
        misbehave(fault, request, response);
    }
  }
}

function changeJson(response: http.ServerResponse, change: (body: unknown) => unknown): void {
  const end = response.end.bind(response) as (body?: unknown) => http.ServerResponse;
  response.end = ((body?: unknown) =>
    end(
      typeof body === 'string' && /^[[{]/.test(body)
        ? JSON.stringify(change(JSON.parse(body)))
        : body,
    )) as typeof response.end;
}

/** Answers JSON. */
export function sendJson(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): true {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
  return true;
}

function misbehave(
  fault: Fault,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): void {
  switch (fault.kind) {
    case 'status':
      sendJson(response, fault.status, { message: 'no', token: 'secret-in-body' }, fault.headers);
      break;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html>Sign in</html>');
      break;
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"items": [{"metadata": {"na');
      break;
    case 'reset':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"items": [');
      setTimeout(() => request.socket.resetAndDestroy(), 10);
      break;
    case 'redirect':
      response.writeHead(307, { location: fault.location });
      response.end();
      break;
    default:
      // A hang: nothing is ever answered.
      break;
  }
}
