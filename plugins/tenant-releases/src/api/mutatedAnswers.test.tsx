import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  mutate,
  mutatedObjects,
  mutationSeed,
  seeded,
} from '@internal/plugin-tenant-releases-common/testUtils';
import { screen } from '@testing-library/react';
import { fleetPageSchema } from '../domain/fleet';
import { surveyTenants, describeSurvey } from '../domain/summary';
import plugin from '../plugin';
import { createApi } from '../testing/createApi';
import { createList, createRow, createSource, now } from '../testing/fixtures';
import { setUpTestClock } from '../testing/setUpTestClock';
import { tenantReleasesApiRef } from './TenantReleasesApi';

const count = mutatedObjects(2_000);
const random = seeded(mutationSeed);

jest.setTimeout(60_000 + count * 5);
setUpTestClock();

const good = ['tenant-b', 'tenant-c'].map(tenant => createRow({ tenant }));
const row = createRow({
  reasons: [{ code: 'SYNC_FAILED', text: 'Argo CD could not sync: quota.' }],
  hold: { version: 'sha-1', reason: 'audit', by: 'Ada', since: '2026-01-01T00:00:00Z' },
  staleSeconds: 5,
});
const source = createSource({ state: 'stale', error: 'timeout', detail: 'It lives.' });
const listOf = (...items: unknown[]) => ({ ...createList([]), items, totalItems: items.length });

describe('one odd row or source', () => {
  it(`hides no other row: ${count} mutated items`, () => {
    let unreadable = 0;
    for (let index = 0; index < count; index += 2) {
      const odd = mutate(row, random, ['tenant', 'service']);
      const sources = [mutate(source, random), createSource()];
      const answer = fleetPageSchema.parse({ ...listOf(good[0], odd, good[1]), sources });
      expect(answer.items.filter(({ tenant }) => tenant !== row.tenant)).toEqual(good);
      expect(answer.items.length + (answer.unreadable ?? 0)).toBe(3);
      expect(answer.sources).toContainEqual(createSource());
      describeSurvey(surveyTenants(answer.items), now);
      unreadable += answer.unreadable ?? 0;
    }
    expect(unreadable).toBeGreaterThan(count / 20);
  });

  it('is said above the rows, and drawn as far as it can be read', async () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      mutate({ ...row, tenant: `odd-${index}` }, random, ['tenant', 'service']),
    );
    const answer = fleetPageSchema.parse(listOf(...good, ...rows, null));
    renderTestApp({
      features: [plugin],
      initialRouteEntries: ['/tenants'],
      apis: [
        [tenantReleasesApiRef, createApi({ listReleases: async () => answer })],
        mockApis.permission(),
      ],
    });
    expect(
      await screen.findByText(new RegExp(`^${answer.unreadable} rows cannot be read`)),
    ).toBeInTheDocument();
    for (const { tenant } of answer.items) {
      expect(screen.getByTestId(`tenant-row-${tenant}`)).toBeInTheDocument();
    }
  });

  it('is not all there is: then the answer is another one than agreed', () => {
    const parsed = fleetPageSchema.safeParse(listOf(null, { tenant: 7 }));
    expect(parsed.error?.issues[0].path.slice(0, 2)).toEqual(['items', 0]);
    expect(fleetPageSchema.parse(listOf())).toMatchObject({ items: [] });
  });
});
