import type { HttpAuthService } from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { createOpenApiDocument } from './openApiDocument';
import { parameters, parseParameters, readQuery } from './parameters';
import { respondWithTag } from './respond';
import type { Route } from './Route';

/** Serves the routes and the document that describes them. Each wants a signed-in caller. */
export function createRouter(routes: readonly Route[], httpAuth: HttpAuthService): express.Router {
  const router = Router();
  const document = createOpenApiDocument(routes);
  for (const route of [...routes, documentRoute(document)]) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    router.get(path, async (request, response) => {
      const credentials = await httpAuth.credentials(request, { allow: ['user', 'service'] });
      const params = parseParameters(route.params, request.params, 'Path');
      const query = parseParameters(route.query, readQuery(request), 'Query');
      const body = await route.handle({ params, query, credentials, request, response });
      if (body) respondWithTag(request, response, body, credentials);
    });
  }
  return router;
}

function documentRoute(document: object): Route {
  const route: Route<object, object> = {
    operationId: 'getOpenApiDocument',
    summary: 'The description of this API',
    path: '/openapi.json',
    params: parameters.none,
    query: parameters.none,
    handle: async () => document,
  };
  return route as unknown as Route;
}
