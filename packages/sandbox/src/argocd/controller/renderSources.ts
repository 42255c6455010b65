import { RenderContext } from '@internal/gitops';
import { SourceAt, SourceType } from '../application';
import { KubernetesObject } from '../kubernetes/types';
import { ManifestError } from '../repository/manifestError';
import { ManifestService, RepositoryAt } from '../repository/manifestService';
import { Repositories } from '../repository/repositories';

/** What the sources of an application render to together, or which of them (from 1) does not, and why. */
export type RenderedSources =
  | { objects: KubernetesObject[]; resolved: string[]; sourceTypes: SourceType[] }
  | { problem: string; position: number; resolved: string[] };

/**
 * Renders the sources of an application, whose value files may stand in each other's repositories.
 * @throws {@link RepositoryUnavailableError} when a repository cannot be reached.
 */
export async function renderSources(
  wanted: SourceAt[],
  from: { repositories: Repositories; manifests: ManifestService },
  context: RenderContext,
): Promise<RenderedSources> {
  const places: RepositoryAt[] = [];
  const objects: KubernetesObject[] = [];
  const sourceTypes: SourceType[] = [];
  let position = 0;
  try {
    for (const { source, revision } of wanted) {
      position += 1;
      const repository = from.repositories.get(source.repoURL);
      places.push({ repository, revision: await repository.resolve(revision) });
    }
    const references = new Map(
      wanted.flatMap(({ source }, at) => (source.ref ? [[source.ref, places[at]] as const] : [])),
    );
    for (const [at, { source }] of wanted.entries()) {
      position = at + 1;
      const isRendered = source.path || source.chart;
      const manifests = isRendered
        ? await from.manifests.generate(places[at], source, context, references)
        : { objects: [], sourceType: '' as const };
      objects.push(...manifests.objects);
      sourceTypes.push(manifests.sourceType);
    }
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return { problem: error.message, position, resolved: places.map(({ revision }) => revision) };
  }
  return { objects, resolved: places.map(({ revision }) => revision), sourceTypes };
}
