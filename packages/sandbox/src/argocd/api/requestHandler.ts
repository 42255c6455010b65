import { IncomingMessage, ServerResponse } from 'node:http';
import { Logger } from '../log';
import { Account, Accounts } from './accounts';
import { ApiError, errorBody } from './apiError';
import { readBody } from './readBody';
import { Call, cleanPath, findRoute, Route } from './router';

const text = 'text/plain; charset=utf-8';

/** What the handler serves. */
export interface HandlerOptions {
  routes: Route[];
  accounts: Accounts;
  log: Logger;
  /** Whether applications are known yet; before, everything about them is answered 503 rather than with nothing. */
  isReady(): boolean;
  webhook(request: IncomingMessage, response: ServerResponse): Promise<void>;
  page(path: string, response: ServerResponse): void;
}

/** Answers requests in the way of Argo CD's server: Go's ServeMux in front of grpc-gateway. */
export function createRequestHandler(options: HandlerOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await answer(request, response, options);
    } catch (error) {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      const isStream = request.url?.startsWith('/api/v1/stream/') ?? false;
      sendError(response, asApiError(error, options.log), isStream);
    }
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: HandlerOptions,
): Promise<void> {
  const [path, search = ''] = splitUrl(request.url ?? '/');
  const method = request.method ?? 'GET';
  const cleaned = cleanPath(path);
  if (cleaned !== path) {
    redirect(response, method, search ? `${cleaned}?${search}` : cleaned);
    return;
  }
  if (path === '/api/webhook') {
    await options.webhook(request, response);
    return;
  }
  if (path !== '/api' && !path.startsWith('/api/')) {
    options.page(path, response);
    return;
  }
  if (method !== 'GET' && request.headers['content-type']?.toLowerCase() !== 'application/json') {
    sendText(response, 415, 'Invalid content type');
    return;
  }
  const found = findRoute(options.routes, method, path);
  if (!found) {
    sendText(response, 404, 'Not Found');
    return;
  }
  if (found === 'method-not-allowed') {
    sendText(response, 405, 'Method Not Allowed');
    return;
  }
  const { route, parameters } = found;
  const account = authenticate(request, route, options.accounts);
  if (!route.public && !options.isReady()) {
    throw new ApiError('unavailable', 'the cluster cache is not synchronised yet');
  }
  const call: Call = {
    request,
    response,
    parameters,
    query: new URLSearchParams(search),
    account,
    body: async () => parseBody(await readBody(request)),
  };
  const body = await route.handle(call);
  if (body !== undefined) sendJson(response, 200, body);
}

function authenticate(
  request: IncomingMessage,
  route: Route,
  accounts: Accounts,
): Account | undefined {
  try {
    return accounts.authenticate(request);
  } catch (error) {
    if (route.public) return undefined;
    throw error;
  }
}

function parseBody(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ApiError('invalidArgument', 'invalid character in the request body');
  }
}

function splitUrl(url: string): [path: string, search?: string] {
  const at = url.indexOf('?');
  return at < 0 ? [url] : [url.slice(0, at), url.slice(at + 1)];
}

function asApiError(error: unknown, log: Logger): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof URIError) return new ApiError('invalidArgument', 'invalid URL escape');
  log(`api: ${error instanceof Error ? error.stack ?? error.message : error}`);
  return new ApiError('unknown', 'internal error');
}

function redirect(response: ServerResponse, method: string, location: string): void {
  const isRead = method === 'GET' || method === 'HEAD';
  const escaped = location.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&#34;');
  response.writeHead(307, {
    Location: location,
    ...(isRead ? { 'Content-Type': 'text/html; charset=utf-8' } : {}),
  });
  response.end(isRead ? `<a href="${escaped}">Temporary Redirect</a>.\n\n` : undefined);
}

function sendText(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': text, 'X-Content-Type-Options': 'nosniff' });
  response.end(`${message}\n`);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** A stream that fails before its first message has an error of its own form. */
function sendError(response: ServerResponse, error: ApiError, isStream: boolean): void {
  if (!isStream) {
    sendJson(response, error.httpStatus, errorBody(error));
    return;
  }
  const names: Record<number, string> = {
    400: 'Bad Request',
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'Not Found',
    500: 'Internal Server Error',
    503: 'Service Unavailable',
  };
  sendJson(response, error.httpStatus, {
    error: {
      grpc_code: error.code,
      http_code: error.httpStatus,
      message: error.message,
      http_status: names[error.httpStatus],
    },
  });
}
