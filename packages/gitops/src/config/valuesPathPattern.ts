import { GitopsConfigError } from './GitopsConfigError';
import { requireRepositoryPath } from './repositoryPath';
import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';

/** What a tenant file's path says. */
export interface TenantFileMatch {
  /** Not checked: whatever stands in the path, so that an odd name can be reported. */
  tenant: string;
  service?: string;
}

/** Makes and reads paths of tenant files. */
export interface ValuesPathPattern {
  /** The folder that holds every tenant file: what stands before the first segment with a placeholder or `*`. */
  folder: string;
  /** @throws Error in words for people when the path cannot be told from the name */
  format(tenant: string, service?: string): string;
  match(path: string): TenantFileMatch | undefined;
  /** Whether a folder, or one below it, may hold a tenant file. */
  mayHold(folder: string): boolean;
}

/**
 * Reads a pattern such as `gitops/tenants/{tenant}-values.yaml`.
 *
 * @param key - the setting, for the message
 * @throws GitopsConfigError when it cannot tell tenants apart
 */
export function parseValuesPath(
  valuesPath: string,
  key = 'tenantReleases.gitops.valuesPath',
): ValuesPathPattern {
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
  requireRepositoryPath(key, valuesPath);
  if (valuesPath.includes('**')) {
    throw new GitopsConfigError(
      key,
      'holds "**", which cannot be used; write one "*" for each folder that may have any name',
    );
  }
  if (!isTellable(valuesPath)) {
    throw new GitopsConfigError(
      key,
      'needs a separator that no name holds between two placeholders, or a placeholder and "*": for example "/" or "_", but not "-"',
    );
  }
  const expression = expressionOf(valuesPath);
  const segments = valuesPath.split('/');
  return {
    folder: valuesPath.slice(
      0,
      Math.max(0, valuesPath.slice(0, valuesPath.search(/[{*]/)).lastIndexOf('/')),
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
      if (valuesPath.includes('*')) {
        throw new GitopsConfigError(
          key,
          `holds "*", so that the path of a new file of ${tenant} cannot be told; add the file by hand, or set a path without "*"`,
        );
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

/** What stands for any text. */
const open = /(\{tenant\}|\{service\}|\*)/;

/** Whether a path says where each name ends: names consist of lower-case letters, digits and "-". */
function isTellable(valuesPath: string): boolean {
  const parts = valuesPath.split(open);
  return parts.every((between, index) => {
    const isSeparator = index > 0 && index < parts.length - 1 && index % 2 === 0;
    if (!isSeparator || (parts[index - 1] === '*' && parts[index + 1] === '*')) return true;
    return /[^a-z0-9-]/.test(between);
  });
}

/** @param pattern - `valuesPath`, or its first segments */
function expressionOf(pattern: string): RegExp {
  const source = pattern
    .split(open)
    .map((part, index, parts) => {
      // A name ends at the first separator when any text may stand behind it.
      const end = parts[index + 2] === '*' ? '?' : '';
      if (/^\{/.test(part)) return `(?<${part.slice(1, -1)}>[^/]+${end})`;
      // As in Argo CD's git file generator: any text within one folder's or file's name.
      return part === '*' ? '[^/]*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`);
}
