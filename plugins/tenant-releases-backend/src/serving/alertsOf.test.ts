import type { PrometheusAlert } from '../telemetry/PrometheusClient';
import { alertsOf } from './alertsOf';

const names = { labels: { namespace: 'namespace', service: 'service' } };

function alert(
  labels: Record<string, string>,
  more: Partial<PrometheusAlert> = {},
): PrometheusAlert {
  return {
    labels: { alertname: 'Down', ...labels },
    annotations: {},
    state: 'firing',
    activeAt: '2026-11-23T10:00:00.123456789Z',
    ...more,
  };
}

it('sorts alerts by tenant, the worst first, then the oldest', () => {
  const found = alertsOf(
    [
      alert({ tenant: 'acme', severity: 'warning', alertname: 'Slow' }),
      alert(
        { namespace: 'acme', severity: 'critical', service: 'api' },
        {
          annotations: { summary: 'It is down' },
        },
      ),
      alert({ namespace: 'acme', severity: 'warning' }, { activeAt: '2026-11-23T09:00:00Z' }),
      alert({ namespace: 'globex' }, { activeAt: 'never' }),
    ],
    names,
  );
  expect(found.get('acme')).toEqual([
    {
      name: 'Down',
      severity: 'critical',
      service: 'api',
      summary: 'It is down',
      since: '2026-11-23T10:00:00.123Z',
    },
    { name: 'Down', severity: 'warning', since: '2026-11-23T09:00:00.000Z' },
    { name: 'Slow', severity: 'warning', since: '2026-11-23T10:00:00.123Z' },
  ]);
  expect(found.get('globex')).toEqual([{ name: 'Down' }]);
});

it.each([
  ['names no tenant', alert({ severity: 'critical' })],
  ['only says that alerts work', alert({ tenant: 'acme', severity: 'none' })],
  ['is for information', alert({ tenant: 'acme', severity: 'Info' })],
  ['has no name', alert({ tenant: 'acme', alertname: '' })],
])('leaves out one that %s', (_, one) => {
  expect(alertsOf([one], names).size).toBe(0);
});

it('counts all of a tenant, and keeps the words of a hundred', () => {
  const many = Array.from({ length: 1_000 }, (_, index) =>
    alert(
      { tenant: 'acme', alertname: `A${index}`, severity: index === 999 ? 'critical' : 'low' },
      {
        annotations: { summary: 'It is down' },
      },
    ),
  );
  const found = alertsOf(many, names).get('acme');
  expect(found).toHaveLength(1_000);
  expect(found?.filter(({ summary }) => summary)).toHaveLength(100);
  expect(found?.filter(({ since }) => since)).toHaveLength(1_000);
  expect(found?.[0].name).toBe('A999');
});
