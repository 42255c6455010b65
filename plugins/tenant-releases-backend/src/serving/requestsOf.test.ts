import { partLabel } from './fleetQueries';
import { requestsOf, worstVersion, type Sample } from './requestsOf';

const names = { labels: { namespace: 'namespace', service: 'service' } };

function sample(part: string, value: number, more: Record<string, string> = {}): Sample {
  const labels = {
    namespace: 'acme',
    service: 'api',
    version: 'sha-2',
    [partLabel]: part,
    ...more,
  };
  return { labels, value };
}

it('adds up the versions of a release, and counts a minute', () => {
  const found = requestsOf(
    [
      sample('all', 2),
      sample('all', 1, { version: 'sha-1' }),
      sample('failed', 1),
      sample('failed', 0.1, { version: 'sha-1' }),
      sample('all', 5, { namespace: 'globex' }),
    ],
    names,
    60,
  );
  const acme = found.get('acme/api')!;
  expect([acme.all, acme.failed]).toEqual([180, 66]);
  expect(worstVersion(acme)).toBe('sha-2');
  expect(found.get('globex/api')).toMatchObject({ all: 300, failed: 0 });
  expect(worstVersion(found.get('globex/api')!)).toBeUndefined();
});

it.each([
  ['no tenant', { namespace: '' }],
  ['no service', { service: '' }],
])('takes a series with %s for nobody’s', (_, more) => {
  expect(requestsOf([sample('all', 1, more)], names, 60).size).toBe(0);
});

it.each([NaN, Infinity, -1])('takes %d for no value', value => {
  expect(requestsOf([sample('all', value)], names, 60).size).toBe(0);
});

it('knows no version where series have none', () => {
  const found = requestsOf([sample('failed', 1, { version: '' })], names, 60);
  expect(worstVersion(found.get('acme/api')!)).toBeUndefined();
});
