import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import plugin from '../../plugin';
import { createApi } from '../../testing/createApi';
import { createReport } from '../../testing/sourceFixtures';

// In a file of its own: the framework remembers a permission's answer for as long as the page lives.
describe('for who may not onboard tenants', () => {
  const open = (path: string) => {
    const away = createReport({ state: 'down', error: 'unreachable' });
    const api = createApi({ listSources: async () => [away] });
    renderTestApp({
      features: [plugin],
      initialRouteEntries: [path],
      apis: [[tenantReleasesApiRef, api], mockApis.permission({ authorize: 'DENY' as never })],
    });
    return api;
  };

  it('the Sources page asks nothing, and says whom to ask', async () => {
    const api = open('/sources');
    expect(await screen.findByText(/is for the platform group/)).toBeInTheDocument();
    expect(api.reportSources).not.toHaveBeenCalled();
  });

  it('nothing leads to it', async () => {
    open('/tenants');
    expect(await screen.findByText(/^Argo CD unreachable/)).toBeInTheDocument();
    expect(screen.queryByText('Open Sources')).not.toBeInTheDocument();
  });
});
