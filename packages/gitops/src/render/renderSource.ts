import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { kustomizationNames } from '../kustomize/findKustomization';
import type { ApplicationSource } from './applicationSource';
import { renderDirectory, type ManifestText } from './renderDirectory';
import { RenderError } from './RenderError';
import { renderHelm, type ReferencedTrees, type RenderContext } from './renderHelm';
import { renderKustomize } from './renderKustomize';

/** Paths of the programs that render; what needs one that is not there is an error. */
export interface RenderTools {
  helm?: string;
  kubectl?: string;
  /** Whether nothing may be asked over the network: what stands elsewhere is an error. */
  isOffline?: boolean;
}

/** What renders a source, in Argo CD's words. */
export type RenderedType = 'Helm' | 'Kustomize' | 'Directory';

/** A source of an Application with the trees of its repositories on disk. */
export interface PlacedSource {
  /** The tree of the commit that the source follows. */
  root: string;
  /** Folder from the tree's root. */
  directory: string;
  source: ApplicationSource;
  /** The trees of other sources. */
  trees: ReferencedTrees;
}

/**
 * Renders a source as Argo CD's repo-server does: a chart with Helm, a kustomization with kubectl, else the manifests of a folder.
 *
 * @throws RenderError
 */
export async function renderSource(
  { helm, kubectl, isOffline }: RenderTools,
  { root, directory, source, trees }: PlacedSource,
  context: RenderContext,
): Promise<{ sourceType: RenderedType; texts: ManifestText[] }> {
  const folder = path.join(root, directory);
  const isFolder = await stat(folder).then(
    found => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new RenderError(`${source.path}: app path does not exist`);
  if (source.plugin) throw new RenderError('a config management plugin renders it');
  const placed = { ...source, path: directory };
  const sourceType = typeOf(await readdir(folder), source);
  const named = (text: string) => [{ name: directory, text }];
  switch (sourceType) {
    case 'Helm':
      if (!helm) throw notFound('helm');
      return { sourceType, texts: named(await renderHelm(helm, root, placed, context, trees)) };
    case 'Kustomize':
      if (!kubectl) throw notFound('kubectl');
      return { sourceType, texts: named(await renderKustomize(kubectl, root, placed, isOffline)) };
    default:
      return { sourceType, texts: await renderDirectory(root, placed) };
  }
}

function notFound(program: string): RenderError {
  const message = `exec: "${program}": executable file not found in $PATH`;
  return new RenderError(message, `${program} is not there: install it, or say where it is`);
}

/** What Argo CD takes a source for: what it says itself, else the files in its folder, a kustomization before a chart. */
function typeOf(names: readonly string[], source: ApplicationSource): RenderedType {
  if (source.directory) return 'Directory';
  if (source.helm) return 'Helm';
  if (source.kustomize) return 'Kustomize';
  if (kustomizationNames.some(name => names.includes(name))) return 'Kustomize';
  return names.includes('Chart.yaml') ? 'Helm' : 'Directory';
}
