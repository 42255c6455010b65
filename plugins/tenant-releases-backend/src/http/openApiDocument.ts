import { z } from 'zod';
import { answerRef, answerSchemas } from './answerSchemas';
import type { Route } from './Route';

type JsonSchema = Record<string, unknown>;

/** The OpenAPI 3.1 document of the routes: https://spec.openapis.org/oas/v3.1.0 */
export function createOpenApiDocument(routes: readonly Route[]): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Releases of tenants',
      version: '1',
      description: 'What Git wants, what Argo CD synced and what the pods run, for each tenant.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/tenant-releases' }],
    security: [{ backstage: [] }],
    paths: pathsOf(routes),
    components: {
      securitySchemes: { backstage: { type: 'http', scheme: 'bearer' } },
      schemas: answerSchemas(),
    },
  };
}

function pathsOf(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.body ? 'post' : 'get']: operation(route) };
  }
  return paths;
}

function operation(route: Route): object {
  const { operationId, summary, permission, params, query, body, answer } = route;
  return {
    operationId,
    summary,
    ...(permission ? { 'x-permission': permission } : {}),
    parameters: [...parametersIn('path', params), ...parametersIn('query', query)],
    ...(body ? { requestBody: { required: true, content: contentOf(body) } } : {}),
    responses: {
      200: { description: 'The answer', content: contentOf(answer) },
      ...(body ? { 201: { description: 'Something was opened', content: contentOf(answer) } } : {}),
      ...(answer && !body ? { 304: { description: 'The caller has it already' } } : {}),
      400: problem('A parameter is malformed or not known; the message names it'),
      401: problem('The caller is not signed in'),
      ...(permission
        ? {
            403: problem('The caller may read the release, but not this part of it'),
            404: problem('There is no such release, or the caller may not read it'),
            409: problem('More than one GitOps repository names the release'),
            503: problem('The upstream does not answer, and nothing is known'),
          }
        : {}),
    },
  };
}

function parametersIn(place: 'path' | 'query', schema: z.ZodType): object[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' }) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...found }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description ? { description } : {}),
    schema: found,
  }));
}

function contentOf(answer: z.ZodType | undefined): object {
  return answer
    ? { 'application/json': { schema: answerRef(answer) } }
    : { 'text/event-stream': { schema: { type: 'string' } } };
}

function problem(description: string): object {
  return {
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  };
}
