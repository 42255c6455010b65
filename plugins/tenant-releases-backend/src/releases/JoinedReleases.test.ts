import type { Release } from '@internal/plugin-tenant-releases-common';
import { ChangeHints } from '../upstream/ChangeHints';
import { JoinedReleases } from './JoinedReleases';

function setUp() {
  const hints = new ChangeHints();
  let now = 10_000;
  let joins = 0;
  const joined = new JoinedReleases([hints], () => now);
  const get = (tenant: string, service = 'demo-api') =>
    joined.get({ tenant, service }, at => {
      joins += 1;
      return { tenant, service, at: at.getTime() } as unknown as Release;
    });
  return { hints, get, joins: () => joins, pass: (ms: number) => (now += ms) };
}

describe('JoinedReleases', () => {
  it('joins a release once while nothing changes', () => {
    const { get, joins } = setUp();
    expect(get('a')).toBe(get('a'));
    expect(get('a', 'other')).not.toBe(get('a'));
    expect(joins()).toBe(2);
  });

  it('joins anew what a hint names, and nothing else', () => {
    const { hints, get, joins } = setUp();
    get('a');
    const b = get('b');
    hints.emit(['a']);
    get('a');
    expect(get('b')).toBe(b);
    expect(joins()).toBe(3);
    hints.emitAll();
    expect(get('b')).not.toBe(b);
  });

  it('joins anew after a second, and when the clock goes back', () => {
    const { get, pass } = setUp();
    const first = get('a');
    pass(999);
    expect(get('a')).toBe(first);
    pass(1);
    const second = get('a');
    expect(second).not.toBe(first);
    pass(-500);
    expect(get('a')).not.toBe(second);
  });
});
