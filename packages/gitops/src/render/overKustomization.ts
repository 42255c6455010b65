import { z } from 'zod';
import { parseImage } from '../locate/imageReference';
import type { ApplicationSource } from './applicationSource';
import { RenderError } from './RenderError';

type Over = NonNullable<ApplicationSource['kustomize']>;

const kustomizationSchema = z.looseObject({
  images: z.array(z.looseObject({ name: z.string() })).nullish(),
  replicas: z.array(z.looseObject({ name: z.string() })).nullish(),
  labels: z.array(z.unknown()).nullish(),
  commonLabels: z.record(z.string(), z.unknown()).nullish(),
  commonAnnotations: z.record(z.string(), z.unknown()).nullish(),
  patches: z.array(z.unknown()).nullish(),
  components: z.array(z.string()).nullish(),
});

/**
 * A kustomization with what `spec.source.kustomize` sets over it: what `kustomize edit` would write.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/
 *
 * @param hasComponent - whether a component is there, for `ignoreMissingComponents`
 * @throws RenderError
 */
export function overKustomization(
  value: unknown,
  over: Over,
  hasComponent: (path: string) => boolean,
): Record<string, unknown> {
  const parsed = kustomizationSchema.safeParse(value ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new RenderError(`its kustomization: ${issue.path.join('.')} ${issue.message}`);
  }
  const own = parsed.data;
  const components = (over.components ?? []).filter(
    one => !over.ignoreMissingComponents || hasComponent(one),
  );
  return {
    ...own,
    ...(over.namePrefix ? { namePrefix: over.namePrefix } : {}),
    ...(over.nameSuffix ? { nameSuffix: over.nameSuffix } : {}),
    ...(over.namespace ? { namespace: over.namespace } : {}),
    ...byName('images', own.images, over.images?.map(imageEntry)),
    ...byName('replicas', own.replicas, over.replicas?.map(replicaEntry)),
    ...labelsOf(own, over),
    ...(over.commonAnnotations
      ? { commonAnnotations: { ...own.commonAnnotations, ...over.commonAnnotations } }
      : {}),
    ...(over.patches ? { patches: [...(own.patches ?? []), ...over.patches] } : {}),
    ...(components.length > 0 ? { components: [...(own.components ?? []), ...components] } : {}),
  };
}

/** Those of the same name are replaced, the others stay. */
function byName(
  key: string,
  own: ReadonlyArray<{ name: string }> | null | undefined,
  over: ReadonlyArray<{ name: string }> | undefined,
): Record<string, unknown> {
  if (!over) return {};
  const names = new Set(over.map(({ name }) => name));
  return { [key]: [...(own ?? []).filter(({ name }) => !names.has(name)), ...over] };
}

function labelsOf(own: z.infer<typeof kustomizationSchema>, over: Over): Record<string, unknown> {
  const { commonLabels, labelWithoutSelector, labelIncludeTemplates } = over;
  if (!commonLabels) return {};
  if (!labelWithoutSelector) return { commonLabels: { ...own.commonLabels, ...commonLabels } };
  const entry = { pairs: commonLabels, includeTemplates: labelIncludeTemplates ?? false };
  return { labels: [...(own.labels ?? []), entry] };
}

/** `name=registry/name:tag`, or `registry/name:tag`, as `kustomize edit set image` takes it. */
function imageEntry(text: string): { name: string; newName?: string; newTag?: string } {
  const equals = text.indexOf('=');
  const image = parseImage(text.slice(equals + 1));
  if (!image) throw new RenderError(`spec.source.kustomize.images: ${text} is no image`);
  const { name, tag, digest } = image;
  return {
    name: equals < 0 ? name : text.slice(0, equals),
    ...(equals < 0 ? {} : { newName: name }),
    ...(tag === undefined ? {} : { newTag: tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

function replicaEntry({ name, count }: { name: string; count: number | string }) {
  return { name, count: Number(count) };
}
