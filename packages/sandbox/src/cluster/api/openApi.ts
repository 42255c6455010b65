import { Resource, apiVersionOf, resources } from '../model/resources';

function rootOf(groupVersion: string): string {
  return groupVersion === 'v1' ? 'api/v1' : `apis/${groupVersion}`;
}

function objectPath(resource: Resource): string {
  const scope = resource.namespaced ? '/namespaces/{namespace}' : '';
  return `/${rootOf(apiVersionOf(resource))}${scope}/${resource.plural}/{name}`;
}

function query(name: string) {
  return { name, in: 'query', schema: { type: 'string' } };
}

function patchOperation({ group, version, kind }: Resource) {
  return {
    patch: {
      'x-kubernetes-action': 'patch',
      'x-kubernetes-group-version-kind': { group, version, kind },
      parameters: ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map(query),
      responses: { 200: { description: 'OK' } },
    },
  };
}

/**
 * OpenAPI v3 as far as kubectl needs it: it asks there whether the server validates by itself, and sends manifests
 * unchecked when it does. There are no schemas, so `kubectl explain` has nothing to say.
 * @returns the document at a path, undefined when there is none
 */
export function openApiBody(pathname: string): unknown {
  const groupVersions = [...new Set(resources.map(apiVersionOf))];
  if (pathname === '/openapi/v3') {
    const paths = groupVersions.map(groupVersion => [
      rootOf(groupVersion),
      { serverRelativeURL: `/openapi/v3/${rootOf(groupVersion)}` },
    ]);
    return { paths: Object.fromEntries(paths) };
  }
  const asked = groupVersions.find(
    groupVersion => pathname === `/openapi/v3/${rootOf(groupVersion)}`,
  );
  if (!asked) {
    return undefined;
  }
  const served = resources.filter(resource => apiVersionOf(resource) === asked);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'unversioned' },
    paths: Object.fromEntries(
      served.map(resource => [objectPath(resource), patchOperation(resource)]),
    ),
  };
}
