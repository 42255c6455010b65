import { ApiBlueprint, createFrontendModule, fetchApiRef } from '@backstage/frontend-plugin-api';
import { argoCDApiRef } from '@roadiehq/backstage-plugin-argo-cd';
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

/** Has Roadie's Argo CD cards read through our backend, which checks permissions. */
export const roadieArgocdApi = createFrontendModule({
  pluginId: 'argocd',
  extensions: [argocdApi],
});
