/** Prometheus, Loki and Grafana as a whole. */
import { kubeCheck } from '../kubeCheck.mjs';
import { fail, notHere, pass, some } from '../verdict.mjs';

/** @returns the checks of the telemetry as a whole */
export function telemetryChecks(context) {
  const { servers, target } = context;
  const embedded = target.kind === 'embedded';
  const ask = (id, server, request, judge) => ({
    id,
    command: servers.command(server, request),
    run: async () => judge(await servers.json(server, request)),
  });
  const checks = [
    ask('prometheus', 'prometheus', { path: '/api/v1/query', query: { query: 'up' } }, judgeUp),
    ask('alert-rules', 'prometheus', { path: '/api/v1/rules', query: { type: 'alert' } }, answer =>
      judgeRules(answer, embedded),
    ),
    ask(
      'loki',
      'loki',
      { path: '/loki/api/v1/labels', headers: { 'X-Scope-OrgID': 'verify' } },
      judgeLoki,
    ),
  ];
  if (embedded) {
    const run = async () => notHere('the embedded platform has a page in place of Grafana');
    return [...checks, { id: 'grafana', command: servers.command('grafana', health), run }];
  }
  const service = kubeCheck(context, {
    id: 'loki-service',
    args: ['get', 'service', 'loki', '-n', target.observability],
    judge: ({ spec }) => pass(`Service loki on port ${spec.ports?.[0]?.port}`),
  });
  if (target.urls.loki) service.run = async () => notHere('Loki is elsewhere: a URL is given');
  return [
    ...checks,
    service,
    ask('grafana', 'grafana', health, judgeGrafana),
    dataSources(context),
  ];
}

const health = { path: '/api/health' };

/** By Grafana's API for who has a token, else by what Grafana is provisioned with. */
function dataSources(context) {
  const { servers, target } = context;
  const id = 'grafana-data-sources';
  if (!target.tokens?.grafana) {
    const args = ['get', 'configmaps', '-n', target.observability];
    return kubeCheck(context, { id, args, judge: judgeProvisioned });
  }
  const request = { path: '/api/datasources' };
  return {
    id,
    command: servers.command('grafana', request),
    run: async () => judgeDataSources(await servers.json('grafana', request)),
  };
}

/** Prometheus answers queries, and scrapes something. */
export function judgeUp({ data }) {
  if (data.result.length === 0) return fail('Prometheus scrapes nothing');
  const up = data.result.filter(({ value }) => value[1] === '1').length;
  return pass(`Prometheus answers: ${up} of ${data.result.length} targets up`);
}

/** Alerting rules are loaded and can be evaluated. */
export function judgeRules({ data }, embedded) {
  const rules = data.groups.flatMap(group => group.rules);
  if (rules.length === 0) {
    return embedded
      ? notHere('the embedded Prometheus has no alerting rules')
      : fail('Prometheus has no alerting rules');
  }
  const sick = rules.filter(({ health }) => health === 'err');
  if (sick.length > 0) return fail(`rules fail: ${some(sick.map(({ name }) => name))}`);
  return pass(`${rules.length} alerting rules`);
}

/** Loki answers for a tenant that it has never seen, as it should. */
export function judgeLoki({ status }) {
  return status === 'success' ? pass('Loki answers') : fail(`Loki answers "${status}"`);
}

/** Two stacks that both claim the default leave it to chance which one a dashboard asks. */
export function judgeDataSources(sources) {
  const chosen = sources.filter(({ isDefault }) => isDefault).map(({ name }) => name);
  if (chosen.length !== 1) {
    return fail(`${chosen.length} default data sources: ${chosen.join(', ') || 'none'}`);
  }
  return pass(`${sources.length} data sources, the default is ${chosen[0]}`);
}

/** The same of the ConfigMaps from which Grafana's provisioning reads. */
export function judgeProvisioned({ items }) {
  const texts = items.flatMap(({ data }) => Object.values(data ?? {}));
  const provisioned = texts.filter(text => /^datasources:/m.test(text));
  if (provisioned.length === 0) return notHere('no ConfigMap provisions data sources of Grafana');
  const count = provisioned.join('\n').match(/^\s*(- )?isDefault:\s*true\b/gm)?.length ?? 0;
  if (count !== 1) return fail(`${count} data sources are provisioned as the default`);
  return pass('one data source is provisioned as the default');
}

/** Grafana runs and reaches its database. */
export function judgeGrafana({ database, version }) {
  return database === 'ok' ? pass(`Grafana ${version} answers`) : fail('Grafana lost its database');
}
