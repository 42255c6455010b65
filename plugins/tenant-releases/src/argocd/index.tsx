import { ApiBlueprint, createFrontendModule, fetchApiRef } from '@backstage/frontend-plugin-api';
import { argoCDApiRef } from '@roadiehq/backstage-plugin-argo-cd';
import argocdPlugin from '@roadiehq/backstage-plugin-argo-cd/alpha';
import { PermissionCheckedArgocdClient } from './PermissionCheckedArgocdClient';

/** Has the id of the extension that Roadie's plugin brings, `api:argocd`, and so takes its place. */
const argocdApi = ApiBlueprint.make({
  params: define =>
    define({
      api: argoCDApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new PermissionCheckedArgocdClient(fetchApi),
    }),
});

/** Roadie's card with the name as Argo CD writes it. */
export const argocdCard = argocdPlugin.getExtension('entity-card:argocd/overviewCard').override({
  params: {
    loader: () =>
      import('@roadiehq/backstage-plugin-argo-cd').then(({ EntityArgoCDOverviewCard }) => (
        <EntityArgoCDOverviewCard title="Argo CD" />
      )),
  },
});

/** Has Roadie's Argo CD cards read through our backend, which checks permissions. */
export const roadieArgocdApi = createFrontendModule({
  pluginId: 'argocd',
  extensions: [argocdApi, argocdCard],
});
