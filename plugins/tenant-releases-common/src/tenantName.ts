/**
 * The form of a tenant's name. The name is also a file name, a Kubernetes namespace and an Argo CD Application,
 * so it is a DNS label (RFC 1123), of 40 characters at most so that names derived from it stay below 63.
 */
export const tenantNamePattern = '^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$';

const namePattern = new RegExp(tenantNamePattern);
const reservedNames = new Set(['default', 'argocd', 'observability', 'platform', 'root']);

/**
 * Says what is wrong with a tenant's name, as a sentence that names the rule; `undefined` when it can be used.
 * Whether the name is still free is not known here.
 */
export function tenantNameProblem(name: unknown): string | undefined {
  if (typeof name !== 'string' || name === '') {
    return 'name: is required';
  }
  if (name.length > 40) {
    return `name: must be at most 40 characters, this one has ${name.length}`;
  }
  if (!namePattern.test(name)) {
    return 'name: must start with a lower-case letter, go on with lower-case letters, digits or "-", and end with a letter or digit';
  }
  if (reservedNames.has(name) || name.startsWith('kube-') || name.endsWith('-fence')) {
    return `name: "${name}" is reserved for the platform`;
  }
  return undefined;
}
