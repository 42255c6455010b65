/** What a skeleton may ask for: values that are checked or configured, never free text. */
export interface SkeletonValues {
  name: string;
  repository: string;
  branch: string;
  valuesFile: string;
  /** Argo CD's name of the cluster. */
  cluster: string;
  /** `true` when the cluster is the tenant's alone, else `false`. */
  ownCluster: string;
}

/**
 * Fills in `${{ values.<key> }}`, the form that fetch:template uses too. There are no expressions: anything else between
 * the braces is an error.
 *
 * @throws Error that names the placeholder
 */
export function renderSkeleton(text: string, values: SkeletonValues): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (placeholder, inside: string) => {
    const key = /^ ?values\.(\w+) ?$/.exec(inside)?.[1];
    if (!key || !Object.hasOwn(values, key)) {
      throw new Error(
        `The skeleton holds ${placeholder}; it can use ${Object.keys(values)
          .map(known => `\${{ values.${known} }}`)
          .join(', ')}`,
      );
    }
    return values[key as keyof SkeletonValues];
  });
}
