import { ServiceUnavailableError } from '@backstage/errors';
import { releaseReadPermission } from '@internal/plugin-tenant-releases-common';
import type { Response } from 'express';
import type { Broadcaster, TenantChange } from '../releases/Broadcaster';
import type { ReleaseAccess, ReleaseCheck } from '../permissions/ReleaseAccess';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';

/** What the event stream needs. */
export interface EventRouteDeps {
  broadcaster: Broadcaster;
  access: ReleaseAccess;
}

/** Proxies close connections on which nothing is sent; also how often permissions are asked for again. Milliseconds. */
const heartbeatMs = 15_000;

/** "Something changed", for the tenants that the caller may read. Data is fetched as always. */
export function eventRoutes({ broadcaster, access }: EventRouteDeps): Route[] {
  return [
    defineRoute('streamEvents', {
      summary: 'Server-Sent Events that tell which releases may have changed',
      params: parameters.none,
      query: parameters.none,
      async handle({ credentials, request, response }) {
        const authorize = () => access.check(credentials, releaseReadPermission);
        let mayRead = await authorize();
        const unsubscribe = broadcaster.subscribe(changes => {
          const visible = changes === 'all' ? [] : visibleOf(changes, mayRead);
          if (changes === 'all' || visible.length > 0) send(response, visible);
        });
        if (!unsubscribe) throw new ServiceUnavailableError('Too many listeners');
        open(response);
        const heartbeat = setInterval(async () => {
          try {
            mayRead = await authorize();
            write(response, ': still here\n\n');
          } catch {
            // The caller's token has run out, or permissions cannot be told: it has to come again.
            response.end();
          }
        }, heartbeatMs);
        request.on('close', () => {
          clearInterval(heartbeat);
          unsubscribe();
        });
        return undefined;
      },
    }),
  ];
}

function visibleOf(changes: readonly TenantChange[], mayRead: ReleaseCheck): string[] {
  return changes.filter(({ resources }) => resources.some(mayRead)).map(({ tenant }) => tenant);
}

function open(response: Response): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    // Compression would hold events back.
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  write(response, ': hello\n\n');
}

/** No tenants: how the sources do has changed, which concerns every release. */
function send(response: Response, tenants: readonly string[]): void {
  write(response, `data: ${JSON.stringify({ type: 'changed', tenants })}\n\n`);
}

function write(response: Response, text: string): void {
  response.write(text);
  (response as Response & { flush?(): void }).flush?.();
}
