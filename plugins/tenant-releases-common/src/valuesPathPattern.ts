import { GitopsConfigError } from './GitopsConfigError';
import { tenantNameProblem } from './tenantName';

/** What a tenant file's path says. */
export interface TenantFileMatch {
  /** Not checked: whatever stands in the path, so that an odd name can be reported. */
  tenant: string;
  service?: string;
}

/** Makes and reads paths of tenant files. */
export interface ValuesPathPattern {
  /** The folder that holds every tenant file: what stands before the first placeholder's segment. */
  folder: string;
  format(tenant: string, service?: string): string;
  match(path: string): TenantFileMatch | undefined;
  /** Whether a folder, or one below it, may hold a tenant file. */
  mayHold(folder: string): boolean;
}

const key = 'tenantReleases.gitops.valuesPath';

/**
 * Reads `tenantReleases.gitops.valuesPath`.
 *
 * @throws GitopsConfigError when it cannot tell tenants apart
 */
export function parseValuesPath(valuesPath: string): ValuesPathPattern {
  const placeholders = [...valuesPath.matchAll(/\{([^{}]*)\}/g)].map(found => found[1]);
  const unknown = placeholders.find(name => name !== 'tenant' && name !== 'service');
  if (unknown !== undefined) {
    throw new GitopsConfigError(key, `holds {${unknown}}; only {tenant} and {service} can be used`);
  }
  if (!placeholders.includes('tenant') || new Set(placeholders).size !== placeholders.length) {
    throw new GitopsConfigError(
      key,
      'must hold {tenant} once, and {service} at most once, for example gitops/tenants/{tenant}-values.yaml',
    );
  }
  if (
    valuesPath.startsWith('/') ||
    valuesPath.split('/').some(part => part === '' || part === '.' || part === '..')
  ) {
    throw new GitopsConfigError(
      key,
      'must be a path from the repository\'s root, without a leading "/" and without "." or ".."',
    );
  }
  if (/\}\{/.test(valuesPath)) {
    throw new GitopsConfigError(
      key,
      'needs something between {tenant} and {service}, for example a "/"',
    );
  }
  const expression = expressionOf(valuesPath);
  const segments = valuesPath.split('/');
  return {
    folder: valuesPath.slice(
      0,
      Math.max(0, valuesPath.slice(0, valuesPath.indexOf('{')).lastIndexOf('/')),
    ),
    format: (tenant, service) => {
      const problem = tenantNameProblem(tenant);
      if (problem) throw new Error(problem);
      if (service !== undefined && !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(service)) {
        throw new Error(`service: "${service}" is not a name`);
      }
      if (service === undefined && placeholders.includes('service')) {
        throw new Error(`service: is needed, because ${key} holds {service}`);
      }
      return valuesPath.replace('{tenant}', tenant).replace('{service}', service ?? '');
    },
    match: path => {
      const groups = expression.exec(path)?.groups;
      if (!groups) return undefined;
      return groups.service === undefined
        ? { tenant: groups.tenant }
        : { tenant: groups.tenant, service: groups.service };
    },
    mayHold: folder => {
      const depth = folder.split('/').length;
      const start = segments.slice(0, depth).join('/');
      return depth < segments.length && expressionOf(start).test(folder);
    },
  };
}

/** @param pattern - `valuesPath`, or its first segments */
function expressionOf(pattern: string): RegExp {
  const source = pattern
    .split(/(\{tenant\}|\{service\})/)
    .map(part =>
      /^\{/.test(part)
        ? `(?<${part.slice(1, -1)}>[^/]+)`
        : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`);
}
