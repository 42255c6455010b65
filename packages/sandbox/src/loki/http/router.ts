import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import { httpError, LokiError } from '../lokiError';
import { LogqlError } from '../logql/logqlError';
import { parsePush } from '../ingest/pushRequest';
import { push } from '../ingest/push';
import { sourcesOf } from '../query/source';
import type { LogStore } from '../store/logStore';
import {
  labelNames,
  labelValues,
  queryInstant,
  queryRange,
  seriesList,
  type QueryContext,
} from './queryHandlers';
import { parseTenant, type TenantUse } from './tenant';

/** The version whose behaviour this follows. */
const version = '3.7.6';

const plain = 'text/plain; charset=utf-8';
const json = 'application/json; charset=UTF-8';

const errorHandler =
  (log: (line: string) => void): ErrorRequestHandler =>
  // Express knows an error handler by its four parameters.
  (error, request, response, _next) => {
    const send = (status: number, body: string) =>
      response.writeHead(status, { 'Content-Type': plain }).end(body);
    if (error instanceof LokiError) return void send(error.status, error.body);
    if (error instanceof LogqlError) return void send(400, error.message);
    // What express' body parsers throw, for example 413.
    if (error.expose === true && error.status < 500) {
      return void send(error.status, `${error.message}\n`);
    }
    log(`${request.method} ${request.path}: ${error.stack ?? error}`);
    return void send(500, 'internal error\n');
  };

/** Parameters come in the URL, or in the body of a form. */
function parametersOf(request: Request): URLSearchParams {
  const parameters = new URL(request.url, 'http://localhost').searchParams;
  if (typeof request.body !== 'string') return parameters;
  for (const [name, value] of new URLSearchParams(request.body)) parameters.append(name, value);
  return parameters;
}

/**
 * The part of Loki's HTTP API that the platform has.
 *
 * @param options - `now` gives nanoseconds since 1970
 * @see https://grafana.com/docs/loki/latest/reference/loki-http-api/
 */
export function createLokiApp(options: {
  store: LogStore;
  now: () => bigint;
  log: (line: string) => void;
}): Express {
  const { store, now, log } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');

  app.get('/ready', (_request, response) => {
    response.writeHead(200, { 'Content-Type': plain }).end('ready\n');
  });
  app.get('/loki/api/v1/status/buildinfo', (_request, response) => {
    const built = { revision: 'sandbox', branch: '', buildUser: '', buildDate: '', goVersion: '' };
    response.writeHead(200, { 'Content-Type': json }).end(JSON.stringify({ version, ...built }));
  });
  app.get('/config', (_request, response) => {
    response
      .writeHead(200, { 'Content-Type': plain })
      .end('auth_enabled: true\nlimits_config:\n    max_entries_limit_per_query: 5000\n');
  });

  const body = express.text({ type: () => true, limit: '16mb' });
  app.post('/loki/api/v1/push', body, (request, response) => {
    const tenant = parseTenant(request.get('x-scope-orgid'), 'push');
    if (!request.is('application/json')) {
      throw httpError(
        415,
        "the sandbox's Loki takes pushes as application/json, not as snappy-compressed protobuf",
      );
    }
    push(store, tenant, parsePush(String(request.body ?? '')), now());
    response.writeHead(204).end();
  });

  const form = express.text({ type: 'application/x-www-form-urlencoded' });
  const answer = (
    path: string,
    handler: (context: QueryContext, request: Request) => object,
    use: TenantUse = 'query',
  ) => {
    app.all(path, form, (request, response) => {
      if (!['GET', 'HEAD', 'POST'].includes(request.method)) throw new LokiError(405, '');
      const tenant = parseTenant(request.get('x-scope-orgid'), use);
      const context = {
        parameters: parametersOf(request),
        sources: sourcesOf(store, tenant),
        now: now(),
      };
      const text = `${JSON.stringify(handler(context, request))}\n`;
      response.writeHead(200, { 'Content-Type': json }).end(text);
    });
  };
  answer('/loki/api/v1/query_range', queryRange, 'query_range');
  answer('/loki/api/v1/query', queryInstant);
  answer('/loki/api/v1/labels', labelNames);
  answer('/loki/api/v1/label', labelNames);
  answer('/loki/api/v1/label/:name/values', (context, request) =>
    labelValues(context, String(request.params.name)),
  );
  answer('/loki/api/v1/series', seriesList);

  app.use((_request, response) => {
    response.writeHead(404, { 'Content-Type': plain }).end('404 page not found\n');
  });
  app.use(errorHandler(log));
  return app;
}
