import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../api/TenantReleasesApi';
import { TenantReleasesCache } from '../api/TenantReleasesProvider';
import { createApi } from '../testing/createApi';
import { ago } from '../testing/fixtures';
import { createRefusal } from '../testing/refusal';
import { setUpTestClock } from '../testing/setUpTestClock';
import type { TenantVersionProps } from './fieldSchemas';
import { TenantVersion } from './TenantVersion';

setUpTestClock();

function renderField(part: Partial<TenantReleasesApi> = {}, formData?: string) {
  const onChange = jest.fn();
  const props = {
    formData,
    onChange,
    schema: { title: 'Version' },
    uiSchema: {},
    idSchema: { $id: 'root_version' },
  } as unknown as TenantVersionProps;
  renderInTestApp(
    <TenantReleasesCache>
      <TenantVersion {...props} />
    </TenantReleasesCache>,
    { apis: [[tenantReleasesApiRef, createApi(part)]] },
  );
  return onChange;
}

describe('TenantVersion', () => {
  it('chooses the newest by itself', async () => {
    const onChange = renderField();
    await waitFor(() => expect(onChange).toHaveBeenCalledWith('sha-1a2b3c4'));
  });

  it('keeps what is chosen, offers the others and says who has them', async () => {
    const onChange = renderField(
      {
        listVersions: async () => [
          { version: 'sha-1a2b3c4', tenants: 2 },
          { version: 'sha-0000002', tenants: 1 },
          { version: 'sha-0000001', tenants: 0, lastUsedAt: ago(7200) },
        ],
      },
      'sha-0000001',
    );
    expect(await screen.findByRole('option', { name: /^sha-1a2b3c4/ })).toHaveTextContent(
      'sha-1a2b3c4 (newest; 2 tenants have it)',
    );
    expect(screen.getByRole('option', { name: /^sha-0000002/ })).toHaveTextContent(
      '1 tenant has it',
    );
    expect(screen.getByRole('option', { name: /^sha-0000001/ })).toHaveTextContent(
      'last used 2 h ago',
    );
    const field = screen.getByRole('combobox', { name: 'Version' });
    expect(field).toHaveValue('sha-0000001');
    expect(onChange).not.toHaveBeenCalled();
    await userEvent.selectOptions(field, 'sha-0000002');
    expect(onChange).toHaveBeenCalledWith('sha-0000002');
  });

  it('says that there is none', async () => {
    renderField({ listVersions: async () => [] });
    expect(await screen.findByText(/No version is known yet/)).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: 'Version' })).toBeDisabled();
  });

  it('says what failed', async () => {
    const refusal = await createRefusal(403);
    renderField({
      listVersions: async () => {
        throw refusal;
      },
    });
    expect(await screen.findByText(/You may not see this/)).toBeInTheDocument();
  });
});
