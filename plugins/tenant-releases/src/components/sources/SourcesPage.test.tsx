import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import type { LeftOut, SourceReport } from '@internal/plugin-tenant-releases-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { tenantReleasesApiRef, type TenantReleasesApi } from '../../api/TenantReleasesApi';
import plugin from '../../plugin';
import { createApi } from '../../testing/createApi';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { createGitReport, createReport } from '../../testing/sourceFixtures';

setUpTestClock();

function renderPage(part: Partial<TenantReleasesApi>) {
  const api = createApi(part);
  renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/sources'],
    apis: [[tenantReleasesApiRef, api], mockApis.permission()],
  });
  return api;
}
const showing = (...reports: SourceReport[]) => renderPage({ reportSources: async () => reports });
const section = async (name: string) => within(await screen.findByRole('region', { name }));

const entry = (index: number): LeftOut => ({
  kind: 'file',
  name: `tenants/odd-${index}.txt`,
  reason: 'It is no tenant file: move it away',
});

/** Entries as the server finds them. */
const entriesOf =
  (all: LeftOut[]): TenantReleasesApi['listSourceEntries'] =>
  async ({ text, limit }) => {
    const found = all.filter(({ name }) => name.includes(text));
    return { items: found.slice(0, limit), matchCount: found.length, totalCount: all.length };
  };

