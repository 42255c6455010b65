import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { askCatalog } from './askCatalog';
import { Memberships } from './Memberships';
import { readAccessConfig } from './readAccessConfig';
import { refuseOpenDoors } from './refuseOpenDoors';
import { TenantPermissionPolicy } from './TenantPermissionPolicy';
import { VisiblePeople } from './VisiblePeople';

/** Sets {@link TenantPermissionPolicy} as the portal's permission policy. */
export const permissionModuleTenants = createBackendModule({
  pluginId: 'permission',
  moduleId: 'tenants',
  register(env) {
    env.registerInit({
      deps: {
        policy: policyExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
      },
      async init({ policy, auth, config, discovery }) {
        refuseOpenDoors(config);
        const { findUser, findPeople } = askCatalog(discovery, auth);
        policy.setPolicy(
          new TenantPermissionPolicy({
            access: readAccessConfig(config),
            memberships: new Memberships(findUser),
            people: new VisiblePeople(findPeople),
            auth,
          }),
        );
      },
    });
  },
});
