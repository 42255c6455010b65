import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import plugin from '../../plugin';
import { createApi } from '../../testing/createApi';
import { createSource } from '../../testing/fixtures';
import { setUpTestClock } from '../../testing/setUpTestClock';

setUpTestClock();

const git = createSource({
  kind: 'git',
  leftOut: [
    { kind: 'file', name: 'gitops/tenants/a.yaml', reason: 'It is larger than 64 KB' },
    { kind: 'file', name: 'gitops/tenants/B-values.yaml', reason: 'B is no tenant name.' },
  ],
  leftOutCount: 2,
});
const argocd = createSource({
  leftOut: [{ kind: 'application', name: 'argocd/tenant-a', reason: 'Its project is another.' }],
  leftOutCount: 1,
});

function renderPage(sources: SourceStatus[]) {
  renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/tenants'],
    apis: [
      [tenantReleasesApiRef, createApi({ listSources: async () => sources })],
      mockApis.permission(),
    ],
  });
}

describe('LeftOutNote', () => {
  it('says what is left out, and lists it with the reasons', async () => {
    renderPage([git, argocd]);
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: '2 files and 1 Application are left out' }),
    );
    const dialog = within(screen.getByRole('dialog', { name: 'Left out' }));
    const ofGit = within(dialog.getByRole('region', { name: 'Git' })).getAllByRole('listitem');
    expect(ofGit.map(({ textContent }) => textContent)).toEqual([
      'file gitops/tenants/a.yamlIt is larger than 64 KB.',
      'file gitops/tenants/B-values.yamlB is no tenant name.',
    ]);
    expect(dialog.getByRole('region', { name: 'Argo CD main' })).toHaveTextContent(
      'Application argocd/tenant-aIts project is another.',
    );
  });

  it('opens and closes by keyboard, and gives the focus back', async () => {
    renderPage([git]);
    const user = userEvent.setup();
    const button = await screen.findByRole('button', { name: '2 files are left out' });
    button.focus();
    await user.keyboard('{Enter}');
    const dialog = screen.getByRole('dialog', { name: 'Left out' });
    // What scrolls is within reach, and so is the way out.
    await user.tab();
    expect(within(dialog).getByRole('group', { name: 'Left out' })).toHaveFocus();
    await user.tab();
    expect(within(dialog).getByRole('button', { name: 'Open Sources' })).toHaveFocus();
    await user.tab();
    expect(within(dialog).getByRole('button', { name: 'Close' })).toHaveFocus();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(button).toHaveFocus();
  });

  it('says how many there are when not all of them are listed', async () => {
    renderPage([{ ...git, leftOutCount: 1_204 }]);
    await userEvent.click(
      await screen.findByRole('button', { name: '1,204 entries are left out' }),
    );
    expect(screen.getByRole('dialog')).toHaveTextContent('The first 2 of 1,204.');
  });

  it('draws nothing for who is told nothing', async () => {
    renderPage([createSource({ kind: 'git' }), createSource()]);
    await screen.findByTestId('tenant-row-tenant-a');
    expect(screen.queryByText(/left out/)).not.toBeInTheDocument();
  });
});