describe('the Sources page', () => {
  it('says how the sources are, the worst first', async () => {
    showing(
      createReport(),
      createReport({
        id: 'kubernetes:eu',
        kind: 'kubernetes',
        name: 'eu',
        state: 'down',
        error: 'unauthorized',
        currentAt: '2026-11-23T11:57:00Z',
        cure: "Renew the portal's credentials at kubernetes.clusterLocatorMethods.",
      }),
    );
    expect(
      await screen.findByText('1 of 2 sources answer; Kubernetes eu is down.'),
    ).toBeInTheDocument();
    const headings = screen.getAllByRole('heading', { level: 2 });
    expect(headings.map(({ textContent }) => textContent)).toEqual([
      'Kubernetes eu',
      'Argo CD main',
    ]);
    const eu = await section('Kubernetes eu');
    expect(eu.getByText('Down')).toBeInTheDocument();
    expect(eu.getByRole('note')).toHaveTextContent(
      "Kubernetes refusing the portal’s credentials for 3 min, last known. Renew the portal's credentials at kubernetes.clusterLocatorMethods.",
    );
    const main = await section('Argo CD main');
    expect(main.getByText('Answers')).toBeInTheDocument();
    expect(main.getByText(/^current .* ago$/)).toBeInTheDocument();
    expect(main.getAllByRole('term').map(term => term.parentElement?.textContent)).toEqual([
      'Applications3',
      'With a release3',
      'Of other repositories0',
    ]);
    expect(main.getByText('Nothing is left out.')).toBeInTheDocument();
    await waitFor(() => expect(document.title).toMatch(/^1 of 2 in trouble · Sources/));
  });

  it('explains a pattern that matches nothing', async () => {
    const detail =
      'tenantReleases.gitops.layouts match no release in 3 files on branch main: "gitops init" proposes layouts.';
    const report = createGitReport(
      { state: 'down', error: 'misconfigured', detail, leftOutCount: 1 },
      {
        commit: undefined,
        refused: {
          sha: 'f'.repeat(40),
          url: 'https://git.example.com/acme/platform/commit/f',
          committedAt: '2026-11-23T11:00:00Z',
          author: 'Ada',
        },
        layouts: [
          {
            key: 'tenantReleases.gitops.layouts[0]',
            pattern: 'tenants/{tenant}/values.yaml',
            files: 0,
            releases: 0,
            tenants: 0,
            closest: ['customers/acme/values.yaml'],
          },
        ],
      },
    );
    renderPage({ reportSources: async () => [report], listSourceEntries: entriesOf([entry(1)]) });
    const git = await section('Git acme/platform');
    expect(git.getByText('Not set up correctly')).toBeInTheDocument();
    expect(git.getByRole('alert')).toHaveTextContent(detail);
    const row = git.getByTestId('layout-row');
    expect(row).toHaveTextContent('tenants/{tenant}/values.yaml');
    expect(row).toHaveTextContent('Matches nothing');
    expect(row).toHaveTextContent('The paths that come closest: customers/acme/values.yaml');
    expect(git.getByText('no commit yet')).toBeInTheDocument();
    expect(git.getByText('Newest commit, not taken')).toBeInTheDocument();
    // So few entries are open at once.
    expect(await git.findByRole('rowheader', { name: 'tenants/odd-1.txt' })).toBeInTheDocument();
  });

  it('links to the Git host, and to nothing that is no page', async () => {
    showing(
      createGitReport(),
      createGitReport({ id: 'git:x' }, { repository: 'acme/other', url: 'data:text/html,x' }),
    );
    const git = await section('Git acme/platform');
    expect(git.getByRole('link', { name: /acme\/platform/ })).toHaveAttribute(
      'href',
      'https://git.example.com/acme/platform',
    );
    expect(git.getByRole('link', { name: /1a2b3c4/ })).toBeInTheDocument();
    const other = await section('Git acme/other');
    expect(other.queryByRole('link', { name: /acme\/other/ })).not.toBeInTheDocument();
  });

  it('shows the first of a long list, searches in all of it, and says what is missing', async () => {
    const all = Array.from({ length: 3_211 }, (_, index) => entry(index));
    const api = renderPage({
      reportSources: async () => [createGitReport({ leftOutCount: all.length })],
      listSourceEntries: entriesOf(all),
    });
    const git = await section('Git acme/platform');
    expect(api.listSourceEntries).not.toHaveBeenCalled();
    const user = userEvent.setup();
    await user.click(git.getByText(/^Left out: 3,211/));
    expect(await git.findByText('100 of 3,211 shown')).toBeInTheDocument();
    expect(git.getAllByRole('rowheader', { name: /odd/ })).toHaveLength(100);
    await user.type(git.getByRole('searchbox', { name: 'Search entries' }), 'odd-321');
    expect(await git.findByText('2 of 3,211 match')).toBeInTheDocument();
    await user.type(git.getByRole('searchbox', { name: 'Search entries' }), 'x');
    expect(await git.findByText('No entry holds this text.')).toBeInTheDocument();
    await user.click(git.getByRole('button', { name: 'Clear search' }));
    await user.click(await git.findByRole('button', { name: 'Show 1,000' }));
    expect(await git.findByText('1,000 of 3,211 shown')).toBeInTheDocument();
    expect(git.getByText('Search to see the others.')).toBeInTheDocument();
  });

  it('keeps what has no release without a fault apart', async () => {
    const pod: LeftOut = { kind: 'pod', name: 'x/api-1', reason: 'No release has its labels.' };
    const api = renderPage({
      reportSources: async () => [createReport({ unusedCount: 1 })],
      listSourceEntries: entriesOf([pod]),
    });
    const main = await section('Argo CD main');
    expect(main.getByText(/Nothing is left out\.$/)).toBeInTheDocument();
    await userEvent.click(main.getByText('Of no release: 1, which may be right.'));
    expect(await main.findByRole('rowheader', { name: 'x/api-1' })).toBeInTheDocument();
    expect(api.listSourceEntries.mock.calls[0][0]).toMatchObject({ list: 'unused' });
  });

  it('tells of an error that is over, and of a source that has told nothing', async () => {
    showing(
      createReport({ lastError: { error: 'timeout', at: '2026-11-23T11:00:00Z' } }),
      createReport({ id: 'argocd:new', name: 'new', state: 'stale', counts: [] }),
      createReport({ id: 'loki', kind: 'loki', name: 'Loki', counts: [] }),
    );
    const main = await section('Argo CD main');
    expect(main.getByText(/^Last error: not answering/)).toHaveTextContent('1 h ago');
    const fresh = await section('Argo CD new');
    expect(fresh.getByText('Has not answered yet')).toBeInTheDocument();
    expect(
      fresh.getByText('Nothing has been read of it since the portal started.'),
    ).toBeInTheDocument();
    expect(fresh.queryByText(/Nothing is left out/)).not.toBeInTheDocument();
    const loki = await section('Loki');
    expect(loki.getByText(/^For tenants of all clusters/)).toBeInTheDocument();
  });

  it('says what went wrong when it cannot be read, and tries again', async () => {
    const refusal = await createRefusal(503, 'Git has not answered yet');
    let isAway = true;
    renderPage({
      reportSources: async () => {
        if (isAway) throw refusal;
        return [createReport()];
      },
    });
    const alert = await screen.findByRole('alert', undefined, { timeout: 4_000 });
    expect(alert).toHaveTextContent('Git has not answered yet');
    isAway = false;
    await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/^The only source answers/)).toBeInTheDocument();
  });

  it('says what would be here when the server names no source', async () => {
    showing();
    expect(await screen.findByText(/^Each upstream that the portal reads/)).toBeInTheDocument();
  });

  it('is reached from a notice on the Tenants page', async () => {
    renderTestApp({
      features: [plugin],
      initialRouteEntries: ['/tenants'],
      apis: [
        [
          tenantReleasesApiRef,
          createApi({
            listSources: async () => [
              { ...createReport({ state: 'down', error: 'unreachable' }), currentAt: undefined },
            ],
          }),
        ],
        mockApis.permission(),
      ],
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Open Sources' }));
    expect(await screen.findByRole('region', { name: 'Argo CD main' })).toBeInTheDocument();
  });
});
