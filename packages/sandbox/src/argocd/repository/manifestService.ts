import path from 'node:path';
import {
  isTestHook,
  kustomizationNames,
  referencedFile,
  renderSource,
  type ReferencedTrees,
  type RenderContext,
  type RenderTools,
} from '@internal/gitops';
import { ApplicationSource, SourceType } from '../application';
import { canonicalJson } from '../json/json';
import { KubernetesObject } from '../kubernetes/types';
import { BoundedCache } from './boundedCache';
import { ManifestError } from './manifestError';
import { parseManifests } from './parseManifests';
import { RepositoryState } from './repositoryState';
import { Semaphore } from './semaphore';

/** Rendered charts that are kept. */
const cacheSize = 500;
/** Helm processes at a time: each keeps one processor busy. */
const parallelRenders = 2;

/** What a source renders to. */
export interface Manifests {
  sourceType: SourceType;
  objects: KubernetesObject[];
}

/** A repository at a commit. */
export interface RepositoryAt {
  repository: RepositoryState;
  /** Full SHA of a commit that the repository holds. */
  revision: string;
}

/** The sources of an application that value files may refer to, by their `ref`. */
export type References = ReadonlyMap<string, RepositoryAt>;

/** Turns a source at a commit into objects. What does not depend on a change is not rendered again for it. */
export class ManifestService {
  private readonly cache = new BoundedCache<Promise<Manifests>>(cacheSize);
  private readonly renders = new Semaphore(parallelRenders);

  /** @param tools - paths of the programs that render; what needs one that is not there is an error */
  constructor(private readonly tools: RenderTools) {}

  /**
   * The objects of a source; callers must not change them.
   * @throws {@link ManifestError}
   */
  async generate(
    at: RepositoryAt,
    source: ApplicationSource,
    context: RenderContext,
    references: References = new Map(),
  ): Promise<Manifests> {
    const { repository, revision } = at;
    const directory = path.posix.normalize(source.path ?? '.').replace(/\/$/, '');
    if (directory === '..' || directory.startsWith('../') || directory.startsWith('/')) {
      throw new ManifestError(`${source.path}: app path is absolute or outside of the repository`);
    }
    const key = await this.cacheKey(at, directory, source, context, references);
    const known = this.cache.get(key);
    if (known) return await known;
    const rendered = this.renders.run(() =>
      repository.checkouts.with(revision, root =>
        withTrees([...references], trees => this.render(root, directory, source, context, trees)),
      ),
    );
    this.cache.set(key, rendered);
    // A failure is not kept: its cause may lie outside of Git.
    rendered.catch(() => this.cache.delete(key));
    return await rendered;
  }

  /** Forgets everything, for a hard refresh. */
  clear(): void {
    this.cache.clear();
  }

  private async render(
    root: string,
    directory: string,
    source: ApplicationSource,
    context: RenderContext,
    trees: ReferencedTrees,
  ): Promise<Manifests> {
    const placed = { root, directory, source, trees };
    const { sourceType, texts } = await renderSource(this.tools, placed, context);
    const objects = texts.flatMap(({ name, text }) => parseManifests(text, name));
    return {
      sourceType,
      objects: sourceType === 'Helm' ? objects.filter(one => !isTestHook(one)) : objects,
    };
  }

  /**
   * Names the content that decides the result instead of the commit: object ids of the directory and the value files.
   * So a commit that touches one tenant renders one tenant; but for kustomizations, which may bring in what stands anywhere.
   */
  private async cacheKey(
    own: RepositoryAt,
    directory: string,
    source: ApplicationSource,
    context: RenderContext,
    references: References,
  ): Promise<string> {
    const files = [
      ...(source.helm?.valueFiles ?? []),
      ...(source.helm?.fileParameters ?? []).map(parameter => parameter.path),
    ].map(entry => {
      const other = referencedFile(entry);
      const file = other?.file ?? entry;
      const inside = file.startsWith('/')
        ? path.posix.normalize(file).slice(1)
        : path.posix.join(directory, file);
      return { at: other ? references.get(other.ref) : own, file: inside };
    });
    const inDirectory = directory === '.' ? '' : directory;
    const mayBeKustomized = !source.helm && !source.directory;
    const kustomizations = await Promise.all(
      (mayBeKustomized ? kustomizationNames : []).map(name =>
        own.repository.git.objectId(own.revision, path.posix.join(directory, name)),
      ),
    );
    const ids = await Promise.all(
      [{ at: own, file: inDirectory }, ...files].map(async ({ at, file }) =>
        // Rendering refuses what lies outside of the repository; git cannot even be asked.
        file.startsWith('../') ? undefined : await at?.repository.git.objectId(at.revision, file),
      ),
    );
    const all = [own, ...references.values()];
    // What is absent has no id to be told by.
    const isOpen = ids.includes(undefined) || kustomizations.some(id => id !== undefined);
    const at = isOpen ? all.map(({ revision }) => revision) : undefined;
    const urls = all.map(({ repository }) => repository.url);
    return canonicalJson({ urls, source, context, ids, at });
  }
}

/** Keeps the trees of the references on disk as long as `use` takes. */
async function withTrees<T>(
  [next, ...rest]: Array<[string, RepositoryAt]>,
  use: (trees: Map<string, string>) => Promise<T>,
): Promise<T> {
  if (!next) return await use(new Map());
  const [ref, { repository, revision }] = next;
  return await repository.checkouts.with(revision, root =>
    withTrees(rest, trees => use(trees.set(ref, root))),
  );
}
