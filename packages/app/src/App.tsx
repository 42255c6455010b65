import { createApp } from '@backstage/frontend-defaults';
import { roadieArgocdApi, tenantFormFields } from '@internal/plugin-tenant-releases';
import { homeModule } from './modules/home';
import { kubernetesModule } from './modules/kubernetes';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

/** Plugins are found by `app.packages`; only what must be named is named here. */
export default createApp({
  features: [
    homeModule,
    kubernetesModule,
    navModule,
    signInModule,
    roadieArgocdApi,
    tenantFormFields,
  ],
});
