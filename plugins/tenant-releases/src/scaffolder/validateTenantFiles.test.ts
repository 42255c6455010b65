import type { ApiHolder } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { clearTenantReleasesCache } from '../api/TenantReleasesProvider';
import { createRefusal } from '../testing/refusal';
import { validateTenantFiles } from './validateTenantFiles';

type Field = Parameters<typeof validateTenantFiles>[1];

const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'new-tenant', namespace: 'default' },
};
const planned = { directoryContents: [], log: [], steps: [], output: {} };

async function validate(dryRun: () => Promise<object>, formData = { name: 'tenant-c' }) {
  const apis = new Map<unknown, unknown>([
    [scaffolderApiRef.id, { dryRun }],
    [catalogApiRef.id, catalogApiMock({ entities: [template] })],
  ]);
  const errors: string[] = [];
  await validateTenantFiles('shown', { addError: (text: string) => errors.push(text) } as Field, {
    apiHolder: { get: ref => apis.get(ref.id) } as ApiHolder,
    formData,
    schema: {},
    uiSchema: undefined,
  });
  return errors;
}

describe('validateTenantFiles', () => {
  afterEach(clearTenantReleasesCache);

  it('lets pass what can be, and asks once for what was asked', async () => {
    const dryRun = jest.fn(async () => planned);
    expect(await validate(dryRun)).toEqual([]);
    expect(await validate(dryRun)).toEqual([]);
    expect(dryRun).toHaveBeenCalledTimes(1);
    expect(await validate(dryRun, { name: 'tenant-d' })).toEqual([]);
    expect(dryRun).toHaveBeenCalledTimes(2);
  });

  it('names each field that is refused', async () => {
    const refusal = await createRefusal(
      400,
      'The tenant cannot be onboarded. name: "tenant-c" is taken. owner: there is no group x',
    );
    expect(await validate(async () => Promise.reject(refusal))).toEqual([
      'name: "tenant-c" is taken',
      'owner: there is no group x',
    ]);
  });

  it('lets nobody pass while nobody knows, and somebody once it is known', async () => {
    expect(await validate(async () => Promise.reject(new Error('Failed to fetch')))).toEqual([
      'Failed to fetch',
    ]);
    expect(await validate(async () => planned)).toEqual([]);
  });
});
