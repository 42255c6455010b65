import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { useReach } from './useReach';

/** What the portal answers to the questions for releases and for templates. */
type Answers = [releases: Response | Error, templates: Response | Error];

const items = (totalItems: number) => Response.json({ items: [], totalItems });

function reachWith([releases, templates]: Answers) {
  const fetchApi = {
    fetch: async (url: unknown) => {
      const answer = String(url).startsWith('plugin://tenant-releases/') ? releases : templates;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const wrapper = ({ children }: PropsWithChildren) => (
    <TestApiProvider apis={[[fetchApiRef, fetchApi]]}>{children}</TestApiProvider>
  );
  return renderHook(() => useReach(), { wrapper });
}

describe('useReach', () => {
  it.each<[string, () => Answers, { tenants: boolean; templates: boolean }]>([
    ['the platform', () => [items(5), items(1)], { tenants: true, templates: true }],
    [
      'the platform at the beginning',
      () => [items(0), items(1)],
      { tenants: true, templates: true },
    ],
    ['an owner', () => [items(1), items(0)], { tenants: true, templates: false }],
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
