import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import type { ChangedEvent } from '@internal/plugin-tenant-releases-common';
import { act, screen } from '@testing-library/react';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../api/TenantReleasesApi';
import type { FleetRow } from '../domain/fleet';
import plugin from '../plugin';
import { createApi } from '../testing/createApi';
import { createList, createRow } from '../testing/fixtures';

/** The id of one of {@link many}. */
export const name = (index: number) => `tenant-${String(index).padStart(4, '0')}`;
/** Tenants in sync, apart from what a test says. */
export const many = (count: number, part: (index: number) => Partial<FleetRow> = () => ({})) =>
  Array.from({ length: count }, (_, index) => createRow({ tenant: name(index), ...part(index) }));

/** A page over a list that can change, and a way to tell of changes. */
export function renderFleet(
  rows: FleetRow[],
  path = '/tenants',
  part: Partial<TenantReleasesApi> = {},
) {
  let emit: (event: ChangedEvent) => void = () => {};
  const list = new Map(rows.map(row => [row.tenant, row]));
  const api = createApi({
    listReleases: async ({ tenants } = {}) =>
      createList([...list.values()].filter(row => !tenants || tenants.includes(row.tenant))),
    readEvents: (onEvent, { signal, onOpen }) =>
      new Promise(resolve => {
        onOpen?.();
        emit = onEvent;
        signal.addEventListener('abort', () => resolve());
      }),
    ...part,
  });
  const storage = mockApis.storage();
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [path],
    apis: [[tenantReleasesApiRef, api], mockApis.permission(), storage],
  });
  const change = (row: FleetRow) => {
    list.set(row.tenant, row);
    act(() => emit({ type: 'changed', tenants: [row.tenant] }));
  };
  return { api, change };
}

/** Test ids of the rows on the page, in their order. */
export const shownRows = () => screen.getAllByTestId(/^tenant-row-/).map(row => row.dataset.testid);
