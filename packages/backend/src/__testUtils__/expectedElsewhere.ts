import { callers, type Caller } from './callers';

/** A call of another plugin than ours that could tell of a tenant, or change something. */
export interface OtherCall {
  method: string;
  path: string;
  body?: object;
  headers?: Record<string, string>;
  /** Status for each of the callers, in their order; `in` is every status that says that the caller was let in. */
  expected: string;
}

/** A call of another plugin that lists, counts or relates, and must tell of no tenant that the caller may not see. */
export interface OtherList {
  method: string;
  path: string;
  body?: object;
}

/** What each caller may be told of in an {@link OtherList}, besides a refusal: names of tenants. */
export const toldElsewhere: Record<Caller, readonly string[]> = {
  anonymous: [],
  expired: [],
  noTenant: [],
  viewer: ['tenant-a', 'tenant-b'],
  ownerA: ['tenant-a'],
  ownerB: ['tenant-b'],
  platform: ['tenant-a', 'tenant-b'],
  service: ['tenant-a', 'tenant-b'],
  removed: [],
  gone: [],
};

const facets = ['metadata.name', 'spec.owner', 'relations.ownedBy', 'relations.dependencyOf'];

/** Every call of other plugins that answers with more than what it was asked about. */
export const listsElsewhere: OtherList[] = [
  '/catalog/entities',
  '/catalog/entities?filter=kind=resource',
  '/catalog/entities/by-query?limit=100',
  '/catalog/entities/by-query?limit=100&fullTextFilterTerm=tenant',
  '/catalog/entities/by-query?limit=1&orderField=metadata.name,desc&filter=kind=resource',
  `/catalog/entity-facets?${facets.map(facet => `facet=${facet}`).join('&')}`,
  '/catalog/entities/by-name/component/default/demo-api/ancestry',
  '/catalog/entities?filter=kind=user,kind=group',
  '/catalog/entities?filter=relations.memberOf=group:default/platform',
  '/catalog/entities/by-name/component/default/demo-api',
  '/catalog/entities/by-name/system/default/tenant-platform',
  '/catalog/entities/by-name/group/default/platform',
  '/catalog/locations',
  '/scaffolder/v2/tasks',
  '/scaffolder/v2/actions',
].map(path => ({ method: 'GET', path }));
listsElsewhere.push({
  method: 'POST',
  path: '/catalog/entities/by-refs',
  body: {
    entityRefs: ['tenant-a', 'tenant-b'].flatMap(name => [
      `resource:default/${name}`,
      `group:default/${name}-owners`,
    ]),
  },
});

const tenantB = 'resource:default/tenant-b';
const inCluster = { 'backstage-kubernetes-cluster': 'in-cluster' };

/*                 anonymous expired noTenant viewer ownerA ownerB platform service removed gone */
const platform = '      401     401      403    403    403    403      in      in      403  403';
const seesB = '         401     401      404    200    404    200      200     200     404  404';
const seesAda = '       401     401      200    200    200    200      200     200     200  404';
const seesOlga = '      401     401      404    200    200    404      200     200     404  404';
const seesCleo = '      401     401      404    200    404    404      200     200     404  404';
const seesPaul = '      401     401      404    200    404    200      200     200     404  404';
const seesTemplate = '  401     401      404    404    404    404      200     200     404  404';
const startsTemplate = '401     401      404    404    404    404      in      in      404  403';
const ownersOfB = '     401     401      403    403    403    200      200     200     403  403';
const inItself = '      401     401      400    400    400    400      400     403     400  400';

/** What everybody is answered elsewhere. Where the answer is a list, only its status is told here. */
export const elsewhere: OtherCall[] = [
  {
    method: 'GET',
    path: '/catalog/entities/by-name/resource/default/tenant-b',
    expected: seesB,
  },
  {
    method: 'GET',
    path: '/catalog/entities/by-name/group/default/tenant-b-owners',
    expected: seesB,
  },
  { method: 'GET', path: '/catalog/entities/by-name/user/default/ada', expected: seesAda },
  { method: 'GET', path: '/catalog/entities/by-name/user/default/member-7', expected: seesAda },
  { method: 'GET', path: '/catalog/entities/by-name/user/default/olga', expected: seesOlga },
  { method: 'GET', path: '/catalog/entities/by-name/user/default/cleo', expected: seesCleo },
  { method: 'GET', path: '/catalog/entities/by-name/user/default/paul', expected: seesPaul },
  {
    method: 'GET',
    path: '/catalog/entities/by-name/template/default/new-tenant',
    expected: seesTemplate,
  },
  {
    method: 'GET',
    path: '/scaffolder/v2/templates/default/template/new-tenant/parameter-schema',
    expected: seesTemplate,
  },
  {
    method: 'POST',
    path: '/catalog/refresh',
    body: { entityRef: tenantB },
    expected: ownersOfB,
  },
  {
    method: 'POST',
    path: '/catalog/locations?dryRun=true',
    body: { type: 'url', target: 'https://git.example.com/x.yaml' },
    expected: platform,
  },
  { method: 'GET', path: '/kubernetes/clusters', expected: platform },
  {
    method: 'GET',
    path: '/kubernetes/proxy/api/v1/pods',
    headers: inCluster,
    expected: platform,
  },
  {
    method: 'POST',
    path: '/kubernetes/services/demo-api',
    body: { entity: { kind: 'Resource', metadata: { namespace: 'default', name: 'tenant-b' } } },
    expected: platform,
  },
  {
    method: 'POST',
    path: '/kubernetes/resources/workloads/query',
    body: { entityRef: tenantB, auth: {} },
    expected: platform,
  },
  {
    method: 'POST',
    path: '/scaffolder/v2/tasks',
    body: { templateRef: 'template:default/new-tenant', values: {} },
    expected: startsTemplate,
  },
  {
    method: 'POST',
    path: '/scaffolder/v2/dry-run',
    body: { template: {}, values: {}, directoryContents: [] },
    expected: platform,
  },
  {
    method: 'POST',
    path: '/permission/authorize',
    body: {
      items: [
        {
          id: '1',
          permission: {
            type: 'resource',
            name: 'catalog.entity.read',
            attributes: { action: 'read' },
            resourceType: 'catalog-entity',
          },
        },
      ],
    },
    expected: inItself,
  },
];

/** What one caller is expected to be answered. */
export function expectedFor({ expected }: OtherCall, caller: Caller): string {
  return expected.trim().split(/\s+/)[callers.indexOf(caller)];
}

/** A status in the words of {@link OtherCall.expected}. */
export function inWords(status: number, expected: string): string {
  return expected === 'in' && ![401, 403, 404].includes(status) ? 'in' : String(status);
}
