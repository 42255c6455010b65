/** The ports that `npm start` needs, checked before anything is started. */
import { createServer } from 'node:net';
import { CureError } from './output.mjs';

/** Offsets from SANDBOX_PORT_BASE; the same as in packages/sandbox/src/settings.ts, which a test holds together. */
const offsets = {
  forge: 1,
  argocd: 2,
  kubernetes: 3,
  prometheus: 4,
  loki: 5,
  grafana: 6,
  oidc: 8,
  cluster: 9,
};

/**
 * Every port by what uses it.
 * @param env - PORT moves the portal, SANDBOX_PORT_BASE all other servers
 */
export function portsFrom(env) {
  const base = portFrom(env, 'SANDBOX_PORT_BASE', 7100, 65526);
  const ports = { portal: portFrom(env, 'PORT', 7007, 65535) };
  for (const [name, offset] of Object.entries(offsets)) {
    ports[name] = base + offset;
    if (ports[name] === ports.portal) {
      throw new CureError(
        `PORT=${ports.portal} is also the port of ${name}: choose another PORT or SANDBOX_PORT_BASE.`,
      );
    }
  }
  return ports;
}

function portFrom(env, name, fallback, highest) {
  if (env[name] === undefined || env[name] === '') return fallback;
  const port = Number(env[name]);
  if (!/^\d+$/.test(env[name]) || port < 1 || port > highest) {
    throw new CureError(
      `${name}=${env[name]} is not a port: use a whole number from 1 to ${highest}.`,
    );
  }
  return port;
}

/** Throws a {@link CureError} that names the first port in use, and how to move. */
export async function checkPorts(ports) {
  for (const [name, port] of Object.entries(ports)) {
    const code = await whyTaken(port);
    if (!code) continue;
    const what =
      code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be opened (${code})`;
    throw new CureError(
      `Port ${port} (${name}) ${what}: end that program${howToMove(name, port)}.`,
    );
  }
}

function howToMove(name, port) {
  // The development server's port is Backstage's to choose.
  if (name === 'frontend') return '';
  const variable = name === 'portal' ? `PORT=${port + 1}` : 'SANDBOX_PORT_BASE=7300';
  return `, or move with ${variable} npm start`;
}

/** The error code with which the loopback port cannot be listened on, or undefined when it is free. */
async function whyTaken(port) {
  for (const host of ['127.0.0.1', '::1', '0.0.0.0']) {
    const code = await new Promise(resolve => {
      const server = createServer();
      server.once('error', error => resolve(error.code));
      server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
    });
    // A machine without IPv6 is no obstacle.
    if (code && code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT') return code;
  }
  return undefined;
}
