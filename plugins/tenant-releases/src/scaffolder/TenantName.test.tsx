import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../api/TenantReleasesApi';
import { TenantReleasesCache } from '../api/TenantReleasesProvider';
import { createApi } from '../testing/createApi';
import { createRefusal } from '../testing/refusal';
import { setUpTestClock } from '../testing/setUpTestClock';
import type { TenantNameProps } from './fieldSchemas';
import { TenantName } from './TenantName';

setUpTestClock();

function Form() {
  const [name, setName] = useState<string>();
  const props = {
    formData: name,
    onChange: setName,
    schema: { title: 'Name' },
    uiSchema: {},
    idSchema: { $id: 'root_name' },
  } as unknown as TenantNameProps;
  return (
    <TenantReleasesCache>
      <TenantName {...props} />
    </TenantReleasesCache>
  );
}

async function renderField(getRelease?: TenantReleasesApi['getRelease']) {
  const refusal = await createRefusal(404);
  const api = createApi({
    getRelease:
      getRelease ??
      (async () => {
        throw refusal;
      }),
  });
  renderInTestApp(<Form />, {
    apis: [
      [tenantReleasesApiRef, api],
      [catalogApiRef, catalogApiMock()],
    ],
  });
  return { api, field: await screen.findByRole('textbox', { name: 'Name' }) };
}

describe('TenantName', () => {
  it('says that a name is free, and what will be named after it', async () => {
    const { api, field } = await renderField();
    await userEvent.type(field, 'tenant-c');
    expect(await screen.findByText('tenant-c is free')).toBeInTheDocument();
    expect(field).toBeValid();
    const names = within(screen.getByLabelText('Named after the tenant'));
    for (const name of [
      'tenant-c, tenant-c-fence',
      'gitops/tenants/tenant-c-values.yaml',
      'gitops/apps/tenant-c.yaml',
      'gitops/projects/tenant-c.yaml',
    ]) {
      expect(names.getByText(name)).toBeInTheDocument();
    }
    // Only the whole name is looked up, not each letter on the way.
    expect(api.getRelease.mock.calls.map(([{ tenant }]) => tenant)).toEqual(['tenant-c']);
  });

  it('names the rule that is broken, while typing', async () => {
    const { api, field } = await renderField();
    await userEvent.type(field, 'Tenant');
    expect(screen.getByText(/must start with a lower-case letter/)).toBeInTheDocument();
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription(/must start with a lower-case letter/);
    expect(screen.queryByLabelText('Named after the tenant')).not.toBeInTheDocument();
    await userEvent.clear(field);
    await userEvent.type(field, 'kube-x');
    expect(screen.getByText(/is reserved for the platform/)).toBeInTheDocument();
    expect(api.getRelease).not.toHaveBeenCalled();
  });

  it('says that a name is taken', async () => {
    const { field } = await renderField(createApi().getRelease);
    await userEvent.type(field, 'tenant-a');
    expect(
      await screen.findByText(/The name is taken: there is a tenant or resource tenant-a/),
    ).toBeInTheDocument();
    expect(field).toBeInvalid();
  });

  it('says that it cannot look it up now', async () => {
    const { field } = await renderField(async () => {
      throw new TypeError('Failed to fetch');
    });
    await userEvent.type(field, 'tenant-c');
    expect(await screen.findByText(/cannot be looked up now/)).toBeInTheDocument();
    expect(field).toBeValid();
  });
});
