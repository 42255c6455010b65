import { z } from 'zod';
import { parseKeyPath } from '../locate/keyPath';
import { parseLocator } from '../locate/locator';
import { onboardingSchema } from './onboardingSchema';
import { presets, type PresetName } from './presets';

const name = z.string().min(1).max(253);
const pattern = z.string().min(1).max(500);

const locator = z
  .string()
  .refine(text => parseLocator(text.replace('{service}', 'service')) !== undefined, {
    error: 'must be a locator such as yaml:image.tag or kustomize:images[demo-api].newTag',
  });

const factKeys = z.partialRecord(
  z.enum(['displayName', 'owner', 'tier', 'ring', 'contact', 'hold']),
  z.string().min(1),
);

/** A hold belongs to the repository. */
const entityFactNames = ['displayName', 'owner', 'tier', 'ring', 'contact'] as const;

const keyPath = z.string().refine(text => parseKeyPath(text) !== undefined, {
  error: 'must be a key such as metadata.name or metadata.annotations[example.com/tenant]',
});

/** One layout of `tenantReleases.gitops.layouts`. */
export const layoutSchema = z.strictObject({
  /** What it does not say itself is taken from this preset. */
  preset: z.enum(Object.keys(presets) as [PresetName, ...PresetName[]]).optional(),
  /** The file or folder that stands for a release: an overlay, a values file, the manifest of an Application. */
  path: pattern.optional(),
  /** The name of the Application, when the path does not say everything. */
  application: pattern.optional(),
  /** Names that neither says. */
  tenant: name.optional(),
  service: name.optional(),
  environment: name.optional(),
  cluster: name.optional(),
  /** Files and folders that the patterns meet and that are none of this layout's. */
  exclude: z.array(pattern).max(10_000).optional(),
  /** Which versions count, and of which service; without it, all that Argo CD would apply. */
  versions: z
    .array(z.strictObject({ service: name.optional(), locator }))
    .min(1)
    .max(200)
    .optional(),
  /** Where facts about tenants come from: keys of the file, or a registry file; what these do not say, from the catalog. */
  facts: z
    .strictObject({
      registry: pattern.optional(),
      keys: factKeys.optional(),
      catalog: z
        .union([
          z.boolean(),
          z.strictObject({
            kind: z.string().min(1).max(63).optional(),
            tenant: keyPath.optional(),
            keys: z.partialRecord(z.enum(entityFactNames), keyPath).optional(),
          }),
        ])
        .optional(),
    })
    .optional(),
  /** How the Application of a release is found where what it renders does not tell. */
  applications: z
    .strictObject({ name: pattern.optional(), labelSelector: z.string().min(1).optional() })
    .optional(),
  /** How the pods of a release are found. */
  pods: z.strictObject({ labelSelector: z.string().min(1) }).optional(),
  /** Which files a new tenant gets. */
  onboarding: onboardingSchema.optional(),
});

/** `layouts: [...]`, as a file or the configuration holds it. */
export const layoutsSchema = z.looseObject({ layouts: z.array(layoutSchema).min(1).max(1_000) });

/** One layout, as it is written. */
export type LayoutSettings = z.infer<typeof layoutSchema>;
