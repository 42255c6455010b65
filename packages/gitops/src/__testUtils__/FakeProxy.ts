import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** A proxy on loopback that forwards http and tunnels https, for who knows its user and password. */
export class FakeProxy {
  /** What it was asked for: `GET http://host/path`, `CONNECT host:port`. */
  readonly requests: string[] = [];
  readonly #sockets = new Set<net.Socket>();
  readonly #server = http.createServer((request, response) => {
    this.requests.push(`${request.method} ${request.url}`);
    if (!this.#knows(request)) {
      response.writeHead(407).end();
      return;
    }
    const { hostname, port, pathname, search } = new URL(request.url ?? '');
    const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = request.headers;
    const { method } = request;
    const onward = http.request(
      { hostname, port, path: pathname + search, method, headers },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });

  constructor() {
    this.#server.on('connection', socket => this.#keep(socket));
    this.#server.on('connect', (request: http.IncomingMessage, client: net.Socket) => {
      this.requests.push(`CONNECT ${request.url}`);
      if (!this.#knows(request)) {
        client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        return;
      }
      const { hostname, port } = new URL(`http://${request.url}`);
      const target = net.connect(Number(port), hostname, () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        client.pipe(target).pipe(client);
      });
      this.#keep(target);
      for (const socket of [client, target]) {
        socket.on('error', () => [client, target].forEach(one => one.destroy()));
      }
    });
  }

  async start(): Promise<this> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  /** Its address, as `HTTPS_PROXY` wants it. */
  url(password = 'proxy-secret'): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://proxy-user:${password}@127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#sockets.forEach(socket => socket.destroy());
    await closed;
  }

  #knows({ headers }: http.IncomingMessage): boolean {
    const expected = Buffer.from('proxy-user:proxy-secret').toString('base64');
    return headers['proxy-authorization'] === `Basic ${expected}`;
  }

  #keep(socket: net.Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
