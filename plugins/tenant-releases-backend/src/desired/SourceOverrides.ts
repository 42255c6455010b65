import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  imageOverride,
  kustomizeTag,
  valueOf,
  type ImageOverride,
} from '../sync/applicationOverride';
import { sourceSchema } from '../sync/applicationSchema';
import { defaultNamespace } from '../sync/toRecord';
import { limitConcurrency, toUpstreamError, type GitFile, type GithubApi } from '@internal/gitops';
import { parseLeniently } from '../upstream/parseLeniently';

/** https://argo-cd.readthedocs.io/en/stable/user-guide/parameters/#store-overrides-in-git */
const pattern = /(?:^|\/)\.argocd-source(?:-[^/]+)?\.yaml$/;
/** Files that are read; a repository with more of them is not made for this. */
const maxFiles = 2_000;
const maxLength = 64 * 1024;

interface Known {
  sha: string;
  override?: ImageOverride;
  /** `kustomize.images`, which set versions by the name of the image. */
  images?: readonly string[];
}

/**
 * Files beside a chart by which Argo CD, or its Image Updater, sets parameters of an Application: they win over the values
 * files and over the Application itself.
 */
export class SourceOverrides {
  readonly #api: Pick<GithubApi, 'blob'>;
  readonly #logger: LoggerService;
  #known = new Map<string, Known>();

  constructor(api: Pick<GithubApi, 'blob'>, logger: LoggerService) {
    this.#api = api;
    this.#logger = logger;
  }

  /** Whether a path is that of such a file. */
  static isOne(path: string): boolean {
    return pattern.test(path);
  }

  /**
   * Reads the files of a commit that are new or have changed.
   *
   * @returns whether any of them is another one now
   * @throws UpstreamError when Git does not answer
   */
  async read(files: readonly GitFile[]): Promise<boolean> {
    const wanted = files.filter(({ path }) => SourceOverrides.isOne(path)).slice(0, maxFiles);
    const limit = limitConcurrency(8);
    const next = new Map(
      await Promise.all(
        wanted.map(file => limit(async () => [file.path, await this.#readOne(file)] as const)),
      ),
    );
    const isSame =
      next.size === this.#known.size &&
      [...next].every(([path, { sha }]) => this.#known.get(path)?.sha === sha);
    this.#known = next;
    return !isSame;
  }

  /**
   * The version that such a file sets for an Application.
   *
   * @param folder - of the source that is rendered
   * @param repository - image of the service, for what is set by its name
   */
  find(
    folder: string,
    { name, namespace }: { name: string; namespace: string },
    repository: string | undefined,
  ): { version: string; by: string } | undefined {
    if (this.#known.size === 0) return undefined;
    const base = folder === '' ? '' : `${folder}/`;
    // Outside its own namespace, which may be another one here, Argo CD calls an Application by both.
    const own = namespace === defaultNamespace ? [] : [`.argocd-source-${namespace}_${name}.yaml`];
    for (const file of [...own, `.argocd-source-${name}.yaml`, '.argocd-source.yaml']) {
      const { override, images = [] } = this.#known.get(base + file) ?? {};
      const version = override?.tag ?? (repository && kustomizeTag(images, repository));
      if (version) return { version, by: base + file };
    }
    return undefined;
  }

  async #readOne({ path, sha }: GitFile): Promise<Known> {
    const known = this.#known.get(path);
    if (known?.sha === sha) return known;
    try {
      return { sha, ...parse((await this.#api.blob(sha)).text) };
    } catch (error) {
      const { errorClass, message } = toUpstreamError(error);
      if (errorClass !== 'bad-answer' && errorClass !== 'not-found') throw error;
      this.#logger.warn(`${path} cannot be read, what it sets is not known: ${message}`);
      return { sha };
    }
  }
}

function parse(text: string): Pick<Known, 'override' | 'images'> {
  if (text.length > maxLength) return {};
  const { data } = parseLeniently(sourceSchema, valueOf(text));
  const override = data && imageOverride(data);
  return { ...(override ? { override } : {}), images: data?.kustomize?.images ?? [] };
}
