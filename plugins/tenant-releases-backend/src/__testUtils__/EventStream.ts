import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A listener of `GET /events`, as a browser's tab is one. */
export class EventStream {
  text = '';
  isOpen = true;
  readonly #request: http.ClientRequest;

  private constructor(request: http.ClientRequest, response: http.IncomingMessage) {
    this.#request = request;
    response.setEncoding('utf8');
    response.on('data', part => (this.text += part));
    response.on('error', () => undefined);
    response.on('close', () => (this.isOpen = false));
  }

  /** Opens it, as the mocked caller of a test backend. */
  static async open(server: { address(): AddressInfo | string | null }): Promise<EventStream> {
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      const request = http.get(
        { port, host: '127.0.0.1', path: '/api/tenant-releases/events' },
        response => resolve(new EventStream(request, response)),
      );
      request.on('error', reject);
    });
  }

  /** The tenants of each hint so far. */
  get hints(): string[][] {
    return [...this.text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data).tenants);
  }

  close(): void {
    this.#request.destroy();
  }
}
