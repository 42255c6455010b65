import { problemOf } from '../__testUtils__/describedAnswers';

const git = { id: 'git', kind: 'git', name: 'acme/platform', state: 'ok', ageSeconds: 1 };
const sources = (more: object) => problemOf('/sources', { items: [{ ...git, ...more }] });

describe('an answer', () => {
  it('as described is one', () => {
    expect(sources({})).toBeUndefined();
    expect(sources({ leftOut: [{ kind: 'file', name: 'a', reason: 'b' }] })).toBeUndefined();
    expect(problemOf('/versions', { items: [] })).toBeUndefined();
  });

  it.each<[string, object, RegExp]>([
    ['has a key more', { more: 1 }, /"more"/],
    [
      'has a key more in a list',
      { leftOut: [{ kind: 'file', name: 'a', reason: 'b', x: 1 }] },
      /"x"/,
    ],
    ['lacks a key', { leftOut: [{ kind: 'file', name: 'a' }] }, /leftOut\[0\]\.reason/],
    ['lacks what the browser can do without', { state: undefined }, /state/],
    ['has another word', { state: 'odd' }, /state/],
    ['has another type', { leftOutCount: 'two' }, /leftOutCount/],
    ['has another time', { currentAt: 'yesterday' }, /currentAt/],
  ])('that %s is none', (_, more, problem) => {
    expect(sources(more)).toMatch(problem);
  });

  it('without what only older servers leave out is none', () => {
    const version = { version: 'sha-1', tenants: 0, healthy: 0, ready: 0 };
    expect(problemOf('/versions', { items: [version] })).toMatch(/services[^]*measured/);
  });
});
