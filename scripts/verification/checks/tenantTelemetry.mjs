/** A tenant's metrics and logs: from the pod's own page to what Prometheus and Loki have of it. */
import { fail, notHere, pass, some } from '../verdict.mjs';

/** @returns the checks of one tenant */
export function tenantTelemetryChecks(context, tenant) {
  const played = isPlayed(context, tenant);
  const ofPods = [
    metricsPage(context, tenant),
    prometheusTargets(context, tenant),
    prometheusVersion(context, tenant),
    logs(context, tenant, 'logs', ''),
  ].map(check => ({
    ...check,
    run: async () =>
      (await played())
        ? notHere('the nodes are played by KWOK: nothing runs in the pods')
        : check.run(),
  }));
  // This one is about the query: no line may be an error.
  return [...ofPods, logs(context, tenant, 'error-logs', ' |= "error"')];
}

/** Answers a function that tells whether the tenant's pods are on a node without a kubelet. It looks once. */
function isPlayed({ kubectl }, tenant) {
  let answer;
  const look = async () => {
    const { items } = await kubectl.json(['get', 'pods', '-n', tenant]);
    const name = items.find(({ spec }) => spec.nodeName)?.spec.nodeName;
    if (!name) return false;
    const node = await kubectl.json(['get', 'node', name]).catch(() => undefined);
    return node?.metadata?.annotations?.['kwok.x-k8s.io/node'] !== undefined;
  };
  return () => (answer ??= look());
}

function metricsPage({ kubectl, target }, tenant) {
  const selector = 'tenant-releases.io/service=demo-api';
  return {
    id: 'metrics',
    tenant,
    command: `kubectl get pods -n ${tenant} -l ${selector}`,
    run: async () => {
      const { items } = await kubectl.json(['get', 'pods', '-n', tenant, '-l', selector]);
      const pod = items.find(({ status }) => status?.phase === 'Running');
      if (!pod) return fail('no pod of demo-api runs');
      const { name, labels } = pod.metadata;
      const proxied = `/api/v1/namespaces/${tenant}/pods/${name}:8000/proxy/metrics`;
      // Through the kubelet, because network policies close the way from the API server; the embedded cluster has none.
      const embedded = target.kind === 'embedded';
      const command = embedded
        ? `kubectl get --raw ${proxied}`
        : `kubectl -n ${tenant} port-forward pod/${name} 8000 & curl -s localhost:8000/metrics`;
      const text = embedded
        ? await raw(kubectl, proxied)
        : await page(await kubectl.forward(tenant, `pod/${name}`, 8000));
      return { command, ...judgeMetrics(text, labels['app.kubernetes.io/version']) };
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
