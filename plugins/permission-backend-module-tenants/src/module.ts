import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { readPlatformGroups } from './readPlatformGroups';
import { TenantPermissionPolicy } from './TenantPermissionPolicy';

/** Sets {@link TenantPermissionPolicy} as the portal's permission policy. */
export const permissionModuleTenants = createBackendModule({
  pluginId: 'permission',
  moduleId: 'tenants',
  register(env) {
    env.registerInit({
      deps: {
        policy: policyExtensionPoint,
        config: coreServices.rootConfig,
        userInfo: coreServices.userInfo,
      },
      async init({ policy, config, userInfo }) {
        policy.setPolicy(new TenantPermissionPolicy(readPlatformGroups(config), userInfo));
      },
    });
  },
});
