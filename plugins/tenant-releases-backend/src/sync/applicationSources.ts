import type { ArgocdApplication, ArgocdSource } from './applicationSchema';

/** What an Application takes from the GitOps repository. */
export interface GitopsUse {
  /** Id of the source that is the repository; absent where there is one. */
  repository?: string;
  /** Values files that it names, from the repository's root. */
  files: string[];
  /** Folder of the repository that it renders, when it names no values file; empty text for the root. */
  folder?: string;
  /** Folder of the chart, when it stands in the same repository and follows the same revision. */
  chart?: string;
  /** Position among the Application's sources of the one that tells the revision. */
  index: number;
  /** Whether the Application has a list of sources. */
  isMulti: boolean;
  /** Branch, tag or commit that this source follows; `HEAD` when it names none. */
  targetRevision: string;
  /** The source that renders; its parameters go over the files. */
  renderer: ArgocdSource;
}

/** The sources of an Application, in Argo CD's order; a list goes before the single one. */
export function sourcesOf({ spec }: ArgocdApplication): ArgocdSource[] {
  if (spec?.sources && spec.sources.length > 0) return spec.sources;
  return spec?.source ? [spec.source] : [];
}

/**
 * What an Application takes from the GitOps repository; undefined when that is nothing. Rules of value files:
 * https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/#helm-value-files-from-external-git-repository
 *
 * @param isGitops - whether an address, and the revision that is asked for there, is the GitOps repository's
 */
export function gitopsUse(
  application: ArgocdApplication,
  isGitops: (address: string, revision: string) => boolean,
): GitopsUse | undefined {
  const sources = sourcesOf(application);
  const isOurs = sources.map(
    source => !source.chart && !!source.repoURL && isGitops(source.repoURL, targetOf(source)),
  );
  const isMulti = (application.spec?.sources?.length ?? 0) > 0;
  const reads = filesRead(application).filter(({ index }) => isOurs[index]);
  const [first] = reads;
  if (first) {
    const { index, renderer } = first;
    const files = [...new Set(reads.map(read => read.path))];
    const isOwnChart =
      renderer.path !== undefined &&
      isOurs[sources.indexOf(renderer)] &&
      targetOf(renderer) === targetOf(sources[index]);
    return {
      files,
      ...(isOwnChart ? { chart: plainFolder(renderer.path!) } : {}),
      index,
      isMulti,
      renderer,
      targetRevision: targetOf(sources[index]),
    };
  }
  // A source with `ref` alone lends its files to others; with a path it renders as well.
  const index = isOurs.findIndex(
    (ours, at) => ours && (sources[at].ref === undefined || sources[at].path !== undefined),
  );
  if (index < 0) return undefined;
  const renderer = sources[index];
  const namesFiles = (renderer.helm?.valueFiles ?? []).length > 0;
  return {
    files: [],
    ...(namesFiles ? {} : { folder: plainFolder(renderer.path ?? '') }),
    chart: plainFolder(renderer.path ?? ''),
    index,
    isMulti,
    renderer,
    targetRevision: targetOf(renderer),
  };
}

/** The values files that an Application names, in the order in which they are laid over one another. */
function filesRead(application: ArgocdApplication) {
  const sources = sourcesOf(application);
  return sources.flatMap((source, index) =>
    (source.helm?.valueFiles ?? []).flatMap(entry => {
      const file = resolveFile(substitute(entry, application), source, index, sources);
      return file ? [{ ...file, renderer: source }] : [];
    }),
  );
}

/**
 * As {@link gitopsUse}, where there are several GitOps repositories: of that whose file is laid over all others, else of the
 * first that is rendered.
 *
 * @param repositoryOf - id of the source that is an address, at the revision that is asked for there
 */
export function gitopsUseAmong(
  application: ArgocdApplication,
  repositoryOf: (address: string, revision: string) => string | undefined,
): GitopsUse | undefined {
  const of = ({ chart, repoURL, ...source }: ArgocdSource) =>
    chart || !repoURL ? undefined : repositoryOf(repoURL, targetOf(source));
  const sources = sourcesOf(application);
  const read = filesRead(application).flatMap(({ index }) => of(sources[index]) ?? []);
  const ids = [...new Set([...read.reverse(), ...sources.flatMap(source => of(source) ?? [])])];
  for (const repository of ids) {
    const use = gitopsUse(application, (...place) => repositoryOf(...place) === repository);
    if (use) return { ...use, repository };
  }
  return undefined;
}

/** A values file's path from its repository's root, and the source whose repository that is. */
function resolveFile(
  entry: string,
  source: ArgocdSource,
  index: number,
  sources: readonly ArgocdSource[],
): { path: string; index: number } | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(entry)) return undefined;
  if (entry.startsWith('$')) {
    const slash = entry.indexOf('/');
    if (slash < 0) return undefined;
    const ref = entry.slice(1, slash);
    const at = sources.findIndex(other => other.ref === ref);
    return at < 0 ? undefined : { path: plainFolder(entry.slice(slash)), index: at };
  }
  const base = entry.startsWith('/') ? '' : source.path ?? '';
  return { path: plainFolder(`${base}/${entry}`), index };
}

/** Argo CD's build environment, as far as it is known here. */
function substitute(entry: string, { metadata, spec }: ArgocdApplication): string {
  const values: Record<string, string | undefined> = {
    ARGOCD_APP_NAME: metadata.name,
    ARGOCD_APP_NAMESPACE: spec?.destination?.namespace,
    ARGOCD_APP_PROJECT_NAME: spec?.project,
  };
  return entry.replace(/\$\{?(ARGOCD_APP_\w+)\}?/g, (text, name: string) => values[name] ?? text);
}

function targetOf({ targetRevision }: ArgocdSource): string {
  return targetRevision || 'HEAD';
}

/** A path from the repository's root without `.`, `..` and doubled slashes; it leads out of no repository. */
function plainFolder(folder: string): string {
  const parts: string[] = [];
  for (const part of folder.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
