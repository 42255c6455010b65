import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { scaffolderApiRef, type CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { toError } from '@backstage/errors';
import { sharedClient } from '../api/TenantReleasesProvider';
import { type FormValues, plannedFiles } from './dryRun';
import { defaultTemplate } from './fieldSchemas';
import { refusalsOf } from './refusals';

/**
 * Lets nobody go on to open a pull request whose files cannot be: waits for the answer that the page waits for too, or asks
 * once more where that is old.
 */
export const validateTenantFiles: CustomFieldValidator<string, { template?: string }> = async (
  _shown,
  field,
  { apiHolder, formData, uiSchema },
) => {
  const catalog = apiHolder.get(catalogApiRef);
  const scaffolder = apiHolder.get(scaffolderApiRef);
  if (!catalog || !scaffolder) return;
  const template = uiSchema?.['ui:options']?.template ?? defaultTemplate;
  try {
    await sharedClient.fetchQuery(
      plannedFiles(template, formData as FormValues, { catalog, scaffolder }),
    );
  } catch (error) {
    refusalsOf(toError(error)).forEach(text => field.addError(text));
  }
};
