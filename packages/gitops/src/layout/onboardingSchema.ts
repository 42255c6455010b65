import { z } from 'zod';
import { parseKeyPath } from '../locate/keyPath';

const path = z
  .string()
  .min(1)
  .max(500)
  .refine(text => !/^\/|(^|\/)\.\.?(\/|$)|\/\/|\/$|[*\\]|\p{Cc}/u.test(text), {
    error: 'must be a path from the repository\'s root, without "/" at its ends, ".", ".." and *',
  });

const ownPath = path.refine(text => /\{(tenant|tenantLabel)\}/.test(text), {
  error: 'needs {tenant}: otherwise two tenants would share the file; shared files are entries',
});

/** `layouts[].onboarding`: which files a new tenant gets, and what is added to files that tenants share. */
export const onboardingSchema = z
  .strictObject({
    /** The tenant that a new one is a copy of. */
    model: z.string().min(1).max(63).optional(),
    /** Files that a new tenant gets; text and paths hold placeholders such as {tenant}. */
    files: z
      .array(
        z
          .strictObject({
            path: ownPath,
            /** A file of the repository. */
            skeleton: path.optional(),
            text: z.string().min(1).max(65_536).optional(),
          })
          .refine(({ skeleton, text }) => (skeleton === undefined) !== (text === undefined), {
            error: 'needs skeleton, a file of the repository, or text: one of both',
          }),
      )
      .min(1)
      .max(100)
      .optional(),
    /** What is added to lists and blocks of files that tenants share. */
    entries: z
      .array(
        z.strictObject({
          file: path,
          /** Where the list or block stands; without it, the root. */
          at: z
            .string()
            .refine(text => parseKeyPath(text) !== undefined, {
              error: 'must be a path of keys such as spec.generators[0].list.elements',
            })
            .optional(),
          /** The new key; without it, what stands there is a list. */
          key: z.string().min(1).max(253).optional(),
          value: z.json(),
        }),
      )
      .max(100)
      .optional(),
    /** Values of placeholders that nobody gives. */
    defaults: z.record(z.string().regex(/^[A-Za-z]\w{0,39}$/), z.string().min(1)).optional(),
  })
  .refine(
    ({ model, files, entries }) =>
      (model === undefined) !== (files === undefined && entries === undefined),
    {
      error: 'needs files and entries, or model, a tenant that new ones are copies of: one of both',
    },
  );

/** Which files a new tenant gets. */
export type OnboardingSettings = z.infer<typeof onboardingSchema>;
