import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { type Reach, useReach } from './useReach';

/** What the portal answers to the questions for releases and for templates. */
type Answers = [
  releases: Response | Error,
  templates: Response | Error,
  onboards?: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
];

const listOf = (...tenants: string[]) =>
  Response.json({ items: tenants.map(tenant => ({ tenant })), totalItems: tenants.length });
const items = (totalItems: number) => Response.json({ items: [], totalItems });

function reachWith([releases, templates, authorize = AuthorizeResult.DENY]: Answers) {
  const permissionApi = mockApis.permission({ authorize });
  const fetchApi = {
    fetch: async (url: unknown) => {
      const answer = String(url).startsWith('plugin://tenant-releases/') ? releases : templates;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const wrapper = ({ children }: PropsWithChildren) => (
    <TestApiProvider
      apis={[
        [fetchApiRef, fetchApi],
        [permissionApiRef, permissionApi],
      ]}
    >
      {children}
    </TestApiProvider>
  );
  return renderHook(() => useReach(), { wrapper });
}

describe('useReach', () => {
  it.each<[string, () => Answers, Reach]>([
    ['the platform', () => [items(5), items(1)], { tenants: true, templates: true }],
    [
      'the platform at the beginning',
      () => [items(0), items(1)],
      { tenants: true, templates: true },
    ],
    ['an owner', () => [items(1), items(0)], { tenants: true, templates: false }],
    [
      'an owner of one tenant with two services',
      () => [listOf('tenant-a', 'tenant-a'), items(0)],
      { tenants: true, templates: false, onlyTenant: 'tenant-a' },
    ],
    [
      'the platform with one tenant',
      () => [listOf('tenant-a'), items(1), AuthorizeResult.ALLOW],
      { tenants: true, templates: true, sources: true },
    ],
    [
      'an owner of two tenants',
      () => [listOf('tenant-a', 'tenant-b'), items(0)],
      { tenants: true, templates: false },
    ],
    ['a developer', () => [items(0), items(0)], { tenants: false, templates: false }],
    [
      'somebody during an outage',
      () => [new Response('', { status: 503 }), new Error('offline')],
      { tenants: true, templates: true },
    ],
  ])('tells what there is for %s', async (_, answers, expected) => {
    const { result } = reachWith(answers());
    expect(result.current).toEqual({});
    await waitFor(() => expect(result.current).toEqual(expected));
  });
});
