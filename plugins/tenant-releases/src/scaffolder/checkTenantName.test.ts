import type { CatalogApi } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { TenantReleasesApi } from '../api/TenantReleasesApi';
import { createApi } from '../testing/createApi';
import { createTenantEntity } from '../testing/fixtures';
import { createRefusal } from '../testing/refusal';
import { checkTenantName } from './checkTenantName';

const failing =
  (error: Promise<Error> | Error): TenantReleasesApi['getRelease'] =>
  async () => {
    throw await error;
  };
const notFound = failing(createRefusal(404));
const check = (
  tenant: string,
  getRelease: TenantReleasesApi['getRelease'] = notFound,
  catalog: CatalogApi = catalogApiMock(),
) => checkTenantName({ tenant, service: 'demo-api' }, createApi({ getRelease }), catalog);

describe('checkTenantName', () => {
  it('finds a name free that no tenant and no entity has', async () => {
    expect(await check('tenant-c')).toEqual({ kind: 'free' });
  });

  it.each(['', 'Tenant-A', 'a_b', '-a', 'a-', 'x'.repeat(41), 'kube-system', 'argocd', '../x'])(
    'refuses %j without asking anyone',
    async name => {
      const getRelease = jest.fn(notFound);
      expect(await check(name, getRelease)).toMatchObject({ kind: 'refused' });
      expect(getRelease).not.toHaveBeenCalled();
    },
  );

  it('refuses a name that a tenant has', async () => {
    expect(await check('tenant-a', createApi().getRelease)).toEqual({
      kind: 'refused',
      reason: 'is taken: there is a tenant or resource tenant-a',
    });
  });

  it('refuses a name that only the catalog has', async () => {
    const catalog = catalogApiMock({ entities: [createTenantEntity()] });
    expect(await check('tenant-a', notFound, catalog)).toMatchObject({ kind: 'refused' });
    expect(await check('tenant-b', notFound, catalog)).toEqual({ kind: 'free' });
  });

  it.each([
    ['a failed server', createRefusal(503)],
    ['no connection', new TypeError('Failed to fetch')],
  ])('does not know after %s', async (_, error) => {
    expect(await check('tenant-c', failing(error))).toMatchObject({ kind: 'unchecked' });
  });
});
