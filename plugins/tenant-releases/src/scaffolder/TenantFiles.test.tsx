import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { screen } from '@testing-library/react';
import { clearTenantReleasesCache, TenantReleasesCache } from '../api/TenantReleasesProvider';
import { createRefusal } from '../testing/refusal';
import type { TenantFilesProps } from './fieldSchemas';
import { TenantFiles } from './TenantFiles';

type ScaffolderApi = typeof scaffolderApiRef.T;

const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'new-tenant', namespace: 'default' },
};

function renderField(dryRun: ScaffolderApi['dryRun'], entities: object[] = [template]) {
  const props = {
    formContext: { formData: { name: 'tenant-c' } },
    formData: 'shown',
    onChange: jest.fn(),
    uiSchema: {},
  } as unknown as TenantFilesProps;
  renderInTestApp(
    <TenantReleasesCache>
      <TenantFiles {...props} />
    </TenantReleasesCache>,
    {
      apis: [
        [scaffolderApiRef, { dryRun } as Partial<ScaffolderApi> as ScaffolderApi],
        [catalogApiRef, catalogApiMock({ entities: entities as [] })],
      ],
    },
  );
}

describe('TenantFiles', () => {
  afterEach(clearTenantReleasesCache);

  it('shows what the server would write, exactly', async () => {
    const text = 'displayName: "Ünï <b>#1</b>"\n';
    const dryRun = jest.fn(async () => ({
      directoryContents: [
        {
          path: 'onboarding/gitops/tenants/tenant-c-values.yaml',
          base64Content: Buffer.from(text).toString('base64'),
        },
      ],
      log: [],
      steps: [],
      output: {},
    }));
    renderField(dryRun);
    const file = await screen.findByText('gitops/tenants/tenant-c-values.yaml');
    expect(file.nextElementSibling?.textContent).toBe(text);
    expect(dryRun).toHaveBeenCalledWith({
      template,
      values: { name: 'tenant-c' },
      directoryContents: [],
    });
  });

  it('names each field that cannot be', async () => {
    const refusal = await createRefusal(
      400,
      'The tenant cannot be onboarded. name: "tenant-c" is taken. owner: there is no group x',
    );
    renderField(async () => {
      throw refusal;
    });
    expect(await screen.findByText('name: "tenant-c" is taken')).toBeInTheDocument();
    expect(screen.getByText('owner: there is no group x')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });

  it('says that there is no template', async () => {
    renderField(async () => Promise.reject(new Error('not asked')), []);
    expect(await screen.findByText(/There is no template/)).toBeInTheDocument();
  });
});
