import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { badVersion } from '@internal/gitops';
import {
  releaseReadPermission,
  serviceReadPermission,
  type Release,
  type ServiceVersions,
} from '@internal/plugin-tenant-releases-common';
import type { DesiredFleet } from '../desired/DesiredFleet';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import type { ServiceAccess, ServiceView } from '../permissions/ServiceAccess';
import { viewerOf } from '../permissions/Viewer';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import type { ReleaseRef } from '../releases/ReleaseRef';
import type { CommitComparer } from '../services/CommitComparer';
import { countVersions } from '../services/countVersions';
import { serviceNotice } from '../services/serviceNotice';
import { servingOf } from '../services/servingOf';
import type { VersionMetrics } from '../services/VersionMetrics';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';
import { toldSources } from './toldSources';

/** What the routes of services need. */
export interface ServiceRouteDeps {
  board: ReleaseBoard;
  desired: DesiredFleet;
  access: ReleaseAccess;
  services: ServiceAccess;
  metrics: VersionMetrics;
  commits: CommitComparer;
  minRequests: number;
}

/** Who sees numbers only is told errors and latency of this many tenants together, or none. */
const fewestTenants = 3;

/** The versions of a service over the tenants that run it, and the commits between them. */
export function serviceRoutes(deps: ServiceRouteDeps): Route[] {
  const { board, desired, access, services, metrics } = deps;
  return [
    defineRoute('getServiceVersions', {
      summary:
        'How many tenants run which version of a service and how it serves; which ones, for who may see that',
      params: parameters.service,
      query: parameters.none,
      async handle({ params: { service }, credentials }) {
        const view = await services.view(credentials, service);
        const viewer = await viewerOf(access, credentials);
        const { refs, readable } = await refsFor(deps, credentials, service, view);
        // Who sees rows of their own alone learns from those what they may know.
        const factsOf = (version: string) => (view ? board.versionFacts(service, version) : {});
        const policies = desired.policiesOf([service]);
        const isBad = (version: string) =>
          policies.some(policy => badVersion(policy, version) !== undefined);
        const releases = refs.map((ref): Release => board.release(ref));
        const counted = countVersions(releases, { factsOf, isBad }, view !== 'numbers');
        const tenants = new Set(refs.map(({ tenant }) => tenant));
        const measured = view && (await metrics.of(service, tenant => tenants.has(tenant)));
        const minTenants = view === 'names' ? 1 : fewestTenants;
        const rules = { minRequests: deps.minRequests, minTenants };
        const isCurrent = board
          .sources()
          .every(({ kind, state }) => kind !== 'git' || state === 'ok');
        const notice = serviceNotice({
          service,
          view,
          tenants: counted.tenants,
          isKnown: board.isReady() && isCurrent,
        });
        const answer: ServiceVersions = {
          service,
          shows: view ?? 'own',
          ...counted,
          readable,
          versions: counted.versions.map(version => ({
            ...version,
            ...(measured ? servingOf(version.version, measured, rules) : {}),
          })),
          windowSeconds: metrics.windowSeconds,
          ...(notice ? { notice } : {}),
          sources: await toldSources(deps, credentials, viewer, board.sources()),
        };
        return answer;
      },
    }),
    defineRoute('listServiceCommits', {
      summary: 'The commits of a service that one version has and another has not, newest first',
      permission: serviceReadPermission.name,
      params: parameters.service,
      query: parameters.serviceCommits,
      async handle({ params: { service }, query: { from, to }, credentials }) {
        if (!(await services.view(credentials, service))) {
          throw new NotAllowedError(
            'The commits of a service are for the group that owns it, and for the platform team',
          );
        }
        const { refs } = await refsFor(deps, credentials, service, 'names');
        const known = knownVersions(refs, deps);
        for (const version of [from, to]) {
          if (!known.has(version)) throw new NotFoundError(`No tenant has version ${version}`);
        }
        return deps.commits.compare(service, from, to);
      },
    }),
  ];
}

/** The releases that a view of the service is made of: all that are in Git, or those that the caller may read; and how many these are. */
async function refsFor(
  { board, access }: Pick<ServiceRouteDeps, 'board' | 'access'>,
  credentials: BackstageCredentials,
  service: string,
  view: ServiceView,
): Promise<{ refs: ReleaseRef[]; readable: number }> {
  const refs = board.refs().filter(ref => ref.service === service && ref.entry);
  const mayRead = await access.check(credentials, releaseReadPermission);
  const own = refs.filter(ref => mayRead(board.resource(ref)));
  return { refs: view ? refs : own, readable: own.length };
}

/** What is asked of the repository is what somebody runs, or is to run: nothing else leads to other places of it. */
function knownVersions(
  refs: readonly ReleaseRef[],
  { board }: Pick<ServiceRouteDeps, 'board'>,
): Set<string> {
  return new Set(
    refs.flatMap(ref => {
      const { desired, running } = board.release(ref);
      return [...(desired ? [desired.version] : []), ...running.map(({ version }) => version)];
    }),
  );
}
