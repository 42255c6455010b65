import { Application, controlPlaneNamespace } from '../application';
import { ApplicationController } from '../controller/applicationController';
import { projectOf } from '../controller/parseApplication';
import { ApiError, applicationNotFound, permissionDenied } from './apiError';
import { Call } from './router';

/**
 * The application that a request names.
 * @throws ApiError 403 when it is absent (404 when the request names a project, which tells that the caller may know),
 * 404 when it is in another project.
 */
export function findApplication(call: Call, controller: ApplicationController): Application {
  const { name } = call.parameters;
  const projects = call.query.getAll('project').filter(Boolean);
  if (projects.length > 1) {
    throw new ApiError(
      'invalidArgument',
      'multiple projects specified - the get endpoint accepts either zero or one project',
    );
  }
  const [project] = projects;
  const namespace = call.query.get('appNamespace') || controlPlaneNamespace;
  const application =
    namespace === controlPlaneNamespace ? controller.application(name) : undefined;
  if (!application) throw project ? applicationNotFound(name) : permissionDenied();
  if (project && projectOf(application) !== project) throw applicationNotFound(name);
  return application;
}

/** How Argo CD's access rules name an application. */
export function rbacName(application: Application): string {
  return `${projectOf(application)}/${application.metadata.name}`;
}
