import type { ApiHolder } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { tenantReleasesApiRef } from '../api/TenantReleasesApi';
import { createApi } from '../testing/createApi';
import { createRefusal } from '../testing/refusal';
import { validateTenantName } from './validateTenantName';

type Field = Parameters<typeof validateTenantName>[1];

/** The errors that the form would show, and the release that was looked up. */
async function validate(name: string, error?: Error, options?: { service?: string }) {
  const api = createApi(
    error && {
      getRelease: async () => {
        throw error;
      },
    },
  );
  const apis = new Map<unknown, unknown>([
    [tenantReleasesApiRef.id, api],
    [catalogApiRef.id, catalogApiMock()],
  ]);
  const errors: string[] = [];
  await validateTenantName(name, { addError: (text: string) => errors.push(text) } as Field, {
    apiHolder: { get: ref => apis.get(ref.id) } as ApiHolder,
    formData: {},
    schema: {},
    uiSchema: options && { 'ui:options': options },
  });
  return { errors, lookedUp: api.getRelease.mock.calls[0]?.[0] };
}

describe('validateTenantName', () => {
  it('lets a free name pass', async () => {
    expect(await validate('tenant-c', await createRefusal(404))).toEqual({
      errors: [],
      lookedUp: { tenant: 'tenant-c', service: 'demo-api' },
    });
  });

  it('refuses a taken one, of the service that the template names', async () => {
    expect(await validate('tenant-a', undefined, { service: 'billing' })).toEqual({
      errors: ['The name is taken: there is a tenant or resource tenant-a'],
      lookedUp: { tenant: 'tenant-a', service: 'billing' },
    });
  });

  it('refuses one of a wrong form', async () => {
    const { errors, lookedUp } = await validate('kube-system');
    expect(errors).toEqual(['The name "kube-system" is reserved for the platform']);
    expect(lookedUp).toBeUndefined();
  });

  it('lets one pass that cannot be looked up', async () => {
    expect((await validate('tenant-c', await createRefusal(503))).errors).toEqual([]);
  });
});
