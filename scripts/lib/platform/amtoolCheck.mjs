/** Alertmanager's own checks: of its configuration and templates, and of who hears of what. */
import { judge } from './judge.mjs';

const file = 'gitops/platform/alertmanager/alertmanager.yaml';

/** Labels of an alert, and the receivers that it must reach. */
const routes = [
  [{ alertname: 'Watchdog', severity: 'none', owner: 'group:default/platform' }, ['watchdog']],
  [
    {
      alertname: 'TenantLatencyHigh',
      severity: 'warning',
      tenant: 'tenant-a',
      owner: 'group:default/tenant-a-owners',
    },
    ['tenant-owner'],
  ],
  [
    {
      alertname: 'TenantUnavailable',
      severity: 'critical',
      tenant: 'tenant-a',
      owner: 'group:default/tenant-a-owners',
    },
    ['on-call', 'tenant-owner'],
  ],
  // A tenant without an owner is the platform's.
  [
    {
      alertname: 'TenantLatencyHigh',
      severity: 'warning',
      tenant: 'tenant-x',
      owner: 'group:default/platform',
    },
    ['platform'],
  ],
  [
    { alertname: 'PlatformRuleFailing', severity: 'critical', owner: 'group:default/platform' },
    ['on-call'],
  ],
  [
    {
      alertname: 'PlatformLogsDropped',
      severity: 'warning',
      tenant: 'tenant-a',
      owner: 'group:default/platform',
    },
    ['platform'],
  ],
];

export const amtool = {
  title: 'amtool: Alertmanager’s configuration and routes',
  tools: ['amtool'],
  async run(programs) {
    const results = [await judge(`config ${file}`, programs.amtool, ['check-config', file])];
    for (const [labels, receivers] of routes) {
      const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
      const args = ['config', 'routes', 'test', `--config.file=${file}`];
      const verify = `--verify.receivers=${receivers.join(',')}`;
      const title = `${pairs.join(' ')} reaches ${receivers.join(' and ')}`;
      results.push(await judge(title, programs.amtool, [...args, verify, ...pairs]));
    }
    return results;
  },
};
