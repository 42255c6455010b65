import { InputError } from '@backstage/errors';
import {
  releaseReadPermission,
  type HistoryList,
  type Release,
  type ReleaseList,
} from '@internal/plugin-tenant-releases-common';
import type { DesiredFleet } from '../desired/DesiredFleet';
import { ownHistoryEntry } from '../permissions/ownHistory';
import { ownRelease, ownVersion } from '../permissions/ownRelease';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import { viewerOf } from '../permissions/Viewer';
import type { HistoryService } from '../releases/HistoryService';
import { emptyNotice } from '../releases/emptyNotice';
import { listVersions } from '../releases/listVersions';
import { withHealth } from '../releases/versionHealth';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import { selectReleases } from '../releases/selectReleases';
import { findAnyRelease, findRelease } from './findRelease';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';
import { toldSources } from './toldSources';

/** What the routes of releases need. */
export interface ReleaseRouteDeps {
  board: ReleaseBoard;
  history: HistoryService;
  desired: DesiredFleet;
  access: ReleaseAccess;
}

/** Lists of releases, one release, its history, and the versions there are. */
export function releaseRoutes(deps: ReleaseRouteDeps): Route[] {
  const { board, history, desired, access } = deps;
  return [
    defineRoute('listReleases', {
      summary: 'Releases that the caller may read',
      permission: releaseReadPermission.name,
      params: parameters.none,
      query: parameters.listReleases,
      async handle({ query: { limit, cursor, fields, counts, ...filter }, credentials }) {
        const [mayRead, viewer] = await Promise.all([
          access.check(credentials, releaseReadPermission),
          viewerOf(access, credentials),
        ]);
        const told = viewer.seesFleet ? (release: Release) => release : ownRelease;
        const refs = board.refs(filter.tenant).filter(ref => mayRead(board.resource(ref)));
        const { items, nextCursor, ...found } = selectReleases(
          refs,
          ref => told(board.release(ref)),
          {
            filter,
            limit,
            cursor,
            counts,
          },
        );
        const { mayOnboard } = viewer;
        const notice =
          found.totalItems === 0 ? emptyNotice({ board, mayRead, mayOnboard }) : undefined;
        const list: ReleaseList = {
          items: fields ? items.map(item => pick(item, fields)) : items,
          ...(nextCursor ? { nextCursor } : {}),
          ...found,
          sources: await toldSources(deps, credentials, viewer, board.sources()),
          ...(notice ? { notice } : {}),
        };
        return list;
      },
    }),
    defineRoute('getRelease', {
      summary: 'One release',
      permission: releaseReadPermission.name,
      params: parameters.release,
      query: parameters.environment,
      async handle({ params, query, credentials }) {
        const ref = await findAnyRelease(deps, credentials, { ...params, ...query });
        const release = board.release(ref);
        const { seesFleet } = await viewerOf(access, credentials);
        return seesFleet ? release : ownRelease(release);
      },
    }),
    defineRoute('listHistory', {
      summary: 'What was released when and by whom, newest first',
      permission: releaseReadPermission.name,
      params: parameters.release,
      query: parameters.history,
      async handle({ params, query: { environment, limit, cursor }, credentials }) {
        const ref = await findRelease(deps, credentials, { ...params, environment });
        const viewer = await viewerOf(access, credentials);
        const offset = parseOffset(cursor);
        const entries = await history.history(ref, Math.min(offset + limit + 1, 100));
        const list: HistoryList = {
          items: entries
            .slice(offset, offset + limit)
            .map(entry => (viewer.seesFleet ? entry : ownHistoryEntry(entry))),
          ...(entries.length > offset + limit ? { nextCursor: formatOffset(offset + limit) } : {}),
          sources: await toldSources(deps, credentials, viewer, board.sources()),
        };
        return list;
      },
    }),
    defineRoute('listVersions', {
      summary: 'Versions that tenants have or had, the newest first',
      params: parameters.none,
      query: parameters.none,
      async handle({ credentials }) {
        const mayRead = await access.check(credentials, releaseReadPermission);
        // Who may onboard a tenant chooses from all versions; that says nothing of other tenants.
        const { mayOnboard, seesFleet } = await viewerOf(access, credentials);
        const entries = desired
          .entries()
          .filter(entry => mayOnboard || mayRead(board.resource({ ...entry, entry })));
        const versions = listVersions(
          entries,
          entry => desired.knownHistory(entry) ?? [],
          // When others first had a version, and what its commit says, is not for who sees tenants of their own alone.
          (service, version) => (seesFleet ? board.versionFacts(service, version) : {}),
          mayOnboard ? desired.knownVersions() : [],
        );
        const releases = board
          .refs()
          .filter(ref => ref.entry && (mayOnboard || mayRead(board.resource(ref))))
          .map(ref => board.release(ref));
        const found = withHealth(versions, releases, services => desired.policiesOf(services));
        return { items: seesFleet ? found : found.map(ownVersion) };
      },
    }),
  ];
}

function pick(
  { tenant, service, ...release }: Release,
  fields: ReadonlyArray<keyof Release>,
): ReleaseList['items'][number] {
  const wanted = new Set<string>(['environment', ...fields]);
  const found = Object.entries(release).filter(([name]) => wanted.has(name));
  return { tenant, service, ...Object.fromEntries(found) };
}

function formatOffset(offset: number): string {
  return Buffer.from(`history:${offset}`).toString('base64url');
}

function parseOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const offset = /^history:(\d{1,2})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  if (offset === undefined || formatOffset(Number(offset)) !== cursor) {
    throw new InputError('Query parameter "cursor": is not one that this list has given out');
  }
  return Number(offset);
}
