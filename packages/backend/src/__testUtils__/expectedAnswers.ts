import type { Caller } from './callers';

/** What a call is about; the names are equally long, so that answers can be compared by size. */
export const targets = {
  a: 'tenant-a',
  b: 'tenant-b',
  none: 'tenant-x',
  malformed: 'Tenant_x',
} as const;

/** One of {@link targets}. */
export type Target = keyof typeof targets;

/** Status of the answer about tenant-a, tenant-b, one that does not exist, and a malformed name. */
type Statuses = `${number} ${number} ${number} ${number}`;
/** The tenants that a list tells of, or the status of a refusal. */
type Listed = 'a b' | 'a' | 'b' | '' | '401' | '403';

const strangers = { anonymous: '401 401 401 401', expired: '401 401 401 401' } as const;
const nobodys = '404 404 404 400';

const release: Record<Caller, Statuses> = {
  ...strangers,
  noTenant: nobodys,
  viewer: '200 200 404 400',
  ownerA: '200 404 404 400',
  ownerB: '404 200 404 400',
  platform: '200 200 404 400',
  service: '200 200 404 400',
  removed: nobodys,
  gone: nobodys,
};

const logs: Record<Caller, Statuses> = { ...release, viewer: '403 403 404 400' };

const list: Record<Caller, Listed> = {
  anonymous: '401',
  expired: '401',
  noTenant: '',
  viewer: 'a b',
  ownerA: 'a',
  ownerB: 'b',
  platform: 'a b',
  service: 'a b',
  removed: '',
  gone: '',
};

/** The developer owns the service, and sees the versions that others have, but not whose they are. */
const versionsOfService: Record<Caller, Listed> = { ...list, noTenant: 'a b' };

const commitsOfService: Record<Caller, Listed> = {
  ...versionsOfService,
  ownerA: '403',
  ownerB: '403',
  removed: '403',
  gone: '403',
};

/** The same for everybody who is signed in, and nothing about tenants. */
const aboutThePortal: Record<Caller, Listed> = {
  ...list,
  viewer: '',
  ownerA: '',
  ownerB: '',
  platform: '',
  service: '',
};

/** Who may not onboard is answered the same for every name. */
const pendingOfOne: Record<Caller, Statuses> = {
  ...strangers,
  noTenant: '403 403 403 400',
  viewer: '403 403 403 400',
  ownerA: '403 403 403 400',
  ownerB: '403 403 403 400',
  platform: '200 200 200 400',
  service: '200 200 200 400',
  removed: '403 403 403 400',
  gone: '403 403 403 400',
};

/** For who may onboard; the answers of this portal name no tenant. */
const onboarding: Record<Caller, Listed> = {
  anonymous: '401',
  expired: '401',
  noTenant: '403',
  viewer: '403',
  ownerA: '403',
  ownerB: '403',
  platform: '',
  service: '',
  removed: '403',
  gone: '403',
};

/** The calls that name a tenant, by method and path in OpenAPI's form, and what each caller is answered. */
export const aboutOneTenant: Record<string, Record<Caller, Statuses>> = {
  'GET /releases/{tenant}/{service}': release,
  'GET /releases/{tenant}/{service}/history': release,
  'GET /releases/{tenant}/{service}/diff': release,
  'GET /releases/{tenant}/{service}/resources': release,
  'GET /releases/{tenant}/{service}/panels': release,
  'GET /releases/{tenant}/{service}/panels/{panelId}': release,
  'GET /releases/{tenant}/{service}/logs': logs,
  'GET /argocd/applications/{tenant}': release,
  'GET /pending-tenants/{tenant}': pendingOfOne,
  'GET /argocd/applications/{tenant}/revisions/{revision}/metadata': release,
};

/** The other calls, and which tenants an answer tells of. */
export const lists: Record<string, Record<Caller, Listed>> = {
  'GET /releases': list,
  'GET /versions': list,
  'GET /services/{service}': versionsOfService,
  'GET /services/{service}/commits': commitsOfService,
  'GET /events': list,
  'GET /pending-tenants': onboarding,
  'GET /changes': aboutThePortal,
  'GET /clusters': onboarding,
  'GET /sources': aboutThePortal,
  'GET /sources/report': onboarding,
  'GET /sources/entries': onboarding,
  'GET /openapi.json': aboutThePortal,
};

/** A value for each parameter of a path but the tenant. */
export const pathParameters: Record<string, string> = {
  service: 'demo-api',
  panelId: 'request-rate',
  revision: 'abcdef0',
};
