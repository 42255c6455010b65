import { fetchApiRef, useApi, type FetchApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';

/** What there is for the person who is signed in; undefined while nobody knows. */
export interface Reach {
  /** Whether there are tenants to look after, or to add. */
  tenants?: boolean;
  /** Whether there are templates to choose from. */
  templates?: boolean;
}

/** Finds out once what the person may see, so that nothing leads to an empty page. */
export function useReach(): Reach {
  const fetchApi = useApi(fetchApiRef);
  const [reach, setReach] = useState<Reach>({});
  useEffect(() => {
    let gone = false;
    findReach(fetchApi).then(found => {
      if (!gone) setReach(found);
    });
    return () => {
      gone = true;
    };
  }, [fetchApi]);
  return reach;
}

async function findReach(fetchApi: FetchApi): Promise<Reach> {
  const [releases, templates] = await Promise.all([
    hasItems(fetchApi, 'plugin://tenant-releases/releases?limit=1&fields=state'),
    hasItems(fetchApi, 'plugin://catalog/entities/by-query?filter=kind=template&limit=0'),
  ]);
  return { tenants: releases || templates, templates };
}

/** A list that cannot be had is not an empty one. */
async function hasItems(fetchApi: FetchApi, url: string): Promise<boolean> {
  try {
    const response = await fetchApi.fetch(url);
    if (!response.ok) return true;
    const { totalItems } = (await response.json()) as { totalItems?: number };
    return totalItems !== 0;
  } catch {
    return true;
  }
}
