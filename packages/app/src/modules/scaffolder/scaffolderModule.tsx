import { coreExtensionData, createFrontendModule } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { RequireTemplates } from '../access';

/** What only people who look after templates can use; the permission of Backstage's template editor. */
const forExperts = { permissions: { $contains: 'scaffolder.template.management' } };

const page = scaffolderPlugin.getExtension('page:scaffolder').override({
  *factory(originalFactory) {
    for (const data of originalFactory()) {
      if (data.id !== coreExtensionData.reactElement.id) yield data;
    }
    yield coreExtensionData.reactElement(
      <RequireTemplates>{originalFactory().get(coreExtensionData.reactElement)}</RequireTemplates>,
    );
  },
});

/** The forms for those who may use them, and the workshop of the forms for the platform team. */
export const scaffolderModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    page,
    scaffolderPlugin.getExtension('sub-page:scaffolder/actions').override({ if: forExperts }),
    scaffolderPlugin.getExtension('sub-page:scaffolder/editor').override({ if: forExperts }),
    scaffolderPlugin
      .getExtension('sub-page:scaffolder/templating-extensions')
      .override({ if: forExperts }),
  ],
});
