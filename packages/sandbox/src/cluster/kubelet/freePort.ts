import net from 'node:net';

/** Below the range from which systems take ports for outgoing connections, so that none of those is in the way. */
const first = 20_000;
const count = 10_000;

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** Gives out loopback ports that nobody listens on, each only once until it is handed back. */
export class PortPool {
  private readonly taken = new Set<number>();

  constructor(private readonly random: () => number) {}

  /** @throws Error when a hundred tries have found none. */
  async take(): Promise<number> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const port = first + Math.floor(this.random() * count);
      if (!this.taken.has(port)) {
        this.taken.add(port);
        if (await isFree(port)) {
          return port;
        }
        this.taken.delete(port);
      }
    }
    throw new Error(`no free port between ${first} and ${first + count}`);
  }

  release(port: number): void {
    this.taken.delete(port);
  }
}
