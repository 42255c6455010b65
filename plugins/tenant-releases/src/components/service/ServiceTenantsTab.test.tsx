import type { Entity } from '@backstage/catalog-model';
import { createExtensionTester, mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import plugin from '../../plugin';
import { createApi } from '../../testing/createApi';
import { ago, createList, createRelease, createSource } from '../../testing/fixtures';
import {
  createServiceCommits,
  createServiceVersion,
  createServiceVersions,
} from '../../testing/serviceFixtures';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { examineTitles } from '../../__testUtils__/titleOnly';

setUpTestClock();

const service: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'demo-api' },
  spec: { type: 'service' },
};

function renderTab(part: Partial<TenantReleasesApi>) {
  const api = createApi(part);
  const tab = createExtensionTester(
    plugin.getExtension('entity-content:tenant-releases/tenants'),
  ).reactElement();
  renderInTestApp(<EntityProvider entity={service}>{tab}</EntityProvider>, {
    apis: [[tenantReleasesApiRef, api], mockApis.permission()],
  });
  return api;
}

describe('ServiceTenantsTab', () => {
  it('shows how many tenants run which version; a press filters the table', async () => {
    const old = [{ version: 'sha-0000001', pods: 1, ready: 1, firstSeen: ago(90_000) }];
    const api = renderTab({
      listReleases: async () =>
        createList([
          createRelease(),
          createRelease({ tenant: 'tenant-b' }),
          createRelease({ tenant: 'tenant-c', running: old, state: 'drifted' }),
        ]),
    });
    expect(await screen.findByText(/^2 of 3 tenants run what Git wants/)).toBeInTheDocument();
    expect(api.listReleases.mock.calls[0][0]).toMatchObject({ service: 'demo-api' });
    expect(screen.getByRole('button', { name: /sha-1a2b3c4 2 tenants/ })).toBeInTheDocument();
    const bar = screen.getByRole('button', { name: /sha-0000001 1 tenant/ });
    await userEvent.click(bar);
    expect(screen.getAllByTestId(/^tenant-row-/)).toHaveLength(1);
    expect(screen.getByTestId('tenant-row-tenant-c')).toBeInTheDocument();
    expect(bar).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(bar);
    expect(screen.getAllByTestId(/^tenant-row-/)).toHaveLength(3);
  });

  it('shows how far each version has come, ring by ring; a press filters the table', async () => {
    const old = [{ version: 'sha-0000001', pods: 1, ready: 1, firstSeen: ago(90_000) }];
    renderTab({
      listReleases: async () =>
        createList([
          createRelease({ ring: 0, ringName: 'canary' }),
          createRelease({ tenant: 'tenant-b', ring: 1 }),
          createRelease({ tenant: 'tenant-c', ring: 1, running: old }),
        ]),
    });
    const rings = await screen.findByRole('list', { name: 'Versions by ring' });
    expect(within(rings).getByRole('heading', { name: /Ring 0, canary/ })).toHaveTextContent(
      '1 tenant, 100 % on the newest version',
    );
    expect(within(rings).getByRole('heading', { name: /Ring 1/ })).toHaveTextContent(
      '2 tenants, 50 % on the newest version',
    );
    await userEvent.click(
      within(rings).getByRole('button', { name: 'sha-0000001: 1 of 2 in Ring 1' }),
    );
    expect(screen.getAllByTestId(/^tenant-row-/)).toHaveLength(1);
    expect(screen.getByTestId('tenant-row-tenant-c')).toBeInTheDocument();
  });

  it('says nothing only in a title', async () => {
    const old = [{ version: 'sha-0000001', pods: 1, ready: 1, firstSeen: ago(90_000) }];
    renderTab({
      listReleases: async () =>
        createList([createRelease(), createRelease({ tenant: 'tenant-b', running: old })]),
    });
    const bar = await screen.findByRole('button', { name: /sha-1a2b3c4 1 tenant/ });
    expect(bar).toHaveAccessibleDescription(/^sha-1a2b3c4\nAda · #142 bump demo-api\nfirst seen /);
    // A button holds no further stop of the keyboard.
    expect(bar.querySelector('[tabindex]')).toBeNull();
    const { titles, titleOnly } = examineTitles();
    expect(titleOnly).toEqual([]);
    expect(titles).toBeGreaterThan(10);
  });

  it('says which source is down above the versions too', async () => {
    const stale = Array.from({ length: 30 }, (_, index) =>
      createRelease({ tenant: `tenant-${index}`, staleSeconds: 190 }),
    );
    renderTab({
      listReleases: async () => createList(stale),
      listSources: async () => [
        createSource({ state: 'down', error: 'unreachable', ageSeconds: 190 }),
      ],
    });
    const notice = await screen.findByText(/30 of 30 rows/);
    expect(notice).toHaveTextContent('Argo CD unreachable for 3 min, last known');
    const versions = screen.getByRole('region', { name: 'Versions' });
    expect(notice.compareDocumentPosition(versions)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('says what would be here, and why nothing is', async () => {
    const notice = { code: 'NONE_VISIBLE' as const, text: 'Ask the platform team.' };
    renderTab({ listReleases: async () => ({ ...createList([]), notice }) });
    expect(await screen.findByText(/Each tenant of demo-api/)).toHaveTextContent(
      'There is none. Ask the platform team.',
    );
    expect(screen.queryByText('There are no tenants yet.')).not.toBeInTheDocument();
  });

  it('says what failed', async () => {
    const refusal = await createRefusal(403);
    renderTab({
      listReleases: async () => {
        throw refusal;
      },
    });
    expect(await screen.findByText(/You may not see this/)).toBeInTheDocument();
  });

  describe('for somebody who owns the service', () => {
    const versions = [
      createServiceVersion({
        running: 9,
        desired: 9,
        serving: { errorRatio: 0.33, latencyP95: 0.2 },
      }),
      createServiceVersion({
        version: 'sha-0000001',
        running: 2,
        isBad: true,
        serving: undefined,
        notMeasured: 'Too few.',
      }),
    ];
    const numbers = createServiceVersions({
      shows: 'numbers',
      tenants: 12,
      withoutPods: 1,
      versions,
      notice: { code: 'NUMBERS_ONLY', text: 'You see how many tenants run demo-api.' },
    });
    const noReleases = async () => ({
      ...createList([]),
      notice: { code: 'NONE_VISIBLE' as const, text: 'Your groups own none.' },
    });

    it('tells numbers, errors and latency by version, and never that there is no tenant', async () => {
      renderTab({ listReleases: noReleases, getServiceVersions: async () => numbers });
      expect(await screen.findByText(/^9 of 12 tenants run the newest version/)).toHaveTextContent(
        '33 % of the requests of the newest fail',
      );
      expect(screen.getByText('You see how many tenants run demo-api.')).toBeInTheDocument();
      const newest = within(screen.getByTestId('version-sha-1a2b3c4'));
      expect(newest.getByText('33 %')).toBeInTheDocument();
      expect(newest.getByText('200 ms')).toBeInTheDocument();
      const bad = within(screen.getByTestId('version-sha-0000001'));
      expect(bad.getByText('bad version')).toBeInTheDocument();
      expect(bad.getAllByText('not told')).toHaveLength(2);
      expect(screen.getByText(/sha-0000001: Too few\./)).toBeInTheDocument();
      expect(screen.queryByRole('columnheader', { name: 'Tenants' })).not.toBeInTheDocument();
      expect(screen.queryByText(/there are no tenants|there is none/i)).not.toBeInTheDocument();
    });

    it('names tenants where they are told, the first of many', async () => {
      const tenants = Array.from({ length: 10 }, (_, index) => ({
        tenant: `tenant-${index}`,
        displayName: `Customer ${index}`,
        ring: 1,
      }));
      renderTab({
        listReleases: noReleases,
        getServiceVersions: async () => ({
          ...numbers,
          shows: 'names',
          notice: undefined,
          versions: [{ ...versions[0], tenants }],
        }),
      });
      expect(await screen.findByText(/Customer 7/)).toBeInTheDocument();
      expect(screen.queryByText(/Customer 8/)).not.toBeInTheDocument();
      await userEvent.click(screen.getByRole('button', { name: 'and 2 more' }));
      expect(screen.getByText(/Customer 9/)).toBeInTheDocument();
    });

    it('lists the commits from the oldest running version to the newest', async () => {
      const commits = createServiceCommits().commits;
      const api = renderTab({
        listReleases: noReleases,
        getServiceVersions: async () => numbers,
        listServiceCommits: async (_, span) =>
          createServiceCommits({
            ...span,
            total: 400,
            missing: 1,
            commits: [
              ...commits,
              {
                ...commits[0],
                sha: 'f'.repeat(40),
                author: 'renovate',
                isBot: true,
                url: 'data:text/html,x',
              },
            ],
          }),
      });
      expect(await screen.findAllByText('Retry a payment once')).toHaveLength(2);
      expect(api.listServiceCommits.mock.calls[0].slice(0, 2)).toEqual([
        'demo-api',
        { from: 'sha-0000001', to: 'sha-1a2b3c4' },
      ]);
      expect(screen.getByText(/has 400 commits that sha-0000001 does not have/)).toHaveTextContent(
        'sha-0000001 has 1 commit that sha-1a2b3c4 does not have. The host of the repository tells 2 of them.',
      );
      const [first, bot] = screen.getAllByTestId('commit-row');
      expect(within(first).getByRole('link', { name: /^1a2b3c4/ })).toBeInTheDocument();
      expect(bot).toHaveTextContent('renovate (bot)');
      expect(within(bot).queryByRole('link')).not.toBeInTheDocument();
    });

    it.each([
      [
        {
          listServiceCommits: async () => ({
            service: 'x',
            from: 'a',
            to: 'b',
            unavailable: 'The host is away.',
          }),
        },
        'The host is away.',
      ],
      [
        { getServiceVersions: async () => ({ ...numbers, versions: [versions[0]] }) },
        'No older version than the newest is known to run.',
      ],
      [
        { getServiceVersions: async () => ({ ...numbers, versions: [] }) },
        'No version of it is known.',
      ],
    ] as Array<[Partial<TenantReleasesApi>, string]>)(
      'says what cannot be told: %#',
      async (part, text) => {
        renderTab({ listReleases: noReleases, getServiceVersions: async () => numbers, ...part });
        expect(await screen.findByText(text)).toBeInTheDocument();
      },
    );

    it('shows the first of 40 versions', async () => {
      const many = Array.from({ length: 40 }, (_, index) =>
        createServiceVersion({ version: `v${index}`, running: 1 }),
      );
      renderTab({
        listReleases: noReleases,
        getServiceVersions: async () => ({ ...numbers, versions: many }),
      });
      await userEvent.click(await screen.findByRole('button', { name: 'Show 28 older' }));
      expect(screen.getAllByTestId(/^version-/)).toHaveLength(40);
    });
  });

  it('says who may grant it to somebody who may see none', async () => {
    renderTab({
      listReleases: async () => createList([]),
      getServiceVersions: async () =>
        createServiceVersions({
          notice: { code: 'NONE_VISIBLE', text: 'Ask the group that owns it.' },
        }),
    });
    expect(await screen.findByText('Ask the group that owns it.')).toBeInTheDocument();
    expect(screen.getByText('You see no tenant of demo-api here.')).toBeInTheDocument();
    expect(screen.queryByText(/no tenants yet/)).not.toBeInTheDocument();
  });

  it('keeps the rows, and says so, when the versions cannot be had', async () => {
    const refusal = await createRefusal(503);
    renderTab({
      getServiceVersions: async () => {
        throw refusal;
      },
    });
    expect(
      await screen.findByTestId('tenant-row-tenant-a', {}, { timeout: 4_000 }),
    ).toBeInTheDocument();
    expect(screen.getByRole('alert')).toBeInTheDocument();
  });
});
