import net from 'node:net';
import path from 'node:path';
import { writeFileAtomically } from '../cluster/store/persistence';
import { StartServer } from '../settings';
import { kubeconfig } from './kubeconfig';

/**
 * The public port of the Kubernetes API: passes every connection on to the cluster process. It is a process of its own so
 * that the API can be stopped while the pods go on. Writes `<stateDir>/kubernetes/kubeconfig` for kubectl.
 * @throws Error when the port is taken (code EADDRINUSE).
 */
export const startKubernetes: StartServer = async settings => {
  const sockets = new Set<net.Socket>();
  const server = net.createServer(client => {
    const upstream = net.connect({ host: '127.0.0.1', port: settings.ports.cluster });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      // An end that fails (the cluster is away, the caller has gone) ends the other: neither may hang.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.ports.kubernetes, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : settings.ports.kubernetes;
  const url = `http://localhost:${port}`;
  writeFileAtomically(
    path.join(settings.stateDir, 'kubernetes', 'kubeconfig'),
    kubeconfig(url, settings.tokens.kubernetesAdmin),
    0o600,
  );
  return {
    url,
    async close() {
      const closed = new Promise(resolve => server.close(resolve));
      sockets.forEach(socket => socket.destroy());
      await closed;
    },
  };
};
