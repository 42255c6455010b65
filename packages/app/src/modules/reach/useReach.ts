import { fetchApiRef, useApi, type FetchApi } from '@backstage/frontend-plugin-api';
import { permissionApiRef, type PermissionApi } from '@backstage/plugin-permission-react';
import { isAllowed, tenantOnboardPermission } from '@internal/plugin-tenant-releases-common';
import { useEffect, useState } from 'react';

/** What there is for the person who is signed in; undefined while nobody knows. */
export interface Reach {
  /** Whether there are tenants to look after, or to add. */
  tenants?: boolean;
  /** Whether there are templates to choose from. */
  templates?: boolean;
  /** Whether they look after what the portal reads. */
  sources?: true;
  /**
   * The one tenant that is theirs; absent where there are more, or none, where that cannot be told, and for who looks after
   * the fleet: a fleet of one is a fleet.
   */
  onlyTenant?: string;
}

/** Finds out once what the person may see, so that nothing leads to an empty page. */
export function useReach(): Reach {
  const fetchApi = useApi(fetchApiRef);
  const permissionApi = useApi(permissionApiRef);
  const [reach, setReach] = useState<Reach>({});
  useEffect(() => {
    let gone = false;
    findReach(fetchApi, permissionApi).then(found => {
      if (!gone) setReach(found);
    });
    return () => {
      gone = true;
    };
  }, [fetchApi, permissionApi]);
  return reach;
}

/** More services than these one tenant does not have. */
const mostServices = 50;

async function findReach(fetchApi: FetchApi, permissionApi: PermissionApi): Promise<Reach> {
  const [releases, templates, looksAfterFleet] = await Promise.all([
    readList(fetchApi, `plugin://tenant-releases/releases?limit=${mostServices}&fields=tenant`),
    readList(fetchApi, 'plugin://catalog/entities/by-query?filter=kind=template&limit=0'),
    permissionApi.authorize({ permission: tenantOnboardPermission }).then(isAllowed, () => false),
  ]);
  const onlyTenant = looksAfterFleet ? undefined : onlyTenantOf(releases);
  return {
    tenants: hasItems(releases) || hasItems(templates),
    templates: hasItems(templates),
    ...(looksAfterFleet ? { sources: true } : {}),
    ...(onlyTenant === undefined ? {} : { onlyTenant }),
  };
}

interface List {
  items?: Array<{ tenant?: string }>;
  totalItems?: number;
}

/** A list; undefined when it cannot be had. */
async function readList(fetchApi: FetchApi, url: string): Promise<List | undefined> {
  try {
    const response = await fetchApi.fetch(url);
    return response.ok ? ((await response.json()) as List) : undefined;
  } catch {
    return undefined;
  }
}

/** A list that cannot be had is not an empty one. */
function hasItems(list: List | undefined): boolean {
  return list?.totalItems !== 0;
}

function onlyTenantOf({ items = [], totalItems }: List = {}): string | undefined {
  const [tenant, ...others] = new Set(items.map(item => item.tenant));
  return items.length === totalItems && others.length === 0 ? tenant : undefined;
}
