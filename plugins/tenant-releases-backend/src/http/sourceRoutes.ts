import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';

/** How the upstreams do. */
export function sourceRoutes(sources: () => SourceStatus[]): Route[] {
  return [
    defineRoute({
      operationId: 'listSources',
      summary: 'The upstreams, and how current each of them is',
      path: '/sources',
      params: parameters.none,
      query: parameters.none,
      answer: 'SourceList',
      handle: async () => ({ items: sources() }),
    }),
  ];
}
