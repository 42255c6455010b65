/**
 * Stands in front of an upstream in a process of its own: counts requests and bytes, adds latency, and can leave requests
 * without an answer. Run by run.mjs.
 */
import { createServer, request as send, Agent } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 512 });
const settings = { latencyMs: 0, hang: false };
let counts = {};

function startProxy(name, target) {
  const count = { requests: 0, probes: 0, bytes: 0 };
  counts[name] = count;
  const server = createServer((incoming, outgoing) => {
    // Asking for the version is a sign of life, not a request for data.
    const isProbe = /^\/(api\/)?version$/.test(incoming.url);
    count[isProbe ? 'probes' : 'requests'] += 1;
    if (settings.hang === name) return;
    setTimeout(() => {
      const { method, url: path, headers } = incoming;
      const upstream = send(
        { host: '127.0.0.1', port: target, method, path, headers, agent },
        answer => {
          outgoing.writeHead(answer.statusCode, answer.headers);
          answer.on('data', data => (count.bytes += data.length));
          answer.pipe(outgoing);
        },
      );
      upstream.on('error', () => outgoing.destroy());
      outgoing.on('close', () => upstream.destroy());
      incoming.pipe(upstream);
    }, settings.latencyMs);
  });
  server.keepAliveTimeout = 60_000;
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}

process.on('message', async ({ id, start, set, reset }) => {
  const answer = { id };
  if (start) {
    answer.ports = {};
    for (const [name, target] of Object.entries(start))
      answer.ports[name] = await startProxy(name, target);
  }
  if (set) Object.assign(settings, set);
  if (reset)
    for (const count of Object.values(counts))
      Object.assign(count, { requests: 0, probes: 0, bytes: 0 });
  answer.counts = counts;
  process.send(answer);
});

process.send({ ready: true });
