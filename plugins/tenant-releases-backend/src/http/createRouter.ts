import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
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

/** Serves the routes and the document that describes them. Each wants a signed-in caller; refusals are audited. */
export function createRouter(routes: readonly Route[], options: RouterOptions): express.Router {
  const router = Router();
  const document = createOpenApiDocument(routes);
  for (const route of [...routes, documentRoute(document)]) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    router.get(path, async (request, response) => {
      const credentials = await options.httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const params = parseParameters(route.params, request.params, 'Path');
      const query = parseParameters(route.query, readQuery(request), 'Query');
      const context = { params, query, credentials, request, response };
      const body = await route.handle(context).catch(async error => {
        await auditDenial(options, route, request, params, error);
        throw error;
      });
      if (body) respondWithTag(request, response, body, credentials);
    });
  }
  // Without this the server answers 404 with an empty body, which no client of Backstage's can read.
  router.use(() => {
    throw new NotFoundError('There is no such call; openapi.json describes those that there are');
  });
  return router;
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
