import { Link, Progress } from '@backstage/core-components';
import type { ReactNode } from 'react';
import { SupportNote } from '../help';
import { PortalPage } from '../layout';
import { useReach } from '../reach';

/** The forms, for whom there are any; for others who may use them. */
export function RequireTemplates({ children }: { children: ReactNode }) {
  const { templates } = useReach();
  if (templates === undefined) return <Progress />;
  if (templates) return <>{children}</>;
  return (
    <PortalPage title="You may not add tenants">
      <p>
        Members of the platform team add tenants and remove them. Ask them for a new one: they open
        a pull request, and the tenant is there when it is merged.
      </p>
      <p>
        <Link to="/">Go to your tenants and services</Link>
      </p>
      <SupportNote />
    </PortalPage>
  );
}
