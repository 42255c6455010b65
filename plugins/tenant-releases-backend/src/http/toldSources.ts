import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { releaseReadPermission, type SourceStatus } from '@internal/plugin-tenant-releases-common';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import type { Viewer } from '../permissions/Viewer';
import type { ReleaseBoard } from '../releases/ReleaseBoard';

/** What tells which sources a caller's own tenants have. */
export interface ToldSourcesDeps {
  access: Pick<ReleaseAccess, 'check'>;
  board: Pick<ReleaseBoard, 'refs' | 'resource' | 'cluster'>;
}

/**
 * The sources as a caller may see them. What is wrong with the settings and how many files Git holds is for who may onboard
 * tenants. A cluster or an Argo CD of its own may be called after its customer: who does not see the fleet is told of those
 * that their own tenants use, and of the only one of a kind.
 */
export async function toldSources(
  deps: ToldSourcesDeps,
  credentials: BackstageCredentials,
  { mayOnboard, seesFleet }: Viewer,
  sources: SourceStatus[],
): Promise<SourceStatus[]> {
  if (mayOnboard) return sources;
  const plain = sources.map(({ detail: _, ...source }) => source);
  if (seesFleet) return plain;
  // What repositories are called is the operator's.
  const unnamed = plain.map(source =>
    source.kind === 'git' ? { ...source, name: 'Git' } : source,
  );
  if (unnamed.every(source => isOnlyOne(source, plain))) return unnamed;
  const used = await usedBy(deps, credentials);
  return unnamed.filter(source => isOnlyOne(source, plain) || used.has(source.id));
}

function isOnlyOne({ kind }: SourceStatus, sources: readonly SourceStatus[]): boolean {
  return sources.filter(other => other.kind === kind).length === 1;
}

/** Ids of the sources that the caller's own tenants have; telemetry for all clusters has its kind for an id. */
async function usedBy(
  { access, board }: ToldSourcesDeps,
  credentials: BackstageCredentials,
): Promise<Set<string>> {
  const mayRead = await access.check(credentials, releaseReadPermission);
  const own = board.refs().filter(ref => mayRead(board.resource(ref)));
  return new Set([
    'prometheus',
    'loki',
    ...own.flatMap(ref => {
      const cluster = board.cluster(ref);
      const instance = ref.application && `argocd:${ref.application.instance}`;
      const repositories = [ref.entry, ...(ref.conflict ?? [])].flatMap(
        entry => entry?.repository ?? [],
      );
      const ofCluster = ['kubernetes', 'prometheus', 'loki'].map(kind => `${kind}:${cluster}`);
      return [...repositories, ...(instance ? [instance] : []), ...(cluster ? ofCluster : [])];
    }),
  ]);
}
