import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { withoutDiscovery } from './promtoolConfig.mjs';

describe('withoutDiscovery', () => {
  it('keeps everything but how targets are found', () => {
    const text = `
global: { scrape_interval: 15s }
alerting: { alertmanagers: [{ dns_sd_configs: [{ names: [a] }], scheme: https }] }
scrape_configs:
  - { job_name: pods, kubernetes_sd_configs: [{ role: pod }], sample_limit: 5 }
  - { job_name: one, static_configs: [{ targets: [a:1] }] }
`;
    const targets = [{ targets: ['localhost:1'] }];
    assert.deepEqual(parse(withoutDiscovery(text)), {
      global: { scrape_interval: '15s' },
      alerting: { alertmanagers: [{ static_configs: targets, scheme: 'https' }] },
      scrape_configs: [
        { job_name: 'pods', static_configs: targets, sample_limit: 5 },
        { job_name: 'one', static_configs: [{ targets: ['a:1'] }] },
      ],
    });
  });
});
