import { readYaml, shorten, splitTag, maxTextLength } from '@internal/gitops';
import { imageTag, repositoryFit } from '../running/imageReference';
import type { ArgocdSource } from './applicationSchema';

/** What an Application sets itself, over what the tenant's file says. */
export interface ImageOverride {
  tag?: string;
  repository?: string;
  /** `sha256:...`, without a tag in front. */
  digest?: string;
  /** Where it stands, for people: `helm.parameters`. */
  by: string;
}

type Setting = Pick<ImageOverride, 'tag' | 'repository' | 'digest'>;

/** Values longer than this are not looked into. Characters. */
const maxValuesLength = 256 * 1024;
/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests; what is longer is no tag. */
const maxTagLength = 128;

/**
 * The image that a source sets over the values files. Parameters win over `valuesObject`, that over `values`, and those over
 * the files: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-value-precedence
 */
export function imageOverride({ helm }: Pick<ArgocdSource, 'helm'>): ImageOverride | undefined {
  const parameter = (name: string) => {
    const found = helm?.parameters?.filter(each => each.name === name).at(-1)?.value;
    return found === undefined ? undefined : String(found);
  };
  const layers: Array<[string, Setting]> = [
    [
      'helm.parameters',
      {
        tag: parameter('image.tag'),
        repository: parameter('image.repository'),
        digest: parameter('image.digest'),
      },
    ],
    ['helm.valuesObject', imageIn(helm?.valuesObject)],
    ['helm.values', imageIn(valueOf(helm?.values))],
  ];
  const first = (key: keyof Setting) => layers.find(([, setting]) => setting[key]);
  const [by, { tag: text }] = first('tag') ?? first('repository') ?? first('digest') ?? ['', {}];
  if (by === '') return undefined;
  const { tag, digest: behind } = splitTag(text ?? '');
  const repository = first('repository')?.[1].repository;
  const digest = behind ?? first('digest')?.[1].digest;
  return {
    ...(tag ? { tag: shorten(tag, maxTagLength) } : {}),
    ...(repository ? { repository: shorten(repository, maxTextLength) } : {}),
    ...(digest ? { digest: shorten(digest.slice(digest.lastIndexOf('@') + 1), maxTagLength) } : {}),
    by,
  };
}

/** The name that `kustomize.images` puts in a repository's place: `name=new/name`. */
export function kustomizeName(images: readonly string[], repository: string): string | undefined {
  for (const entry of images) {
    const [name, image] = entry.split('=');
    if (image && repositoryFit(name, repository) > 0) return image;
  }
  return undefined;
}

/** The version that `kustomize.images` sets for a repository: `name=new/name:tag`, or `name:tag`. */
export function kustomizeTag(images: readonly string[], repository: string): string | undefined {
  for (const entry of images) {
    const [name, image = name] = entry.split('=');
    if (
      repositoryFit(name, repository) > 0 &&
      /[:@]/.test(image.slice(image.lastIndexOf('/') + 1))
    ) {
      return imageTag(image);
    }
  }
  return undefined;
}

function imageIn(values: unknown): Setting {
  const image = (values as { image?: unknown } | null | undefined)?.image;
  if (typeof image !== 'object' || image === null) return {};
  const { tag, repository, digest } = image as Record<keyof Setting, unknown>;
  return {
    ...(typeof tag === 'string' || typeof tag === 'number' ? { tag: String(tag) } : {}),
    ...(typeof repository === 'string' ? { repository } : {}),
    ...(typeof digest === 'string' ? { digest } : {}),
  };
}

/** The value of a YAML text; undefined for what is no YAML, which is Argo CD's to refuse. */
export function valueOf(text: string | null | undefined): unknown {
  if (!text || text.length > maxValuesLength) return undefined;
  return readYaml(text, { single: true }).documents[0]?.value;
}
