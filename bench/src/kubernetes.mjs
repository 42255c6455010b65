/** The Kubernetes API of the stand-in: the tenants' pods, their watches, and changes of pods at a given rate. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const sha = text => createHash('sha1').update(text).digest('hex');
/** Events are sent in small batches, as a busy API server does. Milliseconds. */
const stepMs = 10;

/** A cluster without pods. */
export function createKubernetes() {
  const watches = new Set();
  let pods = [];
  let version = 0;

  /** Changes whether a pod is ready, or what it runs, and tells the watches. */
  function change(pod, { isReady, tag }) {
    version += 1;
    pod.metadata.resourceVersion = String(version);
    pod.status.conditions[0].status = isReady ? 'True' : 'False';
    if (tag) pod.spec.containers[0].image = `ghcr.io/acme/demo-api:${tag}`;
    const line = `${JSON.stringify({ type: 'MODIFIED', object: pod })}\n`;
    for (const watch of watches) watch.write(line);
  }

  return {
    /** Makes `pods` pods for each tenant. */
    fill(tenants, { pods: each = 1, resourceVersion }) {
      version = resourceVersion;
      pods = tenants.flatMap((tenant, index) =>
        Array.from({ length: each }, (_, replica) => makePod(tenant, index, replica, version)),
      );
    },

    /**
     * Changes the pods of one tenant after the other, at a steady rate, and at the end what the first pod runs.
     *
     * @param tag - version that the first pod runs at the end
     * @returns how many events were sent in which time (seconds), and when the last one was, milliseconds since the epoch
     */
    async sendEvents({ perSecond, seconds, tag }) {
      const started = performance.now();
      const total = perSecond * seconds;
      for (let sent = 0; sent < total; await delay(stepMs)) {
        const due = Math.min(total, ((performance.now() - started) / 1000) * perSecond);
        // The step shares no factor with the number of pods: all of them take their turn.
        for (; sent < due; sent += 1)
          change(pods[(sent * 10_007) % pods.length], {
            isReady: Math.floor(sent / pods.length) % 2 === 1,
          });
      }
      const took = (performance.now() - started) / 1000;
      change(pods[0], { isReady: true, tag });
      return { sent: total, took, at: Date.now(), watches: watches.size };
    },

    handle(request, response) {
      const url = new URL(request.url, 'http://localhost');
      if (url.pathname === '/version') return send(response, { gitVersion: 'v1.36.4' });
      if (url.searchParams.get('watch')) {
        response.writeHead(200, { 'content-type': 'application/json' });
        watches.add(response);
        response.on('close', () => watches.delete(response));
        return response.flushHeaders();
      }
      const start = Number(url.searchParams.get('continue') ?? 0);
      const end = start + Number(url.searchParams.get('limit') ?? 500);
      const next = end < pods.length ? { continue: String(end) } : {};
      return send(response, {
        metadata: { resourceVersion: String(version), ...next },
        items: pods.slice(start, end),
      });
    },
  };
}

function send(response, body) {
  const text = JSON.stringify(body);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function makePod(tenant, index, replica, version) {
  return {
    metadata: {
      name: `demo-api-${index}-${replica}`,
      namespace: tenant,
      resourceVersion: String(version),
      labels: {
        'tenant-releases.io/tenant': tenant,
        'tenant-releases.io/service': 'demo-api',
      },
      creationTimestamp: '2026-01-02T00:00:00Z',
    },
    spec: {
      containers: [
        {
          name: 'demo-api',
          image: `ghcr.io/acme/demo-api:sha-${sha(`version ${index % 7}`).slice(0, 7)}`,
        },
      ],
    },
    status: {
      phase: 'Running',
      startTime: '2026-01-02T00:00:00Z',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-02T00:00:02Z' }],
      containerStatuses: [
        {
          name: 'demo-api',
          ready: true,
          state: { running: { startedAt: '2026-01-02T00:00:01Z' } },
        },
      ],
    },
  };
}
