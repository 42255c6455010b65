import { Progress } from '@backstage/core-components';
import { Navigate } from 'react-router-dom';
import { useReach } from '../reach';

/**
 * `/` leads to what people come for: who looks after the fleet to the Tenants page, the owner of one tenant to its Release
 * tab, of several to the list of them; who has no tenant finds the services.
 */
export function HomePage() {
  const { tenants, onlyTenant } = useReach();
  if (tenants === undefined) return <Progress />;
  if (onlyTenant !== undefined) {
    const path = `/catalog/default/resource/${encodeURIComponent(onlyTenant)}/releases`;
    return <Navigate to={path} replace />;
  }
  return <Navigate to={tenants ? '/tenants' : '/catalog'} replace />;
}
