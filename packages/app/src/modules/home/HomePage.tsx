import { Progress } from '@backstage/core-components';
import { Navigate } from 'react-router-dom';
import { useReach } from '../reach';

/** The Tenants page is what people come for, so `/` leads there; who has no tenant finds the services. */
export function HomePage() {
  const { tenants } = useReach();
  if (tenants === undefined) return <Progress />;
  return <Navigate to={tenants ? '/tenants' : '/catalog'} replace />;
}
