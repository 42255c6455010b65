import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ApplicationSource } from '../application';
import { canonicalJson } from '../json/json';
import { KubernetesObject } from '../kubernetes/types';
import { BoundedCache } from './boundedCache';
import { ManifestError } from './manifestError';
import { renderDirectory } from './renderDirectory';
import { RenderContext, renderHelm } from './renderHelm';
import { RepositoryState } from './repositoryState';
import { Semaphore } from './semaphore';

/** Rendered charts that are kept. */
const cacheSize = 500;
/** Helm processes at a time: each keeps one processor busy. */
const parallelRenders = 2;

/** What a source renders to. */
export interface Manifests {
  sourceType: 'Helm' | 'Directory';
  objects: KubernetesObject[];
}

/** Turns a source at a commit into objects. What does not depend on a change is not rendered again for it. */
export class ManifestService {
  private readonly cache = new BoundedCache<Promise<Manifests>>(cacheSize);
  private readonly renders = new Semaphore(parallelRenders);

  constructor(private readonly helm: string | undefined) {}

  /**
   * The objects of a source; callers must not change them.
   * @param revision - full SHA of a commit that the repository holds.
   * @throws {@link ManifestError}
   */
  async generate(
    repository: RepositoryState,
    revision: string,
    source: ApplicationSource,
    context: RenderContext,
  ): Promise<Manifests> {
    const directory = path.posix.normalize(source.path ?? '.').replace(/\/$/, '');
    if (directory === '..' || directory.startsWith('../') || directory.startsWith('/')) {
      throw new ManifestError(`${source.path}: app path is absolute or outside of the repository`);
    }
    const key = await this.cacheKey(repository, revision, directory, source, context);
    const known = this.cache.get(key);
    if (known) return await known;
    const rendered = this.renders.run(() =>
      repository.checkouts.with(revision, root => this.render(root, directory, source, context)),
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
  ): Promise<Manifests> {
    const isDirectory = await stat(path.join(root, directory)).then(
      found => found.isDirectory(),
      () => false,
    );
    if (!isDirectory) throw new ManifestError(`${source.path}: app path does not exist`);
    const isChart = await stat(path.join(root, directory, 'Chart.yaml')).then(
      () => true,
      () => false,
    );
    const placed = { ...source, path: directory };
    if (source.directory || (!source.helm && !isChart)) {
      return { sourceType: 'Directory', objects: await renderDirectory(root, placed) };
    }
    if (!this.helm) throw new ManifestError('exec: "helm": executable file not found in $PATH');
    return { sourceType: 'Helm', objects: await renderHelm(this.helm, root, placed, context) };
  }

  /**
   * Names the content that decides the result instead of the commit: object ids of the directory and the value files.
   * So a commit that touches one tenant renders one tenant.
   */
  private async cacheKey(
    repository: RepositoryState,
    revision: string,
    directory: string,
    source: ApplicationSource,
    context: RenderContext,
  ): Promise<string> {
    const files = [
      ...(source.helm?.valueFiles ?? []),
      ...(source.helm?.fileParameters ?? []).map(parameter => parameter.path),
    ].map(file =>
      file.startsWith('/') ? path.posix.normalize(file).slice(1) : path.posix.join(directory, file),
    );
    const inDirectory = directory === '.' ? '' : directory;
    const ids = await Promise.all(
      [inDirectory, ...files].map(async file =>
        // Rendering refuses what lies outside of the repository; git cannot even be asked.
        file.startsWith('../') ? undefined : await repository.git.objectId(revision, file),
      ),
    );
    // What is absent has no id to be told by.
    const at = ids.includes(undefined) ? revision : undefined;
    return canonicalJson({ url: repository.url, source, context, ids, at });
  }
}
