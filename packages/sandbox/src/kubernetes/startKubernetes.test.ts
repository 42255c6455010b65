import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { sandboxSettings } from '../settings';
import { startKubernetes } from './startKubernetes';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'kubernetes-'));
afterAll(() => fs.rmSync(directory, { recursive: true }));

function settings(cluster: number, kubernetes = 0) {
  const all = sandboxSettings({
    repositoryRoot: directory,
    stateDir: directory,
    tools: { git: 'git' },
  });
  return { ...all, ports: { ...all.ports, cluster, kubernetes } };
}

/** A cluster that answers with what it is sent. */
async function echo(): Promise<net.Server & { port: number }> {
  const server = net.createServer(socket => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(server, { port: (server.address() as net.AddressInfo).port });
}

function connect(url: string): net.Socket {
  return net.connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
}

it('passes bytes both ways and cuts connections when it is closed, not the cluster', async () => {
  const cluster = await echo();
  const server = await startKubernetes(settings(cluster.port));
  const socket = connect(server.url);
  const answer = new Promise(resolve => socket.once('data', data => resolve(String(data))));
  socket.write('hello');
  await expect(answer).resolves.toBe('hello');
  const cut = new Promise(resolve => socket.once('close', resolve));
  await server.close();
  await cut;
  expect(cluster.listening).toBe(true);
  await new Promise(resolve => cluster.close(resolve));
});

it('ends connections at once while the cluster is away', async () => {
  const cluster = await echo();
  await new Promise(resolve => cluster.close(resolve));
  const server = await startKubernetes(settings(cluster.port));
  const socket = connect(server.url);
  socket.on('error', () => undefined);
  await expect(new Promise(resolve => socket.once('close', () => resolve('closed')))).resolves.toBe(
    'closed',
  );
  await server.close();
});

it('fails with the code of the system when the port is taken', async () => {
  const other = await echo();
  await expect(startKubernetes(settings(1, other.port))).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  await new Promise(resolve => other.close(resolve));
});

it('writes a kubeconfig that only its owner can read', async () => {
  const server = await startKubernetes(settings(1));
  const file = path.join(directory, 'kubernetes', 'kubeconfig');
  const config = parse(fs.readFileSync(file, 'utf8'));
  const { port } = new URL(server.url);
  expect(config.clusters[0].cluster.server).toBe(
    `http://kubernetes-admin:sandbox-kubernetes-admin-token@localhost:${port}`,
  );
  expect(config['current-context']).toBe(config.contexts[0].name);
  expect(fs.statSync(file).mode.toString(8)).toMatch(/600$/);
  await server.close();
});
