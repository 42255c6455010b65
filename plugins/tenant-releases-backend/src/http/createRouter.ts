import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import express from 'express';
import Router from 'express-promise-router';
import { auditDenial, type AuditOptions } from './auditDenial';
import { createOpenApiDocument } from './openApiDocument';
import { parameters, parseParameters, readQuery } from './parameters';
import { respondWithTag } from './respond';
import type { Route, RouteOptions } from './Route';

/** What the routes are served with. */
export interface RouterOptions extends AuditOptions {
  httpAuth: HttpAuthService;
}

/** Some thousand names have less. */
const maxBody = '1mb';
const json = express.json({ limit: maxBody });

/** Reads JSON; whatever else is sent is refused in words. */
const readJson: express.RequestHandler = (request, response, next) =>
  json(request, response, (error?: unknown) => {
    if (!error) return next();
    const isLarge = (error as { status?: number }).status === 413;
    const problem = isLarge ? `is larger than ${maxBody}` : 'is no JSON that can be read';
    return next(new InputError(`request: ${problem}`));
  });

/** Serves the routes and the document that describes them. Each wants a signed-in caller; refusals are audited. */
export function createRouter(routes: readonly Route[], options: RouterOptions): express.Router {
  const router = Router();
  const document = createOpenApiDocument(routes);
  for (const route of [...routes, documentRoute(document)]) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    const handle: express.RequestHandler = async (request, response) => {
      const credentials = await options.httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const params = parseParameters(route.params, request.params, 'Path');
      const query = parseParameters(route.query, readQuery(request), 'Query');
      const body = route.body ? readBody(request) : undefined;
      const context = { params, query, body, credentials, request, response };
      const answer = await route.handle(context).catch(async error => {
        await auditDenial(options, route, request, params, error);
        throw error;
      });
      if (!answer) return;
      if (route.body) response.json(answer);
      else respondWithTag(request, response, answer, credentials);
    };
    if (route.body) router.post(path, readJson, handle);
    else router.get(path, handle);
  }
  // Without this the server answers 404 with an empty body, which no client of Backstage's can read.
  router.use(() => {
    throw new NotFoundError('There is no such call; openapi.json describes those that there are');
  });
  return router;
}

function readBody({ body, headers }: express.Request): unknown {
  // Express makes an empty object of what is no JSON.
  if (/^application\/json\b/i.test(headers['content-type'] ?? '')) return body;
  throw new InputError('request: must be JSON, sent with Content-Type: application/json');
}

function documentRoute(document: object): Route {
  const options: RouteOptions<object, object, object> = {
    summary: 'The description of this API',
    params: parameters.none,
    query: parameters.none,
    handle: async () => document,
  };
  const operation = { operationId: 'getOpenApiDocument', path: '/openapi.json' };
  return { ...operation, ...options } as unknown as Route;
}
