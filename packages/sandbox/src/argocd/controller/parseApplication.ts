import {
  Application,
  ApplicationSpec,
  applicationSpecSchema,
  Condition,
  controlPlaneNamespace,
  ProjectSpec,
  projectSpecSchema,
  sourcesOf,
} from '../application';
import { stringAt } from '../json/json';
import { ClusterCache } from '../kubernetes/clusterCache';
import { projectType } from '../kubernetes/resourceTypes';
import { isNamespacePermitted, specConditions } from '../project/projectRules';

/** Spec and project of an application; or why they are not acceptable, with the project where that is known. */
export type ParsedApplication =
  | { spec: ApplicationSpec; project: ProjectSpec }
  | { errors: Condition[]; project?: ProjectSpec };

/** Reads an application's spec and the project that it names, and holds one against the other. */
export function parseApplication(application: Application, cache: ClusterCache): ParsedApplication {
  const parsed = applicationSpecSchema.safeParse(application.spec);
  if (!parsed.success) return invalid(describeIssue('spec', parsed.error.issues[0]));
  const spec = parsed.data;
  const { group, kind } = projectType;
  const found = cache.get({ group, kind, namespace: controlPlaneNamespace, name: spec.project });
  if (!found) {
    return invalid(`Application referencing project ${spec.project} which does not exist`);
  }
  const project = projectSpecSchema.safeParse(found.spec ?? {});
  if (!project.success) {
    const problem = describeIssue('spec', project.error.issues[0]);
    return invalid(`AppProject ${spec.project}: ${problem}`);
  }
  const { name, namespace = controlPlaneNamespace } = application.metadata;
  if (!isNamespacePermitted(project.data, namespace)) {
    const message = `application '${name}' in namespace '${namespace}' is not permitted to use project '${spec.project}'`;
    return { errors: [{ type: 'UnknownError', message }] };
  }
  const errors = specConditions(spec, project.data, spec.project);
  return errors.length > 0 ? { errors, project: project.data } : { spec, project: project.data };
}

/** The project of an application; `default` where the spec names none. */
export function projectOf(application: Application): string {
  return stringAt(application.spec, 'project') || 'default';
}

/** The repositories of an application; none when its spec is not acceptable. */
export function repositoriesOf(application: Application | undefined): string[] {
  const parsed = applicationSpecSchema.safeParse(application?.spec);
  return parsed.success ? sourcesOf(parsed.data).map(({ repoURL }) => repoURL) : [];
}

function invalid(message: string): ParsedApplication {
  return { errors: [{ type: 'InvalidSpecError', message }] };
}

function describeIssue(root: string, issue: { path: PropertyKey[]; message: string }): string {
  return `${[root, ...issue.path].join('.')}: ${issue.message}`;
}
