import { mockCredentials, startTestBackend } from '@backstage/backend-test-utils';
import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import request from 'supertest';
import { createRouter } from './createRouter';
import { parameters } from './parameters';
import { defineRoute } from './Route';

const routes = [
  defineRoute('listSources', {
    summary: 'x',
    params: parameters.none,
    query: parameters.none,
    handle: async () => ({ items: [] }),
  }),
];

const plugin = createBackendPlugin({
  pluginId: 'tenant-releases',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
      },
      async init({ httpRouter, ...options }) {
        httpRouter.use(createRouter(routes, options));
      },
    });
  },
});

describe('a call that there is not', () => {
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  beforeAll(async () => {
    backend = await startTestBackend({ features: [plugin] });
  });
  afterAll(() => backend.stop());

  const api = '/api/tenant-releases';
  const calls = ['get', 'post', 'put', 'patch', 'delete', 'options'] as const;
  const paths = ['/nothing', '/', '/releases/a/b/c/d', '/sources', '/openapi.json'];
  const absent = calls.flatMap(method =>
    paths
      .filter(path => method !== 'get' || !['/sources', '/openapi.json'].includes(path))
      .map(path => [method, path] as const),
  );

  it.each(absent)('is refused in Backstage’s error format: %s %s', async (method, path) => {
    const { status, body } = await request(backend.server)
      [method](api + path)
      .set('Authorization', mockCredentials.user.header());
    expect(status).toBe(404);
    expect(body).toEqual({
      error: {
        name: 'NotFoundError',
        message: 'There is no such call; openapi.json describes those that there are',
      },
      request: { method: method.toUpperCase(), url: path },
      response: { statusCode: 404 },
    });
  });

  it('has no body when only the head is asked for', async () => {
    const { status, text } = await request(backend.server)
      .head(`${api}/nothing`)
      .set('Authorization', mockCredentials.user.header());
    expect([status, text]).toEqual([404, undefined]);
  });

  it.each(absent)('says nothing to somebody who is not signed in: %s %s', async (method, path) => {
    const { status, body } = await request(backend.server)
      [method](api + path)
      .set('Authorization', mockCredentials.none.header());
    expect([status, body.error?.name]).toEqual([401, 'AuthenticationError']);
  });

  it('leaves the calls that there are alone', async () => {
    for (const path of ['/sources', '/openapi.json']) {
      const { status } = await request(backend.server)
        .get(api + path)
        .set('Authorization', mockCredentials.user.header());
      expect(status).toBe(200);
    }
  });
});

it('lets a page of another origin read the server’s clock', async () => {
  const { server } = await startTestBackend({ features: [plugin] });
  const { headers } = await request(server)
    .get('/api/tenant-releases/sources')
    .set('authorization', mockCredentials.user.header())
    .expect(200);
  expect(headers['access-control-expose-headers']).toMatch(/\bDate\b/);
  expect(Math.abs(Date.parse(headers.date) - Date.now())).toBeLessThan(5_000);
});
