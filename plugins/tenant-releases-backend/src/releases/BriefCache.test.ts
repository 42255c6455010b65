import { ChangeHints } from '../upstream/ChangeHints';
import { BriefCache } from './BriefCache';

function setUp() {
  const hints = new ChangeHints();
  let now = 10_000;
  let made = 0;
  const cache = new BriefCache<object>([hints], () => now);
  const get = (tenant: string, service = 'demo-api') =>
    cache.get({ tenant, service }, at => {
      made += 1;
      return { tenant, service, at: at.getTime() };
    });
  return { hints, get, made: () => made, pass: (ms: number) => (now += ms) };
}

describe('BriefCache', () => {
  it('makes a value once while nothing changes', () => {
    const { get, made } = setUp();
    expect(get('a')).toBe(get('a'));
    expect(get('a', 'other')).not.toBe(get('a'));
    expect(made()).toBe(2);
  });

  it('makes anew what a hint names, and nothing else', () => {
    const { hints, get, made } = setUp();
    get('a');
    const b = get('b');
    hints.emit(['a']);
    get('a');
    expect(get('b')).toBe(b);
    expect(made()).toBe(3);
    hints.emitAll();
    expect(get('b')).not.toBe(b);
  });

  it('makes anew after a second, and when the clock goes back', () => {
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
