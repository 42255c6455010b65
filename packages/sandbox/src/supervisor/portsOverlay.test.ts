import { ConfigValue, configOverlay, merged } from './portsOverlay';

const ports = new Map([
  [7007, 8080],
  [7101, 9101],
]);

describe('configOverlay', () => {
  it.each<[string, ConfigValue, ConfigValue]>([
    ['a URL', { a: 'http://localhost:7101/acme' }, { a: 'http://localhost:9101/acme' }],
    ['an address without a scheme', { host: 'localhost:7101' }, { host: 'localhost:9101' }],
    ['an address in numbers', { a: 'http://127.0.0.1:7007' }, { a: 'http://127.0.0.1:8080' }],
    ['a port alone', { listen: ':7007' }, { listen: ':8080' }],
    ['a number under port', { listen: { host: 'x', port: 7007 } }, { listen: { port: 8080 } }],
    [
      'an array, whole',
      { a: [{ name: 'one', url: 'http://localhost:7101' }, { name: 'two' }] },
      { a: [{ name: 'one', url: 'http://localhost:9101' }, { name: 'two' }] },
    ],
    ['a longer number', { a: 'http://localhost:71010' }, undefined],
    ['another host', { a: 'http://git.example:7101' }, undefined],
    ['a number elsewhere', { limit: 7007 }, undefined],
    ['nothing to change', { a: [1, 'x', null, true], b: {} }, undefined],
  ])('%s', (_, config, expected) => {
    expect(configOverlay(config, { ports })).toEqual(expected);
  });

  it('moves folders', () => {
    const folders = new Map([['../../.sandbox', '/state']]);
    const config = { directory: '../../.sandbox/portal', other: '../../.sandboxes/x' };
    expect(configOverlay(config, { ports: new Map(), folders })).toEqual({
      directory: '/state/portal',
    });
  });

  it('is nothing when every port is where it was', () => {
    const same = new Map([[7101, 7101]]);
    const config = { a: 'http://localhost:7101', port: 7101 };
    expect(configOverlay(config, { ports: same })).toBeUndefined();
  });
});

describe('merged', () => {
  it('merges objects and replaces everything else, without changing either', () => {
    const base = { a: { x: 1, y: 2 }, list: [1, 2], kept: 'k' };
    const over = { a: { y: 3 }, list: [3] };
    expect(merged(base, over)).toEqual({ a: { x: 1, y: 3 }, list: [3], kept: 'k' });
    expect(base.a.y).toBe(2);
  });
});
