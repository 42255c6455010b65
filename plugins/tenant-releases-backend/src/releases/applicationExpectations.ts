/** What an Application has to say of itself, so that it counts for a tenant; `{tenant}` stands for the tenant's name. */
export interface ApplicationExpectations {
  /** Projects, of which one has to be the Application's. */
  projects: readonly string[];
  /** Namespaces, of which one has to be the destination's. */
  namespaces: readonly string[];
}

/** Each tenant has a project and a namespace of its name. */
export const defaultExpectations: ApplicationExpectations = {
  projects: ['{tenant}'],
  namespaces: ['{tenant}'],
};

/** In a repository of another layout, its own Applications say where each tenant belongs. */
export const anyExpectations: ApplicationExpectations = { projects: ['*'], namespaces: ['*'] };

/** Whether a name is one of those that patterns allow for a tenant. `*` stands for any text. */
export function isExpected(
  patterns: readonly string[],
  tenant: string,
  name: string | undefined,
): boolean {
  if (name === undefined) return false;
  return patterns.some(pattern => {
    const text = pattern.replaceAll('{tenant}', tenant);
    if (!text.includes('*')) return text === name;
    const [first, ...rest] = text
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${[first, ...rest].join('.*')}$`).test(name);
  });
}
