import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { tenantOnboardPermission } from '@internal/plugin-tenant-releases-common';
import { sourcesRouteRef } from '../../routes';

/** Leads to the Sources page, for who may see it; for others nothing is drawn. */
export function SourcesLink() {
  const { allowed } = usePermission({ permission: tenantOnboardPermission });
  const to = useRouteRef(sourcesRouteRef)?.();
  if (!allowed || to === undefined) return null;
  return (
    <LinkButton to={to} size="small">
      Open Sources
    </LinkButton>
  );
}
