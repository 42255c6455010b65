import { type LeftOut, type SourceStatus } from '@internal/plugin-tenant-releases-common';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import { viewerOf } from '../permissions/Viewer';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';
import { toldSources, type ToldSourcesDeps } from './toldSources';

/** What the route of sources needs. */
export interface SourceRouteDeps {
  sources(): SourceStatus[];
  /** What no release is made of, by the source's id. */
  leftOut(): Map<string, LeftOut[]>;
  board: ToldSourcesDeps['board'];
  access: ReleaseAccess;
}

/** Entries of `leftOut` that are told of one source. */
export const maxLeftOut = 100;

/** How the upstreams do. */
export function sourceRoutes({ sources, leftOut, board, access }: SourceRouteDeps): Route[] {
  return [
    defineRoute('listSources', {
      summary:
        'The upstreams, how current each of them is, and for who may onboard tenants what no release was made of',
      params: parameters.none,
      query: parameters.none,
      async handle({ credentials }) {
        // What is left out names other tenants' files and Applications.
        const viewer = await viewerOf(access, credentials);
        const found = viewer.mayOnboard ? leftOut() : new Map<string, LeftOut[]>();
        const told = await toldSources({ access, board }, credentials, viewer, sources());
        return { items: told.map(source => withLeftOut(source, found.get(source.id))) };
      },
    }),
  ];
}

function withLeftOut(source: SourceStatus, leftOut: LeftOut[] = []): SourceStatus {
  if (leftOut.length === 0) return source;
  return { ...source, leftOut: leftOut.slice(0, maxLeftOut), leftOutCount: leftOut.length };
}
