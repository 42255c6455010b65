/* eslint-disable no-script-url -- addresses that must not become links */
import { grafanaLink, safeLink } from './grafanaLink';
import { timeRangeById } from './timeRange';

const now = 1_795_435_200_000;

describe('grafanaLink', () => {
  it('fills in tenant and time range, and keeps the rest', () => {
    const link = grafanaLink(
      'https://grafana.test/d/tenant-release?orgId=1&var-tenant=other&from=now-5m',
      'tenant-a',
      timeRangeById('6h'),
      now,
    );
    const { origin, pathname, searchParams } = new URL(link ?? '');
    expect(origin + pathname).toBe('https://grafana.test/d/tenant-release');
    expect(Object.fromEntries(searchParams)).toEqual({
      orgId: '1',
      'var-tenant': 'tenant-a',
      from: String(now - 6 * 3600 * 1000),
      to: String(now),
    });
  });

  it.each([undefined, '', 'no address', '/d/relative', 'javascript:alert(1)'])(
    'makes no link of %p',
    link => {
      expect(grafanaLink(link, 'tenant-a', timeRangeById('1h'), now)).toBeUndefined();
    },
  );
});

describe('safeLink', () => {
  it.each([
    ['http://localhost:7101/acme/platform', true],
    ['https://git.test/x', true],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    [undefined, false],
  ])('%p', (link, safe) => {
    expect(safeLink(link)).toBe(safe ? link : undefined);
  });
});
