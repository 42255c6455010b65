import { createApp } from '@backstage/frontend-defaults';
import { roadieArgocdApi, tenantFormFields } from '@internal/plugin-tenant-releases';
import { entityModule } from './modules/entity';
import { helpModule } from './modules/help';
import { homeModule } from './modules/home';
import { kubernetesModule } from './modules/kubernetes';
import { layoutModule } from './modules/layout';
import { navModule } from './modules/nav';
import { scaffolderModule } from './modules/scaffolder';
import { searchModule } from './modules/search';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';
import { wordsModule } from './modules/words';

/** Plugins are found by `app.packages`; only what must be named is named here. */
export default createApp({
  features: [
    entityModule,
    helpModule,
    homeModule,
    kubernetesModule,
    layoutModule,
    navModule,
    scaffolderModule,
    searchModule,
    signInModule,
    themeModule,
    wordsModule,
    roadieArgocdApi,
    tenantFormFields,
  ],
});
