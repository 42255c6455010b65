import dns from 'node:dns';
import { FakeServer, type Fault, selfSigned, type Certificate } from '@internal/gitops/testUtils';

/** What befalls a server, and how it ends. */
export interface Affliction {
  name: string;
  begin(server: FakeServer): Promise<void> | void;
  end(server: FakeServer): Promise<void> | void;
  /** Whether the portal is sure to call the source down. */
  isDown: boolean;
}

/** Names under which servers of this machine are reached; each can be made to be unknown. */
export class FakeNames {
  readonly #unknown = new Set<string>();
  readonly #lookup: jest.SpyInstance;

  constructor() {
    const real = dns.lookup as (...call: unknown[]) => void;
    this.#lookup = jest.spyOn(dns, 'lookup') as jest.SpyInstance;
    this.#lookup.mockImplementation((host: string, ...rest: unknown[]) => {
      const done = rest.at(-1) as (error: Error) => void;
      if (!host.endsWith('.upstream.test')) real(host, ...rest);
      else if (!this.#unknown.has(host)) real('127.0.0.1', ...rest);
      else {
        const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
          code: 'ENOTFOUND',
        });
        setImmediate(() => done(error));
      }
    });
  }

  forget(host: string): void {
    this.#unknown.add(host);
  }

  know(host: string): void {
    this.#unknown.delete(host);
  }

  restore(): void {
    this.#lookup.mockRestore();
  }
}

/** Every way in which an upstream can fail. */
export function afflictions(names: FakeNames, trusted: Certificate): Affliction[] {
  const foreign = selfSigned('*.upstream.test');
  const fault = (name: string, kind: Fault, isDown = true): Affliction => ({
    name,
    isDown,
    begin: server => {
      server.fault = { fault: kind };
    },
    end: server => {
      server.fault = undefined;
    },
  });
  const status = (code: number) => fault(`answers ${code}`, { kind: 'status', status: code });
  return [
    {
      name: 'refuses connections',
      isDown: true,
      begin: server => server.stop(),
      end: async server => void (await server.start()),
    },
    {
      name: 'has no address any more',
      isDown: true,
      begin: ({ host }) => names.forget(host),
      end: ({ host }) => names.know(host),
    },
    {
      name: 'shows a certificate it signed itself',
      isDown: true,
      begin: server => server.secure(foreign),
      end: server => server.secure(trusted),
    },
    fault('takes ten seconds', { kind: 'late', ms: 10_000 }),
    fault('hangs', { kind: 'hang' }),
    status(500),
    fault('answers every other request with 503', { kind: 'flap', status: 503 }, false),
    fault('answers 429 with Retry-After', {
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '3' },
    }),
    status(401),
    status(403),
    status(404),
    fault('cuts its JSON', { kind: 'cut' }),
    fault('answers HTML', { kind: 'html' }),
    fault('resets in mid-body', { kind: 'reset' }),
  ];
}
