/** Metrics and logs: from the pod's own page to what Prometheus and Loki have of it. */
import { fail, notHere, pass, some } from '../verdict.mjs';
import { kubeCheck } from '../kubeCheck.mjs';

/** @returns the checks of one tenant */
export function telemetryChecks(context, tenant) {
  return [
    metricsPage(context, tenant),
    prometheusTargets(context, tenant),
    prometheusVersion(context, tenant),
    logs(context, tenant, 'logs', ''),
    logs(context, tenant, 'error-logs', ' |= "error"'),
  ];
}

/** @returns the checks of the telemetry as a whole */
export function telemetryPlatformChecks(context) {
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

function metricsPage({ kubectl, target }, tenant) {
  const embedded = target.kind === 'embedded';
  const service = '-l tenant-releases.io/service=demo-api';
  return {
    id: 'metrics',
    tenant,
    command: embedded
      ? `kubectl get --raw /api/v1/namespaces/${tenant}/services/demo-api:8000/proxy/metrics`
      : `kubectl -n ${tenant} port-forward service/demo-api 8000 & curl -s localhost:8000/metrics`,
    run: async () => {
      const { items } = await kubectl.json(['get', 'pods', '-n', tenant, ...service.split(' ')]);
      const pod = items.find(({ status }) => status?.phase === 'Running');
      if (!pod) return fail('no pod of demo-api runs');
      const nodes = await kubectl.json(['get', 'node', pod.spec.nodeName]).catch(() => undefined);
      if (nodes?.metadata?.annotations?.['kwok.x-k8s.io/node']) {
        return notHere('the node is played by KWOK: nothing runs in its pods');
      }
      const text = embedded
        ? await raw(
            kubectl,
            `/api/v1/namespaces/${tenant}/pods/${pod.metadata.name}:8000/proxy/metrics`,
          )
        : await page(await kubectl.forward(tenant, `pod/${pod.metadata.name}`, 8000));
      return judgeMetrics(text, pod.metadata.labels['app.kubernetes.io/version']);
    },
  };
}

async function raw(kubectl, path) {
  const { code, stdout, stderr } = await kubectl.run(['get', '--raw', path]);
  if (code !== 0) throw new Error(stderr.trim());
  return stdout;
}

async function page(base) {
  const answer = await fetch(`${base}/metrics`, { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.text();
}

/** The page names the version that the pod is labelled with. */
export function judgeMetrics(text, version) {
  const found = /^demo_api_build_info\{[^}]*version="([^"]*)"[^}]*\} 1$/m.exec(text)?.[1];
  if (found === undefined) return fail('/metrics answers without demo_api_build_info');
  if (found !== version) return fail(`/metrics says ${found}, the pod's label ${version}`);
  return pass(`/metrics answers and says ${found}`);
}

function prometheusTargets({ servers }, tenant) {
  const request = { path: '/api/v1/targets', query: { state: 'active' } };
  return {
    id: 'prometheus-targets',
    tenant,
    command: servers.command('prometheus', request),
    run: async () => judgeTargets(await servers.json('prometheus', request), tenant),
  };
}

/** Every target of the tenant is up, and there is one. */
export function judgeTargets({ data }, tenant) {
  const targets = data.activeTargets.filter(({ labels }) => labels.namespace === tenant);
  if (targets.length === 0) return fail('Prometheus scrapes nothing of this tenant');
  const down = targets.filter(({ health }) => health !== 'up');
  if (down.length > 0) {
    const reasons = down.map(({ labels, lastError, health }) => {
      return `${labels.pod ?? labels.instance} (${lastError || health})`;
    });
    return fail(`targets down: ${some(reasons)}`);
  }
  return pass(`${targets.length} of ${targets.length} Prometheus targets up`);
}

function prometheusVersion({ servers }, tenant) {
  const query = `count by (version) (demo_api_build_info{namespace="${tenant}"})`;
  const request = { path: '/api/v1/query', query: { query } };
  return {
    id: 'prometheus-version',
    tenant,
    command: servers.command('prometheus', request),
    run: async () => judgeVersions(await servers.json('prometheus', request)),
  };
}

/** Prometheus knows which version runs. */
export function judgeVersions({ data }) {
  const versions = data.result.map(({ metric, value }) => `${metric.version} on ${value[1]} pods`);
  if (versions.length === 0) return fail('Prometheus has no demo_api_build_info of this tenant');
  return pass(`Prometheus sees ${some(versions)}`);
}

function logs({ servers }, tenant, id, filter) {
  const query = `{namespace="${tenant}"}${filter}`;
  const request = {
    path: '/loki/api/v1/query_range',
    query: { query, since: '1h', limit: 100 },
    headers: { 'X-Scope-OrgID': tenant },
  };
  return {
    id,
    tenant,
    command: servers.command('loki', request),
    run: async () => judgeLogs(await servers.json('loki', request), query, filter !== ''),
  };
}

/** The query is answered; without a filter it also has lines. */
export function judgeLogs({ status, data }, query, mayBeEmpty) {
  if (status !== 'success') return fail(`Loki answers "${status}" to ${query}`);
  const lines = data.result.reduce((total, { values }) => total + values.length, 0);
  if (lines === 0 && !mayBeEmpty) return fail(`Loki has no line of ${query} in the last hour`);
  return pass(`Loki answers ${query}: ${lines} lines`);
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
