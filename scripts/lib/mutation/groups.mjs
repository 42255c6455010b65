/**
 * What is mutated. The tests beside the files have to notice, and those named in `alsoBy`. No other test is run: tests of the
 * whole backend cover every line, and would tell in hours what the others tell in minutes.
 *
 * Paths are from the package's `src`, without ending; `*` stands for anything but a `/`.
 */
const common = 'plugins/tenant-releases-common';
const gitops = 'packages/gitops';
const backend = 'plugins/tenant-releases-backend';
const node = 'plugins/tenant-releases-node';
const permission = 'plugins/permission-backend-module-tenants';

/** Share of the mutants of each group that the tests have to notice. */
export const wantedScore = 85;

export const groups = [
  {
    name: 'join',
    package: backend,
    mutate: [
      'join/joinRelease',
      'join/argocdFindings',
      'join/applicationFindings',
      'join/syncFindings',
      'join/healthFindings',
      'join/gitFindings',
      'join/podFindings',
      'join/plainParts',
      'join/sourceFindings',
      'join/releaseFindings',
      'join/reasonLink',
    ],
    alsoBy: ['join/joinRelease.*'],
  },
  {
    name: 'join of versions',
    package: backend,
    mutate: ['releases/syncedVersion', 'releases/syncedTimes', 'releases/releaseLinks'],
  },
  {
    name: 'identity',
    package: backend,
    mutate: [
      'releases/TenantApplications',
      'releases/applicationExpectations',
      'releases/destination',
      'sync/applicationSources',
      'sync/applicationOverride',
      'sync/applicationGroups',
      'sync/repositoryAddress',
    ],
  },
  {
    name: 'images',
    package: backend,
    mutate: [
      'running/imageReference',
      'running/podVersion',
      'running/Digests',
      'running/imageHint',
    ],
  },
  {
    name: 'windows and workloads',
    package: backend,
    mutate: ['sync/closedWindow', 'sync/windowTimes', 'sync/workloads', 'sync/Asked'],
  },
  {
    name: 'lenient reading',
    package: backend,
    mutate: ['upstream/parseLeniently'],
  },
  {
    name: 'access to releases',
    package: backend,
    mutate: [
      'permissions/ReleaseAccess',
      'permissions/HiddenReleaseError',
      'permissions/registerPermissions',
      'http/findRelease',
      'http/auditDenial',
    ],
  },
  {
    name: 'access: rule',
    package: node,
    mutate: ['isTenantOwner'],
  },
  {
    name: 'access: policy',
    package: permission,
    mutate: [
      'Memberships',
      'TenantPermissionPolicy',
      'VisiblePeople',
      'askCatalog',
      'readAccessConfig',
      'refuseOpenDoors',
      'visibleEntities',
    ],
  },
  {
    name: 'escaping of queries',
    package: backend,
    mutate: [
      'telemetry/quote',
      'telemetry/queryGuard',
      'telemetry/logQuery',
      'telemetry/panels',
      'telemetry/requestQueries',
      'telemetry/series',
    ],
    alsoBy: ['telemetry/queries'],
  },
  {
    name: 'escaping for people',
    package: gitops,
    mutate: ['text/shorten', 'facts/displayName', 'manifests/manifests'],
  },
  {
    name: 'escaping in comparisons',
    package: backend,
    mutate: ['diff/manifestDiff'],
  },
  {
    name: 'paths to upstreams',
    package: gitops,
    mutate: ['http/HttpClient', 'http/UpstreamError'],
  },
  {
    name: 'paths of charts',
    package: backend,
    mutate: ['diff/tenantCharts', 'http/parameters'],
  },
  {
    name: 'paths in Git',
    package: gitops,
    mutate: ['config/valuesPathPattern', 'config/gitopsConfig'],
  },
  {
    name: 'names of tenants',
    package: common,
    mutate: ['tenantName'],
  },
  {
    name: 'tenant file and policy',
    package: gitops,
    mutate: ['tenantFile/tenantFile', 'policy/releasePolicy', 'policy/releasePolicyRules'],
    alsoBy: ['tenantFile/tenantFile.odd', 'yaml/yamlText'],
  },
];

/** Patterns of the tests that have to notice, from the package's `src`. */
export function testsOf({ mutate, alsoBy = [] }) {
  return [...mutate, ...alsoBy].map(name => `${name}.test.ts`);
}
