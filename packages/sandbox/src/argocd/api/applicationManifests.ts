import {
  Application,
  applicationSpecSchema,
  isMultiSource,
  ProjectSpec,
  sourcesOf,
} from '../application';
import { compareApplication, isOutage } from '../controller/compareApplication';
import { canonicalJson } from '../json/json';
import { ApiError } from './apiError';
import { ApiContext } from './context';
import { hideSecret } from './hideSecret';

/** `GET manifests`: what an application renders to, as JSON texts. */
export async function applicationManifests(
  application: Application,
  query: URLSearchParams,
  context: ApiContext,
): Promise<unknown> {
  const parsed = applicationSpecSchema.safeParse(application.spec);
  const sources = parsed.success ? sourcesOf(parsed.data) : [];
  if (!parsed.success || sources.length === 0)
    throw new ApiError('unknown', 'application spec is invalid');
  const spec = parsed.data;
  const everything: ProjectSpec = {
    destinations: [{ server: '*', namespace: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  };
  // Several sources have revisions of their own.
  const asked = isMultiSource(spec) ? undefined : query.get('revision');
  const wanted = sources.map(source => ({ source, revision: asked || source.targetRevision }));
  try {
    const compared = await compareApplication(application, spec, everything, wanted, context);
    const [problem] = compared.conditions.filter(each => each.type === 'ComparisonError');
    if (problem) {
      const reason = problem.message.replace(/^.*?desc = /, '');
      throw new ApiError('unknown', reason);
    }
    return {
      manifests: compared.managed.flatMap(({ target }) =>
        target ? [canonicalJson(hideSecret(target))] : [],
      ),
    };
  } catch (error) {
    if (!isOutage(error)) throw error;
    throw new ApiError('unknown', error.message);
  }
}
