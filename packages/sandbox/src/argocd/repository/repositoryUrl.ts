const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Where a repository is fetched from. A repository on loopback is the embedded forge's, whatever port its URL in Git
 * names: the ports of the platform can be moved, the files in Git cannot follow.
 */
export function resolveRepositoryUrl(repoUrl: string, forgeUrl: string): string {
  let url: URL;
  try {
    url = new URL(repoUrl);
  } catch {
    return repoUrl;
  }
  if (!/^https?:$/.test(url.protocol) || !loopback.has(url.hostname)) return repoUrl;
  const forge = new URL(forgeUrl);
  const path = url.pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  return `${forge.origin}${path}.git`;
}

/** A repository URL in the form in which Argo CD compares them: lower case, no `.git`, no trailing slash. */
export function normalizeRepositoryUrl(repoUrl: string): string {
  return repoUrl
    .trim()
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}
