import { cleanPath, findRoute, Route } from './router';

const route = (method: Route['method'], pattern: string): Route => ({
  method,
  pattern,
  handle: async () => undefined,
});
const routes = [
  route('GET', '/api/v1/applications'),
  route('GET', '/api/v1/applications/{name}'),
  route('POST', '/api/v1/applications/{name}/sync'),
];

describe('findRoute', () => {
  it.each<[string, string, object | string | undefined]>([
    ['GET', '/api/v1/applications', {}],
    ['GET', '/api/v1/applications/tenant-a', { name: 'tenant-a' }],
    ['GET', '/api/v1/applications/a%20b', { name: 'a b' }],
    ['GET', '/api/v1/applications/..%2Fclusters', undefined],
    ['GET', '/api/v1/applications/', undefined],
    ['GET', '/api/v1/applications/a/sync', 'method-not-allowed'],
    ['GET', '/api/v1/nothing', undefined],
  ])('%s %s', (method, path, expected) => {
    const found = findRoute(routes, method, path);
    expect(typeof found === 'object' ? found.parameters : found).toEqual(expected);
  });

  it('throws on a malformed escape', () => {
    expect(() => findRoute(routes, 'GET', '/api/v1/applications/%E0%A4%A')).toThrow(URIError);
  });
});

describe('cleanPath', () => {
  it.each([
    ['/api/v1/applications/../clusters', '/api/v1/clusters'],
    ['/api//v1/./x', '/api/v1/x'],
    ['/../..', '/'],
    ['/api/v1/', '/api/v1/'],
    ['/', '/'],
    ['/api/..%2Fx', '/api/..%2Fx'],
  ])('%s is %s', (path, expected) => expect(cleanPath(path)).toBe(expected));
});
