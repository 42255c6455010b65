import { Application, applicationSpecSchema, ProjectSpec, sourceOf } from '../application';
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
  const source = parsed.success ? sourceOf(parsed.data) : undefined;
  if (!parsed.success || !source) throw new ApiError('unknown', 'application spec is invalid');
  const spec = parsed.data;
  const everything: ProjectSpec = {
    destinations: [{ server: '*', namespace: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  };
  const revision = query.get('revision') || source.targetRevision;
  try {
    const compared = await compareApplication(
      application,
      spec,
      everything,
      source,
      revision,
      context,
    );
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
