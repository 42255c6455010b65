import { parseAllDocuments, stringify } from 'yaml';
import { z } from 'zod';

/** The parts that every Kubernetes object has. */
export const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/** A Kubernetes object, as far as every one is the same. */
export type Manifest = z.infer<typeof manifestSchema>;

const mask = '••••••••';
const changedMask = `${mask} (changed)`;
/** Holds the whole object again, also its secrets. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The objects of a text of YAML documents; those of a `List` one by one.
 *
 * @throws Error when the text is no YAML, or holds something that is no object
 */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors.length > 0) throw document.errors[0];
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return value === null || value === undefined ? [] : manifestsOf(value);
  });
}

function manifestsOf(value: unknown): Manifest[] {
  const list = z.looseObject({ kind: z.literal('List'), items: z.array(z.unknown()) });
  const parsed = list.safeParse(value);
  return parsed.success ? parsed.data.items.flatMap(manifestsOf) : [manifestSchema.parse(value)];
}

/**
 * An object's two states as YAML that people may see: what a Secret holds is masked, so that only the names of its
 * keys and whether they changed can be told, and what the cluster adds for itself is left out.
 */
export function toComparableYaml(
  before: Manifest | undefined,
  after: Manifest | undefined,
): { before: string; after: string } {
  const [shownBefore, shownAfter] = [before, after].map(state => state && withoutNoise(state));
  if (shownBefore?.kind === 'Secret' || shownAfter?.kind === 'Secret') {
    maskSecret(shownBefore, shownAfter);
  }
  return { before: toYaml(shownBefore), after: toYaml(shownAfter) };
}

function toYaml(value: Manifest | undefined): string {
  if (!value) return '';
  return stringify(value, { sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false });
}

function withoutNoise(manifest: Manifest): Manifest {
  const copy = structuredClone(manifest);
  const { metadata } = copy;
  for (const name of [
    'managedFields',
    'resourceVersion',
    'uid',
    'creationTimestamp',
    'generation',
    'selfLink',
  ]) {
    delete metadata[name];
  }
  const annotations = metadata.annotations as Record<string, unknown> | undefined;
  if (annotations && typeof annotations === 'object') {
    delete annotations[lastApplied];
    if (Object.keys(annotations).length === 0) delete metadata.annotations;
  }
  delete copy.status;
  return copy;
}

function maskSecret(before: Manifest | undefined, after: Manifest | undefined): void {
  for (const field of ['data', 'stringData', 'binaryData']) {
    const old = (before?.[field] ?? {}) as Record<string, unknown>;
    const values = (after?.[field] ?? {}) as Record<string, unknown>;
    const changed = new Set(
      Object.keys(values).filter(
        key => Object.hasOwn(old, key) && JSON.stringify(old[key]) !== JSON.stringify(values[key]),
      ),
    );
    if (before && before[field] !== undefined) before[field] = masked(old, new Set());
    if (after && after[field] !== undefined) after[field] = masked(values, changed);
  }
}

function masked(values: object, changed: ReadonlySet<string>): unknown {
  // What is neither a map nor a list is masked as a whole.
  if (typeof values !== 'object') return mask;
  return Object.fromEntries(
    Object.keys(values).map(key => [key, changed.has(key) ? changedMask : mask]),
  );
}
