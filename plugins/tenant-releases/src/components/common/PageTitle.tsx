import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Helmet } from 'react-helmet';

/** What the browser's tab says: `globex: degraded · Tenant Portal`. */
export function PageTitle({ children }: { children: string }) {
  const appTitle = useApi(configApiRef).getOptionalString('app.title') ?? 'Tenant Portal';
  // Backstage's page of an entity has a template of its own, which would say the name twice.
  return <Helmet title={`${children} · ${appTitle}`} titleTemplate="%s" />;
}
