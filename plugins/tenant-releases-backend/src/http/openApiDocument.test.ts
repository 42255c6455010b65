import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { createRouter } from './createRouter';
import { createOpenApiDocument } from './openApiDocument';
import { parameters } from './parameters';
import { defineRoute } from './Route';

const none = { summary: 'x', handle: async () => ({} as never) };
const routes = [
  defineRoute('listReleases', {
    ...none,
    params: parameters.none,
    query: parameters.listReleases,
  }),
  defineRoute('listLogs', { ...none, params: parameters.release, query: parameters.logs }),
  defineRoute('getPanel', { ...none, params: parameters.panel, query: parameters.range }),
];

/** Judges requests by the document alone, through Backstage's own validator. */
function documentedApp() {
  // The validator sees paths without the part that the router is mounted at.
  const document = { ...createOpenApiDocument(routes), servers: [{ url: '/' }] };
  const router = createValidatedOpenApiRouter(document as never);
  const app = express().use('/api/tenant-releases', router as never);
  app.use((_, response) => response.json({}));
  return app.use(mockErrorHandler());
}

function ourApp() {
  const router = createRouter(routes, {
    auditor: mockServices.auditor.mock(),
    httpAuth: mockServices.httpAuth(),
    logger: mockServices.logger.mock(),
  });
  const app = express().use('/api/tenant-releases', router);
  return app.use(mockErrorHandler());
}

describe('the OpenAPI document', () => {
  const documented = documentedApp();
  const ours = ourApp();

  // What the document cannot say (two parameters that contradict each other, parts of a list) is refused by us alone.
  it.each([
    ['/releases', 200],
    ['/releases?limit=5&q=a&service=demo-api&fields=state', 200],
    ['/releases?limit=x', 400],
    ['/releases?colour=red', 400],
    ['/releases?q=', 400],
    ['/releases?service=a_b', 400],
    ['/releases/acme/demo-api/logs?level=error&direction=forward', 200],
    ['/releases/acme/demo-api/logs?level=loud', 400],
    ['/releases/acme/demo-api/logs?direction=up', 400],
    ['/releases/Acme/demo-api/logs', 400],
    [`/releases/${'a'.repeat(41)}/demo-api/logs`, 400],
    ['/releases/acme/demo-api/panels/cpu?start=1&end=2&step=3', 200],
    ['/releases/acme/demo-api/panels/CPU', 400],
  ])('says of %s what the routes do: %s', async (path, status) => {
    const url = `/api/tenant-releases${path}`;
    const judged = await request(documented).get(url).set('Authorization', 'Bearer x');
    expect(judged.status).toBe(status);
    expect((await request(ours).get(url)).status).toBe(status);
  });
});
