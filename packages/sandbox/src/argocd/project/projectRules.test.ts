import { ApplicationSpec, ProjectSpec } from '../application';
import {
  isDestinationPermitted,
  isKindPermitted,
  isSourcePermitted,
  specConditions,
} from './projectRules';

const repoURL = 'https://github.com/acme/platform.git';

describe('isSourcePermitted', () => {
  it.each<[string[] | undefined, boolean]>([
    [undefined, false],
    [['*'], true],
    [['https://github.com/acme/platform'], true],
    [['https://GitHub.com/acme/platform.git'], true],
    [['https://github.com/acme/*'], true],
    [['https://github.com/*'], false],
    [['https://github.com/acme/other.git'], false],
    [['*', '!https://github.com/acme/platform.git'], false],
    [['!https://github.com/acme/other.git'], true],
  ])('%j: %s', (sourceRepos, expected) => {
    expect(isSourcePermitted({ sourceRepos }, repoURL)).toBe(expected);
  });
});

describe('isDestinationPermitted', () => {
  const server = 'https://kubernetes.default.svc';
  it.each<[ProjectSpec['destinations'], string, boolean]>([
    [undefined, 'tenant-a', false],
    [[{ server, namespace: 'tenant-a' }], 'tenant-a', true],
    [[{ name: 'in-cluster', namespace: 'tenant-a' }], 'tenant-a', true],
    [[{ server, namespace: 'tenant-a' }], 'tenant-b', false],
    [[{ server, namespace: 'tenant-*' }], 'tenant-b', true],
    [[{ server: 'https://other', namespace: '*' }], 'tenant-a', false],
    [
      [
        { server: '*', namespace: '*' },
        { server: '*', namespace: '!kube-system' },
      ],
      'tenant-a',
      true,
    ],
    [
      [
        { server: '*', namespace: '*' },
        { server: '*', namespace: '!kube-system' },
      ],
      'kube-system',
      false,
    ],
  ])('%j for %s: %s', (destinations, namespace, expected) => {
    expect(isDestinationPermitted({ destinations }, namespace)).toBe(expected);
  });
});

describe('isKindPermitted', () => {
  const any = [{ group: '*', kind: '*' }];
  const role = [{ group: 'rbac.authorization.k8s.io', kind: 'Role' }];
  it.each<[string, ProjectSpec, string, string, boolean, boolean]>([
    ['namespaced, no lists', {}, 'apps', 'Deployment', true, true],
    [
      'namespaced, empty list',
      { namespaceResourceWhitelist: [] },
      'apps',
      'Deployment',
      true,
      false,
    ],
    ['forbidden', { namespaceResourceBlacklist: role }, role[0].group, 'Role', true, false],
    ['not on the list', { namespaceResourceWhitelist: role }, '', 'Secret', true, false],
    ['of the cluster, no lists', {}, '', 'Namespace', false, false],
    ['of the cluster', { clusterResourceWhitelist: any }, '', 'Namespace', false, true],
    [
      'of the cluster, forbidden',
      { clusterResourceWhitelist: any, clusterResourceBlacklist: any },
      '',
      'Namespace',
      false,
      false,
    ],
  ])('%s', (_name, project, group, kind, namespaced, expected) => {
    expect(isKindPermitted(project, group, kind, namespaced)).toBe(expected);
  });
});

describe('specConditions', () => {
  const spec: ApplicationSpec = {
    project: 'tenant-a',
    source: { repoURL, path: 'charts/tenant' },
    destination: { name: 'in-cluster', namespace: 'tenant-a' },
  };
  const project: ProjectSpec = {
    sourceRepos: [repoURL],
    destinations: [{ name: 'in-cluster', namespace: 'tenant-a' }],
  };
  it.each<[string, ApplicationSpec, ProjectSpec, string[]]>([
    ['accepts what is allowed', spec, project, []],
    [
      'accepts a source that others refer to',
      {
        ...spec,
        sources: [
          { repoURL, path: 'charts/tenant' },
          { repoURL, ref: 'values' },
        ],
      },
      project,
      [],
    ],
    [
      'wants of each source what it is rendered from',
      { ...spec, sources: [{ repoURL, path: 'charts/tenant' }, { repoURL }] },
      project,
      [
        `spec.source.repoURL and either source.path, source.chart, or source.ref are required for source {"repoURL":"${repoURL}"}`,
      ],
    ],
    [
      'names repository and project',
      spec,
      { ...project, sourceRepos: [] },
      [`application repo ${repoURL} is not permitted in project 'tenant-a'`],
    ],
    [
      'names destination and project',
      { ...spec, destination: { name: 'in-cluster', namespace: 'tenant-b' } },
      project,
      [
        "application destination server 'in-cluster' and namespace 'tenant-b' do not match any of the allowed destinations in project 'tenant-a'",
      ],
    ],
    [
      'names an unknown cluster',
      { ...spec, destination: { name: 'elsewhere' } },
      project,
      ['there are no clusters with this name: elsewhere'],
    ],
    [
      'wants a path',
      { ...spec, source: { repoURL } },
      project,
      [
        `spec.source.repoURL and either source.path, source.chart, or source.ref are required for source {"repoURL":"${repoURL}"}`,
      ],
    ],
  ])('%s', (_name, applicationSpec, projectSpec, messages) => {
    const conditions = specConditions(applicationSpec, projectSpec, 'tenant-a');
    expect(conditions).toEqual(messages.map(message => ({ type: 'InvalidSpecError', message })));
  });
});
