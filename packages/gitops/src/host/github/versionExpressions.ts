import { versionPattern } from '../../tenantFile/tenantImage';

/** What a version may stand for in a service's repository. */
export interface VersionExpression {
  /** As `git rev-parse` takes it. */
  expression: string;
  /** What the commit's SHA begins with. */
  prefix?: string;
}

const shaVersion = /^(?:sha-)?([0-9a-f]{7,40})$/;

/**
 * What an image's tag may be called in Git, the likeliest first: the commit that it is named after, or a tag of the same name,
 * also with `v` before it. A branch is none of them: it moves.
 */
export function versionExpressions(version: string): VersionExpression[] {
  // What is no image tag could break out of the query that it is put into.
  if (!versionPattern.test(version)) return [];
  const sha = shaVersion.exec(version)?.[1];
  const commit = sha === undefined ? [] : [{ expression: sha, prefix: sha }];
  if (version.startsWith('sha-') && sha !== undefined) return commit;
  const tags = [version, ...(version.startsWith('v') ? [] : [`v${version}`])];
  return [...tags.map(tag => ({ expression: `refs/tags/${tag}` })), ...commit];
}
