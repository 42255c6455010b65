import { Resource, apiVersionOf, resources } from '../model/resources';

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/**
 * What GET /version answers. The build metadata behind `+` says that this is not the real thing;
 * `gitCommit` is that of a build outside Git, as the Kubernetes sources name it.
 */
export const versionBody = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.4+sandbox',
  gitCommit: '$Format:%H$',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'go1.26.8',
  compiler: 'gc',
  platform: 'linux/amd64',
};

interface ApiResource {
  name: string;
  singularName: string;
  namespaced: boolean;
  group?: string;
  version?: string;
  kind: string;
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
}

function subresources(resource: Resource): ApiResource[] {
  const { plural, namespaced, kind } = resource;
  const base = { singularName: '', namespaced };
  return [
    ...(resource.status
      ? [{ ...base, name: `${plural}/status`, kind, verbs: ['get', 'patch', 'update'] }]
      : []),
    ...(resource.scale
      ? [
          {
            ...base,
            name: `${plural}/scale`,
            group: 'autoscaling',
            version: 'v1',
            kind: 'Scale',
            verbs: ['get', 'patch', 'update'],
          },
        ]
      : []),
    ...(kind === 'Pod' ? [{ ...base, name: `${plural}/log`, kind, verbs: ['get'] }] : []),
    ...(kind === 'Pod' || kind === 'Service'
      ? [
          {
            ...base,
            name: `${plural}/proxy`,
            kind: `${kind}ProxyOptions`,
            verbs: ['create', 'delete', 'get', 'patch', 'update'],
          },
        ]
      : []),
  ];
}

function apiResources(resource: Resource): ApiResource[] {
  return [
    {
      name: resource.plural,
      singularName: resource.singular,
      namespaced: resource.namespaced,
      kind: resource.kind,
      verbs,
      ...(resource.shortNames.length > 0 ? { shortNames: resource.shortNames } : {}),
      ...(resource.inAll ? { categories: ['all'] } : {}),
    },
    ...subresources(resource),
  ];
}

/** Resources that are computed, not stored: group version and what discovery says of it. */
const computed: Record<string, ApiResource[]> = {
  'authorization.k8s.io/v1': [
    {
      name: 'selfsubjectaccessreviews',
      singularName: 'selfsubjectaccessreview',
      namespaced: false,
      kind: 'SelfSubjectAccessReview',
      verbs: ['create'],
    },
  ],
  'metrics.k8s.io/v1beta1': [
    {
      name: 'pods',
      singularName: '',
      namespaced: true,
      kind: 'PodMetrics',
      verbs: ['get', 'list'],
    },
  ],
};

const groupVersions = [
  ...new Set([...resources.map(apiVersionOf), ...Object.keys(computed)]),
].filter(groupVersion => groupVersion !== 'v1');

function groupBody(groupVersion: string) {
  const [name, version] = groupVersion.split('/');
  const entry = { groupVersion, version };
  return { name, versions: [entry], preferredVersion: entry };
}

function resourceList(groupVersion: string) {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: [
      ...resources
        .filter(resource => apiVersionOf(resource) === groupVersion)
        .flatMap(apiResources),
      ...(computed[groupVersion] ?? []),
    ],
  };
}

/** The discovery document at a path; undefined when there is none. */
export function discoveryBody(pathname: string): unknown {
  const [root, ...rest] = pathname.replace(/\/$/, '').split('/').slice(1);
  const asked = rest.join('/');
  if (root === 'api') {
    if (asked === '') {
      return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
    }
    return asked === 'v1' ? resourceList('v1') : undefined;
  }
  if (root !== 'apis') {
    return undefined;
  }
  if (asked === '') {
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupVersions.map(groupBody) };
  }
  if (groupVersions.includes(asked)) {
    return resourceList(asked);
  }
  const group = groupVersions.find(groupVersion => groupVersion.startsWith(`${asked}/`));
  return group && { kind: 'APIGroup', apiVersion: 'v1', ...groupBody(group) };
}
