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

const none = { tenants: 0, healthy: 0, ready: 0, firstSeen: ago(60) };
const versions = [
  { ...none, version: 'sha-0000003', tenants: 1, firstSeen: ago(60) },
  { ...none, version: 'sha-1a2b3c4', tenants: 2, healthy: 2, ready: 2 },
  { ...none, version: 'sha-0000002', tenants: 3, healthy: 3, ready: 3, bad: 'leaks memory' },
  { ...none, version: 'sha-0000001', lastUsedAt: ago(7200) },
];

describe('TenantVersion', () => {
  it('chooses by itself what most tenants run healthily', async () => {
    const onChange = renderField({ listVersions: async () => versions });
    await waitFor(() => expect(onChange).toHaveBeenCalledWith('sha-1a2b3c4'));
  });

  it('chooses none where nobody runs one healthily, and says so', async () => {
    const onChange = renderField({ listVersions: async () => versions.slice(2) });
    expect(await screen.findByText(/none is suggested: choose one/)).toBeInTheDocument();
    expect(onChange).not.toHaveBeenCalled();
  });

  it('keeps what is chosen, offers the others and says how they do', async () => {
    const onChange = renderField({ listVersions: async () => versions }, 'sha-0000001');
    const option = async (name: RegExp) => screen.findByRole('option', { name });
    expect(await option(/^sha-1a2b3c4/)).toHaveTextContent('2 tenants run it healthily');
    expect(await option(/^sha-0000003/)).toHaveTextContent('newest; not running yet');
    expect(await option(/^sha-0000001/)).toHaveTextContent('last used 2 h ago');
    expect(await option(/^sha-0000002/)).toHaveTextContent('bad: leaks memory');
    expect(await option(/^sha-0000002/)).toBeDisabled();
    const field = screen.getByRole('combobox', { name: 'Version' });
    expect(field).toHaveValue('sha-0000001');
    expect(onChange).not.toHaveBeenCalled();
    await userEvent.selectOptions(field, 'sha-1a2b3c4');
    expect(onChange).toHaveBeenCalledWith('sha-1a2b3c4');
  });

  it.each([
    ['sha-0000002', /is on the list of bad versions: choose another/],
    ['sha-9999999', /is not a version that a tenant has or had/],
  ])('says that %s, which came with the address, cannot be', async (version, words) => {
    renderField({ listVersions: async () => versions }, version);
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: 'Version' })).toHaveAttribute(
      'aria-invalid',
      'true',
    );
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
