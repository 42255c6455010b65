import { Application, controlPlaneNamespace, instanceName } from '../application';
import { ApplicationController } from '../controller/applicationController';
import { projectOf } from '../controller/parseApplication';
import { ApiError, applicationNotFound, permissionDenied } from './apiError';
import { Call } from './router';

/**
 * The application that a request names.
 * @throws ApiError 403 when it is absent (404 when the request names a project, which tells that the caller may know),
 * 404 when it is in another project, 400 when that project does not take applications of its namespace.
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
  const found = controller.application(instanceName({ metadata: { name, namespace } }));
  // What is called like two names in one is none of them.
  const application = found?.metadata.name === name ? found : undefined;
  if (!application) throw project ? applicationNotFound(name) : permissionDenied();
  if (project && projectOf(application) !== project) throw applicationNotFound(name);
  const parsed = controller.parse(application);
  if ('errors' in parsed && parsed.errors.some(({ type }) => type === 'UnknownError')) {
    throw new ApiError(
      'invalidArgument',
      `app is not allowed in project "${projectOf(application)}", or the project does not exist`,
    );
  }
  return application;
}

/** How Argo CD's access rules name an application. */
export function rbacName(application: Application): string {
  return `${projectOf(application)}/${instanceName(application).replace('_', '/')}`;
}
