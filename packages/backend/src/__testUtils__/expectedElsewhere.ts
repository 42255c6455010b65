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

const tenantB = 'resource:default/tenant-b';
const inCluster = { 'backstage-kubernetes-cluster': 'in-cluster' };

/*                 anonymous expired noTenant viewer ownerA ownerB platform service removed gone */
const platform = '      401     401      403    403    403    403      in      in      403  403';
const seesB = '         401     401      404    200    404    200      200     200     404  404';
const seesTemplate = '  401     401      404    404    404    404      200     200     404  404';
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
