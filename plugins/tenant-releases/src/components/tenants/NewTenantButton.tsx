import { LinkButton } from '@backstage/core-components';
import { usePermission } from '@backstage/plugin-permission-react';
import { tenantOnboardPermission } from '@internal/plugin-tenant-releases-common';
import { newTenantPath } from '../../domain/links';

/** Leads to the form; there only for people who may onboard. */
export function NewTenantButton() {
  const { allowed } = usePermission({ permission: tenantOnboardPermission });
  if (!allowed) return null;
  return (
    <LinkButton to={newTenantPath} variant="contained" color="primary" size="small">
      New tenant
    </LinkButton>
  );
}
